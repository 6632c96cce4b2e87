//! Yes, no, or not known: Kleene's strong three-valued logic.

use std::fmt;

/// The value of a condition. Ordered by truth (`No < Unknown < Yes`), so that *and* is the lesser and *or* the greater.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Tri {
    /// Known not to hold.
    No,
    /// Not known: could be either.
    Unknown,
    /// Known to hold.
    Yes,
}

impl Tri {
    /// Yes when both are, no when either is no, else unknown.
    #[inline]
    #[must_use]
    pub fn and(self, other: Tri) -> Tri {
        self.min(other)
    }

    /// Yes when either is yes, no when both are no, else unknown.
    #[inline]
    #[must_use]
    pub fn or(self, other: Tri) -> Tri {
        self.max(other)
    }

    /// Known to hold.
    #[inline]
    #[must_use]
    pub fn is_yes(self) -> bool {
        self == Tri::Yes
    }

    /// Known not to hold; an unknown value is not no.
    #[inline]
    #[must_use]
    pub fn is_no(self) -> bool {
        self == Tri::No
    }

    /// Neither known to hold nor known not to.
    #[inline]
    #[must_use]
    pub fn is_unknown(self) -> bool {
        self == Tri::Unknown
    }

    /// Whether two conditions agree; unknown as long as either is.
    #[inline]
    pub(crate) fn same(self, other: Tri) -> Tri {
        match (self, other) {
            (Tri::Unknown, _) | (_, Tri::Unknown) => Tri::Unknown,
            (a, b) => Tri::from(a == b),
        }
    }
}

impl std::ops::Not for Tri {
    type Output = Tri;

    #[inline]
    fn not(self) -> Tri {
        match self {
            Tri::No => Tri::Yes,
            Tri::Unknown => Tri::Unknown,
            Tri::Yes => Tri::No,
        }
    }
}

impl From<bool> for Tri {
    #[inline]
    fn from(value: bool) -> Tri {
        if value { Tri::Yes } else { Tri::No }
    }
}

impl fmt::Display for Tri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Tri::No => "no",
            Tri::Unknown => "unknown",
            Tri::Yes => "yes",
        })
    }
}

/// "At least `n` of them": yes once `n` are yes, no once fewer than `n` still could be, else unknown.
#[inline]
pub(crate) fn kleene_at_least(n: usize, yes: usize, unknown: usize) -> Tri {
    if yes >= n {
        Tri::Yes
    } else if yes + unknown < n {
        Tri::No
    } else {
        Tri::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::{Tri, kleene_at_least};

    const ALL: [Tri; 3] = [Tri::No, Tri::Unknown, Tri::Yes];

    /// *And* is "at least two of two", *or* is "at least one of two": three definitions that must agree.
    #[test]
    fn and_or_and_at_least_agree() {
        for a in ALL {
            for b in ALL {
                let count = |value| [a, b].iter().filter(|&&x| x == value).count();
                let (yes, unknown) = (count(Tri::Yes), count(Tri::Unknown));
                assert_eq!(a.and(b), kleene_at_least(2, yes, unknown), "{a} and {b}");
                assert_eq!(a.or(b), kleene_at_least(1, yes, unknown), "{a} or {b}");
                assert_eq!(!(a.and(b)), (!a).or(!b), "De Morgan for {a}, {b}");
            }
        }
    }
}
