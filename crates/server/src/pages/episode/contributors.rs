//! What contributes to the pain: bands, with the evidence for and against under each, down to its source.

use cotreat_care::appraisal::Contributor;
use cotreat_ui::{Tone, details, tag};
use maud::{Markup, Render as _, html};

use super::desk::Desk;
use super::reasons::evidence;
use crate::clinic::Opened;

/// Those that can be said anything about, most likely first; the others in a line that opens.
pub(super) fn shown(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let all = &opened.appraisal.contributors;
    let speaks =
        |one: &&Contributor| matches!(one.band.as_str(), "possible" | "likely" | "very_likely");
    let rest: Vec<&Contributor> = all.iter().filter(|one| !speaks(one)).collect();
    html! {
        @if !all.iter().any(|one| speaks(&one)) { p { (desk.say("ep-no-contributor")) } }
        div class="ct-openers" { @for one in all.iter().filter(speaks) { (contributor(desk, one)) } }
        @if !rest.is_empty() {
            (details(&desk.words.say_with("ep-contributors-rest", &[("n", rest.len().into())]),
                html! { div class="ct-openers" { @for one in rest { (contributor(desk, one)) } } }))
        }
        @if !opened.appraisal.patterns.is_empty() {
            h3 class="govuk-heading-s" { (desk.say("ep-patterns")) }
            p class="govuk-hint" { (desk.say("ep-patterns-hint")) }
            div class="ct-openers" {
                @for pattern in &opened.appraisal.patterns {
                    details class="ct-opener" {
                        summary class="ct-opener__line" { span class="ct-opener__says" { (pattern_line(desk, pattern)) } }
                        div class="ct-opener__inside" {
                            (evidence(desk, desk.say("ep-why"), None, &pattern.why).render())
                            @for against in &pattern.contested { (evidence(desk, desk.say("ep-contested"), None, against).render()) }
                        }
                    }
                }
            }
        }
    }
}

fn pattern_line(desk: &Desk<'_>, pattern: &cotreat_care::appraisal::Pattern) -> String {
    let told = [
        ("name", pattern.name.as_str().into()),
        ("activate", pattern.inhibited.join(", ").into()),
        ("release", pattern.overworked.join(", ").into()),
    ];
    desk.words.say_with("ep-pattern", &told)
}

fn tone(band: &str) -> Tone {
    match band {
        "very_likely" | "likely" => Tone::Known,
        "possible" => Tone::Watch,
        _ => Tone::Plain,
    }
}

fn contributor(desk: &Desk<'_>, one: &Contributor) -> Markup {
    let words = &desk.words;
    let percent = one.median.zip(one.interval).map(|(median, (low, high))| {
        let told = [
            ("median", words.percent(median, 0).into()),
            ("low", words.percent(low, 0).into()),
            ("high", words.percent(high, 0).into()),
        ];
        words.say_with("ep-percent", &told)
    });
    let missing: Vec<&str> = one
        .missing
        .iter()
        .map(|named| named.name.as_str())
        .collect();
    html! {
        details class="ct-opener" {
            summary class="ct-opener__line" {
                span class="ct-opener__says" { (one.name) }
                (tag(tone(&one.band), &desk.say(&format!("ep-band-{}", one.band))))
                @if let Some(percent) = percent { span class="ct-opener__weight" { (percent) } }
            }
            div class="ct-opener__inside" {
                @for line in &one.evidence {
                    @let ratio = words.say_with("ep-ratio", &[("ratio", words.number(line.ratio, 2).into())]);
                    @let weight = if line.counts == "counts" { ratio } else { format!("{ratio}; {}", line.counts) };
                    (evidence(desk, line.answer.clone(), Some(weight), &line.why).render())
                }
                @if let Some(basis) = &one.basis { (evidence(desk, desk.say("ep-basis"), None, basis).render()) }
                @if !missing.is_empty() { p { (desk.told("ep-would-say-more", "what", missing.join(", "))) } }
                @for note in &one.notes { p class="govuk-hint" { (note) } }
            }
        }
    }
}
