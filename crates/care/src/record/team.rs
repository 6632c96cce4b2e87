//! The care team: who belongs to it, since when, until when, and through which referral.

use jiff::civil::Date;

use crate::event::Who;

/// One stay of one practitioner in the care team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Id of the practitioner.
    pub practitioner: String,
    /// Id of the profession.
    pub profession: String,
    /// Id of the organisation they act for.
    pub organisation: Option<String>,
    /// The day it began.
    pub began: Date,
    /// The day it ended; none: it lasts.
    pub ended: Option<Date>,
    /// The referral it came about by; none for whoever opened the episode or agreed a plan.
    pub through: Option<String>,
}

/// A practitioner joins, unless they are in the team for the same reason already.
pub(super) fn join(team: &mut Vec<Membership>, who: &Who, day: Date, through: Option<&str>) {
    let (Some(id), Some(profession)) = (who.id(), who.profession()) else {
        return;
    };
    let already = |one: &Membership| {
        one.practitioner == id
            && one.ended.is_none()
            && (one.through.as_deref() == through || through.is_none())
    };
    if !team.iter().any(already) {
        team.push(Membership {
            practitioner: id.to_owned(),
            profession: profession.to_owned(),
            organisation: who.organisation().map(str::to_owned),
            began: day,
            ended: None,
            through: through.map(str::to_owned),
        });
    }
}

/// A practitioner leaves altogether.
pub(super) fn leave(team: &mut [Membership], practitioner: &str, day: Date) {
    end_where(team, day, |one| one.practitioner == practitioner);
}

/// A referral ended, and with it what it gave access for.
pub(super) fn end_through(team: &mut [Membership], referral: &str, day: Date) {
    end_where(team, day, |one| one.through.as_deref() == Some(referral));
}

/// The episode ended.
pub(super) fn end(team: &mut [Membership], day: Date) {
    end_where(team, day, |_| true);
}

fn end_where(team: &mut [Membership], day: Date, which: impl Fn(&Membership) -> bool) {
    for one in team
        .iter_mut()
        .filter(|one| one.ended.is_none() && which(one))
    {
        // A note about an earlier day does not end a stay before it began.
        one.ended = Some(day.max(one.began));
    }
}

impl super::Record {
    /// Whether a practitioner belongs to the care team now.
    #[must_use]
    pub fn in_team(&self, practitioner: &str) -> bool {
        self.team
            .iter()
            .any(|one| one.practitioner == practitioner && one.ended.is_none())
    }
}
