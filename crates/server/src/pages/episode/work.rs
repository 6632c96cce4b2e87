//! One piece of work of a session: in words, and how much of it as minutes and pressure.

use cotreat_care::event::{Position, Side, Work};
use cotreat_knowledge::Knowledge;
use cotreat_ui::Words;

use super::timeline::name;

/// How much: the words in which it is stored, with minutes and pressure where they can be read back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dose {
    /// Minutes.
    pub(super) minutes: Option<u16>,
    /// `light`, `moderate` or `deep`.
    pub(super) pressure: Option<&'static str>,
    /// What else is said.
    pub(super) more: String,
}

/// How hard one presses.
pub(super) const PRESSURES: [&str; 3] = ["light", "moderate", "deep"];

impl Dose {
    /// Out of the stored words; what is not minutes or pressure stays as it is.
    pub(super) fn read(words: &str) -> Self {
        let mut dose = Self::default();
        let mut more = Vec::new();
        for part in words.split(", ").filter(|part| !part.is_empty()) {
            let minutes = part.strip_suffix(" min").and_then(|n| n.parse().ok());
            let pressure = part.strip_suffix(" pressure");
            let pressure = pressure.and_then(|word| PRESSURES.into_iter().find(|one| *one == word));
            if dose.minutes.is_none() && minutes.is_some() {
                dose.minutes = minutes;
            } else if dose.pressure.is_none() && pressure.is_some() {
                dose.pressure = pressure;
            } else {
                more.push(part);
            }
        }
        dose.more = more.join(", ");
        dose
    }

    /// The words in which it is stored; none where nothing is said.
    pub(super) fn words(&self) -> Option<String> {
        let minutes = self.minutes.map(|minutes| format!("{minutes} min"));
        let pressure = self.pressure.map(|word| format!("{word} pressure"));
        let more = Some(self.more.trim().to_owned()).filter(|more| !more.is_empty());
        let parts: Vec<String> = [minutes, pressure, more].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// The sides, with their words.
pub(super) const SIDES: [(Side, &str); 3] = [
    (Side::Left, "left"),
    (Side::Right, "right"),
    (Side::Both, "both"),
];

/// The positions, with their words.
pub(super) const POSITIONS: [(Position, &str); 5] = [
    (Position::Prone, "prone"),
    (Position::Supine, "supine"),
    (Position::SideLying, "side_lying"),
    (Position::Seated, "seated"),
    (Position::Standing, "standing"),
];

/// The word under which a side is sent.
pub(super) fn side(side: Side) -> &'static str {
    let found = SIDES.into_iter().find(|(one, _)| *one == side);
    found.map_or("", |(_, word)| word)
}

/// The word under which a position is sent.
pub(super) fn position(position: Position) -> &'static str {
    let found = POSITIONS.into_iter().find(|(one, _)| *one == position);
    found.map_or("", |(_, word)| word)
}

/// What a muscle or joint is called.
pub(super) fn place(knowledge: &Knowledge, id: &str) -> String {
    let muscle = knowledge.muscles.get(id).map(|one| one.name.clone());
    muscle.unwrap_or_else(|| name(&knowledge.joints, id, |one| &one.name))
}

/// A piece of work in a line.
pub(super) fn told(words: &Words, knowledge: &Knowledge, work: &Work) -> String {
    let mut parts = vec![name(&knowledge.techniques, &work.technique, |one| {
        &one.name
    })];
    parts.extend(work.at.as_ref().map(|at| place(knowledge, at)));
    parts.extend(
        work.side
            .map(|one| words.say(&format!("se-side-{}", side(one)))),
    );
    parts.extend(work.direction.clone());
    parts.extend(work.dose.clone());
    parts.extend(
        work.position
            .map(|one| words.say(&format!("se-position-{}", position(one)))),
    );
    let mut line = parts.join(", ");
    if let Some(over) = &work.overridden {
        let told = [
            ("reason", over.reason.as_str().into()),
            ("by", over.by.as_str().into()),
        ];
        line = format!("{line} ({})", words.say_with("ep-overridden", &told));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_much_is_read_back_as_it_was_written() {
        for words in [
            "8 min, deep pressure",
            "8 min",
            "light pressure",
            "3 sets of 10",
            "8 min, moderate pressure, slow, with the breath",
        ] {
            assert_eq!(Dose::read(words).words().as_deref(), Some(words));
        }
        assert_eq!(Dose::read("").words(), None);
        // What comes twice is not thrown away.
        assert_eq!(Dose::read("8 min, 9 min").more, "9 min");
        assert_eq!(Dose::read("hard pressure").more, "hard pressure");
    }
}
