//! The knowledge of this repository, read from disk once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::guide::Texts;

/// Every knowledge file and case.
pub fn texts() -> &'static Texts {
    static TEXTS: OnceLock<Texts> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let root = folder();
        let mut texts = Texts::new();
        let mut open = vec![root.clone()];
        while let Some(folder) = open.pop() {
            for entry in
                fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
            {
                let path = entry.expect("an entry of a folder").path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|e| e == "toml" || e == "md") {
                    let name = path.strip_prefix(&root).expect("below the folder");
                    let text = fs::read_to_string(&path)
                        .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                    texts.insert(name.to_string_lossy().replace('\\', "/"), text);
                }
            }
        }
        texts
    })
}

/// The knowledge folder of the repository.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")
}
