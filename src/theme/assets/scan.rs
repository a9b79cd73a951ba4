//! Where a style sheet names other files: the places of its imports and URLs.
//!
//! Owns as much of CSS's syntax as that takes (CSS Syntax 3, § 4): comments, strings, names, URLs. It
//! never says what a name leads to. What a rule means is asked of the parser.

use std::ops::Range;

/// A file that a style sheet names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Where it stands: a string with its quotation marks, or what is within `url()`.
    pub(super) range: Range<usize>,
    /// Its name, without escapes.
    pub(super) name: String,
    /// Whether `@import` names it.
    pub(super) import: bool,
}

/// What is wrong with the brackets of a style sheet, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// What begins here does not end.
    Open(usize),
    /// More than [`DEEPEST`] stand one within the other.
    Deep(usize),
}

/// How many blocks and brackets may stand one within the other: the parser takes each by recursion.
pub(super) const DEEPEST: usize = 50;

/// What is named in a style sheet, in order; and the first thing that is wrong with its brackets.
pub(super) fn scan(text: &str) -> (Vec<Named>, Option<Broken>) {
    let mut scanner =
        Scanner { text, at: 0, named: Vec::new(), open: Vec::new(), brackets: Vec::new(), rule: None };
    let mut start = 0;
    while scanner.step() {
        if scanner.open.len() + scanner.brackets.len() > DEEPEST {
            return (scanner.named, Some(Broken::Deep(start)));
        }
        start = scanner.at;
    }
    let open = scanner.open.first().map(|&at| Broken::Open(at));
    (scanner.named, open)
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    named: Vec<Named>,
    open: Vec<usize>,
    /// For each open bracket, whether strings in it are names of pictures.
    brackets: Vec<bool>,
    /// The at-rule whose prelude this is.
    rule: Option<&'t str>,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes on behind the next thing; `false` at the end.
    fn step(&mut self) -> bool {
        let Some(c) = self.rest().chars().next() else { return false };
        let start = self.at;
        match c {
            '/' if self.rest().starts_with("/*") => {
                match self.text.get(start + 2..).and_then(|rest| rest.find("*/")) {
                    Some(end) => self.at = start + 2 + end + 2,
                    None => {
                        self.open.push(start);
                        return false;
                    }
                }
            }
            '"' | '\'' => {
                let name = self.string(c);
                if self.is_import() || self.brackets.last() == Some(&true) {
                    self.name(start..self.at, name);
                }
            }
            '\\' => self.escape(&mut String::new()),
            '@' => {
                self.at += 1;
                self.rule = Some(self.word());
            }
            '{' | '}' => {
                if c == '{' {
                    self.open.push(start);
                } else {
                    self.open.pop();
                }
                self.brackets.clear();
                self.rule = None;
                self.at += 1;
            }
            ';' => {
                self.rule = None;
                self.at += 1;
            }
            '(' | '[' => {
                self.brackets.push(false);
                self.at += 1;
            }
            ')' | ']' => {
                self.brackets.pop();
                self.at += 1;
            }
            c if is_name(c) => {
                let word = self.word().to_ascii_lowercase();
                if self.rest().starts_with('(') {
                    self.at += 1;
                    self.brackets.push(matches!(&*word, "image-set" | "-webkit-image-set"));
                    if word == "url" {
                        self.url();
                    }
                }
            }
            c => self.at += c.len_utf8(),
        }
        true
    }

    fn is_import(&self) -> bool {
        self.rule.is_some_and(|rule| rule.eq_ignore_ascii_case("import"))
    }

    fn name(&mut self, range: Range<usize>, name: String) {
        let import = self.is_import();
        // A namespace is named by a URL and is no file.
        if !self.rule.is_some_and(|rule| rule.eq_ignore_ascii_case("namespace")) {
            self.named.push(Named { range, name, import });
        }
        if import {
            // What follows are conditions.
            self.rule = None;
        }
    }

    /// A name from here on.
    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// A string from its quotation mark on. One that a line end breaks off is none; the parser says so.
    fn string(&mut self, quote: char) -> String {
        let mut out = String::new();
        self.at += 1;
        while let Some(c) = self.rest().chars().next().filter(|_| self.line_end() == 0) {
            match c {
                '\\' => self.escape(&mut out),
                c => {
                    self.at += c.len_utf8();
                    if c == quote {
                        break;
                    }
                    out.push(c);
                }
            }
        }
        out
    }

    /// What is within `url()`, from behind its bracket on.
    fn url(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let start = self.at;
        if let Some(quote @ ('"' | '\'')) = self.rest().chars().next() {
            let name = self.string(quote);
            return self.name(start..self.at, name);
        }
        let mut name = String::new();
        while let Some(c) = self.rest().chars().next() {
            match c {
                ')' => break,
                '\\' => self.escape(&mut name),
                c => {
                    self.at += c.len_utf8();
                    name.push(c);
                }
            }
        }
        let spaces = name.len() - name.trim_end().len();
        name.truncate(name.len() - spaces);
        self.name(start..self.at - spaces, name);
    }

    /// A backslash and what it escapes (§ 4.3.7).
    fn escape(&mut self, out: &mut String) {
        self.at += 1;
        let rest = self.rest();
        // A line end is left out of a string.
        self.at += self.line_end();
        if self.rest().len() < rest.len() {
            return;
        }
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits > 0 {
            let number = rest.get(..digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            out.push(number.and_then(char::from_u32).filter(|&c| c != '\0').unwrap_or('\u{fffd}'));
            self.at += digits;
            self.at += self.line_end().max(usize::from(self.rest().starts_with([' ', '\t'])));
        } else if let Some(c) = rest.chars().next() {
            out.push(c);
            self.at += c.len_utf8();
        }
    }

    /// How long the line end is that stands here (§ 3.3); 0 if none does.
    fn line_end(&self) -> usize {
        let rest = self.rest();
        if rest.starts_with("\r\n") { 2 } else { rest.starts_with(['\n', '\r', '\u{c}']).into() }
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text, and of each name in it the place, what it says, and whether it is imported.
    type Case = (&'static str, &'static [(&'static str, &'static str, bool)]);

    #[test]
    fn names_of_files_are_found_and_nothing_else() {
        let cases: &[Case] = &[
            ("@import \"a.css\" screen;", &[("\"a.css\"", "a.css", true)]),
            ("@IMPORT url( a.css ) layer(x);", &[("a.css", "a.css", true)]),
            ("@import 'a' supports(background: url(b));", &[("'a'", "a", true), ("b", "b", false)]),
            ("a { background: url('x y.png') }", &[("'x y.png'", "x y.png", false)]),
            ("a { src: URL(a\\29 b.ttf)format('x') }", &[("a\\29 b.ttf", "a)b.ttf", false)]),
            (
                "a { b: image-set('c.avif' type('d'), url(e) 2x) 'f' }",
                &[("'c.avif'", "c.avif", false), ("e", "e", false)],
            ),
            ("a { b: url() }", &[("", "", false)]),
            ("/* url(a) */ /*/ url(b) */ a { content: \"url(c)\"; d: my-url(e) }", &[]),
            ("@namespace svg url(http://a.example/);", &[]),
            ("@media screen { a { b: url(\"\\\"\") } }", &[("\"\\\"\"", "\"", false)]),
            ("a::before { content: '图\\\n' url(图.png) }", &[("图.png", "图.png", false)]),
            ("a { b: 'c\\\r\nd' url('e\\\r\nf\\2e\r\ng') }", &[("'e\\\r\nf\\2e\r\ng'", "ef.g", false)]),
        ];
        for (text, expected) in cases {
            let (named, broken) = scan(text);
            let found: Vec<_> = named.iter().map(|n| (&text[n.range.clone()], &*n.name, n.import)).collect();
            assert_eq!((found.as_slice(), broken), (*expected, None), "{text}");
        }
    }

    #[test]
    fn what_is_not_closed_is_found() {
        for (text, open) in [
            ("a { b: c", Some(2)),
            ("a { b { c: d }", Some(2)),
            ("a {} /* b", Some(5)),
            ("a {} /*/", Some(5)),
            ("a { b: url(", Some(2)),
            ("a { b: \"}\" }", None),
            ("} a {}", None),
            ("\\", None),
            ("url(\\", None),
        ] {
            assert_eq!(scan(text).1, open.map(Broken::Open), "{text}");
        }
    }
}
