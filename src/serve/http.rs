//! The server: which request goes where.
//!
//! Owns the addresses below `/_bashu/`, which are the preview's own; all others are those of the
//! site ([`pages`]). Nothing is answered that has not passed the guard.

use std::net::SocketAddr;
use std::path;
use std::sync::{Arc, mpsc};
use std::thread;

use axum::extract::{ConnectInfo, Path, State, WebSocketUpgrade};
use axum::http::header::HeaderMap;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use axum::{Json, Router, middleware};
use serde::Deserialize;
use serde_json::json;

use super::desk::{self, Desk};
use super::guard::{Names, guard};
use super::listen::{Listening, listen};
use super::live::Hub;
use super::now::Stage;
use super::respond::{self, Content};
use super::workshop::Workshop;
use super::{Event, Listener, Refused, Settings, assets, pages, watch};
use crate::base::ContentPath;
use crate::diag::Diagnostics;
use crate::plan::media_type;
use crate::source::Source;

/// What every request may use.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) settings: Arc<Settings>,
    pub(super) stage: Stage,
    pub(super) hub: Arc<Hub>,
    pub(super) desk: Arc<Desk>,
    listener: Listener,
}

/// Listens, starts the other threads, and answers until the program is interrupted.
pub(super) fn run(settings: Settings, listener: Listener) -> Result<(), Refused> {
    let refused = |what: &str, error: std::io::Error| Refused {
        message: format!("{what}: {error}"),
        help: "try again; if it stays like that, restart this machine".to_owned(),
    };
    let runtime = tokio::runtime::Runtime::new().map_err(|e| refused("the server cannot start", e))?;
    let ended = runtime.block_on(async {
        let Listening { socket, origin, elsewhere, moved } = listen(settings.host, settings.port).await?;
        let settings = Arc::new(settings);
        let names = Arc::new(Names::new(&settings.names, settings.host));
        let (stage, hub) = (Stage::new(), Arc::new(Hub::default()));
        let (sender, batches) = mpsc::channel();
        let _watcher = watch::watch(&settings, sender, listener.clone());
        let workshop = Workshop {
            settings: settings.clone(),
            origin: origin.clone(),
            stage: stage.clone(),
            hub: hub.clone(),
            listener: listener.clone(),
        };
        thread::spawn(move || workshop.run(batches));
        listener(Event::Ready { url: &format!("{origin}/"), elsewhere: &elsewhere, moved });
        let routes = routes().with_state(Server {
            settings,
            stage,
            hub,
            desk: Arc::default(),
            listener: listener.clone(),
        });
        // All routes are behind one that has the guard, so that none can be without it.
        let router =
            Router::new().fallback_service(routes).layer(middleware::from_fn_with_state(names, guard));
        // What tabs are told is short, and is not to wait for more.
        let socket = socket.tap_io(|stream| drop(stream.set_nodelay(true)));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::select! {
            ended = axum::serve(socket, service) => ended.map_err(|e| refused("the server ended", e)),
            // Where nobody can interrupt, it goes on.
            Ok(()) = tokio::signal::ctrl_c() => Ok(()),
        }
    });
    runtime.shutdown_background();
    ended
}

fn routes() -> Router<Server> {
    Router::new()
        .route("/_bashu/assets/{*name}", get(own_asset))
        .route("/_bashu/live", get(live))
        .route("/_bashu/config", get(config))
        .route("/_bashu/open", post(open))
        .merge(desk::routes())
        .fallback(get(pages::page))
}

async fn own_asset(Path(name): Path<String>, method: Method, headers: HeaderMap) -> Response {
    match assets::asset(&name) {
        Some(bytes) => {
            respond::found(&method, &headers, &media_type(&name), Content::Bytes(bytes.to_vec())).await
        }
        None => respond::text(StatusCode::NOT_FOUND, "There is nothing at this address.\n"),
    }
}

/// More than a tab has to say: no address is longer.
const HELLO: usize = 1 << 16;

async fn live(State(server): State<Server>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.max_message_size(HELLO).on_upgrade(move |socket| server.hub.talk(socket, server.stage))
}

/// Whether someone may open files: only who sits at the machine on which the editor would appear.
fn may_open(server: &Server, peer: SocketAddr) -> bool {
    let ip = peer.ip().to_canonical();
    (ip.is_loopback() || ip == server.settings.host)
        && server.settings.editor.as_ref().is_some_and(|e| e.opens())
}

async fn config(State(server): State<Server>, ConnectInfo(peer): ConnectInfo<SocketAddr>) -> Response {
    Json(json!({ "editor": may_open(&server, peer) })).into_response()
}

/// A place in a file, as messages have it.
#[derive(Deserialize)]
struct Place {
    file: String,
    line: Option<u32>,
    column: Option<u32>,
}

async fn open(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Json(place): Json<Place>,
) -> Response {
    if !may_open(&server, peer) {
        return respond::text(StatusCode::FORBIDDEN, "There is no editor that could be opened for you.\n");
    }
    let opened = tokio::task::spawn_blocking(move || open_now(&server, &place)).await;
    match opened {
        Ok(Ok(())) => StatusCode::NO_CONTENT.into_response(),
        Ok(Err((status, why))) => respond::text(status, &format!("{why}\n")),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn open_now(server: &Server, place: &Place) -> Result<(), (StatusCode, String)> {
    let Settings { site, editor, .. } = &*server.settings;
    let failed = |why| (StatusCode::INTERNAL_SERVER_ERROR, why);
    // What is no file of the site is not opened, wherever it is.
    let file = ContentPath::new(place.file.as_str());
    if !Source::disk(site).list(&mut Diagnostics::new()).contains(&file) {
        return Err((StatusCode::NOT_FOUND, format!("The site has no file {file}.")));
    }
    let full = path::absolute(site.join(file.as_str())).map_err(|error| failed(error.to_string()))?;
    let editor = editor.as_ref().ok_or_else(|| failed("There is no editor.".to_owned()))?;
    let (line, column) = (place.line.unwrap_or(1).max(1), place.column.unwrap_or(1).max(1));
    let listener = server.listener.clone();
    editor.open(&full, line, column, move |note| listener(Event::Note(note))).map_err(|why| {
        (server.listener)(Event::Note(&why));
        failed(why)
    })
}
