//! Tests of the room as a whole, and the pictures that all its tests have.

mod hostile;
pub(super) mod samples;
