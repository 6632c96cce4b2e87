//! The care cards: what to do now, in words from the knowledge, whatever the clinic does and whether anybody is there.

use cotreat_care::conclude;
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::WordKind;
use cotreat_ui::{Choice, Field, Fields, Urgency, Words, button, care_card, hidden};
use maud::{Markup, html};

use super::Here;
use crate::web::Page;

/// What a card is written from.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Card<'a> {
    /// The reader's words.
    pub words: &'a Words,
    /// Where the texts stand.
    pub knowledge: &'a Knowledge,
    /// Where the reader is, for the number that is called there.
    pub jurisdiction: &'a str,
}

impl Card<'_> {
    /// What the knowledge tells patients whose alarm is of a tier.
    fn text(&self, tier: &str) -> &str {
        let own = self.words.lang().code();
        let own = self.knowledge.words(own, WordKind::Alarms, tier);
        own.or_else(|| self.knowledge.words("en", WordKind::Alarms, tier))
            .unwrap_or_default()
    }

    /// Whom to call.
    fn call(&self) -> String {
        match self.number() {
            Some(number) => self
                .words
                .say_with("card-call", &[("number", number.into())]),
            None => self.words.say("card-call-any"),
        }
    }

    fn number(&self) -> Option<&str> {
        let found = self.knowledge.emergency(self.jurisdiction)?;
        Some(&found.number)
    }

    /// The card of an emergency; what is said of the clinic differs by whether it knows who reads.
    pub fn emergency(&self, of_clinic: &[String]) -> Markup {
        let words = self.words;
        let body = html! {
            p { strong { (self.text("emergency")) } }
            @match self.number() {
                Some(number) => p { a class="govuk-button govuk-button--warning ct-call" href={ "tel:" (number) } { (self.call()) } },
                None => p { strong { (self.call()) } },
            }
            @for says in of_clinic { p { (says) } }
        };
        let heading = words.say("card-emergency");
        care_card(words, Urgency::Emergency, &heading, body)
    }

    /// The card of what cannot wait for long.
    pub fn urgent(&self) -> Markup {
        let says = self.text("urgent");
        let heading = self.words.say("card-urgent");
        care_card(
            self.words,
            Urgency::Urgent,
            &heading,
            html! { p { (says) } },
        )
    }

    /// What stands on a first page: this is no way to get help fast.
    pub fn not_for_emergencies(&self) -> Markup {
        let says = match self.number() {
            Some(number) => self
                .words
                .say_with("not-for-emergencies", &[("number", number.into())]),
            None => self.words.say("not-for-emergencies-any"),
        };
        cotreat_ui::warning(self.words, &says)
    }
}

/// What the card says of a clinic that was alerted: that it may be closed, when it is open, and whom to call while it is not.
fn of_clinic(here: &Here<'_>) -> Vec<String> {
    let words = &here.words;
    let reach = &here.asking.reach;
    let told = |id: &str, says: &Option<String>| {
        let says = says.as_deref()?;
        Some(words.say_with(id, &[("says", says.into())]))
    };
    let mut lines = vec![words.say("card-clinic"), words.say("card-closed")];
    lines.extend(told("card-hours", &reach.hours));
    lines.extend(told("card-when-closed", &reach.when_closed));
    lines
}

fn card<'a>(here: &'a Here<'_>) -> Card<'a> {
    Card {
        words: &here.words,
        knowledge: here.knowledge(),
        jurisdiction: here.asking.record.jurisdiction(),
    }
}

/// What the card says, line by line, as it goes on record.
pub(super) fn told(here: &Here<'_>) -> Vec<String> {
    let card = card(here);
    [card.call(), card.text("emergency").to_owned()]
        .into_iter()
        .chain(of_clinic(here))
        .collect()
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
        (card(here).emergency(&of_clinic(here)))
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
    card(here).urgent()
}

/// What stands on the first page: this is no way to get help fast.
pub(super) fn not_for_emergencies(here: &Here<'_>) -> Markup {
    card(here).not_for_emergencies()
}
