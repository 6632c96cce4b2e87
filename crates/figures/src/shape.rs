//! Shapes from lines of points, as the drawings in the data files have them.
//!
//! A drawing is a few smooth lines, each through points, some of which have a name. A shape names points in order; between two of them it follows the line that joins them the
//! shortest way. Two shapes that share a border name the same line, so they meet without a gap and without an overlap.

mod lines;
mod smooth;

use std::fmt::Write as _;

pub use lines::Lines;

/// Where something is: to the right, and down.
pub type Point = (f64, f64);

/// A closed or open outline: a start, and one curve after the other.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Where it begins.
    pub start: Point,
    /// Two handles and an end each.
    pub curves: Vec<[Point; 3]>,
}
impl Outline {
    /// Where it ends.
    pub fn end(&self) -> Point {
        self.curves.last().map_or(self.start, |[_, _, end]| *end)
    }

    /// The outline elsewhere.
    #[must_use]
    pub fn moved(&self, right: f64, down: f64) -> Outline {
        let to = |(x, y): Point| (x + right, y + down);
        Outline {
            start: to(self.start),
            curves: self.curves.iter().map(|curve| curve.map(to)).collect(),
        }
    }

    /// The point at a part of its length, from 0 to 1.
    pub fn at(&self, part: f64) -> Point {
        let points = self.points();
        let legs = || points.iter().zip(points.iter().skip(1));
        let mut left =
            part.clamp(0.0, 1.0) * legs().map(|(a, b)| length(minus(*b, *a))).sum::<f64>();
        for (a, b) in legs() {
            let long = length(minus(*b, *a));
            if left <= long && long > 0.0 {
                let part = left / long;
                return (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part);
            }
            left -= long;
        }
        self.end()
    }

    /// The outline on the other side of the midline.
    #[must_use]
    pub fn mirrored(&self) -> Outline {
        let turn = |(x, y): Point| (-x, y);
        Outline {
            start: turn(self.start),
            curves: self.curves.iter().map(|curve| curve.map(turn)).collect(),
        }
    }

    /// The outline and then its mirror image backwards: one shape, when it begins and ends on the midline.
    #[must_use]
    pub fn with_mirror_image(&self) -> Outline {
        let other = self.mirrored();
        let back = backwards(other.start, &other.curves);
        Outline {
            start: self.start,
            curves: self.curves.iter().copied().chain(back).collect(),
        }
    }

    /// Path data: `M`, then one `c` after the other, closed when it ends where it began.
    pub fn path(&self) -> String {
        let mut d = format!("M{}", pair(self.start));
        let mut at = self.start;
        for curve in &self.curves {
            let mut sep = 'c';
            for point in curve {
                // Writing to a text cannot fail.
                let _ = write!(d, "{sep}{}", pair(minus(rounded(*point), rounded(at))));
                sep = ' ';
            }
            at = curve[2];
        }
        if !self.curves.is_empty() && length(minus(at, self.start)) < 0.01 {
            d.push('z');
        }
        d
    }

    /// Points along the outline, close enough to measure it.
    pub fn points(&self) -> Vec<Point> {
        let mut from = self.start;
        let mut points = vec![from];
        for [leave, arrive, end] in &self.curves {
            for step in 1..=8 {
                let t = f64::from(step) / 8.0;
                let u = 1.0 - t;
                let mix = |a: f64, b: f64, c: f64, d: f64| {
                    u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
                };
                points.push((
                    mix(from.0, leave.0, arrive.0, end.0),
                    mix(from.1, leave.1, arrive.1, end.1),
                ));
            }
            from = *end;
        }
        points
    }

    /// Area and centre of gravity. The area is positive where the outline turns clockwise as it is seen.
    pub fn middle(&self) -> (f64, Point) {
        let points = self.points();
        let (mut twice, mut x, mut y) = (0.0, 0.0, 0.0);
        for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
            let cross = a.0 * b.1 - b.0 * a.1;
            twice += cross;
            x += (a.0 + b.0) * cross;
            y += (a.1 + b.1) * cross;
        }
        if twice == 0.0 {
            return (0.0, self.start);
        }
        (twice / 2.0, (x / (3.0 * twice), y / (3.0 * twice)))
    }
}
/// A number with one decimal at most.
pub fn number(value: f64) -> String {
    let value = (value * 10.0).round() / 10.0;
    format!("{}", if value == 0.0 { 0.0 } else { value })
}

fn rounded(point: Point) -> Point {
    let round = |v: f64| (v * 10.0).round() / 10.0;
    (round(point.0), round(point.1))
}

/// Two numbers as path data.
fn pair(point: Point) -> String {
    let (x, y) = (number(point.0), number(point.1));
    if y.starts_with('-') {
        format!("{x}{y}")
    } else {
        format!("{x} {y}")
    }
}
fn backwards(start: Point, curves: &[[Point; 3]]) -> Vec<[Point; 3]> {
    let starts = std::iter::once(start).chain(curves.iter().map(|[_, _, end]| *end));
    let mut turned: Vec<[Point; 3]> = starts
        .zip(curves)
        .map(|(from, [leave, arrive, _])| [*arrive, *leave, from])
        .collect();
    turned.reverse();
    turned
}

fn minus(a: Point, b: Point) -> Point {
    (a.0 - b.0, a.1 - b.1)
}

fn length(a: Point) -> f64 {
    a.0.hypot(a.1)
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_its_area_and_middle() {
        let square = Outline::ring("! 0 0, ! 10 0, ! 10 10, ! 0 10").expect("a square");
        let (area, (x, y)) = square.middle();
        assert!((area - 100.0).abs() < 1e-6, "{area}");
        assert!((x - 5.0).abs() < 1e-6 && (y - 5.0).abs() < 1e-6);
        assert!(square.path().ends_with('z'));
        let (mirrored, (x, _)) = square.mirrored().middle();
        assert!((mirrored + 100.0).abs() < 1e-6 && (x + 5.0).abs() < 1e-6);
    }

    #[test]
    fn a_part_of_the_way_is_found() {
        let line = Outline::line("! 0 0, ! 10 0, ! 10 10").expect("a line");
        for (part, (x, y)) in [
            (-1.0, (0.0, 0.0)),
            (0.25, (5.0, 0.0)),
            (0.75, (10.0, 5.0)),
            (2.0, (10.0, 10.0)),
        ] {
            let (a, b) = line.at(part);
            assert!(
                (a - x).abs() < 1e-6 && (b - y).abs() < 1e-6,
                "{part}: {a} {b}"
            );
        }
        assert_eq!(Outline::default().at(0.5), (0.0, 0.0));
    }
}
