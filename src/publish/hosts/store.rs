//! A place over an operator of `opendal`: object stores, and servers that are like one.
//!
//! Owns how files are sent, several at a time and with repetition, and how a small file of ours is
//! written only if nobody else wrote it. It never knows a vendor: a kind's own file makes the
//! operator and says what messages may tell ([`Told`]).

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use opendal::layers::{RetryEvent, RetryLayer, TimeoutLayer};
use opendal::options::{ListOptions, WriteOptions};
use opendal::{Error, ErrorKind, HttpTransporter, Metadata, OperationContext, Operator, Writer};
use opendal_http_transport_reqwest::ReqwestTransport;
use reqwest::redirect::Policy;
use tokio::runtime::Runtime;

use super::answers::Told;
use super::checksum::md5;
use crate::publish::crew::{self, Alone, LARGE};
use crate::publish::open::Context;
use crate::publish::place::{Expected, Listed, Mark, Numbered, Place};
use crate::publish::release::{Headers, Item};
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;

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

/// What is known of how a store guards a file that two may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// It keeps the conditions of a write.
    Conditions,
    /// It tells the states of a file apart; of conditions it is only known that it takes the
    /// headers. So it is looked at before and after as well.
    Tags,
    /// Neither is known, and contents are compared.
    Contents,
}

/// A store, connected when it is first asked.
pub(super) struct Store {
    runtime: Runtime,
    operator: Operator,
    told: Told,
    parallel: usize,
    guard: Guard,
    /// How often something was repeated, and nobody was told yet.
    again: Arc<AtomicUsize>,
    alone: Alone,
}

impl Store {
    /// A store that an operator leads to.
    pub(super) fn new(
        context: &Context<'_>,
        operator: Operator,
        told: Told,
        guard: Guard,
    ) -> Result<Self, Trouble> {
        let host = context.host;
        let again = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&again);
        let retry = RetryLayer::new()
            .with_jitter()
            .with_min_delay(Duration::from_millis(100))
            .with_factor(2.5)
            .with_max_times(4)
            .with_notify(move |_: RetryEvent<'_>| {
                count.fetch_add(1, Ordering::Relaxed);
            });
        let http = HttpTransporter::new(ReqwestTransport::new(client(Policy::default())?));
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
            guard,
            again,
            alone: Alone::default(),
        })
    }

    fn trouble(&self, error: &Error) -> Trouble {
        self.told.trouble(error)
    }

    /// Sends one file; a large one in parts.
    fn send(&self, item: &Item) -> Result<(), Trouble> {
        let _alone = self.alone.hold(item.size);
        if item.size >= LARGE && self.operator.info().capability().write_can_multi {
            return self.send_in_parts(item);
        }
        let written = self.operator.write_options(&item.path, item.bytes()?, self.headers(&item.headers));
        self.runtime.block_on(written).map(|_| ()).map_err(|error| self.trouble(&error))
    }

    /// Sends a large file as it is read. It appears when all of it is there, and is what it should be.
    fn send_in_parts(&self, item: &Item) -> Result<(), Trouble> {
        let chunk = usize::try_from(LARGE).ok();
        let options = WriteOptions { chunk, concurrent: PARTS, ..self.headers(&item.headers) };
        let writer = self.runtime.block_on(self.operator.writer_options(&item.path, options));
        let writer = writer.map_err(|error| self.trouble(&error))?;
        let mut parts = Parts { runtime: &self.runtime, writer, failed: None };
        let copied = item.copy_to(&mut parts);
        let Parts { mut writer, failed, .. } = parts;
        let sent = match failed {
            Some(error) => Err(self.trouble(&error)),
            None => copied.and_then(|()| {
                self.runtime.block_on(writer.close()).map(|_| ()).map_err(|error| self.trouble(&error))
            }),
        };
        if sent.is_err() {
            // Parts that nobody joins cost money at some stores. More than trying is not to be done.
            let _ = self.runtime.block_on(writer.abort());
        }
        sent
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
        if self.guard == Guard::Contents {
            return None;
        }
        let version =
            metadata.version().filter(|_| self.operator.info().capability().write_with_if_version_match);
        // A weak tag may stand for two contents (RFC 9110, 8.8.1).
        let etag = metadata.etag().filter(|etag| !etag.is_empty() && !etag.starts_with("W/"));
        version
            .map(|version| Mark(format!("{VERSION}{version}")))
            .or_else(|| etag.map(|etag| Mark(format!("{ETAG}{etag}"))))
    }
}

/// A file on its way in parts.
struct Parts<'s> {
    runtime: &'s Runtime,
    writer: Writer,
    /// Why it cannot go on.
    failed: Option<Error>,
}

impl Write for Parts<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        match self.runtime.block_on(self.writer.write(piece.to_vec())) {
            Ok(()) => Ok(piece.len()),
            Err(error) => {
                self.failed = Some(error);
                Err(io::Error::other("the host takes no more"))
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const ETAG: &str = "etag ";
const VERSION: &str = "version ";

/// What speaks HTTP, for all requests of a place: connections stay open from one to the next.
pub(super) fn client(redirects: Policy) -> Result<reqwest::Client, Trouble> {
    let builder = reqwest::Client::builder().redirect(redirects);
    let builder = builder.connect_timeout(CONNECTION).tcp_keepalive(CONNECTION);
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
                let mark = mark.unwrap_or_else(|| Mark::of(&bytes));
                Ok(Some((bytes, mark)))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.trouble(&error)),
        }
    }

    fn mark(&self, name: &str) -> Result<Option<Mark>, Trouble> {
        if self.guard == Guard::Contents {
            return Ok(self.read(name)?.map(|(_, mark)| mark));
        }
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
        let sure = *expected == Expected::Any || (self.guard == Guard::Conditions && told);
        if !sure && !expected.holds(self.mark(name)?.as_ref()) {
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
