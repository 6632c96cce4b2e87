//! Links wording, codes, the review ledger and the numbers of the method.

use std::collections::{BTreeMap, BTreeSet};

use crate::At;
use crate::files::{Files, Text};
use crate::format::{self, WordKind};
use crate::link::context::Context;
use crate::model::{Codes, Statement, Worded};
use crate::problem::{Place, Problem};
use crate::{Tier, files};

/// (language, kind) → id → text.
type Wording = BTreeMap<(String, WordKind), BTreeMap<String, Worded>>;

/// (language or system, kind) → the ids that had a text in the files before.
type Before<'f> = BTreeMap<(String, WordKind), BTreeSet<&'f str>>;

pub(crate) fn wording(context: &Context<'_>, files: &Files) -> Wording {
    let mut wording = Wording::new();
    let mut before = Before::new();
    for written in &files.wordings {
        let language = written
            .file
            .split('/')
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        let kind = written.value.kind;
        let words = worded(context, files, &written.file, kind, &written.value.text);
        let own = before.entry((language.clone(), kind)).or_default();
        once(context, &written.file, own, &written.value.text);
        wording.entry((language, kind)).or_default().extend(words);
    }
    for (kind, ids) in [
        (WordKind::Conditions, context.ids.conditions.ids()),
        (WordKind::Interventions, context.ids.interventions.ids()),
    ] {
        if files.unread.any_below("wording/en/") {
            continue;
        }
        let words = wording.get(&("en".to_owned(), kind));
        for id in ids {
            if !words.is_some_and(|words| words.contains_key(&id)) {
                let folder = if kind == WordKind::Conditions {
                    "conditions"
                } else {
                    "interventions"
                };
                context.problem(
                    Problem::new(
                        Place::file(&format!("wording/en/{folder}.toml")),
                        format!("`{id}` has no wording for patients"),
                    )
                    .help(format!("add `{id} = \"…\"`")),
                );
            }
        }
    }
    wording
}

pub(crate) fn codes(context: &Context<'_>, files: &Files) -> Vec<Codes> {
    let mut before = Before::new();
    files
        .codes
        .iter()
        .map(|written| {
            let list = &written.value;
            let codes = worded(context, files, &written.file, list.kind, &list.codes);
            let own = before.entry((list.system.clone(), list.kind)).or_default();
            once(context, &written.file, own, &list.codes);
            Codes {
                system: list.system.clone(),
                kind: list.kind,
                codes,
                statement: context.statement(&written.file, list),
            }
        })
        .collect()
}

/// The texts of one file, each with its place; says where the id of one does not exist.
fn worded(
    context: &Context<'_>,
    files: &Files,
    file: &str,
    kind: WordKind,
    texts: &BTreeMap<String, At<String>>,
) -> BTreeMap<String, Worded> {
    let one = |(id, text): (&String, &At<String>)| {
        if !exists(context, files, kind, id) {
            context.wrong(
                file,
                text,
                format!("`{id}` is not known here"),
                "check the spelling, or remove the line",
            );
        }
        let worded = Worded {
            text: text.value.clone(),
            place: context.place(file, &text.span),
        };
        (id.clone(), worded)
    };
    texts.iter().map(one).collect()
}

/// Says where an id has a text already, from another file.
fn once<'f>(
    context: &Context<'_>,
    file: &str,
    before: &mut BTreeSet<&'f str>,
    texts: &'f BTreeMap<String, At<String>>,
) {
    for (id, text) in texts {
        if before.insert(id) {
            continue;
        }
        context.wrong(
            file,
            text,
            format!("`{id}` has a text already"),
            "remove one of the two",
        );
    }
}

fn exists(context: &Context<'_>, files: &Files, kind: WordKind, id: &str) -> bool {
    let ids = context.ids;
    match kind {
        WordKind::Findings => ids.findings.knows(id),
        WordKind::Conditions => ids.conditions.knows(id),
        WordKind::Interventions => ids.interventions.knows(id),
        WordKind::Techniques => ids.techniques.knows(id),
        WordKind::Instruments => {
            let instrument = id.split_once('.').map_or(id, |(whole, _)| whole);
            context.names.score(id).is_some() || ids.instruments.is_unread(instrument)
        }
        WordKind::Patterns => ids.patterns.knows(id),
        WordKind::Muscles => ids.muscles.knows(id),
        WordKind::Alarms => Tier::from_word(id).is_some(),
        WordKind::Classifications => id.split_once('.').is_some_and(|(class, value)| {
            ids.classifications.is_unread(class) || has_value(&files.classifications, class, value)
        }),
    }
}

fn has_value(
    classifications: &[files::Written<format::Classification>],
    class: &str,
    value: &str,
) -> bool {
    classifications
        .iter()
        .any(|w| w.value.id.value == class && w.value.value.iter().any(|v| v.id.value == value))
}

/// Which files somebody certified in their present text.
pub(crate) fn ledger(
    context: &Context<'_>,
    files: &Files,
    texts: &BTreeMap<&str, Text<'_>>,
) -> (BTreeMap<String, String>, Option<String>) {
    let mut certified = BTreeMap::new();
    let mut note = None;
    for written in &files.ledgers {
        note.clone_from(&written.value.note);
        for entry in &written.value.certified {
            let Some(text) = texts.get(entry.file.value.as_str()) else {
                context.wrong(
                    &written.file,
                    &entry.file,
                    format!("there is no file `{}`", entry.file.value),
                    "correct the path below the knowledge folder",
                );
                continue;
            };
            if blake3::hash(text.text.as_bytes()).to_hex().as_str() == entry.hash {
                certified.insert(
                    entry.file.value.clone(),
                    format!("{}, {}", entry.by, entry.on),
                );
            }
        }
    }
    (certified, note)
}

/// The numbers of the reasoning, in their order and range.
pub(crate) fn method(context: &Context<'_>, files: &Files) -> Option<(format::Method, Statement)> {
    let written = files.methods.first()?;
    let method = &written.value;
    let bands = [
        method.possible_from,
        method.likely_from,
        method.very_likely_from,
    ];
    let rising = bands.windows(2).all(|pair| pair[0] < pair[1])
        && bands.iter().all(|p| (0.0..1.0).contains(p) && *p > 0.0);
    if !rising {
        context.wrong(
            &written.file,
            &method.id,
            "the bands must rise between 0 and 1",
            "e.g. 0.10, 0.50, 0.80",
        );
    }
    if method.other_setting_widening < 1.0
        || method.missing_interval_factor <= 1.0
        || method.max_clusters == 0
        || method.cannot_say_bands < 2
    {
        context.wrong(
            &written.file,
            &method.id,
            "these numbers would make the reasoning surer than its evidence",
            "widening ≥ 1, missing_interval_factor > 1, max_clusters ≥ 1, cannot_say_bands ≥ 2",
        );
    }
    headings(context, files, &written.file, method);
    Some((method.clone(), context.statement(&written.file, method)))
}

/// A heading that no referral has, or that stands here twice, would never be read; a finding that is not known could not be shown.
fn headings(context: &Context<'_>, files: &Files, file: &str, method: &format::Method) {
    let of_pathways = files.pathways.iter().flat_map(|one| &one.value.content);
    let of_professions = files.professions.iter();
    let of_professions = of_professions.flat_map(|one| &one.value.referral_content);
    let wanted: BTreeSet<&String> = of_pathways.chain(of_professions).collect();
    let mut before = BTreeSet::new();
    for heading in &method.heading {
        let says = &heading.says;
        let all_read = !["pathways/", "professions/"]
            .iter()
            .any(|folder| files.unread.any_below(folder));
        if all_read && !wanted.contains(&says.value) {
            let what = format!("no referral has the heading `{}`", says.value);
            let how = "write it as in `content` of a pathway or `referral_content` of a profession";
            context.wrong(file, says, what, how);
        }
        if !before.insert(&says.value) {
            let what = format!("the heading `{}` stands here twice", says.value);
            context.wrong(file, says, what, "keep one of them");
        }
        for finding in &heading.findings {
            context.find(&context.ids.findings, file, finding);
        }
    }
}
