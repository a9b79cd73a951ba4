//! A folder behind nginx, with the file that Bashu writes for it: what readers get.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use bashu::base::{PartialDate, UrlPath};
use bashu::build::{self, Options};
use bashu::cache::Cache;
use bashu::publish::rules::{self, Facts, RulesFor};
use bashu::site::Clock;
use bashu::source::Source;

use super::server::{Server, free_port, program};
use super::site::Site;

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

fn get(port: u16, url: &str, more: &str) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {url} HTTP/1.1\r\nHost: insects.example\r\nConnection: close\r\n{more}\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    Answer { status, headers, body: bytes[end + 4..].to_vec() }
}

/// A site with old addresses, whose host is a folder, and the words of a server for it.
fn site(base_url: &str) -> (Site, String) {
    let host =
        "{folder: {path: public}, copies: [gzip], cache: {\"*.txt\": no-cache, \"/数?/**\": no-store}}";
    let site = Site::new(host);
    let yaml = fs::read_to_string(site.path().join("site.yaml")).unwrap();
    site.write("site.yaml", &yaml.replace("https://insects.example/", base_url));
    site.write(
        "content/notes/ants.zh.md",
        "---\ntitle: 蚂蚁\nslug: 蚂蚁\ntranslated_from: en\naliases: [/old/ants/, /旧 址/六$1.html]\n---\n六条腿。\n",
    );
    site.write("static/数据/表.csv", "a,b\n");
    site.write("static/模块.mjs", "export {}\n");
    site.published(&[]);
    let source = Source::disk(site.path());
    let clock = Clock { today: PartialDate::epoch(), drafts: false, any_day: true };
    let redirects = build::redirects(&source, &Cache::memory(), &Options::new(clock)).unwrap();
    let config = build::load(&source).unwrap().config;
    let output = site.path().join("output");
    let facts = Facts::new(&config, &config.publish[0], site.path(), &output, redirects).unwrap();
    let words = rules::write(RulesFor::Nginx, &facts);
    (site, words)
}

/// nginx with these words, on a port of its own.
fn nginx(dir: &Path, words: &str) -> Option<Server> {
    let nginx = program("nginx")?;
    let port = free_port();
    let words =
        words.replace("    listen 80;\n    listen [::]:80;\n", &format!("    listen 127.0.0.1:{port};\n"));
    let folder = |name: &str| dir.join(name).display().to_string();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {};\n", folder(kind)))
        .concat();
    let conf = format!(
        "daemon off;\nmaster_process off;\npid {};\nerror_log {};\nevents {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}{words}}}\n",
        folder("pid"),
        folder("error.log"),
    );
    fs::write(dir.join("nginx.conf"), conf).unwrap();
    let mut command = Command::new(nginx);
    command.arg("-c").arg(dir.join("nginx.conf")).arg("-e").arg(dir.join("error.log"));
    Some(Server::start(&mut command, port))
}

fn readers_get_what_is_meant(base: &str) {
    let (site, words) = site(&format!("https://insects.example{base}"));
    let dir = tempfile::tempdir().unwrap();
    let Some(server) = nginx(dir.path(), &words) else { return };
    let url = |path: &str| UrlPath::new(format!("{base}{path}")).encoded().into_owned();
    let ask = |path: &str, more: &str| get(server.port, &url(path), more);

    // Every file of the site, at its address and no other.
    let output = site.output();
    let redirects = ["old/ants/index.html", "旧 址/六$1.html"];
    for (file, bytes) in output.iter().filter(|(file, _)| !redirects.contains(&file.as_str())) {
        let path = file.strip_suffix("index.html").unwrap_or(file);
        let answer = ask(path, "");
        assert_eq!((answer.status, &answer.body), (200, bytes), "{file}");
    }
    let target = url("zh/notes/蚂蚁/");
    for old in ["old/ants/", "old/ants", "旧 址/六$1.html"] {
        let answer = ask(old, "");
        assert_eq!((answer.status, answer.header("location")), (301, &*target), "{old}");
    }
    assert_eq!(get(server.port, &target, "").status, 200);
    let answer = ask("zh/notes/蚂蚁", "");
    assert_eq!(answer.status, 301);

    for (path, page) in [("zh/没有/", "zh/404.html"), ("en/none", "en/404.html"), ("none/", "404.html")] {
        let answer = ask(path, "");
        assert_eq!((answer.status, &answer.body), (404, &output[page]), "{path}");
        assert_eq!(answer.header("cache-control"), "", "what is not there may be there soon");
    }

    let style = output.keys().find(|file| file.ends_with(".css")).unwrap();
    for (path, media, lifetime) in [
        ("zh/notes/蚂蚁/", "text/html; charset=utf-8", "public, max-age=300"),
        ("en/feed.xml", "text/xml; charset=utf-8", "public, max-age=300"),
        (style, "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("100%.txt", "text/plain; charset=utf-8", "no-cache"),
        ("数据/腿 六.txt", "text/plain; charset=utf-8", "no-cache"),
        ("数据/表.csv", "text/csv; charset=utf-8", "no-store"),
        ("模块.mjs", "text/javascript; charset=utf-8", "public, max-age=3600"),
        (".nojekyll", "application/octet-stream", "public, max-age=3600"),
    ] {
        let answer = ask(path, "");
        let got = (answer.status, answer.header("content-type"), answer.header("cache-control"));
        assert_eq!(got, (200, media, lifetime), "{path}");
    }

    let answer = ask(style, "Accept-Encoding: gzip\r\n");
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(answer.body, fs::read(site.path().join("public").join(format!("{style}.gz"))).unwrap());
}

#[test]
fn readers_of_a_folder_behind_nginx_get_what_is_meant() {
    readers_get_what_is_meant("/");
}

#[test]
fn a_site_may_stand_below_a_path() {
    readers_get_what_is_meant("/sub/");
}
