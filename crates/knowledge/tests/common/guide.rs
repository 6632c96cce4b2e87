//! The examples of `knowledge/GUIDE.md`: fenced blocks whose info string ends with the path of the file they would be.
//!
//! Together they are a small complete knowledge folder. It stays the same while the shipped knowledge grows, so tests that need exact
//! places, words or numbers stand on it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// Path below the knowledge folder → text.
pub type Texts = BTreeMap<String, String>;

/// Every example of the guide.
pub fn examples() -> &'static Texts {
    static EXAMPLES: OnceLock<Texts> = OnceLock::new();
    EXAMPLES.get_or_init(|| {
        let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge/GUIDE.md");
        let guide =
            std::fs::read_to_string(&guide).unwrap_or_else(|e| panic!("{}: {e}", guide.display()));
        read(&guide)
    })
}

/// The same files without lines that are only a comment. Hints come and go in the guide, and would move every line below them.
pub fn bare(texts: &Texts) -> Texts {
    let kept = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with("# "))
            .map(|line| format!("{line}\n"))
            .collect()
    };
    texts
        .iter()
        .map(|(path, text)| {
            (
                path.clone(),
                if path.ends_with(".toml") {
                    kept(text)
                } else {
                    text.clone()
                },
            )
        })
        .collect()
}

/// The fenced blocks with a path, each under its path.
fn read(guide: &str) -> Texts {
    let mut found = Texts::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        let ticks = line.chars().take_while(|c| *c == '`').count();
        if ticks < 3 {
            continue;
        }
        let fence = "`".repeat(ticks);
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        if let Some((_, path)) = line[ticks..].split_once(' ') {
            let before = found.insert(path.to_owned(), block.join("\n") + "\n");
            assert!(before.is_none(), "the guide shows {path} twice");
        }
    }
    found
}
