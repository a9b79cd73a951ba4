//! What stands between Bashu and a server: it counts, it breaks, it dawdles.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
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
                let state = Arc::clone(&shared);
                std::thread::spawn(move || state.pass(near, far, true));
                let state = Arc::clone(&shared);
                std::thread::spawn(move || state.pass(far_too, near_too, false));
            }
        });
        Self { port, state }
    }

    /// Breaks every connection after so many bytes more from Bashu, and refuses new ones.
    pub(super) fn break_after(&self, bytes: u64) {
        self.state.left.store(bytes, Ordering::SeqCst);
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
    fn pass(&self, mut from: TcpStream, mut to: TcpStream, up: bool) {
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
                let take = |left: u64| (left != u64::MAX).then(|| left.saturating_sub(count as u64));
                let _ = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take);
            }
            if self.left.load(Ordering::SeqCst) == 0 || to.write_all(&piece[..count]).is_err() {
                break;
            }
        }
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    }
}
