//! Opening a file at a place in the editor of whoever runs the preview.
//!
//! Owns how each editor wants to be told file, line and column. It starts the editor and nothing else.

/// An editor, as `--editor` or `$EDITOR` names it.
pub struct Editor {
    /// The command.
    pub command: String,
}
