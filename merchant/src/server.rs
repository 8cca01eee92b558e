//! The running merchant.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::{Clock, SystemClock};
use crate::gate::Gate;
use crate::http::{Context, router};
use crate::settings::Settings;
use crate::shop::{Shop, run_errands};
use crate::store::{Due, Store, StoreError};
use crate::timing::Timing;

/// A merchant that serves. Dropping it stops it at once, as a crash would; [`Server::shutdown`] lets it finish.
#[derive(Debug)]
#[must_use = "dropping a Server stops it at once"]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinSet<std::io::Result<()>>,
    errands: JoinSet<()>,
    shop: Arc<Shop>,
}

/// Why the merchant does not serve.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The database cannot be used.
    #[error("DATABASE_URL: {0}")]
    Store(#[from] StoreError),
    /// The address cannot be used.
    #[error("MERCHANT_ADDR: {0}")]
    Listen(std::io::Error),
    /// No client for Gate could be made.
    #[error("no HTTP client could be made: {0}")]
    Client(#[from] reqwest::Error),
    /// The server broke off.
    #[error("the server broke off: {0}")]
    Serve(std::io::Error),
}

impl Server {
    /// Opens the database and the port, and takes up what a previous run left undone.
    pub async fn start(settings: Settings) -> Result<Self, ServeError> {
        Self::start_with(settings, Timing::default(), Arc::new(SystemClock)).await
    }

    /// Like [`Server::start`], with a timing and a clock of the caller's.
    pub async fn start_with(settings: Settings, timing: Timing, clock: Arc<dyn Clock>) -> Result<Self, ServeError> {
        let store = Store::open(&settings.database).await?;
        let gate = Gate::new(settings.gate.clone(), settings.secret.clone(), &timing)?;
        let listener = TcpListener::bind(&settings.listen).await.map_err(ServeError::Listen)?;
        let address = listener.local_addr().map_err(ServeError::Listen)?;
        let shop = Arc::new(Shop::new(settings, timing, clock, store, gate));

        let (stop, stopped) = watch::channel(false);
        let mut errands = JoinSet::new();
        for what in [Due::Sales, Due::Questions] {
            errands.spawn(run_errands(Arc::clone(&shop), what, stopped.clone()));
        }
        let app = router(Context { shop: Arc::clone(&shop), stop: stopped.clone() });
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        let mut serving = JoinSet::new();
        serving.spawn(axum::serve(listener, app).with_graceful_shutdown(until(stopped)).into_future());
        Ok(Self { address, stop, serving, errands, shop })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `signal` comes, and then stops taking requests, ends event streams, and gives the requests
    /// under way a moment to finish.
    pub async fn run_until(mut self, signal: impl Future<Output = ()>) -> Result<(), ServeError> {
        tokio::select! {
            () = signal => {}
            ended = self.serving.join_next() => {
                return match ended {
                    Some(Ok(Err(error))) => Err(ServeError::Serve(error)),
                    _ => Err(ServeError::Serve(std::io::ErrorKind::BrokenPipe.into())),
                };
            }
        }
        self.shutdown().await;
        Ok(())
    }

    /// Stops taking requests, ends event streams, and gives the requests under way a moment to finish.
    pub async fn shutdown(mut self) {
        let patience: Duration = self.shop.timing.shutdown;
        self.stop.send_replace(true);
        let finish = async {
            while self.serving.join_next().await.is_some() {}
            while self.errands.join_next().await.is_some() {}
        };
        if tokio::time::timeout(patience, finish).await.is_err() {
            tracing::warn!("requests were still under way at the end");
            self.serving.shutdown().await;
            self.errands.shutdown().await;
        }
        self.shop.store.close().await;
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the server itself is gone, which is an end as well.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
