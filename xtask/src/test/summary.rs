//! The lines in which test runners say how many tests passed.

use std::path::Path;

use crate::log;

/// Those lines of a log, exactly as the runner wrote them, without the ones about no tests at all.
pub(crate) fn totals(log: &Path) -> Vec<String> {
    pick(&log::read_lossy(log))
}

fn pick(output: &str) -> Vec<String> {
    output.lines().filter(|line| is_total(line)).map(str::to_owned).collect()
}

fn is_total(line: &str) -> bool {
    let cargo = line.starts_with("test result:") && !line.contains(" 0 passed; 0 failed; 0 ignored");
    let node = ["# tests ", "# pass ", "# fail ", "# skipped "].iter().any(|total| line.starts_with(total));
    cargo || node
}

#[cfg(test)]
mod tests {
    use super::pick;

    #[test]
    fn keeps_the_runners_own_words() {
        let output = "running 2 tests\n\
                      test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
                      test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
                      ok 1 - pays\n# tests 4\n# pass 4\n# fail 0\n";
        assert_eq!(
            pick(output),
            [
                "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
                "# tests 4",
                "# pass 4",
                "# fail 0",
            ]
        );
    }
}
