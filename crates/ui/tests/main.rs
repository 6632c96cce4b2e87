//! Tests of the frame, the fields, the parts and the words.

mod catalogues;
mod contrast;
mod escaping;
mod fields;
mod files;
mod frame;
mod languages;
mod markup;
mod said;
