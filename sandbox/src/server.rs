//! The sandbox as a server.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::response::Redirect;
use axum::routing::{Router, get};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::platform::Platform;
use crate::{Clock, Config, control, data_api, gate, payment_page, phone, shared};

/// The largest body that is read.
const BODY_LIMIT: usize = 64 * 1024;

/// The sandbox as routes, to be served by whoever asks. [`Config::public_url`] should be set.
pub fn app(config: Config) -> Result<Router, StartError> {
    let public_url = config.public_url.clone().unwrap_or_else(|| "http://127.0.0.1:4010".to_owned());
    Ok(routes(platform(config, public_url)?))
}

/// Serves the sandbox at an address; port 0 for any free one.
pub async fn spawn(addr: SocketAddr, config: Config) -> Result<Running, StartError> {
    let listener = TcpListener::bind(addr).await.map_err(StartError::Bind)?;
    let addr = listener.local_addr().map_err(StartError::Bind)?;
    let clock = config.clock.clone();
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{addr}"));
    let platform = platform(config, public_url)?;
    let routes = routes(Arc::clone(&platform)).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(Running { addr, clock, platform, server })
}

/// A sandbox that is being served, until this is dropped.
#[derive(Debug)]
#[must_use = "dropping it stops the sandbox"]
pub struct Running {
    addr: SocketAddr,
    clock: Clock,
    platform: Arc<Platform>,
    server: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The address of a path, such as `/phone`; of the sandbox itself for an empty one.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// The sandbox's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.abort();
        self.platform.stop();
    }
}

/// Why a sandbox could not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen: {0}")]
    Bind(std::io::Error),
    /// The HTTP client for callbacks could not be made.
    #[error("no HTTP client: {0}")]
    Client(reqwest::Error),
}

fn platform(config: Config, public_url: String) -> Result<Arc<Platform>, StartError> {
    Platform::new(config, public_url).map_err(StartError::Client)
}

fn routes(platform: Arc<Platform>) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::to("/phone") }))
        .merge(gate::router())
        .merge(data_api::router())
        .merge(payment_page::router())
        .merge(shared::router())
        .merge(phone::router())
        .merge(control::router())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(platform)
}
