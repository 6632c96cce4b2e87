//! Progress of long work, on a terminal only.

use std::sync::Mutex;

use cotreat_store::stage::Stage;
use indicatif::{ProgressBar, ProgressStyle};

/// A bar for each stage, one after the other.
#[derive(Debug, Default)]
pub struct Bars {
    now: Mutex<Option<(Stage, ProgressBar)>>,
    total: u64,
}

impl Bars {
    /// Bars that end at so many events, where that is known; 0: it is not.
    pub const fn of(total: u64) -> Self {
        Self {
            now: Mutex::new(None),
            total,
        }
    }

    /// So much of a stage is done.
    pub fn set(&self, stage: Stage, done: u64) {
        let mut now = self
            .now
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let bar = match now.take() {
            Some((before, bar)) if before == stage => bar,
            before => {
                if let Some((_, bar)) = before {
                    bar.finish_and_clear();
                }
                self.begin(stage)
            }
        };
        bar.set_position(done);
        *now = Some((stage, bar));
    }

    /// Takes the bar away.
    pub fn end(&self) {
        let mut now = self
            .now
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, bar)) = now.take() {
            bar.finish_and_clear();
        }
    }

    fn begin(&self, stage: Stage) -> ProgressBar {
        let (words, total) = match stage {
            Stage::Rows => ("rows".to_owned(), 0),
            Stage::Tables => ("tables brought up to date".to_owned(), 0),
            Stage::Projection(name) => (format!("events into {name}"), self.total),
            Stage::Chain => ("events verified".to_owned(), self.total),
        };
        let (bar, template) = if total > 0 {
            (
                ProgressBar::new(total),
                "{bar:30} {human_pos} of {human_len} {msg} ({eta} left)",
            )
        } else {
            (ProgressBar::no_length(), "{spinner} {human_pos} {msg}")
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.with_message(words)
    }
}
