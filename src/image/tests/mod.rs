//! Tests of the room as a whole, and the pictures that all its tests have.

#![cfg(feature = "images")]

mod hostile;
pub(super) mod samples;
