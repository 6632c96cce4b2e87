//! How the organisation works: what patients read of it, which rules and guidelines hold, who answers for privacy.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_access::Action;
use cotreat_people::event::{OrganisationSettings, Reach, Sharing};
use cotreat_people::identity::is_email;
use cotreat_ui::{
    Choice, Field, Fields, Kind, Row, Tone, Width, Words, button, hidden, inset, notice,
    second_button, summary_list,
};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;

use crate::clinic::Refused;
use crate::pages::patients::Pairs;
use crate::web::{App, Checked, Page, Problem, Signed};

/// Who of the organisation sees its patients: the words of forms, and ours.
const SHARING: [(&str, Sharing, &str, &str); 2] = [
    (
        "care_team",
        Sharing::CareTeam,
        "sharing-care-team",
        "sharing-care-team-hint",
    ),
    (
        "whole_clinic",
        Sharing::WholeClinic,
        "sharing-whole-clinic",
        "sharing-whole-clinic-hint",
    ),
];

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// `GET /organisation`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Query(done): Query<Done>,
) -> Result<Page, Problem> {
    may(&app, &signed)?;
    let fields = filled(&signed.works_at.settings, &signed.words);
    let said = match done.done.as_str() {
        "changed" => Some("organisation-changed"),
        "officer" => Some("organisation-officer-named"),
        _ => None,
    };
    page(&app, &signed, &fields, said).await
}

/// It is for owners; anybody else is told so.
pub(super) fn may(app: &App, signed: &Signed) -> Result<(), Problem> {
    if signed.may(app, Action::ChangeOrganisation) {
        return Ok(());
    }
    let resource = cotreat_access::Resource::organisation(&signed.works_at.organisation);
    let access = &app.clinic.access;
    let decision = access.decide(&signed.caller.viewer, Action::ChangeOrganisation, &resource);
    Err(Refused::by(&decision, true).into())
}

/// The fields, each once.
struct Inputs {
    name: Field,
    hours: Field,
    when_closed: Field,
    escalate_to: Field,
    time_zone: Field,
    jurisdiction: Field,
    profile: Field,
    sharing: Field,
}

impl Inputs {
    fn new(words: &Words) -> Self {
        let field =
            |name: &str, label: &str| Field::new(name, words.say(label)).autocomplete("off");
        Self {
            name: field("name", "name").most(100),
            hours: field("hours", "organisation-hours")
                .hint(words.say("organisation-hours-hint"))
                .rows(3)
                .most(500)
                .optional(),
            when_closed: field("when_closed", "organisation-when-closed")
                .hint(words.say("organisation-when-closed-hint"))
                .rows(3)
                .most(500)
                .optional(),
            escalate_to: field("escalate_to", "organisation-escalate")
                .hint(words.say("organisation-escalate-hint"))
                .kind(Kind::Email)
                .optional(),
            time_zone: field("time_zone", "organisation-zone")
                .hint(words.say("organisation-zone-hint"))
                .width(Width::Twenty)
                .most(64),
            jurisdiction: field("jurisdiction", "organisation-jurisdiction")
                .hint(words.say("organisation-jurisdiction-hint")),
            profile: field("profile", "organisation-profile")
                .hint(words.say("organisation-profile-hint"))
                .optional(),
            sharing: field("sharing", "organisation-sharing"),
        }
    }
}

fn filled(settings: &OrganisationSettings, words: &Words) -> Fields {
    let mut fields = Fields::new(words);
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let sharing = SHARING.iter().find(|(_, one, ..)| *one == settings.sharing);
    fields
        .set("name", &settings.name)
        .set("hours", optional(&settings.reach.hours))
        .set("when_closed", optional(&settings.reach.when_closed))
        .set("escalate_to", optional(&settings.reach.escalate_to))
        .set("time_zone", &settings.time_zone)
        .set("jurisdiction", &settings.jurisdiction)
        .set("profile", optional(&settings.profile))
        .set("sharing", sharing.map_or("", |(id, ..)| *id));
    fields
}

async fn page(
    app: &App,
    signed: &Signed,
    fields: &Fields,
    said: Option<&'static str>,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let f = Inputs::new(words);
    let body = html! {
        (fields.summary())
        form method="post" action="/organisation" data-guard {
            (hidden("csrf", &signed.csrf()))
            (fields.text(&f.name))
            (fields.textarea(&f.hours))
            (fields.textarea(&f.when_closed))
            (fields.text(&f.escalate_to))
            (fields.text(&f.time_zone))
            (fields.select(&f.jurisdiction, &jurisdictions(app)))
            (fields.select(&f.profile, &profiles(app)))
            (fields.radios(&f.sharing, &sharing(words)))
            (button(&words.say("organisation-do")))
        }
        h2 class="govuk-heading-m" { (words.say("organisation-officer")) }
        (officer(app, signed).await?)
        h2 class="govuk-heading-m" { (words.say("organisation-knowledge")) }
        (knowledge(app, signed).await?)
    };
    let mut frame = signed
        .frame(words.say("organisation-title"))
        .at("/organisation")
        .back("/owner")
        .checked(fields);
    if let Some(said) = said {
        let says = html! { p class="govuk-notification-banner__heading" { (words.say(said)) } };
        frame = frame.notice(notice(words, Tone::Good, says));
    }
    Ok(Page::whole(frame.page(body)))
}

fn sharing(words: &Words) -> Vec<Choice> {
    SHARING
        .iter()
        .map(|(id, _, says, hint)| Choice::new(*id, words.say(says)).hint(words.say(hint)))
        .collect()
}

/// The jurisdictions that the scopes of professions know.
fn jurisdictions(app: &App) -> Vec<Choice> {
    let professions = app.clinic.knowledge.professions.iter();
    let scopes = professions.flat_map(|(_, one)| &one.scopes);
    let mut all: Vec<&str> = scopes.map(|scope| scope.jurisdiction.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|id| Choice::new(id, id)).collect()
}

fn profiles(app: &App) -> Vec<Choice> {
    let all = app.clinic.knowledge.profiles.iter();
    all.map(|(_, one)| Choice::new(&one.id, &one.name))
        .collect()
}

/// Who answers for privacy, and naming somebody else.
async fn officer(app: &App, signed: &Signed) -> Result<Markup, Problem> {
    let words = &signed.words;
    let members = app.clinic.members(&signed.caller).await?;
    let now = signed.works_at.privacy_officer.as_deref();
    let named = members.iter().find(|one| Some(one.user.as_str()) == now);
    let people: Vec<Choice> = members
        .iter()
        .filter(|one| !one.disabled)
        .map(|one| Choice::new(&one.user, &one.account.name))
        .collect();
    let fields = Fields::new(words);
    let field = Field::new("user", words.say("organisation-officer-who"));
    Ok(html! {
        p class="govuk-body" {
            @match named {
                Some(one) => (words.say_with("organisation-officer-is", &[("name", one.account.name.as_str().into())])),
                None => (words.say("organisation-officer-none")),
            }
        }
        form method="post" action="/organisation/privacy-officer" {
            (hidden("csrf", &signed.csrf()))
            (fields.select(&field, &people))
            (second_button(&words.say("organisation-officer-do")))
        }
    })
}

/// Which release of the knowledge works here, and who accepted it.
async fn knowledge(app: &App, signed: &Signed) -> Result<Markup, Problem> {
    let words = &signed.words;
    let release = &app.clinic.knowledge.hash;
    let release: String = release.chars().take(16).collect();
    let accepted = app.clinic.accepted(&signed.works_at.organisation).await?;
    let rows = [Row::new(
        words.say("organisation-release"),
        html! { code { (release) } },
    )];
    Ok(html! {
        (summary_list(words, &rows))
        @match accepted {
            Some(one) => p class="govuk-body" {
                (words.say_with("organisation-accepted", &[
                    ("officer", one.officer.into()), ("standing", one.standing.into()),
                    ("at", words.moment(one.at.to_zoned(signed.zone()).datetime()).into()),
                ]))
            },
            None => (inset(html! { p class="govuk-body" { (words.say("organisation-not-accepted")) } })),
        }
        p class="govuk-body" { a class="govuk-link" href="/knowledge" { (words.say("menu-knowledge")) } }
    })
}

/// `POST /organisation`.
///
/// # Errors
/// It is not for the caller, or a fault.
pub async fn change(
    State(app): State<App>,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    may(&app, &signed)?;
    let mut fields = Fields::sent(&signed.words, pairs);
    let Some(settings) = read(&app, &mut fields, &signed.words) else {
        return again(&app, &signed, &fields).await;
    };
    match app
        .clinic
        .change_organisation(&signed.caller, settings)
        .await
    {
        Ok(()) => Ok(Redirect::to("/organisation?done=changed").into_response()),
        Err(Refused::People(refusal)) => {
            fields.wrong("name", refusal.to_string());
            again(&app, &signed, &fields).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn again(app: &App, signed: &Signed, fields: &Fields) -> Result<Response, Problem> {
    let page = page(app, signed, fields, None).await?;
    Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn read(app: &App, fields: &mut Fields, words: &Words) -> Option<OrganisationSettings> {
    let f = Inputs::new(words);
    let name = fields.read_text(&f.name);
    let hours = fields.read_text(&f.hours);
    let when_closed = fields.read_text(&f.when_closed);
    let escalate_to = fields.read_text(&f.escalate_to);
    if escalate_to.as_deref().is_some_and(|one| !is_email(one)) {
        fields.wrong("escalate_to", words.say("email-wrong"));
    }
    let time_zone = fields.read_text(&f.time_zone);
    if time_zone
        .as_deref()
        .is_some_and(|zone| TimeZone::get(zone).is_err())
    {
        fields.wrong("time_zone", words.say("organisation-zone-wrong"));
    }
    let jurisdiction = fields.read_choice(&f.jurisdiction, &jurisdictions(app));
    let profile = fields.read_choice(&f.profile, &profiles(app));
    let chosen = fields.read_choice(&f.sharing, &sharing(words));
    let sharing = SHARING
        .iter()
        .find(|(id, ..)| Some(*id) == chosen.as_deref());
    if !fields.is_right() {
        return None;
    }
    Some(OrganisationSettings {
        name: name?,
        jurisdiction: jurisdiction?,
        time_zone: time_zone?,
        profile,
        sharing: sharing?.1,
        reach: Reach {
            hours,
            when_closed,
            escalate_to,
        },
    })
}

/// Somebody.
#[derive(Debug, Deserialize)]
pub struct Whom {
    #[serde(default)]
    user: String,
}

/// `POST /organisation/privacy-officer`.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn name_officer(
    State(app): State<App>,
    Checked(signed, whom): Checked<Whom>,
) -> Result<Redirect, Problem> {
    app.clinic
        .name_privacy_officer(&signed.caller, whom.user)
        .await?;
    Ok(Redirect::to("/organisation?done=officer"))
}
