//! An authenticator in software: makes P-256 keys, attests nothing ("none"), and answers challenges as a browser hands them on.

use cotreat_server::identity::passkey::Begun;
use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::ORIGIN;

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

pub struct SoftKey {
    key: SigningKey,
    id: Vec<u8>,
    user: Vec<u8>,
    /// What its next answer says.
    pub counter: u32,
    pub origin: String,
    pub flags: u8,
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("a text");
    BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url")
}

/// What the page got, as JSON.
pub fn options<O: Serialize>(begun: &Begun<O>) -> Value {
    serde_json::to_value(&begun.options).expect("JSON")["publicKey"].clone()
}

impl SoftKey {
    /// A key of its own for each number.
    pub fn new(number: u8) -> Self {
        let mut scalar = [7; 32];
        scalar[31] = number;
        Self {
            key: SigningKey::from_slice(&scalar).expect("a key"),
            id: vec![number; 20],
            user: Vec::new(),
            counter: 1,
            origin: ORIGIN.to_owned(),
            flags: USER_PRESENT | USER_VERIFIED,
        }
    }

    fn client_data(&self, kind: &str, challenge: &[u8]) -> Vec<u8> {
        let data = json!({
            "type": kind, "challenge": text(challenge), "origin": self.origin, "crossOrigin": false,
        });
        serde_json::to_vec(&data).expect("JSON")
    }

    fn head(&self, host: &str, flags: u8) -> Vec<u8> {
        let mut head = Sha256::digest(host.as_bytes()).to_vec();
        head.push(flags);
        head.extend(self.counter.to_be_bytes());
        head
    }

    /// `navigator.credentials.create`.
    pub fn create<T: DeserializeOwned>(&mut self, options: &Value) -> T {
        self.create_for(options, &bytes(&options["challenge"]))
    }

    pub fn create_for<T: DeserializeOwned>(&mut self, options: &Value, challenge: &[u8]) -> T {
        self.user = bytes(&options["user"]["id"]);
        let host = options["rp"]["id"].as_str().expect("a host");
        let mut data = self.head(host, self.flags | ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose());
        let object = [
            b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(),
            &[u8::try_from(data.len()).expect("a short one")],
            &data,
        ]
        .concat();
        let answer = json!({
            "id": text(&self.id),
            "rawId": text(&self.id),
            "type": "public-key",
            "response": {
                "attestationObject": text(&object),
                "clientDataJSON": text(&self.client_data("webauthn.create", challenge)),
            },
            "clientExtensionResults": {},
        });
        serde_json::from_value(answer).expect("an answer")
    }

    /// The public key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    fn cose(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let point = point.as_bytes();
        [
            b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(),
            &point[1..33],
            b"\x22\x58\x20",
            &point[33..65],
        ]
        .concat()
    }

    /// `navigator.credentials.get`.
    pub fn get<T: DeserializeOwned>(&self, options: &Value) -> T {
        self.get_for(options, &bytes(&options["challenge"]))
    }

    pub fn get_for<T: DeserializeOwned>(&self, options: &Value, challenge: &[u8]) -> T {
        let host = options["rpId"].as_str().expect("a host");
        let data = self.head(host, self.flags);
        let client = self.client_data("webauthn.get", challenge);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature: Signature = self.key.sign(&signed);
        let answer = json!({
            "id": text(&self.id),
            "rawId": text(&self.id),
            "type": "public-key",
            "response": {
                "authenticatorData": text(&data),
                "clientDataJSON": text(&client),
                "signature": text(signature.to_der().as_bytes()),
                "userHandle": text(&self.user),
            },
            "clientExtensionResults": {},
        });
        serde_json::from_value(answer).expect("an answer")
    }
}
