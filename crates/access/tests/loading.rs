//! Rules that are wrong are refused when they are loaded, with the place and a remedy.

use std::collections::BTreeSet;

use cotreat_access::{Access, Action, Problem, Resource, Viewer};
use cotreat_people::Role;

use crate::support::{
    ME, OURS, Situation, THEIRS, about, access, clinician, elsewhere_done, viewers,
};

const SCHEMA: &str = include_str!("../policies/access.cedarschema");
const CARE: &str = include_str!("../policies/care.cedar");

fn refused(schema: &str, policies: &str) -> Vec<Problem> {
    match Access::read(schema, &[("care.cedar", policies)]) {
        Ok(access) => panic!("these rules should be refused: {access:?}"),
        Err(problems) => problems,
    }
}

/// What is written in place of what, and what is told about it.
fn check(text: &str, instead: &str, told: &str) {
    assert!(CARE.contains(text), "care.cedar no longer says {text}");
    let problems = refused(SCHEMA, &CARE.replacen(text, instead, 1));
    let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(
        words
            .iter()
            .any(|words| words.contains(told) && words.starts_with("care.cedar")),
        "{words:?}"
    );
}

#[test]
fn slips_are_refused() {
    check(
        "resource.team.contains",
        "resource.tem.contains",
        "attribute `tem`",
    );
    check("Role::\"clinician\"", "Role::\"clinican\"", "clinican");
    check("Action::\"care\"", "Action::\"caer\"", "caer");
    check(
        "resource.team.contains(principal)",
        "resource.team.contains(principal.organisation)",
        "compatible",
    );
    check("context.to == principal", "context.to", "type");
    check("@id(\"care_team\")\n", "", "has no id");
    check(
        "@because(\"you are in the care team of this patient\")\n",
        "",
        "has no reason",
    );
    check(
        "@id(\"whole_clinic\")",
        "@id(\"care_team\")",
        "two rules `care_team`",
    );
    check(
        "permit (principal in Role::\"clinician\", action in Action::\"care\"",
        "permit (principal == ?principal, action in Action::\"care\"",
        "a blank",
    );
    check("when {", "when [", "unexpected token");
}

#[test]
fn a_rule_that_can_never_hold_is_refused() {
    check(
        "when { resource.team.contains(principal) }",
        "when { false }",
        "impossible",
    );
}

#[test]
fn a_problem_names_file_and_line() {
    let problems = refused(
        SCHEMA,
        &CARE.replacen("resource.glass.", "resource.glas.", 1),
    );
    let line = CARE
        .lines()
        .position(|line| line.contains("@id(\"broken_glass\")"))
        .expect("the rule")
        + 1;
    assert_eq!(
        problems.first().and_then(|problem| problem.line),
        Some(line)
    );
}

#[test]
fn the_schema_says_every_action_and_no_other() {
    let told = |schema: &str| {
        let problems = refused(schema, CARE);
        problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let unsaid = SCHEMA.replacen("@what(\"make a backup\")\n", "", 1);
    assert!(
        told(&unsaid).contains("`backup` has no words"),
        "{}",
        told(&unsaid)
    );
    let renamed = SCHEMA.replacen("action backup ", "action back_up ", 1);
    assert!(
        told(&renamed).contains("`backup` is missing"),
        "{}",
        told(&renamed)
    );
    assert!(
        told(&renamed).contains("nothing that is called `back_up`"),
        "{}",
        told(&renamed)
    );
    let broken = SCHEMA.replacen("team: Set<Staff>", "team: Set<Stuff>", 1);
    assert!(told(&broken).contains("Stuff"), "{}", told(&broken));
}

#[test]
fn the_schema_has_the_roles_of_the_program() {
    let line = SCHEMA
        .lines()
        .find(|line| line.starts_with("entity Role enum"))
        .expect("the roles");
    let written: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
    assert_eq!(written, Role::ALL.map(Role::id));
}

#[test]
fn every_rule_decides_something() {
    // A rule on which no answer rests could be dropped, or is wrong.
    let mut used = BTreeSet::new();
    for viewer in viewers() {
        for situation in Situation::ALL {
            let patient = situation.patient();
            for action in Action::ALL {
                let usual = elsewhere_done(*action, OURS)
                    .unwrap_or_else(|| about(*action, &patient, &viewer));
                let others = [
                    Resource::PrivateNotes {
                        of: &patient,
                        organisation: THEIRS,
                    },
                    Resource::Organisation {
                        organisation: OURS,
                        privacy_officer: Some(ME),
                    },
                    Resource::Rows {
                        organisation: OURS,
                        purpose: "",
                    },
                ];
                for resource in [usual].iter().chain(&others) {
                    used.extend(access().decide(&viewer, *action, resource).rules);
                }
            }
        }
    }
    let unused: Vec<&str> = access()
        .rules()
        .map(|rule| rule.id.as_str())
        .filter(|id| !used.contains(*id))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Cedar passes over a rule that fails. One that forbids must not be passed over.
#[test]
fn a_rule_that_fails_allows_nothing() {
    let failing = format!(
        "{CARE}\n@id(\"fails\") @because(\"it fails\")\nforbid (principal is Staff, action == Action::\"see_record\", resource) when {{ 9223372036854775807 + 1 > 0 }};"
    );
    let access = Access::read(SCHEMA, &[("care.cedar", &failing)])
        .expect("sums are checked when they are done");
    let patient = Situation::Team.patient();
    let ask = |action: Action| {
        let viewer: Viewer = clinician();
        access.decide(&viewer, action, &about(action, &patient, &viewer))
    };
    assert!(ask(Action::SeeIdentity).allowed, "other rules go on");
    let decision = ask(Action::SeeRecord);
    assert!(!decision.allowed);
    assert!(
        decision.sentence().contains("could not be applied"),
        "{decision:?}"
    );
}
