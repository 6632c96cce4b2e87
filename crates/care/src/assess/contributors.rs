//! Contributors: how strongly the findings speak for each condition, each for itself and never normalised.
//!
//! Where likelihood ratios were published, log-odds add up:
//!
//! ```text
//! logit(posterior) = logit(prior) + Σ ln LR(cluster)          one ratio per cluster, at most `max_clusters` of them
//! se²              = se(prior)²   + Σ (w · se(ln LR))²         w = `other_setting_widening` outside the ratio's setting, else 1
//! ```
//!
//! The sum assumes that clusters are independent, which is said wherever a number is shown. The band is that of the median; *cannot
//! say* when the 95 % interval touches too many bands, or when no finding spoke. Where no ratios exist, criteria give the band.

use cotreat_expr::{Facts as _, Tri};
use cotreat_knowledge::format::{FindingKind, Method, Setting};
use cotreat_knowledge::model::{Condition, Finding, Line, Prior, Ratio, Rule};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Band, Handle, Knowledge};

use crate::episode::Episode;
use crate::state::State;

/// The width of a 95 % interval in standard errors, one way.
const Z95: f64 = 1.959_963_984_540_054;

/// What was concluded about one condition.
#[derive(Clone, Debug)]
pub struct Contributor {
    /// The condition.
    pub condition: Handle<Condition>,
    /// Its band; `None`: cannot say.
    pub band: Option<Band>,
    /// The numbers, where ratios were combined.
    pub estimate: Option<Estimate>,
    /// Position of the criterion that gave the band, where there are no ratios.
    pub criterion: Option<usize>,
    /// Positions of criteria for a higher band that unanswered questions could still make true.
    pub open_criteria: Vec<usize>,
}

/// A probability worked out from a prior and ratios.
#[derive(Clone, Debug)]
pub struct Estimate {
    /// Position of the prior that was used.
    pub prior: usize,
    /// Whether the prior was made for another setting.
    pub prior_other_setting: bool,
    /// Priors that might apply instead, if more were known; the interval covers them.
    pub open_priors: Vec<usize>,
    /// Median probability, rounded.
    pub median: f64,
    /// Lower limit of the 95 % interval, rounded.
    pub low: f64,
    /// Upper limit of the 95 % interval, rounded.
    pub high: f64,
    /// Log-odds and its standard error, not rounded; for the next best question.
    pub(crate) logit: (f64, f64),
    /// The ratios that were multiplied.
    pub used: Vec<UsedLine>,
    /// Lines whose cluster was counted by another finding.
    pub same_cluster: Vec<UsedLine>,
    /// Lines left out because enough clusters count already.
    pub too_many: Vec<UsedLine>,
    /// Lines of evidence nobody answered.
    pub open: Vec<Line>,
}

/// An evidence line that was answered.
#[derive(Clone, Copy, Debug)]
pub struct UsedLine {
    /// Which line.
    pub line: Line,
    /// Whether the finding was there.
    pub present: bool,
    /// The ratio.
    pub ratio: Ratio,
    /// Its standard error on the log scale, widened where needed.
    pub log_se: f64,
    /// Measured in another setting than the patient's.
    pub other_setting: bool,
    /// Its printed interval was missing.
    pub interval_assumed: bool,
    /// It points the other way than the line that its cluster counted.
    pub conflicts: bool,
}

/// Weighs every contributor and tells the rule language the result.
pub(super) fn weigh(
    episode: &Episode,
    knowledge: &Knowledge,
    state: &mut State,
) -> Vec<Contributor> {
    let mut all = Vec::new();
    for (handle, condition) in knowledge.conditions.iter() {
        let contributor = if !condition.priors.is_empty() {
            by_ratios(episode, knowledge, handle, condition, state)
        } else if !condition.criteria.is_empty() {
            by_criteria(handle, condition, state)
        } else {
            // Only alarms: there is no band to cite.
            continue;
        };
        let at_least = |band: Band| match (contributor.band, &contributor.estimate) {
            (Some(found), _) => Tri::from(found >= band),
            // Where the band cannot be said, the interval may still lie wholly on one side.
            (None, Some(estimate)) if !estimate.used.is_empty() => {
                estimate.surely_at_least(band, &knowledge.method)
            }
            (None, _) => Tri::Unknown,
        };
        state.set_bool(knowledge.names.likely(handle), at_least(Band::Likely));
        state.set_bool(knowledge.names.possible(handle), at_least(Band::Possible));
        all.push(contributor);
    }
    all
}

fn by_criteria(handle: Handle<Condition>, condition: &Condition, state: &State) -> Contributor {
    let mut open_criteria = Vec::new();
    let mut found = None;
    for (at, criterion) in condition.criteria.iter().enumerate() {
        match criterion.when.expr.eval(state) {
            Tri::Yes => {
                found = Some(at);
                break;
            }
            Tri::Unknown => open_criteria.push(at),
            Tri::No => {}
        }
    }
    Contributor {
        condition: handle,
        band: found.map(|at| condition.criteria[at].band),
        estimate: None,
        criterion: found,
        open_criteria,
    }
}

fn by_ratios(
    episode: &Episode,
    knowledge: &Knowledge,
    handle: Handle<Condition>,
    condition: &Condition,
    state: &State,
) -> Contributor {
    let method = &knowledge.method;
    let start = starting(knowledge, condition, episode.setting, state);
    let mut lines = answered(knowledge, condition, episode.setting, state);
    let same_cluster = split(&mut lines.answered, |line, kept: &[UsedLine]| {
        kept.iter().any(|k| k.line.cluster == line.line.cluster)
    });
    let mut used = lines.answered;
    // Of the clusters, those that say most count; the others are shown as left out.
    used.sort_by(|a, b| {
        b.ratio
            .log
            .abs()
            .total_cmp(&a.ratio.log.abs())
            .then(a.line.cluster.cmp(&b.line.cluster))
    });
    let too_many = used.split_off(used.len().min(usize::from(method.max_clusters)));
    let same_cluster = same_cluster
        .into_iter()
        .map(|line| {
            let counted = used
                .iter()
                .chain(&too_many)
                .find(|u| u.line.cluster == line.line.cluster);
            UsedLine {
                conflicts: counted.is_some_and(|u| u.ratio.log * line.ratio.log < 0.0),
                ..line
            }
        })
        .collect();
    let logit = start.logit + used.iter().map(|u| u.ratio.log).sum::<f64>();
    let se = (start.se.powi(2) + used.iter().map(|u| u.log_se.powi(2)).sum::<f64>()).sqrt();
    let (median, low, high) = (
        rounded(logit),
        rounded(logit - Z95 * se),
        rounded(logit + Z95 * se),
    );
    let touched = Band::ASCENDING
        .iter()
        .filter(|b| **b >= band(low, method) && **b <= band(high, method))
        .count();
    let says = !used.is_empty() && touched < usize::from(method.cannot_say_bands);
    Contributor {
        condition: handle,
        band: says.then(|| band(median, method)),
        estimate: Some(Estimate {
            prior: start.prior,
            prior_other_setting: start.other_setting,
            open_priors: start.open,
            median,
            low,
            high,
            logit: (logit, se),
            used,
            same_cluster,
            too_many,
            open: lines.open,
        }),
        criterion: None,
        open_criteria: Vec::new(),
    }
}

struct Start {
    prior: usize,
    other_setting: bool,
    open: Vec<usize>,
    logit: f64,
    se: f64,
}

/// The first prior that holds; if it is not known whether an earlier one does, an interval that covers both.
fn starting(
    knowledge: &Knowledge,
    condition: &Condition,
    setting: Setting,
    state: &State,
) -> Start {
    let method = &knowledge.method;
    let known = condition.priors.iter().any(|p| p.setting == setting);
    let counts = |p: &Prior| p.setting == setting || (!known && p.setting == Setting::default());
    let mut open = Vec::new();
    let mut chosen = None;
    for (at, prior) in condition.priors.iter().enumerate() {
        if !counts(prior) {
            continue;
        }
        match prior
            .when
            .as_ref()
            .map_or(Tri::Yes, |rule| rule.expr.eval(state))
        {
            Tri::Yes => {
                chosen = Some(at);
                break;
            }
            // A test that was not done says nothing: the next prior is about people in whom it is not known. A question that was not asked
            // leaves it open to which group this patient belongs.
            Tri::Unknown
                if prior
                    .when
                    .as_ref()
                    .is_some_and(|rule| waits_for_tests_only(knowledge, rule, state, 0)) => {}
            Tri::Unknown => open.push(at),
            Tri::No => {}
        }
    }
    // A file whose priors leave a gap still gives an answer: the last one, which is the broadest by convention.
    let prior = chosen
        .or(open.first().copied())
        .unwrap_or(condition.priors.len() - 1);
    let other_setting = condition.priors[prior].setting != setting;
    let widening = if other_setting {
        method.other_setting_widening
    } else {
        1.0
    };
    let base = &condition.priors[prior];
    let (mut low, mut high) = (
        base.logit - Z95 * base.logit_se * widening,
        base.logit + Z95 * base.logit_se * widening,
    );
    for other in &open {
        let other = &condition.priors[*other];
        low = low.min(other.logit - Z95 * other.logit_se * widening);
        high = high.max(other.logit + Z95 * other.logit_se * widening);
    }
    let logit = if open.is_empty() {
        base.logit
    } else {
        f64::midpoint(low, high)
    };
    let se = if open.is_empty() {
        base.logit_se * widening
    } else {
        (high - low) / (2.0 * Z95)
    };
    open.retain(|at| *at != prior);
    Start {
        prior,
        other_setting,
        open,
        logit,
        se,
    }
}

/// Whether everything that keeps a rule unknown is an examination, picture or laboratory test.
fn waits_for_tests_only(knowledge: &Knowledge, rule: &Rule, state: &State, depth: u8) -> bool {
    let mut symbols = Vec::new();
    rule.expr.unknowns(state, &mut symbols);
    symbols
        .iter()
        .all(|symbol| match knowledge.names.of(*symbol) {
            Name::Finding(finding) => {
                let finding = &knowledge.findings[finding];
                match &finding.derive {
                    // Derived findings cite findings that cite findings; no sensible file goes this deep.
                    Some(parts) if depth < 16 => {
                        waits_for_tests_only(knowledge, parts, state, depth + 1)
                    }
                    _ => matches!(
                        finding.kind,
                        FindingKind::Examination | FindingKind::Imaging | FindingKind::Laboratory
                    ),
                }
            }
            _ => false,
        })
}

struct Lines {
    answered: Vec<UsedLine>,
    open: Vec<Line>,
}

/// The evidence lines in the order in which they are tried, answered or not.
fn answered(
    knowledge: &Knowledge,
    condition: &Condition,
    setting: Setting,
    state: &State,
) -> Lines {
    let mut lines = Lines {
        answered: Vec::new(),
        open: Vec::new(),
    };
    for line in &condition.lines {
        let present = match state.bool(knowledge.names.finding(line.finding)) {
            Tri::Unknown => {
                lines.open.push(*line);
                continue;
            }
            value => value == Tri::Yes,
        };
        if let Some(used) = use_line(knowledge, *line, present, setting) {
            lines.answered.push(used);
        }
    }
    lines
}

/// A line with the ratio for this answer; `None` where the source printed none for it.
pub(crate) fn use_line(
    knowledge: &Knowledge,
    line: Line,
    present: bool,
    setting: Setting,
) -> Option<UsedLine> {
    let evidence = &knowledge.findings[line.finding].evidence[line.evidence];
    let ratio = if present {
        evidence.positive
    } else {
        evidence.negative
    }?;
    let other_setting = evidence.setting.is_some_and(|measured| measured != setting);
    let assumed = knowledge.method.missing_interval_factor.ln() / Z95;
    let widening = if other_setting {
        knowledge.method.other_setting_widening
    } else {
        1.0
    };
    Some(UsedLine {
        line,
        present,
        ratio,
        log_se: ratio.log_se.unwrap_or(assumed) * widening,
        other_setting,
        interval_assumed: ratio.log_se.is_none(),
        conflicts: false,
    })
}

/// Moves out of `lines` what `goes` given the lines kept so far.
fn split(
    lines: &mut Vec<UsedLine>,
    goes: impl Fn(&UsedLine, &[UsedLine]) -> bool,
) -> Vec<UsedLine> {
    let mut kept: Vec<UsedLine> = Vec::new();
    let mut gone = Vec::new();
    for line in lines.drain(..) {
        if goes(&line, &kept) {
            gone.push(line)
        } else {
            kept.push(line)
        }
    }
    *lines = kept;
    gone
}

/// The probability of log-odds, rounded to a tenth of a percent: the one place where numbers are rounded before they meet a band.
fn rounded(logit: f64) -> f64 {
    let p = 1.0 / (1.0 + (-logit).exp());
    (p * 1000.0).round() / 1000.0
}

/// The band of a probability.
pub(crate) fn band(p: f64, method: &Method) -> Band {
    if p < method.possible_from {
        Band::Unlikely
    } else if p < method.likely_from {
        Band::Possible
    } else if p <= method.very_likely_from {
        Band::Likely
    } else {
        Band::VeryLikely
    }
}

impl Estimate {
    /// Whether the whole interval lies in this band or higher, or wholly below it.
    pub(crate) fn surely_at_least(&self, wanted: Band, method: &Method) -> Tri {
        if band(self.low, method) >= wanted {
            Tri::Yes
        } else if band(self.high, method) < wanted {
            Tri::No
        } else {
            Tri::Unknown
        }
    }
}

impl Contributor {
    /// The findings whose answer could still move this contributor.
    pub(crate) fn open_findings(&self) -> impl Iterator<Item = Handle<Finding>> + '_ {
        self.estimate
            .iter()
            .flat_map(|estimate| estimate.open.iter().map(|line| line.finding))
    }
}
