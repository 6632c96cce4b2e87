//! The plan in words.

use cotreat_expr::Tri;
use cotreat_knowledge::format::{Role, WordKind};
use cotreat_knowledge::model::{
    Answers, AppliesTo, Condition, Intervention, Technique as TechniqueFile,
};
use cotreat_knowledge::{Handle, Tier};

use crate::appraisal::{
    Line, Named, Plan as Explained, Reason, Recommendation, Safety, Target, Technique, Trigger, Who,
};
use crate::appraise::reasons::{Explain, in_a_sentence, word};
use crate::plan::people::Deliverer;
use crate::plan::{self, Plan, PlanLine, Status, Stop, TechniqueStatus};

pub(super) fn explain(explain: &Explain<'_>, plan: &Plan) -> Explained {
    let lines: Vec<Line> = plan.lines.iter().map(|l| line(explain, l)).collect();
    Explained {
        hands_on: plan.offers_hands_on(explain.knowledge),
        hands_on_stopped_by: conditions(explain, &plan.hands_on_stopped_by),
        goals: explain.episode.goals.clone(),
        emergency: conditions(explain, &plan.emergency),
        tell: tell(explain),
        review_on: plan.review.map(|date| date.to_string()),
        triggers: all_triggers(&lines),
        sequence: plan.release_first.then(|| {
            "Release goes before activation in each visit; that this order matters is expert judgement.".to_owned()
        }),
        lines,
    }
}

/// The patient's words for every condition whose alarm is urgent or an emergency, and for what to do now.
fn tell(explain: &Explain<'_>) -> Vec<String> {
    let knowledge = explain.knowledge;
    let urgent: Vec<_> = explain
        .assessment
        .alarms
        .iter()
        .filter(|a| a.reached >= Some(Tier::Urgent))
        .collect();
    let conditions = urgent.iter().filter_map(|a| {
        knowledge.words(
            "en",
            WordKind::Conditions,
            &knowledge.conditions[a.condition].id,
        )
    });
    let highest = urgent.iter().filter_map(|a| a.reached).max();
    let action = highest.and_then(|tier| knowledge.words("en", WordKind::Alarms, tier.word()));
    conditions.chain(action).map(str::to_owned).collect()
}

/// The triggers of the proposed lines, each once, what has happened first.
fn all_triggers(lines: &[Line]) -> Vec<Trigger> {
    let mut all: Vec<Trigger> = Vec::new();
    for trigger in lines
        .iter()
        .filter(|l| l.preselected)
        .flat_map(|l| &l.triggers)
    {
        if !all.iter().any(|known| known.why.says == trigger.why.says) {
            all.push(trigger.clone());
        }
    }
    all.sort_by_key(|trigger| !trigger.happened);
    all
}

fn line(explain: &Explain<'_>, line: &PlanLine) -> Line {
    let knowledge = explain.knowledge;
    let one = &knowledge.interventions[line.intervention];
    let allowed = |t: &&crate::plan::TechniqueSafety| t.status == TechniqueStatus::Allowed;
    let considered = !matches!(line.status, Status::NotIndicated | Status::Against);
    Line {
        intervention: one.id.clone(),
        name: one.name.clone(),
        status: line.status.word().to_owned(),
        reading: reading(explain, one, line),
        preselected: line.preselected,
        role: word(&one.role),
        rung: one.rung,
        aim: word(&one.aim),
        explain: one.explain.clone(),
        wanted: line.wanted,
        tried: tried(explain, one, line),
        acts_on: if considered {
            conditions(explain, &plan::targets::acts_on(explain.assessment, one))
        } else {
            Vec::new()
        },
        ask_first: explain.names(&line.ask_first(knowledge, explain.open)),
        dose: considered.then(|| dose(explain, one)).flatten(),
        who: line
            .team
            .deliverers
            .iter()
            .map(|d| who(explain, d))
            .collect(),
        targets: if considered {
            targets(explain, one, line)
        } else {
            Vec::new()
        },
        advice: advice(explain, one, line),
        safety: safety(explain, one, line),
        techniques: line
            .safety
            .techniques
            .iter()
            .filter(|t| !allowed(t))
            .map(|t| Technique {
                technique: knowledge.techniques.id(t.technique).to_owned(),
                name: knowledge.techniques[t.technique].name.clone(),
                status: t.status.word().to_owned(),
                because: line
                    .safety
                    .because(one, t.technique)
                    .map(|at| one.contraindications[at].label.clone())
                    .collect(),
                // While the line itself waits, its own list says what to ask.
                ask_first: if line.waits() {
                    Vec::new()
                } else {
                    explain.names(&line.safety.ask_before(one, t.technique, explain.open))
                },
            })
            .collect(),
        allowed_techniques: line
            .safety
            .techniques
            .iter()
            .filter(allowed)
            .map(|t| explain.technique(t.technique))
            .collect(),
        together_with: together_with(explain, one, line),
        review_days: considered.then(|| plan::review_of(knowledge, explain.assessment, one)),
        stop_rule: one.stop_rule.clone(),
        triggers: if considered {
            triggers(explain, one)
        } else {
            Vec::new()
        },
    }
}

/// The status in a sentence.
fn reading(explain: &Explain<'_>, one: &Intervention, line: &PlanLine) -> String {
    let knowledge = explain.knowledge;
    match line.status {
        Status::Offered => "offered".into(),
        Status::Conflict => "guidelines disagree: shown side by side, not preselected".into(),
        Status::LastResort => "only at the end of the ladder, after what stands above it".into(),
        Status::Declined => "the patient does not want it".into(),
        Status::Unavailable => {
            let names: Vec<_> = line.team.not_here.iter().map(|p| knowledge.professions[*p].name.to_lowercase()).collect();
            format!("nobody within reach may deliver it here ({})", names.join(", "))
        }
        Status::Against => "advised against".into(),
        Status::NotIndicated => "nobody advises it for this patient".into(),
        Status::NotYet if !line.safety.asks.is_empty() => {
            let says: Vec<_> = line.safety.asks.iter().map(|at| one.contraindications[*at].statement.says.clone()).collect();
            format!("not yet: ask a doctor first. {}", says.join(" "))
        }
        Status::NotYet => format!("not yet: ask {}", names(&explain.names(&line.ask_first(knowledge, explain.open)))),
        Status::Stopped => match &line.stop {
            Some(Stop::Emergency(list)) => format!("stopped: an emergency comes first ({})", conditions(explain, list).join(", ")),
            Some(Stop::Alarms(list)) => format!("stopped: no hands-on care past an uncleared alarm ({})", conditions(explain, list).join(", ")),
            Some(Stop::Contraindicated) => {
                let says: Vec<_> = line.safety.stops.iter().map(|at| one.contraindications[*at].statement.says.clone()).collect();
                format!("stopped: {}", says.join(" "))
            }
            Some(Stop::NoTechnique) => "stopped: every technique of it is stopped".into(),
            Some(Stop::NoActiveCare) => {
                "stopped: passive care is never planned alone, and no active care can be offered now; advice and referral remain".into()
            }
            None => "stopped".into(),
        },
    }
}

fn conditions(explain: &Explain<'_>, list: &[Handle<Condition>]) -> Vec<String> {
    list.iter()
        .map(|c| explain.knowledge.conditions[*c].name.clone())
        .collect()
}

fn tried(explain: &Explain<'_>, one: &Intervention, line: &PlanLine) -> Option<String> {
    let finding = one.tried?;
    let Answers::Choice(codes) = &explain.knowledge.findings[finding].answers else {
        return None;
    };
    codes
        .get(usize::from(line.tried?))
        .map(|code| code.replace('_', " "))
}

fn dose(explain: &Explain<'_>, one: &Intervention) -> Option<Reason> {
    plan::dose(explain.assessment, one)
        .map(|dose| explain.reason(&dose.statement, dose.when.as_ref()))
}

fn who(explain: &Explain<'_>, deliverer: &Deliverer) -> Who {
    let name = |p: Handle<cotreat_knowledge::model::Profession>| {
        explain.knowledge.professions[p].name.clone()
    };
    let leads = explain.knowledge.professions[deliverer.profession].may_lead;
    let guides = if leads {
        Vec::new()
    } else {
        plan::people::guides(explain.episode, explain.knowledge, deliverer.profession)
    };
    let guided = |(_, one): (_, &cotreat_knowledge::model::Profession)| {
        one.guides.contains(&deliverer.profession)
    };
    Who {
        needs_guidance: !leads && explain.knowledge.professions.iter().any(guided),
        profession: explain
            .knowledge
            .professions
            .id(deliverer.profession)
            .to_owned(),
        name: name(deliverer.profession),
        leads,
        guided_by: guides.into_iter().map(name).collect(),
    }
}

fn names(list: &[Named]) -> String {
    list.iter()
        .map(|named| named.name.to_lowercase())
        .collect::<Vec<_>>()
        .join("; ")
}

fn targets(explain: &Explain<'_>, one: &Intervention, line: &PlanLine) -> Vec<Target> {
    let knowledge = explain.knowledge;
    let found = plan::targets::find(explain.assessment, knowledge, one, &line.safety);
    let techniques =
        |list: &[Handle<TechniqueFile>]| list.iter().map(|t| explain.technique(*t)).collect();
    let muscles = found.muscles.iter().map(|target| Target {
        kind: "muscle".to_owned(),
        target: knowledge.muscles.id(target.muscle).to_owned(),
        name: knowledge.muscles[target.muscle].name.clone(),
        because: if target.by_finding {
            "examined"
        } else {
            "pattern"
        }
        .to_owned(),
        techniques: techniques(&target.techniques),
    });
    let joints = found.joints.iter().map(|target| Target {
        kind: "joint".to_owned(),
        target: knowledge.joints.id(target.joint).to_owned(),
        name: knowledge.joints[target.joint].name.clone(),
        because: in_a_sentence(&knowledge.conditions[target.condition].name),
        techniques: techniques(&target.techniques),
    });
    muscles.chain(joints).collect()
}

fn advice(explain: &Explain<'_>, one: &Intervention, line: &PlanLine) -> Vec<Recommendation> {
    let advice = &line.advice;
    let holds = advice
        .favour
        .iter()
        .chain(&advice.against)
        .chain(&advice.neutral)
        .map(|at| (*at, "holds".to_owned()));
    let open = advice
        .open_favour
        .iter()
        .chain(&advice.open_against)
        .map(|at| (*at, "open".to_owned()));
    let bent = advice
        .bent
        .iter()
        .map(|(at, by)| (*at, format!("bent by {}", one.recommendations[*by].label)));
    holds
        .chain(open)
        .chain(bent)
        .map(|(at, state)| {
            let r = &one.recommendations[at];
            Recommendation {
                label: r.label.clone(),
                direction: word(&r.direction),
                strength: r.strength.clone(),
                certainty: r.certainty.clone(),
                why: explain.reason(
                    &r.statement,
                    (state == "holds").then_some(r.when.as_ref()).flatten(),
                ),
                state,
            }
        })
        .collect()
}

fn safety(explain: &Explain<'_>, one: &Intervention, line: &PlanLine) -> Vec<Safety> {
    let safety = &line.safety;
    let mut holds: Vec<usize> = one
        .contraindications
        .iter()
        .enumerate()
        .filter(|(at, c)| {
            !safety.open.contains(at) && c.when.expr.eval(&explain.assessment.state) == Tri::Yes
        })
        .map(|(at, _)| at)
        .collect();
    if matches!(line.status, Status::Against | Status::NotIndicated) {
        holds.clear();
    }
    // What might still hold matters where the line may go ahead.
    let may_go_ahead = matches!(
        line.status,
        Status::Offered | Status::Conflict | Status::NotYet | Status::LastResort
    );
    let open = safety
        .open
        .iter()
        .filter(|_| may_go_ahead)
        .map(|at| (*at, "open"));
    let all = holds.into_iter().map(|at| (at, "holds")).chain(open);
    all.map(|(at, state)| {
        let c = &one.contraindications[at];
        let concerns = match &c.applies_to {
            AppliesTo::Whole => Vec::new(),
            AppliesTo::Techniques(techniques) => {
                techniques.iter().map(|t| explain.technique(*t)).collect()
            }
        };
        Safety {
            label: c.label.clone(),
            level: word(&c.level),
            state: state.to_owned(),
            region: c.region.clone(),
            concerns,
            why: explain.reason(&c.statement, (state == "holds").then_some(&c.when)),
        }
    })
    .collect()
}

fn together_with(explain: &Explain<'_>, one: &Intervention, line: &PlanLine) -> Vec<String> {
    let mut names = Vec::new();
    let partners: Vec<_> = line
        .advice
        .favour
        .iter()
        .flat_map(|at| &one.recommendations[*at].together_with)
        .collect();
    // The strictest partner: where any guideline wants active care beside it, advice alone is not enough.
    let active = partners
        .iter()
        .any(|p| explain.knowledge.interventions[**p].role == Role::Active);
    for partner in partners {
        let other = &explain.knowledge.interventions[*partner];
        if (!active || other.role == Role::Active) && !names.contains(&other.name) {
            names.push(other.name.clone());
        }
    }
    names
}

/// Triggers are about what may come: those that have happened say so.
fn triggers(explain: &Explain<'_>, one: &Intervention) -> Vec<Trigger> {
    one.triggers
        .iter()
        .map(|t| {
            let happened = t
                .when
                .as_ref()
                .is_some_and(|rule| rule.expr.eval(&explain.assessment.state) == Tri::Yes);
            let general = matches!(one.role, Role::Advice | Role::Active);
            Trigger {
                happened,
                general,
                why: explain.reason(&t.statement, t.when.as_ref().filter(|_| happened)),
            }
        })
        .collect()
}
