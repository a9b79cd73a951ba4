//! What every host is put through, whatever its kind.

use std::collections::BTreeMap;
use std::time::Duration;

use super::proxy::Proxy;
use super::site::Site;

/// A host in a test: a server that stands, and a look into it by other means than Bashu's.
pub(super) trait Host {
    /// What stands behind the host's name in `site.yaml`, when it is reached by this port.
    fn yaml(&self, port: u16) -> String;
    /// The server's port; 0 if it is reached without a network.
    fn port(&self) -> u16 {
        0
    }
    /// The variables by which Bashu is let in.
    fn credentials(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// Variables by which it is not, and a secret among them that may be shown nowhere.
    fn wrong_credentials(&self) -> Option<Vec<(&'static str, String)>> {
        None
    }
    /// What it holds, by path, but for Bashu's bookkeeping (`.bashu-…`).
    fn files(&self) -> BTreeMap<String, Vec<u8>>;
    /// Puts a file there.
    fn put(&self, path: &str, bytes: &[u8]);
    /// Takes a file away, bookkeeping as well.
    fn take(&self, path: &str);
}

fn site(host: &dyn Host, port: u16) -> Site {
    let mut site = Site::new(&host.yaml(port));
    let own = host.credentials();
    site.set(&own.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>());
    site
}

/// A proxy before a host that has a port, and the port by which it is reached.
fn proxied(host: &dyn Host) -> (Option<Proxy>, u16) {
    let proxy = (host.port() != 0).then(|| Proxy::new(host.port()));
    let port = proxy.as_ref().map_or(0, |proxy| proxy.port);
    (proxy, port)
}

/// First publish, nothing changed, one edit, a deletion, a foreign file, a lost manifest.
pub(super) fn life_of_a_site(host: &dyn Host) {
    let (proxy, port) = proxied(host);
    let site = site(host, port);
    let [new, changed, _, deleted] = site.published(&[]);
    assert_eq!((changed, deleted), (0, 0));
    assert_eq!(host.files(), site.output());
    assert_eq!(new, site.output().len() as u64);
    assert!(host.files().contains_key("zh/notes/蚂蚁/index.html"));
    assert!(host.files().contains_key("100%.txt"));

    let counted = || proxy.as_ref().map_or((0, 0, 0), Proxy::counted);
    counted();
    assert_eq!(site.published(&[]), [0, 0, new, 0]);
    let (changes, looks, up) = counted();
    assert_eq!(changes, 0, "an unchanged site sends nothing");
    assert!(looks <= 2, "an unchanged site costs a request or so, not {looks}");
    assert!(up < 16 * 1024, "{up} bytes for nothing");

    // A dry run changes nothing.
    let before = host.files();
    site.write("content/notes/bees.en.md", "---\ntitle: Bees\ndate: 2023-12-01\n---\nThey hum.\n");
    assert!(site.published(&["--dry-run"])[1] > 0);
    assert_eq!(host.files(), before);
    // The page, the feed that carries its text, and the page that it no longer mentions.
    assert_eq!(site.published(&[])[..2], [0, 3]);
    assert_eq!(host.files(), site.output());

    host.put("foreign/file.txt", b"not ours");
    site.remove("content/notes/wasps.en.md");
    site.remove("content/notes/wasps.zh.md");
    let run = site.publish(&["--max-deletes", "1"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("error[too-many-deletes]"), "{}", run.err);
    assert_eq!(site.published(&["--max-deletes", "2"])[3], 2);
    let mut expected = site.output();
    expected.insert("foreign/file.txt".to_owned(), b"not ours".to_vec());
    assert_eq!(host.files(), expected);

    host.put(".bashu-manifest.json", b"{ damaged");
    site.published(&[]);
    assert_eq!(host.files(), expected);
    assert_eq!(site.published(&[])[..2], [0, 0]);
    host.take(".bashu-manifest.json");
    let run = site.publish(&[]);
    assert!(run.err.contains("error[foreign-host]") && run.err.contains("--adopt"), "{}", run.err);
    site.published(&["--adopt"]);
    assert_eq!(host.files(), expected);
}

/// Wrong credentials change nothing, and are shown nowhere.
pub(super) fn wrong_credentials(host: &dyn Host) {
    let Some(wrong) = host.wrong_credentials() else { return };
    let mut site = site(host, host.port());
    site.published(&[]);
    let before = host.files();
    site.write("content/notes/bees.en.md", "---\ntitle: Bees\ndate: 2023-12-01\n---\nThey hum.\n");
    site.set(&wrong.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>());
    for arguments in [&[][..], &["--verbose"], &["--message-format", "json"]] {
        let run = site.publish(arguments);
        assert_eq!(run.status, 1, "{}{}", run.out, run.err);
        assert!(run.err.contains("host-refused"), "{}", run.err);
        for (_, secret) in &wrong {
            assert!(!run.err.contains(secret.as_str()) && !run.out.contains(secret.as_str()), "{}", run.err);
        }
    }
    assert_eq!(host.files(), before);
}

/// A host that goes away in the middle, at several moments; the next run completes it.
pub(super) fn gone_in_the_middle(host: &dyn Host) {
    let proxy = Proxy::new(host.port());
    let site = site(host, proxy.port);
    for bytes in [1, 20_000, 60_000] {
        proxy.break_after(bytes);
        let run = site.publish(&[]);
        assert_eq!(run.status, 1, "{}{}", run.out, run.err);
        assert!(run.err.contains("error[host-"), "{}", run.err);
        proxy.mend();
    }
    site.published(&[]);
    assert_eq!(host.files(), site.output());
}

/// A slow host takes longer, and no more than that.
pub(super) fn slow(host: &dyn Host) {
    let proxy = Proxy::new(host.port());
    let site = site(host, proxy.port);
    proxy.dawdle(Duration::from_millis(15));
    site.published(&[]);
    assert_eq!(host.files(), site.output());
}

/// Two publishers at once: the host ends with the site of one, whole, and one that lost says so.
pub(super) fn two_at_once(host: &dyn Host) {
    let (proxy, port) = proxied(host);
    let (one, other) = (site(host, port), site(host, port));
    other.write("content/notes/bees.en.md", "---\ntitle: Bees\ndate: 2023-12-01\n---\nThey hum.\n");
    if let Some(proxy) = &proxy {
        proxy.dawdle(Duration::from_millis(5));
    }
    let runs = std::thread::scope(|scope| {
        let threads = [&one, &other].map(|site| scope.spawn(|| site.publish(&[])));
        threads.map(|thread| thread.join().unwrap())
    });
    let won: Vec<bool> = runs.iter().map(|run| run.status == 0).collect();
    assert!(won.contains(&true), "{}{}", runs[0].err, runs[1].err);
    for run in runs.iter().filter(|run| run.status != 0) {
        assert!(run.err.contains("error[host-conflict]"), "{}", run.err);
    }
    // Whoever publishes next finds a host that knows what it holds.
    if let Some(proxy) = &proxy {
        proxy.mend();
    }
    one.published(&["--adopt"]);
    assert_eq!(host.files(), one.output());
}

/// More files than a list has on a page.
pub(super) fn many_files(host: &dyn Host) {
    let site = site(host, host.port());
    for number in 0..3_000 {
        site.write(&format!("static/many/{}/{number}.txt", number % 7), &number.to_string());
    }
    site.published(&[]);
    assert_eq!(host.files(), site.output());
    assert_eq!(site.published(&[])[..2], [0, 0]);
    host.take(".bashu-manifest.json");
    site.published(&["--adopt"]);
    assert_eq!(host.files(), site.output());
}
