//! A command as a person would type it.

use std::{ffi::OsStr, path::Path, process::Command};

// Set for our own convenience; the command does the same without them.
const UNSAID: [&str; 4] = ["PATH", "CARGO_TERM_COLOR", "NO_PROXY", "no_proxy"];

/// The variables, program and arguments of a command, quoted for a shell.
pub(crate) fn command_line(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        (!UNSAID.iter().any(|unsaid| name == *unsaid)).then_some(())?;
        Some(format!("{}={}", name.display(), quote(value?)))
    });
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    variables.chain([quote(program)]).chain(command.get_args().map(quote)).collect::<Vec<_>>().join(" ")
}

fn quote(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_what_needs_it() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["doc", "it's", ""]).env("RUSTDOCFLAGS", "-D warnings").env("PATH", "/bin");
        assert_eq!(command_line(&command), r"RUSTDOCFLAGS='-D warnings' cargo doc 'it'\''s' ''");
    }
}
