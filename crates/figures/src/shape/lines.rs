//! A drawing as it is written: smooth lines through points, some of which have a name.

use std::collections::BTreeMap;

use super::smooth::{Knot, curve};
use super::{Outline, Point, backwards};

/// The lines of a drawing.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    pub(super) lines: Vec<Vec<Knot>>,
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
#[cfg(test)]
mod tests {
    use super::super::{length, minus};
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|&name| name.to_owned()).collect()
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
