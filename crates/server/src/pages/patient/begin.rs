//! Opening an episode: by a clinician for themselves, or by the front desk for a clinician.

use cotreat_care::event::Who;
use cotreat_ui::{Choice, Field, Fields, button, hidden};
use maud::{Markup, html};

use crate::clinic::who;
use crate::web::{App, Signed};

/// Where patients are seen: the words that events have for it, and ours.
const SETTINGS: [(&str, &str); 4] = [
    ("primary_care", "setting-primary-care"),
    ("specialist", "setting-specialist"),
    ("surgical", "setting-surgical"),
    ("emergency", "setting-emergency"),
];

/// The form that takes a patient on; whoever does not treat says who does. Nothing where it is not for them.
pub(in crate::pages) async fn begin_form(app: &App, signed: &Signed, patient: &str) -> Markup {
    let words = &signed.words;
    let allowed = app.clinic.may_open_episode(&signed.caller, patient).await;
    if !allowed {
        return html! {};
    }
    let treats = matches!(who(&signed.caller.viewer), Who::Practitioner { .. });
    let others = if treats {
        Vec::new()
    } else {
        let others = app.clinic.clinicians(&signed.caller).await;
        others.unwrap_or_default()
    };
    let mut fields = Fields::new(words);
    fields.set("setting", "primary_care");
    let settings = SETTINGS.map(|(id, word)| Choice::new(id, words.say(word)));
    let choices: Vec<Choice> = others
        .iter()
        .filter_map(|one| Some(Choice::new(one.id()?, one.name())))
        .collect();
    html! {
        section {
            h2 class="govuk-heading-m" { (words.say("begin-title")) }
            @if !treats && others.is_empty() {
                p class="govuk-body" { (words.say("begin-nobody")) }
            } @else {
                form method="post" action={ "/patients/" (patient) "/episodes" } {
                    (hidden("csrf", &signed.csrf()))
                    (fields.radios(&Field::new("setting", words.say("begin-setting")), &settings))
                    @if !treats { (fields.select(&Field::new("clinician", words.say("begin-clinician")), &choices)) }
                    (button(&words.say("begin-do")))
                }
            }
        }
    }
}
