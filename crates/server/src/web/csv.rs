//! Tables that leave as CSV: quoted throughout, and no cell is a formula to the program that opens it.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// A table in the making.
#[derive(Debug)]
pub struct Csv {
    name: &'static str,
    text: String,
}

impl Csv {
    /// A table with its heading; `name` is what the file is called.
    #[must_use]
    pub fn new(name: &'static str, heading: &[String]) -> Self {
        let mut csv = Self {
            name,
            text: String::new(),
        };
        csv.row(heading);
        csv
    }

    /// One more line.
    pub fn row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
        self.text.push_str(&cells.join(","));
        self.text.push_str("\r\n");
    }
}

/// A cell in quotes (RFC 4180). What a spreadsheet would take for a formula, also behind space or a control character, gets a quote in front, which shows it as text; control
/// characters go.
fn safe(cell: &str) -> String {
    let text: String = cell
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let first = text.trim_start().chars().next();
    let formula = first.is_some_and(|first| {
        matches!(
            first,
            '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠'
        )
    });
    let quote = if formula { "'" } else { "" };
    format!("\"{quote}{}\"", text.replace('"', "\"\""))
}

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        let heads = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{}.csv\"", self.name),
            ),
        ];
        // The mark at the beginning tells spreadsheets that it is UTF-8.
        (heads, format!("\u{feff}{}", self.text)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, written) in [
            ("Ana", "\"Ana\""),
            ("O\"Neill", "\"O\"\"Neill\""),
            ("=1+1", "\"'=1+1\""),
            ("  @SUM(A1)", "\"'  @SUM(A1)\""),
            ("\t=cmd|' /C calc'!A0", "\"' =cmd|' /C calc'!A0\""),
            ("-2", "\"'-2\""),
            ("＝1", "\"'＝1\""),
            ("a\r\nb\u{0}", "\"a  b \""),
            ("a,b", "\"a,b\""),
        ] {
            assert_eq!(safe(cell), written, "{cell:?}");
        }
    }
}
