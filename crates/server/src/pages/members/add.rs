//! Adding somebody, and the link by which they sign in for the first time.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cotreat_access::Action;
use cotreat_people::Role;
use cotreat_people::event::{Account, Qualification};
use cotreat_people::identity::is_email;
use cotreat_ui::{
    Choice, Field, Fields, Kind, Tone, Width, Words, button, hidden, notice, toolbar,
};
use maud::html;

use super::role_choice;
use crate::clinic::{Refused, actor};
use crate::pages::patients::{Pairs, once};
use crate::web::{App, Checked, Page, Problem, Signed};

/// The fields, each once.
struct Inputs {
    name: Field,
    email: Field,
    profession: Field,
    hours: Field,
    since: Field,
    role: Field,
}

impl Inputs {
    fn new(words: &Words) -> Self {
        let field =
            |name: &str, label: &str| Field::new(name, words.say(label)).autocomplete("off");
        Self {
            name: field("name", "name").most(100),
            email: field("email", "email")
                .kind(Kind::Email)
                .hint(words.say("member-email-hint")),
            profession: field("profession", "profession")
                .hint(words.say("member-profession-hint"))
                .optional(),
            hours: field("training_hours", "member-hours")
                .width(Width::Five)
                .range(0.0, 100_000.0)
                .optional(),
            since: field("practising_since", "member-since")
                .width(Width::Five)
                .range(1900.0, 2200.0)
                .optional(),
            role: field("role", "role"),
        }
    }
}

/// `GET /members/new`.
///
/// # Errors
/// It is not for the caller.
pub async fn ask(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    may(&app, &signed)?;
    Ok(form(&app, &signed, &Fields::new(&signed.words)))
}

fn may(app: &App, signed: &Signed) -> Result<(), Problem> {
    if signed.may(app, Action::ChangeMembers) {
        return Ok(());
    }
    let resource = cotreat_access::Resource::organisation(&signed.works_at.organisation);
    let access = &app.clinic.access;
    let decision = access.decide(&signed.caller.viewer, Action::ChangeMembers, &resource);
    Err(Refused::by(&decision, true).into())
}

fn form(app: &App, signed: &Signed, fields: &Fields) -> Page {
    let words = &signed.words;
    let f = Inputs::new(words);
    let professions = app.clinic.knowledge.professions.iter();
    let professions: Vec<Choice> = professions
        .map(|(_, one)| Choice::new(&one.id, &one.name))
        .collect();
    let roles: Vec<Choice> = Role::ALL
        .into_iter()
        .map(|role| role_choice(role, words))
        .collect();
    let body = html! {
        (fields.summary())
        form method="post" action="/members" data-guard {
            (hidden("csrf", &signed.csrf()))
            (fields.text(&f.name))
            (fields.text(&f.email))
            (fields.radios(&f.role, &roles))
            (fields.select(&f.profession, &professions))
            (fields.number(&f.hours))
            (fields.number(&f.since))
            (toolbar(&[
                button(&words.say("member-add-do")),
                html! { a class="govuk-link" href="/members" { (words.say("cancel")) } },
            ]))
        }
    };
    let frame = signed.frame(words.say("member-add")).back("/members");
    Page::whole(frame.checked(fields).page(body))
}

/// `POST /members`: adds somebody, and shows the link by which they sign in for the first time. It is shown once.
///
/// # Errors
/// It is not for the caller, or a fault.
pub async fn add(
    State(app): State<App>,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    may(&app, &signed)?;
    once(&pairs)?;
    let words = &signed.words;
    let mut fields = Fields::sent(words, pairs);
    let again = |fields: &Fields| {
        let page = form(&app, &signed, fields);
        page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response()
    };
    let Some((account, role)) = read(&app, &mut fields, words) else {
        return Ok(again(&fields));
    };
    let name = account.name.clone();
    let user = match app.clinic.add_user(&signed.caller, account, role).await {
        Ok(user) => user,
        Err(Refused::People(refusal)) => {
            fields.wrong("name", refusal.to_string());
            return Ok(again(&fields));
        }
        Err(refused) => return Err(refused.into()),
    };
    let link = app.setup_link(&user, actor(&signed.caller.viewer)).await?;
    Ok(handed_over(&signed, &name, &link).into_response())
}

fn read(app: &App, fields: &mut Fields, words: &Words) -> Option<(Account, Role)> {
    let f = Inputs::new(words);
    let name = fields.read_text(&f.name);
    let email = fields.read_text(&f.email);
    if email.as_deref().is_some_and(|email| !is_email(email)) {
        fields.wrong("email", words.say("email-wrong"));
    }
    let role = Role::of(fields.get("role"));
    if role.is_none() {
        let label = words.say("role");
        fields.wrong(
            "role",
            words.say_with("field-not-chosen", &[("label", label.into())]),
        );
    }
    let hours = fields.read_number(&f.hours);
    let since = fields.read_number(&f.since);
    let profession = fields.get("profession").trim().to_owned();
    let known = app.clinic.knowledge.professions.find(&profession).is_some();
    if !profession.is_empty() && !known {
        fields.wrong("profession", words.say("member-no-profession"));
    }
    if role == Some(Role::Clinician) && profession.is_empty() {
        fields.wrong("profession", words.say("member-needs-profession"));
    }
    if !fields.is_right() {
        return None;
    }
    let qualification = known.then(|| Qualification {
        profession,
        training_hours: hours.and_then(whole),
        practising_since: since.and_then(whole),
        ..Qualification::default()
    });
    let account = Account {
        name: name?,
        email: email?,
        qualification,
    };
    Some((account, role?))
}

/// A whole number that fits.
fn whole<N: std::str::FromStr>(number: f64) -> Option<N> {
    format!("{number:.0}").parse().ok()
}

/// A link to sign in, shown once.
pub(super) fn handed_over(signed: &Signed, name: &str, link: &str) -> Page {
    let words = &signed.words;
    let body = html! {
        p class="govuk-body" { (words.say_with("member-link-says", &[("name", name.into())])) }
        p class="govuk-body" { code class="ct-secret" { (link) } }
        p class="govuk-body" { a class="govuk-link" href="/members" { (words.say("menu-people")) } }
    };
    let says =
        html! { p class="govuk-notification-banner__heading" { (words.say("member-link-made")) } };
    let frame = signed
        .frame(words.say("member-link"))
        .notice(notice(words, Tone::Good, says));
    Page::whole(frame.page(body))
}
