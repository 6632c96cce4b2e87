//! The episodes of a patient, who is in their care team, and the caseload of a practitioner.

use cotreat_people::{Identity, Sight};
use jiff::Timestamp;
use jiff::civil::Date;

use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::patients;
use crate::database::{Row, Value};
use crate::error::Error;
use crate::store::Store;

/// An episode in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpisodeListed {
    /// Id of the episode.
    pub episode: String,
    /// Id of the file it belongs to.
    pub file: String,
    /// The day it began.
    pub opened_on: Date,
    /// Id of whoever opened it.
    pub opened_by: Option<String>,
    /// The organisation they acted for.
    pub organisation: Option<String>,
    /// Where the patient is seen.
    pub setting: String,
    /// The closed episode that this one takes up again.
    pub reopens: Option<String>,
    /// The day it ended; none: it lasts.
    pub closed_on: Option<Date>,
    /// The day on which the plan is to be looked at again.
    pub review_on: Option<Date>,
    /// Since when the appraisal is due again.
    pub appraisal_due_on: Option<Date>,
    /// How many events it has.
    pub version: u64,
    /// What happened last, in the word of its event.
    pub last_kind: String,
    /// On which day it happened.
    pub last_on: Option<Date>,
    /// When it was written down.
    pub last_at: Timestamp,
}

/// A patient on the list of a practitioner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseloadEntry {
    /// Id of the file that is kept.
    pub patient: String,
    /// Who they are.
    pub identity: Identity,
    /// The episode.
    pub episode: EpisodeListed,
}

/// A stay in the care team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    /// Id of the episode.
    pub episode: String,
    /// Id of the practitioner.
    pub practitioner: String,
    /// Id of their profession.
    pub profession: String,
    /// The organisation they act for.
    pub organisation: Option<String>,
    /// The day it began.
    pub began: Date,
    /// The day it ended; none: it lasts.
    pub ended: Option<Date>,
    /// The referral it came about by.
    pub through: Option<String>,
}

/// What [`listed`] reads, and how many columns that is.
macro_rules! listed {
    () => {
        "e.episode, e.patient, e.opened_on, e.opened_by, e.organisation, e.setting, e.reopens, e.closed_on, e.review_on, e.appraisal_due_on, \
         e.version, e.last_kind, e.last_on, e.last_at"
    };
}
const LISTED: usize = 14;

const EPISODES: &str = concat!(
    "SELECT ",
    listed!(),
    " FROM patient n JOIN patient f ON f.kept = n.kept JOIN episode e ON e.patient = f.patient WHERE n.patient = $9 AND ",
    visible!("n.kept"),
    " ORDER BY e.opened_on DESC, e.episode"
);
const CASELOAD: &str = concat!(
    "SELECT ",
    listed!(),
    ", p.patient, k.sealed, p.identity FROM episode e JOIN patient f ON f.patient = e.patient JOIN patient p ON p.patient = f.kept \
     JOIN person_key k ON k.person = p.patient \
     WHERE e.closed_on IS NULL AND e.episode IN (SELECT t.episode FROM team t WHERE t.practitioner = $9 AND t.ended IS NULL) AND ",
    visible!("p.patient"),
    " ORDER BY e.last_at DESC, e.episode"
);
const TEAM: &str = concat!(
    "SELECT t.episode, t.practitioner, t.profession, t.organisation, t.began, t.ended, t.through \
     FROM patient n JOIN patient f ON f.kept = n.kept JOIN team t ON t.patient = f.patient WHERE n.patient = $9 AND ",
    visible!("n.kept"),
    " ORDER BY t.episode, t.nth"
);

impl Store {
    /// The episodes of a patient, of all their files, the newest first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn episodes_of(
        &self,
        sight: &Sight,
        now: Timestamp,
        patient: &str,
    ) -> Result<Vec<EpisodeListed>, Error> {
        let eyes = Eyes::new(sight, now);
        let rows = self
            .ask(EPISODES, &eyes.and([Value::Text(patient)]))
            .await?;
        rows.iter().map(listed).collect()
    }

    /// The open episodes in whose care team a practitioner is; where something happened last comes first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn caseload(
        &self,
        sight: &Sight,
        now: Timestamp,
        practitioner: &str,
    ) -> Result<Vec<CaseloadEntry>, Error> {
        let eyes = Eyes::new(sight, now);
        let values = eyes.and([Value::Text(practitioner)]);
        let rows = self.ask(CASELOAD, &values).await?;
        let entry = |row: &Row| {
            let patient = row.text(LISTED)?;
            let key = row::key(self, row, LISTED + 1, &patient)?;
            Ok(CaseloadEntry {
                identity: row::read(&key, row, LISTED + 2, &patients::place(&patient))?,
                patient,
                episode: listed(row)?,
            })
        };
        rows.iter().map(entry).collect()
    }

    /// Everybody who is or was in the care team of a patient, episode by episode in the order in which they came.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn care_team(
        &self,
        sight: &Sight,
        now: Timestamp,
        patient: &str,
    ) -> Result<Vec<TeamMember>, Error> {
        let eyes = Eyes::new(sight, now);
        let rows = self.ask(TEAM, &eyes.and([Value::Text(patient)])).await?;
        let member = |row: &Row| {
            Ok(TeamMember {
                episode: row.text(0)?,
                practitioner: row.text(1)?,
                profession: row.text(2)?,
                organisation: row.maybe_text(3)?,
                began: row::day(row, 4)?,
                ended: row::maybe_day(row, 5)?,
                through: row.maybe_text(6)?,
            })
        };
        rows.iter().map(member).collect()
    }
}

fn listed(row: &Row) -> Result<EpisodeListed, Error> {
    Ok(EpisodeListed {
        episode: row.text(0)?,
        file: row.text(1)?,
        opened_on: row::day(row, 2)?,
        opened_by: row.maybe_text(3)?,
        organisation: row.maybe_text(4)?,
        setting: row.text(5)?,
        reopens: row.maybe_text(6)?,
        closed_on: row::maybe_day(row, 7)?,
        review_on: row::maybe_day(row, 8)?,
        appraisal_due_on: row::maybe_day(row, 9)?,
        version: row.count(10)?,
        last_kind: row.text(11)?,
        last_on: row::maybe_day(row, 12)?,
        last_at: row::at(row, 13)?,
    })
}
