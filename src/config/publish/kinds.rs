//! The kinds of hosts: what each is reached by.
//!
//! Owns what an address may look like, and sees to it that no secret stands in one.

use super::super::hosts::{
    AzblobHost, DirHost, FolderHost, GcsHost, GitHost, HostKind, RsyncHost, S3Host, SftpHost, WebdavHost,
};
use super::HOST;
use crate::base::Span;
use crate::diag::{Diagnostic, code};
use crate::yaml::{Key, Mapping, Node, Reader, Shape};

/// Reads what stands behind the kind `name` of a host; `None` if something that it needs is missing or wrong.
pub(super) fn kind(
    reader: &mut Reader<'_>,
    host: &str,
    name: &'static str,
    (key, node): (Key, Node),
) -> Option<HostKind> {
    let fields = HOST.iter().find(|field| field.key == name).map(|field| &field.shape);
    let Some(Shape::Map(fields)) = fields else { return None };
    let mut map =
        Keys { host, at: key.span, map: reader.mapping(node, &format!("`{name}`"), fields)?, reader };
    // All keys are read before one that is wrong ends it, so that all faults are told.
    Some(match name {
        "git" => {
            let remote = map.remote("remote", "`remote: git@example.org:us/site.git`");
            let branch = map.branch();
            let history = map.reader.bool(map.map.take("history")).unwrap_or(true);
            HostKind::Git(GitHost { remote: remote?, branch: branch?, history })
        }
        "s3" => {
            let bucket = map.needed("bucket", "`bucket: site`");
            let endpoint = map.endpoint("endpoint");
            let words = [("path", false), ("virtual", true)];
            let virtual_host = map.reader.one_of(map.map.take("style"), &words).unwrap_or(endpoint.is_none());
            let region = map.text("region").unwrap_or_else(|| "auto".to_owned());
            let (prefix, credentials) = (map.folder("prefix"), map.variables());
            HostKind::S3(S3Host { bucket: bucket?, prefix, region, virtual_host, endpoint, credentials })
        }
        "azblob" => {
            let container = map.needed("container", "`container: $web`");
            let (prefix, account) = (map.folder("prefix"), map.text("account"));
            let (endpoint, credentials) = (map.endpoint("endpoint"), map.variables());
            HostKind::Azblob(AzblobHost { container: container?, prefix, account, endpoint, credentials })
        }
        "gcs" => {
            let bucket = map.needed("bucket", "`bucket: site`");
            let (prefix, endpoint) = (map.folder("prefix"), map.endpoint("endpoint"));
            HostKind::Gcs(GcsHost { bucket: bucket?, prefix, endpoint })
        }
        "webdav" => {
            let endpoint = match map.map.take("endpoint") {
                Some(entry) => map.url(entry),
                None => map.needed("endpoint", "`endpoint: https://dav.example.org/`"),
            };
            let (prefix, credentials) = (map.folder("prefix"), map.variables());
            HostKind::Webdav(WebdavHost { endpoint: endpoint?, prefix, credentials })
        }
        "sftp" => {
            let (host, port) = (map.server(), map.port());
            let (path, key) = (map.absolute("path"), map.text("key"));
            HostKind::Sftp(SftpHost { host: host?, port, path: path?, key })
        }
        "rsync" => {
            let to = map.remote("to", "`to: user@example.org:/srv/www`");
            let (port, key) = (map.port(), map.text("key"));
            HostKind::Rsync(RsyncHost { to: to?, port, key })
        }
        "dir" => {
            let path = map.local("`path: /srv/www/site`");
            let releases = map.reader.integer(map.map.take("releases"), 1..=1000).map_or(5, |n| n as usize);
            HostKind::Dir(DirHost { path: path?, releases })
        }
        _ => HostKind::Folder(FolderHost { path: map.local("`path: public`")? }),
    })
}

/// The keys of one kind, being read.
struct Keys<'r, 'd> {
    host: &'r str,
    at: Span,
    map: Mapping,
    reader: &'r mut Reader<'d>,
}

impl Keys<'_, '_> {
    fn text(&mut self, key: &str) -> Option<String> {
        self.reader.some_text(self.map.take(key)).map(|text| text.value)
    }

    fn needed(&mut self, key: &str, example: &str) -> Option<String> {
        match self.map.take(key) {
            Some(entry) => self.reader.some_text(Some(entry)).map(|text| text.value),
            None => {
                self.reader.missing(self.at, key, format!("add {example}"));
                None
            }
        }
    }

    /// A folder of this machine. A shell would know what `~` means; here it is a name.
    fn local(&mut self, example: &str) -> Option<String> {
        let Some(entry) = self.map.take("path") else {
            self.reader.missing(self.at, "path", format!("add {example}"));
            return None;
        };
        let path = self.reader.some_text(Some(entry))?;
        if path.value.starts_with('~') {
            let help = "write the whole path, as in /home/us/site, or one that begins at the site's folder";
            self.reader.invalid(path.span, "a path cannot begin with `~` here", help);
            return None;
        }
        Some(path.value)
    }

    /// A folder's path without slashes at its ends; nothing for the whole.
    fn folder(&mut self, key: &str) -> String {
        let Some(text) = self.reader.text(self.map.take(key)) else { return String::new() };
        let path = text.value.trim_matches('/');
        let wrong = |part: &str| matches!(part, "." | "..") || part.contains('\\');
        if !path.is_empty() && path.split('/').any(|part| part.is_empty() || wrong(part)) {
            let help = "write a folder's path with single slashes, as in `sites/ours`";
            self.reader.invalid(text.span, format!("`{}` is no folder", text.value), help);
        }
        path.to_owned()
    }

    /// The name of a branch, by git's own rules (`git check-ref-format`).
    fn branch(&mut self) -> Option<String> {
        let Some(entry) = self.map.take("branch") else {
            self.reader.missing(self.at, "branch", "add `branch: pages`");
            return None;
        };
        let branch = self.reader.some_text(Some(entry))?;
        let name = branch.value.as_str();
        let part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
        let odd = |c: char| c.is_control() || " ~^:?*[\\".contains(c);
        let sound = !name.starts_with('-')
            && !name.ends_with('.')
            && !name.contains(odd)
            && !["..", "@{"].iter().any(|two| name.contains(two))
            && name.split('/').all(part);
        if sound && name != "HEAD" {
            return Some(branch.value);
        }
        let help = "write its name alone, as in `pages` or `gh-pages`";
        self.reader.invalid(branch.span, format!("a branch cannot be called `{name}`"), help);
        None
    }

    /// A server as `ssh` knows it, which may not begin like an option.
    fn server(&mut self) -> Option<String> {
        let Some(entry) = self.map.take("host") else {
            self.reader.missing(self.at, "host", "add `host: user@example.org`");
            return None;
        };
        let server = self.reader.some_text(Some(entry))?;
        let (user, name) = server.value.rsplit_once('@').unwrap_or(("", &server.value));
        if user.contains(':') {
            self.secret("host");
            return None;
        }
        if name.is_empty()
            || server.value.starts_with('-')
            || server.value.contains(|c: char| c == '/' || c.is_whitespace())
        {
            let help =
                "write the server alone: `example.org` or `user@example.org`; its folder goes into `path`";
            self.reader.invalid(server.span, format!("`{}` is no server", server.value), help);
            return None;
        }
        // An address of IPv6 has several colons.
        if name.matches(':').count() == 1 {
            let help = "write the port as a key of its own, as in `port: 2222`";
            self.reader.invalid(server.span, "a server's port does not stand in `host`", help);
            return None;
        }
        Some(server.value)
    }

    fn absolute(&mut self, key: &str) -> Option<String> {
        let Some(entry) = self.map.take(key) else {
            self.reader.missing(self.at, key, "add `path: /srv/www/site`");
            return None;
        };
        let path = self.reader.some_text(Some(entry))?;
        if !path.value.starts_with('/') {
            let help = "begin it with a slash, as in /home/us/site";
            self.reader.invalid(path.span, format!("`{}` is not an absolute path", path.value), help);
            return None;
        }
        Some(path.value)
    }

    fn port(&mut self) -> Option<u16> {
        self.reader.integer(self.map.take("port"), 1..=65_535).and_then(|port| u16::try_from(port).ok())
    }

    /// What names of environment variables begin with: a word in capitals, and no key of a store.
    fn variables(&mut self) -> Option<String> {
        let text = self.reader.some_text(self.map.take("credentials"))?;
        let word = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        let name = text.value.starts_with(|c: char| c.is_ascii_uppercase()) && text.value.chars().all(word);
        let long = text.value.len() >= 16;
        if long && (!name || ["AKIA", "ASIA"].iter().any(|begin| text.value.starts_with(begin))) {
            self.secret("credentials");
            return None;
        }
        if name {
            return Some(text.value);
        }
        self.reader.invalid(
            text.span,
            "`credentials` must be what names of environment variables begin with, in capitals",
            "write `credentials: STAGING` and set STAGING_… in the environment; no secret may stand in site.yaml",
        );
        None
    }

    fn endpoint(&mut self, key: &str) -> Option<String> {
        let entry = self.map.take(key)?;
        self.url(entry)
    }

    fn url(&mut self, entry: (Key, Node)) -> Option<String> {
        let name = entry.0.name.clone();
        let text = self.reader.some_text(Some(entry))?;
        let help = "write it as https://store.example.org";
        match url::Url::parse(&text.value) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
                if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
                    self.secret(&name);
                    return None;
                }
                if url.fragment().is_some() {
                    self.reader.invalid(text.span, "an endpoint cannot hold a `#`", help);
                    return None;
                }
                Some(text.value.trim_end_matches('/').to_owned())
            }
            _ => {
                self.reader.invalid(text.span, format!("`{}` is not an http or https URL", text.value), help);
                None
            }
        }
    }

    /// What `git` or `rsync` take, which may not begin like an option.
    fn remote(&mut self, key: &str, example: &str) -> Option<String> {
        let Some(entry) = self.map.take(key) else {
            self.reader.missing(self.at, key, format!("add {example}"));
            return None;
        };
        let text = self.reader.some_text(Some(entry))?;
        if has_secret(&text.value) {
            self.secret(key);
            return None;
        }
        if text.value.starts_with(['-', '~']) || text.value.contains("::") {
            let help = format!("write it like {example}");
            self.reader.invalid(text.span, format!("`{}` is no address of a host", text.value), help);
            return None;
        }
        Some(text.value)
    }

    /// A secret in the file. The message shows no line of it, since messages end up in logs.
    fn secret(&mut self, key: &str) {
        let message = format!("a secret stands in site.yaml, in `{key}` of the host `{}`", self.host);
        let help = "take it out, and change it, since others may have seen it; secrets come from the environment or the host's own files";
        let fault = Diagnostic::new(code::INVALID_VALUE, message);
        self.reader.diags.push(fault.in_file(self.reader.file).help(help));
    }
}

/// Whether an address holds a password or a token: `https://name:password@…`, `name:password@host:…`,
/// or the token in the name's place that GitHub and GitLab understand.
fn has_secret(address: &str) -> bool {
    match url::Url::parse(address) {
        Ok(url) if address.contains("://") => {
            let token = ["ghp_", "gho_", "ghs_", "github_pat_", "glpat-"];
            let over_http = matches!(url.scheme(), "http" | "https");
            url.password().is_some()
                || token.iter().any(|begin| url.username().starts_with(begin))
                || over_http && (url.username().len() >= 20 || url.query().is_some())
        }
        _ => {
            let (before, _) = address.split_once('@').unwrap_or_default();
            before.contains(':') && !before.contains(['/', '\\'])
        }
    }
}
