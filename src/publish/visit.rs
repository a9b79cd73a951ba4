//! A visit to the published site, as a reader: whether pages are what was published.
//!
//! Owns which pages are looked at, and what counts as the same. It asks the site's own address
//! and nobody else, and changes nothing.

use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Client, redirect};
use url::Url;

use super::open::Context;
use super::plan::Plan;
use super::release::Release;
use super::sample::{Call, Expected, calls};
use super::trouble::fault;
use crate::diag::{Diagnostics, code};

/// How the reason begins where no server said anything.
const NO_ANSWER: &str = "no answer";

/// What a server said.
#[derive(Debug, Default, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) encoding: String,
    /// Where it leads, as a whole URL.
    pub(super) location: Option<Url>,
    pub(super) body: Vec<u8>,
}

/// Fetches a sample of what was published, at most twenty pages, and compares. What is not as it
/// should be is asked for again with longer and longer breaks, `patience` seconds in total: caches
/// may hold the old page for a while, and some hosts take a minute to show a new one. `waiting` is
/// told before the first break. Gives the number of pages that were looked at.
pub fn visit(
    context: &Context<'_>,
    release: &Release,
    plan: &Plan,
    patience: u64,
    waiting: &dyn Fn(usize),
) -> Result<usize, Diagnostics> {
    let host = context.host;
    let failed = |why: String| {
        let help = "publish again without `--check`, and look at the site in a browser";
        fault(host, code::NOT_AS_PUBLISHED, format!("the published site cannot be looked at: {why}"), help)
    };
    let calls = calls(release, plan, context.base_url).map_err(|trouble| trouble.at(host))?;
    let count = calls.len();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| failed(error.to_string()))?;
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .timeout(Duration::from_secs(30))
        .user_agent(concat!("bashu/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| failed(said(&error)))?;
    let wrong = runtime.block_on(all(&client, calls, patience, waiting));
    if wrong.is_empty() {
        return Ok(count);
    }
    let mut faults = Diagnostics::new();
    for (url, why, help, more) in gathered(wrong) {
        let more = match more {
            0 => String::new(),
            1 => " (and 1 page more)".to_owned(),
            more => format!(" (and {more} pages more)"),
        };
        faults.push(fault(host, code::NOT_AS_PUBLISHED, format!("{url}: {why}{more}"), help));
    }
    Err(faults)
}

/// What is wrong and what to do about it, each once: the first page with it, and how many more.
fn gathered(wrong: Vec<(Call, String)>) -> Vec<(Url, String, &'static str, usize)> {
    let mut gathered: Vec<(Url, String, &'static str, usize)> = Vec::new();
    for (call, why) in wrong {
        if let Some((_, _, _, more)) = gathered.iter_mut().find(|(_, other, _, _)| *other == why) {
            *more += 1;
            continue;
        }
        let help = match call.expected {
            _ if why.starts_with(NO_ANSWER) => {
                "look whether the site opens in a browser, and whether `base_url` is its address"
            }
            Expected::Missing(_) => {
                "tell the host to answer with 404.html what it does not find; docs/publishing.md says how for each kind"
            }
            Expected::Gone => "a cache may still hold it: empty it, with a program in `after` for example",
            _ => {
                "see what stands between: a cache that is to be emptied, a service that changes pages, another host at this address"
            }
        };
        gathered.push((call.url, why, help, 0));
    }
    gathered
}

/// Makes all calls, and those that found something wrong again; what is left, with what is wrong.
async fn all(
    client: &Client,
    calls: Vec<Call>,
    patience: u64,
    waiting: &dyn Fn(usize),
) -> Vec<(Call, String)> {
    let mut left = look(client, calls).await;
    let (mut waited, mut pause) = (0, 1);
    while !left.is_empty() && waited < patience {
        if waited == 0 {
            waiting(left.len());
        }
        let now = pause.min(patience - waited);
        tokio::time::sleep(Duration::from_secs(now)).await;
        waited += now;
        pause = (pause * 2).min(15);
        left = look(client, left.into_iter().map(|(call, _)| call).collect()).await;
    }
    left
}

async fn look(client: &Client, calls: Vec<Call>) -> Vec<(Call, String)> {
    let mut wrong = Vec::new();
    for call in calls {
        let found = match fetch(client, &call).await {
            Ok(answer) => call.judge(&answer),
            Err(why) => Err(why),
        };
        if let Err(why) = found {
            wrong.push((call, why));
        }
    }
    wrong
}

/// Asks for a page. A host may add or take away a slash or an extension: redirects within the
/// site's own origin are followed, but for those of a page that redirects by itself.
async fn fetch(client: &Client, call: &Call) -> Result<Answer, String> {
    let mut url = call.url.clone();
    for _ in 0..4 {
        let answer = ask(client, &url, call.expected.most()).await?;
        match &answer.location {
            Some(to) if call.expected.follows() && to.origin() == call.url.origin() => url = to.clone(),
            _ => return Ok(answer),
        }
    }
    Err("it is redirected again and again".to_owned())
}

/// One request; of what comes at most so many bytes, and one, are taken.
async fn ask(client: &Client, url: &Url, most: usize) -> Result<Answer, String> {
    let request = client.get(url.clone()).header(ACCEPT_ENCODING, "identity");
    let mut response = request.send().await.map_err(|error| said(&error))?;
    let text = |headers: &HeaderMap, name| {
        headers
            .get(name)
            .and_then(|value: &reqwest::header::HeaderValue| value.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    let status = response.status();
    let location = text(response.headers(), LOCATION);
    let mut answer = Answer {
        status: status.as_u16(),
        content_type: text(response.headers(), CONTENT_TYPE),
        encoding: text(response.headers(), CONTENT_ENCODING),
        location: status.is_redirection().then(|| url.join(&location).ok()).flatten(),
        body: Vec::new(),
    };
    while let Some(chunk) = response.chunk().await.map_err(|error| said(&error))? {
        answer.body.extend_from_slice(&chunk);
        if answer.body.len() > most {
            break;
        }
    }
    Ok(answer)
}

/// What went wrong, from the outside to the cause, without the URL, which is said already.
fn said(error: &reqwest::Error) -> String {
    let mut said = NO_ANSWER.to_owned();
    let mut cause = std::error::Error::source(error);
    let mut last = None;
    while let Some(inner) = cause {
        last = Some(inner.to_string());
        cause = inner.source();
    }
    if error.is_timeout() {
        said.push_str(" within 30 seconds");
    } else if let Some(last) = last {
        said = format!("{said}: {last}");
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_everywhere_is_said_once() {
        let call = |path: &str, expected| Call {
            url: Url::parse("https://insects.net/").unwrap().join(path).unwrap(),
            expected,
        };
        let refused = format!("{NO_ANSWER}: Connection refused");
        let told = gathered(vec![
            (call("en/", Expected::Gone), refused.clone()),
            (call("zh/", Expected::Missing(None)), refused.clone()),
            (call("old/", Expected::Gone), "it was deleted".to_owned()),
            (call("a/", Expected::Gone), refused),
        ]);
        let told: Vec<_> = told.iter().map(|(url, why, _, more)| (url.path(), &**why, *more)).collect();
        assert_eq!(told, [("/en/", "no answer: Connection refused", 2), ("/old/", "it was deleted", 0)]);
    }
}
