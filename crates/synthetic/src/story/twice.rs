//! One patient in two files: registered again elsewhere with a slip in the name, until somebody notices.

use cotreat_care::decide::Act;
use cotreat_care::event::{EpisodeClosed, FactsRecorded, PatientsMerged, Who};
use cotreat_knowledge::format::Asked;
use cotreat_people::decide::{self, PatientAct};
use jiff::civil::Date;

use super::act::Done;
use super::{File, Step, Story};
use crate::person;

/// So much is told in the second file.
const TOLD: usize = 3;

impl Story<'_> {
    /// Another practice registers the patient as somebody new.
    pub(super) fn second_file(&mut self, day: Date) -> Done {
        let practices = self.clinic.directory.practices.len();
        let others: Vec<usize> = (0..practices)
            .filter(|at| !self.seen_at.contains(at))
            .collect();
        let Some(practice) = self.draws.one(&others).copied() else {
            return Ok(());
        };
        let assessing = self
            .clinic
            .directory
            .assessing(practice, self.clinic.knowledge);
        let Some(opener) = self.draws.one(&assessing).copied() else {
            return Ok(());
        };
        self.at_practice(practice, day)?;
        let second = File::new(self.draws.id(), self.draws.id(), self.today());
        let first = std::mem::replace(&mut self.file, second);
        let done = self.write_second(practice, opener);
        let second = std::mem::replace(&mut self.file, first);
        self.second = Some((second, opener));
        done?;
        self.plan_in(self.tables().days.to_merging, Step::Merge);
        Ok(())
    }

    fn write_second(&mut self, practice: usize, opener: usize) -> Done {
        let desk = self.desk(practice);
        let registered = PatientAct::RegisterPatient {
            identity: person::mistyped(&self.identity),
            organisation: self.practice(practice).id.clone(),
        };
        self.note(&self.staff(desk).actor, registered)?;
        self.open_as(opener, None)?;
        let mut facts = self.told(Asked::Patient);
        facts.truncate(TOLD);
        let told = FactsRecorded {
            facts,
            ..FactsRecorded::default()
        };
        self.act(&Who::Patient, Act::RecordFacts(told))
    }

    /// The front desk at home notices, and the second file is read as part of the first.
    pub(super) fn merge(&mut self, day: Date) -> Done {
        let Some((second, opener)) = self.second.take() else {
            return Ok(());
        };
        self.at_practice(self.home, day)?;
        let desk = self.desk(self.home);
        let reason = self.draws.words(&self.words().merged);
        let file = |id: &String| decide::File {
            id: id.clone(),
            read_as: None,
        };
        let merged = PatientAct::MergeFile {
            this: file(&self.file.patient),
            other: file(&second.patient),
            reason: reason.clone(),
        };
        self.note(&self.staff(desk).actor, merged)?;
        let one = PatientsMerged {
            kept: self.file.patient.clone(),
            merged: second.patient.clone(),
            reason,
        };
        self.staff_acts(desk, Act::MergePatients(one))?;
        let first = std::mem::replace(&mut self.file, second);
        let reason = self.draws.words(&self.words().closed_merged);
        let done = self.staff_acts(opener, Act::CloseEpisode(EpisodeClosed { reason }));
        self.file = first;
        done
    }
}
