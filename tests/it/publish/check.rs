//! `--check`: a visit to the published site, which a small server of the tests' own shows.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::site::Site;

/// What the server does otherwise than a good one.
#[derive(Default)]
struct Manners {
    /// Answers in the place of what is on disk, by path.
    instead: BTreeMap<String, Vec<u8>>,
    /// What is not there is answered with status 200.
    never_missing: bool,
    /// What pages are said to be.
    html: Option<&'static str>,
    /// Redirects by their own status, from path to path.
    moved: BTreeMap<String, String>,
    /// The paths that were asked for.
    asked: Vec<String>,
}

struct Server {
    port: u16,
    manners: Arc<Mutex<Manners>>,
}

impl Server {
    /// Shows a folder until the test ends.
    fn new(root: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let manners = Arc::new(Mutex::new(Manners::default()));
        let shared = manners.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (root, manners) = (root.clone(), shared.clone());
                std::thread::spawn(move || answer(stream, &root, &manners));
            }
        });
        Self { port, manners }
    }

    fn set(&self, change: impl FnOnce(&mut Manners)) {
        change(&mut self.manners.lock().unwrap());
    }
}

fn answer(stream: TcpStream, root: &std::path::Path, manners: &Mutex<Manners>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut stream = stream;
    while let Some(Ok(first)) = lines.next() {
        while lines.next().is_some_and(|line| !line.unwrap_or_default().is_empty()) {}
        let path = first.split(' ').nth(1).unwrap().to_owned();
        let mut manners = manners.lock().unwrap();
        manners.asked.push(path.clone());
        let decoded = percent_encoding::percent_decode_str(&path).decode_utf8().unwrap().into_owned();
        let file = root.join(decoded.trim_start_matches('/'));
        let file = if path.ends_with('/') { file.join("index.html") } else { file };
        let found = manners.instead.get(&path).cloned().or_else(|| fs::read(&file).ok());
        let (status, location) = match (&found, manners.moved.get(&path)) {
            (_, Some(to)) => (301, format!("Location: {to}\r\n")),
            (None, _) if !manners.never_missing => (404, String::new()),
            _ => (200, String::new()),
        };
        let body = found.or_else(|| fs::read(root.join("404.html")).ok()).unwrap_or_default();
        let kind = match file.extension().and_then(|e| e.to_str()) {
            Some("html") | None => manners.html.unwrap_or("text/html; charset=utf-8"),
            Some("css") => "text/css",
            Some("js") => "application/javascript",
            Some("xml") => "application/xml",
            Some("json") => "application/json",
            Some("csv") => "text/csv",
            Some("svg") => "image/svg+xml",
            _ => "text/plain",
        };
        let head = format!(
            "HTTP/1.1 {status} x\r\nContent-Type: {kind}\r\n{location}Content-Length: {}\r\n\r\n",
            body.len()
        );
        if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).is_err() {
            return;
        }
    }
}

#[test]
fn a_visit_sees_what_readers_would() {
    let to = TempDir::new().unwrap();
    let server = Server::new(to.path().join("site"));
    let base_url = format!("http://127.0.0.1:{}/", server.port);
    let site =
        Site::new(&format!("{{folder: {{path: {}/site}}, base_url: \"{base_url}\"}}", to.path().display()));
    let bees = |text: &str| {
        let front = "title: Bees\ndate: 2023-12-01\naliases: [/old/bees/]";
        site.write("content/notes/bees.en.md", &format!("---\n{front}\n---\n{text}\n"));
    };
    bees("They hum.");
    for number in 0..40 {
        site.write(&format!("static/many/{number}.html"), "<p>many");
    }
    let run = site.publish(&["--check"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("checked: 20 pages are as they were published\n"), "{}", run.out);
    let asked = server.manners.lock().unwrap().asked.clone();
    assert_eq!(asked.len(), 20, "{asked:?}");
    let fit = |wanted: &dyn Fn(&str) -> bool| asked.iter().any(|path| wanted(path));
    assert!(
        fit(&|p| p == "/") && fit(&|p| p == "/en/") && fit(&|p| p == "/zh/") && fit(&|p| p == "/old/bees/")
    );
    assert!(fit(&|p| p.ends_with(".css")) && fit(&|p| p.ends_with("feed.xml")), "{asked:?}");

    let one_fault = |change: &dyn Fn(&mut Manners), said: &[&str]| {
        server.set(|manners| change(manners));
        let run = site.publish(&["--check=0"]);
        server.set(|manners| *manners = Manners::default());
        assert_eq!(run.status, 1, "{said:?}: {}{}", run.out, run.err);
        for said in said {
            assert!(run.err.contains(said), "{said}: {}", run.err);
        }
    };
    // A cache that still has the old page, which changed pages are the first to be asked for.
    let old = fs::read(to.path().join("site/en/notes/bees/index.html")).unwrap();
    bees("They hum, and dance.");
    one_fault(
        &|manners| drop(manners.instead.insert("/en/notes/bees/".to_owned(), old.clone())),
        &[
            "error[not-as-published]",
            "/en/notes/bees/: it is another page than was published, or an older one",
        ],
    );
    one_fault(&|manners| manners.never_missing = true, &["must answer with status 404, and this with 200"]);
    one_fault(
        &|manners| manners.html = Some("text/plain"),
        &["its type is `text/plain` instead of `text/html"],
    );
    one_fault(
        &|manners| drop(manners.moved.insert("/old/bees/".to_owned(), "/zh/".to_owned())),
        &["/old/bees/: it should lead to ", "/en/notes/bees/, and leads to "],
    );
    server.set(|manners| drop(manners.moved.insert("/old/bees/".to_owned(), "/en/notes/bees/".to_owned())));
    assert_eq!(site.publish(&["--check=0"]).status, 0);

    // A deleted page that is still answered.
    site.remove("content/notes/wasps.en.md");
    site.remove("content/notes/wasps.zh.md");
    one_fault(
        &|manners| drop(manners.instead.insert("/en/notes/wasps/".to_owned(), b"wasps".to_vec())),
        &["/en/notes/wasps/: it was deleted, and still answers with status 200"],
    );

    // What is late is asked for again.
    bees("They hum, dance and sting.");
    let old = fs::read(to.path().join("site/en/notes/bees/index.html")).unwrap();
    server.set(|manners| drop(manners.instead.insert("/en/notes/bees/".to_owned(), old)));
    let run = std::thread::scope(|scope| {
        let run = scope.spawn(|| site.publish(&["--check"]));
        while !server.manners.lock().unwrap().asked.iter().any(|path| path == "/en/notes/bees/") {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        server.set(|manners| *manners = Manners::default());
        run.join().unwrap()
    });
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert!(run.err.contains("not yet as published; asking again"), "{}", run.err);
}

#[test]
fn a_site_that_nobody_shows_is_told() {
    let to = TempDir::new().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let yaml =
        format!("{{folder: {{path: {}/site}}, base_url: \"http://127.0.0.1:{port}/\"}}", to.path().display());
    let run = Site::new(&yaml).publish(&["--check=0"]);
    assert_eq!(run.status, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("published to live"), "{}", run.out);
    assert!(run.err.contains("no answer: "), "{}", run.err);
}
