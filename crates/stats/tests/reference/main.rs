//! Compares every finished method with the reference values of R, record by record.
//!
//! The reference data lies beside the repository (`../shared/reference-stats`). Where it is absent the program says "left out" and
//! passes. A record that no finished method covers is named as such.

mod compare;
mod gee;
mod glm;
mod group_sequential;
mod linear;
mod meta;
mod mixed;
mod network;
mod randomise;
mod record;
mod responders;
mod sample_size;
mod table;
mod units;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use compare::Compared;
use record::Record;

fn main() -> ExitCode {
    // A runner that only wants to know which tests there are finds one program.
    if std::env::args().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    let Some(home) = home() else {
        println!(
            "left out: ../shared/reference-stats is not there, so nothing was compared with R"
        );
        println!("test result: ok. 0 passed; 0 failed; 1 ignored");
        return ExitCode::SUCCESS;
    };
    let (mut passed, mut failed, mut open) = (0, 0, Vec::new());
    for record in record::all(&home) {
        let Some(compared) = compare(&record, &home) else {
            open.push(record.id);
            continue;
        };
        if compared.faults().is_empty() {
            passed += 1;
            println!("agrees            {} ({})", record.id, compared.summary());
        } else {
            failed += 1;
            println!("DIFFERS           {} ({})", record.id, compared.summary());
            for fault in compared.faults() {
                println!("    {fault}");
            }
        }
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    let count = open.len();
    println!(
        "{count} records belong to methods that do not exist yet: {}",
        open.join(", ")
    );
    println!("test result: {verdict}. {passed} passed; {failed} failed; 0 ignored");
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The folder of the reference data.
fn home() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let home = workspace.join("../shared/reference-stats");
    home.is_dir().then_some(home)
}

/// The comparison that belongs to a record.
fn compare(record: &Record, home: &Path) -> Option<Compared> {
    units::compare(record)
        .or_else(|| linear::compare(record, home))
        .or_else(|| responders::compare(record, home))
        .or_else(|| meta::compare(record, home))
        .or_else(|| randomise::compare(record))
        .or_else(|| mixed::compare(record, home))
        .or_else(|| network::compare(record, home))
        .or_else(|| glm::compare(record, home))
        .or_else(|| gee::compare(record, home))
        .or_else(|| group_sequential::compare(record))
        .or_else(|| sample_size::compare(record))
}
