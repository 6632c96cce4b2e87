//! Writes every drawing into one page, to be looked at: `cargo run -p cotreat-figures --example gallery -- OUT_DIR`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::{env, fs, io};

use cotreat_figures::anatomy::{self, Part, Role, Sides};
use cotreat_figures::body::{self, Reader};
use cotreat_figures::outcome::{self, Better, Event, Kind, Meaningful, Outcome, Wave};
use cotreat_figures::{STYLE, Words};
use maud::{DOCTYPE, Markup, html};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    fs::create_dir_all(&out)?;
    fs::write(out.join("figures.css"), STYLE)?;
    fs::write(out.join("page.css"), PAGE)?;
    for tag in ["en", "es"] {
        let words = Words::of(tag);
        fs::write(
            out.join(format!("body-{tag}.html")),
            page(tag, &body_chart(words)),
        )?;
        fs::write(
            out.join(format!("anatomy-{tag}.html")),
            page(tag, &muscles(words)),
        )?;
        fs::write(
            out.join(format!("outcome-{tag}.html")),
            page(tag, &graphs(words)),
        )?;
    }
    Ok(())
}

/// What a page brings along: close to the server's own style sheet.
const PAGE: &str = "
:root { color-scheme: light dark; --ink: #1b2733; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eef2; --paper: #12191f; } }
* { box-sizing: border-box; }
body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
main { max-width: 52rem; margin: 0 auto; padding: .75rem 1rem; }
label { display: block; font-weight: 600; }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .5rem; }
";

fn page(tag: &str, content: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; form-action 'self'";
                title { "Gallery" }
                link rel="stylesheet" href="page.css";
                link rel="stylesheet" href="figures.css";
            }
            body { main { (content) } }
        }
    }
    .into_string()
}

fn body_chart(words: &Words) -> Markup {
    let chosen = BTreeSet::from([218, 223, 228, 233, 122]);
    let pain = BTreeMap::from([
        (218, Some(7)),
        (219, Some(2)),
        (223, Some(5)),
        (228, Some(4)),
        (233, Some(10)),
        (231, Some(0)),
        (237, None),
        (122, None),
        (119, Some(3)),
    ]);
    html! {
        h1 { "Body chart" }
        h2 { "As a picture" }
        (body::picture("pain", &pain, Reader::Staff, words).whole(words))
        h2 { "As a form" }
        form method="get" { (body::form("region", &chosen, words)) button { "Send" } }
    }
}

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

fn graphs(words: &Words) -> Markup {
    let disability = Outcome {
        name: "Oswestry Disability Index".to_owned(),
        scale: (0.0, 100.0),
        better: Better::Lower,
        waves: vec![
            wave(0, Some(46.0)),
            wave(14, Some(40.0)),
            wave(42, Some(31.0)),
            wave(70, None),
            wave(182, Some(24.0)),
            wave(364, Some(18.0)),
        ],
        meaningful: Some(Meaningful {
            at: 36.0,
            rule: "10 points less than at first".to_owned(),
        }),
        events: vec![
            event(3, Kind::Session, ""),
            event(8, Kind::Session, ""),
            event(15, Kind::Session, ""),
            event(24, Kind::Session, ""),
            event(40, Kind::Session, ""),
            event(15, Kind::Harm, "sore for two days"),
            event(60, Kind::Referral, "psychologist"),
        ],
    };
    let often = Outcome {
        name: "Pain today".to_owned(),
        scale: (0.0, 10.0),
        waves: (0..13)
            .map(|n| {
                wave(
                    n * 7,
                    Some(
                        [
                            7.0, 6.0, 7.0, 5.0, 5.0, 4.0, 6.0, 3.0, 3.0, 2.5, 3.0, 2.0, 1.0,
                        ][n as usize % 13],
                    ),
                )
            })
            .collect(),
        meaningful: Some(Meaningful {
            at: 5.0,
            rule: "2 points less than at first".to_owned(),
        }),
        ..disability.clone()
    };
    let higher = Outcome {
        name: "Patient-specific function, a name that is rather long so that it has to be broken into more than one line on a telephone".to_owned(),
        better: Better::Higher,
        scale: (0.0, 10.0),
        waves: vec![wave(0, Some(3.3)), wave(42, Some(4.0)), wave(42, Some(12.0))],
        meaningful: Some(Meaningful { at: 5.3, rule: "2 points more".to_owned() }),
        events: Vec::new(),
    };
    let none = Outcome {
        waves: Vec::new(),
        events: Vec::new(),
        ..disability.clone()
    };
    let one = Outcome {
        waves: vec![wave(0, Some(46.0))],
        events: Vec::new(),
        ..disability.clone()
    };
    html! {
        h1 { "Outcome graph" }
        @for (at, outcome) in [disability, often, higher, none, one].iter().enumerate() {
            (outcome::graph(&format!("g{at}"), outcome, words).whole(words))
        }
        p { "In a list: " (outcome::sparkline(&[Some(46.0), Some(40.0), Some(31.0), None, Some(24.0), Some(18.0)], (0.0, 100.0), words)) " and so on" }
    }
}

fn part(id: &str, role: Role, side: Sides) -> Part {
    let name = id.replace('_', " ");
    let mut letters = name.chars();
    let first = letters
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    Part {
        id: id.to_owned(),
        name: first + letters.as_str(),
        role,
        side,
    }
}

fn muscles(words: &Words) -> Markup {
    use Role::{Activated, Mobilised, Released, Spared};
    use Sides::{Both, Left, Right};
    let buttock = [
        part("piriformis", Released, Left),
        part("gluteus_medius", Activated, Both),
        part("quadratus_lumborum", Released, Left),
        part("hip", Mobilised, Left),
        part("sacroiliac", Spared, Right),
        part("lumbar_multifidus", Activated, Both),
        part("biceps_femoris", Released, Left),
    ];
    let front = [
        part("psoas_major", Released, Right),
        part("iliacus", Released, Right),
        part("rectus_abdominis", Activated, Both),
        part("rectus_femoris", Released, Right),
        part("tensor_fasciae_latae", Released, Left),
        part("gluteus_maximus", Activated, Both),
        part("hip", Mobilised, Right),
    ];
    let ids: std::collections::BTreeSet<&str> = anatomy::shapes().collect();
    html! {
        h1 { "Muscles and joints" }
        (anatomy::picture("buttock", &buttock, words).whole(words))
        (anatomy::picture("front", &front, words).whole(words))
        h2 { "One by one" }
        div class="sheet fig" {
            @for id in ids { (anatomy::picture(id, &[part(id, Released, Both)], words).svg) }
        }
    }
}
