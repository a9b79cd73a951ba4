//! What readers' browsers are told about a file: its type, how long it may be kept, how it is stored.
//!
//! Owns the cache lifetimes and where they count. It never looks into a file.

use super::compress::is_text;
use super::kind::Kind;
use super::pattern::Pattern;
use crate::config::{Compression, Host, HostKind};
use crate::diag::Diagnostics;
use crate::plan::media_type;

/// What a host is told about a file, where it keeps such things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headers {
    /// Its media type, with charset.
    pub content_type: String,
    /// How long browsers and caches may keep it (`Cache-Control`).
    pub cache_control: String,
    /// How it is stored (`Content-Encoding`).
    pub encoding: Option<Compression>,
}

/// The rules by which headers are given: those of `site.yaml`, then Bashu's own.
#[derive(Debug, Clone)]
pub(super) struct HeaderRules {
    /// Patterns with values of `Cache-Control`; the first that fits is taken.
    pub cache: Vec<(Pattern, String)>,
    encoding: Option<Compression>,
    kept: bool,
}

impl HeaderRules {
    /// Those of a host, or what is wrong with them.
    pub(super) fn new(host: &Host) -> Result<Self, Diagnostics> {
        let mut faults = Diagnostics::new();
        let mut cache = Vec::new();
        for rule in &host.cache {
            match Pattern::read(&rule.pattern) {
                Ok(pattern) => cache.push((pattern, rule.value.clone())),
                Err(fault) => faults.push(fault),
            }
        }
        let kept = keeps_headers(host);
        if faults.is_empty() { Ok(Self { cache, encoding: host.encoding, kept }) } else { Err(faults) }
    }

    /// The headers of a file; a compressed copy has the lifetime of what it is a copy of.
    pub(super) fn of(&self, path: &str, kind: Kind, size: u64, copy_of: Option<&str>) -> Headers {
        let original = copy_of.unwrap_or(path);
        let own = self.cache.iter().find(|(pattern, _)| pattern.fits(original));
        let cache_control = own.map_or_else(|| lifetime(kind).to_owned(), |(_, value)| value.clone());
        let encoding = self.encoding.filter(|_| copy_of.is_none() && is_text(path, size));
        Headers { content_type: media_type(path), cache_control, encoding }
    }

    /// What of a file's headers the host keeps, in a form that differs when they do: a changed rule
    /// sends what it changes there, and nothing at others.
    pub(super) fn kept(&self, headers: &Headers) -> String {
        let Headers { content_type, cache_control, encoding } = headers;
        let encoding = encoding.map_or("", Compression::token);
        if self.kept { format!("{content_type}\n{cache_control}\n{encoding}") } else { String::new() }
    }
}

/// How long a file may be kept if `site.yaml` does not say.
///
/// Another content of a fingerprinted file has another name, so that it never has to be asked for
/// again: a year, which is what RFC 9111 took for ever. Pages and feeds have no other name when they
/// change. Five minutes: a correction is seen by all who look within five minutes, and who reads
/// from page to page and back does not wait for each again. It is far less than the days for which
/// a page's old assets stay. Pictures and downloads change rarely and weigh more: an hour.
pub(super) fn lifetime(kind: Kind) -> &'static str {
    match kind {
        Kind::Asset => "public, max-age=31536000, immutable",
        Kind::File => "public, max-age=3600",
        Kind::Page | Kind::Index | Kind::Feed => "public, max-age=300",
    }
}

/// Whether what a host is told of a file is what it tells browsers.
fn keeps_headers(host: &Host) -> bool {
    matches!(host.kind, HostKind::S3(_) | HostKind::Azblob(_) | HostKind::Gcs(_))
}
