//! The body chart as pages have it.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use cotreat_figures::Words;
use cotreat_figures::body::{self, Reader};
use proptest::prelude::*;
use support::{check, drawings};

#[test]
fn a_form_has_one_box_and_one_shape_for_each_region() {
    for tag in ["en", "es"] {
        let words = Words::of(tag);
        let html = body::form("region", &BTreeSet::from([218, 131]), words).into_string();
        check(&html);
        for region in body::regions() {
            let number = region.number;
            let count = |text: &str| html.matches(text).count();
            assert_eq!(
                count(&format!("value=\"{number}\" id=\"region-{number}\"")),
                1
            );
            assert_eq!(
                count(&format!(
                    "<label for=\"region-{number}\">{}<",
                    region.name(words)
                )),
                1
            );
            assert_eq!(
                count(&format!(
                    "<label class=\"fig-spot\" for=\"region-{number}\">"
                )),
                1
            );
        }
        assert_eq!(
            html.matches(" checked").count(),
            2,
            "the marked ones are ticked"
        );
        assert_eq!(html.matches("<fieldset").count(), 2);
    }
}

#[test]
fn a_drawn_shape_comes_after_its_box() {
    // The style sheet reaches from a ticked box forward to the shape, not back.
    let html = body::form("region", &BTreeSet::new(), Words::of("en")).into_string();
    for item in html.split("<li>").skip(1) {
        assert!(item.find("<input") < item.find("fig-spot"), "{item}");
    }
}

#[test]
fn a_picture_tells_numbers_without_colour() {
    let pain = BTreeMap::from([
        (218, Some(7)),
        (223, None),
        (237, Some(200)),
        (999, Some(1)),
    ]);
    let figure = body::picture("pain", &pain, Reader::Staff, Words::of("en"));
    assert_eq!(
        figure.words,
        "Lower back, left: 7 of 10; buttock, left; heel, left: 10 of 10"
    );
    let html = figure.whole(Words::of("en")).into_string();
    check(&html);
    for text in [
        ">7</text>",
        ">10</text>",
        "fig-tick",
        "<td>7</td>",
        "<td>not said</td>",
        "Patient's",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let patient = body::picture("pain", &pain, Reader::Patient, Words::of("en"))
        .svg
        .into_string();
    assert!(patient.contains(">Your</text>") && !patient.contains("Patient"));
}

#[test]
fn hostile_names_stay_text() {
    let html = body::form("\"><script>", &BTreeSet::new(), Words::of("en")).into_string();
    assert!(!html.contains("<script"));
    let svg = body::picture(
        "x\" onload=\"y",
        &BTreeMap::new(),
        Reader::Patient,
        Words::of("en"),
    );
    check(&svg.whole(Words::of("en")).into_string());
    assert_eq!(drawings(&svg.svg.into_string()).len(), 1);
}

#[test]
fn the_style_sheet_knows_every_class() {
    let words = Words::of("en");
    let pain = (0..=10).map(|n| (218 + u16::from(n), Some(n))).collect();
    let html = body::form("region", &BTreeSet::new(), words).into_string()
        + &body::picture("p", &pain, Reader::Staff, words)
            .whole(words)
            .into_string();
    for classes in html
        .split(" class=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        for class in classes.split_whitespace() {
            assert!(
                cotreat_figures::STYLE.contains(&format!(".{class}")),
                "`{class}` has no style"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_answer_can_be_drawn(pain in prop::collection::btree_map(any::<u16>().prop_map(|n| 90 + n % 160), any::<Option<u8>>(), 0..90), key in ".{0,12}") {
        let words = Words::of("es");
        let figure = body::picture(&key, &pain, Reader::Staff, words);
        check(&figure.whole(words).into_string());
        let numbers = pain.keys().copied().collect();
        check(&body::form("region", &numbers, words).into_string());
        let rows = figure.table.into_string().matches("<th scope=\"row\">").count();
        prop_assert_eq!(rows, pain.keys().filter(|n| body::region(**n).is_some()).count());
        prop_assert!(body::widespread(&numbers).areas <= 5);
    }
}
