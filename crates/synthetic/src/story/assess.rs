//! The first visit: what a clinician finds, what is shown, what the patient wants, and where it goes from there.

use cotreat_care::appraise;
use cotreat_care::decide::Act;
use cotreat_care::event::{
    AppraisalShown, Elsewhere, FactsRecorded, SafetyNetGiven, Said, Stated, Wishes,
};
use cotreat_care::open::{Askable, Open};
use cotreat_care::plan::{PlanLine, Status};
use cotreat_knowledge::format::{Asked, Role};
use cotreat_knowledge::model::{Answers, Finding};
use cotreat_knowledge::{Handle, Knowledge};
use cotreat_people::decide::PatientAct;
use jiff::civil::Date;

use super::act::{Done, No};
use super::alarm::Alarms;
use super::{Step, Story};
use crate::calendar::later;
use crate::entry::Shown;

/// Of those who go on asking, nobody asks more often than this in one visit.
const ROUNDS: usize = 4;

impl Story<'_> {
    /// The patient is seen for the first time in this episode.
    pub(super) fn visit(&mut self, day: Date) -> Done {
        let first = self.first;
        self.sees(first, day)?;
        let facts = FactsRecorded {
            facts: self.told(Asked::Clinician),
            wishes: Some(self.wishes()),
            elsewhere: self.elsewhere(),
            drawing: None,
        };
        self.staff_acts(first, Act::RecordFacts(facts))?;
        self.show(first)?;
        let advice = SafetyNetGiven {
            advice: self.words().safety_net.clone(),
            written: self.draws.happens(self.tables().habits.written_advice),
        };
        self.staff_acts(first, Act::GiveSafetyNet(advice))?;
        let habits = &self.tables().habits;
        if self.draws.happens(habits.private_note) {
            self.private_note(first)?;
        }
        if self.draws.happens(habits.asks_question) {
            let at = self.draws.below(self.words().questions.len());
            self.plan_in(self.tables().days.to_question, Step::Question(at));
        }
        self.proceed(first)
    }

    /// From what is known to a plan: past alarms, and by somebody who may lead.
    pub(super) fn proceed(&mut self, staff: usize) -> Done {
        match self.alarms(staff) {
            Alarms::None => self.plan_or_refer(staff),
            Alarms::Theirs => {
                self.plan_in(self.tables().days.to_tests, Step::Cleared(staff));
                Ok(())
            }
            Alarms::Urgent(to) => self.refer_alarm(staff, to),
            Alarms::Emergency(to) => self.send_away(staff, to),
            // Nobody here may clear it: hands-on care waits, and so does the plan.
            Alarms::NobodyMay => Ok(()),
        }
    }

    /// Somebody goes on from where alarms stopped them.
    pub(super) fn go_on(&mut self, day: Date, staff: usize) -> Done {
        self.sees(staff, day)?;
        self.proceed(staff)
    }

    /// An appraisal is on somebody's screen, and is kept as it stood there.
    pub(super) fn show(&mut self, staff: usize) -> Done {
        let knowledge = self.clinic.knowledge;
        let episode = self.file.record.known(knowledge, self.today()).episode;
        let appraisal = appraise(&episode, knowledge);
        // It holds no value that JSON cannot carry.
        let text = appraisal.to_json().unwrap_or_default();
        let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        let shown = AppraisalShown {
            appraisal: hash.clone(),
            engine: appraisal.engine,
            knowledge: appraisal.knowledge,
        };
        self.staff_acts(staff, Act::ShowAppraisal(shown))?;
        self.shown.push(Shown {
            patient: self.file.patient.clone(),
            at: self.moment,
            hash,
            text,
        });
        Ok(())
    }

    /// Whoever leads looks at the appraisal again.
    pub(super) fn look_again(&mut self, day: Date) -> Done {
        let staff = self.responsible();
        self.sees(staff, day)?;
        self.show(staff)
    }

    fn wishes(&mut self) -> Wishes {
        let interventions = &self.clinic.knowledge.interventions;
        let ids = |list: &[_]| {
            list.iter()
                .map(|one| interventions.id(*one).to_owned())
                .collect()
        };
        let mut goals = self.picture.goals.clone();
        if goals.is_empty() {
            goals.push(self.draws.words(&self.words().goals));
        }
        Wishes {
            wants: ids(&self.picture.wants),
            declines: ids(&self.picture.declines),
            goals,
            expectation: u8::try_from(self.draws.between([2, 10])).ok(),
        }
    }

    fn elsewhere(&mut self) -> Vec<Elsewhere> {
        if !self.draws.happens(self.tables().habits.treated_elsewhere) {
            return Vec::new();
        }
        vec![Elsewhere {
            what: self.draws.words(&self.words().elsewhere),
            by: None,
            from: Some(later(
                self.today(),
                -self.draws.between(self.tables().days.elsewhere_since),
            )),
            to: None,
            note: None,
        }]
    }

    fn private_note(&mut self, staff: usize) -> Done {
        let note = PatientAct::WritePrivateNote {
            note: self.draws.id(),
            organisation: self.practice(self.staff(staff).practice).id.clone(),
            text: self.draws.words(&self.words().private_notes),
        };
        self.note(&self.staff(staff).actor, note)
    }

    /// Asks what must be known before anything can be offered, as long as something can.
    pub(super) fn ask_open(&mut self, staff: usize) -> Done {
        for _ in 0..ROUNDS {
            let asked = self.open_questions();
            if asked.is_empty() {
                return Ok(());
            }
            let facts: Vec<Stated> = asked.iter().map(|one| self.usual_answer(*one)).collect();
            let all = Act::RecordFacts(FactsRecorded {
                facts: facts.clone(),
                ..FactsRecorded::default()
            });
            match self.staff_acts(staff, all) {
                // One of them cannot be true beside what is known: then each for itself, as far as it fits.
                Err(No::Refused(..)) => self.one_by_one(staff, facts)?,
                done => done?,
            }
        }
        Ok(())
    }

    fn one_by_one(&mut self, staff: usize, facts: Vec<Stated>) -> Done {
        for fact in facts {
            let alone = FactsRecorded {
                facts: vec![fact],
                ..FactsRecorded::default()
            };
            match self.staff_acts(staff, Act::RecordFacts(alone)) {
                Ok(()) | Err(No::Refused(..)) => {}
                Err(over) => return Err(over),
            }
        }
        Ok(())
    }

    /// The questions before the first active line and the first hands-on line, where none of them is proposed yet.
    fn open_questions(&self) -> Vec<Handle<Finding>> {
        let knowledge = self.clinic.knowledge;
        let (_, conclusions) = self.concluded();
        let open = Open::new(&conclusions.assessment, knowledge);
        let active =
            |line: &PlanLine| knowledge.interventions[line.intervention].role == Role::Active;
        let hands_on = |line: &PlanLine| knowledge.interventions[line.intervention].hands_on;
        let mut asked = Vec::new();
        for fits in [&active as &dyn Fn(&PlanLine) -> bool, &hands_on] {
            let mut lines = conclusions.plan.lines.iter().filter(|line| fits(line));
            if lines.clone().any(|line| line.preselected) {
                continue;
            }
            let waiting = lines.find(|line| line.status == Status::NotYet && line.waits());
            for askable in waiting
                .map(|line| line.ask_first(knowledge, &open))
                .unwrap_or_default()
            {
                match askable {
                    Askable::Finding(finding) if !asked.contains(&finding) => asked.push(finding),
                    // Questionnaires come in waves.
                    Askable::Finding(_) | Askable::Instrument(_) => {}
                }
            }
        }
        asked.retain(|finding| self.was_not_asked(*finding));
        asked
    }

    /// What was asked and is not known is not asked again.
    fn was_not_asked(&self, finding: Handle<Finding>) -> bool {
        let id = self.clinic.knowledge.findings.id(finding);
        !self
            .file
            .record
            .facts
            .iter()
            .any(|noted| noted.what.finding == id)
    }

    /// What most people with a calm picture answer.
    fn usual_answer(&self, finding: Handle<Finding>) -> Stated {
        let knowledge = self.clinic.knowledge;
        let usual = self.clinic.pictures.usual(finding).cloned();
        Stated {
            finding: knowledge.findings.id(finding).to_owned(),
            value: usual.unwrap_or_else(|| reassuring(finding, knowledge)),
            on: None,
            how: None,
            dose: None,
        }
    }
}

/// No, where one can say no; else that it is not known.
fn reassuring(finding: Handle<Finding>, knowledge: &Knowledge) -> Said {
    match knowledge.findings[finding].answers {
        Answers::YesNo { .. } => Said::No,
        Answers::Choice(_) | Answers::Choices(_) | Answers::Number { .. } => Said::NotKnown,
    }
}
