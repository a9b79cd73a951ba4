//! A real browser: Chromium, driven through `chromedriver` by the WebDriver protocol.
//!
//! Owns the driver, the browser's profile, and their end: neither outlives its [`Browser`], also when
//! a test panics. It knows nothing of Bashu and uses nothing of these tests, so that a benchmark can
//! take it too. What goes wrong between here and the browser panics: there is nothing to go on with.

#![allow(dead_code, reason = "each of its users takes a part")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long a condition may take to come true. Generous: a machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// The name under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Keys without a letter, as WebDriver names them.
pub(crate) const ESCAPE: &str = "\u{e00c}";
pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const LEFT: &str = "\u{e012}";

/// A browser with one session.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    /// Where the session answers: `/session/ID`.
    session: String,
    /// The browser's own process.
    process: Option<u64>,
    _profile: TempDir,
}

/// An element of a page.
pub(crate) struct Element<'b> {
    browser: &'b Browser,
    id: String,
}

impl Browser {
    /// Starts a browser without a window; `Err` if there is no driver or no browser.
    pub(crate) fn start() -> Result<Self, String> {
        let mut driver = Command::new("chromedriver")
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("chromedriver: {error}"))?;
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.ok()?;
            line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
        });
        let Some(port) = port else {
            let _ = driver.kill();
            let _ = driver.wait();
            return Err("chromedriver does not say where it listens".to_owned());
        };
        // The driver must not be blocked, nor ended, by what nobody reads.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Self { driver, port, session: String::new(), process: None, _profile: profile };
        let folder = format!("--user-data-dir={}", browser._profile.path().display());
        let arguments = [
            "--headless=new",
            // Chromium refuses to run as root with a sandbox, and CI is root in a container.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // Tabs behind others must live as those in front do.
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            "--window-size=1280,800",
            &folder,
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        // A failing start is worth an `Err`: there may be a driver without a browser.
        let started = browser.ask("POST", "/session", &wanted)?;
        browser.session = format!("/session/{}", started["sessionId"].as_str().unwrap());
        browser.process = started["capabilities"]["goog:processID"].as_u64();
        Ok(browser)
    }

    /// Goes to an address and waits until the page is loaded.
    pub(crate) fn goto(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// Loads the page anew.
    pub(crate) fn reload(&self) {
        self.post("/refresh", &json!({}));
    }

    /// The address of the page.
    pub(crate) fn url(&self) -> String {
        self.get("/url").as_str().unwrap().to_owned()
    }

    /// Runs the body of a function in the page; returns what it returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.run_with(script, json!([]))
    }

    /// As [`Browser::run`], with arguments: `arguments[0]` and so on.
    pub(crate) fn run_with(&self, script: &str, arguments: Value) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Runs the body of a function that calls its last argument with the result.
    pub(crate) fn run_async(&self, script: &str, arguments: Value) -> Value {
        self.post("/execute/async", &json!({ "script": script, "args": arguments }))
    }

    /// What a script returns as text; nothing and `null` are empty.
    pub(crate) fn text_of(&self, script: &str) -> String {
        match self.run(script) {
            Value::String(text) => text,
            Value::Null => String::new(),
            other => other.to_string(),
        }
    }

    /// Waits until an expression is true in the page. One that cannot be computed, because a page
    /// is just being replaced, is not true.
    pub(crate) fn wait(&self, condition: &str) {
        let script = format!("try {{ return Boolean({condition}) }} catch {{ return false }}");
        let arguments = json!({ "script": script, "args": [] });
        let end = Instant::now() + PATIENCE;
        while self.ask("POST", &format!("{}/execute/sync", self.session), &arguments) != Ok(json!(true)) {
            if Instant::now() > end {
                let page = self.text_of("return document.documentElement.outerHTML.slice(0, 3000)");
                panic!("never came true: {condition}\nat {}\n{page}", self.url());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The first element that a selector finds.
    pub(crate) fn find(&self, selector: &str) -> Element<'_> {
        self.element(self.post("/element", &json!({ "using": "css selector", "value": selector })))
    }

    /// The element that a script returns, also one in a shadow tree.
    pub(crate) fn find_by(&self, script: &str) -> Element<'_> {
        self.element(self.run(script))
    }

    fn element(&self, found: Value) -> Element<'_> {
        let id = found[ELEMENT].as_str().unwrap_or_else(|| panic!("no element: {found}")).to_owned();
        Element { browser: self, id }
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub(crate) fn press(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })))
            .collect();
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }));
    }

    /// Opens a further tab and goes to it; returns the handles of the tab before and of this one.
    pub(crate) fn open_tab(&self) -> (String, String) {
        let before = self.tab();
        let new = self.post("/window/new", &json!({ "type": "tab" }))["handle"].as_str().unwrap().to_owned();
        self.switch(&new);
        (before, new)
    }

    /// The handle of the tab that scripts run in.
    pub(crate) fn tab(&self) -> String {
        self.get("/window").as_str().unwrap().to_owned()
    }

    /// Goes to another tab.
    pub(crate) fn switch(&self, handle: &str) {
        self.post("/window", &json!({ "handle": handle }));
    }

    /// Closes the tab that one is in; go to another one afterwards.
    pub(crate) fn close_tab(&self) {
        self.must("DELETE", "/window", &Value::Null);
    }

    /// Goes into an iframe of the page.
    pub(crate) fn enter(&self, frame: &Element<'_>) {
        self.post("/frame", &json!({ "id": { ELEMENT: frame.id } }));
    }

    /// Goes back to the page itself.
    pub(crate) fn leave(&self) {
        self.post("/frame", &json!({ "id": null }));
    }

    /// Makes the page as wide and high as a screen would, without a window's frame.
    pub(crate) fn screen(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
    }

    /// `light` or `dark`.
    pub(crate) fn colours(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// A command of Chromium's own protocol.
    pub(crate) fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// What pages wrote to the console since this was last asked: warnings and errors among it.
    pub(crate) fn console(&self) -> Vec<String> {
        let entries = self.post("/se/log", &json!({ "type": "browser" }));
        let entry = |entry: &Value| format!("{}: {}", entry["level"], entry["message"]);
        entries.as_array().unwrap().iter().map(entry).collect()
    }

    /// What is seen, as a PNG.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        base64(self.get("/screenshot").as_str().unwrap())
    }

    fn get(&self, path: &str) -> Value {
        self.must("GET", path, &Value::Null)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.must("POST", path, body)
    }

    fn must(&self, method: &str, path: &str, body: &Value) -> Value {
        self.ask(method, &format!("{}{path}", self.session), body)
            .unwrap_or_else(|error| panic!("{method} {path} {body}\n{error}"))
    }

    /// One request to the driver, each over a connection of its own.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let broken = |error: std::io::Error| format!("the driver: {error}");
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(broken)?;
        stream.set_read_timeout(Some(PATIENCE * 3)).map_err(broken)?;
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        );
        stream.write_all(request.as_bytes()).map_err(broken)?;
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            answer.read_line(&mut line).map_err(broken)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(|_| format!("the driver: {line}"))?;
            }
        }
        let mut bytes = vec![0; length];
        answer.read_exact(&mut bytes).map_err(broken)?;
        let mut value: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        match value["value"].take() {
            Value::Object(fault) if fault.contains_key("error") && fault.contains_key("stacktrace") => {
                Err(format!("{}: {}", fault["error"], fault["message"]))
            }
            value => Ok(value),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let closed = !self.session.is_empty() && self.ask("DELETE", &self.session, &Value::Null).is_ok();
        if let Some(process) = self.process.filter(|_| !closed) {
            let _ = Command::new("kill").arg(process.to_string()).status();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Element<'_> {
    /// Clicks on it.
    pub(crate) fn click(&self) {
        self.post("click", &json!({}));
    }

    /// Types into it.
    pub(crate) fn keys(&self, text: &str) {
        self.post("value", &json!({ "text": text }));
    }

    /// Its text as it is seen.
    pub(crate) fn text(&self) -> String {
        let path = format!("/element/{}/text", self.id);
        self.browser.get(&path).as_str().unwrap().to_owned()
    }

    fn post(&self, action: &str, body: &Value) {
        self.browser.post(&format!("/element/{}/{action}", self.id), body);
    }
}

/// Reads Base64 with the standard alphabet.
fn base64(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len() / 4 * 3), 0u32, 0);
    for value in text.bytes().filter_map(digit) {
        held = (held << 6 | u32::from(value)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}
