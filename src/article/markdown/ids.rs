//! The ids of a text: each given once.
//!
//! Owns how a heading's id is made unique, and finds the ids in raw HTML. It never decides what
//! a heading's id is based on.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::slots::push_number;

/// The ids in use and in reserve: a text has some ten, which are sooner compared than hashed.
#[derive(Default)]
pub(super) struct Ids(BTreeMap<String, Id>);

struct Id {
    /// Whether something has it already; otherwise it waits for the heading that asked for it.
    taken: bool,
    /// The next suffix to try, so that a thousand equal headings cost a thousand steps.
    next: u32,
}

impl Ids {
    /// Keeps an id for the heading that states it further on.
    pub(super) fn reserve(&mut self, id: &str) {
        self.0.entry(id.to_owned()).or_insert(Id { taken: false, next: 2 });
    }

    /// Takes an id for something that cannot have another.
    pub(super) fn take(&mut self, id: String) {
        self.0.insert(id, Id { taken: true, next: 2 });
    }

    /// An id that was stated: itself for the first who states it.
    pub(super) fn stated(&mut self, id: &str) -> String {
        match self.0.get_mut(id) {
            Some(entry) if !entry.taken => {
                entry.taken = true;
                id.to_owned()
            }
            _ => self.derived(id.to_owned()),
        }
    }

    /// An id like `base` that nobody has or asks for.
    pub(super) fn derived(&mut self, base: String) -> String {
        let mut next = match self.0.entry(base.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(Id { taken: true, next: 2 });
                return base;
            }
            Entry::Occupied(entry) => entry.get().next,
        };
        let free = loop {
            let mut candidate = String::with_capacity(base.len() + 4);
            candidate.push_str(&base);
            candidate.push('-');
            push_number(&mut candidate, next as usize);
            next = next.saturating_add(1);
            if !self.0.contains_key(&candidate) {
                break candidate;
            }
        };
        if let Some(entry) = self.0.get_mut(&base) {
            entry.next = next;
        }
        self.take(free.clone());
        free
    }
}

/// Calls `found` with every id in a piece of HTML, in order. Any text is accepted.
pub(super) fn ids_in(html: &str, mut found: impl FnMut(&str)) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
            rest = attributes(&rest[name.unwrap_or(rest.len())..], &mut found);
        }
    }
}

/// Reads a tag's attributes and returns what follows the tag.
fn attributes<'h>(html: &'h str, found: &mut impl FnMut(&str)) -> &'h str {
    let blank = |c: char| c.is_ascii_whitespace();
    let mut rest = html;
    loop {
        rest = rest.trim_start_matches(|c| blank(c) || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return rest;
        }
        // The first character belongs to the name whatever it is, so that each turn gets further.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..]
            .find(|c| blank(c) || matches!(c, '/' | '>' | '='))
            .map_or(rest.len(), |end| first + end);
        let (name, after) = rest.split_at(end);
        rest = after.trim_start_matches(blank);
        let Some(value) = rest.strip_prefix('=') else { continue };
        let value = value.trim_start_matches(blank);
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                value[1..].split_once(quote).unwrap_or((value.get(1..).unwrap_or_default(), ""))
            }
            _ => value.split_at(value.find(|c| blank(c) || c == '>').unwrap_or(value.len())),
        };
        rest = after;
        if name.eq_ignore_ascii_case("id") && !value.is_empty() {
            found(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_given_once_and_stated_ones_win() {
        let mut ids = Ids::default();
        ids.reserve("a-2");
        ids.take("fn-1".to_owned());
        assert_eq!(ids.derived("a".to_owned()), "a");
        assert_eq!(ids.derived("a".to_owned()), "a-3");
        assert_eq!(ids.stated("a-2"), "a-2");
        assert_eq!(ids.stated("a-2"), "a-2-2");
        assert_eq!(ids.stated("fn-1"), "fn-1-2");
    }

    #[test]
    fn ids_are_found_in_any_html() {
        let found = |html| {
            let mut all = Vec::new();
            ids_in(html, |id| all.push(id.to_owned()));
            all.join(",")
        };
        assert_eq!(found("<a id=\"x\">t</a><div class=y ID = '重庆'><br id=z><p data-id=n id>"), "x,重庆,z");
        assert_eq!(found("<!-- <a id=x> --><a/id=y/><b =id=q"), "y/");
        assert_eq!(found("a < b id=x <3 <a id=\"unclosed"), "unclosed");
    }
}
