//! A preview of a site in a folder of its own, for one step.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::fixture;
use crate::webdriver::Browser;

/// A page with what a reader may have done to it: a field, something to unfold, a box that scrolls.
const THEME: &str = r#"== templates/article.html
<!doctype html>
<html lang="{{ lang.tag }}">
<head><meta charset="utf-8"><title>{{ page.title }}</title>
<link rel="stylesheet" href="{{ asset(path="style.css") }}"></head>
<body>
<h1>{{ page.title }}</h1>
<p><label>Field <input id="field"></label> <textarea id="area"></textarea> <label><input type="checkbox" id="box">Box</label></p>
<details id="more"><summary>More</summary><p>Text.</p></details>
<div id="scroller"><p>1</p><p>2</p><p>3</p><p>4</p><p>5</p><p>6</p></div>
<main>{{ page.content }}</main>
</body>
</html>
== assets/style.css
body { color: rgb(1, 2, 3); margin: 2rem; font: 1rem/1.5 sans-serif }
#scroller { height: 3rem; overflow: auto }
main p { min-height: 6rem }
"#;

/// An article of forty paragraphs in English, and one of one in Chinese.
const CONTENT: &str = "== content/a/index.en.md
---
title: Animals
---
== content/a/index.zh.md
---
title: 动物
---
== content/a/ants.en.md
---
title: Ants
---
FORTY
== content/a/ants.zh.md
---
title: 蚂蚁
translated_from: en
---
六条腿。
== content/a/bees.en.md
---
title: Bees
---
They fly.
";

/// A preview that runs.
pub(super) struct Preview {
    server: Child,
    port: u16,
    dir: TempDir,
}

impl Preview {
    /// Starts one of the usual site, with further files.
    pub(super) fn start(fixture: &str) -> Self {
        Self::start_with(fixture, &[])
    }

    /// As [`Preview::start`], with further arguments.
    pub(super) fn start_with(fixture: &str, arguments: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("site.yaml"), fixture::SITE).unwrap();
        fixture::write(dir.path(), THEME);
        fixture::write(dir.path(), &CONTENT.replace("FORTY\n", &paragraphs(40)));
        fixture::write(dir.path(), fixture);
        let (server, port) = serve(&dir, 0, arguments);
        Self { server, port, dir }
    }

    /// Ends the server, and starts it again at the same port.
    pub(super) fn restart(&mut self, meanwhile: impl FnOnce(&Self)) {
        self.end();
        meanwhile(self);
        (self.server, self.port) = serve(&self.dir, self.port, &[]);
    }

    /// Ends the server.
    pub(super) fn end(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }

    /// An address of the site.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Goes to a page, and waits until the preview knows that it is open.
    pub(super) fn open(&self, browser: &Browser, path: &str) {
        browser.goto(&self.url(path));
        browser.wait("document.querySelector('bashu-preview').dataset.state === 'connected'");
        browser.run("window.survives = true");
    }

    /// A file of the site.
    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join(file)
    }

    /// Changes some words of a file, which must be there.
    pub(super) fn edit(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(file)).unwrap();
        assert!(text.contains(from), "{from} is not in {file}");
        fs::write(self.path(file), text.replacen(from, to, 1)).unwrap();
    }

    /// Removes a file.
    pub(super) fn remove(&self, file: &str) {
        fs::remove_file(self.path(file)).unwrap();
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Paragraphs that tell which they are.
pub(super) fn paragraphs(number: usize) -> String {
    (1..=number).map(|n| format!("Paragraph {n} is about ants.\n\n")).collect()
}

fn serve(dir: &TempDir, port: u16, arguments: &[&str]) -> (Child, u16) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_bashu"))
        .current_dir(dir.path())
        .args(["--color", "never", "serve", "--port", &port.to_string()])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let port = lines.find_map(|line| {
        let line = line.ok()?;
        let rest = line.split_once("http://127.0.0.1:")?.1;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    });
    std::thread::spawn(move || lines.for_each(drop));
    let Some(port) = port else {
        let _ = server.kill();
        let _ = server.wait();
        panic!("the preview does not say where it is");
    };
    (server, port)
}
