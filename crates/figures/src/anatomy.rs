//! Muscles and joints of lower back, pelvis, hips and thighs, with what is done to them.
//!
//! Only what is named is drawn, over the bones, deep below superficial, so the picture stays legible. Shapes stand in `anatomy/atlas.toml` under the ids of the knowledge; a test
//! holds the two together. Names come from the caller, because the knowledge has them. A part without a shape is told in words and in the table.

mod atlas;
mod drawing;
mod labels;
mod told;

use crate::{Figure, Words, figure};

pub use atlas::shapes;

/// One muscle or joint to show.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its id in the knowledge.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What is done to it.
    pub role: Role,
    /// On which side.
    pub side: Sides,
}

/// What is done to a muscle or a joint.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// Made to let go.
    Released,
    /// Made to work.
    Activated,
    /// Moved, as a joint is.
    Mobilised,
    /// Left alone on purpose.
    Spared,
}

/// Sides of the patient's own body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sides {
    /// The patient's left.
    Left,
    /// The patient's right.
    Right,
    /// Left and right.
    Both,
}

/// The picture of some muscles and joints, from behind, from the front, or both, as they need. `key` makes the ids on the page unique.
#[must_use]
pub fn picture(key: &str, parts: &[Part], words: &Words) -> Figure {
    Figure {
        title: words.anatomy.title.clone(),
        svg: drawing::svg(&figure::id(key), parts, words),
        words: told::words(parts, words),
        legend: told::legend(parts, words),
        table: told::table(parts, words),
    }
}

impl Role {
    const ALL: [Role; 4] = [
        Role::Released,
        Role::Activated,
        Role::Mobilised,
        Role::Spared,
    ];

    fn name(self, words: &Words) -> &str {
        match self {
            Role::Released => &words.anatomy.released,
            Role::Activated => &words.anatomy.activated,
            Role::Mobilised => &words.anatomy.mobilised,
            Role::Spared => &words.anatomy.spared,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Role::Released => "fig-released",
            Role::Activated => "fig-activated",
            Role::Mobilised => "fig-mobilised",
            Role::Spared => "fig-spared",
        }
    }
}

impl Sides {
    fn name(self, words: &Words) -> &str {
        match self {
            Sides::Left => &words.left,
            Sides::Right => &words.right,
            Sides::Both => &words.both,
        }
    }
}
