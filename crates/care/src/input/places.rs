//! Where the values of a tree were written, worked out only when somebody asks.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::fmt::Write as _;

use cotreat_knowledge::Place;

use super::node::{At, Node};

/// The places of one tree. Values without a place of their own (JSON readers keep no lines) are named by their path.
pub(super) struct Places<'n> {
    root: &'n At,
    /// Every value of the tree; most patients are read without any of this.
    paths: OnceCell<HashMap<*const At, Place>>,
}

impl<'n> Places<'n> {
    pub(super) fn new(root: &'n At) -> Self {
        Self {
            root,
            paths: OnceCell::new(),
        }
    }

    /// The place of a value of this tree.
    pub(super) fn of(&self, value: &At) -> Place {
        if !value.place.file.is_empty() {
            return value.place.clone();
        }
        let paths = self.paths.get_or_init(|| {
            let mut paths = HashMap::new();
            let file = &self.root.place.file;
            name(self.root, &mut file.clone(), file.len(), &mut paths);
            paths
        });
        paths
            .get(&std::ptr::from_ref(value))
            .unwrap_or(&self.root.place)
            .clone()
    }
}

/// Names everything below a value. `here` holds the file, and behind its first `file` bytes ` at ` and the path; it leaves as it came.
fn name(at: &At, here: &mut String, file: usize, paths: &mut HashMap<*const At, Place>) {
    paths.insert(std::ptr::from_ref(at), Place::file(here));
    let length = here.len();
    let first = length == file;
    let mut below = |item: &At, step: std::fmt::Arguments<'_>, between: &str| {
        here.push_str(if first { " at " } else { between });
        // Writing to a string cannot fail.
        let _ = here.write_fmt(step);
        name(item, here, file, paths);
        here.truncate(length);
    };
    match &at.node {
        Node::List(items) => {
            for (at, item) in items.iter().enumerate() {
                below(item, format_args!("[{at}]"), "");
            }
        }
        Node::Table(entries) => {
            for (name, value) in entries {
                below(value, format_args!("{name}"), ".");
            }
        }
        _ => {}
    }
}
