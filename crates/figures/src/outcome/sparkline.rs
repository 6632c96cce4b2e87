//! A course as small as a word, for a row of a list.

use maud::{Markup, html};

use crate::Words;
use crate::shape::number;
use crate::words::fill;

/// The values of one instrument in the order of time on its scale, broken where one is missing, with a dot for the latest. Says the same in words.
#[must_use]
pub fn sparkline(values: &[Option<f64>], scale: (f64, f64), words: &Words) -> Markup {
    let values: Vec<Option<f64>> = values.iter().map(|v| v.filter(|v| v.is_finite())).collect();
    let span = scale.1 - scale.0;
    let step = 72.0 / values.len().saturating_sub(1).max(1) as f64;
    let place = |at: usize, value: f64| {
        let part = if span.is_finite() && span > 0.0 {
            (value - scale.0) / span
        } else {
            0.5
        };
        (4.0 + step * at as f64, 17.0 - part.clamp(0.0, 1.0) * 14.0)
    };
    let (mut d, mut pen, mut last) = (String::new(), 'M', None);
    for (at, value) in values.iter().enumerate() {
        if let Some(value) = value {
            let (x, y) = place(at, *value);
            d.push(pen);
            d.push_str(&format!("{} {}", number(x), number(y)));
            last = Some((x, y));
        }
        pen = if value.is_some() { 'L' } else { 'M' };
    }
    let measured: Vec<f64> = values.iter().copied().flatten().collect();
    let said = match (measured.first(), measured.last()) {
        (Some(first), Some(last)) => fill(
            &words.outcome.sparkline,
            &[
                ("count", &measured.len().to_string()),
                ("first", &words.number(*first)),
                ("last", &words.number(*last)),
            ],
        ),
        _ => words.outcome.sparkline_none.clone(),
    };
    html! {
        svg class="fig-sparkline" viewBox="0 0 80 20" role="img" {
            title { (said) }
            @if let Some((x, y)) = last {
                path d=(d) {}
                circle cx=(number(x)) cy=(number(y)) r="2.5" {}
            }
        }
    }
}
