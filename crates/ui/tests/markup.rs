//! What every part keeps to: ids once, labels that lead somewhere, headings in order, nothing inline.

use std::collections::BTreeSet;

use cotreat_ui::styleguide::styleguide;
use cotreat_ui::{Lang, Words};

fn page() -> String {
    styleguide(&Words::of(Lang::En)).into_string()
}

/// The values of an attribute, in order.
fn values<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!(" {name}=\"");
    page.split(begin.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_id_is_there_once_and_every_reference_finds_its_id() {
    let page = page();
    let mut ids = BTreeSet::new();
    for id in values(&page, "id") {
        assert!(ids.insert(id), "`{id}` is there twice");
    }
    for name in [
        "for",
        "aria-describedby",
        "aria-labelledby",
        "aria-controls",
        "data-shows",
        "data-counts",
        "data-opens",
    ] {
        let found = values(&page, name);
        assert!(!found.is_empty(), "no part has {name}");
        for id in found.iter().flat_map(|value| value.split(' ')) {
            assert!(ids.contains(id), "{name} names `{id}`, which is not there");
        }
    }
    let summary = page
        .split("govuk-error-summary__list")
        .nth(1)
        .and_then(|rest| rest.split("</ul>").next())
        .expect("a summary");
    for target in values(summary, "href") {
        assert!(
            ids.contains(target.trim_start_matches('#')),
            "the summary leads to {target}"
        );
    }
}

#[test]
fn every_input_has_a_label() {
    let page = page();
    let labelled: BTreeSet<&str> = values(&page, "for").into_iter().collect();
    for tag in ["<input", "<select", "<textarea"] {
        for input in page
            .split(tag)
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
        {
            let input = format!("{input} ");
            if input.contains("type=\"hidden\"")
                || input.contains("data-keys-off")
                || input.contains("name=\"plain\"")
            {
                continue; // Hidden, or inside its label.
            }
            let id = values(&input, "id");
            let id = id
                .first()
                .unwrap_or_else(|| panic!("without an id: {tag}{input}"));
            assert!(labelled.contains(id), "`{id}` has no label");
        }
    }
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let mut last = 0;
    let mut seen = 0;
    for level in page()
        .split("<h")
        .skip(1)
        .filter_map(|rest| rest.chars().next()?.to_digit(10))
    {
        assert!(
            level <= last + 1,
            "a heading of level {level} follows one of level {last}"
        );
        last = level;
        seen += 1;
    }
    assert!(seen > 10);
}

/// The policy of the server's pages lets nothing inline run or colour anything.
#[test]
fn nothing_is_inline() {
    let page = page();
    assert!(!page.contains(" style=") && !page.contains("<style"));
    for script in page.split("<script").skip(1) {
        assert!(
            script.starts_with(" src=\"/assets/") && script.contains("></script>"),
            "a script of its own file"
        );
    }
    for handler in [
        " onclick=",
        " onload=",
        " onchange=",
        " onsubmit=",
        "javascript:",
    ] {
        assert!(!page.contains(handler), "{handler}");
    }
}
