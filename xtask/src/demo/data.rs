//! The folder that the demo keeps between runs.

use std::{
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::failure::Failure;

/// The folder, locked for as long as this lives: two merchants on one database would be two truths.
#[derive(Debug)]
pub(crate) struct DataFolder {
    folder: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Opens the folder, emptied first when `fresh`.
    pub(crate) fn open(folder: &Path, fresh: bool) -> Result<Self, Failure> {
        let broken = |error: &std::io::Error| Failure::new(format!("cannot use {}: {error}", folder.display()));
        fs::create_dir_all(folder).map_err(|error| broken(&error))?;
        let lock = File::create(folder.join("lock")).map_err(|error| broken(&error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::new(format!("another demo is running with {}", folder.display()))
                    .advice("stop that one, or choose another folder with DEMO_DIR"));
            }
            Err(TryLockError::Error(error)) => return Err(broken(&error)),
        }
        let data = Self { folder: folder.to_owned(), _lock: lock };
        // The shop of an earlier run must not be served as if it were this one's.
        remove(&data.shop()).map_err(|error| broken(&error))?;
        if fresh {
            data.empty().map_err(|error| broken(&error))?;
        }
        Ok(data)
    }

    /// The folder itself.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The log of a service.
    pub(crate) fn log(&self, service: &str) -> PathBuf {
        self.folder.join(format!("{service}.log"))
    }

    /// Where trunk puts the built shop.
    pub(crate) fn shop(&self) -> PathBuf {
        self.folder.join("shop")
    }

    /// The merchant's database, as `DATABASE_URL` wants it.
    pub(crate) fn database_url(&self) -> String {
        let path = self.folder.join("merchant.db").display().to_string();
        let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
        format!("sqlite:{path}")
    }

    // By name and never wholesale: DEMO_DIR may point to a folder that holds more than ours.
    fn empty(&self) -> std::io::Result<()> {
        for file in ["merchant.db", "merchant.db-shm", "merchant.db-wal"] {
            remove(&self.folder.join(file))?;
        }
        for service in ["sandbox", "merchant", "shop"] {
            remove(&self.log(service))?;
        }
        Ok(())
    }
}

fn remove(path: &Path) -> std::io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_removes_the_database_and_nothing_foreign() {
        let folder = std::env::temp_dir().join(format!("demo-data-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("merchant.db"), "old").expect("a database");
        fs::write(folder.join("thesis.txt"), "years of work").expect("a foreign file");

        let kept = DataFolder::open(&folder, false).expect("opens");
        assert!(folder.join("merchant.db").exists());
        let second = DataFolder::open(&folder, true).expect_err("locked");
        assert!(second.to_string().contains("DEMO_DIR"));
        drop(kept);

        let _fresh = DataFolder::open(&folder, true).expect("opens again");
        assert!(!folder.join("merchant.db").exists());
        assert!(folder.join("thesis.txt").exists());
        fs::remove_dir_all(&folder).expect("cleans up");
    }
}
