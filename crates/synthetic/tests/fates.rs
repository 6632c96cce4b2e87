//! Of sixty patients every fate befalls somebody, and what befalls them stands in their events.

use std::collections::BTreeMap;

use cotreat_care::Record;
use cotreat_care::event::Said;
use cotreat_care::record::State;
use cotreat_knowledge::format::Role;
use cotreat_synthetic::{Fate, History};
use jiff::civil::Date;

use crate::common::{self, TODAY, files, knowledge, records, sixty};

#[test]
fn of_sixty_patients_every_fate_befalls_somebody() {
    let mut by_fate: BTreeMap<Fate, Vec<&History>> = BTreeMap::new();
    for history in sixty() {
        by_fate.entry(history.fate).or_default().push(history);
    }
    for fate in Fate::ALL {
        let told = by_fate.get(&fate).map_or(&[][..], Vec::as_slice);
        assert!(!told.is_empty(), "{fate:?} befalls nobody");
        let befell: Vec<u64> = told
            .iter()
            .filter(|one| befell(one))
            .map(|one| one.number)
            .collect();
        // Scores scatter, and so does how often somebody came before they stayed away: of those only somebody must show it; what people did is there in each of them.
        let enough = if scatters(fate) {
            !befell.is_empty()
        } else {
            befell.len() == told.len()
        };
        let all: Vec<u64> = told.iter().map(|one| one.number).collect();
        assert!(
            enough,
            "{fate:?} is told of {all:?} and stands in the events of {befell:?}"
        );
    }
}

#[test]
fn sixty_more_hold_every_fate_as_often() {
    let counted = |from: u64| {
        let clinic = common::clinic(7, 240);
        let mut counted: BTreeMap<Fate, u32> = BTreeMap::new();
        for number in from..from + 60 {
            *counted
                .entry(clinic.fate(number).expect("a patient"))
                .or_default() += 1;
        }
        counted
    };
    assert_eq!(counted(0).len(), Fate::ALL.len());
    assert!(
        [60, 120, 180]
            .into_iter()
            .all(|from| counted(from) == counted(0))
    );
}

const fn scatters(fate: Fate) -> bool {
    matches!(
        fate,
        Fate::RecoversFast
            | Fate::RecoversSlowly
            | Fate::Relapses
            | Fate::NoBetter
            | Fate::Worsens
            | Fate::DropsOut
    )
}

/// Whether the fate stands in the events.
fn befell(history: &History) -> bool {
    let records = records(history);
    let Some((first_id, first)) = records.first() else {
        return false;
    };
    let pain = pain(first);
    let (began, ended) = match (pain.first(), pain.last()) {
        (Some(first), Some(last)) => (first.1, last.1),
        _ => (0.0, 0.0),
    };
    match history.fate {
        Fate::RecoversFast => {
            closed_after(first).is_some_and(|days| days < 130) && ended <= began / 2.0
        }
        Fate::RecoversSlowly => closed_after(first).is_none_or(|days| days > 150) && ended < began,
        Fate::Relapses => revised(first) && fell_and_rose(&pain, began),
        Fate::NoBetter => revised(first) && ended >= began * 0.7,
        Fate::Worsens => revised(first) && ended > began && stopped(first),
        Fate::DropsOut => {
            first.sessions.len() <= 3 && unanswered(first) && last_visit(first) < days_ago(45)
        }
        Fate::DeclinesTreatment => only_advice(first) && first.closed.is_some(),
        Fate::ReferralDeclined => went_through(first, State::Declined),
        Fate::ReferralMissed => went_through(first, State::Missed),
        Fate::ReferralOverdue => first
            .referrals
            .values()
            .any(|one| one.overdue(knowledge(), TODAY).is_some()),
        Fate::ReferralCompleted => went_through(first, State::Completed),
        Fate::AlarmCleared => !first.cleared.is_empty() && first.plan_in_force().is_some(),
        Fate::AlarmEmergency => sent_and_seen_on_one_day(first),
        Fate::AdverseEvent => !first.adverse_events.is_empty(),
        Fate::WithdrawsConsent => first
            .consents
            .keys()
            .any(|purpose| !first.consents_to(purpose)),
        Fate::Reopened => {
            let again = records
                .get(1)
                .and_then(|(_, second)| second.opened.as_ref());
            first.closed.is_some()
                && again.is_some_and(|opened| opened.what.reopens.as_ref() == Some(first_id))
        }
        Fate::Merged => {
            let files = files(history);
            let [(_, kept), (other, _)] = files.as_slice() else {
                return false;
            };
            kept.merged.contains(other) && first.merged.iter().any(|(_, merged)| merged == other)
        }
        Fate::NewToday => {
            let opened = first.opened.as_ref().map(|opened| opened.day);
            opened == Some(TODAY) && first.shown.is_empty() && first.facts.is_empty()
        }
        Fate::WaitingForAnswers => {
            let open = first.questions.values().any(|one| one.answers.is_empty());
            open && unanswered(first) && first.plans.is_empty() && first.answers.is_empty()
        }
    }
}

/// Every pain that was told, by day.
fn pain(record: &Record) -> Vec<(Date, f64)> {
    let facts = record
        .facts
        .iter()
        .filter_map(|noted| match noted.what.value {
            Said::Number { value, .. } if noted.what.finding == "pain_intensity" => {
                Some((noted.day, value))
            }
            _ => None,
        });
    let sessions = record.sessions.values().filter_map(|session| {
        let version = session.versions.first()?;
        Some((
            version.day,
            f64::from(version.what.did.response.pain_before?),
        ))
    });
    let mut all: Vec<(Date, f64)> = facts.chain(sessions).collect();
    all.sort_by_key(|(day, _)| *day);
    all
}

fn fell_and_rose(pain: &[(Date, f64)], began: f64) -> bool {
    let low = pain.iter().position(|(_, pain)| *pain <= began * 0.5);
    low.is_some_and(|at| pain[at..].iter().any(|(_, pain)| *pain >= began * 0.7))
}

fn closed_after(record: &Record) -> Option<i32> {
    let closed = record.closed.as_ref()?.day;
    Some(record.began()?.until(closed).expect("a span").get_days())
}

fn revised(record: &Record) -> bool {
    record.plans.iter().any(|noted| noted.what.reason.is_some())
}

fn stopped(record: &Record) -> bool {
    let mut versions = record
        .sessions
        .values()
        .flat_map(|session| &session.versions);
    versions.any(|version| version.what.stopped)
}

fn unanswered(record: &Record) -> bool {
    let answered = |id: &String| {
        record
            .answers
            .iter()
            .any(|noted| noted.what.assignment.as_ref() == Some(id))
    };
    record.assignments.keys().any(|id| !answered(id))
}

fn last_visit(record: &Record) -> Date {
    let versions = record
        .sessions
        .values()
        .flat_map(|session| &session.versions);
    versions
        .map(|version| version.day)
        .max()
        .unwrap_or(Date::MIN)
}

fn days_ago(days: i64) -> Date {
    TODAY.saturating_sub(jiff::Span::new().days(days))
}

fn only_advice(record: &Record) -> bool {
    let role = |id: &String| knowledge().interventions.get(id).map(|one| one.role);
    let wished = record
        .wishes
        .last()
        .is_some_and(|noted| !noted.what.declines.is_empty());
    let plan = record.plan_in_force();
    wished
        && plan.is_some_and(|plan| {
            !plan.lines.is_empty()
                && plan
                    .lines
                    .iter()
                    .all(|line| role(&line.intervention) == Some(Role::Advice))
        })
}

fn went_through(record: &Record, wanted: State) -> bool {
    let mut steps = record.referrals.values().flat_map(|one| &one.steps);
    steps.any(|(_, state, _)| *state == wanted)
}

fn sent_and_seen_on_one_day(record: &Record) -> bool {
    record.referrals.values().any(|one| {
        let day = |wanted: State| {
            one.steps
                .iter()
                .find(|(_, state, _)| *state == wanted)
                .map(|step| step.0)
        };
        one.referral.pathway.is_some()
            && day(State::Sent).is_some()
            && day(State::Sent) == day(State::InProgress)
    })
}
