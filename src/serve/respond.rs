//! Answers as static hosts give them: types, charsets, `ETag`, ranges.
//!
//! Owns how bytes of any origin become an answer to one request. It does not know what an address
//! leads to.

use std::io::SeekFrom;

use axum::body::Body;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use http_range_header::{RangeRejected, RangeUnsatisfiableError, parse_range_header};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use crate::base::Digest;
use crate::source::Opened;

/// What is to be sent.
pub(super) enum Content {
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// A file, which is sent bit by bit.
    File { file: File, size: u64, digest: Digest },
}

impl From<Opened> for Content {
    fn from(opened: Opened) -> Self {
        match opened {
            // A stamp tells what a file was from what it is but for two changes in one tick of the
            // file system's clock, and a large file need not be read for it.
            Opened::Disk { file, size, stamp } => {
                Self::File { file: file.into(), size, digest: Digest::of_hash(&stamp) }
            }
            Opened::Memory(bytes) => Self::Bytes(bytes),
        }
    }
}

impl Content {
    fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File { size, .. } => *size,
        }
    }

    fn etag(&self) -> String {
        let digest = match self {
            Self::Bytes(bytes) => Digest::of(bytes),
            Self::File { digest, .. } => *digest,
        };
        format!("\"{}\"", digest.hex())
    }

    /// The bytes from one place up to before another.
    async fn part(self, from: u64, to: u64) -> std::io::Result<Body> {
        match self {
            Self::Bytes(mut bytes) => {
                bytes.truncate(usize::try_from(to).unwrap_or(usize::MAX));
                bytes.drain(..usize::try_from(from).unwrap_or(usize::MAX).min(bytes.len()));
                Ok(bytes.into())
            }
            Self::File { mut file, .. } => {
                file.seek(SeekFrom::Start(from)).await?;
                // It may be growing meanwhile.
                Ok(Body::from_stream(ReaderStream::new(file.take(to - from))))
            }
        }
    }
}

/// Sends what stands at an address: whole, in part, or only that it has not changed.
pub(super) async fn found(
    method: &Method,
    headers: &HeaderMap,
    content_type: &str,
    content: Content,
) -> Response {
    let (etag, size) = (content.etag(), content.size());
    let about = |name: HeaderName, text: &str| HeaderValue::from_str(text).ok().map(|value| (name, value));
    let answer = |status: StatusCode, range: Option<String>, length: Option<u64>, body: Body| {
        let mut answer = (status, body).into_response();
        let fields = [
            about(header::ETAG, &etag),
            about(header::ACCEPT_RANGES, "bytes"),
            range.and_then(|range| about(header::CONTENT_RANGE, &range)),
            length.and_then(|_| about(header::CONTENT_TYPE, content_type)),
            length.and_then(|length| about(header::CONTENT_LENGTH, &length.to_string())),
        ];
        answer.headers_mut().extend(fields.into_iter().flatten());
        answer
    };
    if is_known(headers, &etag) {
        return answer(StatusCode::NOT_MODIFIED, None, None, Body::empty());
    }
    let (status, range, from, to) = match wanted(method, headers, &etag, size) {
        Wanted::Whole => (StatusCode::OK, None, 0, size),
        Wanted::Part(from, to) => {
            let range = format!("bytes {from}-{}/{size}", to - 1);
            (StatusCode::PARTIAL_CONTENT, Some(range), from, to)
        }
        Wanted::Nothing => {
            let range = Some(format!("bytes */{size}"));
            return answer(StatusCode::RANGE_NOT_SATISFIABLE, range, None, Body::empty());
        }
    };
    match content.part(from, to).await {
        Ok(body) => answer(status, range, Some(to - from), body),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, &format!("the file cannot be read: {error}\n")),
    }
}

/// Sends a page with a status that tells of a fault, and without what would let it be kept.
pub(super) fn page(status: StatusCode, html: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// Sends a line of text.
pub(super) fn text(status: StatusCode, text: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text.to_owned()).into_response()
}

/// Whether the browser has it already (RFC 9110 § 13.1.2, with its weak comparison).
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    // No tag of ours holds a comma.
    let mut tags = lines.flat_map(|line| line.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

enum Wanted {
    Whole,
    /// From a byte up to before another.
    Part(u64, u64),
    Nothing,
}

/// What a `Range` asks for (RFC 9110 § 14.2): several ranges at once, and what is no range, get the
/// whole, as the standard allows.
fn wanted(method: &Method, headers: &HeaderMap, etag: &str, size: u64) -> Wanted {
    let Some(range) = headers.get(header::RANGE).filter(|_| method == Method::GET) else {
        return Wanted::Whole;
    };
    if headers.get(header::IF_RANGE).is_some_and(|known| known != etag) {
        return Wanted::Whole;
    }
    let Ok(range) = range.to_str() else { return Wanted::Whole };
    match parse_range_header(range).and_then(|ranges| ranges.validate(size)) {
        Ok(ranges) => match ranges.as_slice() {
            [range] => Wanted::Part(*range.start(), range.end() + 1),
            _ => Wanted::Whole,
        },
        Err(RangeUnsatisfiableError::Unsatisfiable) => Wanted::Nothing,
        Err(RangeUnsatisfiableError::Rejected(RangeRejected::TooManyDigits)) => Wanted::Nothing,
        Err(_) => Wanted::Whole,
    }
}
