//! A plan as it was sent.

use cotreat_care::decide::Act;
use cotreat_care::event::{Override, Plan, PlanAgreed, PlanRevised, PlannedLine};
use cotreat_ui::Fields;

use super::form::{self, Ask};
use crate::clinic::{Opened, who};
use crate::pages::episode::desk::Desk;
use crate::pages::episode::shared;

/// Agreeing it, or revising the one in force, with the intervention of each line. `None`: something is not right, and its field says what.
pub(super) fn plan(
    desk: &Desk<'_>,
    opened: &Opened,
    fields: &mut Fields,
) -> Option<(Act, Vec<String>)> {
    let asks = Ask::of(desk);
    let goals = lines(&fields.read_text(&asks.goals).unwrap_or_default());
    let review = fields.read_date(&asks.review);
    let mut earlier_if: Vec<String> = fields.all("earlier").to_vec();
    earlier_if.extend(lines(&fields.read_text(&asks.more).unwrap_or_default()));
    let in_force = opened.record.plan_in_force();
    let reason = in_force.and_then(|_| fields.read_text(&asks.reason));
    let mut planned = Vec::new();
    let considered = form::considered(desk, opened, fields);
    for one in considered
        .iter()
        .filter(|one| fields.get(&form::name("in", one.id())) == "yes")
        .map(|one| one.id().to_owned())
        .collect::<Vec<_>>()
    {
        let line = opened
            .appraisal
            .plan
            .lines
            .iter()
            .find(|line| line.intervention == one);
        if let Some(line) = line
            && line.status == "not_yet"
            && !line.ask_first.is_empty()
        {
            fields.wrong(
                form::name("in", &one),
                format!("{}: {}", line.name, shared::asks(desk, line)),
            );
        }
        planned.push(read_line(desk, opened, fields, one));
    }
    if planned.is_empty() && fields.is_right() {
        let first = considered.first().map_or("", |one| one.id());
        fields.wrong(form::name("in", first), desk.say("pl-no-line"));
    }
    if !fields.is_right() {
        return None;
    }
    let ids = planned
        .iter()
        .map(|line| line.intervention.clone())
        .collect();
    let plan = Plan {
        goals,
        lines: planned,
        review,
        earlier_if,
    };
    let act = match reason {
        Some(reason) => Act::RevisePlan(PlanRevised { plan, reason }),
        None => Act::AgreePlan(PlanAgreed { plan }),
    };
    Some((act, ids))
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

fn read_line(
    desk: &Desk<'_>,
    opened: &Opened,
    fields: &Fields,
    intervention: String,
) -> PlannedLine {
    let text = |part: &str| {
        let text = fields
            .get(&form::name(part, &intervention))
            .trim()
            .to_owned();
        Some(text).filter(|text| !text.is_empty())
    };
    let deliverer = text("by");
    let before = opened.record.plan_in_force().and_then(|plan| {
        plan.lines
            .iter()
            .find(|line| line.intervention == intervention)
    });
    // Whoever was named stays while the profession does.
    let practitioner = before
        .filter(|line| line.deliverer == deliverer)
        .and_then(|line| line.practitioner.clone());
    let by = who(&desk.signed.caller.viewer).name().to_owned();
    PlannedLine {
        techniques: fields.all(&form::name("tech", &intervention)).to_vec(),
        deliverer,
        practitioner,
        guided_by: text("guide"),
        dose: text("dose"),
        overridden: text("over").map(|reason| Override { reason, by }),
        intervention,
    }
}
