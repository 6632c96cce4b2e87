//! `cotreat ask`: asks the next best questions in the terminal and says what each answer changes.

mod question;
mod session;
mod told;
mod write;

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use cotreat_care::face::{Block, Tone};
use cotreat_knowledge::{Place, Problem};

use crate::commands::{KnowledgeFolder, Which};
use crate::files;
use crate::patient::Patient;
use crate::terminal::{self, Failure};
use crate::words::count;

use question::Asking;
use session::{Session, Who};

/// Ask the next best questions, one after the other, and say what each answer changes.
///
/// Answers are checked like those of a file. Instead of an answer: `?` why this is asked, `s` skip, `u` not known, `b` back to the question
/// before, `q` quit; the end of the input quits too. FILE itself is never changed.
#[derive(Debug, Args)]
#[command(after_help = include_str!("examples/ask.txt"))]
pub struct Ask {
    /// The patient: a .md case, .toml or .json file.
    pub file: PathBuf,
    /// Ask what a clinician examines or looks up, instead of what the patient answers.
    #[arg(long)]
    pub clinician: bool,
    /// Ask the patient first, then what a clinician examines.
    #[arg(long, conflicts_with = "clinician")]
    pub both: bool,
    /// Write what is then known into this file.
    #[arg(long, value_name = "FILE.toml")]
    pub save: Option<PathBuf>,
    /// Let --save replace a file that exists.
    #[arg(long, requires = "save")]
    pub force: bool,
    #[command(flatten)]
    pub which: Which,
    #[command(flatten)]
    pub from: KnowledgeFolder,
}

impl Ask {
    pub fn run(self) -> Result<ExitCode, Failure> {
        // Before the first question: nobody should answer twenty of them and then learn that they cannot be saved.
        if let Some(path) = &self.save {
            may_save(path, self.force)?;
        }
        let knowledge = files::knowledge(self.from.knowledge.as_deref())?;
        let patient = Patient::read(&self.file, &self.which.overrides(), &knowledge)?;
        let who = match (self.clinician, self.both) {
            (true, _) => Who::Clinician,
            (_, true) => Who::Both,
            _ => Who::Patient,
        };
        let mut session = Session::new(&self.file.display().to_string(), patient, who, &knowledge);
        terminal::show(&opening(&session));
        converse(&mut session);
        terminal::show(&closing(&session));
        if let Some(path) = &self.save {
            let text = write::toml(session.given());
            may_save(path, self.force).and_then(|()| files::write(path, &text)).inspect_err(|_| {
                // The answers must not be lost with the file.
                terminal::print(&format!("\nThe answers could not be saved; this is what the file would hold:\n\n{text}"));
            })?;
            terminal::print(&format!("wrote {}\n", path.display()));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn may_save(path: &Path, force: bool) -> Result<(), Failure> {
    let wrong = |message: &str, help: &str| {
        Err(
            Problem::new(Place::file(&path.display().to_string()), message)
                .help(help)
                .into(),
        )
    };
    if path.extension().is_none_or(|e| e != "toml") {
        return wrong("answers are saved as TOML", "end the name in .toml");
    }
    if path
        .parent()
        .is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
    {
        return wrong(
            "there is no such folder",
            "make the folder first, or choose another name",
        );
    }
    if path.exists() && !force {
        return wrong(
            "this file exists already",
            "choose another name, or add --force to replace it",
        );
    }
    Ok(())
}

/// Asks until nothing is left, or the person or the input ends it.
fn converse(session: &mut Session<'_>) {
    let mut input = io::stdin().lock();
    let typed = input.is_terminal();
    let mut asked = None;
    while let Some(asking) = session.next() {
        if asked.as_ref() != Some(&asking.key) {
            terminal::show(&put_question(session, &asking));
            asked = Some(asking.key.clone());
        }
        terminal::print("> ");
        let mut line = Vec::new();
        match input.read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => {
                terminal::print("\n");
                return;
            }
            Ok(_) => {}
        }
        // What is not text becomes a character that no answer holds, and is refused like any other wrong answer.
        let line = String::from_utf8_lossy(&line);
        if !typed {
            // A terminal shows what is typed; what comes from elsewhere is shown here, so that the record can be read.
            terminal::print(&format!("{}\n", line.trim()));
        }
        match line.trim() {
            "" => {}
            "q" => return,
            "?" => terminal::show(&session.why(&asking)),
            "s" => session.skip(&asking),
            "b" if session.back() => {}
            "b" => terminal::show(&[Block::Line(
                "This is the first question.".into(),
                Tone::Plain,
            )]),
            words => match session.answer(&asking, words) {
                Ok(changes) => terminal::show(&told::lines(&changes)),
                Err(problems) => terminal::show(&question::refusal(&asking, &problems)),
            },
        }
    }
    terminal::show(&[Block::Line(
        "Nothing is left to ask that would change anything.".into(),
        Tone::Good,
    )]);
}

fn opening(session: &Session<'_>) -> Vec<Block> {
    vec![
        Block::Heading(1, session.appraisal().title.clone()),
        Block::Line(
            "Instead of an answer: ? why, s skip, u not known, b back, q quit.".into(),
            Tone::Faint,
        ),
    ]
}

fn put_question(session: &Session<'_>, asking: &Asking) -> Vec<Block> {
    let to = if asking.of_patient {
        "To the patient"
    } else {
        "To examine or look up"
    };
    let open = session.open();
    vec![
        Block::Heading(2, format!("{to} ({open} open)")),
        Block::Line(format!("{} [{}]", asking.words, asking.id), Tone::Strong),
        Block::Item(1, format!("because {}", asking.because), Tone::Plain),
        Block::Item(1, format!("answers: {}", asking.answers), Tone::Plain),
    ]
}

fn closing(session: &Session<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(
        2,
        format!("After {}", count(session.answered(), "answer")),
    )];
    blocks.extend(session.appraisal().summary.iter().map(|line| {
        let tone = if line.starts_with("Alarm") {
            Tone::Alarm
        } else {
            Tone::Plain
        };
        Block::Item(0, line.clone(), tone)
    }));
    blocks
}
