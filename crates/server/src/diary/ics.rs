//! A calendar (RFC 5545): of each `VEVENT` the day and time of `DTSTART`, the name from `SUMMARY`, and from summary and description a date of birth and a number behind `#`. What repeats counts on its
//! first day.

use cotreat_store::account::DiaryLine;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::{Diary, Unread, day, given};

/// The most entries inside each other: an event holds alarms, and nothing deeper.
const DEEPEST: usize = 8;

pub(super) fn read(text: &str, zone: &TimeZone) -> Result<Diary, Unread> {
    let lines = unfolded(text);
    let begins = lines.first().map(|line| line.trim().to_ascii_uppercase());
    if begins.as_deref() != Some("BEGIN:VCALENDAR") {
        return Err(Unread::NoCalendar);
    }
    let mut diary = Diary::default();
    let (mut open, mut event): (Vec<String>, Event) = (Vec::new(), Event::default());
    let mut number = 0;
    for line in &lines {
        let Some((name, parameters, value)) = parted(line) else {
            continue;
        };
        match name.as_str() {
            "BEGIN" => {
                if open.len() >= DEEPEST {
                    return Err(Unread::NoCalendar);
                }
                open.push(value.trim().to_ascii_uppercase());
                if open.last().is_some_and(|last| last == "VEVENT") {
                    event = Event::default();
                }
            }
            "END" => {
                let ended = open.pop();
                if ended.is_none_or(|last| last != "VEVENT") {
                    continue;
                }
                number += 1;
                match std::mem::take(&mut event).line() {
                    Some(line) => diary.lines.push(line),
                    None => diary.unread.push(number),
                }
            }
            _ if open.last().is_some_and(|last| last == "VEVENT") => {
                event.take(&name, &parameters, value, zone);
            }
            _ => {}
        }
    }
    Ok(diary)
}

/// What is told of one appointment.
#[derive(Default)]
struct Event {
    day: Option<Date>,
    starts: String,
    summary: String,
    description: String,
    with: Option<String>,
    cancelled: bool,
}

impl Event {
    fn take(&mut self, name: &str, parameters: &str, value: &str, zone: &TimeZone) {
        match name {
            "DTSTART" => {
                if let Some((day, starts)) = starts(parameters, value.trim(), zone) {
                    self.day = Some(day);
                    self.starts = starts;
                }
            }
            "SUMMARY" => self.summary = plain(value),
            "DESCRIPTION" => self.description = plain(value),
            "ORGANIZER" => self.with = common_name(parameters),
            "STATUS" => self.cancelled = value.trim().eq_ignore_ascii_case("CANCELLED"),
            _ => {}
        }
    }

    fn line(self) -> Option<(Date, DiaryLine)> {
        let told = format!("{} {}", self.summary, self.description);
        let words = || told.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
        let born = words().find_map(day);
        let number = words().find_map(|word| word.strip_prefix('#').and_then(given));
        let name = name(&self.summary).filter(|_| !self.cancelled)?;
        let line = DiaryLine {
            starts: self.starts,
            name,
            born,
            number,
            with: self.with,
        };
        Some((self.day?, line))
    }
}

/// The summary up to the first comma, semicolon, number or bracket: the name in front of what else stands there.
fn name(summary: &str) -> Option<String> {
    let end = summary.find(|c: char| c.is_ascii_digit() || [',', ';', '(', '#', '\n'].contains(&c));
    given(&summary[..end.unwrap_or(summary.len())])
}

/// The lines as they were before they were folded at 75 bytes.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// `NAME;PARAMETERS:VALUE`; a colon in quotes belongs to the parameters.
fn parted(line: &str) -> Option<(String, String, &str)> {
    let mut quoted = false;
    let at = line.find(|c: char| {
        quoted ^= c == '"';
        c == ':' && !quoted
    })?;
    let (head, value) = (&line[..at], &line[at + 1..]);
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some((name.to_ascii_uppercase(), parameters.to_owned(), value))
}

fn starts(parameters: &str, value: &str, zone: &TimeZone) -> Option<(Date, String)> {
    let clock = |at: DateTime| (at.date(), format!("{:02}:{:02}", at.hour(), at.minute()));
    if value.len() == 8 {
        return Some((Date::strptime("%Y%m%d", value).ok()?, String::new()));
    }
    let (text, utc) = match value.strip_suffix('Z') {
        Some(text) => (text, true),
        None => (value, false),
    };
    let at = DateTime::strptime("%Y%m%dT%H%M%S", text).ok()?;
    let told = parameter(parameters, "TZID").and_then(|id| TimeZone::get(&id).ok());
    let from = if utc { Some(TimeZone::UTC) } else { told };
    match from {
        Some(from) => {
            let instant: Timestamp = from.to_timestamp(at).ok()?;
            Some(clock(instant.to_zoned(zone.clone()).datetime()))
        }
        // A time without a zone is that of the clinic.
        None => Some(clock(at)),
    }
}

fn parameter(parameters: &str, wanted: &str) -> Option<String> {
    let mut all = parameters.split(';').filter_map(|one| one.split_once('='));
    let (_, value) = all.find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    Some(value.trim_matches('"').to_owned())
}

fn common_name(parameters: &str) -> Option<String> {
    parameter(parameters, "CN").as_deref().and_then(given)
}

/// A text without the back-slashes that protect its commas and line ends.
fn plain(value: &str) -> String {
    let mut text = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    text
}
