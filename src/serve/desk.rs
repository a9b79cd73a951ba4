//! The desk of editors and translators: the list of all articles, and two versions side by side.
//!
//! Owns the addresses of both, and which thread answers what: an edition is asked on its press, as
//! briefly as can be, and what takes longer goes to a thread that may wait.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Query, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::assets;
use super::http::Server;
use super::now::Now;
use super::overview::{self, List};
use super::pair::{Asked, Pair};
use super::remarks::{self, Kept};

/// What is kept between requests.
#[derive(Default)]
pub(super) struct Desk {
    /// The list, with the number of what was shown when it was made.
    list: Mutex<Option<(u64, Arc<List>)>>,
    kept: Kept,
}

/// Nothing in these pages comes from elsewhere or stands in them as script or style.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      frame-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// The desk's part of the addresses below `/_bashu/`.
pub(super) fn routes() -> Router<Server> {
    Router::new()
        .route("/_bashu/", get(|| async { page("desk/list.html") }))
        .route("/_bashu/pair", get(|| async { page("desk/pair.html") }))
        .route("/_bashu/articles", get(articles))
        .route("/_bashu/sides", get(sides))
        .route("/_bashu/remarks", get(remarks))
}

fn page(name: &str) -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    assets::asset(name).map_or(StatusCode::NOT_FOUND.into_response(), |html| (headers, html).into_response())
}

/// JSON, which is never kept; or that there is nothing, with the reason.
fn answer(found: Result<Value, &str>) -> Response {
    let (status, value) = match found {
        Ok(value) => (StatusCode::OK, value),
        Err(message) => (StatusCode::NOT_FOUND, json!({ "message": message })),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(value)).into_response()
}

const NOTHING: &str = "Nothing can be shown before the faults of the site are mended.";
const NO_ARTICLE: &str = "There is no such article.";

impl Server {
    /// What is shown, and the list of it.
    async fn list(&self) -> Option<(Arc<Now>, Arc<List>)> {
        let now = self.stage.first().await;
        let kept = || self.desk.list.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, list)) = kept().as_ref().filter(|(number, _)| *number == now.number) {
            return Some((now.clone(), list.clone()));
        }
        let faults = now.faults.clone();
        let list = now.press.as_ref()?.ask(move |edition, _| List::of(edition, &faults)).await?;
        let list = Arc::new(list);
        *kept() = Some((now.number, list.clone()));
        Some((now, list))
    }
}

async fn articles(State(server): State<Server>, Query(query): Query<overview::Query>) -> Response {
    let Some((_, list)) = server.list().await else { return answer(Err(NOTHING)) };
    let value = tokio::task::spawn_blocking(move || list.answer(&query)).await;
    answer(value.map_err(|_| NOTHING))
}

async fn sides(
    State(server): State<Server>,
    Query(asked): Query<Asked>,
    Query(query): Query<overview::Query>,
) -> Response {
    let Some((now, list)) = server.list().await else { return answer(Err(NOTHING)) };
    let Some(press) = &now.press else { return answer(Err(NOTHING)) };
    let found = press
        .ask(move |edition, _| {
            let pair = Pair::of(edition, &asked)?;
            Some((pair.value(edition), pair.id(&edition.site).to_owned()))
        })
        .await;
    let Some((mut value, id)) = found.flatten() else { return answer(Err(NO_ARTICLE)) };
    let value = tokio::task::spawn_blocking(move || {
        let (previous, next) = list.neighbours(&id, &query);
        value["previous"] = json!(previous);
        value["next"] = json!(next);
        value
    });
    answer(value.await.map_err(|_| NOTHING))
}

async fn remarks(State(server): State<Server>, Query(asked): Query<Asked>) -> Response {
    let now = server.stage.first().await;
    let edition = match &now.press {
        Some(press) => press.edition().await,
        None => None,
    };
    let Some(edition) = edition else { return answer(Err(NOTHING)) };
    let value = tokio::task::spawn_blocking(move || {
        let pair = Pair::of(&edition, &asked)?;
        Some(remarks::remarks(edition, now.number, &now.faults, &pair, &server.desk.kept))
    });
    answer(value.await.ok().flatten().ok_or(NO_ARTICLE))
}
