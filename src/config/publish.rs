//! From `publish` in `site.yaml` to [`Host`]s: keys, defaults, faults.

use super::hosts::{
    AzblobHost, CacheRule, Compression, DirHost, FolderHost, GcsHost, GitHost, Host, HostKind, Require,
    RsyncHost, RuleFile, S3Host, SftpHost, WebdavHost,
};
use super::resolve::base_url;
use crate::base::Span;
use crate::yaml::{Field, Key, Mapping, Node, Reader, Shape, Spanned, Value};

/// The keys of a host: one of the kinds, and what holds for all of them.
pub(super) const HOST: &[Field] = &[
    Field::new(
        "git",
        Shape::Map(GIT),
        "A branch of a git repository, for Pages of GitHub, GitLab, Codeberg and Gitea.",
    ),
    Field::new(
        "s3",
        Shape::Map(S3),
        "A bucket of Amazon S3 or what is compatible with it: R2, MinIO, Garage.",
    ),
    Field::new("azblob", Shape::Map(AZBLOB), "A container of Azure Blob Storage."),
    Field::new("gcs", Shape::Map(GCS), "A bucket of Google Cloud Storage."),
    Field::new("webdav", Shape::Map(WEBDAV), "A WebDAV server."),
    Field::new("sftp", Shape::Map(SFTP), "A server by SFTP, through the installed ssh."),
    Field::new("rsync", Shape::Map(RSYNC), "A server, or a folder, by the installed rsync."),
    Field::new("dir", Shape::Map(DIR), "A folder of releases, with a link that is switched in one step."),
    Field::new("folder", Shape::Map(FOLDER), "A plain folder, for hosts that take one."),
    Field::new(
        "base_url",
        Shape::Text,
        "Where readers find the site at this host; the site's base_url by default.",
    ),
    Field::new("drafts", Shape::Bool, "Whether drafts are published here as well; false by default."),
    Field::new(
        "cache",
        Shape::Names(&Shape::Text),
        "Cache lifetimes by pattern: `\"*.html\": no-cache`; the first that fits is taken.",
    ),
    Field::new(
        "copies",
        Shape::List(&Shape::OneOf(&["gzip", "brotli"])),
        "Compressed copies beside the files of text, for servers that look for them.",
    ),
    Field::new(
        "encoding",
        Shape::OneOf(&["gzip", "brotli"]),
        "Files of text are stored compressed, at hosts that send them as they are stored.",
    ),
    Field::new(
        "rules",
        Shape::List(&Shape::OneOf(&["_headers", "_redirects"])),
        "Files of rules that go with the site, for hosts that read them.",
    ),
    Field::new(
        "require",
        Shape::List(&Shape::OneOf(&["committed", "parity", "translations"])),
        "What must hold before anything is published.",
    ),
    Field::new(
        "keep",
        Shape::List(&Shape::Text),
        "Patterns of paths that are never written or deleted there.",
    ),
    Field::new(
        "grace",
        Shape::Integer,
        "Days after which fingerprinted assets that no page uses any more are deleted; 7 by default.",
    ),
    Field::new(
        "parallel",
        Shape::Integer,
        "How many files are sent at a time, 1 to 64; the host's usual number by default.",
    ),
    Field::new(
        "after",
        Shape::List(&Shape::Either(&Shape::Text, &Shape::List(&Shape::Text))),
        "Programs that are run when something has changed, and read the changed URLs, one a line.",
    ),
];

const GIT: &[Field] = &[
    Field::new("remote", Shape::Text, "The repository's URL or path; needed."),
    Field::new("branch", Shape::Text, "The branch; needed."),
    Field::new(
        "history",
        Shape::Bool,
        "Whether each publish adds a commit (the default), or the branch is one commit.",
    ),
];

const S3: &[Field] = &[
    Field::new("bucket", Shape::Text, "The bucket; needed."),
    Field::new("prefix", Shape::Text, "The folder in it; the bucket itself by default."),
    Field::new("region", Shape::Text, "The region; `auto` by default."),
    Field::new("endpoint", Shape::Text, "The endpoint's URL; Amazon's by default."),
    Field::new(
        "style",
        Shape::OneOf(&["path", "virtual"]),
        "Where the bucket's name stands in URLs; `path` with an endpoint, else `virtual`.",
    ),
    Field::new(
        "credentials",
        Shape::Text,
        "What the names of its environment variables begin with; AWS by default.",
    ),
];

const AZBLOB: &[Field] = &[
    Field::new("container", Shape::Text, "The container; needed. Static websites are in `$web`."),
    Field::new("prefix", Shape::Text, "The folder in it."),
    Field::new("account", Shape::Text, "The storage account."),
    Field::new("endpoint", Shape::Text, "The endpoint's URL; that of the account by default."),
    Field::new(
        "credentials",
        Shape::Text,
        "What the names of its environment variables begin with; AZURE_STORAGE by default.",
    ),
];

const GCS: &[Field] = &[
    Field::new("bucket", Shape::Text, "The bucket; needed."),
    Field::new("prefix", Shape::Text, "The folder in it."),
    Field::new("endpoint", Shape::Text, "The endpoint's URL; Google's by default."),
];

const WEBDAV: &[Field] = &[
    Field::new("endpoint", Shape::Text, "The server's URL; needed."),
    Field::new("prefix", Shape::Text, "The folder below it."),
    Field::new(
        "credentials",
        Shape::Text,
        "What the names of its environment variables begin with; WEBDAV by default.",
    ),
];

const SFTP: &[Field] = &[
    Field::new(
        "host",
        Shape::Text,
        "The server, as ssh knows it: `example.org` or `user@example.org`; needed.",
    ),
    Field::new("port", Shape::Integer, "Its port."),
    Field::new("path", Shape::Text, "The folder there, absolute; needed."),
    Field::new("key", Shape::Text, "A file with a private key; ssh's own by default."),
];

const RSYNC: &[Field] = &[
    Field::new("to", Shape::Text, "The destination as rsync takes it: `user@example.org:/srv/www`; needed."),
    Field::new("port", Shape::Integer, "The port of ssh."),
    Field::new("key", Shape::Text, "A file with a private key; ssh's own by default."),
];

const DIR: &[Field] = &[
    Field::new(
        "path",
        Shape::Text,
        "The folder, from the site's folder; needed. The link in it is called `current`.",
    ),
    Field::new(
        "releases",
        Shape::Integer,
        "How many releases are kept, the live one included; 5 by default.",
    ),
];

const FOLDER: &[Field] = &[Field::new("path", Shape::Text, "The folder, from the site's folder; needed.")];

const KINDS: [&str; 9] = ["git", "s3", "azblob", "gcs", "webdav", "sftp", "rsync", "dir", "folder"];

/// Reads all hosts; those with faults are left out.
pub(super) fn hosts(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Vec<Host> {
    let mut hosts = Vec::new();
    for (key, node) in reader.names(entry) {
        if !key.name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
            let help = "use letters, digits and hyphens: the name is typed after `bashu publish`";
            reader.invalid(key.span, format!("a host cannot be called `{}`", key.name), help);
            continue;
        }
        let Some(map) = reader.mapping(node, "a host", HOST) else { continue };
        hosts.extend(host(reader, key, map));
    }
    hosts
}

fn host(reader: &mut Reader<'_>, key: Key, mut map: Mapping) -> Option<Host> {
    let mut kinds: Vec<_> = KINDS.iter().filter_map(|kind| Some((*kind, map.take(kind)?))).collect();
    let kind = match kinds.len() {
        0 => {
            let help =
                format!("say what it is, with one of {}", KINDS.map(|kind| format!("`{kind}`")).join(", "));
            reader.invalid(key.span, format!("the host `{}` is of no kind", key.name), help);
            None
        }
        1 => kinds.pop().and_then(|(name, entry)| kind(reader, name, entry)),
        _ => {
            let (second, (at, _)) = &kinds[1];
            let message =
                format!("the host `{}` cannot be `{}` and `{second}` at once", key.name, kinds[0].0);
            reader.invalid(at.span, message, "keep one of the two, or make two hosts of it");
            None
        }
    };
    let base_url = reader.some_text(map.take("base_url")).and_then(|url| {
        let help = "write it as https://example.org/ or https://example.org/path/";
        base_url(&url.value).map_err(|why| reader.invalid(url.span, why, help)).ok()
    });
    let drafts = reader.bool(map.take("drafts")).unwrap_or(false);
    let cache = cache(reader, map.take("cache"));
    let words = [("gzip", Compression::Gzip), ("brotli", Compression::Brotli)];
    let copies = several(reader, map.take("copies"), &words);
    let encoding = reader.one_of(map.take("encoding"), &words);
    let rules = several(
        reader,
        map.take("rules"),
        &[("_headers", RuleFile::Headers), ("_redirects", RuleFile::Redirects)],
    );
    let require = several(
        reader,
        map.take("require"),
        &[
            ("committed", Require { committed: true, ..Require::default() }),
            ("parity", Require { parity: true, ..Require::default() }),
            ("translations", Require { translations: true, ..Require::default() }),
        ],
    );
    let require = require.into_iter().fold(Require::default(), |all, one| Require {
        committed: all.committed || one.committed,
        parity: all.parity || one.parity,
        translations: all.translations || one.translations,
    });
    let keep = reader.texts(map.take("keep")).unwrap_or_default().into_iter().map(|t| t.value).collect();
    let grace = reader.integer(map.take("grace"), 0..=3650).map_or(7, |days| days as u32);
    let parallel = reader.integer(map.take("parallel"), 1..=64);
    let after = programs(reader, map.take("after"));
    let kind = kind?;
    let parallel = parallel.map_or_else(|| usual_parallel(&kind), |n| n as usize);
    let name = Spanned { span: key.span, value: key.name.to_string() };
    Some(Host {
        name,
        kind,
        base_url,
        drafts,
        cache,
        copies,
        encoding,
        rules,
        require,
        keep,
        grace,
        parallel,
        after,
    })
}

/// What a kind of host bears. By SFTP all go over one connection.
fn usual_parallel(kind: &HostKind) -> usize {
    match kind {
        HostKind::Webdav(_) => 8,
        _ => 32,
    }
}

fn kind(reader: &mut Reader<'_>, name: &'static str, (key, node): (Key, Node)) -> Option<HostKind> {
    let fields = HOST.iter().find(|field| field.key == name).map(|field| &field.shape);
    let Some(Shape::Map(fields)) = fields else { return None };
    let mut map = Keys { at: key.span, map: reader.mapping(node, &format!("`{name}`"), fields)?, reader };
    Some(match name {
        "git" => HostKind::Git(GitHost {
            remote: map.remote("remote", "`remote: git@example.org:us/site.git`")?,
            branch: map.needed("branch", "`branch: pages`")?,
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
            host: map.needed("host", "`host: user@example.org`")?,
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
            path: map.needed("path", "`path: /srv/www/site`")?,
            releases: map.reader.integer(map.map.take("releases"), 1..=1000).map_or(5, |n| n as usize),
        }),
        _ => HostKind::Folder(FolderHost { path: map.needed("path", "`path: public`")? }),
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
        let text = self.reader.text(self.map.take(key)).map(|text| text.value).unwrap_or_default();
        text.trim_matches('/').to_owned()
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

    /// What names of environment variables begin with.
    fn variables(&mut self) -> Option<String> {
        let text = self.reader.some_text(self.map.take("credentials"))?;
        if text.value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Some(text.value);
        }
        self.reader.invalid(
            text.span,
            "`credentials` must be what names of environment variables begin with",
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
        if text.value.starts_with('-') || text.value.contains("::") {
            let help = format!("write it like {example}");
            self.reader.invalid(text.span, format!("`{}` is no address of a host", text.value), help);
            return None;
        }
        if url::Url::parse(&text.value).is_ok_and(|url| url.password().is_some()) {
            self.secret(text.span);
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

/// Cache lifetimes in the order of the file.
fn cache(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Vec<CacheRule> {
    let mut rules = Vec::new();
    for (key, node) in reader.names(entry) {
        let pattern = Spanned { span: key.span, value: key.name.to_string() };
        let Some(value) = reader.some_text(Some((key, node))) else { continue };
        if !value.value.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
            let help = "write it as in `max-age=300` or `no-cache`";
            reader.invalid(value.span, format!("`{}` is no value of Cache-Control", value.value), help);
            continue;
        }
        rules.push(CacheRule { pattern, value: value.value });
    }
    rules
}

/// A list of a few words, each once.
fn several<T: Copy + PartialEq>(
    reader: &mut Reader<'_>,
    entry: Option<(Key, Node)>,
    words: &[(&'static str, T)],
) -> Vec<T> {
    let Some((key, node)) = entry else { return Vec::new() };
    let mut found = Vec::new();
    for text in reader.texts(Some((key.clone(), node))).unwrap_or_default() {
        let node = Node { span: text.span, value: Value::Text(text.value.into()) };
        if let Some(word) = reader.one_of(Some((key.clone(), node)), words)
            && !found.contains(&word)
        {
            found.push(word);
        }
    }
    found
}

/// Programs with their arguments: a text is a program alone, a list begins with one.
fn programs(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Vec<Vec<String>> {
    let Some((key, node)) = entry else { return Vec::new() };
    let Value::List(items) = node.value else {
        let help = "write a list of programs, each a text or a list: `after: [[./purge, --all]]`";
        reader.invalid(node.span, "`after` must be a list", help);
        return Vec::new();
    };
    let mut programs = Vec::new();
    for item in items {
        let words = match item.value {
            Value::List(_) => reader.texts(Some((key.clone(), item))).unwrap_or_default(),
            _ => reader.some_text(Some((key.clone(), item))).into_iter().collect(),
        };
        if !words.is_empty() {
            programs.push(words.into_iter().map(|word| word.value).collect());
        }
    }
    programs
}
