//! The three kinds of path, kept apart by type: files of the site, URLs, files of the output.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// A file of the site, relative to its folder, with `/` on every system:
/// `content/initiatives/ants.en.md`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentPath(Arc<str>);

impl ContentPath {
    /// A path from its text.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder the file stands in, without a trailing slash; empty for the site's own folder.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file's name.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Follows a relative reference (RFC 3986 § 5.2, without query) from this file's folder.
    /// `None` when it climbs out of the site.
    pub fn join(&self, reference: &str) -> Option<ContentPath> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|p| !p.is_empty()).collect();
        for part in reference.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self::new(parts.join("/")))
    }

    /// The relative reference that leads from another file to this one.
    pub fn reference_from(&self, from: &ContentPath) -> String {
        let here: Vec<&str> = from.folder().split('/').filter(|p| !p.is_empty()).collect();
        let there: Vec<&str> = self.0.split('/').collect();
        let common = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
        let up = "../".repeat(here.len() - common);
        format!("{up}{}", there[common..].join("/"))
    }
}

impl fmt::Display for ContentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ContentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What a path segment may not hold unencoded: RFC 3986 `pchar` and nothing else passes; the
/// encoding of everything beyond ASCII is that of UTF-8.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A URL's path below the base URL, decoded, from its first slash: `/zh/合作/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// A path from its decoded text, which begins with a slash.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The decoded path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as it stands in HTML, XML and HTTP: percent-encoded.
    pub fn encoded(&self) -> Cow<'_, str> {
        utf8_percent_encode(&self.0, SEGMENT).into()
    }

    /// The file that a static host answers this path with: a folder's `index.html`.
    pub fn output(&self) -> OutputPath {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            OutputPath::new(format!("{path}index.html"))
        } else {
            OutputPath::new(path)
        }
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of the finished site, relative to the output folder, with `/`: `zh/合作/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// A path from its text.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Why this path cannot be written on some system, or would leave the output folder.
    /// The names that Windows refuses are refused everywhere: a site moves between machines.
    pub fn fault(&self) -> Option<String> {
        Self::fault_of(&self.0)
    }

    /// The same of a path that is only text yet.
    pub fn fault_of(path: &str) -> Option<String> {
        path.split('/').find_map(fault_of_name)
    }

    /// The path as a file system that ignores case sees it.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

fn fault_of_name(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("between two slashes there must be a name".to_owned());
    }
    if name == "." || name == ".." {
        return Some(format!("`{name}` is not a folder or file name"));
    }
    let refused = |c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    // Nearly every name is of these, which a look at its bytes tells.
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    if !name.bytes().all(plain)
        && let Some(c) = name.chars().find(|&c| refused(c))
    {
        return Some(format!("a name cannot hold `{}`", c.escape_debug()));
    }
    if name.ends_with('.') || name.ends_with(' ') || name.starts_with(' ') {
        return Some(format!("`{name}` begins or ends with a space or a full stop"));
    }
    if name.len() > 240 {
        return Some("a name of more than 240 bytes fits no common file system".to_owned());
    }
    // Devices' names have four letters at most.
    let stem = name.bytes().take(5).position(|b| b == b'.').and_then(|end| name.get(..end)).unwrap_or(name);
    let is = |device: &str| stem.eq_ignore_ascii_case(device);
    let device = match stem.as_bytes() {
        [_, _, _] => is("con") || is("prn") || is("aux") || is("nul"),
        [kind @ .., b'1'..=b'9'] => kind.eq_ignore_ascii_case(b"com") || kind.eq_ignore_ascii_case(b"lpt"),
        _ => false,
    };
    device.then(|| format!("`{name}` is a device's name on Windows"))
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_followed_inside_the_site_only() {
        let from = ContentPath::new("content/initiatives/ants.en.md");
        assert_eq!(from.join("../topics/rural.en.md").unwrap().as_str(), "content/topics/rural.en.md");
        assert_eq!(from.join("./bees.en.md").unwrap().as_str(), "content/initiatives/bees.en.md");
        assert!(from.join("../../../etc/passwd").is_none());
        for path in ["content/topics/rural.en.md", "content/initiatives/bees.en.md", "site.yaml"] {
            let path = ContentPath::new(path);
            assert_eq!(from.join(&path.reference_from(&from)), Some(path));
        }
    }

    #[test]
    fn urls_are_encoded_and_name_their_file() {
        let url = UrlPath::new("/zh/合作 1/");
        assert_eq!(url.encoded(), "/zh/%E5%90%88%E4%BD%9C%201/");
        assert_eq!(url.output().as_str(), "zh/合作 1/index.html");
        assert_eq!(UrlPath::new("/").output().as_str(), "index.html");
        assert_eq!(UrlPath::new("/404.html").output().as_str(), "404.html");
    }

    #[test]
    fn names_that_some_system_refuses_are_faults() {
        for path in ["a/../b", "con", "aux.html", "a/b\\c", "a:b", "x./y", "a//b"] {
            assert!(OutputPath::new(path).fault().is_some(), "{path}");
        }
        for path in ["zh/合作/index.html", ".nojekyll", "console/index.html", "com/index.html"] {
            assert!(OutputPath::new(path).fault().is_none(), "{path}");
        }
    }
}
