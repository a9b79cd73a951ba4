//! Where a script names other modules: the specifiers of `import` and `export … from`.
//!
//! Owns as much of JavaScript's syntax as that takes (ECMA-262, § 12): comments, strings, templates,
//! regular expressions, names. It runs nothing and knows no file.

use std::ops::Range;

/// Words after which a slash begins a regular expression.
const BEFORE_VALUES: &[&str] = &[
    "await",
    "case",
    "delete",
    "do",
    "else",
    "in",
    "instanceof",
    "new",
    "of",
    "return",
    "throw",
    "typeof",
    "void",
    "yield",
];

/// The specifiers of a script, each with its place, quotation marks included.
pub(super) fn specifiers(text: &str) -> Vec<(Range<usize>, String)> {
    // Most scripts name nothing.
    if !text.contains("import") && !text.contains("from") {
        return Vec::new();
    }
    let mut scanner = Scanner { text, at: 0, last: Last::Other, found: Vec::new(), templates: Vec::new() };
    while scanner.step() {}
    scanner.found
}

/// What stands before a place, as far as it decides what the next characters are.
#[derive(Clone, Copy, PartialEq)]
enum Last<'t> {
    /// A name or keyword.
    Word(&'t str),
    /// A name behind a full stop, a number, a string, a closing bracket: something that has a value.
    Value,
    /// `import(`.
    Call,
    Dot,
    Other,
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    last: Last<'t>,
    found: Vec<(Range<usize>, String)>,
    /// For each template that is left for an expression, how many braces are open in that.
    templates: Vec<usize>,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes on by `length` bytes, or to the end.
    fn skip(&mut self, length: Option<usize>) {
        self.at = length.map_or(self.text.len(), |length| self.at + length);
    }

    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return false };
        match c {
            c if c.is_whitespace() => self.at += c.len_utf8(),
            '/' if rest.starts_with("//") => self.skip(rest.find('\n')),
            '/' if rest.starts_with("/*") => {
                self.skip(rest.get(2..).and_then(|rest| rest.find("*/")).map(|end| end + 4));
            }
            '/' if self.is_value_next() && self.regex() => self.last = Last::Value,
            '"' | '\'' => self.string(c),
            '`' => {
                self.at += 1;
                self.template();
            }
            '{' | '}' => self.brace(c),
            c if is_name(c) => {
                let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
                let word = rest.get(..end).unwrap_or_default();
                self.at += end;
                let is_value = self.last == Last::Dot || c.is_ascii_digit();
                self.last = if is_value { Last::Value } else { Last::Word(word) };
            }
            _ => {
                self.last = match c {
                    ')' | ']' => Last::Value,
                    '.' if !rest.starts_with("...") => Last::Dot,
                    '(' if self.last == Last::Word("import") => Last::Call,
                    _ => Last::Other,
                };
                self.at += if rest.starts_with("...") { 3 } else { c.len_utf8() };
            }
        }
        true
    }

    fn is_value_next(&self) -> bool {
        match self.last {
            Last::Word(word) => BEFORE_VALUES.contains(&word),
            Last::Value | Last::Dot => false,
            Last::Call | Last::Other => true,
        }
    }

    /// A regular expression, if the line holds its end.
    fn regex(&mut self) -> bool {
        let mut within_class = false;
        let mut escaped = false;
        let end = self.rest().char_indices().skip(1).find_map(|(at, c)| {
            let plain = !escaped;
            escaped = plain && c == '\\';
            match c {
                '\n' => return Some(None),
                '[' if plain => within_class = true,
                ']' if plain => within_class = false,
                '/' if plain && !within_class => return Some(Some(at + 1)),
                _ => {}
            }
            None
        });
        match end.flatten() {
            Some(end) => self.at += end,
            None => return false,
        }
        true
    }

    fn string(&mut self, quote: char) {
        let start = self.at;
        let mut content = String::new();
        let mut escaped = false;
        let end = self.rest().char_indices().skip(1).find_map(|(at, c)| {
            if !escaped && (c == quote || c == '\n') {
                return Some(at + 1);
            }
            escaped = !escaped && c == '\\';
            content.push(c);
            None
        });
        self.skip(end);
        if matches!(self.last, Last::Word("import" | "from") | Last::Call) {
            self.found.push((start..self.at, content));
        }
        self.last = Last::Value;
    }

    /// A template's text, up to its end or its next expression.
    fn template(&mut self) {
        let mut escaped = false;
        let rest = self.rest();
        let end = rest.char_indices().find_map(|(at, c)| {
            let plain = !escaped;
            escaped = plain && c == '\\';
            let opens = rest.get(at..).is_some_and(|rest| rest.starts_with("${"));
            (plain && (c == '`' || opens)).then_some((at, opens))
        });
        self.skip(end.map(|(at, opens)| at + if opens { 2 } else { 1 }));
        self.last = Last::Value;
        if end.is_some_and(|(_, opens)| opens) {
            self.templates.push(0);
            self.last = Last::Other;
        }
    }

    fn brace(&mut self, c: char) {
        self.at += 1;
        self.last = Last::Other;
        match (c, self.templates.last_mut()) {
            ('{', Some(open)) => *open += 1,
            ('}', Some(0)) => {
                self.templates.pop();
                self.template();
            }
            ('}', Some(open)) => *open -= 1,
            _ => {}
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifiers_are_found_and_nothing_else() {
        let cases: &[(&str, &[&str])] = &[
            ("import './a.js';import b from \"./b.js\"", &["./a.js", "./b.js"]),
            (
                "import b, * as c from './c.js'\nexport { d as e } from './d.js'; export * from './e.js'",
                &["./c.js", "./d.js", "./e.js"],
            ),
            ("const x = await import('./x.js'); import.meta.url; a.import('./no.js')", &["./x.js"]),
            (
                "// import './a.js'\n/* from './b.js' */ const s = \"import './c.js'\" + 'from \"./d.js\"'",
                &[],
            ),
            (
                "`import './a.js' ${ import('./b.js') + { c: `${import('./c.js')}` } } from './d.js'`",
                &["./b.js", "./c.js"],
            ),
            ("const r = /[/'\"]/; import './a.js'", &["./a.js"]),
            ("a = b / c; d = e / f; import './a.js'", &["./a.js"]),
            ("f(/'/); x = y\n/ 2 / 'z'; import('./图.js')", &["./图.js"]),
            ("Array.from('abc'); const from = 'x'; import {from} from'./a.js'", &["./a.js"]),
            ("x = [...import('./a.js')]", &["./a.js"]),
            ("import './open", &["./open"]),
            ("`${", &[]),
            ("/* import", &[]),
            ("'\\", &[]),
        ];
        for (text, expected) in cases {
            let found = specifiers(text);
            let names: Vec<&str> = found.iter().map(|(_, name)| name.as_str()).collect();
            assert_eq!(names, *expected, "{text}");
        }
    }

    #[test]
    fn places_hold_the_quotation_marks() {
        let text = "图; import \"./a.js\";";
        let (range, _) = specifiers(text).remove(0);
        assert_eq!(&text[range], "\"./a.js\"");
    }
}
