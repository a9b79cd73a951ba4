//! The script that a page of the preview has beside those of its theme.
//!
//! Owns where it stands in the page. Whatever is served without it is as a build would write it.

use super::tab::Place;
use crate::base::{Digest, escape_html};
use crate::plan::What;

/// Whether what a route makes is a page that keeps itself up to date.
pub(super) fn is_live(what: &What) -> bool {
    matches!(what, What::Page(..) | What::Landing | What::NotFound(_))
}

/// What tells a page from another one: the digest of its bytes.
pub(super) fn mark(html: &[u8]) -> String {
    Digest::of(html).hex()
}

/// A page with the script, which knows the mark and the place of the page that it stands in.
pub(super) fn with_script(html: &[u8], mark: &str, place: Option<&Place>) -> Vec<u8> {
    let place = place.map(|Place { id, lang }| {
        format!(" data-bashu-id=\"{}\" data-bashu-lang=\"{}\"", escape_html(id), escape_html(lang))
    });
    let script = format!(
        "<script type=\"module\" src=\"/_bashu/assets/client.js\" data-bashu-mark=\"{mark}\"{}></script>\n",
        place.unwrap_or_default()
    );
    // Without an end of the body the page's own end will do: HTML lets it be left out.
    let at = html.windows(7).rposition(|tag| tag.eq_ignore_ascii_case(b"</body>")).unwrap_or(html.len());
    [&html[..at], script.as_bytes(), &html[at..]].concat()
}
