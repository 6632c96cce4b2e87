//! The care cards: what to do now, in words from the knowledge, whatever the clinic does and whether anybody is there.

use cotreat_care::conclude;
use cotreat_knowledge::format::WordKind;
use cotreat_ui::{Choice, Field, Fields, Urgency, button, care_card, hidden};
use maud::{Markup, html};

use super::Here;
use crate::web::Page;

/// What the knowledge tells patients whose alarm is of a tier.
fn text<'a>(here: &'a Here<'_>, tier: &str) -> &'a str {
    let knowledge = &here.app.clinic.knowledge;
    let own = knowledge.words(here.words.lang().code(), WordKind::Alarms, tier);
    own.or_else(|| knowledge.words("en", WordKind::Alarms, tier))
        .unwrap_or_default()
}

/// The emergency number where the patient is seen.
fn number<'a>(here: &'a Here<'_>) -> Option<&'a str> {
    let jurisdiction = here.asking.record.jurisdiction();
    let found = here.app.clinic.knowledge.emergency(jurisdiction)?;
    Some(&found.number)
}

/// What the card says, line by line, as it goes on record.
pub(super) fn told(here: &Here<'_>) -> Vec<String> {
    let words = &here.words;
    let call = match number(here) {
        Some(number) => words.say_with("card-call", &[("number", number.into())]),
        None => words.say("card-call-any"),
    };
    vec![
        call,
        text(here, "emergency").to_owned(),
        words.say("card-clinic"),
        words.say("card-closed"),
    ]
}

/// The card of an emergency.
fn emergency(here: &Here<'_>) -> Markup {
    let words = &here.words;
    let body = html! {
        p { strong { (text(here, "emergency")) } }
        @match number(here) {
            Some(number) => p { a class="govuk-button govuk-button--warning ct-call" href={ "tel:" (number) } { (words.say_with("card-call", &[("number", number.into())])) } },
            None => p { strong { (words.say("card-call-any")) } },
        }
        p { (words.say("card-clinic")) }
        p { (words.say("card-closed")) }
    };
    care_card(
        words,
        Urgency::Emergency,
        &words.say("card-emergency"),
        body,
    )
}

/// The page that stops an intake.
pub(super) fn page(here: &Here<'_>) -> Page {
    with(here, &Fields::new(&here.words))
}

/// The same, for whoever did not say that they understood it.
pub(super) fn page_again(here: &Here<'_>) -> Page {
    let mut fields = Fields::new(&here.words);
    fields.wrong("understood", here.words.say("card-say-so"));
    with(here, &fields)
}

fn with(here: &Here<'_>, fields: &Fields) -> Page {
    let words = &here.words;
    let field = Field::new("understood", words.say("card-understood"));
    let body = html! {
        (fields.summary())
        (emergency(here))
        p class="govuk-body" { (words.say("card-written")) }
        h2 class="govuk-heading-m" { (words.say("card-then")) }
        form method="post" action="/intake/stop" {
            (hidden("csrf", &here.csrf()))
            (fields.checkboxes(&field, &[Choice::new("yes", words.say("card-i-understood"))]))
            (button(&words.say("intake-go-on")))
        }
    };
    let frame = here
        .frame(words.say("card-title"))
        .at("/intake/stop")
        .checked(fields);
    Page::whole(frame.page(body))
}

/// Whether what was answered should be looked at within days.
pub(super) fn is_urgent(here: &Here<'_>) -> bool {
    let knowledge = &here.app.clinic.knowledge;
    let asking = &here.asking;
    let episode = here.intake.episode(&asking.record, knowledge, asking.today);
    conclude(&episode, knowledge).plan.urgent
}

/// The card of what cannot wait for long.
pub(super) fn urgent(here: &Here<'_>) -> Markup {
    let words = &here.words;
    let says = text(here, "urgent");
    care_card(
        words,
        Urgency::Urgent,
        &words.say("card-urgent"),
        html! { p { (says) } },
    )
}

/// What stands on the first page: this is no way to get help fast.
pub(super) fn not_for_emergencies(here: &Here<'_>) -> Markup {
    let words = &here.words;
    let says = match number(here) {
        Some(number) => words.say_with("not-for-emergencies", &[("number", number.into())]),
        None => words.say("not-for-emergencies-any"),
    };
    cotreat_ui::warning(words, &says)
}
