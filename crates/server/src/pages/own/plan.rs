//! The agreed plan in plain words: what, by whom, how much, on which muscles and joints, at home, and when to come back.

use std::collections::BTreeMap;

use cotreat_care::event::{Plan, PlannedLine};
use cotreat_figures::anatomy::{self, Part, Role, Sides};
use cotreat_knowledge::format::WordKind;
use cotreat_ui::{PlanLine, Tone, callout, tag};
use maud::{Markup, html};

use super::Own;
use crate::clinic::OwnEpisode;

/// The plan of an episode.
pub(super) fn shown(own: &Own<'_>, one: &OwnEpisode) -> Markup {
    let words = &own.words;
    let Some(plan) = one.record.plan_in_force() else {
        return html! {
            h2 class="govuk-heading-m" { (words.say("own-plan")) }
            p class="govuk-body" { (words.say("own-no-plan")) }
            (home(own, one))
            (come_back(own, one, &[]))
        };
    };
    html! {
        h2 class="govuk-heading-m" { (words.say("own-plan")) }
        @if !plan.goals.is_empty() {
            p class="govuk-body" { (words.say("own-goals")) }
            ul class="govuk-list govuk-list--bullet" { @for goal in &plan.goals { li { (goal) } } }
        }
        @for line in &plan.lines { (line_of(own, line)) }
        @if let Some(review) = plan.review { p class="govuk-body" { (words.say_with("own-review", &[("day", words.date(review).into())])) } }
        (worked_on(own, one, plan))
        (home(own, one))
        (come_back(own, one, &plan.earlier_if))
    }
}

fn line_of(own: &Own<'_>, line: &PlannedLine) -> Markup {
    let (knowledge, words) = (&own.app.clinic.knowledge, &own.words);
    let found = knowledge.interventions.find(&line.intervention);
    let name = found.map_or_else(
        || line.intervention.clone(),
        |found| knowledge.interventions[found].name.clone(),
    );
    let plainly = knowledge.words("en", WordKind::Interventions, &line.intervention);
    let by = line.deliverer.as_ref().map(|id| {
        let profession = knowledge.professions.find(id);
        profession.map_or_else(
            || id.clone(),
            |found| knowledge.professions[found].name.clone(),
        )
    });
    html! {
        (PlanLine {
            words,
            what: name,
            state: tag(Tone::Good, &words.say("own-agreed")),
            why: plainly.map(str::to_owned),
            by,
            dose: line.dose.clone(),
            until: None,
            evidence: Vec::new(),
            acts: None,
        })
    }
}

/// The muscles and joints that the agreed lines work on.
fn worked_on(own: &Own<'_>, one: &OwnEpisode, plan: &Plan) -> Markup {
    let agreed = |id: &str| plan.lines.iter().any(|line| line.intervention == id);
    let mut parts: BTreeMap<&str, Part> = BTreeMap::new();
    for line in one
        .appraisal
        .plan
        .lines
        .iter()
        .filter(|line| agreed(&line.intervention))
    {
        for target in &line.targets {
            let role = match (target.kind.as_str(), line.role.as_str()) {
                ("joint", _) => Role::Mobilised,
                (_, "active") => Role::Activated,
                _ => Role::Released,
            };
            parts.entry(&target.target).or_insert_with(|| Part {
                id: target.target.clone(),
                name: target.name.clone(),
                role,
                side: Sides::Both,
            });
        }
    }
    let parts: Vec<Part> = parts.into_values().collect();
    let drawn = cotreat_figures::Words::of(own.words.lang().code());
    html! {
        @if !parts.is_empty() {
            h3 class="govuk-heading-s" { (own.words.say("own-worked-on")) }
            (anatomy::picture("worked-on", &parts, drawn).whole(drawn))
        }
    }
}

/// The last home programme that somebody wrote down.
fn home(own: &Own<'_>, one: &OwnEpisode) -> Markup {
    let written = one
        .record
        .sessions
        .values()
        .filter_map(|session| session.valid());
    let last = written
        .filter_map(|version| Some((version.did.began, version.did.home_programme.as_ref()?)))
        .max_by_key(|(began, _)| *began);
    html! {
        @if let Some((began, programme)) = last {
            h2 class="govuk-heading-m" { (own.words.say("own-home")) }
            @for line in programme.lines() { p class="govuk-body" { (line) } }
            p class="govuk-hint" { (own.words.say_with("own-home-since", &[("day", own.words.date(began.to_zoned(jiff::tz::TimeZone::UTC).date()).into())])) }
        }
    }
}

/// When to come back at once: as it was agreed, and as they were told.
fn come_back(own: &Own<'_>, one: &OwnEpisode, earlier_if: &[String]) -> Markup {
    let told = one
        .record
        .safety_nets
        .last()
        .map(|noted| &noted.what.advice);
    let told = told.into_iter().flatten();
    let all: Vec<&String> = told.chain(earlier_if).collect();
    html! {
        @if !all.is_empty() {
            (callout(&own.words.say("own-come-back"), html! { ul class="govuk-list govuk-list--bullet" { @for line in all { li { (line) } } } }))
        }
    }
}
