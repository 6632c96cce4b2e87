//! Numbers as each language writes them.

use fluent_bundle::FluentValue;

use super::Lang;

/// With this many decimals. English groups thousands by commas; Spanish has a decimal comma and groups by a space from five digits on (RAE, Ortografía 2010, VIII 3.2).
pub(super) fn written(lang: Lang, value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (group, point, from) = match lang {
        Lang::En => (',', '.', 4),
        Lang::Es => ('\u{a0}', ',', 5),
    };
    // What rounds to nothing is not negative.
    let negative = value < 0.0 && plain.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
    let mut text = String::new();
    if negative {
        text.push('\u{2212}');
    }
    let digits = whole.len();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && digits >= from && (digits - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

/// A number inside a text: with the decimals that it has.
pub(super) fn in_text(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let own = number.value.to_string();
    let decimals = own.split_once('.').map_or(0, |(_, rest)| rest.len());
    let least = number.options.minimum_fraction_digits.unwrap_or(0);
    Some(written(lang, number.value, decimals.max(least)))
}
