//! Something goes wrong after a session.

use cotreat_care::decide::Act;
use cotreat_care::event::{Expectedness, Relatedness, Seriousness, Severity};
use jiff::civil::Date;

use super::Story;
use super::act::Done;

impl Story<'_> {
    /// Something went wrong after a session.
    pub(super) fn setback(&mut self, day: Date, staff: usize, session: String) -> Done {
        self.sees(staff, day)?;
        let serious = self.draws.happens(self.tables().habits.serious);
        let severities = [Severity::Mild, Severity::Moderate];
        let (what, seriousness, severity) = if serious {
            let what = self.draws.words(&self.words().adverse_serious);
            (what, Seriousness::Serious, Some(Severity::Severe))
        } else {
            let what = self.draws.words(&self.words().adverse);
            let severity = self.draws.one(&severities).copied();
            (what, Seriousness::NotSerious, severity)
        };
        let relatedness = [
            Relatedness::Possible,
            Relatedness::Probable,
            Relatedness::Definite,
        ];
        let expected = if serious {
            Expectedness::Unexpected
        } else {
            Expectedness::Expected
        };
        let happened = Act::RecordAdverseEvent {
            what,
            session: Some(session),
            seriousness: Some(seriousness),
            severity,
            relatedness: self.draws.one(&relatedness).copied(),
            expectedness: Some(expected),
        };
        self.staff_acts(staff, happened)?;
        let lead = self.responsible();
        if serious {
            self.sees(lead, self.today())?;
            self.show(lead)?;
        }
        if self.file.record.plan_in_force().is_some() {
            self.sees(lead, self.today())?;
            self.revise(lead, &self.words().revised_setback)?;
        }
        Ok(())
    }
}
