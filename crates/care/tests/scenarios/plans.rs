//! Agreeing and revising plans.

use cotreat_care::decide::{Act, Refused};
use cotreat_care::event::{Override, Plan, PlanRevised, PlannedLine, Said};
use jiff::civil::date;

use super::story::{
    FIRST, agree, assessed, fact, facts, gp, line, opened, package, physio, plan, therapist,
};

fn revise(plan: Plan) -> Act {
    Act::RevisePlan(PlanRevised {
        plan,
        reason: "no better at six weeks".into(),
    })
}

fn with_technique(technique: &str, deliverer: &str) -> Plan {
    plan(vec![
        line("exercise_therapy", "physiotherapist"),
        PlannedLine {
            techniques: vec![technique.into()],
            ..line("massage", deliverer)
        },
    ])
}

#[test]
fn a_plan_is_agreed() {
    assessed()
        .when(physio(agree(package())))
        .then(&["plan_agreed"])
        .shows(|r| r.plan_in_force().is_some_and(|p| p.lines.len() == 2) && r.in_team("pat"));
}

#[test]
fn a_plan_is_revised_and_the_one_before_stays() {
    assessed()
        .and(physio(agree(package())))
        .when(physio(revise(plan(vec![line(
            "exercise_therapy",
            "physiotherapist",
        )]))))
        .then(&["plan_revised"])
        .shows(|r| r.plans.len() == 2 && r.plans[1].what.reason.is_some());
}

#[test]
fn there_must_be_a_plan_to_revise() {
    assessed()
        .when(physio(revise(package())))
        .refused(Refused::NoPlan, "no plan was agreed yet");
}

#[test]
fn a_massage_therapist_does_not_lead_a_plan() {
    assessed()
        .when(therapist(agree(package())))
        .refused(Refused::MayNotLead, "professions/massage_therapist.toml");
}

#[test]
fn a_plan_has_a_goal() {
    let goals = Vec::new();
    assessed()
        .when(physio(agree(Plan { goals, ..package() })))
        .refused(Refused::NoGoal, "what they want to be able to do");
}

#[test]
fn a_plan_has_a_review_ahead() {
    for review in [None, Some(FIRST)] {
        assessed()
            .when(physio(agree(Plan {
                review,
                ..package()
            })))
            .refused(Refused::NoReview, "name a review day");
    }
}

#[test]
fn every_line_has_somebody_who_delivers_it() {
    let nobody = PlannedLine {
        deliverer: None,
        ..line("exercise_therapy", "physiotherapist")
    };
    assessed()
        .when(physio(agree(plan(vec![nobody]))))
        .refused(Refused::NoDeliverer, "nobody is named");
}

#[test]
fn a_plan_says_something() {
    assessed()
        .when(physio(agree(plan(Vec::new()))))
        .refused(Refused::WordsMissing, "nothing stands in it");
}

#[test]
fn passive_care_is_not_agreed_alone() {
    assessed()
        .when(physio(agree(plan(vec![line(
            "massage",
            "massage_therapist",
        )]))))
        .refused(Refused::PassiveAlone, "together with active care");
}

#[test]
fn an_intervention_outside_the_scope_of_practice_is_refused_with_the_rule() {
    let exercise_by_gp = plan(vec![line("exercise_therapy", "gp")]);
    assessed()
        .when(gp(agree(exercise_by_gp)))
        .refused(Refused::OutOfScope, "professions/gp.toml");
}

#[test]
fn nobody_is_guided_by_those_who_may_not() {
    let guided = PlannedLine {
        guided_by: Some("nurse".into()),
        ..line("massage", "massage_therapist")
    };
    let exercise = line("exercise_therapy", "physiotherapist");
    assessed()
        .when(physio(agree(plan(vec![exercise, guided]))))
        .refused(Refused::OutOfScope, "does not guide");
}

#[test]
fn no_hands_on_line_while_a_safety_question_is_open() {
    opened()
        .when(physio(agree(package())))
        .refused(Refused::MustKnow, "must be known first");
}

#[test]
fn no_hands_on_line_past_an_uncleared_alarm() {
    assessed()
        .and(gp(facts(vec![fact("saddle_sensation_change", Said::Yes)])))
        .when(physio(agree(plan(vec![line(
            "massage",
            "massage_therapist",
        )]))))
        .refused(Refused::AlarmStands, "uncleared emergency alarm");
}

#[test]
fn an_urgent_alarm_and_a_routine_one_whose_file_says_so_stop_hands_and_not_exercise() {
    for (finding, tier) in [
        ("clinician_suspects_cancer", "urgent"),
        ("cancer_history", "routine"),
    ] {
        let alarm = || assessed().and(gp(facts(vec![fact(finding, Said::Yes)])));
        alarm()
            .when(physio(agree(plan(vec![line(
                "massage",
                "massage_therapist",
            )]))))
            .refused(Refused::AlarmStands, &format!("uncleared {tier} alarm"));
    }
    let history = vec![fact("cancer_history", Said::Yes)];
    assessed()
        .and(gp(facts(history)))
        .when(physio(agree(plan(vec![line(
            "exercise_therapy",
            "physiotherapist",
        )]))))
        .then(&["plan_agreed"]);
}

#[test]
fn where_a_doctor_is_asked_first_the_line_waits_for_a_name_and_a_reason() {
    let clotting = ["bleeding_disorder", "inr_high_or_platelets_low"].map(|f| fact(f, Said::Yes));
    let lines = vec![
        line("exercise_therapy", "physiotherapist"),
        line("massage", "massage_therapist"),
    ];
    assessed()
        .and(gp(facts(clotting.to_vec())))
        .when(physio(agree(plan(lines))))
        .refused(Refused::Contraindicated, "a doctor is asked first");
}

#[test]
fn nothing_but_advice_while_an_emergency_stands() {
    let exercise = || plan(vec![line("exercise_therapy", "physiotherapist")]);
    assessed()
        .and(gp(facts(vec![fact("saddle_sensation_change", Said::Yes)])))
        .when(physio(agree(exercise())))
        .refused(Refused::AlarmStands, "Cauda equina");
}

#[test]
fn a_contraindicated_technique_is_refused_with_its_source() {
    assessed()
        .and(gp(facts(vec![fact("anticoagulant", Said::Yes)])))
        .when(physio(agree(with_technique(
            "trigger_point_pressure_release",
            "massage_therapist",
        ))))
        .refused(Refused::Contraindicated, "interventions/massage.toml");
}

#[test]
fn a_named_person_overrides_a_contraindication_with_a_reason() {
    let mut overridden = with_technique("trigger_point_pressure_release", "massage_therapist");
    overridden.lines[1].overridden = Some(Override {
        reason: "anticoagulant paused by the cardiologist".into(),
        by: "Pat Hill".into(),
    });
    assessed()
        .and(gp(facts(vec![fact("anticoagulant", Said::Yes)])))
        .when(physio(agree(overridden)))
        .then(&["plan_agreed"])
        .shows(|r| {
            r.plan_in_force()
                .is_some_and(|p| p.lines[1].overridden.is_some())
        });
}

#[test]
fn an_override_without_name_or_reason_is_none() {
    let mut overridden = with_technique("trigger_point_pressure_release", "massage_therapist");
    overridden.lines[1].overridden = Some(Override {
        reason: "she insists".into(),
        by: " ".into(),
    });
    assessed()
        .and(gp(facts(vec![fact("anticoagulant", Said::Yes)])))
        .when(physio(agree(overridden)))
        .refused(Refused::Contraindicated, "override it by name");
}

#[test]
fn a_technique_stands_in_a_line_of_its_own_intervention() {
    let wrong = plan(vec![PlannedLine {
        techniques: vec!["effleurage".into()],
        ..line("exercise_therapy", "physiotherapist")
    }]);
    assessed()
        .when(physio(agree(wrong)))
        .refused(Refused::DoesNotFit, "not a technique of");
}

#[test]
fn a_review_lies_after_the_day_of_the_plan() {
    let review = Some(date(2026, 3, 3));
    assessed()
        .when(physio(agree(Plan {
            review,
            ..package()
        })))
        .then(&["plan_agreed"]);
}
