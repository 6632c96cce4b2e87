//! What can be done today by whoever writes: techniques that are let through, those that need an override, and those that are refused with the reason.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_care::decide::{Act, Refusal, Refused};
use cotreat_care::event::{Experience, Guidance, Response, Session, Work};
use cotreat_knowledge::Handle;
use cotreat_knowledge::model::{Intervention, Risk, Technique};
use cotreat_ui::Fields;

use super::row;
use crate::clinic::{Opened, who};
use crate::pages::episode::desk::Desk;
use crate::web::Problem;

/// Everything a note can be made of.
pub(super) struct Bench<'a> {
    /// Techniques that are let through, those of the plan first.
    pub(super) offered: Vec<&'a Technique>,
    /// Techniques against which something speaks that can be overridden by name, with a reason.
    pub(super) with_override: Vec<(&'a Technique, Refusal)>,
    /// Techniques that are refused, by why.
    pub(super) refused: Vec<(Refusal, Vec<&'a Technique>)>,
    /// How many lie outside the scope of the profession here.
    pub(super) out_of_scope: usize,
    /// Interventions whose risks were not all named yet, with these.
    pub(super) consents: Vec<Consent<'a>>,
    /// What whoever referred asks to keep to.
    pub(super) guidance: Vec<Guidance>,
}

/// What must be named before the patient agrees.
pub(super) struct Consent<'a> {
    pub(super) intervention: &'a Intervention,
    pub(super) risks: Vec<&'a Risk>,
}

impl<'a> Bench<'a> {
    /// Judges every technique on its own, as if it were done now.
    pub(super) async fn of(
        desk: &'a Desk<'_>,
        opened: &Opened,
        fields: &Fields,
    ) -> Result<Self, Problem> {
        let clinic = &desk.app.clinic;
        let knowledge = &clinic.knowledge;
        let caller = &desk.signed.caller;
        let techniques: Vec<(Handle<Technique>, &Technique)> =
            knowledge.techniques.iter().collect();
        let probe = Session {
            began: clinic.clock.now(),
            minutes: 0,
            work: techniques.iter().map(|(_, one)| alone(&one.id)).collect(),
            response: Response::default(),
            home_programme: None,
            adherence: None,
            safety_net: false,
        };
        let act = Act::RecordSession {
            session: String::new(),
            did: probe,
            experience: Experience::default(),
        };
        let judged = clinic.judge(caller, &opened.record, &[], act, None).await?;
        let mut bench = Self {
            offered: Vec::new(),
            with_override: Vec::new(),
            refused: Vec::new(),
            out_of_scope: 0,
            consents: Vec::new(),
            guidance: Vec::new(),
        };
        for ((_, technique), refusal) in techniques.iter().zip(judged) {
            match refusal {
                // What only waits for consent can be chosen: consent stands on the same form.
                None => bench.offered.push(technique),
                Some(refusal) => bench.sort_in(technique, refusal),
            }
        }
        bench.put_planned_first(desk, opened);
        let me = who(&caller.viewer);
        bench.guidance = opened
            .record
            .guidance_for(me.id().unwrap_or_default())
            .cloned()
            .collect();
        bench.consents = consents(desk, opened, fields, &bench.offered);
        Ok(bench)
    }

    fn sort_in(&mut self, technique: &'a Technique, refusal: Refusal) {
        match refusal.refused {
            Refused::NoConsent => self.offered.push(technique),
            Refused::OutOfScope => self.out_of_scope += 1,
            Refused::Contraindicated => self.with_override.push((technique, refusal)),
            _ => {
                let same = |(known, _): &&mut (Refusal, Vec<&Technique>)| known.why == refusal.why;
                match self.refused.iter_mut().find(same) {
                    Some((_, techniques)) => techniques.push(technique),
                    None => self.refused.push((refusal, vec![technique])),
                }
            }
        }
    }

    fn put_planned_first(&mut self, desk: &Desk<'_>, opened: &Opened) {
        let knowledge = &desk.app.clinic.knowledge;
        let plan = opened.record.plan_in_force();
        let lines: Vec<_> = plan.iter().flat_map(|plan| &plan.lines).collect();
        let rank = |technique: &Technique| {
            let intervention = &knowledge.interventions[technique.intervention].id;
            let line = lines.iter().find(|line| line.intervention == *intervention);
            let named = line.is_some_and(|line| line.techniques.contains(&technique.id));
            (!named, line.is_none())
        };
        self.offered.sort_by_key(|technique| rank(technique));
    }
}

/// A technique with nothing else said.
fn alone(technique: &str) -> Work {
    Work {
        technique: technique.to_owned(),
        at: None,
        side: None,
        direction: None,
        dose: None,
        position: None,
        overridden: None,
    }
}

/// For each intervention that is in the plan or in the rows: the risks that were not named before the patient agreed.
fn consents<'a>(
    desk: &'a Desk<'_>,
    opened: &Opened,
    fields: &Fields,
    offered: &[&Technique],
) -> Vec<Consent<'a>> {
    let knowledge = &desk.app.clinic.knowledge;
    let chosen: BTreeSet<&str> = (0..row::count(fields))
        .map(|at| fields.get(&row::name("technique", at)))
        .filter(|id| !id.is_empty())
        .map(|id| {
            knowledge.techniques.get(id).map_or("", |one| {
                knowledge.interventions[one.intervention].id.as_str()
            })
        })
        .collect();
    let plan = opened.record.plan_in_force();
    let planned: BTreeSet<&str> = plan
        .iter()
        .flat_map(|plan| &plan.lines)
        .map(|line| line.intervention.as_str())
        .collect();
    let mut by_intervention: BTreeMap<&str, Consent<'a>> = BTreeMap::new();
    for (handle, one) in knowledge.interventions.iter() {
        let mine = offered
            .iter()
            .any(|technique| technique.intervention == handle);
        if !mine || !(chosen.contains(one.id.as_str()) || planned.contains(one.id.as_str())) {
            continue;
        }
        let named = named(opened, &one.id);
        let risks: Vec<&Risk> = one
            .risks
            .iter()
            .filter(|risk| !named.contains(risk.label.as_str()))
            .collect();
        if !risks.is_empty() {
            by_intervention.insert(
                &one.id,
                Consent {
                    intervention: one,
                    risks,
                },
            );
        }
    }
    by_intervention.into_values().collect()
}

/// The risks that were named before the patient agreed, since consent was last withdrawn.
fn named<'o>(opened: &'o Opened, intervention: &str) -> BTreeSet<&'o str> {
    let record = &opened.record;
    let withdrawn = record
        .withdrawals
        .iter()
        .filter(|one| one.what.purpose == intervention)
        .map(|one| one.nth)
        .max();
    record
        .treatment_consents
        .iter()
        .filter(|one| {
            one.what.intervention == intervention && withdrawn.is_none_or(|nth| one.nth > nth)
        })
        .flat_map(|one| one.what.risks_named.iter().map(String::as_str))
        .collect()
}
