//! Who may ask: requests whose `Host` or `Origin` is not the preview's are refused.
//!
//! Without that, any page that a browser has open could read the preview, by a name that leads to
//! this machine (DNS rebinding). An address in numbers cannot be made to lead elsewhere, nor can
//! `localhost`; every other name must be asked for. It stands before all routes, and also says in
//! every answer what browsers are not to do with it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::uri::Authority;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::Response;

use super::{listen, respond};

/// The names that the preview answers to, beside `localhost` and addresses in numbers.
pub(super) struct Names(Vec<String>);

impl Names {
    /// The names that were asked for; those of this machine as well where others may reach it.
    pub(super) fn new(asked: &[String], host: IpAddr) -> Self {
        let own = if host.to_canonical().is_loopback() { Vec::new() } else { listen::machine() };
        Self(asked.iter().map(|name| plain(name)).chain(own).collect())
    }

    fn has(&self, authority: &Authority) -> bool {
        let host = plain(authority.host());
        let numbers = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
            Some(inner) => inner.parse::<Ipv6Addr>().is_ok(),
            None => host.parse::<Ipv4Addr>().is_ok(),
        };
        numbers || host == "localhost" || host.ends_with(".localhost") || self.0.contains(&host)
    }
}

/// A name as it is compared: in small letters, without the full stop that a whole one may end with.
fn plain(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

/// Lets a request pass or refuses it.
pub(super) async fn guard(State(names): State<Arc<Names>>, request: Request, next: Next) -> Response {
    let mut answer = match refusal(&names, request.method(), request.uri(), request.headers()) {
        Some((status, why)) => respond::text(status, &why),
        None => next.run(request).await,
    };
    let own = [
        // A browser may keep what it got and has to ask each time whether it is still right.
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in own {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// Whether it is a host and perhaps a port, without the further things that the parser lets pass.
fn is_host(authority: &Authority) -> bool {
    let rest = authority.as_str().strip_prefix(authority.host());
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix(':').is_some_and(|p| p.parse::<u16>().is_ok())
    })
}

/// Why a request is refused.
fn refusal(names: &Names, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<(StatusCode, String)> {
    let one = |name: HeaderName| {
        let mut values = headers.get_all(name).iter();
        values.next().filter(|_| values.next().is_none()).and_then(|value| value.to_str().ok())
    };
    let host = one(header::HOST).and_then(|host| host.parse::<Authority>().ok());
    // A request may also say the host in its first line.
    let hosts = [host.as_ref(), uri.authority().or(host.as_ref())];
    let [Some(host), Some(also)] = hosts.map(|host| host.filter(|host| is_host(host))) else {
        return Some((StatusCode::BAD_REQUEST, "A request has one Host.\n".to_owned()));
    };
    for host in [host, also] {
        if !names.has(host) {
            let name = host.host();
            let why = format!(
                "This is a preview of a site by Bashu, and it does not answer to the name {name}.\n\
                 If the name is yours, start the preview with: --allow-host {name}\n"
            );
            return Some((StatusCode::FORBIDDEN, why));
        }
    }
    let foreign = headers.contains_key(header::ORIGIN)
        && !one(header::ORIGIN)
            .and_then(|origin| origin.strip_prefix("http://").or(origin.strip_prefix("https://")))
            .is_some_and(|origin| origin.eq_ignore_ascii_case(host.as_str()));
    // Whoever follows a link from elsewhere to a page of the preview's own may see it.
    let says = |name: &'static str, value: &str| {
        headers.get(name).is_some_and(|said| said.as_bytes().eq_ignore_ascii_case(value.as_bytes()))
    };
    let visit =
        method == Method::GET && says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document");
    let own = uri.path().starts_with("/_bashu");
    if foreign || own && says("sec-fetch-site", "cross-site") && !visit {
        return Some((StatusCode::FORBIDDEN, "Pages of other sites may not use this preview.\n".to_owned()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(host: IpAddr, method: &Method, uri: &str, fields: &[(&str, &str)]) -> u16 {
        let names = Names::new(&["Preview.Example.".to_owned()], host);
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        refusal(&names, method, &uri.parse().unwrap(), &headers).map_or(200, |(status, _)| status.as_u16())
    }

    #[test]
    fn hosts_are_known_by_number_or_by_name() {
        let ip = Ipv4Addr::LOCALHOST.into();
        for (host, expected) in [
            ("localhost", 200),
            ("LocalHost:8080", 200),
            ("localhost.", 200),
            ("ants.localhost:1", 200),
            ("127.0.0.1:8080", 200),
            ("192.168.1.5", 200),
            ("[::1]:8080", 200),
            ("preview.example", 200),
            ("PREVIEW.example:99", 200),
            ("sub.preview.example", 403),
            ("evil.example", 403),
            ("localhost.evil.example", 403),
            ("evillocalhost", 403),
            ("127.0.0.1.evil.example", 403),
            ("2130706433", 403),
            ("0x7f.1", 403),
            ("127.1", 403),
            ("[::1].evil.example", 400),
            ("user@localhost", 400),
            ("localhost@evil.example", 400),
            ("", 400),
            ("a b", 400),
            ("localhost/x", 400),
            ("蚂蚁.example", 400),
        ] {
            assert_eq!(status(ip, &Method::GET, "/", &[("host", host)]), expected, "{host}");
        }
        assert_eq!(status(ip, &Method::GET, "/", &[]), 400);
        assert_eq!(status(ip, &Method::GET, "/", &[("host", "localhost"), ("host", "localhost")]), 400);
        let whole = |uri| status(ip, &Method::GET, uri, &[("host", "localhost")]);
        assert_eq!(whole("http://evil.example/"), 403);
        assert_eq!(whole("http://localhost/"), 200);
        let name = listen::machine().pop().unwrap();
        assert_eq!(status(ip, &Method::GET, "/", &[("host", &name)]), 403, "{name}");
        let all = Ipv4Addr::UNSPECIFIED.into();
        assert_eq!(status(all, &Method::GET, "/", &[("host", &name)]), 200, "{name}");
    }

    #[test]
    fn pages_of_other_sites_may_not_ask() {
        let ip = Ipv4Addr::LOCALHOST.into();
        let host = ("host", "localhost:8080");
        for (origin, expected) in [
            ("http://localhost:8080", 200),
            ("HTTP://LOCALHOST:8080", 403),
            ("https://localhost:8080", 200),
            ("http://localhost:8081", 403),
            ("http://localhost", 403),
            ("http://127.0.0.1:8080", 403),
            ("https://evil.example", 403),
            ("null", 403),
            ("", 403),
            ("file://", 403),
        ] {
            for method in [Method::GET, Method::POST] {
                let asked = status(ip, &method, "/_bashu/open", &[host, ("origin", origin)]);
                assert_eq!(asked, expected, "{origin}");
            }
        }
        let twice = [host, ("origin", "http://localhost:8080"), ("origin", "http://localhost:8080")];
        assert_eq!(status(ip, &Method::GET, "/", &twice), 403);
        let cross = ("sec-fetch-site", "cross-site");
        let visit = [host, cross, ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        for (method, uri, fields, expected) in [
            (Method::GET, "/_bashu/config", &[host, cross][..], 403),
            (Method::GET, "/en/", &[host, cross], 200),
            (Method::GET, "/_bashu/config", &[host, ("sec-fetch-site", "same-origin")], 200),
            (Method::GET, "/_bashu/", &visit, 200),
            (Method::POST, "/_bashu/", &visit, 403),
            (Method::GET, "/_bashu/", &visit[..3], 403),
        ] {
            assert_eq!(status(ip, &method, uri, fields), expected, "{method} {uri} {fields:?}");
        }
    }
}
