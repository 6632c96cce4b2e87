//! The intake: what a patient tells before the first visit, by a link, one theme on each page.
//!
//! Every page that is sent is kept on the server at once, so that it can be gone on with on another device. Answers that raise an emergency stop it: the next page is the care card.

pub(super) mod card;
mod check;
pub(super) mod sheets;
pub(super) mod show;
pub(super) mod typed;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cotreat_access::Viewer;
use cotreat_care::intake::{Intake, progress};
use cotreat_knowledge::Knowledge;
use cotreat_ui::{Fields, Tone, Words, button, hidden, notice, panel};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::clinic::{Asking, Place};
use crate::identity::Refused;
use crate::identity::cookie::Jar;
use crate::web::{App, LinkFields, LinkPage, Page, Problem, Tongue, token};

/// What a page of an intake works with.
struct Here<'a> {
    app: &'a App,
    open: &'a LinkPage,
    place: Place<'a>,
    viewer: Viewer,
    asking: Asking,
    intake: Intake,
    /// The version of the draft that was read.
    seen: u64,
    words: Words,
    now: Timestamp,
}

impl<'a> Here<'a> {
    async fn of(app: &'a App, open: &'a LinkPage, tongue: &Tongue) -> Result<Self, Problem> {
        let (place, viewer) = open.task()?;
        let asking = app.clinic.asking(&viewer, place).await?;
        let draft = app.identity.draft(&open.session).await?;
        let seen = draft.as_ref().map_or(0, |draft| draft.version);
        let intake = draft
            .and_then(|draft| serde_json::from_slice(&draft.body).ok())
            .unwrap_or_default();
        Ok(Self {
            words: tongue.words(asking.identity.language.as_deref()),
            now: app.clinic.clock.now(),
            app,
            open,
            place,
            viewer,
            asking,
            intake,
            seen,
        })
    }

    fn knowledge(&self) -> &Knowledge {
        &self.app.clinic.knowledge
    }

    fn csrf(&self) -> String {
        token(&self.app.identity.forms_of_link(&self.open.session.link))
    }

    fn frame(&self, title: impl Into<String>) -> cotreat_ui::Frame {
        cotreat_ui::Frame::new(&self.words, title).clinic(&self.asking.clinic)
    }

    /// The care card has to be read before anything else.
    fn is_stopped(&self) -> bool {
        !self.intake.warned.is_empty() && !self.intake.understood
    }

    /// Keeps the answers.
    async fn keep(&mut self) -> Result<(), Refused> {
        let body = serde_json::to_vec(&self.intake).unwrap_or_default();
        let identity = &self.app.identity;
        let session = &self.open.session;
        self.seen = identity
            .keep_draft(session, self.seen, &body, self.now)
            .await?;
        Ok(())
    }

    /// Warns the patient where the answers raise an emergency of which no page has told them. True: the care card is next.
    async fn warn(&mut self) -> Result<bool, Problem> {
        let clinic = &self.app.clinic;
        let conditions = clinic.new_emergencies(&self.asking, &self.intake);
        if conditions.is_empty() {
            return Ok(self.is_stopped());
        }
        let told = card::told(self);
        clinic
            .warn(
                &self.viewer,
                self.place,
                &self.asking,
                &mut self.intake,
                &conditions,
                told,
            )
            .await?;
        self.keep().await?;
        Ok(true)
    }

    /// Gives the page after those that were given, if there is one.
    fn give_next(&mut self) {
        let knowledge = &self.app.clinic.knowledge;
        let next = self
            .intake
            .next(&self.asking.record, knowledge, self.asking.today);
        self.intake.pages.extend(next);
    }

    /// Where the page with this number (from 1) is; after the last one the answers are checked.
    fn address(&self, number: usize) -> String {
        if number <= self.intake.pages.len() {
            format!("/intake/page/{number}")
        } else {
            "/intake/check".to_owned()
        }
    }

    /// Where to go on.
    fn goes_on_at(&self) -> String {
        if self.intake.pages.is_empty() {
            return "/intake".to_owned();
        }
        self.address(self.intake.done + 1)
    }
}

const STOP: &str = "/intake/stop";

/// `GET /intake`: what this is, and where to begin or to go on.
///
/// # Errors
/// This is not an intake, or a fault.
pub async fn begin(
    State(app): State<App>,
    open: LinkPage,
    tongue: Tongue,
) -> Result<Response, Problem> {
    let mut here = Here::of(&app, &open, &tongue).await?;
    if here.warn().await? {
        return Ok(Redirect::to(STOP).into_response());
    }
    let words = &here.words;
    let begun = here.intake.done > 0;
    let body = html! {
        p class="govuk-body-l" { (words.say_with("intake-lead", &[("clinic", here.asking.clinic.as_str().into())])) }
        ul class="govuk-list govuk-list--bullet" {
            @for word in ["intake-how-long", "intake-kept", "intake-unsure", "intake-who-reads"] { li { (words.say(word)) } }
        }
        (foreign(words))
        (card::not_for_emergencies(&here))
        form method="post" action="/intake" {
            (hidden("csrf", &here.csrf()))
            (button(&words.say(if begun { "intake-go-on" } else { "intake-start" })))
        }
    };
    let page = here
        .frame(words.say("intake-title"))
        .at("/intake")
        .page(body);
    Ok(Page::whole(page).into_response())
}

/// That the questions are in another language than the page.
fn foreign(words: &Words) -> Markup {
    html! {
        @if words.lang() != cotreat_ui::Lang::En { p class="govuk-body" { (words.say("knowledge-in-english")) } }
    }
}

/// `POST /intake`: gives the first page.
///
/// # Errors
/// This is not an intake, or a fault.
pub async fn start(
    State(app): State<App>,
    tongue: Tongue,
    LinkFields(open, _): LinkFields,
) -> Result<Redirect, Problem> {
    let mut here = Here::of(&app, &open, &tongue).await?;
    if here.intake.pages.is_empty() {
        here.give_next();
        match here.keep().await {
            // Another window began at the same moment: there is a first page.
            Ok(()) | Err(Refused::Store(cotreat_store::Error::Conflict { .. })) => {}
            Err(refused) => return Err(refused.into()),
        }
    }
    let next = if here.intake.pages.is_empty() {
        "/intake/check".to_owned()
    } else {
        here.goes_on_at()
    };
    Ok(Redirect::to(&next))
}

/// `GET /intake/page/{number}`: a page that was given, with what was answered.
///
/// # Errors
/// This is not an intake, or a fault.
pub async fn page(
    State(app): State<App>,
    Path(number): Path<usize>,
    open: LinkPage,
    tongue: Tongue,
) -> Result<Response, Problem> {
    let mut here = Here::of(&app, &open, &tongue).await?;
    if here.warn().await? {
        return Ok(Redirect::to(STOP).into_response());
    }
    if number == 0 || number > here.intake.pages.len() {
        return Ok(Redirect::to(&here.goes_on_at()).into_response());
    }
    let fields = typed::filled(&here, number);
    Ok(asked(&here, number, &fields, None).into_response())
}

/// The page with its form.
fn asked(here: &Here<'_>, number: usize, fields: &Fields, said: Option<Markup>) -> Page {
    let words = &here.words;
    let knowledge = &here.app.clinic.knowledge;
    let asking = &here.asking;
    let at = progress(
        &here.intake,
        number - 1,
        &asking.record,
        knowledge,
        asking.today,
    );
    let Some(given) = here.intake.pages.get(number - 1) else {
        return Page::whole(here.frame("").page(html! {}));
    };
    let body = html! {
        (fields.summary())
        (cotreat_ui::stepper(words, at.question, at.of))
        @if here.intake.urgent_from == Some(number) { (card::urgent(here)) }
        h1 class="govuk-heading-l" { (show::heading(given, here)) }
        form method="post" action={ "/intake/page/" (number) } data-guard {
            (hidden("csrf", &here.csrf()))
            (hidden("seen", &here.seen.to_string()))
            (show::fields(given, here, fields))
            (cotreat_ui::toolbar(&[
                html! { (cotreat_ui::Button::new(words.say("go-on")).sends("do", "on")) },
                html! { (cotreat_ui::Button::new(words.say("back")).second().as_it_is().sends("do", "back")) },
                html! { (cotreat_ui::Button::new(words.say("keep-for-later")).second().as_it_is().sends("do", "later")) },
            ]))
        }
    };
    let mut frame = here
        .frame(show::heading(given, here))
        .own_heading()
        .checked(fields);
    if let Some(said) = said {
        frame = frame.notice(said);
    }
    Page::whole(frame.page(body))
}

/// `POST /intake/page/{number}`: keeps what was answered, and goes on, back, or leaves it for later.
///
/// # Errors
/// This is not an intake, or a fault.
pub async fn answer(
    State(app): State<App>,
    Path(number): Path<usize>,
    tongue: Tongue,
    LinkFields(open, sent): LinkFields,
) -> Result<Response, Problem> {
    let mut here = Here::of(&app, &open, &tongue).await?;
    if here.is_stopped() {
        return Ok(Redirect::to(STOP).into_response());
    }
    if number == 0 || number > here.intake.pages.len() {
        return Ok(Redirect::to(&here.goes_on_at()).into_response());
    }
    let mut fields = Fields::sent(&here.words, sent);
    let does = fields.get("do").to_owned();
    let seen = fields.get("seen").parse().unwrap_or(0);
    typed::take(&mut here, number, &mut fields);
    if seen != here.seen {
        // What was answered elsewhere in the meantime stays, and on this page what was sent from this window is shown: nothing is lost, and the patient decides.
        let said = notice(
            &here.words,
            Tone::Watch,
            html! { p { (here.words.say("intake-two-windows")) } },
        );
        let page = asked(&here, number, &fields, Some(said));
        return Ok(page.with(StatusCode::CONFLICT).into_response());
    }
    if does == "on" && !fields.is_right() {
        // What can be read is kept all the same.
        kept(&mut here).await?;
        let page = asked(&here, number, &fields, None);
        return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    // Whoever changes an answer from the check page goes back there, by way of what has become worth asking.
    let checking = here.intake.done == here.intake.pages.len();
    if does == "on" {
        here.intake.done = here.intake.done.max(number);
        if here.intake.done == here.intake.pages.len() {
            here.give_next();
        }
        here.note_urgent(number + 1);
    }
    kept(&mut here).await?;
    if here.warn().await? {
        return Ok(Redirect::to(STOP).into_response());
    }
    Ok(match does.as_str() {
        "back" if number == 1 => Redirect::to("/intake").into_response(),
        "back" => Redirect::to(&here.address(number - 1)).into_response(),
        "later" => later(&here).into_response(),
        _ if checking => Redirect::to(&here.goes_on_at()).into_response(),
        _ => Redirect::to(&here.address(number + 1)).into_response(),
    })
}

impl Here<'_> {
    /// The page on which the patient is first told that something cannot wait for long.
    fn note_urgent(&mut self, next: usize) {
        if self.intake.urgent_from.is_none() && card::is_urgent(self) {
            self.intake.urgent_from = Some(next);
        }
    }
}

/// Keeps the answers; another window that wrote between reading and keeping is told of like any other.
async fn kept(here: &mut Here<'_>) -> Result<(), Problem> {
    match here.keep().await {
        Ok(()) => Ok(()),
        Err(Refused::Store(cotreat_store::Error::Conflict { .. })) => Err(Problem::said(
            StatusCode::CONFLICT,
            "problem-changed",
            "intake-two-windows",
        )),
        Err(refused) => Err(refused.into()),
    }
}

fn later(here: &Here<'_>) -> Page {
    let words = &here.words;
    let body = html! {
        (panel(&words.say("intake-kept-title"), html! { p { (words.say("intake-kept-says")) } }))
        p class="govuk-body" { a class="govuk-link" href=(here.goes_on_at()) { (words.say("intake-go-on")) } }
    };
    let frame = here.frame(words.say("intake-kept-title")).own_heading();
    Page::whole(frame.page(body))
}

/// `GET /intake/stop`: the care card.
///
/// # Errors
/// This is not an intake, or a fault.
pub async fn stop(
    State(app): State<App>,
    open: LinkPage,
    tongue: Tongue,
) -> Result<Response, Problem> {
    let here = Here::of(&app, &open, &tongue).await?;
    if here.intake.warned.is_empty() {
        return Ok(Redirect::to(&here.goes_on_at()).into_response());
    }
    Ok(card::page(&here).into_response())
}

/// `POST /intake/stop`: the patient says that they understood it, and may go on.
///
/// # Errors
/// This is not an intake, or a fault.
pub async fn understood(
    State(app): State<App>,
    tongue: Tongue,
    LinkFields(open, sent): LinkFields,
) -> Result<Response, Problem> {
    let mut here = Here::of(&app, &open, &tongue).await?;
    let said = sent
        .iter()
        .any(|(name, value)| name == "understood" && value == "yes");
    if !said {
        let page = card::page_again(&here);
        return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    here.intake.understood = true;
    kept(&mut here).await?;
    Ok(Redirect::to(&here.goes_on_at()).into_response())
}

/// `GET /intake/check`: everything that was answered, before it is sent in.
///
/// # Errors
/// This is not an intake, or a fault.
pub async fn check(
    State(app): State<App>,
    open: LinkPage,
    tongue: Tongue,
) -> Result<Response, Problem> {
    let mut here = Here::of(&app, &open, &tongue).await?;
    if here.warn().await? {
        return Ok(Redirect::to(STOP).into_response());
    }
    if here.intake.done < here.intake.pages.len() {
        return Ok(Redirect::to(&here.goes_on_at()).into_response());
    }
    Ok(check::page(&here, None).into_response())
}

/// How often sending in is tried when something else is written into the record at the same moment.
const TRIES: usize = 3;

/// `POST /intake/check`: sends everything in, once.
///
/// # Errors
/// This is not an intake, or a fault.
pub async fn send(
    State(app): State<App>,
    tongue: Tongue,
    LinkFields(open, _): LinkFields,
) -> Result<Response, Problem> {
    let mut here = Here::of(&app, &open, &tongue).await?;
    if here.warn().await? {
        return Ok(Redirect::to(STOP).into_response());
    }
    if here.intake.done < here.intake.pages.len() {
        return Ok(Redirect::to(&here.goes_on_at()).into_response());
    }
    for turn in 1..=TRIES {
        let clinic = &app.clinic;
        let batch = match clinic.sent_in(&here.viewer, here.place, &here.asking, &here.intake) {
            Ok(batch) => batch,
            Err(crate::clinic::Refused::Care(refusal)) => {
                let page = check::page(&here, Some(&refusal.to_string()));
                return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response());
            }
            Err(refused) => return Err(refused.into()),
        };
        match app
            .identity
            .send_in(&open.session, &[batch], here.now)
            .await
        {
            // Sent twice: it is there once, and both are thanked.
            Ok(()) | Err(Refused::Gone) => break,
            Err(Refused::Store(cotreat_store::Error::Conflict { .. })) if turn < TRIES => {
                here.asking = clinic.asking(&here.viewer, here.place).await?;
            }
            Err(refused) => return Err(refused.into()),
        }
    }
    let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Patient.clear())]);
    Ok((cookie, check::thanks(&here)).into_response())
}
