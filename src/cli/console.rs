//! Where messages go, and how they look there.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use clap::builder::styling::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Color, Format, Global};
use crate::base::ContentPath;
use crate::build::Progress;
use crate::diag::{Diagnostics, Report, Severity, human, json};

/// Standard error for messages, standard output for what a command was asked for.
pub(super) struct Console {
    color: ColorChoice,
    /// Whether what goes to standard output is coloured.
    painted: bool,
    format: Format,
    quiet: bool,
    verbose: bool,
}

impl Console {
    pub(super) fn new(global: &Global) -> Self {
        let color = match global.color {
            Color::Auto => AutoStream::choice(&std::io::stderr()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let painted = match global.color {
            Color::Auto => AutoStream::choice(&std::io::stdout()) != ColorChoice::Never,
            Color::Always => true,
            Color::Never => false,
        };
        Self { color, painted, format: global.message_format, quiet: global.quiet, verbose: global.verbose }
    }

    fn err(&self, text: &str) {
        // Nobody is left to be told when standard error fails.
        let _ = AutoStream::new(std::io::stderr().lock(), self.color).write_all(text.as_bytes());
    }

    /// What the command was asked for, on standard output.
    pub(super) fn out(&self, text: &str) {
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// Text for standard output in a colour, if colours are wanted there.
    pub(super) fn paint(&self, text: &str, color: AnsiColor) -> String {
        let style = if self.painted { color.on_default() } else { Style::new() };
        format!("{style}{text}{style:#}")
    }

    /// Text for standard output that stands out, where it can.
    #[cfg(feature = "serve")]
    pub(super) fn bold(&self, text: &str) -> String {
        let style = if self.painted { Style::new().bold() } else { Style::new() };
        format!("{style}{text}{style:#}")
    }

    /// Whether programs read what is said.
    #[cfg(feature = "serve")]
    pub(super) fn is_for_programs(&self) -> bool {
        self.format == Format::Json
    }

    /// A line that says what was done; for programs, an object with what is in `data`.
    pub(super) fn done(&self, line: &str, data: &serde_json::Value) {
        match self.format {
            Format::Json => self.out(&format!("{data}\n")),
            Format::Human if self.quiet => {}
            Format::Human => self.out(&format!("{line}\n")),
        }
    }

    /// Lines for people.
    pub(super) fn tell(&self, lines: &str) {
        if self.format == Format::Human && !self.quiet {
            self.out(&format!("{lines}\n"));
        }
    }

    /// An object for programs.
    pub(super) fn data(&self, data: &serde_json::Value) {
        if self.format == Format::Json {
            self.out(&format!("{data}\n"));
        }
    }

    /// Whether more is to be said.
    pub(super) fn says_more(&self) -> bool {
        self.verbose
    }

    /// A line for those who want to know more.
    pub(super) fn detail(&self, line: &str) {
        if self.verbose && self.format == Format::Human {
            self.err(&format!("{line}\n"));
        }
    }

    /// What is worth knowing and no fault.
    pub(super) fn note(&self, note: &str) {
        match self.format {
            Format::Json => {
                self.err(&format!("{}\n", serde_json::json!({ "severity": "note", "message": note })));
            }
            Format::Human if self.quiet => {}
            Format::Human => self.err(&format!("note: {note}\n")),
        }
    }

    /// What may do harm, and is no fault of the site.
    #[cfg(feature = "serve")]
    pub(super) fn warn(&self, warning: &str) {
        match self.format {
            Format::Json => {
                self.err(&format!("{}\n", serde_json::json!({ "severity": "warning", "message": warning })));
            }
            Format::Human => self.err(&format!("warning: {warning}\n")),
        }
    }

    /// A fault that is no site's: a wrong use of the command, or a file that cannot be written.
    pub(super) fn fault(&self, message: &str, help: &str) {
        match self.format {
            Format::Json => {
                let object = serde_json::json!({ "severity": "error", "message": message, "help": help });
                self.err(&format!("{object}\n"));
            }
            Format::Human => self.err(&format!("error: {message}\n  = help: {help}\n")),
        }
    }

    /// The messages of a run, and a line that counts them; `kept` says what became of the output.
    pub(super) fn report(
        &self,
        diagnostics: &Diagnostics,
        text: &dyn Fn(&ContentPath) -> Option<String>,
        kept: Option<&str>,
    ) {
        if diagnostics.is_empty() {
            return;
        }
        let report = Report { diagnostics, text };
        match self.format {
            Format::Json => self.err(&json(&report)),
            Format::Human => {
                let color = !matches!(self.color, ColorChoice::Never);
                self.err(&human(&report, color));
                let mut line = counted(diagnostics);
                if let Some(kept) = kept {
                    line.push_str("; ");
                    line.push_str(kept);
                }
                self.err(&format!("{line}\n"));
            }
        }
    }

    /// A line that says how far something is, where no bar shows it.
    pub(super) fn progressed(&self, line: &str) {
        if !self.quiet && self.format == Format::Human {
            self.err(&format!("{line}\n"));
        }
    }

    /// Whether bars are shown.
    pub(super) fn has_bars(&self) -> bool {
        !self.quiet && self.format == Format::Human && std::io::stderr().is_terminal()
    }

    /// Progress on a terminal, once it takes longer than a blink.
    pub(super) fn progress(&self) -> Bar {
        Bar { bar: Mutex::new(None), since: Instant::now(), shown: self.has_bars() }
    }
}

fn counted(diagnostics: &Diagnostics) -> String {
    let count = |severity, one: &str, many: &str| match diagnostics.count(severity) {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let errors = count(Severity::Error, "error", "errors");
    let warnings = count(Severity::Warning, "warning", "warnings");
    errors.into_iter().chain(warnings).collect::<Vec<_>>().join(", ")
}

/// A progress bar that stays away from short runs.
pub(super) struct Bar {
    bar: Mutex<Option<ProgressBar>>,
    since: Instant,
    shown: bool,
}

impl Bar {
    const BLINK: Duration = Duration::from_millis(300);

    pub(super) fn tell(&self, progress: Progress) {
        if !self.shown {
            return;
        }
        let Ok(mut bar) = self.bar.lock() else { return };
        match progress {
            Progress::Reading(count) => *bar = Some(new_bar(count, "reading")),
            Progress::Looking(count) => *bar = Some(new_bar(count, "looking at pictures")),
            Progress::Rendering(count) => *bar = Some(new_bar(count, "rendering")),
            Progress::Stage(_) => {}
            Progress::One => {
                if let Some(bar) = bar.as_ref() {
                    if self.since.elapsed() > Self::BLINK && bar.is_hidden() {
                        bar.set_draw_target(ProgressDrawTarget::stderr());
                    }
                    bar.inc(1);
                }
            }
        }
    }

    /// Takes the bar away, so that what follows stands on a clean line.
    pub(super) fn finish(&self) {
        if let Ok(mut bar) = self.bar.lock()
            && let Some(bar) = bar.take()
        {
            bar.finish_and_clear();
        }
    }
}

fn new_bar(count: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
        bar.set_style(style);
    }
    bar.with_message(what)
}
