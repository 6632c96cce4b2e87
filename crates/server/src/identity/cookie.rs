//! Cookies: what they are called, how they are set, how they are read.
//!
//! All are `__Host-` cookies: the browser takes them over a secure connection only, for this host only, for every path. Browsers count `http://localhost` as secure.

use cookie::{Cookie, SameSite};

use super::Token;

/// A cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jar {
    /// The session of somebody who works here. Not sent with requests that other sites cause, a click on their links included.
    Staff,
    /// What a patient has open. Sent after a click on the link in a mail.
    Patient,
    /// Between leaving for an issuer and coming back, for 10 minutes.
    Issuer,
}

impl Jar {
    const fn name(self) -> &'static str {
        match self {
            Self::Staff => "__Host-cotreat",
            Self::Patient => "__Host-cotreat-patient",
            Self::Issuer => "__Host-cotreat-issuer",
        }
    }

    const fn same_site(self) -> SameSite {
        match self {
            Self::Staff => SameSite::Strict,
            Self::Patient | Self::Issuer => SameSite::Lax,
        }
    }

    /// The value of `Set-Cookie` that keeps a token until the browser is closed; when the session ends is for the server to say.
    #[must_use]
    pub fn set(self, token: &Token) -> String {
        self.cookie(token.to_text().as_str()).to_string()
    }

    /// The value of `Set-Cookie` that takes it away.
    #[must_use]
    pub fn clear(self) -> String {
        let mut cookie = self.cookie("");
        cookie.make_removal();
        cookie.to_string()
    }

    /// The token in the `Cookie` headers of a request. One that is there twice is none: somebody has slipped one in.
    #[must_use]
    pub fn read<'a>(self, headers: impl IntoIterator<Item = &'a str>) -> Option<Token> {
        let mut found = None;
        for header in headers {
            for cookie in Cookie::split_parse(header).flatten() {
                if cookie.name() == self.name() {
                    if found.is_some() {
                        return None;
                    }
                    found = Some(cookie.value().to_owned());
                }
            }
        }
        Token::read(&found?)
    }

    fn cookie(self, value: &str) -> Cookie<'static> {
        Cookie::build((self.name(), value.to_owned()))
            .path("/")
            .secure(true)
            .http_only(true)
            .same_site(self.same_site())
            .build()
    }
}
