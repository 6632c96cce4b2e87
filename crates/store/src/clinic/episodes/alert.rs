//! Alerts: one row for each episode in which a page told the patient to get help now, as long as nobody has taken it up.

use cotreat_care::Record;
use jiff::Timestamp;

use super::Place;
use crate::database::Value;
use crate::error::Error;
use crate::pen::Pen;
use crate::people::instant;

macro_rules! tables {
    () => {
        "CREATE TABLE alert (
            episode   TEXT NOT NULL PRIMARY KEY,
            patient   TEXT NOT NULL,
            raised_at TEXT NOT NULL
        );
        CREATE INDEX alert_patient ON alert (patient);"
    };
}
pub(super) use tables;

const RAISE: &str = "INSERT INTO alert (episode, patient, raised_at) VALUES ($1, $2, $3) \
     ON CONFLICT (episode) DO UPDATE SET raised_at = excluded.raised_at";
const TAKE: &str = "DELETE FROM alert WHERE episode = $1";

/// Since when an alert waits.
pub(super) fn since(record: &Record) -> Option<Timestamp> {
    record.open_alert().map(|warned| warned.at)
}

/// Writes that an alert was raised, or that it was taken up.
pub(super) async fn write(
    pen: &mut Pen<'_>,
    place: Place<'_>,
    before: Option<Timestamp>,
    after: Option<Timestamp>,
) -> Result<(), Error> {
    if before == after {
        return Ok(());
    }
    match after {
        Some(raised) => {
            let values = [
                Value::Text(place.episode),
                Value::Text(place.patient),
                Value::Text(&instant(raised)),
            ];
            pen.run(RAISE, &values).await.map(drop)
        }
        None => pen.run(TAKE, &[Value::Text(place.episode)]).await.map(drop),
    }
}
