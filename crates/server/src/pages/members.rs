//! Whoever works in an organisation: a list, and a page for each of them.

mod add;
mod change;

use axum::extract::{Path, Query, State};
use cotreat_people::Role;
use cotreat_store::clinic::ask::{AuditWanted, Member, Sort, What};
use cotreat_ui::{
    Choice, Column, Field, Fields, Row, Table, Tone, Words, button, details, hidden, notice,
    second_button, summary_list, tag, warning_button,
};
use jiff::SignedDuration;
use maud::{Markup, html};
use serde::Deserialize;

use super::audit::role_word;
use crate::web::{App, Page, Problem, Signed};

pub use add::{add, ask};
pub use change::{disable, enable, grant, reset, withdraw};

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// So far back sign-ins are shown.
const SHOWN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// `GET /members`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn list(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    let words = &signed.words;
    let members = app.clinic.members(&signed.caller).await?;
    let heads = ["name", "profession", "roles", "email"];
    let heads = heads.map(|id| Column::new(words.say(id))).to_vec();
    let caption = words.say_with("members-caption", &[("n", members.len().into())]);
    let mut table = Table::new(caption, heads);
    for one in &members {
        table = table.row(vec![
            html! {
                a class="govuk-link" href={ "/members/" (one.user) } { (one.account.name) }
                @if one.disabled { " " (tag(Tone::Plain, &words.say("member-disabled"))) }
            },
            html! { (profession(&app, one)) },
            html! { (roles(one, words)) },
            html! { (one.account.email) },
        ]);
    }
    let body = html! {
        p class="govuk-body" {
            a class="govuk-link" href="/members/new" { (words.say("member-add")) }
            " · "
            a class="govuk-link" href="/organisation" { (words.say("organisation-title")) }
        }
        (table)
    };
    let frame = signed.frame(words.say("menu-people")).at("/members").wide();
    Ok(Page::whole(frame.page(body)))
}

fn profession(app: &App, one: &Member) -> String {
    let Some(told) = &one.account.qualification else {
        return "–".to_owned();
    };
    let found = app.clinic.knowledge.professions.get(&told.profession);
    found.map_or_else(|| told.profession.clone(), |one| one.name.clone())
}

fn roles(one: &Member, words: &Words) -> String {
    let all: Vec<String> = one
        .roles
        .iter()
        .map(|role| role_word(*role, words))
        .collect();
    words.list(&all)
}

/// A role to choose, with what it may.
fn role_choice(role: Role, words: &Words) -> Choice {
    let hint = match role {
        Role::Clinician => "role-clinician-hint",
        Role::FrontDesk => "role-front-desk-hint",
        Role::Owner => "role-owner-hint",
        Role::Researcher => "role-researcher-hint",
        Role::Operator => "role-operator-hint",
        Role::Integrator => "role-integrator-hint",
    };
    Choice::new(role.id(), role_word(role, words)).hint(words.say(hint))
}

/// `GET /members/{user}`: who somebody is, what they are here, and what can be changed.
///
/// # Errors
/// It is not for the caller, or there is nobody of this id.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Path(user): Path<String>,
    Query(done): Query<Done>,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let member = app.clinic.member(&signed.caller, &user).await?;
    let csrf = signed.csrf();
    let place = format!("/members/{user}");
    let body = html! {
        (summary_list(words, &[
            Row::new(words.say("name"), &member.account.name),
            Row::new(words.say("email"), &member.account.email),
            Row::new(words.say("profession"), profession(&app, &member)),
        ]))
        h2 class="govuk-heading-m" { (words.say("roles")) }
        @for (at, role) in member.roles.iter().enumerate() { (withdraw_form(&place, &csrf, *role, at, words)) }
        (grant_form(&place, &csrf, &member, words))
        h2 class="govuk-heading-m" { (words.say("member-access")) }
        (access(&place, &csrf, &member, words))
        h2 class="govuk-heading-m" { (words.say("member-sign-ins")) }
        (sign_ins(&app, &signed, &user).await?)
    };
    let mut frame = signed
        .frame(&member.account.name)
        .at(place.clone())
        .back("/members");
    let said = match done.done.as_str() {
        "granted" => Some("member-granted"),
        "withdrawn" => Some("member-withdrawn"),
        "disabled" => Some("member-now-disabled"),
        "enabled" => Some("member-now-enabled"),
        _ => None,
    };
    if let Some(said) = said {
        let says = html! { p class="govuk-notification-banner__heading" { (words.say(said)) } };
        frame = frame.notice(notice(words, Tone::Good, says));
    }
    Ok(Page::whole(frame.page(body)))
}

/// A role, and how it is taken away.
fn withdraw_form(place: &str, csrf: &str, role: Role, at: usize, words: &Words) -> Markup {
    let id = format!("withdraw-{at}");
    let name = role_word(role, words);
    let says = words.say_with("member-withdraw", &[("role", name.as_str().into())]);
    html! {
        p class="govuk-body" { strong { (name) } }
        (details(&says, html! {
            form method="post" action={ (place) "/withdraw" } {
                (hidden("csrf", csrf))
                (hidden("role", role.id()))
                div class="govuk-form-group" {
                    label class="govuk-label" for=(id) { (words.say("member-why")) }
                    input class="govuk-input" id=(id) name="reason" type="text" autocomplete="off" maxlength="500";
                }
                (warning_button(&says))
            }
        }))
    }
}

fn grant_form(place: &str, csrf: &str, member: &Member, words: &Words) -> Markup {
    let fields = Fields::new(words);
    let left: Vec<Choice> = Role::ALL
        .into_iter()
        .filter(|role| !member.roles.contains(role))
        .map(|role| role_choice(role, words))
        .collect();
    html! {
        @if !left.is_empty() {
            (details(&words.say("member-grant"), html! {
                form method="post" action={ (place) "/grant" } {
                    (hidden("csrf", csrf))
                    (fields.radios(&Field::new("role", words.say("role")), &left))
                    (button(&words.say("member-grant")))
                }
            }))
        }
    }
}

fn access(place: &str, csrf: &str, member: &Member, words: &Words) -> Markup {
    let fields = Fields::new(words);
    let why = Field::new("reason", words.say("member-why"))
        .autocomplete("off")
        .most(500);
    html! {
        form method="post" action={ (place) "/reset" } {
            (hidden("csrf", csrf))
            p class="govuk-body" { (words.say("member-reset-says")) }
            (second_button(&words.say("member-reset")))
        }
        @if member.disabled {
            form method="post" action={ (place) "/enable" } {
                (hidden("csrf", csrf))
                (second_button(&words.say("member-enable")))
            }
        } @else {
            (details(&words.say("member-disable"), html! {
                p class="govuk-body" { (words.say("member-disable-says")) }
                form method="post" action={ (place) "/disable" } {
                    (hidden("csrf", csrf))
                    (fields.text(&why))
                    (warning_button(&words.say("member-disable")))
                }
            }))
        }
    }
}

/// What the security log says about somebody's signing in.
async fn sign_ins(app: &App, signed: &Signed, user: &str) -> Result<Markup, Problem> {
    let words = &signed.words;
    let now = app.clinic.clock.now();
    let wanted = AuditWanted {
        organisation: &signed.works_at.organisation,
        from: now.checked_sub(SHOWN).unwrap_or(now),
        before: now.checked_add(SignedDuration::from_secs(1)).unwrap_or(now),
        user: None,
        patient: None,
        sort: Sort::SignIns,
        behind: 0,
        most: 1_000,
    };
    let (did, _) = app.clinic.store.audit(wanted).await?;
    let stream = cotreat_people::stream::user(user);
    let heads = ["when", "audit-what", "how"].map(|id| Column::new(words.say(id)));
    let mut table = Table::new(words.say("member-sign-ins"), heads.to_vec()).hide_caption();
    let theirs: Vec<_> = did
        .iter()
        .filter(|one| one.stream == stream)
        .take(20)
        .collect();
    for one in &theirs {
        if let What::SignIn(what, how) = &one.what {
            table = table.row(vec![
                html! { (words.moment(one.at.to_zoned(signed.zone()).datetime())) },
                html! { (super::audit::signing(what, words)) },
                html! { (how.replace('_', " ")) },
            ]);
        }
    }
    Ok(html! {
        @if theirs.is_empty() { p class="govuk-body" { (words.say("member-no-sign-ins")) } } @else { (table) }
    })
}
