//! Why something is said, as a line that opens down to the sentence of its source, the file and whether anybody certified it.

use cotreat_care::appraisal::Reason;
use cotreat_ui::Evidence;

use super::desk::{Desk, place};

/// A reason as a line that opens. The line says what the reason is about.
pub(super) fn evidence<'d>(
    desk: &'d Desk<'_>,
    says: impl Into<String>,
    weight: Option<String>,
    why: &Reason,
) -> Evidence<'d> {
    let mut sentence = why.says.clone();
    if !why.because.is_empty() {
        let because = why.because.join("; ");
        sentence = format!("{sentence} {}", desk.told("ep-because", "what", because));
    }
    let basis = match why.basis.as_str() {
        "source" => None,
        "secondary" => Some(desk.say("ep-basis-secondary")),
        _ => Some(desk.say("ep-basis-expert")),
    };
    let source = match (&why.source_name, basis) {
        (Some(name), Some(basis)) => format!("{name} ({basis})"),
        (Some(name), None) => name.clone(),
        (None, basis) => basis.unwrap_or_default(),
    };
    let certified = if why.certified {
        "ep-certified"
    } else {
        "ep-not-certified"
    };
    let file = format!("{}, {}", why.place, desk.say(certified));
    Evidence {
        words: &desk.words,
        says: says.into(),
        weight,
        sentence,
        source,
        place: place(why.location.as_deref().unwrap_or_default(), &file),
    }
}
