//! Finding patients by what somebody types, and whoever may be the same as somebody.
//!
//! Nothing readable stands in the tables. Of whoever sees few patients each is compared ([`few`]). For everybody else it goes in three steps: how common each term is (only as far as it matters), which files have most of the rarest ones, and, file by file from the top, who of
//! them is seen and really fits. Only the last step opens anything, and it stops when there are enough; the filter stands in it, so that nobody's patient is pushed out by patients whom they do
//! not see.

mod few;
mod pick;

use std::collections::BTreeSet;

use cotreat_people::search::{Query, closeness, query, terms_of};
use cotreat_people::{Identity, Sight};
use jiff::Timestamp;

use self::pick::Pick;
use super::row;
use super::visible::{Eyes, visible};
use crate::clinic::patients;
use crate::database::{Row, Value, number};
use crate::error::Error;
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

/// Whoever fits less closely than this by name alone is not meant.
const CLOSE: f64 = 0.35;
/// Of so many that are seen and may be meant the closest are among those who are.
const ENOUGH: usize = 160;
/// So many files are asked for at first, and when too few of them are seen.
const RANKED: [u32; 2] = [320, 20_000];
/// So many files are looked at in one statement.
const SOME: usize = 32;

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
        let mut found = self.found(sight, now, &typed, limit).await?;
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
        self.found(sight, now, &said, limit).await
    }

    async fn found(
        &self,
        sight: &Sight,
        now: Timestamp,
        wanted: &Query,
        limit: usize,
    ) -> Result<Vec<Found>, Error> {
        let eyes = Eyes::new(sight, now);
        let mut found: Vec<Found> = Vec::new();
        if let Some(files) = self.of_few(&eyes, sight, wanted).await? {
            for some in files.chunks(SOME) {
                for row in self.ask(LOOK, &eyes.and(filled_files(some))).await? {
                    found.extend(fits(self, &row, wanted)?);
                }
            }
            return Ok(closest(found, limit));
        }
        let pick = Pick::new(self, wanted).await?;
        let mut looked_at = 0;
        for ranked in RANKED {
            let files = pick.files(self, ranked).await?;
            let fresh = files.get(looked_at..).unwrap_or_default();
            for some in fresh.chunks(SOME) {
                for row in self.ask(LOOK, &eyes.and(filled_files(some))).await? {
                    found.extend(fits(self, &row, wanted)?);
                }
                if found.len() >= ENOUGH {
                    break;
                }
            }
            looked_at = files.len();
            if found.len() >= ENOUGH || looked_at < usize::try_from(ranked).unwrap_or(usize::MAX) {
                break;
            }
        }
        Ok(closest(found, limit))
    }
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
