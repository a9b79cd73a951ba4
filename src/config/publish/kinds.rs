//! The kinds of hosts: what each is reached by.
//!
//! Owns what an address may look like, and sees to it that no secret stands in one.

use super::super::hosts::{
    AzblobHost, DirHost, FolderHost, GcsHost, GitHost, HostKind, RsyncHost, S3Host, SftpHost, WebdavHost,
};
use super::HOST;
use crate::base::Span;
use crate::source::{CACHE, FOLDERS};
use crate::yaml::{Key, Mapping, Node, Reader, Shape};

/// Reads a host of the kind `name`; `None` if something that it needs is missing or wrong.
pub(super) fn kind(
    reader: &mut Reader<'_>,
    name: &'static str,
    (key, node): (Key, Node),
) -> Option<HostKind> {
    let fields = HOST.iter().find(|field| field.key == name).map(|field| &field.shape);
    let Some(Shape::Map(fields)) = fields else { return None };
    let mut map = Keys { at: key.span, map: reader.mapping(node, &format!("`{name}`"), fields)?, reader };
    Some(match name {
        "git" => HostKind::Git(GitHost {
            remote: map.remote("remote", "`remote: git@example.org:us/site.git`")?,
            branch: map.branch()?,
            history: map.reader.bool(map.map.take("history")).unwrap_or(true),
        }),
        "s3" => {
            let endpoint = map.endpoint("endpoint");
            let words = [("path", false), ("virtual", true)];
            HostKind::S3(S3Host {
                bucket: map.needed("bucket", "`bucket: site`")?,
                prefix: map.folder("prefix"),
                region: map.text("region").unwrap_or_else(|| "auto".to_owned()),
                virtual_host: map.reader.one_of(map.map.take("style"), &words).unwrap_or(endpoint.is_none()),
                endpoint,
                credentials: map.variables(),
            })
        }
        "azblob" => HostKind::Azblob(AzblobHost {
            container: map.needed("container", "`container: $web`")?,
            prefix: map.folder("prefix"),
            account: map.text("account"),
            endpoint: map.endpoint("endpoint"),
            credentials: map.variables(),
        }),
        "gcs" => HostKind::Gcs(GcsHost {
            bucket: map.needed("bucket", "`bucket: site`")?,
            prefix: map.folder("prefix"),
            endpoint: map.endpoint("endpoint"),
        }),
        "webdav" => HostKind::Webdav(WebdavHost {
            endpoint: match map.map.take("endpoint") {
                Some(entry) => map.url(entry)?,
                None => map.needed("endpoint", "`endpoint: https://dav.example.org/`")?,
            },
            prefix: map.folder("prefix"),
            credentials: map.variables(),
        }),
        "sftp" => HostKind::Sftp(SftpHost {
            host: map.server()?,
            port: map.port(),
            path: map.absolute("path")?,
            key: map.text("key"),
        }),
        "rsync" => HostKind::Rsync(RsyncHost {
            to: map.remote("to", "`to: user@example.org:/srv/www`")?,
            port: map.port(),
            key: map.text("key"),
        }),
        "dir" => HostKind::Dir(DirHost {
            path: map.own_folder("`path: /srv/www/site`")?,
            releases: map.reader.integer(map.map.take("releases"), 1..=1000).map_or(5, |n| n as usize),
        }),
        _ => HostKind::Folder(FolderHost { path: map.own_folder("`path: public`")? }),
    })
}

/// The keys of one kind, being read.
struct Keys<'r, 'd> {
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

    /// A folder to publish to, which may be no part of the site.
    fn own_folder(&mut self, example: &str) -> Option<String> {
        let Some(entry) = self.map.take("path") else {
            self.reader.missing(self.at, "path", format!("add {example}"));
            return None;
        };
        let path = self.reader.some_text(Some(entry))?;
        let parts: Vec<&str> = path.value.split(['/', '\\']).filter(|part| *part != ".").collect();
        let first = parts.first().copied().unwrap_or_default();
        let relative = !path.value.starts_with('/');
        if relative
            && (first.is_empty() || FOLDERS.contains(&first) || [CACHE, ".git", "output"].contains(&first))
        {
            let message = format!("`{}` is a folder of the site itself", path.value);
            self.reader.invalid(path.span, message, format!("name another one, as in {example}"));
            return None;
        }
        Some(path.value)
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
            self.secret(server.span);
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
        let key =
            text.value.len() >= 16 && ["AKIA", "ASIA"].iter().any(|begin| text.value.starts_with(begin));
        if name && !key {
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
        let text = self.reader.some_text(Some(entry))?;
        let help = "write it as https://store.example.org";
        match url::Url::parse(&text.value) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
                if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
                    self.secret(text.span);
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
            self.secret(text.span);
            return None;
        }
        if text.value.starts_with('-') || text.value.contains("::") {
            let help = format!("write it like {example}");
            self.reader.invalid(text.span, format!("`{}` is no address of a host", text.value), help);
            return None;
        }
        Some(text.value)
    }

    fn secret(&mut self, span: Span) {
        self.reader.invalid(
            span,
            "a secret stands in site.yaml",
            "take it out, and change it, since others may have seen it; secrets come from the environment or the host's own files",
        );
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
