//! Reads the cases of a Markdown file.

use cotreat_knowledge::{Place, Problem};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::Case;
use crate::input::{At, Node, node};

/// Reads every case of a file. A second-level heading inherits what the first-level heading gives and changes what it names.
///
/// # Errors
/// Everything that is wrong with its blocks.
pub fn read(file: &str, text: &str) -> Result<Vec<Case>, Vec<Problem>> {
    let mut reading = Reading {
        file,
        text,
        cases: Vec::new(),
        levels: Vec::new(),
        problems: Vec::new(),
    };
    let mut heading: Option<(HeadingLevel, usize, String)> = None;
    let mut block: Option<(String, usize, String)> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                heading = Some((level, range.start, String::new()))
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, start, title)) = heading.take() {
                    reading.heading(level, start, range.end, title.trim());
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                block = Some((info.to_string(), usize::MAX, String::new()))
            }
            Event::Text(words) => {
                if let Some((_, start, content)) = &mut block {
                    *start = (*start).min(range.start);
                    content.push_str(&words);
                } else if let Some((_, _, title)) = &mut heading {
                    title.push_str(&words);
                }
            }
            Event::Code(words) => {
                if let Some((_, _, title)) = &mut heading {
                    title.push_str(&words);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, start, content)) = block.take() {
                    let start = if start == usize::MAX {
                        content_start(text, range.start)
                    } else {
                        start
                    };
                    reading.block(&info, start, range.end, content);
                }
            }
            _ => {}
        }
    }
    reading.finish()
}

/// Where the content of an empty fenced block would begin.
fn content_start(text: &str, fence: usize) -> usize {
    text[fence..]
        .find('\n')
        .map_or(text.len(), |newline| fence + newline + 1)
}

struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    cases: Vec<Case>,
    levels: Vec<HeadingLevel>,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn place(&self, offset: usize) -> Place {
        Place::of(self.file, self.text, offset)
    }

    fn heading(&mut self, level: HeadingLevel, start: usize, end: usize, title: &str) {
        let inherited = match level {
            HeadingLevel::H1 => {
                if !self.cases.is_empty() {
                    self.problems.push(
                        Problem::new(self.place(start), "a case file has one first-level heading")
                            .help("use a second-level heading, or a file of its own"),
                    );
                }
                None
            }
            HeadingLevel::H2 => self.cases.first().and_then(|first| first.given.clone()),
            _ => return,
        };
        self.levels.push(level);
        self.cases.push(Case {
            title: title.to_owned(),
            place: self.place(start),
            given: inherited,
            expect: None,
            because: None,
            because_at: end,
        });
    }

    fn block(&mut self, info: &str, start: usize, end: usize, content: String) {
        let is_case_block = matches!(info, "toml given" | "toml expect" | "text because");
        if self.cases.is_empty() {
            if is_case_block {
                self.problems.push(
                    Problem::new(self.place(start), "this block stands before any heading")
                        .help("begin the file with `# Name of the case`"),
                );
            }
            return;
        }
        match info {
            "toml given" => {
                if let Some(given) = self.parse(start, &content)
                    && let Some(case) = self.cases.last_mut()
                {
                    match &mut case.given {
                        Some(inherited) => inherited.overlay(&given),
                        None => case.given = Some(given),
                    }
                }
            }
            "toml expect" => {
                let expect = self.parse(start, &content);
                if let Some(case) = self.cases.last_mut() {
                    case.expect = expect;
                    case.because_at = end;
                }
            }
            "text because" => {
                if let Some(case) = self.cases.last_mut() {
                    case.because = Some((start..start + content.len(), content));
                }
            }
            other if other.starts_with("toml") => self.problems.push(
                Problem::new(
                    self.place(start),
                    format!("`{other}` is not a block of a case"),
                )
                .help("blocks are ```toml given, ```toml expect and ```text because"),
            ),
            _ => {}
        }
    }

    fn parse(&mut self, start: usize, content: &str) -> Option<At> {
        match node::parse_toml(self.file, content, start, self.text) {
            Ok(at) => Some(at),
            Err(problems) => {
                self.problems.extend(problems);
                // An unreadable block must not look like "nothing given".
                Some(At {
                    node: Node::Nothing,
                    place: self.place(start),
                })
            }
        }
    }

    fn finish(mut self) -> Result<Vec<Case>, Vec<Problem>> {
        if self.cases.is_empty() {
            self.problems.push(
                Problem::new(Place::file(self.file), "this file holds no case")
                    .help("a case has a `# heading`, a ```toml given and a ```toml expect block"),
            );
        }
        if self.problems.is_empty() {
            Ok(self.cases)
        } else {
            Err(self.problems)
        }
    }
}
