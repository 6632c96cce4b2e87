//! The drawing: body, bones, shapes, labels; one `svg` for each view that is needed.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::atlas::{BoneKind, Shape, atlas};
use super::labels::{Label, place};
use super::{Part, Role, Sides};
use crate::Words;
use crate::body::View;
use crate::shape::{Outline, number};
use crate::words::fill;

/// The views that show every part, side by side where there is room.
pub fn svg(key: &str, parts: &[Part], words: &Words) -> Markup {
    let views = views(parts);
    html! {
        div class="fig-pair" {
            @for view in &views { (one(&format!("{key}-{view:?}"), *view, &views, parts, words)) }
        }
    }
}

/// As few views as show every part: those that a part needs, and for a part that has both, one that is there anyway.
fn views(parts: &[Part]) -> BTreeSet<View> {
    let of = |part: &Part| -> Vec<View> { shapes(part).map(|shape| shape.view).collect() };
    let mut needed = BTreeSet::new();
    for part in parts {
        let mut views = of(part);
        views.dedup();
        if let [only] = views[..] {
            needed.insert(only);
        }
    }
    for part in parts {
        let views = of(part);
        if !views.iter().any(|view| needed.contains(view)) {
            needed.extend(views.first());
        }
    }
    if needed.is_empty() {
        needed.insert(View::Back);
    }
    needed
}

fn shapes(part: &Part) -> impl Iterator<Item = &'static Shape> {
    atlas().shapes.iter().filter(|shape| shape.id == part.id)
}

/// The pieces of a part in one view. A part that is in two views is drawn in the first of those shown.
fn pieces<'a>(
    part: &'a Part,
    view: View,
    views: &BTreeSet<View>,
) -> impl Iterator<Item = &'static Shape> + use<'a> {
    let shown = views
        .iter()
        .copied()
        .find(|view| shapes(part).any(|shape| shape.view == *view));
    shapes(part).filter(move |shape| shape.view == view && shown == Some(view))
}

fn one(key: &str, view: View, views: &BTreeSet<View>, parts: &[Part], words: &Words) -> Markup {
    let [left, right, top, bottom] = atlas().frame;
    let window = [left, top - 18.0, right - left, bottom - top + 18.0]
        .map(number)
        .join(" ");
    let own = &words.anatomy;
    let (title, viewer_left, viewer_right) = match view {
        View::Back => (
            &own.back,
            &words.body.patient_left,
            &words.body.patient_right,
        ),
        View::Front => (
            &own.front,
            &words.body.patient_right,
            &words.body.patient_left,
        ),
    };
    let mut drawn: Vec<(&Part, &Shape)> = parts
        .iter()
        .flat_map(|part| pieces(part, view, views).map(move |shape| (part, shape)))
        .collect();
    drawn.sort_by_key(|(_, shape)| shape.depth);
    let labels = place(&labels(view, &drawn, words));
    let named: Vec<String> = parts
        .iter()
        .filter(|part| pieces(part, view, views).next().is_some())
        .map(|part| words.with_side(&part.name, part.side.name(words)))
        .collect();
    html! {
        svg class="fig-anatomy" viewBox=(window) role="img" aria-labelledby={ (key) "-title" } aria-describedby={ (key) "-desc" } {
            title id={ (key) "-title" } { (title) }
            desc id={ (key) "-desc" } { (fill(&own.shown, &[("parts", &named.join("; "))])) }
            text class="fig-head" x="0" y=(number(top - 5.0)) text-anchor="middle" { (title) }
            text class="fig-side" x=(number(left + 2.0)) y=(number(top - 5.0)) { (viewer_left) }
            text class="fig-side" x=(number(right - 2.0)) y=(number(top - 5.0)) text-anchor="end" { (viewer_right) }
            path class="fig-flesh" d=(atlas().body) {}
            @for bone in atlas().bones.iter().filter(|bone| bone.view.is_none_or(|v| v == view)) {
                @match bone.kind {
                    BoneKind::Whole => path class="fig-bone" d=(bone.path) {},
                    BoneKind::Hole => path class="fig-hole" d=(bone.path) {},
                    BoneKind::Rib => { path class="fig-rib-edge" d=(bone.path) {} path class="fig-rib" d=(bone.path) {} },
                }
            }
            @for (part, shape) in &drawn { (muscle(part, shape, view)) }
            @for label in &labels { (leader(label)) }
            @for label in &labels { (label_text(label)) }
        }
    }
}

/// Whether the half to the viewer's right, and that to the left, is meant.
fn halves(view: View, side: Sides, midline: bool) -> (bool, bool) {
    let viewer_right = match view {
        View::Back => Sides::Right,
        View::Front => Sides::Left,
    };
    let both = midline || side == Sides::Both;
    (both || side == viewer_right, both || side != viewer_right)
}

/// One piece of a part, on the sides that are meant: outline, and fibres on top.
fn muscle(part: &Part, shape: &Shape, view: View) -> Markup {
    let (right, left) = halves(view, part.side, shape.midline);
    let path = |outlines: &[Outline]| -> String {
        let half = |on: bool, turn: fn(&Outline) -> String| {
            outlines
                .iter()
                .filter(move |_| on)
                .map(turn)
                .collect::<String>()
        };
        half(right, Outline::path) + &half(left, |outline| outline.mirrored().path())
    };
    html! {
        g class=(part.role.class()) {
            path class="fig-shape" d=(path(&shape.outlines)) {}
            @if !shape.fibres.is_empty() && part.role != Role::Spared { path class="fig-fibre" d=(path(&shape.fibres)) {} }
        }
    }
}

/// One label for each part, on the viewer's side where it is drawn; for a part on both sides or in the middle where fewer stand.
fn labels(view: View, drawn: &[(&Part, &Shape)], words: &Words) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut free = Vec::new();
    let mut seen = BTreeSet::new();
    for (part, shape) in drawn {
        if !seen.insert((&part.id, &part.name, part.role, part.side.name(words))) {
            continue;
        }
        let (x, y) = shape.middle;
        let label = Label {
            name: part.name.clone(),
            role: part.role.name(words).to_owned(),
            right: true,
            to: (x, y),
        };
        match halves(view, part.side, shape.midline) {
            (true, true) => free.push((shape.midline, label)),
            (right, _) => labels.push(Label {
                right,
                to: (if right { x } else { -x }, y),
                ..label
            }),
        }
    }
    for (_, label) in free {
        let right = labels.iter().filter(|label| label.right).count() * 2 <= labels.len();
        let (x, y) = label.to;
        labels.push(Label {
            right,
            to: (if right { x } else { -x }, y),
            ..label
        });
    }
    labels
}

fn leader(label: &super::labels::Placed) -> Markup {
    let (x, y) = label.to;
    let d = format!(
        "M{} {}H{}L{} {}",
        number(label.edge),
        number(label.line),
        number(label.knee),
        number(x),
        number(y)
    );
    html! {
        path class="fig-leader-halo" d=(d) {}
        path class="fig-leader" d=(d) {}
        circle class="fig-point-out" cx=(number(x)) cy=(number(y)) r="2" {}
    }
}

fn label_text(label: &super::labels::Placed) -> Markup {
    let anchor = if label.right { "start" } else { "end" };
    html! {
        text class="fig-label" text-anchor=(anchor) {
            @for (line, y) in &label.lines { tspan x=(number(label.text)) y=(number(*y)) { (line) } }
            tspan class="fig-label-role" x=(number(label.text)) y=(number(label.role_at)) { (label.role) }
        }
    }
}
