//! Sessions: what is done, and what it does.

use cotreat_care::decide::{Act, Refused};
use cotreat_care::event::{Position, Response, Session, Work};
use jiff::civil::Date;

use super::act::{Done, No};
use super::end::Why;
use super::lines::Aimed;
use super::moves::Move;
use super::{Step, Story};
use crate::directory::may_use;
use crate::fate::Fate;

/// No session holds more than this.
const WORK: usize = 4;
/// So many other techniques somebody thinks of, where what was planned cannot be done.
const OTHERS: usize = 4;

impl Story<'_> {
    /// A session on its day, with so many to come.
    pub(super) fn treat(
        &mut self,
        day: Date,
        staff: usize,
        left: i64,
        through: Option<usize>,
    ) -> Done {
        if self.away {
            return Ok(());
        }
        self.sees(staff, day)?;
        self.session(staff, left, through)
    }

    /// A session now; the next one, or the report, goes into the diary.
    pub(super) fn session(&mut self, staff: usize, left: i64, through: Option<usize>) -> Done {
        let done = self.give(staff, left);
        if left > 1 {
            let days = self.tables().days.between_sessions;
            self.plan_in(days, Step::Treat(staff, left - 1, through));
        } else if self.row.id == Fate::DropsOut {
            self.away = true;
            self.plan_in(self.tables().days.unseen, Step::Close(Why::Gone));
        } else if let Some(at) = through {
            self.plan_in(self.tables().days.to_report, Step::Refer(at, Move::Report));
        }
        done
    }

    /// Gives the session: names the risks first, and where something is refused, does less of it or something else.
    fn give(&mut self, staff: usize, left: i64) -> Done {
        let spread = left == 1 && self.row.id == Fate::Worsens
            || self.draws.happens(self.tables().habits.symptoms_spread);
        let session = self.draws.id();
        let mut refused = Ok(());
        for aimed in self.ways(staff) {
            self.agree_to_treatment(staff, &aimed)?;
            let did = self.session_of(&aimed, spread)?;
            let act = Act::RecordSession {
                session: session.clone(),
                did: did.clone(),
                experience: self.staff(staff).experience(self.today()),
            };
            match self.staff_acts(staff, act) {
                Err(No::Refused(why, told)) => {
                    if why == Some(Refused::MustKnow) {
                        self.ask_open(staff)?;
                    }
                    refused = Err(No::Refused(why, told));
                }
                done => {
                    done?;
                    return self.after(staff, &session, &did, spread);
                }
            }
        }
        refused
    }

    fn session_of(&mut self, aimed: &[Aimed], spread: bool) -> Result<Session, No> {
        let began = self.moment;
        self.pass(self.tables().minutes.session)?;
        let minutes = began
            .until(self.moment)
            .map_or(0, |span| span.get_seconds() / 60);
        Ok(Session {
            began,
            minutes: u32::try_from(minutes).unwrap_or(0),
            work: aimed.iter().map(|one| self.work(one)).collect(),
            response: self.response(spread),
            home_programme: Some(self.draws.words(&self.words().home_programmes)),
            adherence: u8::try_from(self.draws.between(self.tables().session.adherence)).ok(),
            safety_net: self.draws.happens(self.tables().habits.told_again),
        })
    }

    /// What a session of somebody may hold: all that is planned, less and less of it, then each of some other techniques that they may use for the same.
    fn ways(&mut self, staff: usize) -> Vec<Vec<Aimed>> {
        let mut aimed = self.work_of(staff);
        let Some(first) = aimed.first().cloned() else {
            return Vec::new();
        };
        let knowledge = self.clinic.knowledge;
        let intervention = knowledge.techniques[first.technique].intervention;
        let place = self.file.record.jurisdiction();
        let mut others = self
            .staff(staff)
            .profession
            .map_or_else(Vec::new, |profession| {
                let all = knowledge.interventions[intervention]
                    .techniques
                    .iter()
                    .copied();
                all.filter(|one| may_use(knowledge, profession, place, *one))
                    .collect()
            });
        self.draws.shuffle(&mut others);
        let mut ways = Vec::new();
        while !aimed.is_empty() {
            ways.push(aimed.clone());
            aimed.pop();
        }
        ways.extend(others.into_iter().take(OTHERS).map(|technique| {
            vec![Aimed {
                technique,
                ..first.clone()
            }]
        }));
        ways
    }

    /// What a session of somebody holds.
    fn work_of(&mut self, staff: usize) -> Vec<Aimed> {
        let own = self.lines.iter().filter(|line| line.staff == staff);
        let mut aimed: Vec<Aimed> = Vec::new();
        for one in own.flat_map(|line| &line.aimed) {
            if !aimed.contains(one) {
                aimed.push(one.clone());
            }
        }
        let first = if aimed.len() > WORK {
            self.draws.below(aimed.len() - WORK + 1)
        } else {
            0
        };
        aimed.into_iter().skip(first).take(WORK).collect()
    }

    fn work(&mut self, aimed: &Aimed) -> Work {
        let positions = [
            Position::Prone,
            Position::SideLying,
            Position::Supine,
            Position::Seated,
        ];
        Work {
            technique: self
                .clinic
                .knowledge
                .techniques
                .id(aimed.technique)
                .to_owned(),
            at: aimed.at.clone(),
            side: aimed.side,
            direction: None,
            dose: Some(self.draws.words(&self.words().doses)),
            position: self.draws.one(&positions).copied(),
            overridden: None,
        }
    }

    fn response(&mut self, spread: bool) -> Response {
        let before = self
            .course
            .pain(self.days(), self.tables(), &mut self.draws);
        let eased = u8::try_from(self.draws.between(self.tables().session.eased)).unwrap_or(0);
        let after = if spread {
            before.saturating_add(1).min(10)
        } else {
            before.saturating_sub(eased)
        };
        Response {
            pain_before: Some(before),
            pain_after: Some(after),
            spread_down_the_leg: Some(spread),
        }
    }

    /// What follows a session: a correction, a look at the appraisal, a setback.
    fn after(&mut self, staff: usize, session: &str, did: &Session, spread: bool) -> Done {
        self.sessions += 1;
        if spread {
            self.plan_in(self.tables().days.to_look, Step::Look);
        }
        if self.row.id == Fate::AdverseEvent && self.sessions == self.tables().session.setback_after
        {
            self.plan_in(
                self.tables().days.to_setback,
                Step::Setback(staff, session.to_owned()),
            );
        }
        if !self.draws.happens(self.tables().habits.session_amended) {
            return Ok(());
        }
        let mut corrected = did.clone();
        corrected.minutes += 5;
        let amended = Act::AmendSession {
            session: session.to_owned(),
            did: corrected,
            reason: self.draws.words(&self.words().amended),
        };
        self.staff_acts(staff, amended)
    }
}
