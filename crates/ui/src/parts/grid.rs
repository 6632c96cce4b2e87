//! What was done in a session, in rows: technique, where, which side, how long.

use maud::{Markup, html};

use crate::{Choice, Fields};

/// The names of the fields of one row; each is read like any other field.
#[derive(Clone, Copy, Debug)]
pub struct GridRow(pub usize);

impl GridRow {
    /// The technique.
    #[must_use]
    pub fn technique(self) -> String {
        format!("technique-{}", self.0)
    }

    /// The muscle, joint or region.
    #[must_use]
    pub fn target(self) -> String {
        format!("target-{}", self.0)
    }

    /// Left, right or both.
    #[must_use]
    pub fn side(self) -> String {
        format!("side-{}", self.0)
    }

    /// How many minutes.
    #[must_use]
    pub fn minutes(self) -> String {
        format!("minutes-{}", self.0)
    }
}

impl Fields {
    /// A grid of this many rows. On a phone each row becomes a card.
    #[must_use]
    pub fn session_grid(
        &self,
        techniques: &[Choice],
        targets: &[Choice],
        sides: &[Choice],
        rows: usize,
    ) -> Markup {
        let words = self.words();
        let head = ["grid-technique", "grid-target", "grid-side", "grid-minutes"]
            .map(|word| words.say(word));
        let [technique, target, side, minutes] = &head;
        html! {
            table class="ct-grid" {
                caption class="govuk-visually-hidden" { (words.say("grid-title")) }
                thead { tr { @for text in &head { th scope="col" { (text) } } } }
                tbody {
                    @for at in 0..rows {
                        @let row = GridRow(at);
                        @let nth = words.say_with("grid-row", &[("n", (at + 1).into())]);
                        tr {
                            td { (self.cell(&row.technique(), technique, &nth, techniques)) }
                            td { (self.cell(&row.target(), target, &nth, targets)) }
                            td { (self.cell(&row.side(), side, &nth, sides)) }
                            td {
                                label class="ct-grid__label" for=(row.minutes()) { (minutes) span class="govuk-visually-hidden" { ", " (nth) } }
                                input class={ "govuk-input govuk-input--width-3" @if self.is_wrong(&row.minutes()) { " govuk-input--error" } } id=(row.minutes())
                                    name=(row.minutes()) inputmode="numeric" value=(self.get(&row.minutes())) autocomplete="off";
                                (self.error_under(&row.minutes()))
                            }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, name: &str, label: &str, nth: &str, choices: &[Choice]) -> Markup {
        let chosen = self.get(name);
        html! {
            label class="ct-grid__label" for=(name) { (label) span class="govuk-visually-hidden" { ", " (nth) } }
            select class={ "govuk-select" @if self.is_wrong(name) { " govuk-select--error" } } id=(name) name=(name) {
                option value="" { (self.words().say("select-empty")) }
                @for choice in choices { option value=(choice.value) selected[choice.value == chosen] { (choice.label) } }
            }
            (self.error_under(name))
        }
    }
}
