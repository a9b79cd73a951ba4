//! The packets of SFTP version 3: a length, a kind, and words after it.
//!
//! Owns their form. Of what it reads it believes nothing: an answer that ends too early is none.

use std::io::{self, Read};

use crate::publish::hosts::walk::Member;

/// The kinds of answers.
pub(super) const STATUS: u8 = 101;
pub(super) const HANDLE: u8 = 102;
pub(super) const DATA: u8 = 103;
pub(super) const NAMES: u8 = 104;
pub(super) const ATTRIBUTES: u8 = 105;

/// The kind of a request that is not of the protocol, but has a name.
pub(super) const EXTENDED: u8 = 200;

/// No answer is longer.
const LONGEST: usize = 1 << 20;

/// The next packet: its kind, and what follows.
pub(super) fn packet(output: &mut dyn Read) -> io::Result<(u8, Vec<u8>)> {
    let mut head = [0; 5];
    output.read_exact(&mut head)?;
    let [a, b, c, d, kind] = head;
    let length = u32::from_be_bytes([a, b, c, d]) as usize;
    if !(1..=LONGEST).contains(&length) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut body = vec![0; length - 1];
    output.read_exact(&mut body)?;
    Ok((kind, body))
}

/// What follows the kind, being written.
pub(super) struct Body(pub Vec<u8>);

impl Body {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn number(mut self, number: u32) -> Self {
        self.0.extend(number.to_be_bytes());
        self
    }

    pub(super) fn long(mut self, number: u64) -> Self {
        self.0.extend(number.to_be_bytes());
        self
    }

    pub(super) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend((bytes.len() as u32).to_be_bytes());
        self.0.extend(bytes);
        self
    }

    pub(super) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }
}

/// What follows the kind, being read.
pub(super) struct Words<'a>(pub &'a [u8]);

impl<'a> Words<'a> {
    pub(super) fn number(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*number))
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.number()? as usize;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        self.bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    /// A size, and whether it is a folder's.
    pub(super) fn attributes(&mut self) -> Option<(u64, bool)> {
        let flags = self.number()?;
        let has = |flag: u32| flags & flag != 0;
        let size = if has(1) { u64::from(self.number()?) << 32 | u64::from(self.number()?) } else { 0 };
        if has(2) {
            let (_user, _group) = (self.number()?, self.number()?);
        }
        let permissions = if has(4) { self.number()? } else { 0 };
        if has(8) {
            let (_read, _changed) = (self.number()?, self.number()?);
        }
        for _ in 0..if has(0x8000_0000) { self.number()? } else { 0 } {
            let (_name, _value) = (self.bytes()?, self.bytes()?);
        }
        Some((size, permissions & 0o170_000 == 0o040_000))
    }

    /// What a folder holds.
    pub(super) fn names(&mut self) -> Option<Vec<Member>> {
        let count = self.number()?;
        (0..count)
            .map(|_| {
                let (name, _as_shown) = (self.text()?, self.bytes()?);
                let (size, is_folder) = self.attributes()?;
                Some(Member { name, size, is_folder })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_or_is_none_wherever_it_ends() {
        let attributes = |body: Body, mode: u32| {
            body.number(1 | 2 | 4 | 8 | 0x8000_0000)
                .long(5 << 32)
                .number(0)
                .number(0)
                .number(mode)
                .number(7)
                .number(7)
                .number(1)
                .text("name")
                .text("value")
        };
        let body = attributes(Body::new().number(2).text("合").text("drwx 合"), 0o040_755);
        let body = attributes(body.text("x").text("-rw x"), 0o100_644).0;
        let names = Words(&body).names().unwrap();
        let expected = [("合", true), ("x", false)].map(|(name, is_folder)| Member {
            name: name.to_owned(),
            size: 5 << 32,
            is_folder,
        });
        assert_eq!(names, expected);
        for end in 0..body.len() {
            assert_eq!(Words(&body[..end]).names(), None, "{end}");
        }
    }

    #[test]
    fn a_packet_of_a_mad_length_takes_no_memory() {
        assert_eq!(packet(&mut &b"\0\0\0\x03\x65ab-"[..]).unwrap(), (STATUS, b"ab".to_vec()));
        for head in [&b"\xff\xff\xff\xff\x65"[..], b"\0\0\0\0\x65", b"\0\0\0\x09\x65abc", b"\0\0"] {
            assert!(packet(&mut &*head).is_err());
        }
    }
}
