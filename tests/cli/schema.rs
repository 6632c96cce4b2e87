//! The published JSON Schemas are those of the program.

use std::fs;

use super::support::{Folder, below, cotreat, says};

#[test]
fn the_published_schemas_are_current() {
    let folder = Folder::new();
    let fresh = folder.path("schema");
    cotreat(&["schema", "--write", &fresh]).ends(0);
    let published = below("docs/schema");
    let names = |list: &[(String, std::path::PathBuf)]| {
        list.iter()
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>()
    };
    let mut written: Vec<(String, std::path::PathBuf)> = fs::read_dir(&fresh)
        .expect("they were written")
        .map(|entry| entry.expect("readable").path())
        .map(|path| {
            (
                path.file_name()
                    .expect("a file")
                    .to_string_lossy()
                    .into_owned(),
                path,
            )
        })
        .collect();
    written.sort();
    assert_eq!(
        names(&published),
        names(&written),
        "run `cotreat schema --write docs/schema`"
    );
    for ((name, old), (_, new)) in published.iter().zip(&written) {
        let text = |path| fs::read_to_string(path).expect("readable");
        assert!(
            text(old) == text(new),
            "docs/schema/{name} is not current: run `cotreat schema --write docs/schema`"
        );
    }
}

#[test]
fn one_schema() {
    let kinds = cotreat(&["schema"]).ends(0);
    says(&kinds, &["finding\n", "intervention\n", "appraisal\n"]);
    for kind in kinds.lines() {
        let schema: serde_json::Value =
            serde_json::from_str(&cotreat(&["schema", kind]).ends(0)).expect("JSON");
        assert_eq!(schema["type"], "object", "{kind}");
        assert_eq!(
            schema["$schema"], "https://json-schema.org/draft/2020-12/schema",
            "{kind}"
        );
    }
    cotreat(&["schema", "findng"])
        .refuses(&["there is no kind `findng`", "did you mean `finding`?"]);
}
