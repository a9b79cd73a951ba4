//! A site on disk with its output and its cache: edited, built, and compared with a clean build.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use bashu::build::{self, Made, Options, Outcome};
use bashu::cache::Cache;
use bashu::diag::{Report, human};
use bashu::output::{self, Folder, Memory};
use bashu::source::Source;
use tempfile::TempDir;

use super::reach::{Files, Reach};
use super::site::Site;
use crate::dice::Dice;

/// A site on disk.
pub(crate) struct Workshop {
    dir: TempDir,
    pub(crate) site: Site,
    /// What stands on disk of the site.
    files: Files,
    /// Which of the output folders is built into.
    pub(crate) output: usize,
    /// What was done since the last build that came to its end.
    pub(crate) reach: Reach,
    /// What is different from all builds before, told for a failing test.
    pub(crate) log: Vec<String>,
}

/// What a build ended with.
struct Built {
    report: String,
    notes: Vec<String>,
    made: Option<Made>,
}

impl Workshop {
    pub(crate) fn new(site: Site) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("site")).unwrap();
        let files = Files::new();
        Self { dir, site, files, output: 0, reach: Reach::All, log: Vec::new() }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.dir.path().join(["output", "elsewhere"][self.output])
    }

    /// Brings the folder to what the site is now; the paths that changed.
    pub(crate) fn write(&mut self) -> Vec<String> {
        let wanted = self.site.files();
        let mut changed = Vec::new();
        for path in self.files.keys().filter(|path| !wanted.contains_key(*path)) {
            let full = self.root().join(path);
            fs::remove_file(&full).unwrap();
            // Folders that became empty go, as they do with git.
            for above in full.ancestors().skip(1) {
                if above == self.root() || fs::remove_dir(above).is_err() {
                    break;
                }
            }
            changed.push(format!("-{path}"));
        }
        for (path, bytes) in &wanted {
            if self.files.get(path) != Some(bytes) {
                let full = self.root().join(path);
                fs::create_dir_all(full.parent().unwrap()).unwrap();
                fs::write(full, bytes).unwrap();
                changed.push(path.clone());
            }
        }
        self.files = wanted;
        changed
    }

    /// A file of the site, by chance.
    pub(crate) fn some_file(&self, dice: &mut Dice) -> PathBuf {
        let paths: Vec<&String> = self.files.keys().collect();
        self.root().join(dice.pick(&paths))
    }

    /// Writes what the site is now by putting new files in the place of the old ones, which
    /// have their times and, where the text allows it, their sizes.
    pub(crate) fn write_behind_the_back(&mut self) -> Vec<String> {
        let times: Vec<_> = self
            .files
            .keys()
            .map(|path| {
                (self.root().join(path), fs::metadata(self.root().join(path)).unwrap().modified().unwrap())
            })
            .collect();
        let before = std::mem::take(&mut self.files);
        let wanted = self.site.files();
        let changed: Vec<String> =
            wanted.keys().filter(|p| before.get(*p) != wanted.get(*p)).cloned().collect();
        for (path, time) in times {
            let name = path.strip_prefix(self.root()).unwrap().to_str().unwrap().replace('\\', "/");
            if changed.contains(&name) {
                let new = self.dir.path().join("new");
                fs::write(&new, &wanted[&name]).unwrap();
                File::options().write(true).open(&new).unwrap().set_modified(time).unwrap();
                fs::rename(new, path).unwrap();
            }
        }
        self.files = before;
        for path in &changed {
            if self.files.contains_key(path) {
                self.files.insert(path.clone(), wanted[path].clone());
            }
        }
        self.write();
        changed
    }

    fn build<S: output::Sink>(
        &self,
        cache: &mut Cache,
        options: &Options<'_>,
        open: impl Fn(&[&bashu::base::OutputPath]) -> Result<S, bashu::diag::Diagnostics>,
    ) -> Built {
        let source = Source::disk(self.root());
        let Outcome { diagnostics, made, notes } = build::build(&source, cache, options, open);
        let text = |path: &_| build::text_for_report(&source, path);
        Built { report: human(&Report { diagnostics: &diagnostics, text: &text }, false), notes, made }
    }

    fn options(&self) -> Options<'static> {
        Options { output: output::identity(&self.out()), ..Options::new(self.site.clock()) }
    }

    /// Builds warm and clean, and says what is wrong; `Ok(None)` for a site with errors.
    pub(crate) fn check(&mut self, dice: &mut Dice) -> Result<Option<Made>, String> {
        let out = self.out();
        let stood = tree(&out);
        let options = Options { explain: dice.one_in(2), check_contents: dice.one_in(8), ..self.options() };
        let open = |planned: &[&bashu::base::OutputPath]| {
            Folder::open(&out, Some(&self.root()), planned.iter().copied())
        };
        let warm = self.build(&mut Cache::open(&self.root(), || {}), &options, open);
        let stands = tree(&out);

        // A folder costs more than memory, and has a record.
        let (clean, wanted) = if dice.one_in(4) {
            let fresh = self.dir.path().join("fresh");
            let open =
                |planned: &[&bashu::base::OutputPath]| Folder::open(&fresh, None, planned.iter().copied());
            let clean = self.build(&mut Cache::memory(), &self.options(), open);
            let files = tree(&fresh);
            let _ = fs::remove_dir_all(&fresh);
            (clean, files)
        } else {
            let memory = Memory::new();
            let clean = self.build(&mut Cache::memory(), &self.options(), |_| Ok(&memory));
            let mut files = memory.into_files();
            files.extend(stands.get(RECORD).map(|record| (RECORD.to_owned(), record.clone())));
            (clean, files)
        };
        if warm.report != clean.report {
            return Err(format!("the reports differ; warm:\n{}\nclean:\n{}", warm.report, clean.report));
        }
        if !warm.notes.is_empty() {
            return Err(format!("notes: {:?}", warm.notes));
        }
        let (Some(made), Some(other)) = (&warm.made, &clean.made) else {
            return match (&warm.made, &clean.made) {
                (None, None) if stands == stood => Ok(None),
                (None, None) => Err(format!("an error changed the output: {:?}", differing(&stood, &stands))),
                _ => Err(format!("warm: {:?}, clean: {:?}\n{}", warm.made, clean.made, warm.report)),
            };
        };
        let differ = differing(&stands, &wanted);
        if !differ.is_empty() {
            return Err(format!(
                "{}\n{differ:?} differ; made were {:?}",
                first(&differ, &stands, &wanted),
                made.made
            ));
        }
        if made.pages != other.pages {
            return Err(format!("pages: {:?}, clean: {:?}", made.pages, other.pages));
        }
        self.sparing(made, &stood, &stands)?;
        // Files with faults are read again for their messages' sake.
        if self.reach == Reach::Nothing && warm.report.is_empty() && made.parsed > 0 {
            return Err(format!("{} files were parsed for nothing", made.parsed));
        }
        if options.explain && made.causes.len() != made.made.len() || made.causes.iter().any(String::is_empty)
        {
            return Err(format!("causes: {:?} of {:?}", made.causes, made.made));
        }
        self.reach = Reach::Nothing;
        Ok(warm.made)
    }

    /// That nothing was made without a reason, and all that had one.
    fn sparing(&self, made: &Made, stood: &Files, stands: &Files) -> Result<(), String> {
        let named: BTreeSet<&str> = made.made.iter().map(|path| path.as_str()).collect();
        let telling = self.site.theme == "telling";
        let changed = |path: &str| stood.get(path) != stands.get(path);
        let wrong: Vec<&str> = named
            .iter()
            .copied()
            // Files that are copied are read again until their stamps prove something.
            .filter(|path| !path.ends_with(".txt") && !path.ends_with(".png"))
            .filter(|path| !changed(path) && !self.reach.excuses(path, stood, &self.site, telling))
            .collect();
        if !wrong.is_empty() {
            return Err(format!("{:?} explains none of {wrong:?}; why: {:?}", self.reach, why(made, &wrong)));
        }
        let new: Vec<&String> = stands.keys().filter(|path| changed(path) && *path != RECORD).collect();
        let forgotten: Vec<&&String> = new.iter().filter(|path| !named.contains(path.as_str())).collect();
        if !forgotten.is_empty() {
            return Err(format!("{forgotten:?} changed and were not made"));
        }
        let gone = stood.keys().filter(|path| !stands.contains_key(*path)).count();
        let counted = (made.written.written, made.written.removed);
        if counted != (new.len(), gone) {
            return Err(format!("{counted:?} written and removed, and it were {}, {gone}", new.len()));
        }
        Ok(())
    }
}

fn why(made: &Made, paths: &[&str]) -> Vec<String> {
    let causes = made.made.iter().zip(&made.causes);
    causes
        .filter(|(path, _)| paths.contains(&path.as_str()))
        .map(|(path, why)| format!("{path}: {why}"))
        .collect()
}

/// The output folder's list of what is Bashu's.
const RECORD: &str = ".bashu-files";

/// Every file below a folder.
pub(crate) fn tree(dir: &Path) -> Files {
    let files =
        walkdir::WalkDir::new(dir).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/");
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The paths whose files differ.
pub(crate) fn differing<'f>(one: &'f Files, other: &'f Files) -> Vec<&'f String> {
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).collect()
}

/// The first difference, in words.
fn first(paths: &[&String], warm: &Files, clean: &Files) -> String {
    let Some(path) = paths.first() else { return String::new() };
    let text = |files: &Files| {
        files.get(*path).map_or("(none)".to_owned(), |b| String::from_utf8_lossy(b).into_owned())
    };
    let (warm, clean) = (text(warm), text(clean));
    let mut lines = warm.lines().zip(clean.lines());
    match lines.find(|(one, other)| one != other) {
        Some((one, other)) => format!("{path}\n warm: {one}\nclean: {other}"),
        None => format!("{path}: {} bytes warm, {} clean", warm.len(), clean.len()),
    }
}
