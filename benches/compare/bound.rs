//! What a bound of the project came to in a run.

/// A bound, what was measured, and whether that meets it.
pub(crate) struct Bound {
    pub(crate) text: String,
    pub(crate) measured: String,
    pub(crate) met: bool,
}
