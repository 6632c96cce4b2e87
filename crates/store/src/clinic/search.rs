//! The terms under which patients are found: numbers that stand for pieces of names, days and numbers, which nobody can read or try without the master key.
//!
//! A file has a number of its own here (the position of the event that registered it), because a posting of two whole numbers is a third the size of one with an id.

use std::collections::BTreeSet;

use cotreat_people::event::{PatientEvent, Recorded};
use cotreat_people::search::terms_of;

use super::told::told;
use crate::database::{Tx, Value, number};
use crate::error::Error;
use crate::pen::Pen;
use crate::projection::{Projection, Step};
use crate::read::StoredEvent;

/// The terms under which patients are found.
pub(super) struct SearchTerms;

/// So many terms go into one statement.
pub(super) const AT_ONCE: usize = 16;

const FILE: &str = "SELECT file, terms FROM search_file WHERE patient = $1";
const SET_FILE: &str = "INSERT INTO search_file (patient, file, terms) VALUES ($1, $2, $3) ON CONFLICT (patient) DO UPDATE SET terms = excluded.terms";
const ADD: &str = "INSERT INTO search_term (term, file) VALUES ($2, $1), ($3, $1), ($4, $1), ($5, $1), ($6, $1), ($7, $1), ($8, $1), ($9, $1), \
     ($10, $1), ($11, $1), ($12, $1), ($13, $1), ($14, $1), ($15, $1), ($16, $1), ($17, $1) ON CONFLICT (term, file) DO NOTHING";
const REMOVE: &str = "DELETE FROM search_term WHERE file = $1 \
     AND term IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
const FORGET: &str = "DELETE FROM search_file WHERE patient = $1";

impl Projection for SearchTerms {
    fn name(&self) -> &'static str {
        "search_terms"
    }

    fn shape(&self) -> u32 {
        1
    }

    fn streams(&self) -> &'static str {
        "patient/"
    }

    fn tables(&self) -> &'static str {
        "CREATE TABLE search_file (
            patient TEXT   NOT NULL PRIMARY KEY,
            file    BIGINT NOT NULL UNIQUE,
            terms   {bytes} NOT NULL
        );
        CREATE TABLE search_term (
            term BIGINT NOT NULL,
            file BIGINT NOT NULL,
            PRIMARY KEY (term, file)
        );"
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS search_file; DROP TABLE IF EXISTS search_term;"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(async move {
            let named = |event: &&StoredEvent| {
                matches!(
                    event.kind.as_str(),
                    "patient_registered" | "identity_corrected"
                )
            };
            for event in events.iter().filter(named) {
                write(pen, event, told(event)?).await?;
            }
            Ok(())
        })
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a> {
        Box::pin(async move {
            if let Some(known) = known(tx, person).await? {
                each(tx, REMOVE, known.file, &known.terms).await?;
                tx.run(FORGET, &[Value::Text(person)]).await?;
            }
            Ok(())
        })
    }
}

/// What a file is found under.
struct Known {
    file: u64,
    terms: BTreeSet<i64>,
}

async fn known(tx: &mut Tx, patient: &str) -> Result<Option<Known>, Error> {
    let rows = tx.rows(FILE, &[Value::Text(patient)]).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    Ok(Some(Known {
        file: row.count(0)?,
        terms: unpacked(&row.bytes(1)?),
    }))
}

async fn write(
    pen: &mut Pen<'_>,
    event: &StoredEvent,
    recorded: Recorded<PatientEvent>,
) -> Result<(), Error> {
    let (PatientEvent::PatientRegistered { identity, .. }
    | PatientEvent::IdentityCorrected { identity, .. }) = recorded.event
    else {
        return Ok(());
    };
    let terms = terms_of(&identity);
    let now: BTreeSet<i64> = pen
        .keyed_all(terms.iter().map(String::as_str))
        .into_iter()
        .collect();
    // Nobody was found under anything before their first event.
    let before = match event.version {
        1 => None,
        _ => known(pen.tx(), &event.person).await?,
    };
    let (file, before) = before.map_or((event.position, BTreeSet::new()), |known| {
        (known.file, known.terms)
    });
    each(pen.tx(), REMOVE, file, &(&before - &now)).await?;
    each(pen.tx(), ADD, file, &(&now - &before)).await?;
    let values = [
        Value::Text(&event.person),
        number(file),
        Value::Bytes(&packed(&now)),
    ];
    pen.run(SET_FILE, &values).await.map(drop)
}

/// Runs a statement over terms, some at a time; where there are fewer, the last one stands in for the rest.
async fn each(
    tx: &mut Tx,
    sql: &'static str,
    file: u64,
    terms: &BTreeSet<i64>,
) -> Result<(), Error> {
    let terms: Vec<i64> = terms.iter().copied().collect();
    for some in terms.chunks(AT_ONCE) {
        let values: Vec<Value<'_>> = [number(file)].into_iter().chain(filled(some)).collect();
        tx.run(sql, &values).await?;
    }
    Ok(())
}

/// As many values as a statement takes; the last one is repeated.
pub(super) fn filled(terms: &[i64]) -> impl Iterator<Item = Value<'static>> {
    let last = terms.last().copied().unwrap_or_default();
    terms
        .iter()
        .copied()
        .chain(std::iter::repeat(last))
        .take(AT_ONCE)
        .map(Value::Number)
}

fn packed(terms: &BTreeSet<i64>) -> Vec<u8> {
    terms.iter().flat_map(|term| term.to_le_bytes()).collect()
}

pub(super) fn unpacked(bytes: &[u8]) -> BTreeSet<i64> {
    bytes
        .as_chunks::<8>()
        .0
        .iter()
        .map(|term| i64::from_le_bytes(*term))
        .collect()
}
