//! The rules of safety that every plan keeps, whoever the patient is.

use cotreat_care::Conclusions;
use cotreat_care::plan::{PlanLine, Status};
use cotreat_knowledge::format::Role;
use cotreat_knowledge::{Knowledge, Tier};

/// A line that somebody could act on now.
pub fn open_to_choice(line: &PlanLine) -> bool {
    matches!(
        line.status,
        Status::Offered | Status::Conflict | Status::LastResort
    )
}

/// Everything in which a plan breaks a rule of safety; nothing when it keeps them all.
pub fn breaches(conclusions: &Conclusions, k: &Knowledge) -> Vec<String> {
    let mut found = Vec::new();
    let Conclusions {
        assessment, plan, ..
    } = conclusions;
    let reached = assessment
        .alarms
        .iter()
        .filter_map(|alarm| alarm.reached)
        .max();
    let role = |line: &PlanLine| k.interventions[line.intervention].role;
    let active = plan.offered().any(|line| role(line) == Role::Active);
    let preselected = |role: Role| {
        plan.lines
            .iter()
            .any(|line| line.preselected && k.interventions[line.intervention].role == role)
    };
    if preselected(Role::Passive) && !preselected(Role::Active) {
        found.push("passive care is proposed without active care".into());
    }
    found.extend(
        plan.lines
            .iter()
            .filter(|line| line.preselected && line.status != Status::Offered)
            .map(|line| {
                format!(
                    "{} is proposed, but {}",
                    k.interventions.id(line.intervention),
                    line.status.word()
                )
            }),
    );
    for line in plan.lines.iter().filter(|line| open_to_choice(line)) {
        let one = &k.interventions[line.intervention];
        let mut breach =
            |what: String| found.push(format!("{} is {}, but {what}", one.id, line.status.word()));
        if one.hands_on {
            for finding in one.must_know.iter().filter(|f| !assessment.knows(k, **f)) {
                breach(format!("`{}` is not known", k.findings.id(*finding)));
            }
            for alarm in assessment
                .alarms
                .iter()
                .filter(|alarm| alarm.stops_hands_on(k))
            {
                breach(format!(
                    "an alarm stands for {}",
                    k.conditions[alarm.condition].id
                ));
            }
            if reached >= Some(Tier::Urgent) {
                breach("an emergency or urgent alarm stands".into());
            }
        }
        if (one.role != Role::Advice || !one.even_in_emergency) && reached == Some(Tier::Emergency)
        {
            breach("an emergency comes first".into());
        }
        if one.role == Role::Passive && !active {
            breach("passive care is planned without active care".into());
        }
        if plan.out_of_scope.is_some() {
            breach("the program is not made for this patient".into());
        }
    }
    found
}
