//! One site, published to one server by everybody in turn.
//!
//! Owns what is cleared away or edited before each run, and the order. All take part in every round,
//! so that whatever else the machine does hits everybody alike. Afterwards each must have brought
//! the same files: one that is fast because it is wrong must not win.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::corpus::Language;
use crate::files::{self, amount, remove, write};
use crate::measured::{Measured, Row, What};
use crate::process::{self, Cost};
use crate::runs::Runs;
use crate::servers::{Kind, PARALLEL, Server};
use crate::sites;
use crate::tools::{Tool, endpoint};

pub(crate) struct Contest<'c> {
    pub(crate) bashu: &'c Path,
    pub(crate) server: &'c Server,
    pub(crate) tools: &'c [Tool],
    /// Where the site stands.
    pub(crate) folder: &'c Path,
}

impl Contest<'_> {
    /// Measures everything on this server.
    pub(crate) fn hold(&self, measured: &mut Measured) -> Result<(), String> {
        let kind = self.server.kind;
        eprintln!("{}: writing and building {} × 2 articles", kind.label(), measured.initiatives);
        self.prepare(measured.initiatives)?;
        measured.output = Some(amount(&self.output())?);
        for what in What::ALL {
            measured.rows.extend(self.tools.iter().map(|&tool| Row {
                kind,
                what,
                tool,
                runs: Runs::default(),
            }));
        }
        for round in 1..=measured.runs {
            for what in What::ALL {
                let mark = format!("A sentence of round {round}.");
                if what == What::Edit {
                    self.edit(round as usize, &mark)?;
                }
                for &tool in self.tools {
                    if what == What::First {
                        self.clear(tool)?;
                    }
                    let cost = self.publish(tool)?;
                    eprintln!(
                        "{}, run {round}, {}: {:.3} s, {}",
                        kind.label(),
                        what.label(),
                        cost.seconds,
                        tool.label()
                    );
                    let same = |row: &&mut Row| row.kind == kind && row.what == what && row.tool == tool;
                    measured.rows.iter_mut().find(same).ok_or("there is no such row")?.runs.0.push(cost);
                }
                for &tool in self.tools {
                    self.look(tool, round as usize, (what == What::Edit).then_some(&*mark))?;
                }
            }
        }
        Ok(())
    }

    fn prepare(&self, initiatives: usize) -> Result<(), String> {
        let site = self.site();
        files::write_all(&site, sites::bashu(initiatives))?;
        let there = self.server.folder(Tool::Bashu);
        let host = match self.server.kind {
            Kind::S3 => format!(
                "{{s3: {{bucket: bashu, region: us-east-1, endpoint: \"{}\"}}}}",
                endpoint(self.server)
            ),
            Kind::Sftp => format!("{{sftp: {{host: bench, path: \"{}\"}}}}", there.display()),
        };
        let publish = format!("publish:\n  {}: {host}\n", self.server.kind.name());
        write(&site.join("site.yaml"), &format!("{}{}{publish}", sites::SITE, sites::AS_HUGO))?;
        let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/theme");
        files::copy(&theme, &site.join("themes/bench"))?;
        let aws = format!(
            "[default]\nrequest_checksum_calculation = when_required\ns3 =\n  max_concurrent_requests = {PARALLEL}\n"
        );
        write(&self.server.dir.join("aws_config"), &aws)?;
        self.build()
    }

    /// Takes everything away that a tool has published.
    fn clear(&self, tool: Tool) -> Result<(), String> {
        let there = self.server.folder(tool);
        remove(&there)?;
        fs::create_dir_all(&there).map_err(|why| format!("{}: {why}", there.display()))
    }

    /// Edits an article of a round, and builds, which only Bashu would do by itself.
    fn edit(&self, round: usize, mark: &str) -> Result<(), String> {
        let file = self.site().join(sites::article_path(round, Language::English));
        let text = fs::read_to_string(&file).map_err(|why| format!("{}: {why}", file.display()))?;
        write(&file, &format!("{text}\n{mark}\n"))?;
        self.build()
    }

    fn build(&self) -> Result<(), String> {
        let mut command = Command::new(self.bashu);
        process::run(command.current_dir(self.site()).args(["build", "--quiet"]), &self.log()).map(|_| ())
    }

    fn publish(&self, tool: Tool) -> Result<Cost, String> {
        process::run(&mut tool.command(self.bashu, self.server, &self.site()), &self.log())
    }

    /// Whether what a tool has published is the site.
    fn look(&self, tool: Tool, round: usize, mark: Option<&str>) -> Result<(), String> {
        let there = self.server.folder(tool);
        let page = PathBuf::from("en").join(sites::place(round)).join("index.html");
        let read =
            |folder: &Path| fs::read(folder.join(&page)).map_err(|why| format!("{}: {why}", page.display()));
        let (own, published) = (read(&self.output())?, read(&there)?);
        let has = |mark: &str| published.windows(mark.len()).any(|part| part == mark.as_bytes());
        if own != published || mark.is_some_and(|mark| !has(mark)) {
            return Err(format!("{} left another {} than was built", tool.label(), page.display()));
        }
        // Bashu keeps a record in the output and a few files at the host.
        let (own, published) = (amount(&self.output())?.files, amount(&there)?.files);
        if own.abs_diff(published) > 4 {
            return Err(format!("{} published {published} of {own} files", tool.label()));
        }
        Ok(())
    }

    fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    fn output(&self) -> PathBuf {
        self.site().join("output")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}
