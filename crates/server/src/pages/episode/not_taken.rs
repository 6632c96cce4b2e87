//! Why a form of an episode was not taken, and how whoever sent it is told: the same for the session note, the examination and the plan.

use axum::http::StatusCode;
use cotreat_care::decide::Refusal;
use cotreat_ui::{Fields, Frame, Tone, notice};
use maud::Markup;

use super::desk::{CONFLICT, Carried, Desk, Pairs, REFUSED, capital};
use crate::clinic::{Form, Opened};
use crate::web::Problem;

/// Why a form was not taken.
pub(super) enum NotTaken<Row> {
    /// A field is not right, and says so.
    Wrong,
    /// Rows are refused.
    Rows(Vec<(Row, Refusal)>),
    /// The whole is refused.
    Whole(Refusal),
    /// Somebody else wrote in the record.
    Changed,
    /// The same person typed something else in another window.
    TwoWindows,
}

/// The form as it came, and the record as it is now.
pub(super) struct Came<'a> {
    pub(super) form: &'a Form,
    pub(super) opened: &'a Opened,
    pub(super) fields: &'a mut Fields,
    pub(super) carried: &'a mut Carried,
    pub(super) pairs: &'a Pairs,
}

/// What is told on the form that is shown again.
pub(super) struct Told<Row> {
    said: Option<Markup>,
    /// The status of the page.
    pub(super) status: StatusCode,
    /// The rows that are refused.
    pub(super) refused: Vec<(Row, Refusal)>,
}

impl<Row> NotTaken<Row> {
    /// Tells it: a refused row at the field that `field` names, anything else above the form.
    pub(super) async fn tell(
        self,
        desk: &Desk<'_>,
        came: Came<'_>,
        field: impl Fn(&Row) -> String,
    ) -> Result<Told<Row>, Problem> {
        let mut told = Told {
            said: None,
            status: REFUSED,
            refused: Vec::new(),
        };
        match self {
            Self::Wrong => {}
            Self::Rows(rows) => {
                for (row, refusal) in &rows {
                    let says = format!("{}: {}.", capital(&refusal.what), refusal.why);
                    came.fields.wrong(field(row), says);
                }
                told.refused = rows;
            }
            Self::Whole(refusal) => {
                told.said = Some(notice(&desk.words, Tone::Stop, desk.refusal(&refusal)));
            }
            Self::Changed => {
                told.said = Some(desk.meanwhile(came.opened, came.carried.seen));
                told.status = CONFLICT;
                came.carried.seen = came.opened.version;
            }
            Self::TwoWindows => {
                let theirs = desk.other_window(came.form, came.pairs).await?;
                told.said = theirs.map(|(_, theirs)| desk.two_windows(came.fields, &theirs));
                told.status = CONFLICT;
            }
        }
        Ok(told)
    }
}

impl<Row> Told<Row> {
    /// The frame with what is said above the form.
    pub(super) fn above(&mut self, frame: Frame) -> Frame {
        match self.said.take() {
            Some(said) => frame.notice(said),
            None => frame,
        }
    }
}
