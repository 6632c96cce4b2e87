//! The rows of a note: what their fields are called, how many there are, adding and taking away.

use cotreat_care::event::Work;
use cotreat_ui::Fields;

use crate::pages::episode::desk::Pairs;
use crate::pages::episode::work::{Dose, position, side};

/// The fields of a row.
pub(super) const PARTS: [&str; 9] = [
    "technique",
    "target",
    "side",
    "direction",
    "minutes",
    "pressure",
    "position",
    "more",
    "override",
];
/// More rows than anybody fills in.
pub(super) const MOST: usize = 40;

/// The name of a field of a row.
pub(super) fn name(part: &str, row: usize) -> String {
    format!("{part}-{row}")
}

/// How many rows a form has: at least one.
pub(super) fn count(fields: &Fields) -> usize {
    let said = fields.get("rows").parse().unwrap_or(1);
    said.clamp(1, MOST)
}

/// Puts a piece of work into a row.
pub(super) fn put(fields: &mut Fields, row: usize, work: &Work) {
    let dose = Dose::read(work.dose.as_deref().unwrap_or_default());
    let minutes = dose.minutes.map(|minutes| minutes.to_string());
    let values = [
        ("technique", Some(work.technique.clone())),
        ("target", work.at.clone()),
        ("side", work.side.map(|one| side(one).to_owned())),
        ("direction", work.direction.clone()),
        ("minutes", minutes),
        ("pressure", dose.pressure.map(str::to_owned)),
        (
            "position",
            work.position.map(|one| position(one).to_owned()),
        ),
        ("more", Some(dose.more)),
    ];
    for (part, value) in values {
        fields.set(name(part, row), value.unwrap_or_default());
    }
}

/// What a button of the rows does to what was typed: `row` adds one, `remove-2` takes the third away.
pub(super) fn wished(wish: &str, pairs: &mut Pairs) {
    let found = pairs.iter().find(|(name, _)| name == "rows");
    let rows: usize = found.and_then(|(_, value)| value.parse().ok()).unwrap_or(1);
    let rows = rows.clamp(1, MOST);
    let mut after = rows;
    if wish == "row" {
        after = (rows + 1).min(MOST);
    } else if let Some(gone) = wish
        .strip_prefix("remove-")
        .and_then(|n| n.parse::<usize>().ok())
    {
        let moved = |field: &str| -> Option<(String, usize)> {
            let (part, row) = field.rsplit_once('-')?;
            let row = row.parse().ok()?;
            PARTS.contains(&part).then(|| (part.to_owned(), row))
        };
        pairs.retain(|(field, _)| moved(field).is_none_or(|(_, row)| row != gone));
        for (field, _) in pairs.iter_mut() {
            if let Some((part, row)) = moved(field)
                && row > gone
            {
                *field = name(&part, row - 1);
            }
        }
        after = rows.saturating_sub(1).max(1);
    }
    pairs.retain(|(name, _)| name != "rows");
    pairs.push(("rows".to_owned(), after.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Pairs {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_row_is_added_and_taken_away_without_losing_the_others() {
        let mut pairs = typed(&[
            ("technique-0", "a"),
            ("technique-1", "b"),
            ("technique-2", "c"),
            ("harm-what", "x"),
            ("rows", "3"),
        ]);
        wished("remove-1", &mut pairs);
        assert_eq!(
            pairs,
            typed(&[
                ("technique-0", "a"),
                ("technique-1", "c"),
                ("harm-what", "x"),
                ("rows", "2")
            ])
        );
        wished("row", &mut pairs);
        assert!(pairs.contains(&("rows".to_owned(), "3".to_owned())));
        // The last row stays, empty.
        let mut one = typed(&[("technique-0", "a"), ("rows", "1")]);
        wished("remove-0", &mut one);
        assert_eq!(one, typed(&[("rows", "1")]));
        let mut many = typed(&[("rows", "9999999")]);
        wished("row", &mut many);
        assert_eq!(many, typed(&[("rows", "40")]));
    }
}
