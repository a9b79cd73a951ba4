//! The preview: the site in a browser while it is written.
//!
//! Owns what happens between a file that is saved and a page that shows it: watching, editions one
//! after the other, answers to a browser, and what open tabs are told. Pages come from the same
//! stages as those of a build (`build::Edition`) and are rendered when they are asked for. It never
//! writes a file of the site and never prints: what is worth telling goes to whoever called.
//!
//! Threads that hand on to one another. The *watcher* hears of files and gathers what belongs
//! together ([`watch`]). The *workshop* proves the words that changed, and beside that makes an
//! edition ([`workshop`]). The *press* owns the edition that is shown, and renders ([`press`]). The *server*
//! answers browsers ([`http`], [`pages`]) and holds their tabs ([`live`]).

mod address;
mod assets;
mod desk;
mod editor;
mod guard;
mod http;
mod inject;
mod listen;
mod live;
mod now;
mod overview;
mod pages;
mod pair;
mod passage;
mod press;
mod remarks;
mod respond;
mod tab;
mod watch;
mod workshop;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::base::{ContentPath, PartialDate};
use crate::diag::Diagnostics;

pub use editor::Editor;

/// What a preview is told.
pub struct Settings {
    /// The site's folder.
    pub site: PathBuf,
    /// The address to listen at.
    pub host: IpAddr,
    /// The port; `None` for 8080 or the next free one.
    pub port: Option<u16>,
    /// Names of hosts that browsers may call the preview by, beside its addresses and `localhost`.
    pub names: Vec<String>,
    /// The editor that links in messages open files in.
    pub editor: Option<Editor>,
    /// Whether to look at all files again and again instead of waiting to hear of changes.
    pub poll: bool,
    /// Today's date, asked for once an edition: a preview may run for days.
    pub today: fn() -> PartialDate,
}

/// What is worth telling whoever runs the preview.
pub enum Event<'e> {
    /// The server answers now.
    Ready {
        /// The address of the home page.
        url: &'e str,
        /// Further addresses at which it can be reached from other machines.
        elsewhere: &'e [SocketAddr],
        /// The port that was asked for by default is taken.
        moved: bool,
    },
    /// The site was read for the first time.
    Opened {
        /// Pages of the site.
        pages: usize,
        /// From the beginning until now.
        took: Duration,
    },
    /// Files changed, and what open tabs show is up to date again.
    Changed {
        /// The files, in order.
        files: &'e [ContentPath],
        /// The addresses of the open pages that look different now.
        pages: &'e [String],
        /// From the first change until the last tab was told.
        took: Duration,
    },
    /// What is wrong with the site now; told when it changed, and empty when all is mended.
    Faults {
        /// The messages.
        diagnostics: &'e Diagnostics,
        /// The texts that they point into.
        text: &'e dyn Fn(&ContentPath) -> Option<String>,
    },
    /// What is worth knowing and no fault.
    Note(&'e str),
}

/// Hears of events, from any thread.
pub type Listener = Arc<dyn Fn(Event<'_>) + Send + Sync>;

/// Why there is no preview.
#[derive(Debug)]
pub struct Refused {
    /// What happened.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Runs a preview until the program is ended.
pub fn run(settings: Settings, listener: Listener) -> Result<(), Refused> {
    http::run(settings, listener)
}
