//! Agreeing a plan, and changing it.

use cotreat_care::decide::Act;
use cotreat_care::event::{FactsRecorded, Plan, PlanAgreed, PlanRevised, Wishes};
use cotreat_care::{Conclusions, Episode};
use cotreat_knowledge::format::Role;

use super::act::{Done, No};
use super::end::Why;
use super::lines::Line;
use super::refer::Ask;
use super::{Step, Story};
use crate::calendar::later;
use crate::fate::Fate;

/// A plan names so many things that call for an earlier review.
const EARLIER: usize = 2;

impl Story<'_> {
    /// The plan of somebody who may lead; whoever may not asks somebody who may.
    pub(super) fn plan_or_refer(&mut self, staff: usize) -> Done {
        let professions = &self.clinic.knowledge.professions;
        let own = self.staff(staff).profession;
        if own.is_some_and(|handle| professions[handle].may_lead) {
            return self.agree(staff);
        }
        let guides = self.clinic.directory.of_profession(|handle| {
            let one = &professions[handle];
            one.may_lead && own.is_none_or(|own| one.guides.contains(&own))
        });
        let leads = self
            .clinic
            .directory
            .of_profession(|handle| professions[handle].may_lead);
        let to = self
            .draws
            .one(if guides.is_empty() { &leads } else { &guides });
        match to.copied() {
            Some(to) => self.refer(staff, to, Ask::Lead),
            None => Ok(()),
        }
    }

    /// Asks what is open, and agrees what can be agreed.
    pub(super) fn agree(&mut self, lead: usize) -> Done {
        self.lead = Some(lead);
        self.ask_open(lead)?;
        if self.row.id == Fate::DeclinesTreatment {
            self.decline_all(lead)?;
        }
        let (episode, conclusions) = self.concluded();
        let review = conclusions.plan.review;
        let lines = self.lines(lead, &episode, &conclusions, false);
        let agreed = self.narrow(lead, lines, |story, lines| {
            let plan = story.plan(lead, lines, &episode, &conclusions);
            Act::AgreePlan(PlanAgreed { plan })
        });
        let reviewed = review.unwrap_or_else(|| self.in_default_days());
        self.plan_for(reviewed, Step::Review);
        self.lines = agreed?;
        if self.row.id == Fate::DeclinesTreatment {
            self.plan_in(self.tables().days.to_close, Step::Close(Why::Unwanted));
            return Ok(());
        }
        self.begin_care(lead)
    }

    /// The patient wants advice and nothing else.
    fn decline_all(&mut self, lead: usize) -> Done {
        let interventions = &self.clinic.knowledge.interventions;
        let (_, conclusions) = self.concluded();
        let offered = conclusions
            .plan
            .lines
            .iter()
            .filter(|line| line.preselected);
        let treatments =
            offered.filter(|line| interventions[line.intervention].role != Role::Advice);
        let declines = treatments.map(|line| interventions.id(line.intervention).to_owned());
        let before = self.file.record.wishes.last();
        let wishes = Wishes {
            declines: declines.collect(),
            wants: Vec::new(),
            ..before.map(|noted| noted.what.clone()).unwrap_or_default()
        };
        let said = FactsRecorded {
            wishes: Some(wishes),
            ..FactsRecorded::default()
        };
        self.staff_acts(lead, Act::RecordFacts(said))
    }

    /// Changes the plan, with one more active line where there is one.
    pub(super) fn revise(&mut self, lead: usize, reasons: &[String]) -> Done {
        let (episode, conclusions) = self.concluded();
        let lines = self.lines(lead, &episode, &conclusions, true);
        let reason = self.draws.words(reasons);
        self.lines = self.narrow(lead, lines, |story, lines| {
            let plan = story.plan(lead, lines, &episode, &conclusions);
            let reason = reason.clone();
            Act::RevisePlan(PlanRevised { plan, reason })
        })?;
        Ok(())
    }

    /// Does it with all lines; where that is refused, with fewer of them: first without what is done by hand, then with advice alone.
    fn narrow(
        &mut self,
        lead: usize,
        mut lines: Vec<Line>,
        act: impl Fn(&Self, &[Line]) -> Act,
    ) -> Result<Vec<Line>, No> {
        let interventions = &self.clinic.knowledge.interventions;
        let narrower: [&dyn Fn(&Line) -> bool; 2] = [
            &|line| !interventions[line.intervention].hands_on,
            &|line| interventions[line.intervention].role == Role::Advice,
        ];
        for keep in narrower {
            let agreed = act(self, &lines);
            match self.staff_acts(lead, agreed) {
                Err(No::Refused(..)) => lines.retain(keep),
                done => return done.map(|()| lines),
            }
        }
        let agreed = act(self, &lines);
        self.staff_acts(lead, agreed).map(|()| lines)
    }

    fn plan(
        &self,
        lead: usize,
        lines: &[Line],
        episode: &Episode,
        conclusions: &Conclusions,
    ) -> Plan {
        let interventions = &self.clinic.knowledge.interventions;
        let triggers = lines
            .iter()
            .flat_map(|line| &interventions[line.intervention].triggers);
        Plan {
            goals: episode.goals.clone(),
            lines: lines.iter().map(|line| self.planned(line, lead)).collect(),
            review: Some(
                conclusions
                    .plan
                    .review
                    .unwrap_or_else(|| self.in_default_days()),
            ),
            earlier_if: triggers
                .take(EARLIER)
                .map(|one| one.statement.says.clone())
                .collect(),
        }
    }

    fn in_default_days(&self) -> jiff::civil::Date {
        let days = self.clinic.knowledge.method.default_review_days;
        later(self.today(), i64::from(days))
    }

    /// Whoever is there already begins; everybody else is asked by a referral.
    fn begin_care(&mut self, lead: usize) -> Done {
        let mut asked: Vec<usize> = Vec::new();
        for line in self.lines.clone() {
            if line.aimed.is_empty() || asked.contains(&line.staff) {
                continue;
            }
            asked.push(line.staff);
            let there = line.staff == lead || self.file.record.in_team(&self.staff(line.staff).id);
            if there {
                let left = self.sessions_to_come();
                let days = self.tables().days.between_sessions;
                self.plan_in(days, Step::Treat(line.staff, left, None));
            } else {
                self.refer(lead, line.staff, Ask::Treat)?;
            }
        }
        if self.wants_referral() {
            self.ask_for_opinion(lead)?;
        }
        Ok(())
    }

    /// How many sessions somebody gives.
    pub(super) fn sessions_to_come(&mut self) -> i64 {
        self.draws.between(self.row.sessions)
    }
}
