//! A note as it was sent: what it does, in the order in which it is done.

use cotreat_care::decide::{Act, Refusal};
use cotreat_care::event::{
    Expectedness, Experience, Giver, Override, Relatedness, Response, SafetyNetGiven, Seriousness,
    Session, Severity, TreatmentConsentGiven, Work,
};
use cotreat_knowledge::Knowledge;
use cotreat_ui::Fields;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::form::{self, Ask};
use super::row;
use crate::clinic::{Form, who};
use crate::pages::episode::desk::{Carried, Desk};
use crate::pages::episode::work::{Dose, POSITIONS, PRESSURES, SIDES};

/// A note.
pub(super) struct Note {
    /// The day it is for.
    pub(super) day: Option<Date>,
    /// Consent and safety net, which go before the session.
    pub(super) before: Vec<Act>,
    /// The session.
    pub(super) session: Act,
    /// What went wrong, which comes after it.
    after: Vec<Act>,
    /// The row of the form for each piece of work.
    at: Vec<usize>,
}

impl Note {
    /// Everything in its order.
    pub(super) fn acts(self) -> Vec<Act> {
        let mut acts = self.before;
        acts.push(self.session);
        acts.extend(self.after);
        acts
    }

    /// Refusals with the row of the form in which each stands.
    pub(super) fn rows(&self, judged: Vec<Option<Refusal>>) -> Vec<(usize, Refusal)> {
        let rows = self.at.iter().zip(judged);
        rows.filter_map(|(row, refusal)| Some((*row, refusal?)))
            .collect()
    }
}

/// Reads a note. `None`: something is not right, and its field says what.
pub(super) fn note(
    desk: &Desk<'_>,
    fields: &mut Fields,
    form: &Form,
    carried: &Carried,
    zone: &TimeZone,
) -> Option<Note> {
    let asks = Ask::of(desk);
    let day = fields.read_date(&asks.day);
    let began = began(desk, fields, day, zone);
    let minutes = fields.read_number(&asks.minutes);
    let response = response(desk, fields);
    let adherence = fields.read_number(&asks.adherence).and_then(small);
    let home_programme = fields.read_text(&asks.home);
    let (at, work): (Vec<usize>, Vec<Work>) = rows(desk, fields).into_iter().unzip();
    if work.is_empty() {
        fields.wrong(row::name("technique", 0), desk.say("se-no-work"));
    }
    let reason = match form {
        Form::Addendum(_) => fields.read_text(&asks.reason),
        _ => None,
    };
    let knowledge = &desk.app.clinic.knowledge;
    let mut before = consents(knowledge, fields, &work);
    let safety_net = fields.get("safety-net") == "yes";
    before.extend(safety_net_given(fields, form, safety_net));
    let id = match form {
        Form::Addendum(session) => session.clone(),
        _ => carried.request.clone(),
    };
    let after = harm(desk, fields, &id);
    if !fields.is_right() {
        return None;
    }
    let did = Session {
        began: began?,
        minutes: whole(minutes?),
        work,
        response,
        home_programme,
        adherence,
        safety_net,
    };
    let session = match form {
        Form::Addendum(_) => Act::AmendSession {
            session: id,
            did,
            reason: reason?,
        },
        _ => Act::RecordSession {
            session: id,
            did,
            experience: Experience::default(),
        },
    };
    // The addendum is written today about the day of the session.
    let day = match form {
        Form::Addendum(_) => None,
        _ => day,
    };
    Some(Note {
        day,
        before,
        session,
        after,
        at,
    })
}

/// Whole minutes.
fn whole(minutes: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the field takes 0 to 600"
    )]
    let whole = minutes.round() as u32;
    whole
}

fn small(share: f64) -> Option<u8> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the field takes 0 to 100"
    )]
    let small = share.round() as u8;
    (small <= 100).then_some(small)
}

/// The day and the time on the clock, where the clinic is.
fn began(
    desk: &Desk<'_>,
    fields: &mut Fields,
    day: Option<Date>,
    zone: &TimeZone,
) -> Option<Timestamp> {
    let typed = fields.get("began").trim().replace('.', ":");
    let time = typed.split_once(':').and_then(|(hour, minute)| {
        Time::new(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0, 0).ok()
    });
    let Some(time) = time else {
        fields.wrong("began", desk.say("se-began-wrong"));
        return None;
    };
    let at = day?.to_datetime(time).to_zoned(zone.clone());
    at.ok().map(|at| at.timestamp())
}

fn response(desk: &Desk<'_>, fields: &mut Fields) -> Response {
    let asks = Ask::of(desk);
    let spread = fields.read_choice(&asks.spread, &form::yes_no(desk));
    Response {
        pain_before: fields.read_scale(&asks.pain_before, 0, 10),
        pain_after: fields.read_scale(&asks.pain_after, 0, 10),
        spread_down_the_leg: spread.map(|spread| spread == "yes"),
    }
}

/// The rows in which a technique is chosen, each with its place in the form.
fn rows(desk: &Desk<'_>, fields: &mut Fields) -> Vec<(usize, Work)> {
    let by = who(&desk.signed.caller.viewer).name().to_owned();
    let mut all = Vec::new();
    for at in 0..row::count(fields) {
        let text = |part: &str| {
            let text = fields.get(&row::name(part, at)).trim().to_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        let Some(technique) = text("technique") else {
            continue;
        };
        let minutes = text("minutes");
        let read = minutes
            .as_deref()
            .map(|minutes| minutes.parse::<u16>().ok().filter(|n| *n <= 600));
        let dose = Dose {
            minutes: read.flatten(),
            pressure: text("pressure")
                .and_then(|word| PRESSURES.into_iter().find(|one| *one == word)),
            more: text("more").unwrap_or_default(),
        };
        let side = text("side").and_then(|word| SIDES.into_iter().find(|(_, one)| *one == word));
        let position =
            text("position").and_then(|word| POSITIONS.into_iter().find(|(_, one)| *one == word));
        let work = Work {
            technique,
            at: text("target"),
            side: side.map(|(side, _)| side),
            direction: text("direction"),
            dose: dose.words(),
            position: position.map(|(position, _)| position),
            overridden: text("override").map(|reason| Override {
                reason,
                by: by.clone(),
            }),
        };
        if read == Some(None) {
            fields.wrong(row::name("minutes", at), desk.say("se-minutes-wrong"));
        }
        all.push((at, work));
    }
    all
}

/// For each intervention that was ticked: its risks, and the classes of what is done.
fn consents(knowledge: &Knowledge, fields: &Fields, work: &[Work]) -> Vec<Act> {
    let given_by = if fields.get("representative") == "yes" {
        Giver::Representative
    } else {
        Giver::Patient
    };
    let ticked = knowledge
        .interventions
        .iter()
        .filter(|(_, one)| fields.get(&form::consent(&one.id)) == "yes");
    ticked
        .map(|(handle, one)| {
            let mut classes: Vec<String> = work
                .iter()
                .filter_map(|work| knowledge.techniques.get(&work.technique))
                .filter(|technique| technique.intervention == handle)
                .filter_map(|technique| {
                    serde_json::to_value(technique.class)
                        .ok()?
                        .as_str()
                        .map(str::to_owned)
                })
                .collect();
            classes.sort();
            classes.dedup();
            Act::GiveTreatmentConsent(TreatmentConsentGiven {
                intervention: one.id.clone(),
                classes,
                risks_named: one.risks.iter().map(|risk| risk.label.clone()).collect(),
                given_by,
            })
        })
        .collect()
}

/// What the patient was told; an addendum tells nothing anew.
fn safety_net_given(fields: &Fields, form: &Form, told: bool) -> Option<Act> {
    if !told || matches!(form, Form::Addendum(_)) {
        return None;
    }
    let said = fields.get("safety-said").replace("\r\n", "\n");
    let advice: Vec<String> = said
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    if advice.is_empty() {
        return None;
    }
    let written = fields.get("safety-written") == "yes";
    Some(Act::GiveSafetyNet(SafetyNetGiven { advice, written }))
}

/// What went wrong, where something is typed; the rules ask for the rest of it.
fn harm(desk: &Desk<'_>, fields: &mut Fields, session: &str) -> Vec<Act> {
    let asks = Ask::of(desk);
    let Some(what) = fields.read_text(&asks.harm_what) else {
        return Vec::new();
    };
    let seriousness = match fields.get("harm-seriousness") {
        "serious" => Some(Seriousness::Serious),
        "not_serious" => Some(Seriousness::NotSerious),
        _ => None,
    };
    let severity = match fields.get("harm-severity") {
        "mild" => Some(Severity::Mild),
        "moderate" => Some(Severity::Moderate),
        "severe" => Some(Severity::Severe),
        _ => None,
    };
    let relatedness = match fields.get("harm-relatedness") {
        "unrelated" => Some(Relatedness::Unrelated),
        "unlikely" => Some(Relatedness::Unlikely),
        "possible" => Some(Relatedness::Possible),
        "probable" => Some(Relatedness::Probable),
        "definite" => Some(Relatedness::Definite),
        _ => None,
    };
    let expectedness = match fields.get("harm-expectedness") {
        "expected" => Some(Expectedness::Expected),
        "unexpected" => Some(Expectedness::Unexpected),
        _ => None,
    };
    for (name, told) in [
        ("harm-seriousness", seriousness.is_some()),
        ("harm-severity", severity.is_some()),
        ("harm-relatedness", relatedness.is_some()),
        ("harm-expectedness", expectedness.is_some()),
    ] {
        if !told {
            fields.wrong(name, desk.say("se-harm-missing"));
        }
    }
    vec![Act::RecordAdverseEvent {
        what,
        session: Some(session.to_owned()),
        seriousness,
        severity,
        relatedness,
        expectedness,
    }]
}
