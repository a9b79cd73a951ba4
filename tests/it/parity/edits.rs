//! Where a fault of each kind can be planted in a text, and what takes the place of what is there.

use bashu::article::prose::{Block, Kind as BlockKind, Mark, MarkKind};
use bashu::article::{Prose, prose};
use bashu::base::ContentPath;

use super::plant::{Edit, Kind, Token, is_body, tokens};
use crate::dice::Dice;

/// All places for a fault of a kind.
pub(super) fn candidates(kind: Kind, prose: &Prose, text: &str, original: &str) -> Vec<Edit> {
    let english = original.contains('的') || original.contains('。');
    let tokens = tokens(prose, text);
    let plain = || tokens.iter().filter(|t| t.is_plain());
    match kind {
        Kind::Tenfold => plain()
            .filter(|t| t.digits.len() > 1)
            .map(|t| (t.place.clone(), tenfold(t.digits, english)))
            .collect(),
        Kind::Scale => {
            let words: &[(&str, &str)] = if english {
                &[(" million", " billion"), (" billion", " million")]
            } else {
                &[("万", "亿"), ("亿", "万")]
            };
            let scaled = tokens.iter().filter_map(|t| {
                let (old, new) = words.iter().find(|(old, _)| t.after.starts_with(old))?;
                Some((t.place.end..t.place.end + old.len(), (*new).to_owned()))
            });
            scaled.collect()
        }
        Kind::Digit => {
            plain().filter(|t| !is_percent(t)).map(|t| (t.place.clone(), changed(t.digits))).collect()
        }
        Kind::Percent => {
            plain().filter(|t| is_percent(t)).map(|t| (t.place.clone(), changed(t.digits))).collect()
        }
        Kind::Ordinal => ordinals(prose, text),
        Kind::Date => tokens
            .iter()
            .filter(|t| t.is_date() && !t.after.starts_with('.'))
            .map(|t| (t.place.clone(), next(t.digits)))
            .collect(),
        Kind::Unit => {
            let words: &[(&str, &str)] = if english {
                &[
                    (" kilograms", " tonnes"),
                    (" tonnes", " kilograms"),
                    (" metres", " kilometres"),
                    (" kilometres", " metres"),
                    (" hectares", " mu"),
                    (" per cent", " percentage points"),
                ]
            } else {
                &[
                    ("公斤", "斤"),
                    ("公里", "里"),
                    ("吨", "公斤"),
                    ("米", "公里"),
                    ("亩", "公顷"),
                    ("公顷", "亩"),
                    ("个百分点", "%"),
                    ("%", "个百分点"),
                ]
            };
            let with_unit = tokens.iter().filter_map(|t| {
                let (old, new) = words.iter().find(|(old, _)| t.after.starts_with(old))?;
                Some((t.place.end..t.place.end + old.len(), (*new).to_owned()))
            });
            with_unit.filter(|(range, _)| text.is_char_boundary(range.end)).collect()
        }
        Kind::Sentence => sentences(prose, text),
        Kind::Paragraph => whole(prose, text, |b| {
            b.kind == BlockKind::Paragraph
                && letters(&b.text) > 20
                && b.marks.iter().all(|m| !matches!(m.kind, MarkKind::Image(_)))
        }),
        Kind::Link => marks(prose, |m| matches!(m, MarkKind::Link(_))),
        Kind::Citation => marks(prose, |m| matches!(m, MarkKind::Citation(_))),
        Kind::Argument => arguments(prose, text),
        Kind::Heading => whole(prose, text, |b| matches!(b.kind, BlockKind::Heading(_))),
        Kind::Item => whole(prose, text, |b| b.kind == BlockKind::Item),
        Kind::Row => whole(prose, text, |b| matches!(b.kind, BlockKind::Cell(_, row, 0) if row > 0)),
        Kind::Half => half(prose, text, original),
        Kind::Image => {
            let images = prose.marks().filter(|(_, m)| matches!(m.kind, MarkKind::Image(_)));
            images.map(|(_, m)| (m.span.range(), String::new())).collect()
        }
        Kind::Alert => {
            let alerts = prose.alerts.iter().flat_map(|alert| {
                let start = alert.span.range().start;
                let marker = format!("[!{}]", alert.kind);
                let at = text[start..].find(&marker).map(|i| start + i);
                let other = if alert.kind == "NOTE" { "[!TIP]" } else { "[!NOTE]" };
                at.into_iter().flat_map(move |at| {
                    [(at..at + marker.len(), other.to_owned()), (at..at + marker.len() + 1, String::new())]
                })
            });
            alerts.collect()
        }
        Kind::Code => {
            let blocks = prose.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Code(_)));
            let lines = blocks.flat_map(|b| {
                let range = b.span.range();
                let digits: Vec<usize> = text[range.clone()]
                    .match_indices(|c: char| c.is_ascii_digit())
                    .map(|(i, _)| range.start + i)
                    .collect();
                digits
                    .into_iter()
                    .filter(|&i| !text[..i].rsplit('\n').next().unwrap().starts_with('#'))
                    .map(|i| (i..i + 1, next(&text[i..=i])))
            });
            lines.collect()
        }
        Kind::Note => {
            let notes = prose.marks().filter(|(_, m)| matches!(m.kind, MarkKind::Note(_)));
            notes.map(|(_, m)| (m.span.range(), String::new())).collect()
        }
        Kind::FrontDate => front(original, "date", "date: 1901-01"),
        Kind::FrontTopic => front(original, "topics", "topics: []"),
        Kind::Swapped => Vec::new(),
    }
    .into_iter()
    .map(|(range, with)| match kind {
        // Behind the last key of the translation's front matter.
        Kind::FrontDate | Kind::FrontTopic => {
            let end = text[4..].find("\n---").unwrap() + 5;
            (end..end, format!("{with}\n"))
        }
        _ => (range, with),
    })
    .collect()
}

fn front(original: &str, key: &str, with: &str) -> Vec<Edit> {
    let there = original.lines().take_while(|l| !l.is_empty()).any(|l| l.starts_with(&format!("{key}:")));
    if there { vec![(0..0, with.to_owned())] } else { Vec::new() }
}

fn is_percent(t: &Token<'_>) -> bool {
    t.after.starts_with('%') || t.after.starts_with(" per cent") || t.before.ends_with("百分之")
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Ten times as much, or a tenth.
fn tenfold(digits: &str, english: bool) -> String {
    let plain = digits.replace(',', "");
    if let Some((whole, fraction)) = plain.split_once('.') {
        let (head, tail) = whole.split_at(whole.len() - 1);
        let head = if head.is_empty() { "0" } else { head };
        return format!("{head}.{tail}{fraction}");
    }
    let more = format!("{plain}0");
    if !english || more.len() < 5 {
        return more;
    }
    let (head, tail) = more.split_at(more.len() - 3);
    if head.len() > 3 {
        format!("{},{},{tail}", &head[..head.len() - 3], &head[head.len() - 3..])
    } else {
        format!("{head},{tail}")
    }
}

/// Another number of as many digits.
fn changed(digits: &str) -> String {
    let first = digits.chars().next().unwrap();
    let other = if first == '9' { '4' } else { char::from(first as u8 + 1) };
    format!("{other}{}", &digits[1..])
}

/// The next number, of as many digits.
fn next(digits: &str) -> String {
    let last = digits.chars().last().unwrap();
    let other = if last == '9' { '8' } else { char::from(last as u8 + 1) };
    format!("{}{other}", &digits[..digits.len() - 1])
}

fn ordinals(prose: &Prose, text: &str) -> Vec<Edit> {
    let words = [
        ("第二", "第三"),
        ("第三", "第四"),
        ("第七", "第九"),
        ("第八", "第九"),
        ("第九", "第八"),
        ("第30", "第31"),
        ("第27", "第28"),
        ("第14", "第15"),
        ("second", "third"),
        ("third", "fourth"),
        ("seventh", "eighth"),
        ("eighth", "ninth"),
        ("30th", "31st"),
        ("20th", "21st"),
        ("27th", "28th"),
        ("14th", "15th"),
        ("第二十", "第三十"),
    ];
    let mut edits = Vec::new();
    for block in prose.blocks.iter().filter(|b| is_body(b)) {
        for (old, new) in words {
            for (at, _) in block.text.match_indices(old) {
                let place = block.place(at..at + old.len()).range();
                let inside = block.text[at + old.len()..].starts_with(|c: char| {
                    "十一二三四五六七八九百".contains(c) || c.is_ascii_digit() || c.is_ascii_lowercase()
                });
                if !inside && text.get(place.clone()) == Some(old) {
                    edits.push((place, new.to_owned()));
                }
            }
        }
    }
    edits
}

/// Two numbers of different sentences, or two that are cited, change places.
pub(super) fn swapped(prose: &Prose, text: &str, dice: &mut Dice) -> Option<Vec<Edit>> {
    let tokens: Vec<Token<'_>> = tokens(prose, text).into_iter().filter(Token::is_plain).collect();
    let sentence = |t: &Token<'_>| {
        let block = &prose.blocks[t.block];
        (t.block, block.sentences().iter().position(|s| s.contains(&t.before.len())))
    };
    let cited = |t: &Token<'_>| {
        prose.blocks[t.block]
            .marks
            .iter()
            .any(|m| matches!(m.kind, MarkKind::Citation(_)) && m.range.contains(&t.before.len()))
    };
    let mut choices = Vec::new();
    for (i, a) in tokens.iter().enumerate() {
        for b in &tokens[i + 1..] {
            if a.digits != b.digits && (sentence(a) != sentence(b) || cited(a) && cited(b)) {
                choices.push((a, b));
            }
        }
    }
    if choices.is_empty() {
        return None;
    }
    let (a, b) = dice.pick(&choices);
    Some(vec![(a.place.clone(), b.digits.to_owned()), (b.place.clone(), a.digits.to_owned())])
}

/// Sentences of paragraphs that have others, long enough to say something.
fn sentences(prose: &Prose, text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for block in prose.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let all = block.sentences();
        for range in all.iter().filter(|_| all.len() > 1) {
            let words = &block.text[range.clone()];
            // With the Markdown around it.
            let mut place = block.place(range.clone()).range();
            for mark in &block.marks {
                if range.contains(&mark.range.start) && mark.range.end <= range.end {
                    place = place.start.min(mark.span.range().start)..place.end.max(mark.span.range().end);
                }
            }
            let long = if words.chars().any(|c| c > '\u{3000}') { 10 } else { 30 };
            if letters(words) >= long && text.get(place.clone()).is_some() {
                edits.push((place, String::new()));
            }
        }
    }
    edits
}

/// Whole blocks, with their lines.
fn whole(prose: &Prose, text: &str, wanted: impl Fn(&Block) -> bool) -> Vec<Edit> {
    let blocks = prose.blocks.iter().filter(|b| wanted(b));
    let lines = blocks.map(|b| {
        let range = b.span.range();
        let start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
        let end = text[range.end..].find('\n').map_or(text.len(), |i| range.end + i + 1);
        (start..end, String::new())
    });
    lines.collect()
}

/// Links become their words.
fn marks(prose: &Prose, wanted: impl Fn(&MarkKind) -> bool) -> Vec<Edit> {
    let marks = prose.marks().filter(|(_, m)| wanted(&m.kind) && !m.range.is_empty());
    marks.map(|(block, m)| (m.span.range(), prose.blocks[block].text[m.range.clone()].to_owned())).collect()
}

/// A figure that a component cites becomes another that one cites.
fn arguments(prose: &Prose, text: &str) -> Vec<Edit> {
    let inside = |at: usize| matches!(prose.blocks[at].kind, BlockKind::Component(_));
    let cited: Vec<_> = prose
        .marks()
        .filter(|(at, m)| inside(*at) && matches!(m.kind, MarkKind::Citation(_)))
        .map(|(_, m)| m)
        .collect();
    let written = |m: &Mark| text[m.span.range()].to_owned();
    let other = |m: &&Mark| cited.iter().find(|other| other.kind != m.kind).map(|other| written(other));
    cited.iter().filter_map(|m| Some((m.span.range(), other(m)?))).collect()
}

/// A sentence, or a whole paragraph, as it stands in the original.
fn half(ours: &Prose, text: &str, original: &str) -> Vec<Edit> {
    let from = prose(&ContentPath::new("content/x.en.md"), original);
    let paragraphs = |p: &Prose| {
        p.blocks
            .iter()
            .filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Item))
            .cloned()
            .collect::<Vec<_>>()
    };
    let (ours, theirs) = (paragraphs(ours), paragraphs(&from));
    let mut edits = Vec::new();
    for (our, their) in ours.iter().zip(&theirs).filter(|_| ours.len() == theirs.len()) {
        let (our_sentences, their_sentences) = (our.sentences(), their.sentences());
        if our.marks.is_empty() && !our_sentences.is_empty() && letters(&their.text) > 30 {
            edits.push((our.place(0..our.text.len()).range(), their.text.clone()));
        }
        for (ours, theirs) in our_sentences
            .iter()
            .zip(&their_sentences)
            .filter(|_| our_sentences.len() == their_sentences.len())
        {
            let words = &their.text[theirs.clone()];
            let touched = our
                .marks
                .iter()
                .any(|m| m.range.start < ours.end && ours.start < m.range.end.max(m.range.start + 1));
            if !touched && letters(words) >= if words.chars().any(|c| c > '\u{3000}') { 10 } else { 30 } {
                edits.push((our.place(ours.clone()).range(), words.to_owned()));
            }
        }
    }
    edits.retain(|(range, _)| text.get(range.clone()).is_some());
    edits
}
