//! Two runs at one place.
