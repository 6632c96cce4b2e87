//! Beginning a referral: by a pathway that applies to this patient, or to a profession.

use axum::extract::{Path, Query, State};
use cotreat_access::Action;
use cotreat_store::clinic::ask::Offers;
use cotreat_ui::{Field, Fields, button, inset};
use maud::{Markup, html};
use serde::Deserialize;

use super::{draft, prefill, write};
use crate::clinic::{Opened, new_id};
use crate::web::{App, Page, Problem, Signed};

/// By which way.
#[derive(Debug, Default, Deserialize)]
pub struct Way {
    #[serde(default)]
    pathway: String,
    #[serde(default)]
    profession: String,
}

/// `GET /episodes/{id}/referrals/new`: which pathways apply; with one of them, or a profession, the form with what is on record.
///
/// # Errors
/// [`crate::clinic::Refused::NotFound`], it is not for the caller, or the store failed.
pub async fn ask(
    signed: Signed,
    State(app): State<App>,
    Path(episode): Path<String>,
    Query(way): Query<Way>,
) -> Result<Page, Problem> {
    let opened = app.clinic.open(&signed.caller, &episode).await?;
    let viewer = &signed.caller.viewer;
    app.clinic
        .permit(viewer, Action::DraftReferral, &opened.patient)
        .await?;
    let knowledge = &app.clinic.knowledge;
    let known = knowledge.pathways.find(&way.pathway).is_some();
    if !known && knowledge.professions.find(&way.profession).is_none() {
        let title = write::title(&app, &signed, &opened.patient).await?;
        return Ok(choose(&app, &signed, &episode, &opened, title));
    }
    let words = &signed.words;
    let mut fields = Fields::new(words);
    fields.set("pathway", if known { way.pathway } else { String::new() });
    fields.set("profession", way.profession);
    let offers = Offers {
        has_room: false,
        ..draft::whom_wanted(&fields)
    };
    let found = match fields.get("profession") {
        "" => Vec::new(),
        _ => app.clinic.directory(&signed.caller, offers).await?,
    };
    let mut sheet = write::sheet(&app, &signed, &episode, &opened.record, fields, found).await?;
    sheet.referral = new_id();
    let headings = sheet.wanted().headings(knowledge).to_vec();
    draft::fill(&mut sheet.fields, &headings, |heading| {
        prefill::under(
            words,
            knowledge,
            &opened,
            write::today(&signed, &app),
            heading,
        )
    });
    let page = signed.frame(write::title(&app, &signed, &opened.patient).await?);
    let page = page.back(format!("/episodes/{episode}"));
    Ok(Page::whole(page.page(sheet.form())))
}

fn choose(app: &App, signed: &Signed, episode: &str, opened: &Opened, title: String) -> Page {
    let words = &signed.words;
    let here = format!("/episodes/{episode}/referrals/new");
    let pathways = &opened.appraisal.pathways;
    let body = html! {
        h2 class="govuk-heading-m" { (words.say("draft-pathways")) }
        @if pathways.is_empty() { p class="govuk-body" { (words.say("draft-pathways-none")) } }
        @for one in pathways {
            (inset(html! {
                h3 class="govuk-heading-s" { a class="govuk-link" href={ (here) "?pathway=" (one.pathway) } { (one.name) } }
                p class="govuk-body" { (one.to) ". " (words.say("pathway-within")) " " strong { (one.within) } }
                p class="govuk-hint" { (one.why.says) (because(&one.why.because)) }
            }))
        }
        h2 class="govuk-heading-m" { (words.say("draft-free")) }
        form method="get" action=(here) {
            (Fields::new(words).select(&Field::new("profession", words.say("referral-as")), &draft::professions(&app.clinic.knowledge)))
            (button(&words.say("draft-begin")))
        }
    };
    let page = signed.frame(title);
    let page = page.back(format!("/episodes/{episode}")).at(here);
    Page::whole(page.page(body))
}

fn because(answers: &[String]) -> Markup {
    html! { @if !answers.is_empty() { " (" (answers.join("; ")) ")" } }
}
