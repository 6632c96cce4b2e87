//! Every part of the pages on one page, as it looks when it is used. The server shows it at `/styleguide` in development; `cargo run -p cotreat-ui --example styleguide -- out.html` writes it.
//!
//! Its texts are made up and go through one function, so that a test can put something hostile into every place that holds a text.

mod forms;
mod record;
mod talk;

use maud::{Markup, html};

use crate::{Frame, Link, Role, Staff, Words, side_menu};

/// Makes the texts of the examples.
pub(crate) type Says<'a> = &'a dyn Fn(&str) -> String;

/// The whole style guide as a page for somebody of these roles.
#[must_use]
pub fn styleguide(words: &Words) -> Markup {
    with_texts(words, &str::to_owned)
}

/// The same with other texts in every place that holds one.
#[must_use]
pub fn with_texts(words: &Words, says: &dyn Fn(&str) -> String) -> Markup {
    frame(words, says).page(body(words, says))
}

/// The frame of the style guide, with everything that a frame can have.
#[must_use]
pub fn frame(words: &Words, says: &dyn Fn(&str) -> String) -> Frame {
    let menu = side_menu(
        &says("Parts"),
        &[
            Link::new(says("Forms"), "#forms").here(true),
            Link::new(says("Patients"), "#talk").waiting(3),
            Link::new(says("Record"), "#record"),
        ],
    );
    Frame::new(words, says("Style guide"))
        .staff(Staff {
            name: says("Ana Ruiz"),
            organisation: says("Riverside practice"),
            roles: vec![Role::Clinician, Role::Owner],
        })
        .wide()
        .at("/patients/1")
        .back("/patients")
        .trail([
            (says("Patients"), "/patients".to_owned()),
            (says("Maria Example"), "/patients/1".to_owned()),
        ])
        .beside(menu)
}

/// The examples.
#[must_use]
pub fn body(words: &Words, says: &dyn Fn(&str) -> String) -> Markup {
    html! {
        section id="forms" { (forms::all(words, says)) }
        section id="talk" { (talk::all(words, says)) }
        section id="record" { (record::all(words, says)) }
    }
}
