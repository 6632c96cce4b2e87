//! Rules about the repository itself.

#[path = "tidy/docs.rs"]
mod docs;
#[path = "tidy/rust.rs"]
mod rust;
#[path = "tidy/tree.rs"]
mod tree;
#[path = "tidy/workspace.rs"]
mod workspace;
