//! Quarters of a year: periods that do not overlap, so that nobody subtracts one from another. Of the one that runs, whole months count.

use cotreat_store::clinic::ask::Between;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    /// The year.
    pub year: i16,
    /// From 1 to 4.
    pub number: i8,
}

impl Quarter {
    /// The quarter of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self {
            year: day.year(),
            number: (day.month() - 1) / 3 + 1,
        }
    }

    /// Reads `2026-4`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('-')?;
        let year: i16 = year.parse().ok()?;
        let number: i8 = number.parse().ok()?;
        let fits = (2000..=9000).contains(&year) && (1..=4).contains(&number);
        fits.then_some(Self { year, number })
    }

    /// What [`Self::read`] reads.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{}-{}", self.year, self.number)
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        // Both are in range: `of` and `read` make nothing else.
        Date::new(self.year, (self.number - 1) * 3 + 1, 1).unwrap_or(date(2000, 1, 1))
    }

    /// The quarter before.
    #[must_use]
    pub fn before(self) -> Self {
        let day = self.first().checked_sub(1.day());
        day.map_or(self, Self::of)
    }

    /// The quarter after.
    #[must_use]
    pub fn after(self) -> Self {
        let day = self.first().checked_add(3.months());
        day.map_or(self, Self::of)
    }

    /// The days of it that are counted: all of them, or the months that are over.
    #[must_use]
    pub fn counted(self, today: Date) -> Option<Between> {
        let from = self.first();
        let last = self.after().first().checked_sub(1.day()).ok()?;
        let month_before = today.first_of_month().checked_sub(1.day()).ok()?;
        let to = last.min(month_before);
        (from <= to).then_some(Between { from, to })
    }
}

#[cfg(test)]
mod tests {
    use super::Quarter;
    use jiff::civil::date;

    #[test]
    fn quarters_follow_each_other_and_count_whole_months() {
        let last = Quarter::of(date(2026, 11, 27));
        assert_eq!(last.to_text(), "2026-4");
        assert_eq!(Quarter::read("2026-4"), Some(last));
        assert_eq!(last.after().to_text(), "2027-1");
        assert_eq!(last.before().to_text(), "2026-3");
        let counted = last.counted(date(2026, 11, 27)).expect("October is over");
        assert_eq!(
            (counted.from, counted.to),
            (date(2026, 10, 1), date(2026, 10, 31))
        );
        assert_eq!(last.counted(date(2026, 10, 31)), None);
        let whole = last
            .before()
            .counted(date(2026, 11, 27))
            .expect("it is over");
        assert_eq!(
            (whole.from, whole.to),
            (date(2026, 7, 1), date(2026, 9, 30))
        );
        for wrong in ["", "2026", "2026-5", "2026-0", "x-1", "99999-1", "1-1"] {
            assert_eq!(Quarter::read(wrong), None, "{wrong}");
        }
    }
}
