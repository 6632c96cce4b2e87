//! What the tests read: the shipped knowledge and cases, and the small knowledge of the guide.

#[path = "../../../knowledge/tests/common/guide.rs"]
pub mod guide;
pub mod patients;
pub mod safety;
#[path = "../../../knowledge/tests/common/shipped.rs"]
mod shipped;

use std::sync::OnceLock;

use cotreat_knowledge::{Knowledge, load};

use guide::Texts;

/// Loads texts, or tells everything that is wrong with them.
pub fn loaded(texts: &Texts) -> Knowledge {
    load(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
    .unwrap_or_else(|problems| {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", told.join("\n"));
    })
}

/// The shipped knowledge.
pub fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| loaded(shipped::texts()))
}

/// The texts of the shipped knowledge.
pub fn texts() -> &'static Texts {
    shipped::texts()
}
