//! Patients as persons: registering, finding, correcting, merging, who looked, and the glass.

use std::collections::BTreeSet;

use cotreat_access::{Action, Field, Resource};
use cotreat_people::decide::{self, File, PatientAct, Wish};
use cotreat_people::event::{PatientEvent, Purpose, Recorded};
use cotreat_people::likeness::{Likeness, likeness};
use cotreat_people::{Identity, patient, stream};
use cotreat_store::clinic::ask::{BrokenGlass, EpisodeListed, Found, Opening, PrivateNote};
use cotreat_store::clinic::batch;
use cotreat_store::erasure::Erasure;
use cotreat_store::outbox::Message;
use cotreat_store::{Error, Expected};
use jiff::Timestamp;

use super::{Caller, Clinic, Refused, actor, new_id};
use crate::identity::letter::Letter;

/// So many of those that were found are shown.
const SHOWN: usize = 25;
/// So many of those who looked are shown.
const OPENINGS: u32 = 200;
/// So often something is decided again because somebody else wrote to the same file.
const TRIES: u32 = 5;
/// So many files that might be the same patient are compared.
const COMPARED: usize = 20;

/// What became of registering somebody.
#[derive(Debug)]
pub enum Registered {
    /// They are registered under this id.
    New(String),
    /// They may be registered already; nothing was written.
    Alike(Vec<Alike>),
}

/// A file that may be of the same patient.
#[derive(Debug)]
pub struct Alike {
    /// Its id.
    pub patient: String,
    /// Who it is about.
    pub identity: Identity,
    /// What is the same.
    pub likeness: Likeness,
}

/// A patient as somebody sees them: each part only where it is for them.
#[derive(Debug)]
pub struct Person {
    /// The id of the file that is kept.
    pub patient: String,
    /// Which parts are for whoever asks.
    pub fields: BTreeSet<Field>,
    /// Who they are. Telephone, e-mail and address are left out where they are not for whoever asks.
    pub identity: Identity,
    /// Other files that are read as part of this one.
    pub merged: Vec<String>,
    /// Their episodes of care.
    pub episodes: Vec<EpisodeListed>,
    /// The notes of the organisation for which whoever asks acts.
    pub notes: Vec<PrivateNote>,
    /// Who opened the record.
    pub openings: Vec<Opening>,
    /// Who broke the glass, and why.
    pub glass: Vec<BrokenGlass>,
}

impl Clinic {
    /// Registers a patient with the organisation the caller acts for. Where somebody alike is registered, those whom the caller may find are shown first, unless the caller
    /// says that it is somebody else.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn register(
        &self,
        caller: &Caller,
        identity: Identity,
        somebody_else: bool,
    ) -> Result<Registered, Refused> {
        let organisation = caller
            .viewer
            .organisation()
            .ok_or(Refused::NotFound)?
            .to_owned();
        let resource = Resource::organisation(&organisation);
        self.allow(&caller.viewer, Action::RegisterPatient, &resource)?;
        if !somebody_else {
            let alike = self.alike(caller, &identity).await?;
            if !alike.is_empty() {
                return Ok(Registered::Alike(alike));
            }
        }
        let id = new_id();
        let act = PatientAct::RegisterPatient {
            identity,
            organisation,
        };
        let new = patient::Patient::default();
        self.write_patient(caller, &id, (&new, Expected::New), act, &[])
            .await?;
        Ok(Registered::New(id))
    }

    /// That the caller may register patients of their organisation.
    ///
    /// # Errors
    /// It is not for the caller.
    pub fn may_register(&self, caller: &Caller) -> Result<(), Refused> {
        let organisation = caller.viewer.organisation().ok_or(Refused::NotFound)?;
        let resource = Resource::organisation(organisation);
        self.allow(&caller.viewer, Action::RegisterPatient, &resource)
    }

    /// Whether the caller may open an episode for a patient.
    pub async fn may_open_episode(&self, caller: &Caller, patient: &str) -> bool {
        let may = self.permit(&caller.viewer, Action::OpenEpisode, patient);
        may.await.is_ok()
    }

    /// Who a patient is, for whoever may correct it.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or the store failed.
    pub async fn to_be_corrected(&self, caller: &Caller, id: &str) -> Result<Identity, Refused> {
        let relation = self
            .permit(&caller.viewer, Action::CorrectIdentity, id)
            .await?;
        self.behind_link(&relation.patient).await
    }

    async fn alike(&self, caller: &Caller, identity: &Identity) -> Result<Vec<Alike>, Refused> {
        let sight = self.access.sight(&caller.viewer, Action::FindPatient);
        let found = self
            .store
            .possible_duplicates(&sight, self.clock.now(), identity, COMPARED)
            .await?;
        let mut alike: Vec<Alike> = found
            .into_iter()
            .map(|found| Alike {
                likeness: likeness(identity, &found.identity),
                patient: found.patient,
                identity: found.identity,
            })
            .filter(|alike| alike.likeness.is_alike() || alike.likeness.is_worth_a_look())
            .collect();
        alike.sort_by(|a, b| b.likeness.score.total_cmp(&a.likeness.score));
        Ok(alike)
    }

    /// Finds patients by name, date of birth, telephone or number, whatever the spelling; only those the caller may find.
    ///
    /// # Errors
    /// The store failed.
    pub async fn find(&self, caller: &Caller, typed: &str) -> Result<Vec<Found>, Refused> {
        let sight = self.access.sight(&caller.viewer, Action::FindPatient);
        let now = self.clock.now();
        Ok(self.store.find_patients(&sight, now, typed, SHOWN).await?)
    }

    /// A patient, each part where it is for the caller. That they looked is on record.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn person(&self, caller: &Caller, id: &str) -> Result<Person, Refused> {
        let relation = self.permit(&caller.viewer, Action::SeeIdentity, id).await?;
        let fields = self.access.fields(&caller.viewer, &relation);
        let now = self.clock.now();
        let seeing = |action| self.access.sight(&caller.viewer, action);
        let identity = seeing(Action::SeeIdentity);
        let Some(found) = self.store.patient(&identity, now, id).await? else {
            return Err(Refused::NotFound);
        };
        let kept = found.patient.as_str();
        let mut person = Person {
            identity: shown(found.identity, &fields),
            merged: found
                .files
                .into_iter()
                .filter(|file| file != kept)
                .collect(),
            episodes: Vec::new(),
            notes: Vec::new(),
            openings: Vec::new(),
            glass: Vec::new(),
            fields,
            patient: found.patient.clone(),
        };
        if person.fields.contains(&Field::Clinical) {
            let sight = seeing(Action::SeeRecord);
            person.episodes = self.store.episodes_of(&sight, now, kept).await?;
        }
        if let (true, Some(ours)) = (
            person.fields.contains(&Field::PrivateNotes),
            caller.viewer.organisation(),
        ) {
            let sight = seeing(Action::SeePrivateNote);
            person.notes = self.store.private_notes(&sight, now, kept, ours).await?;
        }
        if person.fields.contains(&Field::Openings) {
            let sight = seeing(Action::SeeOpenings);
            person.openings = self.store.openings(&sight, now, kept, OPENINGS).await?;
            person.glass = self.store.glass_broken(&sight, now, kept, OPENINGS).await?;
        }
        let opened = self.recorded(
            caller,
            now,
            PatientEvent::RecordOpened {
                purpose: self.purpose(&caller.viewer, &relation),
                what: stream::patient(kept),
            },
        );
        let batch = batch::patient(kept, Expected::Any, &[opened])?;
        self.store.append(&batch, None).await?;
        Ok(person)
    }

    /// Corrects who a patient is. Links and codes go to their e-mail address: where it changes, the old one is told.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn correct(
        &self,
        caller: &Caller,
        id: &str,
        identity: Identity,
        reason: String,
    ) -> Result<(), Refused> {
        let relation = self
            .permit(&caller.viewer, Action::CorrectIdentity, id)
            .await?;
        let told = self
            .old_address(caller, &relation.patient, &identity)
            .await?;
        let act = PatientAct::CorrectIdentity { identity, reason };
        self.on_file(caller, &relation.patient, act, &told).await
    }

    /// Writes a note that stays with the organisation for which the caller acts.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn write_note(
        &self,
        caller: &Caller,
        id: &str,
        text: String,
    ) -> Result<String, Refused> {
        let organisation = caller.viewer.organisation().ok_or(Refused::NotFound)?;
        let relation = self.relation(id, self.clock.now()).await?;
        let resource = Resource::PrivateNotes {
            of: &relation,
            organisation,
        };
        self.decide(
            &caller.viewer,
            Action::WritePrivateNote,
            &resource,
            &relation,
        )?;
        let note = new_id();
        let act = PatientAct::WritePrivateNote {
            note: note.clone(),
            organisation: organisation.to_owned(),
            text,
        };
        self.on_file(caller, &relation.patient, act, &[]).await?;
        Ok(note)
    }

    /// Lets the organisation `other` see the patient as well, or lets the caller's own no longer.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn change_where_seen(
        &self,
        caller: &Caller,
        id: &str,
        act: PatientAct,
    ) -> Result<(), Refused> {
        self.patient_act(caller, Action::ChangeWhereSeen, id, act)
            .await
    }

    /// Breaks the glass: the record is open to the caller for four hours. The privacy officer of every organisation that sees the patient is told, and the patient sees it.
    ///
    /// # Errors
    /// It is not for the caller, or the reason says nothing.
    pub async fn break_glass(
        &self,
        caller: &Caller,
        id: &str,
        reason: String,
    ) -> Result<(), Refused> {
        let now = self.clock.now();
        let relation = self.relation(id, now).await?;
        let resource = Resource::Patient(&relation);
        self.allow(&caller.viewer, Action::BreakGlass, &resource)?;
        let told = self.privacy_officers(&relation, now).await?;
        let act = PatientAct::BreakGlass { reason };
        self.on_file(caller, &relation.patient, act, &told).await
    }

    /// Reads a file as part of another.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn merge(
        &self,
        caller: &Caller,
        kept: &str,
        merged: &str,
        reason: String,
    ) -> Result<(), Refused> {
        self.permit_both(caller, kept, merged).await?;
        let act = PatientAct::MergeFile {
            this: self.file(kept).await?,
            other: self.file(merged).await?,
            reason,
        };
        self.on_file(caller, kept, act, &[]).await
    }

    /// Reads two files as two patients again.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn unmerge(
        &self,
        caller: &Caller,
        kept: &str,
        merged: &str,
        reason: String,
    ) -> Result<(), Refused> {
        self.permit_both(caller, kept, merged).await?;
        let act = PatientAct::UnmergeFile {
            other: merged.to_owned(),
            reason,
        };
        self.on_file(caller, kept, act, &[]).await
    }

    /// Erases a patient: their key is deleted, and nothing about them can be read again. That it was done, who asked and why stays on record.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn erase(
        &self,
        caller: &Caller,
        id: &str,
        asked_by: &str,
        reason: &str,
    ) -> Result<(), Refused> {
        let now = self.clock.now();
        let relation = self.relation(id, now).await?;
        let resource = Resource::Patient(&relation);
        self.decide(&caller.viewer, Action::ErasePatient, &resource, &relation)?;
        if asked_by.trim().is_empty() || reason.trim().is_empty() {
            return Err(Refused::Incomplete {
                says: "Nothing is erased: it must be on record who asked for it, and why it is lawful.",
            });
        }
        let files = self.files(&relation.patient, now).await?;
        self.store
            .erase(&Erasure {
                persons: files,
                actor: actor(&caller.viewer).id().to_owned(),
                asked_by: asked_by.to_owned(),
                reason: reason.to_owned(),
                at: now,
            })
            .await?;
        Ok(())
    }

    async fn permit_both(&self, caller: &Caller, kept: &str, merged: &str) -> Result<(), Refused> {
        let now = self.clock.now();
        let (kept, merged) = (
            self.relation(kept, now).await?,
            self.relation(merged, now).await?,
        );
        let resource = Resource::Files {
            kept: &kept,
            merged: &merged,
        };
        self.decide(&caller.viewer, Action::MergePatients, &resource, &kept)
    }

    async fn files(&self, patient: &str, now: Timestamp) -> Result<Vec<String>, Refused> {
        let found = self.store.relation(patient, now).await?;
        Ok(found.ok_or(Refused::NotFound)?.files.into_iter().collect())
    }

    async fn file(&self, id: &str) -> Result<File, Refused> {
        let relation = self.relation(id, self.clock.now()).await?;
        Ok(File {
            read_as: (relation.patient != id).then_some(relation.patient),
            id: id.to_owned(),
        })
    }

    /// Messages to the privacy officers of the organisations that see a patient. They name nobody: who and why stands in the record.
    async fn privacy_officers(
        &self,
        relation: &cotreat_access::Relation,
        now: Timestamp,
    ) -> Result<Vec<Message>, Refused> {
        let mut told = Vec::new();
        for organisation in &relation.seen_at {
            let Some(found) = self.store.organisation(organisation).await? else {
                continue;
            };
            let Some(officer) = found.privacy_officer else {
                continue;
            };
            let body = serde_json::json!({ "to": officer, "organisation": organisation, "patient": relation.patient });
            told.push(Message {
                topic: "glass_broken".to_owned(),
                body: body.to_string().into_bytes(),
                due_at: now,
            });
        }
        Ok(told)
    }

    /// A letter to the address a patient had, when they are given another one.
    async fn old_address(
        &self,
        caller: &Caller,
        patient: &str,
        new: &Identity,
    ) -> Result<Vec<Message>, Refused> {
        let old = self.behind_link(patient).await?.email;
        let Some(old) = old.filter(|old| new.email.as_ref() != Some(old)) else {
            return Ok(Vec::new());
        };
        let clinic = self.settings_of(&caller.viewer).await?.name;
        let letter = Letter::address_changed(&old, &clinic);
        let letter = letter
            .message(self.clock.now())
            .map_err(|_| Error::Damaged {
                what: "a letter that cannot be written down".to_owned(),
            })?;
        Ok(vec![letter])
    }

    async fn patient_act(
        &self,
        caller: &Caller,
        action: Action,
        id: &str,
        act: PatientAct,
    ) -> Result<(), Refused> {
        let relation = self.permit(&caller.viewer, action, id).await?;
        self.on_file(caller, &relation.patient, act, &[]).await
    }

    /// Lets the rules of the directory decide about a file, and writes what happens. Somebody who looked in the meantime changes nothing: it is decided again on what is there then.
    async fn on_file(
        &self,
        caller: &Caller,
        id: &str,
        act: PatientAct,
        messages: &[Message],
    ) -> Result<(), Refused> {
        let mut tries = 0;
        loop {
            let (state, seen) = self.state_of(id).await?;
            let seen = (&state, Expected::Version(seen));
            let done = self
                .write_patient(caller, id, seen, act.clone(), messages)
                .await;
            match done {
                Err(Refused::Changed { .. }) if tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }

    /// A file as its events add up, and how many there are.
    async fn state_of(&self, id: &str) -> Result<(patient::Patient, u64), Refused> {
        let (events, version) = self.told(&stream::patient(id)).await?;
        let state = events
            .iter()
            .fold(patient::Patient::default(), patient::evolve);
        Ok((state, version))
    }

    async fn write_patient(
        &self,
        caller: &Caller,
        id: &str,
        (state, expected): (&patient::Patient, Expected),
        act: PatientAct,
        messages: &[Message],
    ) -> Result<(), Refused> {
        let at = self.clock.now();
        let wish = Wish {
            by: actor(&caller.viewer),
            at,
            today: self.today(&caller.viewer, at).await?,
            act,
        };
        let events = decide::patient(state, &wish)?;
        let mut batch = batch::patient(id, expected, &events)?;
        batch.messages = messages.to_vec();
        self.store.append(&batch, None).await?;
        Ok(())
    }

    /// An event of a patient, as the caller makes it.
    pub(super) fn recorded(
        &self,
        caller: &Caller,
        at: Timestamp,
        event: PatientEvent,
    ) -> Recorded<PatientEvent> {
        Recorded {
            version: cotreat_people::event::VERSION,
            by: actor(&caller.viewer),
            at,
            event,
        }
    }

    /// What a record is opened for.
    pub(super) fn purpose(
        &self,
        viewer: &cotreat_access::Viewer,
        relation: &cotreat_access::Relation,
    ) -> Purpose {
        use cotreat_access::Viewer;
        match viewer {
            Viewer::Patient { .. } | Viewer::Task { .. } => Purpose::OwnRecord,
            Viewer::Outsider { .. } => Purpose::Care,
            Viewer::Staff {
                user, organisation, ..
            } => {
                let shared = relation.shared_by.contains(organisation)
                    && relation.seen_at.contains(organisation);
                let clinical = self
                    .access
                    .decide(viewer, Action::SeeRecord, &Resource::Patient(relation))
                    .allowed;
                match (clinical, relation.team.contains(user) || shared) {
                    (true, false) => Purpose::Emergency,
                    (true, true) => Purpose::Care,
                    (false, _) => Purpose::Administration,
                }
            }
            _ => Purpose::Administration,
        }
    }
}

/// The identity without what is not for whoever asks.
fn shown(identity: Identity, fields: &BTreeSet<Field>) -> Identity {
    if fields.contains(&Field::Contact) {
        return identity;
    }
    Identity {
        phone: None,
        email: None,
        address: None,
        number_elsewhere: None,
        ..identity
    }
}
