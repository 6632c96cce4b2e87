//! What stands where in a printed appraisal: first a page to act on, then the reason for every line.

mod alarms;
mod contributors;
mod first_page;
mod plan;
mod words;

use crate::appraisal::{Appraisal, Question, Reason};

use words::{list, some};

/// How a piece of text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary.
    Plain,
    /// Stands out.
    Strong,
    /// Dangerous.
    Alarm,
    /// Needs attention.
    Warning,
    /// Goes ahead.
    Good,
    /// In the background: where something comes from.
    Faint,
}

/// One piece of a printed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading and its level.
    Heading(u8, String),
    /// A line of its own.
    Line(String, Tone),
    /// An item of a list and its depth.
    Item(u8, String, Tone),
}

/// How much is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// One page: what matters most, what stands, what to do, what to ask.
    Brief,
    /// The page, and the reason for every line.
    #[default]
    Full,
    /// The same, and full citations.
    Sources,
}

/// How many questions of each list are printed with their reasons.
const QUESTIONS: usize = 5;

struct Page {
    blocks: Vec<Block>,
    /// Some of the files were certified, so those that were not say so line by line.
    mark_uncertified: bool,
}

impl Page {
    fn heading(&mut self, level: u8, title: &str) {
        self.blocks.push(Block::Heading(level, title.to_owned()));
    }

    fn line(&mut self, words: impl Into<String>, tone: Tone) {
        self.blocks.push(Block::Line(words.into(), tone));
    }

    fn item(&mut self, depth: u8, words: impl Into<String>, tone: Tone) {
        self.blocks.push(Block::Item(depth, words.into(), tone));
    }

    /// A reason: the statement, what made it hold, and where it comes from.
    fn why(&mut self, depth: u8, label: &str, reason: &Reason) {
        self.item(depth, format!("{label}{}", reason.says), Tone::Plain);
        if !reason.because.is_empty() {
            self.item(
                depth + 1,
                format!("because {}", reason.because.join("; ")),
                Tone::Plain,
            );
        }
        self.cite(depth + 1, reason);
    }

    /// Source, place in the source, basis, file and line.
    fn cite(&mut self, depth: u8, reason: &Reason) {
        let source = match (&reason.source_name, &reason.location) {
            (Some(name), Some(location)) => format!("{name}, {location}"),
            (Some(name), None) => name.clone(),
            (None, _) => String::new(),
        };
        let basis = match reason.basis.as_str() {
            "source" => "",
            "secondary" => "not confirmed in the paper itself",
            _ => "expert judgement",
        };
        let certified = if reason.certified || !self.mark_uncertified {
            ""
        } else {
            "not yet certified"
        };
        let parts: Vec<&str> = [source.as_str(), basis, certified]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        self.item(
            depth,
            format!("[{}] {}", parts.join("; "), reason.place),
            Tone::Faint,
        );
    }
}

/// How much of each guideline is known: what the page is silent about may merely not have been read.
fn guidelines(page: &mut Page, a: &Appraisal) {
    if a.guidelines.is_empty() {
        return;
    }
    page.heading(2, "Guidelines that count");
    for guideline in &a.guidelines {
        let known = if guideline.complete {
            "all its recommendations on back pain are known here"
        } else {
            "known in part"
        };
        page.item(0, format!("{}: {known}", guideline.short), Tone::Plain);
        if let Some(note) = &guideline.note {
            page.item(1, note.clone(), Tone::Plain);
        }
    }
}

/// Lays out an appraisal.
#[must_use]
pub fn layout(a: &Appraisal, detail: Detail) -> Vec<Block> {
    let mut page = Page {
        blocks: Vec::new(),
        mark_uncertified: a.certification.certified > 0,
    };
    page.heading(1, &a.title);
    page.line(
        format!(
            "Appraisal of {}. Seen in {}; guidelines: {}; jurisdiction: {}.",
            a.as_of,
            a.setting.replace('_', " "),
            a.profile,
            a.jurisdiction
        ),
        Tone::Plain,
    );
    let in_part: Vec<&str> = a
        .guidelines
        .iter()
        .filter(|g| !g.complete)
        .map(|g| g.short.as_str())
        .collect();
    if !in_part.is_empty() {
        page.line(
            format!(
                "Known here only in part: {}. What they say beyond that is not on this page.",
                in_part.join(", ")
            ),
            Tone::Warning,
        );
    }
    page.line(a.certification.note.clone(), Tone::Warning);
    page.line(
        "Decision support for qualified clinicians: the machine proposes, a named person decides.",
        Tone::Faint,
    );
    first_page::write(&mut page, a);
    if detail == Detail::Brief {
        page.line("The reason for every line: leave out --brief.", Tone::Faint);
        return page.blocks;
    }
    alarms::write(&mut page, a);
    known(&mut page, a);
    contributors::write(&mut page, a);
    patterns(&mut page, a);
    questions(&mut page, a);
    plan::write(&mut page, a);
    pathways(&mut page, a);
    guidelines(&mut page, a);
    if detail == Detail::Sources {
        sources(&mut page, a);
    }
    page.heading(2, "How this was made");
    let hash = &a.knowledge[..a.knowledge.len().min(16)];
    page.line(
        format!(
            "Engine {}, knowledge {hash}. The same facts, knowledge and day give the same answer.",
            a.engine
        ),
        Tone::Faint,
    );
    page.blocks
}

fn known(page: &mut Page, a: &Appraisal) {
    page.heading(2, "How the episode is sorted");
    for class in &a.classes {
        let value = if !class.names.is_empty() {
            list(&class.names)
        } else if class.unknown {
            "not known".into()
        } else {
            "none".into()
        };
        let missing = if class.unknown && !class.missing.is_empty() {
            format!(" (not answered: {})", some(&class.missing))
        } else {
            String::new()
        };
        page.item(0, format!("{}: {value}{missing}", class.name), Tone::Plain);
        for why in &class.why {
            page.why(1, "", why);
        }
    }
    for score in &a.scores {
        let band = score
            .band
            .as_ref()
            .map(|b| format!(", {b}"))
            .unwrap_or_default();
        let (low, high) = score.range;
        page.item(
            0,
            format!(
                "{} ({}): {} of {low} to {high}{band}; higher is {}",
                score.name, score.score, score.value, score.higher
            ),
            Tone::Plain,
        );
    }
}

fn patterns(page: &mut Page, a: &Appraisal) {
    if a.patterns.is_empty() {
        return;
    }
    page.heading(2, "Muscle patterns");
    page.line(
        "Patterns guide release and activation. They are not shown to be a cause.",
        Tone::Faint,
    );
    for p in &a.patterns {
        page.item(
            0,
            format!(
                "{}: activate {}; release {}",
                p.name,
                list(&p.inhibited),
                list(&p.overworked)
            ),
            Tone::Plain,
        );
        page.why(1, "", &p.why);
        for c in &p.contested {
            page.why(1, "contested: ", c);
        }
    }
}

fn questions(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Next best questions");
    let lists = [
        ("To the patient", &a.questions.patient),
        ("To examine", &a.questions.clinician),
        (
            "Results to enter where they exist already (no test is asked for here)",
            &a.questions.results,
        ),
    ];
    for (who, list) in lists {
        if list.is_empty() {
            page.line(
                format!("{who}: nothing that would change anything."),
                Tone::Plain,
            );
            continue;
        }
        let more = list.len().saturating_sub(QUESTIONS);
        let tail = if more == 0 {
            String::new()
        } else {
            format!(" (and {more} more)")
        };
        page.line(format!("{who}{tail}:"), Tone::Plain);
        for question in list.iter().take(QUESTIONS) {
            one_question(page, question);
        }
    }
}

fn one_question(page: &mut Page, q: &Question) {
    page.item(0, format!("{} [{}]", q.words, q.ask), Tone::Strong);
    page.item(1, format!("because {}", q.because), Tone::Plain);
    page.item(
        1,
        format!("about {} s; {}", q.burden_seconds, q.place),
        Tone::Faint,
    );
}

fn pathways(page: &mut Page, a: &Appraisal) {
    if a.pathways.is_empty() {
        return;
    }
    page.heading(2, "Referral");
    for p in &a.pathways {
        page.item(
            0,
            format!("{}: to {}; when: {}", p.name, p.to, p.within),
            Tone::Strong,
        );
        page.item(
            1,
            format!("the referral holds: {}", list(&p.content)),
            Tone::Plain,
        );
        page.why(1, "why: ", &p.why);
    }
}

fn sources(page: &mut Page, a: &Appraisal) {
    page.heading(2, "Sources");
    for s in &a.sources {
        let link = s.link.as_ref().map(|l| format!(" {l}")).unwrap_or_default();
        page.item(
            0,
            format!(
                "{}: {}{link} (read: {})",
                s.short,
                s.citation,
                s.read.replace('_', " ")
            ),
            Tone::Plain,
        );
        if let Some(note) = &s.note {
            page.item(1, note.clone(), Tone::Faint);
        }
    }
}
