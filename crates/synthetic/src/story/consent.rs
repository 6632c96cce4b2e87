//! Consent to treatment: the risks of what is about to be done are named before.

use std::collections::BTreeSet;

use cotreat_care::decide::Act;
use cotreat_care::event::{Giver, TreatmentConsentGiven};
use cotreat_knowledge::Handle;
use cotreat_knowledge::model::{Intervention, Technique};

use super::Story;
use super::act::Done;
use super::lines::Aimed;

impl Story<'_> {
    /// Names the risks of everything that is about to be done, where the patient has not agreed to it yet.
    pub(super) fn agree_to_treatment(&mut self, staff: usize, aimed: &[Aimed]) -> Done {
        let knowledge = self.clinic.knowledge;
        let mut interventions: Vec<Handle<Intervention>> = Vec::new();
        for one in aimed {
            let intervention = knowledge.techniques[one.technique].intervention;
            if !interventions.contains(&intervention) {
                interventions.push(intervention);
            }
        }
        for handle in interventions {
            let techniques: Vec<Handle<Technique>> =
                aimed.iter().map(|one| one.technique).collect();
            let given = self.consent_to(handle, &techniques);
            if !given.risks_named.is_empty() && !self.agreed_to(&given) {
                self.staff_acts(staff, Act::GiveTreatmentConsent(given))?;
            }
        }
        Ok(())
    }

    fn consent_to(
        &self,
        handle: Handle<Intervention>,
        techniques: &[Handle<Technique>],
    ) -> TreatmentConsentGiven {
        let knowledge = self.clinic.knowledge;
        let one = &knowledge.interventions[handle];
        let own = || {
            techniques
                .iter()
                .filter(|t| knowledge.techniques[**t].intervention == handle)
        };
        let risks = one
            .risks
            .iter()
            .filter(|risk| own().any(|t| risk.applies_to.covers(*t)));
        let classes =
            own().filter_map(|t| serde_json::to_value(knowledge.techniques[*t].class).ok());
        let classes: BTreeSet<String> = classes
            .filter_map(|class| class.as_str().map(str::to_owned))
            .collect();
        TreatmentConsentGiven {
            intervention: one.id.clone(),
            classes: classes.into_iter().collect(),
            risks_named: risks.map(|risk| risk.label.clone()).collect(),
            given_by: Giver::Patient,
        }
    }

    fn agreed_to(&self, given: &TreatmentConsentGiven) -> bool {
        let before = &self.file.record.treatment_consents;
        given.risks_named.iter().all(|label| {
            before.iter().any(|noted| {
                noted.what.intervention == given.intervention
                    && noted.what.risks_named.contains(label)
            })
        })
    }
}
