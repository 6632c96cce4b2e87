//! The public page of a clinic: whom to see first. It asks for what may need help soon before anything else, says what fits, and keeps nothing until somebody leaves their name.
//!
//! What was answered travels with the form from page to page; only the last page writes.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cotreat_care::appraisal::Appraisal;
use cotreat_care::intake::{Intake, Page as Given};
use cotreat_people::Identity;
use cotreat_people::identity::is_email;
use cotreat_ui::{Field, Fields, Frame, Kind, Width, Words, button, callout, hidden, inset, panel};
use maud::{Markup, html};

use super::intake::card::Card;
use super::intake::{show, typed};
use crate::clinic::{Left, OpenHouse, inquiry_key};
use crate::web::{App, OpenForm, Page, Peer, Problem, Reads};

/// More pages than anybody gets: a form that tells of more was not made here.
const MOST_PAGES: usize = 60;
/// What is said of a clinic that does not know who reads.
const UNKNOWN: [&str; 2] = ["start-card-clinic", "start-card-nothing-kept"];

struct Here<'a> {
    app: &'a App,
    house: OpenHouse,
    words: Words,
}

impl<'a> Here<'a> {
    async fn of(app: &'a App, organisation: &str, words: Words) -> Result<Self, Problem> {
        Ok(Self {
            house: app.clinic.open_house(organisation).await?,
            app,
            words,
        })
    }

    fn card(&self) -> Card<'_> {
        Card {
            words: &self.words,
            knowledge: &self.app.clinic.knowledge,
            jurisdiction: &self.house.jurisdiction,
        }
    }

    fn address(&self) -> String {
        format!("/start/{}", self.house.organisation)
    }

    fn frame(&self, title: impl Into<String>) -> Frame {
        Frame::new(&self.words, title).clinic(&self.house.name)
    }

    /// Gives the next page about safety, if there is one.
    fn give_next(&self, intake: &mut Intake) -> bool {
        let knowledge = &self.app.clinic.knowledge;
        let next = intake.next_for_safety(&self.house.record, knowledge, self.house.today);
        let given = next.is_some();
        intake.pages.extend(next);
        given
    }

    /// What was answered, as it travels with the form.
    fn carried(&self, intake: &Intake) -> Markup {
        hidden("told", &serde_json::to_string(intake).unwrap_or_default())
    }
}

/// `GET /start/{organisation}`: what this is.
///
/// # Errors
/// There is no such clinic, or a fault.
pub async fn show(
    State(app): State<App>,
    Path(organisation): Path<String>,
    Reads(words): Reads,
) -> Result<Page, Problem> {
    let here = Here::of(&app, &organisation, words).await?;
    let words = &here.words;
    let body = html! {
        p class="govuk-body-l" { (words.say_with("start-lead", &[("clinic", here.house.name.as_str().into())])) }
        ul class="govuk-list govuk-list--bullet" {
            @for word in ["start-first", "start-then", "start-kept"] { li { (words.say(word)) } }
        }
        @if words.lang() != cotreat_ui::Lang::En { p class="govuk-body" { (words.say("knowledge-in-english")) } }
        (here.card().not_for_emergencies())
        form method="post" action=(here.address()) {
            (here.carried(&Intake::default()))
            (button(&words.say("intake-start")))
        }
    };
    let frame = here.frame(words.say("start-title")).at(here.address());
    Ok(Page::whole(frame.page(body)))
}

/// What was told so far, out of the form.
fn told(fields: &Fields) -> Result<Intake, Problem> {
    let read = serde_json::from_str::<Intake>(fields.get("told")).ok();
    read.filter(|intake| intake.pages.len() <= MOST_PAGES)
        .ok_or_else(|| Problem::said(StatusCode::BAD_REQUEST, "problem-form", "problem-form-says"))
}

/// `POST /start/{organisation}`: takes the answers of a page, and shows the next one or what fits.
///
/// # Errors
/// There is no such clinic, the form was not made here, or a fault.
pub async fn answer(
    State(app): State<App>,
    Path(organisation): Path<String>,
    Reads(words): Reads,
    from: Peer,
    OpenForm(sent): OpenForm<Vec<(String, String)>>,
) -> Result<Page, Problem> {
    app.identity.may_ask(from.0, app.clinic.clock.now())?;
    let here = Here::of(&app, &organisation, words).await?;
    let mut fields = Fields::sent(&here.words, sent);
    let mut intake = told(&fields)?;
    let knowledge = &app.clinic.knowledge;
    match intake.pages.last().cloned() {
        Some(Given::Screen { ask }) => {
            typed::screen(&mut intake, &here.words, knowledge, &ask, &mut fields);
        }
        Some(Given::Questions { ask, .. }) => {
            typed::questions(&mut intake, &here.words, knowledge, &ask, &mut fields);
        }
        _ => {}
    }
    if !fields.is_right() {
        let page = asked(&here, &intake, &fields);
        return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY));
    }
    intake.done = intake.pages.len();
    let emergencies = intake.emergencies(&here.house.record, knowledge, here.house.today);
    if !emergencies.is_empty() {
        let body = here.card().emergency(&UNKNOWN.map(|id| here.words.say(id)));
        let frame = here.frame(here.words.say("card-title"));
        return Ok(Page::whole(frame.page(body)));
    }
    if here.give_next(&mut intake) {
        return Ok(asked(&here, &intake, &Fields::new(&here.words)));
    }
    Ok(fits(&here, &intake, &Fields::new(&here.words)))
}

fn asked(here: &Here<'_>, intake: &Intake, fields: &Fields) -> Page {
    let words = &here.words;
    let knowledge = &here.app.clinic.knowledge;
    let inside = match intake.pages.last() {
        Some(Given::Screen { ask }) => show::screen(words, knowledge, ask, fields),
        Some(Given::Questions { theme, ask }) => {
            show::questions(words, knowledge, *theme, ask, fields)
        }
        _ => html! {},
    };
    let body = html! {
        (fields.summary())
        form method="post" action=(here.address()) {
            (here.carried(intake))
            (inside)
            (button(&words.say("go-on")))
        }
    };
    let frame = here.frame(words.say("intake-safety")).checked(fields);
    Page::whole(frame.page(body))
}

/// Who fits, and the way to leave a name.
fn fits(here: &Here<'_>, intake: &Intake, fields: &Fields) -> Page {
    let words = &here.words;
    let appraisal = here.app.clinic.said_to(&here.house, intake);
    let urgent = cotreat_care::conclude(
        &intake.episode(
            &here.house.record,
            &here.app.clinic.knowledge,
            here.house.today,
        ),
        &here.app.clinic.knowledge,
    )
    .plan
    .urgent;
    let body = html! {
        (fields.summary())
        @if urgent { (here.card().urgent()) }
        @match &appraisal.out_of_scope {
            Some(says) => (callout(&words.say("start-not-for-this"), html! { p { (says) } })),
            None => (whom(words, &appraisal)),
        }
        h2 class="govuk-heading-m" { (words.say_with("start-leave", &[("clinic", here.house.name.as_str().into())])) }
        p class="govuk-body" { (words.say("start-leave-says")) }
        (form(here, intake, fields))
    };
    let frame = here.frame(words.say("start-fits")).checked(fields);
    Page::whole(frame.page(body))
}

/// Those who assess and lead first; those who work under their guidance after them.
fn whom(words: &Words, appraisal: &Appraisal) -> Markup {
    let lines = appraisal.plan.lines.iter().filter(|line| line.preselected);
    let who: Vec<_> = lines.flat_map(|line| &line.who).collect();
    let names = |leads: bool| {
        let mut names: Vec<&str> = who
            .iter()
            .filter(|one| one.leads == leads)
            .map(|one| one.name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let (lead, guided) = (names(true), names(false));
    html! {
        @if !lead.is_empty() {
            p class="govuk-body" { (words.say("start-see-first")) }
            ul class="govuk-list govuk-list--bullet" { @for name in lead { li { (name) } } }
        }
        @if !guided.is_empty() {
            p class="govuk-body" { (words.say("start-under-guidance")) }
            ul class="govuk-list govuk-list--bullet" { @for name in guided { li { (name) } } }
        }
        (inset(html! { p { (words.say("start-no-diagnosis")) } }))
    }
}

struct Form {
    given: Field,
    family: Field,
    born: Field,
    phone: Field,
    email: Field,
    says: Field,
}

impl Form {
    fn of(words: &Words) -> Self {
        Self {
            given: Field::new("given_name", words.say("start-given"))
                .autocomplete("given-name")
                .most(200),
            family: Field::new("family_name", words.say("start-family"))
                .autocomplete("family-name")
                .most(200),
            born: Field::new("born", words.say("born"))
                .hint(words.say("born-hint"))
                .autocomplete("bday"),
            phone: Field::new("phone", words.say("start-phone"))
                .kind(Kind::Tel)
                .width(Width::Twenty)
                .autocomplete("tel")
                .most(40)
                .optional(),
            email: Field::new("email", words.say("start-email"))
                .kind(Kind::Email)
                .autocomplete("email")
                .most(200)
                .optional(),
            says: Field::new("says", words.say("start-says"))
                .most(1_000)
                .rows(3)
                .optional(),
        }
    }
}

fn form(here: &Here<'_>, intake: &Intake, fields: &Fields) -> Markup {
    let words = &here.words;
    let form = Form::of(words);
    let key = match fields.get("key") {
        "" => inquiry_key(),
        key => key.to_owned(),
    };
    html! {
        form method="post" action={ (here.address()) "/leave" } data-guard {
            (here.carried(intake))
            (hidden("key", &key))
            (fields.text(&form.given))
            (fields.text(&form.family))
            (fields.date(&form.born))
            (fields.text(&form.phone))
            (fields.text(&form.email))
            (fields.textarea(&form.says))
            (button(&words.say("start-send")))
        }
    }
}

/// `POST /start/{organisation}/leave`: keeps who they are, how to reach them and what they answered, until the clinic registers them.
///
/// # Errors
/// There is no such clinic, too many were left from there, or a fault.
pub async fn leave(
    State(app): State<App>,
    Path(organisation): Path<String>,
    Reads(words): Reads,
    from: Peer,
    OpenForm(sent): OpenForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let here = Here::of(&app, &organisation, words).await?;
    let mut fields = Fields::sent(&here.words, sent);
    let intake = told(&fields)?;
    let Some(left) = read(&here, &intake, &mut fields) else {
        let page = fits(&here, &intake, &fields);
        return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    app.identity.may_leave(from.0, app.clinic.clock.now())?;
    let key = Some(fields.get("key"))
        .filter(|key| (8..=64).contains(&key.len()))
        .filter(|key| key.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-'))
        .map_or_else(inquiry_key, str::to_owned);
    app.clinic.leave(&here.house, &key, &left).await?;
    let title = here.words.say("start-sent");
    let clinic = [("clinic", here.house.name.as_str().into())];
    let body = html! {
        (panel(&title, html! { p { (here.words.say_with("start-sent-says", &clinic)) } }))
        (here.card().not_for_emergencies())
    };
    let page = here.frame(title.clone()).own_heading().page(body);
    Ok(Page::whole(page).into_response())
}

fn read(here: &Here<'_>, intake: &Intake, fields: &mut Fields) -> Option<Left> {
    let form = Form::of(&here.words);
    let given = fields.read_text(&form.given);
    let family = fields.read_text(&form.family);
    let born = fields.read_date(&form.born);
    let phone = fields.read_text(&form.phone);
    let email = fields.read_text(&form.email);
    let says = fields.read_text(&form.says);
    if born.is_some_and(|born| born > here.house.today) {
        fields.wrong("born", here.words.say("born-in-the-future"));
    }
    if email.as_deref().is_some_and(|email| !is_email(email)) {
        fields.wrong("email", here.words.say("start-no-email"));
    }
    if phone.is_none() && email.is_none() && fields.is_right() {
        fields.wrong("phone", here.words.say("start-unreachable"));
    }
    let right = fields.is_right();
    let (given_name, family_name, born) = (given?, family?, born?);
    right.then(|| Left {
        identity: Identity {
            family_name,
            given_name,
            born,
            phone,
            email,
            address: None,
            language: Some(here.words.lang().code().to_owned()),
            number_elsewhere: None,
        },
        says: says.unwrap_or_default(),
        intake: intake.clone(),
    })
}
