//! How long it takes to load and check all knowledge: `cargo bench -p cotreat-care --bench load`. The limit is 150 ms.

mod support;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cotreat_knowledge::Knowledge;

static TEXTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(support::texts);

fn main() {
    println!(
        "{} files, {} KB; limit 150 ms",
        TEXTS.len(),
        TEXTS.values().map(String::len).sum::<usize>() / 1024
    );
    divan::main();
}

/// Parse, link and check everything, from texts in memory. Dropping the knowledge is not counted.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn load_and_check() -> Knowledge {
    support::load(&TEXTS)
}

/// Reading the folder, for comparison: the built-in knowledge needs none of this.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn read_the_folder() -> BTreeMap<String, String> {
    support::texts()
}
