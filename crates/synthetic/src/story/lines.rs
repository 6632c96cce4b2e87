//! The lines of a plan: what is proposed, who does it, with which techniques on what.

use cotreat_care::event::{PlannedLine, Side};
use cotreat_care::plan::targets::{self, Targets};
use cotreat_care::plan::{self, PlanLine, Status, TechniqueStatus};
use cotreat_care::{Conclusions, Episode};
use cotreat_knowledge::Handle;
use cotreat_knowledge::format::Role;
use cotreat_knowledge::model::{Intervention, Profession, Technique};

use super::Story;
use crate::directory;

/// One line of a plan, with whoever does it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) intervention: Handle<Intervention>,
    pub(super) staff: usize,
    pub(super) aimed: Vec<Aimed>,
    guided_by: Option<Handle<Profession>>,
    dose: Option<String>,
}

/// A technique, and the muscle or joint that it is used on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aimed {
    pub(super) technique: Handle<Technique>,
    pub(super) at: Option<String>,
    pub(super) side: Option<Side>,
}

/// A line names no more techniques than this.
const TECHNIQUES: usize = 3;

impl Story<'_> {
    /// The lines that are proposed, each with somebody who may do it; `more`: one more active line, where there is one.
    pub(super) fn lines(
        &mut self,
        lead: usize,
        episode: &Episode,
        conclusions: &Conclusions,
        more: bool,
    ) -> Vec<Line> {
        let role = |line: &PlanLine| self.clinic.knowledge.interventions[line.intervention].role;
        let all = &conclusions.plan.lines;
        let further = all.iter().find(|line| {
            more && !line.preselected
                && line.status == Status::Offered
                && role(line) == Role::Active
        });
        let proposed = all.iter().filter(|line| line.preselected).chain(further);
        let mut lines: Vec<Line> = Vec::new();
        for line in proposed {
            let Some(staff) = self.deliverer(lead, line, &lines) else {
                continue;
            };
            let found = targets::find(
                &conclusions.assessment,
                self.clinic.knowledge,
                &self.clinic.knowledge.interventions[line.intervention],
                &line.safety,
            );
            lines.push(self.line(lead, staff, episode, conclusions, line, &found));
        }
        lines
    }

    fn line(
        &mut self,
        lead: usize,
        staff: usize,
        episode: &Episode,
        conclusions: &Conclusions,
        line: &PlanLine,
        found: &Targets,
    ) -> Line {
        let one = &self.clinic.knowledge.interventions[line.intervention];
        let dose = plan::dose(&conclusions.assessment, one);
        Line {
            intervention: line.intervention,
            staff,
            aimed: self.aimed(staff, &episode.jurisdiction, line, found),
            guided_by: self.guide(lead, staff),
            dose: dose.map(|dose| dose.statement.says.clone()),
        }
    }

    /// Somebody who may do it: whoever the patient came to, somebody who is there already, the lead, or anybody else.
    fn deliverer(&mut self, lead: usize, line: &PlanLine, before: &[Line]) -> Option<usize> {
        let team = &line.team.deliverers;
        let directory = &self.clinic.directory;
        let may = |at: usize| {
            let profession = directory.staff[at].profession;
            profession.is_some_and(|own| team.iter().any(|one| one.profession == own))
        };
        let hands_on = self.clinic.knowledge.interventions[line.intervention].hands_on;
        if hands_on && may(self.first) && self.first != lead {
            return Some(self.first);
        }
        let there = before
            .iter()
            .map(|line| line.staff)
            .find(|at| *at != lead && may(*at));
        if there.is_some() && hands_on {
            return there;
        }
        let others = directory.of_profession(|own| {
            team.iter().any(|one| one.profession == own) && Some(own) != self.staff(lead).profession
        });
        let another = hands_on
            && !others.is_empty()
            && (self.wants_referral()
                || self.draws.happens(self.tables().habits.treated_by_another));
        if may(lead) && !another {
            return Some(lead);
        }
        there.or_else(|| self.draws.one(&others).copied())
    }

    /// Techniques on what was found; where nothing was found to aim at, such as are allowed.
    fn aimed(&mut self, staff: usize, place: &str, line: &PlanLine, found: &Targets) -> Vec<Aimed> {
        let knowledge = self.clinic.knowledge;
        let Some(profession) = self.staff(staff).profession else {
            return Vec::new();
        };
        let may = |one: &Handle<Technique>| directory::may_use(knowledge, profession, place, *one);
        let muscles = found.muscles.iter();
        let muscles = muscles.map(|one| (knowledge.muscles.id(one.muscle), &one.techniques));
        let joints = found.joints.iter();
        let joints = joints.map(|one| (knowledge.joints.id(one.joint), &one.techniques));
        let side = self
            .draws
            .one(&[Side::Left, Side::Right, Side::Both])
            .copied();
        let mut aimed = Vec::new();
        for (at, techniques) in muscles.chain(joints).take(TECHNIQUES) {
            let usable: Vec<Handle<Technique>> = techniques.iter().copied().filter(may).collect();
            aimed.extend(self.draws.one(&usable).map(|technique| Aimed {
                technique: *technique,
                at: Some(at.to_owned()),
                side,
            }));
        }
        if !aimed.is_empty() {
            return aimed;
        }
        let allowed = line.safety.techniques.iter();
        let allowed = allowed.filter(|one| one.status == TechniqueStatus::Allowed);
        let mut usable: Vec<Handle<Technique>> =
            allowed.map(|one| one.technique).filter(may).collect();
        self.draws.shuffle(&mut usable);
        let two = usable.into_iter().take(2);
        two.map(|technique| Aimed {
            technique,
            at: None,
            side: None,
        })
        .collect()
    }

    /// Whoever guides somebody who may not lead: the lead's profession, else another one that may.
    fn guide(&self, lead: usize, staff: usize) -> Option<Handle<Profession>> {
        let professions = &self.clinic.knowledge.professions;
        let own = self.staff(staff).profession?;
        if professions[own].may_lead {
            return None;
        }
        let guides = |handle: &Handle<Profession>| professions[*handle].guides.contains(&own);
        let lead = self.staff(lead).profession;
        let others = self
            .clinic
            .directory
            .staff
            .iter()
            .filter_map(|one| one.profession);
        lead.into_iter().chain(others).find(guides)
    }

    /// A line as the plan holds it. Whoever it is referred to is named by profession alone: the referral may go to somebody else in the end.
    pub(super) fn planned(&self, line: &Line, lead: usize) -> PlannedLine {
        let knowledge = self.clinic.knowledge;
        let staff = self.staff(line.staff);
        let mut techniques: Vec<String> = Vec::new();
        for aimed in &line.aimed {
            let id = knowledge.techniques.id(aimed.technique);
            if !techniques.iter().any(|known| known == id) {
                techniques.push(id.to_owned());
            }
        }
        let known = line.staff == lead || self.file.record.in_team(&staff.id);
        PlannedLine {
            intervention: knowledge.interventions.id(line.intervention).to_owned(),
            techniques,
            deliverer: staff
                .profession
                .map(|one| knowledge.professions.id(one).to_owned()),
            practitioner: known.then(|| staff.id.clone()),
            guided_by: line
                .guided_by
                .map(|one| knowledge.professions.id(one).to_owned()),
            dose: line.dose.clone(),
            overridden: None,
        }
    }
}
