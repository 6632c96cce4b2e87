//! What patients ask, what they are answered, and what they no longer agree to.

use cotreat_care::decide::Act;
use cotreat_care::event::{ConsentWithdrawn, QuestionAnswered, QuestionAsked, Who};
use jiff::civil::Date;

use super::act::Done;
use super::{Step, Story};
use crate::fate::Fate;

impl Story<'_> {
    /// The patient asks the team something.
    pub(super) fn question(&mut self, day: Date, at: usize) -> Done {
        match self.words().questions.get(at) {
            Some([asked, answer]) if !self.away => self.put(day, asked, answer),
            _ => Ok(()),
        }
    }

    /// The patient asks something; whoever is responsible answers some days later, unless everybody waits.
    pub(super) fn put(&mut self, day: Date, asked: &str, answer: &str) -> Done {
        self.at_home(day)?;
        let question = self.draws.id();
        let put = QuestionAsked {
            question: question.clone(),
            text: asked.to_owned(),
        };
        self.act(&Who::Patient, Act::AskQuestion(put))?;
        if self.row.id != Fate::WaitingForAnswers {
            let reply = Step::Reply(question, answer.to_owned());
            self.plan_in(self.tables().days.to_reply, reply);
        }
        Ok(())
    }

    /// The team answers.
    pub(super) fn reply(&mut self, day: Date, question: String, text: String) -> Done {
        let staff = self.responsible();
        self.sees(staff, day)?;
        let answered = QuestionAnswered { question, text };
        self.staff_acts(staff, Act::AnswerQuestion(answered))
    }

    /// The patient no longer agrees to a use of the record.
    pub(super) fn withdraw(&mut self, day: Date) -> Done {
        self.at_home(day)?;
        let withdrawn = ConsentWithdrawn {
            purpose: self.words().purposes.research.clone(),
        };
        self.looks()?;
        self.act(&Who::Patient, Act::WithdrawConsent(withdrawn))
    }
}
