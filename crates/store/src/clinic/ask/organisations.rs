//! The organisations of this installation.

use cotreat_people::event::{OrganisationSettings, Sharing};
use cotreat_people::stream;
use jiff::Timestamp;

use super::row;
use crate::clinic::organisations::{self, Officer};
use crate::database::{Row, Value};
use crate::error::Error;
use crate::store::Store;

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub organisation: String,
    /// How it works.
    pub settings: OrganisationSettings,
    /// Id of the user who answers for the privacy of its patients.
    pub privacy_officer: Option<String>,
}

/// A release of the knowledge that an organisation accepted for use with patients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnowledgeAccepted {
    /// Hash of the release.
    pub knowledge: String,
    /// Version of the program.
    pub engine: String,
    /// When.
    pub at: Timestamp,
    /// The name of the officer who accepted it.
    pub officer: String,
    /// Their profession and registration, in words.
    pub standing: String,
}

macro_rules! organisations {
    ($which:literal) => {
        concat!(
            "SELECT o.organisation, o.name, o.jurisdiction, o.time_zone, o.profile, o.sharing, o.privacy_officer, k.sealed, o.reach \
             FROM organisation o JOIN person_key k ON k.person = 'organisation/' || o.organisation ",
            $which
        )
    };
}
const ONE: &str = organisations!("WHERE o.organisation = $1");
const ALL: &str = organisations!("ORDER BY o.organisation");
const ACCEPTED: &str = "SELECT a.knowledge, a.engine, a.accepted_at, k.sealed, a.officer FROM knowledge_accepted a JOIN person_key k ON k.person = $2 \
     WHERE a.organisation = $1 ORDER BY a.accepted_at DESC, a.knowledge";

impl Store {
    /// An organisation; `None`: there is none of this id.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organisation(&self, id: &str) -> Result<Option<Organisation>, Error> {
        let rows = self.ask(ONE, &[Value::Text(id)]).await?;
        rows.first().map(|row| organisation(self, row)).transpose()
    }

    /// Every organisation, by id.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organisations(&self) -> Result<Vec<Organisation>, Error> {
        let rows = self.ask(ALL, &[]).await?;
        rows.iter().map(|row| organisation(self, row)).collect()
    }

    /// The releases of knowledge that an organisation accepted, the last one first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn knowledge_accepted(
        &self,
        organisation: &str,
    ) -> Result<Vec<KnowledgeAccepted>, Error> {
        let person = stream::organisation(organisation);
        let values = [Value::Text(organisation), Value::Text(&person)];
        let rows = self.ask(ACCEPTED, &values).await?;
        let accepted = |row: &Row| {
            let knowledge = row.text(0)?;
            let key = row::key(self, row, 3, &person)?;
            let place = Officer::place(organisation, &knowledge);
            let officer: Officer = row::read(&key, row, 4, &place)?;
            Ok(KnowledgeAccepted {
                knowledge,
                engine: row.text(1)?,
                at: row::at(row, 2)?,
                officer: officer.name,
                standing: officer.standing,
            })
        };
        rows.iter().map(accepted).collect()
    }
}

fn organisation(store: &Store, row: &Row) -> Result<Organisation, Error> {
    let id = row.text(0)?;
    let key = row::key(store, row, 7, &stream::organisation(&id))?;
    Ok(Organisation {
        settings: OrganisationSettings {
            name: row.text(1)?,
            jurisdiction: row.text(2)?,
            time_zone: row.text(3)?,
            profile: row.maybe_text(4)?,
            sharing: row::one_of(row, 5, "who of an organisation sees its patients", |word| {
                [Sharing::CareTeam, Sharing::WholeClinic]
                    .into_iter()
                    .find(|sharing| organisations::sharing(*sharing) == word)
            })?,
            reach: row::read(&key, row, 8, &organisations::reach_place(&id))?,
        },
        privacy_officer: row.maybe_text(6)?,
        organisation: id,
    })
}
