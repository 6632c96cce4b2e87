//! When a practice is open, and which instant a day and an hour are there.

use cotreat_knowledge::{Place, Problem};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::sheets::{Organisation, Organisations, Weekday};

/// The hours of one practice.
#[derive(Clone, Debug)]
pub(crate) struct Hours {
    zone: TimeZone,
    open: Vec<Weekday>,
    opens: i64,
    closes: i64,
    /// Month and day.
    closed: Vec<(i8, i8)>,
}

/// Nobody is closed for longer, in days.
const LONGEST_CLOSED: usize = 14;

impl Hours {
    /// The hours as the sheet has them.
    pub(crate) fn of(town: &Organisations, one: &Organisation) -> Result<Self, Problem> {
        let wrong = |what: &str| {
            Problem::new(
                Place::file("crates/synthetic/src/data/organisations.toml"),
                format!("{what} cannot be read"),
            )
            .help(
                "write `clock` as POSIX has it, hours as \"08:30\", days of the year as \"12-25\"",
            )
        };
        let zone = TimeZone::posix(&town.clock).map_err(|_| wrong(&town.clock))?;
        let minute = |text: &String| {
            let time: Time = text.parse().map_err(|_| wrong(text))?;
            Ok(i64::from(time.hour()) * 60 + i64::from(time.minute()))
        };
        let day = |text: &String| {
            let (month, day) = text.split_once('-').ok_or_else(|| wrong(text))?;
            Ok((
                month.parse().map_err(|_| wrong(text))?,
                day.parse().map_err(|_| wrong(text))?,
            ))
        };
        Ok(Self {
            zone,
            open: one.open.clone(),
            opens: minute(&one.hours[0])?,
            closes: minute(&one.hours[1])?,
            closed: town
                .closed
                .iter()
                .map(day)
                .collect::<Result<_, Problem>>()?,
        })
    }

    /// The first day from this one on that it is open.
    pub(crate) fn next_open(&self, day: Date) -> Date {
        let mut days = (0..).map(|ahead| later(day, ahead)).take(LONGEST_CLOSED);
        days.find(|day| self.is_open(*day)).unwrap_or(day)
    }

    fn is_open(&self, day: Date) -> bool {
        self.open.contains(&weekday(day)) && !self.closed.contains(&(day.month(), day.day()))
    }

    /// Minutes of the day between which it is open.
    pub(crate) const fn minutes(&self) -> [i64; 2] {
        [self.opens, self.closes]
    }

    /// The instant of a minute of a day.
    pub(crate) fn instant(&self, day: Date, minute: i64) -> Timestamp {
        let midnight = self.zone.to_ambiguous_timestamp(day.into());
        let Ok(midnight) = midnight.compatible() else {
            return Timestamp::MIN;
        };
        // By the clock on the wall: where it is moved, the minutes of that day are counted through.
        ahead(midnight, minute)
    }

    /// The day of an instant there.
    pub(crate) fn day_of(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }
}

fn weekday(day: Date) -> Weekday {
    match day.weekday() {
        jiff::civil::Weekday::Monday => Weekday::Mon,
        jiff::civil::Weekday::Tuesday => Weekday::Tue,
        jiff::civil::Weekday::Wednesday => Weekday::Wed,
        jiff::civil::Weekday::Thursday => Weekday::Thu,
        jiff::civil::Weekday::Friday => Weekday::Fri,
        jiff::civil::Weekday::Saturday => Weekday::Sat,
        jiff::civil::Weekday::Sunday => Weekday::Sun,
    }
}

/// So many days later; the end of the calendar where there are none.
pub(crate) fn later(day: Date, days: i64) -> Date {
    // A span of days beyond the calendar cannot be made at all.
    day.saturating_add(days.clamp(-LONGEST, LONGEST).days())
}

/// Nothing here lies farther away, in days.
const LONGEST: i64 = 400_000;

/// So many minutes later.
pub(crate) fn ahead(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(minutes.saturating_mul(60)))
        .unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn hours() -> Hours {
        Hours {
            zone: TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").expect("a rule"),
            open: vec![Weekday::Mon, Weekday::Fri],
            opens: 510,
            closes: 1080,
            closed: vec![(12, 25)],
        }
    }

    #[test]
    fn the_next_open_day_leaves_out_weekends_and_holidays() {
        // 2026-12-25 is a Friday.
        assert_eq!(hours().next_open(date(2026, 12, 22)), date(2026, 12, 28));
        assert_eq!(hours().next_open(date(2026, 12, 28)), date(2026, 12, 28));
    }

    #[test]
    fn summer_and_winter_have_the_same_hours() {
        let half_past_eight = |day| hours().instant(day, 510).to_string();
        assert_eq!(half_past_eight(date(2026, 1, 5)), "2026-01-05T08:30:00Z");
        assert_eq!(half_past_eight(date(2026, 7, 6)), "2026-07-06T07:30:00Z");
        assert_eq!(
            hours().day_of("2026-07-05T23:30:00Z".parse().expect("an instant")),
            date(2026, 7, 6)
        );
    }
}
