//! What was concluded about a patient as a short row of numbers, so that two releases are compared without putting anything into words.
//!
//! Ids that both releases know get the same number, so handles of different releases can be compared.

use cotreat_care::Conclusions;
use cotreat_care::plan::Status;
use cotreat_knowledge::model::{
    Classification, Condition, Intervention, Pathway, Pattern, Technique,
};
use cotreat_knowledge::{Handle, Knowledge, Table, Tier};

/// Kind and number of a thing, and what was concluded about it.
type Item = (u8, u32, u32);

/// All that was concluded about one patient.
#[derive(Debug)]
pub(super) struct Row(Vec<Item>);

impl Row {
    /// Whether the same was concluded, in whatever order. Most rows are equal as they stand; only the others are sorted.
    pub(super) fn same(mut self, mut other: Self) -> bool {
        if self.0 == other.0 {
            return true;
        }
        self.0.sort_unstable();
        other.0.sort_unstable();
        self.0 == other.0
    }
}

/// The numbers of two releases.
pub(super) struct Outlines {
    pub(super) from: Numbers,
    pub(super) to: Numbers,
}

impl Outlines {
    pub(super) fn new(from: &Knowledge, to: &Knowledge) -> Self {
        let (from, to) = Numbers::shared(from, to);
        Self { from, to }
    }
}

/// For each kind of thing, the shared number of each handle.
pub(super) struct Numbers {
    conditions: Vec<u32>,
    classifications: Vec<u32>,
    values: Vec<Vec<u32>>,
    patterns: Vec<u32>,
    pathways: Vec<u32>,
    interventions: Vec<u32>,
    techniques: Vec<u32>,
}

/// Rows are about this long.
const USUAL: usize = 512;

const SCOPE: u8 = 0;
const ALARM: u8 = 1;
const HANDS_ON: u8 = 2;
const PATHWAY: u8 = 3;
const CLASS: u8 = 4;
const CONTRIBUTOR: u8 = 5;
const PATTERN: u8 = 6;
const PLAN: u8 = 7;
const TECHNIQUE: u8 = 8;

/// A classification of which not everything is known.
const NOT_KNOWN: u32 = u32::MAX;

impl Numbers {
    fn shared(from: &Knowledge, to: &Knowledge) -> (Self, Self) {
        let conditions = of_tables::<Condition>(&from.conditions, &to.conditions);
        let classifications =
            of_tables::<Classification>(&from.classifications, &to.classifications);
        let values = of_lists(&value_ids(from), &value_ids(to));
        let patterns = of_tables::<Pattern>(&from.patterns, &to.patterns);
        let pathways = of_tables::<Pathway>(&from.pathways, &to.pathways);
        let interventions = of_tables::<Intervention>(&from.interventions, &to.interventions);
        let techniques = of_tables::<Technique>(&from.techniques, &to.techniques);
        (
            Self {
                conditions: conditions.0,
                classifications: classifications.0,
                values: by_class(from, values.0),
                patterns: patterns.0,
                pathways: pathways.0,
                interventions: interventions.0,
                techniques: techniques.0,
            },
            Self {
                conditions: conditions.1,
                classifications: classifications.1,
                values: by_class(to, values.1),
                patterns: patterns.1,
                pathways: pathways.1,
                interventions: interventions.1,
                techniques: techniques.1,
            },
        )
    }

    /// Writes down what was concluded. What an appraisal does not show is left out, so that a release that merely knows more
    /// conditions or interventions changes nobody.
    pub(super) fn outline(&self, conclusions: &Conclusions, knowledge: &Knowledge) -> Row {
        let mut row = Vec::with_capacity(USUAL);
        let assessment = &conclusions.assessment;
        let plan = &conclusions.plan;
        if plan.out_of_scope.is_some() {
            row.push((SCOPE, 0, 1));
        }
        if plan.offers_hands_on(knowledge) {
            row.push((HANDS_ON, 0, 1));
        }
        for alarm in &assessment.alarms {
            let could_reach = alarm.could_reach(knowledge, &assessment.state);
            let tiers = tier(alarm.reached) * 8 + tier(could_reach);
            if tiers != 0 {
                row.push((ALARM, number(&self.conditions, alarm.condition), tiers));
            }
        }
        for contributor in &assessment.contributors {
            if let Some(band) = contributor.band {
                row.push((
                    CONTRIBUTOR,
                    number(&self.conditions, contributor.condition),
                    band as u32,
                ));
            }
        }
        row.extend(
            assessment
                .patterns
                .iter()
                .map(|pattern| (PATTERN, number(&self.patterns, *pattern), 1)),
        );
        row.extend(
            conclusions
                .pathways
                .iter()
                .map(|pathway| (PATHWAY, number(&self.pathways, *pathway), 1)),
        );
        self.classes(conclusions, knowledge, &mut row);
        for line in &plan.lines {
            if line.status != Status::NotIndicated {
                let reading = 2 * line.status as u32 + u32::from(line.preselected);
                row.push((
                    PLAN,
                    number(&self.interventions, line.intervention),
                    reading,
                ));
            }
            row.extend(line.safety.techniques.iter().map(|t| {
                (
                    TECHNIQUE,
                    number(&self.techniques, t.technique),
                    t.status as u32,
                )
            }));
        }
        Row(row)
    }

    fn classes(&self, conclusions: &Conclusions, knowledge: &Knowledge, row: &mut Vec<Item>) {
        let state = &conclusions.assessment.state;
        for (handle, class) in knowledge.classifications.iter() {
            let symbol = knowledge.names.classification(handle);
            let own = number(&self.classifications, handle);
            let values = &self.values[handle.index()];
            if class.exclusive {
                match state.chosen(symbol) {
                    None => row.push((CLASS, own, NOT_KNOWN)),
                    Some(chosen) => {
                        row.extend(chosen.map(|at| (CLASS, own, values[usize::from(at)])))
                    }
                }
                continue;
            }
            let (yes, unknown) = state.set(symbol);
            let all = if values.len() >= 64 {
                u64::MAX
            } else {
                (1 << values.len()) - 1
            };
            if unknown & all != 0 {
                row.push((CLASS, own, NOT_KNOWN));
            }
            row.extend(
                values
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| yes & (1 << at) != 0)
                    .map(|(_, value)| (CLASS, own, *value)),
            );
        }
    }
}

fn tier(tier: Option<Tier>) -> u32 {
    tier.map_or(0, |tier| tier as u32 + 1)
}

fn number<T>(numbers: &[u32], handle: Handle<T>) -> u32 {
    numbers[handle.index()]
}

fn of_tables<T>(from: &Table<T>, to: &Table<T>) -> (Vec<u32>, Vec<u32>) {
    of_lists(from.ids(), to.ids())
}

/// Numbers for two lists of ids: the same id, the same number.
fn of_lists(from: &[String], to: &[String]) -> (Vec<u32>, Vec<u32>) {
    let mut all: Vec<&String> = from.iter().chain(to).collect();
    all.sort_unstable();
    all.dedup();
    let numbers = |ids: &[String]| {
        ids.iter()
            .map(|id| {
                all.binary_search(&id)
                    .ok()
                    .and_then(|at| u32::try_from(at).ok())
                    .unwrap_or(u32::MAX - 1)
            })
            .collect()
    };
    (numbers(from), numbers(to))
}

/// `class.value` for every value of every classification.
fn value_ids(knowledge: &Knowledge) -> Vec<String> {
    knowledge
        .classifications
        .iter()
        .flat_map(|(_, class)| {
            class
                .values
                .iter()
                .map(move |value| format!("{}.{}", class.id, value.id))
        })
        .collect()
}

fn by_class(knowledge: &Knowledge, numbers: Vec<u32>) -> Vec<Vec<u32>> {
    let mut numbers = numbers.into_iter();
    knowledge
        .classifications
        .iter()
        .map(|(_, class)| numbers.by_ref().take(class.values.len()).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use cotreat_care::{appraise, case, conclude};

    use super::Outlines;
    use crate::{change, files};

    /// The short row differs exactly where the appraisals differ: over every pair of neighbours among the shipped patients.
    #[test]
    fn differs_where_the_appraisals_differ() {
        let texts = files::knowledge_texts(None).expect("built in");
        let knowledge = files::knowledge_of(&texts, None).expect("sound");
        let outlines = Outlines::new(&knowledge, &knowledge);
        let cases = texts.iter().filter(|(path, _)| path.starts_with("cases/"));
        let cases = cases.flat_map(|(path, text)| case::read(path, text).expect("a case"));
        let episodes: Vec<_> = cases
            .map(|case| case.episode(&knowledge).expect("a patient"))
            .collect();
        let mut different = 0;
        for pair in episodes.windows(2) {
            let [before, after] = pair else { continue };
            let row = |episode| {
                outlines
                    .from
                    .outline(&conclude(episode, &knowledge), &knowledge)
            };
            let quick = !row(before).same(row(after));
            let changes =
                change::changes(&appraise(before, &knowledge), &appraise(after, &knowledge));
            assert_eq!(
                quick,
                !changes.is_empty(),
                "{} and {}: {changes:#?}",
                before.title,
                after.title
            );
            different += u32::from(quick);
        }
        assert!(different > 100, "{different}");
    }
}
