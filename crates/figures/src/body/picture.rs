//! The body chart to look at: which regions are marked, and how much each hurts.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::atlas::{Region, View, atlas, region, regions};
use super::facts::summary;
use super::form::{figure, side_names, sides};
use crate::shape::{Point, number};
use crate::words::{capital, fill};
use crate::{Figure, Words, figure};

/// How much a region hurts, from 0 to 10, or only that it is marked.
pub type Pain = Option<u8>;

/// Who looks at the picture: it says `Your left` to the patient and `Patient's left` to everybody else.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reader {
    /// The patient.
    Patient,
    /// Anybody else.
    Staff,
}

/// The body chart with the marked regions, both views side by side.
///
/// Shades show four steps of pain (0, 1 to 3, 4 to 6, 7 to 10) and the number stands in the region, so that nothing is told by colour alone. `key` makes the ids on the page
/// unique.
#[must_use]
pub fn picture(key: &str, pain: &BTreeMap<u16, Pain>, reader: Reader, words: &Words) -> Figure {
    let said = in_words(pain, words);
    let (atlas, key) = (atlas(), figure::id(key));
    let (left, right) = match reader {
        Reader::Patient => (&words.body.your_left, &words.body.your_right),
        Reader::Staff => (&words.body.patient_left, &words.body.patient_right),
    };
    let wide = 2.0 * atlas.half_width + 8.0;
    let window = [-wide / 2.0, -24.0, 2.0 * wide, atlas.bottom + 26.0]
        .map(number)
        .join(" ");
    let svg = html! {
        svg class="fig-picture" viewBox=(window) role="img" aria-labelledby={ (key) "-title" } aria-describedby={ (key) "-desc" } {
            title id={ (key) "-title" } { (words.body.title) }
            desc id={ (key) "-desc" } { (said) }
            @for (view, name, shift) in [(View::Back, &words.body.back, 0.0), (View::Front, &words.body.front, wide)] {
                g transform={ "translate(" (number(shift)) " 0)" } {
                    text class="fig-head" x="0" y="-10" text-anchor="middle" { (name) }
                    (figure(view))
                    @for region in regions().filter(|region| region.view == view) {
                        @if let Some(pain) = pain.get(&region.number) { (mark(region, *pain, words)) }
                    }
                    @let (left, right) = sides(view, left, right);
                    (side_names(left, right))
                }
            }
        }
    };
    Figure {
        title: words.body.title.clone(),
        svg,
        legend: html! {},
        words: said,
        table: table(pain, words),
    }
}

fn mark(region: &Region, pain: Pain, words: &Words) -> Markup {
    let (x, y) = region.middle;
    let step = pain.map_or("fig-marked", |pain| match pain {
        0 => "fig-pain-0",
        1..=3 => "fig-pain-1",
        4..=6 => "fig-pain-2",
        _ => "fig-pain-3",
    });
    html! {
        g class=(step) {
            path d=(region.outline.path()) { title { (capital(&one(region, pain, words))) } }
            @match pain {
                Some(pain) => text x=(number(x)) y=(number(y + 4.8)) text-anchor="middle" { (pain.min(10)) },
                None => (tick(region.middle)),
            }
        }
    }
}

/// A tick in the middle of a region.
pub(super) fn tick((x, y): Point) -> Markup {
    html! { path class="fig-tick" d={ "M" (number(x - 5.0)) " " (number(y)) "l3.5 4 6.5-8" } {} }
}

/// One region and its pain.
fn one(region: &Region, pain: Pain, words: &Words) -> String {
    let name = region.plain_name(words);
    match pain {
        Some(pain) => fill(
            &words.body.intensity,
            &[("name", &name), ("value", &pain.min(10).to_string())],
        ),
        None => name,
    }
}

/// Every region with its number where there is one; both sides together where nobody said how much.
fn in_words(pain: &BTreeMap<u16, Pain>, words: &Words) -> String {
    if pain.values().all(Option::is_none) {
        return summary(&pain.keys().copied().collect(), words);
    }
    let told: Vec<String> = regions()
        .filter_map(|region| Some(one(region, *pain.get(&region.number)?, words)))
        .collect();
    if told.is_empty() {
        words.body.nowhere.clone()
    } else {
        capital(&told.join("; "))
    }
}

fn table(pain: &BTreeMap<u16, Pain>, words: &Words) -> Markup {
    let body = &words.body;
    html! {
        table {
            thead { tr { th scope="col" { (body.region) } th scope="col" { (body.side) } th scope="col" { (body.value) } } }
            tbody {
                @for (region, pain) in regions().filter_map(|r| Some((r, pain.get(&r.number)?))) {
                    tr {
                        th scope="row" { (capital(region.part_name(words))) }
                        td { (region.side.name(words)) }
                        td { @match pain { Some(pain) => (pain.min(&10)), None => (body.not_said) } }
                    }
                }
                @if !pain.keys().any(|number| region(*number).is_some()) {
                    tr { td colspan="3" { (body.nowhere) } }
                }
            }
        }
    }
}
