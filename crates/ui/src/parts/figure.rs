//! Pictures with what they say in words: the chart with its table, the body chart with its list. The drawing itself comes from elsewhere as SVG.

use maud::{Markup, html};

use crate::Words;

/// A chart: what it shows in one sentence, the drawing, and the same as a table.
#[must_use]
pub fn chart(words: &Words, says: &str, drawing: Markup, table: Markup) -> Markup {
    html! {
        figure class="ct-chart" {
            figcaption class="ct-chart__says" { (says) }
            div class="ct-chart__drawing" { (drawing) }
            (super::details(&words.say("chart-as-table"), table))
        }
    }
}

/// A body chart: the drawings (front, back), and the same regions as a list of ticks. With JavaScript a tap on a region `[data-region="218"]` ticks `#region-218`.
#[must_use]
pub fn body_chart(words: &Words, drawings: &[Markup], ticks: Markup) -> Markup {
    html! {
        div class="ct-body-chart" data-body-chart {
            div class="ct-body-chart__drawings" { @for drawing in drawings { div class="ct-body-chart__view" { (drawing) } } }
            p class="ct-body-chart__chosen" role="status" data-chosen=(words.say("body-chosen")) data-none=(words.say("body-none")) {}
            div class="ct-body-chart__ticks" { (ticks) }
        }
    }
}
