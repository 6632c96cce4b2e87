//! What follows from the marked regions alone.

use std::collections::BTreeSet;

use super::atlas::{Fifth, Region, Side, regions};
use crate::Words;
use crate::words::capital;

/// The marked regions in the order in which they are told.
fn marked(numbers: &BTreeSet<u16>) -> impl Iterator<Item = &'static Region> {
    regions().filter(|region| numbers.contains(&region.number))
}

/// The marked regions in words, both sides of a part together: `Lower back, both sides; buttock, left`.
#[must_use]
pub fn summary(numbers: &BTreeSet<u16>, words: &Words) -> String {
    let mut told: Vec<(&'static str, String)> = Vec::new();
    for region in marked(numbers) {
        let name = region.part_name(words);
        match told.last_mut() {
            Some((part, said)) if *part == region.part => {
                *said = words.with_side(name, &words.both);
            }
            _ => told.push((&region.part, region.plain_name(words))),
        }
    }
    if told.is_empty() {
        return words.body.nowhere.clone();
    }
    let said: Vec<String> = told.into_iter().map(|(_, said)| said).collect();
    capital(&said.join("; "))
}

/// Whether a region below the knee is marked, in front or behind: pain that reaches the lower leg or the foot.
#[must_use]
pub fn below_knee(numbers: &BTreeSet<u16>) -> bool {
    marked(numbers).any(|region| region.below_knee)
}

/// Whether the lower back is marked on either side.
#[must_use]
pub fn low_back(numbers: &BTreeSet<u16>) -> bool {
    marked(numbers).any(|region| region.low_back)
}

/// The sides on which something is marked.
#[must_use]
pub fn sides(numbers: &BTreeSet<u16>) -> BTreeSet<Side> {
    marked(numbers).map(|region| region.side).collect()
}

/// How far the marks are spread over the body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Widespread {
    /// How many of five areas have a mark: each arm with its shoulder, each leg with its hip, and neck and back. Head, chest and abdomen do not count.
    pub areas: usize,
    /// At least four of the five. This is general knowledge about widespread pain, not a rule with a source in the knowledge, so it may describe and must not decide.
    pub widespread: bool,
}

/// How far the marks are spread over the body.
#[must_use]
pub fn widespread(numbers: &BTreeSet<u16>) -> Widespread {
    let area = |region: &Region| match (region.widespread?, region.side) {
        (Fifth::Trunk, _) => Some(0),
        (Fifth::Arm, Side::Left) => Some(1),
        (Fifth::Arm, Side::Right) => Some(2),
        (Fifth::Leg, Side::Left) => Some(3),
        (Fifth::Leg, Side::Right) => Some(4),
    };
    let areas = marked(numbers)
        .filter_map(area)
        .collect::<BTreeSet<i32>>()
        .len();
    Widespread {
        areas,
        widespread: areas >= 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[u16]) -> BTreeSet<u16> {
        numbers.iter().copied().collect()
    }

    #[test]
    fn regions_are_told_in_words() {
        let (en, es) = (Words::of("en"), Words::of("es"));
        let rows: [(&[u16], &str, &str); 5] = [
            (&[], "No region is marked.", "No hay ninguna zona marcada."),
            (
                &[7, 999],
                "No region is marked.",
                "No hay ninguna zona marcada.",
            ),
            (
                &[218],
                "Lower back, left",
                "Parte baja de la espalda, lado izquierdo",
            ),
            (
                &[218, 219, 223],
                "Lower back, both sides; buttock, left",
                "Parte baja de la espalda, ambos lados; glúteo, lado izquierdo",
            ),
            (
                &[131, 219, 107],
                "Lower back, right; shoulder, right; shin, right",
                "Parte baja de la espalda, lado derecho; hombro, lado derecho; espinilla, lado derecho",
            ),
        ];
        for (numbers, english, spanish) in rows {
            assert_eq!(summary(&set(numbers), en), english);
            assert_eq!(summary(&set(numbers), es), spanish);
        }
    }

    #[test]
    fn flags_are_exactly_the_numbers_of_the_scheme() {
        for region in regions() {
            let one = set(&[region.number]);
            let number = region.number;
            let lower_leg = (131..=136).contains(&number) || (233..=238).contains(&number);
            assert_eq!(below_knee(&one), lower_leg, "{number}");
            assert_eq!(low_back(&one), number == 218 || number == 219, "{number}");
            assert_eq!(sides(&one), BTreeSet::from([region.side]), "{number}");
        }
        assert!(!below_knee(&set(&[])) && !low_back(&set(&[500])));
    }

    #[test]
    fn widespread_needs_four_of_five_areas() {
        let rows: [(&[u16], usize, bool); 5] = [
            (&[], 0, false),
            (&[101, 108, 116, 201], 0, false),
            (&[218, 219, 208], 1, false),
            (&[218, 110, 107], 3, false),
            (&[218, 110, 107, 131], 4, true),
        ];
        for (numbers, areas, wide) in rows {
            assert_eq!(
                widespread(&set(numbers)),
                Widespread {
                    areas,
                    widespread: wide
                },
                "{numbers:?}"
            );
        }
    }
}
