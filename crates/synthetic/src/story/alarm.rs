//! Alarms: cleared by somebody who may, sent to somebody who may, or sent away at once.

use cotreat_care::decide::Act;
use cotreat_care::event::ReferralCompleted;
use cotreat_knowledge::model::Condition;
use cotreat_knowledge::{Handle, Tier};
use cotreat_people::decide::PatientAct;
use cotreat_people::event::Purpose;
use jiff::civil::Date;

use super::act::Done;
use super::end::Why;
use super::refer::Ask;
use super::{Step, Story};

/// What the alarms that stand ask of somebody.
pub(super) enum Alarms {
    /// Nothing.
    None,
    /// They may clear them themselves.
    Theirs,
    /// Somebody else may.
    Urgent(usize),
    /// The patient goes there now.
    Emergency(usize),
    /// It stands, and nobody in the directory may clear it.
    NobodyMay,
}

impl Story<'_> {
    /// What the alarms that stand ask of somebody.
    pub(super) fn alarms(&mut self, staff: usize) -> Alarms {
        let standing = self.standing();
        let Some(highest) = standing.iter().map(|(_, tier)| *tier).max() else {
            return Alarms::None;
        };
        let emergency = highest == Tier::Emergency;
        if !emergency && self.may_clear(staff, highest) {
            return Alarms::Theirs;
        }
        let professions = &self.clinic.knowledge.professions;
        let mut may = self
            .clinic
            .directory
            .of_profession(|handle| professions[handle].may_clear.covers(highest));
        may.retain(|other| *other != staff);
        // Emergencies go where nobody plans, and urgent ones to somebody who can go on with the plan.
        let leads = |at: &usize| {
            let profession = self.staff(*at).profession;
            profession.is_some_and(|handle| professions[handle].may_lead)
        };
        let (fit, rest): (Vec<usize>, Vec<usize>) =
            may.into_iter().partition(|at| leads(at) != emergency);
        let to = self.draws.one(if fit.is_empty() { &rest } else { &fit });
        match to {
            Some(to) if emergency => Alarms::Emergency(*to),
            Some(to) => Alarms::Urgent(*to),
            None => Alarms::NobodyMay,
        }
    }

    /// Conditions whose alarm must be dealt with before hands are laid on, with the tier.
    fn standing(&self) -> Vec<(Handle<Condition>, Tier)> {
        let knowledge = self.clinic.knowledge;
        let (_, conclusions) = self.concluded();
        let alarms = conclusions.assessment.alarms.iter();
        let stops =
            alarms.filter(|one| one.reached >= Some(Tier::Urgent) || one.stops_hands_on(knowledge));
        stops
            .filter_map(|one| Some((one.condition, one.reached?)))
            .collect()
    }

    fn may_clear(&self, staff: usize, tier: Tier) -> bool {
        let professions = &self.clinic.knowledge.professions;
        let profession = self.staff(staff).profession;
        profession.is_some_and(|handle| professions[handle].may_clear.covers(tier))
    }

    /// Clears every alarm that stands, each by name with a reason.
    fn clear_all(&mut self, staff: usize, reasons: &[String]) -> Done {
        let reason = self.draws.words(reasons);
        for (condition, _) in self.standing() {
            let condition = self.clinic.knowledge.conditions.id(condition).to_owned();
            let reason = reason.clone();
            self.staff_acts(staff, Act::ClearAlarm { condition, reason })?;
        }
        Ok(())
    }

    /// The tests are back, and whoever asked for them may clear the alarm.
    pub(super) fn cleared(&mut self, day: Date, staff: usize) -> Done {
        self.sees(staff, day)?;
        // What must be asked is asked before: an answer behind an alarm raises it again.
        self.ask_open(staff)?;
        self.clear_all(staff, &self.words().cleared)?;
        self.show(staff)?;
        self.plan_or_refer(staff)
    }

    /// Somebody who may clear the alarm is asked to look at it.
    pub(super) fn refer_alarm(&mut self, from: usize, to: usize) -> Done {
        self.ask_open(from)?;
        self.refer(from, to, Ask::Clear)
    }

    /// Whoever was asked to look at an alarm has the patient before them.
    pub(super) fn look_at_alarm(&mut self, at: usize) -> Done {
        let Some((from, to)) = self.between(at) else {
            return Ok(());
        };
        self.clear_all(to, &self.words().cleared)?;
        let report = self.draws.words(&self.words().opinions);
        self.complete(at, report)?;
        self.plan_in(self.tables().days.to_plan, Step::Plan(from));
        Ok(())
    }

    /// An emergency: the patient goes at once, and the letter goes ahead.
    pub(super) fn send_away(&mut self, from: usize, to: usize) -> Done {
        if self.draws.happens(self.tables().habits.glass_broken) {
            let reason = self.draws.words(&self.words().glass);
            let broken = PatientAct::BreakGlass { reason };
            self.note(&self.staff(to).actor, broken)?;
            self.open_record(to, Purpose::Emergency)?;
        }
        self.refer(from, to, Ask::Rescue)
    }

    /// The emergency unit has the patient before it.
    pub(super) fn rescue(&mut self, at: usize) -> Done {
        let Some((from, to)) = self.between(at) else {
            return Ok(());
        };
        if self.draws.happens(self.tables().habits.emergency_cleared) {
            self.clear_all(to, &self.words().emergency_cleared)?;
            let report = self.draws.words(&self.words().emergency_reports);
            self.complete(at, report)?;
            self.plan_in(self.tables().days.to_plan, Step::Plan(from));
        } else {
            let report = self.draws.words(&self.words().hospital_reports);
            self.complete(at, report)?;
            self.plan_in(
                self.tables().days.to_hospital_news,
                Step::Close(Why::Hospital),
            );
        }
        Ok(())
    }

    /// Whoever took a referral finishes it.
    pub(super) fn complete(&mut self, at: usize, report: String) -> Done {
        let Some((_, to)) = self.between(at) else {
            return Ok(());
        };
        let referral = self.referrals[at].id.clone();
        let completed = ReferralCompleted { referral, report };
        self.staff_acts(to, Act::CompleteReferral(completed))
    }
}
