//! What a note begins with: the last visit carried forward, or the session that is to be corrected.

use cotreat_care::event::Session;
use cotreat_care::record::{Noted, SessionVersion};
use cotreat_ui::Fields;
use jiff::Timestamp;

use super::row;
use crate::clinic::{Form, Opened, who};
use crate::pages::episode::desk::Desk;
use crate::pages::episode::work::Dose;

/// The last session: of whoever writes where there is one, else of anybody of the same profession.
pub(super) fn last<'o>(desk: &Desk<'_>, opened: &'o Opened) -> Option<&'o Noted<SessionVersion>> {
    let me = who(&desk.signed.caller.viewer);
    let sessions = opened.record.sessions.values();
    let newest = sessions.clone().filter_map(|one| {
        let first = one.versions.first()?;
        Some((
            first.by.id() == me.id(),
            Some(one.profession.as_str()) == me.profession(),
            first.day,
            first.nth,
            one.versions.last()?,
        ))
    });
    newest
        .filter(|(mine, same, ..)| *mine || *same)
        .max_by_key(|(mine, _, day, nth, _)| (*mine, *day, *nth))
        .map(|(.., version)| version)
}

/// Fills an empty form.
pub(super) fn into(
    desk: &Desk<'_>,
    opened: &Opened,
    form: &Form,
    now: Timestamp,
    fields: &mut Fields,
) {
    let zoned = now.to_zoned(opened.zone.clone());
    if let Form::Addendum(session) = form {
        let Some(version) = opened
            .record
            .sessions
            .get(session)
            .and_then(|one| one.versions.last())
        else {
            return;
        };
        let did = &version.what.did;
        let began = did.began.to_zoned(opened.zone.clone());
        fields.set_date("day", began.date());
        fields.set("began", began.strftime("%H:%M").to_string());
        let scale = |pain: Option<u8>| pain.map(|pain| pain.to_string()).unwrap_or_default();
        fields.set("pain-before", scale(did.response.pain_before));
        fields.set("pain-after", scale(did.response.pain_after));
        let spread = did
            .response
            .spread_down_the_leg
            .map(|spread| if spread { "yes" } else { "no" });
        fields.set("spread", spread.unwrap_or_default());
        if did.safety_net {
            fields.set("safety-net", "yes");
        }
        work(did, fields);
        return;
    }
    fields.set_date("day", opened.today);
    fields.set("began", zoned.strftime("%H:%M").to_string());
    fields.set("safety-said", advice(opened).join("\n"));
    match last(desk, opened) {
        Some(last) => work(&last.what.did, fields),
        None => planned(desk, opened, fields),
    }
}

fn work(did: &Session, fields: &mut Fields) {
    for (at, one) in did.work.iter().take(row::MOST).enumerate() {
        row::put(fields, at, one);
    }
    fields.set("rows", did.work.len().clamp(1, row::MOST).to_string());
    fields.set("minutes", did.minutes.to_string());
    fields.set("home", did.home_programme.clone().unwrap_or_default());
    let adherence = did.adherence.map(|share| share.to_string());
    fields.set("adherence", adherence.unwrap_or_default());
}

/// Nothing was done yet: the techniques that the plan names for this profession.
fn planned(desk: &Desk<'_>, opened: &Opened, fields: &mut Fields) {
    let me = who(&desk.signed.caller.viewer);
    let plan = opened.record.plan_in_force();
    let lines = plan.iter().flat_map(|plan| &plan.lines);
    let mine = lines.filter(|line| line.deliverer.as_deref() == me.profession());
    let techniques: Vec<&String> = mine
        .flat_map(|line| &line.techniques)
        .take(row::MOST)
        .collect();
    for (at, technique) in techniques.iter().enumerate() {
        fields.set(row::name("technique", at), technique.as_str());
    }
    fields.set("rows", techniques.len().max(1).to_string());
}

/// What the patient was told last time; before that, what the plan says calls for an earlier review.
fn advice(opened: &Opened) -> Vec<String> {
    if let Some(last) = opened.record.safety_nets.last() {
        return last.what.advice.clone();
    }
    let triggers = opened.appraisal.plan.triggers.iter();
    let general = triggers.filter(|trigger| trigger.general);
    general.map(|trigger| trigger.why.says.clone()).collect()
}

/// What is different in a row from the last visit.
pub(super) fn changed(last: Option<&Noted<SessionVersion>>, fields: &Fields, at: usize) -> Change {
    let Some(last) = last else {
        return Change::None;
    };
    let technique = fields.get(&row::name("technique", at));
    if technique.is_empty() {
        return Change::None;
    }
    let work = &last.what.did.work;
    let same = |one: &cotreat_care::event::Work| {
        let mut before = fields.clone();
        row::put(&mut before, at, one);
        row::PARTS
            .iter()
            .filter(|part| **part != "override")
            .all(|part| before.get(&row::name(part, at)) == fields.get(&row::name(part, at)))
    };
    if work.iter().any(same) {
        return Change::Same;
    }
    let before = work.get(at).filter(|one| one.technique == technique);
    let before = before.or_else(|| work.iter().find(|one| one.technique == technique));
    match before {
        Some(one) => Change::Different(
            Dose::read(one.dose.as_deref().unwrap_or_default())
                .words()
                .unwrap_or_default(),
        ),
        None => Change::New,
    }
}

/// How a row stands to the last visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// There is nothing to compare with.
    None,
    /// As last time.
    Same,
    /// The technique is the same and something about it differs; how much it was last time.
    Different(String),
    /// Not done last time.
    New,
}
