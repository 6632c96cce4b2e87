//! Tasks of patients: started with a fact that only the patient knows, ended by their answers.

use jiff::Timestamp;

use super::link::{self, REVOKE};
use super::{draft, link_session};
use crate::append::Batch;
use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::outbox::Message;
use crate::people::instant;
use crate::store::Store;

/// What came of trying to start a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// The session has begun.
    Opened,
    /// That was wrong; so many tries are left.
    Wrong {
        /// How many.
        left: u64,
    },
    /// That was the last try: the link is dead, and the message about it waits in the outbox.
    Died,
    /// The link was not good any more.
    NotGood,
}

const TRIED: &str = "UPDATE link SET tries = $1 WHERE id = $2";
const SUBMITTED: &str = "UPDATE link SET submitted_at = $1 WHERE id = $2 AND submitted_at = ''";

impl Store {
    /// Starts a task: begins its session where the fact that only the patient knows was `right`. After `most` wrong tries the link is dead, and `if_it_dies` waits in the outbox.
    ///
    /// # Errors
    /// The database failed.
    #[expect(
        clippy::too_many_arguments,
        reason = "all of it belongs to one transaction"
    )]
    pub async fn start_task(
        &self,
        id: &str,
        right: bool,
        most: u64,
        session: &[u8],
        session_expires: Timestamp,
        if_it_dies: &[Message],
        now: Timestamp,
    ) -> Result<Started, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = async {
            let link = match link::find(&mut tx, id).await? {
                Some(link) if link.is_good(now) && link.submitted.is_none() => link,
                _ => return Ok(Started::NotGood),
            };
            if right {
                self.open_in(&mut tx, id, session, session_expires, now)
                    .await?;
                return Ok(Started::Opened);
            }
            let tries = link.tries + 1;
            tx.run(TRIED, &[number(tries), Value::Text(id)]).await?;
            if tries < most {
                return Ok(Started::Wrong { left: most - tries });
            }
            let values = [
                Value::Text(&instant(now)),
                Value::Text(&link.patient),
                Value::Text(id),
            ];
            tx.run(REVOKE, &values).await?;
            self.send_to(&mut tx, &link.patient, if_it_dies, now)
                .await?;
            Ok(Started::Died)
        }
        .await;
        self.settle(tx, &[], done).await
    }

    /// Takes in the answers of a task with the events that hold them: its draft is gone, and its sessions end. False: they had been sent in before, and nothing is written.
    ///
    /// # Errors
    /// As for [`Self::append_all`].
    pub async fn task_submitted(
        &self,
        id: &str,
        answers: &[Batch],
        now: Timestamp,
    ) -> Result<bool, Error> {
        let (_turn, mut tx) = self.begin().await?;
        let done = submitted(&mut tx, id, now).await;
        let answers = if matches!(done, Ok(false)) {
            &[]
        } else {
            answers
        };
        self.settle(tx, answers, done).await
    }
}

async fn submitted(tx: &mut Tx, id: &str, now: Timestamp) -> Result<bool, Error> {
    let values = [Value::Text(&instant(now)), Value::Text(id)];
    let first = tx.run(SUBMITTED, &values).await? == 1;
    if first && let Some(link) = link::find(tx, id).await? {
        draft::forget(tx, &link.patient, &link.assignment).await?;
        link_session::end_all_of(tx, id).await?;
    }
    Ok(first)
}
