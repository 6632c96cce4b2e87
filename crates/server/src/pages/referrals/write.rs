//! Writing a referral: looked up, kept as a draft, sent.

use axum::extract::{self, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cotreat_access::{Action, Viewer};
use cotreat_care::Record;
use cotreat_care::decide::Act;
use cotreat_care::event::{ReferralDrafted, ReferralSent, Who};
use cotreat_care::record::State;
use cotreat_ui::{Fields, Tone, notice};
use jiff::civil::Date;
use maud::html;

use super::{draft, parts, prefill};
use crate::clinic::{Listed, ReferralPlace, Refused, new_id};
use crate::identity::letter::Letter;
use crate::web::{App, Checked, Page, Problem, Signed};

/// A form as it was sent: names may come more than once.
pub type Sent = Vec<(String, String)>;

/// `POST /episodes/{id}/referrals/new`: looks somebody up, keeps the draft, or sends it. Nothing that was typed is lost: whatever is refused, the form comes back with it.
///
/// # Errors
/// [`Refused::NotFound`], it is not for the caller, or a fault.
pub async fn write(
    extract::State(app): extract::State<App>,
    Path(episode): Path<String>,
    Checked(signed, sent): Checked<Sent>,
) -> Result<Response, Problem> {
    let fields = Fields::sent(&signed.words, sent);
    written(&app, &signed, &episode, fields).await
}

/// The same for a draft that is there already.
pub async fn written(
    app: &App,
    signed: &Signed,
    episode: &str,
    mut fields: Fields,
) -> Result<Response, Problem> {
    let (words, knowledge) = (&signed.words, &app.clinic.knowledge);
    if !is_id(fields.get("referral")) {
        fields.set("referral", new_id());
    }
    let read = app.clinic.store.episode(episode).await?;
    let read = read.ok_or_else(Problem::not_found)?;
    let viewer = &signed.caller.viewer;
    app.clinic
        .permit(viewer, Action::DraftReferral, &read.patient)
        .await?;
    let whose = (read.patient.as_str(), &read.record);
    let found = match fields.get("profession") {
        "" => Vec::new(),
        _ => {
            let wanted = draft::whom_wanted(&fields);
            app.clinic.directory(&signed.caller, wanted).await?
        }
    };
    if !matches!(fields.get("do"), "send" | "save") {
        return again(app, signed, episode, whose, fields, found, None).await;
    }
    // Whoever is chosen may have been found by other words than those that stand there now.
    let anybody = cotreat_store::clinic::ask::Offers {
        profession: Some(fields.get("profession")).filter(|id| !id.is_empty()),
        ..cotreat_store::clinic::ask::Offers::default()
    };
    let anybody = app.clinic.directory(&signed.caller, anybody).await?;
    let one = draft::read(words, knowledge, &anybody, &mut fields);
    let nobody = one.to.practitioner.is_none() && one.to.organisation.is_none();
    if fields.get("do") == "send" && nobody && fields.is_right() {
        fields.wrong("to", words.say("draft-nobody"));
    }
    if !fields.is_right() {
        return again(app, signed, episode, whose, fields, found, None).await;
    }
    let id = fields.get("referral").to_owned();
    let place = ReferralPlace {
        episode,
        referral: &id,
    };
    let seen = fields.get("seen").parse().unwrap_or(0);
    let before = read.record.referrals.get(&id);
    let unchanged = before.is_some_and(|before| before.referral == one);
    let address = format!("/episodes/{episode}/referrals/{id}");
    if unchanged && before.is_some_and(|before| before.state != State::Draft) {
        // It has left: the form was sent twice.
        return Ok(Redirect::to(&address).into_response());
    }
    let mut seen_now = seen;
    if !unchanged {
        let act = Act::DraftReferral(ReferralDrafted {
            referral: id.clone(),
            draft: one.clone(),
        });
        if let Err(refused) = app.clinic.refer(&signed.caller, place, seen, act).await {
            return refused_draft(app, signed, episode, fields, found, refused).await;
        }
        seen_now = seen + 1;
    }
    if fields.get("do") != "send" {
        return Ok(Redirect::to(&address).into_response());
    }
    let sent = match one.to.outside {
        Some(_) => send_outside(app, signed, place).await,
        None => {
            let act = Act::SendReferral(ReferralSent {
                referral: id.clone(),
            });
            let sent = app.clinic.refer(&signed.caller, place, seen_now, act).await;
            sent.map(drop).map_err(Into::into)
        }
    };
    match sent {
        Ok(()) => Ok(Redirect::to(&address).into_response()),
        Err(NotSent::Refused(refused)) => {
            // The draft is kept by now; what is missing for sending is said above it.
            fields.set("seen", seen_now.to_string());
            refused_draft(app, signed, episode, fields, found, refused).await
        }
        Err(NotSent::Problem(problem)) => Err(problem),
    }
}

/// Why something did not leave.
pub enum NotSent {
    /// The clinic refuses it.
    Refused(Refused),
    /// Anything else.
    Problem(Problem),
}

impl From<Refused> for NotSent {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// Sends a referral to somebody outside, or only a new link where it had been sent: what happened and the link are written together. The link goes to the address in the referral
/// and is shown to nobody, so that whoever referred cannot answer in their place.
pub async fn send_outside(
    app: &App,
    signed: &Signed,
    place: ReferralPlace<'_>,
) -> Result<(), NotSent> {
    let leaving = app.clinic.leaving(&signed.caller, place).await?;
    let clinic = &signed.works_at.settings.name;
    let now = app.clinic.clock.now();
    let letter = |token: &crate::identity::Token| {
        let address = format!("{}/r/{}", app.origin, token.to_text().as_str());
        Letter::referral(&leaving.to.email, clinic, &address).message(now)
    };
    app.identity
        .send_referral_link(
            &leaving.happened,
            &leaving.patient,
            &place.to_text(),
            letter,
            now,
        )
        .await
        .map_err(|refused| match refused {
            crate::identity::Refused::Store(error) => NotSent::Refused(error.into()),
            other => NotSent::Problem(other.into()),
        })
}

async fn refused_draft(
    app: &App,
    signed: &Signed,
    episode: &str,
    fields: Fields,
    found: Vec<Listed>,
    refused: Refused,
) -> Result<Response, Problem> {
    if !matches!(refused, Refused::Care(_) | Refused::Changed { .. }) {
        return Err(refused.into());
    }
    let read = app.clinic.store.episode(episode).await?;
    let read = read.ok_or_else(Problem::not_found)?;
    again(
        app,
        signed,
        episode,
        (read.patient.as_str(), &read.record),
        fields,
        found,
        Some(refused),
    )
    .await
}

/// The form with what was typed, and above it why it was not taken. Where somebody else wrote the same draft meanwhile, theirs stands there too.
async fn again(
    app: &App,
    signed: &Signed,
    episode: &str,
    (patient, record): (&str, &Record),
    mut fields: Fields,
    found: Vec<Listed>,
    refused: Option<Refused>,
) -> Result<Response, Problem> {
    let (words, knowledge) = (&signed.words, &app.clinic.knowledge);
    let id = fields.get("referral").to_owned();
    let theirs = record.referrals.get(&id);
    let changed = matches!(refused, Some(Refused::Changed { .. }));
    if changed {
        // Sending it again keeps what stands here now.
        let steps = theirs.map_or(0, |one| one.steps.len());
        fields.set("seen", steps.to_string());
    }
    let status = match &refused {
        Some(Refused::Changed { .. }) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None if fields.is_right() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let new = {
        let wanted = fields.get("profession").to_owned();
        let pathway = fields.get("pathway").to_owned();
        headings(knowledge, &pathway, &wanted)
    };
    let empty: Vec<String> = new
        .into_iter()
        .filter(|heading| !draft::has(&fields, heading))
        .collect();
    if !empty.is_empty() {
        // Headings that another profession wants come with what is on record, as the first ones did.
        let opened = app.clinic.open(&signed.caller, episode).await?;
        let today = today(signed, app);
        draft::fill(&mut fields, &empty, |heading| {
            prefill::under(words, knowledge, &opened, today, heading)
        });
    }
    let mut sheet = sheet(app, signed, episode, record, fields, found).await?;
    sheet.referral = id;
    let mut page = signed.frame(title(app, signed, patient).await?);
    page = page.back(format!("/episodes/{episode}"));
    if let Some(refused) = &refused {
        let says = html! {
            @match refused {
                Refused::Changed { .. } => {
                    p class="govuk-body" { (words.say("draft-changed")) }
                    @if let Some(theirs) = theirs { (parts::content(words, knowledge, &theirs.referral)) }
                },
                refused => p class="govuk-body" { (refused) },
            }
        };
        page = page.notice(notice(words, Tone::Stop, says));
    }
    page = page.checked(&sheet.fields);
    Ok(Page::whole(page.page(sheet.form()))
        .with(status)
        .into_response())
}

/// What the form is called: whom it is about stands above it.
pub async fn title(app: &App, signed: &Signed, patient: &str) -> Result<String, Problem> {
    let name = app.clinic.whose(&signed.caller, patient).await?.full_name();
    let name = [("name", name.into())];
    Ok(signed.words.say_with("draft-title", &name))
}

/// An id as the form was given one; anything else gets a new one.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn headings(
    knowledge: &cotreat_knowledge::Knowledge,
    pathway: &str,
    profession: &str,
) -> Vec<String> {
    let of_pathway = knowledge.pathways.get(pathway).map(|one| &one.content);
    let of_profession = knowledge.professions.get(profession);
    let of_profession = of_profession.map(|one| &one.referral_content);
    of_pathway.or(of_profession).cloned().unwrap_or_default()
}

/// A form with these fields.
pub async fn sheet<'a>(
    app: &'a App,
    signed: &'a Signed,
    episode: &str,
    record: &Record,
    fields: Fields,
    found: Vec<Listed>,
) -> Result<draft::Sheet<'a>, Problem> {
    let seen = fields.get("seen").parse().unwrap_or(0);
    Ok(draft::Sheet {
        words: &signed.words,
        knowledge: &app.clinic.knowledge,
        address: format!("/episodes/{episode}/referrals/new"),
        csrf: signed.csrf(),
        referral: fields.get("referral").to_owned(),
        seen,
        found,
        team: team(app, signed, record).await?,
        fields,
    })
}

/// Who is in the care team now, and whoever writes: those under whose guidance somebody may work.
async fn team(
    app: &App,
    signed: &Signed,
    record: &Record,
) -> Result<Vec<(String, String)>, Problem> {
    let mut team = Vec::new();
    if let (Viewer::Staff { user, .. }, Who::Practitioner { .. }) = (
        &signed.caller.viewer,
        crate::clinic::who(&signed.caller.viewer),
    ) {
        team.push((user.clone(), signed.name.clone()));
    }
    for one in record.team.iter().filter(|one| one.ended.is_none()) {
        if team.iter().any(|(id, _)| *id == one.practitioner) {
            continue;
        }
        if let Some(found) = app.clinic.store.user(&one.practitioner).await? {
            team.push((one.practitioner.clone(), found.account.name));
        }
    }
    Ok(team)
}

/// The day it is where the caller works.
pub fn today(signed: &Signed, app: &App) -> Date {
    app.clinic.clock.now().to_zoned(signed.zone()).date()
}
