//! The end of a log file: what a failing program said last.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

/// The last lines of a log, and how many came before them.
pub(crate) fn tail(path: &Path, lines: usize) -> String {
    let text = read_lossy(path);
    let all: Vec<&str> = text.lines().collect();
    let skipped = all.len().saturating_sub(lines);
    let end: Vec<&str> = all.into_iter().skip(skipped).collect();
    if skipped == 0 { end.join("\n") } else { format!("({skipped} lines before)\n{}", end.join("\n")) }
}

/// The last line that is not empty, for a progress display. Reads only the end of the file.
pub(crate) fn last_line(path: &Path) -> Option<String> {
    const ENOUGH: u64 = 1024;
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(ENOUGH))).ok()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).ok()?;
    String::from_utf8_lossy(&bytes).lines().map(str::trim).rfind(|line| !line.is_empty()).map(str::to_owned)
}

/// The whole log; what is not UTF-8 is replaced, what is not there is empty.
pub(crate) fn read_lossy(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
