//! Lines of a plan and lines of evidence: each opens down to the sentence it rests on.

use maud::{Markup, Render, html};

use crate::Words;

/// One reason, with where it comes from.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// Words of the reader's language.
    pub words: &'a Words,
    /// The reason in one line.
    pub says: String,
    /// How sure one can be, in words: "guideline, consider", "expert judgement", a ratio with its interval.
    pub weight: Option<String>,
    /// The sentence of the source, in our words, or the answer of a person.
    pub sentence: String,
    /// Which source, or who answered.
    pub source: String,
    /// Where in it: page, section, file and line, or when it was answered.
    pub place: String,
}

impl Render for Evidence<'_> {
    fn render(&self) -> Markup {
        html! {
            details class="ct-evidence" {
                summary class="ct-evidence__line" {
                    span class="ct-evidence__says" { (self.says) }
                    @if let Some(weight) = &self.weight { span class="ct-evidence__weight" { (weight) } }
                }
                div class="ct-evidence__source" {
                    p { (self.sentence) }
                    p class="ct-evidence__place" { span { (self.words.say("evidence-from")) " " } cite { (self.source) } ", " (self.place) }
                }
            }
        }
    }
}

/// What is to be done.
#[derive(Clone, Debug)]
pub struct PlanLine<'a> {
    /// Words of the reader's language.
    pub words: &'a Words,
    /// What.
    pub what: String,
    /// Proposed, agreed, not yet, not offered: see [`crate::tag`].
    pub state: Markup,
    /// Why, in one line.
    pub why: Option<String>,
    /// By whom, and under whose guidance.
    pub by: Option<String>,
    /// How much.
    pub dose: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// What it rests on.
    pub evidence: Vec<Evidence<'a>>,
    /// What can be done about it: buttons, fields.
    pub acts: Option<Markup>,
}

impl Render for PlanLine<'_> {
    fn render(&self) -> Markup {
        let parts = [
            ("plan-by", &self.by),
            ("plan-dose", &self.dose),
            ("plan-until", &self.until),
        ];
        html! {
            article class="ct-plan-line" {
                div class="ct-plan-line__head" {
                    h3 class="ct-plan-line__what" { (self.what) }
                    (self.state)
                }
                @if let Some(why) = &self.why { p class="ct-plan-line__why" { (why) } }
                @if parts.iter().any(|(_, part)| part.is_some()) {
                    dl class="ct-plan-line__parts" {
                        @for (word, part) in parts {
                            @if let Some(part) = part { div { dt { (self.words.say(word)) } dd { (part) } } }
                        }
                    }
                }
                @for evidence in &self.evidence { (evidence) }
                @if let Some(acts) = &self.acts { div class="ct-plan-line__acts" { (acts) } }
            }
        }
    }
}
