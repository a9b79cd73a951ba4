//! Open tabs: what each of them shows, and what it is told when that is no longer right.
//!
//! Owns the one connection of each tab, and the words that go over it. A tab says where it is, and
//! mark and place of the page that it shows (`{"at": "/en/", "mark": "…", "id": "", "lang": "en"}`),
//! whenever it connects; so a tab that slept, or that saw the server end and begin again, learns at
//! once what it missed. What it is told is a [`Message`]. A tab that wants to know whether anybody is there
//! says `ping`, and hears `pong`: a browser does not show a page the pings of the protocol.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::ws::{self, WebSocket};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use super::now::{Now, Stage};
use super::tab::{self, Look, Place};

/// How long a tab may take to hear something. One that sleeps must not have an endless list of old
/// pages kept for it: when it wakes it connects anew, and is told what is right then.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a tab is told.
#[derive(Clone, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Message {
    /// The page that you show looks like this now.
    Page {
        /// The whole page, without the preview's own script.
        html: Arc<str>,
        /// Its mark.
        mark: String,
    },
    /// Files that the page that you show refers to are no longer what they were.
    Files {
        /// Their addresses, encoded.
        files: Vec<String>,
    },
    /// The page that you show is no longer there; go to this address.
    Gone {
        /// An address, encoded.
        to: String,
        /// It is the same page.
        moved: bool,
    },
    /// This is wrong with the site, or with the page that you show; nothing, if all is well.
    Faults {
        /// As [`crate::diag::values`] has them; first those of the page that you show.
        faults: Arc<Vec<Value>>,
    },
    /// What readers of the published site would not see.
    Unpublished {
        /// Why this page is not published: `draft`, `waiting`, `expired`; and the day, where there is one.
        here: Option<Value>,
        /// Addresses of such pages, encoded, each with its reason.
        links: Arc<BTreeMap<String, Value>>,
    },
    /// Something changed; for the preview's own pages, which ask again for what they show.
    Changed {
        /// Counts what was shown.
        number: u64,
    },
}

/// What a tab says.
#[derive(Deserialize)]
struct Hello {
    /// The path of its address, encoded as the browser has it.
    at: String,
    /// The mark of the page that it shows; none of pages of the preview's own.
    mark: Option<String>,
    /// The page's place, if it is one of an entry.
    #[serde(flatten)]
    place: Option<Place>,
}

struct Tab {
    at: String,
    mark: Option<String>,
    /// The page that it showed last, by names that outlive an edition.
    place: Option<Place>,
    /// The number of what it was told of last.
    number: u64,
    sender: UnboundedSender<Message>,
}

/// All open tabs.
#[derive(Default)]
pub(super) struct Hub {
    tabs: Mutex<BTreeMap<u64, Tab>>,
    next: AtomicU64,
}

impl Hub {
    fn tabs(&self) -> MutexGuard<'_, BTreeMap<u64, Tab>> {
        // A map is whole between two calls.
        self.tabs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells every tab what is new for it, also of files that changed, by their addresses; returns the
    /// addresses of pages that look different now, each once. For a thread that may wait.
    pub(super) fn refresh(&self, now: &Now, files: &[String]) -> Vec<String> {
        let open: Vec<u64> = self.tabs().keys().copied().collect();
        let told = open.into_iter().filter_map(|tab| self.refresh_tab(tab, now, files));
        let mut told: Vec<String> = told.collect();
        told.sort_unstable();
        told.dedup();
        told
    }

    /// Tells one tab; returns its address if its page looks different now.
    fn refresh_tab(&self, id: u64, now: &Now, files: &[String]) -> Option<String> {
        let (at, mark, place) = {
            let tabs = self.tabs();
            let tab = tabs.get(&id)?;
            (tab.at.clone(), tab.mark.clone(), tab.place.clone())
        };
        let seen = now.press.as_ref().filter(|_| mark.is_some()).and_then(|press| {
            let at = at.clone();
            press.ask_now(move |edition, engine| tab::look(edition, engine, &at, place))
        });
        let mut tabs = self.tabs();
        // It may have gone elsewhere meanwhile, or have been told of something newer.
        let tab = tabs.get_mut(&id).filter(|tab| tab.at == at && tab.number <= now.number)?;
        tab.number = now.number;
        let mut messages = Vec::new();
        let mut changed = false;
        let mut faults = Vec::new();
        let mut own = None;
        match seen {
            None => messages.push(Message::Changed { number: now.number }),
            Some(tab::Seen { look, place, unpublished, file, links }) => {
                tab.place = place.or(tab.place.take());
                own = file;
                match look {
                    Look::Page { html, mark } => {
                        let files = files.iter().filter(|file| html.contains(file.as_str()));
                        let files: Vec<String> = files.cloned().collect();
                        changed = !files.is_empty();
                        if tab.mark.as_ref() != Some(&mark) {
                            changed = true;
                            tab.mark = Some(mark.clone());
                            messages.push(Message::Page { html, mark });
                        }
                        if !files.is_empty() {
                            messages.push(Message::Files { files });
                        }
                    }
                    Look::Gone { to, moved } => {
                        changed = true;
                        messages.push(Message::Gone { to, moved });
                    }
                    Look::Failed(failed) => faults = failed,
                }
                messages.push(Message::Unpublished { here: unpublished, links });
            }
        }
        // What is wrong with the page itself stands first.
        let is_own = |fault: &&Value| own.is_some() && fault["labels"][0]["file"].as_str() == own.as_deref();
        let faults = match faults.is_empty() && !now.faults.iter().any(|fault| is_own(&fault)) {
            true => now.faults.clone(),
            false => {
                let (own, others): (Vec<&Value>, Vec<&Value>) = now.faults.iter().partition(is_own);
                faults.extend(own.into_iter().chain(others).cloned());
                Arc::new(faults)
            }
        };
        messages.push(Message::Faults { faults });
        for message in messages {
            // A tab that is closed is taken out by its own connection.
            let _ = tab.sender.send(message);
        }
        changed.then_some(at)
    }

    /// Talks to one tab until it goes.
    pub(super) async fn talk(self: Arc<Self>, mut socket: WebSocket, stage: Stage) {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (sender, mut messages) = unbounded_channel();
        loop {
            tokio::select! {
                heard = socket.recv() => match heard {
                    Some(Ok(ws::Message::Text(text))) if text.as_str() == "ping" => {
                        if !told(&mut socket, "pong".to_owned()).await {
                            break;
                        }
                    }
                    Some(Ok(ws::Message::Text(text))) => {
                        let Ok(Hello { at, mark, place }) = serde_json::from_str(&text) else { continue };
                        let tab = Tab { at, mark, place, number: 0, sender: sender.clone() };
                        self.tabs().insert(id, tab);
                        let (hub, stage) = (self.clone(), stage.clone());
                        // Beside this, which goes on answering while the first edition is made.
                        tokio::spawn(async move {
                            let now = stage.first().await;
                            tokio::task::spawn_blocking(move || hub.refresh_tab(id, &now, &[]));
                        });
                    }
                    Some(Ok(_)) => {}
                    None | Some(Err(_)) => break,
                },
                Some(message) = messages.recv() => {
                    let Ok(text) = serde_json::to_string(&message) else { continue };
                    if !told(&mut socket, text).await {
                        break;
                    }
                }
            }
        }
        self.tabs().remove(&id);
    }
}

/// Whether a tab could be told something, in time.
async fn told(socket: &mut WebSocket, text: String) -> bool {
    matches!(timeout(PATIENCE, socket.send(ws::Message::text(text))).await, Ok(Ok(())))
}
