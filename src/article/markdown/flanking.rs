//! Emphasis beside the punctuation of Chinese, Japanese and Korean: `**真，**她`.
//!
//! Owns which runs of `*`, `_` and `~~` may open and close there, as the CJK-friendly amendments to
//! CommonMark define it (<https://github.com/tats-u/markdown-cjk-friendly>, specification.md). It
//! never parses: which runs belong together, and what is code or HTML, is the parser's to say.
//!
//! CommonMark decides by the characters on both sides of a run, and takes `，` beside a letter for
//! the comma after an English word. The parser has no setting for it. But a run that has
//! punctuation on both sides may open and close, and so a *mark*, a punctuation character that the
//! text does not hold, is put beside each run of which the amendments think otherwise, and taken
//! out of every event. For all else that the parser looks at, a mark beside a run is as the run
//! itself: punctuation. What it does not look at, such as code, comes back as it was.

use std::ops::{Range, RangeInclusive};

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::escape::numeric_reference;
use crate::locale::{is_emoji_by_default, is_hangul, is_punctuation, is_wide};

/// The characters that can be marks: rare punctuation of three bytes each.
const MARKS: RangeInclusive<char> = '\u{2E30}'..='\u{2E4F}';
/// The length of each in UTF-8.
const LEN: usize = 3;

/// A text with marks.
pub(in crate::article) struct Marked {
    /// The text for the parser.
    pub text: String,
    mark: char,
    /// Where the marks stand in `text`, ascending.
    marks: Vec<usize>,
}

/// Puts marks into a text; `None` if it needs none, as most texts do, which costs them one look at
/// each run. A text that holds all characters that could be marks gets none either.
pub(in crate::article) fn mark(source: &str) -> Option<Marked> {
    let places = places(source);
    let (first, mark) = (*places.first()?, unused(source)?);
    let mut text = String::with_capacity(source.len() + places.len() * LEN);
    text.push_str(source.get(..first)?);
    let mut marks = Vec::with_capacity(places.len());
    for (i, &place) in places.iter().enumerate() {
        marks.push(text.len());
        text.push(mark);
        text.push_str(source.get(place..places.get(i + 1).map_or(source.len(), |&next| next))?);
    }
    Some(Marked { text, mark, marks })
}

impl Marked {
    /// An event of the text with marks as one of the text without; `None` for one of marks alone.
    pub(super) fn unmark<'t>(
        &self,
        (mut event, place): (Event<'t>, Range<usize>),
    ) -> Option<(Event<'t>, Range<usize>)> {
        let bare = self.place(place.start)..self.place(place.end);
        match &mut event {
            // A piece of the source as it stands there, with no mark in it.
            Event::Text(CowStr::Borrowed(text)) if text.len() == place.len() && bare.len() == place.len() => {
            }
            Event::Text(text) => {
                self.clean(text);
                if text.is_empty() {
                    return None;
                }
            }
            Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text)
            | Event::Start(Tag::FootnoteDefinition(text) | Tag::CodeBlock(CodeBlockKind::Fenced(text))) => {
                self.clean(text);
            }
            Event::Start(Tag::Link { dest_url, title, id, .. } | Tag::Image { dest_url, title, id, .. }) => {
                [dest_url, title, id].into_iter().for_each(|text| self.clean(text))
            }
            Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
                let attributes = attrs.iter_mut().flat_map(|(name, value)| [Some(name), value.as_mut()]);
                let all = id.iter_mut().chain(classes).chain(attributes.flatten());
                all.for_each(|text| self.clean(text));
            }
            // They hold no text of the author's.
            Event::Start(_)
            | Event::End(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
        Some((event, bare))
    }

    fn clean(&self, text: &mut CowStr<'_>) {
        // Most marks stand where the text ends, and need no copy.
        if let CowStr::Borrowed(text) = text {
            *text = text.trim_matches(self.mark);
        }
        if text.contains(self.mark) {
            *text = text.replace(self.mark, "").into();
        }
    }

    /// Where in the text without marks a byte stands.
    fn place(&self, at: usize) -> usize {
        at - LEN * self.marks.partition_point(|&mark| mark < at)
    }
}

/// A character to mark with, which the text neither holds nor refers to by number. No entity has
/// one of them for its meaning.
fn unused(source: &str) -> Option<char> {
    let referred = || source.match_indices("&#").filter_map(|(at, _)| numeric_reference(&source[at..]));
    let holds = |mark: char| {
        let mut bytes = [0; LEN];
        memmem::find(source.as_bytes(), mark.encode_utf8(&mut bytes).as_bytes()).is_some()
    };
    MARKS.into_iter().find(|&mark| !holds(mark) && referred().all(|(c, _)| c != mark))
}

/// Where marks go, ascending.
fn places(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let mut places = Vec::new();
    let (mut pairs, mut tables) = (Pairs::default(), None);
    let mut end = 0;
    for at in memchr::memchr3_iter(b'*', b'_', b'~', bytes) {
        if at < end {
            continue;
        }
        end = at + bytes[at..].iter().take_while(|&&b| b == bytes[at]).count();
        let sides = (bytes[..at].last(), bytes.get(end));
        if sides.0.is_none_or(u8::is_ascii) && sides.1.is_none_or(u8::is_ascii) {
            pairs.stray(end);
            continue;
        }
        // Of an escaped run the first is a character like others.
        let backslashes = bytes[..at].iter().rev().take_while(|&&b| b == b'\\').count();
        let start = at + backslashes % 2;
        let run = match (bytes[at], end - start) {
            (_, 0) => None,
            (b'*', _) => Some(Run::Star),
            (b'_', _) => Some(Run::Underscore),
            (_, 2) => Some(Run::Tildes),
            // One alone is as likely a range, `10~20`; three and more are a fence.
            _ => None,
        };
        let before = Before::new(&source[..start]);
        let after = source[end..].chars().next().filter(|c| !c.is_whitespace());
        let (usual, amended) = match (run, before, after) {
            (Some(run), Some(before), Some(after)) => {
                // A cell of a table and a quotation begin and end there.
                let bar = before.last == '|' || after == '|';
                if (before.last == '>' && opens_quote(&source[..start]))
                    || (bar && *tables.get_or_insert_with(|| source.lines().any(is_below_head)))
                {
                    pairs.stray(end);
                    continue;
                }
                flanking(run, &before, after)
            }
            // Beside white space there is nothing to decide.
            (Some(_), None, Some(_)) => ((true, false), (true, false)),
            (Some(_), Some(_), None) => ((false, true), (false, true)),
            _ => {
                pairs.stray(end);
                continue;
            }
        };
        if let Some(before) = pairs.pass(source, start..end, usual, places.len()) {
            places.truncate(before);
        } else if usual != amended {
            match amended {
                // With marks on both sides it can do both; with one in front it cannot close before
                // a letter, with one behind it cannot open after a letter.
                (true, true) => places.extend([start, end]),
                (true, false) => places.push(start),
                (false, true) => places.push(end),
                (false, false) => {}
            }
        }
    }
    places
}

/// What has been passed: runs that are a pair in any case need no marks.
///
/// `**真**，她` is the same by CommonMark and by the amendments, although by these both runs could
/// do more: the second closes the first, and with nothing before it in its block, the first has
/// nothing to close.
#[derive(Default)]
struct Pairs {
    /// The last run, unless it closed the one before: where it stands, whether it can open, and how
    /// many marks stand before it.
    last: Option<(Range<usize>, bool, usize)>,
    /// Where the last run ended that is perhaps in no pair.
    stray: Option<usize>,
}

impl Pairs {
    /// Passes a run of which nothing is known.
    fn stray(&mut self, end: usize) {
        (self.last, self.stray) = (None, Some(end));
    }

    /// Passes a run with what it can do by CommonMark, which the amendments never take away. If it
    /// closes the one before in any case: how many marks stand before that.
    fn pass(
        &mut self,
        source: &str,
        run: Range<usize>,
        (opens, closes): (bool, bool),
        marks: usize,
    ) -> Option<usize> {
        if let Some((opening, can_open, before)) = self.last.take() {
            // With anything else between them, one may stand in code and the other not.
            let is_plain = |b: u8| !b.is_ascii() || b.is_ascii_alphanumeric() || b == b' ';
            let is_pair = can_open
                && closes
                && source[opening.clone()] == source[run.clone()]
                && source[opening.end..run.start].bytes().all(is_plain);
            let ends_block = |text: &str| memmem::find(text.as_bytes(), b"\n\n").is_some();
            if is_pair && self.stray.is_none_or(|stray| ends_block(&source[stray..opening.start])) {
                self.stray = None;
                return Some(before);
            }
            self.stray = Some(opening.end);
        }
        self.last = Some((run, opens, marks));
        None
    }
}

/// A run of delimiters.
#[derive(Clone, Copy)]
enum Run {
    Star,
    Underscore,
    Tildes,
}

/// Whether a run can open and close, by CommonMark and by the amendments, with white space on neither side.
fn flanking(run: Run, before: &Before, after: char) -> ((bool, bool), (bool, bool)) {
    let ends_in_mark = is_punctuation(before.last);
    let (mark_follows, cjk_follows) = (is_punctuation(after), is_cjk(after));
    let left = !mark_follows || cjk_follows || before.cjk || before.punctuation;
    let right = !before.punctuation || before.cjk_punctuation || mark_follows || cjk_follows;
    match run {
        Run::Star => ((!mark_follows || ends_in_mark, !ends_in_mark || mark_follows), (left, right)),
        Run::Underscore => (
            (ends_in_mark, mark_follows),
            (left && (!right || before.punctuation), right && (!left || mark_follows)),
        ),
        // The parser lets them open anywhere.
        Run::Tildes => {
            let closes = !ends_in_mark || mark_follows;
            ((true, closes), (true, closes || right))
        }
    }
}

/// What stands before a run: a character, or one with a variation selector behind it.
struct Before {
    /// The last character, whatever it is.
    last: char,
    /// Whether it is East Asian.
    cjk: bool,
    /// Whether it is punctuation.
    punctuation: bool,
    /// Whether it is East Asian punctuation.
    cjk_punctuation: bool,
}

impl Before {
    /// What a text ends with, unless that is white space.
    fn new(text: &str) -> Option<Self> {
        let mut back = text.chars().rev();
        let last = back.next().filter(|c| !c.is_whitespace())?;
        let ideographic = matches!(last, '\u{E0100}'..='\u{E01EF}');
        // U+FE0F makes an emoji.
        let selected = matches!(last, '\u{FE00}'..='\u{FE0E}');
        let base = if selected { back.next().unwrap_or(last) } else { last };
        let (punctuation, cjk) = (is_punctuation(base), is_cjk(base));
        // A quotation mark that is said to be as wide as a Han character (StandardizedVariants.txt).
        let full_width = last == '\u{FE01}' && matches!(base, '‘' | '’' | '“' | '”');
        Some(Self {
            last,
            cjk: cjk || ideographic || full_width,
            punctuation,
            cjk_punctuation: punctuation && (cjk || full_width),
        })
    }
}

/// A CJK character: wide and not an emoji by default, or Hangul.
fn is_cjk(c: char) -> bool {
    is_wide(c) && !is_emoji_by_default(c) || is_hangul(c)
}

/// Whether the `>` that a text ends with is the mark of a quotation: the line holds nothing else but
/// marks of blocks, as far as it is worth looking.
fn opens_quote(text: &str) -> bool {
    const FAR: usize = 64;
    let mut back = text.bytes().rev().take_while(|&b| b != b'\n').take(FAR);
    back.all(|b| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9'))
}

/// Whether a line can be the one below the head of a table.
fn is_below_head(line: &str) -> bool {
    line.contains('-')
        && line.contains('|')
        && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t' | b'>' | b'\r'))
}
