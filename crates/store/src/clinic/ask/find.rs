//! Finding patients by what somebody types, and whoever may be the same as somebody.
//!
//! Nothing readable stands in the tables, so this goes in three steps: how common each term is (only as far as it matters), which files have most of the rarest ones, and, file by file from the top, who of
//! them is seen and really fits. Only the last step opens anything, and it stops when there are enough; the filter stands in it, so that nobody's patient is pushed out by patients whom they do
//! not see.

use std::collections::BTreeSet;

use cotreat_people::search::{Query, closeness, query, terms_of};
use cotreat_people::{Identity, Sight};
use jiff::Timestamp;

use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::patients;
use crate::clinic::search::{AT_ONCE, filled};
use crate::database::{Row, Value, number};
use crate::error::Error;
use crate::pen::Keyed;
use crate::store::Store;

/// A patient who fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Id of the file that is kept.
    pub patient: String,
    /// Who they are, as that file says.
    pub identity: Identity,
    /// Id of the file that fits: this one, or one that is read as it.
    pub file: String,
    /// How well, from 0 to 1.
    pub closeness: f64,
}

/// A term that more files have than this is common; how common does not matter then.
const COMMON: u64 = 3_000;
/// So many postings are looked at before a term is left out for being common.
const POSTINGS: u64 = 12_000;
/// Whoever has less of what was typed is not looked for.
const SHARE: f64 = 0.5;
/// Whoever fits less closely than this by name alone is not meant.
const CLOSE: f64 = 0.35;
/// So many terms of names are looked at.
const TERMS: usize = 3 * AT_ONCE;
/// So many files that are seen are opened and compared.
const OPENED: usize = 160;
/// So many files are asked for at first, and when too few of them are seen.
const RANKED: [u32; 2] = [320, 20_000];
/// So many files are looked at in one statement.
const SOME: usize = 32;

/// How many files have a term, as far as it matters.
macro_rules! files_with {
    ($term:literal) => {
        concat!(
            "(SELECT COUNT(*) FROM (SELECT 1 FROM search_term WHERE term = $",
            $term,
            " LIMIT 3000) AS few)"
        )
    };
}
const COUNTS: &str = concat!(
    "SELECT ",
    files_with!(1),
    ", ",
    files_with!(2),
    ", ",
    files_with!(3),
    ", ",
    files_with!(4),
    ", ",
    files_with!(5),
    ", ",
    files_with!(6),
    ", ",
    files_with!(7),
    ", ",
    files_with!(8),
    ", ",
    files_with!(9),
    ", ",
    files_with!(10),
    ", ",
    files_with!(11),
    ", ",
    files_with!(12),
    ", ",
    files_with!(13),
    ", ",
    files_with!(14),
    ", ",
    files_with!(15),
    ", ",
    files_with!(16)
);
const RANK: &str = "SELECT file FROM search_term WHERE term IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
     GROUP BY file ORDER BY COUNT(*) DESC, file LIMIT $17";
const LOOK: &str = concat!(
    "SELECT f.patient, fk.sealed, f.identity, p.patient, pk.sealed, p.identity \
     FROM search_file s JOIN patient f ON f.patient = s.patient JOIN person_key fk ON fk.person = f.patient \
     JOIN patient p ON p.patient = f.kept JOIN person_key pk ON pk.person = p.patient \
     WHERE s.file IN ($9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, \
     $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40) AND ",
    visible!("f.kept")
);

impl Store {
    /// The patients who fit what somebody typed (names, a date of birth, a number, an e-mail address), the closest first.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn find_patients(
        &self,
        sight: &Sight,
        now: Timestamp,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Found>, Error> {
        let typed = query(typed);
        let files = Search::new(self, &typed).await?;
        let mut found = self.found(sight, now, &files, &typed, limit).await?;
        if typed.exact.is_empty() {
            found.retain(|one| one.closeness >= CLOSE);
        }
        Ok(found)
    }

    /// The patients who may be the same person as this identity, the likeliest first, for `cotreat_people::likeness` to judge. Whatever is said of a person counts: a name
    /// with a slip, a day, a number.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn possible_duplicates(
        &self,
        sight: &Sight,
        now: Timestamp,
        identity: &Identity,
        limit: usize,
    ) -> Result<Vec<Found>, Error> {
        let said = Query {
            names: terms_of(identity),
            ..Query::default()
        };
        let files = Search::new(self, &said).await?;
        self.found(sight, now, &files, &said, limit).await
    }

    async fn found(
        &self,
        sight: &Sight,
        now: Timestamp,
        search: &Search,
        wanted: &Query,
        limit: usize,
    ) -> Result<Vec<Found>, Error> {
        let eyes = Eyes::new(sight, now);
        let mut found: Vec<Found> = Vec::new();
        let (mut looked_at, mut opened) = (0, 0);
        for ranked in RANKED {
            let files = search.files(self, ranked).await?;
            let fresh = files.get(looked_at..).unwrap_or_default();
            for some in fresh.chunks(SOME) {
                let rows = self.ask(LOOK, &eyes.and(filled_files(some))).await?;
                opened += rows.len();
                for row in &rows {
                    found.extend(fits(self, row, wanted)?);
                }
                if opened >= OPENED {
                    break;
                }
            }
            looked_at = files.len();
            if opened >= OPENED || looked_at < usize::try_from(ranked).unwrap_or(usize::MAX) {
                break;
            }
        }
        Ok(closest(found, limit))
    }
}

/// The terms by which files are picked.
struct Search {
    terms: Vec<i64>,
}

impl Search {
    /// What must be met picks best: of each set one, so of the rarest set one. Else the rarest pieces of names.
    async fn new(store: &Store, wanted: &Query) -> Result<Self, Error> {
        let keyed = Keyed::new(&store.key);
        let mut rarest: Option<(u64, Vec<i64>)> = None;
        for set in &wanted.exact {
            let terms: Vec<i64> = set.iter().map(|term| keyed.number(term)).collect();
            let files = counts(store, &terms).await?.iter().sum();
            if rarest.as_ref().is_none_or(|(few, _)| files < *few) {
                rarest = Some((files, terms));
            }
        }
        if let Some((_, mut terms)) = rarest {
            terms.truncate(AT_ONCE);
            return Ok(Self { terms });
        }
        let mut names: Vec<&String> = wanted.names.iter().collect();
        names.truncate(TERMS);
        let terms: Vec<i64> = names.iter().map(|term| keyed.number(term)).collect();
        let counts = counts(store, &terms).await?;
        let mut names: Vec<(u64, f64, i64)> = names
            .iter()
            .zip(terms)
            .zip(counts)
            .map(|((name, term), files)| (files, weight(name), term))
            .collect();
        names.sort_by_key(|(files, _, term)| (*files, *term));
        Ok(Self {
            terms: rare_enough(&names),
        })
    }

    /// The files that have any of the terms; those that have most of them first.
    async fn files(&self, store: &Store, limit: u32) -> Result<Vec<u64>, Error> {
        if self.terms.is_empty() {
            return Ok(Vec::new());
        }
        let values: Vec<Value<'_>> = filled(&self.terms)
            .chain([Value::Number(i64::from(limit))])
            .collect();
        let rows = store.ask(RANK, &values).await?;
        rows.iter().map(|row| row.count(0)).collect()
    }
}

/// How much a term counts, as in [`closeness`]: the beginning of a word much, a single letter little.
fn weight(term: &str) -> f64 {
    match term.strip_prefix("n:") {
        Some(piece) if piece.chars().count() == 1 => 0.5,
        Some(piece) if piece.starts_with(' ') => 2.0,
        _ => 1.0,
    }
}

/// The rarest terms, so many that whoever has a good share of all terms has at least one of these; and more of them as long as that costs little. Terms that nobody has cost nothing
/// and pick nobody.
fn rare_enough(rarest_first: &[(u64, f64, i64)]) -> Vec<i64> {
    let all: f64 = rarest_first.iter().map(|(_, weight, _)| weight).sum();
    let (mut left_out, mut postings) = (all, 0);
    let mut terms = Vec::new();
    for (files, weight, term) in rarest_first {
        let enough = left_out < SHARE * all && postings + files > POSTINGS;
        if enough || terms.len() == AT_ONCE {
            break;
        }
        left_out -= weight;
        postings += files;
        if *files > 0 {
            terms.push(*term);
        }
    }
    terms
}

/// How many files have each term, up to [`COMMON`].
async fn counts(store: &Store, terms: &[i64]) -> Result<Vec<u64>, Error> {
    let mut all = Vec::with_capacity(terms.len());
    for some in terms.chunks(AT_ONCE) {
        let values: Vec<Value<'_>> = filled(some).collect();
        let rows = store.ask(COUNTS, &values).await?;
        for column in 0..some.len() {
            let count = rows.first().map_or(Ok(0), |row| row.count(column))?;
            all.push(count.min(COMMON));
        }
    }
    Ok(all)
}

/// As many values as the statement takes; the last one is repeated.
fn filled_files(files: &[u64]) -> impl Iterator<Item = Value<'static>> {
    let last = files.last().copied().unwrap_or_default();
    let rest = std::iter::repeat(last);
    files.iter().copied().chain(rest).take(SOME).map(number)
}

/// Opens a file that is seen; `None`: it has not all that must be met.
fn fits(store: &Store, row: &Row, wanted: &Query) -> Result<Option<Found>, Error> {
    let file = row.text(0)?;
    let key = row::key(store, row, 1, &file)?;
    let identity: Identity = row::read(&key, row, 2, &patients::place(&file))?;
    if !wanted.exact.is_empty() {
        let terms = terms_of(&identity);
        if wanted.exact.iter().any(|set| set.is_disjoint(&terms)) {
            return Ok(None);
        }
    }
    let closeness = closeness(wanted, &identity);
    let patient = row.text(3)?;
    let identity = if patient == file {
        identity
    } else {
        let key = row::key(store, row, 4, &patient)?;
        row::read(&key, row, 5, &patients::place(&patient))?
    };
    Ok(Some(Found {
        patient,
        identity,
        file,
        closeness,
    }))
}

/// The closest first, each patient once, by the file that fits best.
fn closest(mut found: Vec<Found>, limit: usize) -> Vec<Found> {
    found.sort_by(|a, b| {
        let order = b.closeness.total_cmp(&a.closeness);
        order.then_with(|| (&a.patient, &a.file).cmp(&(&b.patient, &b.file)))
    });
    let mut seen = BTreeSet::new();
    found.retain(|one| one.closeness > 0.0 && seen.insert(one.patient.clone()));
    found.truncate(limit);
    found
}
