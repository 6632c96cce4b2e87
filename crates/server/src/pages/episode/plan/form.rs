//! The plan as a form: proposed lines first, then what is possible, what must be asked first, what is stopped, and anything else by hand.

use std::collections::BTreeSet;

use cotreat_care::appraisal::Line;
use cotreat_care::decide::Refusal;
use cotreat_care::event::PlannedLine;
use cotreat_knowledge::Handle;
use cotreat_knowledge::model::{Intervention, Profession};
use cotreat_ui::{Button, Choice, Field, Fields, details, hidden, tag};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::clinic::{Opened, who};
use crate::pages::episode::aside::part;
use crate::pages::episode::desk::{Carried, Desk};
use crate::pages::episode::fact;
use crate::pages::episode::shared;
use crate::pages::episode::timeline::name as called;

/// The name of a field of a line.
pub(super) fn name(part: &str, intervention: &str) -> String {
    format!("{part}-{intervention}")
}

/// The fields of a plan outside its lines.
pub(super) struct Ask {
    pub(super) goals: Field,
    pub(super) review: Field,
    pub(super) more: Field,
    pub(super) reason: Field,
}

impl Ask {
    pub(super) fn of(desk: &Desk<'_>) -> Self {
        let field = |name: &str| Field::new(name, desk.say(&format!("pl-{name}")));
        Self {
            goals: field("goals").hint(desk.say("pl-goals-hint")).rows(3),
            review: field("review"),
            more: field("more")
                .optional()
                .hint(desk.say("pl-more-hint"))
                .rows(2),
            reason: field("reason").rows(2),
        }
    }
}

/// A line that can be agreed: as the appraisal has it, or chosen by hand.
pub(super) enum Considered<'a> {
    /// The appraisal says something about it.
    Known(&'a Line),
    /// It was added by hand, or stands in the plan in force.
    ByHand(&'a Intervention),
}

impl Considered<'_> {
    /// Id of the intervention.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Known(line) => &line.intervention,
            Self::ByHand(one) => &one.id,
        }
    }
}

/// Every line that the form has, in the order of the appraisal.
pub(super) fn considered<'a>(
    desk: &'a Desk<'_>,
    opened: &'a Opened,
    fields: &Fields,
) -> Vec<Considered<'a>> {
    let knowledge = &desk.app.clinic.knowledge;
    let plan = opened.record.plan_in_force();
    let extra: BTreeSet<&str> = plan
        .iter()
        .flat_map(|plan| plan.lines.iter().map(|line| line.intervention.as_str()))
        .chain(fields.all("extra").iter().map(String::as_str))
        .collect();
    let mut all = Vec::new();
    for line in &opened.appraisal.plan.lines {
        let said = !matches!(line.status.as_str(), "not_indicated" | "against");
        if said || extra.contains(line.intervention.as_str()) {
            all.push(Considered::Known(line));
        }
    }
    // While the program has nothing to say about a patient it has no lines either; people still plan.
    for id in extra {
        if !all.iter().any(|one| one.id() == id)
            && let Some(one) = knowledge.interventions.get(id)
        {
            all.push(Considered::ByHand(one));
        }
    }
    all
}

/// What an empty form begins with: the plan in force, else what is proposed.
pub(super) fn fresh(desk: &Desk<'_>, opened: &Opened, fields: &mut Fields) {
    let plan = opened.record.plan_in_force();
    let goals = plan.map_or(&opened.appraisal.plan.goals, |plan| &plan.goals);
    fields.set("goals", goals.join("\n"));
    let proposed = opened
        .appraisal
        .plan
        .review_on
        .as_deref()
        .and_then(|day| day.parse::<Date>().ok());
    let review = plan
        .and_then(|plan| plan.review)
        .filter(|day| *day > opened.today);
    if let Some(review) = review.or(proposed) {
        fields.set_date("review", review);
    }
    let triggers = opened
        .appraisal
        .plan
        .triggers
        .iter()
        .map(|trigger| &trigger.why.says);
    let earlier: Vec<&String> = match plan {
        Some(plan) => plan.earlier_if.iter().collect(),
        None => triggers.clone().collect(),
    };
    for says in &earlier {
        if triggers.clone().any(|known| known == *says) {
            fields.add("earlier", says.as_str());
        }
    }
    let own: Vec<&str> = earlier
        .iter()
        .filter(|says| !triggers.clone().any(|known| known == **says))
        .map(|says| says.as_str())
        .collect();
    fields.set("more", own.join("\n"));
    for line in &opened.appraisal.plan.lines {
        defaults(desk, fields, line);
        if plan.is_none() && line.preselected && line.status == "offered" {
            fields.set(name("in", &line.intervention), "yes");
        }
    }
    for line in plan.iter().flat_map(|plan| &plan.lines) {
        put(fields, line);
    }
}

fn put(fields: &mut Fields, line: &PlannedLine) {
    let id = &line.intervention;
    fields.set(name("in", id), "yes");
    for (part, value) in [
        ("by", &line.deliverer),
        ("guide", &line.guided_by),
        ("dose", &line.dose),
    ] {
        fields.set(name(part, id), value.clone().unwrap_or_default());
    }
    for technique in &line.techniques {
        fields.add(name("tech", id), technique.as_str());
    }
    if let Some(over) = &line.overridden {
        fields.set(name("over", id), over.reason.as_str());
    }
}

/// Whoever plans delivers it where they may; how much is what the knowledge says.
fn defaults(desk: &Desk<'_>, fields: &mut Fields, line: &Line) {
    let me = who(&desk.signed.caller.viewer);
    let mine = line
        .who
        .iter()
        .find(|one| Some(one.profession.as_str()) == me.profession());
    if let Some(by) = mine.or_else(|| line.who.first()) {
        fields.set(name("by", &line.intervention), by.profession.as_str());
    }
    if let Some(dose) = &line.dose {
        fields.set(name("dose", &line.intervention), dose.says.as_str());
    }
}

/// Everything the page shows.
pub(super) struct Shown<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) opened: &'a Opened,
    pub(super) fields: &'a Fields,
    pub(super) refused: &'a [(String, Refusal)],
}

impl Shown<'_> {
    fn say(&self, id: &str) -> String {
        self.desk.say(id)
    }

    /// The whole page.
    pub(super) fn page(&self, carried: &Carried, waits: &Markup) -> Markup {
        let (desk, fields, opened) = (self.desk, self.fields, self.opened);
        if opened.record.closed.is_some() {
            return html! { p { (self.say("se-closed")) } };
        }
        let asks = Ask::of(desk);
        let all = considered(desk, opened, fields);
        let ticked = |one: &Considered<'_>| fields.get(&name("in", one.id())) == "yes";
        let status = |one: &Considered<'_>| match one {
            Considered::Known(line) => line.status.clone(),
            Considered::ByHand(_) => "offered".to_owned(),
        };
        let preselected =
            |one: &Considered<'_>| matches!(one, Considered::Known(line) if line.preselected);
        let first: Vec<&Considered<'_>> = all
            .iter()
            .filter(|one| ticked(one) || preselected(one))
            .collect();
        let chosen = |one: &&Considered<'_>| !ticked(one) && !preselected(one);
        let possible: Vec<&Considered<'_>> = all
            .iter()
            .filter(chosen)
            .filter(|one| matches!(status(one).as_str(), "offered" | "conflict" | "last_resort"))
            .collect();
        let not_yet: Vec<&Considered<'_>> = all
            .iter()
            .filter(chosen)
            .filter(|one| status(one) == "not_yet")
            .collect();
        let stopped: Vec<&Considered<'_>> = all
            .iter()
            .filter(chosen)
            .filter(|one| {
                matches!(
                    status(one).as_str(),
                    "stopped" | "declined" | "unavailable" | "against" | "not_indicated"
                )
            })
            .collect();
        html! {
            (fields.summary())
            (self.heard())
            form method="post" action=(desk.at("/plan")) data-autosave=(desk.at("/drafts/plan")) data-retry {
                (desk.carry(carried))
                @for extra in fields.all("extra") { (hidden("extra", extra)) }
                (waits)
                h2 class="govuk-heading-m" { (self.say("pl-what-for")) }
                (fields.textarea(&asks.goals))
                h2 class="govuk-heading-m" id="proposed" { (self.say("pl-proposed")) }
                @if let Some(first) = &opened.appraisal.plan.sequence { p class="govuk-hint" { (first) } }
                @if first.is_empty() { p { (self.say("pl-nothing-proposed")) } }
                @for one in first { (self.line(one)) }
                @if !not_yet.is_empty() {
                    h2 class="govuk-heading-m" { (self.say("ep-not-yet")) }
                    (self.not_yet(&not_yet))
                }
                @if !possible.is_empty() { (details(&desk.words.say_with("pl-possible", &[("n", possible.len().into())]), html! { @for one in possible { (self.line(one)) } })) }
                @if !stopped.is_empty() { (details(&desk.words.say_with("ep-not-offered", &[("n", stopped.len().into())]), html! { @for one in stopped { (self.line(one)) } })) }
                (self.add(&all))
                h2 class="govuk-heading-m" { (self.say("pl-until")) }
                (fields.date(&asks.review))
                (self.earlier())
                (fields.textarea(&asks.more))
                @if opened.record.plan_in_force().is_some() { (fields.textarea(&asks.reason)) }
                div class="govuk-button-group" {
                    (Button::new(self.say(if opened.record.plan_in_force().is_some() { "pl-revise" } else { "pl-agree" })).sends("do", "agree"))
                    (Button::new(self.say("ep-draft-keep")).second().sends("do", "keep").as_it_is())
                }
            }
        }
    }

    /// What the patient wants, and what was tried before.
    fn heard(&self) -> Markup {
        let knowledge = &self.desk.app.clinic.knowledge;
        let tried = self
            .opened
            .appraisal
            .plan
            .lines
            .iter()
            .filter_map(|line| Some(format!("{} ({})", line.name, line.tried.as_ref()?)));
        let tried: Vec<String> = tried.collect();
        let wishes = self.opened.record.wishes.last().map(|noted| &noted.what);
        let names = |ids: &[String]| {
            ids.iter()
                .map(|id| called(&knowledge.interventions, id, |one| &one.name))
                .collect::<Vec<_>>()
                .join(", ")
        };
        if tried.is_empty() && wishes.is_none() && self.opened.record.elsewhere.is_empty() {
            return html! { p class="govuk-hint" { (self.say("pl-nothing-heard")) } };
        }
        let inside = html! {
            ul class="ct-plain-list" {
                @if let Some(wishes) = wishes {
                    @if !wishes.wants.is_empty() { li { (self.desk.told("ep-wants", "what", names(&wishes.wants))) } }
                    @if !wishes.declines.is_empty() { li { (self.desk.told("ep-declines", "what", names(&wishes.declines))) } }
                    @if let Some(expects) = wishes.expectation { li { (self.desk.words.say_with("ep-expects", &[("n", u32::from(expects).into())])) } }
                }
                @if !tried.is_empty() { li { (self.desk.told("ep-tried", "what", tried.join(", "))) } }
                @for one in &self.opened.record.elsewhere { li { (self.desk.told("ev-elsewhere", "what", called(&knowledge.interventions, &one.what.what, |i| &i.name))) @if let Some(note) = &one.what.note { ", " (note) } } }
            }
        };
        part("heard", &self.say("pl-heard"), inside)
    }

    fn line(&self, one: &Considered<'_>) -> Markup {
        let (desk, fields) = (self.desk, self.fields);
        let knowledge = &desk.app.clinic.knowledge;
        let id = one.id();
        let refused: Vec<&Refusal> = self
            .refused
            .iter()
            .filter(|(line, _)| line == id)
            .map(|(_, refusal)| refusal)
            .collect();
        let Some(handle) = knowledge.interventions.find(id) else {
            return html! {};
        };
        let intervention = &knowledge.interventions[handle];
        let over = match one {
            Considered::Known(line) => matches!(line.status.as_str(), "stopped" | "not_yet"),
            Considered::ByHand(_) => false,
        };
        let asks_override =
            over || !refused.is_empty() || !fields.get(&name("over", id)).is_empty();
        let label = desk.told("pl-in", "what", intervention.name.as_str());
        html! {
            article class="ct-plan-line" {
                div class="ct-plan-line__head" {
                    h3 class="ct-plan-line__what" { (intervention.name) }
                    @if let Considered::Known(line) = one { (tag(shared::tone(&line.status), &desk.say(&format!("ep-status-{}", line.status)))) }
                }
                p class="ct-plan-line__why" { (intervention.explain) }
                @if let Considered::Known(line) = one { p class="ct-plan-line__why" { (shared::why(desk, line)) } }
                @for refusal in &refused { (desk.refusal(refusal)) }
                (fields.tick(&Field::new(name("in", id), label), "yes"))
                div class="ct-work__fields" {
                    (fields.select(&Field::new(name("by", id), desk.say("pl-by")), &self.deliverers(handle)))
                    @let guides = self.guides(handle);
                    @if !guides.is_empty() { (fields.select(&Field::new(name("guide", id), desk.say("pl-guide")).optional(), &guides)) }
                }
                (fields.textarea(&Field::new(name("dose", id), desk.say("pl-dose")).optional().rows(2)))
                (self.techniques(one, intervention))
                @if asks_override { (fields.textarea(&Field::new(name("over", id), desk.say("pl-over")).optional().hint(desk.say("pl-over-hint")).rows(2))) }
                @if let Considered::Known(line) = one { (shared::folded(desk, &shared::reasons(desk, line))) }
            }
        }
    }

    /// Professions that may deliver it here.
    fn deliverers(&self, handle: Handle<Intervention>) -> Vec<Choice> {
        let knowledge = &self.desk.app.clinic.knowledge;
        let jurisdiction = self.opened.record.jurisdiction();
        let may = |one: &Profession| {
            one.scope(jurisdiction)
                .is_some_and(|(_, scope)| scope.allows(handle))
        };
        let all = knowledge.interventions[handle]
            .delivered_by
            .iter()
            .map(|one| &knowledge.professions[*one]);
        all.filter(|one| may(one))
            .map(|one| Choice::new(&one.id, &one.name))
            .collect()
    }

    /// Professions that may guide one of them.
    fn guides(&self, handle: Handle<Intervention>) -> Vec<Choice> {
        let knowledge = &self.desk.app.clinic.knowledge;
        let deliverers = &knowledge.interventions[handle].delivered_by;
        let guides = knowledge
            .professions
            .iter()
            .filter(|(_, one)| one.guides.iter().any(|guided| deliverers.contains(guided)));
        guides
            .map(|(_, one)| Choice::new(&one.id, &one.name))
            .collect()
    }

    /// Techniques that are not stopped, to be named where they are agreed.
    fn techniques(&self, one: &Considered<'_>, intervention: &Intervention) -> Markup {
        let knowledge = &self.desk.app.clinic.knowledge;
        let choices: Vec<Choice> = match one {
            Considered::Known(line) => {
                let adapted = line.techniques.iter().filter(|one| one.status == "adapted");
                let adapted = adapted.map(|one| {
                    Choice::new(
                        &one.technique,
                        self.desk.told("pl-adapted", "what", one.name.as_str()),
                    )
                });
                line.allowed_techniques
                    .iter()
                    .map(|one| Choice::new(&one.id, &one.name))
                    .chain(adapted)
                    .collect()
            }
            Considered::ByHand(_) => intervention
                .techniques
                .iter()
                .map(|one| &knowledge.techniques[*one])
                .map(|one| Choice::new(&one.id, &one.name))
                .collect(),
        };
        html! {
            @if !choices.is_empty() {
                @let field = Field::new(name("tech", &intervention.id), self.say("pl-techniques")).optional();
                (details(&self.say("pl-techniques"), self.fields.checkboxes(&field, &choices)))
            }
        }
    }

    /// "Not yet: ask X", with X right there. Such a line has no tick.
    fn not_yet(&self, lines: &[&Considered<'_>]) -> Markup {
        let (desk, fields) = (self.desk, self.fields);
        let knowledge = &desk.app.clinic.knowledge;
        let mut asked = BTreeSet::new();
        html! {
            @for one in lines {
                @if let Considered::Known(line) = one {
                    @if line.ask_first.is_empty() { (self.line(one)) } @else {
                        article class="ct-plan-line" {
                            div class="ct-plan-line__head" {
                                h3 class="ct-plan-line__what" { (line.name) }
                                (tag(shared::tone(&line.status), &desk.say("ep-status-not_yet")))
                            }
                            p class="ct-plan-line__why" { (shared::asks(desk, line)) }
                            (self.error_in(line))
                            @for named in &line.ask_first {
                                @if asked.insert(named.id.clone()) {
                                    @if let Some(finding) = knowledge.findings.get(&named.id) { (fact::ask(desk, fields, finding, "")) }
                                    @else { p { a class="govuk-link" href=(desk.at(&format!("/measures/{}", named.id))) { (named.name) } } }
                                }
                            }
                            (shared::folded(desk, &shared::reasons(desk, line)))
                        }
                    }
                }
            }
            (Button::new(self.say("pl-answers")).second().sends("do", "answers").as_it_is())
        }
    }

    /// Where the summary leads when somebody sends a line that cannot be agreed yet.
    fn error_in(&self, line: &Line) -> Markup {
        let id = name("in", &line.intervention);
        html! {
            @if self.fields.get(&id) == "yes" { p class="govuk-error-message" id=(id) tabindex="-1" { (shared::asks(self.desk, line)) } }
        }
    }

    fn add(&self, all: &[Considered<'_>]) -> Markup {
        let knowledge = &self.desk.app.clinic.knowledge;
        let others = knowledge
            .interventions
            .iter()
            .filter(|(_, one)| !all.iter().any(|known| known.id() == one.id));
        let choices: Vec<Choice> = others
            .map(|(_, one)| Choice::new(&one.id, &one.name))
            .collect();
        html! {
            div class="ct-line" {
                (self.fields.select(&Field::new("add", self.say("pl-add")), &choices))
                (Button::new(self.say("pl-add-it")).second().sends("do", "add").as_it_is())
            }
        }
    }

    /// What calls for an earlier review, as the knowledge has it.
    fn earlier(&self) -> Markup {
        let triggers = &self.opened.appraisal.plan.triggers;
        let choices: Vec<Choice> = triggers
            .iter()
            .map(|one| Choice::new(&one.why.says, &one.why.says))
            .collect();
        html! { @if !choices.is_empty() { (self.fields.checkboxes(&Field::new("earlier", self.say("pl-earlier")), &choices)) } }
    }
}
