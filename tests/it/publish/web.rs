//! Requests to a server by other means than Bashu's, to look into it.

use std::time::Duration;

use tokio::runtime::Runtime;

/// A client that waits for each answer.
pub(super) struct Web {
    runtime: Runtime,
    client: reqwest::Client,
}

impl Web {
    pub(super) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = reqwest::Client::builder().timeout(Duration::from_secs(60)).build().unwrap();
        Self { runtime, client }
    }

    /// Sends a request, and gives the body of a successful answer.
    pub(super) fn say(&self, method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
        self.answer(method, url, headers, body).1
    }

    /// Sends a request, which must succeed; gives the answer's headers and body.
    pub(super) fn answer(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> (Vec<(String, String)>, Vec<u8>) {
        self.runtime.block_on(async {
            let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
            let send = || {
                let request = self.client.request(method.clone(), url).body(body.to_vec());
                headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send()
            };
            // A connection that waited for long may have been closed by the server.
            let answer = match send().await {
                Ok(answer) => answer,
                Err(_) => send().await.unwrap(),
            };
            assert!(answer.status().is_success(), "{method} {url}: {}", answer.status());
            let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap_or_default().to_owned();
            let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value)));
            let headers = headers.collect();
            (headers, answer.bytes().await.unwrap().to_vec())
        })
    }
}

/// A path as it stands in a URL.
pub(super) fn encoded(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2F", "/")
}

/// What stands between `<name>` and its end, each time, in XML without attributes there.
pub(super) fn elements<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(open.as_str()).skip(1).map(|rest| rest.split(close.as_str()).next().unwrap()).collect()
}
