//! The session note: last visit carried forward, what may not be done refused at its row, consent and safety net in one tap each; signed once, corrected by an addendum.

mod bench;
mod carry;
mod form;
mod read;
mod row;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_care::decide::Act;
use cotreat_ui::Fields;
use maud::Markup;

use self::bench::Bench;
use super::desk::{Carried, Desk, Pairs, sheet, wish};
use super::not_taken::{Came, NotTaken};
use crate::clinic::{Form, Opened, Refused};
use crate::web::{App, Checked, Page, Problem, Reads, Signed};

/// The title of the page of a form.
const fn title(form: &Form) -> &'static str {
    match form {
        Form::Addendum(_) => "se-amend-title",
        _ => "se-title",
    }
}

/// Which part of the menu it belongs to.
fn below(form: &Form) -> String {
    format!("/{}", form.word())
}

/// `GET /episodes/{id}/session`: what was typed and not sent, else the last visit carried forward.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    Reads(words): Reads,
    signed: Signed,
) -> Result<Page, Problem> {
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    page(&desk, Form::Session).await
}

/// `GET /episodes/{id}/sessions/{session}`: a session as it was signed, and its addendum.
///
/// # Errors
/// There is no such session, it is not for the caller, or the store failed.
pub async fn show_signed(
    State(app): State<App>,
    Path((id, session)): Path<(String, String)>,
    Reads(words): Reads,
    signed: Signed,
) -> Result<Page, Problem> {
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    page(&desk, Form::Addendum(session)).await
}

async fn page(desk: &Desk<'_>, form: Form) -> Result<Page, Problem> {
    desk.app
        .clinic
        .may(&desk.signed.caller, form.action(), desk.id)
        .await?;
    let opened = desk.open().await?;
    if let Form::Addendum(session) = &form
        && !opened.record.sessions.contains_key(session)
    {
        return Err(Problem::not_found());
    }
    let now = desk.app.clinic.clock.now();
    let (fields, carried, since) = desk
        .begun(&form, opened.version, |fields| {
            carry::into(desk, &opened, &form, now, fields)
        })
        .await?;
    let bench = Bench::of(desk, &opened, &fields).await?;
    let frame = desk.frame(&opened, title(&form), &below(&form)).await?;
    let shown = form::Shown {
        desk,
        opened: &opened,
        bench: &bench,
        form: &form,
        fields: &fields,
        refused: &[],
    };
    let waits = desk.waits(since, &opened.zone);
    Ok(Page::framed(&frame, shown.page(&carried, &waits)))
}

/// `POST /episodes/{id}/session`: a further row, keeping it for later, throwing it away, or signing it.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    Reads(words): Reads,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    take(&desk, Form::Session, pairs).await
}

/// `POST /episodes/{id}/sessions/{session}`: the addendum.
///
/// # Errors
/// There is no such session, it is not for the caller, or the store failed.
pub async fn amend(
    State(app): State<App>,
    Path((id, session)): Path<(String, String)>,
    Reads(words): Reads,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    take(&desk, Form::Addendum(session), pairs).await
}

async fn take(desk: &Desk<'_>, form: Form, mut pairs: Pairs) -> Result<Response, Problem> {
    let clinic = &desk.app.clinic;
    let record = clinic
        .may(&desk.signed.caller, Action::WriteSession, desk.id)
        .await?;
    if let Form::Addendum(session) = &form
        && !record.sessions.contains_key(session)
    {
        return Err(Problem::not_found());
    }
    let here = desk.at(&below(&form));
    let mut fields = Fields::sent(&desk.words, pairs.iter().cloned());
    let carried = Carried::read(&fields);
    let wish = wish(&pairs).to_owned();
    if wish == "drop" {
        clinic
            .forget_draft(&desk.signed.caller, desk.id, &form)
            .await?;
        return Ok(Redirect::to(&here).into_response());
    }
    if wish != "sign" {
        row::wished(&wish, &mut pairs);
        return match desk.keep(&form, &carried, &pairs).await? {
            Ok(_) => Ok(Redirect::to(&format!("{here}#work")).into_response()),
            Err(found) => refuse(desk, &form, fields, found, &pairs, NotTaken::TwoWindows).await,
        };
    }
    if let Some((version, _)) = desk.elsewhere(&form, &carried, &pairs).await? {
        let carried = Carried { version, ..carried };
        return refuse(desk, &form, fields, carried, &pairs, NotTaken::TwoWindows).await;
    }
    let zone = clinic.zone(&desk.signed.caller.viewer).await?;
    let Some(note) = read::note(desk, &mut fields, &form, &carried, &zone) else {
        return refuse(desk, &form, fields, carried, &pairs, NotTaken::Wrong).await;
    };
    let (day, session) = (note.day, note.session.clone());
    let rows = clinic
        .judge(
            &desk.signed.caller,
            &record,
            &note.before,
            session.clone(),
            day,
        )
        .await?;
    if rows.iter().any(Option::is_some) {
        let refused = note.rows(rows);
        return refuse(
            desk,
            &form,
            fields,
            carried,
            &pairs,
            NotTaken::Rows(refused),
        )
        .await;
    }
    match desk.send(&form, &carried, note.acts(), day).await {
        Ok(_) => {
            let done = if matches!(session, Act::AmendSession { .. }) {
                "amended"
            } else {
                "session"
            };
            Ok(Redirect::to(&desk.at(&format!("?done={done}"))).into_response())
        }
        Err(not) => match not.refused {
            Refused::Changed { .. } => {
                refuse(desk, &form, fields, carried, &pairs, NotTaken::Changed).await
            }
            Refused::Care(refusal) => {
                refuse(
                    desk,
                    &form,
                    fields,
                    carried,
                    &pairs,
                    NotTaken::Whole(refusal),
                )
                .await
            }
            refused => Err(refused.into()),
        },
    }
}

/// The form again, with everything that was typed, and why it was not taken.
async fn refuse(
    desk: &Desk<'_>,
    form: &Form,
    mut fields: Fields,
    mut carried: Carried,
    pairs: &Pairs,
    why: NotTaken<usize>,
) -> Result<Response, Problem> {
    let opened = desk.open().await?;
    let came = Came {
        form,
        opened: &opened,
        fields: &mut fields,
        carried: &mut carried,
        pairs,
    };
    let at = |row: &usize| row::name("technique", *row);
    let mut told = why.tell(desk, came, at).await?;
    let bench = Bench::of(desk, &opened, &fields).await?;
    let frame = desk
        .frame(&opened, title(form), &below(form))
        .await?
        .checked(&fields);
    let shown = form::Shown {
        desk,
        opened: &opened,
        bench: &bench,
        form,
        fields: &fields,
        refused: &told.refused,
    };
    let body = shown.page(&carried, &Markup::default());
    let status = told.status;
    Ok(sheet(&told.above(frame), body, status).into_response())
}

/// What is on record of a session before it is corrected: every version, the last one first.
fn versions<'o>(
    opened: &'o Opened,
    form: &Form,
) -> Vec<&'o cotreat_care::record::Noted<cotreat_care::record::SessionVersion>> {
    match form {
        Form::Addendum(session) => opened
            .record
            .sessions
            .get(session)
            .map_or_else(Vec::new, |one| one.versions.iter().rev().collect()),
        _ => Vec::new(),
    }
}
