//! `bashu serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use super::Status;
use super::build::today;
use super::console::Console;
use crate::serve::{self, Event, Settings};

#[derive(Args)]
pub(super) struct Arguments {
    /// The port [default: 8080, or the next one that is free]
    #[arg(long, short, value_name = "PORT")]
    port: Option<u16>,
    /// The address to listen at; others than this machine's own can be reached from other machines
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
}

pub(super) fn run(arguments: &Arguments, site: &Path, console: Console) -> Status {
    let settings = Settings {
        site: site.to_path_buf(),
        host: arguments.host,
        port: arguments.port,
        names: Vec::new(),
        editor: None,
        poll: false,
        today,
    };
    let console = Arc::new(console);
    let teller = console.clone();
    let listener = move |event: Event<'_>| tell(&teller, event);
    match serve::run(settings, Arc::new(listener)) {
        Ok(()) => Status::Done,
        Err(refused) => {
            console.fault(&refused.message, &refused.help);
            Status::Usage
        }
    }
}

fn tell(console: &Console, event: Event<'_>) {
    match event {
        Event::Ready { url, .. } => console.out(&format!("{url}\n")),
        Event::Opened { pages, took } => {
            console.out(&format!("{pages} pages; {:.0} ms\n", took.as_secs_f64() * 1000.0))
        }
        Event::Changed { files, pages, took } => {
            let files: Vec<&str> = files.iter().map(|f| f.as_str()).collect();
            let ms = took.as_secs_f64() * 1000.0;
            console.out(&format!("{} → {}; {ms:.0} ms\n", files.join(", "), pages.join(", ")));
        }
        Event::Faults { diagnostics, text } => console.report(diagnostics, text, None),
        Event::Note(note) => console.note(note),
    }
}
