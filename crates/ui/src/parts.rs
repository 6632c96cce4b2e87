//! The parts that pages are put together from, one file per kind. Each has an example in the style guide.

mod act;
mod advise;
mod figure;
mod grid;
mod list;
mod note;
mod plan;
mod progress;
mod show;
mod way;

pub use act::{Button, button, hidden, second_button, toolbar, warning_button};
pub use advise::{Urgency, callout, care_card, do_list, dont_list};
pub use figure::{body_chart, chart};
pub use grid::GridRow;
pub use list::{CaseRow, caseload, empty, pager};
pub use note::{Tone, details, inset, notice, panel, tag, warning};
pub use plan::{Evidence, PlanLine};
pub use progress::{Moment, Task, stepper, tasks, timeline};
pub use show::{Column, Row, Table, Tile, summary_list, tiles};
pub use way::{Link, back_link, side_menu, trail};
