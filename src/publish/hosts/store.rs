//! A place over an operator of `opendal`: object stores, and servers that are like one.
//!
//! Owns how files are sent, several at a time and with repetition, and how a small file of ours is
//! written only if nobody else wrote it. It never knows a vendor: a kind's own file makes the
//! operator and says what messages may tell ([`Told`]).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use opendal::layers::{RetryEvent, RetryLayer, TimeoutLayer};
use opendal::options::{ListOptions, WriteOptions};
use opendal::{Error, ErrorKind, HttpTransporter, Metadata, OperationContext, Operator};
use opendal_http_transport_reqwest::ReqwestTransport;
use tokio::runtime::Runtime;

use super::answers::Told;
use crate::base::Fingerprint;
use crate::publish::crew;
use crate::publish::open::Context;
use crate::publish::place::{Expected, Listed, Mark, Numbered, Place};
use crate::publish::release::{Headers, Item};
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;

/// From this size on a file is sent in parts of this size, and one such file at a time, so that
/// memory does not grow with what a site offers for download.
const LARGE: u64 = 8 * 1024 * 1024;

/// Parts of a large file under way at a time.
const PARTS: usize = 4;

/// How long one request may take: a part of [`LARGE`] bytes over a line of half a megabit.
const REQUEST: Duration = Duration::from_secs(150);

/// How long a request without content may take.
const QUESTION: Duration = Duration::from_secs(30);

/// How long it may take to connect.
const CONNECTION: Duration = Duration::from_secs(10);

/// How many files one request deletes at most, where the store takes so many.
const DELETES: usize = 1000;

/// A store, connected when it is first asked.
pub(super) struct Store {
    runtime: Runtime,
    operator: Operator,
    told: Told,
    parallel: usize,
    /// Whether the store is known to keep the conditions of a write. Of others it is only known
    /// that they take the headers.
    conditions: bool,
    /// How often something was repeated, and nobody was told yet.
    again: Arc<AtomicUsize>,
    large: Mutex<()>,
}

impl Store {
    /// A store that an operator leads to. `conditions`: whether it is known to keep the conditions
    /// of a write; else it is looked at before and after.
    pub(super) fn new(
        context: &Context<'_>,
        operator: Operator,
        told: Told,
        conditions: bool,
    ) -> Result<Self, Trouble> {
        let host = context.host;
        if host.encoding.is_some() && !operator.info().capability().write_with_content_encoding {
            return Err(Trouble::Unfit(
                format!("hosts of the kind `{}` cannot be told how a file is compressed", host.kind.name()),
                "take `encoding` out: such a file would reach readers as it is stored, and not as a page"
                    .to_owned(),
            ));
        }
        let again = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&again);
        let retry = RetryLayer::new()
            .with_jitter()
            .with_min_delay(Duration::from_millis(100))
            .with_factor(3.0)
            .with_max_times(4)
            .with_notify(move |_: RetryEvent<'_>| {
                count.fetch_add(1, Ordering::Relaxed);
            });
        let http = HttpTransporter::new(ReqwestTransport::new(client()?));
        let operator = operator
            .with_context(OperationContext::new().with_http_transport(http))
            // Below the repetition: each attempt has its own time.
            .layer(TimeoutLayer::new().with_timeout(QUESTION).with_io_timeout(REQUEST))
            .layer(retry);
        Ok(Self {
            runtime: runtime()?,
            operator,
            told,
            parallel: host.parallel,
            conditions,
            again,
            large: Mutex::new(()),
        })
    }

    fn trouble(&self, error: &Error) -> Trouble {
        self.told.trouble(error)
    }

    /// Sends one file.
    fn send(&self, item: &Item) -> Result<(), Trouble> {
        // Nothing can panic while the lock is held.
        let alone = (item.size >= LARGE).then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        let bytes = item.bytes()?;
        let mut options = self.headers(&item.headers);
        if alone.is_some() && self.operator.info().capability().write_can_multi {
            options.chunk = usize::try_from(LARGE).ok();
            options.concurrent = PARTS;
        }
        let written = self.runtime.block_on(self.operator.write_options(&item.path, bytes, options));
        written.map(|_| ()).map_err(|error| self.trouble(&error))
    }

    /// What of a file's headers the store keeps.
    fn headers(&self, headers: &Headers) -> WriteOptions {
        let can = self.operator.info().capability();
        WriteOptions {
            content_type: can.write_with_content_type.then(|| headers.content_type.clone()),
            cache_control: can.write_with_cache_control.then(|| headers.cache_control.clone()),
            content_encoding: headers.encoding.map(|encoding| encoding.token().to_owned()),
            ..WriteOptions::default()
        }
    }

    /// How a file of ours is written; nobody but Bashu should get it, and that one the newest.
    fn ours(&self, expected: &Expected) -> WriteOptions {
        let can = self.operator.info().capability();
        let (etag, version) = match expected {
            Expected::Is(Mark(mark)) => (mark.strip_prefix(ETAG), mark.strip_prefix(VERSION)),
            Expected::Any | Expected::Absent => (None, None),
        };
        WriteOptions {
            content_type: can.write_with_content_type.then(|| "application/json".to_owned()),
            cache_control: can.write_with_cache_control.then(|| "no-store".to_owned()),
            if_not_exists: can.write_with_if_not_exists && *expected == Expected::Absent,
            if_match: etag.filter(|_| can.write_with_if_match).map(str::to_owned),
            if_version_match: version.filter(|_| can.write_with_if_version_match).map(str::to_owned),
            ..WriteOptions::default()
        }
    }

    /// The mark that metadata of a store gives: a version where writes can be tied to one, else an
    /// entity tag.
    fn mark_of(&self, metadata: &Metadata) -> Option<Mark> {
        let version =
            metadata.version().filter(|_| self.operator.info().capability().write_with_if_version_match);
        // A weak tag may stand for two contents (RFC 9110, 8.8.1).
        let etag = metadata.etag().filter(|etag| !etag.is_empty() && !etag.starts_with("W/"));
        version
            .map(|version| Mark(format!("{VERSION}{version}")))
            .or_else(|| etag.map(|etag| Mark(format!("{ETAG}{etag}"))))
    }

    /// Whether what is expected of a file is so, as far as looking tells.
    fn is_so(&self, name: &str, expected: &Expected) -> Result<bool, Trouble> {
        Ok(match expected {
            Expected::Any => true,
            Expected::Absent => self.mark(name)?.is_none(),
            Expected::Is(mark) => self.mark(name)?.as_ref() == Some(mark),
        })
    }
}

const ETAG: &str = "etag ";
const VERSION: &str = "version ";

/// The mark of a content, where a store says nothing of its state.
fn content_mark(bytes: &[u8]) -> Mark {
    let fingerprint = Fingerprint::of(bytes);
    Mark(fingerprint.bytes().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What speaks HTTP, for all requests of a place: connections stay open from one to the next.
pub(super) fn client() -> Result<reqwest::Client, Trouble> {
    let builder = reqwest::Client::builder().connect_timeout(CONNECTION).tcp_keepalive(CONNECTION);
    // A host that is gone without a word is noticed by what it does not acknowledge.
    #[cfg(target_os = "linux")]
    let builder = builder.tcp_user_timeout(QUESTION);
    builder
        .user_agent(concat!("bashu/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| Trouble::Failed(error.to_string()))
}

/// Two threads for all connections of a place: they wait more than they compute.
pub(super) fn runtime() -> Result<Runtime, Trouble> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().map_err(|error| Trouble::Failed(error.to_string()))
}

impl Place for Store {
    fn read(&self, name: &str) -> Result<Option<(Vec<u8>, Mark)>, Trouble> {
        let read = self.runtime.block_on(async {
            let reader = self.operator.reader(name).await?;
            let bytes = reader.read(..).await?.to_vec();
            let mark = reader.metadata().and_then(|metadata| self.mark_of(metadata));
            Ok::<_, Error>((bytes, mark))
        });
        match read {
            Ok((bytes, mark)) => {
                let mark = mark.unwrap_or_else(|| content_mark(&bytes));
                Ok(Some((bytes, mark)))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.trouble(&error)),
        }
    }

    fn mark(&self, name: &str) -> Result<Option<Mark>, Trouble> {
        match self.runtime.block_on(self.operator.stat(name)) {
            Ok(metadata) => match self.mark_of(&metadata) {
                Some(mark) => Ok(Some(mark)),
                None => Ok(self.read(name)?.map(|(_, mark)| mark)),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.trouble(&error)),
        }
    }

    fn write(&self, name: &str, bytes: &[u8], expected: &Expected) -> Result<Mark, Trouble> {
        let options = self.ours(expected);
        let told = options.if_not_exists || options.if_match.is_some() || options.if_version_match.is_some();
        let sure = *expected == Expected::Any || (self.conditions && told);
        if !sure && !self.is_so(name, expected)? {
            return Err(Trouble::Conflict);
        }
        let written = self.runtime.block_on(self.operator.write_options(name, bytes.to_vec(), options));
        match written {
            Ok(metadata) if sure => {
                if let Some(mark) = self.mark_of(&metadata) {
                    return Ok(mark);
                }
            }
            // Looked at below.
            Ok(_) => {}
            // If the answer to the first attempt was lost, the second finds what the first wrote.
            Err(error) if is_conflict(error.kind()) => {}
            Err(error) => return Err(self.trouble(&error)),
        }
        match self.read(name)? {
            Some((there, mark)) if there == bytes => Ok(mark),
            _ => Err(Trouble::Conflict),
        }
    }

    fn list(&self) -> Result<Vec<Listed>, Trouble> {
        let options = ListOptions { recursive: true, ..ListOptions::default() };
        let listed = self.runtime.block_on(self.operator.list_options("/", options));
        let entries = listed.map_err(|error| self.trouble(&error))?;
        let files = entries.into_iter().filter(|entry| entry.metadata().is_file());
        let listed = files.map(|entry| {
            let metadata = entry.metadata();
            Listed { path: entry.path().into(), size: metadata.content_length(), md5: md5(metadata) }
        });
        Ok(listed.collect())
    }

    fn put(&self, files: &[Numbered<'_>], tally: &Tally<'_>) -> Result<(), Trouble> {
        crew::each(files, self.parallel, |&(number, item)| {
            let sent = tally.go_on().and_then(|()| self.send(item));
            for _ in 0..self.again.swap(0, Ordering::Relaxed) {
                tally.tell(Heard::Again);
            }
            sent.map(|()| tally.sent(number, item.size))
        })
    }

    fn delete(&self, paths: &[Box<str>], tally: &Tally<'_>) -> Result<(), Trouble> {
        for some in paths.chunks(DELETES) {
            tally.go_on()?;
            let names = some.iter().map(|path| String::from(&**path));
            let deleted = self.runtime.block_on(self.operator.delete_iter(names));
            deleted.map_err(|error| self.trouble(&error))?;
            some.iter().for_each(|_| tally.tell(Heard::File(0)));
        }
        Ok(())
    }
}

/// Whether a write was refused because the file is not what was expected. Azure answers 409 to a
/// write that expects no file where there is one.
fn is_conflict(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConditionNotMatch | ErrorKind::AlreadyExists | ErrorKind::Conflict)
}

/// The MD5 that a store tells of a file: as such in base64 (Azure, Google), or as an entity tag of
/// 32 digits (S3, but for files that were sent in parts or are encrypted with a key of their own).
fn md5(metadata: &Metadata) -> Option<[u8; 16]> {
    let from_tag = || {
        let digits = metadata.etag()?.trim_matches('"');
        if digits.len() != 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(digits, 16).ok().map(u128::to_be_bytes)
    };
    metadata.content_md5().and_then(base64_md5).or_else(from_tag)
}

/// Sixteen bytes in base64 (RFC 4648, 4): 22 digits and `==`.
fn base64_md5(text: &str) -> Option<[u8; 16]> {
    let digits = text.strip_suffix("==").filter(|digits| digits.len() == 22)?;
    let mut number: u128 = 0;
    for (place, byte) in digits.bytes().enumerate() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        // The last digit has two bits of the 128.
        number = if place == 21 {
            (number << 2) | u128::from(digit >> 4)
        } else {
            (number << 6) | u128::from(digit)
        };
    }
    Some(number.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use md5::{Digest, Md5};
    use opendal::MetadataBuilder;

    use super::*;

    #[test]
    fn an_md5_is_known_where_a_store_tells_one() {
        let own: [u8; 16] = Md5::digest(b"insects").into();
        let hex: String = own.iter().map(|byte| format!("{byte:02x}")).collect();
        let tagged = |etag: &str| {
            let mut metadata = MetadataBuilder::file(7);
            metadata.etag(etag);
            md5(&metadata.build())
        };
        assert_eq!(tagged(&format!("\"{hex}\"")), Some(own));
        assert_eq!(tagged(&format!("\"{hex}-3\"")), None);
        assert_eq!(tagged("\"0x8DC1\""), None);
        assert_eq!(tagged(&"+".repeat(32)), None);
        // Of RFC 1864: the digest of "Check Integrity!".
        let told: [u8; 16] = Md5::digest(b"Check Integrity!").into();
        assert_eq!(base64_md5("Q2hlY2sgSW50ZWdyaXR5IQ=="), Some(*b"Check Integrity!"));
        assert_ne!(told, *b"Check Integrity!");
        for wrong in ["", "==", "Q2hlY2sgSW50ZWdyaXR5IQ", "Q2hlY2sgSW50ZWdyaXR5*Q=="] {
            assert_eq!(base64_md5(wrong), None, "{wrong}");
        }
    }
}
