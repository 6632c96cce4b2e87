//! The counts at the end of a replay.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cotreat_knowledge::Tier;

use crate::change::{Change, Kind};

/// How many patients were compared, and how many changed in what.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) patients: u64,
    pub(super) appraisals: u64,
    pub(super) changed: u64,
    /// Patients that neither release can read.
    pub(super) unreadable: u64,
    /// Patients that only one of the two releases can read.
    pub(super) unreadable_by_one: u64,
    by_kind: BTreeMap<Kind, u64>,
    alarm_higher: u64,
    alarm_lower: u64,
}

impl Tally {
    /// Counts one patient whose appraisal changed.
    pub(super) fn changed(&mut self, changes: &[Change]) {
        self.changed += 1;
        for kind in Kind::ALL {
            if changes.iter().any(|change| change.kind == kind) {
                *self.by_kind.entry(kind).or_default() += 1;
            }
        }
        let alarms = || {
            changes
                .iter()
                .filter(|change| change.kind == Kind::Alarm)
                .map(|change| (standing(&change.before), standing(&change.after)))
        };
        self.alarm_higher += u64::from(alarms().any(|(before, after)| after > before));
        self.alarm_lower += u64::from(alarms().any(|(before, after)| after < before));
    }

    /// 0: nothing changes; 1: something does; 2: nothing does, but somebody could not be read at all.
    pub(super) fn exit_code(&self) -> u8 {
        if self.changed + self.unreadable_by_one > 0 {
            1
        } else if self.unreadable > 0 {
            2
        } else {
            0
        }
    }

    /// The counts in words.
    pub(super) fn summary(&self) -> String {
        let mut out = String::new();
        let same = self.patients - self.changed - self.unreadable - self.unreadable_by_one;
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{} patients: {same} unchanged, {} changed",
            self.patients, self.changed
        );
        for (kind, count) in &self.by_kind {
            let more = if *kind == Kind::Alarm {
                format!(
                    " (some alarm higher for {}, lower for {})",
                    self.alarm_higher, self.alarm_lower
                )
            } else {
                String::new()
            };
            let _ = writeln!(out, "  {}: {count}{more}", kind.word());
        }
        if self.unreadable_by_one > 0 {
            let _ = writeln!(
                out,
                "{} can be read with one of the two only",
                self.unreadable_by_one
            );
        }
        if self.unreadable > 0 {
            let _ = writeln!(out, "{} cannot be read with either", self.unreadable);
        }
        out
    }
}

/// The tier that stands, from how an alarm reads: `urgent, could still be emergency`.
fn standing(reading: &str) -> Option<Tier> {
    Tier::from_word(reading.split(',').next().unwrap_or_default())
}
