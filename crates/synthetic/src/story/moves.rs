//! What becomes of a referral, move by move: answered, scheduled, missed, begun, reported.

use cotreat_care::decide::Act;
use cotreat_care::event::{
    ReferralAccepted, ReferralDeclined, ReferralMissed, ReferralReopened, ReferralScheduled,
    ReferralStarted,
};
use cotreat_people::decide::PatientAct;
use jiff::civil::Date;

use super::act::Done;
use super::refer::{Ask, Asked, Plot};
use super::{Step, Story};
use crate::calendar::later;

/// The next thing that happens to a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Whoever it went to answers.
    Answer,
    /// It goes to somebody else.
    Elsewhere,
    /// The patient does not come.
    Miss,
    /// The patient comes.
    Start,
    /// It is finished with a report.
    Report,
}

impl Story<'_> {
    /// The next thing that happens to a referral.
    pub(super) fn move_on(&mut self, day: Date, at: usize, next: Move) -> Done {
        if at >= self.referrals.len() {
            return Ok(());
        }
        match next {
            Move::Answer => self.answer_referral(day, at),
            Move::Elsewhere => self.send_elsewhere(day, at),
            Move::Miss => self.miss(day, at),
            Move::Start if self.away => self.miss(day, at),
            Move::Start => self.start(day, at),
            Move::Report => self.report(day, at),
        }
    }

    fn answer_referral(&mut self, day: Date, at: usize) -> Done {
        let Asked {
            id, to, ask, plot, ..
        } = self.referrals[at].clone();
        if plot == Some(Plot::Overdue) {
            return Ok(());
        }
        if ask == Ask::Rescue {
            // An emergency waits for no opening hours.
            self.pass(self.tables().minutes.to_emergency)?;
        } else {
            self.at_practice(self.staff(to).practice, day)?;
        }
        if plot == Some(Plot::Declined) {
            self.referrals[at].plot = None;
            let reason = self.draws.words(&self.words().declined);
            let declined = ReferralDeclined {
                referral: id,
                reason,
            };
            self.staff_acts(to, Act::DeclineReferral(declined))?;
            self.plan_in(
                self.tables().days.to_reply,
                Step::Refer(at, Move::Elsewhere),
            );
            return Ok(());
        }
        let accepted = ReferralAccepted { referral: id };
        self.staff_acts(to, Act::AcceptReferral(accepted))?;
        self.seen_there(to)?;
        if ask == Ask::Rescue {
            return self.start_now(at);
        }
        let practice = self.staff(to).practice;
        let desk = self.desk(practice);
        self.schedule(at, desk)
    }

    /// The patient is seen at one more practice.
    fn seen_there(&mut self, staff: usize) -> Done {
        let practice = self.staff(staff).practice;
        if self.seen_at.contains(&practice) {
            return Ok(());
        }
        self.seen_at.push(practice);
        let seen = PatientAct::SeeAt {
            organisation: self.practice(practice).id.clone(),
        };
        self.note(&self.staff(staff).actor, seen)
    }

    pub(super) fn schedule(&mut self, at: usize, desk: usize) -> Done {
        let Asked { id, to, plot, .. } = self.referrals[at].clone();
        let days = self.draws.between(self.tables().days.to_appointment);
        let hours = &self.practice(self.staff(to).practice).hours;
        let appointment = hours.next_open(later(self.today(), days));
        let scheduled = ReferralScheduled {
            referral: id,
            appointment,
        };
        self.staff_acts(desk, Act::ScheduleReferral(scheduled))?;
        let next = if plot == Some(Plot::Missed) {
            Move::Miss
        } else {
            Move::Start
        };
        self.plan_for(appointment, Step::Refer(at, next));
        Ok(())
    }

    /// Somebody else of the same profession is asked; where there is nobody else, the same again.
    fn send_elsewhere(&mut self, day: Date, at: usize) -> Done {
        let Asked { id, from, to, .. } = self.referrals[at].clone();
        self.sees(from, day)?;
        let note = self.draws.words(&self.words().reopened);
        let reopened = ReferralReopened { referral: id, note };
        self.staff_acts(from, Act::ReopenReferral(reopened))?;
        let profession = self.staff(to).profession;
        let mut others = self
            .clinic
            .directory
            .of_profession(|own| Some(own) == profession);
        others.retain(|other| *other != to && *other != from);
        if let Some(other) = self.draws.one(&others).copied() {
            self.referrals[at].to = other;
            for line in self.lines.iter_mut().filter(|line| line.staff == to) {
                line.staff = other;
            }
        }
        self.send(at)
    }

    fn miss(&mut self, day: Date, at: usize) -> Done {
        self.referrals[at].plot = None;
        let Asked { id, to, .. } = self.referrals[at].clone();
        let practice = self.staff(to).practice;
        self.at_practice(practice, day)?;
        let desk = self.desk(practice);
        self.staff_acts(desk, Act::MissReferral(ReferralMissed { referral: id }))?;
        if self.away {
            return Ok(());
        }
        self.schedule(at, desk)
    }

    fn start(&mut self, day: Date, at: usize) -> Done {
        let to = self.referrals[at].to;
        self.sees(to, day)?;
        self.start_now(at)
    }

    fn start_now(&mut self, at: usize) -> Done {
        let Asked { id, to, ask, .. } = self.referrals[at].clone();
        self.staff_acts(to, Act::StartReferral(ReferralStarted { referral: id }))?;
        match ask {
            Ask::Treat => {
                let left = self.sessions_to_come();
                self.session(to, left, Some(at))
            }
            Ask::Lead => {
                // The report follows when the plan stands.
                self.plan_in(self.tables().days.to_close, Step::Refer(at, Move::Report));
                self.proceed(to)
            }
            Ask::Clear => self.look_at_alarm(at),
            Ask::Rescue => self.rescue(at),
            Ask::Opinion => {
                self.plan_in(self.tables().days.to_report, Step::Refer(at, Move::Report));
                Ok(())
            }
        }
    }

    fn report(&mut self, day: Date, at: usize) -> Done {
        let Asked { to, ask, .. } = self.referrals[at].clone();
        self.sees(to, day)?;
        let report = self.draws.words(match ask {
            Ask::Treat => &self.words().reports,
            _ => &self.words().opinions,
        });
        self.complete(at, report)
    }
}
