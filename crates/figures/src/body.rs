//! The body chart: 74 regions on a figure from the front and from behind.
//!
//! `body/regions.toml` holds the drawing and the regions. [`form`] asks where it hurts, [`picture`] shows the answer, and facts such as [`summary`] and [`below_knee`]
//! follow from the numbers alone. Numbers that are not regions of the chart are left out everywhere.

mod atlas;
mod facts;
mod form;
mod picture;

pub use atlas::{Region, Side, View, from_female_figure, region, regions};
pub use facts::{Widespread, below_knee, low_back, sides, summary, widespread};
pub use form::form;
pub use picture::{Pain, Reader, picture};
