//! The knowledge browser: everything that is known, each statement with its source, its place in the files, and whether a clinician certified the file.

mod text;

use axum::extract::{Path, Query, State};
use cotreat_care::explain::{Article, Entry, Library, Origin};
use cotreat_ui::{
    CaseRow, Field, Fields, Kind, Row, Tone, Words, button, caseload, empty, inset, summary_list,
    tag,
};
use maud::{Markup, html};
use serde::Deserialize;

use crate::web::{App, Page, Problem, Signed};

/// So many are shown of what was found.
const SHOWN: usize = 60;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    q: String,
}

/// `GET /knowledge`.
pub async fn front(signed: Signed, State(app): State<App>, Query(wanted): Query<Wanted>) -> Page {
    let words = &signed.words;
    let library = app.clinic.library();
    let wanted = wanted.q.trim();
    let found = library.find(wanted, SHOWN);
    let body = html! {
        (certification(&app, words))
        (search(wanted, words))
        @if !wanted.is_empty() {
            h2 class="govuk-heading-m" { (words.say_with("knowledge-found", &[("n", found.len().into())])) }
            @if found.is_empty() { (empty(&words.say("knowledge-nothing"), html! { p class="govuk-body" { (words.say("knowledge-nothing-says")) } })) }
            (listed(found.into_iter(), words))
        }
        h2 class="govuk-heading-m" { (words.say("knowledge-kinds")) }
        ul class="govuk-list ct-columns" {
            @for (kind, count) in library.counts() {
                li { a class="govuk-link" href={ "/knowledge/" (kind) } { (words.say(kind_word(kind))) } " (" (count) ")" }
            }
        }
    };
    let frame = signed
        .frame(words.say("menu-knowledge"))
        .at("/knowledge")
        .record();
    Page::whole(frame.page(body))
}

fn search(wanted: &str, words: &Words) -> Markup {
    let mut fields = Fields::new(words);
    fields.set("q", wanted);
    let field = Field::new("q", words.say("knowledge-search"))
        .hint(words.say("knowledge-search-hint"))
        .kind(Kind::Search)
        .autocomplete("off");
    html! {
        form method="get" action="/knowledge" role="search" data-plain {
            (fields.text(&field))
            (button(&words.say("search-do")))
        }
    }
}

/// How far clinicians have certified the release.
fn certification(app: &App, words: &Words) -> Markup {
    let knowledge = &app.clinic.knowledge;
    let release: String = knowledge.hash.chars().take(16).collect();
    let told = [
        ("release", release.into()),
        ("certified", knowledge.certified.len().into()),
        ("files", knowledge.file_hashes.len().into()),
    ];
    inset(html! {
        p class="govuk-body" { (words.say_with("knowledge-release", &told)) }
        @if let Some(note) = &knowledge.ledger_note { p class="govuk-body" lang="en" { (note) } }
    })
}

fn listed<'a>(articles: impl Iterator<Item = &'a Article>, words: &Words) -> Markup {
    let rows: Vec<CaseRow> = articles
        .map(|one| CaseRow {
            name: one.name.clone(),
            address: format!("/knowledge/{}/{}", one.kind, one.id),
            facts: vec![words.say(one_word(one.kind)), one.id.clone()],
            tags: Vec::new(),
            next: None,
        })
        .collect();
    caseload(&rows)
}

/// `GET /knowledge/{kind}`: everything of a kind.
///
/// # Errors
/// There is no such kind.
pub async fn kind(
    signed: Signed,
    State(app): State<App>,
    Path(kind): Path<String>,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let library = app.clinic.library();
    let counts = library.counts();
    let known = counts.iter().find(|(one, _)| *one == kind);
    let (known, _) = known.ok_or_else(Problem::not_found)?;
    let mut all: Vec<&Article> = library.of_kind(known).collect();
    all.sort_by(|a, b| (a.name.to_lowercase(), &a.id).cmp(&(b.name.to_lowercase(), &b.id)));
    let body = html! {
        (search("", words))
        (listed(all.into_iter(), words))
    };
    let frame = signed
        .frame(words.say(kind_word(known)))
        .at(format!("/knowledge/{known}"))
        .trail([(words.say("menu-knowledge"), "/knowledge".to_owned())])
        .record();
    Ok(Page::whole(frame.page(body)))
}

/// `GET /knowledge/{kind}/{id}`.
///
/// # Errors
/// There is no such thing.
pub async fn article(
    signed: Signed,
    State(app): State<App>,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let library = app.clinic.library();
    let one = library.article(&kind, &id);
    let one = one.ok_or_else(Problem::not_found)?;
    let body = html! {
        p class="govuk-hint" { (words.say(one_word(one.kind))) " " code { (one.id) } }
        (file(one, words))
        // What the knowledge says is in English, whatever the language of the page.
        div lang="en" {
            (facts(library, one, words))
            @for section in &one.sections {
                h2 class="govuk-heading-m" { (section.title) }
                @for entry in &section.entries { (statement(library, entry, words)) }
            }
        }
    };
    let trail = [
        (words.say("menu-knowledge"), "/knowledge".to_owned()),
        (
            words.say(kind_word(one.kind)),
            format!("/knowledge/{}", one.kind),
        ),
    ];
    let frame = signed
        .frame(&one.name)
        .at(format!("/knowledge/{}/{}", one.kind, one.id))
        .trail(trail)
        .record();
    Ok(Page::whole(frame.page(body)))
}

fn file(one: &Article, words: &Words) -> Markup {
    html! {
        @if let Some(file) = &one.file {
            p class="govuk-body" {
                @match &file.certified_by {
                    Some(by) => (tag(Tone::Good, &words.say_with("certified-by", &[("name", by.as_str().into())]))),
                    None => (tag(Tone::Watch, &words.say("not-certified"))),
                }
                " " code { (file.place) }
            }
        }
    }
}

fn facts(library: &Library, one: &Article, words: &Words) -> Markup {
    let rows: Vec<Row> = one
        .facts
        .iter()
        .map(|(label, text)| Row::new(*label, text::linked(library, &one.id, text)))
        .collect();
    html! { @if !rows.is_empty() { (summary_list(words, &rows)) } }
}

fn statement(library: &Library, entry: &Entry, words: &Words) -> Markup {
    html! {
        div class="ct-statement" {
            p class="govuk-body" { (text::prose(library, &entry.words)) }
            @if !entry.details.is_empty() {
                ul class="govuk-list govuk-list--bullet" { @for detail in &entry.details { li { (text::linked(library, "", detail)) } } }
            }
            p class="govuk-hint" {
                @if let Some(origin) = &entry.origin { (rests_on(origin, words)) " " }
                @if let Some(place) = &entry.place { code { (place) } }
            }
        }
    }
}

/// What a statement rests on: the source with its place, else on whose judgement; and whether the file is certified.
fn rests_on(origin: &Origin, words: &Words) -> Markup {
    html! {
        @if let Some(source) = &origin.source {
            a class="govuk-link" href={ "/knowledge/source/" (source) } { (origin.source_name.as_deref().unwrap_or(source)) }
            @if !origin.location.is_empty() { ", " (origin.location) }
            ". "
        }
        @match origin.basis.as_str() {
            "source" => {},
            "secondary" => { (words.say("basis-secondary")) " " },
            _ => { (words.say("basis-judgement")) " " },
        }
        @if origin.certified { (words.say("statement-certified")) } @else { (words.say("statement-not-certified")) }
    }
}

/// The words for everything of a kind.
fn kind_word(kind: &str) -> &'static str {
    match kind {
        "finding" => "kind-findings",
        "condition" => "kind-conditions",
        "classification" => "kind-classifications",
        "instrument" => "kind-instruments",
        "intervention" => "kind-interventions",
        "technique" => "kind-techniques",
        "medicine" => "kind-medicines",
        "muscle" => "kind-muscles",
        "joint" => "kind-joints",
        "pattern" => "kind-patterns",
        "profession" => "kind-professions",
        "pathway" => "kind-pathways",
        "profile" => "kind-profiles",
        "source" => "kind-sources",
        _ => "kind-method",
    }
}

/// The word for one of a kind.
fn one_word(kind: &str) -> &'static str {
    match kind {
        "finding" => "one-finding",
        "condition" => "one-condition",
        "classification" => "one-classification",
        "instrument" => "one-instrument",
        "intervention" => "one-intervention",
        "technique" => "one-technique",
        "medicine" => "one-medicine",
        "muscle" => "one-muscle",
        "joint" => "one-joint",
        "pattern" => "one-pattern",
        "profession" => "one-profession",
        "pathway" => "one-pathway",
        "profile" => "one-profile",
        "source" => "one-source",
        _ => "kind-method",
    }
}
