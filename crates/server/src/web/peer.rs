//! Where a request comes from.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use super::App;

/// The address a request comes from, for limits on tries; it is not logged.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The last entry is the one that our own proxy wrote; those before it are what the client says.
const FORWARDED: &str = "x-forwarded-for";

impl FromRequestParts<App> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let connected = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        let forwarded = || {
            let last = parts.headers.get_all(FORWARDED).iter().next_back()?;
            last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let told = app.behind_proxy.then(forwarded).flatten();
        Ok(Self(told.unwrap_or(connected)))
    }
}
