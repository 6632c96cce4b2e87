//! The whole clinic: made once, then handed out patient by patient.

use cotreat_knowledge::{Knowledge, Place, Problem};
use jiff::Timestamp;

use crate::directory::Directory;
use crate::entry::{Entry, History};
use crate::fate::Fate;
use crate::picture::Pictures;
use crate::sheets::Sheets;
use crate::story::Story;

/// An invented clinic.
///
/// It holds its practices and the pictures that its patients come with, and no patient: each history is made when it is asked for, and depends on the seed and its number
/// alone, so that any number of patients takes the same memory.
#[derive(Debug)]
pub struct Clinic<'k> {
    pub(crate) seed: u64,
    patients: u64,
    pub(crate) knowledge: &'k Knowledge,
    pub(crate) sheets: Sheets,
    pub(crate) directory: Directory,
    pub(crate) pictures: Pictures,
    pub(crate) now: Timestamp,
}

impl<'k> Clinic<'k> {
    /// A clinic of so many patients. `cases` are the case files of the knowledge, (path, text); nothing happens after `now`, and only those who are new today have
    /// anything on that day.
    ///
    /// # Errors
    /// A sheet of this crate names something that the knowledge does not have, a case cannot be read, or the cases hold no picture of some kind.
    pub fn new<'t>(
        seed: u64,
        patients: u64,
        knowledge: &'k Knowledge,
        cases: impl IntoIterator<Item = (&'t str, &'t str)>,
        now: Timestamp,
    ) -> Result<Self, Vec<Problem>> {
        let sheets = Sheets::shipped(knowledge)?;
        let directory = Directory::new(seed, knowledge, &sheets, now)?;
        let pictures = Pictures::read(cases, knowledge)?;
        let clinic = Self {
            seed,
            patients,
            knowledge,
            sheets,
            directory,
            pictures,
            now,
        };
        clinic.enough()
    }

    /// Every fate has somebody to befall.
    fn enough(self) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        for row in self.sheets.tables.fates() {
            if self.pictures.of(row.picture).is_empty() {
                let message = format!("no case is a picture that is `{:?}`", row.picture);
                problems.push(
                    Problem::new(Place::file("cases"), message.to_lowercase())
                        .help("use a knowledge folder with its cases"),
                );
            }
        }
        problems.sort();
        problems.dedup();
        if problems.is_empty() {
            Ok(self)
        } else {
            Err(problems)
        }
    }

    /// The practices and the people who work in them: to be written before any patient.
    #[must_use]
    pub fn directory(&self) -> &[Entry] {
        &self.directory.entries
    }

    /// How many practices there are.
    #[must_use]
    pub const fn practices(&self) -> usize {
        self.directory.practices.len()
    }

    /// How many people work in them.
    #[must_use]
    pub const fn staff(&self) -> usize {
        self.directory.staff.len()
    }

    /// How many patients there are.
    #[must_use]
    pub const fn patients(&self) -> u64 {
        self.patients
    }

    /// What becomes of a patient; none where there is no such patient.
    #[must_use]
    pub fn fate(&self, number: u64) -> Option<Fate> {
        let row = self.sheets.tables.fate(self.seed, number);
        row.filter(|_| number < self.patients).map(|row| row.id)
    }

    /// The history of one patient; none where there is no such patient.
    #[must_use]
    pub fn history(&self, number: u64) -> Option<History> {
        let row = self.sheets.tables.fate(self.seed, number);
        row.filter(|_| number < self.patients)
            .and_then(|row| Story::tell(self, row, number))
    }

    /// Every history, one after the other; never more than one of them is in memory.
    pub fn histories(&self) -> impl Iterator<Item = History> + '_ {
        (0..self.patients).filter_map(|number| self.history(number))
    }
}
