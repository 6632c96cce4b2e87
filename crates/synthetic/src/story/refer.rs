//! Referrals: who is asked for what, and how it is written.

use cotreat_care::decide::Act;
use cotreat_care::event::{
    Addressee, Guidance, Referral, ReferralDrafted, ReferralReopened, ReferralSent,
};
use cotreat_knowledge::Handle;
use cotreat_knowledge::format::Class;
use cotreat_knowledge::model::Pathway;

use super::act::Done;
use super::moves::Move;
use super::{Step, Story};
use crate::fate::Fate;

/// A referral that somebody wrote.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) ask: Ask,
    /// What the fate does to it, while it has not done it yet.
    pub(super) plot: Option<Plot>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Treat within the plan.
    Treat,
    /// Lead a plan.
    Lead,
    /// Look at an alarm, and clear it where it can be cleared.
    Clear,
    /// Take an emergency.
    Rescue,
    /// Say what you think.
    Opinion,
}

/// What the fate does to a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plot {
    Declined,
    Missed,
    Overdue,
}

impl Story<'_> {
    /// Whether the fate still needs a referral to befall.
    pub(super) fn wants_referral(&self) -> bool {
        let fates = [
            Fate::ReferralDeclined,
            Fate::ReferralMissed,
            Fate::ReferralOverdue,
            Fate::ReferralCompleted,
        ];
        fates.contains(&self.row.id) && !self.plotted
    }

    /// Who asked whom.
    pub(super) fn between(&self, at: usize) -> Option<(usize, usize)> {
        self.referrals.get(at).map(|one| (one.from, one.to))
    }

    /// Writes a referral and sends it.
    pub(super) fn refer(&mut self, from: usize, to: usize, ask: Ask) -> Done {
        let plot = self.plot(ask);
        let at = self.referrals.len();
        self.referrals.push(Asked {
            id: self.draws.id(),
            from,
            to,
            ask,
            plot,
        });
        self.send(at)
    }

    /// The first referral that is not about an alarm is the one that the fate is about.
    fn plot(&mut self, ask: Ask) -> Option<Plot> {
        if self.plotted || matches!(ask, Ask::Clear | Ask::Rescue) {
            return None;
        }
        self.plotted = true;
        match self.row.id {
            Fate::ReferralDeclined => Some(Plot::Declined),
            Fate::ReferralMissed => Some(Plot::Missed),
            Fate::ReferralOverdue => Some(Plot::Overdue),
            _ => None,
        }
    }

    /// Writes a referral down as it stands, and sends it.
    pub(super) fn send(&mut self, at: usize) -> Done {
        let Asked {
            id, from, to, ask, ..
        } = self.referrals[at].clone();
        let draft = self.draft(from, to, ask);
        let drafted = ReferralDrafted {
            referral: id.clone(),
            draft,
        };
        self.staff_acts(from, Act::DraftReferral(drafted))?;
        self.staff_acts(from, Act::SendReferral(ReferralSent { referral: id }))?;
        let answer = Step::Refer(at, Move::Answer);
        if ask == Ask::Rescue {
            self.plan_for(self.today(), answer);
        } else {
            self.plan_in(self.tables().days.to_answer, answer);
        }
        Ok(())
    }

    fn draft(&mut self, from: usize, to: usize, ask: Ask) -> Referral {
        let knowledge = self.clinic.knowledge;
        let receiver = self.staff(to);
        let profession = receiver.profession.map(|one| &knowledge.professions[one]);
        let pathway = self.pathway(ask);
        let headings = match (pathway, profession) {
            (Some(pathway), _) => &knowledge.pathways[pathway].content,
            (None, Some(profession)) => &profession.referral_content,
            (None, None) => &Vec::new(),
        };
        let mut content = std::collections::BTreeMap::new();
        for (place, heading) in headings.iter().enumerate() {
            let list = if place == 0 {
                &self.words().referral_ask
            } else {
                &self.words().referral_more
            };
            content.insert(heading.clone(), self.draws.words(list));
        }
        // Whoever is asked to look at an alarm is asked by name.
        let anybody = matches!(ask, Ask::Treat | Ask::Opinion)
            && self.draws.happens(self.tables().habits.to_a_practice);
        Referral {
            pathway: pathway.map(|one| knowledge.pathways.id(one).to_owned()),
            to: Addressee {
                profession: profession.map(|one| one.id.clone()).unwrap_or_default(),
                practitioner: (!anybody).then(|| receiver.id.clone()),
                organisation: anybody.then(|| self.practice(receiver.practice).id.clone()),
                outside: None,
            },
            content,
            guidance: self.guidance(from, ask),
        }
    }

    /// The most urgent pathway, where an alarm is what it is about.
    fn pathway(&self, ask: Ask) -> Option<Handle<Pathway>> {
        if !matches!(ask, Ask::Clear | Ask::Rescue) {
            return None;
        }
        self.concluded().1.pathways.first().copied()
    }

    fn guidance(&mut self, from: usize, ask: Ask) -> Vec<Guidance> {
        if ask != Ask::Treat || !self.draws.happens(self.tables().habits.guided) {
            return Vec::new();
        }
        let thrust = serde_json::to_value(Class::Thrust).ok();
        let class = thrust
            .as_ref()
            .and_then(|word| word.as_str())
            .unwrap_or_default();
        vec![Guidance {
            says: self.draws.words(&self.words().guidance),
            not: vec![format!("class:{class}")],
            at: None,
            avoid: Vec::new(),
            supervisor: Some(self.staff(from).id.clone()),
        }]
    }

    /// Somebody of another practice is asked for an opinion.
    pub(super) fn ask_for_opinion(&mut self, from: usize) -> Done {
        let professions = &self.clinic.knowledge.professions;
        let asked = self.clinic.directory.of_profession(|handle| {
            professions[handle].may_lead && !professions[handle].referral_content.is_empty()
        });
        let here = self.staff(from).practice;
        let elsewhere: Vec<usize> = asked
            .into_iter()
            .filter(|at| self.staff(*at).practice != here)
            .collect();
        match self.draws.one(&elsewhere).copied() {
            Some(to) => self.refer(from, to, Ask::Opinion),
            None => Ok(()),
        }
    }

    /// Whoever finished a referral is asked to take it up again.
    pub(super) fn once_more(&mut self, from: usize, at: usize) -> Done {
        let Asked { id, to, .. } = self.referrals[at].clone();
        let note = self.draws.words(&self.words().taken_up);
        let reopened = ReferralReopened { referral: id, note };
        self.staff_acts(from, Act::ReopenReferral(reopened))?;
        let practice = self.staff(to).practice;
        let desk = self.desk(practice);
        self.schedule(at, desk)
    }
}
