//! Reminders: a patient who was asked to answer something is sent a link to it, more than once, and what became of each is told.

use jiff::Timestamp;
use jiff::civil::Date;

use super::link::NewLink;
use super::{maybe_moment, moment};
use crate::database::{Row, Value, number};
use crate::error::Error;
use crate::outbox::Message;
use crate::people::instant;
use crate::store::Store;

/// Something that waits for a patient's answer: the instruments of one episode that are due on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// Id of the episode.
    pub episode: String,
    /// Id of the patient's file it belongs to.
    pub patient: String,
    /// Id of the organisation that opened the episode.
    pub organisation: Option<String>,
    /// Id of the first assignment of that day, by which the reminders are counted.
    pub assignment: String,
    /// How many instruments are due on that day.
    pub instruments: u64,
    /// The wave it belongs to.
    pub wave: Option<String>,
    /// The day it is due.
    pub due: Date,
    /// How many reminders there were.
    pub reminders: u64,
}

/// A reminder, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Id of the episode.
    pub episode: String,
    /// Id of the assignment.
    pub assignment: String,
    /// The first, the second ….
    pub nth: u64,
    /// When it is to leave.
    pub planned: Timestamp,
    /// When it left.
    pub sent: Option<Timestamp>,
    /// Why it could not leave.
    pub trouble: Option<String>,
    /// When its link was first opened.
    pub opened: Option<Timestamp>,
    /// When the answers were sent in by it.
    pub answered: Option<Timestamp>,
}

/// Which reminder is made.
#[derive(Clone, Copy, Debug)]
pub struct NewReminder<'a> {
    /// Id of the episode.
    pub episode: &'a str,
    /// Id of the assignment by which they are counted.
    pub assignment: &'a str,
    /// The first, the second ….
    pub nth: u64,
    /// When it is to leave.
    pub planned: Timestamp,
}

const UNANSWERED: &str = "SELECT a.episode, a.patient, e.organisation, MIN(a.assignment), COUNT(*), a.wave, a.due_on, \
     (SELECT COUNT(*) FROM reminder r JOIN assignment b ON b.episode = r.episode AND b.assignment = r.assignment WHERE b.episode = a.episode AND b.due_on = a.due_on) \
     FROM assignment a JOIN episode e ON e.episode = a.episode \
     WHERE a.answered_on IS NULL AND e.closed_on IS NULL AND a.due_on >= $1 AND a.due_on <= $2 \
     GROUP BY a.episode, a.patient, e.organisation, a.wave, a.due_on ORDER BY a.due_on, a.episode";
const ADD: &str = "INSERT INTO reminder (episode, assignment, nth, patient, link, message, planned_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const OF_PATIENT: &str = "SELECT r.episode, r.assignment, r.nth, r.planned_at, COALESCE(o.sent_at, ''), COALESCE(o.trouble, ''), \
     COALESCE(l.opened_at, ''), COALESCE(l.submitted_at, '') \
     FROM reminder r LEFT JOIN outbox o ON o.id = r.message LEFT JOIN link l ON l.id = r.link \
     WHERE r.patient = $1 ORDER BY r.planned_at DESC, r.nth DESC";
const REFUSED: &str =
    "INSERT INTO unreachable (address, since) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING";
const REACHED: &str = "DELETE FROM unreachable WHERE address = $1";
const IS_REFUSED: &str = "SELECT since FROM unreachable WHERE address = $1";

const ADDRESS: &str = "address that refuses mail";

impl Store {
    /// What is due between two days and not answered, in open episodes, the longest due first. For the program, which reminds; nobody is shown it.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn unanswered(&self, from: Date, until: Date) -> Result<Vec<Unanswered>, Error> {
        let (from, until) = (from.to_string(), until.to_string());
        let days = [Value::Text(&from), Value::Text(&until)];
        let rows = self.database.rows(UNANSWERED, &days).await?;
        rows.iter().map(unanswered).collect()
    }

    /// Makes a link with the letter that takes it to the patient, and notes that it is a reminder.
    ///
    /// # Errors
    /// [`Error::Erased`], or the database failed.
    pub async fn remind(
        &self,
        token: &[u8],
        link: &NewLink<'_>,
        letter: &Message,
        reminder: NewReminder<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = async {
            let letters = std::slice::from_ref(letter);
            let sent = self.add_link_in(&mut tx, token, link, letters, now).await?;
            let planned = instant(reminder.planned);
            let values = [
                Value::Text(reminder.episode),
                Value::Text(reminder.assignment),
                number(reminder.nth),
                Value::Text(link.patient),
                Value::Text(link.id),
                number(sent.first().copied().unwrap_or_default()),
                Value::Text(&planned),
            ];
            tx.run(ADD, &values).await?;
            Ok(())
        }
        .await;
        self.settle(tx, &[], done).await
    }

    /// The reminders of a patient, the newest first, and what became of each.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn reminders_of(&self, patient: &str) -> Result<Vec<Reminder>, Error> {
        let rows = self
            .database
            .rows(OF_PATIENT, &[Value::Text(patient)])
            .await?;
        rows.iter().map(reminder).collect()
    }

    /// Notes that a mail server refused this address for good.
    ///
    /// # Errors
    /// The database failed.
    pub async fn mail_refused(&self, address: &str, now: Timestamp) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let hash = self.hashed(ADDRESS, address.trim().to_lowercase().as_bytes());
        let values = [Value::Bytes(&hash), Value::Text(&instant(now))];
        tx.run(REFUSED, &values).await?;
        tx.commit().await
    }

    /// Since when mail to this address is not sent any more, because it was refused for good.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn refuses_mail(&self, address: &str) -> Result<Option<Timestamp>, Error> {
        let hash = self.hashed(ADDRESS, address.trim().to_lowercase().as_bytes());
        let rows = self
            .database
            .rows(IS_REFUSED, &[Value::Bytes(&hash)])
            .await?;
        rows.first().map(|row| moment(row, 0)).transpose()
    }

    /// Mail to this address may be tried again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn mail_may_be_tried(&self, address: &str) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let hash = self.hashed(ADDRESS, address.trim().to_lowercase().as_bytes());
        tx.run(REACHED, &[Value::Bytes(&hash)]).await?;
        tx.commit().await
    }
}

fn unanswered(row: &Row) -> Result<Unanswered, Error> {
    let due = row.text(6)?;
    Ok(Unanswered {
        episode: row.text(0)?,
        patient: row.text(1)?,
        organisation: row.maybe_text(2)?,
        assignment: row.text(3)?,
        instruments: row.count(4)?,
        wave: row.maybe_text(5)?,
        due: due.parse().map_err(|_| Error::Damaged {
            what: format!("the day `{due}`"),
        })?,
        reminders: row.count(7)?,
    })
}

fn reminder(row: &Row) -> Result<Reminder, Error> {
    let trouble = row.text(5)?;
    Ok(Reminder {
        episode: row.text(0)?,
        assignment: row.text(1)?,
        nth: row.count(2)?,
        planned: moment(row, 3)?,
        sent: maybe_moment(row, 4)?,
        trouble: (!trouble.is_empty()).then_some(trouble),
        opened: maybe_moment(row, 6)?,
        answered: maybe_moment(row, 7)?,
    })
}
