//! Who opened the record of a patient, when and what for: patients read it.

use cotreat_people::event::{Actor, PatientEvent, Purpose, Recorded};
use serde::{Deserialize, Serialize};

use super::told::{bytes, told};
use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::pen::Pen;
use crate::people::instant;
use crate::projection::{Projection, Step};
use crate::read::StoredEvent;

/// Who opened which record.
pub(super) struct Openings;

const OPEN: &str = "INSERT INTO opening (position, patient, actor, organisation, opened_at, purpose, told) VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// The words of an opening; sealed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Words {
    /// The name of whoever opened it, as it stood then; none for patients and programs.
    pub(super) name: Option<String>,
    /// Which page or document.
    pub(super) what: String,
}

/// What the seal of the words is bound to.
pub(super) fn place(position: u64) -> String {
    format!("opening.told/{position}")
}

/// As it stands in the column.
pub(super) const fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Care => "care",
        Purpose::Emergency => "emergency",
        Purpose::Administration => "administration",
        Purpose::OwnRecord => "own_record",
    }
}

impl Projection for Openings {
    fn name(&self) -> &'static str {
        "openings"
    }

    fn shape(&self) -> u32 {
        1
    }

    fn streams(&self) -> &'static str {
        "patient/"
    }

    fn tables(&self) -> &'static str {
        "CREATE TABLE opening (
            position     BIGINT NOT NULL PRIMARY KEY,
            patient      TEXT   NOT NULL,
            actor        TEXT   NOT NULL,
            organisation TEXT,
            opened_at    TEXT   NOT NULL,
            purpose      TEXT   NOT NULL,
            told         {bytes} NOT NULL
        );
        CREATE INDEX opening_patient ON opening (patient, position);"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS opening;"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(async move {
            for event in events.iter().filter(|event| event.kind == "record_opened") {
                write(pen, event, told(event)?).await?;
            }
            Ok(())
        })
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a> {
        Box::pin(async move {
            tx.run(
                "DELETE FROM opening WHERE patient = $1",
                &[Value::Text(person)],
            )
            .await
            .map(drop)
        })
    }
}

async fn write(
    pen: &mut Pen<'_>,
    event: &StoredEvent,
    recorded: Recorded<PatientEvent>,
) -> Result<(), Error> {
    let PatientEvent::RecordOpened { purpose: why, what } = recorded.event else {
        return Ok(());
    };
    let actor = recorded.by.id().to_owned();
    let (name, organisation) = match recorded.by {
        Actor::User {
            name, organisation, ..
        } => (Some(name), organisation),
        Actor::Patient | Actor::Operator | Actor::Program => (None, None),
    };
    let sealed = pen.seal(&place(event.position), &bytes(&Words { name, what })?)?;
    let values = [
        number(event.position),
        Value::Text(&event.person),
        Value::Text(&actor),
        Value::Maybe(organisation.as_deref()),
        Value::Text(&instant(recorded.at)),
        Value::Text(purpose(why)),
        Value::Bytes(&sealed),
    ];
    pen.run(OPEN, &values).await.map(drop)
}
