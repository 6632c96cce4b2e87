//! A diary of another program, read strictly: an `.ics` calendar or a `.csv` table becomes lines with day, time and name, or the file is refused and says why.
//!
//! Nothing is guessed: a file that is no text, is too large, has too many lines or a column that is missing is refused as a whole; a line of it that cannot be read is told by its number, and
//! the others count.

mod csv;
mod ics;

use cotreat_store::account::DiaryLine;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The most bytes of a file.
pub const LARGEST: usize = 1 << 20;
/// The most lines of a file.
pub const MOST: usize = 500;
/// The most characters of one text in it.
const LONGEST: usize = 200;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diary {
    /// Each appointment with its day.
    pub lines: Vec<(Date, DiaryLine)>,
    /// The numbers of lines or entries that cannot be read.
    pub unread: Vec<usize>,
}

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Its name ends neither in `.ics` nor in `.csv`.
    Kind,
    /// It has more than [`LARGEST`] bytes.
    TooLarge,
    /// It is empty, is no text in UTF-8, or has control characters in it.
    NoText,
    /// It has more than [`MOST`] appointments.
    TooMany,
    /// It is no calendar, though its name says so.
    NoCalendar,
    /// The table has no columns `date` and `name` (or `family_name` and `given_name`).
    NoColumns,
}

/// Reads a file. The days are those of the time zone of the clinic.
///
/// # Errors
/// Why it is not read.
pub fn read(name: &str, content: &[u8], zone: &TimeZone) -> Result<Diary, Unread> {
    if content.len() > LARGEST {
        return Err(Unread::TooLarge);
    }
    let name = name.to_ascii_lowercase();
    let (calendar, table) = (name.ends_with(".ics"), name.ends_with(".csv"));
    if !calendar && !table {
        return Err(Unread::Kind);
    }
    let text = std::str::from_utf8(content).map_err(|_| Unread::NoText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let readable = |letter: char| !letter.is_control() || matches!(letter, '\r' | '\n' | '\t');
    if text.trim().is_empty() || !text.chars().all(readable) {
        return Err(Unread::NoText);
    }
    let diary = if calendar {
        ics::read(text, zone)?
    } else {
        csv::read(text)?
    };
    if diary.lines.len() + diary.unread.len() > MOST {
        return Err(Unread::TooMany);
    }
    Ok(diary)
}

/// A text of a file: without space around it, and nothing where it is empty or too long to be what it should be.
fn given(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.chars().count() <= LONGEST).then_some(text)
}

/// A day: `2026-11-27`, `27.11.2026` or `27/11/2026`; day before month, as everywhere on our pages.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(day) = text.parse::<Date>()
        && text.len() == 10
    {
        return Some(day);
    }
    let parts: Vec<&str> = text.split(['.', '/']).collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    let year = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A time on the clock as `09:30`.
fn time(text: &str) -> Option<String> {
    let mut parts = text.trim().split(':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, MOST, Unread, read};
    use jiff::tz::TimeZone;

    fn table(text: &str) -> Result<super::Diary, Unread> {
        read("Diary.CSV", text.as_bytes(), &TimeZone::UTC)
    }

    #[test]
    fn a_table_is_read_by_the_names_of_its_columns() {
        let read = table(
            "\u{feff}Time;Date;Name;Born;Number;With\n9:05;27.11.2026;\"Garcia; Ana\";1980-05-01;A-17;Dr Lee\n\n10:00;2026-11-27;Bo;;;\n",
        )
        .expect("a table");
        assert_eq!(read.unread, Vec::<usize>::new());
        let (day, first) = &read.lines[0];
        assert_eq!(day.to_string(), "2026-11-27");
        assert_eq!(
            (first.starts.as_str(), first.name.as_str()),
            ("09:05", "Garcia; Ana")
        );
        assert_eq!(
            first.born.map(|day| day.to_string()).as_deref(),
            Some("1980-05-01")
        );
        assert_eq!(first.number.as_deref(), Some("A-17"));
        assert_eq!(first.with.as_deref(), Some("Dr Lee"));
        assert_eq!(read.lines[1].1.born, None);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_told_and_the_others_count() {
        let read =
            table("date,name\n2026-13-01,Ana\n2026-11-27,\n2026-11-27,Bo\n").expect("a table");
        assert_eq!((read.unread, read.lines.len()), (vec![2, 3], 1));
    }

    #[test]
    fn what_is_no_diary_is_refused_as_a_whole() {
        let of = |name: &str, bytes: &[u8]| read(name, bytes, &TimeZone::UTC).unwrap_err();
        assert_eq!(of("diary.exe", b"date,name\n"), Unread::Kind);
        assert_eq!(of("diary.csv", b""), Unread::NoText);
        assert_eq!(of("diary.csv", &[0xff, 0xfe, 0x00]), Unread::NoText);
        assert_eq!(
            of("diary.csv", b"date,name\n2026-11-27,A\x00na\n"),
            Unread::NoText
        );
        assert_eq!(of("diary.csv", b"when,who\n1,2\n"), Unread::NoColumns);
        assert_eq!(of("diary.ics", b"date,name\n"), Unread::NoCalendar);
        assert_eq!(of("diary.csv", &vec![b'a'; LARGEST + 1]), Unread::TooLarge);
        let many = "2026-11-27,Ana\n".repeat(MOST + 1);
        assert_eq!(
            of("diary.csv", format!("date,name\n{many}").as_bytes()),
            Unread::TooMany
        );
    }

    #[test]
    fn a_calendar_is_read_in_the_time_zone_of_the_clinic() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261127T083000Z\r\nSUMMARY:Ana Garcia\\, born 1980-\r\n 05-01\r\nDESCRIPTION:#A-17\\nback\r\nEND:VEVENT\r\n\
                    BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Madrid:20261127T100000\r\nSUMMARY:Bo\r\nBEGIN:VALARM\r\nSUMMARY:bell\r\nEND:VALARM\r\nEND:VEVENT\r\n\
                    BEGIN:VEVENT\r\nSUMMARY:No day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let zone = TimeZone::get("Europe/Madrid").expect("a zone");
        let read = read("d.ics", text.as_bytes(), &zone).expect("a calendar");
        assert_eq!(read.unread, [3]);
        let lines: Vec<_> = read
            .lines
            .iter()
            .map(|(_, line)| (line.starts.as_str(), line.name.as_str()))
            .collect();
        assert_eq!(lines, [("09:30", "Ana Garcia"), ("10:00", "Bo")]);
        assert_eq!(read.lines[0].1.number.as_deref(), Some("A-17"));
        assert!(read.lines[0].1.born.is_some());
    }
}
