//! Who broke the glass: whoever had to open a record without being in the care team, why, and until when they may.

use cotreat_people::event::{Actor, PatientEvent, Recorded};

use super::told::told;
use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::pen::Pen;
use crate::people::instant;
use crate::projection::{Projection, Step};
use crate::read::StoredEvent;

/// Who broke the glass.
pub(super) struct Glass;

const BREAK: &str = "INSERT INTO glass (position, patient, user_id, organisation, broken_at, holds_until, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// What the seal of a reason is bound to.
pub(super) fn place(position: u64) -> String {
    format!("glass.reason/{position}")
}

impl Projection for Glass {
    fn name(&self) -> &'static str {
        "glass"
    }

    fn shape(&self) -> u32 {
        1
    }

    fn streams(&self) -> &'static str {
        "patient/"
    }

    fn tables(&self) -> &'static str {
        "CREATE TABLE glass (
            position     BIGINT NOT NULL PRIMARY KEY,
            patient      TEXT   NOT NULL,
            user_id      TEXT   NOT NULL,
            organisation TEXT,
            broken_at    TEXT   NOT NULL,
            holds_until  TEXT   NOT NULL,
            reason       {bytes} NOT NULL
        );
        CREATE INDEX glass_user ON glass (user_id, holds_until, patient);
        CREATE INDEX glass_patient ON glass (patient, holds_until);"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS glass;"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(async move {
            for event in events.iter().filter(|event| event.kind == "glass_broken") {
                write(pen, event, told(event)?).await?;
            }
            Ok(())
        })
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a> {
        Box::pin(async move {
            tx.run(
                "DELETE FROM glass WHERE patient = $1",
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
    // Only somebody who works here can see more by it.
    let (
        PatientEvent::GlassBroken { reason, until },
        Actor::User {
            id, organisation, ..
        },
    ) = (recorded.event, recorded.by)
    else {
        return Ok(());
    };
    let sealed = pen.seal(&place(event.position), reason.as_bytes())?;
    let values = [
        number(event.position),
        Value::Text(&event.person),
        Value::Text(&id),
        Value::Maybe(organisation.as_deref()),
        Value::Text(&instant(recorded.at)),
        Value::Text(&instant(until)),
        Value::Bytes(&sealed),
    ];
    pen.run(BREAK, &values).await.map(drop)
}
