//! Referrals that went out: how long each waited for an answer, and for its end. Whether loops close is counted here.

use std::collections::BTreeMap;

use cotreat_care::record::{Record, ReferralRecord, State};
use jiff::civil::Date;

use super::{Place, referral};
use crate::database::Value;
use crate::error::Error;
use crate::pen::Pen;

macro_rules! tables {
    () => {
        "CREATE TABLE waited (
            episode           TEXT NOT NULL,
            referral          TEXT NOT NULL,
            patient           TEXT NOT NULL,
            from_organisation TEXT,
            to_profession     TEXT NOT NULL,
            state             TEXT NOT NULL,
            sent_on           TEXT NOT NULL,
            answered_on       TEXT,
            completed_on      TEXT,
            PRIMARY KEY (episode, referral)
        );
        CREATE INDEX waited_patient ON waited (patient);
        CREATE INDEX waited_from ON waited (from_organisation, sent_on);"
    };
}
pub(super) use tables;

const WRITE: &str = "INSERT INTO waited (episode, referral, patient, from_organisation, to_profession, state, sent_on, answered_on, completed_on) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
     ON CONFLICT (episode, referral) DO UPDATE SET from_organisation = excluded.from_organisation, to_profession = excluded.to_profession, \
     state = excluded.state, sent_on = excluded.sent_on, answered_on = excluded.answered_on, completed_on = excluded.completed_on";

/// A row, apart from its place.
#[derive(PartialEq, Eq)]
pub(super) struct Row {
    from_organisation: Option<String>,
    to_profession: String,
    state: State,
    sent: Date,
    answered: Option<Date>,
    completed: Option<Date>,
}

impl Row {
    /// `None`: it never went out. A referral that was sent twice is counted from the first time: the patient has waited since then.
    fn of(one: &ReferralRecord) -> Option<Self> {
        let first = |wanted: &[State]| {
            let mut steps = one.steps.iter();
            let found = steps.find(|(_, state, _)| wanted.contains(state));
            found.map(|(day, _, _)| *day)
        };
        Some(Self {
            from_organisation: one.from.organisation().map(str::to_owned),
            to_profession: one.referral.to.profession.clone(),
            state: one.state,
            sent: first(&[State::Sent])?,
            answered: first(&[State::Accepted, State::Declined]),
            completed: first(&[State::Completed]),
        })
    }
}

/// The rows of a record.
pub(super) fn rows(record: &Record) -> BTreeMap<String, Row> {
    let row = |(id, one): (&String, &ReferralRecord)| Some((id.clone(), Row::of(one)?));
    record.referrals.iter().filter_map(row).collect()
}

/// Writes the referrals that moved; a record never takes one back.
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
        let sent = row.sent.to_string();
        let (answered, completed) = (day(row.answered), day(row.completed));
        let values = [
            Value::Text(place.episode),
            Value::Text(id),
            Value::Text(place.patient),
            Value::Maybe(row.from_organisation.as_deref()),
            Value::Text(&row.to_profession),
            Value::Text(referral::word(row.state)),
            Value::Text(&sent),
            Value::Maybe(answered.as_deref()),
            Value::Maybe(completed.as_deref()),
        ];
        pen.run(WRITE, &values).await?;
    }
    Ok(())
}
