//! What is measured, and what came of it: rows, their medians and how they stand to each other.

use crate::files::Amount;
use crate::runs::Runs;

/// What is measured, in the order of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum What {
    Clean,
    Copy,
    Hugo,
    Plain,
    Nothing,
    Text,
    Title,
    Template,
    Status,
}

impl What {
    pub(crate) const ALL: [Self; 9] = [
        Self::Clean,
        Self::Copy,
        Self::Hugo,
        Self::Plain,
        Self::Nothing,
        Self::Text,
        Self::Title,
        Self::Template,
        Self::Status,
    ];

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Clean => "Bashu, clean build",
            Self::Copy => "`cp -r` of its output",
            Self::Hugo => "Hugo, clean build",
            Self::Plain => "Bashu, clean, theme `plain`, all outputs",
            Self::Nothing => "Bashu, nothing changed",
            Self::Text => "Bashu, one text changed",
            Self::Title => "Bashu, one title changed",
            Self::Template => "Bashu, base template changed",
            Self::Status => "`git status` of its sources",
        }
    }

    /// It builds upon an earlier build.
    pub(crate) fn is_warm(self) -> bool {
        matches!(self, Self::Nothing | Self::Text | Self::Title | Self::Template)
    }
}

/// The runs of one row.
pub(crate) struct Row {
    pub(crate) what: What,
    pub(crate) runs: Runs,
    pub(crate) output: Option<Amount>,
}

/// One corpus and everything measured with it.
pub(crate) struct Measured {
    pub(crate) initiatives: usize,
    pub(crate) rows: Vec<Row>,
    /// The site's folder held a cache after a build.
    pub(crate) cached: bool,
    /// What a reader has to know of it.
    pub(crate) notes: Vec<String>,
}

impl Measured {
    pub(crate) fn row(&self, what: What) -> Option<&Row> {
        self.rows.iter().find(|row| row.what == what)
    }

    /// How many times as long the one takes as the other.
    pub(crate) fn ratio(&self, what: What, to: What) -> Option<f64> {
        Some(self.row(what)?.runs.median() / self.row(to)?.runs.median())
    }
}
