//! Headings, lists, tables, alerts, code, components, notes: the skeleton of a text.
//!
//! Owns the messages about blocks that have no counterpart and about those whose counterpart is of
//! another shape. Running text is `length`'s.

use std::ops::Range;

use super::findings::{Findings, Rule};
use super::pair::{Pair, Side};
use super::threads::Alone;
use super::version::Version;
use crate::article::prose::{Kind, MarkKind};
use crate::base::Span;

pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let tables = tables(pair, findings);
    alone(pair, tables, findings);
    levels(pair, findings);
    lists(pair, findings);
    alerts(pair, findings);
    code(pair, findings);
}

/// Adds a finding with both places, the translation's first.
fn add(
    pair: &Pair<'_>,
    rule: Rule,
    message: String,
    to: Span,
    from: Span,
    help: &str,
    findings: &mut Findings,
) {
    let diagnostic =
        rule.says(message).at(pair.to.file, to).at_with(pair.from.file, from, "the original").help(help);
    findings.add(rule, diagnostic);
}

/// Reports blocks that stand in one version alone: those that follow one another as one.
fn alone(pair: &Pair<'_>, tables_reported: bool, findings: &mut Findings) {
    let mut runs: Vec<(Rule, &'static str, Vec<&Alone>)> = Vec::new();
    for alone in pair.alone.iter().filter(|a| a.whole && !a.is_text) {
        let Some((rule, what)) = pair.version(alone.side).block(alone.block).and_then(|b| kind(&b.kind))
        else {
            continue;
        };
        let told = match rule {
            Rule::TABLES => tables_reported,
            // A note that is not cited is missing where it would be cited.
            Rule::FOOTNOTES => citations(pair.from) != citations(pair.to),
            _ => false,
        };
        if told {
            continue;
        }
        match runs.last_mut() {
            Some((last, _, run))
                if *last == rule
                    && rule != Rule::HEADINGS
                    && run.last().is_some_and(|l| l.side == alone.side && l.block + 1 == alone.block) =>
            {
                run.push(alone);
            }
            _ => runs.push((rule, what, vec![alone])),
        }
    }
    for (rule, what, run) in runs {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let here = pair.version(first.side).spans(&(first.block..last.block + 1));
        let near = pair.near(first);
        let what = match run.len() {
            1 => format!("this {what}"),
            n => format!("{n} blocks from this {what} on"),
        };
        let diagnostic = match first.side {
            Side::From => rule
                .says(format!("{what} of the original {} no counterpart", has(run.len())))
                .at_with(pair.to.file, near, "belongs behind or into this")
                .at(pair.from.file, here)
                .help("add it to the translation"),
            Side::To => rule
                .says(format!("{what} of the translation {} no counterpart", has(run.len())))
                .at(pair.to.file, here)
                .at_with(pair.from.file, near, "compared with this")
                .help("take it out, or add it to the original"),
        };
        findings.add(rule, diagnostic);
    }
}

/// How often footnotes are cited.
fn citations(version: &Version<'_>) -> usize {
    version.prose.marks().filter(|(_, mark)| matches!(mark.kind, MarkKind::Note(_))).count()
}

fn has(n: usize) -> &'static str {
    if n == 1 { "has" } else { "have" }
}

fn kind(kind: &Kind) -> Option<(Rule, &'static str)> {
    Some(match kind {
        Kind::Heading(_) => (Rule::HEADINGS, "heading"),
        Kind::Item | Kind::Definition => (Rule::LISTS, "item"),
        Kind::Cell(..) => (Rule::TABLES, "cell"),
        Kind::Code(_) => (Rule::CODE, "code"),
        Kind::Component(_) => (Rule::COMPONENTS, "component"),
        Kind::Note => (Rule::FOOTNOTES, "footnote"),
        Kind::Caption => (Rule::IMAGES, "caption"),
        // An image that is missing is reported by where it leads; one without words is worth a word.
        Kind::Alternative => return None,
        _ => return None,
    })
}

/// Headings that answer one another on different levels.
fn levels(pair: &Pair<'_>, findings: &mut Findings) {
    for (a, b) in both(pair) {
        let (Some(from), Some(to)) = (pair.from.block(a), pair.to.block(b)) else { continue };
        if let (Kind::Heading(theirs), Kind::Heading(ours)) = (&from.kind, &to.kind)
            && ours != theirs
        {
            let message = format!("this heading is of level {ours}, that of the original of level {theirs}");
            add(pair, Rule::HEADINGS, message, to.span, from.span, "make both the same", findings);
        }
    }
}

/// The blocks that answer one another one by one.
fn both<'p>(pair: &'p Pair<'_>) -> impl Iterator<Item = (usize, usize)> + 'p {
    let one_each = pair.beads.iter().filter(|bead| bead.from.len() == 1 && bead.to.len() == 1);
    one_each.map(|bead| (bead.from.start, bead.to.start))
}

/// Lists: how many there are, and which are numbered. Missing items are reported block by block.
fn lists(pair: &Pair<'_>, findings: &mut Findings) {
    let (from, to) = (&pair.from.prose.lists, &pair.to.prose.lists);
    let item = |a: &Alone| pair.version(a.side).block(a.block).is_some_and(|b| b.kind == Kind::Item);
    if pair.alone.iter().any(|a| a.whole && item(a)) {
        return;
    }
    if from.len() != to.len() {
        let message = format!("the translation has {}, the original {}", count(to.len()), count(from.len()));
        let place = |lists: &[crate::article::prose::List], version: &Version<'_>| {
            lists.first().map_or(version.prose.front.span, |list| list.span)
        };
        let help = "make a list of what is one in the other version";
        return add(pair, Rule::LISTS, message, place(to, pair.to), place(from, pair.from), help, findings);
    }
    for (from, to) in from.iter().zip(to) {
        if from.items.len() != to.items.len() {
            let message =
                format!("this list has {} items, that of the original {}", to.items.len(), from.items.len());
            add(pair, Rule::LISTS, message, to.span, from.span, "see which item is missing", findings);
        } else if from.numbered != to.numbered {
            let word = |numbered| if numbered { "numbered" } else { "not numbered" };
            let message =
                format!("this list is {}, that of the original {}", word(to.numbered), word(from.numbered));
            add(pair, Rule::LISTS, message, to.span, from.span, "make both the same", findings);
        }
    }
}

fn count(n: usize) -> String {
    match n {
        0 => "no list".to_owned(),
        1 => "1 list".to_owned(),
        n => format!("{n} lists"),
    }
}

/// Tables of another shape. Whether there were any: then their cells are no news.
fn tables(pair: &Pair<'_>, findings: &mut Findings) -> bool {
    let (from, to) = (&pair.from.prose.tables, &pair.to.prose.tables);
    if from.len() != to.len() {
        let number = |n: usize| if n == 1 { "1 table".to_owned() } else { format!("{n} tables") };
        let message =
            format!("the translation has {}, the original {}", number(to.len()), number(from.len()));
        let place = |tables: &[crate::article::prose::Table], version: &Version<'_>| {
            tables.first().map_or(version.prose.front.span, |table| table.span)
        };
        add(
            pair,
            Rule::TABLES,
            message,
            place(to, pair.to),
            place(from, pair.from),
            "add the missing one",
            findings,
        );
        return true;
    }
    let mut found = false;
    for (from, to) in
        from.iter().zip(to).filter(|(from, to)| (from.rows, from.columns) != (to.rows, to.columns))
    {
        let message = format!(
            "this table has {} rows and {} columns, that of the original {} and {}",
            to.rows, to.columns, from.rows, from.columns
        );
        add(pair, Rule::TABLES, message, to.span, from.span, "see which row or column is missing", findings);
        found = true;
    }
    found
}

fn alerts(pair: &Pair<'_>, findings: &mut Findings) {
    let (from, to) = (&pair.from.prose.alerts, &pair.to.prose.alerts);
    if from.len() == to.len() {
        for (from, to) in from.iter().zip(to).filter(|(from, to)| from.kind != to.kind) {
            let message = format!("this alert is a {}, that of the original a {}", to.kind, from.kind);
            add(pair, Rule::ALERTS, message, to.span, from.span, "make both the same", findings);
        }
        return;
    }
    let number = |n: usize| match n {
        0 => "no alert".to_owned(),
        1 => "1 alert".to_owned(),
        n => format!("{n} alerts"),
    };
    let message = format!("the translation has {}, the original {}", number(to.len()), number(from.len()));
    // The first that differs; else the first that the other has no more of.
    let at =
        from.iter().zip(to).position(|(from, to)| from.kind != to.kind).unwrap_or(from.len().min(to.len()));
    let place = |alerts: &[crate::article::prose::Alert], version: &Version<'_>| {
        alerts.get(at).or(alerts.last()).map_or(version.prose.front.span, |alert| alert.span)
    };
    let help = "begin it with the same `> [!…]`";
    add(pair, Rule::ALERTS, message, place(to, pair.to), place(from, pair.from), help, findings);
}

/// Code is the same in every language, but for its comments and words in quotation marks.
fn code(pair: &Pair<'_>, findings: &mut Findings) {
    for (a, b) in both(pair) {
        let (Some(from), Some(to)) = (pair.from.block(a), pair.to.block(b)) else { continue };
        match (&from.kind, &to.kind) {
            (Kind::Component(theirs), Kind::Component(ours)) if theirs != ours => {
                let message = format!("the component `{ours}` stands where the original has `{theirs}`");
                add(pair, Rule::COMPONENTS, message, to.span, from.span, "call the same component", findings);
            }
            (Kind::Code(_), Kind::Code(_)) => {
                let (theirs, ours) = (bare(&from.text), bare(&to.text));
                let differs = (0..theirs.len().max(ours.len()))
                    .find(|&i| theirs.get(i).map(|(_, line)| line) != ours.get(i).map(|(_, line)| line));
                if let Some(i) = differs {
                    let place = |lines: &[(Range<usize>, String)],
                                 version: &Version<'_>,
                                 block: usize,
                                 span: Span| {
                        lines.get(i).map_or(span, |(range, _)| version.place(block, range.clone()))
                    };
                    let (ours, theirs) =
                        (place(&ours, pair.to, b, to.span), place(&theirs, pair.from, a, from.span));
                    let message = "this code is not that of the original".to_owned();
                    add(
                        pair,
                        Rule::CODE,
                        message,
                        ours,
                        theirs,
                        "only comments and texts are translated",
                        findings,
                    );
                }
            }
            _ => {}
        }
    }
}

/// The lines of code with something on them, without comments, white space and translatable texts.
fn bare(code: &str) -> Vec<(Range<usize>, String)> {
    let mut at = 0;
    let lines = code.split_inclusive('\n').filter_map(|line| {
        let range = at..at + line.trim_end().len();
        at += line.len();
        let text = line.trim_start();
        let comment =
            ["//", "#", "--", ";", "%", "/*", "*", "<!--", "REM "].iter().any(|mark| text.starts_with(mark));
        let bare = without_texts(text);
        (!comment && !bare.is_empty()).then_some((range, bare))
    });
    lines.collect()
}

/// A line without white space, without a comment at its end, and without what stands in quotation
/// marks and reads like words.
fn without_texts(line: &str) -> String {
    let cut = [" //", " # ", " -- ", " /*", " <!--"].iter().filter_map(|mark| line.find(mark)).min();
    let mut rest = cut.and_then(|at| line.get(..at)).unwrap_or(line);
    let mut out = String::new();
    while let Some(open) = rest.find(['"', '\'', '`']) {
        let (before, quoted) = rest.split_at(open);
        let mark = quoted.chars().next().unwrap_or('"');
        let Some(close) = quoted[1..].find(mark) else { break };
        let text = &quoted[1..1 + close];
        out.push_str(before);
        let words = text.contains(' ') || !text.is_ascii() || text.chars().all(char::is_alphabetic);
        out.push_str(if words { "“”" } else { text });
        rest = &quoted[close + 2..];
    }
    out.push_str(rest);
    out.retain(|c| !c.is_whitespace());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_compared_without_its_words() {
        let lines = |code: &str| bare(code).into_iter().map(|(_, line)| line).collect::<Vec<_>>();
        assert_eq!(lines("# a\nx = 1  # b\n\nprint('hello')\n"), lines("# 甲\nx = 1  # 乙\nprint('你好')\n"));
        assert_ne!(lines("x = 1"), lines("x = 2"));
        assert_ne!(lines("curl 'https://a.example/1'"), lines("curl 'https://a.example/2'"));
        assert_eq!(lines("say 'it"), ["say'it"]);
    }
}
