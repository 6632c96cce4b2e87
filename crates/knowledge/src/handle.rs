//! Handles: small numbers that stand for one thing of a kind, so that links between files are checked once and cost nothing later.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use std::collections::HashMap;

use crate::hash::IdHash;

/// Stands for one `T` in its [`Table`].
pub struct Handle<T> {
    index: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Handle<T> {
    /// The handle of the thing at `index`.
    #[must_use]
    pub(crate) const fn new(index: u32) -> Self {
        Self {
            index,
            of: PhantomData,
        }
    }

    /// Position in the table.
    #[must_use]
    pub const fn index(self) -> usize {
        self.index as usize
    }
}

// Written out because a derive would ask the same of `T`.
impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Handle<T> {}
impl<T> PartialEq for Handle<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}
impl<T> Eq for Handle<T> {}
impl<T> PartialOrd for Handle<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Handle<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.index.cmp(&other.index)
    }
}
impl<T> Hash for Handle<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// All things of one kind, in the order of their ids: the order of handles is the order of ids.
#[derive(Clone, Debug)]
pub struct Table<T> {
    items: Vec<T>,
    ids: Vec<String>,
    by_id: HashMap<String, u32, IdHash>,
}

impl<T> Table<T> {
    /// A table of things under their ids, which must be sorted and unique.
    pub(crate) fn new(ids: Vec<String>, items: Vec<T>) -> Self {
        debug_assert_eq!(ids.len(), items.len());
        let by_id = ids
            .iter()
            .enumerate()
            .map(|(i, id)| (id.clone(), u32::try_from(i).unwrap_or(u32::MAX)))
            .collect();
        Self { items, ids, by_id }
    }

    /// The handle of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Handle<T>> {
        self.by_id.get(id).map(|index| Handle::new(*index))
    }

    /// The id of a handle.
    #[must_use]
    pub fn id(&self, handle: Handle<T>) -> &str {
        &self.ids[handle.index()]
    }

    /// The thing with an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.find(id).map(|handle| &self[handle])
    }

    /// Every handle and thing, in the order of ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Handle<T>, &T)> + ExactSizeIterator {
        self.items
            .iter()
            .enumerate()
            .map(|(i, item)| (Handle::new(u32::try_from(i).unwrap_or(u32::MAX)), item))
    }

    /// Every handle.
    pub fn handles(
        &self,
    ) -> impl DoubleEndedIterator<Item = Handle<T>> + ExactSizeIterator + use<T> {
        (0..u32::try_from(self.items.len()).unwrap_or(u32::MAX)).map(Handle::new)
    }

    /// Every id, sorted.
    #[must_use]
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(crate) fn get_mut(&mut self, handle: Handle<T>) -> &mut T {
        &mut self.items[handle.index()]
    }
}

impl<T> std::ops::Index<Handle<T>> for Table<T> {
    type Output = T;
    fn index(&self, handle: Handle<T>) -> &T {
        &self.items[handle.index()]
    }
}
