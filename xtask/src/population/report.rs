//! What is printed.

use std::fmt::Write as _;
use std::time::Duration;

use cotreat_knowledge::{Knowledge, Tier};

use super::arguments::Arguments;
use super::tables::Tables;
use super::tally::Tally;
use super::{clock, wilson};

/// Emergency and urgent together may ring for this share of patients.
const LIMIT: f64 = 0.1;

/// Everything that is the same for ever for the same seed and the same files.
pub fn write(
    knowledge: &Knowledge,
    tables: &Tables,
    arguments: &Arguments,
    tally: &Tally,
) -> String {
    let mut out = String::new();
    let text = &mut out;
    add(
        text,
        &format!(
            "{} made-up primary-care patients with low back pain, seed {}",
            grouped(tally.patients),
            arguments.seed
        ),
    );
    add(text, &format!("knowledge {}", short(&knowledge.hash)));
    let (seen, assumed) = tables.grounds;
    add(
        text,
        &format!(
            "{assumed} of {} rows of the sheets are assumptions; see xtask/src/population",
            seen + assumed
        ),
    );
    if arguments.unanswered > 0.0 {
        add(
            text,
            &format!("{} of all answers left out", percent(arguments.unanswered)),
        );
    }
    if !tables.undrawn.is_empty() {
        let ids: Vec<_> = tables
            .undrawn
            .iter()
            .map(|f| knowledge.findings.id(*f))
            .collect();
        add(
            text,
            &format!(
                "alarm rules cite findings that flags.toml does not draw; they stay unknown: {}",
                ids.join(", ")
            ),
        );
    }
    if tally.contradictions > 0 {
        add(
            text,
            &format!(
                "{} patients contradict themselves: the sheets need mending",
                tally.contradictions
            ),
        );
    }
    add(text, "");
    line(
        text,
        "at least one red flag answer",
        tally.flagged,
        tally.patients,
    );
    line(text, "serious disease", tally.serious, tally.patients);
    tiers(text, tally);
    conditions(text, knowledge, tally);
    rules(text, knowledge, tally);
    caught(text, tables, tally);
    out
}

/// What differs from run to run.
pub fn timing(patients: u64, spent: Duration) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of patients fit a double exactly"
    )]
    let rate = patients as f64 / spent.as_secs_f64().max(1e-9);
    let build = if cfg!(debug_assertions) {
        " (built without optimisation: says nothing)"
    } else {
        ""
    };
    let mut text = format!("\n{rate:.0} appraisals per second on one core{build}\n");
    if let Some(megabytes) = clock::peak_megabytes() {
        let _ = writeln!(text, "{megabytes:.0} MB at most");
    }
    text
}

fn tiers(text: &mut String, tally: &Tally) {
    add(text, "\nHighest alarm that stands");
    for tier in Tier::DESCENDING {
        line(
            text,
            tier.word(),
            tally.highest[tier as usize],
            tally.patients,
        );
    }
    line(
        text,
        "none",
        tally.patients - tally.highest.iter().sum::<u64>(),
        tally.patients,
    );
    line(
        text,
        "emergency and urgent together",
        tally.soon(),
        tally.patients,
    );
    let kept = share(tally.soon(), tally.patients) <= LIMIT;
    add(
        text,
        &format!(
            "  limit {}: {}",
            percent(LIMIT),
            if kept { "kept" } else { "EXCEEDED" }
        ),
    );
    line(
        text,
        "the same, without serious disease",
        tally.false_soon,
        tally.patients - tally.serious,
    );
    line(
        text,
        "others whom a test could lift there",
        tally.open_soon,
        tally.patients,
    );
}

fn conditions(text: &mut String, knowledge: &Knowledge, tally: &Tally) {
    add(
        text,
        "\nBy condition: the tier it reached; and patients in whom it is urgent or an emergency and no other condition is",
    );
    add(
        text,
        &format!(
            "  {:<32}{:>11}{:>11}{:>11}{:>11}{:>11}",
            "", "emergency", "urgent", "routine", "watch", "alone"
        ),
    );
    for reached in &tally.conditions {
        let counts = Tier::DESCENDING.map(|tier| reached.tiers[tier as usize]);
        let columns: String = counts
            .iter()
            .chain([&reached.alone])
            .map(|n| format!("{:>11}", percent(share(*n, tally.patients))))
            .collect();
        add(
            text,
            &format!(
                "  {:<32}{columns}",
                knowledge.conditions.id(reached.condition)
            ),
        );
    }
}

fn rules(text: &mut String, knowledge: &Knowledge, tally: &Tally) {
    let mut rules: Vec<_> = tally.rules.iter().filter(|rule| rule.stands > 0).collect();
    // The order of the files breaks ties.
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.stands));
    add(
        text,
        "\nEmergency and urgent alarm rules: patients in whom the rule stands; in whom no other of them does; and how many of the",
    );
    add(text, "former have a serious disease");
    add(
        text,
        &format!(
            "  {:<56}{:>10}{:>10}{:>10}{:>10}",
            "", "", "stands", "alone", "serious"
        ),
    );
    for rule in rules {
        let alarm = &knowledge.conditions[rule.condition].alarms[rule.alarm];
        let name = format!(
            "{}.{}",
            knowledge.conditions.id(rule.condition),
            alarm.label
        );
        let shares = [
            share(rule.stands, tally.patients),
            share(rule.alone, tally.patients),
            share(rule.serious, rule.stands),
        ];
        add(
            text,
            &format!(
                "  {name:<56}{:>10}{:>10}{:>10}{:>10}",
                alarm.tier.word(),
                percent(shares[0]),
                percent(shares[1]),
                percent(shares[2])
            ),
        );
    }
}

fn caught(text: &mut String, tables: &Tables, tally: &Tally) {
    add(
        text,
        "\nSensitivity. `own`: the condition that belongs to the disease; `soon`: urgent or an emergency",
    );
    add(
        text,
        &format!(
            "  {:<36}{:>8}   {:<28}{:>11}{:>11}{:>11}",
            "", "people", "own, soon", "own, any", "any, soon", "any alarm"
        ),
    );
    let all = tables
        .diseases
        .iter()
        .map(|disease| disease.name.as_str())
        .zip(tally.diseases.iter().copied());
    for (name, one) in all.chain([("all of them", tally.caught())]) {
        if one.all == 0 {
            add(text, &format!("  {name:<36}{:>8}", 0));
            continue;
        }
        let own = with_interval(one.own_soon, one.all);
        let rest = [one.own_any, one.soon, one.any]
            .map(|hits| format!("{:>11}", percent(share(hits, one.all))));
        add(
            text,
            &format!(
                "  {name:<36}{:>8}   {own:<28}{}",
                grouped(one.all),
                rest.concat()
            ),
        );
    }
}

fn line(text: &mut String, name: &str, hits: u64, all: u64) {
    add(
        text,
        &format!(
            "  {name:<36}{:>10}   {}",
            grouped(hits),
            with_interval(hits, all)
        ),
    );
}

fn with_interval(hits: u64, all: u64) -> String {
    let (low, high) = wilson::interval(hits, all);
    format!(
        "{:>8} ({} to {})",
        percent(share(hits, all)),
        percent(low),
        percent(high)
    )
}

fn share(hits: u64, all: u64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of patients fit a double exactly"
    )]
    let share = hits as f64 / all.max(1) as f64;
    share
}

fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

/// 100000 as 100,000.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn add(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}
