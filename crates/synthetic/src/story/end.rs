//! How episodes end, and begin again.

use cotreat_care::decide::Act;
use cotreat_care::event::EpisodeClosed;
use cotreat_people::decide::PatientAct;
use jiff::civil::Date;

use super::act::Done;
use super::{File, Step, Story};
use crate::course::Course;
use crate::fate::Fate;

/// Why an episode ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// All is well.
    Recovered,
    /// Care goes on in hospital.
    Hospital,
    /// The patient stayed away.
    Gone,
    /// The patient wants no treatment.
    Unwanted,
}

impl Story<'_> {
    /// Whoever is responsible ends the episode; what stood in the diary is off.
    pub(super) fn close(&mut self, day: Date, why: Why) -> Done {
        if why == Why::Gone && !self.draws.happens(self.tables().habits.given_up) {
            return Ok(());
        }
        let staff = self.responsible();
        self.sees(staff, day)?;
        let words = self.words();
        let reason = self.draws.words(match why {
            Why::Recovered => &words.closed_recovered,
            Why::Hospital => &words.closed_hospital,
            Why::Gone => &words.closed_gone,
            Why::Unwanted => &words.closed_unwanted,
        });
        self.staff_acts(staff, Act::CloseEpisode(EpisodeClosed { reason }))?;
        self.diary.clear();
        self.leave_practices()?;
        if self.row.id == Fate::Reopened && !self.returned {
            self.plan_in(self.tables().days.to_return, Step::Return);
        }
        Ok(())
    }

    /// The practices that came in by a referral no longer see the patient.
    fn leave_practices(&mut self) -> Done {
        for practice in std::mem::replace(&mut self.seen_at, vec![self.home]) {
            if practice == self.home {
                continue;
            }
            let desk = self.desk(practice);
            let left = PatientAct::NoLongerSeeAt {
                organisation: self.practice(practice).id.clone(),
                reason: self.draws.words(&self.words().no_longer_seen),
            };
            self.note(&self.staff(desk).actor, left)?;
        }
        Ok(())
    }

    /// The patient comes back: a new episode that names the one it takes up again.
    pub(super) fn come_back(&mut self, day: Date) -> Done {
        self.returned = true;
        self.at_practice(self.home, day)?;
        let id = self.draws.id();
        let mut next = File::new(id, self.file.patient.clone(), self.today());
        std::mem::swap(&mut next.person, &mut self.file.person);
        let before = std::mem::replace(&mut self.file, next);
        self.lead = None;
        self.lines.clear();
        self.referrals.clear();
        self.course = Course::new(
            self.course.first * self.tables().score.again,
            self.tables().course(self.row),
        );
        self.open_episode(Some(before.id))?;
        self.ask(self.file.began, 0)?;
        self.plan_for(self.file.began, Step::Intake);
        self.plan_in(self.tables().days.to_first_visit, Step::Visit);
        self.plan_waves();
        Ok(())
    }
}
