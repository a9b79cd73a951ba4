//! A client for HTTP that says exactly what it is told, right or wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// What the server answered.
pub(super) struct Answer {
    pub(super) status: u16,
    fields: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The value of a field; empty if it is not there.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// Sends bytes and reads one answer.
pub(super) fn say(at: SocketAddr, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(at).unwrap();
    // A server that refuses the first line may close before it has heard the rest.
    let _ = stream.write_all(request);
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let first = line();
    let status = first.split(' ').nth(1).unwrap_or_else(|| panic!("no answer: {first:?}")).parse().unwrap();
    let mut fields = Vec::new();
    while let Some((name, value)) = line().split_once(": ") {
        fields.push((name.to_lowercase(), value.to_owned()));
    }
    let mut answer = Answer { status, fields, body: Vec::new() };
    assert_eq!(answer.field("transfer-encoding"), "", "every length is known");
    let bodiless = request.starts_with(b"HEAD ") || matches!(status, 101 | 204 | 304);
    if !bodiless {
        let length: usize = answer.field("content-length").parse().unwrap();
        answer.body = vec![0; length];
        reader.read_exact(&mut answer.body).unwrap();
    }
    answer
}
