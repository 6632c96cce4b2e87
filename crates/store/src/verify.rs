//! Verification: walks the whole chain and says where it first breaks, and in which way.

use std::fmt;

use ed25519_dalek::VerifyingKey;

use crate::chain::{self, HASH};
use crate::checkpoint::{self, Checkpoint};
use crate::database::{Value, number};
use crate::error::Error;
use crate::read::{PAGE, PAGE_LENGTH, Sealed};
use crate::source::Source;
use crate::store::Store;

/// What a walk over the whole store found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many events there are.
    pub events: u64,
    /// How many checkpoints fitted, those from elsewhere included.
    pub checkpoints: u64,
    /// Everything that is wrong, in the order of positions.
    pub faults: Vec<Fault>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The event at this position was changed, or the one before it was replaced.
    Changed {
        /// Where.
        position: u64,
    },
    /// Events from this position on are missing, up to the one given.
    Missing {
        /// The first that is missing.
        from: u64,
        /// The first that is there again.
        to: u64,
    },
    /// The chain ends before a checkpoint: its end was cut off.
    CutOff {
        /// Where it ends.
        ends: u64,
        /// The checkpoint's day.
        day: String,
        /// Where it ended then.
        position: u64,
    },
    /// The chain says otherwise than a checkpoint: the past was written anew.
    Rewritten {
        /// The checkpoint's day.
        day: String,
        /// Where they differ.
        position: u64,
    },
    /// A checkpoint that this store's key did not sign.
    NotSigned {
        /// The checkpoint's day.
        day: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { position } => {
                write!(f, "event {position} was changed after it was written")
            }
            Self::Missing { from, to } => {
                write!(f, "events {from} to {} are missing", to - 1)
            }
            Self::CutOff {
                ends,
                day,
                position,
            } => write!(
                f,
                "the store ends at event {ends}, but on {day} it reached {position}: its end was cut off"
            ),
            Self::Rewritten { day, position } => write!(
                f,
                "event {position} is not the one that was signed on {day}: the past was written anew"
            ),
            Self::NotSigned { day } => write!(
                f,
                "the checkpoint of {day} was not signed with this store's key"
            ),
        }
    }
}

impl Verdict {
    /// Nothing is wrong.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.faults.is_empty()
    }
}

impl Store {
    /// Walks the whole store. `elsewhere` are checkpoints that were copied out of it; only they can show a cut-off end. `progress` is told each position that is done.
    ///
    /// # Errors
    /// The database failed; what is wrong with the events is in the verdict.
    pub async fn verify(
        &self,
        elsewhere: &[Checkpoint],
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Verdict, Error> {
        let mut source = Source::Database(&self.database);
        walk(&mut source, &self.verifying_key(), elsewhere, progress).await
    }
}

/// Walks the whole store as the source shows it.
pub(crate) async fn walk(
    source: &mut Source<'_>,
    key: &VerifyingKey,
    elsewhere: &[Checkpoint],
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Verdict, Error> {
    let mut points = checkpoint::all(source).await?;
    points.extend(elsewhere.iter().cloned());
    points.sort_by_key(|point| point.position);
    let mut verdict = Verdict {
        events: 0,
        checkpoints: 0,
        faults: Vec::new(),
    };
    points.retain(|point| {
        let signed = point.is_signed_by(key);
        if !signed {
            verdict.faults.push(Fault::NotSigned {
                day: point.day.clone(),
            });
        }
        signed
    });
    let mut points = points.into_iter().peekable();
    let (mut position, mut hash) = (0, chain::START);
    loop {
        let page = [number(position), Value::Number(PAGE_LENGTH)];
        let rows = source.rows(PAGE, &page).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let sealed = Sealed::of(row)?;
            if sealed.event.position != position + 1 {
                verdict.faults.push(Fault::Missing {
                    from: position + 1,
                    to: sealed.event.position,
                });
            } else if chain::hash(&hash, &sealed.link()).as_slice() != sealed.hash {
                verdict.faults.push(Fault::Changed {
                    position: sealed.event.position,
                });
            }
            // From here on the chain is taken as it stands, so that one fault is told once.
            position = sealed.event.position;
            hash = <[u8; HASH]>::try_from(sealed.hash.as_slice()).unwrap_or(chain::START);
            verdict.events += 1;
            while let Some(point) = points.next_if(|point| point.position <= position) {
                if point.position == position && point.hash == hash {
                    verdict.checkpoints += 1;
                } else {
                    verdict.faults.push(Fault::Rewritten {
                        day: point.day,
                        position: point.position,
                    });
                }
            }
        }
        progress(position);
    }
    for point in points {
        verdict.faults.push(Fault::CutOff {
            ends: position,
            day: point.day,
            position: point.position,
        });
    }
    Ok(verdict)
}
