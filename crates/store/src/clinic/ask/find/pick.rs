//! Which files may be meant: those that have most of the rarest terms.

use cotreat_people::search::Query;

use crate::clinic::search::{AT_ONCE, filled};
use crate::database::Value;
use crate::error::Error;
use crate::pen::Keyed;
use crate::store::Store;

/// So many postings are looked at before a term is left out for being common.
const POSTINGS: u64 = 12_000;
/// Whoever has less of what was typed is not looked for.
const SHARE: f64 = 0.5;
/// So many terms of names are looked at.
const TERMS: usize = 3 * AT_ONCE;

/// How many files have a term, as far as it matters: a term that 3,000 have is common, and how common makes no difference.
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

/// The terms by which files are picked.
pub(super) struct Pick {
    terms: Vec<i64>,
}

impl Pick {
    /// What must be met picks best: of each set one, so of the rarest set one. Else the rarest pieces of names.
    pub(super) async fn new(store: &Store, wanted: &Query) -> Result<Self, Error> {
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
    pub(super) async fn files(&self, store: &Store, limit: u32) -> Result<Vec<u64>, Error> {
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

/// How much a term counts, as in [`cotreat_people::search::closeness`]: the beginning of a word much, a single letter little.
pub(super) fn weight(term: &str) -> f64 {
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

/// How many files have each term, as far as it matters.
async fn counts(store: &Store, terms: &[i64]) -> Result<Vec<u64>, Error> {
    let mut all = Vec::with_capacity(terms.len());
    for some in terms.chunks(AT_ONCE) {
        let values: Vec<Value<'_>> = filled(some).collect();
        let rows = store.ask(COUNTS, &values).await?;
        for column in 0..some.len() {
            all.push(rows.first().map_or(Ok(0), |row| row.count(column))?);
        }
    }
    Ok(all)
}
