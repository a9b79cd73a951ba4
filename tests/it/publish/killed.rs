//! `bashu publish`, killed at each of its requests in turn, and at random moments, while a reader
//! clicks around: no page without its assets, no link that leads nowhere, no half file. The next
//! run completes it, whether it publishes the same site, another, or is killed as well.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::reader::{Files, Reader};
use super::server::{Server, free_port, program};
use super::site::{Site, tree};
use super::toll::{Stop, Toll, exchange};
use crate::dice::Dice;

/// A site that turns from one state into another and back: a text that was edited, an article more
/// and one less, one that moved and left its old URL behind, another style sheet for all pages.
struct Twin {
    site: Site,
    /// The sources of both states.
    sources: [Files; 2],
    /// What builds make of them.
    made: [Files; 2],
}

impl Twin {
    fn new(host: &str) -> Self {
        let site = Site::new(host);
        site.write("assets/style.css", "main { color: #222 }\n");
        let sources = || {
            [("content", tree(&site.path().join("content"))), ("assets", tree(&site.path().join("assets")))]
                .into_iter()
                .flat_map(|(top, files)| {
                    files.into_iter().map(move |(path, bytes)| (format!("{top}/{path}"), bytes))
                })
                .collect::<Files>()
        };
        let made = || {
            let built =
                Command::new(env!("CARGO_BIN_EXE_bashu")).current_dir(site.path()).arg("build").output();
            assert!(built.unwrap().status.success());
            site.output()
        };
        let (old, old_made) = (sources(), made());
        site.write("assets/style.css", "main { color: #333 }\n");
        site.write("content/notes/bees.en.md", "---\ntitle: Bees\ndate: 2023-12-01\n---\nThey hum.\n");
        site.write(
            "content/notes/moths.en.md",
            "---\ntitle: Moths\ndate: 2023-12-02\n---\nLike [bees](bees.en.md) at night.\n",
        );
        site.write(
            "content/notes/moths.zh.md",
            "---\ntitle: 飞蛾\nslug: 飞蛾\ntranslated_from: en\n---\n夜里飞。\n",
        );
        site.remove("content/notes/wasps.en.md");
        site.remove("content/notes/wasps.zh.md");
        site.write(
            "content/notes/ants.zh.md",
            "---\ntitle: 蚂蚁\nslug: 蚁\naliases: [/zh/notes/蚂蚁/]\ntranslated_from: en\n---\n六条腿。\n",
        );
        let (sources, made) = ([old, sources()], [old_made, made()]);
        Self { site, sources, made }
    }

    /// Makes the site the old (0) or the new one (1), and returns it.
    fn turn(&self, to: usize) -> &Site {
        for path in self.sources[1 - to].keys().filter(|path| !self.sources[to].contains_key(*path)) {
            // It is not there if the site is as it should be already.
            let _ = std::fs::remove_file(self.site.path().join(path));
        }
        for (path, bytes) in &self.sources[to] {
            if std::fs::read(self.site.path().join(path)).ok().as_ref() != Some(bytes) {
                self.site.write(path, std::str::from_utf8(bytes).unwrap());
            }
        }
        &self.site
    }
}

/// Publishes a site, which must succeed.
fn published(site: &Site) {
    let run = site.publish(&["--quiet"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
}

/// What a host holds is a site, and fingerprinted assets that readers may still ask for.
fn holds(there: &Files, site: &Files, known: &[&Files]) {
    for (path, bytes) in site {
        assert_eq!(there.get(path), Some(bytes), "{path}");
    }
    for (path, bytes) in there.iter().filter(|(path, _)| !site.contains_key(*path)) {
        assert!(bashu::plan::is_fingerprinted(path), "{path} was left behind");
        assert!(known.iter().any(|known| known.get(path) == Some(bytes)), "{path} is whose?");
    }
}

/// A look into the bucket, past the gate: the server's port.
#[derive(Clone, Copy)]
struct Look(u16);

impl Look {
    fn ask(&self, method: &str, path: &str) -> (bool, Vec<u8>) {
        // The server wants to know who asks, and lets everybody in.
        let head = "Host: localhost\r\nAuthorization: AWS reader:x\r\nContent-Length: 0\r\nConnection: close";
        let request = format!("{method} {path} HTTP/1.1\r\n{head}\r\n\r\n");
        let answer = exchange(self.0, request.as_bytes()).unwrap();
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        (answer.starts_with(b"HTTP/1.1 20"), answer[head + 4..].to_vec())
    }

    /// Takes everything away.
    fn empty(&self) {
        assert!(self.ask("POST", "/moto-api/reset").0);
        assert!(self.ask("PUT", "/site").0);
    }

    fn get(&self, path: &str) -> Option<Vec<u8>> {
        let path: Vec<_> =
            path.split('/').map(|p| utf8_percent_encode(p, NON_ALPHANUMERIC).to_string()).collect();
        let (found, bytes) = self.ask("GET", &format!("/site/{}", path.join("/")));
        found.then_some(bytes)
    }

    fn files(&self) -> Files {
        let (_, list) = self.ask("GET", "/site?list-type=2&encoding-type=url");
        let list = String::from_utf8(list).unwrap();
        assert!(list.contains("<IsTruncated>false"), "{list}");
        let names = list.split("<Key>").skip(1).map(|rest| rest.split('<').next().unwrap());
        let names = names.map(|name| percent_decode_str(name).decode_utf8().unwrap().into_owned());
        let sites = names.filter(|name| !name.starts_with(".bashu-"));
        sites.map(|name| (name.clone(), self.get(&name).unwrap())).collect()
    }
}

/// A bucket, and the gate that Bashu reaches it by.
struct Bucket {
    look: Look,
    toll: Toll,
    _server: Server,
}

impl Bucket {
    /// Publishes a site until a request; whether it was killed there, and did not end before.
    fn publish(&self, site: &Site, stop: Stop) -> bool {
        self.toll.set(stop);
        let mut command = site.command(&["--quiet", "--max-deletes", "100%"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        loop {
            if self.toll.holds() {
                child.kill().unwrap();
                child.wait().unwrap();
                self.toll.drop_it();
                return true;
            }
            if child.try_wait().unwrap().is_some() {
                let output = child.wait_with_output().unwrap();
                assert!(output.status.success(), "{stop:?}: {}", String::from_utf8_lossy(&output.stderr));
                return false;
            }
        }
    }
}

fn bucket() -> Option<(Bucket, Twin)> {
    let port = free_port();
    let server = Server::start(
        Command::new(program("moto_server")?).args(["-H", "127.0.0.1", "-p", &port.to_string()]),
        port,
    );
    let toll = Toll::new(port);
    let host = format!(
        "{{s3: {{bucket: site, region: us-east-1, endpoint: \"http://127.0.0.1:{}\"}}, parallel: 1}}",
        toll.port
    );
    let bucket = Bucket { look: Look(port), toll, _server: server };
    bucket.look.empty();
    let mut twin = Twin::new(&host);
    twin.site.set(&[("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret")]);
    Some((bucket, twin))
}

/// Every how manieth request is tried: all of them with `BASHU_KILLS=1`.
fn stride() -> usize {
    std::env::var("BASHU_KILLS").map_or(9, |said| said.parse().unwrap())
}

/// By turns before and after the request: what one leaves behind is mostly what the other does
/// with the next.
fn stop(number: usize) -> Stop {
    if number.is_multiple_of(2) { Stop::Before(number) } else { Stop::After(number) }
}

fn check(bucket: &Bucket, when: &str, from: Option<&Files>, sites: &[&Files]) {
    let get = |path: &str| bucket.look.get(path);
    let reader = Reader { get: &get, sites, moving: false };
    let home = "index.html".to_owned();
    // On a new host readers come in at the front door, once there is one.
    let faults = match from {
        Some(from) => reader.crawl(from.keys().filter(|path| path.ends_with(".html"))).1,
        None if bucket.look.get(&home).is_some() => reader.crawl([home].iter()).1,
        None => Vec::new(),
    };
    assert!(faults.is_empty(), "{when}:\n{}", faults.join("\n"));
}

#[test]
fn a_first_publish_killed_at_each_request_is_completed() {
    let Some((bucket, twin)) = bucket() else { return };
    let [made, others] = &twin.made;
    bucket.publish(twin.turn(0), Stop::Never);
    let requests = bucket.toll.set(Stop::Never);
    assert!(requests > made.len(), "{requests}");
    for number in (1..=requests).step_by(stride()) {
        bucket.look.empty();
        assert!(bucket.publish(twin.turn(0), stop(number)), "{number} of {requests}");
        check(&bucket, &format!("killed at {number}"), None, &[made]);
        // By turns the same site completes it, or one that was edited meanwhile.
        let next = usize::from(number.is_multiple_of(3));
        assert!(!bucket.publish(twin.turn(next), Stop::Never));
        holds(&bucket.look.files(), &twin.made[next], &[made, others]);
        check(&bucket, "completed", Some(&twin.made[next]), &[&twin.made[next]]);
    }
}

#[test]
fn a_publish_killed_at_each_request_breaks_nothing_and_is_completed() {
    let Some((bucket, twin)) = bucket() else { return };
    bucket.publish(twin.turn(0), Stop::Never);
    let (mut live, mut most) = (0, 0);
    // There and back in turn: what completes one is what the next begins with.
    for number in (1..).step_by(stride()) {
        let (old, new) = (live, 1 - live);
        let seen = [&twin.made[old], &twin.made[new]];
        if !bucket.publish(twin.turn(new), stop(number)) {
            break;
        }
        check(&bucket, &format!("killed at {number}"), Some(seen[0]), &seen);
        if number % 4 == 1 {
            bucket.publish(&twin.site, stop(number / 2 + 2));
            check(&bucket, &format!("killed at {number} and again"), Some(seen[0]), &seen);
        }
        live = if number.is_multiple_of(3) { old } else { new };
        assert!(!bucket.publish(twin.turn(live), Stop::Never));
        holds(&bucket.look.files(), &twin.made[live], &seen);
        check(&bucket, "completed", Some(&twin.made[live]), &[&twin.made[live]]);
        most = number;
    }
    assert!(most > 15, "{most} requests are too few for what has changed");
}

#[test]
fn a_reader_who_clicks_on_while_a_site_changes_meets_nothing_broken() {
    let Some((bucket, twin)) = bucket() else { return };
    let sites = [&twin.made[0], &twin.made[1]];
    bucket.publish(twin.turn(0), Stop::Never);
    let (look, over) = (bucket.look, AtomicBool::new(false));
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let get = |path: &str| look.get(path);
            let reader = Reader { get: &get, sites: &sites, moving: true };
            let mut met = 0;
            while !over.load(Ordering::Relaxed) {
                let (count, faults) = reader.crawl(["index.html".to_owned()].iter());
                assert!(faults.is_empty(), "{}", faults.join("\n"));
                met += count;
            }
            met
        });
        bucket.publish(twin.turn(1), Stop::Never);
        over.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0, "nobody looked");
    });
    holds(&bucket.look.files(), sites[1], &[sites[0]]);
}

#[test]
fn a_folder_survives_being_killed_at_any_moment() {
    let root = tempfile::tempdir().unwrap();
    let live = root.path().join("live");
    let twin = Twin::new(&format!("{{folder: {{path: {}}}}}", live.display()));
    published(twin.turn(0));
    let manifest = || std::fs::read(live.join(".bashu-manifest.json")).ok();
    let (mut dice, mut current, mut killed) = (Dice::new(7), 0, 0);
    for round in 0..24 {
        let seen = [&twin.made[current], &twin.made[1 - current]];
        current = 1 - current;
        let before = manifest();
        let mut command = twin.turn(current).command(&[]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // From the moment at which it begins to send.
        while manifest() == before && child.try_wait().unwrap().is_none() {}
        let (begun, wait) = (Instant::now(), Duration::from_micros(dice.below(6_000) as u64));
        while begun.elapsed() < wait {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let get = |path: &str| std::fs::read(live.join(path)).ok();
        let reader = Reader { get: &get, sites: &seen, moving: false };
        let faults = reader.crawl(seen[0].keys().filter(|path| path.ends_with(".html"))).1;
        assert!(faults.is_empty(), "round {round}:\n{}", faults.join("\n"));
        published(&twin.site);
        holds(&tree(&live), seen[1], &seen);
    }
    // The moments were such that something could go wrong.
    assert!(killed > 0);
}
