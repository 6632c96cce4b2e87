//! The patients of the shipped cases, and small changes of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

use cotreat_care::Episode;
use cotreat_care::case;
use cotreat_expr::Symbol;
use cotreat_knowledge::model::{Finding, Rule};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge, Problem};

/// One heading of a shipped case file.
pub struct Patient {
    /// File and heading.
    pub name: String,
    /// The file below `cases/`, without its ending.
    pub file: String,
    pub episode: Episode,
}

/// Every heading of every shipped case that gives something and can be read.
pub fn shipped() -> &'static [Patient] {
    static PATIENTS: OnceLock<Vec<Patient>> = OnceLock::new();
    PATIENTS.get_or_init(|| {
        let patients: Vec<Patient> = files()
            .filter_map(|(path, text)| of_file(path, text, super::knowledge()).ok())
            .flatten()
            .collect();
        assert!(patients.len() > 100, "the cases were found");
        patients
    })
}

/// The shipped case files.
fn files() -> impl Iterator<Item = (&'static String, &'static String)> {
    super::texts()
        .iter()
        .filter(|(path, _)| path.starts_with("cases/"))
}

/// The patients of one case file, or what is wrong with it.
pub fn of_file(
    path: &str,
    text: &str,
    knowledge: &Knowledge,
) -> Result<Vec<Patient>, Vec<Problem>> {
    let cases = case::read(path, text)?;
    let given = cases.iter().filter(|case| case.given.is_some());
    given
        .map(|case| {
            Ok(Patient {
                name: format!("{path}, {}", case.title),
                file: path
                    .trim_start_matches("cases/")
                    .trim_end_matches(".md")
                    .to_owned(),
                episode: case.episode(knowledge)?,
            })
        })
        .collect()
}

#[test]
fn every_shipped_case_can_be_read() {
    let wrong: Vec<String> = files()
        .filter_map(|(path, text)| of_file(path, text, super::knowledge()).err())
        .flatten()
        .map(|problem| problem.to_string())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The findings of which something is recorded.
pub fn recorded(episode: &Episode) -> BTreeSet<Handle<Finding>> {
    episode.facts.iter().map(|fact| fact.finding).collect()
}

/// The same patient, had nobody said anything about these findings.
pub fn without(episode: &Episode, findings: &BTreeSet<Handle<Finding>>) -> Episode {
    let mut less = episode.clone();
    less.facts.retain(|fact| !findings.contains(&fact.finding));
    less
}

/// Every finding that the value of these symbols can come from, through whatever they cite, follow from or imply.
pub fn behind(
    knowledge: &Knowledge,
    symbols: impl IntoIterator<Item = Symbol>,
) -> BTreeSet<Handle<Finding>> {
    let mut open: Vec<Symbol> = symbols.into_iter().collect();
    let mut seen = vec![false; knowledge.names.len()];
    let mut found = BTreeSet::new();
    while let Some(symbol) = open.pop() {
        if std::mem::replace(&mut seen[symbol.0 as usize], true) {
            continue;
        }
        let mut cite = |rule: &Rule| open.extend(rule.expr.symbols());
        match knowledge.names.of(symbol) {
            Name::Finding(finding) => {
                found.insert(finding);
                let one = &knowledge.findings[finding];
                one.derive.iter().chain(&one.no_when).for_each(&mut cite);
                open.extend(
                    one.implies
                        .iter()
                        .chain(&one.implied_by)
                        .map(|f| knowledge.names.finding(*f)),
                );
            }
            Name::Classification(class) => knowledge.classifications[class]
                .values
                .iter()
                .for_each(|v| cite(&v.when)),
            Name::Score(_) => {}
            Name::Alarm(condition, _) => {
                let one = &knowledge.conditions[condition];
                one.alarms.iter().for_each(|alarm| cite(&alarm.when));
                one.clearings
                    .iter()
                    .for_each(|clearing| cite(&clearing.when));
            }
            Name::Likely(condition) | Name::Possible(condition) => {
                let one = &knowledge.conditions[condition];
                one.criteria
                    .iter()
                    .for_each(|criterion| cite(&criterion.when));
                one.priors
                    .iter()
                    .filter_map(|prior| prior.when.as_ref())
                    .for_each(&mut cite);
                open.extend(
                    one.lines
                        .iter()
                        .map(|line| knowledge.names.finding(line.finding)),
                );
            }
        }
    }
    found
}

/// Runs `look` over the shipped patients on all processors, and gathers what it finds.
pub fn over_all<T: Ord + Send>(look: impl Fn(&'static Patient) -> Vec<T> + Sync) -> Vec<T> {
    let patients = shipped();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let look = &look;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || {
                    patients
                        .iter()
                        .skip(first)
                        .step_by(threads)
                        .flat_map(look)
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let mut found: Vec<T> = workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("no panic"))
            .collect();
        found.sort();
        found.dedup();
        found
    })
}

/// The first findings of a long list, and how many there are.
pub fn told(found: &[String]) -> String {
    let mut words = format!("{} found:\n", found.len());
    found
        .iter()
        .take(60)
        .for_each(|line| writeln!(words, "  {line}").expect("writing to a string"));
    words
}
