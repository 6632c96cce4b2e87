//! Links of patients: one kind to answer a questionnaire, one to read their own page; and links for somebody outside, to answer a referral of a patient.

use jiff::Timestamp;

use super::{maybe_moment, moment};
use crate::append::Batch;
use crate::database::{Row, Tx, Value};
use crate::error::Error;
use crate::outbox::{self, Message};
use crate::people::{self, instant};
use crate::store::Store;

/// A link of a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id, for lists; it opens nothing.
    pub id: String,
    /// What it is for.
    pub kind: LinkKind,
    /// Whose it is.
    pub patient: String,
    /// What is to be answered: an assignment, or a referral; empty for a patient's page.
    pub assignment: String,
    /// How often it was tried in vain since it last opened.
    pub tries: u64,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// When it first opened.
    pub opened: Option<Timestamp>,
    /// When the answers were sent in.
    pub submitted: Option<Timestamp>,
    /// When it was taken back, replaced by a newer one, or died of too many tries.
    pub revoked: Option<Timestamp>,
}

/// What a link of a patient is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Answering what was assigned; it shows nothing that is known already.
    Task,
    /// Reading the patient's own page.
    Page,
    /// Answering one referral, by somebody outside.
    Referral,
}

impl LinkKind {
    const fn id(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Page => "page",
            Self::Referral => "referral",
        }
    }

    /// The kind of a word in the column.
    fn of(word: &str) -> Option<Self> {
        let all = [Self::Task, Self::Page, Self::Referral];
        all.into_iter().find(|kind| kind.id() == word)
    }
}

/// A link to make.
#[derive(Clone, Copy, Debug)]
pub struct NewLink<'a> {
    /// Its id: random, of no use to open it.
    pub id: &'a str,
    /// What it is for.
    pub kind: LinkKind,
    /// Whose it is.
    pub patient: &'a str,
    /// What is to be answered; empty for a patient's page.
    pub assignment: &'a str,
    /// When it ends.
    pub expires: Timestamp,
}

const REPLACE: &str = "UPDATE link SET revoked_at = $1 \
     WHERE kind = $2 AND patient = $3 AND assignment = $4 AND revoked_at = ''";
const ADD: &str = "INSERT INTO link \
     (id, hash, kind, patient, assignment, tries, created_at, expires_at, opened_at, submitted_at, revoked_at) \
     VALUES ($1, $2, $3, $4, $5, 0, $6, $7, '', '', '')";
macro_rules! columns {
    ($rest:expr) => {
        concat!(
            "SELECT l.id, l.kind, l.patient, l.assignment, l.tries, l.created_at, l.expires_at, l.opened_at, l.submitted_at, l.revoked_at FROM ",
            $rest
        )
    };
}
pub(super) use columns;
const FIND: &str = columns!("link l WHERE l.hash = $1");
const BY_ID: &str = columns!("link l WHERE l.id = $1");
const OF_PATIENT: &str = columns!("link l WHERE l.patient = $1 ORDER BY l.created_at DESC, l.id");
pub(super) const REVOKE: &str =
    "UPDATE link SET revoked_at = $1 WHERE patient = $2 AND id = $3 AND revoked_at = ''";
const REVOKE_ALL: &str = "UPDATE link SET revoked_at = $1 WHERE patient = $2 AND revoked_at = ''";
const OPENED: &str = "UPDATE link SET tries = 0, opened_at = CASE opened_at WHEN '' THEN $1 ELSE opened_at END WHERE id = $2";

const TOKEN: &str = "link";

impl Link {
    pub(super) fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.text(0)?,
            kind: LinkKind::of(&row.text(1)?).ok_or_else(|| Error::Damaged {
                what: "the kind of a link".to_owned(),
            })?,
            patient: row.text(2)?,
            assignment: row.text(3)?,
            tries: row.count(4)?,
            created: moment(row, 5)?,
            expires: moment(row, 6)?,
            opened: maybe_moment(row, 7)?,
            submitted: maybe_moment(row, 8)?,
            revoked: maybe_moment(row, 9)?,
        })
    }

    /// Neither expired nor taken back.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && now < self.expires
    }
}

impl Store {
    /// Makes a link, in place of any other for the same, with the message that takes it to the patient.
    ///
    /// # Errors
    /// [`Error::Erased`], or the database failed.
    pub async fn add_link(
        &self,
        token: &[u8],
        new: &NewLink<'_>,
        messages: &[Message],
        now: Timestamp,
    ) -> Result<(), Error> {
        self.add_link_after(&[], token, new, messages, now).await
    }

    /// The same together with what happened that the link is for, all or nothing: nothing is sent that has no link, and no link is for what was not sent.
    ///
    /// # Errors
    /// As for [`Self::add_link`] and [`Self::append_all`].
    pub async fn add_link_after(
        &self,
        happened: &[Batch],
        token: &[u8],
        new: &NewLink<'_>,
        messages: &[Message],
        now: Timestamp,
    ) -> Result<(), Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = self.add_link_in(&mut tx, token, new, messages, now).await;
        self.settle(tx, happened, done.map(drop)).await
    }

    /// Returns the numbers of the messages.
    pub(super) async fn add_link_in(
        &self,
        tx: &mut Tx,
        token: &[u8],
        new: &NewLink<'_>,
        messages: &[Message],
        now: Timestamp,
    ) -> Result<Vec<u64>, Error> {
        let (now_text, expires) = (instant(now), instant(new.expires));
        let older = [
            Value::Text(&now_text),
            Value::Text(new.kind.id()),
            Value::Text(new.patient),
            Value::Text(new.assignment),
        ];
        tx.run(REPLACE, &older).await?;
        let values = [
            Value::Text(new.id),
            Value::Bytes(&self.hashed(TOKEN, token)),
            Value::Text(new.kind.id()),
            Value::Text(new.patient),
            Value::Text(new.assignment),
            Value::Text(&now_text),
            Value::Text(&expires),
        ];
        tx.run(ADD, &values).await?;
        self.send_to(tx, new.patient, messages, now).await
    }

    pub(super) async fn send_to(
        &self,
        tx: &mut Tx,
        patient: &str,
        messages: &[Message],
        now: Timestamp,
    ) -> Result<Vec<u64>, Error> {
        let key = people::key_for_writing(tx, &self.key, patient, now).await?;
        outbox::add(tx, &key, patient, messages).await
    }

    /// The link of a token, good or not. Looking changes nothing.
    ///
    /// # Errors
    /// The database failed.
    pub async fn link(&self, token: &[u8]) -> Result<Option<Link>, Error> {
        let hash = self.hashed(TOKEN, token);
        let rows = self.database.rows(FIND, &[Value::Bytes(&hash)]).await?;
        rows.first().map(Link::read).transpose()
    }

    /// The links of a patient, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn links_of(&self, patient: &str) -> Result<Vec<Link>, Error> {
        let patient = [Value::Text(patient)];
        let rows = self.database.rows(OF_PATIENT, &patient).await?;
        rows.iter().map(Link::read).collect()
    }

    /// Takes a link back; whoever has it open is put out. False: the patient has no such link that is still good.
    ///
    /// # Errors
    /// The database failed.
    pub async fn revoke_link(
        &self,
        patient: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [
            Value::Text(&instant(now)),
            Value::Text(patient),
            Value::Text(id),
        ];
        let done = tx.run(REVOKE, &values).await.map(|rows| rows == 1);
        self.settle(tx, &[], done).await
    }

    /// Takes all links of a patient back. Returns how many.
    ///
    /// # Errors
    /// The database failed.
    pub async fn revoke_links_of(&self, patient: &str, now: Timestamp) -> Result<u64, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let values = [Value::Text(&instant(now)), Value::Text(patient)];
        let done = tx.run(REVOKE_ALL, &values).await;
        self.settle(tx, &[], done).await
    }

    pub(super) async fn open_in(
        &self,
        tx: &mut Tx,
        id: &str,
        session: &[u8],
        session_expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), Error> {
        let values = [Value::Text(&instant(now)), Value::Text(id)];
        tx.run(OPENED, &values).await?;
        self.add_link_session(tx, session, id, session_expires)
            .await
    }
}

pub(super) async fn find(tx: &mut Tx, id: &str) -> Result<Option<Link>, Error> {
    let rows = tx.rows(BY_ID, &[Value::Text(id)]).await?;
    rows.first().map(Link::read).transpose()
}
