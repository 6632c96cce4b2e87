//! `privacy.toml` classes every field of every event and every column of every table, and nothing else.

mod columns;
mod fields;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use toml::{Table, Value};

use crate::support::Place;

/// What the file says. Whatever lies below a place of the file has its own line.
const FILE: &str = include_str!("../privacy.toml");

/// What may happen to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// Names, how to reach somebody, what may name people.
    Identifying,
    /// What stays with care.
    Clinical,
    /// What may leave without identity.
    Research,
    /// What says nothing about anybody.
    Technical,
}

impl Class {
    fn of(word: &str) -> Option<Self> {
        match word {
            "identifying" => Some(Self::Identifying),
            "clinical" => Some(Self::Clinical),
            "research" => Some(Self::Research),
            "technical" => Some(Self::Technical),
            _ => None,
        }
    }

    /// Whether a column that holds it must be sealed.
    const fn is_sealed(self) -> bool {
        matches!(self, Self::Identifying | Self::Clinical)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// The file, read.
#[derive(Debug, Default)]
struct Classed {
    /// Place → class.
    lines: BTreeMap<String, Class>,
    /// Column → why it is not sealed although it would have to be.
    open: BTreeMap<String, String>,
    /// Lines that cannot be read.
    faults: Vec<String>,
}

fn classed(text: &str) -> Classed {
    let mut classed = Classed::default();
    let table: Table = text.parse().expect("privacy.toml is TOML");
    for (section, below) in &table {
        if section == "not_sealed" {
            let reasons = below.as_table().into_iter().flatten();
            classed.open.extend(reasons.map(|(column, why)| {
                (column.clone(), why.as_str().unwrap_or_default().to_owned())
            }));
        } else {
            take(&mut classed, section, below);
        }
    }
    classed
}

fn take(classed: &mut Classed, place: &str, value: &Value) {
    match value {
        Value::Table(table) => {
            for (key, below) in table {
                take(classed, &format!("{place}.{key}"), below);
            }
        }
        Value::String(word) if Class::of(word).is_some() => {
            classed
                .lines
                .extend(Class::of(word).map(|class| (place.to_owned(), class)));
        }
        other => classed.faults.push(format!(
            "{place} = {other}: classes are identifying, clinical, research, technical"
        )),
    }
}

/// What must be classed and is not, and what is classed and is nowhere.
fn differences(
    classed: &Classed,
    there: &BTreeSet<String>,
    section: impl Fn(&str) -> bool,
) -> Vec<String> {
    let lines: BTreeSet<String> = classed
        .lines
        .keys()
        .filter(|place| section(place))
        .cloned()
        .collect();
    let open = there
        .difference(&lines)
        .map(|place| format!("{place} is not classed"));
    let idle = lines
        .difference(there)
        .map(|place| format!("{place} names nothing"));
    open.chain(idle).collect()
}

fn none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "crates/store/privacy.toml:\n  {}",
        faults.join("\n  ")
    );
}

#[test]
fn the_file_knows_no_other_classes() {
    none(&classed(FILE).faults);
}

#[test]
fn every_field_of_every_event_is_classed() {
    let there = fields::of_all_events();
    assert!(there.len() > 150, "{there:?}");
    none(&differences(&classed(FILE), &there, |place| {
        !place.starts_with("table.")
    }));
}

async fn columns_are_classed(place: Place) {
    let store = place.open_with(cotreat_store::clinic::projections()).await;
    let columns = columns::of(&store, &place.address).await;
    assert!(columns.len() > 100, "{columns:?}");
    let classed = classed(FILE);
    let there = columns.keys().cloned().collect();
    none(&differences(&classed, &there, |place| {
        place.starts_with("table.")
    }));
    none(&unsealed(&classed, &columns));
}

both!(
    every_column_of_every_table_is_classed_and_sealed_where_it_must_be,
    |place| columns_are_classed(place)
);

/// Columns that would have to be sealed and are not, and reasons that are not needed or say nothing.
fn unsealed(classed: &Classed, columns: &BTreeMap<String, columns::Kind>) -> Vec<String> {
    let mut faults = Vec::new();
    for (column, kind) in columns {
        let name = column.trim_start_matches("table.");
        let must = classed
            .lines
            .get(column)
            .is_some_and(|class| class.is_sealed());
        match (
            must && *kind != columns::Kind::Bytes,
            classed.open.get(name),
        ) {
            (true, None) => faults.push(format!(
                "{column} must be of bytes and sealed, or stand in [not_sealed] with a reason"
            )),
            (true, Some(why)) if why.len() < 20 => {
                faults.push(format!("{column} stands in [not_sealed] without a reason"))
            }
            (false, Some(_)) => {
                faults.push(format!("{column} stands in [not_sealed] and need not"))
            }
            _ => {}
        }
    }
    let gone = classed
        .open
        .keys()
        .filter(|name| !columns.contains_key(&format!("table.{name}")));
    faults.extend(gone.map(|name| format!("not_sealed.{name} names nothing")));
    faults
}

/// The rules themselves can fail.
#[test]
fn a_field_that_is_not_classed_and_a_line_that_names_nothing_are_told() {
    let read = classed(
        "[table.a]\nname = 'identifying'\nkey = 'technical'\ngone = 'research'\nodd = 'secret'\n\
         [not_sealed]\n'a.key' = 'no need to say anything here'\n'b.c' = 'nothing of this name'",
    );
    assert_eq!(read.faults.len(), 1, "{:?}", read.faults);
    let there = ["table.a.name", "table.a.key", "table.a.new"].map(str::to_owned);
    let told = differences(&read, &there.clone().into(), |place| {
        place.starts_with("table.")
    });
    assert_eq!(
        told,
        ["table.a.new is not classed", "table.a.gone names nothing"]
    );
    let columns = there.map(|column| (column, columns::Kind::Other)).into();
    let told = unsealed(&read, &columns).join("; ");
    for words in [
        "table.a.name must be of bytes",
        "table.a.key stands in [not_sealed] and need not",
        "not_sealed.b.c names nothing",
    ] {
        assert!(told.contains(words), "{told}");
    }
}
