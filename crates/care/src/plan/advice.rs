//! What the guidelines say about one intervention for this patient.

use cotreat_expr::Tri;
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::Direction;
use cotreat_knowledge::model::{Intervention, Recommendation};

use crate::episode::Episode;
use crate::open::{Askable, Asking, Open};
use crate::plan::Decided;

/// Recommendations of one intervention, by position, sorted by what they say.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// They hold and are for it.
    pub favour: Vec<usize>,
    /// They hold and are against it.
    pub against: Vec<usize>,
    /// They hold and say that no recommendation can be made.
    pub neutral: Vec<usize>,
    /// Not known whether they hold; for it.
    pub open_favour: Vec<usize>,
    /// Not known whether they hold; against it.
    pub open_against: Vec<usize>,
    /// They would hold, but an exception bends them: (bent, exception).
    pub bent: Vec<(usize, usize)>,
    /// Two exceptions to the same recommendation hold: the knowledge contradicts itself.
    pub knowledge_conflict: bool,
    /// Recommendations that must be decided to know what is advised, by position.
    pub waits_for: Vec<usize>,
}

impl Advice {
    /// Whether anything is, or could turn out to be, for it.
    #[must_use]
    pub fn might_be_advised(&self) -> bool {
        !self.favour.is_empty() || !self.open_favour.is_empty()
    }

    /// What to ask to know what is advised.
    #[must_use]
    pub fn ask_first(&self, one: &Intervention, open: &Open<'_>) -> Vec<Askable> {
        let mut asked = Asking::default();
        self.add_asked(one, open, &mut asked);
        asked.list()
    }

    pub(super) fn add_asked(&self, one: &Intervention, open: &Open<'_>, asked: &mut Asking) {
        for at in &self.waits_for {
            // An open exception is asked through its own rule.
            let bending = one.recommendations.iter().filter(|r| r.except == Some(*at));
            for rule in bending
                .chain([&one.recommendations[*at]])
                .filter_map(|r| r.when.as_ref())
            {
                open.add_rule(rule, asked);
            }
        }
    }
}

/// Weighs the recommendations that count in the episode's profile.
pub(super) fn weigh(episode: &Episode, decided: &mut Decided<'_>, one: &Intervention) -> Advice {
    let mut advice = Advice::default();
    let mut value_of = |r: &Recommendation| {
        if counts(episode, decided.knowledge, r) {
            r.when.as_ref().map_or(Tri::Yes, |rule| decided.value(rule))
        } else {
            Tri::No
        }
    };
    // Exceptions that hold or might: what they bend, which, and how they stand. There are few.
    let exceptions: Vec<(usize, usize, Tri)> = one
        .recommendations
        .iter()
        .enumerate()
        .filter_map(|(at, r)| Some((r.except?, at, value_of(r))))
        .filter(|(_, _, value)| *value != Tri::No)
        .collect();
    for (at, recommendation) in one.recommendations.iter().enumerate() {
        let mut value = value_of(recommendation);
        if value == Tri::No {
            continue;
        }
        let own = || exceptions.iter().filter(|(bent, ..)| *bent == at);
        let mut holding = own().filter(|(_, _, value)| *value == Tri::Yes);
        if let Some((_, by, _)) = holding.next() {
            advice.bent.push((at, *by));
            advice.knowledge_conflict |= holding.next().is_some();
            continue;
        }
        if own().next().is_some() {
            value = Tri::Unknown;
        }
        let list = match (recommendation.direction, value) {
            (Direction::For, Tri::Yes) => &mut advice.favour,
            (Direction::For, _) => &mut advice.open_favour,
            (Direction::Against, Tri::Yes) => &mut advice.against,
            (Direction::Against, _) => &mut advice.open_against,
            (Direction::None, Tri::Yes) => &mut advice.neutral,
            (Direction::None, _) => continue,
        };
        list.push(at);
    }
    // In one country's profile a recommendation against removes the line, so it must be known that none holds. Side by side it only adds a voice.
    if episode.profile.is_some() && !advice.against.is_empty() {
        advice.favour.clear();
        advice.open_favour.clear();
    }
    let needed: &[&[usize]] = match (advice.favour.is_empty(), episode.profile.is_some()) {
        (true, true) => &[&advice.open_favour, &advice.open_against],
        (true, false) => &[&advice.open_favour],
        (false, true) => &[&advice.open_against],
        (false, false) => &[],
    };
    advice.waits_for = needed
        .iter()
        .flat_map(|list| list.iter().copied())
        .collect();
    advice
}

/// A recommendation counts when its guideline belongs to the profile; judgement without a guideline belongs to every profile.
fn counts(episode: &Episode, knowledge: &Knowledge, recommendation: &Recommendation) -> bool {
    match (episode.profile, recommendation.statement.source) {
        (None, _) | (_, None) => true,
        (Some(profile), Some(source)) => knowledge.profiles[profile].guidelines.contains(&source),
    }
}
