//! The hash chain: each event's hash covers the hash before it and everything stored about the event.
//!
//! `hash(n) = BLAKE3(context; hash(n−1), position, stream, version, person, kind, shape, actor, recorded_at, body)`, every text and the body preceded by its length, so that no two
//! rows can be written the same way. The body is covered as it is stored, sealed: erasing a person's key changes no hash.

/// Bytes of a hash.
pub const HASH: usize = 32;

/// The hash before the first event.
pub const START: [u8; HASH] = [0; HASH];

const CONTEXT: &str = "cotreat 2026-11 event chain";

/// What is stored about one event, apart from its hash.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// Position in the whole store, from 1.
    pub position: u64,
    /// The stream.
    pub stream: &'a str,
    /// Position in the stream, from 1.
    pub version: u64,
    /// Whom it is about.
    pub person: &'a str,
    /// What happened.
    pub kind: &'a str,
    /// Version of the stored form of this kind.
    pub shape: u32,
    /// Who did it.
    pub actor: &'a str,
    /// When it was recorded.
    pub recorded_at: &'a str,
    /// The sealed body.
    pub body: &'a [u8],
}

/// The hash of an event behind `before`.
#[must_use]
pub fn hash(before: &[u8; HASH], link: &Link<'_>) -> [u8; HASH] {
    let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
    hasher.update(before);
    hasher.update(&link.position.to_le_bytes());
    hasher.update(&link.version.to_le_bytes());
    hasher.update(&link.shape.to_le_bytes());
    let texts = [
        link.stream,
        link.person,
        link.kind,
        link.actor,
        link.recorded_at,
    ];
    for bytes in texts.iter().map(|text| text.as_bytes()).chain([link.body]) {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    *hasher.finalize().as_bytes()
}
