//! Style sheets and scripts that nobody meant: whatever they are, they are read without a panic, and places
//! of faults are places in them.

use std::collections::BTreeMap;

use lightningcss::targets::Targets;

use super::bundle::Bundler;
use super::scan::{Broken, DEEPEST, scan};
use super::scripts::specifiers;
use super::sheets::{Sheet, Sheets};
use crate::base::ContentPath;
use crate::diag::Diagnostics;
use crate::source::Source;
use crate::theme::chain::{Chain, built_in_text};

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % bound.max(1)
    }

    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// A piece of a text is taken out, or put in elsewhere, or something odd is.
    fn harm(&mut self, text: &mut String) {
        const ODD: &[&str] = &[
            "{",
            "}",
            "(",
            ")",
            "\"",
            "'",
            "/*",
            "*/",
            "\\",
            "@import \"x\";",
            "url(",
            "@layer",
            ";",
            "图",
            "\u{0}",
            "\u{c}",
            "\r",
            "&",
            "calc(1/0)",
            "1e999",
            "-",
            "!important",
            "@media (",
            ":is(",
            "--x:",
            "`${",
            "import",
        ];
        let (one, other) = (self.place(text), self.place(text));
        let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 200));
        let end = (start..=end).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(start);
        match self.below(3) {
            0 => text.replace_range(start..end, ""),
            1 => {
                let piece = text[start..end].to_owned();
                let at = self.place(text);
                text.insert_str(at, &piece);
            }
            _ => text.insert_str(start, ODD[self.below(ODD.len())]),
        }
    }
}

fn bundled(text: &str) -> (Option<String>, Diagnostics) {
    let (chain, source) = (Chain { layers: Vec::new() }, Source::memory(BTreeMap::new()));
    let file = ContentPath::new("assets/a.css");
    let read = BTreeMap::from([(file.clone(), Sheet::of(text.to_owned()))]);
    let published = BTreeMap::new();
    let sheets = Sheets { chain: &chain, source: &source, files: &[], published: &published, read };
    let mut diags = Diagnostics::new();
    let css = Bundler::new(&sheets, Targets::default(), &mut diags).bundle(&file, &mut diags);
    (css, diags)
}

#[test]
fn any_style_sheet_is_read() {
    let names = ["_text", "_scripts", "_figures", "_media", "_ground"];
    let of = |name: &&str| built_in_text(&ContentPath::new(format!("bashu:themes/plain/assets/{name}.css")));
    let texts: Vec<String> = names.iter().filter_map(of).collect();
    assert_eq!(texts.len(), names.len());
    let mut dice = Dice(7);
    for round in 0..300 {
        let mut text = texts[round % texts.len()].clone();
        for _ in 0..=dice.below(8) {
            dice.harm(&mut text);
        }
        for named in scan(&text).0 {
            assert!(text.get(named.range).is_some(), "{text}");
        }
        let (css, diags) = bundled(&text);
        for fault in diags.iter() {
            let span = fault.labels.iter().filter_map(|label| label.span).next();
            assert!(span.is_none_or(|span| text.get(span.range()).is_some()), "{fault:?} in {text}");
        }
        // What is written can be read again.
        if let Some(css) = css {
            assert_eq!(scan(&css).1, None, "{css}");
        }
    }
}

/// What `scan` lets through has room on the stack.
#[test]
fn depth_has_an_end() {
    for (before, open, within, close) in [
        ("", "@media print{", "a{b:c}", "}"),
        ("a", "{&", " b", "}"),
        ("a,b", "{&,& c", "", "}"),
        ("a", ":is(", "b", "){c:d}"),
        ("a", ":not(b,", "c", ")"),
        ("@supports ", "(", "a:b", ")"),
        ("@media ", "(", "color", ")"),
        ("a{width:", "calc(", "1px", ")"),
        ("a{b:", "c(", "1px", ")"),
        ("a{--b:", "[", "", "]"),
        ("a{background:", "image-set(", "url(x)", ")"),
        ("a{color:", "color-mix(in oklch,red,", "red", ")"),
    ] {
        for levels in [10, DEEPEST - 1, DEEPEST, 20_000] {
            let open = before.to_owned() + &open.repeat(levels);
            let text = open + within + &close.repeat(levels);
            match scan(&text).1 {
                Some(Broken::Deep(_)) => assert!(levels > 10, "{text}"),
                _ => _ = bundled(&text),
            }
        }
    }
}

#[test]
fn any_script_is_read() {
    let file = ContentPath::new("bashu:themes/plain/assets/landing.js");
    let script =
        built_in_text(&file).unwrap() + "import { a } from './a.js'; const b = `${import('./b.js')}` / 2;";
    let mut dice = Dice(11);
    for _ in 0..3000 {
        let mut text = script.clone();
        for _ in 0..=dice.below(8) {
            dice.harm(&mut text);
        }
        for (range, _) in specifiers(&text) {
            assert!(text.get(range).is_some_and(|text| text.starts_with(['"', '\''])), "{text}");
        }
    }
}
