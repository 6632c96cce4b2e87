//! Notes about a patient that stay with one organisation.

use cotreat_people::event::{Actor, PatientEvent, Recorded};
use serde::{Deserialize, Serialize};

use super::told::{bytes, told};
use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::pen::Pen;
use crate::people::instant;
use crate::projection::{Projection, Step};
use crate::read::StoredEvent;

/// Notes that stay with one organisation.
pub(super) struct PrivateNotes;

const WRITE: &str = "INSERT INTO private_note (position, note, patient, organisation, author, written_at, words) VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// The words of a note, and who wrote them; sealed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Words {
    pub(super) author: Option<String>,
    pub(super) text: String,
}

/// What the seal of the words is bound to.
pub(super) fn place(position: u64) -> String {
    format!("private_note.words/{position}")
}

impl Projection for PrivateNotes {
    fn name(&self) -> &'static str {
        "private_notes"
    }

    fn shape(&self) -> u32 {
        1
    }

    fn streams(&self) -> &'static str {
        "patient/"
    }

    fn tables(&self) -> &'static str {
        "CREATE TABLE private_note (
            position     BIGINT NOT NULL PRIMARY KEY,
            note         TEXT   NOT NULL,
            patient      TEXT   NOT NULL,
            organisation TEXT   NOT NULL,
            author       TEXT   NOT NULL,
            written_at   TEXT   NOT NULL,
            words        {bytes} NOT NULL
        );
        CREATE INDEX private_note_patient ON private_note (patient, organisation);"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS private_note;"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(async move {
            for event in events
                .iter()
                .filter(|event| event.kind == "private_note_written")
            {
                write(pen, event, told(event)?).await?;
            }
            Ok(())
        })
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a> {
        Box::pin(async move {
            tx.run(
                "DELETE FROM private_note WHERE patient = $1",
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
    let author = recorded.by.id().to_owned();
    let name = match recorded.by {
        Actor::User { name, .. } => Some(name),
        Actor::Patient | Actor::Operator | Actor::Program => None,
    };
    let PatientEvent::PrivateNoteWritten {
        note,
        organisation,
        text,
    } = recorded.event
    else {
        return Ok(());
    };
    let words = bytes(&Words { author: name, text })?;
    let sealed = pen.seal(&place(event.position), &words)?;
    let values = [
        number(event.position),
        Value::Text(&note),
        Value::Text(&event.person),
        Value::Text(&organisation),
        Value::Text(&author),
        Value::Text(&instant(recorded.at)),
        Value::Bytes(&sealed),
    ];
    pen.run(WRITE, &values).await.map(drop)
}
