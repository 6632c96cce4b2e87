//! Beside the record: who is in the care team, referrals, what the patient asked, medicines, what was measured and is due.

use std::collections::BTreeMap;

use cotreat_care::event::Who;
use cotreat_care::record::ReferralRecord;
use cotreat_ui::{Fields, Tone, tag};
use maud::{Markup, html};

use super::desk::Desk;
use super::timeline::name;
use super::{chart, measures, medicines, questions};
use crate::clinic::Opened;

/// Everything beside the record.
pub(super) fn shown(desk: &Desk<'_>, opened: &Opened, fields: &Fields) -> Markup {
    html! {
        (questions::shown(desk, opened, fields))
        (chart::shown(desk, opened))
        (team(desk, opened))
        (referrals(desk, opened))
        (medicines::current(desk, opened))
        (measures::due(desk, opened))
        (wishes(desk, opened))
    }
}

/// A part with its heading.
pub(super) fn part(id: &str, heading: &str, inside: Markup) -> Markup {
    html! {
        section class="ct-part" aria-labelledby=(id) {
            h2 class="govuk-heading-s" id=(id) { (heading) }
            (inside)
        }
    }
}

/// The names of those who are in the team, from what they did.
fn names(opened: &Opened) -> BTreeMap<&str, &str> {
    let found = |id: &str| {
        opened
            .events
            .iter()
            .find_map(|one| (one.by.id() == Some(id)).then(|| one.by.name()))
    };
    let taken = opened
        .record
        .opened
        .as_ref()
        .and_then(|one| one.what.taken_on_by.as_ref());
    opened
        .record
        .team
        .iter()
        .filter_map(|one| {
            let id = one.practitioner.as_str();
            let name =
                found(id).or_else(|| taken.filter(|who| who.id() == Some(id)).map(Who::name));
            name.map(|name| (id, name))
        })
        .collect()
}

fn team(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let names = names(opened);
    let mut seen = Vec::new();
    let now: Vec<_> = opened
        .record
        .team
        .iter()
        .filter(|one| one.ended.is_none())
        .filter(|one| {
            let first = !seen.contains(&one.practitioner.as_str());
            seen.push(&one.practitioner);
            first
        })
        .collect();
    let inside = html! {
        @if now.is_empty() { p { (desk.say("ep-team-none")) } }
        ul class="ct-plain-list" {
            @for one in now {
                li {
                    strong { (names.get(one.practitioner.as_str()).copied().unwrap_or(one.practitioner.as_str())) }
                    ", " (name(&knowledge.professions, &one.profession, |p| &p.name).to_lowercase())
                    br; span class="ct-quiet" {
                        (desk.told("ep-team-since", "when", desk.words.short_date(one.began)))
                        @if one.through.is_some() { ", " (desk.say("ep-team-through")) }
                    }
                }
            }
        }
    };
    part("team", &desk.say("ep-team"), inside)
}

fn referrals(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let inside = html! {
        @if opened.record.referrals.is_empty() { p { (desk.say("ep-referrals-none")) } }
        ul class="ct-plain-list" {
            @for (id, one) in &opened.record.referrals { (referral(desk, opened, id, one)) }
        }
        @for pathway in &opened.appraisal.pathways {
            p { (tag(Tone::Urgent, &desk.say("ep-pathway"))) " " strong { (pathway.name) } ": " (pathway.to) "; " (pathway.within) }
        }
        p data-print { a class="govuk-link" href=(desk.at("/referrals/new")) { (desk.say("ep-act-refer")) } }
    };
    part("referrals", &desk.say("ep-referrals"), inside)
}

fn referral(desk: &Desk<'_>, opened: &Opened, id: &str, one: &ReferralRecord) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let to = name(&knowledge.professions, &one.referral.to.profession, |p| {
        &p.name
    });
    let overdue = one.overdue(knowledge, opened.today);
    let state = format!("{:?}", one.state).to_lowercase();
    html! {
        li {
            a class="govuk-link" href=(desk.at(&format!("/referrals/{id}"))) { (to) } " "
            (tag(if overdue.is_some() { Tone::Urgent } else { Tone::Plain }, &desk.say(&format!("ep-referral-{state}"))))
            br; span class="ct-quiet" {
                (desk.told("ep-team-since", "when", desk.words.short_date(one.since)))
                @if let Some(by) = &one.accepted_by { ", " (by.name()) }
                @if let Some(late) = overdue { ", " (desk.words.say_with("ep-overdue", &[("n", late.days.into())])) }
            }
        }
    }
}

/// What the patient wants, does not want and expects, as they said last.
fn wishes(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let Some(last) = opened.record.wishes.last() else {
        return html! {};
    };
    let knowledge = &desk.app.clinic.knowledge;
    let called = |ids: &[String]| {
        let all: Vec<String> = ids
            .iter()
            .map(|id| name(&knowledge.interventions, id, |one| &one.name))
            .collect();
        all.join(", ")
    };
    let wishes = &last.what;
    let inside = html! {
        ul class="ct-plain-list" {
            @if !wishes.goals.is_empty() { li { strong { (desk.say("ep-goals")) } " " (wishes.goals.join("; ")) } }
            @if !wishes.wants.is_empty() { li { (desk.told("ep-wants", "what", called(&wishes.wants))) } }
            @if !wishes.declines.is_empty() { li { (desk.told("ep-declines", "what", called(&wishes.declines))) } }
            @if let Some(expects) = wishes.expectation { li { (desk.words.say_with("ep-expects", &[("n", u32::from(expects).into())])) } }
        }
    };
    part("wishes", &desk.say("ep-wishes"), inside)
}
