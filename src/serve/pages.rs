//! The site's own addresses: from a request to a page or file of the edition that is shown.
//!
//! Owns what is said where there is nothing to show: no such address, a page that cannot be
//! rendered, a site of which nothing is known yet. Only routes of the plan are ever looked up, so
//! that no address leads out of the site.

use axum::extract::State;
use axum::http::header::{self, HeaderMap};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::address::{self, Address};
use super::http::Server;
use super::inject;
use super::respond::{self, Content};
use super::tab::{self, Place};
use crate::base::{ContentPath, OutputPath, UrlPath, escape_html};
use crate::build::{Edition, Exposure, Piece};
use crate::plan::media_type;
use crate::render::Engine;
use crate::source::Source;

const HTML: &str = "text/html; charset=utf-8";

/// What an address of the site has.
enum Found {
    /// A page that keeps itself up to date.
    Page(StatusCode, Vec<u8>),
    Made(OutputPath, Vec<u8>),
    File(OutputPath, Source, ContentPath),
    Picture(OutputPath, Exposure),
    Elsewhere(String),
    Nothing,
    /// A page or another file, and what is wrong with it.
    Failed(bool, Vec<Value>),
}

/// Answers a request for anything that is not the preview's own.
pub(super) async fn page(
    State(server): State<Server>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(path) = decoded(uri.path()) else {
        return respond::text(StatusCode::BAD_REQUEST, "This address is not one of text in UTF-8.\n");
    };
    let now = server.stage.first().await;
    let Some(press) = &now.press else {
        return fault(StatusCode::SERVICE_UNAVAILABLE, "This site cannot be shown yet", &now.faults);
    };
    let found = press.ask(move |edition, engine| find(edition, engine, &path)).await;
    let Some(found) = found else {
        return fault(StatusCode::INTERNAL_SERVER_ERROR, "A fault of Bashu is in the way of this page", &[]);
    };
    match found {
        Found::Page(StatusCode::OK, html) => {
            respond::found(&method, &headers, HTML, Content::Bytes(html)).await
        }
        Found::Page(status, html) => respond::page(status, html),
        Found::Made(output, bytes) => {
            respond::found(&method, &headers, &media_type(output.as_str()), Content::Bytes(bytes)).await
        }
        Found::File(output, source, file) => {
            match tokio::task::spawn_blocking(move || source.open(&file)).await {
                Ok(Ok(opened)) => {
                    respond::found(&method, &headers, &media_type(output.as_str()), opened.into()).await
                }
                // It is gone, and the next edition knows.
                _ => nothing(),
            }
        }
        Found::Picture(output, picture) => {
            // Others need not wait until it is made.
            match tokio::task::spawn_blocking(move || picture.bytes()).await {
                Ok(Ok(bytes)) => {
                    respond::found(&method, &headers, &media_type(output.as_str()), Content::Bytes(bytes))
                        .await
                }
                Ok(Err(fault)) => {
                    respond::text(StatusCode::INTERNAL_SERVER_ERROR, &format!("{}\n", fault.message))
                }
                Err(_) => nothing(),
            }
        }
        Found::Elsewhere(mut to) => {
            if let Some(query) = uri.query() {
                to = format!("{to}?{query}");
            }
            (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response()
        }
        Found::Nothing => nothing(),
        Found::Failed(live, faults) => {
            let faults: Vec<Value> = now.faults.iter().cloned().chain(faults).collect();
            match live {
                true => {
                    fault(StatusCode::INTERNAL_SERVER_ERROR, "This page cannot be shown as it is", &faults)
                }
                false => respond::text(StatusCode::INTERNAL_SERVER_ERROR, &shown(&faults)),
            }
        }
    }
}

/// The path of a request as text. `None` if it is none, or if a slash hides in one of its names,
/// where no host would look for one.
fn decoded(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let slashes = |path: &str| path.bytes().filter(|&byte| byte == b'/').count();
    (slashes(path) == slashes(&decoded)).then(|| decoded.into_owned())
}

fn find(edition: &Edition, engine: &Engine<'_>, path: &str) -> Found {
    let (status, route) = match address::find(edition, path) {
        Address::Here(route) => (StatusCode::OK, route),
        Address::Elsewhere(to) => return Found::Elsewhere(UrlPath::new(to).encoded().into_owned()),
        Address::Nowhere(Some(route)) => (StatusCode::NOT_FOUND, route),
        Address::Nowhere(None) => return Found::Nothing,
    };
    let live = inject::is_live(&route.what);
    match edition.piece(engine, route) {
        Ok(Piece::Made(html)) if live => {
            let place = Place::of(edition, route);
            Found::Page(status, inject::with_script(&html, &inject::mark(&html), place.as_ref()))
        }
        Ok(Piece::Made(bytes)) => Found::Made(route.output.clone(), bytes),
        Ok(Piece::Picture(picture)) => Found::Picture(route.output.clone(), picture),
        Ok(Piece::File(file)) => Found::File(route.output.clone(), edition.source().clone(), file),
        Err(faults) => Found::Failed(live, tab::values_of(edition, faults)),
    }
}

fn nothing() -> Response {
    respond::text(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
}

/// A page in place of one that cannot be shown. The script in it shows what is wrong, and puts the
/// page there once it is mended.
fn fault(status: StatusCode, title: &str, faults: &[Value]) -> Response {
    let shown = shown(faults);
    let html = format!(
        "<!DOCTYPE html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <link rel=\"stylesheet\" href=\"/_bashu/assets/fault.css\">\n\
         </head>\n\
         <body>\n\
         <h1>{title}</h1>\n\
         <p>It appears by itself once what is wrong is mended.</p>\n\
         <noscript><pre>{}</pre></noscript>\n\
         </body>\n\
         </html>\n",
        escape_html(&shown)
    );
    let html = html.as_bytes();
    respond::page(status, inject::with_script(html, &inject::mark(html), None))
}

/// What is wrong, as the terminal has it.
fn shown(faults: &[Value]) -> String {
    faults.iter().filter_map(|fault| fault["shown"].as_str()).map(|text| format!("{text}\n\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_text_without_hidden_slashes() {
        for (path, expected) in [
            ("/", Some("/")),
            ("/zh/%E5%90%88%E4%BD%9C/", Some("/zh/合作/")),
            ("/a%20b", Some("/a b")),
            ("/%2e%2e/x", Some("/../x")),
            ("/a%00", Some("/a\0")),
            ("/a%5cb", Some("/a\\b")),
            ("/100%", Some("/100%")),
            ("/a%2fb", None),
            ("/a%2Fb", None),
            ("/%ff", None),
            ("/%c0%af", None),
            ("/%ed%a0%80", None),
        ] {
            assert_eq!(decoded(path).as_deref(), expected, "{path}");
        }
    }
}
