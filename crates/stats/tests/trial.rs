//! The simulated trial that lies beside the tests.

use std::path::Path;

use cotreat_stats::design::Variables;

use crate::table::Table;

/// All rows that have a disability score; weeks are visits.
pub fn visits() -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/simulated_trial.csv");
    Table::read(&path)
        .complete(&["rdq"])
        .renamed("week", "visit")
}

/// The rows of one week that have a disability score. Therapists are clusters; patients of usual care stand alone.
pub fn week(week: &str) -> Table {
    visits()
        .keep(|cell| cell("visit") == week)
        .with("cluster", |cell| match cell("therapist").as_str() {
            "" | "NA" => format!("patient {}", cell("id")),
            therapist => therapist.to_owned(),
        })
}

/// Arm, baseline, site, age and sex.
pub fn variables(table: &Table) -> Variables {
    let mut variables = Variables::new();
    variables
        .number("rdq0", &table.numbers("rdq0"))
        .and_then(|v| {
            v.factor(
                "arm",
                &table.texts("arm"),
                &["usual", "relaxation", "structural"],
            )
        })
        .and_then(|v| v.factor("site", &table.texts("site"), &["A", "B"]))
        .and_then(|v| v.number("age", &table.numbers("age")))
        .and_then(|v| v.number("female", &table.numbers("female")))
        .expect("the columns of the trial");
    variables
}
