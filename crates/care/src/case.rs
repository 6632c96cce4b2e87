//! Cases: test patients in Markdown, written and read by clinicians.

mod because;
mod expect;
mod read;

use std::ops::Range;

use cotreat_knowledge::{Knowledge, Place, Problem};

use crate::appraisal::Appraisal;
use crate::episode::Episode;
use crate::input::{self, node};
use crate::{appraise, input::At};

pub use because::because;
pub use expect::differences;
pub use read::read;

/// One patient of a case file.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its heading.
    pub title: String,
    /// Where the heading stands.
    pub place: Place,
    /// Everything given, the headings above included.
    pub given: Option<At>,
    /// What must come out.
    pub expect: Option<At>,
    /// The `text because` block as it stands: byte range of its content in the file, and the content.
    pub because: Option<(Range<usize>, String)>,
    /// Where a `text because` block belongs, as a byte offset.
    pub because_at: usize,
}

/// What came of checking a case.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What differs from the expectation, or is wrong with the case itself.
    pub problems: Vec<Problem>,
    /// The reasons, as they should stand in the `text because` block.
    pub because: String,
    /// The appraisal, where the input was fine.
    pub appraisal: Option<Appraisal>,
}

impl Case {
    /// The episode this case gives.
    ///
    /// # Errors
    /// Everything that is wrong with what is given.
    pub fn episode(&self, knowledge: &Knowledge) -> Result<Episode, Vec<Problem>> {
        let Some(given) = &self.given else {
            return Err(vec![
                Problem::new(self.place.clone(), "this case gives nothing")
                    .help("add a ```toml given block"),
            ]);
        };
        let mut episode = input::read(&self.place.file, given, knowledge)?;
        episode.title.clone_from(&self.title);
        Ok(episode)
    }

    /// Appraises the case and compares with what is expected and with the reasons written down.
    #[must_use]
    pub fn check(&self, knowledge: &Knowledge) -> Outcome {
        let episode = match self.episode(knowledge) {
            Ok(episode) => episode,
            Err(problems) => {
                return Outcome {
                    problems,
                    because: String::new(),
                    appraisal: None,
                };
            }
        };
        let appraisal = appraise(&episode, knowledge);
        let mut problems = match &self.expect {
            Some(expect) => differences(expect, &appraisal, knowledge),
            None => Vec::new(),
        };
        let because = because(&appraisal);
        if self.expect.is_some() {
            match &self.because {
                None => problems.push(
                    Problem::new(self.place.clone(), "the reasons are not written down yet")
                        .help("`cotreat check --accept` writes them; read them"),
                ),
                Some((range, written)) if written.trim_end() != because.trim_end() => {
                    let _ = range;
                    problems.push(
                        Problem::new(
                            self.place.clone(),
                            format!("the reasons changed:\n{}", difference(written, &because)),
                        )
                        .help("`cotreat check --accept` writes the new ones; read them"),
                    );
                }
                Some(_) => {}
            }
        }
        Outcome {
            problems,
            because,
            appraisal: Some(appraisal),
        }
    }
}

/// Lines that left and lines that came.
fn difference(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        before.trim_end().lines().collect(),
        after.trim_end().lines().collect(),
    );
    let gone = old
        .iter()
        .filter(|line| !new.contains(line))
        .map(|line| format!("  - {line}"));
    let come = new
        .iter()
        .filter(|line| !old.contains(line))
        .map(|line| format!("  + {line}"));
    gone.chain(come).collect::<Vec<_>>().join("\n")
}

pub(crate) use node::Node;
