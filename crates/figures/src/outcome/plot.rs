//! The graph itself, drawn for a width of 400.

use maud::{Markup, html};

use super::axis::ticks;
use super::{Better, Course, Event, Kind, told};
use crate::Words;
use crate::shape::number;

const LEFT: f64 = 36.0;
const RIGHT: f64 = 384.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 206.0;
/// Below the axis: where sessions stand.
const STRIP: f64 = 211.0;

/// Turns days and values into places.
struct Plane {
    days: (f64, f64),
    scale: (f64, f64),
}

impl Plane {
    fn of(course: &Course) -> Plane {
        let days = course
            .waves
            .iter()
            .map(|(wave, _)| wave.day)
            .chain(course.events.iter().map(|event| event.day))
            .map(f64::from);
        let (first, last) = days.fold((0.0, 28.0), |(a, b): (f64, f64), day| {
            (a.min(day), b.max(day))
        });
        Plane {
            days: (first, last),
            scale: course.scale(),
        }
    }

    fn x(&self, day: i32) -> f64 {
        self.along(f64::from(day))
    }

    fn along(&self, day: f64) -> f64 {
        let (first, last) = self.days;
        LEFT + 8.0 + (day - first) / (last - first) * (RIGHT - LEFT - 16.0)
    }

    /// A value outside the scale stands at its edge.
    fn y(&self, value: f64) -> f64 {
        let (low, high) = self.scale;
        BOTTOM - (value.clamp(low, high) - low) / (high - low) * (BOTTOM - TOP)
    }
}

/// The drawing.
pub fn svg(key: &str, course: &Course, title: &str, said: &str, words: &Words) -> Markup {
    let plane = Plane::of(course);
    html! {
        svg class="fig-graph" viewBox="0 0 400 256" role="img" aria-labelledby={ (key) "-title" } aria-describedby={ (key) "-desc" } {
            title id={ (key) "-title" } { (title) }
            desc id={ (key) "-desc" } { (said) }
            (band(course, &plane, words))
            (axes(course, &plane, words))
            (happened(course, &plane, words))
            (line(course, &plane))
            (points(course, &plane, words))
            @if course.measured().next().is_none() {
                text class="fig-empty" x="210" y="120" text-anchor="middle" { (words.outcome.none) }
            }
        }
    }
}

/// The part of the scale that is a meaningful improvement.
fn band(course: &Course, plane: &Plane, words: &Words) -> Markup {
    let Some(meaningful) = course.meaningful else {
        return html! {};
    };
    let at = plane.y(meaningful.at);
    let lower = course.outcome.better == Better::Lower;
    let (top, bottom) = if lower { (at, BOTTOM) } else { (TOP, at) };
    // The words stand on the side of the line that has room for them.
    let inside = bottom - top > 16.0;
    let below = inside == lower;
    let y = if below { at + 12.0 } else { at - 4.0 };
    html! {
        rect class="fig-band" x=(LEFT) y=(number(top)) width=(RIGHT - LEFT) height=(number(bottom - top)) {}
        path class="fig-bound" d={ "M" (LEFT) " " (number(at)) "H" (RIGHT) } {}
        text class="fig-bound-words" x=(RIGHT - 3.0) y=(number(y)) text-anchor="end" { (told::bound(course, meaningful, words)) }
    }
}

fn axes(course: &Course, plane: &Plane, words: &Words) -> Markup {
    let values = ticks(plane.scale.0, plane.scale.1, 5.0);
    let weeks = ticks(plane.days.0 / 7.0, plane.days.1 / 7.0, 8.0);
    let weeks: Vec<f64> = weeks
        .into_iter()
        .filter(|week| week.fract() == 0.0)
        .collect();
    let (direction, arrow) = match course.outcome.better {
        Better::Lower => (&words.outcome.lower, "M42 2v11m-4-4 4 4 4-4"),
        Better::Higher => (&words.outcome.higher, "M42 13V2m-4 4 4-4 4 4"),
    };
    html! {
        path class="fig-grid" d=(values.iter().map(|v| format!("M{LEFT} {}H{RIGHT}", number(plane.y(*v)))).collect::<String>()) {}
        g class="fig-scale" text-anchor="end" {
            @for value in &values { text x="31" y=(number(plane.y(*value) + 4.0)) { (words.number(*value)) } }
        }
        g class="fig-scale" text-anchor="middle" {
            @for week in &weeks { text x=(number(plane.along(week * 7.0))) y="232" { (words.number(*week)) } }
            text x="210" y="250" { (words.outcome.weeks) }
        }
        path class="fig-axis" d={ "M" (LEFT) " " (BOTTOM) "H" (RIGHT) } {}
        path class="fig-arrow" d=(arrow) {}
        text class="fig-direction" x="54" y="12" { (direction) }
    }
}

/// Sessions below the axis, and what else happened as a sign above a dotted line.
fn happened(course: &Course, plane: &Plane, words: &Words) -> Markup {
    let session = |event: &Event| format!("M{} {STRIP}v7", number(plane.x(event.day)));
    let sessions: String = course.events(Kind::Session).map(session).collect();
    html! {
        @if !sessions.is_empty() { path class="fig-session" d=(sessions) {} }
        @for event in course.events.iter().filter(|event| event.kind != Kind::Session) {
            @let x = number(plane.x(event.day));
            g class=(class(event.kind)) {
                title { (event.when) ": " (told::kind(event.kind, words)) @if !event.what.is_empty() { ", " (event.what) } }
                path class="fig-moment" d={ "M" (x) " " (TOP) "V" (BOTTOM) } {}
                path d={ "M" (x) " " (number(TOP - 9.0)) (sign(event.kind)) } {}
            }
        }
    }
}

pub fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Session => "fig-session",
        Kind::Harm => "fig-harm",
        Kind::Referral => "fig-referral",
    }
}

/// The shape of a sign, from the middle of its upper edge: a triangle or a diamond.
pub fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Harm => "l6 11h-12z",
        Kind::Referral => "l6 6-6 6-6-6z",
        Kind::Session => "v7",
    }
}

/// From value to value, broken where one was missed.
fn line(course: &Course, plane: &Plane) -> Markup {
    let mut d = String::new();
    let mut pen = 'M';
    for (wave, value) in &course.waves {
        if let Some(value) = value {
            d.push(pen);
            d.push_str(&format!(
                "{} {}",
                number(plane.x(wave.day)),
                number(plane.y(*value))
            ));
            pen = 'L';
        } else {
            pen = 'M';
        }
    }
    html! { @if !d.is_empty() { path class="fig-line" d=(d) {} } }
}

fn points(course: &Course, plane: &Plane, words: &Words) -> Markup {
    let measured: Vec<(f64, f64, f64)> = course
        .measured()
        .map(|(wave, value)| (plane.x(wave.day), plane.y(value), value))
        .collect();
    let missed: String = course
        .waves
        .iter()
        .filter(|(_, value)| value.is_none())
        .map(|(wave, _)| {
            format!(
                "M{} {}l6 6m0-6-6 6",
                number(plane.x(wave.day) - 3.0),
                number(BOTTOM - 9.0)
            )
        })
        .collect();
    html! {
        @if !missed.is_empty() { path class="fig-missed" d=(missed) {} }
        g class="fig-point" {
            @for (x, y, _) in &measured { circle cx=(number(*x)) cy=(number(*y)) r=(if measured.len() > 40 { "2" } else { "3.5" }) {} }
        }
        g class="fig-value" text-anchor="middle" {
            @for (at, y) in labelled(&measured) {
                @if let Some((x, _, value)) = measured.get(at) {
                    @let strong = at == 0 || at + 1 == measured.len();
                    text class=[strong.then_some("fig-end")] x=(number(*x)) y=(number(y)) { (words.number(*value)) }
                }
            }
        }
    }
}

/// Which points have their value written, and at what height. The first and the last always have it; one between them where it touches no other.
fn labelled(points: &[(f64, f64, f64)]) -> Vec<(usize, f64)> {
    let mut placed: Vec<(usize, f64)> = Vec::new();
    let last = points.len().saturating_sub(1);
    for at in [0, last].into_iter().chain(1..last) {
        let Some((x, y, _)) = points.get(at) else {
            continue;
        };
        let higher = |other: usize| points.get(other).is_none_or(|next| next.1 >= *y - 4.0);
        // Above a peak, below a valley, so that the line does not run through the number.
        let above = higher(at + 1) && at.checked_sub(1).is_none_or(higher);
        let height = if above || *y > BOTTOM - 16.0 {
            y - 7.0
        } else {
            y + 16.0
        };
        let free = placed.iter().all(|(other, beside)| {
            points
                .get(*other)
                .is_none_or(|other| (other.0 - x).abs() > 24.0 || (beside - height).abs() > 13.0)
        });
        if free && !placed.iter().any(|(other, _)| *other == at) {
            placed.push((at, height));
        }
    }
    placed
}
