//! From `publish` in `site.yaml` to [`Host`]s: keys, defaults, faults.

mod fields;
mod kinds;

use super::hosts::{CacheRule, Compression, Host, HostKind, Require, RuleFile as Rules};
use super::resolve::base_url;
use crate::base::Span;
use crate::diag::{Diagnostic, Diagnostics};
use crate::yaml::{Key, Mapping, Node, Reader, Spanned, Value};

pub(super) use fields::HOST;
use kinds::kind;

const KINDS: [&str; 9] = ["git", "s3", "azblob", "gcs", "webdav", "sftp", "rsync", "dir", "folder"];

/// Reads all hosts; those with faults are left out.
pub(super) fn hosts(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Vec<Host> {
    let mut hosts = Vec::new();
    for (key, node) in reader.names(entry) {
        let typed = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        if key.name.is_empty() || key.name.starts_with('-') || !key.name.chars().all(typed) {
            let help = "use letters, digits and hyphens: the name is typed after `bashu publish`";
            reader.invalid(key.span, format!("a host cannot be called `{}`", key.name), help);
            continue;
        }
        let mut faults = Diagnostics::new();
        let mut own = Reader { file: reader.file, diags: &mut faults };
        if let Some(map) = own.mapping(node, "a host", HOST) {
            hosts.extend(host(&mut own, key, map));
        }
        // A message with a place shows the line, in which a secret may stand as well.
        let is_secret = |fault: &&Diagnostic| fault.labels.iter().any(|label| label.span.is_none());
        let secrets: Vec<Diagnostic> = faults.iter().filter(is_secret).cloned().collect();
        if secrets.is_empty() {
            reader.diags.append(faults);
        } else {
            secrets.into_iter().for_each(|fault| reader.diags.push(fault));
        }
    }
    hosts
}

fn host(reader: &mut Reader<'_>, key: Key, mut map: Mapping) -> Option<Host> {
    let kinds: Vec<_> = KINDS.iter().filter_map(|kind| Some((*kind, map.take(kind)?))).collect();
    let kind = one_kind(reader, &key, kinds);
    let base_url = reader.some_text(map.take("base_url")).and_then(|url| {
        let help = "write it as https://example.org/ or https://example.org/path/";
        base_url(&url.value).map_err(|why| reader.invalid(url.span, why, help)).ok()
    });
    let drafts = reader.bool(map.take("drafts")).unwrap_or(false);
    let cache = cache(reader, map.take("cache"));
    let words = [("gzip", Compression::Gzip), ("brotli", Compression::Brotli)];
    let copies = several(reader, map.take("copies"), &words);
    let encoding = map.take("encoding");
    let at = encoding.as_ref().map(|(key, _)| key.span);
    let encoding = reader.one_of(encoding, &words);
    let rules =
        several(reader, map.take("rules"), &[("_headers", Rules::Headers), ("_redirects", Rules::Redirects)]);
    let require = require(reader, map.take("require"));
    let keep = keep(reader, map.take("keep"));
    let grace = reader.integer(map.take("grace"), 0..=3650).map_or(7, |days| days as u32);
    let parallel = reader.integer(map.take("parallel"), 1..=64);
    let after = programs(reader, map.take("after"));
    let kind = kind?;
    if let Some(at) = at {
        encoded(reader, at, &kind, !copies.is_empty());
    }
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

/// A host is of one kind.
fn one_kind(
    reader: &mut Reader<'_>,
    host: &Key,
    kinds: Vec<(&'static str, (Key, Node))>,
) -> Option<HostKind> {
    let mut kinds = kinds.into_iter();
    let Some((name, entry)) = kinds.next() else {
        let kinds = KINDS.map(|kind| format!("`{kind}`")).join(", ");
        let message = format!("it is not said what the host `{}` is", host.name);
        reader.invalid(host.span, message, format!("add one of {kinds}; docs/publishing.md compares them"));
        return None;
    };
    if let Some((other, (at, _))) = kinds.next() {
        let message = format!("the host `{}` cannot be `{name}` and `{other}` at once", host.name);
        reader.invalid(at.span, message, "keep one of the two, or make two hosts of it");
        return None;
    }
    kind(reader, &host.name, name, entry)
}

/// What is stored compressed must be sent with a header that says so, which some stores alone keep.
fn encoded(reader: &mut Reader<'_>, at: Span, kind: &HostKind, copies: bool) {
    if !matches!(kind, HostKind::S3(_) | HostKind::Gcs(_)) {
        let message = format!("a host of the kind `{}` cannot keep `encoding`", kind.name());
        let help = match kind {
            HostKind::Azblob(_) => "take it out: files would reach readers compressed, and not as pages",
            _ => {
                "take it out; with `copies: [gzip]` files are sent in both forms, for servers that look for them"
            }
        };
        reader.invalid(at, message, help);
    } else if copies {
        let help = "keep `encoding`: a store sends files as they are stored, and does not look for copies";
        reader.invalid(at, "`encoding` and `copies` cannot be used together", help);
    }
}

fn require(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Require {
    let words = [
        ("committed", Require { committed: true, ..Require::default() }),
        ("parity", Require { parity: true, ..Require::default() }),
        ("translations", Require { translations: true, ..Require::default() }),
    ];
    several(reader, entry, &words).into_iter().fold(Require::default(), |all, one| Require {
        committed: all.committed || one.committed,
        parity: all.parity || one.parity,
        translations: all.translations || one.translations,
    })
}

/// Patterns of paths. Whether they can be understood is seen by those who match them.
fn keep(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Vec<Spanned<String>> {
    let mut patterns = Vec::new();
    for text in reader.texts(entry).unwrap_or_default() {
        if text.value.is_empty() {
            reader.invalid(text.span, "an item of `keep` is empty", "write a path there, or take it out");
        } else if text.value.starts_with('/') {
            let help = "write it from the site's root, without a slash at the front: `CNAME`, `shop/**`";
            reader.invalid(text.span, format!("`{}` is no path at the host", text.value), help);
        } else {
            patterns.push(text);
        }
    }
    patterns
}

/// What a kind of host bears. By SFTP all go over one connection.
fn usual_parallel(kind: &HostKind) -> usize {
    match kind {
        HostKind::Webdav(_) => 8,
        _ => 32,
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
        let span = item.span;
        let words = match item.value {
            Value::List(_) => reader.texts(Some((key.clone(), item))),
            _ => reader.some_text(Some((key.clone(), item))).map(|name| vec![name]),
        };
        let Some(words) = words else { continue };
        if words.first().is_none_or(|name| name.value.is_empty()) {
            let help = "write it first, as in `[./purge, --all]`, or take the brackets out";
            reader.invalid(span, "a program in `after` has no name", help);
            continue;
        }
        programs.push(words.into_iter().map(|word| word.value).collect());
    }
    programs
}
