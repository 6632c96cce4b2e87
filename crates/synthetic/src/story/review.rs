//! Looking at the plan: at its review, when the pain is back, and when all is well.

use cotreat_care::decide::{Act, Refused};
use cotreat_care::event::{FactsRecorded, Said, Stated};
use cotreat_care::record::State;
use cotreat_knowledge::model::Answers;
use jiff::civil::Date;

use super::act::{Done, No};
use super::end::Why;
use super::{Step, Story};
use crate::calendar::later;
use crate::fate::Fate;

impl Story<'_> {
    /// The lead looks at the plan; people who stay away are not there.
    pub(super) fn review(&mut self, day: Date) -> Done {
        if self.row.id == Fate::DropsOut {
            return Ok(());
        }
        let lead = self.responsible();
        self.sees(lead, day)?;
        self.measure_pain(lead)?;
        if self.file.record.appraisal_due.is_some() {
            self.show(lead)?;
        }
        let words = self.words();
        match self.row.id {
            Fate::RecoversFast | Fate::Reopened => {
                self.plan_in(self.tables().days.to_close, Step::Close(Why::Recovered));
            }
            Fate::NoBetter => {
                self.show(lead)?;
                self.do_more(lead, &words.revised_no_better)?;
            }
            Fate::Worsens => {
                self.show(lead)?;
                self.do_more(lead, &words.revised_worse)?;
                self.ask_for_opinion(lead)?;
            }
            Fate::Relapses => {}
            _ => {
                let settled = later(
                    self.file.began,
                    self.draws.between(self.tables().days.to_settle),
                );
                self.plan_for(settled.max(self.today()), Step::Settle);
            }
        }
        Ok(())
    }

    /// How strong the pain is now, as a fact.
    fn measure_pain(&mut self, staff: usize) -> Done {
        let knowledge = self.clinic.knowledge;
        let intensity = self.tables().intensity;
        let Answers::Number { unit, .. } = &knowledge.findings[intensity].answers else {
            return Ok(());
        };
        let pain = self
            .course
            .pain(self.days(), self.tables(), &mut self.draws);
        let number = Said::Number {
            value: f64::from(pain),
            unit: unit.clone().unwrap_or_default(),
        };
        let told = |facts| {
            Act::RecordFacts(FactsRecorded {
                facts,
                ..FactsRecorded::default()
            })
        };
        let fact = stated(knowledge.findings.id(intensity), number);
        match self.staff_acts(staff, told(vec![fact.clone()])) {
            // What was true without much pain is no longer so, and is told anew in the same step.
            Err(No::Refused(Some(Refused::Contradicts), _)) => {
                let mut facts = self.no_longer_true();
                facts.push(fact);
                self.staff_acts(staff, told(facts))
            }
            done => done,
        }
    }

    /// Everything that was told and is ruled out by how strong the pain is.
    fn no_longer_true(&self) -> Vec<Stated> {
        let knowledge = self.clinic.knowledge;
        let intensity = knowledge.names.finding(self.tables().intensity);
        let ruled_out = |id: &str| {
            let rule = knowledge
                .findings
                .get(id)
                .and_then(|one| one.no_when.as_ref());
            rule.is_some_and(|rule| rule.expr.symbols().contains(&intensity))
        };
        let mut found: Vec<Stated> = Vec::new();
        for noted in &self.file.record.facts {
            let id = &noted.what.finding;
            if ruled_out(id) && !found.iter().any(|one| one.finding == *id) {
                found.push(stated(id, Said::No));
            }
        }
        found
    }

    /// The plan is changed, and whoever treated treats again.
    fn do_more(&mut self, lead: usize, reasons: &[String]) -> Done {
        if self.file.record.plan_in_force().is_none() {
            return Ok(());
        }
        self.revise(lead, reasons)?;
        let treats = self.lines.iter().find(|line| !line.aimed.is_empty());
        let Some(staff) = treats.map(|line| line.staff) else {
            return Ok(());
        };
        if self.file.record.in_team(&self.staff(staff).id) {
            let days = self.tables().days.between_sessions;
            self.plan_in(days, Step::Treat(staff, self.tables().session.added, None));
            return Ok(());
        }
        let done = self.referrals.iter().position(|one| {
            let record = self.file.record.referrals.get(&one.id);
            one.to == staff && record.is_some_and(|record| record.state == State::Completed)
        });
        match done {
            Some(at) => self.once_more(lead, at),
            None => self.refer(lead, staff, super::refer::Ask::Treat),
        }
    }

    /// The patient writes that the pain is back.
    pub(super) fn back_again(&mut self, day: Date) -> Done {
        let [asked, answer] = &self.words().back_again;
        self.put(day, asked, answer)?;
        self.plan_in(self.tables().days.to_take_up, Step::TakeUp);
        Ok(())
    }

    /// The lead takes it up again.
    pub(super) fn take_up(&mut self, day: Date) -> Done {
        let lead = self.responsible();
        self.sees(lead, day)?;
        self.measure_pain(lead)?;
        self.show(lead)?;
        self.do_more(lead, &self.words().revised_back_again)
    }

    /// The last visit of somebody who is well.
    pub(super) fn settle(&mut self, day: Date) -> Done {
        let lead = self.responsible();
        self.sees(lead, day)?;
        self.measure_pain(lead)?;
        self.plan_in(self.tables().days.to_close, Step::Close(Why::Recovered));
        Ok(())
    }
}

/// A fact of today.
fn stated(finding: &str, value: Said) -> Stated {
    Stated {
        finding: finding.to_owned(),
        value,
        on: None,
        how: None,
        dose: None,
    }
}
