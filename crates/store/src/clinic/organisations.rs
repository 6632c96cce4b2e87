//! Organisations: how they work, and which knowledge they accepted.

use cotreat_people::event::{OrganisationEvent, OrganisationSettings, Recorded, Sharing};
use serde::{Deserialize, Serialize};

use super::told::{bytes, id, told};
use crate::database::{Tx, Value};
use crate::error::Error;
use crate::pen::Pen;
use crate::projection::{Projection, Step};
use crate::read::StoredEvent;

/// Organisations: how they work, and which knowledge they accepted.
pub(super) struct Organisations;

const SETTINGS: &str = "INSERT INTO organisation (organisation, name, jurisdiction, time_zone, profile, sharing, reach) VALUES ($1, $2, $3, $4, $5, $6, $7) \
     ON CONFLICT (organisation) DO UPDATE SET name = excluded.name, jurisdiction = excluded.jurisdiction, time_zone = excluded.time_zone, \
     profile = excluded.profile, sharing = excluded.sharing, reach = excluded.reach";
const OFFICER: &str = "UPDATE organisation SET privacy_officer = $1 WHERE organisation = $2";
const ACCEPT: &str = "INSERT INTO knowledge_accepted (organisation, knowledge, engine, accepted_at, officer) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (organisation, knowledge) DO UPDATE SET engine = excluded.engine, accepted_at = excluded.accepted_at, officer = excluded.officer";

/// Who answers for the knowledge; sealed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Officer {
    pub(super) name: String,
    pub(super) standing: String,
}

impl Officer {
    pub(super) fn place(organisation: &str, knowledge: &str) -> String {
        format!("knowledge_accepted.officer/{organisation}/{knowledge}")
    }
}

/// What the seal of how an organisation is reached is bound to.
pub(super) fn reach_place(organisation: &str) -> String {
    format!("organisation.reach/{organisation}")
}

/// As it stands in the column.
pub(super) const fn sharing(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::CareTeam => "care_team",
        Sharing::WholeClinic => "whole_clinic",
    }
}

impl Projection for Organisations {
    fn name(&self) -> &'static str {
        "organisations"
    }

    fn shape(&self) -> u32 {
        2
    }

    fn streams(&self) -> &'static str {
        "organisation/"
    }

    fn tables(&self) -> &'static str {
        "CREATE TABLE organisation (
            organisation    TEXT NOT NULL PRIMARY KEY,
            name            TEXT NOT NULL,
            jurisdiction    TEXT NOT NULL,
            time_zone       TEXT NOT NULL,
            profile         TEXT,
            sharing         TEXT NOT NULL,
            reach           {bytes} NOT NULL,
            privacy_officer TEXT
        );
        CREATE TABLE knowledge_accepted (
            organisation TEXT NOT NULL,
            knowledge    TEXT NOT NULL,
            engine       TEXT NOT NULL,
            accepted_at  TEXT NOT NULL,
            officer      {bytes} NOT NULL,
            PRIMARY KEY (organisation, knowledge)
        );"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS organisation; DROP TABLE IF EXISTS knowledge_accepted;"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(async move {
            for event in events {
                write(pen, event).await?;
            }
            Ok(())
        })
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a> {
        Box::pin(async move {
            if let Some(organisation) = person.strip_prefix(self.streams()) {
                let theirs = [Value::Text(organisation)];
                tx.run("DELETE FROM organisation WHERE organisation = $1", &theirs)
                    .await?;
                tx.run(
                    "DELETE FROM knowledge_accepted WHERE organisation = $1",
                    &theirs,
                )
                .await?;
            }
            Ok(())
        })
    }
}

async fn write(pen: &mut Pen<'_>, event: &StoredEvent) -> Result<(), Error> {
    let organisation = id(&event.stream);
    match told::<Recorded<OrganisationEvent>>(event)?.event {
        OrganisationEvent::OrganisationRegistered { settings: now }
        | OrganisationEvent::OrganisationChanged { settings: now } => {
            settings(pen, organisation, &now).await
        }
        OrganisationEvent::PrivacyOfficerNamed { user } => {
            let values = [Value::Text(&user), Value::Text(organisation)];
            pen.run(OFFICER, &values).await.map(drop)
        }
        OrganisationEvent::KnowledgeAccepted {
            knowledge,
            engine,
            officer: name,
            standing,
        } => {
            let officer = bytes(&Officer { name, standing })?;
            let sealed = pen.seal(&Officer::place(organisation, &knowledge), &officer)?;
            let values = [
                Value::Text(organisation),
                Value::Text(&knowledge),
                Value::Text(&engine),
                Value::Text(&event.recorded_at),
                Value::Bytes(&sealed),
            ];
            pen.run(ACCEPT, &values).await.map(drop)
        }
    }
}

async fn settings(
    pen: &mut Pen<'_>,
    organisation: &str,
    now: &OrganisationSettings,
) -> Result<(), Error> {
    let reach = pen.seal(&reach_place(organisation), &bytes(&now.reach)?)?;
    let values = [
        Value::Text(organisation),
        Value::Text(&now.name),
        Value::Text(&now.jurisdiction),
        Value::Text(&now.time_zone),
        Value::Maybe(now.profile.as_deref()),
        Value::Text(sharing(now.sharing)),
        Value::Bytes(&reach),
    ];
    pen.run(SETTINGS, &values).await.map(drop)
}
