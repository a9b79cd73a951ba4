//! Hearing of changes: which files of the site changed, gathered to what belongs together.
//!
//! Owns the thread that listens ([`watches`], [`hear`]), gathers ([`gather`]), and looks at all
//! files where systems do not tell ([`looks`]). It never reads a file, and what it says is a hint:
//! whoever gets a [`Batch`] looks at all files.

mod gather;
mod hear;
mod looks;
#[cfg(test)]
mod tests;
mod watches;

use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{EventKind, RemoveKind};

use self::gather::{Gather, What};
use self::looks::Looks;
use self::watches::{BY_FOLDER, Watches};
use super::{Event, Listener, Settings};
use crate::base::ContentPath;
use crate::source::{Entry, Source};

/// Where the system does not tell, how often all files are looked at.
const POLL: Duration = Duration::from_secs(1);

/// Where it does, how often they are looked at all the same: it may not know what another machine
/// writes, and does not tell when a folder above the site is renamed.
const NET: Duration = Duration::from_secs(30);

/// When they are looked at first; the first edition is made before.
const FIRST: Duration = Duration::from_secs(5);

/// How much longer than a look the time between two must be.
const REST: u32 = 20;

/// How long after a storm, or after new folders, whoever makes editions is asked to look again.
const ECHO: Duration = Duration::from_millis(500);

/// How much longer than registering folders the time until the next must be.
const REGISTER_REST: u32 = 4;

/// Events that are taken at once.
const MANY: usize = 4096;

/// A folder was removed.
const GONE: EventKind = EventKind::Remove(RemoveKind::Folder);

/// Changes that belong together.
#[derive(Debug)]
pub(super) struct Batch {
    /// When the first of them was heard of.
    pub(super) since: Instant,
    /// Files that changed, in order; more may have. None if it is only known that something may be
    /// new.
    pub(super) files: Vec<ContentPath>,
}

/// Watches for as long as it is kept.
pub(super) struct Watcher(Ear);

impl Drop for Watcher {
    fn drop(&mut self) {
        // The thread may have ended before.
        let _ = self.0.send(Heard::End);
    }
}

/// What the thread hears.
enum Heard {
    Event(notify::Result<notify::Event>, Instant),
    End,
}

type Ear = mpsc::Sender<Heard>;

/// What notify calls with events.
type Listen = Box<dyn FnMut(notify::Result<notify::Event>) + Send>;

/// Begins to listen to the system.
type Begin = fn(Listen) -> notify::Result<Box<dyn notify::Watcher + Send>>;

/// Begins to watch. Notes go to the listener. There will be a batch without files as soon as
/// changes are heard of: those from before were not.
pub(super) fn watch(settings: &Settings, batches: mpsc::Sender<Batch>, listener: Listener) -> Watcher {
    let begin: Begin = |listen| Ok(Box::new(notify::recommended_watcher(listen)?));
    watch_by(begin, settings, batches, listener)
}

fn watch_by(begin: Begin, settings: &Settings, batches: mpsc::Sender<Batch>, listener: Listener) -> Watcher {
    let (ear, heard) = mpsc::channel();
    let source = Source::disk(&settings.site);
    let watch = Watch {
        watches: Watches::new(source.clone(), begin, ear.clone()),
        looks: Looks::new(source.clone()),
        gather: Gather::default(),
        batches,
        listener: listener.clone(),
        source,
        listens: !settings.poll,
        polling: settings.poll,
        next_look: Instant::now() + if settings.poll { Duration::ZERO } else { FIRST },
        folders: false,
        next_renewal: Instant::now(),
        echo: None,
    };
    thread::spawn(move || {
        if catch_unwind(AssertUnwindSafe(|| watch.run(&heard))).is_err() {
            let note = "a fault of Bashu keeps it from hearing of changes: start the preview again, and please \
                        report what stands above";
            listener(Event::Note(note));
        }
    });
    Watcher(ear)
}

struct Watch {
    watches: Watches,
    looks: Looks,
    gather: Gather,
    batches: mpsc::Sender<Batch>,
    listener: Listener,
    source: Source,
    /// The system is asked to tell.
    listens: bool,
    /// It does not tell, or not all: all files are looked at.
    polling: bool,
    next_look: Instant,
    /// Folders or links changed since folders were registered, which is not done before then.
    folders: bool,
    next_renewal: Instant,
    /// When to ask for another look at what was told.
    echo: Option<Instant>,
}

impl Watch {
    fn run(mut self, heard: &mpsc::Receiver<Heard>) {
        if self.listens {
            self.begin();
        }
        while self.tell().is_ok() {
            let renewal = self.folders.then_some(self.next_renewal);
            let wake = [self.gather.due(), self.echo, renewal].into_iter().flatten().min();
            let wake = wake.map_or(self.next_look, |wake| wake.min(self.next_look));
            match heard.recv_timeout(wake.saturating_duration_since(Instant::now())) {
                Ok(first) => {
                    for heard in iter::once(first).chain(heard.try_iter().take(MANY)) {
                        match heard {
                            Heard::Event(Ok(event), at) => self.hear(&event, at),
                            Heard::Event(Err(error), _) => self.fall_back(&error),
                            Heard::End => return,
                        }
                    }
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                // Not while the watches have an ear.
                Err(mpsc::RecvTimeoutError::Disconnected) => return,
            }
            let now = Instant::now();
            if self.folders && now >= self.next_renewal {
                self.renew();
            }
            if now >= self.next_look {
                self.look();
            }
        }
    }

    /// Listens, for the first time or to a folder that has come in the place of the last.
    fn begin(&mut self) {
        if let Err(error) = self.watches.begin() {
            self.fall_back(&error);
        } else if let Some(drive) = self.source.shared_drive().filter(|_| !self.polling) {
            self.poll(&format!(
                "this site is on a shared drive ({drive}), where changes from other machines are not heard \
                 of; its files are looked at every second as well (with `--poll`, only that)"
            ));
        }
        self.gather.unknown(Instant::now());
    }

    fn hear(&mut self, event: &notify::Event, at: Instant) {
        if event.need_rescan() {
            // More happened than the system could keep.
            self.folders = true;
            self.gather.folders(at);
        }
        for place in &event.paths {
            let entry = Entry::at(place);
            let Some(what) = hear::what(event.kind, BY_FOLDER, entry) else { continue };
            if what == What::Left && self.watches.is_root(place) {
                self.begin();
                self.next_look = at;
                continue;
            }
            let places = &self.watches.places;
            let known = places.is_folder(place);
            // A folder that goes is told twice, by itself and by the one it stood in.
            let went = entry == Entry::Nothing && (known || event.kind == GONE);
            let folder = entry == Entry::Folder || went;
            let moved = known || folder || entry == Entry::Link || places.is_target(place);
            // What is only written leads nowhere else than before.
            let stays = matches!(what, What::Written | What::Writing | What::Emptied);
            if moved && !stays && places.matters(place) {
                if what != What::Touched {
                    self.watches.forget(place);
                }
                self.folders = true;
                self.gather.folders(at);
            }
            if !folder {
                for name in self.watches.places.names(place) {
                    // A link is complete as soon as it is there.
                    let link = entry == Entry::Link && what == What::Came;
                    self.gather.file(name, if link { What::Arrived } else { what }, at);
                }
            }
        }
    }

    /// Registers folders that have come.
    fn renew(&mut self) {
        let start = Instant::now();
        self.folders = false;
        match self.watches.renew() {
            Ok(true) => self.gather.folders(Instant::now()),
            Ok(false) => {}
            Err(error) => self.fall_back(&error),
        }
        self.next_renewal = Instant::now() + start.elapsed() * REGISTER_REST;
    }

    /// Looks at all files, and whether the site is where it was.
    fn look(&mut self) {
        let start = Instant::now();
        if self.listens && self.watches.is_elsewhere() {
            self.begin();
        }
        match self.looks.look() {
            // Only from now on it is known what was heard.
            None => self.gather.unknown(start),
            Some(changed) if self.polling => {
                for file in changed {
                    self.gather.file(file, What::Arrived, start);
                }
            }
            // Why was it not heard? The names would be a guess.
            Some(changed) if !changed.is_empty() => self.gather.unknown(start),
            Some(_) => {}
        }
        let gone = self.source.place().is_none();
        let interval = if self.polling || gone { POLL } else { NET };
        self.next_look = Instant::now() + interval.max(start.elapsed() * REST);
    }

    /// Sends what is complete; an error if nobody wants it any more.
    fn tell(&mut self) -> Result<(), mpsc::SendError<Batch>> {
        let now = Instant::now();
        let source = &self.source;
        if let Some((batch, more)) = self.gather.ready(now, || source.git_lock()) {
            self.looks.told(&batch.files);
            self.echo = if more { Some(now + ECHO) } else { self.echo };
            self.batches.send(batch)?;
        } else if self.echo.is_some_and(|echo| echo <= now) {
            self.echo = None;
            self.batches.send(Batch { since: now, files: Vec::new() })?;
        }
        Ok(())
    }

    /// From now on, all files are looked at every second.
    fn fall_back(&mut self, error: &notify::Error) {
        if self.polling {
            return;
        }
        let (why, remedy) = reason(error);
        self.poll(&format!(
            "{why}; all files are looked at every second instead, which takes longer. {remedy}"
        ));
    }

    fn poll(&mut self, note: &str) {
        self.polling = true;
        self.next_look = Instant::now();
        (self.listener)(Event::Note(note));
    }
}

/// Why the system does not tell, and what to do about it.
fn reason(error: &notify::Error) -> (String, &'static str) {
    /// `EMFILE`: `inotify_init(2)` says so of its own limit.
    const TOO_MANY_OPEN: i32 = 24;
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => (
            "the system watches no more folders for you".to_owned(),
            "To raise its limit: `sudo sysctl fs.inotify.max_user_watches=524288`",
        ),
        notify::ErrorKind::Io(error) if error.raw_os_error() == Some(TOO_MANY_OPEN) => (
            "too many programs of yours watch files".to_owned(),
            "To raise the limit: `sudo sysctl fs.inotify.max_user_instances=1024`",
        ),
        _ => (
            format!("the system cannot tell of changes ({error})"),
            "If that is no surprise, `--poll` does it without this message",
        ),
    }
}
