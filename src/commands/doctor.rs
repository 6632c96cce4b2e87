//! `cotreat doctor`: what is well, what is wrong, and what to do.

use std::process::ExitCode;

use clap::Args;
use cotreat_care::face::{Block, Tone};
use cotreat_server::operations::doctor::{self, Line, State, Visit};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::installation::{self, Installation};
use crate::terminal::{self, Failure};

/// Look at everything an installation needs: what is well, what is worth a look, what is wrong, and what to do.
///
/// Changes nothing; the server may be running. Exit code 0: nothing is wrong; 1: something is.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat doctor
  cotreat doctor --json | jq '.[] | select(.state != \"ok\")'")]
pub struct Doctor {
    /// For programs: a list of {what, state, says, todo}.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub installation: Installation,
}

impl Doctor {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let lines = match self.installation.settings() {
            Ok(settings) => {
                let mut lines = vec![Line::ok("settings", "every one can be read")];
                let knowledge = installation::knowledge_hash(&settings);
                let visit = Visit {
                    knowledge: knowledge.ok(),
                    now: Timestamp::now(),
                };
                let examined = doctor::examine(&settings, &visit);
                lines.extend(installation::run(async { Ok(examined.await) })?);
                lines
            }
            Err(failure) => {
                let wrong = failure.0.iter();
                wrong.map(|problem| Line::of("settings", problem)).collect()
            }
        };
        if self.json {
            let all: Vec<Json> = lines.iter().map(Line::to_json).collect();
            terminal::print(&format!("{:#}\n", Json::from(all)));
        } else {
            terminal::show(&blocks(&lines));
        }
        let wrong = lines.iter().any(|line| line.state == State::Wrong);
        Ok(ExitCode::from(u8::from(wrong)))
    }
}

/// What is wrong first, then what is worth a look, then what is well.
fn blocks(lines: &[Line]) -> Vec<Block> {
    let groups = [
        (State::Wrong, "Wrong", Tone::Alarm),
        (State::Look, "Worth a look", Tone::Warning),
        (State::Ok, "Well", Tone::Plain),
    ];
    let mut blocks = Vec::new();
    let mut counted = Vec::new();
    for (state, words, tone) in groups {
        let of_it: Vec<&Line> = lines.iter().filter(|line| line.state == state).collect();
        counted.push(format!("{} {}", of_it.len(), words.to_lowercase()));
        if of_it.is_empty() {
            continue;
        }
        blocks.push(Block::Heading(2, words.to_owned()));
        for line in of_it {
            let says = format!("{}: {}", line.what, line.says);
            blocks.push(Block::Item(0, says, tone));
            if let Some(todo) = &line.todo {
                blocks.push(Block::Item(1, todo.clone(), Tone::Plain));
            }
        }
    }
    blocks.push(Block::Line(counted.join(", "), Tone::Strong));
    blocks
}
