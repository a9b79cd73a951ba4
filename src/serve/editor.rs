//! Opening a file at a place in the editor of whoever runs the preview.
//!
//! Owns how each editor wants to be told file, line and column. It starts the editor and nothing
//! else, and no shell is between.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// How editors that have a window are told a place. Who is not here is given the file alone.
const EDITORS: &[(&[&str], &[&str])] = &[
    (
        &["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron"],
        &["--goto", "{file}:{line}:{column}"],
    ),
    (&["zed", "zeditor", "subl", "sublime_text"], &["{file}:{line}:{column}"]),
    (
        &[
            "idea",
            "idea64",
            "pycharm",
            "pycharm64",
            "webstorm",
            "webstorm64",
            "phpstorm",
            "phpstorm64",
            "rubymine",
            "rubymine64",
            "goland",
            "goland64",
            "clion",
            "clion64",
            "rider",
            "rider64",
            "rustrover",
            "rustrover64",
            "kate",
            "kwrite",
        ],
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
    // Vim counts bytes unless it is asked to count characters, as messages do.
    (&["gvim", "mvim"], &["+call setcursorcharpos({line},{column})", "{file}"]),
    (&["mate"], &["--line", "{line}:{column}", "{file}"]),
    (&["notepad++"], &["-n{line}", "-c{column}", "{file}"]),
    (&["gedit", "gnome-text-editor", "emacs"], &["+{line}:{column}", "{file}"]),
    (&["emacsclient"], &["-n", "+{line}:{column}", "{file}"]),
];

/// Editors that need a terminal, which a click in a browser has not.
const IN_TERMINAL: &[&str] = &[
    "vi", "vim", "nvim", "ex", "ed", "nano", "pico", "rnano", "hx", "helix", "kak", "micro", "joe", "jed",
    "jmacs", "ne", "mg", "zile", "mcedit", "tilde", "dte", "amp",
];

/// What makes Emacs stay in its terminal.
const NO_WINDOW: &[&str] = &["-nw", "--no-window-system", "-t", "-tty", "--tty"];

/// An editor, as `--editor` or `$EDITOR` names it.
pub struct Editor {
    /// The command in words, at least one; `{file}` and the like are replaced.
    words: Vec<String>,
    opens: bool,
}

impl Editor {
    /// An editor from its command, as `code --wait` or `kitty vim +{line} {file}`: words in quotes
    /// are one. A command without `{file}` is told file, line and column in the way of the editor
    /// that it names. `None` if there is no word in it.
    pub fn new(command: &str) -> Option<Self> {
        let mut words = words(command);
        let first = words.first()?;
        let file_name = first.rsplit(['/', '\\']).next().unwrap_or(first).to_lowercase();
        let endings = [".exe", ".cmd", ".bat"];
        let name = endings.iter().find_map(|ending| file_name.strip_suffix(ending)).unwrap_or(&file_name);
        let no_window = name.starts_with("emacs") && words.iter().any(|word| NO_WINDOW.contains(&&**word));
        let opens = !no_window && !IN_TERMINAL.contains(&name);
        if !words.iter().any(|word| word.contains("{file}")) {
            let known = EDITORS.iter().find(|(names, _)| names.contains(&name));
            let place = known.map_or(&["{file}"][..], |(_, place)| place);
            words.extend(place.iter().map(|&word| word.to_owned()));
        }
        Some(Self { words, opens })
    }

    /// Whether it can be opened from a browser; an editor that runs in a terminal cannot.
    pub fn opens(&self) -> bool {
        self.opens
    }

    /// Opens a file at a place; why it did not start, or `ended` is told later if it failed.
    pub(super) fn open(
        &self,
        file: &Path,
        line: u32,
        column: u32,
        ended: impl FnOnce(&str) + Send + 'static,
    ) -> Result<(), String> {
        let mut words = self.told(&file.to_string_lossy(), line, column);
        let program = words.remove(0);
        let start = |program: &str| {
            let mut command = Command::new(program);
            command.args(&words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            // What ends the preview is not to end the editor with it.
            #[cfg(unix)]
            std::os::unix::process::CommandExt::process_group(&mut command, 0);
            command.spawn()
        };
        let child = match start(&program) {
            // There many editors are started by a script.
            Err(_) if cfg!(windows) => start(&format!("{program}.cmd")),
            child => child,
        };
        let mut child = child.map_err(|error| format!("the editor `{program}` does not start: {error}"))?;
        thread::spawn(move || match child.wait() {
            Ok(status) if status.success() => {}
            Ok(status) => ended(&format!("the editor `{program}` failed ({status})")),
            Err(error) => ended(&format!("the editor `{program}` is lost: {error}")),
        });
        Ok(())
    }

    /// The command for a place.
    fn told(&self, file: &str, line: u32, column: u32) -> Vec<String> {
        let (line, column) = (line.to_string(), column.to_string());
        // The file last: its name may hold anything.
        let tell = |word: &String| {
            word.replace("{line}", &line).replace("{column}", &column).replace("{file}", file)
        };
        self.words.iter().map(tell).collect()
    }
}

/// The words of a command: parted by spaces, except within quotes.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match quote {
            Some(end) if c == end => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c.is_whitespace() => words.extend(word.take()),
            None if matches!(c, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_editor_is_told_the_place_in_its_own_way() {
        for (command, expected) in [
            ("code", "code|--goto|/s/{line}.md:3:14"),
            ("code --wait", "code|--wait|--goto|/s/{line}.md:3:14"),
            ("/usr/bin/codium", "/usr/bin/codium|--goto|/s/{line}.md:3:14"),
            ("\"C:\\Program Files\\Code.EXE\"", "C:\\Program Files\\Code.EXE|--goto|/s/{line}.md:3:14"),
            ("subl", "subl|/s/{line}.md:3:14"),
            ("pycharm", "pycharm|--line|3|--column|14|/s/{line}.md"),
            ("gvim", "gvim|+call setcursorcharpos(3,14)|/s/{line}.md"),
            ("mate -w", "mate|-w|--line|3:14|/s/{line}.md"),
            ("notepad++.exe", "notepad++.exe|-n3|-c14|/s/{line}.md"),
            ("gedit", "gedit|+3:14|/s/{line}.md"),
            ("emacsclient -c", "emacsclient|-c|-n|+3:14|/s/{line}.md"),
            ("  some-editor\t-x ", "some-editor|-x|/s/{line}.md"),
            (
                "kitty vim '+call cursor({line}, {column})' {file}",
                "kitty|vim|+call cursor(3, 14)|/s/{line}.md",
            ),
            ("open-at {file}:{line}; rm", "open-at|/s/{line}.md:3;|rm"),
            ("e '' {file}", "e||/s/{line}.md"),
        ] {
            let editor = Editor::new(command).unwrap();
            assert!(editor.opens(), "{command}");
            assert_eq!(editor.told("/s/{line}.md", 3, 14).join("|"), expected, "{command}");
        }
        for none in ["", "  "] {
            assert!(Editor::new(none).is_none());
        }
    }

    #[test]
    fn what_needs_a_terminal_is_not_opened() {
        for command in
            ["vim", "/usr/bin/nvim -p", "nano", "hx", "emacs -nw", "emacsclient -t", "vim +{line} {file}"]
        {
            assert!(!Editor::new(command).unwrap().opens(), "{command}");
        }
        for command in ["emacs", "emacsclient", "xterm -e vim {file}", "vimr", "edit"] {
            assert!(Editor::new(command).unwrap().opens(), "{command}");
        }
    }
}
