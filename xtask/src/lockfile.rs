//! Which version of a package `Cargo.lock` has settled on.

/// The version of the first package called `name`.
pub(crate) fn version_of(lock: &str, name: &str) -> Option<String> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted);
    lines.next()?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_of;

    #[test]
    fn finds_the_exact_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_of(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_of(lock, "trunk"), None);
    }
}
