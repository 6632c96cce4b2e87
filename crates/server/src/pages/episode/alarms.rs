//! Alarms: what stands and what to do, what could still be raised, what was cleared by whom; and clearing one by name, with a reason.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_care::appraisal::{Alarm, Raised};
use cotreat_care::decide::Act;
use cotreat_knowledge::Tier;
use cotreat_ui::{Button, Field, Fields, Tone, Urgency, care_card, details, hidden, tag};
use maud::{Markup, Render as _, html};

use super::desk::{Carried, Desk, Pairs};
use super::overview;
use super::reasons::evidence;
use crate::clinic::{Opened, who};
use crate::web::{App, Checked, Problem, Reads};

/// The tier of a word.
fn tier(word: &str) -> Option<Tier> {
    Tier::DESCENDING
        .into_iter()
        .find(|tier| tier.word() == word)
}

const fn urgency(tier: Tier) -> Urgency {
    match tier {
        Tier::Emergency => Urgency::Emergency,
        Tier::Urgent => Urgency::Urgent,
        Tier::Routine | Tier::Watch => Urgency::NonUrgent,
    }
}

/// What stands as cards, the rest as lines that open.
pub(super) fn shown(desk: &Desk<'_>, opened: &Opened, fields: &Fields) -> Markup {
    let alarms = &opened.appraisal.alarms;
    let stands = |alarm: &&Alarm| alarm.reached.is_some();
    let cleared: Vec<(&Alarm, &Raised)> = alarms
        .iter()
        .flat_map(|alarm| alarm.raised.iter().map(move |raised| (alarm, raised)))
        .filter(|(_, raised)| raised.cleared.is_some())
        .collect();
    let open: Vec<&Alarm> = alarms.iter().filter(|a| a.could_reach.is_some()).collect();
    html! {
        @for alarm in alarms.iter().filter(stands) { (card(desk, opened, fields, alarm)) }
        @if !alarms.iter().any(|alarm| alarm.reached.is_some()) {
            p { (tag(Tone::Good, &desk.say("ep-no-alarm"))) " "
                @if open.is_empty() { (desk.say("ep-no-alarm-open-none")) } @else { (desk.say("ep-no-alarm-open")) }
            }
        }
        @if !open.is_empty() {
            (details(&desk.words.say_with("ep-alarms-open", &[("n", open.len().into())]), html! {
                ul class="ct-plain-list" {
                    @for alarm in open {
                        li {
                            strong { (alarm.name) } " (" (desk.say(&format!("ep-tier-{}", alarm.could_reach.as_deref().unwrap_or_default()))) "): "
                            (alarm.missing.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", "))
                        }
                    }
                }
            }))
        }
        @if !cleared.is_empty() {
            (details(&desk.words.say_with("ep-alarms-cleared", &[("n", cleared.len().into())]), html! {
                ul class="ct-plain-list" {
                    @for (alarm, raised) in cleared { li { strong { (alarm.name) } ": " (raised.cleared.as_deref().unwrap_or_default()) } }
                }
            }))
        }
    }
}

fn card(desk: &Desk<'_>, opened: &Opened, fields: &Fields, alarm: &Alarm) -> Markup {
    let reached = alarm
        .reached
        .as_deref()
        .and_then(tier)
        .unwrap_or(Tier::Watch);
    let standing: Vec<&Raised> = alarm
        .raised
        .iter()
        .filter(|one| one.cleared.is_none())
        .collect();
    let body = html! {
        @for raised in &standing {
            p { strong { (raised.action) } @if let Some(within) = &raised.within { " (" (within) ")" } }
            @for not in &raised.not_cleared { p { (not) } }
            (evidence(desk, desk.say("ep-why"), None, &raised.why).render())
        }
        @if alarm.stops_hands_on { p { strong { (desk.say("ep-stops-hands-on")) } } }
        (clear(desk, opened, fields, alarm, reached))
    };
    care_card(&desk.words, urgency(reached), &alarm.name, body)
}

/// The form that clears it, for a profession that may; else who may.
fn clear(
    desk: &Desk<'_>,
    opened: &Opened,
    fields: &Fields,
    alarm: &Alarm,
    reached: Tier,
) -> Markup {
    let knowledge = &desk.app.clinic.knowledge;
    let by = who(&desk.signed.caller.viewer);
    let may = by
        .profession()
        .and_then(|id| knowledge.professions.get(id))
        .is_some_and(|profession| profession.may_clear.covers(reached));
    if !may || opened.record.closed.is_some() {
        let professions: Vec<&str> = knowledge
            .professions
            .iter()
            .filter(|(_, one)| one.may_clear.covers(reached))
            .map(|(_, one)| one.name.as_str())
            .collect();
        return html! { p { (desk.told("ep-may-clear", "by", desk.words.list(&professions))) } };
    }
    let name = format!("reason-{}", alarm.condition);
    let field = Field::new(name, desk.say("ep-clear-reason"))
        .hint(desk.told("ep-clear-named", "name", by.name()))
        .rows(2);
    let form = html! {
        form method="post" action=(desk.at("/alarms")) data-guard {
            (desk.carry_new(opened.version))
            (hidden("condition", &alarm.condition))
            (fields.textarea(&field))
            (Button::new(desk.say("ep-clear")).warning())
        }
    };
    details(&desk.say("ep-clear-open"), form)
}

/// `POST /episodes/{id}/alarms`: clears an alarm, by name, with a reason.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn clear_one(
    State(app): State<App>,
    Path(id): Path<String>,
    Reads(words): Reads,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    app.clinic
        .may(&signed.caller, Action::ClearAlarm, &id)
        .await?;
    let fields = Fields::sent(&words, pairs);
    let condition = fields.get("condition").to_owned();
    let reason = format!("reason-{condition}");
    let act = Act::ClearAlarm {
        reason: fields.get(&reason).trim().to_owned(),
        condition,
    };
    let carried = Carried::read(&fields);
    let caller = desk.sender(&carried.request);
    let done = app.clinic.act(&caller, &id, carried.seen, act, None).await;
    match done {
        Ok(_) => Ok(Redirect::to(&desk.at("?done=alarm")).into_response()),
        Err(refused) => overview::again(&desk, fields, &reason, carried.seen, refused).await,
    }
}
