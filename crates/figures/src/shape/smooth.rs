//! Smooth curves through points.

use super::lines::Lines;
use super::{Outline, Point, backwards, length, minus};

/// How far a curve leaves a point before it bends, as a part of the way to the next point.
const REACH: f64 = 0.36;

/// A point of a line.
#[derive(Clone, Debug)]
pub(super) struct Knot {
    pub name: String,
    pub at: Point,
    /// The line bends sharply here.
    pub corner: bool,
}

impl Outline {
    /// Reads an open smooth line of points.
    pub fn line(text: &str) -> Result<Outline, String> {
        let lines = Lines::read([text])?;
        lines
            .whole()
            .pop()
            .ok_or_else(|| "a line without points".to_owned())
    }

    /// Reads a closed smooth line of points.
    pub fn ring(text: &str) -> Result<Outline, String> {
        let knots = Lines::read([text])?.lines.pop().unwrap_or_default();
        let count = knots.len();
        let around: Vec<Knot> = knots
            .iter()
            .cycle()
            .skip(count.saturating_sub(1))
            .take(count + 3)
            .cloned()
            .collect();
        Ok(Outline {
            start: knots.first().map_or((0.0, 0.0), |knot| knot.at),
            curves: (1..=count).filter_map(|at| curve(&around, at)).collect(),
        })
    }

    /// A smooth line through points.
    pub fn through(points: &[Point]) -> Outline {
        let knot = |at: &Point| Knot {
            name: String::new(),
            at: *at,
            corner: false,
        };
        let knots: Vec<Knot> = points.iter().map(knot).collect();
        Outline {
            start: points.first().copied().unwrap_or_default(),
            curves: (0..knots.len())
                .filter_map(|at| curve(&knots, at))
                .collect(),
        }
    }

    /// A small circle.
    pub fn dot(middle: Point, radius: f64) -> Outline {
        let (x, y) = middle;
        let (r, reach) = (radius, radius * 0.552);
        Outline {
            start: (x, y - r),
            curves: vec![
                [(x + reach, y - r), (x + r, y - reach), (x + r, y)],
                [(x + r, y + reach), (x + reach, y + r), (x, y + r)],
                [(x - reach, y + r), (x - r, y + reach), (x - r, y)],
                [(x - r, y - reach), (x - reach, y - r), (x, y - r)],
            ],
        }
    }

    /// The outline of a muscle from its edges, each from origin to insertion: along the first, across the ends, back along the last, across the beginnings.
    pub fn muscle(edges: &[Outline]) -> Outline {
        let (Some(first), Some(last)) = (edges.first(), edges.last()) else {
            return Outline::default();
        };
        let ends = Outline::through(&edges.iter().map(Outline::end).collect::<Vec<_>>());
        let starts = Outline::through(&edges.iter().map(|edge| edge.start).collect::<Vec<_>>());
        let mut outline = first.clone();
        outline.curves.extend(ends.curves);
        outline.curves.extend(backwards(last.start, &last.curves));
        outline
            .curves
            .extend(backwards(starts.start, &starts.curves));
        outline
    }
}

/// The curve from point `at` of a line to the next one.
pub(super) fn curve(line: &[Knot], at: usize) -> Option<[Point; 3]> {
    let (from, to) = (line.get(at)?, line.get(at + 1)?);
    let long = length(minus(to.at, from.at)) * REACH;
    let straight = unit(minus(to.at, from.at));
    let leave = direction(line, at).unwrap_or(straight);
    let arrive = direction(line, at + 1).unwrap_or(straight);
    Some([
        (from.at.0 + leave.0 * long, from.at.1 + leave.1 * long),
        (to.at.0 - arrive.0 * long, to.at.1 - arrive.1 * long),
        to.at,
    ])
}

/// Which way a line goes at one of its points; none where it bends sharply.
fn direction(line: &[Knot], at: usize) -> Option<Point> {
    let here = line.get(at).filter(|knot| !knot.corner)?;
    match (
        at.checked_sub(1).and_then(|b| line.get(b)),
        line.get(at + 1),
    ) {
        (Some(before), Some(after)) => Some(unit(minus(after.at, before.at))),
        // On the midline a line crosses level, so that it meets its mirror image without a kink.
        (None, Some(next)) if here.at.0 == 0.0 && next.at.0 != 0.0 => {
            Some((next.at.0.signum(), 0.0))
        }
        (Some(before), None) if here.at.0 == 0.0 && before.at.0 != 0.0 => {
            Some((-before.at.0.signum(), 0.0))
        }
        _ => None,
    }
}
fn unit(a: Point) -> Point {
    let long = length(a);
    if long > 0.0 {
        (a.0 / long, a.1 / long)
    } else {
        (0.0, 0.0)
    }
}
