//! Bones and shapes, as `atlas.toml` has them.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::body::View;
use crate::shape::{Outline, Point};

const FILE: &str = include_str!("atlas.toml");

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::read(FILE).unwrap_or_default());

/// Everything that can be drawn.
#[derive(Debug, Default)]
pub(super) struct Atlas {
    /// Left, right, top and bottom of a drawing with its labels.
    pub frame: [f64; 4],
    pub body: String,
    pub bones: Vec<Bone>,
    pub shapes: Vec<Shape>,
}

/// A bone as path data, both halves.
#[derive(Debug)]
pub(super) struct Bone {
    /// None where both views have it.
    pub view: Option<View>,
    pub path: String,
    pub kind: BoneKind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum BoneKind {
    Whole,
    Rib,
    Hole,
}

/// A muscle or a joint in one view: the half to the viewer's right.
#[derive(Debug)]
pub(super) struct Shape {
    pub id: String,
    pub view: View,
    pub depth: u8,
    /// It lies across the midline, so it has no side.
    pub midline: bool,
    pub outlines: Vec<Outline>,
    pub fibres: Vec<Outline>,
    /// Where a label points to.
    pub middle: Point,
}

/// The ids that have a shape; one with several pieces or in two views stands more than once.
pub fn shapes() -> impl Iterator<Item = &'static str> {
    ATLAS.shapes.iter().map(|shape| shape.id.as_str())
}

pub(super) fn atlas() -> &'static Atlas {
    &ATLAS
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    body: String,
    bone: Vec<FileBone>,
    shape: Vec<FileShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileBone {
    view: Option<View>,
    outline: Option<String>,
    rib: Option<String>,
    #[serde(default)]
    hole: bool,
    #[serde(default)]
    down: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileShape {
    id: String,
    view: View,
    depth: u8,
    #[serde(default)]
    midline: bool,
    #[serde(default)]
    edges: Vec<String>,
    outline: Option<String>,
    #[serde(default)]
    dots: Vec<String>,
}

impl Atlas {
    /// Reads the file, or says what is wrong with it.
    fn read(text: &str) -> Result<Atlas, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut shapes = Vec::new();
        for shape in &file.shape {
            let id = &shape.id;
            shapes.push(shape.drawn().map_err(|e| format!("shape `{id}`: {e}"))?);
        }
        shapes.sort_by_key(|shape| shape.depth);
        Ok(Atlas {
            frame: [file.left, file.right, file.top, file.bottom],
            body: Outline::line(&file.body)?.with_mirror_image().path(),
            bones: file
                .bone
                .iter()
                .map(FileBone::drawn)
                .collect::<Result<_, _>>()?,
            shapes,
        })
    }
}

impl FileBone {
    fn drawn(&self) -> Result<Bone, String> {
        let twice = |outline: &Outline| outline.path() + &outline.mirrored().path();
        let (path, kind) = match (&self.outline, &self.rib) {
            (Some(text), None) => {
                let line = Outline::line(text)?;
                let ends_on_midline = line.start.0 == 0.0 && line.end().0 == 0.0;
                let whole = |outline: &Outline| outline.with_mirror_image().path();
                let path = if !ends_on_midline {
                    twice(&Outline::ring(text)?)
                } else if self.down.is_empty() {
                    whole(&line)
                } else {
                    self.down
                        .iter()
                        .map(|down| whole(&line.moved(0.0, *down)))
                        .collect()
                };
                (
                    path,
                    if self.hole {
                        BoneKind::Hole
                    } else {
                        BoneKind::Whole
                    },
                )
            }
            (None, Some(text)) => (twice(&Outline::line(text)?), BoneKind::Rib),
            _ => return Err("a bone has either an outline or a rib".to_owned()),
        };
        Ok(Bone {
            view: self.view,
            path,
            kind,
        })
    }
}

impl FileShape {
    fn drawn(&self) -> Result<Shape, String> {
        let (outlines, fibres) = match (&self.edges[..], &self.outline, &self.dots[..]) {
            ([_, _, ..], None, []) => {
                let edges: Vec<Outline> = self
                    .edges
                    .iter()
                    .map(|e| Outline::line(e))
                    .collect::<Result<_, _>>()?;
                (vec![Outline::muscle(&edges)], fibres(&edges))
            }
            ([], Some(outline), []) => (vec![Outline::ring(outline)?], Vec::new()),
            ([], None, [_, ..]) => {
                let dot = |text: &String| Ok(Outline::dot(Outline::line(text)?.start, 3.4));
                (
                    self.dots.iter().map(dot).collect::<Result<_, String>>()?,
                    Vec::new(),
                )
            }
            _ => return Err("give it two or more edges, or an outline, or dots".to_owned()),
        };
        let middle = outlines
            .get(outlines.len() / 2)
            .map(|outline| outline.middle().1);
        Ok(Shape {
            id: self.id.clone(),
            view: self.view,
            depth: self.depth,
            midline: self.midline,
            middle: middle.unwrap_or_default(),
            outlines,
            fibres,
        })
    }
}

/// Lines between the edges of a muscle, from near its origin to near its insertion.
fn fibres(edges: &[Outline]) -> Vec<Outline> {
    let between = if edges.len() == 2 { 3 } else { 2 };
    let mut fibres = Vec::new();
    for (at, pair) in edges.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        // The edge that two bundles share is itself a fibre.
        let first = u32::from(at == 0);
        for part in first..=between {
            let mix = f64::from(part) / f64::from(between + 1);
            let along = |step: i32| {
                let way = 0.05 + 0.18 * f64::from(step);
                let (a, b) = (one.at(way), other.at(way));
                (a.0 + (b.0 - a.0) * mix, a.1 + (b.1 - a.1) * mix)
            };
            fibres.push(Outline::through(
                &(0..=5).map(along).collect::<Vec<Point>>(),
            ));
        }
    }
    fibres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads() {
        let atlas = Atlas::read(FILE).expect("atlas.toml is right");
        for shape in &atlas.shapes {
            let area: f64 = shape
                .outlines
                .iter()
                .map(|outline| outline.middle().0.abs())
                .sum();
            assert!(area > 20.0, "{}: {area}", shape.id);
            assert!(
                shape.midline || shape.middle.0 > 0.0,
                "{} is drawn on the right half",
                shape.id
            );
            let [left, right, top, bottom] = atlas.frame;
            for (x, y) in shape.outlines.iter().flat_map(Outline::points) {
                assert!(
                    x > left / 2.0 && x < right / 2.0 && y > top - 6.0 && y < bottom,
                    "{} leaves the body: {x} {y}",
                    shape.id
                );
            }
        }
    }
}
