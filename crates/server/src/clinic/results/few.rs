//! Small counts are hidden, because they may be about somebody: from 1 to 10 a count is shown as fewer than 11, and whatever would give it away by subtraction is hidden with it.

/// The smallest count above nothing that is shown.
pub const LEAST: u64 = 11;

/// A count as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As it is.
    Count(u64),
    /// From 1 to 10.
    Few,
    /// Another count would follow from it.
    Hidden,
}

/// So many out of so many, as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// So many.
    pub part: Shown,
    /// Out of so many.
    pub whole: Shown,
}

impl Shown {
    /// A count that stands alone.
    #[must_use]
    pub const fn of(count: u64) -> Self {
        if is_few(count) {
            Self::Few
        } else {
            Self::Count(count)
        }
    }
}

impl Share {
    /// The share, between 0 and 1, where both counts are shown.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of a clinic are far below 2^52"
    )]
    pub fn ratio(self) -> Option<f64> {
        match (self.part, self.whole) {
            (Shown::Count(part), Shown::Count(whole)) if whole > 0 => {
                Some(part as f64 / whole as f64)
            }
            _ => None,
        }
    }
}

const fn is_few(count: u64) -> bool {
    count > 0 && count < LEAST
}

/// A part of a whole: neither the part nor what is left of the whole may be few and told.
#[must_use]
pub const fn share(part: u64, whole: u64) -> Share {
    let left = whole.saturating_sub(part);
    let part = if is_few(part) {
        Shown::Few
    } else if is_few(left) || is_few(whole) {
        Shown::Hidden
    } else {
        Shown::Count(part)
    };
    Share {
        part,
        whole: Shown::of(whole),
    }
}

/// Counts that add up to a total. Where one alone is few, the smallest of the others is hidden with it, or the total where there is no other.
#[must_use]
pub fn row(counts: &[u64]) -> (Vec<Shown>, Shown) {
    let total = counts.iter().sum();
    let mut shown: Vec<Shown> = counts.iter().copied().map(Shown::of).collect();
    let few = shown.iter().filter(|one| **one == Shown::Few).count();
    let mut whole = Shown::of(total);
    if few == 1 {
        let smallest = counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count >= LEAST)
            .min_by_key(|(_, count)| **count);
        match smallest.and_then(|(at, _)| shown.get_mut(at)) {
            Some(other) => *other = Shown::Hidden,
            None if whole != Shown::Few => whole = Shown::Hidden,
            None => {}
        }
    }
    (shown, whole)
}

#[cfg(test)]
mod tests {
    use super::{Shown, row, share};
    use proptest::prelude::*;

    #[test]
    fn nothing_and_many_are_shown_and_few_are_not() {
        for (count, shown) in [
            (0, Shown::Count(0)),
            (1, Shown::Few),
            (10, Shown::Few),
            (11, Shown::Count(11)),
        ] {
            assert_eq!(Shown::of(count), shown);
        }
    }

    #[test]
    fn a_share_hides_what_its_rest_would_tell() {
        assert_eq!(share(20, 25).part, Shown::Hidden);
        assert_eq!(share(5, 25).part, Shown::Few);
        assert_eq!(share(0, 25).part, Shown::Count(0));
        assert_eq!(share(25, 25).ratio(), Some(1.0));
        assert_eq!(share(0, 5).part, Shown::Hidden);
        assert_eq!(share(20, 25).ratio(), None);
    }

    proptest! {
        /// Whoever adds and subtracts what is shown never comes upon a count from 1 to 10.
        #[test]
        fn no_small_count_follows_from_a_row(counts in proptest::collection::vec(0_u64..40, 1..6)) {
            let (shown, total) = row(&counts);
            let known = |one: &Shown| match one { Shown::Count(count) => Some(*count), _ => None };
            prop_assert!(shown.iter().chain([&total]).filter_map(known).all(|count| count == 0 || count > 10));
            if let Some(total) = known(&total) {
                let hidden: Vec<u64> = counts.iter().zip(&shown).filter(|(_, one)| known(one).is_none()).map(|(count, _)| *count).collect();
                let told: u64 = shown.iter().filter_map(known).sum();
                // Of one hidden count the value would follow.
                prop_assert!(hidden.len() != 1, "{counts:?} {shown:?} {total} {told}");
            }
        }

        #[test]
        fn no_small_count_follows_from_a_share(part in 0_u64..40, rest in 0_u64..40) {
            let told = share(part, part + rest);
            if let (Shown::Count(part), Shown::Count(whole)) = (told.part, told.whole) {
                prop_assert!(part == 0 || part > 10);
                prop_assert!(whole - part == 0 || whole - part > 10);
            }
        }
    }
}
