//! Each row of a form on its own: what [`super::decide`] would refuse of a session or a plan, row by row, so that the refusal can stand where it belongs.

use cotreat_knowledge::Knowledge;

use super::look::Look;
use super::{Act, Command, Refusal, plan, session};
use crate::record::Record;

/// For each piece of work of a session that is to be written down or amended: the refusal it meets by itself, or none. Other acts have no work.
#[must_use]
pub fn judge_work(
    record: &Record,
    command: &Command,
    knowledge: &Knowledge,
) -> Vec<Option<Refusal>> {
    let look = Look {
        record,
        command,
        knowledge,
    };
    match &command.act {
        Act::RecordSession { did, .. } => session::judge(&look, did, &[]),
        Act::AmendSession {
            session: id, did, ..
        } => session::judge_again(&look, id, did),
        _ => Vec::new(),
    }
}

/// For each line of a plan that is to be agreed or revised: the refusal it meets by itself, or none. Other acts have no lines.
#[must_use]
pub fn judge_lines(
    record: &Record,
    command: &Command,
    knowledge: &Knowledge,
) -> Vec<Option<Refusal>> {
    let look = Look {
        record,
        command,
        knowledge,
    };
    match &command.act {
        Act::AgreePlan(agreed) => plan::judge(&look, &agreed.plan),
        Act::RevisePlan(revised) => plan::judge(&look, &revised.plan),
        _ => Vec::new(),
    }
}
