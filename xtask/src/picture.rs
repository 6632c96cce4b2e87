//! `cargo xtask picture`: draws the first page of a shipped case as README shows it. The words come from the program, so the picture cannot
//! claim what it does not do.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use cotreat_care::face::{Block, Detail, Tone, layout};
use cotreat_care::{appraise, case};

use crate::shipped;

const CASE: &str = "cases/ten_06_sciatica.md";
const TO: &str = "docs/appraisal.svg";
/// Characters in a line of the picture.
const WIDTH: usize = 104;
const LINE_HEIGHT: usize = 21;
const MARGIN: usize = 28;

/// Draws it.
pub fn run() -> ExitCode {
    match draw() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn draw() -> Result<(), String> {
    let texts = shipped::texts(Path::new("knowledge")).map_err(|error| error.to_string())?;
    let knowledge = shipped::load(&texts)?;
    let text = texts
        .get(CASE)
        .ok_or_else(|| format!("there is no {CASE}"))?;
    let cases = case::read(CASE, text).map_err(|problems| format!("{problems:?}"))?;
    let episode = cases[0]
        .episode(&knowledge)
        .map_err(|problems| format!("{problems:?}"))?;
    let blocks = layout(&appraise(&episode, &knowledge), Detail::Brief);
    fs::write(TO, svg(&blocks)).map_err(|error| error.to_string())
}

/// Text in lines, with colours for light and dark.
fn svg(blocks: &[Block]) -> String {
    let mut body = String::new();
    let mut y = MARGIN;
    for block in blocks {
        let (words, class, indent, gap) = match block {
            Block::Heading(1, words) => (words.clone(), "h1", 0, 10),
            Block::Heading(_, words) => (words.clone(), "h2", 0, 12),
            Block::Line(words, tone) => (words.clone(), class(*tone), 0, 0),
            Block::Item(depth, words, tone) => (
                format!("• {words}"),
                class(*tone),
                usize::from(*depth) * 2,
                0,
            ),
        };
        y += gap;
        for (at, line) in wrap(&words, WIDTH - indent).iter().enumerate() {
            y += LINE_HEIGHT;
            let hanging = if at > 0 && words.starts_with('•') {
                14
            } else {
                0
            };
            let x = MARGIN + indent * 8 + hanging;
            let _ = writeln!(
                body,
                r#"<text x="{x}" y="{y}" class="{class}">{}</text>"#,
                escape(line)
            );
        }
    }
    let height = y + MARGIN;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 {height}" width="900" height="{height}" role="img" aria-label="A printed appraisal">
<style>
text {{ font: 14px system-ui, "Helvetica Neue", Arial, sans-serif; fill: #1d2733; white-space: pre }}
.page {{ fill: #ffffff; stroke: #c9d3dc }}
.h1 {{ font-size: 20px; font-weight: 700 }}
.h2 {{ font-size: 15px; font-weight: 700; fill: #0b5c7a }}
.strong {{ font-weight: 700 }}
.alarm {{ font-weight: 700; fill: #b3261e }}
.warning {{ fill: #8a4b00 }}
.good {{ fill: #14622f }}
.faint {{ fill: #5b6875 }}
@media (prefers-color-scheme: dark) {{
  text {{ fill: #e6edf3 }} .page {{ fill: #12181f; stroke: #33404d }} .h2 {{ fill: #7cc7e8 }}
  .alarm {{ fill: #ff8a80 }} .warning {{ fill: #f0b264 }} .good {{ fill: #7fd79b }} .faint {{ fill: #9aa7b4 }}
}}
</style>
<rect class="page" x="0.5" y="0.5" width="899" height="{}" rx="8"/>
{body}</svg>
"##,
        height - 1
    )
}

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Strong => "strong",
        Tone::Alarm => "alarm",
        Tone::Warning => "warning",
        Tone::Good => "good",
        Tone::Faint => "faint",
    }
}

fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let last = lines.len() - 1;
        let used = lines[last].chars().count();
        if used > 0 && used + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if used > 0 {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
