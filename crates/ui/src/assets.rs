//! The style sheet and the script: part of the program, under names that change with their content, so that browsers may keep them for ever.

use std::sync::LazyLock;

/// A file that pages ask for.
#[derive(Debug)]
pub struct Asset {
    /// What it is called below `/assets/`; another content has another name.
    pub name: String,
    /// What it is, for `Content-Type`.
    pub kind: &'static str,
    /// What is in it.
    pub content: &'static str,
}

impl Asset {
    fn new(stem: &str, ending: &str, kind: &'static str, content: &'static str) -> Self {
        let hash = blake3::hash(content.as_bytes()).to_hex();
        let short = hash.as_str().get(..8).unwrap_or_default();
        Self {
            name: format!("{stem}.{short}.{ending}"),
            kind,
            content,
        }
    }

    /// Where it lies on the server.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

/// The style sheet, built from `ui/cotreat.scss`.
pub static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "cotreat",
        "css",
        "text/css; charset=utf-8",
        include_str!("../../../ui/built/cotreat.css"),
    )
});

/// The little JavaScript there is, built from `ui/cotreat.js`; everything works without it.
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "cotreat",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../../../ui/built/cotreat.js"),
    )
});

/// What others wrote that is inside the two files, with its licences.
pub const THIRD_PARTY: &str = include_str!("../../../ui/built/THIRD_PARTY.md");

/// The file of that name, if it is one of ours.
#[must_use]
pub fn find(name: &str) -> Option<&'static Asset> {
    [&*STYLE, &*SCRIPT]
        .into_iter()
        .find(|asset| asset.name == name)
}
