//! The referral loop as a state machine: [`next`] is the whole of it, and both `decide` and `evolve` ask nothing else.
//!
//! ```text
//! draft ─► sent ─► accepted ─► scheduled ─► in progress ─► completed
//!            │         ▲           │ ▲
//!            ▼         │           ▼ │
//!         declined     └─ again ─ missed          cancelled: from anywhere before completed
//! ```
//!
//! Declined and cancelled ones are taken up again as drafts, because what is asked of whom may change; missed and completed ones go on with
//! whoever accepted them.

use cotreat_knowledge::Knowledge;
use jiff::civil::Date;

use super::{Record, team};
use crate::event::{Event, Guidance, Recorded, Referral, Who};

/// Where a referral stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is being written.
    Draft,
    /// It went out.
    Sent,
    /// Whoever it was sent to takes it.
    Accepted,
    /// They do not take it.
    Declined,
    /// The patient has an appointment.
    Scheduled,
    /// The patient came.
    InProgress,
    /// It is done, with a report.
    Completed,
    /// The patient did not come.
    Missed,
    /// It was called off.
    Cancelled,
}

impl State {
    /// The word for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Scheduled => "scheduled",
            Self::InProgress => "in progress",
            Self::Completed => "completed",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether whoever accepted it belongs to the care team through it.
    #[must_use]
    pub const fn in_care(self) -> bool {
        matches!(
            self,
            Self::Accepted | Self::Scheduled | Self::InProgress | Self::Missed
        )
    }
}

/// What can be done with a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Write it, or write it anew.
    Draft,
    /// Send it.
    Send,
    /// Take it.
    Accept,
    /// Not take it.
    Decline,
    /// Give an appointment.
    Schedule,
    /// The patient came.
    Start,
    /// The patient did not come.
    Miss,
    /// Finish it.
    Complete,
    /// Call it off.
    Cancel,
    /// Take it up again.
    Reopen,
}

/// Where a step leads; none: it cannot be taken from there.
#[must_use]
pub const fn next(state: Option<State>, step: Step) -> Option<State> {
    match (state, step) {
        (None | Some(State::Draft), Step::Draft) => Some(State::Draft),
        (Some(State::Draft), Step::Send) => Some(State::Sent),
        (Some(State::Sent), Step::Accept) => Some(State::Accepted),
        (Some(State::Sent), Step::Decline) => Some(State::Declined),
        (Some(State::Accepted | State::Scheduled | State::Missed), Step::Schedule) => {
            Some(State::Scheduled)
        }
        (Some(State::Accepted | State::Scheduled | State::Missed), Step::Start) => {
            Some(State::InProgress)
        }
        (Some(State::Scheduled), Step::Miss) => Some(State::Missed),
        (Some(State::InProgress), Step::Complete) => Some(State::Completed),
        (
            Some(
                State::Draft
                | State::Sent
                | State::Accepted
                | State::Scheduled
                | State::InProgress
                | State::Missed,
            ),
            Step::Cancel,
        ) => Some(State::Cancelled),
        (Some(State::Declined | State::Cancelled), Step::Reopen) => Some(State::Draft),
        (Some(State::Missed | State::Completed), Step::Reopen) => Some(State::Accepted),
        _ => None,
    }
}

/// A referral and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferralRecord {
    /// What is asked of whom.
    pub referral: Referral,
    /// Who asks: whoever sent it, before that whoever wrote it.
    pub from: Who,
    /// Where it stands.
    pub state: State,
    /// Since which day.
    pub since: Date,
    /// The day from which the days for an answer and an appointment count: it was sent, or taken up again.
    pub counts_from: Option<Date>,
    /// Who took it.
    pub accepted_by: Option<Who>,
    /// The day of the appointment.
    pub appointment: Option<Date>,
    /// Every step with its day and the words that came with it: reasons, notes, the report.
    pub steps: Vec<(Date, State, Option<String>)>,
}

/// What is waited for longer than it should take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// Where the referral stands.
    pub state: State,
    /// Days beyond the day by which something should have happened.
    pub days: i32,
}

/// What is waited for with a referral: as much as a list of referrals tells.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<'a> {
    /// Where it stands.
    pub state: State,
    /// Since which day.
    pub since: Date,
    /// The day from which the days for an answer and an appointment count.
    pub counts_from: Option<Date>,
    /// The day of the appointment.
    pub appointment: Option<Date>,
    /// Id of the pathway.
    pub pathway: Option<&'a str>,
    /// Id of the profession it goes to.
    pub profession: &'a str,
}

impl Waiting<'_> {
    /// Whether something should have happened by now: an answer or an appointment within the days of the pathway (else of the profession,
    /// else of the method), the appointment itself, or a report.
    #[must_use]
    pub fn overdue(&self, knowledge: &Knowledge, today: Date) -> Option<Overdue> {
        let limit = i32::try_from(self.answer_days(knowledge)).unwrap_or(i32::MAX);
        let (from, limit) = match self.state {
            State::Sent | State::Accepted => (self.counts_from.unwrap_or(self.since), limit),
            State::Scheduled => (self.appointment.unwrap_or(self.since), 0),
            State::Missed => (self.since, limit),
            State::Draft
            | State::Declined
            | State::InProgress
            | State::Completed
            | State::Cancelled => return None,
        };
        let days = days_between(from, today).saturating_sub(limit);
        (days > 0).then_some(Overdue {
            state: self.state,
            days,
        })
    }

    /// Within how many days it is to be answered.
    #[must_use]
    pub fn answer_days(&self, knowledge: &Knowledge) -> u32 {
        self.pathway
            .and_then(|id| knowledge.pathways.get(id)?.answer_days)
            .or_else(|| knowledge.professions.get(self.profession)?.answer_days)
            .unwrap_or(knowledge.method.answer_days)
    }
}

impl ReferralRecord {
    /// Whether something should have happened by now: see [`Waiting::overdue`].
    #[must_use]
    pub fn overdue(&self, knowledge: &Knowledge, today: Date) -> Option<Overdue> {
        self.waiting().overdue(knowledge, today)
    }

    /// What says for how long it may be waited for.
    #[must_use]
    pub fn waiting(&self) -> Waiting<'_> {
        Waiting {
            state: self.state,
            since: self.since,
            counts_from: self.counts_from,
            appointment: self.appointment,
            pathway: self.referral.pathway.as_deref(),
            profession: &self.referral.to.profession,
        }
    }
}

impl Referral {
    /// The headings that it must have before it is sent: those of its pathway, else of the profession it goes to.
    #[must_use]
    pub fn headings<'k>(&self, knowledge: &'k Knowledge) -> &'k [String] {
        let pathway = self.pathway.as_ref();
        let pathway = pathway.and_then(|id| knowledge.pathways.get(id));
        match (pathway, knowledge.professions.get(&self.to.profession)) {
            (Some(pathway), _) => &pathway.content,
            (None, Some(profession)) => &profession.referral_content,
            (None, None) => &[],
        }
    }
}

/// Whole days from one day to another.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

impl Record {
    /// The guidance that a practitioner was given with referrals they accepted and that are not over: what the session page shows.
    pub fn guidance_for(&self, practitioner: &str) -> impl Iterator<Item = &Guidance> {
        self.referrals
            .values()
            .filter(move |one| {
                one.state.in_care()
                    && one.accepted_by.as_ref().and_then(Who::id) == Some(practitioner)
            })
            .flat_map(|one| &one.referral.guidance)
    }
}

/// The step an event takes, of which referral, with which words.
fn step(event: &Event) -> Option<(&str, Step, Option<&str>)> {
    Some(match event {
        Event::ReferralDrafted(one) => (&one.referral, Step::Draft, None),
        Event::ReferralSent(one) => (&one.referral, Step::Send, None),
        Event::ReferralAccepted(one) => (&one.referral, Step::Accept, None),
        Event::ReferralDeclined(one) => (&one.referral, Step::Decline, Some(&one.reason)),
        Event::ReferralScheduled(one) => (&one.referral, Step::Schedule, None),
        Event::ReferralStarted(one) => (&one.referral, Step::Start, None),
        Event::ReferralMissed(one) => (&one.referral, Step::Miss, None),
        Event::ReferralCompleted(one) => (&one.referral, Step::Complete, Some(&one.report)),
        Event::ReferralCancelled(one) => (&one.referral, Step::Cancel, Some(&one.reason)),
        Event::ReferralReopened(one) => (&one.referral, Step::Reopen, Some(&one.note)),
        _ => return None,
    })
}

/// The record after a step; a step that cannot be taken from where the referral stands can mean nothing.
pub(super) fn evolve(record: &mut Record, recorded: &Recorded) {
    let Some((id, step, words)) = step(&recorded.event) else {
        return;
    };
    let (by, day) = (&recorded.by, recorded.day);
    let state = record.referrals.get(id).map(|one| one.state);
    let Some(state) = next(state, step) else {
        return;
    };
    if let Event::ReferralDrafted(drafted) = &recorded.event {
        let one = record
            .referrals
            .entry(id.to_owned())
            .or_insert_with(|| ReferralRecord {
                referral: drafted.draft.clone(),
                from: by.clone(),
                state,
                since: day,
                counts_from: None,
                accepted_by: None,
                appointment: None,
                steps: Vec::new(),
            });
        one.referral = drafted.draft.clone();
    }
    let Some(one) = record.referrals.get_mut(id) else {
        return;
    };
    one.state = state;
    one.since = day;
    one.steps.push((day, state, words.map(str::to_owned)));
    match &recorded.event {
        Event::ReferralScheduled(scheduled) => one.appointment = Some(scheduled.appointment),
        Event::ReferralSent(_) | Event::ReferralReopened(_) => one.counts_from = Some(day),
        _ => {}
    }
    if state == State::Draft {
        one.accepted_by = None;
    }
    if matches!(step, Step::Draft | Step::Send) {
        one.from = by.clone();
    }
    if step == Step::Accept {
        one.accepted_by = Some(by.clone());
    }
    if state.in_care() {
        if let Some(who) = one.accepted_by.clone() {
            team::join(&mut record.team, &who, day, Some(id));
        }
    } else {
        team::end_through(&mut record.team, id, day);
    }
}
