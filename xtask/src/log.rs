//! What to show of a log file: how a program failed, or what it said last.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

/// The tests that failed where a test runner wrote TAP, and the last lines of any other log.
pub(crate) fn failure(path: &Path, lines: usize) -> String {
    let text = read_lossy(path);
    let failed = failed_tests(&text);
    if failed.is_empty() { end(&text, lines) } else { failed.join("\n") }
}

/// The last lines of a log, and how many came before them.
pub(crate) fn tail(path: &Path, lines: usize) -> String {
    end(&read_lossy(path), lines)
}

/// Each `not ok` with the YAML block that says why, which ends many lines before the log does.
fn failed_tests(text: &str) -> Vec<&str> {
    let mut within = false;
    let belongs = |line: &&str| {
        let line = line.trim_start();
        within = if within { line != "..." } else { line.starts_with("not ok ") };
        within
    };
    text.lines().filter(belongs).collect()
}

fn end(text: &str, lines: usize) -> String {
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

#[cfg(test)]
mod tests {
    use super::{end, failed_tests};

    #[test]
    fn a_failed_test_is_found_however_much_follows_it() {
        let log = "ok 1 - pays\n  ---\n  ...\n# Subtest: scans\nnot ok 2 - scans\n  ---\n  error: 'no code'\n  ...\n\
                   ok 3 - waits\n    not ok 1 - inner\n      ---\n      ...\n# fail 2\n";
        assert_eq!(
            failed_tests(log),
            ["not ok 2 - scans", "  ---", "  error: 'no code'", "    not ok 1 - inner", "      ---"]
        );
    }

    #[test]
    fn the_end_of_a_long_log_says_how_much_it_leaves_out() {
        assert_eq!(end("a\nb\nc", 2), "(1 lines before)\nb\nc");
        assert_eq!(end("a\nb", 2), "a\nb");
    }
}
