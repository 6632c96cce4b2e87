//! What staff work with: lists of patients, the record, the plan with its evidence, a session, numbers.

use maud::{Markup, html};

use super::Says;
use crate::{
    CaseRow, Choice, Column, Evidence, Fields, Moment, PlanLine, Row, Table, Tile, Tone, Words,
    caseload, chart, empty, pager, summary_list, tag, tiles, timeline,
};

pub(super) fn all(words: &Words, says: Says<'_>) -> Markup {
    html! {
        h2 { (says("For staff")) }
        (tiles(&numbers(words, says)))
        (caseload(&cases(says)))
        (pager(words, 5, 9, |page| format!("#page-{page}")))
        (empty(&says("Nobody is waiting"), html! { p { (says("Referrals to you will stand here.")) } }))
        h3 { (says("Record")) }
        (summary_list(words, &[
            Row::new(says("Name"), says("Maria Example")).change("#record"),
            Row::new(says("Born"), words.date(jiff::civil::date(1974, 3, 27))),
        ]))
        div { @for (tone, name) in TONES { (tag(tone, &says(name))) " " } }
        h3 { (says("Plan")) }
        // The lines are headings of level 3 below a heading of level 2 on their own page.
        (plan_line(words, says))
        (timeline(&moments(words, says)))
        (chart(words, &says("Pain fell from 7 to 3 in six weeks; lower is better."), drawing(says), scores(words, says)))
        h3 { (says("Session")) }
        form method="post" action="#record" data-plain { (session(words, says)) }
        (scores(words, says))
    }
}

const TONES: [(Tone, &str); 6] = [
    (Tone::Plain, "Draft"),
    (Tone::Good, "Agreed"),
    (Tone::Watch, "Watch"),
    (Tone::Urgent, "Urgent"),
    (Tone::Stop, "Emergency"),
    (Tone::Known, "Expert judgement"),
];

fn numbers(words: &Words, says: Says<'_>) -> [Tile; 3] {
    let tile = |number: String, name: &str, note: Option<&str>, address: Option<&str>| Tile {
        number,
        says: says(name),
        note: note.map(says),
        address: address.map(str::to_owned),
    };
    [
        tile(
            words.number(12_345.0, 0),
            "patients in care",
            None,
            Some("#record"),
        ),
        tile(
            words.percent(0.624, 1),
            "better by a meaningful amount",
            Some("of 210 with answers; 57 to 68"),
            None,
        ),
        tile(
            says("fewer than 5"),
            "adverse events",
            Some("too few to tell apart"),
            None,
        ),
    ]
}

fn cases(says: Says<'_>) -> [CaseRow; 2] {
    [
        CaseRow {
            name: says("Maria Example-Longname de la Fuente"),
            address: "#record".to_owned(),
            facts: vec![says("born 1974"), says("week 6"), says("pain 3 of 10")],
            tags: vec![
                tag(Tone::Good, &says("Better")),
                tag(Tone::Watch, &says("Answers due")),
            ],
            next: Some(says("Review on 4 December")),
        },
        CaseRow {
            name: says("John Example"),
            address: "#record".to_owned(),
            facts: vec![says("born 1961"), says("week 1")],
            tags: vec![tag(Tone::Stop, &says("Alarm not cleared"))],
            next: None,
        },
    ]
}

fn plan_line<'a>(words: &'a Words, says: Says<'_>) -> PlanLine<'a> {
    let evidence = |line: &str, weight: Option<&str>| Evidence {
        words,
        says: says(line),
        weight: weight.map(says),
        sentence: says("What the source says, in our own words."),
        source: says("A guideline, 2020"),
        place: says("recommendation 1.2.7; knowledge file, line 12"),
    };
    PlanLine {
        words,
        what: says("Walking that grows week by week"),
        state: tag(Tone::Known, &says("Proposed")),
        why: Some(says("To be active without fear of harm")),
        by: Some(says("Physiotherapist")),
        dose: Some(says("20 minutes, 5 days a week")),
        until: Some(says("review in 6 weeks")),
        evidence: vec![
            evidence(
                "The guideline recommends it at this stage",
                Some("recommended"),
            ),
            evidence("You answered that you walk less than before", None),
        ],
        acts: Some(html! { (crate::second_button(&says("Agree"))) }),
    }
}

fn moments(words: &Words, says: Says<'_>) -> [Moment; 2] {
    let day = jiff::civil::date(2026, 11, 27);
    [
        Moment {
            stamp: day.to_string(),
            when: words.short_date(day),
            what: says("Session"),
            who: Some(says("Ana Ruiz")),
            body: Some(html! { p { (says("30 minutes; pain 6 before, 4 after.")) } }),
        },
        Moment {
            stamp: "2026-11-02T14:05".to_owned(),
            when: words.moment(jiff::civil::date(2026, 11, 2).at(14, 5, 0, 0)),
            what: says("Plan agreed"),
            who: None,
            body: None,
        },
    ]
}

fn drawing(says: Says<'_>) -> Markup {
    html! {
        svg viewBox="0 0 300 100" role="img" aria-label=(says("A line that falls")) {
            polyline points="10,20 80,35 150,60 290,75" fill="none" stroke="currentColor" stroke-width="3" {}
        }
    }
}

fn scores(words: &Words, says: Says<'_>) -> Markup {
    let columns = vec![
        Column::new(says("Day")),
        Column::new(says("Answered by")),
        Column::numeric(says("Pain, 0 to 10")),
    ];
    let row = |month, value| {
        vec![
            html! { (words.short_date(jiff::civil::date(2026, month, 2))) },
            html! { (says("the patient")) },
            html! { (words.number(value, 1)) },
        ]
    };
    let table = Table::new(says("Pain since the beginning"), columns);
    maud::Render::render(&table.row(row(10, 7.0)).row(row(11, 3.5)))
}

fn session(words: &Words, says: Says<'_>) -> Markup {
    let mut fields = Fields::new(words);
    fields.set("technique-0", "b").set("minutes-0", says("12"));
    fields.wrong("minutes-1", says("Row 2: how many minutes?"));
    let choices = |names: [&str; 2]| {
        let [first, second] = names.map(says);
        [Choice::new("a", first), Choice::new("b", second)]
    };
    fields.session_grid(
        &choices(["Slow strokes", "Steady pressure"]),
        &choices(["Between the shoulder blades", "Beside the lower spine"]),
        &choices(["Left", "Right"]),
        2,
    )
}
