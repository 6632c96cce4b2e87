//! How far somebody is: the question out of all, the tasks of a list, and what happened so far.

use maud::{Markup, html};

use crate::Words;

/// Which question out of how many.
#[must_use]
pub fn stepper(words: &Words, question: usize, of: usize) -> Markup {
    let says = words.say_with("stepper", &[("n", question.into()), ("of", of.into())]);
    html! {
        div class="ct-stepper" {
            p class="ct-stepper__says" id="stepper" { (says) }
            progress class="ct-stepper__bar" value=(question.min(of)) max=(of.max(1)) aria-labelledby="stepper" {}
        }
    }
}

/// Something to be filled in.
#[derive(Clone, Debug)]
pub struct Task {
    /// What it is called.
    pub name: String,
    /// Where it is filled in; nothing while it cannot be yet.
    pub address: Option<String>,
    /// A line under it.
    pub hint: Option<String>,
    /// Done, to do, not yet: see [`crate::tag`].
    pub state: Markup,
}

/// Things to be filled in, each with its state.
#[must_use]
pub fn tasks(tasks: &[Task]) -> Markup {
    html! {
        ul class="govuk-task-list" {
            @for (at, task) in tasks.iter().enumerate() {
                @let state = format!("task-{}-state", at + 1);
                li class={ "govuk-task-list__item" @if task.address.is_some() { " govuk-task-list__item--with-link" } } {
                    div class="govuk-task-list__name-and-hint" {
                        @match &task.address {
                            Some(address) => a class="govuk-link govuk-task-list__link" href=(address) aria-describedby=(state) { (task.name) },
                            None => div { (task.name) },
                        }
                        @if let Some(hint) = &task.hint { div class="govuk-task-list__hint" { (hint) } }
                    }
                    div class="govuk-task-list__status" id=(state) { (task.state) }
                }
            }
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Moment {
    /// For programs, as in `datetime`: `2026-11-27`.
    pub stamp: String,
    /// For people.
    pub when: String,
    /// What.
    pub what: String,
    /// Who did it.
    pub who: Option<String>,
    /// More about it.
    pub body: Option<Markup>,
}

/// What happened, in order.
#[must_use]
pub fn timeline(moments: &[Moment]) -> Markup {
    html! {
        ol class="ct-timeline" {
            @for moment in moments {
                li class="ct-timeline__moment" {
                    time class="ct-timeline__when" datetime=(moment.stamp) { (moment.when) }
                    div class="ct-timeline__what" {
                        strong { (moment.what) }
                        @if let Some(who) = &moment.who { span class="ct-timeline__who" { (who) } }
                        @if let Some(body) = &moment.body { div { (body) } }
                    }
                }
            }
        }
    }
}
