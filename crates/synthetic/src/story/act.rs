//! How people do things in a story: at a time of day, by asking what may be done, and by noting what came of it.

use cotreat_care::decide::{Act, Command, Refused};
use cotreat_care::event::Who;
use cotreat_care::{Conclusions, Episode, conclude, decide, evolve};
use cotreat_people::decide::{PatientAct, Wish, patient};
use cotreat_people::event::{Actor, Purpose};
use cotreat_people::patient::evolve as with;
use cotreat_people::stream;
use jiff::civil::Date;

use super::Story;
use crate::calendar::{ahead, later};
use crate::entry::Entry;

/// Whether something was done.
pub(super) type Done = Result<(), No>;

/// Why something was not done.
#[derive(Debug)]
pub(super) enum No {
    /// It would lie after the end of the story.
    Over,
    /// It was refused: why, for what finds another way, and in words.
    Refused(Option<Refused>, String),
}

/// Minutes of the day in which people sit at home and answer.
const EVENING: [i64; 2] = [18 * 60, 21 * 60];
/// A visit takes no longer, in minutes; none begins later than that before a practice closes.
const VISIT: i64 = 120;

impl Story<'_> {
    /// Goes on to a time in the hours of a practice: on this day, or on the next one on which it is open and there is time left.
    pub(super) fn at_practice(&mut self, practice: usize, day: Date) -> Done {
        let hours = &self.practice(practice).hours;
        let [opens, closes] = hours.minutes();
        let mut day = hours.next_open(day.max(hours.day_of(self.moment)));
        if hours.instant(day, closes - VISIT) < self.moment {
            day = hours.next_open(later(day, 1));
        }
        let minute = self.draws.between([opens, closes - VISIT]);
        self.go_on_at(hours.instant(day, minute))
    }

    /// Goes on to an evening at home.
    pub(super) fn at_home(&mut self, day: Date) -> Done {
        let hours = &self.practice(self.home).hours;
        let day = day.max(hours.day_of(self.moment));
        let minute = self.draws.between(EVENING);
        self.go_on_at(hours.instant(day, minute))
    }

    /// Some minutes pass.
    pub(super) fn pass(&mut self, minutes: [i64; 2]) -> Done {
        let minutes = self.draws.between(minutes);
        self.go_on_at(ahead(self.moment, minutes))
    }

    fn go_on_at(&mut self, at: jiff::Timestamp) -> Done {
        // Time never runs backwards.
        self.moment = self.moment.max(at);
        if self.moment < self.until {
            Ok(())
        } else {
            Err(No::Over)
        }
    }

    /// The day where the patient's first practice is.
    pub(super) fn today(&self) -> Date {
        self.practice(self.home).hours.day_of(self.moment)
    }

    /// Somebody does something in the episode.
    pub(super) fn act(&mut self, by: &Who, act: Act) -> Done {
        self.pass(self.tables().minutes.between_steps)?;
        let today = self.today();
        let command = Command {
            by: by.clone(),
            at: self.moment,
            today,
            day: today,
            act,
        };
        let decided = decide(&self.file.record, &command, self.clinic.knowledge);
        let refused =
            |no: cotreat_care::decide::Refusal| No::Refused(Some(no.refused), no.to_string());
        for event in decided.map_err(refused)? {
            let record = std::mem::take(&mut self.file.record);
            self.file.record = evolve(record, &event);
            self.entries.push(Entry::Episode {
                id: self.file.id.clone(),
                patient: self.file.patient.clone(),
                event,
            });
        }
        Ok(())
    }

    /// A clinician or somebody at a desk does something in the episode.
    pub(super) fn staff_acts(&mut self, staff: usize, act: Act) -> Done {
        self.act(self.who(staff), act)
    }

    /// Somebody does something with the patient's file.
    pub(super) fn note(&mut self, by: &Actor, act: PatientAct) -> Done {
        self.pass([1, 1])?;
        let wish = Wish {
            by: by.clone(),
            at: self.moment,
            today: self.today(),
            act,
        };
        let decided = patient(&self.file.person, &wish);
        for event in decided.map_err(|no| No::Refused(None, no.to_string()))? {
            let person = std::mem::take(&mut self.file.person);
            self.file.person = with(person, &event);
            self.entries.push(Entry::Patient {
                id: self.file.patient.clone(),
                event,
            });
        }
        Ok(())
    }

    /// Somebody opens the record.
    pub(super) fn open_record(&mut self, staff: usize, purpose: Purpose) -> Done {
        self.opens(&self.staff(staff).actor, purpose)
    }

    /// The patient looks at their own record.
    pub(super) fn looks(&mut self) -> Done {
        self.opens(&Actor::Patient, Purpose::OwnRecord)
    }

    fn opens(&mut self, by: &Actor, purpose: Purpose) -> Done {
        let what = stream::episode(&self.file.id);
        self.note(by, PatientAct::OpenRecord { purpose, what })
    }

    /// A clinician has the patient before them: at their practice, with the record open.
    pub(super) fn sees(&mut self, staff: usize, day: Date) -> Done {
        self.at_practice(self.staff(staff).practice, day)?;
        self.open_record(staff, Purpose::Care)
    }

    /// Somebody at the front desk of a practice.
    pub(super) fn desk(&mut self, practice: usize) -> usize {
        let desk = self.clinic.directory.desk(practice);
        self.draws.one(&desk).copied().unwrap_or(self.first)
    }

    /// What is known now, and what follows from it.
    pub(super) fn concluded(&self) -> (Episode, Conclusions) {
        let knowledge = self.clinic.knowledge;
        let episode = self.file.record.known(knowledge, self.today()).episode;
        let conclusions = conclude(&episode, knowledge);
        (episode, conclusions)
    }
}
