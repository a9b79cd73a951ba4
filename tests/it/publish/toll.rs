//! A gate in front of a server of HTTP: it counts requests, and at one of them it lets the test do
//! something while that request is neither answered nor lost.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

/// Where a request is held. Requests are counted from 1 since the gate was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Before the server hears of it; then the server never does.
    Before(usize),
    /// When the server has done it, and nobody was told.
    After(usize),
    /// Nowhere.
    Never,
}

/// The gate.
pub(super) struct Toll {
    pub(super) port: u16,
    state: Arc<Mutex<State>>,
    /// Says that the request is there.
    held: Receiver<()>,
    /// Lets it go, unanswered.
    free: SyncSender<()>,
}

struct State {
    server: u16,
    stop: Stop,
    count: usize,
    holds: SyncSender<()>,
    freed: Receiver<()>,
}

impl Toll {
    /// A gate in front of a server on this machine.
    pub(super) fn new(server: u16) -> Self {
        let ((holds, held), (free, freed)) = (sync_channel(1), sync_channel(1));
        let state = State { server, stop: Stop::Never, count: 0, holds, freed };
        let state = Arc::new(Mutex::new(state));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::clone(&state);
        // It ends with the process of the tests.
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                // A client that is gone, or a server that has nothing to say, ends the connection.
                std::thread::spawn(move || drop(pass(client, &state)));
            }
        });
        Self { port, state, held, free }
    }

    /// Sets it anew; returns how many requests there were since the last time.
    pub(super) fn set(&self, stop: Stop) -> usize {
        let mut state = self.state.lock().unwrap();
        state.stop = stop;
        std::mem::take(&mut state.count)
    }

    /// Whether a request is held now, for which it waits a moment.
    pub(super) fn holds(&self) -> bool {
        self.held.recv_timeout(std::time::Duration::from_millis(2)).is_ok()
    }

    /// Drops the request that is held.
    pub(super) fn drop_it(&self) {
        self.free.send(()).unwrap();
    }
}

/// Passes one request on, and the answer back. One at a time, so that their numbers mean something.
fn pass(mut client: TcpStream, state: &Mutex<State>) -> io::Result<()> {
    let request = request(&mut client)?;
    let mut state = state.lock().unwrap();
    state.count += 1;
    let hold = |state: &State| {
        state.holds.send(()).unwrap();
        state.freed.recv().unwrap();
    };
    if state.stop == Stop::Before(state.count) {
        hold(&state);
        return Ok(());
    }
    let answer = exchange(state.server, &request)?;
    if state.stop == Stop::After(state.count) {
        hold(&state);
        return Ok(());
    }
    drop(state);
    client.write_all(&answer)
}

/// A whole request, made one after which the server closes the connection.
fn request(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        let count = client.read(&mut piece)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&piece[..count]);
        let Some(head) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
        let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
        if bytes.len() >= head + 4 + length {
            bytes.splice(head..head, *b"\r\nConnection: close");
            return Ok(bytes);
        }
    }
}

/// What a server answers to a request that asks it to close the connection.
pub(super) fn exchange(port: u16, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(("127.0.0.1", port))?;
    server.write_all(request)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    Ok(answer)
}
