//! Every region with its shape, as `regions.toml` has them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::Words;
use crate::shape::{Lines, Outline, Point};
use crate::words::capital;

const FILE: &str = include_str!("regions.toml");

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::read(FILE).unwrap_or_default());

/// From which side the figure is seen.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// From behind.
    Back,
    /// From the front.
    Front,
}

/// A side of the patient's own body.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Side {
    /// The patient's left.
    Left,
    /// The patient's right.
    Right,
}

/// One region of the chart.
#[derive(Clone, Debug)]
pub struct Region {
    /// Its number in the scheme, 101 to 136 in front and 201 to 238 behind.
    pub number: u16,
    /// From where it is seen.
    pub view: View,
    /// Whose side it is on: the patient's own.
    pub side: Side,
    /// The part of the body, shared with the other side; the key of its name.
    pub part: String,
    pub(super) below_knee: bool,
    pub(super) low_back: bool,
    pub(super) widespread: Option<Fifth>,
    pub(super) middle: Point,
    /// How far down it reaches.
    pub(super) foot: f64,
    pub(super) outline: Outline,
}

/// The part of the body that counts towards widespread pain.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fifth {
    Arm,
    Leg,
    Trunk,
}

impl Region {
    /// Its name with its side, as a sentence begins: `Lower back, left`.
    #[must_use]
    pub fn name(&self, words: &Words) -> String {
        capital(&self.plain_name(words))
    }

    /// Its name with its side, in the middle of a sentence.
    pub(super) fn plain_name(&self, words: &Words) -> String {
        words.with_side(self.part_name(words), self.side.name(words))
    }

    /// The name of the part without its side.
    pub(super) fn part_name<'a>(&'a self, words: &'a Words) -> &'a str {
        words.body.names.get(&self.part).unwrap_or(&self.part)
    }
}

impl Side {
    pub(super) fn name(self, words: &Words) -> &str {
        match self {
            Side::Left => &words.left,
            Side::Right => &words.right,
        }
    }
}

/// All regions in the order in which they are told: the back before the front, trunk and legs before arms, the viewer's left before the viewer's right.
pub fn regions() -> impl Iterator<Item = &'static Region> {
    ATLAS.regions.iter()
}

/// The region with a number.
#[must_use]
pub fn region(number: u16) -> Option<&'static Region> {
    regions().find(|region| region.number == number)
}

/// The number of a region in this scheme, for a number read off the published *female* figure, which numbers six regions of the front differently.
#[must_use]
pub fn from_female_figure(number: u16) -> u16 {
    ATLAS.female.get(&number).copied().unwrap_or(number)
}

/// The drawing around the regions.
pub(super) fn atlas() -> &'static Atlas {
    &ATLAS
}

/// Everything that the file says.
#[derive(Debug, Default)]
pub(super) struct Atlas {
    pub half_width: f64,
    pub top: f64,
    pub bottom: f64,
    /// The edge of the half to the viewer's right, from the crown to the crotch.
    pub half: Outline,
    regions: Vec<Region>,
    details: BTreeMap<View, Vec<String>>,
    female: BTreeMap<u16, u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    half_width: f64,
    top: f64,
    bottom: f64,
    figure: Vec<String>,
    lines: Vec<String>,
    views: BTreeMap<View, FileView>,
    part: Vec<Part>,
    female: BTreeMap<u16, u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileView {
    lines: Vec<String>,
    details: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    id: String,
    view: View,
    left: u16,
    right: u16,
    outline: Vec<String>,
    #[serde(default)]
    below_knee: bool,
    #[serde(default)]
    low_back: bool,
    widespread: Option<Fifth>,
}

impl Atlas {
    /// Reads the file, or says what is wrong with it.
    fn read(text: &str) -> Result<Atlas, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        let shared = Lines::read(file.lines.iter().map(String::as_str))?;
        let half = shared.along(&file.figure)?;
        let mut atlas = Atlas {
            half_width: file.half_width,
            top: file.top,
            bottom: file.bottom,
            female: file.female,
            half,
            ..Atlas::default()
        };
        let mut lines = BTreeMap::new();
        for (view, drawn) in &file.views {
            let all = file.lines.iter().chain(&drawn.lines).map(String::as_str);
            lines.insert(*view, Lines::read(all)?);
            let details = Lines::read(drawn.details.iter().map(String::as_str))?;
            let both = |line: &Outline| [line.path(), line.mirrored().path()];
            atlas
                .details
                .insert(*view, details.whole().iter().flat_map(both).collect());
        }
        for part in &file.part {
            let lines = lines.get(&part.view).ok_or("a view without lines")?;
            let drawn = lines
                .around(&part.outline)
                .map_err(|e| format!("part `{}`: {e}", part.id))?;
            atlas.regions.extend(part.both(&drawn));
        }
        Ok(atlas)
    }

    /// Faint lines of one view.
    pub fn details(&self, view: View) -> &[String] {
        self.details.get(&view).map_or(&[], Vec::as_slice)
    }
}

impl Part {
    /// The part on both sides of the body, the viewer's left first. Drawn is the viewer's right half.
    fn both(&self, drawn: &Outline) -> [Region; 2] {
        let (left, right) = match self.view {
            View::Back => (drawn.mirrored(), drawn.clone()),
            View::Front => (drawn.clone(), drawn.mirrored()),
        };
        let make = |number, side, outline: Outline| Region {
            number,
            view: self.view,
            side,
            part: self.id.clone(),
            below_knee: self.below_knee,
            low_back: self.low_back,
            widespread: self.widespread,
            middle: outline.middle().1,
            foot: outline
                .points()
                .iter()
                .fold(f64::MIN, |foot, point| foot.max(point.1)),
            outline,
        };
        let left = make(self.left, Side::Left, left);
        let right = make(self.right, Side::Right, right);
        match self.view {
            View::Back => [left, right],
            View::Front => [right, left],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_file_reads() {
        Atlas::read(FILE).expect("regions.toml is right");
    }

    #[test]
    fn every_number_of_the_scheme_stands_once() {
        let numbers: Vec<u16> = regions().map(|region| region.number).collect();
        let once: BTreeSet<u16> = numbers.iter().copied().collect();
        assert_eq!(numbers.len(), 74);
        assert_eq!(once, (101..=136).chain(201..=238).collect());
    }

    #[test]
    fn every_part_has_a_name_in_every_language() {
        for tag in ["en", "es"] {
            let words = Words::of(tag);
            let parts: BTreeSet<&String> = regions().map(|region| &region.part).collect();
            assert_eq!(parts, words.body.names.keys().collect(), "{tag}");
        }
    }

    /// Shapes of one view share every border, once in each direction, and outer borders are those of the figure: no gap, no overlap.
    #[test]
    fn the_regions_tile_the_figure() {
        type Piece = [(i64, i64); 2];
        // Written coordinates have one decimal, so no computed one stands exactly between two steps of this odd size.
        let step = |v: f64| (v * 9973.0 + 0.317).floor() as i64;
        let fixed = |p: Point| (step(p.0), step(p.1));
        let pieces = |outline: &Outline| -> Vec<Piece> {
            let points = outline.points();
            points
                .windows(2)
                .map(|w| [fixed(w[0]), fixed(w[1])])
                .collect()
        };
        let whole = pieces(&atlas().half);
        for view in [View::Back, View::Front] {
            let half: Vec<&Region> = regions()
                .filter(|r| r.view == view && r.middle.0 > 0.0)
                .collect();
            let all: Vec<Piece> = half
                .iter()
                .flat_map(|region| pieces(&region.outline))
                .collect();
            let once: BTreeSet<Piece> = all.iter().copied().collect();
            assert_eq!(
                once.len(),
                all.len(),
                "{view:?}: a border twice in one direction"
            );
            let midline = |[a, b]: &Piece| a.0 == step(0.0) && b.0 == step(0.0);
            let outer: BTreeSet<Piece> = once
                .iter()
                .copied()
                .filter(|piece| !midline(piece) && !once.contains(&[piece[1], piece[0]]))
                .collect();
            let expected: BTreeSet<Piece> = whole
                .iter()
                .copied()
                .filter(|piece| !midline(piece))
                .collect();
            let alone: Vec<_> = outer.symmetric_difference(&expected).collect();
            assert!(
                alone.is_empty(),
                "{view:?}: borders without a neighbour: {alone:?}"
            );
            let sum: f64 = half.iter().map(|region| region.outline.middle().0).sum();
            let area = atlas().half.middle().0;
            assert!((sum - area).abs() < 1e-3, "{view:?}: {sum} of {area}");
        }
    }

    #[test]
    fn both_sides_mirror_each_other() {
        for region in regions() {
            let other = regions()
                .find(|r| r.part == region.part && r.side != region.side)
                .expect("a part has two sides");
            assert_eq!(
                region.outline.mirrored().path(),
                other.outline.path(),
                "{}",
                region.number
            );
            let viewer_right = (region.view == View::Back) == (region.side == Side::Right);
            assert_eq!(region.middle.0 > 0.0, viewer_right, "{}", region.number);
        }
    }

    /// At 320 pixels a figure is 288 pixels wide; a target is then at least 24 pixels wide and high (WCAG 2.5.8).
    #[test]
    fn every_region_is_large_enough_to_tap() {
        let pixels = 288.0 / (2.0 * atlas().half_width);
        for region in regions() {
            let points = region.outline.points();
            let span = |of: fn(&Point) -> f64| {
                let (low, high) = points
                    .iter()
                    .map(of)
                    .fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
                (high - low) * pixels
            };
            let (wide, high) = (span(|p| p.0), span(|p| p.1));
            assert!(
                wide >= 24.0 && high >= 24.0,
                "{} {}: {wide:.0} x {high:.0}",
                region.number,
                region.part
            );
        }
    }

    #[test]
    fn the_female_figure_is_translated() {
        let front: BTreeSet<u16> = (101..=136).collect();
        assert_eq!(
            front
                .iter()
                .map(|n| from_female_figure(*n))
                .collect::<BTreeSet<_>>(),
            front
        );
        assert_eq!(
            [112, 114, 117, 218].map(from_female_figure),
            [116, 112, 115, 218]
        );
    }
}
