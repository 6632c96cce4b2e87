//! The plan dialogue: what the appraisal proposes, adapted with the patient; what must be asked first is asked there; what is stopped needs an override with a reason.

mod form;
mod read;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_care::decide::{Act, Refusal};
use cotreat_care::event::FactsRecorded;
use cotreat_ui::Fields;
use maud::Markup;

use super::desk::{Carried, Desk, Pairs, sheet, wish};
use super::fact;
use super::not_taken::{Came, NotTaken};
use crate::clinic::{Form, Refused, new_id};
use crate::web::{App, Checked, Page, Problem, Reads, Signed};

/// `GET /episodes/{id}/plan`.
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
    let form = Form::Plan;
    app.clinic.may(&signed.caller, form.action(), &id).await?;
    let opened = desk.open().await?;
    let (fields, carried, since) = desk
        .begun(&form, opened.version, |fields| {
            form::fresh(&desk, &opened, fields)
        })
        .await?;
    let frame = desk.frame(&opened, "pl-title", "/plan").await?;
    let shown = form::Shown {
        desk: &desk,
        opened: &opened,
        fields: &fields,
        refused: &[],
    };
    let waits = desk.waits(since, &opened.zone);
    Ok(Page::framed(&frame, shown.page(&carried, &waits)))
}

/// `POST /episodes/{id}/plan`: writing down answers, a further line, keeping it for later, throwing it away, or agreeing it.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    Reads(words): Reads,
    Checked(signed, mut pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    let desk = Desk {
        app: &app,
        signed: &signed,
        words,
        id: &id,
    };
    let form = Form::Plan;
    let record = app
        .clinic
        .may(&signed.caller, Action::AgreePlan, &id)
        .await?;
    let mut fields = Fields::sent(&words, pairs.iter().cloned());
    let carried = Carried::read(&fields);
    let here = desk.at("/plan");
    let wish = wish(&pairs).to_owned();
    match wish.as_str() {
        "drop" => {
            app.clinic.forget_draft(&signed.caller, &id, &form).await?;
            return Ok(Redirect::to(&here).into_response());
        }
        "answers" => return answers(&desk, fields, carried, pairs).await,
        "agree" => {}
        _ => {
            let mut to = here.clone();
            if wish == "add"
                && app
                    .clinic
                    .knowledge
                    .interventions
                    .find(fields.get("add"))
                    .is_some()
            {
                let extra = fields.get("add").to_owned();
                to = format!("{here}#{}", form::name("in", &extra));
                pairs.push((form::name("in", &extra), "yes".to_owned()));
                pairs.push(("extra".to_owned(), extra));
                pairs.retain(|(name, _)| name != "add");
            }
            return match desk.keep(&form, &carried, &pairs).await? {
                Ok(_) => Ok(Redirect::to(&to).into_response()),
                Err(found) => refuse(&desk, fields, found, &pairs, NotTaken::TwoWindows).await,
            };
        }
    }
    if let Some((version, _)) = desk.elsewhere(&form, &carried, &pairs).await? {
        let carried = Carried { version, ..carried };
        return refuse(&desk, fields, carried, &pairs, NotTaken::TwoWindows).await;
    }
    let opened = desk.open().await?;
    let Some((act, ids)) = read::plan(&desk, &opened, &mut fields) else {
        return refuse(&desk, fields, carried, &pairs, NotTaken::Wrong).await;
    };
    let judged = app
        .clinic
        .judge(&signed.caller, &record, &[], act.clone(), None)
        .await?;
    let lines: Vec<(String, Refusal)> = ids
        .into_iter()
        .zip(judged)
        .filter_map(|(id, refusal)| Some((id, refusal?)))
        .collect();
    if !lines.is_empty() {
        return refuse(&desk, fields, carried, &pairs, NotTaken::Rows(lines)).await;
    }
    match desk.send(&form, &carried, vec![act], None).await {
        Ok(_) => Ok(Redirect::to(&desk.at("?done=plan#plan")).into_response()),
        Err(not) => match not.refused {
            Refused::Changed { .. } => {
                refuse(&desk, fields, carried, &pairs, NotTaken::Changed).await
            }
            Refused::Care(refusal) => {
                refuse(&desk, fields, carried, &pairs, NotTaken::Whole(refusal)).await
            }
            refused => Err(refused.into()),
        },
    }
}

/// Writes the answers down that stand in the way of a line. What else was typed waits for the new look of the page, on the version that these answers made.
async fn answers(
    desk: &Desk<'_>,
    mut fields: Fields,
    carried: Carried,
    mut pairs: Pairs,
) -> Result<Response, Problem> {
    let clinic = &desk.app.clinic;
    let caller = &desk.signed.caller;
    clinic.may(caller, Action::WriteFacts, desk.id).await?;
    let facts = fact::read(&mut fields, &clinic.knowledge);
    if !fields.is_right() {
        return refuse(desk, fields, carried, &pairs, NotTaken::Wrong).await;
    }
    let act = Act::RecordFacts(FactsRecorded {
        facts,
        ..FactsRecorded::default()
    });
    // The answers have a key of their own: the plan is sent under the form's.
    let sender = desk.sender(&format!("{}-answers-{}", carried.request, carried.seen));
    match clinic.act(&sender, desk.id, carried.seen, act, None).await {
        Ok(done) => {
            pairs
                .retain(|(name, _)| !name.starts_with("f-") && name != "seen" && name != "request");
            pairs.push(("seen".to_owned(), done.version.to_string()));
            pairs.push(("request".to_owned(), new_id()));
            match desk.keep(&Form::Plan, &carried, &pairs).await? {
                Ok(_) => Ok(Redirect::to(&desk.at("/plan#proposed")).into_response()),
                Err(found) => refuse(desk, fields, found, &pairs, NotTaken::TwoWindows).await,
            }
        }
        Err(Refused::Changed { .. }) => {
            refuse(desk, fields, carried, &pairs, NotTaken::Changed).await
        }
        Err(Refused::Care(refusal)) => {
            refuse(desk, fields, carried, &pairs, NotTaken::Whole(refusal)).await
        }
        Err(refused) => Err(refused.into()),
    }
}

/// The form again, with everything that was typed, and why it was not taken.
async fn refuse(
    desk: &Desk<'_>,
    mut fields: Fields,
    mut carried: Carried,
    pairs: &Pairs,
    why: NotTaken<String>,
) -> Result<Response, Problem> {
    let opened = desk.open().await?;
    let came = Came {
        form: &Form::Plan,
        opened: &opened,
        fields: &mut fields,
        carried: &mut carried,
        pairs,
    };
    let mut told = why.tell(desk, came, |id| form::name("in", id)).await?;
    let frame = desk
        .frame(&opened, "pl-title", "/plan")
        .await?
        .checked(&fields);
    let shown = form::Shown {
        desk,
        opened: &opened,
        fields: &fields,
        refused: &told.refused,
    };
    let body = shown.page(&carried, &Markup::default());
    let status = told.status;
    Ok(sheet(&told.above(frame), body, status).into_response())
}
