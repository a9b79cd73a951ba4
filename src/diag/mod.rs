//! What is wrong with a site, as data, and how it is shown.
//!
//! Owns the shape of a message (code, severity, labels, help), the list of codes, suggestions
//! and the two formats in which reports are written. It never decides *that* something is wrong.

mod clause;
pub mod code;
mod render;
mod suggest;

use crate::base::{ContentPath, Span};

pub use clause::clause;
pub use code::{ALL_CODES, Code, code_named};
pub use render::{Report, human, json, values};
pub use suggest::{did_you_mean, did_you_mean_and, nearest};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Silenced by `messages` in `site.yaml`.
    Allow,
    /// The site is built; a reader may miss something.
    Warning,
    /// The site is not built.
    Error,
}

/// A place that a message points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub file: ContentPath,
    /// Where in it; `None` for the file as a whole.
    pub span: Option<Span>,
    /// A word or two beside the place; may be empty.
    pub text: String,
}

/// One fault: what it is, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of this kind of fault.
    pub code: Code,
    /// Its severity, after `messages` in `site.yaml` had their say.
    pub severity: Severity,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// The places; the first is where to mend it.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A message of a kind, with the severity that the kind has by default.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity, message: message.into(), labels: Vec::new(), help: None }
    }

    /// Points at a place. The first call names the place to mend.
    #[must_use]
    pub fn at(mut self, file: &ContentPath, span: Span) -> Self {
        self.labels.push(Label { file: file.clone(), span: Some(span), text: String::new() });
        self
    }

    /// Points at a place and says something beside it.
    #[must_use]
    pub fn at_with(mut self, file: &ContentPath, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { file: file.clone(), span: Some(span), text: text.into() });
        self
    }

    /// Points at a whole file.
    #[must_use]
    pub fn in_file(mut self, file: &ContentPath) -> Self {
        self.labels.push(Label { file: file.clone(), span: None, text: String::new() });
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What reports are sorted by: place, then kind, so that runs compare and threads do not show.
    fn order(&self) -> (Option<(&ContentPath, u32)>, &'static str, &str) {
        let place = self.labels.first().map(|l| (&l.file, l.span.map_or(0, |s| s.start)));
        (place, self.code.name, &self.message)
    }
}

/// The messages of a run, in the making.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.0.append(&mut other.0);
    }

    /// Whether any of them stops the build.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// All of them, as they stand.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Changes severities, as `messages` in `site.yaml` asks for, and drops what it silences.
    pub fn regrade(&mut self, grade: impl Fn(&Diagnostic) -> Severity) {
        for d in &mut self.0 {
            d.severity = grade(d);
        }
        self.0.retain(|d| d.severity != Severity::Allow);
    }

    /// Puts them in the order of their places and drops repetitions.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| a.order().cmp(&b.order()));
        self.0.dedup();
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        self.0.extend(iter);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
