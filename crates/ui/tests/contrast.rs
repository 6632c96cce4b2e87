//! Every pair of colours that meets can be told apart, by day and by night: 4.5 to 1 for text, 3 to 1 for what is drawn (WCAG 2.2, 1.4.3 and 1.4.11).
//! The colours are read from the style sheet as it is built.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_ui::assets::STYLE;

type Colours = BTreeMap<String, String>;

const TEXT: [(&str, &str); 37] = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink", "plain-soft"),
    ("quiet", "paper"),
    ("quiet", "ground"),
    ("link", "paper"),
    ("link", "ground"),
    ("link", "known-soft"),
    ("link-hover", "paper"),
    ("link-hover", "ground"),
    ("link-hover", "known-soft"),
    ("visited", "paper"),
    ("visited", "ground"),
    ("brand", "paper"),
    ("brand-strong", "paper"),
    ("brand-strong", "known-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-strong", "brand"),
    ("on-strong", "good"),
    ("on-strong", "urgent"),
    ("on-strong", "stop"),
    ("on-strong", "stop-ink"),
    ("focus-ink", "focus"),
    ("good", "paper"),
    ("good-ink", "good-soft"),
    ("watch", "paper"),
    ("watch-ink", "watch-soft"),
    ("urgent", "paper"),
    ("urgent-ink", "urgent-soft"),
    ("stop", "paper"),
    ("stop", "ground"),
    ("stop-ink", "paper"),
    ("stop-ink", "stop-soft"),
    ("known-ink", "known-soft"),
    ("known-ink", "paper"),
    ("ink", "known-soft"),
];

const DRAWN: [(&str, &str); 8] = [
    ("edge", "paper"),
    ("edge", "ground"),
    ("brand", "ground"),
    ("brand", "plain-soft"),
    ("urgent", "ground"),
    ("watch", "watch-soft"),
    ("mark-line", "mark-ground"),
    ("mark-warm", "mark-ground"),
];

/// Lines between things that space parts already.
const ORNAMENT: [&str; 1] = ["line"];

fn colours(block: &str) -> Colours {
    block
        .split(['{', '}', ';'])
        .filter_map(|line| line.trim().strip_prefix("--ct-")?.split_once(':'))
        .filter(|(_, value)| !value.contains("var("))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

/// By day, and by night with what stays the same.
fn schemes() -> [(&'static str, Colours); 2] {
    let sheet = STYLE.content;
    let night = "@media screen and (prefers-color-scheme:dark){:root{";
    let (day, rest) = sheet.split_once(night).expect("colours by night");
    let block = day
        .rsplit_once("color-scheme:light dark")
        .expect("colours by day")
        .1;
    let day = colours(block);
    let mut dark = day.clone();
    dark.extend(colours(
        rest.split_once('}').expect("the end of the block").0,
    ));
    assert_ne!(day, dark);
    [("by day", day), ("by night", dark)]
}

/// Relative luminance of `#rgb` or `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let digits = colour
        .strip_prefix('#')
        .unwrap_or_else(|| panic!("a colour in digits, not {colour}"));
    let wide: String = if digits.len() == 3 {
        digits.chars().flat_map(|digit| [digit, digit]).collect()
    } else {
        digits.to_owned()
    };
    let part = |at: usize| {
        let value = u8::from_str_radix(&wide[at..at + 2], 16).expect("two digits");
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_pair_of_colours_can_be_told_apart() {
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!(
        (contrast("#767676", "#fff") - 4.54).abs() < 0.01,
        "the grey that WCAG's own examples use"
    );
    let mut weak = Vec::new();
    for (when, colours) in schemes() {
        for (pairs, least) in [(&TEXT[..], 4.5), (&DRAWN[..], 3.0)] {
            for (fore, back) in pairs {
                let found = contrast(&colours[*fore], &colours[*back]);
                if found < least {
                    weak.push(format!(
                        "{when}: {fore} on {back} is {found:.2}, and must be {least}"
                    ));
                }
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn every_colour_is_in_a_pair() {
    let paired: BTreeSet<&str> = TEXT
        .iter()
        .chain(&DRAWN)
        .flat_map(|(one, other)| [*one, *other])
        .chain(ORNAMENT)
        .collect();
    let [(_, day), _] = schemes();
    let alone: Vec<&String> = day
        .keys()
        .filter(|name| !paired.contains(name.as_str()))
        .collect();
    assert!(alone.is_empty(), "say on what these are shown: {alone:?}");
}
