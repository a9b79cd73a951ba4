//! Azure Blob Storage, by Azurite.

use std::collections::BTreeMap;
use std::process::Command;

use tempfile::TempDir;

use super::proxy::Proxy;
use super::scenes::{self, Host};
use super::server::{Server, free_port, program};
use super::site::Site;
use super::web::{Web, elements, encoded};

/// The account that Azurite has, and its key, which Microsoft's documentation tells everybody.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
/// A signature by that key for all that can be done with blobs, until 2099.
const SAS: &str = "sv=2019-12-12&ss=b&srt=sco&sp=rwdlac&se=2099-12-31T00:00:00Z&spr=https,http&sig=%2FhrDqolfkJL4KpUA5HS6iDfRheIynnwdLg17eTFJs%2FQ%3D";

struct Azurite {
    _dir: TempDir,
    server: Server,
    web: Web,
}

impl Azurite {
    fn new() -> Option<Self> {
        let program = program("azurite-blob")?;
        let (dir, port) = (tempfile::tempdir().unwrap(), free_port());
        let mut command = Command::new(program);
        command.args(["--blobHost", "127.0.0.1", "--silent", "--skipApiVersionCheck", "--disableTelemetry"]);
        command.args(["--blobPort", &port.to_string(), "--location"]).arg(dir.path());
        let host = Self { server: Server::start(&mut command, port), _dir: dir, web: Web::new() };
        host.web.say("PUT", &format!("{}&restype=container", host.url("")), &[], b"");
        Some(host)
    }

    /// A blob's URL, or the container's.
    fn url(&self, path: &str) -> String {
        let slash = if path.is_empty() { "" } else { "/" };
        format!("http://127.0.0.1:{}/{ACCOUNT}/%24web{slash}{}?{SAS}", self.server.port, encoded(path))
    }

    fn site(&self, variables: &[(&str, &str)]) -> Site {
        let mut site = Site::new(&self.yaml(self.server.port));
        site.set(variables);
        site
    }
}

impl Host for Azurite {
    fn yaml(&self, port: u16) -> String {
        format!("{{azblob: {{container: $web, endpoint: \"http://127.0.0.1:{port}/{ACCOUNT}\"}}}}")
    }

    fn port(&self) -> u16 {
        self.server.port
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AZURE_STORAGE_ACCOUNT_NAME", ACCOUNT.to_owned()),
            ("AZURE_STORAGE_ACCOUNT_KEY", KEY.to_owned()),
        ]
    }

    fn wrong_credentials(&self) -> Option<Vec<(&'static str, String)>> {
        Some(vec![("AZURE_STORAGE_SAS_TOKEN", SAS.replace("%2FQ", "%2FZ"))])
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let (mut files, mut marker) = (BTreeMap::new(), String::new());
        loop {
            let url = format!("{}&restype=container&comp=list&marker={marker}", self.url(""));
            let xml = String::from_utf8(self.web.say("GET", &url, &[], b"")).unwrap();
            for name in elements(&xml, "Name").into_iter().filter(|name| !name.starts_with(".bashu-")) {
                files.insert(name.to_owned(), self.web.say("GET", &self.url(name), &[], b""));
            }
            match elements(&xml, "NextMarker").first() {
                Some(next) if !next.is_empty() => marker = encoded(next),
                _ => return files,
            }
        }
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        self.web.say("PUT", &self.url(path), &[("x-ms-blob-type", "BlockBlob")], bytes);
    }

    fn take(&self, path: &str) {
        self.web.say("DELETE", &self.url(path), &[], b"");
    }
}

#[test]
fn life_of_a_site() {
    let Some(host) = Azurite::new() else { return };
    scenes::life_of_a_site(&host);
}

#[test]
fn wrong_credentials() {
    let Some(host) = Azurite::new() else { return };
    scenes::wrong_credentials(&host);
    // A key that is none, and one that is another's.
    for key in [
        "+no=base64",
        "AAAAvdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
    ] {
        let variables = [("AZURE_STORAGE_ACCOUNT_NAME", ACCOUNT), ("AZURE_STORAGE_ACCOUNT_KEY", key)];
        let run = host.site(&variables).publish(&[]);
        assert!(run.err.contains("error[host-refused]"), "{}", run.err);
        assert!(!run.err.contains(key), "{}", run.err);
    }
    let run = host.site(&[]).publish(&[]);
    assert!(run.err.contains("AZURE_STORAGE_ACCOUNT_KEY are not set"), "{}", run.err);
}

#[test]
fn gone_in_the_middle_and_slow() {
    let Some(host) = Azurite::new() else { return };
    scenes::gone_in_the_middle(&host);
    scenes::slow(&host);
}

#[test]
fn two_at_once() {
    let Some(host) = Azurite::new() else { return };
    scenes::two_at_once(&host);
}

/// Azurite takes half a minute of a core for it, and a page has 5,000 files there: in CI only.
#[test]
fn many_files() {
    if std::env::var_os("BASHU_SERVERS").is_none() {
        return;
    }
    let Some(host) = Azurite::new() else { return };
    scenes::many_files(&host);
}

#[test]
fn every_kind_of_credentials_lets_in() {
    let Some(host) = Azurite::new() else { return };
    let string = format!(
        "DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={KEY};BlobEndpoint=http://127.0.0.1:{}/{ACCOUNT};",
        host.server.port
    );
    let marked = format!("?{SAS}");
    let kinds: &[&[(&str, &str)]] = &[
        &[("AZURE_STORAGE_ACCOUNT", ACCOUNT), ("AZURE_STORAGE_KEY", KEY)],
        &[("AZURE_STORAGE_SAS_TOKEN", SAS)],
        &[("AZURE_STORAGE_SAS_TOKEN", &marked)],
        &[("AZURE_STORAGE_CONNECTION_STRING", &string)],
    ];
    for (number, variables) in kinds.iter().enumerate() {
        let site = host.site(variables);
        let sent = site.published(&[]);
        assert_eq!(sent[0] == 0, number > 0, "{sent:?}");
        assert_eq!(host.files(), site.output());
    }
}

/// Equal contents are not sent again, files have their headers, and parts become one file.
#[test]
fn contents_and_headers() {
    let Some(host) = Azurite::new() else { return };
    let proxy = Proxy::new(host.port());
    let mut site = Site::new(&host.yaml(proxy.port));
    site.set(&[("AZURE_STORAGE_SAS_TOKEN", SAS)]);
    site.published(&[]);
    let (headers, _) = host.web.answer("GET", &host.url("en/index.html"), &[], b"");
    let header =
        |name: &str| headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
    assert_eq!(header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(header("cache-control"), Some("public, max-age=300"));

    host.put(".bashu-manifest.json", b"{ damaged");
    let count = host.files().len() as u64;
    proxy.counted();
    assert_eq!(site.published(&[]), [0, 0, count, 0]);
    assert!(proxy.counted().0 <= 2);

    proxy.lose_the_answer_to("/.bashu-manifest.json");
    let large: Vec<u8> = (0..20_000_000_u32).map(|n| (n / 251) as u8).collect();
    std::fs::write(site.path().join("static/large.bin"), &large).unwrap();
    site.published(&[]);
    assert!(proxy.broke());
    assert!(host.files()["large.bin"] == large);
}

#[test]
fn an_encoding_that_cannot_be_told_is_refused() {
    let Some(host) = Azurite::new() else { return };
    let mut site = Site::new(&host.yaml(host.port()).replace("}}", "}, encoding: gzip}"));
    site.set(&[("AZURE_STORAGE_SAS_TOKEN", SAS)]);
    let run = site.publish(&[]);
    assert!(run.err.contains("error[invalid-value]") && run.err.contains("encoding"), "{}", run.err);
    assert_eq!(host.files().len(), 0);
}
