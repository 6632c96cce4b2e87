//! Text, Markdown and JSON show the same appraisal, and every statement can be followed to its file and line.
//!
//! The snapshots stand on the knowledge of the guide, so that they move only when an engine or a face does. After a wanted change:
//! `INSTA_UPDATE=always cargo test -p cotreat-care faces`, then read the difference.

use cotreat_care::appraisal::SCHEMA;
use cotreat_care::face::{Detail, as_markdown, as_text};
use cotreat_care::{Appraisal, appraise, input};
use cotreat_knowledge::Knowledge;
use serde_json::Value;

use crate::common::guide::{Texts, bare, examples};
use crate::common::patients::{over_all, shipped, told};
use crate::common::{knowledge, loaded, texts};

const SADDLE: &str = "
title = \"Numb saddle\"
as_of = 2026-03-02
[facts]
age = \"44 years\"
sex = \"female\"
episode_duration = \"9 days\"
saddle_sensation_change = \"yes\"
anticoagulant = \"no\"
[[cleared]]
condition = \"cauda_equina_syndrome\"
by = \"A. Person\"
profession = \"massage_therapist\"
reason = \"Feels fine to me.\"
";

const ROOT_AND_MUSCLE: &str = "
title = \"Nerve root and muscle, on a blood thinner\"
as_of = 2026-03-02
profile = \"uk\"
goals = [\"garden for an hour\"]
wants = [\"massage\"]
[facts]
age = \"61 years\"
sex = \"male\"
episode_duration = \"4 months\"
saddle_sensation_change = \"no\"
anticoagulant = \"yes\"
straight_leg_raise = \"positive\"
crossed_straight_leg_raise = \"positive\"
tender_quadratus_lumborum = \"yes\"
weak_gluteus_maximus = \"yes\"
[answers.peg]
pain = 4
enjoyment = 5
activity = 6
";

const HARDLY_ASKED: &str = "
title = \"Hardly asked\"
as_of = 2026-03-02
available = [\"massage_therapist\"]
[[fact]]
finding = \"age\"
value = \"30 years\"
by = \"front desk\"
on = 2026-03-01
";

/// An appraisal with the names of releases taken out: they change with every change of a file.
fn of_guide(given: &str) -> Appraisal {
    let knowledge = loaded(&bare(examples()));
    let episode = input::from_toml("patient.toml", given, &knowledge)
        .unwrap_or_else(|problems| panic!("{problems:?}"));
    Appraisal {
        engine: "0.0.0".into(),
        knowledge: "0".repeat(64),
        ..appraise(&episode, &knowledge)
    }
}

fn snapshots(name: &str, given: &str) {
    let appraisal = of_guide(given);
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(format!("{name}_text"), as_text(&appraisal, Detail::Sources, false));
        insta::assert_snapshot!(format!("{name}_brief"), as_text(&appraisal, Detail::Brief, false));
        insta::assert_snapshot!(format!("{name}_markdown"), as_markdown(&appraisal, Detail::Full));
        insta::assert_snapshot!(format!("{name}_json"), appraisal.to_json().expect("JSON"));
    });
}

#[test]
fn a_numb_saddle() {
    snapshots("saddle", SADDLE);
}

#[test]
fn nerve_root_and_muscle() {
    snapshots("root_and_muscle", ROOT_AND_MUSCLE);
}

#[test]
fn hardly_asked() {
    snapshots("hardly_asked", HARDLY_ASKED);
}

#[test]
fn the_json_of_every_patient_fits_the_published_schema() {
    let schema = Appraisal::json_schema();
    if let Err(error) = jsonschema::meta::validate(&schema) {
        panic!("the schema of an appraisal is no JSON Schema: {error}");
    }
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let small = [SADDLE, ROOT_AND_MUSCLE, HARDLY_ASKED].map(of_guide);
    let k = knowledge();
    for appraisal in small.into_iter().chain(
        shipped()
            .iter()
            .map(|patient| appraise(&patient.episode, k)),
    ) {
        let value: Value = serde_json::from_str(&appraisal.to_json().expect("JSON")).expect("JSON");
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| format!("at {}: {e}", e.instance_path()))
            .collect();
        assert!(
            errors.is_empty(),
            "{}:\n{}",
            appraisal.title,
            errors.join("\n")
        );
        assert_eq!(value["schema"], SCHEMA);
    }
}

#[test]
fn json_is_canonical() {
    let json = of_guide(ROOT_AND_MUSCLE).to_json().expect("JSON");
    assert!(json.ends_with("}\n") && !json.contains('\r'));
    let mut depths: Vec<Option<String>> = Vec::new();
    for line in json.lines() {
        let depth = (line.len() - line.trim_start().len()) / 2;
        depths.truncate(depth + 1);
        depths.resize(depth + 1, None);
        if line.trim_start().starts_with(['{', '}', '[', ']']) {
            depths[depth] = None;
        } else if let Some((key, _)) = line
            .trim_start()
            .strip_prefix('"')
            .and_then(|rest| rest.split_once("\":"))
        {
            assert!(
                depths[depth].as_deref() < Some(key),
                "keys are sorted: `{key}` after {:?}",
                depths[depth]
            );
            depths[depth] = Some(key.to_owned());
        }
    }
}

/// A statement or question with the place it says it comes from.
struct Placed {
    words: String,
    place: String,
}

/// Every statement and question of an appraisal, wherever it stands.
fn placed(value: &Value, found: &mut Vec<Placed>) {
    match value {
        Value::Object(fields) => {
            let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
            if let (Some(words), Some(place)) = (text("says").or(text("words")), text("place")) {
                found.push(Placed { words, place });
            }
            fields.values().for_each(|one| placed(one, found));
        }
        Value::Array(list) => list.iter().for_each(|one| placed(one, found)),
        _ => {}
    }
}

fn all_placed(appraisal: &Appraisal) -> Vec<Placed> {
    let mut found = Vec::new();
    placed(&serde_json::to_value(appraisal).expect("JSON"), &mut found);
    found
}

/// The file of a place, and its text from that line on.
fn open<'t>(place: &str, texts: &'t Texts) -> Result<(&'t str, Vec<&'t str>), String> {
    let (file, line) = place
        .strip_prefix("knowledge/")
        .and_then(|p| p.rsplit_once(':'))
        .ok_or("is not knowledge/…:line")?;
    let (file, text) = texts
        .get_key_value(file)
        .ok_or("names a file that does not exist")?;
    let line: usize = line.parse().map_err(|_| "has no line")?;
    let lines: Vec<&str> = text.lines().skip(line.saturating_sub(1)).collect();
    if line == 0 || lines.is_empty() {
        Err("lies behind the end of the file".into())
    } else {
        Ok((file, lines))
    }
}

/// Whether the record that begins on the first of these lines says this. A text may run over several lines.
fn says(lines: &[&str], words: &str) -> bool {
    (1..=12.min(lines.len())).any(|some| {
        let table: Result<toml::Table, _> = lines[..some].join("\n").parse();
        table.is_ok_and(|table| table.values().any(|value| value.as_str() == Some(words)))
    })
}

/// What is wrong with the places of an appraisal.
fn misplaced(appraisal: &Appraisal, texts: &Texts) -> Vec<String> {
    let mut wrong = Vec::new();
    for Placed { words, place } in all_placed(appraisal) {
        match open(&place, texts) {
            Err(why) => wrong.push(format!("{place} {why}")),
            Ok((file, lines))
                if file.starts_with("findings/") && lines[0].trim_start().starts_with("id") =>
            {
                // A question stands in its finding's file, which is shown from its first line.
                if !lines
                    .iter()
                    .any(|line| line.starts_with("ask") && line.contains(&words))
                    && !lines.iter().any(|line| line.contains(&words))
                {
                    wrong.push(format!("{place} does not ask: {words}"));
                }
            }
            Ok((file, _)) if file.starts_with("instruments/") && words.starts_with("Fill in") => {}
            Ok((_, lines)) => {
                if !says(&lines, &words) {
                    wrong.push(format!(
                        "{place} does not say: {words}\n    but: {}",
                        lines[0]
                    ));
                }
            }
        }
    }
    wrong
}

#[test]
fn every_statement_stands_where_it_says_it_stands() {
    let k = knowledge();
    let found = over_all(|patient| misplaced(&appraise(&patient.episode, k), texts()));
    assert!(found.is_empty(), "{}", told(&found));
    for given in [SADDLE, ROOT_AND_MUSCLE, HARDLY_ASKED] {
        let wrong = misplaced(&of_guide(given), &bare(examples()));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Spaces and line breaks do not matter, nor do the signs that keep text from becoming markup.
fn flat(text: &str) -> String {
    text.replace('\\', "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_place_on_a_page_stands_beside_what_it_says() {
    let k = knowledge();
    let found = over_all(|patient| {
        let appraisal = appraise(&patient.episode, k);
        let all = all_placed(&appraisal);
        let mut wrong = Vec::new();
        for page in [
            as_text(&appraisal, Detail::Full, false),
            as_markdown(&appraisal, Detail::Full),
        ] {
            let page = flat(&page);
            for place in page
                .split(' ')
                .filter(|word| word.starts_with("knowledge/"))
            {
                let place = place.trim_end_matches(['.', ',', ';', ')', ']', '*']);
                let beside = all
                    .iter()
                    .any(|one| one.place == place && page.contains(&flat(&one.words)));
                if open(place, texts()).is_err() || !beside {
                    wrong.push(format!("{}: {place}", patient.name));
                }
            }
        }
        wrong
    });
    assert!(found.is_empty(), "{}", told(&found));
}

/// Every way in which an appraisal is shown.
fn pages(appraisal: &Appraisal) -> Vec<String> {
    let details = [Detail::Brief, Detail::Full, Detail::Sources];
    let people = details.into_iter().flat_map(|detail| {
        [
            as_text(appraisal, detail, false),
            as_text(appraisal, detail, true),
            as_markdown(appraisal, detail),
        ]
    });
    people.chain([appraisal.to_json().expect("JSON")]).collect()
}

fn warns(page: &str) -> bool {
    flat(page).to_lowercase().contains("not yet certified")
}

/// The guide's knowledge with a ledger for these files, each with the hash of its text.
fn certified(files: &[&str]) -> Texts {
    let mut texts = examples().clone();
    let entries: String = files
        .iter()
        .map(|file| {
            let hash = blake3::hash(texts[*file].as_bytes()).to_hex();
            format!("[[certified]]\nfile = \"{file}\"\nhash = \"{hash}\"\nby = \"A. Person, physiotherapist\"\non = \"2026-01-31\"\n")
        })
        .collect();
    texts.insert("reviews/ledger.toml".into(), entries);
    texts
}

fn with(knowledge: &Knowledge) -> Appraisal {
    let episode = input::from_toml("patient.toml", ROOT_AND_MUSCLE, knowledge)
        .unwrap_or_else(|problems| panic!("{problems:?}"));
    appraise(&episode, knowledge)
}

#[test]
fn nothing_is_certified_and_every_face_says_so() {
    for patient in shipped().iter().step_by(20) {
        let appraisal = appraise(&patient.episode, knowledge());
        if knowledge().certified.is_empty() {
            assert!(
                pages(&appraisal).iter().all(|page| warns(page)),
                "{}",
                patient.name
            );
        }
    }
    let appraisal = with(&loaded(&certified(&[])));
    assert!(appraisal.certification.not_certified > 0 && appraisal.certification.certified == 0);
    for page in pages(&appraisal) {
        assert!(warns(&page), "{page}");
    }
}

#[test]
fn what_is_certified_says_nothing_of_the_kind() {
    let all: Vec<&str> = examples()
        .keys()
        .map(String::as_str)
        .filter(|path| path.ends_with(".toml") && !path.starts_with("reviews/"))
        .collect();
    let appraisal = with(&loaded(&certified(&all)));
    assert_eq!(appraisal.certification.not_certified, 0);
    for page in pages(&appraisal) {
        assert!(!warns(&page), "{page}");
    }
}

#[test]
fn one_certified_file_is_shown_as_such_until_it_changes() {
    let file = "interventions/massage.toml";
    let mut texts = certified(&[file]);
    let marks = |appraisal: &Appraisal| -> Vec<(bool, bool)> {
        let mut found = Vec::new();
        let value = serde_json::to_value(appraisal).expect("JSON");
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            match value {
                Value::Object(fields) => {
                    if let (Some(Value::String(place)), Some(Value::Bool(certified))) =
                        (fields.get("place"), fields.get("certified"))
                    {
                        found.push((place.starts_with(&format!("knowledge/{file}:")), *certified));
                    }
                    open.extend(fields.values());
                }
                Value::Array(list) => open.extend(list),
                _ => {}
            }
        }
        found
    };
    let appraisal = with(&loaded(&texts));
    assert_eq!(appraisal.certification.certified, 1);
    let found = marks(&appraisal);
    assert!(
        found.iter().any(|(mine, _)| *mine),
        "massage is spoken about"
    );
    assert!(
        found.iter().all(|(mine, certified)| mine == certified),
        "that file, and no other"
    );
    assert!(
        pages(&appraisal).iter().all(|page| warns(page)),
        "the others still say so"
    );
    texts.get_mut(file).expect("an example").push('\n');
    let appraisal = with(&loaded(&texts));
    assert_eq!(
        appraisal.certification.certified, 0,
        "one more line break voids it"
    );
    assert!(marks(&appraisal).iter().all(|(_, certified)| !certified));
}

/// What people wrote about a patient is shown as they wrote it, and never becomes markup or colour.
#[test]
fn words_of_people_stay_words() {
    let given = SADDLE.replace(
        "Numb saddle",
        "<b>Numb</b> | `x` [y](http://z) \\u001b[31m # *z*",
    );
    let appraisal = of_guide(&given);
    let markdown = as_markdown(&appraisal, Detail::Brief);
    let title = markdown.lines().next().expect("a title");
    assert!(
        title.contains("\\<b\\>") && title.contains("\\[y\\]") && title.contains("\\*z\\*"),
        "{title}"
    );
    assert!(
        !as_text(&appraisal, Detail::Brief, false).contains('\u{1b}'),
        "no colour unless asked for"
    );
    assert!(!markdown.contains('\u{1b}'));
}
