//! The shipped knowledge, which decides what may happen in the stories.

use std::sync::OnceLock;

use cotreat_knowledge::{Knowledge, load};

/// What `shipped` takes from here.
mod guide {
    pub type Texts = std::collections::BTreeMap<String, String>;
}
#[path = "../../../knowledge/tests/common/shipped.rs"]
mod shipped;

/// The shipped knowledge.
pub fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let texts = shipped::texts().iter();
        load(texts.map(|(path, text)| (path.as_str(), text.as_str())))
            .unwrap_or_else(|problems| panic!("{}", problems[0]))
    })
}
