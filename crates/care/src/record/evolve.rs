//! The record after one more event: total, and nothing that was known is thrown away.

use super::{
    AgreedPlan, AppraisalDue, ConsentSpan, Noted, QuestionRecord, Record, SessionRecord,
    SessionVersion, referral, team,
};
use crate::event::{Event, Recorded, Seriousness, SessionRecorded};

/// The record after one more event.
#[must_use]
pub fn evolve(mut record: Record, recorded: &Recorded) -> Record {
    let note = Note {
        nth: record.events,
        recorded,
    };
    record.events += 1;
    match &recorded.event {
        Event::EpisodeOpened(_) | Event::EpisodeClosed(_) => record.frame(&note),
        Event::FactsRecorded(_)
        | Event::AlarmCleared(_)
        | Event::AppraisalShown(_)
        | Event::PatientWarned(_)
        | Event::AlertTaken(_) => {
            record.assessment(&note);
        }
        Event::PlanAgreed(_) | Event::PlanRevised(_) => record.plan(&note),
        Event::ReferralDrafted(_)
        | Event::ReferralSent(_)
        | Event::ReferralAccepted(_)
        | Event::ReferralDeclined(_)
        | Event::ReferralScheduled(_)
        | Event::ReferralStarted(_)
        | Event::ReferralMissed(_)
        | Event::ReferralCompleted(_)
        | Event::ReferralCancelled(_)
        | Event::ReferralReopened(_) => referral::evolve(&mut record, recorded),
        Event::CareTeamLeft(left) => {
            team::leave(&mut record.team, &left.practitioner, recorded.day)
        }
        Event::SessionRecorded(_) | Event::SessionAmended(_) | Event::AdverseEventRecorded(_) => {
            record.treatment(&note);
        }
        Event::InstrumentAssigned(_)
        | Event::InstrumentAnswered(_)
        | Event::MedicationRecorded(_) => record.measurement(&note),
        Event::QuestionAsked(_) | Event::QuestionAnswered(_) => record.question(&note),
        Event::TreatmentConsentGiven(_)
        | Event::SafetyNetGiven(_)
        | Event::ConsentGiven(_)
        | Event::ConsentWithdrawn(_) => record.consent(&note),
        Event::PatientsMerged(_) | Event::PatientsUnmerged(_) => record.identity(&note),
    }
    record
}

/// An event on its way into the record.
struct Note<'a> {
    nth: u64,
    recorded: &'a Recorded,
}

impl Note<'_> {
    fn of<T>(&self, what: T) -> Noted<T> {
        Noted {
            nth: self.nth,
            by: self.recorded.by.clone(),
            at: self.recorded.at,
            day: self.recorded.day,
            what,
        }
    }
}

impl Record {
    fn frame(&mut self, note: &Note<'_>) {
        match &note.recorded.event {
            // A second opening can mean nothing: the first one stands.
            Event::EpisodeOpened(opened) if self.opened.is_none() => {
                self.opened = Some(note.of(opened.clone()));
                let first = opened.taken_on_by.as_ref();
                let first = first.unwrap_or(&note.recorded.by);
                team::join(&mut self.team, first, note.recorded.day, None);
            }
            Event::EpisodeClosed(closed) if self.closed.is_none() => {
                self.closed = Some(note.of(closed.clone()));
                team::end(&mut self.team, note.recorded.day);
            }
            _ => {}
        }
    }

    fn assessment(&mut self, note: &Note<'_>) {
        match &note.recorded.event {
            Event::FactsRecorded(recorded) => {
                self.facts
                    .extend(recorded.facts.iter().cloned().map(|fact| note.of(fact)));
                self.wishes
                    .extend(recorded.wishes.iter().cloned().map(|one| note.of(one)));
                self.elsewhere
                    .extend(recorded.elsewhere.iter().cloned().map(|one| note.of(one)));
                self.drawings
                    .extend(recorded.drawing.iter().cloned().map(|one| note.of(one)));
            }
            Event::AlarmCleared(cleared) => self.cleared.push(note.of(cleared.clone())),
            Event::PatientWarned(warned) => self.warnings.push(note.of(warned.clone())),
            Event::AlertTaken(taken) => self.alerts_taken.push(note.of(taken.clone())),
            Event::AppraisalShown(shown) => {
                self.shown.push(note.of(shown.clone()));
                self.appraisal_due = None;
            }
            _ => {}
        }
    }

    fn plan(&mut self, note: &Note<'_>) {
        let (plan, reason) = match &note.recorded.event {
            Event::PlanAgreed(agreed) => (&agreed.plan, None),
            Event::PlanRevised(revised) => (&revised.plan, Some(revised.reason.clone())),
            _ => return,
        };
        let plan = plan.clone();
        self.plans.push(note.of(AgreedPlan { plan, reason }));
        team::join(&mut self.team, &note.recorded.by, note.recorded.day, None);
    }

    fn treatment(&mut self, note: &Note<'_>) {
        match &note.recorded.event {
            Event::SessionRecorded(recorded) => self.session(note, recorded),
            Event::SessionAmended(amended) => {
                let version = note.of(SessionVersion {
                    did: amended.did.clone(),
                    stopped: amended.stopped,
                    reason: Some(amended.reason.clone()),
                });
                let Some(session) = self.sessions.get_mut(&amended.session) else {
                    return;
                };
                session.versions.push(version);
                self.due_where(amended.stopped, AppraisalDue::SymptomsSpread, note);
            }
            Event::AdverseEventRecorded(adverse) => {
                self.adverse_events.push(note.of(adverse.clone()));
                let serious = adverse.seriousness == Seriousness::Serious;
                self.due_where(serious, AppraisalDue::SeriousAdverseEvent, note);
            }
            _ => {}
        }
    }

    /// A session whose id was given before is one more version of it: nothing is lost.
    fn session(&mut self, note: &Note<'_>, recorded: &SessionRecorded) {
        let version = note.of(SessionVersion {
            did: recorded.did.clone(),
            stopped: recorded.stopped,
            reason: None,
        });
        self.sessions
            .entry(recorded.session.clone())
            .or_insert_with(|| SessionRecord {
                profession: recorded.profession.clone(),
                experience: recorded.experience,
                versions: Vec::new(),
            })
            .versions
            .push(version);
        self.due_where(recorded.stopped, AppraisalDue::SymptomsSpread, note);
    }

    fn due_where(&mut self, due: bool, why: AppraisalDue, note: &Note<'_>) {
        if due {
            self.appraisal_due = Some(note.of(why));
        }
    }

    fn measurement(&mut self, note: &Note<'_>) {
        match &note.recorded.event {
            Event::InstrumentAssigned(assigned) => {
                self.assignments
                    .insert(assigned.assignment.clone(), note.of(assigned.clone()));
            }
            Event::InstrumentAnswered(answered) => self.answers.push(note.of(answered.clone())),
            Event::MedicationRecorded(taken) => self.medication.push(note.of(taken.clone())),
            _ => {}
        }
    }

    fn question(&mut self, note: &Note<'_>) {
        match &note.recorded.event {
            Event::QuestionAsked(asked) => {
                let asked_now = note.of(asked.text.clone());
                self.questions
                    .entry(asked.question.clone())
                    .or_insert_with(|| QuestionRecord {
                        asked: asked_now,
                        answers: Vec::new(),
                    });
            }
            Event::QuestionAnswered(answered) => {
                if let Some(question) = self.questions.get_mut(&answered.question) {
                    question.answers.push(note.of(answered.text.clone()));
                }
            }
            _ => {}
        }
    }

    fn consent(&mut self, note: &Note<'_>) {
        match &note.recorded.event {
            Event::TreatmentConsentGiven(given) => {
                self.treatment_consents.push(note.of(given.clone()));
            }
            Event::SafetyNetGiven(given) => self.safety_nets.push(note.of(given.clone())),
            Event::ConsentGiven(given) if !self.consents_to(&given.purpose) => self
                .consents
                .entry(given.purpose.clone())
                .or_default()
                .push(ConsentSpan {
                    from: note.recorded.day,
                    to: None,
                }),
            Event::ConsentWithdrawn(withdrawn) => {
                self.withdrawals.push(note.of(withdrawn.clone()));
                let spans = self.consents.get_mut(&withdrawn.purpose);
                if let Some(span) = spans.and_then(|spans| spans.last_mut()) {
                    span.to.get_or_insert(note.recorded.day);
                }
            }
            _ => {}
        }
    }

    fn identity(&mut self, note: &Note<'_>) {
        match &note.recorded.event {
            // A patient merged with itself can mean nothing.
            Event::PatientsMerged(merged) if merged.kept != merged.merged => {
                self.merged
                    .insert((merged.kept.clone(), merged.merged.clone()));
                self.mergings.push(note.of(merged.clone()));
            }
            Event::PatientsUnmerged(unmerged) => {
                self.merged
                    .remove(&(unmerged.kept.clone(), unmerged.merged.clone()));
            }
            _ => {}
        }
    }
}
