//! S3: moto, which knows who may do what, and s3s-fs as a second opinion.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::proxy::Proxy;
use super::scenes::{self, Host};
use super::server::{Server, free_port, program};
use super::site::{Site, tree};

const KEY: &str = "AKIAINSECTSEXAMPLE00";
const SECRET: &str = "of/six+legs0000000000000000000000000EXAMPLE";
const WRONG: &str = "wrong+secret/0000000000000000000000000EXAMPLE";

/// moto, one for all tests: it takes a second to start, and ends with the process of the tests.
struct Moto {
    port: u16,
    talk: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    _child: Child,
}

impl Moto {
    fn get() -> Option<&'static Self> {
        static MOTO: OnceLock<Option<Moto>> = OnceLock::new();
        MOTO.get_or_init(Self::start).as_ref()
    }

    fn start() -> Option<Self> {
        // The Python that has moto is the one beside its program.
        let python = program("moto_server")?.with_file_name("python3");
        let port = free_port();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/publish/s3_server.py");
        let mut command = Command::new(python);
        command.arg(script).args([&port.to_string(), "site", KEY, SECRET]);
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = pipes.spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        Some(Self { port, talk: Mutex::new((input, output)), _child: child })
    }

    fn ask(&self, command: &Value) -> Value {
        let mut talk = self.talk.lock().unwrap();
        writeln!(talk.0, "{command}").unwrap();
        let mut line = String::new();
        talk.1.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

/// A folder of moto's bucket.
struct Folder {
    moto: &'static Moto,
    prefix: &'static str,
}

impl Folder {
    fn new(prefix: &'static str) -> Option<Self> {
        Some(Self { moto: Moto::get()?, prefix })
    }

    fn site(&self, port: u16) -> Site {
        let mut site = Site::new(&self.yaml(port));
        site.set(&[("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)]);
        site
    }

    fn headers(&self, path: &str) -> Value {
        self.moto.ask(&json!(["headers", format!("{}/{path}", self.prefix)]))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

impl Host for Folder {
    fn yaml(&self, port: u16) -> String {
        let prefix = self.prefix;
        format!(
            "{{s3: {{bucket: site, prefix: {prefix}, region: us-east-1, endpoint: \"http://127.0.0.1:{port}\"}}}}"
        )
    }

    fn port(&self) -> u16 {
        self.moto.port
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![("AWS_ACCESS_KEY_ID", KEY.to_owned()), ("AWS_SECRET_ACCESS_KEY", SECRET.to_owned())]
    }

    fn wrong_credentials(&self) -> Option<Vec<(&'static str, String)>> {
        Some(vec![("AWS_ACCESS_KEY_ID", KEY.to_owned()), ("AWS_SECRET_ACCESS_KEY", WRONG.to_owned())])
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let files = self.moto.ask(&json!(["files", format!("{}/", self.prefix)]));
        let files = files
            .as_object()
            .unwrap()
            .iter()
            .map(|(path, bytes)| (path.clone(), unhex(bytes.as_str().unwrap())));
        files.filter(|(path, _)| !path.starts_with(".bashu-")).collect()
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        self.moto.ask(&json!(["put", format!("{}/{path}", self.prefix), hex(bytes)]));
    }

    fn take(&self, path: &str) {
        self.moto.ask(&json!(["take", format!("{}/{path}", self.prefix)]));
    }
}

/// s3s-fs: what it holds lies in a folder.
struct Fs {
    dir: TempDir,
    server: Server,
}

impl Fs {
    fn new() -> Option<Self> {
        let program = program("s3s-fs")?;
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("site")).unwrap();
        let port = free_port();
        let mut command = Command::new(program);
        command.args(["--access-key", KEY, "--secret-key", SECRET, "--host", "127.0.0.1", "--port"]);
        let server = Server::start(command.arg(port.to_string()).arg(dir.path()), port);
        Some(Self { dir, server })
    }
}

impl Host for Fs {
    fn yaml(&self, port: u16) -> String {
        format!("{{s3: {{bucket: site, endpoint: \"http://127.0.0.1:{port}\"}}}}")
    }

    fn port(&self) -> u16 {
        self.server.port
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![("AWS_ACCESS_KEY_ID", KEY.to_owned()), ("AWS_SECRET_ACCESS_KEY", SECRET.to_owned())]
    }

    fn wrong_credentials(&self) -> Option<Vec<(&'static str, String)>> {
        Some(vec![
            ("AWS_ACCESS_KEY_ID", "AKIAWRONGEXAMPLE0000".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", WRONG.to_owned()),
        ])
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.dir.path().join("site"))
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let file = self.dir.path().join("site").join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }

    fn take(&self, path: &str) {
        std::fs::remove_file(self.dir.path().join("site").join(path)).unwrap();
    }
}

#[test]
fn moto_life_of_a_site() {
    let Some(host) = Folder::new("life/of a 虫") else { return };
    scenes::life_of_a_site(&host);
}

#[test]
fn moto_wrong_credentials() {
    let Some(host) = Folder::new("wrong") else { return };
    scenes::wrong_credentials(&host);
    // Nor is anything kept of them, right or wrong.
    let mut site = host.site(host.port());
    site.published(&[]);
    site.set(&[("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", WRONG)]);
    assert_eq!(site.publish(&[]).status, 1);
    let files = tree(&site.path().join(".bashu"));
    assert!(!files.is_empty());
    for secret in [SECRET, WRONG, KEY] {
        let holds = |bytes: &[u8]| bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(files.values().chain(host.files().values()).all(|bytes| !holds(bytes)));
    }
}

#[test]
fn moto_gone_in_the_middle() {
    let Some(host) = Folder::new("gone") else { return };
    scenes::gone_in_the_middle(&host);
}

#[test]
fn moto_slow() {
    let Some(host) = Folder::new("slow") else { return };
    scenes::slow(&host);
}

#[test]
fn moto_two_at_once() {
    let Some(host) = Folder::new("two") else { return };
    scenes::two_at_once(&host);
}

#[test]
fn s3s_life_of_a_site() {
    let Some(host) = Fs::new() else { return };
    scenes::life_of_a_site(&host);
}

#[test]
fn s3s_wrong_credentials() {
    let Some(host) = Fs::new() else { return };
    scenes::wrong_credentials(&host);
}

#[test]
fn s3s_two_at_once() {
    let Some(host) = Fs::new() else { return };
    scenes::two_at_once(&host);
}

#[test]
fn s3s_many_files() {
    let Some(host) = Fs::new() else { return };
    scenes::many_files(&host);
}

/// A list comes in pages of a thousand, and what is there already is not sent again.
#[test]
fn moto_pages_and_equal_contents() {
    let Some(host) = Folder::new("pages") else { return };
    let proxy = Proxy::new(host.port());
    let site = host.site(proxy.port);
    site.published(&[]);
    let count = host.files().len() as u64;
    for number in 0..2_500 {
        host.put(&format!("foreign/{number}.txt"), b"theirs");
    }
    host.put(".bashu-manifest.json", b"{ damaged");
    proxy.counted();
    // Nothing is sent: MD5 tells that the contents are equal.
    assert_eq!(site.published(&[]), [0, 0, count, 0]);
    let (changes, looks, _) = proxy.counted();
    assert!(changes <= 2, "{changes} changes for a manifest");
    assert!(looks <= 10, "{looks} requests for three pages");
    assert_eq!(host.files().len() as u64, count + 2_500);
}

#[test]
fn files_have_their_headers() {
    let Some(host) = Folder::new("headers") else { return };
    host.site(host.port()).published(&[]);
    let page = host.headers("en/index.html");
    assert_eq!(page["content-type"], "text/html; charset=utf-8");
    assert_eq!(page["cache-control"], "public, max-age=300");
    assert_eq!(host.headers("100%.txt")["content-type"], "text/plain; charset=utf-8");
    let manifest = host.headers(".bashu-manifest.json");
    assert_eq!(manifest["cache-control"], "no-store");
}

#[test]
fn a_large_file_is_sent_in_parts() {
    let Some(host) = Folder::new("large") else { return };
    let site = host.site(host.port());
    let large: Vec<u8> = (0..20_000_000_u32).map(|n| (n / 251) as u8).collect();
    std::fs::write(site.path().join("static/large.bin"), &large).unwrap();
    site.published(&[]);
    assert!(host.files()["large.bin"] == large);
    // The tag of what was sent in three parts ends so.
    assert!(host.headers("large.bin")["etag"].as_str().unwrap().ends_with("-3\""));
}

#[test]
fn what_breaks_once_is_sent_again() {
    let Some(host) = Folder::new("again") else { return };
    let proxy = Proxy::new(host.port());
    let site = host.site(proxy.port);
    proxy.break_once_after(30_000);
    site.published(&[]);
    assert!(proxy.broke());
    assert_eq!(host.files(), site.output());
}

/// The manifest was written, but the answer did not come: writing again finds it there, and it is ours.
#[test]
fn a_lost_answer_is_no_conflict() {
    let Some(host) = Folder::new("lost") else { return };
    let proxy = Proxy::new(host.port());
    let site = host.site(proxy.port);
    for _ in 0..2 {
        proxy.lose_the_answer_to("/.bashu-manifest.json");
        site.published(&[]);
        assert!(proxy.broke());
        assert_eq!(host.files(), site.output());
        site.write("content/notes/bees.en.md", "---\ntitle: Bees\ndate: 2023-12-01\n---\nThey hum.\n");
    }
}

#[test]
fn faults_say_what_to_do() {
    let Some(host) = Folder::new("faults") else { return };
    let port = host.port();
    let store = |keys: &str| format!("{{s3: {{bucket: site, endpoint: \"http://127.0.0.1:{port}\"{keys}}}}}");
    let own = [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)];
    /// `site.yaml`, the environment, and what is said.
    type Row<'r> = (String, &'r [(&'r str, &'r str)], &'r [&'r str]);
    let table: &[Row<'_>] = &[
        (store(""), &[], &["host-refused", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"]),
        (store(""), &own[..1], &["host-refused", "AWS_SECRET_ACCESS_KEY is not set"]),
        (store(", credentials: OTHER"), &own, &["host-refused", "OTHER_ACCESS_KEY_ID"]),
        (
            format!("{{s3: {{bucket: nosuch, endpoint: \"http://127.0.0.1:{port}\"}}}}"),
            &own,
            &["host-failed", "there is no bucket `nosuch`"],
        ),
        ("{s3: {bucket: site}}".to_owned(), &own, &["invalid-value", "region"]),
        (
            format!("{{s3: {{bucket: site, endpoint: \"http://127.0.0.1:{}\"}}}}", free_port()),
            &own,
            &["host-unreachable", "refused"],
        ),
        (
            format!("{{s3: {{bucket: site, endpoint: \"https://127.0.0.1:{port}\"}}}}"),
            &own,
            &["host-unreachable"],
        ),
    ];
    std::thread::scope(|scope| {
        for (yaml, variables, expected) in table {
            scope.spawn(move || {
                let mut site = Site::new(yaml);
                let nobody = site.path().to_str().unwrap().to_owned();
                site.set(&[&[("HOME", nobody.as_str())], *variables].concat());
                let run = site.publish(&[]);
                assert_eq!(run.status, 1, "{}", run.err);
                for text in *expected {
                    assert!(run.err.contains(text), "{text}: {}", run.err);
                }
                assert!(!run.err.contains(SECRET) && !run.err.contains(KEY), "{}", run.err);
            });
        }
    });
}

#[test]
fn credentials_come_from_files_and_other_variables() {
    let Some(host) = Folder::new("files") else { return };
    let mut site = Site::new(&host.yaml(host.port()));
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    let profile = format!("[default]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n");
    std::fs::write(home.path().join(".aws/credentials"), profile).unwrap();
    let home = home.path().to_str().unwrap();
    site.set(&[("HOME", home)]);
    site.published(&[]);
    assert_eq!(host.files(), site.output());

    let yaml = host.yaml(host.port()).replace("bucket:", "credentials: STAGING, bucket:");
    let mut site = Site::new(&yaml);
    site.set(&[
        ("AWS_ACCESS_KEY_ID", "AKIAOTHER"),
        ("AWS_SECRET_ACCESS_KEY", WRONG),
        ("STAGING_ACCESS_KEY_ID", KEY),
        ("STAGING_SECRET_ACCESS_KEY", SECRET),
    ]);
    site.published(&[]);
    assert_eq!(host.files(), site.output());
}

/// A connection that goes nowhere is noticed, and readers of the message are told.
#[test]
fn a_slow_answer_is_waited_for() {
    let Some(host) = Folder::new("patience") else { return };
    let proxy = Proxy::new(host.port());
    let site = host.site(proxy.port);
    site.published(&[]);
    proxy.dawdle(Duration::from_millis(500));
    assert_eq!(site.published(&[])[..2], [0, 0]);
}
