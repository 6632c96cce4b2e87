//! Asking an issuer over the network: its own hosts only, encrypted, no redirects, not for long, not for much, and nothing inside the house unless the operator said so.

use std::fmt;
use std::io::Read as _;
use std::time::Duration;

use openidconnect::http::{Method, Uri};
use openidconnect::url::{Host, Url};
use openidconnect::{HttpRequest, HttpResponse};
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use super::guard::is_public;

/// From asking to the last byte.
const LONGEST: Duration = Duration::from_secs(10);
/// Bytes of an answer. Keys and tokens are a few thousand.
const LARGEST: u64 = 256 * 1024;
const LARGEST_HEAD: usize = 16 * 1024;

/// The way to an issuer.
pub(super) struct Web {
    agent: ureq::Agent,
    hosts: Vec<String>,
    inside: bool,
}

/// Why an issuer was not asked, or did not answer.
#[derive(Debug)]
pub(super) enum WebError {
    /// It may not be asked there.
    Forbidden(String),
    /// It did not answer as it should.
    Failed(String),
}

impl fmt::Display for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Forbidden(why) | Self::Failed(why)) = self;
        f.write_str(why)
    }
}

impl std::error::Error for WebError {}

impl Web {
    pub(super) fn new(hosts: Vec<String>, inside: bool) -> Self {
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            // A proxy would look names up in our place, behind the guard.
            .proxy(None)
            .https_only(!inside)
            .timeout_global(Some(LONGEST))
            .max_response_header_size(LARGEST_HEAD)
            .max_idle_connections(0)
            .build();
        let resolver = Guarded {
            names: DefaultResolver::default(),
            inside,
        };
        Self {
            agent: ureq::Agent::with_parts(config, DefaultConnector::default(), resolver),
            hosts,
            inside,
        }
    }

    /// Whether an address may be asked at all.
    pub(super) fn may_ask(&self, url: &Url) -> Result<(), WebError> {
        let forbidden = |why: &str| {
            Err(WebError::Forbidden(format!(
                "`{}` {why}",
                url.host_str().unwrap_or_default()
            )))
        };
        let may = match url.scheme() {
            "https" => true,
            "http" => self.inside,
            _ => false,
        };
        if !may {
            return forbidden(
                "is not asked without encryption: its address must begin with `https://`",
            );
        }
        if !url.username().is_empty() || url.password().is_some() {
            return forbidden("is named with a user or a password in its address");
        }
        let host = match url.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(host) => host.to_string(),
            None => return forbidden("names no host"),
        };
        if !self.hosts.iter().any(|one| one.eq_ignore_ascii_case(&host)) {
            return forbidden(
                "is not a host of this issuer: if it should be, name it among its hosts",
            );
        }
        Ok(())
    }

    /// Asks, and waits for the answer. Blocks.
    pub(super) fn ask(&self, request: HttpRequest) -> Result<HttpResponse, WebError> {
        let failed = |error: ureq::Error| WebError::Failed(error.to_string());
        let url = Url::parse(&request.uri().to_string())
            .map_err(|_| WebError::Forbidden("its address cannot be read".to_owned()))?;
        self.may_ask(&url)?;
        let answer = if request.method() == Method::GET {
            self.agent.run(request.map(drop)).map_err(failed)?
        } else {
            self.agent.run(request).map_err(failed)?
        };
        let (head, body) = answer.into_parts();
        let mut bytes = Vec::new();
        let read = body
            .into_reader()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| WebError::Failed(error.to_string()))?;
        if read as u64 > LARGEST {
            return Err(WebError::Failed("its answer is too long".to_owned()));
        }
        Ok(HttpResponse::from_parts(head, bytes))
    }
}

/// Looks names up, and refuses those that lead inside: what is refused here is what would be connected to, so that a name cannot be one thing when asked and another when called.
#[derive(Debug)]
struct Guarded {
    names: DefaultResolver,
    inside: bool,
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        if !self.inside && !found.iter().all(|address| is_public(address.ip())) {
            return Err(ureq::Error::Other(Box::new(WebError::Forbidden(
                "its name leads to an address that is not on the open network".to_owned(),
            ))));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web(inside: bool) -> Web {
        Web::new(vec!["login.example.org".to_owned()], inside)
    }

    #[test]
    fn only_the_hosts_of_an_issuer_are_asked() {
        let cases = [
            ("https://login.example.org/keys", true),
            ("https://LOGIN.example.org:8443/keys", true),
            ("https://login.example.org.evil.com/", false),
            ("https://evil.com/login.example.org", false),
            ("https://login.example.org@evil.com/", false),
            ("https://user:word@login.example.org/", false),
            ("https://sub.login.example.org/", false),
            ("http://login.example.org/", false),
            ("ftp://login.example.org/", false),
            ("file:///etc/passwd", false),
        ];
        for (address, may) in cases {
            let url = Url::parse(address).unwrap();
            assert_eq!(web(false).may_ask(&url).is_ok(), may, "{address}");
        }
        let plain = Url::parse("http://login.example.org/").unwrap();
        assert!(web(true).may_ask(&plain).is_ok(), "inside the house");
    }

    #[test]
    fn nothing_inside_the_house_is_called() {
        let canary = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        canary.set_nonblocking(true).unwrap();
        let port = canary.local_addr().unwrap().port();
        for host in ["127.0.0.1", "localhost"] {
            let web = Web::new(vec![host.to_owned()], false);
            let request = openidconnect::http::Request::get(format!("https://{host}:{port}/"))
                .body(Vec::new())
                .unwrap();
            let refused = web.ask(request).unwrap_err().to_string();
            assert!(refused.contains("not on the open network"), "{refused}");
        }
        assert!(canary.accept().is_err(), "nobody knocked");
    }
}
