//! Which kind of file a path holds.

use serde_json::Value;

use super::{
    Classification, Codes, Condition, Finding, Instrument, Intervention, Joint, Ledger, Medicine,
    Method, Muscle, Pathway, Pattern, Profession, Profile, Source, Technique, Wording,
};

/// The kinds of knowledge file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `sources/`
    Source,
    /// `findings/`
    Finding,
    /// `conditions/`
    Condition,
    /// `classifications/`
    Classification,
    /// `instruments/`
    Instrument,
    /// `interventions/*.toml`
    Intervention,
    /// `interventions/*/*.toml`
    Technique,
    /// `medicines/`
    Medicine,
    /// `muscles/`
    Muscle,
    /// `joints/`
    Joint,
    /// `patterns/`
    Pattern,
    /// `professions/`
    Profession,
    /// `pathways/`
    Pathway,
    /// `profiles/`
    Profile,
    /// `wording/<language>/`
    Wording,
    /// `codes/`
    Codes,
    /// `reviews/ledger.toml`
    Ledger,
    /// `method.toml`
    Method,
    /// `cases/*.md`
    Case,
    /// Prose for writers, such as `GUIDE.md`.
    Prose,
}

impl Kind {
    /// Every kind that is a TOML file.
    pub const TOML: [Self; 18] = [
        Self::Source,
        Self::Finding,
        Self::Condition,
        Self::Classification,
        Self::Instrument,
        Self::Intervention,
        Self::Technique,
        Self::Medicine,
        Self::Muscle,
        Self::Joint,
        Self::Pattern,
        Self::Profession,
        Self::Pathway,
        Self::Profile,
        Self::Wording,
        Self::Codes,
        Self::Ledger,
        Self::Method,
    ];

    /// The kind of the file at `path` (below the knowledge folder, with `/`), if it belongs there at all.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        if path == "method.toml" {
            return Some(Self::Method);
        }
        if path == "reviews/ledger.toml" {
            return Some(Self::Ledger);
        }
        let parts: Vec<&str> = path.split('/').collect();
        if let [name] = parts[..] {
            return has_extension(name, "md").then_some(Self::Prose);
        }
        if has_extension(path, "md") {
            return (parts[0] == "cases").then_some(Self::Case);
        }
        if !has_extension(path, "toml") {
            return None;
        }
        Some(match (parts[0], parts.len()) {
            ("sources", _) => Self::Source,
            ("findings", _) => Self::Finding,
            ("conditions", _) => Self::Condition,
            ("classifications", _) => Self::Classification,
            ("instruments", _) => Self::Instrument,
            ("interventions", 2) => Self::Intervention,
            ("interventions", 3) => Self::Technique,
            ("medicines", _) => Self::Medicine,
            ("muscles", _) => Self::Muscle,
            ("joints", _) => Self::Joint,
            ("patterns", _) => Self::Pattern,
            ("professions", _) => Self::Profession,
            ("pathways", _) => Self::Pathway,
            ("profiles", _) => Self::Profile,
            ("wording", 3) => Self::Wording,
            ("codes", _) => Self::Codes,
            _ => return None,
        })
    }

    /// The word for one file of this kind.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Finding => "finding",
            Self::Condition => "condition",
            Self::Classification => "classification",
            Self::Instrument => "instrument",
            Self::Intervention => "intervention",
            Self::Technique => "technique",
            Self::Medicine => "medicine",
            Self::Muscle => "muscle",
            Self::Joint => "joint",
            Self::Pattern => "pattern",
            Self::Profession => "profession",
            Self::Pathway => "pathway",
            Self::Profile => "profile",
            Self::Wording => "wording",
            Self::Codes => "codes",
            Self::Ledger => "ledger",
            Self::Method => "method",
            Self::Case => "case",
            Self::Prose => "prose",
        }
    }

    /// The folder below which files of this kind lie.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Source => "sources",
            Self::Finding => "findings",
            Self::Condition => "conditions",
            Self::Classification => "classifications",
            Self::Instrument => "instruments",
            Self::Intervention | Self::Technique => "interventions",
            Self::Medicine => "medicines",
            Self::Muscle => "muscles",
            Self::Joint => "joints",
            Self::Pattern => "patterns",
            Self::Profession => "professions",
            Self::Pathway => "pathways",
            Self::Profile => "profiles",
            Self::Wording => "wording",
            Self::Codes => "codes",
            Self::Ledger => "reviews",
            Self::Case => "cases",
            Self::Method | Self::Prose => "",
        }
    }

    /// The JSON Schema (2020-12) of this kind of file; `None` for Markdown.
    #[must_use]
    pub fn schema(self) -> Option<Value> {
        let schema = match self {
            Self::Source => schemars::schema_for!(Source),
            Self::Finding => schemars::schema_for!(Finding),
            Self::Condition => schemars::schema_for!(Condition),
            Self::Classification => schemars::schema_for!(Classification),
            Self::Instrument => schemars::schema_for!(Instrument),
            Self::Intervention => schemars::schema_for!(Intervention),
            Self::Technique => schemars::schema_for!(Technique),
            Self::Medicine => schemars::schema_for!(Medicine),
            Self::Muscle => schemars::schema_for!(Muscle),
            Self::Joint => schemars::schema_for!(Joint),
            Self::Pattern => schemars::schema_for!(Pattern),
            Self::Profession => schemars::schema_for!(Profession),
            Self::Pathway => schemars::schema_for!(Pathway),
            Self::Profile => schemars::schema_for!(Profile),
            Self::Wording => schemars::schema_for!(Wording),
            Self::Codes => schemars::schema_for!(Codes),
            Self::Ledger => schemars::schema_for!(Ledger),
            Self::Method => schemars::schema_for!(Method),
            Self::Case | Self::Prose => return None,
        };
        Some(schema.to_value())
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, e)| e == extension)
}
