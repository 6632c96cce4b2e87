//! The shared plan: who does what, why, how much, under whose guidance; what is proposed beside it, what must be asked first, and what is not offered.

use cotreat_care::appraisal::{Line, Recommendation};
use cotreat_care::event::PlannedLine;
use cotreat_ui::{Evidence, Tone, details, tag};
use maud::{Markup, Render as _, html};

use super::desk::{Desk, capital};
use super::reasons::evidence;
use super::timeline::name;
use crate::clinic::Opened;

/// The plan in force, then what the appraisal says beyond it.
pub(super) fn shown(desk: &Desk<'_>, opened: &Opened) -> Markup {
    let plan = opened.record.plan_in_force();
    let agreed: Vec<&PlannedLine> = plan.iter().flat_map(|plan| &plan.lines).collect();
    let in_plan = |line: &Line| {
        agreed
            .iter()
            .any(|one| one.intervention == line.intervention)
    };
    let lines = &opened.appraisal.plan.lines;
    let proposed = lines
        .iter()
        .filter(|line| line.preselected && !in_plan(line));
    let proposed: Vec<&Line> = proposed.collect();
    let not_yet: Vec<&Line> = lines
        .iter()
        .filter(|one| one.status == "not_yet" && !in_plan(one))
        .collect();
    let stopped: Vec<&Line> = lines
        .iter()
        .filter(|one| {
            matches!(
                one.status.as_str(),
                "stopped" | "declined" | "unavailable" | "against"
            ) && !in_plan(one)
        })
        .collect();
    html! {
        @if let Some(plan) = plan {
            @if let Some(noted) = opened.record.plans.last() {
                p class="govuk-hint" { (desk.words.say_with("ep-plan-agreed", &[("by", noted.by.name().into()), ("when", desk.words.date(noted.day).into())])) }
            }
            @if !plan.goals.is_empty() { p { strong { (desk.say("ep-goals")) } " " (plan.goals.join("; ")) } }
            @for line in &plan.lines { (planned(desk, opened, line)) }
            @if let Some(review) = plan.review { p { (desk.told("ep-review", "when", desk.words.date(review))) } }
            @if !plan.earlier_if.is_empty() {
                p { strong { (desk.say("ep-earlier")) } }
                ul class="ct-plain-list" { @for one in &plan.earlier_if { li { (one) } } }
            }
        } @else { p { (desk.say("ep-no-plan")) } }
        @if let Some(first) = &opened.appraisal.plan.sequence { p class="govuk-hint" { (first) } }
        @if !proposed.is_empty() {
            h3 class="govuk-heading-s" { (desk.say("ep-proposed")) }
            @for line in proposed { (considered(desk, line)) }
        }
        @if !not_yet.is_empty() {
            h3 class="govuk-heading-s" { (desk.say("ep-not-yet")) }
            ul class="ct-plain-list" {
                @for line in not_yet { li { strong { (line.name) } ": " (asks(desk, line)) } }
            }
        }
        @if !stopped.is_empty() {
            (details(&desk.words.say_with("ep-not-offered", &[("n", stopped.len().into())]),
                html! { @for line in stopped { (considered(desk, line)) } }))
        }
        p data-print { a class="govuk-link" href=(desk.at("/plan")) { (desk.say(if plan.is_some() { "ep-plan-change" } else { "ep-plan-make" })) } }
    }
}

/// "Not yet: ask X".
pub(super) fn asks(desk: &Desk<'_>, line: &Line) -> String {
    let names: Vec<&str> = line.ask_first.iter().map(|one| one.name.as_str()).collect();
    if names.is_empty() {
        return line.reading.clone();
    }
    desk.told("ep-ask-first", "what", names.join(", "))
}

/// A line that was agreed, with what the appraisal says about it now.
fn planned(desk: &Desk<'_>, opened: &Opened, line: &PlannedLine) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let now = opened
        .appraisal
        .plan
        .lines
        .iter()
        .find(|one| one.intervention == line.intervention);
    let profession = |id: &String| name(&knowledge.professions, id, |one| &one.name);
    let by = line.deliverer.as_ref().map(|by| {
        let by = profession(by);
        match &line.guided_by {
            Some(guide) => desk.words.say_with(
                "ep-guided",
                &[
                    ("by", by.into()),
                    ("guide", profession(guide).to_lowercase().into()),
                ],
            ),
            None => by,
        }
    });
    let techniques: Vec<String> = line
        .techniques
        .iter()
        .map(|id| name(&knowledge.techniques, id, |one| &one.name))
        .collect();
    let what = name(&knowledge.interventions, &line.intervention, |one| {
        &one.name
    });
    let what = if techniques.is_empty() {
        what
    } else {
        format!("{what}: {}", techniques.join(", "))
    };
    let stopped = now.is_some_and(|one| one.status == "stopped");
    let state = if stopped && line.overridden.is_none() {
        tag(Tone::Stop, &desk.say("ep-state-stopped-now"))
    } else {
        tag(Tone::Good, &desk.say("ep-state-agreed"))
    };
    let over = line.overridden.as_ref().map(|over| {
        desk.words.say_with(
            "ep-overridden",
            &[
                ("reason", over.reason.as_str().into()),
                ("by", over.by.as_str().into()),
            ],
        )
    });
    let why = now.map(|one| why(desk, one));
    let why = match (over, why) {
        (Some(over), Some(why)) => Some(format!("{why} {over}")),
        (over, why) => over.or(why),
    };
    let shown = Shown {
        what,
        state,
        why,
        by,
        dose: line.dose.clone(),
        until: now.and_then(|one| one.stop_rule.clone()),
        reasons: now.map(|one| reasons(desk, one)).unwrap_or_default(),
    };
    shown.line(desk)
}

/// A line with its reasons folded away: what is done stands out, and every reason is one tap away.
struct Shown<'d> {
    what: String,
    state: Markup,
    why: Option<String>,
    by: Option<String>,
    dose: Option<String>,
    until: Option<String>,
    reasons: Vec<Evidence<'d>>,
}

impl Shown<'_> {
    fn line(&self, desk: &Desk<'_>) -> Markup {
        let parts = [
            ("plan-by", &self.by),
            ("plan-dose", &self.dose),
            ("plan-until", &self.until),
        ];
        html! {
            article class="ct-plan-line" {
                div class="ct-plan-line__head" {
                    h3 class="ct-plan-line__what" { (self.what) }
                    (self.state)
                }
                @if let Some(why) = &self.why { p class="ct-plan-line__why" { (why) } }
                @if parts.iter().any(|(_, part)| part.is_some()) {
                    dl class="ct-plan-line__parts" {
                        @for (word, part) in parts {
                            @if let Some(part) = part { div { dt { (desk.say(word)) } dd { (part) } } }
                        }
                    }
                }
                (folded(desk, &self.reasons))
            }
        }
    }
}

/// Reasons behind one line that opens; nothing where there are none.
pub(super) fn folded(desk: &Desk<'_>, reasons: &[Evidence<'_>]) -> Markup {
    html! {
        @if !reasons.is_empty() {
            (details(&desk.words.say_with("ep-reasons", &[("n", reasons.len().into())]), html! { @for one in reasons { (one.render()) } }))
        }
    }
}

/// A line that is not in the plan, as the appraisal has it.
fn considered(desk: &Desk<'_>, line: &Line) -> Markup {
    let by: Vec<&str> = line.who.iter().map(|one| one.name.as_str()).collect();
    let shown = Shown {
        what: line.name.clone(),
        state: tag(
            tone(&line.status),
            &desk.say(&format!("ep-status-{}", line.status)),
        ),
        why: Some(why(desk, line)),
        by: (!by.is_empty()).then(|| by.join(", ")),
        dose: line.dose.as_ref().map(|dose| dose.says.clone()),
        until: line.stop_rule.clone(),
        reasons: reasons(desk, line),
    };
    shown.line(desk)
}

/// The colour of a status; the word stands there too.
pub(super) fn tone(status: &str) -> Tone {
    match status {
        "offered" => Tone::Good,
        "not_yet" | "conflict" | "last_resort" => Tone::Watch,
        "stopped" => Tone::Stop,
        _ => Tone::Plain,
    }
}

/// What it is for, what it acts on, and what the patient said about it.
pub(super) fn why(desk: &Desk<'_>, line: &Line) -> String {
    let mut said = vec![desk.say(&format!("ep-aim-{}", line.aim))];
    if line.status != "offered" {
        said.push(capital(&line.reading));
    }
    if !line.acts_on.is_empty() {
        said.push(desk.told("ep-acts-on", "what", line.acts_on.join(", ")));
    }
    if !line.together_with.is_empty() {
        said.push(desk.told("ep-together", "what", line.together_with.join(", ")));
    }
    if line.wanted {
        said.push(desk.say("ep-wanted"));
    }
    if let Some(tried) = &line.tried {
        said.push(desk.told("ep-tried", "what", tried.as_str()));
    }
    said.join(" ")
}

/// What guidelines say, then what safety says, then how much.
pub(super) fn reasons<'d>(desk: &'d Desk<'_>, line: &Line) -> Vec<Evidence<'d>> {
    let advice = line.advice.iter().filter(|one| one.state != "bent");
    let mut all: Vec<Evidence<'d>> = advice.map(|one| recommended(desk, one)).collect();
    for safety in line.safety.iter().filter(|one| one.state == "holds") {
        let concerns: Vec<&str> = safety
            .concerns
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        let says = desk.say(&format!("ep-safety-{}", safety.level));
        let says = if concerns.is_empty() {
            says
        } else {
            format!("{says}: {}", concerns.join(", "))
        };
        all.push(evidence(desk, says, None, &safety.why));
    }
    all.extend(
        line.dose
            .as_ref()
            .map(|dose| evidence(desk, desk.say("ep-dose-why"), None, dose)),
    );
    all
}

fn recommended<'d>(desk: &'d Desk<'_>, one: &Recommendation) -> Evidence<'d> {
    let says = desk.say(&format!("ep-advice-{}", one.direction));
    let source = one
        .why
        .source_name
        .clone()
        .unwrap_or_else(|| desk.say("ep-basis-expert"));
    let open = (one.state == "open").then(|| desk.say("ep-advice-open"));
    let weight = [Some(one.strength.clone()), open]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("; ");
    evidence(desk, format!("{source}: {says}"), Some(weight), &one.why)
}
