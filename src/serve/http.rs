//! The server: which request goes where.
//!
//! Owns the addresses below `/_bashu/`, which no site can have, and the way from a request to the
//! press.

use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread;

use axum::Router;
use axum::extract::{Path, State, WebSocketUpgrade};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;

use super::address::{self, Address};
use super::desk::{self, Desk};
use super::live::Hub;
use super::now::Stage;
use super::workshop::Workshop;
use super::{Event, Listener, Refused, Settings, assets, inject, watch};
use crate::base::UrlPath;
use crate::build::Piece;

/// What every request may use.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) settings: Arc<Settings>,
    pub(super) stage: Stage,
    pub(super) hub: Arc<Hub>,
    pub(super) desk: Arc<Desk>,
}

/// Listens, starts the other threads, and answers until the program is ended.
pub(super) fn run(settings: Settings, listener: Listener) -> Result<(), Refused> {
    let refused = |what: &str, error: std::io::Error| Refused {
        message: format!("{what}: {error}"),
        help: "choose another port with `--port`".to_owned(),
    };
    let runtime = tokio::runtime::Runtime::new().map_err(|e| refused("the server cannot start", e))?;
    runtime.block_on(async {
        let at = SocketAddr::new(settings.host, settings.port.unwrap_or(8080));
        let socket = tokio::net::TcpListener::bind(at).await.map_err(|e| refused("cannot listen", e))?;
        let at = socket.local_addr().map_err(|e| refused("cannot listen", e))?;
        let origin = format!("http://{at}");
        let settings = Arc::new(settings);
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
        thread::spawn(move || workshop.run(&batches));
        listener(Event::Ready { url: &format!("{origin}/"), elsewhere: &[], moved: false });
        let router = Router::new()
            .route("/_bashu/assets/{name}", get(own_asset))
            .route("/_bashu/live", get(live))
            .merge(desk::routes())
            .fallback(get(page))
            .with_state(Server { settings, stage, hub, desk: Arc::default() });
        axum::serve(socket, router).await.map_err(|e| refused("the server ended", e))
    })
}

async fn own_asset(Path(name): Path<String>) -> Response {
    match assets::asset(&name) {
        Some(bytes) if name.ends_with(".css") => ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], bytes).into_response(),
        Some(bytes) => ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn live(State(server): State<Server>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| server.hub.talk(socket, server.stage))
}

/// What an address of the site has.
enum Found {
    Page(StatusCode, Vec<u8>),
    Piece(Piece),
    Elsewhere(String),
    Nothing,
}

async fn page(State(server): State<Server>, uri: Uri) -> Response {
    let path = percent_decode_str(uri.path()).decode_utf8_lossy().into_owned();
    let now = server.stage.first().await;
    let Some(press) = &now.press else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let found = press
        .ask(move |edition, engine| {
            let (status, route) = match address::find(edition, &path) {
                Address::Here(route) => (StatusCode::OK, route),
                Address::Elsewhere(to) => return Found::Elsewhere(UrlPath::new(to).encoded().into_owned()),
                Address::Nowhere(Some(route)) => (StatusCode::NOT_FOUND, route),
                Address::Nowhere(None) => return Found::Nothing,
            };
            match edition.piece(engine, route) {
                Ok(Piece::Made(bytes)) if inject::is_live(&route.what) => {
                    Found::Page(status, inject::with_script(&bytes, &inject::mark(&bytes)))
                }
                Ok(piece) => Found::Piece(piece),
                Err(_) => Found::Nothing,
            }
        })
        .await
        .unwrap_or(Found::Nothing);
    match found {
        Found::Page(status, html) => {
            (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
        }
        Found::Piece(Piece::Made(bytes)) => bytes.into_response(),
        Found::Piece(Piece::File(_)) | Found::Nothing => StatusCode::NOT_FOUND.into_response(),
        Found::Elsewhere(to) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response(),
    }
}
