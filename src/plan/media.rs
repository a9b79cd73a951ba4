//! What kind of media a file of the output is, for whoever serves it or puts it at a host.
//!
//! Owns the types; it never looks into a file.

/// The media type of what stands at a path, by its extension, with the charset of text: all text
/// that a site has is UTF-8.
pub fn media_type(path: &str) -> String {
    // Browsers take a module by any of the names for JavaScript; HTML asks for this one.
    if path.ends_with(".mjs") {
        return "text/javascript; charset=utf-8".to_owned();
    }
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let charset = if mime.type_() == mime_guess::mime::TEXT { "; charset=utf-8" } else { "" };
    format!("{mime}{charset}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_follow_from_names() {
        for (path, expected) in [
            ("en/index.html", "text/html; charset=utf-8"),
            ("en/feed.xml", "text/xml; charset=utf-8"),
            ("assets/a.0123.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.mjs", "text/javascript; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("figures.csv", "text/csv; charset=utf-8"),
            ("figures.json", "application/json"),
            ("a.svg", "image/svg+xml"),
            ("site.webmanifest", "application/manifest+json"),
            ("a.wasm", "application/wasm"),
            ("a.woff2", "font/woff2"),
            ("图.PNG", "image/png"),
            (".nojekyll", "application/octet-stream"),
            ("CNAME", "application/octet-stream"),
            ("a.unheard-of", "application/octet-stream"),
        ] {
            assert_eq!(media_type(path), expected, "{path}");
        }
    }
}
