//! One corpus, written and built by everybody in turn.
//!
//! Owns the folders, what is removed or changed before each build, and the order. All take part in
//! every round (A B C A B C …), so that whatever else the machine does hits everybody alike.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::corpus::Language;
use crate::files::{self, Amount, amount, copy, remove, write};
use crate::measured::{Measured, Row, What};
use crate::process::{self, Cost, Hugo};
use crate::runs::Runs;
use crate::sites;

/// The order of a round. A clean build has to come before its copy and before what builds upon it;
/// Hugo comes first, when nothing else takes the memory that it needs.
const TURN: [What; 9] = [
    What::Hugo,
    What::Clean,
    What::Copy,
    What::Plain,
    What::Nothing,
    What::Text,
    What::Title,
    What::Template,
    What::Status,
];

/// What takes part, and how often.
pub(crate) struct Contest<'c> {
    pub(crate) bashu: &'c Path,
    pub(crate) hugo: Option<&'c Hugo>,
    pub(crate) rows: &'c [What],
    pub(crate) runs: u32,
}

impl Contest<'_> {
    /// Writes a corpus into an empty folder and measures everything with it.
    pub(crate) fn hold(&self, initiatives: usize, folder: &Path) -> Result<Measured, String> {
        eprintln!("{initiatives} × 2 articles: writing the corpus");
        let arena = Arena { contest: self, initiatives, folder };
        arena.prepare()?;
        let row = |what: &What| Row { what: *what, runs: Runs::default(), output: None };
        let mut rows: Vec<Row> = self.rows.iter().map(row).collect();
        let mut notes = Vec::new();
        for round in 0..=self.runs {
            let name = if round == 0 { "warm-up".to_owned() } else { format!("run {round}") };
            for what in TURN {
                let Some(at) = rows.iter().position(|row| row.what == what) else { continue };
                let cost = match arena.measure(what, round) {
                    Ok(cost) => cost,
                    // It needs most memory by far. If that is not there, the others count all the same.
                    Err(why) if what == What::Hugo => {
                        eprintln!("{why}");
                        notes.push(format!("{} failed", what.label()));
                        rows.remove(at);
                        arena.leave(what)?;
                        continue;
                    }
                    Err(why) => return Err(why),
                };
                eprintln!("{initiatives} × 2, {name}: {:.3} s, {}", cost.seconds, what.label());
                let row = &mut rows[at];
                // The first round warms up and does not count.
                if round > 0 {
                    row.runs.0.push(cost);
                }
                row.output = arena.leave(what)?.or(row.output);
            }
        }
        let cached = arena.site().join(".bashu").is_dir();
        if !cached {
            notes.push("This Bashu keeps no cache: what changed little is built anew as well".to_owned());
        }
        Ok(Measured { initiatives, rows, cached, notes })
    }
}

/// The folders of one corpus.
struct Arena<'c> {
    contest: &'c Contest<'c>,
    initiatives: usize,
    folder: &'c Path,
}

impl Arena<'_> {
    fn prepare(&self) -> Result<(), String> {
        let benches = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches");
        let has = |what| self.contest.rows.contains(&what);
        let site = self.site();
        files::write_all(&site, sites::bashu(self.initiatives))?;
        write(&site.join("site.yaml"), &format!("{}{}", sites::SITE, sites::AS_HUGO))?;
        write(&site.join(".gitignore"), "/.bashu/\n")?;
        copy(&benches.join("theme"), &site.join("themes/bench"))?;
        if has(What::Plain) {
            files::write_all(&self.folder.join("plain"), sites::bashu(self.initiatives))?;
            write(&self.folder.join("plain/site.yaml"), sites::SITE)?;
        }
        if has(What::Hugo) {
            let hugo = self.folder.join("hugo");
            files::write_all(&hugo, sites::hugo(self.initiatives))?;
            copy(&benches.join("hugo"), &hugo)?;
            copy(&benches.join("theme/assets"), &hugo.join("static"))?;
        }
        if has(What::Status) {
            let commit = ["commit", "--quiet", "--message", "The corpus"];
            for arguments in [["init", "--quiet"].as_slice(), &["add", "."], &commit] {
                process::run(self.git().args(arguments), &self.log())?;
            }
        }
        Ok(())
    }

    /// Brings about what is to be measured, and measures it.
    fn measure(&self, what: What, round: u32) -> Result<Cost, String> {
        let log = self.log();
        match what {
            What::Clean => {
                remove(&self.site().join(".bashu"))?;
                remove(&self.output())?;
                process::run(&mut self.bashu("bashu", "out-bashu"), &log)
            }
            What::Copy => {
                let (from, to) = (self.output(), self.folder.join("out-copy"));
                process::run(Command::new("cp").arg("-r").args([from, to]), &log)
            }
            What::Hugo => {
                remove(&self.output())?;
                let program = &self.contest.hugo.ok_or("Hugo is not there")?.program;
                let mut command = Command::new(program);
                command.current_dir(self.folder.join("hugo")).arg("--quiet").arg("--destination");
                process::run(command.arg(self.folder.join("out-hugo")), &log)
            }
            What::Plain => {
                remove(&self.folder.join("plain/.bashu"))?;
                process::run(&mut self.bashu("plain", "out-plain"), &log)
            }
            What::Nothing => process::run(&mut self.bashu("bashu", "out-bashu"), &log),
            What::Text => {
                let mark = format!("A sentence of round {round}.");
                self.change(self.article(3 * round), |text| format!("{text}\n{mark}\n"))?;
                self.rebuild(&mark, self.page(3 * round))
            }
            What::Title => {
                let mark = format!("Title of round {round}, initiative");
                let change =
                    |text: String| text.replacen("title: \"Initiative", &format!("title: \"{mark}"), 1);
                self.change(self.article(3 * round + 1), change)?;
                self.rebuild(&mark, self.page(3 * round + 1))
            }
            What::Template => {
                let mark = format!("<!-- Round {round} -->");
                let template = self.site().join("themes/bench/templates/base.html");
                self.change(template, |text| format!("{text}{mark}\n"))?;
                self.rebuild(&mark, self.page(3 * round + 2))
            }
            What::Status => process::run(self.git().args(["status", "--porcelain"]), &log),
        }
    }

    /// Clears away what nobody needs further, so that a large corpus fits into memory; returns what
    /// the output folder held.
    fn leave(&self, what: What) -> Result<Option<Amount>, String> {
        let (folder, stays) = match what {
            What::Clean => (self.output(), true),
            What::Copy => (self.folder.join("out-copy"), false),
            What::Hugo => (self.folder.join("out-hugo"), false),
            What::Plain => (self.folder.join("out-plain"), false),
            _ => return Ok(None),
        };
        let held = amount(&folder)?;
        if !stays {
            remove(&folder)?;
        }
        Ok(Some(held))
    }

    /// Builds anew, and looks whether the change has arrived: a build that is fast because it is
    /// wrong must not win.
    fn rebuild(&self, mark: &str, page: PathBuf) -> Result<Cost, String> {
        let cost = process::run(&mut self.bashu("bashu", "out-bashu"), &self.log())?;
        let text = fs::read_to_string(&page).map_err(|why| format!("{}: {why}", page.display()))?;
        if text.contains(mark) {
            Ok(cost)
        } else {
            Err(format!("Bashu built without what has changed: “{mark}” is not in {}", page.display()))
        }
    }

    fn change(&self, file: PathBuf, change: impl FnOnce(String) -> String) -> Result<(), String> {
        let text = fs::read_to_string(&file).map_err(|why| format!("{}: {why}", file.display()))?;
        write(&file, &change(text))
    }

    /// An article for a round; in small corpora they come round again.
    fn initiative(&self, position: u32) -> usize {
        position as usize % self.initiatives + 1
    }

    fn article(&self, position: u32) -> PathBuf {
        self.site().join(sites::article_path(self.initiative(position), Language::English))
    }

    fn page(&self, position: u32) -> PathBuf {
        self.output().join("en").join(sites::place(self.initiative(position))).join("index.html")
    }

    fn bashu(&self, site: &str, output: &str) -> Command {
        let mut command = Command::new(self.contest.bashu);
        command.current_dir(self.folder.join(site)).args(["build", "--quiet", "--output"]);
        command.arg(self.folder.join(output));
        command
    }

    /// Git as everybody has it, whatever this user has set.
    fn git(&self) -> Command {
        let mut command = Command::new("git");
        command.current_dir(self.site()).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        for setting in
            ["user.name=bench", "user.email=bench@bench.example", "gc.auto=0", "maintenance.auto=0"]
        {
            command.args(["-c", setting]);
        }
        command
    }

    fn site(&self) -> PathBuf {
        self.folder.join("bashu")
    }

    fn output(&self) -> PathBuf {
        self.folder.join("out-bashu")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}
