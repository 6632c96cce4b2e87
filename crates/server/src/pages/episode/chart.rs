//! Where it hurts, as the patient marked it last.

use std::collections::BTreeMap;

use cotreat_care::event::Feel;
use cotreat_figures::Words as FigureWords;
use cotreat_figures::body::{Reader, picture};
use maud::{Markup, html};

use super::aside::part;
use super::desk::Desk;
use crate::clinic::Opened;

/// The body chart with who marked it when, and how it feels; nothing where none was ever marked.
pub(super) fn shown(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let Some(last) = opened.record.drawings.last() else {
        return html! {};
    };
    let words = FigureWords::of(desk.words.lang().code());
    let marks = &last.what.marks;
    let pain: BTreeMap<u16, Option<u8>> =
        marks.iter().map(|mark| (mark.region, mark.pain)).collect();
    let told = [
        ("by", last.by.name().into()),
        ("when", desk.words.date(last.day).into()),
    ];
    let feels = Feel::ALL
        .into_iter()
        .filter(|feel| marks.iter().any(|mark| mark.feels.contains(feel)));
    let feels: Vec<String> = feels
        .map(|feel| desk.say(&format!("feel-{}", feel.word())).to_lowercase())
        .collect();
    let inside = html! {
        (picture("where-it-hurts", &pain, Reader::Staff, words).whole(words))
        @if !feels.is_empty() { p { (desk.told("ep-chart-feels", "what", feels.join(", "))) } }
        p class="ct-quiet" { (desk.words.say_with("ep-chart-by", &told)) }
    };
    part("chart", &desk.say("ep-chart"), inside)
}
