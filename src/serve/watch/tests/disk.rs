//! The whole thread on real folders. Nothing sleeps: each test waits until what it expects is told.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::super::{Batch, Begin, Watcher, watch_by};
use crate::base::PartialDate;
use crate::serve::{Event, Settings};

/// Longer than any machine takes.
const PATIENCE: Duration = Duration::from_secs(30);

struct Site {
    /// Holds the site's folder, so that the site itself can be moved.
    above: tempfile::TempDir,
    batches: Receiver<Batch>,
    notes: Arc<Mutex<Vec<String>>>,
    watcher: Option<Watcher>,
    /// Files that may be told of, once more too: a machine that is busy takes its time between the
    /// steps of one save.
    known: RefCell<BTreeSet<String>>,
}

impl Site {
    /// A site with these files, watched from now on.
    fn with(files: &[&str]) -> Self {
        let site =
            Self::watched_by(|listen| Ok(Box::new(notify::recommended_watcher(listen)?)), false, files);
        assert!(site.next().files.is_empty());
        site
    }

    fn watched_by(begin: Begin, poll: bool, files: &[&str]) -> Self {
        let above = tempfile::tempdir().unwrap();
        for path in ["site.yaml"].iter().chain(files) {
            write(&above.path().join("site").join(path), path);
        }
        let settings = Settings {
            site: above.path().join("site"),
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: None,
            names: Vec::new(),
            editor: None,
            poll,
            today: PartialDate::epoch,
        };
        let (sender, batches) = mpsc::channel();
        let notes = Arc::new(Mutex::new(Vec::new()));
        let heard = notes.clone();
        let listener = Arc::new(move |event: Event<'_>| {
            if let Event::Note(note) = event {
                heard.lock().unwrap().push(note.to_owned());
            }
        });
        let watcher = Some(watch_by(begin, &settings, sender, listener));
        Self { above, batches, notes, watcher, known: RefCell::default() }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.above.path().join("site").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.at(path), text);
    }

    fn next(&self) -> Batch {
        self.batches.recv_timeout(PATIENCE).expect("nothing was told")
    }

    /// Waits until these files were told of, and no others.
    fn expect(&self, files: &[&str]) {
        let mut missing: BTreeSet<&str> = files.iter().copied().collect();
        self.known.borrow_mut().extend(files.iter().map(|file| (*file).to_owned()));
        while !missing.is_empty() {
            for file in self.next().files {
                assert!(self.known.borrow().contains(file.as_str()), "{file}; wanted: {missing:?}");
                missing.remove(file.as_str());
            }
        }
    }

    /// Writes a file until that is heard of.
    fn comes_to_be_heard(&self, path: &str) {
        self.known.borrow_mut().insert(path.to_owned());
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            self.write(path, "again");
            let told = self.batches.recv_timeout(Duration::from_millis(500));
            if told.is_ok_and(|batch| batch.files.iter().any(|file| file.as_str() == path)) {
                return;
            }
        }
        panic!("`{path}` was not heard of");
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_save_is_heard_of_and_nothing_else() {
    let site = Site::with(&["content/a.en.md", "output/index.html", "themes/t/theme.yaml", ".git/HEAD"]);
    for other in ["output/index.html", "output/new/x", ".git/HEAD", "README.md", "content/.a.en.md.swp"] {
        site.write(other, "other");
    }
    fs::read(site.at("content/a.en.md")).unwrap();
    for path in ["content/a.en.md", "site.yaml", "themes/t/theme.yaml"] {
        site.write(path, "other");
        site.expect(&[path]);
    }
}

#[test]
fn editors_that_put_another_file_in_place_are_heard() {
    let site = Site::with(&["content/a.en.md", "content/b.en.md", "content/c.en.md"]);
    site.known.borrow_mut().extend(["content/sedXYZ", "content/4913"].map(str::to_owned));
    // GNOME.
    site.write("content/.goutputstream-X", "new");
    fs::rename(site.at("content/.goutputstream-X"), site.at("content/a.en.md")).unwrap();
    site.expect(&["content/a.en.md"]);
    // sed -i.
    site.write("content/sedXYZ", "new");
    fs::rename(site.at("content/sedXYZ"), site.at("content/b.en.md")).unwrap();
    site.expect(&["content/b.en.md"]);
    // Vim.
    let (file, backup) = (site.at("content/c.en.md"), site.at("content/c.en.md~"));
    site.write("content/4913", "");
    fs::remove_file(site.at("content/4913")).unwrap();
    fs::rename(&file, &backup).unwrap();
    fs::write(&file, "new").unwrap();
    fs::remove_file(&backup).unwrap();
    site.expect(&["content/c.en.md"]);
}

#[test]
fn what_goes_is_heard() {
    let site = Site::with(&["content/a.en.md", "content/b/c.en.md", "content/b/d/e.en.md"]);
    fs::remove_file(site.at("content/a.en.md")).unwrap();
    site.expect(&["content/a.en.md"]);
    fs::remove_dir_all(site.at("content/b")).unwrap();
    site.expect(&["content/b/c.en.md", "content/b/d/e.en.md"]);
    site.comes_to_be_heard("content/b/d/e.en.md");
}

#[test]
fn new_folders_are_heard_also_in_one_another() {
    let site = Site::with(&["content/a.en.md"]);
    site.write("content/b/c/d/e.en.md", "new");
    site.next();
    site.comes_to_be_heard("content/b/c/d/e.en.md");
    // One that was whole before it came.
    write(&site.above.path().join("elsewhere/f/g.en.md"), "g");
    fs::rename(site.above.path().join("elsewhere"), site.at("content/h")).unwrap();
    site.next();
    site.comes_to_be_heard("content/h/f/g.en.md");
    // Renamed there and back: the same folder under other names.
    for (from, to) in [("content/h", "content/i"), ("content/i", "content/h"), ("content/h", "content/j")] {
        fs::rename(site.at(from), site.at(to)).unwrap();
        site.comes_to_be_heard(&format!("{to}/f/g.en.md"));
    }
}

#[test]
fn a_site_may_begin_with_nothing_and_its_folders_come_and_go() {
    let site = Site::with(&[]);
    for _ in 0..2 {
        site.write("content/a.en.md", "new");
        site.comes_to_be_heard("content/a.en.md");
        site.write("static/b.css", "new");
        site.comes_to_be_heard("static/b.css");
        fs::remove_dir_all(site.at("content")).unwrap();
        fs::rename(site.at("static"), site.at("away")).unwrap();
        fs::remove_dir_all(site.at("away")).unwrap();
        site.next();
    }
    fs::remove_file(site.at("site.yaml")).unwrap();
    site.comes_to_be_heard("site.yaml");
}

#[test]
fn the_sites_own_folder_may_be_moved_away_and_back_or_replaced() {
    let site = Site::with(&["content/a.en.md"]);
    let (here, there) = (site.above.path().join("site"), site.above.path().join("there"));
    fs::rename(&here, &there).unwrap();
    site.next();
    fs::rename(&there, &here).unwrap();
    site.comes_to_be_heard("content/a.en.md");
    // Another one, at once.
    write(&site.above.path().join("other/content/b.en.md"), "b");
    fs::rename(&here, &there).unwrap();
    fs::rename(site.above.path().join("other"), &here).unwrap();
    site.comes_to_be_heard("content/b.en.md");
}

#[cfg(unix)]
#[test]
fn what_links_lead_to_is_heard_under_the_name_of_the_link() {
    use std::os::unix::fs::symlink;
    let site =
        Site::with(&["content/a.en.md", "shelf/b.en.md", "shelf/c/d.en.md", "store/e.css", "store/f.css"]);
    symlink("../shelf", site.at("content/shelf")).unwrap();
    site.next();
    site.comes_to_be_heard("content/shelf/b.en.md");
    site.write("shelf/c/d.en.md", "other");
    site.expect(&["content/shelf/c/d.en.md"]);
    fs::create_dir(site.at("static")).unwrap();
    symlink("../store/e.css", site.at("static/e.css")).unwrap();
    symlink("../store/later.css", site.at("static/later.css")).unwrap();
    site.known.borrow_mut().insert("static/later.css".to_owned());
    site.comes_to_be_heard("static/e.css");
    site.write("store/f.css", "nobody links to it");
    // It is written through the link.
    site.comes_to_be_heard("static/later.css");
    // The settings.
    fs::rename(site.at("site.yaml"), site.at("store/bashu.yaml")).unwrap();
    symlink("store/bashu.yaml", site.at("site.yaml")).unwrap();
    site.comes_to_be_heard("site.yaml");
}

#[test]
fn five_thousand_files_are_one_change() {
    let names: Vec<String> = (0..5000).map(|n| format!("content/{:02}/{n:04}.en.md", n % 50)).collect();
    let names: Vec<&str> = names.iter().map(|name| &**name).collect();
    let site = Site::with(&names);
    for name in &names {
        fs::remove_file(site.at(name)).unwrap();
        site.write(name, "other");
    }
    let (mut told, mut batches) = (BTreeSet::new(), 0);
    while told.len() < names.len() {
        let files = site.next().files;
        batches += usize::from(!files.is_empty());
        told.extend(files);
    }
    // One, unless the machine is so busy that files stop coming for a quarter of a second, or come
    // for longer than two.
    assert!(batches <= 6, "{batches}");
}

#[test]
fn a_checkout_of_git_is_one_change() {
    let site = Site::with(&["content/a.en.md", "content/b.en.md", ".git/HEAD"]);
    site.write(".git/index.lock", "");
    site.write("content/a.en.md", "other");
    // Nothing comes while git is at work.
    let told = site.batches.recv_timeout(Duration::from_millis(300));
    assert!(told.is_err_and(|error| error == mpsc::RecvTimeoutError::Timeout));
    site.write("content/b.en.md", "other");
    fs::remove_file(site.at(".git/index.lock")).unwrap();
    let files = std::iter::repeat_with(|| site.next().files).find(|files| !files.is_empty()).unwrap();
    assert_eq!(files.iter().map(|f| f.as_str()).collect::<Vec<_>>(), ["content/a.en.md", "content/b.en.md"]);
}

#[test]
fn where_the_system_does_not_tell_files_are_looked_at() {
    let cases: [(Begin, &str); 3] = [
        (|_| Err(notify::Error::io(std::io::Error::from_raw_os_error(24))), "max_user_instances"),
        (|_| Ok(Box::new(Full(notify::ErrorKind::MaxFilesWatch))), "max_user_watches"),
        (|_| Ok(Box::new(Full(notify::ErrorKind::Generic("no".to_owned())))), "(no"),
    ];
    for (begin, hint) in cases {
        let site = Site::watched_by(begin, false, &["content/a.en.md", "content/b.en.md"]);
        site.comes_to_be_heard("content/a.en.md");
        fs::remove_file(site.at("content/b.en.md")).unwrap();
        site.expect(&["content/b.en.md"]);
        let notes = site.notes.lock().unwrap();
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert!(notes[0].contains(hint), "{notes:?}");
    }
}

#[test]
fn who_asks_for_polling_gets_no_note() {
    let site = Site::watched_by(|_| panic!("nobody listens"), true, &["content/a.en.md"]);
    assert!(site.next().files.is_empty());
    site.write("content/new/b.en.md", "new");
    site.expect(&["content/new/b.en.md"]);
    assert!(site.notes.lock().unwrap().is_empty());
}

#[test]
fn the_thread_ends_with_the_watcher() {
    let mut site = Site::with(&["content/a.en.md"]);
    site.watcher = None;
    // Its end of the channel goes with it.
    let end = std::iter::repeat_with(|| site.batches.recv_timeout(PATIENCE)).find_map(Result::err);
    assert_eq!(end, Some(mpsc::RecvTimeoutError::Disconnected));
}

/// A system that watches the site's folder and no more.
struct Full(notify::ErrorKind);

impl notify::Watcher for Full {
    fn new<F: notify::EventHandler>(_: F, _: notify::Config) -> notify::Result<Self> {
        Ok(Self(notify::ErrorKind::MaxFilesWatch))
    }

    fn watch(&mut self, path: &Path, _: notify::RecursiveMode) -> notify::Result<()> {
        let kind = match &self.0 {
            notify::ErrorKind::Generic(text) => notify::ErrorKind::Generic(text.clone()),
            _ => notify::ErrorKind::MaxFilesWatch,
        };
        if path.ends_with("site") { Ok(()) } else { Err(notify::Error::new(kind)) }
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> notify::WatcherKind {
        notify::WatcherKind::NullWatcher
    }
}
