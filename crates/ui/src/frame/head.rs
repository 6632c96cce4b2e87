//! The choice of a language, and the help with the keyboard.

use maud::{Markup, html};

use super::others;
use crate::Words;

/// The other languages, each in its own words. A form, as the choice is kept; it works without JavaScript, and comes back to where it was made.
pub(super) fn languages(words: &Words, here: &str) -> Markup {
    html! {
        form class="ct-languages" method="post" action="/language" data-plain {
            input type="hidden" name="back" value=(here);
            @for lang in others(words.lang()) {
                button class="ct-link-button" name="lang" value=(lang.code()) lang=(lang.code()) { (lang.own_name()) }
            }
        }
    }
}

/// What the keys do. Opened by `?` and by a button in the footer; without JavaScript there are no such keys, and neither is shown.
pub(super) fn help(words: &Words) -> Markup {
    const KEYS: [(&str, &str); 5] = [
        ("/", "key-search"),
        ("j", "key-next"),
        ("k", "key-before"),
        ("Enter", "key-open"),
        ("?", "key-help"),
    ];
    html! {
        dialog class="ct-dialog" id="ct-help" aria-labelledby="ct-help-title" {
            h2 class="govuk-heading-m" id="ct-help-title" { (words.say("help-title")) }
            dl class="ct-keys" {
                @for (key, does) in KEYS { div { dt { kbd { (key) } } dd { (words.say(does)) } } }
            }
            p { label class="ct-plain-tick" { input type="checkbox" data-keys-off; " " (words.say("keys-off")) } }
            form method="dialog" data-plain { button class="govuk-button govuk-button--secondary" { (words.say("dialog-close")) } }
        }
    }
}
