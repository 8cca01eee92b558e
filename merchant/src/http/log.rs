//! One line for each request: no body, no query, and of a token only its beginning.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use crate::token::Token;

pub(super) async fn requests(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), shortened(request.uri().path()));
    let start = Instant::now();
    let response = next.run(request).await;
    let (status, millis) = (response.status().as_u16(), start.elapsed().as_millis());
    tracing::info!(%method, path, status, millis, "request");
    response
}

fn shortened(path: &str) -> String {
    let mut parts =
        path.split('/').map(|part| Token::read(part).map_or_else(|| part.to_owned(), |token| token.to_string()));
    let first = parts.next().unwrap_or_default();
    parts.fold(first, |path, part| [&path, "/", &part].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_shortened_wherever_it_stands() {
        assert_eq!(shortened("/api/checkouts/AbCdEfGhIjKlMnOpQrStUvWxYz012345/renew"), "/api/checkouts/AbCdEf…/renew");
        assert_eq!(shortened("/health"), "/health");
        assert_eq!(shortened("/"), "/");
    }
}
