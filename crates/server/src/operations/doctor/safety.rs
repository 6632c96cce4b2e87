//! Backups: whether there are any, how old the newest is, and whether it looks like one.

use jiff::{SignedDuration, Timestamp};

use super::Line;
use crate::operations::archive;
use crate::operations::config::Settings;
use crate::operations::envelope::Seal;

/// A nightly backup is never older, with two hours to take it.
const FRESH: SignedDuration = SignedDuration::from_hours(26);
/// A week without one is a week of work at stake.
const OLD: SignedDuration = SignedDuration::from_hours(7 * 24);

pub(super) fn backups(settings: &Settings, now: Timestamp) -> Vec<Line> {
    let what = "backups";
    let seal = match Seal::of(&settings.backup) {
        Ok(_) => None,
        Err(problem) => Some(Line::of("backup recipients", &problem)),
    };
    let mut lines: Vec<Line> = seal.into_iter().collect();
    let Some(folder) = &settings.backup.folder else {
        lines.push(Line::wrong(
            what,
            "no folder for backups is named",
            "write `folder` below [backup], and let `cotreat backup` run every night",
        ));
        return lines;
    };
    let kept = match archive::list(folder) {
        Ok(kept) => kept,
        Err(error) => {
            lines.push(Line::wrong(
                what,
                format!("{}: {error}", folder.display()),
                "make the folder, or name another in [backup]",
            ));
            return lines;
        }
    };
    let Some(newest) = kept.last() else {
        lines.push(Line::wrong(
            what,
            format!("there is none in {}", folder.display()),
            "run `cotreat backup`, and let it run every night",
        ));
        return lines;
    };
    let name = newest.path.display();
    let age = now.duration_since(newest.at);
    lines.push(if let Some(why) = archive::looks_wrong(&newest.path) {
        Line::wrong(what, format!("{name}: {why}"), "take a new one: `cotreat backup`")
    } else if age > OLD {
        Line::wrong(
            what,
            format!("the newest of {} is {} days old", kept.len(), age.as_hours() / 24),
            "run `cotreat backup`, and find out why the nightly one fails",
        )
    } else if age > FRESH {
        Line::look(
            what,
            format!("the newest of {} is {} hours old", kept.len(), age.as_hours()),
            "find out why the nightly one failed",
        )
    } else {
        Line::ok(
            what,
            format!("{}, the newest is {name}; `cotreat restore --verify` proves that it can be restored", kept.len()),
        )
    });
    lines
}
