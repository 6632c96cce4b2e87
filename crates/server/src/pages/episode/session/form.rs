//! The note as a form, and a signed session as it stands.

use cotreat_care::decide::Refusal;
use cotreat_knowledge::Knowledge;
use cotreat_ui::{
    Button, Choice, Evidence, Field, Fields, Tone, Width, callout, details, hidden, tag,
};
use maud::{Markup, Render as _, html};

use super::bench::{Bench, Consent};
use super::carry::{self, Change};
use super::{row, versions};
use crate::clinic::{Form, Opened};
use crate::pages::episode::desk::{Carried, Desk, place};
use crate::pages::episode::timeline;
use crate::pages::episode::work::{self, POSITIONS, PRESSURES, SIDES};

/// The fields of a note outside its rows.
pub(super) struct Ask {
    pub(super) day: Field,
    pub(super) began: Field,
    pub(super) minutes: Field,
    pub(super) pain_before: Field,
    pub(super) pain_after: Field,
    pub(super) spread: Field,
    pub(super) home: Field,
    pub(super) adherence: Field,
    pub(super) safety_said: Field,
    pub(super) harm_what: Field,
    pub(super) reason: Field,
}

impl Ask {
    pub(super) fn of(desk: &Desk<'_>) -> Self {
        let field = |name: &str| Field::new(name, desk.say(&format!("se-{name}")));
        Self {
            day: field("day"),
            began: field("began")
                .hint(desk.say("se-began-hint"))
                .width(Width::Five),
            minutes: field("minutes")
                .unit(desk.say("se-min"))
                .width(Width::Three)
                .range(0.0, 600.0),
            pain_before: field("pain-before"),
            pain_after: field("pain-after"),
            spread: field("spread").hint(desk.say("se-spread-hint")).inline(),
            home: field("home").optional().rows(3),
            adherence: field("adherence")
                .optional()
                .hint(desk.say("se-adherence-hint"))
                .unit("%")
                .width(Width::Three)
                .range(0.0, 100.0),
            safety_said: field("safety-said").rows(4),
            harm_what: field("harm-what").optional().rows(2),
            reason: field("reason").hint(desk.say("se-reason-hint")).rows(2),
        }
    }
}

/// Yes and no.
pub(super) fn yes_no(desk: &Desk<'_>) -> [Choice; 2] {
    [
        Choice::new("no", desk.say("ep-no")),
        Choice::new("yes", desk.say("ep-yes")),
    ]
}

/// The name of the tick that says the patient agrees to an intervention.
pub(super) fn consent(intervention: &str) -> String {
    format!("consent-{intervention}")
}

/// Everything the page shows.
pub(super) struct Shown<'a> {
    pub(super) desk: &'a Desk<'a>,
    pub(super) opened: &'a Opened,
    pub(super) bench: &'a Bench<'a>,
    pub(super) form: &'a Form,
    pub(super) fields: &'a Fields,
    pub(super) refused: &'a [(usize, Refusal)],
}

impl Shown<'_> {
    fn say(&self, id: &str) -> String {
        self.desk.say(id)
    }

    fn is_new(&self) -> bool {
        matches!(self.form, Form::Session)
    }

    /// The whole page.
    pub(super) fn page(&self, carried: &Carried, waits: &Markup) -> Markup {
        let (desk, fields) = (self.desk, self.fields);
        if self.opened.record.closed.is_some() {
            return html! { (self.signed()) p { (self.say("se-closed")) } };
        }
        let asks = Ask::of(desk);
        let word = self.form.word();
        let draft = word.rsplit('/').next().unwrap_or_default();
        html! {
            (fields.summary())
            (self.signed())
            (self.guidance())
            (self.alarms())
            form method="post" action=(desk.at(&format!("/{word}"))) data-autosave=(desk.at(&format!("/drafts/{draft}"))) data-retry id="note" {
                (desk.carry(carried))
                (hidden("rows", &row::count(fields).to_string()))
                // Enter signs; without this the first button of the page would be pressed.
                button class="govuk-visually-hidden" type="submit" name="do" value="sign" tabindex="-1" aria-hidden="true" { (self.say("se-sign")) }
                (waits)
                @if !self.is_new() {
                    h2 class="govuk-heading-m" { (self.say("se-amend")) }
                    (fields.textarea(&asks.reason))
                } @else { (self.since()) }
                div class="ct-line" { (fields.date(&asks.day)) (fields.text(&asks.began)) (fields.number(&asks.minutes)) }
                (fields.scale(&asks.pain_before, 0, 10, &self.say("se-pain-least"), &self.say("se-pain-most")))
                h2 class="govuk-heading-m" id="work" { (self.say("se-work")) }
                @for at in 0..row::count(fields) { (self.row(at)) }
                div class="govuk-button-group" {
                    (Button::new(self.say("se-add-row")).second().sends("do", "row").as_it_is())
                }
                (self.not_offered())
                h2 class="govuk-heading-m" { (self.say("se-response")) }
                (fields.scale(&asks.pain_after, 0, 10, &self.say("se-pain-least"), &self.say("se-pain-most")))
                (fields.radios(&asks.spread, &yes_no(desk)))
                (self.consents())
                (self.safety_net(&asks))
                h2 class="govuk-heading-m" { (self.say("se-home-title")) }
                (fields.textarea(&asks.home))
                (fields.number(&asks.adherence))
                (self.harm(&asks))
                div class="govuk-button-group" {
                    (Button::new(self.say(if self.is_new() { "se-sign" } else { "se-sign-amend" })).sends("do", "sign"))
                    (Button::new(self.say("ep-draft-keep")).second().sends("do", "keep").as_it_is())
                }
            }
        }
    }

    /// A signed session, every version of it.
    fn signed(&self) -> Markup {
        let knowledge = &self.desk.app.clinic.knowledge;
        let all = versions(self.opened, self.form);
        html! {
            @for (at, version) in all.iter().enumerate() {
                @let did = &version.what.did;
                section class="ct-part" {
                    h2 class="govuk-heading-s" {
                        (self.desk.words.say_with(if at == 0 { "se-signed" } else { "se-signed-before" }, &[("by", version.by.name().into()), ("when", self.desk.words.moment(version.at.to_zoned(self.opened.zone.clone()).datetime()).into())]))
                    }
                    @if let Some(reason) = &version.what.reason { p class="ct-typed" { (self.desk.told("se-why", "what", reason.as_str())) } }
                    ul class="ct-plain-list" { @for one in &did.work { li { (work::told(&self.desk.words, knowledge, one)) } } }
                    p {
                        (self.desk.words.say_with("se-told-minutes", &[("n", did.minutes.into())]))
                        @if let (Some(before), Some(after)) = (did.response.pain_before, did.response.pain_after) { " " (self.desk.words.say_with("ev-pain", &[("before", u32::from(before).into()), ("after", u32::from(after).into())])) }
                        @if version.what.stopped { " " (tag(Tone::Stop, &self.say("se-stopped"))) }
                    }
                    @if let Some(home) = &did.home_programme { p class="ct-typed" { (self.desk.told("ev-home", "what", home.as_str())) } }
                }
            }
        }
    }

    /// What whoever referred asks to keep to.
    fn guidance(&self) -> Markup {
        html! {
            @if !self.bench.guidance.is_empty() {
                (callout(&self.say("se-guidance"), html! {
                    ul class="ct-plain-list" {
                        @for one in &self.bench.guidance {
                            li {
                                strong { (one.says) }
                                @let more = self.guided(one);
                                @if !more.is_empty() { br; (more.join("; ")) }
                            }
                        }
                    }
                }))
            }
        }
    }

    /// Where guidance holds, which positions it avoids and who supervises.
    fn guided(&self, one: &cotreat_care::event::Guidance) -> Vec<String> {
        let knowledge = &self.desk.app.clinic.knowledge;
        let mut more: Vec<String> = one.at.iter().map(|at| work::place(knowledge, at)).collect();
        let avoid = one.avoid.iter();
        more.extend(
            avoid.map(|position| self.say(&format!("se-avoid-{}", work::position(*position)))),
        );
        let supervisor = one.supervisor.iter();
        more.extend(supervisor.map(|id| self.desk.told("se-supervisor", "by", self.called(id))));
        more
    }

    /// The name of somebody who did something in this episode.
    fn called(&self, id: &str) -> String {
        let found = self
            .opened
            .events
            .iter()
            .find(|one| one.by.id() == Some(id));
        found.map_or_else(|| id.to_owned(), |one| one.by.name().to_owned())
    }

    /// Alarms that stop hands-on care stand above everything.
    fn alarms(&self) -> Markup {
        let stops = &self.opened.appraisal.plan.hands_on_stopped_by;
        html! {
            @if !stops.is_empty() {
                (callout(&self.say("se-alarm"), html! { p { (stops.join(", ")) ". " a class="govuk-link" href=(self.desk.at("#alarms")) { (self.say("se-alarm-see")) } } }))
            }
        }
    }

    /// What is new since the last visit.
    fn since(&self) -> Markup {
        const SHOWN: usize = 5;
        let Some(last) = carry::last(self.desk, self.opened) else {
            return html! { p class="govuk-hint" { (self.say("se-first")) } };
        };
        let knowledge: &Knowledge = &self.desk.app.clinic.knowledge;
        let after = usize::try_from(last.nth)
            .unwrap_or(usize::MAX)
            .saturating_add(1);
        let new = self.opened.events.iter().skip(after).rev();
        let moments = timeline::moments(&self.desk.words, knowledge, &self.opened.zone, new);
        let since = self.desk.words.date(last.day);
        html! {
            p class="govuk-hint" { (self.desk.words.say_with("se-carried", &[("when", since.into()), ("by", last.by.name().into())])) }
            @if !moments.is_empty() {
                (details(&self.desk.words.say_with("se-since", &[("n", moments.len().into())]), cotreat_ui::timeline(&moments[..moments.len().min(SHOWN)])))
            }
        }
    }

    fn techniques(&self) -> Vec<Choice> {
        let knowledge = &self.desk.app.clinic.knowledge;
        let called = |one: &cotreat_knowledge::model::Technique| {
            format!(
                "{} – {}",
                knowledge.interventions[one.intervention].name, one.name
            )
        };
        let mut all: Vec<Choice> = self
            .bench
            .offered
            .iter()
            .map(|one| Choice::new(&one.id, called(one)))
            .collect();
        let over = self.bench.with_override.iter();
        all.extend(over.map(|(one, _)| {
            Choice::new(
                &one.id,
                self.desk.told("se-override-choice", "what", called(one)),
            )
        }));
        all
    }

    fn targets(&self) -> Vec<Choice> {
        let knowledge = &self.desk.app.clinic.knowledge;
        let mut muscles: Vec<(&str, &str)> = knowledge
            .muscles
            .iter()
            .map(|(_, one)| (one.id.as_str(), one.name.as_str()))
            .collect();
        let mut joints: Vec<(&str, &str)> = knowledge
            .joints
            .iter()
            .map(|(_, one)| (one.id.as_str(), one.name.as_str()))
            .collect();
        muscles.sort_by_key(|(_, name)| *name);
        joints.sort_by_key(|(_, name)| *name);
        muscles
            .into_iter()
            .chain(joints)
            .map(|(id, name)| Choice::new(id, name))
            .collect()
    }

    fn row(&self, at: usize) -> Markup {
        let (desk, fields) = (self.desk, self.fields);
        let number = (at + 1).to_string();
        let field =
            |part: &str| Field::new(row::name(part, at), desk.say(&format!("se-row-{part}")));
        let words = |prefix: &str, list: &[&str]| -> Vec<Choice> {
            list.iter()
                .map(|word| Choice::new(*word, desk.say(&format!("{prefix}-{word}"))))
                .collect()
        };
        let mut techniques = self.techniques();
        let chosen = fields.get(&row::name("technique", at));
        let known = self.bench.offered.iter().any(|one| one.id == chosen)
            || self
                .bench
                .with_override
                .iter()
                .any(|(one, _)| one.id == chosen);
        if !chosen.is_empty() && !known {
            // What was carried forward or typed stays, and is refused when it is sent.
            let name = timeline::name(&desk.app.clinic.knowledge.techniques, chosen, |one| {
                &one.name
            });
            techniques.push(Choice::new(
                chosen,
                desk.told("se-refused-choice", "what", name),
            ));
        }
        let refused: Vec<&Refusal> = self
            .refused
            .iter()
            .filter(|(row, _)| *row == at)
            .map(|(_, refusal)| refusal)
            .collect();
        let over = self
            .bench
            .with_override
            .iter()
            .find(|(one, _)| one.id == chosen)
            .map(|(_, refusal)| refusal);
        let asks_override = over.is_some() || !fields.get(&row::name("override", at)).is_empty();
        let title = format!("row-{at}");
        let last = if self.is_new() {
            carry::last(desk, self.opened)
        } else {
            None
        };
        html! {
            div class="ct-work" role="group" aria-labelledby=(title) {
                div class="ct-work__head" {
                    h3 class="govuk-heading-s" id=(title) { (desk.told("se-row", "n", number)) }
                    @match carry::changed(last, fields, at) {
                        Change::None => {}
                        Change::Same => (tag(Tone::Plain, &self.say("se-same"))),
                        Change::New => (tag(Tone::Known, &self.say("se-new"))),
                        Change::Different(before) => { (tag(Tone::Watch, &self.say("se-different"))) " " span class="ct-quiet" { (desk.told("se-before", "what", before)) } }
                    }
                }
                @for refusal in &refused { (desk.refusal(refusal)) }
                @if refused.is_empty() { @if let Some(over) = over { (desk.refusal(over)) } }
                div class="ct-work__fields" {
                    (fields.select(&field("technique"), &techniques))
                    (fields.select(&field("target"), &self.targets()))
                    (fields.select(&field("side"), &words("se-side", &SIDES.map(|(_, word)| word))))
                    (fields.text(&field("direction").width(Width::Twenty).most(200)))
                    (fields.number(&field("minutes").width(Width::Three).range(0.0, 600.0)))
                    (fields.select(&field("pressure"), &words("se-pressure", &PRESSURES)))
                    (fields.select(&field("position"), &words("se-position", &POSITIONS.map(|(_, word)| word))))
                    @if !fields.get(&row::name("more", at)).is_empty() { (fields.text(&field("more").width(Width::Twenty).most(500))) }
                }
                @if asks_override { (fields.textarea(&field("override").rows(2))) }
                @if row::count(fields) > 1 { (Button::new(desk.told("se-remove-row", "n", (at + 1).to_string())).second().sends("do", format!("remove-{at}")).as_it_is()) }
            }
        }
    }

    /// What is refused today, with the reason, so that nobody has to try.
    fn not_offered(&self) -> Markup {
        let count: usize = self
            .bench
            .refused
            .iter()
            .map(|(_, techniques)| techniques.len())
            .sum();
        let count = count + self.bench.with_override.len();
        html! {
            @if count > 0 {
                (details(&self.desk.words.say_with("se-not-offered", &[("n", count.into())]), html! {
                    @for (refusal, techniques) in &self.bench.refused {
                        p { strong { (techniques.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")) } }
                        (self.desk.refusal(refusal))
                    }
                    @for (technique, refusal) in &self.bench.with_override {
                        p { strong { (technique.name) } }
                        (self.desk.refusal(refusal))
                    }
                }))
            }
            @if self.bench.out_of_scope > 0 { p class="govuk-hint" { (self.desk.words.say_with("se-out-of-scope", &[("n", self.bench.out_of_scope.into())])) } }
        }
    }

    /// Consent to each intervention in one tap, its risks named.
    fn consents(&self) -> Markup {
        html! {
            @if !self.bench.consents.is_empty() {
                h2 class="govuk-heading-m" { (self.say("se-consent")) }
                @for one in &self.bench.consents { (self.consent(one)) }
                (self.fields.tick(&Field::new("representative", self.say("se-representative")), "yes"))
            }
        }
    }

    fn consent(&self, one: &Consent<'_>) -> Markup {
        let knowledge = &self.desk.app.clinic.knowledge;
        let label = self.desk.told(
            "se-consent-to",
            "what",
            one.intervention.name.to_lowercase(),
        );
        html! {
            div class="ct-question" {
                (self.fields.tick(&Field::new(consent(&one.intervention.id), label), "yes"))
                @for risk in &one.risks {
                    @let source = risk.statement.source.map_or_else(|| self.say("ep-basis-expert"), |source| knowledge.sources[source].short.clone());
                    @let file = format!("{}:{}", risk.statement.place.file, risk.statement.place.line);
                    (Evidence { words: &self.desk.words, says: risk.statement.says.clone(), weight: None, sentence: risk.statement.says.clone(), source, place: place(&risk.statement.location, &file) }.render())
                }
            }
        }
    }

    /// When to come back at once, in one tap.
    fn safety_net(&self, asks: &Ask) -> Markup {
        html! {
            h2 class="govuk-heading-m" { (self.say("se-safety")) }
            (self.fields.tick(&Field::new("safety-net", self.say("se-safety-net")), "yes"))
            @if self.is_new() {
                (details(&self.say("se-safety-open"), html! {
                    (self.fields.textarea(&asks.safety_said))
                    (self.fields.tick(&Field::new("safety-written", self.say("se-safety-written")), "yes"))
                }))
            }
        }
    }

    /// What went wrong.
    fn harm(&self, asks: &Ask) -> Markup {
        let desk = self.desk;
        let lists: [(&str, &[&str]); 4] = [
            ("harm-seriousness", &["not_serious", "serious"]),
            ("harm-severity", &["mild", "moderate", "severe"]),
            (
                "harm-relatedness",
                &["unrelated", "unlikely", "possible", "probable", "definite"],
            ),
            ("harm-expectedness", &["expected", "unexpected"]),
        ];
        let inside = html! {
            (self.fields.textarea(&asks.harm_what))
            @for (name, words) in lists {
                @let choices: Vec<Choice> = words.iter().map(|word| Choice::new(*word, desk.say(&format!("se-{name}-{word}")))).collect();
                (self.fields.radios(&Field::new(name, desk.say(&format!("se-{name}"))).inline(), &choices))
            }
        };
        let open = !self.fields.get("harm-what").is_empty();
        html! {
            @if open { h2 class="govuk-heading-m" { (self.say("se-harm")) } (inside) } @else { (details(&self.say("se-harm"), inside)) }
        }
    }
}
