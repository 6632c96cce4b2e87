//! What is measured, and what people take.

use cotreat_care::decide::Act;
use cotreat_care::event::{Amount, AnsweredBy, InstrumentAssigned, MedicationRecorded, Mode, Who};
use cotreat_knowledge::format::{DoseUnit, Route};
use cotreat_knowledge::model::Medicine;
use jiff::civil::Date;

use super::act::Done;
use super::{Step, Story};
use crate::calendar::later;
use crate::course;
use crate::fate::Fate;
use crate::sheets::Shows;

impl Story<'_> {
    /// The front desk asks for a wave; some people answer.
    pub(super) fn ask(&mut self, day: Date, wave: usize) -> Done {
        if wave > 0 {
            self.at_practice(self.home, day)?;
        }
        let sheets = self.assign(wave)?;
        let (days, habits) = (&self.tables().days, &self.tables().habits);
        let silent = match self.row.id {
            Fate::WaitingForAnswers => true,
            Fate::DropsOut => wave > 0,
            _ => wave > 0 && self.draws.happens(habits.sheet_missing),
        };
        if silent {
            return Ok(());
        }
        let late = self.draws.happens(habits.sheet_late);
        let after = match wave {
            0 => 0,
            _ if late => self.draws.between(days.late_sheet),
            _ => self.draws.between(days.to_return_sheet),
        };
        let returned = later(self.due(wave), after).max(self.today());
        self.plan_for(returned, Step::Answer(sheets));
        Ok(())
    }

    fn due(&self, wave: usize) -> Date {
        let week = self.tables().waves.get(wave).map_or(0, |wave| wave.week);
        later(self.file.began, week * 7)
    }

    /// The assignments of a wave, with the position of each instrument.
    pub(super) fn assign(&mut self, wave: usize) -> Result<Vec<(String, usize)>, super::No> {
        let desk = self.desk(self.home);
        let mut sheets = Vec::new();
        for (at, given) in self.tables().instruments.iter().enumerate() {
            // At the beginning nothing has changed yet.
            if wave == 0 && given.shows == Shows::Change {
                continue;
            }
            let assigned = InstrumentAssigned {
                assignment: self.draws.id(),
                instrument: self
                    .clinic
                    .knowledge
                    .instruments
                    .id(given.instrument)
                    .to_owned(),
                wave: self.tables().waves.get(wave).map(|wave| wave.id.clone()),
                due: self.due(wave),
            };
            sheets.push((assigned.assignment.clone(), at));
            self.staff_acts(desk, Act::AssignInstrument(assigned))?;
        }
        Ok(sheets)
    }

    /// A wave is answered.
    pub(super) fn answer(&mut self, day: Date, sheets: &[(String, usize)]) -> Done {
        let habits = &self.tables().habits;
        let by_telephone = self.draws.happens(habits.by_telephone);
        let in_clinic = self.draws.happens(habits.in_clinic);
        let helped = self.draws.happens(habits.helped);
        if by_telephone || in_clinic {
            self.at_practice(self.home, day)?;
        } else {
            self.at_home(day)?;
        }
        let (by, mode) = match (by_telephone, in_clinic) {
            (true, _) => {
                let desk = self.desk(self.home);
                (self.who(desk).clone(), Mode::Telephone)
            }
            (_, true) => (Who::Patient, Mode::InClinic),
            _ => (Who::Patient, Mode::Online),
        };
        let answered_by = if by_telephone || helped {
            AnsweredBy::PatientHelped
        } else {
            AnsweredBy::Patient
        };
        let (knowledge, days) = (self.clinic.knowledge, self.days());
        for (assignment, at) in sheets {
            let Some(given) = self.tables().instruments.get(*at) else {
                continue;
            };
            let instrument = &knowledge.instruments[given.instrument];
            let tables = self.tables();
            let answers = course::answers(
                given,
                instrument,
                &self.course,
                days,
                tables,
                &mut self.draws,
            );
            let act = Act::AnswerInstrument {
                assignment: Some(assignment.clone()),
                instrument: instrument.id.clone(),
                answers,
                mode,
                answered_by,
            };
            self.act(&by, act)?;
        }
        if mode == Mode::Online && self.draws.happens(habits.looks_at_own) {
            self.looks()?;
        }
        Ok(())
    }

    /// The patient tells what they take.
    pub(super) fn medicines(&mut self) -> Done {
        let habits = &self.tables().habits;
        for (share, opioid) in [(habits.takes_medicine, false), (habits.takes_opioid, true)] {
            if !self.draws.happens(share) {
                continue;
            }
            let all = self.clinic.knowledge.medicines.iter().map(|(_, one)| one);
            let all: Vec<&Medicine> = all.filter(|one| one.opioid == opioid).collect();
            let Some(medicine) = self.draws.one(&all).copied() else {
                continue;
            };
            let taken = self.taken(medicine);
            self.act(&Who::Patient, Act::RecordMedication(taken))?;
        }
        Ok(())
    }

    fn taken(&mut self, medicine: &Medicine) -> MedicationRecorded {
        let conversion = self.draws.one(&medicine.conversions);
        let dose = conversion.filter(|one| one.factor > 0.0).map(|one| {
            let morphine = self.draws.within(self.tables().opioid.oral_morphine);
            Amount {
                amount: whole(morphine / one.factor, one.unit),
                unit: one.unit,
            }
        });
        MedicationRecorded {
            medicine: medicine.id.clone(),
            class: None,
            route: conversion.map_or(Route::Oral, |one| one.route),
            dose,
            from: later(
                self.today(),
                -self.draws.between(self.tables().days.taken_since),
            ),
            to: None,
            days: None,
        }
    }
}

/// A dose that somebody could read off a packet, never nothing.
fn whole(amount: f64, unit: DoseUnit) -> f64 {
    let step = match unit {
        DoseUnit::MilligramsADay => 5.0,
        DoseUnit::MicrogramsAnHour => 1.0,
    };
    ((amount / step).round() * step).max(step)
}
