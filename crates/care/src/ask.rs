//! The next best question: the one whose answer would change most, in this order: what could raise an alarm, what a safety rule must know,
//! what could change the plan, what would settle a contributor for the effort.

use std::cmp::Reverse;

use cotreat_knowledge::format::{Asked, FindingKind, Method};
use cotreat_knowledge::model::{Condition, Intervention};
use cotreat_knowledge::{Band, Handle, Knowledge, Tier};

use crate::assess::contributors::{self, Estimate};
use crate::assess::{Assessment, Contributor};
use crate::episode::Episode;
use crate::open::{Askable, Asking, Open};
use crate::plan::{Plan, Status};

/// Something worth asking, and why.
#[derive(Clone, Debug)]
pub struct Question {
    /// What to ask.
    pub askable: Askable,
    /// The most urgent alarm it could raise.
    pub could_raise: Option<Tier>,
    /// How many answers, this one included, it takes at least to raise such an alarm: 1 when this answer alone would.
    pub answers_to_alarm: u32,
    /// Conditions whose alarm it could raise.
    pub alarms: Vec<Handle<Condition>>,
    /// Lines that wait for its answer.
    pub unlocks: Vec<Handle<Intervention>>,
    /// Medicines nobody asked for that wait for its answer.
    pub medicines: Vec<Handle<Intervention>>,
    /// Lines whose advice or technique its answer could change.
    pub changes: Vec<Handle<Intervention>>,
    /// Expected drop in uncertainty over bands, in bits, summed over contributors.
    pub settles: f64,
    /// Contributors it speaks for or against.
    pub contributors: Vec<Handle<Condition>>,
    /// What asking costs, in seconds.
    pub burden_seconds: u32,
}

/// What to ask next, best first.
#[derive(Clone, Debug, Default)]
pub struct Questions {
    /// What the patient can answer.
    pub patient: Vec<Question>,
    /// What a clinician must examine.
    pub clinician: Vec<Question>,
    /// Pictures and laboratory results to enter where they exist already. Whether to order a test is for alarms and pathways to say.
    pub results: Vec<Question>,
}

/// The rung of medicines; from here on nothing is asked merely to be able to offer it.
const MEDICINE_RUNG: u8 = 4;

/// Ranks everything that is worth asking.
#[must_use]
pub fn questions(
    episode: &Episode,
    assessment: &Assessment,
    plan: &Plan,
    knowledge: &Knowledge,
    open: &Open<'_>,
) -> Questions {
    let mut gather = Gather {
        assessment,
        knowledge,
        open,
        wants: Vec::new(),
        positions: vec![None; knowledge.findings.len() + knowledge.instruments.len()],
    };
    if plan.out_of_scope.is_none() {
        gather.alarms();
        gather.safety(plan);
        gather.plan(plan);
        gather.contributors(episode);
    }
    let mut all = gather.wants;
    if plan.emergency.is_empty() && plan.urgent {
        // While an urgent alarm stands, the plan can wait; what could raise an alarm cannot.
        all.retain(|q| q.could_raise.is_some());
    } else if !plan.emergency.is_empty() {
        // Nothing delays an emergency but what could turn out to be another one.
        all.retain(|q| q.could_raise == Some(Tier::Emergency) && q.answers_to_alarm == 1);
    }
    let mut keyed: Vec<(Key, Question)> = all.into_iter().map(|q| (key(&q), q)).collect();
    keyed.sort_by(|(a, p), (b, q)| {
        a.partial_cmp(b)
            .unwrap_or(std::cmp::Ordering::Equal)
            .then_with(|| p.askable.cmp(&q.askable))
    });
    let all = keyed.into_iter().map(|(_, q)| q);
    let (results, all): (Vec<_>, Vec<_>) = all.partition(|q| is_result(knowledge, q.askable));
    let (patient, clinician) = all
        .into_iter()
        .partition(|q| asked_of(knowledge, q.askable) == Asked::Patient);
    Questions {
        patient,
        clinician,
        results,
    }
}

fn is_result(knowledge: &Knowledge, askable: Askable) -> bool {
    match askable {
        Askable::Finding(finding) => matches!(
            knowledge.findings[finding].kind,
            FindingKind::Imaging | FindingKind::Laboratory
        ),
        Askable::Instrument(_) => false,
    }
}

/// Who can answer it.
#[must_use]
pub fn asked_of(knowledge: &Knowledge, askable: Askable) -> Asked {
    match askable {
        Askable::Finding(finding) => knowledge.findings[finding].asked_of,
        Askable::Instrument(instrument) => knowledge.instruments[instrument].asked_of,
    }
}

/// Lexicographic: a smaller key is asked first; ties are broken by id (handles follow ids).
///
/// What could raise an alarm goes first: what would raise it by itself before what needs further answers, then by tier, then by how many
/// alarms. Then what a safety rule waits for, by how many lines wait. Then what could change the plan, then what would settle contributors:
/// both by the expected drop in uncertainty for the effort.
type Key = (
    bool,
    u32,
    Reverse<Option<Tier>>,
    Reverse<usize>,
    Reverse<usize>,
    bool,
    bool,
    f64,
    u32,
);

fn key(q: &Question) -> Key {
    let bits_per_second = q.settles / f64::from(q.burden_seconds);
    let for_safety = q.could_raise.is_some() || !q.unlocks.is_empty();
    let value = if for_safety { 0.0 } else { -bits_per_second };
    (
        q.could_raise.is_none(),
        q.answers_to_alarm,
        Reverse(q.could_raise),
        Reverse(q.alarms.len()),
        Reverse(q.unlocks.len()),
        q.changes.is_empty(),
        q.medicines.is_empty(),
        value,
        q.burden_seconds,
    )
}

struct Gather<'a> {
    assessment: &'a Assessment,
    knowledge: &'a Knowledge,
    open: &'a Open<'a>,
    wants: Vec<Question>,
    /// Position in `wants` by finding, then by instrument.
    positions: Vec<Option<u32>>,
}

impl Gather<'_> {
    fn want(&mut self, askable: Askable) -> &mut Question {
        let knowledge = self.knowledge;
        let (slot, burden_seconds) = match askable {
            Askable::Finding(finding) => {
                (finding.index(), knowledge.findings[finding].burden_seconds)
            }
            Askable::Instrument(instrument) => (
                knowledge.findings.len() + instrument.index(),
                knowledge.instruments[instrument].burden_seconds.max(1),
            ),
        };
        let at = *self.positions[slot]
            .get_or_insert_with(|| u32::try_from(self.wants.len()).unwrap_or(u32::MAX))
            as usize;
        if at == self.wants.len() {
            self.wants.push(Question {
                askable,
                could_raise: None,
                answers_to_alarm: u32::MAX,
                alarms: Vec::new(),
                unlocks: Vec::new(),
                medicines: Vec::new(),
                changes: Vec::new(),
                settles: 0.0,
                contributors: Vec::new(),
                burden_seconds,
            });
        }
        &mut self.wants[at]
    }

    fn alarms(&mut self) {
        for state in &self.assessment.alarms {
            let rules = &self.knowledge.conditions[state.condition].alarms;
            let stands = state.reached >= Some(Tier::Routine);
            for at in &state.undecided {
                for &(askable, answers) in self.open.ways_to_yes(&rules[*at].when, stands).iter() {
                    let want = self.want(askable);
                    // The nearest alarm counts; of equally near ones the most urgent.
                    let nearer = (answers, Reverse(Some(rules[*at].tier)))
                        < (want.answers_to_alarm, Reverse(want.could_raise));
                    if nearer {
                        want.answers_to_alarm = answers;
                        want.could_raise = Some(rules[*at].tier);
                    }
                    if !want.alarms.contains(&state.condition) {
                        want.alarms.push(state.condition);
                    }
                }
            }
        }
    }

    fn safety(&mut self, plan: &Plan) {
        for line in &plan.lines {
            let one = &self.knowledge.interventions[line.intervention];
            let matters = line.wanted || one.rung < MEDICINE_RUNG;
            if line.status == Status::NotYet
                && !line.advice.favour.is_empty()
                && one.rung <= MEDICINE_RUNG
            {
                for askable in line.safety.ask_first(one, self.open) {
                    let want = self.want(askable);
                    // A medicine nobody asked for is no reason to ask early.
                    if matters {
                        want.unlocks.push(line.intervention)
                    } else {
                        want.medicines.push(line.intervention)
                    }
                }
            }
        }
    }

    fn plan(&mut self, plan: &Plan) {
        for line in &plan.lines {
            // A line that is merely possible is not worth a question.
            let undecided = line.preselected
                || matches!(
                    line.status,
                    Status::NotYet | Status::Conflict | Status::LastResort
                );
            let one = &self.knowledge.interventions[line.intervention];
            if !undecided || (one.rung >= MEDICINE_RUNG && !line.wanted) {
                continue;
            }
            let mut asked = Asking::default();
            asked.add(&line.advice.ask_first(one, self.open));
            let advice = line
                .advice
                .open_favour
                .iter()
                .chain(&line.advice.open_against)
                .filter_map(|at| one.recommendations[*at].when.as_ref());
            let safety = line
                .safety
                .open
                .iter()
                .map(|at| &one.contraindications[*at].when);
            for rule in advice.chain(safety) {
                self.open.add_rule(rule, &mut asked);
            }
            for askable in asked.list() {
                let want = self.want(askable);
                if !want.changes.contains(&line.intervention) {
                    want.changes.push(line.intervention);
                }
            }
        }
    }

    fn contributors(&mut self, episode: &Episode) {
        for contributor in &self.assessment.contributors {
            match &contributor.estimate {
                Some(estimate) => self.ratios(episode, contributor, estimate),
                None => self.criteria(contributor),
            }
        }
    }

    /// Which unanswered findings would narrow a contributor that is worked out from ratios.
    fn ratios(&mut self, episode: &Episode, contributor: &Contributor, estimate: &Estimate) {
        let method = &self.knowledge.method;
        let counted: Vec<u32> = estimate.used.iter().map(|used| used.line.cluster).collect();
        if counted.len() >= usize::from(method.max_clusters) {
            return;
        }
        let now = entropy(estimate.logit, method);
        let mut seen = Vec::new();
        for line in &estimate.open {
            // Of an unanswered cluster only the line that would count is worth asking.
            if counted.contains(&line.cluster) || seen.contains(&line.cluster) {
                continue;
            }
            let yes = contributors::use_line(self.knowledge, *line, true, episode.setting);
            let no = contributors::use_line(self.knowledge, *line, false, episode.setting);
            if yes.is_none() && no.is_none() {
                continue;
            }
            seen.push(line.cluster);
            let drop = now
                - expected(
                    estimate.logit,
                    yes.map(|u| (u.ratio.log, u.log_se)),
                    no.map(|u| (u.ratio.log, u.log_se)),
                    method,
                );
            for askable in self.open.finding(line.finding).iter() {
                let want = self.want(*askable);
                want.settles += drop.max(0.0);
                if !want.contributors.contains(&contributor.condition) {
                    want.contributors.push(contributor.condition);
                }
            }
        }
    }

    /// Which unanswered findings could make a criterion true: one bit for the band it would settle.
    fn criteria(&mut self, contributor: &Contributor) {
        let criteria = &self.knowledge.conditions[contributor.condition].criteria;
        for at in &contributor.open_criteria {
            let asked = self.open.rule(&criteria[*at].when);
            #[expect(
                clippy::cast_precision_loss,
                reason = "a rule cites a handful of findings"
            )]
            let share = 1.0 / asked.len().max(1) as f64;
            for askable in asked {
                let want = self.want(askable);
                want.settles += share;
                if !want.contributors.contains(&contributor.condition) {
                    want.contributors.push(contributor.condition);
                }
            }
        }
    }
}

/// Uncertainty over the four bands, in bits, when the log-odds are normal with this mean and standard error.
fn entropy((mean, se): (f64, f64), method: &Method) -> f64 {
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let cuts = [
        method.possible_from,
        method.likely_from,
        method.very_likely_from,
    ]
    .map(|cut| normal_cdf((logit(cut) - mean) / se.max(1e-9)));
    let shares = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 1.0 - cuts[2]];
    debug_assert_eq!(shares.len(), Band::ASCENDING.len());
    shares
        .iter()
        .filter(|p| **p > 1e-12)
        .map(|p| -p * p.log2())
        .sum()
}

/// Uncertainty that is to be expected after one more answer.
///
/// With ratios LR+ and LR−, the share of positives among those with and without the condition follows from
/// `sens = LR+ (1 − LR−) / (LR+ − LR−)` and `1 − spec = (1 − LR−) / (LR+ − LR−)`.
fn expected(
    now: (f64, f64),
    yes: Option<(f64, f64)>,
    no: Option<(f64, f64)>,
    method: &Method,
) -> f64 {
    let p = 1.0 / (1.0 + (-now.0).exp());
    let after = |ratio: Option<(f64, f64)>| {
        ratio.map_or_else(
            || entropy(now, method),
            |(log, se)| entropy((now.0 + log, now.1.hypot(se)), method),
        )
    };
    let share = match (yes, no) {
        (Some((yes, _)), Some((no, _))) if (yes - no).abs() > 1e-9 => {
            let (lr_yes, lr_no) = (yes.exp(), no.exp());
            let false_positive = ((1.0 - lr_no) / (lr_yes - lr_no)).clamp(0.0, 1.0);
            let true_positive = (lr_yes * false_positive).clamp(0.0, 1.0);
            p * true_positive + (1.0 - p) * false_positive
        }
        // One ratio alone does not tell how often the answer comes; even odds are assumed.
        _ => 0.5,
    };
    share * after(yes) + (1.0 - share) * after(no)
}

/// Φ(x) by Abramowitz and Stegun 26.2.17, |error| < 7.5e-8: ample for ranking questions.
fn normal_cdf(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * x.abs());
    let poly = t
        * (0.319_381_530
            + t * (-0.356_563_782
                + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let tail = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * poly;
    if x >= 0.0 { 1.0 - tail } else { tail }
}
