//! A reader who looks at a file again and again while it is replaced.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::scenes::Host;
use super::site::Site;

/// How often the file is replaced.
const TIMES: usize = 5;

/// Nobody meets a file that is half the old and half the new one, or the new one's beginning. It is
/// so large that it comes in pieces; `root` is where the server's files are on this machine.
pub(super) fn no_reader_meets_half_a_file(host: &dyn Host, root: &Path) {
    let mut site = Site::new(&host.yaml(host.port()));
    let own = host.credentials();
    site.set(&own.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>());
    let text = |letter: u8| -> String {
        (0..200_000).map(|line| format!("{} {line} insects\n", char::from(letter))).collect()
    };
    let fill = |letter: u8| site.write("static/large.txt", &text(letter));
    fill(b'a');
    site.published(&[]);
    let end = AtomicBool::new(false);
    let (looks, seen) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut looks, mut seen) = (0, std::collections::BTreeSet::new());
            while !end.load(Ordering::Relaxed) {
                // Some servers have no file for a moment, by the standard of their protocol.
                let Ok(bytes) = fs::read(root.join("large.txt")) else { continue };
                let first = bytes.first().copied().unwrap_or_default();
                assert!(bytes == text(first).into_bytes(), "half a file of {}", bytes.len());
                looks += 1;
                seen.insert(first);
            }
            (looks, seen)
        });
        for letter in (b'b'..).take(TIMES) {
            fill(letter);
            site.published(&[]);
        }
        end.store(true, Ordering::Relaxed);
        reader.join().unwrap()
    });
    assert!(looks > TIMES && seen.len() > TIMES / 2, "{looks} looks saw {seen:?}");
}
