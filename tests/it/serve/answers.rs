//! The preview answers as static hosts do, with what a build writes.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use walkdir::WalkDir;

use super::SITE;
use super::server::Server;
use crate::program;

/// A page without the preview's script; `None` if it has none.
fn without_script(html: &str) -> Option<String> {
    let start = html.find("<script type=\"module\" src=\"/_bashu/")?;
    let end = start + html[start..].find("</script>\n")? + "</script>\n".len();
    let rest = [&html[..start], &html[end..]].concat();
    assert!(!rest.contains("/_bashu/"), "{rest}");
    Some(rest)
}

#[test]
fn every_file_is_the_one_that_a_build_writes() {
    for path in ["/", "/sub/", "/%E5%AD%90/"] {
        let mut server = Server::start(&SITE.replace("ants.example/", &format!("ants.example{path}")), &[]);
        server.event("opened");
        let base = [server.url().trim_end_matches('/'), path].concat();
        // Quietly: whether it has to wait for an edition is a matter of moments.
        let arguments = ["build", "--quiet", "--drafts", "--base-url", &base, "-o", "built"];
        let built = program::bashu(server.dir.path(), &arguments);
        assert_eq!((built.status, built.err.as_str()), (0, ""));
        let (mut live, mut plain) = (0, 0);
        let root = server.dir.path().join("built");
        for entry in WalkDir::new(&root).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()) {
            let name = entry.path().strip_prefix(&root).unwrap().to_str().unwrap();
            if name.starts_with(".bashu") {
                continue;
            }
            let bytes = std::fs::read(entry.path()).unwrap();
            let encoded = |name: &str| {
                let parts =
                    name.split('/').map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string());
                [path, &parts.collect::<Vec<_>>().join("/")].concat()
            };
            let answer = server.get(&encoded(name));
            assert_eq!(answer.status, 200, "{name}");
            let page = std::str::from_utf8(&bytes).is_ok_and(|text| text.contains("</body>"))
                && !matches!(name, "plain.html" | "older.html" | "old/ants/index.html");
            match without_script(&String::from_utf8_lossy(&answer.body)).filter(|_| page) {
                Some(html) => {
                    live += 1;
                    assert!(html.as_bytes() == bytes, "{name}");
                }
                None => {
                    plain += 1;
                    assert!(!page && answer.body == bytes, "{name}");
                }
            }
            if let Some(folder) = name.strip_suffix("index.html") {
                assert!(server.get(&encoded(folder)).body == answer.body, "{name}");
            }
        }
        assert!(live >= 10 && plain >= 10, "{live} pages, {plain} other files");
    }
}

#[test]
fn addresses_lead_where_static_hosts_lead_them() {
    let server = Server::start(SITE, &[]);
    for (path, status, more) in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/en/", 200, "text/html; charset=utf-8"),
        ("/en", 301, "/en/"),
        ("/en/notes?a=1&b=%2F", 301, "/en/notes/?a=1&b=%2F"),
        ("/en/notes/ants/?utm=x", 200, "text/html; charset=utf-8"),
        ("/en/notes/ants/index.html", 200, "text/html; charset=utf-8"),
        ("/zh/notes/%E8%9A%82%E8%9A%81", 301, "/zh/notes/%E8%9A%82%E8%9A%81/"),
        ("/zh/notes/%E8%9A%82%E8%9A%81/", 200, "text/html; charset=utf-8"),
        ("/zh/notes/%e8%9a%82%e8%9a%81/", 200, "text/html; charset=utf-8"),
        ("/en/notes/bees/", 200, "text/html; charset=utf-8"),
        ("/old/ants", 301, "/old/ants/"),
        ("/old/ants/", 200, "text/html; charset=utf-8"),
        ("/older", 200, "text/html; charset=utf-8"),
        ("/plain", 200, "text/html; charset=utf-8"),
        ("/en/feed.xml", 200, "text/xml; charset=utf-8"),
        ("/sitemap.xml", 200, "text/xml; charset=utf-8"),
        ("/robots.txt", 200, "text/plain; charset=utf-8"),
        ("/.nojekyll", 200, "application/octet-stream"),
        ("/.well-known/security.txt", 200, "text/plain; charset=utf-8"),
        ("/en/notes/leg%20data.csv", 200, "text/csv; charset=utf-8"),
        ("/%E6%95%B0%E6%8D%AE/%E8%85%BF.txt", 200, "text/plain; charset=utf-8"),
        ("/noextension", 200, "application/octet-stream"),
        ("/app.mjs", 200, "text/javascript; charset=utf-8"),
        ("/en/notes/wasps/", 404, "text/html; charset=utf-8"),
        ("/EN/", 404, "text/html; charset=utf-8"),
        ("/robots.txt/", 404, "text/html; charset=utf-8"),
        ("/_bashu/assets/client.js", 200, "text/javascript; charset=utf-8"),
        ("/_bashu/assets/fault.css", 200, "text/css; charset=utf-8"),
        ("/_bashu/assets/none.js", 404, "text/plain; charset=utf-8"),
        ("/_bashu/config", 200, "application/json"),
    ] {
        let answer = server.get(path);
        let told = answer.field(if status == 301 { "location" } else { "content-type" });
        assert_eq!((answer.status, told), (status, more), "{path}");
        for (field, value) in [
            ("cache-control", "no-cache"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.field(field), value, "{path}");
        }
        let head = server.ask("HEAD", path, &[], "");
        let length = answer.body.len().to_string();
        assert_eq!((head.status, head.field("content-length")), (status, length.as_str()), "{path}");
    }
}

#[test]
fn a_base_urls_path_is_kept_and_the_origin_is_the_previews() {
    let server = Server::start(&SITE.replace("ants.example/", "ants.example/sub/"), &[]);
    let page = server.get("/sub/en/notes/ants/");
    let canonical = format!("<link rel=\"canonical\" href=\"{}sub/en/notes/ants/\"", server.url());
    assert!(page.text().contains(&canonical), "{}", page.text());
    assert!(!page.text().contains("ants.example"));
    for (path, status, location) in
        [("/", 301, "/sub/"), ("/sub", 301, "/sub/"), ("/sub/en", 301, "/sub/en/"), ("/en/", 404, "")]
    {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.field("location")), (status, location), "{path}");
    }
}

#[test]
fn what_is_not_there_is_said_in_the_language_of_its_place() {
    let server = Server::start(SITE, &[]);
    for (path, lang) in
        [("/zh/none", "zh-Hans"), ("/zh/notes/a/b/c", "zh-Hans"), ("/en/none/", "en"), ("/x", "en")]
    {
        let answer = server.get(path);
        assert_eq!(answer.status, 404);
        assert!(answer.text().contains(&format!("<html lang=\"{lang}\"")), "{path}: {}", answer.text());
        assert!(without_script(answer.text()).is_some(), "{path}");
        // It is no answer that a browser could keep.
        let again = server.ask("GET", path, &[("If-None-Match", "*")], "");
        assert_eq!((again.status, answer.field("etag")), (404, ""));
    }
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(SITE, &[]);
    let mut tags = std::collections::BTreeSet::new();
    for path in ["/en/", "/en/feed.xml", "/digits.bin", "/empty.bin", "/_bashu/assets/client.js"] {
        let first = server.get(path);
        let etag = first.field("etag").to_owned();
        assert!(etag.starts_with('"') && etag.ends_with('"') && tags.insert(etag.clone()), "{path}: {etag}");
        assert_eq!(server.get(path).field("etag"), etag);
        for (known, status) in [
            (etag.clone(), 304),
            (format!("W/{etag}"), 304),
            (format!("\"a\", {etag} , \"b\""), 304),
            ("*".to_owned(), 304),
            ("\"a\"".to_owned(), 200),
            (etag.trim_matches('"').to_owned(), 200),
            (String::new(), 200),
        ] {
            let answer = server.ask("GET", path, &[("If-None-Match", &known)], "");
            assert_eq!((answer.status, answer.field("etag")), (status, etag.as_str()), "{path} {known}");
        }
    }
    let path = server.dir.path().join("static/digits.bin");
    let before = server.get("/digits.bin").field("etag").to_owned();
    std::fs::write(path, "9876543210").unwrap();
    let after = server.ask("GET", "/digits.bin", &[("If-None-Match", &before)], "");
    assert_eq!((after.status, after.text()), (200, "9876543210"));
}

#[test]
fn parts_are_sent_of_what_is_large() {
    let server = Server::start(SITE, &[]);
    let etag = server.get("/digits.bin").field("etag").to_owned();
    for (range, status, body, told) in [
        ("bytes=0-3", 206, "0123", "bytes 0-3/10"),
        ("bytes=4-", 206, "456789", "bytes 4-9/10"),
        ("bytes=-3", 206, "789", "bytes 7-9/10"),
        ("bytes=5-500", 206, "56789", "bytes 5-9/10"),
        ("bytes=-500", 206, "0123456789", "bytes 0-9/10"),
        ("bytes=9-9", 206, "9", "bytes 9-9/10"),
        ("bytes=10-", 416, "", "bytes */10"),
        ("bytes=99999999999999999999999999999999-", 416, "", "bytes */10"),
        ("bytes=-0", 416, "", "bytes */10"),
        ("bytes=0-1,4-5", 200, "0123456789", ""),
        ("bytes=3-2", 200, "0123456789", ""),
        ("bytes=a-b", 200, "0123456789", ""),
        ("lines=0-1", 200, "0123456789", ""),
    ] {
        let answer = server.ask("GET", "/digits.bin", &[("Range", range)], "");
        let got = (answer.status, answer.text(), answer.field("content-range"));
        assert_eq!(got, (status, body, told), "{range}");
        assert_eq!(answer.field("accept-ranges"), "bytes");
        if status == 206 {
            assert_eq!(answer.field("content-type"), "application/octet-stream");
        }
    }
    for (fields, status) in [
        (vec![("Range", "bytes=0-3"), ("If-Range", etag.as_str())], 206),
        (vec![("Range", "bytes=0-3"), ("If-Range", "\"other\"")], 200),
        (vec![("Range", "bytes=0-3"), ("If-Range", "Fri, 01 Dec 2023 00:00:00 GMT")], 200),
        (vec![("Range", "bytes=0-3"), ("If-None-Match", etag.as_str())], 304),
    ] {
        assert_eq!(server.ask("GET", "/digits.bin", &fields, "").status, status, "{fields:?}");
    }
    assert_eq!(server.ask("HEAD", "/digits.bin", &[("Range", "bytes=0-3")], "").status, 200);
    // Pages and what else is made have parts as well.
    for path in ["/en/", "/en/feed.xml"] {
        let whole = server.get(path);
        let part = server.ask("GET", path, &[("Range", "bytes=10-19")], "");
        assert_eq!((part.status, &part.body[..]), (206, &whole.body[10..20]), "{path}");
    }
    assert_eq!(server.ask("GET", "/empty.bin", &[("Range", "bytes=0-")], "").status, 416);
}

#[test]
fn a_file_of_many_blocks_arrives_whole() {
    let large: String = (0..400_000).map(|n| format!("{n:>7}\n")).collect();
    let server = Server::start(SITE, &[]);
    std::fs::write(server.dir.path().join("static/digits.bin"), &large).unwrap();
    assert!(server.get("/digits.bin").text() == large);
    let part = server.ask("GET", "/digits.bin", &[("Range", "bytes=1600000-2399999")], "");
    assert!(part.status == 206 && part.text() == &large[1_600_000..2_400_000]);
}

#[test]
fn only_reading_is_answered() {
    let server = Server::start(SITE, &[]);
    for (path, allowed) in [
        ("/", "GET,HEAD"),
        ("/none", "GET,HEAD"),
        ("/_bashu/assets/client.js", "GET,HEAD"),
        ("/_bashu/config", "GET,HEAD"),
        ("/_bashu/open", "POST"),
    ] {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
            if allowed != method {
                let answer = server.ask(method, path, &[], "");
                assert_eq!((answer.status, answer.field("allow")), (405, allowed), "{method} {path}");
            }
        }
    }
}
