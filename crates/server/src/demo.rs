//! Whom one can be in a demonstration: invented people only. Outside a demonstration there is nothing of it.

/// Who can be tried.
#[derive(Clone, Debug, Default)]
pub struct Demo {
    /// Those who work in one of the practices.
    pub staff: Vec<DemoStaff>,
    /// Patients, each with something to see.
    pub patients: Vec<DemoPatient>,
}

/// Somebody who works in one of the practices.
#[derive(Clone, Debug)]
pub struct DemoStaff {
    /// Id of the user.
    pub user: String,
    /// Their name.
    pub name: String,
    /// What they are: a profession, or a role.
    pub what: String,
    /// Id of where they work.
    pub organisation: String,
    /// What it is called.
    pub place: String,
}

/// A patient.
#[derive(Clone, Debug)]
pub struct DemoPatient {
    /// Id of the file.
    pub patient: String,
    /// Their name.
    pub name: String,
    /// What there is to see: the id of a text among the words.
    pub word: &'static str,
    /// What they are asked, as a task link names it; none: their own page is shown.
    pub task: Option<String>,
}
