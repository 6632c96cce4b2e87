//! Who opened the record of a patient, and who broke the glass.

use cotreat_people::Sight;
use cotreat_people::event::Purpose;
use jiff::Timestamp;

use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::{glass, openings};
use crate::database::{Row, Value};
use crate::error::Error;
use crate::store::Store;

/// Somebody opened the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Id of the user, or `patient`, `operator`, `program`.
    pub actor: String,
    /// The name of the user, as it stood then.
    pub name: Option<String>,
    /// The organisation they acted for.
    pub organisation: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What for.
    pub purpose: Purpose,
    /// Which page or document.
    pub what: String,
}

/// Somebody broke the glass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenGlass {
    /// Id of the user.
    pub user: String,
    /// The organisation they acted for.
    pub organisation: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Until when they may look.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
}

const OPENINGS: &str = concat!(
    "SELECT f.patient, k.sealed, o.position, o.actor, o.organisation, o.opened_at, o.purpose, o.told \
     FROM patient n JOIN patient f ON f.kept = n.kept JOIN opening o ON o.patient = f.patient JOIN person_key k ON k.person = f.patient \
     WHERE n.patient = $9 AND ",
    visible!("n.kept"),
    " ORDER BY o.position DESC LIMIT $10"
);
const GLASS: &str = concat!(
    "SELECT f.patient, k.sealed, g.position, g.user_id, g.organisation, g.broken_at, g.holds_until, g.reason \
     FROM patient n JOIN patient f ON f.kept = n.kept JOIN glass g ON g.patient = f.patient JOIN person_key k ON k.person = f.patient \
     WHERE n.patient = $9 AND ",
    visible!("n.kept"),
    " ORDER BY g.position DESC LIMIT $10"
);

impl Store {
    /// Who opened the record of a patient, the last one first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn openings(
        &self,
        sight: &Sight,
        now: Timestamp,
        patient: &str,
        limit: u32,
    ) -> Result<Vec<Opening>, Error> {
        let eyes = Eyes::new(sight, now);
        let values = eyes.and([Value::Text(patient), Value::Number(i64::from(limit))]);
        let rows = self.ask(OPENINGS, &values).await?;
        rows.iter().map(|row| opening(self, row)).collect()
    }

    /// Who broke the glass for a patient, the last one first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn glass_broken(
        &self,
        sight: &Sight,
        now: Timestamp,
        patient: &str,
        limit: u32,
    ) -> Result<Vec<BrokenGlass>, Error> {
        let eyes = Eyes::new(sight, now);
        let values = eyes.and([Value::Text(patient), Value::Number(i64::from(limit))]);
        let rows = self.ask(GLASS, &values).await?;
        rows.iter().map(|row| broken(self, row)).collect()
    }
}

fn opening(store: &Store, row: &Row) -> Result<Opening, Error> {
    let key = row::key(store, row, 1, &row.text(0)?)?;
    let words: openings::Words = row::read(&key, row, 7, &openings::place(row.count(2)?))?;
    Ok(Opening {
        actor: row.text(3)?,
        name: words.name,
        organisation: row.maybe_text(4)?,
        at: row::at(row, 5)?,
        purpose: row::one_of(row, 6, "a purpose", |word| {
            [
                Purpose::Care,
                Purpose::Emergency,
                Purpose::Administration,
                Purpose::OwnRecord,
            ]
            .into_iter()
            .find(|purpose| openings::purpose(*purpose) == word)
        })?,
        what: words.what,
    })
}

fn broken(store: &Store, row: &Row) -> Result<BrokenGlass, Error> {
    let key = row::key(store, row, 1, &row.text(0)?)?;
    let reason = row::opened(&key, row, 7, &glass::place(row.count(2)?))?;
    Ok(BrokenGlass {
        user: row.text(3)?,
        organisation: row.maybe_text(4)?,
        at: row::at(row, 5)?,
        until: row::at(row, 6)?,
        reason: String::from_utf8_lossy(&reason).into_owned(),
    })
}
