//! How people come: registered, an episode opened, asked for what they can tell themselves.

use cotreat_care::decide::Act;
use cotreat_care::event::{ConsentGiven, EpisodeOpened, FactsRecorded, Giver, Stated, Who};
use cotreat_knowledge::format::Asked;
use cotreat_people::decide::PatientAct;
use cotreat_people::event::Actor;
use jiff::civil::Date;

use super::act::Done;
use super::{Step, Story};
use crate::calendar::{ahead, later};
use crate::fate::Fate;
use crate::{person, picture};

/// Minutes it takes to register somebody.
const REGISTERING: i64 = 15;

impl Story<'_> {
    /// The front desk registers the patient, and whoever they come to opens an episode.
    pub(super) fn register(&mut self, day: Date) -> Done {
        self.at_practice(self.home, day)?;
        self.take_down()?;
        self.ask(self.file.began, 0)?;
        self.plan_for(self.file.began, Step::Intake);
        match self.row.id {
            Fate::WaitingForAnswers => {
                self.plan_in(self.tables().days.to_look, Step::Question(0));
                return Ok(());
            }
            Fate::Merged => self.plan_in(self.tables().days.to_second_file, Step::SecondFile),
            Fate::WithdrawsConsent => {
                self.plan_in(self.tables().days.to_withdrawal, Step::Withdraw)
            }
            Fate::Relapses => self.plan_in(self.tables().days.to_relapse, Step::BackAgain),
            _ => {}
        }
        self.plan_in(self.tables().days.to_first_visit, Step::Visit);
        self.plan_waves();
        Ok(())
    }

    /// The same within the last hour, whatever the clock says; nothing more has happened yet.
    pub(super) fn arrive_now(&mut self) -> Done {
        let hours = &self.practice(self.home).hours;
        let midnight = hours.instant(hours.day_of(self.clinic.now), 0);
        let ago = ahead(
            self.clinic.now,
            -self.draws.between(self.tables().since.new),
        );
        self.moment = ago.max(midnight);
        self.until = self.clinic.now;
        self.file.began = hours.day_of(self.moment);
        // Just after midnight there may be less time than all of it takes.
        if ahead(self.moment, REGISTERING) < self.until {
            self.take_down()?;
            self.assign(0)?;
        } else {
            self.register_person()?;
        }
        Ok(())
    }

    fn take_down(&mut self) -> Done {
        let desk = self.register_person()?;
        self.open_episode(None)?;
        let (habits, purposes) = (&self.tables().habits, &self.words().purposes);
        let asked = [
            (habits.agrees_to_research, &purposes.research),
            (habits.agrees_to_messages, &purposes.messages),
        ];
        for (share, purpose) in asked {
            if self.draws.happens(share) || self.row.id == Fate::WithdrawsConsent {
                let given = ConsentGiven {
                    purpose: purpose.clone(),
                    given_by: Giver::Patient,
                };
                self.staff_acts(desk, Act::GiveConsent(given))?;
            }
        }
        Ok(())
    }

    /// The desk that did it.
    fn register_person(&mut self) -> Result<usize, super::No> {
        let desk = self.desk(self.home);
        let registered = PatientAct::RegisterPatient {
            identity: self.identity.clone(),
            organisation: self.practice(self.home).id.clone(),
        };
        self.note(&self.staff(desk).actor, registered)?;
        Ok(desk)
    }

    /// Whoever the patient came to opens an episode, anew or after another one.
    pub(super) fn open_episode(&mut self, reopens: Option<String>) -> Done {
        self.file.began = self.today();
        self.open_as(self.first, reopens)
    }

    /// A clinician opens the episode of the present file.
    pub(super) fn open_as(&mut self, staff: usize, reopens: Option<String>) -> Done {
        let practice = self.practice(self.staff(staff).practice);
        let opened = EpisodeOpened {
            patient: self.file.patient.clone(),
            setting: practice.setting.clone(),
            jurisdiction: practice.settings.jurisdiction.clone(),
            profile: practice.settings.profile.clone(),
            available: None,
            reopens,
            taken_on_by: None,
        };
        self.staff_acts(staff, Act::OpenEpisode(opened))
    }

    /// The patient tells at home what they can tell themselves.
    pub(super) fn intake(&mut self, day: Date) -> Done {
        self.at_home(day)?;
        let mut facts = self.told(Asked::Patient);
        if self.row.id == Fate::WaitingForAnswers {
            // They stopped half-way.
            facts.truncate(facts.len() / 2);
        }
        if !facts.is_empty() {
            let told = FactsRecorded {
                facts,
                ..FactsRecorded::default()
            };
            self.act(&Who::Patient, Act::RecordFacts(told))?;
        }
        if self.row.id != Fate::WaitingForAnswers {
            self.medicines()?;
        }
        if self.draws.happens(self.tables().habits.new_telephone) {
            self.new_telephone()?;
        }
        Ok(())
    }

    /// What the picture tells that the patient, or a clinician, is asked for.
    pub(super) fn told(&self, of: Asked) -> Vec<Stated> {
        let (knowledge, today) = (self.clinic.knowledge, self.today());
        let facts = self.picture.facts.iter();
        facts
            .filter(|fact| knowledge.findings[fact.finding].asked_of == of)
            .map(|fact| picture::stated(fact, self.picture.as_of, today, knowledge))
            .collect()
    }

    fn new_telephone(&mut self) -> Done {
        self.identity.phone = Some(person::telephone(
            &self.clinic.sheets.names,
            &mut self.draws,
        ));
        let corrected = PatientAct::CorrectIdentity {
            identity: self.identity.clone(),
            reason: self.draws.words(&self.words().corrected),
        };
        self.note(&Actor::Patient, corrected)
    }

    /// Every later wave, some days before it is due.
    pub(super) fn plan_waves(&mut self) {
        for (at, wave) in self.tables().waves.iter().enumerate().skip(1) {
            let asked = later(self.file.began, wave.week * 7 - wave.asked_before);
            self.plan_for(asked, Step::Ask(at));
        }
    }
}
