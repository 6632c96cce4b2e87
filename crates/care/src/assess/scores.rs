//! Works out instrument scores from item answers or entered totals.

use cotreat_knowledge::Knowledge;

use super::findings::Contradiction;
use crate::episode::Episode;
use crate::state::State;

/// Scores are rounded where they are made; this only absorbs binary fractions.
const SAME: f64 = 1e-6;

pub(super) fn work_out(
    episode: &Episode,
    knowledge: &Knowledge,
    state: &mut State,
    contradictions: &mut Vec<Contradiction>,
) {
    if episode.answers.is_empty() && episode.scores.is_empty() {
        return;
    }
    for (symbol, score) in knowledge.names.scores() {
        let instrument = &knowledge.instruments[score.instrument];
        let definition = &instrument.scores[score.score];
        let answered = episode
            .answers
            .iter()
            .filter(|sheet| sheet.instrument == score.instrument)
            .find_map(|sheet| definition.of(&instrument.items, &sheet.answers));
        let entered = episode
            .scores
            .iter()
            .enumerate()
            .find(|(_, entered)| entered.score == score);
        if let (Some(answered), Some((at, entered))) = (answered, entered)
            && (answered - entered.value).abs() > SAME
        {
            contradictions.push(Contradiction::Score(at));
        }
        if let Some(value) = answered.or(entered.map(|(_, entered)| entered.value)) {
            state.set_number(symbol, value);
        }
    }
}
