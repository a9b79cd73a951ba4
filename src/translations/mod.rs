//! The ledger of translations: which are current, stale, missing or unmarked, and why.
//!
//! Owns what `translated_from` says against the texts that are there, and what changed in between.
//! It never judges whether a translation is right: that is `check`'s.
