//! `bashu serve`: a preview, and what the terminal says of it.

use std::env;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use clap::Args;
use percent_encoding::percent_decode_str;
use serde_json::json;

use super::Status;
use super::build::today;
use super::console::Console;
use crate::base::ContentPath;
use crate::config;
use crate::diag::{Report, values};
use crate::serve::{self, Editor, Event, Refused, Settings};

#[derive(Args)]
pub(super) struct Arguments {
    /// The port; 0 for any that is free [default: 8080, or the next one that is free]
    #[arg(long, short, value_name = "PORT")]
    port: Option<u16>,
    /// The address to listen at; with others than this machine's own, everyone in the network can read the preview
    #[arg(long, value_name = "ADDRESS", value_parser = host, default_value = "127.0.0.1")]
    host: IpAddr,
    /// A name that browsers may call the preview by, beside localhost and addresses in numbers
    #[arg(long, value_name = "NAME", value_parser = name)]
    allow_host: Vec<String>,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// The editor that links in messages open, as in `code` or `kitty vim +{line} {file}` [default: $VISUAL, $EDITOR]
    #[arg(long, value_name = "COMMAND")]
    editor: Option<String>,
    /// Look for changes every now and then, where the system does not tell of them
    #[arg(long)]
    poll: bool,
}

fn host(text: &str) -> Result<IpAddr, String> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().map_err(|_| {
        "write an address in numbers, as in 127.0.0.1, ::1, or 0.0.0.0 for all of this machine".to_owned()
    })
}

/// A name as browsers send it.
fn name(text: &str) -> Result<String, String> {
    let host = url::Host::parse(text).map(|host| host.to_string());
    host.map_err(|_| "write a name alone, without port or slash, as in preview.example".to_owned())
}

pub(super) fn run(arguments: &Arguments, site: &Path, console: Console) -> Status {
    if !site.join(config::FILE_NAME).is_file() {
        console.fault(
            &format!("there is no site.yaml in {}", site.display()),
            "go to the site's folder, name it with `--site DIR`, or make one with `bashu init DIR`",
        );
        return Status::Usage;
    }
    let editor = match &arguments.editor {
        Some(command) => {
            let editor = Editor::new(command);
            if editor.as_ref().is_none_or(|editor| !editor.opens()) {
                console.note(&format!("`{command}` cannot be opened from a browser; messages have no links"));
            }
            editor
        }
        None => {
            ["VISUAL", "EDITOR"].iter().filter_map(|name| env::var(name).ok()).find_map(|c| Editor::new(&c))
        }
    };
    let settings = Settings {
        site: site.to_path_buf(),
        host: arguments.host,
        port: arguments.port,
        names: arguments.allow_host.clone(),
        editor,
        poll: arguments.poll,
        today,
    };
    console.detail("drafts and articles of days to come are shown as well; nothing is written to output/");
    let teller = Arc::new(Teller { console, open: arguments.open, last: Mutex::default() });
    let told = teller.clone();
    match serve::run(settings, Arc::new(move |event: Event<'_>| told.tell(event))) {
        Ok(()) => Status::Done,
        Err(Refused { message, help }) => {
            teller.console.fault(&message, &help);
            Status::Usage
        }
    }
}

/// Says what happens.
struct Teller {
    console: Console,
    /// Whether a browser is to be opened.
    open: bool,
    /// The last note, if nothing was said after it.
    last: Mutex<Option<String>>,
}

impl Teller {
    fn tell(self: &Arc<Self>, event: Event<'_>) {
        let note = if let Event::Note(note) = event { Some(note.to_owned()) } else { None };
        let before = {
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *last, note.clone())
        };
        if note.is_some() && note == before {
            return;
        }
        let console = &self.console;
        match event {
            Event::Ready { url, elsewhere, moved } => self.ready(url, elsewhere, moved),
            Event::Opened { pages, took } => {
                let line = match pages {
                    0 => "nothing can be shown before the errors are mended".to_owned(),
                    pages => format!("{} in {}", counted(pages, "page", "pages"), time(took)),
                };
                console.done(
                    &line,
                    &json!({ "event": "opened", "pages": pages, "seconds": took.as_secs_f64() }),
                );
            }
            // Something was touched, and is as it was.
            Event::Changed { files: [], pages: [], .. } if !console.is_for_programs() => {}
            Event::Changed { files, pages, took } => {
                let files: Vec<&str> = files.iter().map(ContentPath::as_str).collect();
                let now = jiff::ZonedDateTime::now();
                let line = format!("{}  {}", now.strftime("%H:%M:%S"), change(&files, pages, took));
                let data = json!({
                    "event": "changed", "files": files, "pages": pages, "seconds": took.as_secs_f64(),
                });
                console.done(&line, &data);
            }
            Event::Faults { diagnostics, text } => {
                if console.is_for_programs() {
                    let faults = values(&Report { diagnostics, text });
                    console.done("", &json!({ "event": "faults", "faults": faults }));
                } else if diagnostics.is_empty() {
                    console.done("all is well again", &json!({}));
                } else {
                    console.report(diagnostics, text, None);
                }
            }
            Event::Note(note) if console.is_for_programs() => {
                console.done("", &json!({ "event": "note", "message": note }));
            }
            Event::Note(note) => console.note(note),
        }
    }

    fn ready(self: &Arc<Self>, url: &str, elsewhere: &[SocketAddr], moved: bool) {
        let console = &self.console;
        let elsewhere: Vec<String> = elsewhere.iter().map(|at| format!("http://{at}/")).collect();
        let taken = if moved { "  (8080 is taken)" } else { "" };
        let lines = format!("the site      {}{taken}\nall articles  {url}_bashu/", console.bold(url));
        let data = json!({
            "event": "ready", "url": url, "desk": format!("{url}_bashu/"), "elsewhere": elsewhere, "moved": moved,
        });
        console.done(&lines, &data);
        if !elsewhere.is_empty() {
            console.warn(&format!(
                "everyone in your network can read this preview, and with it all drafts, at {}",
                elsewhere.join(", ")
            ));
        }
        if self.open {
            // Some browsers come back only when they are closed.
            let (teller, url) = (self.clone(), url.to_owned());
            thread::spawn(move || {
                if let Err(error) = opener::open_browser(&url) {
                    teller.tell(Event::Note(&format!("no browser could be opened: {error}")));
                }
            });
        }
    }
}

/// What changed, and what it came to.
fn change(files: &[&str], pages: &[String], took: Duration) -> String {
    let pages: Vec<_> = pages.iter().map(|page| percent_decode_str(page).decode_utf8_lossy()).collect();
    let pages: Vec<&str> = pages.iter().map(|page| &**page).collect();
    // A day may have begun, and with it an article.
    let files = named(files, "files").unwrap_or_else(|| "the site".to_owned());
    let pages = named(&pages, "pages").unwrap_or_else(|| "no open page changed".to_owned());
    format!("{files} → {pages}  {}", time(took))
}

/// Up to three by name, more by their number; `None` of none.
fn named(names: &[&str], many: &str) -> Option<String> {
    match names.len() {
        0 => None,
        1..=3 => Some(names.join(", ")),
        n => Some(format!("{n} {many}")),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A time as people say it.
fn time(took: Duration) -> String {
    match took.as_secs_f64() {
        short if short < 1.0 => format!("{:.0} ms", short * 1000.0),
        long => format!("{long:.2} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_one_line() {
        let page = |path: &str| path.to_owned();
        let ms = Duration::from_micros(83_400);
        for (files, pages, took, expected) in [
            (&["content/a.en.md"][..], vec![page("/en/a/")], ms, "content/a.en.md → /en/a/  83 ms"),
            (&["a", "b", "c"], vec![page("/zh/%E8%9A%82/")], ms, "a, b, c → /zh/蚂/  83 ms"),
            (
                &["a", "b", "c", "d"],
                Vec::new(),
                Duration::from_millis(1_250),
                "4 files → no open page changed  1.25 s",
            ),
            (&[], vec![page("/"), page("/a"), page("/b"), page("/c")], ms, "the site → 4 pages  83 ms"),
        ] {
            assert_eq!(change(files, &pages, took), expected);
        }
    }

    #[test]
    fn hosts_and_names_are_read_as_people_write_them() {
        for (text, expected) in [
            ("localhost", Some("127.0.0.1")),
            ("::", Some("::")),
            ("[::1]", Some("::1")),
            ("0.0.0.0", Some("0.0.0.0")),
            ("0", None),
            ("127.0.0.1:80", None),
            ("", None),
        ] {
            assert_eq!(host(text).ok().map(|ip| ip.to_string()).as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            ("Preview.Example", Some("preview.example")),
            ("蚂蚁.example", Some("xn--f91ab.example")),
            ("a.example:80", None),
            ("http://a.example/", None),
            ("", None),
        ] {
            assert_eq!(name(text).ok().as_deref(), expected, "{text}");
        }
    }
}
