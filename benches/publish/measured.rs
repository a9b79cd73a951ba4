//! What is measured, and what came of it.

use crate::files::Amount;
use crate::runs::Runs;
use crate::servers::Kind;
use crate::tools::Tool;

/// What there is to publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A site on a server that holds nothing.
    First,
    /// A site that stands there already.
    Nothing,
    /// One article of it was edited.
    Edit,
}

impl What {
    pub(crate) const ALL: [Self; 3] = [Self::First, Self::Nothing, Self::Edit];

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::First => "first publish",
            Self::Nothing => "nothing changed",
            Self::Edit => "one article edited",
        }
    }
}

/// The runs of one tool on one server.
pub(crate) struct Row {
    pub(crate) kind: Kind,
    pub(crate) what: What,
    pub(crate) tool: Tool,
    pub(crate) runs: Runs,
}

/// Everything of one run.
#[derive(Default)]
pub(crate) struct Measured {
    pub(crate) initiatives: usize,
    pub(crate) runs: u32,
    /// The finished site.
    pub(crate) output: Option<Amount>,
    pub(crate) rows: Vec<Row>,
    pub(crate) programs: Vec<String>,
    /// What could not be measured, and why.
    pub(crate) notes: Vec<String>,
}

impl Measured {
    pub(crate) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(crate) fn row(&self, kind: Kind, what: What, tool: Tool) -> Option<&Row> {
        self.rows.iter().find(|row| row.kind == kind && row.what == what && row.tool == tool)
    }

    /// How many times as long Bashu takes as another tool.
    pub(crate) fn ratio(&self, kind: Kind, what: What, tool: Tool) -> Option<f64> {
        Some(self.row(kind, what, Tool::Bashu)?.runs.median() / self.row(kind, what, tool)?.runs.median())
    }
}
