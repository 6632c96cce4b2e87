//! The outcome graph as pages have it.

mod support;

use cotreat_figures::outcome::{Better, Event, Kind, Meaningful, Outcome, Wave, graph, sparkline};
use cotreat_figures::{Figure, Words};
use proptest::prelude::*;
use support::check;

fn wave(day: i32, value: Option<f64>) -> Wave {
    Wave {
        day,
        when: format!("week {}", day / 7),
        value,
    }
}

fn event(day: i32, kind: Kind, what: &str) -> Event {
    Event {
        day,
        when: format!("day {day}"),
        kind,
        what: what.to_owned(),
    }
}

fn outcome(waves: Vec<Wave>) -> Outcome {
    Outcome {
        name: "Disability".to_owned(),
        scale: (0.0, 100.0),
        better: Better::Lower,
        waves,
        meaningful: Some(Meaningful {
            at: 36.0,
            rule: "10 points less".to_owned(),
        }),
        events: Vec::new(),
    }
}

fn drawn(outcome: &Outcome) -> (Figure, String) {
    let figure = graph("g", outcome, Words::of("en"));
    let html = figure.whole(Words::of("en")).into_string();
    check(&html);
    (figure, html)
}

/// How often the pen is set down anew in the line.
fn strokes(svg: &str) -> usize {
    let line = svg
        .split("class=\"fig-line\" d=\"")
        .nth(1)
        .unwrap_or_default();
    line.split('"')
        .next()
        .unwrap_or_default()
        .matches('M')
        .count()
}

#[test]
fn a_missed_measurement_breaks_the_line() {
    let waves = vec![
        wave(0, Some(46.0)),
        wave(14, Some(40.0)),
        wave(42, None),
        wave(70, Some(30.0)),
        wave(182, Some(20.0)),
    ];
    let (figure, html) = drawn(&outcome(waves));
    assert_eq!(strokes(&html), 2);
    assert!(html.contains("fig-missed") && html.contains("<td class=\"fig-number\">missed</td>"));
    assert!(figure.words.contains("Missed: 1."), "{}", figure.words);
    let whole = outcome(vec![wave(0, Some(46.0)), wave(14, Some(40.0))]);
    assert_eq!(strokes(&drawn(&whole).1), 1);
}

#[test]
fn words_say_what_the_drawing_says() {
    let rows = [
        (vec![], "Disability: not measured yet", "Lower is better."),
        (
            vec![wave(0, Some(46.5))],
            "Disability: 46.5 at the only measurement",
            "Lower is better.",
        ),
        (
            vec![wave(42, Some(36.0)), wave(0, Some(46.0))],
            "Disability: 46 at first, 36 at the latest measurement",
            "Lower is better. The latest value is a meaningful improvement: 36 or lower (10 points less). Measurements: 2, from week 0 to week 6.",
        ),
        (
            vec![
                wave(0, Some(46.0)),
                wave(42, Some(36.1)),
                wave(70, Some(f64::NAN)),
            ],
            "Disability: 46 at first, 36.1 at the latest measurement",
            "Lower is better. The latest value is not a meaningful improvement, which would be 36 or lower (10 points less). Measurements: 2, from week 0 to week 6. Missed: 1.",
        ),
    ];
    for (waves, title, words) in rows {
        let (figure, _) = drawn(&outcome(waves));
        assert_eq!(figure.title, title);
        assert_eq!(figure.words, words);
    }
}

#[test]
fn higher_is_better_turns_bound_and_arrow() {
    let waves = vec![wave(0, Some(30.0)), wave(42, Some(36.0))];
    let (figure, html) = drawn(&Outcome {
        better: Better::Higher,
        ..outcome(waves)
    });
    assert!(
        figure
            .words
            .contains("is a meaningful improvement: 36 or higher"),
        "{}",
        figure.words
    );
    assert!(html.contains("Higher is better</text>"));
}

#[test]
fn what_happened_has_signs_words_and_rows() {
    let mut outcome = outcome(vec![wave(0, Some(46.0)), wave(42, Some(30.0))]);
    outcome.events = vec![
        event(9, Kind::Session, ""),
        event(3, Kind::Session, ""),
        event(15, Kind::Harm, "sore"),
        event(20, Kind::Referral, "<b>"),
    ];
    let (figure, html) = drawn(&outcome);
    for sign in ["fig-session\" d=\"M", "fig-harm", "fig-referral"] {
        assert!(html.contains(sign), "{sign}");
    }
    assert!(
        figure
            .words
            .ends_with("Treatment sessions: 2. Adverse events: 1. Referrals: 1."),
        "{}",
        figure.words
    );
    let table = figure.table.into_string();
    let places: Vec<_> = ["week 0", "day 3", "day 9", "day 15", "day 20", "week 6"]
        .map(|row| table.find(row))
        .into();
    assert!(
        places.is_sorted() && places.iter().all(Option::is_some),
        "{places:?}"
    );
    assert!(table.contains("Adverse event: sore") && table.contains("&lt;b&gt;"));
}

#[test]
fn thirteen_points_stay_small() {
    let waves = (0..13)
        .map(|n| wave(n * 7, Some(70.0 - 4.0 * f64::from(n))))
        .collect();
    let mut outcome = outcome(waves);
    outcome.events = (0..6).map(|n| event(n * 9, Kind::Session, "")).collect();
    let size = graph("odi", &outcome, Words::of("en"))
        .svg
        .into_string()
        .len();
    assert!(size <= 4096, "{size} bytes");
    let line = sparkline(
        &[
            Some(46.0),
            Some(40.0),
            None,
            Some(24.0),
            Some(18.0),
            Some(12.0),
        ],
        (0.0, 100.0),
        Words::of("en"),
    );
    let size = line.into_string().len();
    assert!(size <= 600, "{size} bytes");
}

#[test]
fn hostile_words_stay_text() {
    let bad = "</title><script>alert(1)</script>\" onload=\"";
    let mut outcome = outcome(vec![Wave {
        day: 0,
        when: bad.to_owned(),
        value: Some(1.0),
    }]);
    outcome.name = bad.to_owned();
    outcome.meaningful = Some(Meaningful {
        at: 1.0,
        rule: bad.to_owned(),
    });
    outcome.events = vec![Event {
        day: 1,
        when: bad.to_owned(),
        kind: Kind::Harm,
        what: bad.to_owned(),
    }];
    let html = graph(bad, &outcome, Words::of("en"))
        .whole(Words::of("en"))
        .into_string();
    check(&html);
    assert!(!html.contains("<script"));
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        0.0..100.0,
        any::<f64>(),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(0.0)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_course_can_be_drawn(
        waves in prop::collection::vec((prop_oneof![any::<i32>(), 0..400], prop::option::of(any_number())), 0..60),
        events in prop::collection::vec((any::<i32>(), 0..3_usize), 0..20),
        scale in (any_number(), any_number()), bound in any_number(), higher in any::<bool>(),
    ) {
        let kinds = [Kind::Session, Kind::Harm, Kind::Referral];
        let values: Vec<Option<f64>> = waves.iter().map(|(_, value)| *value).collect();
        let outcome = Outcome {
            name: "{first}".to_owned(),
            scale,
            better: if higher { Better::Higher } else { Better::Lower },
            waves: waves.into_iter().map(|(day, value)| wave(day, value)).collect(),
            meaningful: Some(Meaningful { at: bound, rule: "a rule".to_owned() }),
            events: events.into_iter().map(|(day, kind)| event(day, kinds[kind], "")).collect(),
        };
        let (figure, html) = drawn(&outcome);
        let whole = figure.title.starts_with(&outcome.name);
        prop_assert!(whole, "{}", figure.title);
        let points = html.matches("<circle").count();
        prop_assert_eq!(points, outcome.waves.iter().filter(|w| w.value.is_some_and(f64::is_finite)).count());
        support::check(&sparkline(&values, scale, Words::of("es")).into_string());
    }
}
