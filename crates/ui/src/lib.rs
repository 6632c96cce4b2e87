//! What every page is made of: the frame, the fields of forms, the parts pages are put together from, and the words in every language.
//!
//! A page asks for [`Words`] of the reader's language, puts its parts together as [`maud::Markup`], and lets [`Frame::page`] put the frame around them. Nothing here knows
//! patients, the store or the network, so that it builds in seconds and every part can be looked at alone: `cargo run -p cotreat-ui --example styleguide -- out.html`.
//!
//! ```
//! use cotreat_ui::{Choice, Field, Fields, Frame, Lang, Words, button};
//! use maud::html;
//!
//! let words = Words::of(Lang::En);
//! let mut fields = Fields::new(&words);
//! fields.set("given_name", "Ana");
//! let page = Frame::new(&words, "Register a patient").page(html! {
//!     form method="post" action="/patients" {
//!         (fields.summary())
//!         (fields.text(&Field::new("given_name", "Given names")))
//!         (fields.date(&Field::new("born", "Date of birth")))
//!         (fields.radios(&Field::new("reads", "Language"), &[Choice::new("en", "English"), Choice::new("es", "Español")]))
//!         (button("Register"))
//!     }
//! });
//! assert!(page.into_string().contains("Given names"));
//! ```

pub mod assets;
mod field;
mod fields;
mod frame;
mod mark;
mod parts;
mod place;
pub mod styleguide;
mod words;

pub use field::{Choice, Field, Kind, Width};
pub use fields::Fields;
pub use frame::{Frame, Staff};
pub use mark::{FAVICON, mark};
pub use parts::*;
pub use place::{PLACES, Place, Role};
pub use words::{AREAS, Area, Lang, Value, Words};
