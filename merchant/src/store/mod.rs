//! What must not be lost: SQLite, and all the SQL there is.
//!
//! A checkout is read whole, changed by its own rules, and written whole. One connection writes, so that two
//! changes of a checkout happen one after the other; many read, and never wait for the writer.

mod callbacks;
mod checkouts;
mod counts;
mod due;
mod idempotency;
mod payments;

pub(crate) use callbacks::Message;
pub(crate) use checkouts::NewCheckout;
pub(crate) use counts::Counts;
pub(crate) use due::Due;
pub(crate) use idempotency::{IdempotencyKey, Known};
pub(crate) use payments::NewPayment;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction, pool::PoolConnection};

/// Where checkouts are kept.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    readers: SqlitePool,
    writer: SqlitePool,
}

/// Why the database did not do its work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// It cannot be reached, or refuses.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// It was made by a newer version of this program, or by another one.
    #[error("the database cannot be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// It holds what this program never wrote.
    #[error("the database holds a {0} that cannot be read")]
    Corrupt(&'static str),
}

impl StoreError {
    /// A stable code for logs and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "store-failed",
            Self::Migration(_) => "store-outdated",
            Self::Corrupt(_) => "store-corrupt",
        }
    }
}

/// How long a connection waits for another process that holds the database.
const BUSY: Duration = Duration::from_secs(10);
const READERS: u32 = 4;

impl Store {
    /// Opens the file, makes it if there is none, and brings it up to date.
    pub(crate) async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // ECommPay is told 200 once: what was stored by then has to survive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        sqlx::migrate!("./migrations").run(&writer).await?;
        let readers = SqlitePoolOptions::new().max_connections(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self { readers, writer })
    }

    /// A connection to read with.
    pub(crate) async fn read(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    /// The one transaction that writes. What it does not commit did not happen.
    pub(crate) async fn write(&self) -> Result<Write, StoreError> {
        Ok(Write(self.writer.begin_with("BEGIN IMMEDIATE").await?))
    }

    /// Writes what is still in the log into the file itself.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// The one transaction that writes.
#[derive(Debug)]
pub(crate) struct Write(Transaction<'static, Sqlite>);

impl Write {
    /// From here on it happened.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }

    fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}
