//! Style in SVG, without what would fetch something.
//!
//! It does not parse CSS. It looks for the few words by which CSS can fetch, wherever they stand, even in
//! strings and comments: what it finds too much of does no harm, and there is no rule of CSS by which
//! something could hide from it, but for escapes, and those it looks through.

/// What begins something that fetches.
const IMPORT: &str = "@import";
const URL: &str = "url(";
/// What can fetch by a mere string, and stands in hardly any picture.
const STRINGS: [&str; 3] = ["src(", "image(", "image-set("];

/// Style with every `@import` taken out, and every `url(…)` that leads out of the picture leading nowhere.
/// `None` if it is made to deceive.
pub(super) fn clean(css: &str) -> Option<String> {
    // Of the same length, so places in one are places in the other.
    let lower = css.to_ascii_lowercase();
    if STRINGS.iter().any(|word| lower.contains(word)) || hides(&lower) {
        return None;
    }
    Some(without_urls(&without_imports(css, &lower)))
}

fn without_imports(css: &str, lower: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut end = 0;
    for (start, _) in lower.match_indices(IMPORT) {
        // One within another's statement is gone with it.
        if let Some(before) = css.get(end..start) {
            kept.push_str(before);
            // Not nothing, else what stands on both sides could become a word.
            kept.push(' ');
            end = start + css.get(start..).map_or(0, statement);
        }
    }
    kept + css.get(end..).unwrap_or_default()
}

fn without_urls(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut end = 0;
    for (start, _) in css.to_ascii_lowercase().match_indices(URL) {
        if let Some(before) = css.get(end..start) {
            let call = css.get(start..).unwrap_or_default();
            let call = call.find(')').and_then(|end| call.get(..=end)).unwrap_or(call);
            kept.push_str(before);
            kept.push_str(if is_own(call) { call } else { "url(#)" });
            end = start + call.len();
        }
    }
    kept + css.get(end..).unwrap_or_default()
}

/// Whether a URL is the data of a picture in pixels.
pub(super) fn is_raster(url: &str) -> bool {
    const KINDS: [&str; 6] = ["png", "jpeg", "jpg", "gif", "webp", "avif"];
    data(url).is_some_and(|kind| kind.strip_prefix("image/").is_some_and(|kind| KINDS.contains(&kind)))
}

/// Whether a URL leads to a part of the picture itself.
pub(super) fn is_fragment(url: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '~');
    url.strip_prefix('#').is_some_and(|id| id.chars().all(is_plain))
}

/// Whether words come to light when escapes (CSS Syntax, § 4.3.7) are read.
fn hides(css: &str) -> bool {
    if !css.contains('\\') {
        return false;
    }
    let read = unescape(css).to_ascii_lowercase();
    let words = [IMPORT, URL].into_iter().chain(STRINGS);
    words.into_iter().any(|word| read.matches(word).count() != css.matches(word).count())
}

fn unescape(css: &str) -> String {
    let mut read = String::with_capacity(css.len());
    let mut rest = css.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            read.push(c);
            continue;
        }
        let text = rest.as_str();
        let length = text.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let (digits, after) = text.split_at(length);
        match u32::from_str_radix(digits, 16) {
            Ok(code) => {
                read.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                let after = after.strip_prefix("\r\n").unwrap_or(after);
                rest = after.strip_prefix([' ', '\t', '\n', '\r', '\x0c']).unwrap_or(after).chars();
            }
            Err(_) => read.extend(rest.next()),
        }
    }
    read
}

/// How long the statement at the beginning is: to the first semicolon outside quotes and brackets.
fn statement(css: &str) -> usize {
    let (mut quote, mut depth) = (None, 0usize);
    for (at, c) in css.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';') if depth == 0 => return at + 1,
            _ => {}
        }
    }
    css.len()
}

/// Whether `url(…)` stays in the picture. Quotes are allowed around what it calls, and nothing in it that
/// could be read in two ways.
fn is_own(call: &str) -> bool {
    let inside = call.get(URL.len()..).and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    let inside = inside.trim_matches([' ', '\t', '\n', '\r', '\x0c']);
    let unquoted = |quote: char| inside.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let url = unquoted('"').or_else(|| unquoted('\'')).unwrap_or(inside);
    let is_font = |kind: &str| kind.starts_with("font/") || kind.contains("font-") || kind.ends_with("-font");
    is_fragment(url) || is_raster(url) || data(url).is_some_and(is_font)
}

/// The media type of a `data:` URL in Base64.
fn data(url: &str) -> Option<&str> {
    let (head, body) = url.strip_prefix("data:")?.split_once(";base64,")?;
    let is_base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/=% \t\r\n".contains(&b);
    let kind = head.split(';').next()?;
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"/;=+.-_".contains(&b);
    (head.bytes().all(is_token) && body.bytes().all(is_base64)).then_some(kind)
}
