//! The directory: whom a patient can be sent to, one page for each person and each organisation.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cotreat_access::Viewer;
use cotreat_people::event::NewPatients;
use cotreat_store::clinic::ask::Offers;
use cotreat_ui::{
    Button, Choice, Column, Field, Fields, Row, Table, Tone, Width, Words, button, details, empty,
    hidden, notice, summary_list,
};
use maud::{Markup, Render as _, html};
use serde::Deserialize;

use super::referrals::{professions, room};
use crate::clinic::{Listed, OwnEntry, Refused};
use crate::web::{App, Checked, Page, Problem, Signed};

/// So many are shown; whoever looks for another one says more about them.
const SHOWN: usize = 50;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    profession: String,
    #[serde(default)]
    technique: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    room: String,
    /// A name, or a part of one.
    #[serde(default)]
    q: String,
}

impl Wanted {
    fn offers(&self) -> Offers<'_> {
        fn given(text: &str) -> Option<&str> {
            Some(text.trim()).filter(|text| !text.is_empty())
        }
        Offers {
            profession: given(&self.profession),
            technique: given(&self.technique),
            language: given(&self.language),
            organisation: None,
            area: given(&self.area),
            has_room: given(&self.room).is_some(),
        }
    }

    fn fields(&self, words: &Words) -> Fields {
        let mut fields = Fields::new(words);
        fields
            .set("q", &*self.q)
            .set("profession", &*self.profession);
        fields.set("technique", &*self.technique);
        fields.set("language", &*self.language);
        fields.set("area", &*self.area).set("room", &*self.room);
        fields
    }
}

/// `GET /directory`: searched by name, profession, technique, language, place and room.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn search(
    signed: Signed,
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let mut found = app
        .clinic
        .directory(&signed.caller, wanted.offers())
        .await?;
    let typed = wanted.q.trim().to_lowercase();
    found.retain(|one| one.entry.name.to_lowercase().contains(&typed));
    let fields = wanted.fields(words);
    let filter = html! {
        (fields.select(&Field::new("technique", words.say("directory-technique")).optional(), &techniques(&app)))
        (fields.text(&Field::new("language", words.say("directory-language")).optional().width(Width::Five).hint(words.say("directory-language-hint")).autocomplete("off")))
        (fields.text(&Field::new("area", words.say("directory-area")).optional().width(Width::Twenty).autocomplete("off")))
        (fields.tick(&Field::new("room", words.say("directory-room")).optional(), "yes"))
    };
    let narrowed = ["technique", "language", "area", "room"];
    let narrowed = narrowed.iter().any(|name| !fields.get(name).is_empty());
    let body = html! {
        form method="get" action="/directory" role="search" {
            (fields.text(&Field::new("q", words.say("directory-name")).optional().kind(cotreat_ui::Kind::Search).autocomplete("off")))
            (fields.select(&Field::new("profession", words.say("referral-as")).optional(), &professions(&app.clinic.knowledge)))
            details class="govuk-details" open[narrowed] {
                summary class="govuk-details__summary" { span class="govuk-details__summary-text" { (words.say("draft-narrow")) } }
                div class="govuk-details__text" { (filter) }
            }
            (button(&words.say("directory-find")))
        }
        (list(&app, words, &found))
    };
    let frame = signed.frame(words.say("directory-title")).wide();
    Ok(Page::whole(frame.at("/directory").page(body)))
}

fn techniques(app: &App) -> Vec<Choice> {
    let all = app.clinic.knowledge.techniques.iter();
    let mut all: Vec<(&str, &str)> = all
        .map(|(_, one)| (one.name.as_str(), one.id.as_str()))
        .collect();
    all.sort_unstable();
    all.into_iter()
        .map(|(name, id)| Choice::new(id, name))
        .collect()
}

fn list(app: &App, words: &Words, found: &[Listed]) -> Markup {
    if found.is_empty() {
        let says = html! { p class="govuk-body" { (words.say("directory-nobody-says")) } };
        return empty(&words.say("directory-nobody"), says);
    }
    let columns = [
        "directory-who",
        "referral-as",
        "directory-where",
        "directory-new",
    ];
    let columns = columns.map(|word| Column::new(words.say(word)));
    let says = words.say_with("directory-found", &[("n", found.len().into())]);
    let mut table = Table::new(&says, columns.into()).hide_caption();
    for one in found.iter().take(SHOWN) {
        table = table.row(row(app, words, one));
    }
    html! {
        h2 class="govuk-heading-m" { (says) }
        (table.render())
        @if found.len() > SHOWN { p class="govuk-body" { (words.say_with("directory-more", &[("n", SHOWN.into())])) } }
    }
}

fn row(app: &App, words: &Words, one: &Listed) -> Vec<Markup> {
    let told = &one.entry.qualification;
    let profession = app.clinic.knowledge.professions.get(&told.profession);
    let profession = profession.map_or(told.profession.as_str(), |found| found.name.as_str());
    vec![
        html! {
            a class="govuk-link" href={ "/directory/people/" (one.entry.user) } { (one.entry.name) }
            @if !told.languages.is_empty() { br; span class="govuk-hint" { (told.languages.join(", ")) } }
        },
        html! { (profession) },
        html! {
            (organisations(one))
            @if !told.areas.is_empty() { br; span class="govuk-hint" { (told.areas.join(", ")) } }
        },
        html! { (told.new_patients.map_or_else(|| words.say("room-not-said"), |takes| room(words, takes))) },
    ]
}

fn organisations(one: &Listed) -> Markup {
    html! {
        @for (at, (id, name)) in one.organisations.iter().enumerate() {
            @if at > 0 { ", " }
            a class="govuk-link" href={ "/directory/organisations/" (id) } { (name) }
        }
    }
}

/// `GET /directory/organisations/{id}`: an organisation, and who treats there.
///
/// # Errors
/// There is none, it is not for the caller, or the store failed.
pub async fn organisation(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    let (found, people) = app.clinic.listed_organisation(&signed.caller, &id).await?;
    let words = &signed.words;
    let rows = [
        Row::new(
            words.say("directory-scope"),
            html! { (found.settings.jurisdiction) },
        ),
        Row::new(
            words.say("directory-zone"),
            html! { (found.settings.time_zone) },
        ),
    ];
    let body = html! {
        (summary_list(words, &rows))
        (list(&app, words, &people))
    };
    let frame = signed.frame(found.settings.name.clone());
    let frame = frame.wide().back("/directory").at("/directory");
    Ok(Page::whole(frame.page(body)))
}

/// `GET /directory/people/{user}`: somebody, with what they offer; one's own page has the form that changes it.
///
/// # Errors
/// Nobody of this id treats here, it is not for the caller, or the store failed.
pub async fn person(
    signed: Signed,
    State(app): State<App>,
    Path(user): Path<String>,
) -> Result<Page, Problem> {
    let one = app.clinic.listed(&signed.caller, &user).await?;
    let fields = own_fields(&signed.words, &one);
    Ok(person_page(&app, &signed, &one, &fields, None))
}

fn own_fields(words: &Words, one: &Listed) -> Fields {
    let told = &one.entry.qualification;
    let mut fields = Fields::new(words);
    for technique in &told.techniques {
        fields.add("techniques", technique.clone());
    }
    fields.set("languages", told.languages.join(", "));
    fields.set("areas", told.areas.join(", "));
    fields.set(
        "new_patients",
        told.new_patients.map_or("", NewPatients::id),
    );
    fields
}

fn person_page(
    app: &App,
    signed: &Signed,
    one: &Listed,
    fields: &Fields,
    refused: Option<&str>,
) -> Page {
    let words = &signed.words;
    let told = &one.entry.qualification;
    let own =
        matches!(&signed.caller.viewer, Viewer::Staff { user, .. } if *user == one.entry.user);
    let knowledge = &app.clinic.knowledge;
    let profession = knowledge.professions.get(&told.profession);
    let name = profession.map_or(told.profession.as_str(), |found| found.name.as_str());
    let offers: Vec<&str> = told
        .techniques
        .iter()
        .map(|id| {
            knowledge
                .techniques
                .get(id)
                .map_or(id.as_str(), |found| found.name.as_str())
        })
        .collect();
    let not_said = || words.say("room-not-said");
    let or_not_said = |text: String| if text.is_empty() { not_said() } else { text };
    let rows = [
        Row::new(words.say("referral-as"), html! { (name) }),
        Row::new(words.say("directory-where"), organisations(one)),
        Row::new(
            words.say("directory-techniques"),
            html! { (or_not_said(offers.join(", "))) },
        ),
        Row::new(
            words.say("directory-languages"),
            html! { (or_not_said(told.languages.join(", "))) },
        ),
        Row::new(
            words.say("directory-areas"),
            html! { (or_not_said(told.areas.join(", "))) },
        ),
        Row::new(
            words.say("directory-new"),
            html! { (told.new_patients.map_or_else(not_said, |takes| room(words, takes))) },
        ),
    ];
    let may = profession.map(|found| &found.statement.says);
    let body = html! {
        (fields.summary())
        (summary_list(words, &rows))
        @if let Some(says) = may { p class="govuk-body" { (says) } }
        @if own { (own_form(app, signed, fields)) }
    };
    let mut frame = signed.frame(one.entry.name.clone()).checked(fields);
    frame = frame.back("/directory").at("/directory");
    if let Some(says) = refused {
        let says = html! { p class="govuk-body" { (says) } };
        frame = frame.notice(notice(words, Tone::Stop, says));
    }
    Page::whole(frame.page(body))
}

fn room_choices(words: &Words) -> Vec<Choice> {
    NewPatients::ALL
        .into_iter()
        .map(|takes| Choice::new(takes.id(), room(words, takes)))
        .collect()
}

fn own_form(app: &App, signed: &Signed, fields: &Fields) -> Markup {
    let words = &signed.words;
    html! {
        h2 class="govuk-heading-m" { (words.say("directory-own")) }
        p class="govuk-hint" { (words.say("directory-own-hint")) }
        form method="post" action="/directory/own" {
            (hidden("csrf", &signed.csrf()))
            (fields.radios(&Field::new("new_patients", words.say("directory-new")).optional(), &room_choices(words)))
            (fields.text(&Field::new("areas", words.say("directory-areas")).optional().hint(words.say("directory-areas-hint")).autocomplete("off")))
            (fields.text(&Field::new("languages", words.say("directory-languages")).optional().hint(words.say("directory-languages-hint")).autocomplete("off")))
            (details(&words.say("directory-techniques"), fields.checkboxes(&Field::new("techniques", words.say("directory-techniques")).optional(), &techniques(app))))
            (Button::new(words.say("directory-save")).render())
        }
    }
}

/// `POST /directory/own`: changes what the caller says about themselves.
///
/// # Errors
/// The caller treats nobody, or a fault.
pub async fn change_own(
    State(app): State<App>,
    Checked(signed, sent): Checked<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let Viewer::Staff { user, .. } = &signed.caller.viewer else {
        return Err(Problem::not_found());
    };
    let mut fields = Fields::sent(&signed.words, sent);
    let several = |text: &str| -> Vec<String> {
        let parts = text.split([',', ';', '\n']).map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let entry = OwnEntry {
        techniques: fields.all("techniques").to_vec(),
        languages: several(fields.get("languages")),
        areas: several(fields.get("areas")),
        new_patients: NewPatients::of(fields.get("new_patients")),
    };
    match app.clinic.change_own_entry(&signed.caller, entry).await {
        Ok(()) => Ok(Redirect::to(&format!("/directory/people/{user}")).into_response()),
        Err(refused @ (Refused::People(_) | Refused::Incomplete { .. })) => {
            let one = app.clinic.listed(&signed.caller, user).await?;
            fields.wrong("languages", refused.to_string());
            let page = person_page(&app, &signed, &one, &fields, Some(&refused.to_string()));
            Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}
