//! A browser: keeps cookies, says where its forms come from, follows nothing by itself.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use tower::ServiceExt as _;

use super::ORIGIN;

/// A browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// Where requests come from.
    pub from: String,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// Where it sends one.
    pub fn place(&self) -> &str {
        let place = self.headers.get(header::LOCATION);
        place.map_or("", |place| place.to_str().expect("text"))
    }

    /// The value of a hidden field of the first form that has it.
    pub fn hidden(&self, name: &str) -> String {
        let field = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.text.split_once(&field).unwrap_or_else(|| {
            panic!("no field `{name}` in {}", self.text);
        });
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }
}

impl Browser {
    pub fn new(router: &Router) -> Self {
        Self {
            router: router.clone(),
            cookies: BTreeMap::new(),
            from: "192.0.2.7".to_owned(),
        }
    }

    /// The same browser before a server that was started again.
    pub fn turn_to(&mut self, router: &Router) {
        self.router = router.clone();
    }

    pub async fn get(&mut self, place: &str) -> Answer {
        self.send("GET", place, &[], String::new()).await
    }

    /// Sends a form from one of our pages.
    pub async fn post(&mut self, place: &str, fields: &[(&str, &str)]) -> Answer {
        let heads = [
            ("origin", ORIGIN),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.send("POST", place, &heads, encoded(fields)).await
    }

    /// Sends a form with the token of the page it stands on.
    pub async fn submit(&mut self, page: &str, place: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.get(page).await.hidden("csrf");
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post(place, &all).await
    }

    /// Does something in an episode.
    pub async fn act(
        &mut self,
        episode: &str,
        seen: u64,
        act: serde_json::Value,
        key: Option<&str>,
    ) -> Answer {
        let csrf = self.get("/account").await;
        let csrf = if csrf.status == 200 {
            csrf.hidden("csrf")
        } else {
            String::new()
        };
        let body = serde_json::json!({ "seen": seen, "act": act }).to_string();
        let mut heads = vec![
            ("origin", ORIGIN),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json"),
            ("x-csrf-token", csrf.as_str()),
        ];
        if let Some(key) = key {
            heads.push(("idempotency-key", key));
        }
        let place = format!("/episodes/{episode}/acts");
        self.send("POST", &place, &heads, body).await
    }

    pub async fn send(
        &mut self,
        method: &str,
        place: &str,
        heads: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(place)
            .header("x-forwarded-for", &self.from);
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in heads {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let answer = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, 8 << 20).await.expect("a body");
        for set in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(set.to_str().expect("text"));
        }
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn keep(&mut self, set: &str) {
        let (pair, attributes) = set.split_once(';').unwrap_or((set, ""));
        let (name, value) = pair.split_once('=').expect("a cookie");
        assert!(name.starts_with("__Host-"), "{set}");
        for wanted in ["Secure", "HttpOnly", "Path=/", "SameSite="] {
            assert!(attributes.contains(wanted), "{wanted} is missing in {set}");
        }
        if value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// As browsers write forms.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let one = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    (byte as char).to_string()
                }
                b' ' => "+".to_owned(),
                other => format!("%{other:02X}"),
            })
            .collect::<String>()
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", one(name), one(value)))
        .collect();
    pairs.join("&")
}

impl Browser {
    /// Sends a file with the token of the page it is chosen on.
    pub async fn send_file(
        &mut self,
        page: &str,
        place: &str,
        name: &str,
        content: &str,
    ) -> Answer {
        let csrf = self.get(page).await.hidden("csrf");
        self.send_file_with(&csrf, place, name, content).await
    }

    pub async fn send_file_with(
        &mut self,
        csrf: &str,
        place: &str,
        name: &str,
        content: &str,
    ) -> Answer {
        let mark = "----cotreat-test";
        let body = format!(
            "--{mark}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
             --{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n--{mark}--\r\n"
        );
        let kind = format!("multipart/form-data; boundary={mark}");
        let heads = [
            ("origin", ORIGIN),
            ("sec-fetch-site", "same-origin"),
            ("content-type", kind.as_str()),
        ];
        self.send("POST", place, &heads, body).await
    }
}
