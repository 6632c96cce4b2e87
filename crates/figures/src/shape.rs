//! Shapes from lines of points, as the drawings in the data files have them.
//!
//! A drawing is a few smooth lines, each through points, some of which have a name. A shape names points in order; between two of them it follows the line that joins them the shortest way.
//! Two shapes that share a border name the same line, so they meet without a gap and without an overlap.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where something is: to the right, and down.
pub type Point = (f64, f64);

/// How far a curve leaves a point before it bends, as a part of the way to the next point.
const REACH: f64 = 0.36;

/// The lines of a drawing.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    lines: Vec<Vec<Knot>>,
}

#[derive(Clone, Debug)]
struct Knot {
    name: String,
    at: Point,
    /// The line bends sharply here.
    corner: bool,
}

/// A closed or open outline: a start, and one curve after the other.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Where it begins.
    pub start: Point,
    /// Two handles and an end each.
    pub curves: Vec<[Point; 3]>,
}

impl Lines {
    /// Reads lines such as `top 0 0, 10 4, side 20 20, bottom! 0 40`: a point has a name or none, a `!` for a corner, and a place; a name alone is a point of another line.
    pub fn read<'a>(lines: impl IntoIterator<Item = &'a str> + Clone) -> Result<Lines, String> {
        let mut places: BTreeMap<&str, Point> = BTreeMap::new();
        for line in lines.clone() {
            for knot in line.split(',') {
                if let (Some(name), Some(at)) = parts(knot)?
                    && places.insert(name, at).is_some()
                {
                    return Err(format!("point `{name}` has two places; give it one"));
                }
            }
        }
        let mut read = Lines::default();
        for line in lines {
            let mut knots = Vec::new();
            for knot in line.split(',') {
                let (name, at) = parts(knot)?;
                let name = name.unwrap_or_default();
                let place = at.or_else(|| places.get(name).copied());
                knots.push(Knot {
                    name: name.to_owned(),
                    at: place.ok_or_else(|| format!("point `{}` has no place", knot.trim()))?,
                    corner: knot.contains('!'),
                });
            }
            read.lines.push(knots);
        }
        Ok(read)
    }

    /// The outline through the named points and back to the first one.
    pub fn around(&self, names: &[String]) -> Result<Outline, String> {
        let closed: Vec<String> = names.iter().chain(names.first()).cloned().collect();
        self.along(&closed)
    }

    /// The outline through the named points, left open.
    pub fn along(&self, names: &[String]) -> Result<Outline, String> {
        let mut outline = Outline::default();
        for pair in names.windows(2) {
            let [from, to] = pair else { continue };
            let (start, curves) = self
                .between(from, to)
                .ok_or_else(|| format!("no line joins `{from}` and `{to}`"))?;
            if outline.curves.is_empty() {
                outline.start = start;
            }
            outline.curves.extend(curves);
        }
        Ok(outline)
    }

    /// Every line from its first point to its last.
    pub fn whole(&self) -> Vec<Outline> {
        let open = |line: &Vec<Knot>| Outline {
            start: line.first().map_or((0.0, 0.0), |knot| knot.at),
            curves: (0..line.len()).filter_map(|at| curve(line, at)).collect(),
        };
        self.lines.iter().map(open).collect()
    }

    /// The line with the fewest points between two named points.
    fn between(&self, from: &str, to: &str) -> Option<(Point, Vec<[Point; 3]>)> {
        let find = |line: &[Knot], name: &str| line.iter().position(|knot| knot.name == name);
        let (line, a, b) = self
            .lines
            .iter()
            .filter_map(|line| Some((line, find(line, from)?, find(line, to)?)))
            .min_by_key(|(_, a, b)| a.abs_diff(*b))?;
        let mut curves: Vec<[Point; 3]> = (a.min(b)..a.max(b))
            .filter_map(|at| curve(line, at))
            .collect();
        if a > b {
            curves = backwards(line.get(b)?.at, &curves);
        }
        Some((line.get(a)?.at, curves))
    }
}

/// Name and place of one point as it is written.
fn parts(knot: &str) -> Result<(Option<&str>, Option<Point>), String> {
    let wrong = || format!("`{}` is not a point; write `name x y`", knot.trim());
    let mut name = None;
    let mut numbers = Vec::new();
    for word in knot.split_whitespace() {
        match word.parse::<f64>() {
            Ok(number) => numbers.push(number),
            Err(_) if name.is_none() && numbers.is_empty() => {
                name = Some(word.trim_end_matches('!'))
            }
            Err(_) => return Err(wrong()),
        }
    }
    let name = name.filter(|name| !name.is_empty());
    match numbers.as_slice() {
        [] if name.is_some() => Ok((name, None)),
        [x, y] => Ok((name, Some((*x, *y)))),
        _ => Err(wrong()),
    }
}

/// The curve from point `at` of a line to the next one.
fn curve(line: &[Knot], at: usize) -> Option<[Point; 3]> {
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

fn unit(a: Point) -> Point {
    let long = length(a);
    if long > 0.0 {
        (a.0 / long, a.1 / long)
    } else {
        (0.0, 0.0)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_square_has_its_area_and_middle() {
        let lines = Lines::read(["a! 0 0, b! 10 0, c! 10 10", "c, d! 0 10, a"]).expect("a square");
        let square = lines.around(&names(&["a", "b", "c", "d"])).expect("joined");
        let (area, (x, y)) = square.middle();
        assert!((area - 100.0).abs() < 1e-6, "{area}");
        assert!((x - 5.0).abs() < 1e-6 && (y - 5.0).abs() < 1e-6);
        assert!(square.path().ends_with('z'));
    }

    #[test]
    fn a_border_is_the_same_from_both_sides() {
        let lines = Lines::read(["a 0 0, 5 3, b 9 9, 4 7, c 0 12"]).expect("a line");
        let there = lines.along(&names(&["a", "c"])).expect("there").points();
        let mut back = lines.along(&names(&["c", "a"])).expect("back").points();
        back.reverse();
        for (a, b) in there.iter().zip(&back) {
            assert!(length(minus(*a, *b)) < 1e-9, "{a:?} {b:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, said) in [
            ("a 0", "not a point"),
            ("a 0 0, b", "has no place"),
            ("a 0 0, a 1 1", "two places"),
            ("", "not a point"),
        ] {
            let problem = Lines::read([line]).expect_err("is wrong");
            assert!(problem.contains(said), "{line}: {problem}");
        }
        let lines = Lines::read(["a 0 0, b 1 1", "c 2 2, d 3 3"]).expect("two lines");
        let problem = lines.around(&names(&["a", "c"])).expect_err("not joined");
        assert!(problem.contains("no line joins `a` and `c`"), "{problem}");
    }
}
