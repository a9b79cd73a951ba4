//! Who may ask: names of hosts and origins, as browsers send them and as attackers do.

use super::SITE;
use super::client::say;
use super::server::Server;

/// The fields of a request for the connection of a tab.
const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
     Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

#[test]
fn foreign_hosts_get_nothing_at_all() {
    let server = Server::start(SITE, &["--allow-host", "preview.example"]);
    for (host, status) in [
        ("Host: localhost\r\n", 200),
        ("Host: 127.0.0.1:9\r\n", 200),
        ("Host: [::1]\r\n", 200),
        ("Host: preview.example:8443\r\n", 200),
        ("Host: evil.example\r\n", 403),
        ("Host: 127.0.0.1.evil.example\r\n", 403),
        ("Host: localhost\r\nHost: evil.example\r\n", 400),
        ("Host: evil@localhost\r\n", 400),
        ("Host:\r\n", 400),
        ("", 400),
    ] {
        for path in
            ["/en/", "/none", "/noextension", "/_bashu/config", "/_bashu/assets/client.js", "/_bashu/none"]
        {
            let answer = say(server.at(), format!("GET {path} HTTP/1.1\r\n{host}\r\n").as_bytes());
            match status {
                200 => assert!(matches!(answer.status, 200 | 404), "{host}{path}"),
                _ => assert!(answer.status == status && !answer.text().contains("Ants"), "{host}{path}"),
            }
        }
    }
    let refused = say(server.at(), b"GET / HTTP/1.1\r\nHost: evil.example:8080\r\n\r\n");
    assert!(refused.text().contains("--allow-host evil.example\n"), "{}", refused.text());
    assert_eq!(refused.field("content-type"), "text/plain; charset=utf-8");
    let whole =
        |uri: &str| say(server.at(), format!("GET {uri} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes());
    assert_eq!(whole("http://evil.example/en/").status, 403);
    assert_eq!(whole("http://localhost/en/").status, 200);
    let old = say(server.at(), b"GET /en/ HTTP/1.0\r\n\r\n");
    assert_eq!(old.status, 400);
}

#[test]
fn a_tab_is_talked_to_if_it_shows_the_previews_own_page() {
    let server = Server::start(SITE, &[]);
    let at = server.at();
    for (fields, status) in [
        (format!("Host: {at}\r\nOrigin: http://{at}\r\n"), 101),
        (format!("Host: localhost:{0}\r\nOrigin: http://localhost:{0}\r\n", at.port()), 101),
        (format!("Host: {at}\r\n"), 101),
        (format!("Host: {at}\r\nOrigin: http://evil.example\r\n"), 403),
        (format!("Host: {at}\r\nOrigin: http://localhost:{}\r\n", at.port()), 403),
        (format!("Host: {at}\r\nOrigin: http://127.0.0.1:1\r\n"), 403),
        (format!("Host: {at}\r\nOrigin: null\r\n"), 403),
        ("Host: evil.example\r\nOrigin: http://evil.example\r\n".to_owned(), 403),
    ] {
        let request = format!("GET /_bashu/live HTTP/1.1\r\n{fields}{UPGRADE}\r\n");
        assert_eq!(say(at, request.as_bytes()).status, status, "{fields}");
    }
}
