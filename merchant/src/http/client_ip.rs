//! Where a payer's browser is. ECommPay wants to know.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

/// The browser's address: the other end of the connection, or what the shop's own proxy says it is.
///
/// The proxy appends the address it saw, so the last entry is the proxy's word and all before it are the
/// browser's, who may write there what it likes.
pub(super) fn client_ip(headers: &HeaderMap, peer: SocketAddr, behind_proxy: bool) -> IpAddr {
    let forwarded = || {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
        let address = last.parse().ok().or_else(|| last.parse().ok().map(|address: SocketAddr| address.ip()));
        address.or_else(|| last.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
    };
    let address = if behind_proxy { forwarded() } else { None };
    address.unwrap_or(peer.ip()).to_canonical()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(forwarded: &[&str], behind_proxy: bool) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        client_ip(&headers, "[::ffff:192.0.2.7]:5000".parse().unwrap(), behind_proxy).to_string()
    }

    #[test]
    fn without_a_proxy_the_header_is_anybodys_word_and_does_not_count() {
        assert_eq!(seen(&["198.51.100.1"], false), "192.0.2.7");
    }

    #[test]
    fn behind_a_proxy_only_what_the_proxy_appended_counts() {
        assert_eq!(seen(&["6.6.6.6, 198.51.100.1"], true), "198.51.100.1");
        assert_eq!(seen(&["6.6.6.6", "198.51.100.2"], true), "198.51.100.2");
        assert_eq!(seen(&["2001:db8::1"], true), "2001:db8::1");
        assert_eq!(seen(&["[2001:db8::1]:443"], true), "2001:db8::1");
        assert_eq!(seen(&["198.51.100.1:443"], true), "198.51.100.1");
    }

    #[test]
    fn a_header_that_is_no_address_leaves_the_connection() {
        assert_eq!(seen(&["unknown"], true), "192.0.2.7");
        assert_eq!(seen(&[], true), "192.0.2.7");
    }
}
