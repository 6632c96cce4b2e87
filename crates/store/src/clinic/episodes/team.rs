//! The care team: one row for each stay of a practitioner.

use cotreat_care::record::Membership;

use super::Place;
use crate::database::{Value, number};
use crate::error::Error;
use crate::pen::Pen;

macro_rules! tables {
    () => {
        "CREATE TABLE team (
            episode      TEXT   NOT NULL,
            nth          BIGINT NOT NULL,
            patient      TEXT   NOT NULL,
            practitioner TEXT   NOT NULL,
            profession   TEXT   NOT NULL,
            organisation TEXT,
            began        TEXT   NOT NULL,
            ended        TEXT,
            through      TEXT,
            PRIMARY KEY (episode, nth)
        );
        CREATE INDEX team_practitioner ON team (practitioner, ended, episode);
        CREATE INDEX team_patient ON team (patient);"
    };
}
pub(super) use tables;

const WRITE: &str = "INSERT INTO team (episode, nth, patient, practitioner, profession, organisation, began, ended, through) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (episode, nth) DO UPDATE SET ended = excluded.ended";

/// Writes the stays that began or ended; a record never takes one back.
pub(super) async fn write(
    pen: &mut Pen<'_>,
    place: Place<'_>,
    before: &[Membership],
    after: &[Membership],
) -> Result<(), Error> {
    for (nth, stay) in (0..).zip(after) {
        if usize::try_from(nth).ok().and_then(|nth| before.get(nth)) == Some(stay) {
            continue;
        }
        let (began, ended) = (
            stay.began.to_string(),
            stay.ended.map(|day| day.to_string()),
        );
        let values = [
            Value::Text(place.episode),
            number(nth),
            Value::Text(place.patient),
            Value::Text(&stay.practitioner),
            Value::Text(&stay.profession),
            Value::Maybe(stay.organisation.as_deref()),
            Value::Text(&began),
            Value::Maybe(ended.as_deref()),
            Value::Maybe(stay.through.as_deref()),
        ];
        pen.run(WRITE, &values).await?;
    }
    Ok(())
}
