//! What stands between Bashu and a server: it counts, it breaks, it dawdles.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A proxy for any protocol over TCP.
pub(super) struct Proxy {
    /// Where it listens.
    pub(super) port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// Bytes that went from Bashu to the server.
    up: AtomicU64,
    /// Requests of HTTP that change something: PUT, POST, DELETE, MKCOL, MOVE.
    changes: AtomicUsize,
    /// Requests of HTTP that look: GET, HEAD, PROPFIND.
    looks: AtomicUsize,
    /// After so many bytes more every connection breaks, and new ones are refused.
    left: AtomicU64,
    /// Milliseconds before each piece goes on.
    delay: AtomicU64,
    /// Whether it works again by itself once it has broken.
    once: AtomicBool,
    /// The answer to the next request that changes something and has this in its path is lost.
    lose: Mutex<Option<String>>,
    /// Whether something broke or was lost since it was last asked.
    broke: AtomicBool,
}

const CHANGES: [&[u8]; 5] = [b"PUT /", b"POST /", b"DELETE /", b"MKCOL /", b"MOVE /"];
const LOOKS: [&[u8]; 3] = [b"GET /", b"HEAD /", b"PROPFIND /"];
/// A request of git that looks, though it is a POST.
const GIT_LOOKS: &[u8] = b"/git-upload-pack HTTP/";

impl Proxy {
    /// A proxy to a server on this machine.
    pub(super) fn new(server: u16) -> Self {
        let state = Arc::new(State { left: AtomicU64::new(u64::MAX), ..State::default() });
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::clone(&state);
        // It ends with the process of the tests; nobody connects to it any more by then.
        std::thread::spawn(move || {
            for near in listener.incoming() {
                let Ok(near) = near else { return };
                if shared.left.load(Ordering::SeqCst) == 0 {
                    continue;
                }
                let Ok(far) = TcpStream::connect(("127.0.0.1", server)) else { continue };
                let pair = [near.try_clone(), far.try_clone()];
                let [Ok(near_too), Ok(far_too)] = pair else { continue };
                let (state, lost) = (Arc::clone(&shared), Arc::new(AtomicBool::new(false)));
                let pair = (Arc::clone(&state), Arc::clone(&lost));
                std::thread::spawn(move || state.pass(near, far, true, &lost));
                std::thread::spawn(move || pair.0.pass(far_too, near_too, false, &pair.1));
            }
        });
        Self { port, state }
    }

    /// Breaks every connection after so many bytes more from Bashu, and refuses new ones.
    pub(super) fn break_after(&self, bytes: u64) {
        self.state.left.store(bytes, Ordering::SeqCst);
    }

    /// Breaks all connections once, after so many bytes more from Bashu.
    pub(super) fn break_once_after(&self, bytes: u64) {
        self.state.once.store(true, Ordering::SeqCst);
        self.break_after(bytes);
    }

    /// Loses the answer to the next request that changes something and has this in its path: the
    /// server has done what it was asked, and Bashu does not hear of it.
    pub(super) fn lose_the_answer_to(&self, path: &str) {
        *self.state.lose.lock().unwrap() = Some(path.to_owned());
    }

    /// Whether something broke or was lost since it was last asked.
    pub(super) fn broke(&self) -> bool {
        self.state.broke.swap(false, Ordering::SeqCst)
    }

    /// Works again.
    pub(super) fn mend(&self) {
        self.state.left.store(u64::MAX, Ordering::SeqCst);
        self.state.delay.store(0, Ordering::SeqCst);
    }

    /// Lets every piece wait.
    pub(super) fn dawdle(&self, delay: Duration) {
        self.state.delay.store(delay.as_millis() as u64, Ordering::SeqCst);
    }

    /// How many requests of HTTP changed something and looked, and bytes went up, since it was last asked.
    pub(super) fn counted(&self) -> (usize, usize, u64) {
        let State { changes, looks, up, .. } = &*self.state;
        (changes.swap(0, Ordering::SeqCst), looks.swap(0, Ordering::SeqCst), up.swap(0, Ordering::SeqCst))
    }
}

impl State {
    /// Passes on what comes from one side. `lost` is shared by both directions of a connection:
    /// whether the next answer is lost.
    fn pass(&self, mut from: TcpStream, mut to: TcpStream, up: bool, lost: &AtomicBool) {
        let mut piece = vec![0; 16 * 1024];
        loop {
            let count = match from.read(&mut piece) {
                Ok(0) | Err(_) => break,
                Ok(count) => count,
            };
            match self.delay.load(Ordering::SeqCst) {
                0 => {}
                delay => std::thread::sleep(Duration::from_millis(delay)),
            }
            if up {
                let begins = |words: &[&[u8]]| words.iter().any(|word| piece[..count].starts_with(word));
                // A request's first line begins a piece: clients write a request at once.
                let line = piece[..count].split(|byte| *byte == b'\r').next().unwrap();
                let git_looks = line.windows(GIT_LOOKS.len()).any(|part| part == GIT_LOOKS);
                self.changes.fetch_add(usize::from(begins(&CHANGES) && !git_looks), Ordering::SeqCst);
                self.looks.fetch_add(usize::from(begins(&LOOKS) || git_looks), Ordering::SeqCst);
                self.up.fetch_add(count as u64, Ordering::SeqCst);
                if begins(&CHANGES) && self.is_lost(&piece[..count]) {
                    lost.store(true, Ordering::SeqCst);
                }
                let take = |left: u64| (left != u64::MAX).then(|| left.saturating_sub(count as u64));
                let _ = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take);
            }
            if self.left.load(Ordering::SeqCst) == 0 {
                self.broke.store(true, Ordering::SeqCst);
                if self.once.swap(false, Ordering::SeqCst) {
                    self.left.store(u64::MAX, Ordering::SeqCst);
                }
                break;
            }
            if !up && lost.swap(false, Ordering::SeqCst) {
                self.broke.store(true, Ordering::SeqCst);
                break;
            }
            if to.write_all(&piece[..count]).is_err() {
                break;
            }
        }
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    }

    /// Whether the answer to a request that begins so is to be lost; once.
    fn is_lost(&self, request: &[u8]) -> bool {
        let mut lose = self.lose.lock().unwrap();
        let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let line = String::from_utf8_lossy(line);
        let hit = lose.as_ref().is_some_and(|path| line.contains(path.as_str()));
        if hit {
            *lose = None;
        }
        hit
    }
}
