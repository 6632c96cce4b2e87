//! The referral loop.

use cotreat_care::decide::{Act, Command, Refused};
use cotreat_care::event::{
    Addressee, CareTeamLeft, Guidance, Referral, ReferralCancelled, ReferralCompleted,
    ReferralDeclined, ReferralMissed, ReferralReopened, ReferralScheduled, ReferralStarted, Who,
};
use cotreat_care::record::{Record, State};
use jiff::civil::{Date, date};

use super::story::{
    FIRST, Story, accept, desk, draft, gp, on, opened, other_therapist, physio, referral, send,
    sent, therapist,
};
use crate::common::knowledge;

const NEXT: Date = date(2026, 3, 9);

fn id() -> String {
    "r1".into()
}

fn decline() -> Act {
    let reason = "no room before May".into();
    let referral = id();
    Act::DeclineReferral(ReferralDeclined { referral, reason })
}

fn schedule(appointment: Date) -> Act {
    let referral = id();
    Act::ScheduleReferral(ReferralScheduled {
        referral,
        appointment,
    })
}

fn start() -> Act {
    Act::StartReferral(ReferralStarted { referral: id() })
}

fn miss() -> Act {
    Act::MissReferral(ReferralMissed { referral: id() })
}

fn complete(report: &str) -> Act {
    let (referral, report) = (id(), report.into());
    Act::CompleteReferral(ReferralCompleted { referral, report })
}

fn cancel() -> Act {
    let (referral, reason) = (id(), "moved away".into());
    Act::CancelReferral(ReferralCancelled { referral, reason })
}

fn reopen(note: &str) -> Act {
    let (referral, note) = (id(), note.into());
    Act::ReopenReferral(ReferralReopened { referral, note })
}

fn accepted() -> Story {
    sent(referral()).and(therapist(accept()))
}

fn scheduled() -> Story {
    accepted().and(desk(schedule(NEXT)))
}

fn in_progress() -> Story {
    scheduled().and(on(NEXT, therapist(start())))
}

fn state(record: &Record) -> State {
    record.referrals["r1"].state
}

#[test]
fn a_referral_is_drafted_and_drafted_anew() {
    opened()
        .when(gp(draft(referral())))
        .then(&["referral_drafted"])
        .when(gp(draft(Referral {
            content: Default::default(),
            ..referral()
        })))
        .then(&["referral_drafted"])
        .shows(|r| state(r) == State::Draft && r.referrals["r1"].referral.content.is_empty());
}

#[test]
fn a_referral_is_sent() {
    opened()
        .and(gp(draft(referral())))
        .when(gp(send()))
        .then(&["referral_sent"])
        .shows(|r| state(r) == State::Sent && !r.in_team("max"));
}

#[test]
fn a_referral_says_what_its_pathway_wants() {
    let bare = Referral {
        pathway: Some("rheumatology".into()),
        to: Addressee {
            profession: "rheumatologist".into(),
            practitioner: None,
            organisation: None,
            outside: None,
        },
        ..referral()
    };
    opened()
        .and(gp(draft(bare)))
        .when(gp(send()))
        .refused(Refused::ContentMissing, "pathways/rheumatology.toml");
}

#[test]
fn without_a_pathway_it_says_what_the_profession_wants() {
    let mut bare = referral();
    bare.content.insert("what was tried".into(), " ".into());
    opened()
        .and(gp(draft(bare)))
        .when(gp(send()))
        .refused(Refused::ContentMissing, "what was tried");
}

#[test]
fn guidance_that_nobody_could_keep_to_is_refused() {
    let guidance = vec![Guidance {
        says: "no thrust".into(),
        not: vec!["class:trust".into()],
        ..Guidance::default()
    }];
    opened()
        .when(gp(draft(Referral {
            guidance,
            ..referral()
        })))
        .refused(Refused::NotKnownHere, "`class:…`");
}

#[test]
fn accepting_joins_the_care_team() {
    sent(referral())
        .when(therapist(accept()))
        .then(&["referral_accepted"])
        .shows(|r| {
            let joined = r.team.iter().find(|one| one.practitioner == "max");
            joined.is_some_and(|one| one.began == FIRST && one.through.as_deref() == Some("r1"))
        });
}

#[test]
fn nobody_accepts_what_was_not_sent_to_them() {
    for by in [other_therapist, physio] {
        sent(referral())
            .when(by(accept()))
            .refused(Refused::NotSentToThem, "massage therapist");
    }
}

#[test]
fn what_is_sent_to_a_profession_any_of_it_may_accept_and_only_they_go_on() {
    let mut to_any = referral();
    to_any.to.practitioner = None;
    sent(to_any)
        .and(other_therapist(accept()))
        .when(therapist(start()))
        .refused(Refused::NotSentToThem, "not for Max Reed");
}

#[test]
fn what_is_sent_to_a_profession_or_an_organisation_nobody_else_accepts() {
    let mut to_any = referral();
    to_any.to.practitioner = None;
    sent(to_any.clone())
        .when(physio(accept()))
        .refused(Refused::NotSentToThem, "not for Pat Hill");
    to_any.to.organisation = Some("north".into());
    sent(to_any)
        .when(therapist(accept()))
        .refused(Refused::NotSentToThem, "not for Max Reed");
}

#[test]
fn a_referral_is_declined_with_a_reason() {
    sent(referral())
        .when(therapist(decline()))
        .then(&["referral_declined"])
        .shows(|r| state(r) == State::Declined && !r.in_team("max"));
}

#[test]
fn a_declined_referral_is_taken_up_again_as_a_draft() {
    sent(referral())
        .and(therapist(decline()))
        .when(gp(reopen("another therapist is free")))
        .then(&["referral_reopened"])
        .shows(|r| state(r) == State::Draft);
}

#[test]
fn a_referral_is_scheduled_by_the_front_desk() {
    accepted()
        .when(desk(schedule(NEXT)))
        .then(&["referral_scheduled"])
        .shows(|r| r.referrals["r1"].appointment == Some(NEXT));
}

#[test]
fn an_appointment_does_not_lie_in_the_past() {
    accepted()
        .when(desk(schedule(date(2026, 2, 1))))
        .refused(Refused::DoesNotFit, "lies in the past");
}

#[test]
fn the_patient_comes() {
    scheduled()
        .when(on(NEXT, therapist(start())))
        .then(&["referral_started"])
        .shows(|r| state(r) == State::InProgress);
}

#[test]
fn the_patient_does_not_come_and_gets_another_appointment() {
    scheduled()
        .when(on(NEXT, desk(miss())))
        .then(&["referral_missed"])
        .when(on(NEXT, desk(schedule(date(2026, 3, 16)))))
        .then(&["referral_scheduled"])
        .shows(|r| r.in_team("max"));
}

#[test]
fn completing_needs_a_report_and_ends_the_membership() {
    in_progress()
        .when(on(NEXT, therapist(complete("four visits, pain 6 to 3"))))
        .then(&["referral_completed"])
        .shows(|r| !r.in_team("max") && r.team.iter().any(|one| one.ended == Some(NEXT)));
    in_progress()
        .when(on(NEXT, therapist(complete(""))))
        .refused(Refused::WordsMissing, "the report is missing");
}

#[test]
fn a_completed_referral_is_reopened_with_a_note_and_the_membership_begins_anew() {
    let report = on(NEXT, therapist(complete("done")));
    in_progress()
        .and(report)
        .when(on(date(2026, 4, 1), gp(reopen("pain is back"))))
        .then(&["referral_reopened"])
        .shows(|r| state(r) == State::Accepted && r.in_team("max") && r.team.len() == 3);
    in_progress()
        .and(on(NEXT, therapist(complete("done"))))
        .when(on(NEXT, gp(reopen(""))))
        .refused(Refused::WordsMissing, "the note is missing");
}

#[test]
fn a_referral_is_cancelled_and_the_membership_ends() {
    accepted()
        .when(gp(cancel()))
        .then(&["referral_cancelled"])
        .shows(|r| state(r) == State::Cancelled && !r.in_team("max"));
}

#[test]
fn a_step_that_cannot_be_taken_is_refused_with_those_that_can() {
    let illegal: [(Story, Command); 6] = [
        (opened(), gp(send())),
        (opened().and(gp(draft(referral()))), therapist(accept())),
        (sent(referral()), therapist(start())),
        (accepted(), desk(miss())),
        (accepted(), therapist(decline())),
        (sent(referral()), gp(reopen("why not"))),
    ];
    for (story, command) in illegal {
        story
            .when(command)
            .refused(Refused::NoSuchStep, "possible now: ");
    }
}

#[test]
fn leaving_the_team_calls_off_what_is_open() {
    let left = CareTeamLeft {
        practitioner: "max".into(),
        reason: "moves to another clinic".into(),
    };
    accepted()
        .when(on(NEXT, therapist(Act::LeaveCareTeam(left))))
        .then(&["referral_cancelled", "care_team_left"])
        .shows(|r| !r.in_team("max") && state(r) == State::Cancelled);
}

#[test]
fn nobody_leaves_a_team_they_are_not_in() {
    let left = CareTeamLeft {
        practitioner: "max".into(),
        reason: "moves".into(),
    };
    opened()
        .when(gp(Act::LeaveCareTeam(left)))
        .refused(Refused::NotInTeam, "`max` is not in the care team");
}

/// Days beyond the limit, on a day.
fn overdue(story: &Story, day: Date) -> Option<i32> {
    let one = &story.record.referrals["r1"];
    one.overdue(knowledge(), day).map(|overdue| overdue.days)
}

#[test]
fn an_unanswered_referral_is_overdue_by_the_days_of_its_addressee_or_pathway() {
    let days = knowledge().professions.get("massage_therapist");
    assert_eq!(days.and_then(|p| p.answer_days), Some(7));
    let story = sent(referral());
    assert_eq!(overdue(&story, date(2026, 3, 9)), None);
    assert_eq!(overdue(&story, date(2026, 3, 10)), Some(1));
    let pathway = &knowledge()
        .pathways
        .get("spinal_emergency")
        .expect("shipped");
    let urgent = Referral {
        pathway: Some(pathway.id.clone()),
        content: pathway
            .content
            .iter()
            .map(|heading| (heading.clone(), "as told".into()))
            .collect(),
        ..referral()
    };
    assert_eq!(overdue(&sent(urgent), date(2026, 3, 3)), Some(1));
}

#[test]
fn an_appointment_that_nobody_spoke_of_again_is_overdue() {
    assert_eq!(overdue(&scheduled(), NEXT), None);
    assert_eq!(overdue(&scheduled(), date(2026, 3, 12)), Some(3));
    assert_eq!(overdue(&in_progress(), date(2027, 3, 12)), None);
    let again = in_progress()
        .and(on(NEXT, therapist(complete("done"))))
        .and(on(date(2026, 6, 1), gp(reopen("pain is back"))));
    assert_eq!(overdue(&again, date(2026, 6, 8)), None);
    assert_eq!(overdue(&again, date(2026, 6, 9)), Some(1));
}

#[test]
fn a_referral_says_who_asks_and_the_team_says_for_whom_they_act() {
    let of = |organisation: &str, command: Command| match command.by.clone() {
        Who::Practitioner {
            id,
            name,
            profession,
            ..
        } => Command {
            by: Who::Practitioner {
                id,
                name,
                profession,
                organisation: Some(organisation.into()),
            },
            ..command
        },
        other => panic!("{other:?}"),
    };
    let asks = |record: &Record, id: &str, organisation: &str| {
        let from = &record.referrals["r1"].from;
        from.id() == Some(id) && from.organisation() == Some(organisation)
    };
    opened()
        .and(of("clinic_b", physio(draft(referral()))))
        .shows(|r| asks(r, "pat", "clinic_b"))
        .and(of("clinic_a", gp(send())))
        .shows(|r| asks(r, "grey", "clinic_a"))
        .and(of("clinic_c", therapist(accept())))
        .shows(|r| asks(r, "grey", "clinic_a"))
        .shows(|r| {
            let joined = r.team.last().expect("somebody joined");
            joined.practitioner == "max" && joined.organisation.as_deref() == Some("clinic_c")
        });
}
