//! The body chart as a form: a list of real checkboxes beside a figure on which a tap ticks them.
//!
//! Each region of the figure is a second `label` of its checkbox, with the shape inside, so a browser without a script ticks the box when the shape is tapped, and the style
//! sheet shows the box's state on the shape that follows it. The list is complete by itself; the drawing is hidden from screen readers except for its description.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::atlas::{Region, View, atlas, regions};
use super::picture::tick;
use crate::Words;
use crate::figure::id;
use crate::shape::number;

/// The body chart as fields of a form: one checkbox per region, all with the name `field` and the region's number as value.
///
/// `field` is also the beginning of every `id`, so two charts on a page need two names. The caller writes the `form` around it, and heading, button and check of the answer.
#[must_use]
pub fn form(field: &str, chosen: &BTreeSet<u16>, words: &Words) -> Markup {
    html! {
        div class="fig-body" {
            p class="fig-hint" { (words.body.form_hint) }
            (view(View::Back, field, chosen, words))
            (view(View::Front, field, chosen, words))
        }
    }
}

fn view(view: View, field: &str, chosen: &BTreeSet<u16>, words: &Words) -> Markup {
    let (name, base) = match view {
        View::Back => (&words.body.back, &words.body.base_back),
        View::Front => (&words.body.front, &words.body.base_front),
    };
    let (left, right) = sides(view, &words.body.your_left, &words.body.your_right);
    let (key, window) = (format!("{}-{view:?}", id(field)), window());
    html! {
        fieldset class="fig-view" {
            legend { (name) }
            div class="fig-stage" {
                svg class="fig-base" viewBox=(window) role="img" aria-labelledby={ (key) "-title " (key) "-desc" } {
                    title id={ (key) "-title" } { (name) }
                    desc id={ (key) "-desc" } { (base) }
                    (figure(view))
                    (side_names(left, right))
                }
                ul class="fig-list" {
                    @for region in regions().filter(|region| region.view == view) {
                        (item(region, field, chosen.contains(&region.number), &window, words))
                    }
                }
            }
        }
    }
}

fn item(region: &Region, field: &str, ticked: bool, window: &str, words: &Words) -> Markup {
    let key = format!("{}-{}", id(field), region.number);
    let name = region.name(words);
    html! {
        li {
            input type="checkbox" name=(field) value=(region.number) id=(key) checked[ticked];
            label for=(key) { (name) }
            label class="fig-spot" for=(key) {
                svg viewBox=(window) aria-hidden="true" focusable="false" {
                    path class="fig-region" d=(region.outline.path()) {}
                    (tick(region.middle))
                    text class="fig-name" x="0" y=(number(region.foot + 12.0)) text-anchor="middle" { (name) }
                }
            }
        }
    }
}

/// What stands on the viewer's left and right.
pub(super) fn sides<'a>(view: View, left: &'a str, right: &'a str) -> (&'a str, &'a str) {
    match view {
        View::Back => (left, right),
        View::Front => (right, left),
    }
}

/// The part of the plane that a figure takes, with a line of text above and below.
pub(super) fn window() -> String {
    let atlas = atlas();
    let (width, height) = (2.0 * atlas.half_width, atlas.bottom - atlas.top + 20.0);
    let from = [-atlas.half_width, atlas.top, width, height].map(number);
    from.join(" ")
}

/// The bare figure.
pub(super) fn figure(view: View) -> Markup {
    html! {
        path class="fig-skin" d=(atlas().half.with_mirror_image().path()) {}
        @for line in atlas().details(view) {
            path class="fig-detail" d=(line) {}
        }
    }
}

/// `Your left` and `Your right` beside the head, the first word above the others.
pub(super) fn side_names(left: &str, right: &str) -> Markup {
    let edge = atlas().half_width;
    html! {
        @for (x, anchor, said) in [(1.0 - edge, "start", left), (edge - 1.0, "end", right)] {
            @for (line, y) in said.splitn(2, ' ').zip(["12", "26"]) {
                text class="fig-side" x=(number(x)) y=(y) text-anchor=(anchor) { (line) }
            }
        }
    }
}
