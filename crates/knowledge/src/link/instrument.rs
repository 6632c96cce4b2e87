//! Links instruments, and proves their scoring: ranges, bands and worked examples.

use std::collections::BTreeMap;

use crate::At;
use crate::files::Files;
use crate::format::{self, LicenceTier};
use crate::link::context::Context;
use crate::model::{Instrument, Item, MeaningfulChange, Score, ScoreBand, ScoredItem};

/// Above this many possible answer sheets only the steps of the score are tried, not every sheet.
const SMALL: u64 = 50_000;

/// No item has more answers than this, and no score more decimals than those: they are counted out one by one.
const MOST_ANSWERS: i64 = 1_000;
const MOST_DECIMALS: u8 = 6;

/// Above this many steps a score is not counted out; its range is wrong anyway, and that was told.
const MOST_STEPS: f64 = 1e6;

/// Scores are compared after rounding; this only absorbs binary fractions.
const TINY: f64 = 1e-6;

pub(crate) fn all(context: &Context<'_>, files: &Files) -> Vec<Instrument> {
    context.each(
        &files.instruments,
        |i| &i.id,
        |file, i| {
            let linked = one(context, file, i);
            prove(context, file, i, &linked);
            linked
        },
    )
}

fn one(context: &Context<'_>, file: &str, i: &format::Instrument) -> Instrument {
    context.unique(file, i.item.iter().map(|item| &item.id));
    context.unique(file, i.score.iter().map(|score| &score.id));
    context.unique(file, i.meaningful_change.iter().map(|change| &change.id));
    for item in &i.item {
        if i.tier != LicenceTier::A && (item.text.is_some() || !item.labels.is_empty()) {
            context.wrong(
                file,
                &item.id,
                "item text of this licence tier must not be shipped",
                "leave `text` and `labels` out; the clinic loads its own copy",
            );
        }
        if item.min >= item.max {
            context.wrong(
                file,
                &item.id,
                "`min` is not below `max`",
                "correct the range of this item",
            );
        }
        if i64::from(item.max) - i64::from(item.min) >= MOST_ANSWERS {
            context.wrong(
                file,
                &item.id,
                format!("an item has at most {MOST_ANSWERS} answers"),
                "correct the range of this item",
            );
        }
        let answers = usize::try_from(i64::from(item.max) - i64::from(item.min) + 1).unwrap_or(0);
        if !item.labels.is_empty() && item.labels.len() != answers {
            context.wrong(
                file,
                &item.id,
                format!("{} labels for {answers} answers", item.labels.len()),
                "give one label for each answer from `min` to `max`",
            );
        }
    }
    if i.score.is_empty() {
        context.wrong(
            file,
            &i.id,
            "this instrument has no score",
            "add a [[score]]",
        );
    }
    if i.example.len() < 2 {
        context.wrong(
            file,
            &i.id,
            "an instrument needs at least two worked examples",
            "add [[example]] records, one of them with a missing item",
        );
    }
    let items: Vec<Item> = i
        .item
        .iter()
        .map(|item| Item {
            id: item.id.value.clone(),
            text: item.text.clone(),
            min: item.min,
            max: item.max,
            labels: item.labels.clone(),
        })
        .collect();
    Instrument {
        id: i.id.value.clone(),
        name: i.name.clone(),
        measures: i.measures.clone(),
        tier: i.tier,
        licence: i.licence.clone(),
        asked_of: i.asked_of,
        burden_seconds: i.burden_seconds.unwrap_or(60),
        scores: i
            .score
            .iter()
            .map(|s| score(context, file, &items, s))
            .collect(),
        changes: i
            .meaningful_change
            .iter()
            .filter_map(|change| {
                let at = i
                    .score
                    .iter()
                    .position(|s| s.id.value == change.score.value);
                if at.is_none() {
                    context.wrong(
                        file,
                        &change.score,
                        format!("there is no score `{}` in this file", change.score.value),
                        "name the id of a [[score]]",
                    );
                }
                if change.points.is_none() == change.percent.is_none() {
                    context.wrong(
                        file,
                        &change.id,
                        "a meaningful change is given in points or in percent",
                        "give one of the two; make two records for two rules",
                    );
                }
                Some(MeaningfulChange {
                    id: change.id.value.clone(),
                    score: at?,
                    points: change.points,
                    percent: change.percent,
                    statement: context.statement(file, change),
                })
            })
            .collect(),
        items,
        statement: context.statement(file, i),
        notes: context.statements(file, &i.evidence),
        place: context.place(file, &i.id.span),
    }
}

fn score(context: &Context<'_>, file: &str, items: &[Item], s: &format::Score) -> Score {
    let mut scored = Vec::new();
    for id in &s.items {
        let Some(at) = items.iter().position(|item| item.id == id.value) else {
            context.wrong(
                file,
                id,
                format!("there is no item `{}` in this file", id.value),
                "name the id of an [[item]]",
            );
            continue;
        };
        scored.push(ScoredItem {
            item: at,
            counts: counts(context, file, &items[at], s),
        });
    }
    if s.decimals > MOST_DECIMALS {
        context.wrong(
            file,
            &s.id,
            format!("a score is rounded to at most {MOST_DECIMALS} decimals"),
            "correct `decimals`",
        );
    }
    for id in &s.reverse {
        if !s.items.iter().any(|item| item.value == id.value) {
            context.wrong(
                file,
                id,
                format!("`{}` is not an item of this score", id.value),
                "list it in `items` too",
            );
        }
    }
    Score {
        id: s.id.value.clone(),
        method: s.method,
        items: scored,
        max_missing: s.max_missing,
        missing: s.missing,
        min: s.min.value,
        max: s.max,
        higher: s.higher,
        decimals: s.decimals,
        bands: s
            .band
            .iter()
            .map(|b| ScoreBand {
                id: b.id.value.clone(),
                name: b.name.clone(),
                from: b.from,
                to: b.to,
                statement: context.statement(file, b),
            })
            .collect(),
    }
}

/// What each answer of an item counts in a score, by position from the item's minimum.
fn counts(context: &Context<'_>, file: &str, item: &Item, s: &format::Score) -> Vec<f64> {
    let most = usize::try_from(MOST_ANSWERS).unwrap_or(usize::MAX);
    let plain: Vec<f64> = (item.min..=item.max).take(most).map(f64::from).collect();
    if let Some(recoded) = s.recode.get(&item.id) {
        if recoded.len() != plain.len() {
            context.wrong(
                file,
                &s.id,
                format!(
                    "the recoding of `{}` has {} values for {} answers",
                    item.id,
                    recoded.len(),
                    plain.len()
                ),
                "give one value for each answer from `min` to `max`",
            );
        }
        return recoded.clone();
    }
    if s.reverse.iter().any(|id| id.value == item.id) {
        return plain.into_iter().rev().collect();
    }
    plain
}

/// Tries the instrument: its range, its bands, its examples.
fn prove(context: &Context<'_>, file: &str, written: &format::Instrument, instrument: &Instrument) {
    for (at, score) in written.score.iter().zip(&instrument.scores) {
        let (low, high) = score.range();
        if (low - score.min).abs() > TINY || (high - score.max).abs() > TINY {
            context.wrong(
                file,
                &at.min,
                format!(
                    "the items of `{}` give scores from {low} to {high}, not from {} to {}",
                    score.id, score.min, score.max
                ),
                "correct `min` and `max`, or the items",
            );
        }
        if !score.bands.is_empty() {
            for value in possible_scores(instrument, score) {
                let bands: Vec<&str> = score
                    .bands
                    .iter()
                    .filter(|b| b.from <= value && value <= b.to)
                    .map(|b| b.name.as_str())
                    .collect();
                if bands.len() != 1 {
                    let message = match bands.as_slice() {
                        [] => format!("a score of {value} lies in no band"),
                        several => format!(
                            "a score of {value} lies in {} bands: {}",
                            several.len(),
                            several.join(", ")
                        ),
                    };
                    context.wrong(
                        file,
                        &at.min,
                        message,
                        "let the bands meet without hole or overlap",
                    );
                    break;
                }
            }
        }
    }
    for example in &written.example {
        prove_example(context, file, instrument, &example.answers, &example.expect);
    }
}

fn prove_example(
    context: &Context<'_>,
    file: &str,
    instrument: &Instrument,
    answers: &At<BTreeMap<String, f64>>,
    expect: &BTreeMap<String, f64>,
) {
    let mut sheet = vec![None; instrument.items.len()];
    for (id, answer) in &answers.value {
        match instrument.items.iter().position(|item| item.id == *id) {
            Some(at) => {
                let item = &instrument.items[at];
                if *answer < f64::from(item.min)
                    || *answer > f64::from(item.max)
                    || answer.fract() != 0.0
                {
                    context.wrong(
                        file,
                        answers,
                        format!(
                            "`{id}` is answered from {} to {}, not {answer}",
                            item.min, item.max
                        ),
                        "correct the example",
                    );
                }
                sheet[at] = Some(*answer);
            }
            None => context.wrong(
                file,
                answers,
                format!("there is no item `{id}`"),
                "name the id of an [[item]]",
            ),
        }
    }
    for id in expect.keys() {
        if !instrument.scores.iter().any(|score| score.id == *id) {
            context.wrong(
                file,
                answers,
                format!("there is no score `{id}`"),
                "name the id of a [[score]]",
            );
        }
    }
    for score in &instrument.scores {
        let got = score.of(&instrument.items, &sheet);
        let want = expect.get(&score.id).copied();
        let same = match (got, want) {
            (Some(got), Some(want)) => (got - want).abs() < TINY,
            (None, None) => true,
            _ => false,
        };
        if !same {
            let say =
                |value: Option<f64>| value.map_or_else(|| "no score".to_owned(), |v| v.to_string());
            context.wrong(
                file,
                answers,
                format!(
                    "this example gives {} for `{}`, not {}",
                    say(got),
                    score.id,
                    say(want)
                ),
                "correct the example or the scoring",
            );
        }
    }
}

/// Every score that can come out: from every answer sheet of a small instrument, else every step between the smallest and largest.
fn possible_scores(instrument: &Instrument, score: &Score) -> Vec<f64> {
    let sheets = score.items.iter().try_fold(1_u64, |n, item| {
        n.checked_mul(item.counts.len() as u64)
            .filter(|n| *n <= SMALL)
    });
    let mut values = Vec::new();
    if let Some(sheets) = sheets {
        let mut answers = vec![None; instrument.items.len()];
        for sheet in 0..sheets {
            let mut rest = sheet;
            for item in &score.items {
                let len = item.counts.len() as u64;
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "an answer's position is far below 2^52"
                )]
                let offset = (rest % len) as f64;
                answers[item.item] = Some(f64::from(instrument.items[item.item].min) + offset);
                rest /= len;
            }
            values.extend(score.of(&instrument.items, &answers));
        }
    } else {
        let step = 10_f64.powi(-i32::from(score.decimals));
        let mut value = score.min;
        if (score.max - score.min) / step > MOST_STEPS {
            return values;
        }
        while value <= score.max + TINY {
            values.push(score.round(value));
            value += step;
        }
    }
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}
