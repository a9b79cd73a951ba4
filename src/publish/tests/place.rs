//! A place in memory. It can end a run at any operation, and readers look at it after each.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use md5::{Digest, Md5};

use super::dice::Dice;
use super::reader::Reader;
use crate::publish::place::{Expected, Listed, Mark, Numbered, Place};
use crate::publish::tally::Tally;
use crate::publish::trouble::Trouble;

/// What stands at a place, by path: bytes, and how many changes there had been when they came.
pub(super) type Files = BTreeMap<String, (Vec<u8>, u64)>;

/// A place, whoever connects to it.
#[derive(Clone)]
pub(super) struct World(Arc<Mutex<State>>);

pub(super) struct State {
    pub files: Files,
    /// Whether a file cannot stand where a folder does.
    pub folders: bool,
    /// Whether lists tell MD5s.
    pub md5: bool,
    pub reader: Reader,
    changes: u64,
    runs: usize,
    dice: Dice,
}

/// When a run ends, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// At which change, from 0.
    pub at: usize,
    pub how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The process dies before the operation has effect.
    Before,
    /// It dies when it had.
    After,
    /// The operation has effect and the answer is lost; the process goes on.
    Unanswered,
    /// The same, and the client repeats it and is told of a conflict: only where something is expected.
    Repeated,
}

/// One run's connection to a place.
#[derive(Clone)]
pub(super) struct Memory(Arc<Connection>);

struct Connection {
    world: World,
    end: Option<End>,
    dead: AtomicBool,
    changes: AtomicUsize,
    reads: AtomicUsize,
    before_change: Mutex<Option<Hook>>,
    before_look: Mutex<Option<Hook>>,
}

/// At which operation, before it has effect, something else happens.
type Hook = (usize, Box<dyn FnOnce() + Send>);

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let (files, reader, dice) = (Files::new(), Reader::default(), Dice::new(seed));
        Self(Arc::new(Mutex::new(State {
            files,
            folders: true,
            md5: false,
            reader,
            changes: 0,
            runs: 0,
            dice,
        })))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// A name for a run.
    pub(super) fn id(&self) -> String {
        let mut state = self.state();
        state.runs += 1;
        state.runs.to_string()
    }

    pub(super) fn place(&self, end: Option<End>) -> Memory {
        Memory(Arc::new(Connection {
            world: self.clone(),
            end,
            dead: AtomicBool::new(false),
            changes: AtomicUsize::new(0),
            reads: AtomicUsize::new(0),
            before_change: Mutex::new(None),
            before_look: Mutex::new(None),
        }))
    }

    pub(super) fn get(&self, path: &str) -> Option<String> {
        self.state().files.get(path).map(|(bytes, _)| String::from_utf8(bytes.clone()).unwrap())
    }

    /// Others put a file there.
    pub(super) fn put(&self, path: &str, text: &str) {
        self.state().put(path, text.as_bytes()).unwrap();
    }

    pub(super) fn take(&self, path: &str) {
        self.state().files.remove(path);
    }

    /// The paths that stand there.
    pub(super) fn paths(&self) -> Vec<String> {
        self.state().files.keys().cloned().collect()
    }

    /// The same again, by itself: a host that goes its own way from here.
    pub(super) fn copy(&self, seed: u64) -> Self {
        let state = self.state();
        let copy = Self::new(seed);
        {
            let mut other = copy.state();
            other.files.clone_from(&state.files);
            (other.folders, other.md5, other.changes, other.runs) =
                (state.folders, state.md5, state.changes, state.runs);
            other.reader.clone_from(&state.reader);
        }
        copy
    }
}

impl State {
    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<Mark, Trouble> {
        if self.folders {
            let below = format!("{path}/");
            let file_above = path.match_indices('/').any(|(at, _)| self.files.contains_key(&path[..at]));
            if file_above || self.files.keys().any(|other| other.starts_with(&below)) {
                return Err(Trouble::Failed(format!("{path}: a file where a folder is")));
            }
        }
        self.changes += 1;
        self.files.insert(path.to_owned(), (bytes.to_vec(), self.changes));
        Ok(Mark(self.changes.to_string()))
    }

    fn shuffled<T: Clone>(&mut self, items: &[T]) -> Vec<T> {
        let mut items = items.to_vec();
        for at in (1..items.len()).rev() {
            items.swap(at, self.dice.below(at + 1));
        }
        items
    }
}

impl Memory {
    /// How many changes were asked for.
    pub(super) fn changes(&self) -> usize {
        self.0.changes.load(Ordering::SeqCst)
    }

    /// How many reads, marks and lists.
    pub(super) fn reads(&self) -> usize {
        self.0.reads.load(Ordering::SeqCst)
    }

    /// Lets something happen before a change has effect.
    pub(super) fn before_change(&self, change: usize, what: impl FnOnce() + Send + 'static) {
        *self.0.before_change.lock().unwrap() = Some((change, Box::new(what)));
    }

    /// Lets something happen before a read, mark or list.
    pub(super) fn before_look(&self, look: usize, what: impl FnOnce() + Send + 'static) {
        *self.0.before_look.lock().unwrap() = Some((look, Box::new(what)));
    }

    fn look<T>(&self, what: impl FnOnce(&State) -> T) -> Result<T, Trouble> {
        if self.0.dead.load(Ordering::SeqCst) {
            return Err(gone());
        }
        happen(&self.0.before_look, self.0.reads.fetch_add(1, Ordering::SeqCst));
        Ok(what(&self.0.world.state()))
    }

    fn change<T>(&self, what: impl FnOnce(&mut State) -> Result<T, Trouble>) -> Result<T, Trouble> {
        if self.0.dead.load(Ordering::SeqCst) {
            return Err(gone());
        }
        let number = self.0.changes.fetch_add(1, Ordering::SeqCst);
        happen(&self.0.before_change, number);
        let how = self.0.end.filter(|end| end.at == number).map(|end| end.how);
        self.0.dead.fetch_or(matches!(how, Some(How::Before | How::After)), Ordering::SeqCst);
        if how == Some(How::Before) {
            return Err(gone());
        }
        let mut state = self.0.world.state();
        let done = what(&mut state);
        let State { files, reader, .. } = &mut *state;
        reader.look(files);
        match how {
            None => done,
            Some(How::Repeated) => Err(Trouble::Conflict),
            Some(_) => Err(gone()),
        }
    }
}

fn happen(hook: &Mutex<Option<Hook>>, number: usize) {
    let hook = hook.lock().unwrap().take_if(|(at, _)| *at == number);
    if let Some((_, happens)) = hook {
        happens();
    }
}

fn gone() -> Trouble {
    Trouble::Unreachable("gone".to_owned())
}

impl Place for Memory {
    fn read(&self, name: &str) -> Result<Option<(Vec<u8>, Mark)>, Trouble> {
        self.look(|state| {
            state.files.get(name).map(|(bytes, change)| (bytes.clone(), Mark(change.to_string())))
        })
    }

    fn write(&self, name: &str, bytes: &[u8], expected: &Expected) -> Result<Mark, Trouble> {
        self.change(|state| {
            let now = state.files.get(name).map(|(_, change)| Mark(change.to_string()));
            if expected.holds(now.as_ref()) { state.put(name, bytes) } else { Err(Trouble::Conflict) }
        })
    }

    fn list(&self) -> Result<Vec<Listed>, Trouble> {
        self.look(|state| {
            let listed = state.files.iter().map(|(path, (bytes, _))| Listed {
                path: path.as_str().into(),
                size: bytes.len() as u64,
                md5: state.md5.then(|| Md5::digest(bytes).into()),
            });
            listed.collect()
        })
    }

    fn put(&self, files: &[Numbered<'_>], tally: &Tally<'_>) -> Result<(), Trouble> {
        // Several at a time go in any order.
        let files = self.0.world.state().shuffled(files);
        for (number, item) in files {
            tally.go_on()?;
            let bytes = item.bytes()?;
            self.change(|state| state.put(&item.path, &bytes))?;
            tally.sent(number, item.size);
        }
        Ok(())
    }

    fn delete(&self, paths: &[Box<str>], tally: &Tally<'_>) -> Result<(), Trouble> {
        let paths = self.0.world.state().shuffled(paths);
        for path in paths {
            tally.go_on()?;
            self.change(|state| {
                state.files.remove(&*path);
                Ok(())
            })?;
        }
        Ok(())
    }
}
