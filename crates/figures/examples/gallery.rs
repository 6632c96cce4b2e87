//! Writes every drawing into one page, to be looked at: `cargo run -p cotreat-figures --example gallery -- OUT_DIR`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::{env, fs, io};

use cotreat_figures::body::{self, Reader};
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
