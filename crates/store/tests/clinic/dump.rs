//! Every row of every table that the projections make, for comparing.

use cotreat_store::clinic::projections;

use crate::support::Place;
use crate::support::rows::Rows;

/// Every row of every table that the projections make.
pub async fn dump(place: &Place) -> Rows {
    let mut rows = place.rows().await;
    let projections = projections();
    let texts: Vec<&str> = projections.iter().map(|one| one.tables()).collect();
    let made = |table: &str| {
        let begins = format!("CREATE TABLE {table} (");
        texts.iter().any(|text| text.contains(&begins))
    };
    rows.retain(|table, _| made(table));
    let tables: usize = texts
        .iter()
        .map(|text| text.matches("CREATE TABLE").count())
        .sum();
    assert_eq!(rows.len(), tables, "every table is there");
    rows
}
