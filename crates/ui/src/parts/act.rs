//! Buttons: things that are done. What only leads somewhere is a link.

use maud::{Markup, Render, html};

/// A button that sends its form.
#[derive(Clone, Debug)]
pub struct Button {
    says: String,
    class: &'static str,
    sends: Option<(String, String)>,
    elsewhere: Option<String>,
    skips_checks: bool,
}

impl Button {
    /// The main thing to do; one per page.
    #[must_use]
    pub fn new(says: impl Into<String>) -> Self {
        Self {
            says: says.into(),
            class: "",
            sends: None,
            elsewhere: None,
            skips_checks: false,
        }
    }

    /// Something else that can be done.
    #[must_use]
    pub const fn second(mut self) -> Self {
        self.class = " govuk-button--secondary";
        self
    }

    /// Something that cannot be undone.
    #[must_use]
    pub const fn warning(mut self) -> Self {
        self.class = " govuk-button--warning";
        self
    }

    /// What it adds to the form, so that the page knows which button was pressed.
    #[must_use]
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.sends = Some((name.into(), value.into()));
        self
    }

    /// Sends the form to another address.
    #[must_use]
    pub fn to(mut self, address: impl Into<String>) -> Self {
        self.elsewhere = Some(address.into());
        self
    }

    /// Sends the form even if fields are still empty: save as a draft, go back.
    #[must_use]
    pub const fn as_it_is(mut self) -> Self {
        self.skips_checks = true;
        self
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let (name, value) = match &self.sends {
            Some((name, value)) => (Some(name), Some(value)),
            None => (None, None),
        };
        html! {
            button class={ "govuk-button" (self.class) } name=[name] value=[value] formaction=[self.elsewhere.as_ref()] formnovalidate[self.skips_checks] { (self.says) }
        }
    }
}

/// The main thing to do.
#[must_use]
pub fn button(says: &str) -> Markup {
    Button::new(says).render()
}

/// Something else that can be done.
#[must_use]
pub fn second_button(says: &str) -> Markup {
    Button::new(says).second().render()
}

/// Something that cannot be undone.
#[must_use]
pub fn warning_button(says: &str) -> Markup {
    Button::new(says).warning().render()
}

/// What the form carries along: the token of the session, the version that was seen.
#[must_use]
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// Buttons and links in a row that wraps.
#[must_use]
pub fn toolbar(items: &[Markup]) -> Markup {
    html! { div class="govuk-button-group ct-toolbar" { @for item in items { (item) } } }
}
