//! Plain types that every room uses: paths, spans, dates, decimals, fingerprints, hashes.
//!
//! Owns their syntax and nothing else: no file is read here, nothing is printed, and no type
//! knows what a site is.

mod date;
mod decimal;
mod digest;
mod fingerprint;
mod integrity;
mod path;
mod span;
mod text;

pub use date::{PartialDate, Period, days_in_month};
pub use decimal::Decimal;
pub use digest::Digest;
pub use fingerprint::{BriefFingerprint, Fingerprint};
pub use integrity::Integrity;
pub use path::{ContentPath, OutputPath, UrlPath};
pub use span::Span;
pub use text::{escape_html, plain_text, slugify};

/// A language of the site, as its position in `languages` of `site.yaml`.
///
/// A number rather than a tag, so that it can index tables; the tag, the file code and the name
/// stand in [`crate::config::Language`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(pub u8);

impl Lang {
    /// The position in tables that have one place a language.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}
