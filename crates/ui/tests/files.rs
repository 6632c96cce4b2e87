//! The built files: nothing from elsewhere, nobody else's look, and the names that the pages ask for. `ui/build.sh --check` shows that they are what the sources give.

use cotreat_ui::assets::{SCRIPT, STYLE, THIRD_PARTY, find};

#[test]
fn the_files_ask_nobody_else_and_evaluate_nothing() {
    for asset in [&*STYLE, &*SCRIPT] {
        assert!(asset.content.len() > 2_000, "{} is there", asset.name);
        for never in [
            "http://",
            "https://",
            "GDS Transport",
            "crest",
            "@font-face",
            "eval(",
            "new Function",
            "innerHTML",
            "document.write",
        ] {
            assert!(
                !asset.content.contains(never),
                "{} contains {never}",
                asset.name
            );
        }
    }
    assert!(
        THIRD_PARTY.contains("govuk-frontend 6.6.0") && THIRD_PARTY.contains("The MIT License")
    );
}

#[test]
fn a_file_is_found_under_its_name_only() {
    assert_eq!(
        find(&STYLE.name).map(|asset| asset.kind),
        Some("text/css; charset=utf-8")
    );
    assert!(STYLE.path().starts_with("/assets/cotreat.") && STYLE.path().ends_with(".css"));
    for name in ["", "cotreat.css", "../cotreat.css", "cotreat.00000000.js"] {
        assert!(find(name).is_none(), "{name}");
    }
}

/// The script finds what it works on by these names; the parts write them.
#[test]
fn the_script_and_the_parts_use_the_same_names() {
    let words = cotreat_ui::Words::of(cotreat_ui::Lang::En);
    let page = cotreat_ui::styleguide::styleguide(&words).into_string();
    let names = [
        "data-region",
        "data-body-chart",
        "data-chosen",
        "data-row",
        "data-shows",
        "data-counts",
        "data-opens",
        "data-keys-off",
        "data-apart",
    ];
    for name in names {
        assert!(
            SCRIPT.content.contains(name) || SCRIPT.content.contains(&name["data-".len()..]),
            "the script knows {name}"
        );
        assert!(page.contains(name), "a part writes {name}");
    }
}
