//! Google Cloud Storage, by an emulator that knows no users and no conditions: what depends on those is
//! tried elsewhere, by what other stores share with it.

use std::collections::BTreeMap;
use std::process::Command;

use super::scenes::{self, Host};
use super::server::{Server, free_port, program};
use super::site::Site;
use super::web::{Web, encoded};

struct Emulator {
    server: Server,
    web: Web,
}

impl Emulator {
    fn new() -> Option<Self> {
        let (program, port) = (program("gcp-storage-emulator")?, free_port());
        let mut command = Command::new(program);
        command.args(["start", "--host=127.0.0.1", "--in-memory", "--default-bucket=site"]);
        let server = Server::start(command.arg(format!("--port={port}")), port);
        Some(Self { server, web: Web::new() })
    }

    fn objects(&self) -> String {
        format!("http://127.0.0.1:{}/storage/v1/b/site/o", self.server.port)
    }

    /// The file's URL: its slashes are no separators.
    fn url(&self, path: &str) -> String {
        format!("{}/{}", self.objects(), encoded(path).replace('/', "%2F"))
    }
}

impl Host for Emulator {
    fn yaml(&self, port: u16) -> String {
        format!("{{gcs: {{bucket: site, endpoint: \"http://127.0.0.1:{port}\"}}}}")
    }

    fn port(&self) -> u16 {
        self.server.port
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![("STORAGE_EMULATOR_HOST", format!("http://127.0.0.1:{}", self.server.port))]
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let listed: serde_json::Value =
            serde_json::from_slice(&self.web.say("GET", &self.objects(), &[], b"")).unwrap();
        let items = listed["items"].as_array().cloned().unwrap_or_default();
        let names = items.iter().map(|item| item["name"].as_str().unwrap().to_owned());
        let names = names.filter(|name| !name.starts_with(".bashu-"));
        names
            .map(|name| {
                let bytes = self.web.say("GET", &format!("{}?alt=media", self.url(&name)), &[], b"");
                (name, bytes)
            })
            .collect()
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let url = format!(
            "http://127.0.0.1:{}/upload/storage/v1/b/site/o?uploadType=media&name={}",
            self.server.port,
            encoded(path)
        );
        self.web.say("POST", &url, &[("content-type", "text/plain")], bytes);
    }

    fn take(&self, path: &str) {
        self.web.say("DELETE", &self.url(path), &[], b"");
    }
}

#[test]
fn life_of_a_site() {
    let Some(host) = Emulator::new() else { return };
    scenes::life_of_a_site(&host);
}

#[test]
fn gone_in_the_middle_and_slow() {
    let Some(host) = Emulator::new() else { return };
    scenes::gone_in_the_middle(&host);
    scenes::slow(&host);
}

#[test]
fn two_at_once() {
    let Some(host) = Emulator::new() else { return };
    scenes::two_at_once(&host);
}

#[test]
fn missing_credentials_are_told_at_once() {
    let mut site = Site::new("{gcs: {bucket: site}}");
    let file = site.path().join("key.json").to_str().unwrap().to_owned();
    site.write("key.json", "{");
    let home = site.path().to_str().unwrap().to_owned();
    let table: [(&[(&str, &str)], &str); 3] = [
        (&[("HOME", &home)], "GOOGLE_APPLICATION_CREDENTIALS is not set"),
        (&[("HOME", &home), ("GOOGLE_APPLICATION_CREDENTIALS", "/no/such/file")], "No such file"),
        (&[("HOME", &home), ("GOOGLE_APPLICATION_CREDENTIALS", &file)], "is not JSON"),
    ];
    for (variables, expected) in table {
        site.set(variables);
        let run = site.publish(&[]);
        assert!(run.err.contains("error[host-refused]") && run.err.contains(expected), "{}", run.err);
    }
}
