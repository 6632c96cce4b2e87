//! What signing in needs, beside the events and never part of them: passwords, second factors, sessions, links of patients and their drafts.
//!
//! - **Nothing here can be used by whoever reads the tables.** Tokens and codes that were handed out are kept as a keyed hash; what must be read again (password hashes, secrets of
//!   authenticator apps, passkeys) is sealed. Both keys are derived from the master key, which does not lie in the database.
//! - **Who may sign in at all is told by the events**, through the projection of who works here ([`crate::clinic`]): whoever is disabled or erased has no session from that
//!   moment on.
//! - **A change and what the security log is told about it are one.** Every change takes events (`told`); both are kept, or neither.
//! - **Whoever is erased leaves nothing here** ([`crate::erasure`]).
//! - **Time is handed in.** What has expired is not there; [`Store::sweep`] takes it away for good.

mod code;
mod credential;
mod diary;
mod draft;
mod factor;
mod inquiry;
mod issuer;
mod link;
mod link_session;
mod password;
mod refusal;
mod reminder;
mod session;
mod setup;
mod task;

use cotreat_people::stream::{self, About};
use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use crate::append::Batch;
use crate::database::{Row, Tx, Value};
use crate::error::Error;
use crate::people::instant;
use crate::seal::{self, KEY};
use crate::store::Store;

pub use code::CodeTried;
pub use credential::{Credential, CredentialKind, NewCredential};
pub use diary::{Booked, DiaryLine};
pub use draft::Draft;
pub use inquiry::Inquiry;
pub use link::{Link, LinkKind, NewLink};
pub use link_session::LinkSession;
pub use password::{Failures, Password};
pub use refusal::Refusal;
pub use reminder::{NewReminder, Reminder, Unanswered};
pub use session::{NewSession, Renewed, Session};
pub use setup::{Setup, SetupWhy};
pub use task::Started;

const HASHES: &str = "cotreat 2026-11 hashes of tokens";
const SECRETS: &str = "cotreat 2026-11 secrets of accounts";

/// Unsent answers are forgotten when nobody has touched them for so long: twice the life of a link.
const DRAFTS_KEPT: SignedDuration = SignedDuration::from_hours(28 * 24);
/// Links are listed for so long after their end, so that staff see what became of them.
const LINKS_LISTED: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The lines of a diary are of use on their day, and for a while to whoever looks back.
const DIARY_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Whoever wrote by a clinic's public page and was not registered is forgotten after so long.
const INQUIRIES_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What was refused is listed for so long.
const REFUSALS_KEPT: SignedDuration = SignedDuration::from_hours(400 * 24);
/// An authenticator app that was not confirmed within this time was never set up.
const UNCONFIRMED_KEPT: SignedDuration = SignedDuration::from_hours(1);

const SWEEP: [&str; 5] = [
    "DELETE FROM session WHERE expires_at <= $1",
    "DELETE FROM setup WHERE expires_at <= $1",
    "DELETE FROM oidc_state WHERE expires_at <= $1",
    "DELETE FROM link_session WHERE expires_at <= $1",
    "DELETE FROM email_code WHERE expires_at <= $1",
];
const SWEEP_LINKS: &str = "DELETE FROM link WHERE expires_at <= $1";
const SWEEP_DRAFTS: &str = "DELETE FROM draft WHERE changed_at <= $1";
const SWEEP_DIARY: &str = "DELETE FROM diary WHERE kept_at <= $1";
const SWEEP_INQUIRIES: &str = "DELETE FROM inquiry WHERE sent_at <= $1";
const SWEEP_REFUSALS: &str = "DELETE FROM refusal WHERE refused_at <= $1";
const SWEEP_UNCONFIRMED: &str = "DELETE FROM credential WHERE kind = $2 AND created_at <= $1";

/// All that is kept of a user.
const FORGET_USER: &[&str] = &[
    "DELETE FROM account WHERE user_id = $1",
    "DELETE FROM credential WHERE user_id = $1",
    "DELETE FROM session WHERE user_id = $1",
    "DELETE FROM setup WHERE user_id = $1",
    "DELETE FROM refusal WHERE user_id = $1",
    "DELETE FROM draft WHERE patient = 'user/' || $1",
];
/// All that is kept of a patient; what hangs on their links first.
const FORGET_PATIENT: &[&str] = &[
    "DELETE FROM reminder WHERE patient = $1",
    "DELETE FROM link_session WHERE link IN (SELECT id FROM link WHERE patient = $1)",
    "DELETE FROM email_code WHERE link IN (SELECT id FROM link WHERE patient = $1)",
    "DELETE FROM link WHERE patient = $1",
    "DELETE FROM draft WHERE patient = $1",
    "DELETE FROM diary WHERE patient = $1",
    "DELETE FROM refusal WHERE patient = $1",
];

/// Deletes every row about somebody who is being erased.
pub(crate) async fn forget(tx: &mut Tx, person: &str) -> Result<(), Error> {
    let (rows, id): (&[&'static str], _) = match stream::about(person) {
        Some(About::User(user)) => (FORGET_USER, user),
        _ => (FORGET_PATIENT, person),
    };
    for sql in rows {
        tx.run(sql, &[Value::Text(id)]).await?;
    }
    Ok(())
}

impl Store {
    /// Takes away what has expired: sessions, one-time links, codes, old links and drafts. Returns how many rows went.
    ///
    /// # Errors
    /// The database failed.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let swept = sweep(&mut tx, now).await;
        self.settle(tx, &[], swept).await
    }

    /// What is kept of a token or code: its hash, keyed so that even short codes cannot be guessed from the tables, and of no use for another purpose.
    fn hashed(&self, purpose: &str, secret: &[u8]) -> [u8; KEY] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key.derive(HASHES));
        hasher.update(&(purpose.len() as u64).to_le_bytes());
        hasher.update(purpose.as_bytes());
        hasher.update(secret);
        *hasher.finalize().as_bytes()
    }

    fn seal_secret(&self, about: &str, secret: &[u8]) -> Result<Vec<u8>, Error> {
        seal::seal(&self.key.derive(SECRETS), about.as_bytes(), secret)
    }

    fn open_secret(&self, about: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        seal::open(&self.key.derive(SECRETS), about.as_bytes(), sealed)
            .map(Zeroizing::new)
            .ok_or_else(|| Error::Damaged {
                what: format!("a secret ({})", about.replace('\n', " ")),
            })
    }

    /// Ends a change: with what the security log is told about it, or without a trace when it failed.
    async fn settle<T>(
        &self,
        mut tx: Tx,
        told: &[Batch],
        done: Result<T, Error>,
    ) -> Result<T, Error> {
        let done = match done {
            Ok(done) if told.is_empty() => Ok(done),
            Ok(done) => self.append_in(&mut tx, told, None).await.map(|_| done),
            Err(error) => Err(error),
        };
        match done {
            Ok(done) => {
                tx.commit().await?;
                Ok(done)
            }
            Err(error) => {
                tx.roll_back().await;
                Err(error)
            }
        }
    }
}

async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, Error> {
    let mut swept = 0;
    let now_text = instant(now);
    for sql in SWEEP {
        swept += tx.run(sql, &[Value::Text(&now_text)]).await?;
    }
    let before = |kept: SignedDuration| now.checked_sub(kept).map(instant).unwrap_or_default();
    swept += tx
        .run(SWEEP_LINKS, &[Value::Text(&before(LINKS_LISTED))])
        .await?;
    swept += tx
        .run(SWEEP_DRAFTS, &[Value::Text(&before(DRAFTS_KEPT))])
        .await?;
    swept += tx
        .run(SWEEP_DIARY, &[Value::Text(&before(DIARY_KEPT))])
        .await?;
    swept += tx
        .run(SWEEP_INQUIRIES, &[Value::Text(&before(INQUIRIES_KEPT))])
        .await?;
    swept += tx
        .run(SWEEP_REFUSALS, &[Value::Text(&before(REFUSALS_KEPT))])
        .await?;
    let unconfirmed = [
        Value::Text(&before(UNCONFIRMED_KEPT)),
        Value::Text(CredentialKind::UnconfirmedApp.id()),
    ];
    swept += tx.run(SWEEP_UNCONFIRMED, &unconfirmed).await?;
    Ok(swept)
}

/// Whether two hashes are the same, in the same time wherever they differ.
fn same(a: &[u8], b: &[u8; KEY]) -> bool {
    <[u8; KEY]>::try_from(a).is_ok_and(|a| blake3::Hash::from(a) == blake3::Hash::from(*b))
}

/// A moment in a column.
fn moment(row: &Row, column: usize) -> Result<Timestamp, Error> {
    let text = row.text(column)?;
    text.parse().map_err(|_| Error::Damaged {
        what: format!("the time `{text}`"),
    })
}

/// A moment in a column where an empty text stands for none.
fn maybe_moment(row: &Row, column: usize) -> Result<Option<Timestamp>, Error> {
    if row.text(column)?.is_empty() {
        Ok(None)
    } else {
        moment(row, column).map(Some)
    }
}

/// A text in a column where an empty one stands for none.
fn maybe_text(row: &Row, column: usize) -> Result<Option<String>, Error> {
    Ok(Some(row.text(column)?).filter(|text| !text.is_empty()))
}
