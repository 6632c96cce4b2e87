//! The point of care.
