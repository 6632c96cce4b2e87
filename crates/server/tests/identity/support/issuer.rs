//! A small issuer (OpenID Connect) on the loopback address: publishes what it is and its key, and gives a token for any code. What it says can be bent.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

pub const CLIENT: &str = "cotreat";
pub const CLIENT_SECRET: &str = "the client secret";

/// What the issuer says next.
#[derive(Clone)]
pub struct Says {
    /// Changes to the claims; null takes one away.
    pub claims: Value,
    /// Changes to the head of the token.
    pub head: Value,
    /// With which key it signs: the number of the one it publishes is 1.
    pub key: u8,
    /// The number of the key it publishes.
    pub published: u8,
    /// Changes to what it publishes about itself.
    pub about: Value,
    /// The signature is left out.
    pub unsigned: bool,
    /// Answers this instead, whatever is asked.
    pub instead: Option<String>,
}

impl Default for Says {
    fn default() -> Self {
        Self {
            claims: json!({}),
            head: json!({}),
            key: 1,
            published: 1,
            about: json!({}),
            unsigned: false,
            instead: None,
        }
    }
}

/// One request that came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub authorization: Option<String>,
    pub body: String,
}

#[derive(Default)]
struct State {
    says: Mutex<Says>,
    asked: Mutex<Vec<Asked>>,
    /// The claims of the next token: subject, address, nonce, and when.
    claims: Mutex<Value>,
}

pub struct TestIssuer {
    pub url: String,
    state: Arc<State>,
}

fn key(number: u8) -> SigningKey {
    let mut scalar = [9; 32];
    scalar[31] = number;
    SigningKey::from_slice(&scalar).expect("a key")
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// `with` laid over `onto`.
fn changed(mut onto: Value, with: &Value) -> Value {
    for (name, value) in with.as_object().expect("an object") {
        if value.is_null() {
            onto.as_object_mut().expect("an object").remove(name);
        } else {
            onto[name] = value.clone();
        }
    }
    onto
}

impl TestIssuer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(State::default());
        let (own, served) = (url.clone(), Arc::clone(&state));
        // Ends with the test program.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = served.answer(&own, stream);
            }
        });
        Self { url, state }
    }

    /// What it says from now on.
    pub fn says(&self, says: Says) {
        *self.state.says.lock().unwrap() = says;
    }

    /// What it says about whoever comes next, before it is bent.
    pub fn knows(&self, claims: Value) {
        *self.state.claims.lock().unwrap() = claims;
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    pub fn how_often(&self, path: &str) -> usize {
        self.asked().iter().filter(|one| one.path == path).count()
    }
}

impl State {
    fn answer(&self, own: &str, mut stream: TcpStream) -> std::io::Result<()> {
        let asked = read(&stream)?;
        self.asked.lock().unwrap().push(asked.clone());
        let says = self.says.lock().unwrap().clone();
        let answer = match says.instead.clone() {
            Some(instead) => instead,
            None => {
                let body = match asked.path.as_str() {
                    "/.well-known/openid-configuration" => changed(about(own), &says.about),
                    "/keys" => published(says.published),
                    "/token" => self.token(own, &says),
                    _ => json!({}),
                };
                let body = body.to_string();
                format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                )
            }
        };
        stream.write_all(answer.as_bytes())
    }

    fn token(&self, own: &str, says: &Says) -> Value {
        let claims = self.claims.lock().unwrap().clone();
        let claims = changed(
            changed(json!({ "iss": own, "aud": CLIENT }), &claims),
            &says.claims,
        );
        let head = changed(
            json!({ "alg": "ES256", "kid": format!("key {}", says.key) }),
            &says.head,
        );
        let signed = format!(
            "{}.{}",
            text(head.to_string().as_bytes()),
            text(claims.to_string().as_bytes())
        );
        let signature: Signature = key(says.key).sign(signed.as_bytes());
        let signature = if says.unsigned {
            String::new()
        } else {
            text(&signature.to_bytes())
        };
        json!({
            "access_token": "for nothing",
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": format!("{signed}.{signature}"),
        })
    }
}

fn about(own: &str) -> Value {
    json!({
        "issuer": own,
        "authorization_endpoint": format!("{own}/authorize"),
        "token_endpoint": format!("{own}/token"),
        "jwks_uri": format!("{own}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    })
}

fn published(number: u8) -> Value {
    let point = key(number).verifying_key().to_sec1_point(false);
    let point = point.as_bytes();
    json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": format!("key {number}"),
        "x": text(&point[1..33]), "y": text(&point[33..65]),
    }] })
}

fn read(stream: &TcpStream) -> std::io::Result<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut length, mut authorization) = (0, None);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap_or(0),
            "authorization" => authorization = Some(value.trim().to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Asked {
        path,
        authorization,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}
