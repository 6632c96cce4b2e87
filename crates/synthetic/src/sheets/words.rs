//! `data/words.toml` as it is written.

use cotreat_knowledge::Problem;
use serde::Deserialize;

use super::wrong;

/// What people write.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) goals: Vec<String>,
    pub(crate) home_programmes: Vec<String>,
    pub(crate) doses: Vec<String>,
    pub(crate) safety_net: Vec<String>,
    pub(crate) referral_ask: Vec<String>,
    pub(crate) referral_more: Vec<String>,
    pub(crate) declined: Vec<String>,
    pub(crate) reopened: Vec<String>,
    pub(crate) guidance: Vec<String>,
    pub(crate) taken_up: Vec<String>,
    pub(crate) reports: Vec<String>,
    pub(crate) opinions: Vec<String>,
    pub(crate) cleared: Vec<String>,
    pub(crate) emergency_cleared: Vec<String>,
    pub(crate) emergency_reports: Vec<String>,
    pub(crate) hospital_reports: Vec<String>,
    pub(crate) glass: Vec<String>,
    pub(crate) closed_recovered: Vec<String>,
    pub(crate) closed_hospital: Vec<String>,
    pub(crate) closed_gone: Vec<String>,
    pub(crate) closed_unwanted: Vec<String>,
    pub(crate) closed_merged: Vec<String>,
    pub(crate) revised_no_better: Vec<String>,
    pub(crate) revised_worse: Vec<String>,
    pub(crate) revised_back_again: Vec<String>,
    pub(crate) revised_setback: Vec<String>,
    pub(crate) amended: Vec<String>,
    pub(crate) adverse: Vec<String>,
    pub(crate) adverse_serious: Vec<String>,
    /// Questions with their answers.
    pub(crate) questions: Vec<[String; 2]>,
    /// The question of somebody whose pain came back, with its answer.
    pub(crate) back_again: [String; 2],
    pub(crate) elsewhere: Vec<String>,
    pub(crate) no_longer_seen: Vec<String>,
    pub(crate) corrected: Vec<String>,
    pub(crate) merged: Vec<String>,
    pub(crate) private_notes: Vec<String>,
    pub(crate) purposes: Purposes,
}

/// What people agree to beside treatment.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Purposes {
    pub(crate) research: String,
    pub(crate) messages: String,
}

impl Words {
    /// A reason that says nothing would be refused at the first patient who needs it.
    pub(super) fn check(&self, problems: &mut Vec<Problem>) {
        let lists = [
            &self.goals,
            &self.home_programmes,
            &self.doses,
            &self.safety_net,
            &self.referral_ask,
            &self.referral_more,
            &self.declined,
            &self.reopened,
            &self.guidance,
            &self.taken_up,
            &self.reports,
            &self.opinions,
            &self.cleared,
            &self.emergency_cleared,
            &self.emergency_reports,
            &self.hospital_reports,
            &self.glass,
            &self.closed_recovered,
            &self.closed_hospital,
            &self.closed_gone,
            &self.closed_unwanted,
            &self.closed_merged,
            &self.revised_no_better,
            &self.revised_worse,
            &self.revised_back_again,
            &self.revised_setback,
            &self.amended,
            &self.adverse,
            &self.adverse_serious,
            &self.elsewhere,
            &self.no_longer_seen,
            &self.corrected,
            &self.merged,
            &self.private_notes,
        ];
        let silent =
            |list: &&Vec<String>| list.is_empty() || list.iter().any(|one| one.trim().is_empty());
        if self.questions.is_empty() || lists.into_iter().any(|list| silent(&list)) {
            wrong(
                problems,
                "words.toml",
                "one of the lists is empty, or holds an empty line",
                "write at least one sentence",
            );
        }
    }
}
