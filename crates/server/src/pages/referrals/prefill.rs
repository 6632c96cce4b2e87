//! What stands under a heading of a referral before anybody writes there: what the knowledge puts there, out of the record, and nothing else.

use cotreat_care::Record;
use cotreat_care::event::{Amount, Said};
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::{Heading, RecordPart};
use cotreat_ui::Words;
use jiff::civil::Date;

use crate::clinic::Opened;

/// Everything on record that belongs under a heading, a line for each; empty where there is nothing, or the knowledge does not know the heading.
pub fn under(
    words: &Words,
    knowledge: &Knowledge,
    opened: &Opened,
    today: Date,
    heading: &str,
) -> String {
    let headings = &knowledge.method.heading;
    let Some(found) = headings.iter().find(|one| one.says.value == heading) else {
        return String::new();
    };
    let mut lines = Vec::new();
    for part in &found.record {
        lines.extend(match part {
            RecordPart::Medicines => medicines(words, knowledge, &opened.record, today),
            RecordPart::Treatment => treatment(words, knowledge, &opened.record),
            RecordPart::Alarms => alarms(opened),
            RecordPart::RuledOut => ruled_out(words, knowledge, opened),
            RecordPart::Scores => scores(opened),
        });
    }
    lines.extend(facts(words, knowledge, opened, found));
    lines.join("\n")
}

/// Of the named findings everything that is known, of the named kinds what is there.
fn facts(words: &Words, knowledge: &Knowledge, opened: &Opened, heading: &Heading) -> Vec<String> {
    let named = |id: &str| heading.findings.iter().any(|one| one.value == id);
    let there = |id: &str| {
        let stated = opened.record.facts.iter().rev();
        let last = stated.clone().find(|one| one.what.finding == id);
        last.is_none_or(|one| !matches!(one.what.value, Said::No | Said::NotKnown))
    };
    let of_kind = |id: &str| {
        let found = knowledge.findings.get(id);
        found.is_some_and(|found| heading.kinds.contains(&found.kind))
    };
    let mut lines: Vec<String> = Vec::new();
    for (at, fact) in opened.appraisal.facts.iter().enumerate() {
        // Of one finding the newest day stands; they follow each other.
        let newer = opened.appraisal.facts.get(at + 1);
        if newer.is_some_and(|newer| newer.finding == fact.finding) {
            continue;
        }
        if named(&fact.finding) || (of_kind(&fact.finding) && there(&fact.finding)) {
            lines.push(dated(
                words,
                &format!("{}: {}", fact.name, fact.value),
                &fact.on,
            ));
        }
    }
    lines
}

fn dated(words: &Words, says: &str, day: &str) -> String {
    match day.parse::<Date>() {
        Ok(day) => format!("{says} ({})", words.short_date(day)),
        Err(_) => says.to_owned(),
    }
}

fn medicines(words: &Words, knowledge: &Knowledge, record: &Record, today: Date) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, noted) in record.medication.iter().enumerate() {
        let one = &noted.what;
        let replaced = record.medication.iter().skip(at + 1);
        let replaced = replaced
            .clone()
            .any(|later| later.what.medicine == one.medicine && later.what.route == one.route);
        let taken = one.from <= today && one.to.is_none_or(|to| to >= today);
        if replaced || !taken {
            continue;
        }
        let known = knowledge.medicines.get(&one.medicine);
        let name = known.map_or(one.medicine.as_str(), |known| known.name.as_str());
        let since = words.short_date(one.from);
        lines.push(match one.dose.as_ref().and_then(amount) {
            Some(dose) => words.say_with(
                "prefill-medicine-dose",
                &[
                    ("name", name.into()),
                    ("dose", dose.into()),
                    ("day", since.into()),
                ],
            ),
            None => words.say_with(
                "prefill-medicine",
                &[("name", name.into()), ("day", since.into())],
            ),
        });
    }
    lines
}

fn amount(dose: &Amount) -> Option<String> {
    let unit = serde_json::to_value(dose.unit).ok()?;
    Some(format!("{} {}", dose.amount, unit.as_str()?))
}

/// Sessions of each profession in this episode, and what was done elsewhere.
fn treatment(words: &Words, knowledge: &Knowledge, record: &Record) -> Vec<String> {
    let mut by_profession: std::collections::BTreeMap<&str, Vec<Date>> = Default::default();
    for session in record.sessions.values() {
        if let Some(written) = session.versions.first() {
            let days = by_profession.entry(&session.profession).or_default();
            days.push(written.day);
        }
    }
    let mut lines = Vec::new();
    for (id, days) in by_profession {
        let found = knowledge.professions.get(id);
        let name = found.map_or(id, |found| found.name.as_str());
        if let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) {
            let with = [
                ("n", days.len().into()),
                ("by", name.into()),
                ("first", words.short_date(*first).into()),
                ("last", words.short_date(*last).into()),
            ];
            lines.push(words.say_with("prefill-sessions", &with));
        }
    }
    for noted in &record.elsewhere {
        let one = &noted.what;
        let found = knowledge.interventions.get(&one.what);
        let name = found.map_or(one.what.as_str(), |found| found.name.as_str());
        let by = one.by.as_deref().map(|by| format!(", {by}"));
        let note = one.note.as_deref().map(|note| format!(": {note}"));
        lines.push(format!(
            "{name}{}{}",
            by.unwrap_or_default(),
            note.unwrap_or_default()
        ));
    }
    lines
}

fn alarms(opened: &Opened) -> Vec<String> {
    let alarms = opened.appraisal.alarms.iter();
    let standing = alarms.filter_map(|alarm| {
        let tier = alarm.reached.as_deref()?;
        let raised = alarm.raised.iter().find(|one| one.cleared.is_none())?;
        let because = raised.why.because.join("; ");
        Some(format!("{} ({tier}): {because}", alarm.name))
    });
    standing.collect()
}

/// Alarms that somebody cleared, with the reason, and signs behind alarms that were looked for and are not there.
fn ruled_out(words: &Words, knowledge: &Knowledge, opened: &Opened) -> Vec<String> {
    let mut lines = Vec::new();
    for noted in &opened.record.cleared {
        let found = knowledge.conditions.get(&noted.what.condition);
        let name = found.map_or(noted.what.condition.as_str(), |found| found.name.as_str());
        let with = [
            ("what", name.into()),
            ("by", noted.by.name().into()),
            ("reason", noted.what.reason.as_str().into()),
            ("day", words.short_date(noted.day).into()),
        ];
        lines.push(words.say_with("prefill-cleared", &with));
    }
    let mut absent: Vec<&str> = Vec::new();
    for (id, finding) in knowledge
        .findings
        .iter()
        .map(|(handle, finding)| (knowledge.findings.id(handle), finding))
    {
        let stated = opened.record.facts.iter().rev();
        let last = stated.clone().find(|one| one.what.finding == id);
        if last.is_some_and(|one| one.what.value == Said::No) {
            absent.push(&finding.name);
        }
    }
    if !absent.is_empty() {
        let list = absent.join("; ");
        lines.push(words.say_with("prefill-absent", &[("list", list.into())]));
    }
    lines
}

fn scores(opened: &Opened) -> Vec<String> {
    let scores = opened.appraisal.scores.iter();
    scores
        .map(|score| {
            let band = score.band.as_ref().map(|band| format!(" ({band})"));
            format!(
                "{}: {} / {}{}",
                score.name,
                score.value,
                score.range.1,
                band.unwrap_or_default()
            )
        })
        .collect()
}
