//! Requests to a WebDAV server.
//!
//! Owns addresses, credentials, and what answers mean. What a server says in words is passed on to
//! nobody: it may repeat what it was sent.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};
use tokio::runtime::Runtime;
use url::Url;

use crate::config::WebdavHost;
use crate::publish::hosts::credentials::Variables;
use crate::publish::hosts::store::{client, runtime};
use crate::publish::trouble::Trouble;

/// How long a request may take, but for what it sends.
const QUESTION: Duration = Duration::from_secs(120);

/// The bytes in a second of the slowest line.
const LINE: u64 = 16 * 1024;

/// No list of a folder and no manifest is longer.
const LONGEST: usize = 256 * 1024 * 1024;

/// A connection to a server.
pub(super) struct Client {
    runtime: Runtime,
    http: reqwest::Client,
    /// Where its paths begin.
    endpoint: Url,
    credentials: Credentials,
    is_apache: AtomicBool,
}

/// By what it lets us in.
enum Credentials {
    None,
    Password(String, String),
    Token(String),
}

/// What it answered.
pub(super) struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    reason: String,
    is_anonymous: bool,
}

impl Client {
    /// One for a host. Nothing is asked yet.
    pub(super) fn new(host: &WebdavHost) -> Result<Self, Trouble> {
        let variables = Variables::new(host.credentials.as_deref().unwrap_or("WEBDAV"));
        let get = |name| variables.get(name);
        let credentials = match (get("TOKEN"), get("USERNAME"), get("PASSWORD")) {
            (Some(token), ..) => Credentials::Token(token),
            (_, Some(user), Some(password)) => Credentials::Password(user, password),
            (_, None, None) => Credentials::None,
            _ => return Err(variables.missing(&["USERNAME", "PASSWORD"], "")),
        };
        let endpoint = Url::parse(&format!("{}/", host.endpoint.trim_end_matches('/')))
            .map_err(|error| Trouble::Failed(format!("{}: {error}", host.endpoint)))?;
        Ok(Self {
            runtime: runtime()?,
            http: client(Policy::none())?,
            endpoint,
            credentials,
            is_apache: AtomicBool::new(false),
        })
    }

    /// The address of a path; a folder's ends with a slash.
    pub(super) fn url(&self, path: &str) -> Url {
        let mut url = self.endpoint.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/'));
        }
        url
    }

    /// Whether it has said that it is Apache.
    pub(super) fn is_apache(&self) -> bool {
        self.is_apache.load(Ordering::Relaxed)
    }

    /// Asks for something. What may be done twice is, if the connection broke: servers close those
    /// that were idle for a while, and are not always noticed.
    pub(super) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Answer, Trouble> {
        let again = method != "MOVE";
        match self.ask_once(method, path, headers, body) {
            Err(Trouble::Unreachable(_)) if again => self.ask_once(method, path, headers, body),
            answer => answer,
        }
    }

    fn ask_once(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Answer, Trouble> {
        let method = Method::from_bytes(method.as_bytes())
            .map_err(|_| Trouble::Failed(format!("{method} is no method")))?;
        let time = QUESTION + Duration::from_secs(body.len() as u64 / LINE);
        let request = self.http.request(method, self.url(path)).timeout(time);
        let mut request = self.let_in(request.body(body.to_vec()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self.runtime.block_on(async {
            let mut answer = request.send().await?;
            let status = answer.status();
            let server = answer.headers().get("server").and_then(|server| server.to_str().ok());
            if server.is_some_and(|server| server.starts_with("Apache")) {
                self.is_apache.store(true, Ordering::Relaxed);
            }
            let mut body = Vec::new();
            while let Some(piece) = answer.chunk().await? {
                body.extend_from_slice(&piece);
                if body.len() > LONGEST {
                    return Ok(None);
                }
            }
            Ok(Some(Answer {
                status: status.as_u16(),
                reason: status.canonical_reason().unwrap_or_default().to_owned(),
                is_anonymous: matches!(self.credentials, Credentials::None),
                body,
            }))
        });
        let answer = answer.map_err(|error: reqwest::Error| Trouble::Unreachable(cause(&error)))?;
        let answer = answer.ok_or_else(|| Trouble::Failed("its answer has no end".to_owned()))?;
        match answer.status {
            // It is busy, and may not be so the next time.
            429 | 500 | 502 | 503 | 504 => Err(Trouble::Unreachable(answer.said())),
            _ => Ok(answer),
        }
    }

    fn let_in(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.credentials {
            Credentials::None => request,
            Credentials::Password(user, password) => request.basic_auth(user, Some(password)),
            Credentials::Token(token) => request.bearer_auth(token),
        }
    }

    /// Asks what a path holds, to a depth.
    pub(super) fn propfind(&self, path: &str, depth: &str) -> Result<Answer, Trouble> {
        let body = "<?xml version=\"1.0\" encoding=\"utf-8\"?><propfind xmlns=\"DAV:\"><prop><resourcetype/><getcontentlength/></prop></propfind>";
        let headers = [("Depth", depth), ("Content-Type", "application/xml; charset=utf-8")];
        self.ask("PROPFIND", path, &headers, body.as_bytes())
    }

    /// Deletes what is at a path; that nothing is there is no fault.
    pub(super) fn delete(&self, path: &str) -> Result<(), Trouble> {
        let answer = self.ask("DELETE", path, &[], &[])?;
        if answer.is_success() || answer.status == 404 { Ok(()) } else { Err(answer.trouble(path)) }
    }
}

impl Answer {
    /// Whether it is one of success.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    fn said(&self) -> String {
        format!("{} {}", self.status, self.reason)
    }

    /// What it means for a path, if it is none of success.
    pub(super) fn trouble(&self, path: &str) -> Trouble {
        match self.status {
            401 if self.is_anonymous => {
                Trouble::Refused(format!("it asks for credentials, and none are set ({})", self.said()))
            }
            401 => {
                Trouble::Refused(format!("it does not accept the credentials that are set ({})", self.said()))
            }
            403 => Trouble::Refused(format!("{} for /{path}", self.said())),
            300..=399 => Trouble::Failed(format!(
                "{} for /{path}: it sends us to another address, which `endpoint` should be",
                self.said()
            )),
            423 => Trouble::Failed(format!("/{path} is locked by somebody ({})", self.said())),
            _ => Trouble::Failed(format!("{} for /{path}", self.said())),
        }
    }
}

/// The last cause of an error, which says most, and never an address.
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn nobody_is_followed_to_another_address() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = server.local_addr().unwrap().port();
        // It ends with the process of the tests.
        std::thread::spawn(move || {
            for mut client in server.incoming().flatten() {
                let _ = client.read(&mut [0; 4096]);
                let head = "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\nConnection: close";
                let _ = client.write_all(format!("{head}\r\n\r\n").as_bytes());
            }
        });
        let endpoint = format!("http://127.0.0.1:{port}/dav");
        let host =
            WebdavHost { endpoint, prefix: String::new(), credentials: Some("BASHU_NOBODY".to_owned()) };
        let answer = Client::new(&host).unwrap().ask("GET", "a", &[], &[]).unwrap();
        assert_eq!(answer.status, 302);
        assert!(matches!(answer.trouble("a"), Trouble::Failed(why) if why.contains("`endpoint`")));
    }
}
