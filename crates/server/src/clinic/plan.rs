//! The agreed plan as the patient reads it.

use cotreat_access::Action;
use cotreat_care::event::PlannedLine;
use jiff::civil::Date;

use super::{Caller, Clinic, Refused};

/// An agreed plan in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanInWords {
    /// What the patient wants to be able to do.
    pub goals: Vec<String>,
    /// What is done, by whom, how much.
    pub lines: Vec<String>,
    /// When it is looked at again.
    pub review: Option<Date>,
    /// What calls for an earlier review.
    pub earlier_if: Vec<String>,
}

impl Clinic {
    /// The plan in force of an episode; none where none was agreed.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn agreed_plan(
        &self,
        caller: &Caller,
        episode: &str,
    ) -> Result<Option<PlanInWords>, Refused> {
        let read = self
            .store
            .episode(episode)
            .await?
            .ok_or(Refused::NotFound)?;
        self.permit(&caller.viewer, Action::SeeRecord, &read.patient)
            .await?;
        Ok(read.record.plan_in_force().map(|plan| PlanInWords {
            goals: plan.goals.clone(),
            lines: plan.lines.iter().map(|line| self.line(line)).collect(),
            review: plan.review,
            earlier_if: plan.earlier_if.clone(),
        }))
    }

    /// A line with the names of today's knowledge; an id it does not know stands as it is.
    fn line(&self, line: &PlannedLine) -> String {
        let knowledge = &self.knowledge;
        let intervention = knowledge.interventions.find(&line.intervention);
        let mut words = intervention.map_or_else(
            || line.intervention.clone(),
            |found| knowledge.interventions[found].name.clone(),
        );
        if let Some(deliverer) = &line.deliverer {
            let profession = knowledge.professions.find(deliverer);
            let name = profession.map_or_else(
                || deliverer.clone(),
                |found| knowledge.professions[found].name.to_lowercase(),
            );
            words.push_str(", by a ");
            words.push_str(&name);
        }
        if let Some(dose) = &line.dose {
            words.push_str(", ");
            words.push_str(dose);
        }
        words
    }
}
