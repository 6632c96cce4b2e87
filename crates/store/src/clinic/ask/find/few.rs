//! Whoever sees few patients: each of them is compared by the terms that stand beside their file, which is quicker than looking through everybody's for those few.

use std::collections::BTreeSet;

use cotreat_people::Sight;
use cotreat_people::search::Query;

use super::super::visible::{Eyes, visible};
use super::pick::weight;
use crate::clinic::search::unpacked;
use crate::database::Value;
use crate::error::Error;
use crate::pen::Keyed;
use crate::store::Store;

/// Whoever sees more patients than this is not asked one by one.
const FEW: i64 = 3_000;
/// So many of those who share most with what was typed are opened.
const OPENED: usize = 160;

/// Who may be seen, each way by itself, so that each can use its index. It is a first guess only: the filter stands in the statement beside it.
macro_rules! mine {
    () => {
        "(SELECT patient FROM team WHERE $1 <> '' AND practitioner = $1 \
          UNION ALL SELECT patient FROM patient_organisation WHERE $2 <> '' AND organisation = $2 \
          UNION ALL SELECT patient FROM patient_organisation WHERE $3 <> '' AND organisation = $3 \
          UNION ALL SELECT patient FROM glass WHERE $4 <> '' AND user_id = $4 \
          UNION ALL SELECT patient FROM referral WHERE $5 <> '' AND to_practitioner = $5 AND state = 'sent' \
          UNION ALL SELECT patient FROM referral WHERE $6 <> '' AND to_organisation = $6 AND state = 'sent' \
          UNION ALL SELECT patient FROM patient WHERE $7 <> '' AND patient = $7)"
    };
}
const COUNT: &str = concat!(
    "SELECT COUNT(*) FROM (SELECT mine.patient FROM ",
    mine!(),
    " AS mine WHERE $8 <> '' LIMIT $9) AS few"
);
const TERMS: &str = concat!(
    "SELECT s.file, s.terms FROM (SELECT DISTINCT seen.kept FROM ",
    mine!(),
    " AS mine JOIN patient seen ON seen.patient = mine.patient) AS mine_once \
     JOIN patient f ON f.kept = mine_once.kept JOIN search_file s ON s.patient = f.patient WHERE $9 >= 0 AND ",
    visible!("f.kept")
);

impl Store {
    /// The files that share most with what was typed, of whoever sees few patients; `None`: they see many.
    pub(super) async fn of_few(
        &self,
        eyes: &Eyes<'_>,
        sight: &Sight,
        wanted: &Query,
    ) -> Result<Option<Vec<u64>>, Error> {
        if *sight == Sight::default() {
            return Ok(Some(Vec::new()));
        }
        let limit = || [Value::Number(FEW + 1)];
        let counted = self.ask(COUNT, &eyes.and(limit())).await?;
        let seen = counted.first().map_or(Ok(0), |row| row.count(0))?;
        if i64::try_from(seen).unwrap_or(i64::MAX) > FEW {
            return Ok(None);
        }
        let terms = Terms::of(self, wanted);
        let mut shared = Vec::new();
        for row in self.ask(TERMS, &eyes.and(limit())).await? {
            let share = terms.shared(&unpacked(&row.bytes(1)?));
            if share > 0.0 {
                shared.push((share, row.count(0)?));
            }
        }
        shared.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
        shared.truncate(OPENED);
        Ok(Some(shared.into_iter().map(|(_, file)| file).collect()))
    }
}

/// What was typed, as it stands in the tables.
struct Terms {
    /// Of each set one must be met.
    exact: Vec<BTreeSet<i64>>,
    /// Pieces of names, and how much each counts.
    names: Vec<(i64, f64)>,
}

impl Terms {
    fn of(store: &Store, wanted: &Query) -> Self {
        let keyed = Keyed::new(&store.key);
        let set = |set: &BTreeSet<String>| set.iter().map(|term| keyed.number(term)).collect();
        let names = wanted.names.iter();
        Self {
            exact: wanted.exact.iter().map(set).collect(),
            names: names
                .map(|term| (keyed.number(term), weight(term)))
                .collect(),
        }
    }

    /// How much of it a file has; none where something is missing that must be met.
    fn shared(&self, terms: &BTreeSet<i64>) -> f64 {
        if self.exact.iter().any(|set| set.is_disjoint(terms)) {
            return 0.0;
        }
        let names = self.names.iter();
        let named: f64 = names
            .filter(|(term, _)| terms.contains(term))
            .map(|(_, weight)| weight)
            .sum();
        if self.exact.is_empty() {
            named
        } else {
            1.0 + named
        }
    }
}
