//! Sessions, consent to treatment, adverse events.

use cotreat_care::decide::{Act, Command, Refused};
use cotreat_care::event::{
    ConsentWithdrawn, Expectedness, Giver, Guidance, Override, Position, Referral, Relatedness,
    Response, Said, Seriousness, Session, Severity, TreatmentConsentGiven, Work,
};
use cotreat_care::record::AppraisalDue;
use jiff::civil::date;

use super::story::{
    FIRST, Story, accept, agree_to_treatment, assessed, chiropractor, consented, draft, fact,
    facts, gp, instant, integrated_therapist, physio, referral, send, session, therapist, treat,
    work,
};

const DEEP: &str = "trigger_point_pressure_release";

fn deep() -> Session {
    session(vec![work(DEEP)])
}

fn spread() -> Session {
    Session {
        response: Response {
            spread_down_the_leg: Some(true),
            ..Response::default()
        },
        ..deep()
    }
}

fn amend(id: &str, did: Session, reason: &str) -> Command {
    Command {
        at: instant(FIRST, 13),
        ..therapist(Act::AmendSession {
            session: id.into(),
            did,
            reason: reason.into(),
        })
    }
}

fn adverse(seriousness: Seriousness, severity: Option<Severity>) -> Act {
    Act::RecordAdverseEvent {
        what: "bruise at the flank".into(),
        session: None,
        seriousness: Some(seriousness),
        severity,
        relatedness: Some(Relatedness::Probable),
        expectedness: Some(Expectedness::Expected),
    }
}

/// The GP referred to the massage therapist with guidance, and it was accepted.
fn guided(guidance: Guidance) -> Story {
    let asked = Referral {
        guidance: vec![guidance],
        ..referral()
    };
    consented()
        .and(gp(draft(asked)))
        .and(gp(send()))
        .and(therapist(accept()))
}

#[test]
fn a_session_copies_in_who_treated_with_which_training() {
    consented()
        .when(treat(therapist, deep()))
        .then(&["session_recorded"])
        .shows(|r| {
            let one = &r.sessions["s1"];
            one.profession == "massage_therapist"
                && one.experience.training_hours == Some(2200)
                && one.experience.years_of_practice == Some(9)
        });
}

#[test]
fn consent_to_treatment_names_the_risks_of_a_class() {
    assessed()
        .when(therapist(agree_to_treatment("massage", &["soreness"])))
        .then(&["treatment_consent_given"])
        .shows(|r| r.treatment_consents.len() == 1);
}

#[test]
fn a_risk_that_no_file_knows_is_not_named() {
    assessed()
        .when(therapist(agree_to_treatment("massage", &["sore"])))
        .refused(Refused::NotKnownHere, "its risks are");
}

#[test]
fn a_class_that_no_file_knows_is_not_talked_about() {
    let given = TreatmentConsentGiven {
        intervention: "massage".into(),
        classes: vec!["depp".into()],
        risks_named: Vec::new(),
        given_by: Giver::Patient,
    };
    assessed()
        .when(therapist(Act::GiveTreatmentConsent(given)))
        .refused(
            Refused::NotKnownHere,
            "classes are light, moderate, deep, thrust",
        );
}

#[test]
fn no_deep_work_before_its_risks_were_named() {
    assessed()
        .and(therapist(agree_to_treatment("massage", &["soreness"])))
        .when(treat(therapist, deep()))
        .refused(Refused::NoConsent, "`bruise_or_nerve`");
}

#[test]
fn consent_that_was_withdrawn_does_not_count() {
    let withdraw = Act::WithdrawConsent(ConsentWithdrawn {
        purpose: "massage".into(),
    });
    consented()
        .and(super::story::patient(withdraw))
        .when(treat(therapist, deep()))
        .refused(Refused::NoConsent, "has not agreed");
}

#[test]
fn light_work_has_no_risk_that_must_be_named() {
    assessed()
        .when(treat(therapist, session(vec![work("effleurage")])))
        .then(&["session_recorded"]);
}

#[test]
fn symptoms_that_spread_stop_the_session_and_call_for_a_new_appraisal() {
    consented()
        .when(treat(therapist, spread()))
        .then(&["session_recorded"])
        .shows(|r| {
            r.sessions["s1"].valid().is_some_and(|v| v.stopped)
                && r.appraisal_due.as_ref().map(|due| due.what)
                    == Some(AppraisalDue::SymptomsSpread)
        });
}

#[test]
fn a_massage_therapist_does_not_thrust() {
    consented()
        .when(treat(therapist, session(vec![work("spinal_thrust")])))
        .refused(Refused::OutOfScope, "scope of practice");
}

#[test]
fn an_integrated_therapist_moves_joints_and_does_not_thrust() {
    consented()
        .when(treat(
            integrated_therapist,
            session(vec![work("spinal_thrust")]),
        ))
        .refused(Refused::OutOfScope, "professions/integrated_therapist.toml");
}

#[test]
fn a_technique_for_one_profession_is_not_used_by_another() {
    consented()
        .when(treat(physio, session(vec![work("drop_table_thrust")])))
        .refused(Refused::OutOfScope, "manual_therapy/drop_table_thrust.toml");
}

#[test]
fn a_thrust_needs_consent_of_its_own() {
    consented()
        .when(treat(
            chiropractor,
            session(vec![work("sacroiliac_thrust")]),
        ))
        .refused(Refused::NoConsent, "two of five");
}

#[test]
fn a_contraindicated_technique_is_refused_in_a_session() {
    consented()
        .and(gp(facts(vec![fact("anticoagulant", Said::Yes)])))
        .when(treat(therapist, deep()))
        .refused(Refused::Contraindicated, "no deep work");
}

#[test]
fn a_named_person_overrides_in_a_session() {
    let over = Work {
        overridden: Some(Override {
            reason: "paused, clotting normal since Friday".into(),
            by: "Max Reed".into(),
        }),
        ..work(DEEP)
    };
    consented()
        .and(gp(facts(vec![fact("anticoagulant", Said::Yes)])))
        .when(treat(therapist, session(vec![over])))
        .then(&["session_recorded"]);
}

#[test]
fn no_hands_on_session_past_an_uncleared_alarm() {
    consented()
        .and(gp(facts(vec![fact("saddle_sensation_change", Said::Yes)])))
        .when(treat(therapist, session(vec![work("effleurage")])))
        .refused(Refused::AlarmStands, "Cauda equina");
}

#[test]
fn what_came_up_during_the_session_does_not_keep_it_off_the_record() {
    let alarm = Command {
        at: instant(FIRST, 12),
        ..therapist(facts(vec![fact("saddle_sensation_change", Said::Yes)]))
    };
    consented()
        .and(alarm)
        .when(treat(therapist, deep()))
        .then(&["session_recorded"]);
}

#[test]
fn guidance_against_a_class_of_techniques_holds_for_whoever_accepted_it() {
    let no_deep = Guidance {
        says: "no deep pressure at the flank".into(),
        not: vec!["class:deep".into()],
        at: Some("quadratus_lumborum".into()),
        ..Guidance::default()
    };
    guided(no_deep.clone())
        .shows(|r| r.guidance_for("max").count() == 1)
        .when(treat(therapist, deep()))
        .refused(Refused::AgainstGuidance, "no deep pressure at the flank");
    let elsewhere = Work {
        at: Some("piriformis".into()),
        ..work(DEEP)
    };
    guided(no_deep)
        .when(treat(therapist, session(vec![elsewhere])))
        .then(&["session_recorded"]);
}

#[test]
fn guidance_against_a_position_holds() {
    let prone = Work {
        position: Some(Position::Prone),
        ..work(DEEP)
    };
    guided(Guidance {
        says: "avoid prone".into(),
        avoid: vec![Position::Prone],
        ..Guidance::default()
    })
    .when(treat(therapist, session(vec![prone])))
    .refused(Refused::AgainstGuidance, "lying on the belly");
}

#[test]
fn a_session_does_not_begin_after_it_is_written_down() {
    let began = instant(FIRST, 15);
    consented()
        .when(treat(therapist, Session { began, ..deep() }))
        .refused(Refused::InTheFuture, "correct when it began");
}

#[test]
fn a_session_begins_on_the_day_for_which_it_is_written_down() {
    let began = instant(date(2026, 2, 27), 15);
    consented()
        .when(treat(therapist, Session { began, ..deep() }))
        .refused(Refused::DoesNotFit, "it begins on 2026-02-27");
}

#[test]
fn a_session_says_what_was_done() {
    consented()
        .when(treat(therapist, session(Vec::new())))
        .refused(Refused::WordsMissing, "at least one technique");
}

#[test]
fn pain_runs_from_0_to_10() {
    let response = Response {
        pain_after: Some(11),
        ..Response::default()
    };
    consented()
        .when(treat(therapist, Session { response, ..deep() }))
        .refused(Refused::DoesNotFit, "0 to 10");
}

#[test]
fn a_session_has_an_id_of_its_own() {
    consented()
        .and(treat(therapist, deep()))
        .when(treat(therapist, deep()))
        .refused(Refused::AlreadyThere, "amend it");
}

#[test]
fn an_amendment_keeps_what_was_written_before() {
    let minutes = 30;
    consented()
        .and(treat(therapist, deep()))
        .when(amend(
            "s1",
            Session { minutes, ..deep() },
            "half an hour it was",
        ))
        .then(&["session_amended"])
        .shows(|r| {
            let versions = &r.sessions["s1"].versions;
            versions[0].what.did.minutes == 45 && versions[1].what.did.minutes == 30
        });
}

#[test]
fn what_is_new_in_an_amendment_is_judged_and_what_was_judged_before_is_not() {
    let treated = consented().and(treat(therapist, deep())).and(Command {
        at: instant(FIRST, 13),
        ..gp(facts(vec![fact("anticoagulant", Said::Yes)]))
    });
    treated
        .clone()
        .when(amend(
            "s1",
            Session {
                minutes: 30,
                ..deep()
            },
            "half an hour",
        ))
        .then(&["session_amended"]);
    treated
        .when(amend(
            "s1",
            session(vec![work("psoas_release")]),
            "it was the psoas",
        ))
        .refused(Refused::NoConsent, "belly");
}

#[test]
fn a_session_that_nobody_wrote_down_is_not_amended() {
    consented()
        .when(amend("s9", deep(), "typing error"))
        .refused(Refused::NoSuchSession, "no session `s9`");
}

#[test]
fn an_adverse_event_is_written_down() {
    assessed()
        .when(therapist(adverse(
            Seriousness::NotSerious,
            Some(Severity::Mild),
        )))
        .then(&["adverse_event_recorded"])
        .shows(|r| r.adverse_events.len() == 1 && r.appraisal_due.is_none());
}

#[test]
fn a_serious_adverse_event_calls_for_a_new_appraisal() {
    assessed()
        .when(therapist(adverse(
            Seriousness::Serious,
            Some(Severity::Severe),
        )))
        .then(&["adverse_event_recorded"])
        .shows(|r| r.appraisal_due.is_some());
}

#[test]
fn an_adverse_event_says_what_kind_it_was() {
    assessed()
        .when(therapist(adverse(Seriousness::NotSerious, None)))
        .refused(Refused::AdverseEventIncomplete, "severity");
}

#[test]
fn consent_given_later_does_not_count_for_an_earlier_session() {
    let later = super::story::on(
        date(2026, 3, 4),
        therapist(agree_to_treatment(
            "massage",
            &["soreness", "bruise_or_nerve"],
        )),
    );
    let typed_late = Command {
        today: date(2026, 3, 5),
        at: instant(date(2026, 3, 5), 9),
        ..treat(therapist, deep())
    };
    assessed()
        .and(later)
        .when(typed_late)
        .refused(Refused::NoConsent, "write down that the patient agrees");
}
