//! Programs that lead to a host: `git`, `rsync`, `ssh`, and what a site is told to run afterwards.
//!
//! Owns how they are started and what becomes of what they say. No shell is ever between, so that
//! no name can be a command.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::trouble::Trouble;

/// A program about to be run.
pub(super) struct Program {
    command: Command,
    name: String,
}

/// What a program ended with.
#[derive(Debug)]
pub(super) struct Ended {
    /// Its status; -1 if a signal ended it.
    pub status: i32,
    /// What it wrote to standard output.
    pub out: Vec<u8>,
    /// What it wrote to standard error, as text.
    pub err: String,
}

impl Program {
    /// A program by its name on the path.
    pub(super) fn new(name: &str) -> Self {
        let mut command = Command::new(name);
        // What programs say is read by Bashu, and by people in Bashu's language.
        command.env("LC_ALL", "C.UTF-8").env("LANGUAGE", "").env("GIT_TERMINAL_PROMPT", "0");
        Self { command, name: name.to_owned() }
    }

    /// Adds an argument.
    pub(super) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub(super) fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets a variable of its environment.
    pub(super) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes variables out of its environment.
    pub(super) fn without(mut self, names: &[&str]) -> Self {
        names.iter().for_each(|name| _ = self.command.env_remove(name));
        self
    }

    /// Lets Ctrl-C in a terminal reach Bashu alone, which ends the program in good order. Not for
    /// programs that may ask something: they would wait for an answer that never comes.
    pub(super) fn apart(mut self) -> Self {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut self.command, 0);
        self
    }

    /// The folder that it runs in.
    pub(super) fn in_folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it to its end, with this on its standard input, whatever its status.
    pub(super) fn run(self, input: &[u8]) -> Result<Ended, Trouble> {
        self.feed(|pipe| pipe.write_all(input))
    }

    /// Runs it to its end, with what `feed` writes on its standard input.
    pub(super) fn feed(
        mut self,
        feed: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send,
    ) -> Result<Ended, Trouble> {
        let mut child = self.spawn()?;
        let pipe = child.stdin.take();
        let output = std::thread::scope(|scope| {
            scope.spawn(move || {
                // A program that ends early does not read on, and its status says why.
                if let Some(mut pipe) = pipe {
                    let _ = feed(&mut pipe);
                }
            });
            child.wait_with_output()
        });
        let output = output.map_err(|error| Trouble::Failed(format!("`{}`: {error}", self.name)))?;
        Ok(Ended {
            status: output.status.code().unwrap_or(-1),
            out: output.stdout,
            err: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }

    /// Runs it to its end, with this on its standard input, and tells `heard` each line of its
    /// output as it comes; an error of that ends it early.
    pub(super) fn follow(
        mut self,
        input: &[u8],
        mut heard: impl FnMut(&str) -> Result<(), Trouble>,
    ) -> Result<Ended, Trouble> {
        let mut child = self.spawn()?;
        let (pipe, out, err) = (child.stdin.take(), child.stdout.take(), errors(child.stderr.take()));
        let told = thread::scope(|scope| {
            scope.spawn(move || {
                // As in `feed`.
                if let Some(mut pipe) = pipe {
                    let _ = pipe.write_all(input);
                }
            });
            let mut lines = out.map(BufReader::new).into_iter().flat_map(|out| out.split(b'\n'));
            let told = lines.try_for_each(|line| match line {
                Ok(line) => heard(&String::from_utf8_lossy(&line)),
                Err(_) => Ok(()),
            });
            if told.is_err() {
                let _ = child.kill();
            }
            told
        });
        let status = child.wait().map_err(|error| Trouble::Failed(format!("`{}`: {error}", self.name)));
        let err = err.recv().unwrap_or_default();
        told?;
        Ok(Ended { status: status?.code().unwrap_or(-1), out: Vec::new(), err })
    }

    /// Starts it, to be talked to.
    pub(super) fn talk(mut self) -> Result<Talk, Trouble> {
        let mut child = self.spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let err = errors(child.stderr.take());
        Ok(Talk {
            input: input.map(|pipe| Box::new(pipe) as Box<dyn Write + Send>),
            output: output.map(|pipe| Box::new(pipe) as Box<dyn Read + Send>),
            err,
            child,
        })
    }

    fn spawn(&mut self) -> Result<Child, Trouble> {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        self.command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound => Trouble::Failed(format!("the program `{}` is not installed", self.name)),
            _ => Trouble::Failed(format!("`{}` cannot be run: {error}", self.name)),
        })
    }
}

/// Reads what a program writes to standard error, so that it never waits for that.
fn errors(pipe: Option<ChildStderr>) -> Receiver<String> {
    let (said, err) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What came before an error is all there is.
        let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
        // Nobody may want to know.
        let _ = said.send(String::from_utf8_lossy(&bytes).trim().to_owned());
    });
    err
}

/// How long a program may take to end when its input is closed.
const END: Duration = Duration::from_secs(10);

/// A program that is talked to. It ends with this.
pub(super) struct Talk {
    /// Its standard input, until somebody takes it.
    pub input: Option<Box<dyn Write + Send>>,
    /// Its standard output, until somebody takes it.
    pub output: Option<Box<dyn Read + Send>>,
    err: Receiver<String>,
    child: Child,
}

impl Talk {
    /// Waits for a while until it ends, as it does when its input is closed, and says what it wrote
    /// to standard error.
    pub(super) fn end(mut self) -> String {
        self.input = None;
        let said = self.err.recv_timeout(END);
        said.or_else(|_| {
            self.kill();
            self.err.recv_timeout(END)
        })
        .unwrap_or_default()
    }

    /// Ends it at once.
    pub(super) fn kill(&mut self) {
        // It has ended already, or does so now.
        let _ = self.child.kill();
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.kill();
        let _ = self.child.wait();
    }
}
