//! What one field of a form is called and how it is filled in; what stands in it is kept by [`crate::Fields`].

/// What is typed into a line of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Anything.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Tel,
    /// Something to look for.
    Search,
}

impl Kind {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Tel => "tel",
            Self::Search => "search",
        }
    }
}

/// How wide a line of text is drawn: about as wide as what goes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// As wide as a line is comfortable to read.
    #[default]
    Full,
    /// Twenty characters: a telephone number.
    Twenty,
    /// Ten: a code.
    Ten,
    /// Five: minutes.
    Five,
    /// Three: a score.
    Three,
}

impl Width {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Full => "ct-input--full",
            Self::Twenty => "govuk-input--width-20",
            Self::Ten => "govuk-input--width-10",
            Self::Five => "govuk-input--width-5",
            Self::Three => "govuk-input--width-3",
        }
    }
}

/// A field: its name in the form and what is written around it.
#[derive(Clone, Debug)]
pub struct Field {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) width: Width,
    pub(crate) autocomplete: Option<&'static str>,
    pub(crate) unit: Option<String>,
    pub(crate) rows: u8,
    pub(crate) most: Option<u32>,
    pub(crate) range: Option<(f64, f64)>,
    pub(crate) needed: bool,
    pub(crate) heading: bool,
    pub(crate) inline: bool,
}

impl Field {
    /// A field that must be filled in.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            kind: Kind::Text,
            width: Width::Full,
            autocomplete: None,
            unit: None,
            rows: 4,
            most: None,
            range: None,
            needed: true,
            heading: false,
            inline: false,
        }
    }

    /// What helps to fill it in; read out with the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// May be left empty; the label says so.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.needed = false;
        self
    }

    /// What is typed, for the right keyboard on a phone.
    #[must_use]
    pub const fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// How wide it is drawn.
    #[must_use]
    pub const fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// What the browser may fill in by itself (`given-name`, `tel`), or `off` where it is about somebody else than who sits at the keyboard.
    #[must_use]
    pub const fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// The unit behind a number, in words: minutes, mg.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// How many lines a long text shows.
    #[must_use]
    pub const fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// The most characters a text may have; a long text counts them down.
    #[must_use]
    pub const fn most(mut self, characters: u32) -> Self {
        self.most = Some(characters);
        self
    }

    /// The least and the most that a number may be.
    #[must_use]
    pub const fn range(mut self, least: f64, most: f64) -> Self {
        self.range = Some((least, most));
        self
    }

    /// Its label is the heading of the page: for pages that ask one thing. The frame then takes [`crate::Frame::own_heading`].
    #[must_use]
    pub const fn as_heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// Radios side by side where there is room: for yes, no and not known.
    #[must_use]
    pub const fn inline(mut self) -> Self {
        self.inline = true;
        self
    }

    /// Its name in the form.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is called.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    pub(crate) fn hint_id(&self) -> Option<String> {
        self.hint.as_ref().map(|_| format!("{}-hint", self.name))
    }
}

/// One of several answers.
#[derive(Clone, Debug)]
pub struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) apart: bool,
}

impl Choice {
    /// What is sent, and what is read.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
            apart: false,
        }
    }

    /// What is sent.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What is read.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// A line under it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Set apart from the ones before by "or": none of these, I do not know. Ticking it unticks the others.
    #[must_use]
    pub const fn apart(mut self) -> Self {
        self.apart = true;
        self
    }
}
