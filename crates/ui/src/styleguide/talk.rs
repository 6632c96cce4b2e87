//! What is said to patients: how soon to get help, what helps, what harms, how far they are, what is left to do.

use maud::{Markup, html};

use super::Says;
use crate::{
    Link, Task, Tone, Urgency, Words, back_link, body_chart, callout, care_card, details, do_list,
    dont_list, inset, notice, panel, side_menu, stepper, tag, tasks, warning,
};

pub(super) fn all(words: &Words, says: Says<'_>) -> Markup {
    let text = |words: &str| html! { p { (says(words)) } };
    let state = |tone, words: &str| tag(tone, &says(words));
    let list = [
        Task {
            name: says("About your back"),
            address: Some("#talk".to_owned()),
            hint: Some(says("About 3 minutes")),
            state: state(Tone::Good, "Done"),
        },
        Task {
            name: says("Your plan"),
            address: None,
            hint: None,
            state: state(Tone::Plain, "Not yet"),
        },
    ];
    html! {
        h2 { (says("For patients")) }
        (back_link(words, "#talk"))
        (stepper(words, 3, 12))
        (notice(words, Tone::Good, text("Your answers have been sent.")))
        (care_card(words, Urgency::Emergency, &says("Go to a hospital now"), text("A text from the knowledge stands here, with its source.")))
        (care_card(words, Urgency::Urgent, &says("See somebody within days"), text("A text from the knowledge stands here.")))
        (care_card(words, Urgency::NonUrgent, &says("Talk about it at your next visit"), text("A text from the knowledge stands here.")))
        (callout(&says("Before you begin"), text("Something that must not be overlooked, with a link to more.")))
        (do_list(words, &[html! { (says("Keep moving as far as it lets you")) }, html! { (says("Go back to work step by step")) }]))
        (dont_list(words, &[html! { (says("Stay in bed for days")) }]))
        (warning(words, &says("This link works once. Open it where you will answer.")))
        (inset(text("You can stop at any time. What you answered is kept.")))
        (details(&says("Why we ask this"), text("An answer from the knowledge stands here.")))
        (tasks(&list))
        (panel_example(says))
        (side_menu(&says("Parts of your page"), &[Link::new(says("Plan"), "#talk"), Link::new(says("Answers"), "#talk").here(true)]))
        h3 { (says("Body chart")) }
        (body_chart(words, &[view(says)], ticks(says)))
    }
}

fn panel_example(says: Says<'_>) -> Markup {
    // The heading of the panel is of level 1 on its own page; here it would be the second one.
    let whole = panel(
        &says("All sent"),
        html! { p { (says("Thank you. Your clinic sees it now.")) } },
    );
    maud::PreEscaped(
        whole
            .into_string()
            .replace("<h1", "<h3")
            .replace("</h1>", "</h3>"),
    )
}

fn view(says: Says<'_>) -> Markup {
    html! {
        svg viewBox="0 0 120 90" role="img" aria-label=(says("A back, drawn as two squares")) {
            rect data-region="218" x="10" y="10" width="45" height="70" rx="8" fill="none" stroke="currentColor" pointer-events="all" {}
            rect data-region="219" x="65" y="10" width="45" height="70" rx="8" fill="none" stroke="currentColor" pointer-events="all" {}
        }
    }
}

fn ticks(says: Says<'_>) -> Markup {
    html! {
        fieldset class="govuk-fieldset" {
            legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { (says("Where does it hurt?")) }
            div class="govuk-checkboxes" {
                @for (region, name) in [("218", "Lower back, left"), ("219", "Lower back, right")] {
                    div class="govuk-checkboxes__item" {
                        input class="govuk-checkboxes__input" type="checkbox" id={ "region-" (region) } name="region" value=(region) checked[region == "218"];
                        label class="govuk-label govuk-checkboxes__label" for={ "region-" (region) } { (says(name)) }
                    }
                }
            }
        }
    }
}
