//! Writes a layout as plain text or Markdown.

use std::fmt::Write as _;

use super::layout::{Block, Tone};

/// Lines are broken before this column.
const WIDTH: usize = 110;

/// Plain text; with ANSI colours for a terminal.
#[must_use]
pub fn text(blocks: &[Block], colour: bool) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Heading(1, title) => {
                paint(&mut out, &printable(title), Tone::Strong, colour);
                let _ = writeln!(out, "\n{}", "=".repeat(title.chars().count().min(WIDTH)));
            }
            Block::Heading(_, title) => {
                out.push('\n');
                paint(&mut out, &printable(title), Tone::Strong, colour);
                let _ = writeln!(out, "\n{}", "-".repeat(title.chars().count().min(WIDTH)));
            }
            Block::Line(words, tone) => wrap(&mut out, words, "", "", *tone, colour),
            Block::Item(depth, words, tone) => {
                let indent = "  ".repeat(usize::from(*depth));
                let bullet = if *depth == 0 { "* " } else { "- " };
                wrap(
                    &mut out,
                    words,
                    &format!("{indent}{bullet}"),
                    &format!("{indent}  "),
                    *tone,
                    colour,
                );
            }
        }
    }
    out
}

fn wrap(out: &mut String, words: &str, first: &str, rest: &str, tone: Tone, colour: bool) {
    let mut line = String::from(first);
    let mut width = first.chars().count();
    let mut fresh = true;
    for word in printable(words).split_whitespace() {
        let length = word.chars().count();
        if !fresh && width + 1 + length > WIDTH {
            paint(out, &line, tone, colour);
            out.push('\n');
            line = String::from(rest);
            width = rest.chars().count();
            fresh = true;
        }
        if !fresh {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += length;
        fresh = false;
    }
    paint(out, &line, tone, colour);
    out.push('\n');
}

/// Text of patients and files can never steer a terminal.
fn printable(words: &str) -> String {
    words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn paint(out: &mut String, words: &str, tone: Tone, colour: bool) {
    let code = match tone {
        _ if !colour => None,
        Tone::Plain => None,
        Tone::Strong => Some("1"),
        Tone::Alarm => Some("1;31"),
        Tone::Warning => Some("33"),
        Tone::Good => Some("32"),
        Tone::Faint => Some("2"),
    };
    match code {
        Some(code) => {
            let _ = write!(out, "\u{1b}[{code}m{words}\u{1b}[0m");
        }
        None => out.push_str(words),
    }
}

/// Markdown (CommonMark).
#[must_use]
pub fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in blocks {
        let is_item = matches!(block, Block::Item(..));
        if in_list && !is_item {
            out.push('\n');
        }
        in_list = is_item;
        match block {
            Block::Heading(level, title) => {
                let _ = writeln!(
                    out,
                    "{} {}\n",
                    "#".repeat(usize::from(*level)),
                    escape(title)
                );
            }
            Block::Line(words, tone) => {
                let _ = writeln!(out, "{}\n", toned(&escape(words), *tone));
            }
            Block::Item(depth, words, tone) => {
                let _ = writeln!(
                    out,
                    "{}- {}",
                    "  ".repeat(usize::from(*depth)),
                    toned(&escape(words), *tone)
                );
            }
        }
    }
    if in_list {
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn toned(words: &str, tone: Tone) -> String {
    match tone {
        Tone::Strong | Tone::Alarm => format!("**{words}**"),
        Tone::Plain | Tone::Warning | Tone::Good | Tone::Faint => words.to_owned(),
    }
}

/// Text of patients and files can never become markup.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
