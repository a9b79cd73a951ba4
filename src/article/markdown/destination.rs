//! Where a link or image leads, as far as its own text tells.
//!
//! Owns the list of schemes that may be written. It never looks a target up: relative
//! destinations and figures are left to the site.

/// What a destination is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article) enum Destination<'a> {
    /// Relative, root-relative, an anchor or empty: for the site to resolve.
    Site,
    /// Elsewhere, by a scheme that is safe in any browser.
    Elsewhere,
    /// A figure, by its id or `article/id`.
    Figure(&'a str),
    /// A scheme that could run code, or that nobody knows.
    Unsafe,
}

/// Whether a destination is an address elsewhere.
pub fn is_elsewhere(destination: &str) -> bool {
    classify(destination) == Destination::Elsewhere
}

/// Reads a destination as browsers do, and where they differ, as the least careful one does:
/// white space and control characters anywhere in the scheme are overlooked.
pub(in crate::article) fn classify(destination: &str) -> Destination<'_> {
    let mut scheme = [0u8; 8];
    let mut len = 0;
    for (at, c) in destination.char_indices() {
        match c {
            c if c <= ' ' || c.is_control() => {}
            ':' if len > 0 => return by_scheme(scheme.get(..len), &destination[at + 1..]),
            'a'..='z' | 'A'..='Z' => {
                put(&mut scheme, len, c);
                len += 1;
            }
            '0'..='9' | '+' | '-' | '.' if len > 0 => {
                put(&mut scheme, len, c);
                len += 1;
            }
            // No scheme can begin so; `//host/path` takes that of the page.
            _ => break,
        }
    }
    if destination.starts_with("//") { Destination::Elsewhere } else { Destination::Site }
}

/// Longer schemes than those we know overflow the array and are unsafe by their length.
fn put(scheme: &mut [u8; 8], at: usize, c: char) {
    if let Some(place) = scheme.get_mut(at) {
        *place = c.to_ascii_lowercase() as u8;
    }
}

fn by_scheme<'a>(scheme: Option<&[u8]>, rest: &'a str) -> Destination<'a> {
    match scheme {
        Some(b"http" | b"https" | b"mailto" | b"tel") => Destination::Elsewhere,
        Some(b"figure") => Destination::Figure(rest),
        _ => Destination::Unsafe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_recognised_through_every_disguise() {
        for unsafe_one in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript\r:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://example.org/",
            "figures:trips",
            "blob:https://example.org/x",
        ] {
            assert_eq!(classify(unsafe_one), Destination::Unsafe, "{unsafe_one:?}");
        }
    }

    #[test]
    fn the_rest_is_told_apart() {
        for site in [
            "",
            "#routes",
            "air.en.md#x",
            "../a/b.md",
            "/static/a.pdf",
            "a/b:c",
            "./a:b",
            "重庆:成都",
            ":x",
            "?a:b",
            "1:2",
        ] {
            assert_eq!(classify(site), Destination::Site, "{site:?}");
        }
        for elsewhere in
            ["https://example.org/", "HTTP://EXAMPLE.ORG", "mailto:a@b.c", "tel:+86", "//example.org/x"]
        {
            assert_eq!(classify(elsewhere), Destination::Elsewhere, "{elsewhere:?}");
        }
        assert_eq!(classify("figure:trips"), Destination::Figure("trips"));
        assert_eq!(classify("Figure:trains/trips"), Destination::Figure("trains/trips"));
    }
}
