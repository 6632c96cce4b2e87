//! What an organisation counts about itself: no row here is about anybody.

use cotreat_care::record::State;
use jiff::civil::Date;

use super::row;
use crate::clinic::episodes;
use crate::database::{Row, Value};
use crate::error::Error;
use crate::store::Store;

/// Of the questionnaires of one instrument and wave that were due, how many were answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Id of the instrument.
    pub instrument: String,
    /// The wave.
    pub wave: Option<String>,
    /// So many were due.
    pub due: u64,
    /// So many of them were answered.
    pub answered: u64,
}

/// A referral that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waited {
    /// Id of the profession it went to.
    pub to_profession: String,
    /// Where it stands.
    pub state: State,
    /// The day it went out first.
    pub sent_on: Date,
    /// The day it was accepted or declined.
    pub answered_on: Option<Date>,
    /// The day it was completed.
    pub completed_on: Option<Date>,
}

/// Sessions of one profession.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Treated {
    /// Id of the profession.
    pub profession: String,
    /// So many sessions.
    pub sessions: u64,
    /// Of so many patients.
    pub patients: u64,
}

/// An open episode, by which what was worked out about it is found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEpisode {
    /// Id of the episode.
    pub episode: String,
    /// How many events it has.
    pub version: u64,
}

/// The first and the last day of what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// What became due after an episode had ended was never waited for.
const ANSWERED: &str = "SELECT a.instrument, COALESCE(a.wave, ''), COUNT(*), COUNT(a.answered_on) FROM assignment a JOIN episode e ON e.episode = a.episode \
     WHERE e.organisation = $1 AND a.due_on >= $2 AND a.due_on <= $3 AND (e.closed_on IS NULL OR a.due_on <= e.closed_on OR a.answered_on IS NOT NULL) \
     GROUP BY a.instrument, COALESCE(a.wave, '') ORDER BY a.instrument, COALESCE(a.wave, '')";
const WAITED: &str = "SELECT w.to_profession, w.state, w.sent_on, w.answered_on, w.completed_on FROM waited w \
     WHERE w.from_organisation = $1 AND w.sent_on >= $2 AND w.sent_on <= $3 ORDER BY w.to_profession, w.sent_on, w.episode, w.referral";
const TREATED: &str = "SELECT t.profession, COUNT(*), COUNT(DISTINCT f.kept) FROM treated t JOIN patient f ON f.patient = t.patient \
     WHERE t.organisation = $1 AND t.day >= $2 AND t.day <= $3 GROUP BY t.profession ORDER BY t.profession";
const OPEN: &str = "SELECT e.episode, e.version FROM episode e WHERE e.organisation = $1 AND e.closed_on IS NULL \
     ORDER BY e.last_at DESC, e.episode LIMIT $2";

impl Store {
    /// How many of the questionnaires that were due between two days were answered, by instrument and wave.
    ///
    /// # Errors
    /// The database failed.
    pub async fn answered_of(
        &self,
        organisation: &str,
        between: Between,
    ) -> Result<Vec<Answered>, Error> {
        let read = |row: &Row| {
            Ok(Answered {
                instrument: row.text(0)?,
                wave: Some(row.text(1)?).filter(|wave| !wave.is_empty()),
                due: row.count(2)?,
                answered: row.count(3)?,
            })
        };
        self.counted(ANSWERED, organisation, between, read).await
    }

    /// The referrals of an organisation that went out between two days.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn waited_of(
        &self,
        organisation: &str,
        between: Between,
    ) -> Result<Vec<Waited>, Error> {
        let read = |row: &Row| {
            Ok(Waited {
                to_profession: row.text(0)?,
                state: row::one_of(row, 1, "the state of a referral", episodes::state)?,
                sent_on: row::day(row, 2)?,
                answered_on: row::maybe_day(row, 3)?,
                completed_on: row::maybe_day(row, 4)?,
            })
        };
        self.counted(WAITED, organisation, between, read).await
    }

    /// The sessions of an organisation between two days, by profession.
    ///
    /// # Errors
    /// The database failed.
    pub async fn treated_of(
        &self,
        organisation: &str,
        between: Between,
    ) -> Result<Vec<Treated>, Error> {
        let read = |row: &Row| {
            Ok(Treated {
                profession: row.text(0)?,
                sessions: row.count(1)?,
                patients: row.count(2)?,
            })
        };
        self.counted(TREATED, organisation, between, read).await
    }

    /// The open episodes that an organisation began; where something happened last comes first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_episodes(
        &self,
        organisation: &str,
        most: u32,
    ) -> Result<Vec<OpenEpisode>, Error> {
        let values = [Value::Text(organisation), Value::Number(i64::from(most))];
        let rows = self.ask(OPEN, &values).await?;
        let read = |row: &Row| {
            Ok(OpenEpisode {
                episode: row.text(0)?,
                version: row.count(1)?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn counted<T>(
        &self,
        sql: &'static str,
        organisation: &str,
        between: Between,
        read: impl Fn(&Row) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let (from, to) = (between.from.to_string(), between.to.to_string());
        let values = [
            Value::Text(organisation),
            Value::Text(&from),
            Value::Text(&to),
        ];
        let rows = self.ask(sql, &values).await?;
        rows.iter().map(read).collect()
    }
}
