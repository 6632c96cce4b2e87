//! The doctor: looks at everything an installation needs, and says of each what is well, what is worth a look, what is wrong, and what to do.

mod around;
mod record;
mod safety;

use std::fmt;

use cotreat_knowledge::Problem;
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::config::Settings;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Well.
    Ok,
    /// Works, but somebody should look at it.
    Look,
    /// Does not work, or soon will not.
    Wrong,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Look => "look",
            Self::Wrong => "wrong",
        })
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What was looked at: `key file`.
    pub what: &'static str,
    /// How it is.
    pub state: State,
    /// In words.
    pub says: String,
    /// What to do, unless it is well.
    pub todo: Option<String>,
}

impl Line {
    /// Something that is well.
    #[must_use]
    pub fn ok(what: &'static str, says: impl Into<String>) -> Self {
        Self {
            what,
            state: State::Ok,
            says: says.into(),
            todo: None,
        }
    }

    fn look(what: &'static str, says: impl Into<String>, todo: impl Into<String>) -> Self {
        Self {
            what,
            state: State::Look,
            says: says.into(),
            todo: Some(todo.into()),
        }
    }

    fn wrong(what: &'static str, says: impl Into<String>, todo: impl Into<String>) -> Self {
        Self {
            what,
            state: State::Wrong,
            says: says.into(),
            todo: Some(todo.into()),
        }
    }

    /// Something that somebody else found wrong.
    #[must_use]
    pub fn of(what: &'static str, problem: &Problem) -> Self {
        Self {
            what,
            state: State::Wrong,
            says: format!("{}: {}", problem.place, problem.message),
            todo: problem.help.clone(),
        }
    }

    /// For programs.
    #[must_use]
    pub fn to_json(&self) -> Json {
        json!({
            "what": self.what,
            "state": self.state.to_string(),
            "says": self.says,
            "todo": self.todo,
        })
    }
}

/// What the doctor is told beside the settings.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The hash of the knowledge in force; `None`: it does not load, which is told elsewhere.
    pub knowledge: Option<String>,
    /// The time.
    pub now: Timestamp,
}

/// Looks at everything. Nothing is changed, and a server may be running.
pub async fn examine(settings: &Settings, visit: &Visit) -> Vec<Line> {
    let mut lines = around::secrets(settings);
    lines.extend(around::network(settings));
    lines.extend(around::mail(settings));
    lines.extend(around::passwords(settings));
    lines.extend(around::room(settings));
    lines.extend(record::examine(settings, visit).await);
    lines.extend(safety::backups(settings, visit.now));
    lines
}
