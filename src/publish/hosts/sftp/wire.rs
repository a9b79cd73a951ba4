//! SFTP version 3 (draft-ietf-secsh-filexfer-02) over the installed `ssh`.
//!
//! Owns requests and their answers. It never knows what files are for.
//!
//! One connection carries many requests at once: each has a number, a thread reads the answers and
//! hands each to whoever waits for its number. That suits servers, which refuse the eleventh
//! connection (`MaxStartups` of sshd), and it needs no runtime. Clients on crates.io start `ssh`
//! as a master that outlives a killed run, and hide how it ended.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::io::{self, Write};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::packet::{ATTRIBUTES, Body, DATA, EXTENDED, HANDLE, NAMES, STATUS, Words, packet};
use crate::publish::hosts::walk::Member;
use crate::publish::program::{Program, Talk};
use crate::publish::trouble::Trouble;

/// The longest piece of a file in one packet that every server takes.
const PIECE: usize = 32 * 1024;

/// How many pieces of a file are under way: enough for a long line, little enough for memory.
const UNDER_WAY: usize = 64;

/// Flags of `open`.
const READ: u32 = 1;
const WRITE: u32 = 2;
const CREATE: u32 = 8;
const EXCLUSIVE: u32 = 0x20;

/// What a server answers that is not what was wanted.
#[derive(Debug)]
pub(super) enum No {
    /// There is no such file, or no folder for it.
    Missing,
    /// It said so, in words that are its own.
    Said(String),
    /// It answered nothing, or nonsense.
    Trouble(Trouble),
}

/// A connection to a server.
pub(super) struct Wire {
    input: Mutex<Option<Box<dyn Write + Send>>>,
    waiting: Waiting,
    number: AtomicU32,
    /// How many answers came.
    heard: Arc<AtomicUsize>,
    /// How long it may be silent while somebody waits.
    patience: Duration,
    extensions: BTreeSet<String>,
    /// Ended by whoever first sees the connection broken.
    talk: Mutex<Option<Talk>>,
    /// What `ssh` said then.
    said: Mutex<String>,
}

/// Who waits for which answer; none when no more can come.
type Waiting = Arc<Mutex<Option<HashMap<u32, Sender<(u8, Vec<u8>)>>>>>;

/// An answer that has been asked for.
struct Asked(Receiver<(u8, Vec<u8>)>);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is behind these locks is whole between any two statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Wire {
    /// Connects. A server that says nothing for as long as `patience` while somebody waits is gone.
    pub(super) fn new(ssh: Program, patience: Duration) -> Result<Self, Trouble> {
        let mut talk = ssh.talk()?;
        let (Some(mut input), Some(mut output)) = (talk.input.take(), talk.output.take()) else {
            return Err(nonsense());
        };
        let (waiting, heard) =
            (Waiting::new(Mutex::new(Some(HashMap::new()))), Arc::new(AtomicUsize::new(0)));
        let (shared, count) = (Arc::clone(&waiting), Arc::clone(&heard));
        let (greets, greeting) = channel();
        // It ends with the connection, and holds nothing that anybody else waits for.
        thread::spawn(move || {
            // Whoever does not wait any more does not miss it.
            let _ = packet(&mut output).map(|version| greets.send(version));
            drop(greets);
            while let Ok((kind, body)) = packet(&mut output) {
                count.fetch_add(1, Ordering::Relaxed);
                let Some((number, rest)) = body.split_first_chunk() else { break };
                let waiter = lock(&shared).as_mut().and_then(|all| all.remove(&u32::from_be_bytes(*number)));
                // As above.
                let _ = waiter.map(|waiter| waiter.send((kind, rest.to_vec())));
            }
            *lock(&shared) = None;
        });
        let hello = input.write_all(&[0, 0, 0, 5, 1, 0, 0, 0, 3]).and_then(|()| input.flush());
        let version =
            match hello.map_or(Err(RecvTimeoutError::Disconnected), |()| greeting.recv_timeout(patience)) {
                Ok((2, version)) => version,
                Err(RecvTimeoutError::Timeout) => return Err(silence()),
                _ => {
                    drop(input);
                    return Err(super::super::ssh::trouble(&talk.end()));
                }
            };
        let mut words = Words(&version);
        if words.number() != Some(3) {
            return Err(Trouble::Failed("its server does not speak version 3 of SFTP".to_owned()));
        }
        let mut extensions = BTreeSet::new();
        while let (Some(name), Some(_)) = (words.text(), words.bytes()) {
            extensions.insert(name);
        }
        Ok(Self {
            input: Mutex::new(Some(input)),
            waiting,
            number: AtomicU32::new(0),
            heard,
            patience,
            extensions,
            talk: Mutex::new(Some(talk)),
            said: Mutex::default(),
        })
    }

    /// Whether no more answers can come.
    pub(super) fn is_lost(&self) -> bool {
        lock(&self.waiting).is_none()
    }

    /// Why no more answers come.
    fn lost(&self) -> No {
        *lock(&self.waiting) = None;
        *lock(&self.input) = None;
        let mut said = lock(&self.said);
        if let Some(talk) = lock(&self.talk).take() {
            *said = talk.end();
        }
        // It let us in before, so it is the line that is at fault, whatever the words.
        let line = said.lines().map(str::trim).find(|line| !line.is_empty());
        No::Trouble(Trouble::Unreachable(line.unwrap_or("the connection broke").to_owned()))
    }

    fn ask(&self, kind: u8, body: &Body) -> Result<Asked, No> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = channel();
        if lock(&self.waiting).as_mut().map(|waiting| waiting.insert(number, sender)).is_none() {
            return Err(self.lost());
        }
        let length = (body.0.len() + 5) as u32;
        let head = [&length.to_be_bytes()[..], &[kind], &number.to_be_bytes()].concat();
        let written = match &mut *lock(&self.input) {
            Some(input) => input.write_all(&[&head, &*body.0].concat()).and_then(|()| input.flush()),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        written.map_err(|_| self.lost())?;
        Ok(Asked(receiver))
    }

    fn wait(&self, asked: &Asked) -> Result<(u8, Vec<u8>), No> {
        loop {
            let heard = self.heard.load(Ordering::Relaxed);
            match asked.0.recv_timeout(self.patience) {
                Ok(answer) => return Ok(answer),
                Err(RecvTimeoutError::Disconnected) => return Err(self.lost()),
                // It is slow, and has others to answer.
                Err(RecvTimeoutError::Timeout) if heard != self.heard.load(Ordering::Relaxed) => {}
                Err(RecvTimeoutError::Timeout) => {
                    // First, since others may be writing to it, and wait as well.
                    if let Some(talk) = &mut *lock(&self.talk) {
                        talk.kill();
                    }
                    self.lost();
                    return Err(No::Trouble(silence()));
                }
            }
        }
    }

    /// What follows in an answer of the wanted kind; nothing at an end, of a file or a folder.
    fn answer(&self, asked: &Asked, wanted: u8) -> Result<Vec<u8>, No> {
        let (kind, body) = self.wait(asked)?;
        if kind == wanted && kind != STATUS {
            return Ok(body);
        }
        let mut words = Words(&body);
        match (kind, words.number()) {
            (STATUS, Some(0)) if wanted == STATUS => Ok(body),
            (STATUS, Some(1)) => Ok(Vec::new()),
            (STATUS, Some(2)) => Err(No::Missing),
            (STATUS, Some(_)) => Err(No::Said(words.text().unwrap_or_default())),
            _ => Err(No::Trouble(nonsense())),
        }
    }

    fn done(&self, kind: u8, body: &Body) -> Result<(), No> {
        let asked = self.ask(kind, body)?;
        self.answer(&asked, STATUS).map(drop)
    }

    fn handle(&self, kind: u8, body: &Body) -> Result<Vec<u8>, No> {
        let asked = self.ask(kind, body)?;
        let answer = self.answer(&asked, HANDLE)?;
        Words(&answer).bytes().map(<[u8]>::to_vec).ok_or(No::Trouble(nonsense()))
    }

    fn close(&self, handle: &[u8]) -> Result<(), No> {
        self.done(4, &Body::new().bytes(handle))
    }

    /// A file's bytes.
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, No> {
        let handle = self.handle(3, &Body::new().text(path).number(READ).number(0))?;
        let read = self.read_open(&handle);
        self.close(&handle)?;
        read
    }

    fn read_open(&self, handle: &[u8]) -> Result<Vec<u8>, No> {
        let asked = self.ask(8, &Body::new().bytes(handle))?;
        let attributes = self.answer(&asked, ATTRIBUTES)?;
        let size = Words(&attributes).attributes().ok_or(No::Trouble(nonsense()))?.0 as usize;
        let mut bytes = Vec::new();
        while bytes.len() < size {
            let begun = bytes.len();
            let pieces = (begun..size).step_by(PIECE).take(UNDER_WAY).map(|from| {
                let body = Body::new().bytes(handle).long(from as u64).number(PIECE as u32);
                Ok((from, self.ask(5, &body)?))
            });
            for (from, asked) in pieces.collect::<Result<Vec<_>, No>>()? {
                let answer = self.answer(&asked, DATA)?;
                // A server may send less than it was asked for; what follows is asked for again.
                if from == bytes.len() {
                    bytes.extend_from_slice(Words(&answer).bytes().unwrap_or_default());
                }
            }
            if bytes.len() == begun {
                break;
            }
        }
        Ok(bytes)
    }

    /// Writes a file that was not there; `lasting` waits until it would outlive a power cut.
    pub(super) fn create(&self, path: &str, bytes: &[u8], lasting: bool) -> Result<(), No> {
        let handle = self.handle(3, &Body::new().text(path).number(WRITE | CREATE | EXCLUSIVE).number(0))?;
        let written = self.write_open(&handle, bytes).and_then(|()| {
            let sync = "fsync@openssh.com";
            let can = lasting && self.extensions.contains(sync);
            if can { self.done(EXTENDED, &Body::new().text(sync).bytes(&handle)) } else { Ok(()) }
        });
        // Some servers say only now that a disk is full.
        let closed = self.close(&handle);
        written.and(closed)
    }

    fn write_open(&self, handle: &[u8], bytes: &[u8]) -> Result<(), No> {
        let mut under_way: VecDeque<Asked> = VecDeque::new();
        for (number, piece) in bytes.chunks(PIECE).enumerate() {
            if under_way.len() == UNDER_WAY
                && let Some(asked) = under_way.pop_front()
            {
                self.answer(&asked, STATUS)?;
            }
            let body = Body::new().bytes(handle).long((number * PIECE) as u64).bytes(piece);
            under_way.push_back(self.ask(6, &body)?);
        }
        under_way.iter().try_for_each(|asked| self.answer(asked, STATUS).map(drop))
    }

    /// Renames a file over another, in one step where the server can.
    pub(super) fn replace(&self, from: &str, to: &str) -> Result<(), No> {
        let rename = "posix-rename@openssh.com";
        if self.extensions.contains(rename) {
            return self.done(EXTENDED, &Body::new().text(rename).text(from).text(to));
        }
        let body = Body::new().text(from).text(to);
        match self.done(18, &body) {
            // By version 3 of the protocol, a name that is taken is refused.
            Err(No::Said(why)) => match self.remove(to) {
                // That was not why.
                Err(No::Missing) => Err(No::Said(why)),
                removed => removed.and_then(|()| self.done(18, &body)),
            },
            done => done,
        }
    }

    /// Gives a file a name, unless the name is taken.
    pub(super) fn settle(&self, from: &str, to: &str) -> Result<(), No> {
        let link = "hardlink@openssh.com";
        if self.extensions.contains(link) {
            let linked = self.done(EXTENDED, &Body::new().text(link).text(from).text(to));
            // Not every file system has links; for those that do not, as for servers without.
            if linked.is_ok() {
                return self.remove(from);
            }
        }
        self.done(18, &Body::new().text(from).text(to))
    }

    /// Deletes a file.
    pub(super) fn remove(&self, path: &str) -> Result<(), No> {
        self.done(13, &Body::new().text(path))
    }

    /// Makes a folder in one that is there.
    pub(super) fn make_folder(&self, path: &str) -> Result<(), No> {
        self.done(14, &Body::new().text(path).number(0))
    }

    /// Deletes an empty folder.
    pub(super) fn remove_folder(&self, path: &str) -> Result<(), No> {
        self.done(15, &Body::new().text(path))
    }

    /// Whether there is a folder at the path, if only by a link.
    pub(super) fn is_folder(&self, path: &str) -> Result<bool, No> {
        let asked = self.ask(17, &Body::new().text(path))?;
        match self.answer(&asked, ATTRIBUTES) {
            Ok(answer) => Ok(Words(&answer).attributes().is_some_and(|(_, is_folder)| is_folder)),
            Err(No::Missing) => Ok(false),
            Err(no) => Err(no),
        }
    }

    /// What a folder holds. Links are files, whatever they lead to.
    pub(super) fn names(&self, path: &str) -> Result<Vec<Member>, No> {
        let handle = self.handle(11, &Body::new().text(path))?;
        let names = self.names_open(&handle);
        self.close(&handle)?;
        names
    }

    fn names_open(&self, handle: &[u8]) -> Result<Vec<Member>, No> {
        let mut names = Vec::new();
        loop {
            let asked = self.ask(12, &Body::new().bytes(handle))?;
            let answer = self.answer(&asked, NAMES)?;
            if answer.is_empty() {
                return Ok(names);
            }
            let some = Words(&answer).names().ok_or(No::Trouble(nonsense()))?;
            names.extend(some.into_iter().filter(|name| name.name != "." && name.name != ".."));
        }
    }
}

fn silence() -> Trouble {
    Trouble::Unreachable("it did not answer in time".to_owned())
}

fn nonsense() -> Trouble {
    Trouble::Failed("its answers are not those of an SFTP server".to_owned())
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn a_server_that_is_silent_is_not_waited_for() {
        use super::*;

        let patience = Duration::from_millis(200);
        // One that lets us in and says nothing, and one that says no more than its version.
        let mute = Program::new("sleep").arg("60");
        let Err(trouble) = Wire::new(mute, patience) else { panic!() };
        assert_eq!(trouble, silence());
        let script = "printf '\\000\\000\\000\\005\\002\\000\\000\\000\\003'; exec sleep 60";
        let wire = Wire::new(Program::new("sh").args(["-c", script]), patience).unwrap();
        let No::Trouble(trouble) = wire.read("x").unwrap_err() else { panic!() };
        assert_eq!(trouble, silence());
        assert!(wire.is_lost());
    }
}
