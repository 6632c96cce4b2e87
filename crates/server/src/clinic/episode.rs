//! Episodes of care: opening a record, and doing something in it.

use cotreat_access::{Action, Relation, Resource, Viewer};
use cotreat_care::decide::{Act, Command, decide};
use cotreat_care::event::{AppraisalShown, EpisodeOpened, Event, Experience, Recorded};
use cotreat_care::record::NotUnderstood;
use cotreat_care::{Appraisal, Record, appraise};
use cotreat_people::event::PatientEvent;
use cotreat_people::stream;
use cotreat_store::clinic::{EpisodeRead, batch};
use cotreat_store::{Batch, Error, Expected, Request};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Caller, Clinic, ENGINE, Refused, acts, new_id, who};

/// A record as it was opened for somebody.
#[derive(Debug)]
pub struct Opened {
    /// What is on record.
    pub record: Record,
    /// Its version: what the next change is made on.
    pub version: u64,
    /// The file it belongs to.
    pub patient: String,
    /// What can be said about the patient today.
    pub appraisal: Appraisal,
    /// What is on record and this release of the knowledge does not understand.
    pub not_understood: Vec<NotUnderstood>,
    /// The name under which what was shown is kept.
    pub shown: String,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The version the episode has now.
    pub version: u64,
    /// It had been done before: the request was repeated.
    pub repeated: bool,
}

impl Clinic {
    /// Opens a record for whoever may see it. That they looked, and what they were shown, is on record before they see it.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn open(&self, caller: &Caller, episode: &str) -> Result<Opened, Refused> {
        let read = self.episode(episode).await?;
        let relation = self
            .permit(&caller.viewer, Action::SeeRecord, &read.patient)
            .await?;
        let now = self.clock.now();
        let today = self.today(&caller.viewer, now).await?;
        let known = read.record.known(&self.knowledge, today);
        let appraisal = appraise(&known.episode, &self.knowledge);
        let json = appraisal.to_json().map_err(|error| Error::Damaged {
            what: format!("an appraisal that cannot be written down ({error})"),
        })?;
        let shown = self
            .store
            .keep_shown(&read.patient, json.as_bytes(), now)
            .await?;
        let looked = Looked {
            episode,
            shown: &shown,
            now,
            today,
        };
        self.note_opening(caller, &read, &relation, &looked).await?;
        Ok(Opened {
            version: read.version,
            patient: relation.patient,
            record: read.record,
            appraisal,
            not_understood: known.not_understood,
            shown,
        })
    }

    /// Opens a new episode for a patient, under the settings of the organisation for which the caller acts. Whoever is no clinician says which of theirs takes the patient on.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the clinic refuse it.
    pub async fn begin(
        &self,
        caller: &Caller,
        patient: &str,
        setting: &str,
        clinician: Option<&str>,
        reopens: Option<String>,
    ) -> Result<String, Refused> {
        let relation = self
            .permit(&caller.viewer, Action::OpenEpisode, patient)
            .await?;
        let settings = self.settings_of(&caller.viewer).await?;
        let taken_on_by = match clinician {
            Some(user) => Some(self.clinician(caller, user).await?),
            None => None,
        };
        let episode = new_id();
        let act = Act::OpenEpisode(EpisodeOpened {
            patient: relation.patient.clone(),
            setting: setting.to_owned(),
            jurisdiction: settings.jurisdiction,
            profile: settings.profile,
            available: None,
            reopens,
            taken_on_by,
        });
        let nothing = EpisodeRead {
            record: Record::default(),
            version: 0,
            patient: relation.patient,
        };
        let asked = Asked {
            episode: &episode,
            expected: Expected::New,
            day: None,
            request: None,
        };
        self.decided(caller, &nothing, act, asked).await?;
        Ok(episode)
    }

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
        let read = self.episode(episode).await?;
        let relation = self.relation(&read.patient, self.clock.now()).await?;
        let resource = about(&act, &relation);
        self.decide(&caller.viewer, acts::action(&act), &resource, &relation)?;
        let act = self.with_experience(&caller.viewer, act).await?;
        let request = request(caller, episode, &act)?;
        if let Some(request) = &request
            && let Some(before) = self.store.answered(request).await?
        {
            return Ok(Done {
                version: read.version,
                repeated: before.repeated,
            });
        }
        if changed_since(&read, seen) {
            return Err(Refused::Changed {
                seen,
                found: read.version,
            });
        }
        let asked = Asked {
            episode,
            expected: Expected::Version(read.version),
            day,
            request,
        };
        self.decided(caller, &read, act, asked).await
    }

    async fn episode(&self, id: &str) -> Result<EpisodeRead, Refused> {
        self.store.episode(id).await?.ok_or(Refused::NotFound)
    }

    /// Lets the rules of the clinic decide, and writes what happens.
    async fn decided(
        &self,
        caller: &Caller,
        read: &EpisodeRead,
        act: Act,
        asked: Asked<'_>,
    ) -> Result<Done, Refused> {
        let at = self.clock.now();
        let today = self.today(&caller.viewer, at).await?;
        let command = Command {
            by: who(&caller.viewer),
            at,
            today,
            day: asked.day.unwrap_or(today),
            act,
        };
        let events = decide(&read.record, &command, &self.knowledge)?;
        let mut batches = vec![batch::episode(
            asked.episode,
            &read.patient,
            asked.expected,
            &events,
        )?];
        if matches!(command.act, Act::AcceptReferral(_)) {
            batches.extend(self.seen_there_too(caller, &read.patient).await?);
        }
        let appended = self
            .store
            .append_for(&batches, asked.request.as_ref())
            .await?;
        Ok(Done {
            version: read.version + events.len() as u64,
            repeated: appended.repeated,
        })
    }

    /// Whoever takes a patient on works somewhere: from then on that organisation sees the patient too, its front desk arranges, and its privacy officer answers.
    async fn seen_there_too(
        &self,
        caller: &Caller,
        patient: &str,
    ) -> Result<Option<Batch>, Refused> {
        let Some(organisation) = caller.viewer.organisation() else {
            return Ok(None);
        };
        let now = self.clock.now();
        let relation = self.relation(patient, now).await?;
        if relation.seen_at.contains(organisation) {
            return Ok(None);
        }
        let seen = PatientEvent::SeenAt {
            organisation: organisation.to_owned(),
        };
        let seen = self.recorded(caller, now, seen);
        Ok(Some(batch::patient(
            &relation.patient,
            Expected::Any,
            &[seen],
        )?))
    }

    /// That somebody looked, and what they saw. What they were shown before, unchanged, is not shown anew.
    async fn note_opening(
        &self,
        caller: &Caller,
        read: &EpisodeRead,
        relation: &Relation,
        looked: &Looked<'_>,
    ) -> Result<(), Refused> {
        let opening = self.recorded(
            caller,
            looked.now,
            PatientEvent::RecordOpened {
                purpose: self.purpose(&caller.viewer, relation),
                what: stream::episode(looked.episode),
            },
        );
        let mut batches = vec![batch::patient(&read.patient, Expected::Any, &[opening])?];
        let by = who(&caller.viewer);
        let before = read.record.shown.iter().rfind(|noted| noted.by == by);
        if before.is_none_or(|noted| noted.what.appraisal != looked.shown) {
            let shown = Recorded {
                version: cotreat_care::event::VERSION,
                by,
                at: looked.now,
                day: looked.today,
                event: Event::AppraisalShown(AppraisalShown {
                    appraisal: looked.shown.to_owned(),
                    engine: ENGINE.to_owned(),
                    knowledge: self.knowledge.hash.clone(),
                }),
            };
            // That it was shown is true whatever else happened in the meantime.
            batches.push(batch::episode(
                looked.episode,
                &read.patient,
                Expected::Any,
                &[shown],
            )?);
        }
        self.store.append_all(&batches, None).await?;
        Ok(())
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

/// Who looked at what, when.
struct Looked<'a> {
    episode: &'a str,
    shown: &'a str,
    now: Timestamp,
    today: Date,
}

/// What an act is done on.
struct Asked<'a> {
    episode: &'a str,
    expected: Expected,
    day: Option<Date>,
    request: Option<Request>,
}

/// Whether anything happened since a version was seen, except that somebody looked.
fn changed_since(read: &EpisodeRead, seen: u64) -> bool {
    let looks = read.record.shown.iter().filter(|noted| noted.nth >= seen);
    read.version.checked_sub(seen) != Some(looks.count() as u64)
}

/// What the same request sent twice has in common: who, where and what, whenever it arrives.
fn request(caller: &Caller, episode: &str, act: &Act) -> Result<Option<Request>, Refused> {
    let Some(key) = &caller.request else {
        return Ok(None);
    };
    let by = who(&caller.viewer);
    let what = serde_json::to_vec(&(by, episode, act)).map_err(|error| Error::Damaged {
        what: format!("an act that cannot be written down ({error})"),
    })?;
    Ok(Some(Request::new(key, &what)))
}

/// What the policies are asked about when somebody does something.
#[must_use]
pub fn about<'a>(act: &'a Act, relation: &'a Relation) -> Resource<'a> {
    match acts::referral(act) {
        Some(referral) => Resource::Referral {
            of: relation,
            referral,
        },
        None => match acts::assignment(act) {
            Some(assignment) => Resource::Assignment {
                of: relation,
                assignment,
            },
            None => Resource::Patient(relation),
        },
    }
}
