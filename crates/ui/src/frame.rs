//! The frame around every page: head, way to the content, who is signed in, where to go, in which language, and what this program is not.

mod head;

use maud::{DOCTYPE, Markup, html};

use crate::assets::{SCRIPT, STYLE};
use crate::{FAVICON, Fields, Lang, Place, Role, Words};

/// Whoever of an organisation is signed in.
#[derive(Clone, Debug)]
pub struct Staff {
    /// Their name, as the header shows it.
    pub name: String,
    /// For which organisation they act, as it is called; nothing if that is not known.
    pub organisation: String,
    /// What they are there; decides the menu.
    pub roles: Vec<Role>,
}

/// A page in the making.
#[derive(Clone, Debug)]
pub struct Frame {
    words: Words,
    title: String,
    own_heading: bool,
    wide: bool,
    trouble: bool,
    record: bool,
    staff: Option<Staff>,
    clinic: Option<String>,
    here: Option<String>,
    back: Option<String>,
    trail: Vec<(String, String)>,
    notice: Option<Markup>,
    beside: Option<Markup>,
    files: Option<[String; 2]>,
}

impl Frame {
    /// A page with its title, which is also its heading.
    #[must_use]
    pub fn new(words: &Words, title: impl Into<String>) -> Self {
        Self {
            words: *words,
            title: title.into(),
            own_heading: false,
            wide: false,
            trouble: false,
            record: false,
            staff: None,
            clinic: None,
            here: None,
            back: None,
            trail: Vec::new(),
            notice: None,
            beside: None,
            files: None,
        }
    }

    /// The body has the heading of level 1 itself, as pages that ask one thing do.
    #[must_use]
    pub const fn own_heading(mut self) -> Self {
        self.own_heading = true;
        self
    }

    /// As wide as the window allows: for lists and records; a page to read stays as wide as is comfortable.
    #[must_use]
    pub const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// A page of a record, which is printed without menus.
    #[must_use]
    pub const fn record(mut self) -> Self {
        self.record = true;
        self
    }

    /// For somebody who is signed in: their name, and the menu for what they are.
    #[must_use]
    pub fn staff(mut self, staff: Staff) -> Self {
        self.staff = Some(staff);
        self
    }

    /// For a patient: the name of the clinic that they belong to.
    #[must_use]
    pub fn clinic(mut self, name: impl Into<String>) -> Self {
        self.clinic = Some(name.into());
        self
    }

    /// The address of this page: marks the menu, and is where the choice of a language comes back to. Without it no choice is offered.
    /// Give none for pages whose address is a secret.
    #[must_use]
    pub fn at(mut self, address: impl Into<String>) -> Self {
        self.here = Some(address.into());
        self
    }

    /// A link back, above the heading.
    #[must_use]
    pub fn back(mut self, address: impl Into<String>) -> Self {
        self.back = Some(address.into());
        self
    }

    /// The way here, from the top: names and addresses.
    #[must_use]
    pub fn trail(mut self, trail: impl IntoIterator<Item = (String, String)>) -> Self {
        self.trail = trail.into_iter().collect();
        self
    }

    /// Something that was just done, above the heading: see [`crate::notice`].
    #[must_use]
    pub fn notice(mut self, notice: Markup) -> Self {
        self.notice = Some(notice);
        self
    }

    /// A menu of the page's own at its side: see [`crate::side_menu`].
    #[must_use]
    pub fn beside(mut self, menu: Markup) -> Self {
        self.beside = Some(menu);
        self
    }

    /// When something is wrong in the form, the title says so first, which is what a screen reader reads first.
    #[must_use]
    pub const fn checked(mut self, fields: &Fields) -> Self {
        self.trouble = !fields.is_right();
        self
    }

    /// Where style sheet and script lie, if not where the server has them.
    #[must_use]
    pub fn files(mut self, style: impl Into<String>, script: impl Into<String>) -> Self {
        self.files = Some([style.into(), script.into()]);
        self
    }

    /// The whole page.
    #[must_use]
    pub fn page(&self, body: Markup) -> Markup {
        let words = &self.words;
        let [style, script] = self
            .files
            .clone()
            .unwrap_or_else(|| [STYLE.path(), SCRIPT.path()]);
        let error = self.trouble.then(|| words.say("title-error"));
        html! {
            (DOCTYPE)
            html class="govuk-template ct-page" lang=(words.lang().code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { @if let Some(error) = error { (error) ": " } (self.title) " – Cotreat" }
                    link rel="icon" href=(FAVICON);
                    link rel="stylesheet" href=(style);
                    script src=(script) defer {}
                }
                body class={ "govuk-template__body" @if self.wide { " ct-wide" } @if self.record { " ct-record" } }
                    data-not-saved=(words.say("form-not-saved")) data-saving=(words.say("form-saving")) data-saved=(words.say("form-saved"))
                    data-passkey-failed=(words.say("passkey-failed")) data-passkey-none=(words.say("passkey-none")) data-expired=(words.say("form-expired"))
                {
                    a class="govuk-skip-link" href="#main" { (words.say("skip")) }
                    (self.header())
                    div class="ct-container" {
                        @if let Some(back) = &self.back { nav aria-label=(words.say("back-label")) { (crate::back_link(words, back)) } }
                        @if !self.trail.is_empty() { (crate::trail(words, &self.trail)) }
                        div class={ "ct-body" @if self.beside.is_some() { " ct-body--beside" } } {
                            @if let Some(menu) = &self.beside { (menu) }
                            main class="ct-main" id="main" tabindex="-1" {
                                @if let Some(notice) = &self.notice { (notice) }
                                @if !self.own_heading { h1 class="govuk-heading-l" { (self.title) } }
                                (body)
                            }
                        }
                    }
                    (self.footer())
                    @if self.staff.is_some() { (head::help(words)) }
                }
            }
        }
    }

    fn footer(&self) -> Markup {
        html! {
            footer class="ct-footer" {
                div class="ct-container" {
                    p { (self.words.say("footer-not-certified")) }
                    @if let Some(here) = &self.here { (head::languages(&self.words, here)) }
                    @if self.staff.is_some() {
                        p { button class="ct-link-button" type="button" data-opens="ct-help" hidden { (self.words.say("help-open")) } }
                    }
                }
            }
        }
    }

    fn header(&self) -> Markup {
        let words = &self.words;
        html! {
            header class="ct-header" {
                div class="ct-container ct-header__inside" {
                    @if self.staff.is_some() {
                        a class="ct-brand" href="/" { (crate::mark()) span { "Cotreat" } }
                    } @else {
                        span class="ct-brand" { (crate::mark()) span { "Cotreat" } }
                    }
                    @if let Some(clinic) = &self.clinic { span class="ct-header__clinic" { (clinic) } }
                    @if let Some(staff) = &self.staff {
                        nav class="ct-menu" aria-label=(words.say("menu-label")) {
                            ul {
                                @for place in Place::of(&staff.roles) {
                                    li { a href=(place.address) aria-current=[self.current(place)] { (words.say(place.word)) } }
                                }
                            }
                        }
                        a class="ct-account" href="/account" {
                            span class="govuk-visually-hidden" { (words.say("account-of")) " " }
                            span class="ct-account__name" { (staff.name) }
                            @if !staff.organisation.is_empty() { span class="ct-account__organisation" { (staff.organisation) } }
                        }
                    }
                }
            }
        }
    }

    fn current(&self, place: &Place) -> Option<&'static str> {
        let here = self.here.as_deref()?;
        place.holds(here).then(|| {
            if here == place.address {
                "page"
            } else {
                "true"
            }
        })
    }
}

/// The languages that are not shown now.
pub(crate) fn others(lang: Lang) -> impl Iterator<Item = Lang> {
    Lang::ALL.into_iter().filter(move |other| *other != lang)
}
