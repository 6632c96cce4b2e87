//! Several acts in one go, as a form holds them: consent, safety net, session and adverse event are all written, or none of them is.

use cotreat_access::Viewer;
use cotreat_care::decide::{Act, Command, Refusal, decide, judge_lines, judge_work};
use cotreat_care::event::{Experience, Recorded};
use cotreat_care::{Record, evolve};
use cotreat_store::clinic::{EpisodeRead, batch};
use cotreat_store::{Error, Expected, Request};
use jiff::civil::Date;

use super::episode::{Asked, about, changed_since};
use super::{Caller, Clinic, Done, Refused, acts, who};

/// Why none of several acts was done.
#[derive(Debug)]
pub struct NotDone {
    /// Which of them was refused, from 0.
    pub nth: usize,
    /// Why.
    pub refused: Refused,
}

impl Clinic {
    /// Does something in an episode.
    ///
    /// `seen` is the version the caller looked at. Whatever happened since is a change that the caller must see first, except that somebody looked. `day` is the day on which it
    /// happened; today when not told.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, [`Refused::Changed`], or the rules of the clinic refuse it.
    pub async fn act(
        &self,
        caller: &Caller,
        episode: &str,
        seen: u64,
        act: Act,
        day: Option<Date>,
    ) -> Result<Done, Refused> {
        let done = self.acts(caller, episode, seen, vec![act], day).await;
        done.map_err(|not| not.refused)
    }

    /// The same with several acts, each upon what the ones before it made of the record: all of them, or none.
    ///
    /// # Errors
    /// As [`Self::act`], with which of them it was.
    pub async fn acts(
        &self,
        caller: &Caller,
        episode: &str,
        seen: u64,
        acts: Vec<Act>,
        day: Option<Date>,
    ) -> Result<Done, NotDone> {
        let first = |refused| NotDone { nth: 0, refused };
        let read = self.episode(episode).await.map_err(first)?;
        let relation = self.relation(&read.patient, self.clock.now()).await;
        let relation = relation.map_err(first)?;
        for (nth, act) in acts.iter().enumerate() {
            let resource = about(act, &relation);
            self.decide(&caller.viewer, acts::action(act), &resource, &relation)
                .map_err(|refused| NotDone { nth, refused })?;
        }
        let mut known = Vec::with_capacity(acts.len());
        for act in acts {
            known.push(
                self.with_experience(&caller.viewer, act)
                    .await
                    .map_err(first)?,
            );
        }
        let request = request(caller, episode, &known).map_err(first)?;
        if let Some(request) = &request {
            let before = self.store.answered(request).await;
            if let Some(before) = before.map_err(|error| first(error.into()))? {
                return Ok(Done {
                    version: read.version,
                    repeated: before.repeated,
                });
            }
        }
        if changed_since(&read, seen) {
            return Err(first(Refused::Changed {
                seen,
                found: read.version,
            }));
        }
        let asked = Asked {
            episode,
            expected: Expected::Version(read.version),
            day,
            request,
        };
        self.decided(caller, &read, known, asked).await
    }

    /// Lets the rules of the clinic decide, and writes what happens.
    pub(super) async fn decided(
        &self,
        caller: &Caller,
        read: &EpisodeRead,
        acts: Vec<Act>,
        asked: Asked<'_>,
    ) -> Result<Done, NotDone> {
        let first = |refused| NotDone { nth: 0, refused };
        let (mut record, mut events, mut joins) = (read.record.clone(), Vec::new(), false);
        let mut command = self.command(caller, asked.day).await.map_err(first)?;
        for (nth, act) in acts.into_iter().enumerate() {
            joins |= matches!(act, Act::AcceptReferral(_));
            command.act = act;
            let new = decide(&record, &command, &self.knowledge).map_err(|refusal| NotDone {
                nth,
                refused: refusal.into(),
            })?;
            record = new.iter().fold(record, evolve);
            events.extend(new);
        }
        let written = self.write(caller, read, &events, joins, asked).await;
        written.map_err(first)
    }

    async fn write(
        &self,
        caller: &Caller,
        read: &EpisodeRead,
        events: &[Recorded],
        joins: bool,
        asked: Asked<'_>,
    ) -> Result<Done, Refused> {
        let mut batches = vec![batch::episode(
            asked.episode,
            &read.patient,
            asked.expected,
            events,
        )?];
        if joins {
            batches.extend(self.seen_there_too(caller, &read.patient).await?);
        }
        let request = asked.request.as_ref();
        let appended = self.store.append_for(&batches, request).await?;
        Ok(Done {
            version: read.version + events.len() as u64,
            repeated: appended.repeated,
        })
    }

    /// Who asks now, and for which day; what for is put in by whoever takes it.
    async fn command(&self, caller: &Caller, day: Option<Date>) -> Result<Command, Refused> {
        let at = self.clock.now();
        let today = self.today(&caller.viewer, at).await?;
        Ok(Command {
            by: who(&caller.viewer),
            at,
            today,
            day: day.unwrap_or(today),
            // Nothing is decided on this one.
            act: Act::RecordFacts(cotreat_care::event::FactsRecorded::default()),
        })
    }

    /// What each row of a session or a plan meets by itself, once the acts that go before it are done: nothing, or its refusal. Nothing is written. Whoever asks was let into the
    /// record before, which is how they come to have it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn judge(
        &self,
        caller: &Caller,
        record: &Record,
        before: &[Act],
        act: Act,
        day: Option<Date>,
    ) -> Result<Vec<Option<Refusal>>, Refused> {
        let mut command = self.command(caller, day).await?;
        let mut record = record.clone();
        for act in before {
            command.act = act.clone();
            // One that is refused is told by whoever does it; the rows are judged without it.
            if let Ok(events) = decide(&record, &command, &self.knowledge) {
                record = events.iter().fold(record, evolve);
            }
        }
        command.act = act;
        Ok(match &command.act {
            Act::AgreePlan(_) | Act::RevisePlan(_) => {
                judge_lines(&record, &command, &self.knowledge)
            }
            _ => judge_work(&record, &command, &self.knowledge),
        })
    }

    /// Training and practice come from the directory, whatever was sent.
    async fn with_experience(&self, viewer: &Viewer, act: Act) -> Result<Act, Refused> {
        let (Act::RecordSession { session, did, .. }, Viewer::Staff { user, .. }) = (&act, viewer)
        else {
            return Ok(act);
        };
        let found = self.store.user(user).await?;
        let told = found.and_then(|found| found.account.qualification);
        let year = self.today(viewer, self.clock.now()).await?.year();
        let experience = told.map_or_else(Experience::default, |told| Experience {
            training_hours: told.training_hours,
            years_of_practice: told
                .practising_since
                .and_then(|since| u32::try_from(year - since).ok()),
        });
        Ok(Act::RecordSession {
            session: session.clone(),
            did: did.clone(),
            experience,
        })
    }
}

/// What the same request sent twice has in common: who, where and what, whenever it arrives.
fn request(caller: &Caller, episode: &str, acts: &[Act]) -> Result<Option<Request>, Refused> {
    let Some(key) = &caller.request else {
        return Ok(None);
    };
    let by = who(&caller.viewer);
    let what = serde_json::to_vec(&(by, episode, acts)).map_err(|error| Error::Damaged {
        what: format!("an act that cannot be written down ({error})"),
    })?;
    Ok(Some(Request::new(key, &what)))
}
