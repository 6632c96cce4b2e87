//! An appointment for a calendar (RFC 5545): a day, a word, a link; nobody's name and nothing about care.

use jiff::civil::Date;
use jiff::{Span, Timestamp, tz::TimeZone};

/// An appointment on a day.
#[derive(Clone, Copy, Debug)]
pub struct Appointment<'a> {
    /// What makes it the same appointment when it comes again; a hash of it stands in the file.
    pub id: &'a str,
    /// The day.
    pub day: Date,
    /// When this file was made.
    pub made: Timestamp,
    /// What stands in the calendar: the word for an appointment.
    pub says: &'a str,
    /// Where: the name of an organisation.
    pub at: &'a str,
    /// The page on which more stands, for whoever may see it.
    pub link: &'a str,
}

impl Appointment<'_> {
    /// The file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let hash = blake3::hash(self.id.as_bytes()).to_hex();
        let uid = hash.as_str().get(..32).unwrap_or_default();
        let made = self.made.to_zoned(TimeZone::UTC);
        let next = self.day.checked_add(Span::new().days(1));
        let lines = [
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Cotreat//Appointments//EN".to_owned(),
            "METHOD:PUBLISH".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{uid}@cotreat"),
            format!("DTSTAMP:{}", made.strftime("%Y%m%dT%H%M%SZ")),
            format!("DTSTART;VALUE=DATE:{}", self.day.strftime("%Y%m%d")),
            format!(
                "DTEND;VALUE=DATE:{}",
                next.unwrap_or(self.day).strftime("%Y%m%d")
            ),
            format!("SUMMARY:{}", escaped(self.says)),
            format!("LOCATION:{}", escaped(self.at)),
            format!("URL:{}", uri(self.link)),
            "CLASS:PRIVATE".to_owned(),
            "TRANSP:OPAQUE".to_owned(),
            "END:VEVENT".to_owned(),
            "END:VCALENDAR".to_owned(),
        ];
        lines.iter().map(|line| folded(line)).collect()
    }
}

/// A text value (section 3.3.11): what would end or part it is escaped; a line break is `\n`, and other control characters are left out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// An address is not escaped; what could end the line is no part of one.
fn uri(link: &str) -> String {
    link.chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect()
}

/// A line of at most 75 bytes, folded between characters (section 3.1), with its end.
fn folded(line: &str) -> String {
    const LONGEST: usize = 75;
    let (mut out, mut length) = (String::new(), 0);
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn text(says: &str, at: &str) -> String {
        let made = "2026-03-02T08:00:00Z".parse().expect("a moment");
        Appointment {
            id: "e1/r1",
            day: date(2026, 12, 31),
            made,
            says,
            at,
            link: "https://clinic.example.org/episodes/e1/referrals/r1",
        }
        .to_text()
    }

    /// The lines as a calendar puts them together again.
    fn unfolded(text: &str) -> Vec<String> {
        let whole = text.replace("\r\n ", "");
        let lines = whole.strip_suffix("\r\n").expect("it ends with a line end");
        lines.split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_day_lasts_until_the_next() {
        let lines = unfolded(&text("Appointment", "Clinic north"));
        for expected in [
            "DTSTAMP:20260302T080000Z",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "SUMMARY:Appointment",
            "LOCATION:Clinic north",
        ] {
            assert!(
                lines.iter().any(|line| line == expected),
                "{expected} in {lines:?}"
            );
        }
    }

    #[test]
    fn no_text_ends_its_line_or_begins_another() {
        let corpus = [
            "a\r\nBEGIN:VALARM\r\nACTION:AUDIO",
            "a\nATTENDEE:mailto:x@example.org",
            "semi;colon, comma \\ slash",
            "\u{2028}DTSTART:19700101",
            "\u{0}\u{7}\u{1b}[31m",
            "=cmd|' /C calc'!A0",
            "<script>alert(1)</script>",
            "שלום\u{202e}evil",
            &"ü".repeat(400),
        ];
        let plain = unfolded(&text("x", "y")).len();
        for hostile in corpus {
            let file = text(hostile, hostile);
            let lines = unfolded(&file);
            assert_eq!(lines.len(), plain, "{hostile:?} made more lines: {file}");
            assert!(
                file.replace("\r\n", "").chars().all(|c| !c.is_control()),
                "{hostile:?}"
            );
            assert!(
                file.split("\r\n").all(|line| line.len() <= 75),
                "{hostile:?} is folded: {file}"
            );
        }
        let lines = unfolded(&text("a;b,c\\d\ne", "y"));
        assert!(
            lines.contains(&"SUMMARY:a\\;b\\,c\\\\d\\ne".to_owned()),
            "{lines:?}"
        );
    }
}
