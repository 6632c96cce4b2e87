//! From files to knowledge: resolves every id to a handle, compiles every expression, works out every ratio, and says everything that
//! does not fit.

mod body;
mod circle;
mod condition;
mod context;
mod finding;
mod ids;
mod instrument;
mod intervention;
mod medicine;
mod order;
mod people;
mod words;

use std::collections::BTreeMap;

use crate::files::{Files, Text};
use crate::format::Kind;
use crate::handle::Table;
use crate::model::Knowledge;
use crate::problem::{Place, Problem};

use context::Context;
pub use finding::is_on_the_chart;
use ids::Ids;

/// Reads, links and checks a knowledge folder, given as (path below the folder, text) pairs.
///
/// # Errors
/// Everything that is wrong, in the order of files and lines. Nothing is half-loaded: either all of it holds, or none is used.
pub fn load<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Knowledge, Vec<Problem>> {
    let texts: BTreeMap<&str, Text<'_>> = files
        .into_iter()
        .map(|(path, text)| (path, Text::new(text)))
        .collect();
    let mut problems = Vec::new();
    let files = Files::read(&texts, &mut problems);
    let ids = Ids::collect(&files, &texts, &mut problems);
    let names = ids.names(&files);
    let context = Context::new(&texts, &ids, &names);
    let knowledge = link(&context, &files, &texts);
    problems.extend(context.into_problems());
    problems.sort();
    problems.dedup();
    match knowledge {
        Some(knowledge) if problems.is_empty() => Ok(knowledge),
        _ if problems.is_empty() => Err(vec![Problem::new(
            Place::file("method.toml"),
            "there is no `method.toml`",
        )]),
        _ => Err(problems),
    }
}

fn link(
    context: &Context<'_>,
    files: &Files,
    texts: &BTreeMap<&str, Text<'_>>,
) -> Option<Knowledge> {
    let ids = context.ids;
    let sources = Table::new(ids.sources.ids(), people::sources(context, files));
    context.know_sources(&sources);
    let mut findings = Table::new(ids.findings.ids(), finding::all(context, files));
    finding::attach_implied_by(&mut findings);
    let mut conditions = Table::new(ids.conditions.ids(), condition::all(context, files));
    condition::attach_lines(&mut conditions, &findings);
    let classifications = Table::new(
        ids.classifications.ids(),
        condition::classifications(context, files),
    );
    let techniques = Table::new(
        ids.techniques.ids(),
        intervention::techniques(context, files),
    );
    let interventions = Table::new(
        ids.interventions.ids(),
        intervention::all(context, files, &techniques),
    );
    let professions = Table::new(
        ids.professions.ids(),
        people::professions(context, files, &techniques),
    );
    people::check_scopes(context, files, &interventions, &professions);
    intervention::check_statements(context, files, &sources, &interventions);
    let wording = words::wording(context, files);
    let codes = words::codes(context, files);
    let (certified, ledger_note) = words::ledger(context, files, texts);
    let instruments = Table::new(ids.instruments.ids(), instrument::all(context, files));
    let medicines = Table::new(ids.medicines.ids(), medicine::all(context, files));
    let muscles = Table::new(ids.muscles.ids(), body::muscles(context, files));
    let joints = Table::new(ids.joints.ids(), body::joints(context, files));
    let profiles = Table::new(ids.profiles.ids(), people::profiles(context, files));
    circle::refuse(
        context,
        &ids.interventions,
        &files.interventions,
        |i| &i.id,
        |i| i.kind_of.as_slice(),
        (
            "is a kind of",
            "take one `kind_of` out: a kind is narrower than what it is a kind of",
        ),
    );
    circle::refuse(
        context,
        &ids.pathways,
        &files.pathways,
        |p| &p.id,
        |p| &p.gives_way_to,
        (
            "gives way to",
            "take one `gives_way_to` out: where all of them apply, none would be left",
        ),
    );
    let finding_order = order::findings(context, &findings);
    let classification_order = order::classifications(context, &classifications);
    // Only now is it given up where something is missing: by then everything was looked at, and all problems are told at once.
    let (method, patterns, pathways) = (
        words::method(context, files),
        body::patterns(context, files),
        people::pathways(context, files),
    );
    let (method, method_statement) = method?;
    Some(Knowledge {
        hash: release_hash(texts),
        patterns: Table::new(ids.patterns.ids(), patterns?),
        pathways: Table::new(ids.pathways.ids(), pathways?),
        names: context.names.clone(),
        rules: context.rules(),
        file_hashes: texts
            .iter()
            .map(|(path, text)| {
                (
                    (*path).to_owned(),
                    blake3::hash(text.text.as_bytes()).to_hex().to_string(),
                )
            })
            .collect(),
        sources,
        findings,
        instruments,
        classifications,
        conditions,
        interventions,
        techniques,
        medicines,
        muscles,
        joints,
        professions,
        profiles,
        finding_order,
        classification_order,
        wording,
        codes,
        certified,
        ledger_note,
        method,
        method_statement,
    })
}

/// Names a release: the hash over path and text of every file that can change an appraisal. Cases and prose cannot.
fn release_hash(texts: &BTreeMap<&str, Text<'_>>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, text) in texts {
        if !matches!(Kind::of(path), Some(Kind::Case | Kind::Prose)) {
            for part in [path.as_bytes(), text.text.as_bytes()] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
    }
    hasher.finalize().to_hex().to_string()
}
