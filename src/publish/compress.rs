//! Compressed copies and compressed files.
//!
//! Owns what is compressed, and that the same content always gives the same bytes.

use std::io::{self, Write};

use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::GzBuilder;

use crate::config::Compression;
use crate::plan::media_type;

/// Below this, headers weigh more than what is saved, and one packet carries it anyway.
const LEAST: u64 = 1024;

/// Brotli's quality. The highest, 11, takes about twice as long and saves some per cent.
const BROTLI: i32 = 10;

/// Whether a file is compressed: text of some size. Pictures, films and fonts for the web are
/// compressed already. Whether it would become smaller is not tried: text does.
pub(super) fn is_text(path: &str, size: u64) -> bool {
    let media = media_type(path);
    let media = media.split(';').next().unwrap_or(&media);
    let text =
        media.starts_with("text/") || ["json", "xml", "javascript"].iter().any(|word| media.ends_with(word));
    // A compressed SVG has the type of a plain one.
    text && size >= LEAST && !path.ends_with(".svgz")
}

/// How a way of compressing is told from another, or from the same at another level.
pub(super) fn form(way: Compression) -> &'static str {
    match way {
        Compression::Gzip => "gzip 9",
        Compression::Brotli => "br 10",
    }
}

/// Compresses.
pub(super) fn compress(bytes: &[u8], way: Compression) -> io::Result<Vec<u8>> {
    let packed = Vec::with_capacity(bytes.len() / 3);
    match way {
        // Without a time, which is what gzip's own files have.
        Compression::Gzip => {
            let mut writer = GzBuilder::new().write(packed, flate2::Compression::best());
            writer.write_all(bytes)?;
            writer.finish()
        }
        Compression::Brotli => {
            let mut packed = packed;
            let mode = BrotliEncoderMode::BROTLI_MODE_TEXT;
            let params =
                BrotliEncoderParams { quality: BROTLI, mode, size_hint: bytes.len(), ..Default::default() };
            brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
            Ok(packed)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn text_of_some_size_is_compressed() {
        for (path, size, expected) in [
            ("zh/index.html", 5000, true),
            ("zh/index.html", 1000, false),
            ("assets/main.0123456789.css", 5000, true),
            ("assets/main.0123456789.js", 5000, true),
            ("figures.json", 5000, true),
            ("zh/feed.xml", 5000, true),
            ("site.webmanifest", 5000, true),
            ("map.svg", 5000, true),
            ("map.svgz", 5000, false),
            ("map.png", 5000, false),
            ("a.woff2", 5000, false),
            ("index.html.gz", 5000, false),
            ("_redirects", 5000, false),
        ] {
            assert_eq!(is_text(path, size), expected, "{path}");
        }
    }

    #[test]
    fn what_is_compressed_comes_back_and_is_always_the_same() {
        let text = "<p>Six legs, 六条腿。</p>\n".repeat(500);
        for way in [Compression::Gzip, Compression::Brotli] {
            let packed = compress(text.as_bytes(), way).unwrap();
            assert!(packed.len() < text.len() / 10, "{}", packed.len());
            assert_eq!(packed, compress(text.as_bytes(), way).unwrap());
            let mut back = String::new();
            match way {
                Compression::Gzip => {
                    assert_eq!(packed[4..8], [0; 4], "no time");
                    flate2::read::GzDecoder::new(&*packed).read_to_string(&mut back).unwrap()
                }
                Compression::Brotli => {
                    brotli::Decompressor::new(&*packed, 4096).read_to_string(&mut back).unwrap()
                }
            };
            assert_eq!(back, text);
        }
    }
}
