//! A table with a heading: `date`, `time`, `name` (or `family_name` and `given_name`), `born`, `number`, `with`, in any order; commas, semicolons or tabs between them (RFC 4180).

use cotreat_store::account::DiaryLine;

use super::{Diary, Unread, day, given, time};

pub(super) fn read(text: &str) -> Result<Diary, Unread> {
    let heading = text.lines().next().unwrap_or_default();
    let count = |mark: char| heading.matches(mark).count();
    let between = [',', ';', '\t'].into_iter().max_by_key(|mark| count(*mark));
    let between = between.unwrap_or(',');
    let mut rows = rows(text, between).into_iter();
    let heading: Vec<String> = rows
        .next()
        .unwrap_or_default()
        .iter()
        .map(|cell| cell.trim().to_lowercase().replace([' ', '-'], "_"))
        .collect();
    let at = |name: &str| heading.iter().position(|cell| cell == name);
    let (name, family) = (at("name"), at("family_name"));
    let Some(date) = at("date").filter(|_| name.or(family).is_some()) else {
        return Err(Unread::NoColumns);
    };
    let mut diary = Diary::default();
    for (number, row) in (2..).zip(rows) {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).and_then(|cell| given(cell));
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let apart = || {
            let both = [cell(at("given_name")), cell(family)];
            given(&both.into_iter().flatten().collect::<Vec<_>>().join(" "))
        };
        let born = cell(at("born"));
        let read_born = born.as_deref().and_then(day);
        let (Some(on), Some(name)) = (
            cell(Some(date)).as_deref().and_then(day),
            cell(name).or_else(apart),
        ) else {
            diary.unread.push(number);
            continue;
        };
        // A date of birth that cannot be read could let the wrong patient fit.
        if born.is_some() && read_born.is_none() {
            diary.unread.push(number);
            continue;
        }
        let line = DiaryLine {
            starts: cell(at("time"))
                .as_deref()
                .and_then(time)
                .unwrap_or_default(),
            name,
            born: read_born,
            number: cell(at("number")),
            with: cell(at("with")),
        };
        diary.lines.push((on, line));
    }
    Ok(diary)
}

/// The cells of each line. A quoted cell may hold the mark between cells, line ends, and quotes written twice.
fn rows(text: &str, between: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            _ if quoted => cell.push(letter),
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' => {}
            _ if letter == between => row.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
