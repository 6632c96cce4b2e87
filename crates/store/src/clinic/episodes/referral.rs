//! Referrals: from whom to whom, where each stands, and from which day it is waited for. How many days are too many stands in the knowledge, not here.

use std::collections::BTreeMap;

use cotreat_care::event::Who;
use cotreat_care::record::{Record, ReferralRecord, State};
use jiff::civil::Date;

use super::Place;
use crate::database::Value;
use crate::error::Error;
use crate::pen::Pen;

macro_rules! tables {
    () => {
        "CREATE TABLE referral (
            episode           TEXT NOT NULL,
            referral          TEXT NOT NULL,
            patient           TEXT NOT NULL,
            state             TEXT NOT NULL,
            since             TEXT NOT NULL,
            pathway           TEXT,
            from_practitioner TEXT,
            from_organisation TEXT,
            to_profession     TEXT NOT NULL,
            to_practitioner   TEXT,
            to_organisation   TEXT,
            accepted_by       TEXT,
            sent_on           TEXT,
            counts_from       TEXT,
            appointment       TEXT,
            PRIMARY KEY (episode, referral)
        );
        CREATE INDEX referral_patient ON referral (patient);
        CREATE INDEX referral_from ON referral (from_practitioner);
        CREATE INDEX referral_from_organisation ON referral (from_organisation);
        CREATE INDEX referral_to ON referral (to_practitioner, state);
        CREATE INDEX referral_to_organisation ON referral (to_organisation, state);
        CREATE INDEX referral_accepted ON referral (accepted_by);"
    };
}
pub(super) use tables;

const WRITE: &str = "INSERT INTO referral (episode, referral, patient, state, since, pathway, from_practitioner, from_organisation, \
     to_profession, to_practitioner, to_organisation, accepted_by, sent_on, counts_from, appointment) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
     ON CONFLICT (episode, referral) DO UPDATE SET state = excluded.state, since = excluded.since, pathway = excluded.pathway, \
     from_practitioner = excluded.from_practitioner, from_organisation = excluded.from_organisation, to_profession = excluded.to_profession, \
     to_practitioner = excluded.to_practitioner, to_organisation = excluded.to_organisation, accepted_by = excluded.accepted_by, \
     sent_on = excluded.sent_on, counts_from = excluded.counts_from, appointment = excluded.appointment";

/// The state that stands in a column.
pub(in crate::clinic) fn state(word: &str) -> Option<State> {
    Some(match word {
        "draft" => State::Draft,
        "sent" => State::Sent,
        "accepted" => State::Accepted,
        "declined" => State::Declined,
        "scheduled" => State::Scheduled,
        "in_progress" => State::InProgress,
        "completed" => State::Completed,
        "missed" => State::Missed,
        "cancelled" => State::Cancelled,
        _ => return None,
    })
}

/// As it stands in the column.
pub(super) const fn word(state: State) -> &'static str {
    match state {
        State::Draft => "draft",
        State::Sent => "sent",
        State::Accepted => "accepted",
        State::Declined => "declined",
        State::Scheduled => "scheduled",
        State::InProgress => "in_progress",
        State::Completed => "completed",
        State::Missed => "missed",
        State::Cancelled => "cancelled",
    }
}

/// A row, apart from its place.
#[derive(PartialEq, Eq)]
pub(super) struct Row {
    state: State,
    since: Date,
    pathway: Option<String>,
    from: [Option<String>; 2],
    to_profession: String,
    to: [Option<String>; 2],
    accepted_by: Option<String>,
    sent_on: Option<Date>,
    counts_from: Option<Date>,
    appointment: Option<Date>,
}

impl Row {
    fn of(one: &ReferralRecord) -> Self {
        let owned = |id: Option<&str>| id.map(str::to_owned);
        let to = &one.referral.to;
        let sent = one
            .steps
            .iter()
            .rfind(|(_, state, _)| *state == State::Sent);
        Self {
            state: one.state,
            since: one.since,
            pathway: one.referral.pathway.clone(),
            from: [owned(one.from.id()), owned(one.from.organisation())],
            to_profession: to.profession.clone(),
            to: [to.practitioner.clone(), to.organisation.clone()],
            accepted_by: owned(one.accepted_by.as_ref().and_then(Who::id)),
            sent_on: sent.map(|(day, _, _)| *day),
            counts_from: one.counts_from,
            appointment: one.appointment,
        }
    }
}

/// The rows of a record.
pub(super) fn rows(record: &Record) -> BTreeMap<String, Row> {
    let referrals = record.referrals.iter();
    referrals
        .map(|(id, one)| (id.clone(), Row::of(one)))
        .collect()
}

/// Writes the referrals that changed; a record never takes one back.
pub(super) async fn write(
    pen: &mut Pen<'_>,
    place: Place<'_>,
    before: &BTreeMap<String, Row>,
    after: &BTreeMap<String, Row>,
) -> Result<(), Error> {
    for (id, row) in after {
        if before.get(id) == Some(row) {
            continue;
        }
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let since = row.since.to_string();
        let (sent_on, counts_from) = (day(row.sent_on), day(row.counts_from));
        let appointment = day(row.appointment);
        let values = [
            Value::Text(place.episode),
            Value::Text(id),
            Value::Text(place.patient),
            Value::Text(word(row.state)),
            Value::Text(&since),
            Value::Maybe(row.pathway.as_deref()),
            Value::Maybe(row.from[0].as_deref()),
            Value::Maybe(row.from[1].as_deref()),
            Value::Text(&row.to_profession),
            Value::Maybe(row.to[0].as_deref()),
            Value::Maybe(row.to[1].as_deref()),
            Value::Maybe(row.accepted_by.as_deref()),
            Value::Maybe(sent_on.as_deref()),
            Value::Maybe(counts_from.as_deref()),
            Value::Maybe(appointment.as_deref()),
        ];
        pen.run(WRITE, &values).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_read_as_it_is_written() {
        use State::{
            Accepted, Cancelled, Completed, Declined, Draft, InProgress, Missed, Scheduled, Sent,
        };
        for one in [
            Draft, Sent, Accepted, Declined, Scheduled, InProgress, Completed, Missed, Cancelled,
        ] {
            assert_eq!(state(word(one)), Some(one));
        }
        assert_eq!(state("lost"), None);
    }
}
