//! Somebody outside who was sent a referral: a link and a code open this one referral, and nothing else. They read what is asked and answer with their name.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cotreat_access::Viewer;
use cotreat_care::record::{State as Stands, Step, next};
use cotreat_ui::{
    Field, Fields, Frame, Row, Tone, Width, Words, button, details, hidden, notice, panel,
    second_button, summary_list, warning_button,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::referrals::{act, parts};
use crate::clinic::{Caller, ReferralPlace, Referred, Refused};
use crate::identity::Token;
use crate::identity::cookie::Jar;
use crate::identity::letter::Letter;
use crate::identity::link::LinkState;
use crate::identity::link::page::Visit;
use crate::web::{App, LinkForm, LinkPage, OpenForm, Page, Peer, Problem, Reads, token};

/// `GET /r/{token}`: offers to send a code. It shows nothing of the patient, and looking changes nothing: mail programs look too.
///
/// # Errors
/// Too many links that do not exist, or a fault.
pub async fn door(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    Path(link): Path<String>,
) -> Result<Page, Problem> {
    let Some(read) = Token::read(&link) else {
        return Ok(not_good(&words));
    };
    let now = app.clinic.clock.now();
    let LinkState::Referral(_) = app.identity.look_at_link(&read, from.0, now).await? else {
        return Ok(not_good(&words));
    };
    let body = html! {
        p class="govuk-body" { (words.say("outsider-door")) }
        form method="post" action={ "/r/" (link) } { (button(&words.say("outsider-send-code"))) }
    };
    let frame = Frame::new(&words, words.say("outsider-title"));
    Ok(Page::whole(frame.page(body)))
}

fn not_good(words: &Words) -> Page {
    let body = html! { p class="govuk-body" { (words.say("outsider-not-good")) } };
    let frame = Frame::new(words, words.say("outsider-not-good-title"));
    Page::whole(frame.page(body)).with(StatusCode::GONE)
}

/// Nothing.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// `POST /r/{token}`: sends a code to the address that the referral names.
///
/// # Errors
/// Enough codes were sent for now, or a fault.
pub async fn code(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    Path(link): Path<String>,
    OpenForm(_): OpenForm<Nothing>,
) -> Result<Page, Problem> {
    let Some(read) = Token::read(&link) else {
        return Ok(not_good(&words));
    };
    let now = app.clinic.clock.now();
    let LinkState::Referral(found) = app.identity.look_at_link(&read, from.0, now).await? else {
        return Ok(not_good(&words));
    };
    let place = ReferralPlace::read(&found.assignment);
    let place = place.ok_or_else(Problem::not_found)?;
    let outsider = app.clinic.outsider(&found.patient, place).await;
    let (_, to) = match outsider {
        Ok(found) => found,
        // It goes to somebody else by now, or the patient was erased.
        Err(Refused::NotFound) => return Ok(not_good(&words)),
        Err(refused) => return Err(refused.into()),
    };
    let letter = |code: &str| Letter::code(&to.email, "Cotreat", code).message(now);
    app.identity.send_code(&read, letter, from.0, now).await?;
    Ok(code_page(&words, &link, None))
}

fn code_page(words: &Words, link: &str, trouble: Option<String>) -> Page {
    let mut fields = Fields::new(words);
    if let Some(trouble) = trouble {
        fields.wrong("code", trouble);
    }
    let field = Field::new("code", words.say("outsider-code"));
    let field = field.width(Width::Ten).autocomplete("one-time-code");
    let body = html! {
        (fields.summary())
        p class="govuk-body" { (words.say("outsider-code-sent")) }
        form method="post" action={ "/r/" (link) "/open" } {
            (fields.text(&field))
            (button(&words.say("outsider-open")))
        }
        form method="post" action={ "/r/" (link) } { (second_button(&words.say("outsider-another-code"))) }
    };
    let frame = Frame::new(words, words.say("outsider-title")).checked(&fields);
    Page::whole(frame.page(body))
}

/// A code.
#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// `POST /r/{token}/open`: opens the referral; the address of the page behind it holds no secret.
///
/// # Errors
/// A fault.
pub async fn open(
    State(app): State<App>,
    Reads(words): Reads,
    from: Peer,
    Path(link): Path<String>,
    OpenForm(typed): OpenForm<Code>,
) -> Result<Response, Problem> {
    let Some(read) = Token::read(&link) else {
        return Ok(not_good(&words).into_response());
    };
    let now = app.clinic.clock.now();
    let LinkState::Referral(_) = app.identity.look_at_link(&read, from.0, now).await? else {
        return Ok(not_good(&words).into_response());
    };
    let says = match app.identity.visit(&read, &typed.code, from.0, now).await? {
        Visit::Opened(session) => {
            let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Patient.set(&session))]);
            return Ok((cookie, Redirect::to("/referral")).into_response());
        }
        Visit::Wrong { left } => words.say_with("outsider-code-wrong", &[("n", left.into())]),
        Visit::NoCode => words.say("outsider-code-gone"),
    };
    let page = code_page(&words, &link, Some(says));
    Ok(page.with(StatusCode::UNAUTHORIZED).into_response())
}

/// `GET /referral`: what is asked, and how to answer.
///
/// # Errors
/// This is not a referral link, or a fault.
pub async fn show(
    State(app): State<App>,
    Reads(words): Reads,
    open: LinkPage,
) -> Result<Page, Problem> {
    let (patient, place) = open.referral()?;
    let (viewer, _) = app.clinic.outsider(patient, place).await?;
    let caller = Caller::of(viewer);
    let referred = app.clinic.referral(&caller, place).await?;
    let mut fields = Fields::new(&words);
    if let Viewer::Outsider {
        name, profession, ..
    } = &caller.viewer
    {
        fields.set("name", name.clone());
        fields.set("profession", profession.clone());
    }
    let here = Here {
        app: &app,
        words: &words,
        open: &open,
    };
    here.page(&referred, fields, None).await
}

/// `POST /referral`: answers, with the name and the profession of whoever answers.
///
/// # Errors
/// This is not a referral link, it is not for whoever comes by it, or a fault.
pub async fn answer(
    State(app): State<App>,
    Reads(words): Reads,
    LinkForm(open, sent): LinkForm,
) -> Result<Response, Problem> {
    let (patient, place) = open.referral()?;
    let (viewer, _) = app.clinic.outsider(patient, place).await?;
    let mut fields = Fields::sent(&words, sent);
    let seen = fields.get("seen").parse().unwrap_or(0);
    let named = named(&words, &app, &mut fields);
    let wanted = act::wanted(&words, place.referral, &mut fields);
    let here = Here {
        app: &app,
        words: &words,
        open: &open,
    };
    let (Some((name, profession)), Some(wanted), true) = (named, wanted, fields.is_right()) else {
        let caller = Caller::of(viewer);
        let referred = app.clinic.referral(&caller, place).await?;
        let page = here.page(&referred, fields, None).await?;
        return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let caller = Caller::of(with_name(viewer, name, profession));
    match app.clinic.refer(&caller, place, seen, wanted).await {
        Ok(_) => Ok(Redirect::to("/referral").into_response()),
        Err(refused @ (Refused::Care(_) | Refused::Changed { .. })) => {
            let status = match &refused {
                Refused::Changed { .. } => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let says = match refused {
                Refused::Changed { .. } => words.say("referral-changed"),
                refused => refused.to_string(),
            };
            let referred = app.clinic.referral(&caller, place).await?;
            let page = here.page(&referred, fields, Some(says)).await?;
            Ok(page.with(status).into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}

/// Whoever comes by the link, under the name they typed.
fn with_name(viewer: Viewer, name: String, profession: String) -> Viewer {
    match viewer {
        Viewer::Outsider {
            referral,
            patient,
            id,
            ..
        } => Viewer::Outsider {
            referral,
            patient,
            id,
            name,
            profession,
        },
        other => other,
    }
}

fn name_field(words: &Words) -> Field {
    Field::new("name", words.say("outsider-name"))
        .hint(words.say("outsider-name-hint"))
        .most(100)
        .autocomplete("name")
}

fn named(words: &Words, app: &App, fields: &mut Fields) -> Option<(String, String)> {
    let choices = super::referrals::professions(&app.clinic.knowledge);
    let name = fields.read_text(&name_field(words));
    if name
        .as_deref()
        .is_some_and(|name| name.chars().any(char::is_control))
    {
        fields.wrong("name", words.say("outsider-name-wrong"));
    }
    let field = Field::new("profession", words.say("outsider-profession"));
    Some((name?, fields.read_choice(&field, &choices)?))
}

/// The page of one visit.
struct Here<'a> {
    app: &'a App,
    words: &'a Words,
    open: &'a LinkPage,
}

impl Here<'_> {
    async fn page(
        &self,
        referred: &Referred,
        fields: Fields,
        refused: Option<String>,
    ) -> Result<Page, Problem> {
        let (words, one) = (self.words, &referred.one);
        let asked = one.state == Stands::Sent || one.state.in_care();
        let supervisor = parts::supervisor(self.app, &one.referral.guidance).await?;
        let from = one.from.organisation();
        let from = match from {
            Some(id) => self.app.clinic.store.organisation(id).await?,
            None => None,
        };
        let clinic = from.map(|found| found.settings.name);
        let body = html! {
            (fields.summary())
            p { (parts::state(words, one.state)) }
            // What is asked is shown to whom it is asked of, as long as it is; then only that it is over.
            @if asked {
                (self.about(referred, clinic.as_deref()))
                h2 class="govuk-heading-m" { (words.say("draft-guidance")) }
                (parts::guidance(words, &one.referral.guidance, supervisor.as_deref()))
                h2 class="govuk-heading-m" { (words.say("draft-content")) }
                (parts::content(words, &self.app.clinic.knowledge, &one.referral))
                (self.answers(referred, &fields))
            } @else {
                p class="govuk-body" { (words.say(over(one.state))) }
            }
            (self.close())
        };
        let title = match asked {
            true => words.say_with(
                "referral-of",
                &[("name", referred.identity.full_name().into())],
            ),
            false => words.say("outsider-title"),
        };
        let mut frame = Frame::new(words, title).at("/referral").checked(&fields);
        if let Some(clinic) = clinic {
            frame = frame.clinic(clinic);
        }
        if let Some(says) = refused {
            let says = html! { p class="govuk-body" { (says) } };
            frame = frame.notice(notice(words, Tone::Stop, says));
        }
        Ok(Page::whole(frame.page(body)))
    }

    fn about(&self, referred: &Referred, clinic: Option<&str>) -> Markup {
        let (words, one) = (self.words, &referred.one);
        let identity = &referred.identity;
        let born = words.say_with("person-born", &[("day", words.date(identity.born).into())]);
        let mut rows = vec![
            Row::new(
                words.say("referral-patient"),
                html! { (identity.full_name()) ", " (born) },
            ),
            Row::new(
                words.say("referral-from"),
                html! { (parts::by(self.app, &one.from)) @if let Some(clinic) = clinic { ", " (clinic) } },
            ),
        ];
        rows.extend(parts::deadline(self.app, words, one));
        if let Some(day) = one.appointment {
            rows.push(Row::new(
                words.say("referral-appointment"),
                html! { (words.date(day)) },
            ));
        }
        summary_list(words, &rows)
    }

    /// Who answers, and what: one form, as the name belongs to every answer.
    fn answers(&self, referred: &Referred, fields: &Fields) -> Markup {
        let (words, one) = (self.words, &referred.one);
        let can = |step| next(Some(one.state), step).is_some();
        let choices = super::referrals::professions(&self.app.clinic.knowledge);
        let profession = Field::new("profession", words.say("outsider-profession"));
        let csrf = token(&self.app.identity.forms_of_link(&self.open.session.link));
        let form = |does: &str, inside: Markup| {
            html! {
                form method="post" action="/referral" {
                    (hidden("csrf", &csrf))
                    (hidden("seen", &one.steps.len().to_string()))
                    (hidden("do", does))
                    (inside)
                }
            }
        };
        let who = html! {
            (fields.text(&name_field(words)))
            (fields.select(&profession, &choices))
        };
        // Each form has its own name and profession; ids on a page are unique, so the others carry what stands in the first.
        let same = html! {
            (hidden("name", fields.get("name")))
            (hidden("profession", fields.get("profession")))
        };
        html! {
            h2 class="govuk-heading-m" { (words.say("outsider-answer")) }
            @if can(Step::Accept) {
                form method="post" action="/referral" {
                    (hidden("csrf", &csrf))
                    (hidden("seen", &one.steps.len().to_string()))
                    (who)
                    (fields.textarea(&parts::reason(words, "decline-reason", "outsider-decline-why").optional()))
                    div class="govuk-button-group" {
                        (cotreat_ui::Button::new(words.say("do-accept")).sends("do", "accept"))
                        (cotreat_ui::Button::new(words.say("do-decline")).warning().sends("do", "decline"))
                    }
                }
            } @else {
                @if can(Step::Start) { (form("start", html! { (same) (second_button(&words.say("do-start"))) })) }
                @if can(Step::Schedule) {
                    (details(&words.say("do-schedule"), form("schedule", html! {
                        (same)
                        (fields.date(&Field::new("appointment", words.say("appointment-day"))))
                        (button(&words.say("do-schedule")))
                    })))
                }
                @if can(Step::Miss) { (form("miss", html! { (same) (second_button(&words.say("do-miss"))) })) }
                @if can(Step::Complete) {
                    (form("complete", html! {
                        (who)
                        (fields.textarea(&Field::new("report", words.say("report")).hint(words.say("report-hint")).rows(8).most(20_000)))
                        (warning_button(&words.say("do-complete")))
                    }))
                }
            }
        }
    }

    fn close(&self) -> Markup {
        let csrf = token(&self.app.identity.forms_of_link(&self.open.session.link));
        html! {
            form method="post" action="/referral/close" {
                (hidden("csrf", &csrf))
                (second_button(&self.words.say("outsider-close")))
            }
        }
    }
}

/// Why nothing is shown any more.
const fn over(state: Stands) -> &'static str {
    match state {
        Stands::Completed => "outsider-over-completed",
        Stands::Declined => "outsider-over-declined",
        _ => "outsider-over",
    }
}

/// `POST /referral/close`: ends the visit.
///
/// # Errors
/// A fault.
pub async fn close(
    State(app): State<App>,
    Reads(words): Reads,
    LinkForm(open, _): LinkForm,
) -> Result<Response, Problem> {
    app.identity.patient_leaves(&open.token).await?;
    let heads = AppendHeaders([
        (header::SET_COOKIE, Jar::Patient.clear()),
        (
            header::HeaderName::from_static("clear-site-data"),
            "\"cache\", \"cookies\", \"storage\"".to_owned(),
        ),
    ]);
    let body = panel(
        &words.say("outsider-closed"),
        html! { (words.say("outsider-closed-says")) },
    );
    let frame = Frame::new(&words, words.say("outsider-closed")).own_heading();
    Ok((heads, Page::whole(frame.page(body))).into_response())
}

crate::web::untold!(Code);
