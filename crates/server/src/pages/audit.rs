//! The audit: who did what, when; on a page, and as a table for a spreadsheet.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use cotreat_people::Role;
use cotreat_store::clinic::ask::{Did, Sort, What};
use cotreat_ui::{Choice, Column, Field, Fields, Table, Width, Words, button, empty, toolbar};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use crate::clinic::audit::{Asked, Audit};
use crate::web::{App, Csv, Page, Problem, Signed};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    patient: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    behind: u64,
}

/// The sorts: their words in addresses, and ours.
const SORTS: [(&str, &str, Sort); 5] = [
    ("openings", "sort-openings", Sort::Openings),
    ("glass", "sort-glass", Sort::Glass),
    ("sign-ins", "sort-sign-ins", Sort::SignIns),
    ("roles", "sort-roles", Sort::Roles),
    ("refusals", "sort-refusals", Sort::All),
];

impl Wanted {
    fn asked(&self) -> Asked {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |text: &str| text.trim().parse::<Date>().ok();
        let sort = SORTS.iter().find(|(id, ..)| *id == self.sort);
        Asked {
            from: day(&self.from),
            to: day(&self.to),
            user: text(&self.user),
            patient: text(&self.patient),
            sort: sort.map_or(Sort::All, |(_, _, sort)| *sort),
            refusals: self.sort == "refusals",
            behind: self.behind,
        }
    }
}

/// So many pages go into one table for a spreadsheet.
const MOST_PAGES: usize = 100;

/// One line of the audit, in words.
struct Line {
    at: Timestamp,
    who: String,
    what: String,
    patient: Option<String>,
}

/// `GET /audit`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn show(
    signed: Signed,
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let audit = app.clinic.audit(&signed.caller, &wanted.asked()).await?;
    let names = names(&app, &signed).await?;
    let lines = lines(&audit, &names, words);
    let query = format!(
        "from={}&to={}&user={}&patient={}&sort={}",
        audit.from,
        audit.to,
        plain(&wanted.user),
        plain(&wanted.patient),
        plain(&wanted.sort)
    );
    let body = html! {
        (filter(&wanted, &audit, &names, words))
        @if lines.is_empty() {
            (empty(&words.say("audit-nothing"), html! { p class="govuk-body" { (words.say("audit-nothing-says")) } }))
        } @else { (table(&lines, &signed)) }
        (toolbar(&[
            html! { @if let Some(more) = audit.more { a class="govuk-link" href={ "/audit?" (query) "&behind=" (more) } { (words.say("audit-more")) } } },
            html! { a class="govuk-link" href={ "/audit.csv?" (query) } { (words.say("audit-csv")) } },
        ]))
        p class="govuk-hint" { (chain(&audit, words)) }
    };
    let frame = signed
        .frame(words.say("menu-audit"))
        .at("/audit")
        .wide()
        .record();
    Ok(Page::whole(frame.page(body)))
}

/// How far the chain over the record reaches, and until where it was signed.
fn chain(audit: &Audit, words: &Words) -> String {
    let position = audit.position.to_string();
    match &audit.checkpoint {
        Some((day, signed)) => words.say_with(
            "audit-chain",
            &[
                ("position", position.into()),
                ("day", day.as_str().into()),
                ("signed", signed.to_string().into()),
            ],
        ),
        None => words.say_with("audit-chain-unsigned", &[("position", position.into())]),
    }
}

/// As part of an address: what is no id stands there for nobody.
fn plain(text: &str) -> String {
    let fits = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    text.chars().filter(fits).collect()
}

/// Who works here, by id.
async fn names(app: &App, signed: &Signed) -> Result<BTreeMap<String, String>, Problem> {
    let members = app
        .clinic
        .store
        .members(&signed.works_at.organisation)
        .await?;
    let names = members.into_iter().map(|one| (one.user, one.account.name));
    Ok(names.collect())
}

fn filter(
    wanted: &Wanted,
    audit: &Audit,
    names: &BTreeMap<String, String>,
    words: &Words,
) -> Markup {
    let mut fields = Fields::new(words);
    fields
        .set("from", audit.from.to_string())
        .set("to", audit.to.to_string())
        .set("user", &wanted.user)
        .set("patient", &wanted.patient)
        .set("sort", &wanted.sort);
    let people: Vec<Choice> = names
        .iter()
        .map(|(id, name)| Choice::new(id, name))
        .collect();
    let sorts = SORTS.map(|(id, word, _)| Choice::new(id, words.say(word)));
    let day = |name: &str, label: &str| {
        Field::new(name, words.say(label))
            .hint(words.say("audit-day-hint"))
            .width(Width::Ten)
            .autocomplete("off")
    };
    html! {
        form method="get" action="/audit" data-plain class="ct-filter" {
            (fields.text(&day("from", "audit-from")))
            (fields.text(&day("to", "audit-to")))
            (fields.select(&Field::new("user", words.say("audit-user")).optional(), &people))
            (fields.text(&Field::new("patient", words.say("audit-patient")).width(Width::Twenty).autocomplete("off").optional()))
            (fields.select(&Field::new("sort", words.say("audit-sort")).optional(), &sorts))
            (button(&words.say("audit-do")))
        }
    }
}

fn table(lines: &[Line], signed: &Signed) -> Markup {
    let words = &signed.words;
    let heads = ["when", "audit-who", "audit-what", "audit-patient-number"];
    let heads = heads.map(|id| Column::new(words.say(id))).to_vec();
    let caption = words.say_with("audit-caption", &[("n", lines.len().into())]);
    let mut table = Table::new(caption, heads);
    for line in lines {
        let at = words.moment(line.at.to_zoned(signed.zone()).datetime());
        table = table.row(vec![
            html! { (at) },
            html! { (line.who) },
            html! { (line.what) },
            html! { @if let Some(patient) = &line.patient { code { (patient) } } },
        ]);
    }
    html! { (table) }
}

/// What was done and what was refused, the last first.
fn lines(audit: &Audit, names: &BTreeMap<String, String>, words: &Words) -> Vec<Line> {
    let did = audit.did.iter().map(|one| Line {
        at: one.at,
        who: who(one, names, words),
        what: what(one, names, words),
        patient: one.patient.clone(),
    });
    let refused = audit.refused.iter().map(|one| {
        let told = [
            ("method", one.method.as_str().into()),
            ("route", one.route.as_str().into()),
        ];
        Line {
            at: one.at,
            who: called(&one.user, names),
            what: words.say_with("did-refused", &told),
            patient: one.about.clone(),
        }
    });
    let mut all: Vec<Line> = did.chain(refused).collect();
    all.sort_by_key(|line| std::cmp::Reverse(line.at));
    all
}

fn called(user: &str, names: &BTreeMap<String, String>) -> String {
    names.get(user).cloned().unwrap_or_else(|| user.to_owned())
}

fn who(one: &Did, names: &BTreeMap<String, String>, words: &Words) -> String {
    match one.actor.as_str() {
        "patient" => words.say("who-patient"),
        "operator" => words.say("who-operator"),
        "program" => words.say("who-program"),
        user => one.name.clone().unwrap_or_else(|| called(user, names)),
    }
}

fn what(one: &Did, names: &BTreeMap<String, String>, words: &Words) -> String {
    let about = one.stream.split_once('/').map_or("", |(_, id)| id);
    let whom = called(about, names);
    match &one.what {
        What::Opened(purpose) => {
            let purpose = words.say(super::purpose_word(*purpose));
            words.say_with("did-opened", &[("purpose", purpose.into())])
        }
        What::BrokeGlass(reason) => {
            words.say_with("did-glass", &[("reason", reason.as_str().into())])
        }
        What::Wrote => words.say("did-wrote"),
        What::Erased => words.say("did-erased"),
        What::SignIn(what, how) => {
            let told = [
                ("whom", whom.into()),
                ("what", signing(what, words).into()),
                ("how", how.replace('_', " ").into()),
            ];
            words.say_with("did-signing", &told)
        }
        What::Granted(role) => {
            let told = [
                ("whom", whom.into()),
                ("role", role_word(*role, words).into()),
            ];
            words.say_with("did-granted", &told)
        }
        What::Withdrew(role) => {
            let told = [
                ("whom", whom.into()),
                ("role", role_word(*role, words).into()),
            ];
            words.say_with("did-withdrew", &told)
        }
        What::Patient(kind) => words.say(patient_word(kind)),
        What::User(kind) => words.say_with(user_word(kind), &[("whom", whom.into())]),
        What::Organisation(kind) => words.say(organisation_word(kind)),
    }
}

/// What happened about signing in.
pub(super) fn signing(what: &str, words: &Words) -> String {
    let known = match what {
        "signed_in" => "signing-in",
        "signed_out" => "signing-out",
        "sign_in_failed" => "signing-failed",
        "proof_failed" | "second_factor_failed" => "signing-proof-failed",
        "proved_again" => "signing-proved",
        "password_set" | "password_changed" => "signing-password",
        "setup_link_made" => "signing-link",
        "session_ended" | "sessions_ended" => "signing-ended",
        "second_factor_added" | "recovery_code_used" => "signing-factor",
        "second_factor_removed" | "second_factors_removed" => "signing-factor-removed",
        other => return other.replace('_', " "),
    };
    words.say(known)
}

/// What somebody is, in words.
pub(super) fn role_word(role: Role, words: &Words) -> String {
    words.say(match role {
        Role::Clinician => "role-clinician",
        Role::FrontDesk => "role-front-desk",
        Role::Owner => "role-owner",
        Role::Researcher => "role-researcher",
        Role::Operator => "role-operator",
        Role::Integrator => "role-integrator",
    })
}

fn patient_word(kind: &str) -> &'static str {
    match kind {
        "patient_registered" => "did-registered",
        "identity_corrected" => "did-corrected",
        "seen_at" => "did-seen-at",
        "no_longer_seen_at" => "did-no-longer",
        "private_note_written" => "did-note",
        "file_merged" => "did-merged",
        "file_unmerged" => "did-parted",
        _ => "did-patient-other",
    }
}

fn user_word(kind: &str) -> &'static str {
    match kind {
        "user_added" => "did-user-added",
        "user_disabled" => "did-user-disabled",
        "user_enabled" => "did-user-enabled",
        _ => "did-user-changed",
    }
}

fn organisation_word(kind: &str) -> &'static str {
    match kind {
        "privacy_officer_named" => "did-officer",
        "knowledge_accepted" => "did-knowledge",
        _ => "did-settings",
    }
}

/// `GET /audit.csv`: the same as a table for a spreadsheet.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn csv(
    signed: Signed,
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Result<Csv, Problem> {
    let words = &signed.words;
    let names = names(&app, &signed).await?;
    let heads = ["when", "audit-who", "audit-what", "audit-patient-number"];
    let mut csv = Csv::new("audit", &heads.map(|id| words.say(id)));
    let mut asked = wanted.asked();
    for _ in 0..MOST_PAGES {
        let audit = app.clinic.audit(&signed.caller, &asked).await?;
        for line in lines(&audit, &names, words) {
            let at = line.at.to_zoned(signed.zone());
            csv.row(&[
                at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
                line.who,
                line.what,
                line.patient.unwrap_or_default(),
            ]);
        }
        match audit.more {
            Some(more) => asked.behind = more,
            None => break,
        }
    }
    Ok(csv)
}
