//! The wording of a version: all that a translator translates, and nothing else, in one canonical form.
//!
//! Owns the form whose fingerprint stands in front matter as `translated_from: en@3f9c2a1b`. Those
//! fingerprints are in people's files for years, so the form is a format of its own, and what
//! changes it makes every translation everywhere look stale. It depends on the bytes of the file
//! and on what Markdown and YAML mean; never on settings, themes, dates or the version of Bashu.
//! What the Markdown contributes is `markdown::wording`'s. It never compares two wordings.
//!
//! Format 1. The wording is UTF-8: the word `wording-1`, then units. A unit is U+001E, a name,
//! U+001D, and its content. Content is text and marks; a mark stands between two U+001F.
//!
//! - The units of front matter, as far as they are there and not blank, in this order: `title`;
//!   `summary`; `label NAME` for each figure with a label, in the order of the names' code points;
//!   `source`, the source's title; `alt` and `caption` of the cover.
//! - Then a unit `text` for each block that holds no other block.
//! - In text, white space (Unicode's, and control characters) is one space between two characters
//!   that need it, and else nothing: at the ends of a unit, and beside a character of a script that
//!   is written without spaces or a mark that keeps its distance by itself ([`stands_alone`]). So
//!   the wrapping of lines does not show, in Chinese either. A mark is no character; one that
//!   opens something stands after the space before what it opens.
//! - Verbatim text (code) is as it stands, without CR, other control characters, and line ends at its end.
//!
//! The fingerprint is the first 32 bits of the wording's BLAKE3 hash.

use super::front::Front;
use crate::base::{BriefFingerprint, Fingerprint};

const FORMAT: &str = "wording-1";
const UNIT: char = '\u{1e}';
const NAME_END: char = '\u{1d}';
const MARK: char = '\u{1f}';

/// The wording of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording(String);

/// A piece of a wording: a field, or a block of the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// `title`, `summary`, `label NAME`, `source`, `alt`, `caption` or `text`.
    pub field: String,
    /// Its words, with what of Markdown is in them.
    pub text: String,
}

impl Wording {
    /// Its fingerprint.
    pub fn fingerprint(&self) -> BriefFingerprint {
        Fingerprint::of(self.0.as_bytes()).brief()
    }

    /// Its pieces in their order. Two wordings with the same pieces have the same fingerprint, but
    /// for text that looks like a mark of Markdown and is none.
    pub fn passages(&self) -> Vec<Passage> {
        let passage = |unit: &str| {
            let (field, text) = unit.split_once(NAME_END)?;
            Some(Passage { field: field.to_owned(), text: text.replace(MARK, "") })
        };
        self.0.split(UNIT).filter_map(passage).collect()
    }
}

/// A wording in the making.
pub(super) struct Writer {
    out: String,
    /// White space was passed since the last character.
    space: bool,
    /// The last character of the unit.
    last: Option<char>,
    /// Marks before a character that is yet to come: white space goes before them.
    opening: String,
}

impl Writer {
    /// Nothing but what front matter says in the language with a code; `room` is how long the text is
    /// about to be.
    pub(super) fn of(front: &Front, code: &str, room: usize) -> Self {
        let mut out = String::with_capacity(room + room / 8 + 256);
        out.push_str(FORMAT);
        let mut writer = Self { out, space: false, last: None, opening: String::new() };
        writer.field("title", Some(&front.title));
        writer.field("summary", front.summary.as_deref());
        let mut labels: Vec<(&str, &str)> = front
            .figures
            .iter()
            .filter_map(|f| Some((f.id.value.as_str(), f.label.as_ref()?.of(code)?)))
            .collect();
        labels.sort_unstable();
        for (name, label) in labels {
            writer.field(&format!("label {name}"), Some(label));
        }
        writer.field("source", front.source.as_ref().map(|s| s.title.as_str()));
        let cover = front.cover.as_ref();
        writer.field("alt", cover.and_then(|c| c.alt.as_deref()));
        writer.field("caption", cover.and_then(|c| c.caption.as_deref()));
        writer
    }

    fn field(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.unit(name);
            self.text(text);
        }
    }

    /// Begins a unit.
    pub(super) fn unit(&mut self, name: &str) {
        self.flush();
        self.out.push(UNIT);
        self.out.push_str(name);
        self.out.push(NAME_END);
        (self.space, self.last) = (false, None);
    }

    /// Adds a mark that belongs to what stands before it.
    pub(super) fn mark(&mut self, mark: &str) {
        if !self.opening.is_empty() && self.space && self.last.is_some_and(|last| !stands_alone(last)) {
            self.out.push(' ');
            self.space = false;
        }
        self.flush();
        push_mark(&mut self.out, mark);
    }

    /// Adds a mark that belongs to what comes next.
    pub(super) fn open(&mut self, mark: &str) {
        push_mark(&mut self.opening, mark);
    }

    fn flush(&mut self) {
        self.out.push_str(&self.opening);
        self.opening.clear();
    }

    /// Adds text, in which white space is no more than that words stand apart.
    pub(super) fn text(&mut self, text: &str) {
        let mut words = text.split(|c: char| c.is_whitespace() || c.is_control());
        // What stands before the first white space goes on with what was there.
        self.word(words.next().unwrap_or_default());
        for word in words {
            self.space = true;
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        let Some(first) = word.chars().next() else { return };
        let apart = self.space && self.last.is_some_and(|last| !stands_alone(last)) && !stands_alone(first);
        if apart {
            self.out.push(' ');
        }
        self.flush();
        self.out.push_str(word);
        self.space = false;
        self.last = word.chars().next_back();
    }

    /// Adds text as it stands.
    pub(super) fn verbatim(&mut self, text: &str) {
        let text = text.trim_end_matches(['\n', '\r']);
        self.out.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
    }

    /// The wording, when all is said.
    pub(super) fn finish(mut self) -> Wording {
        self.flush();
        Wording(self.out)
    }
}

fn push_mark(to: &mut String, mark: &str) {
    to.push(MARK);
    to.extend(mark.chars().filter(|c| !c.is_control()));
    to.push(MARK);
}

/// Whether a space beside a character says nothing: Han, kana, bopomofo and Yi, the marks and wide
/// forms that go with them, and quotation marks, dashes and dots, which may end a line of Chinese.
/// Not Hangul, which is written with spaces. Part of format 1.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{2013}'..='\u{2014}' | '\u{2018}' | '\u{201c}'..='\u{201d}' | '\u{2026}'
        | '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{31ff}' | '\u{3220}'..='\u{325f}'
        | '\u{3280}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff9f}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use crate::article::{Name, wording};
    use crate::base::ContentPath;
    use crate::config::{self, Config};
    use crate::diag::Diagnostics;

    fn config() -> Config {
        let text = "title: x\nbase_url: https://x.example/\nlanguages: [{code: en}, {code: zh}]\n";
        config::resolve(text, None, &mut Diagnostics::new()).unwrap()
    }

    fn print(text: &str) -> String {
        let (config, file) = (config(), ContentPath::new("content/a.en.md"));
        let name = Name::of(&file, &config).unwrap();
        wording(&file, &name, text, &config).unwrap().fingerprint().to_string()
    }

    fn of_text(text: &str) -> String {
        print(&format!("---\ntitle: T\n---\n{text}"))
    }

    /// These stand in people's files. Whoever must change one has a new format to define, and a
    /// way for old fingerprints to be known.
    #[test]
    fn fingerprints_are_what_they_have_always_been() {
        let prints: Vec<String> = PINNED.iter().map(|(text, _)| print(text)).collect();
        assert_eq!(prints, PINNED.iter().map(|(_, expected)| *expected).collect::<Vec<_>>());
    }

    const PINNED: &[(&str, &str)] = &[
        ("---\ntitle: Ants\n---\n", "6af52361"),
        (
            "---\ntitle: 成渝班列\nsummary: 统一标识。\n---\n班列开行[4248列](figure:trips)，\n见[航线](a.zh.md)。\n",
            "87808305",
        ),
        (
            "---\ntitle: T\nfigures: {b: {value: 1, label: B}, a: {value: 2, label: A}}\nsource: {title: S}\n\
             cover: {image: x.png, alt: Alt, caption: Cap}\n---\n## H\n\n> [!NOTE]\n> *a* **b** ~~c~~ `d`\n\n\
             1. x[^n]\n   - [ ] y\\\n     z\n\nt\n: d\n\na|b\n-|-\n1|2\n\n---\n\n![i](j.png \"k\")\n\n\
             ```\nco  de\n```\n\n```{quote}\ntext: q\n```\n\n<kbd>K</kbd> \"q\"--r\n\n[^n]: note\n",
            "34241afb",
        ),
    ];

    #[test]
    fn other_spellings_of_the_same_are_the_same() {
        for (one, other) in [
            ("*a* and __b__", "_a_ and **b**"),
            ("- a\n- b", "* a\n* b"),
            ("- a\n- b", "+ a\n\n+ b\n"),
            ("1. a\n2. b", "1) a\n1) b"),
            ("A\n===\n\nB\n---\n", "# A #\n## B"),
            ("[a](x.md)", "[a][1]\n\n[1]: y.md"),
            ("[a](x.md \"t\")", "[a](y.md 't')"),
            ("a &amp; b &#8212; c", "a & b — c"),
            ("1\\. a \\* b", "1&#46; a &#42; b"),
            ("a  \nb", "a\\\nb"),
            ("```\nx\n```", "    x\n"),
            ("~~~ rust\nx\n~~~", "```\nx\n```"),
            ("a <!-- note --> b", "a b"),
            ("a\n\n<!-- note\n\nmore -->\n\nb", "a\n\nb"),
            ("| a | b |\n|--|:-:|\n| 1 | 2 |", "a|b\n-|-\n1|2"),
            ("***", "- - -"),
            ("a[^x] b[^y]\n\n[^y]: Y\n[^x]: X", "a[^1] b[^2]\n\n[^1]: X\n\n[^2]: Y\n\n[^3]: uncited"),
            ("## A {#one .two}", "## A"),
            ("The first\nsecond", "The first second"),
            ("四川\n重庆", "四川重庆"),
            ("他说：“好”\n——真的", "他说：“好”——真的"),
            ("在 GitHub 上", "在\nGitHub上"),
            ("> a\nb", "> a\n> b"),
            ("> [!NOTE]\n> a", ">[!NOTE]\n>  a"),
            ("<https://a.example>", "[https://a.example](https://a.example)"),
            (
                "```{quote}\ntext: a b\nurl: https://x.example\nby: c\n```",
                "~~~{quote}\nby: c\ntext: >\n  a\n  b\nurl: https://y.example\n~~~",
            ),
            ("[](figure:trips)", "<figure:trips>"),
        ] {
            assert_eq!(of_text(one), of_text(other), "{one:?} and {other:?}");
            assert_eq!(of_text(one), of_text(&one.replace('\n', "\r\n")), "{one:?}");
        }
        let text = "---\ntitle: T\nsummary: S s\n---\nText.\n";
        for same in [
            "\u{feff}---\r\ntitle: T\r\nsummary: S s\r\n---\r\nText.\r\n",
            "---\n# note\nsummary: >\n  S\n  s\ntitle: \"T\"\ndate: 2023\ntopics: [a]\nweight: 3\n---\n\nText.",
            "---\n{title: T, summary: S s, slug: x, draft: true, extra: {a: b}, figures: {x: {value: 3}}}\n---\nText.",
        ] {
            assert_eq!(print(same), print(text), "{same}");
        }
    }

    #[test]
    fn what_reads_differently_is_another() {
        let texts = [
            "",
            "a b",
            "ab",
            "a B",
            "*a* b",
            "**a** b",
            "a *b*",
            "~~a~~ b",
            "`a` b",
            "a\n\nb",
            "- a b",
            "1. a b",
            "2. a b",
            "- a\n- b",
            "- a\n  - b",
            "- a\n\n  b",
            "- a\n\nb",
            "- [ ] a b",
            "- [x] a b",
            "# a b",
            "## a b",
            "> a b",
            "> [!NOTE]\n> a b",
            "> [!TIP]\n> a b",
            "    a b",
            "```\na\nb\n```",
            "```\na\n b\n```",
            "[a](x) b",
            "[a b](x)",
            "[a](x \"t\") b",
            "[a](figure:x) b",
            "[a](figure:y) b",
            "![a](x) b",
            "![a](x \"t\") b",
            "a  \nb",
            "<b>a</b> b",
            "a | b\n--|--",
            "a | b\n--|--\n1 | 2",
            "a b[^1]\n\n[^1]: n",
            "a b[^1]\n\n[^1]: m",
            "a[^1] b\n\n[^1]: n",
            "a\n: b",
            "a\n\n---\n\nb",
            "a b---",
            "\"a\" b",
            "“a” b",
            "```{quote}\ntext: a b\n```",
            "```{quote}\nby: a b\n```",
            "```{other}\ntext: a b\n```",
            "- a b\n-",
            "四川重庆",
            "四川，重庆",
            "한국 말",
            "한국말",
        ];
        let prints: Vec<String> = texts.iter().map(|text| of_text(text)).collect();
        for (i, print) in prints.iter().enumerate() {
            let same = prints.iter().position(|other| other == print);
            assert_eq!(same, Some(i), "{:?} and {:?}", texts[i], same.map(|s| texts[s]));
        }
        let fields = [
            "title: T",
            "title: U",
            "title: T\nsummary: T",
            "title: T\nfigures: {x: {value: 1, label: T}}",
            "title: T\nfigures: {y: {value: 1, label: T}}",
            "title: T\nsource: {title: T}",
            "title: T\ncover: {image: x, alt: T}",
            "title: T\ncover: {image: x, caption: T}",
        ];
        let prints: Vec<String> = fields.iter().map(|f| print(&format!("---\n{f}\n---\n"))).collect();
        for (i, print) in prints.iter().enumerate() {
            assert_eq!(prints.iter().position(|other| other == print), Some(i), "{}", fields[i]);
        }
    }

    #[test]
    fn the_pieces_read_as_they_were_written() {
        let (config, file) = (config(), ContentPath::new("content/a.en.md"));
        let name = Name::of(&file, &config).unwrap();
        let text = "---\ntitle: T\n---\n## H\n\nA *b* [c](x.md)[^n], [4](figure:legs).\n\n1. x\n   - y\n\n     z\n\n[^n]: N";
        let passages = wording(&file, &name, text, &config).unwrap().passages();
        let read: Vec<String> = passages.iter().map(|p| format!("{}: {}", p.field, p.text)).collect();
        assert_eq!(
            read,
            [
                "title: T",
                "text: ## H",
                "text: A *b* [c][^1], [4](figure:legs).",
                "text: 1. x",
                "text:    - y",
                "text:      z",
                "text: [^1]: N"
            ]
        );
    }
}
