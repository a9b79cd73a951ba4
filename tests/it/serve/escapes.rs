//! No address leads out of the site, nor to a file that a build would not write.

use super::SITE;
use super::client::say;
use super::server::Server;

const SECRET: &str = "never to be read";

#[test]
fn no_address_leaves_the_site() {
    let server = Server::start(SITE, &[]);
    let dir = server.dir.path();
    let outside = tempfile::tempdir_in(dir.parent().unwrap()).unwrap();
    std::fs::write(outside.path().join("secret"), SECRET).unwrap();
    std::fs::write(dir.join("secret"), SECRET).unwrap();
    std::fs::create_dir(dir.join(".git")).unwrap();
    std::fs::write(dir.join(".git/config"), SECRET).unwrap();
    let neighbour = outside.path().file_name().unwrap().to_str().unwrap().to_owned();
    let full = outside.path().join("secret").to_str().unwrap().to_owned();
    let full = full.trim_start_matches('/');
    let depth = dir.components().count();
    let mut targets: Vec<String> = [
        "/secret",
        "/./secret",
        "/site.yaml",
        "/content/notes/ants.en.md",
        "/static/noextension",
        "/.git/config",
        "/.bashu/index",
        "/.bashu/lock",
        "/themes/plain/theme.yaml",
        "/templates/",
        "/en/../secret",
        "/en/../../secret",
        "/en/%2e%2e/%2e%2e/secret",
        "/en/..%2f..%2fsecret",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e%2fsecret",
        "/%252e%252e/secret",
        "/..%5c..%5csecret",
        "/..\\secret",
        "/%5c..%5csecret",
        "/en/%2e%2e%5csecret",
        "/.%00./secret",
        "/noextension%00.html",
        "/%00",
        "/C:%5cWindows%5cwin.ini",
        "/c:/Windows/win.ini",
        "/file:///etc/passwd",
        "/~root/.profile",
        "/%ff%fe",
        "/%c0%ae%c0%ae/secret",
        "/%e0%80%ae%e0%80%ae/secret",
        "/%u002e%u002e/secret",
        "/..;/secret",
        "/en/.../secret",
        "//secret",
        "//etc/passwd",
        "///",
        "/en//",
        "//en/",
        "/en/./",
        "/en/notes/../",
        "/en/notes%2fants/",
        "/noextension/",
        "/noextension/.",
        "/plain.html/..",
        "/_bashu/assets/../secret",
        "/_bashu/assets/%2e%2e/%2e%2e/secret",
        "/_bashu/assets/..%2f..%2fCargo.toml",
        "/_bashu/assets/",
        "/_bashu/none",
        "/_bashu/assets//etc/passwd",
        "/_bashu/%2e%2e/secret",
        "/%5fbashu/config",
        "/?/../secret%00/none",
    ]
    .iter()
    .map(|&target| target.to_owned())
    .filter(|target| !target.starts_with("/?"))
    .collect();
    for up in ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "....//", "..%252f", "..%c0%af"] {
        targets.push(format!("/{}{neighbour}/secret", up));
        for levels in [depth - 1, depth + 8] {
            targets.push(format!("/{}{full}", up.repeat(levels)));
            targets.push(format!("/en/notes/{}etc/passwd", up.repeat(levels + 2)));
            targets.push(format!("/_bashu/assets/{}etc/passwd", up.repeat(levels + 2)));
        }
    }
    targets.push(format!("/{}", "a".repeat(20_000)));
    targets.push(format!("/{}", "a/".repeat(20_000)));
    targets.push(format!("/{}secret", "../".repeat(10_000)));
    targets.push(format!("/{}", "%e5".repeat(10_000)));
    for target in &targets {
        let short = &target[..target.len().min(80)];
        let answer = server.get(target);
        assert!(matches!(answer.status, 400 | 404), "{short}: {}", answer.status);
        let body = String::from_utf8_lossy(&answer.body);
        assert!(
            !body.contains(SECRET) && !body.contains("root:") && !body.contains("base_url"),
            "{short}: {body}"
        );
    }
    // It is still there, and well.
    assert_eq!(server.get("/en/").status, 200);
}

/// A redirect never leads to another host.
#[test]
fn no_redirect_leaves_the_site() {
    let server = Server::start(SITE, &[]);
    for target in [
        "//evil.example/en",
        "//evil.example/%2e%2e/en",
        "/\\evil.example/en",
        "/en%0d%0aLocation:%20x",
        "//en",
    ] {
        let answer = server.get(target);
        assert!(matches!(answer.status, 400 | 404) && answer.field("location").is_empty(), "{target}");
    }
}

#[test]
fn what_is_no_request_is_refused_and_harms_nothing() {
    let server = Server::start(SITE, &[]);
    let at = server.at();
    let line = |first: &str| format!("{first}\r\nHost: {at}\r\n\r\n").into_bytes();
    for (request, statuses) in [
        (line("GET /a b HTTP/1.1"), &[400][..]),
        (line("GET en/ HTTP/1.1"), &[400, 404]),
        (line("GET * HTTP/1.1"), &[400, 404]),
        (line("GET /\u{7f} HTTP/1.1"), &[400, 404]),
        (line("G\0T / HTTP/1.1"), &[400]),
        (line("GET / HTTP/9.9"), &[400]),
        (line("CONNECT evil.example:443 HTTP/1.1"), &[400, 403, 405]),
        (b"\r\n\r\n\x16\x03\x01\x00".to_vec(), &[400]),
        (line(&format!("GET /{} HTTP/1.1", "a".repeat(1_000_000))), &[400, 414, 431]),
        (line(&format!("GET / HTTP/1.1\r\nCookie: {}", "a".repeat(1_000_000))), &[400, 431]),
    ] {
        let answer = say(at, &request);
        let shown = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
        assert!(statuses.contains(&answer.status), "{shown:?}: {}", answer.status);
    }
    assert_eq!(server.get("/en/").status, 200);
}
