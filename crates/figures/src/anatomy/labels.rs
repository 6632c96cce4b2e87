//! Where labels stand: in a column on each side, near what they name, none over another.

use super::atlas::atlas;
use crate::shape::Point;

/// How many labels a column holds; further parts stand in the table alone.
const MOST: usize = 7;
/// Letters in a line of a label.
const LETTERS: usize = 15;
/// Height of a line.
const LINE: f64 = 12.0;
/// Between two labels.
const GAP: f64 = 7.0;
/// From the midline to the text.
const TEXT: f64 = 89.0;

/// A label that wants to be placed.
#[derive(Clone, Debug)]
pub struct Label {
    /// What it names.
    pub name: String,
    /// What is done to it.
    pub role: String,
    /// In the column to the viewer's right.
    pub right: bool,
    /// What it points to.
    pub to: Point,
}

/// A label in its place.
#[derive(Debug)]
pub struct Placed {
    pub right: bool,
    pub lines: Vec<(String, f64)>,
    pub role: String,
    pub role_at: f64,
    /// Where the text begins, or ends in the left column.
    pub text: f64,
    /// Where the leader leaves the text, at the height `line`.
    pub edge: f64,
    pub line: f64,
    /// Where the leader turns towards the part.
    pub knee: f64,
    pub to: Point,
}

/// Places the labels of one view.
pub fn place(labels: &[Label]) -> Vec<Placed> {
    [true, false]
        .into_iter()
        .flat_map(|right| column(labels, right))
        .collect()
}

fn column(labels: &[Label], right: bool) -> Vec<Placed> {
    let [_, _, top, bottom] = atlas().frame;
    let mut column: Vec<(&Label, Vec<String>)> = labels
        .iter()
        .filter(|label| label.right == right)
        .take(MOST)
        .map(|label| (label, lines(&label.name)))
        .collect();
    // From above to below, and at one height from the outside inwards, so that no leader crosses another.
    column.sort_by(|(a, _), (b, _)| {
        a.to.1
            .total_cmp(&b.to.1)
            .then(b.to.0.abs().total_cmp(&a.to.0.abs()))
    });
    let height = |lines: &[String]| LINE * (lines.len() as f64 + 1.0) + GAP;
    // Downwards, each below the one before; then, from the lowest, up into the frame.
    let mut tops = Vec::new();
    let mut free = top + 4.0;
    for (label, lines) in &column {
        let at = (label.to.1 - height(lines) / 2.0).max(free);
        tops.push(at);
        free = at + height(lines);
    }
    let mut floor = bottom - 4.0;
    for ((_, lines), at) in column.iter().zip(&mut tops).rev() {
        *at = at.min(floor - height(lines));
        floor = *at;
    }
    let side = if right { 1.0 } else { -1.0 };
    column
        .into_iter()
        .zip(tops)
        .map(|((label, lines), top)| {
            let count = lines.len() as f64;
            let baseline = |line: usize| top + LINE * (line as f64 + 1.0) - 2.0;
            Placed {
                right,
                role: label.role.clone(),
                role_at: baseline(lines.len()),
                lines: lines
                    .into_iter()
                    .enumerate()
                    .map(|(at, line)| (line, baseline(at)))
                    .collect(),
                text: side * TEXT,
                edge: side * (TEXT - 3.0),
                line: top + LINE * count / 2.0 + 2.0,
                knee: side * (TEXT - 9.0),
                to: label.to,
            }
        })
        .collect()
}

/// A name in lines of a few words, three at most.
fn lines(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let more = lines.len() > 3;
    lines.truncate(3);
    for line in &mut lines {
        if line.chars().count() > LETTERS {
            *line = line.chars().take(LETTERS - 1).chain(['…']).collect();
        }
    }
    if let (true, Some(last)) = (more, lines.last_mut()) {
        // Whole words, as far as they leave room for the sign that there are more.
        while last.chars().count() >= LETTERS
            && let Some((before, _)) = last.rsplit_once(' ')
        {
            *last = before.to_owned();
        }
        *last = last
            .trim_end_matches('…')
            .chars()
            .take(LETTERS - 1)
            .chain(['…'])
            .collect();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_break_at_words() {
        let rows: [(&str, &[&str]); 5] = [
            ("Piriformis", &["Piriformis"]),
            ("Tensor fasciae latae", &["Tensor fasciae", "latae"]),
            ("", &[]),
            ("Abcdefghijklmnopqrstuvwxyz", &["Abcdefghijklmn…"]),
            (
                "one two three four five six seven eight nine ten eleven twelve thirteen",
                &["one two three", "four five six", "seven eight…"],
            ),
        ];
        for (name, expected) in rows {
            assert_eq!(lines(name), expected, "{name}");
        }
    }

    #[test]
    fn no_label_lies_over_another_or_leaves_the_frame() {
        let label = |at: usize| Label {
            name: "Serratus posterior inferior".to_owned(),
            role: "released".to_owned(),
            right: at.is_multiple_of(2),
            to: (
                if at.is_multiple_of(2) { 40.0 } else { -40.0 },
                380.0 - (at as f64 * 3.0),
            ),
        };
        let placed = place(&(0..40).map(label).collect::<Vec<_>>());
        assert_eq!(placed.len(), 2 * MOST);
        let [_, _, top, bottom] = atlas().frame;
        for right in [true, false] {
            let column: Vec<&Placed> = placed.iter().filter(|label| label.right == right).collect();
            for pair in column.windows(2) {
                assert!(
                    pair[0].role_at + LINE * 0.9 <= pair[1].lines[0].1,
                    "{pair:?}"
                );
            }
            assert!(
                column
                    .iter()
                    .all(|label| label.lines[0].1 > top && label.role_at < bottom)
            );
        }
    }
}
