//! Programs, where the system looks for them.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

/// The first of `names` that is a file in one of the folders of `PATH`, or is itself the path of a file.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&search_path()).collect();
    names.iter().find_map(|name| {
        let named = Path::new(name);
        if named.is_absolute() {
            return named.is_file().then(|| named.to_owned());
        }
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&file)).find(|path| path.is_file())
    })
}

/// `PATH` with the folder into which `cargo install` puts programs: it is often missing right after rustup ran.
pub(crate) fn search_path() -> OsString {
    let current = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = env::split_paths(&current).collect();
    if let Some(installed) = cargo_home().map(|home| home.join("bin"))
        && !folders.contains(&installed)
    {
        folders.push(installed);
    }
    env::join_paths(folders).unwrap_or(current)
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))
}
