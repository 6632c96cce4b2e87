//! Drawings for people: where it hurts, how it went, and which muscles and joints are meant.
//!
//! A drawing is SVG with a title and a description, the same in words, and the same as a table ([`Figure`]); the body chart is also a form that works without a script
//! ([`body::form`]). Callers hand over plain values; nothing here knows patients, and nothing reads a clock or a file. Classes begin with `fig-`; their colours stand in
//! `figures.css` ([`STYLE`]).
//!
//! - [`body`]: the chart of 74 regions, as a form and as a picture, and what follows from the marked regions.
//! - [`outcome`]: one instrument over time, with what is a meaningful improvement; and the small line of a list.
//! - [`anatomy`]: muscles and joints over the bones, with what is done to them.
//! - [`Words`]: what the drawings say, in each language that has a file in `words/`.

pub mod anatomy;
pub mod body;
mod figure;
pub mod outcome;
mod shape;
mod words;

pub use figure::Figure;
pub use words::Words;

/// The style sheet of every drawing. It takes its colours from the page's custom properties where they exist.
pub const STYLE: &str = include_str!("../figures.css");
