//! Formulas: LaTeX in, MathML out.
//!
//! Owns where formulas stand (`` $`E = mc^2`$ `` in a line, a block ```` ```math ````), what MathML
//! may come of them, and where a fault of theirs is. A line's formula is a code span between two
//! dollars: prices are never mistaken for one, and who reads the file elsewhere sees the LaTeX. For
//! fingerprints and parity it is the code that it is written as.
//!
//! What `math-core` writes is taken apart once more: pages have no inline styles, so that each of
//! the declarations that it writes becomes a class (docs/themes.md) or an attribute.

mod beside;

use std::ops::Range;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use pulldown_cmark::{CowStr, Event};

use self::beside::Beside;
use super::footnotes::Events;
use super::leaf::Leaf;
use super::slots;
use super::writer::Writer;
use super::{escape, inline::Link};
use crate::diag::{Diagnostic, clause, code};

/// The language of a fenced block that is a formula.
pub(super) const LANGUAGE: &str = "math";

/// What may stand one within the other, at most. A level of nesting takes two or three kilobytes of
/// the stack, and a thread has two megabytes.
const DEEPEST: usize = 300;

/// Makes formulas of the code spans that stand between dollars, and takes the dollars away.
pub(super) fn mark(events: &mut Events<'_>, source: &str) {
    // Nearly no text has any, and this is quickly seen.
    if memchr::memmem::find(source.as_bytes(), b"$`").is_none() {
        return;
    }
    for i in 1..events.len().saturating_sub(1) {
        let [(Event::Text(before), first), (Event::Code(latex), place), (Event::Text(after), last)] =
            &events[i - 1..=i + 1]
        else {
            continue;
        };
        let touches = first.end == place.start && last.start == place.end;
        let (Some(before), Some(after)) = (before.strip_suffix('$'), after.strip_prefix('$')) else {
            continue;
        };
        if !touches || is_escaped(source, place.start - 1) || source.as_bytes().get(place.end) != Some(&b'$')
        {
            continue;
        }
        let shorter = |text: &str| Event::Text(CowStr::Boxed(text.into()));
        let (before, after, latex) = (shorter(before), shorter(after), latex.clone());
        let (first, last) = (first.start..first.end - 1, last.start + 1..last.end);
        let place = place.clone();
        events[i - 1] = (before, first);
        events[i] = (Event::InlineMath(latex), place);
        events[i + 1] = (after, last);
    }
}

/// Whether the character at a place is no plain dollar but what is left of `\$` or `&#36;`.
fn is_escaped(source: &str, at: usize) -> bool {
    let before = source.get(..at).unwrap_or_default();
    let slashes = before.len() - before.trim_end_matches('\\').len();
    source.as_bytes().get(at) != Some(&b'$') || slashes % 2 == 1
}

/// The formulas of a text on their way out.
#[derive(Default)]
pub(super) struct Formulas {
    /// Numbers equations; made for the first formula.
    converter: Option<LatexToMathML>,
    /// Whether what is written will be cleaned, so that formulas must wait: what an author writes as
    /// MathML is taken away.
    pub(super) wait: bool,
    /// Those that wait.
    pub(super) waiting: Vec<String>,
    /// What stands beside the one that was written last.
    beside: Beside,
}

/// What is wrong with a formula.
struct Fault {
    message: String,
    /// Where in the LaTeX.
    place: Range<usize>,
}

impl Writer<'_, '_> {
    /// Writes a formula in a line.
    pub(super) fn inline_math(&mut self, latex: &str, place: &Range<usize>) {
        match self.formulas.convert(latex, MathDisplay::Inline) {
            Ok(mathml) => {
                let held = self.hold_opening(place);
                self.formula(mathml);
                self.formula_ends(held, place);
            }
            Err(fault) => {
                self.out.push_str("<code>");
                escape::text(&mut self.out, latex);
                self.out.push_str("</code>");
                let within = inside(self.source, place, latex);
                let place = match within {
                    Some(at) => at + fault.place.start..at + fault.place.end,
                    None => place.clone(),
                };
                self.bad_math(&fault.message, place);
            }
        }
    }

    /// Writes a formula that is a block.
    pub(super) fn math_block(&mut self, inner: &Events<'_>, place: &Range<usize>) {
        let leaf = Leaf::of(inner);
        let latex = leaf.text.trim_end();
        match self.formulas.convert(latex, MathDisplay::Block) {
            Ok(mathml) => {
                // What scrolls sideways must be reachable by keyboard (WCAG 2.1.1).
                self.block("<div class=\"math\" tabindex=\"0\">");
                self.formula(mathml);
                self.out.push_str("</div>\n");
            }
            Err(fault) => {
                self.block("<pre tabindex=\"0\"><code>");
                escape::text(&mut self.out, &leaf.text);
                self.out.push_str("</code></pre>\n");
                let place = if latex.is_empty() { place.clone() } else { leaf.place(fault.place) };
                self.bad_math(&fault.message, place);
            }
        }
    }

    /// Writes MathML, or keeps its place.
    fn formula(&mut self, mathml: String) {
        // What goes into a figure's slot is not cleaned with the rest.
        if self.formulas.wait && !self.links.iter().any(Link::is_figure) {
            slots::push_formula(&mut self.out, self.formulas.waiting.len());
            self.formulas.waiting.push(mathml);
        } else {
            self.out.push_str(&mathml);
        }
    }

    fn bad_math(&mut self, message: &str, place: Range<usize>) {
        let span = self.span(place);
        self.diags.push(
            Diagnostic::new(code::BAD_MATH, format!("this formula cannot be read: {message}"))
                .at(self.file, span)
                .help("formulas are written in LaTeX's math mode; words stand in `\\text{…}`"),
        );
    }
}

/// A formula as HTML of a heading in the table of contents; `None` if it cannot be read, which is
/// reported where it stands.
pub(super) fn in_contents(latex: &str) -> Option<String> {
    Formulas::default().convert(latex, MathDisplay::Inline).ok()
}

impl Formulas {
    fn convert(&mut self, latex: &str, display: MathDisplay) -> Result<String, Fault> {
        let all = 0..latex.len();
        if depth(latex) > DEEPEST {
            return Err(Fault { message: "too much stands one within the other".to_owned(), place: all });
        }
        if latex.trim().is_empty() {
            return Err(Fault { message: "nothing stands in it".to_owned(), place: all });
        }
        let config = || MathCoreConfig { annotation: true, ..MathCoreConfig::default() };
        // Only macros can be wrong, and there are none.
        let new = || LatexToMathML::new(config()).unwrap_or_default();
        let converted = self.converter.get_or_insert_with(new).convert_with_global_state(latex, display);
        let converted = converted.map_err(|error| {
            let whole = |at: usize| (0..=at.min(latex.len())).rev().find(|&at| latex.is_char_boundary(at));
            let (from, to) = (whole(error.0.start).unwrap_or(0), whole(error.0.end).unwrap_or(0));
            Fault { message: clause(&error.error_message()).replace('"', "`"), place: from..to.max(from) }
        })?;
        if converted.warnings.has_undefined_references() {
            return Err(Fault {
                message: "it refers to an equation that has no label".to_owned(),
                place: all,
            });
        }
        without_styles(&converted.mathml).map_err(|style| Fault {
            message: format!("it asks for a measure that pages cannot have: `{style}`"),
            place: all,
        })
    }
}

/// What stands one within the other, at most as many as this: braces and what opens like one, and
/// commands and scripts, each of which may take the next for its argument.
fn depth(latex: &str) -> usize {
    // The commands so far in each group that is open.
    let (mut groups, mut commands, mut deepest) = (Vec::new(), 0usize, 0);
    let mut bytes = latex.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' => groups.push(commands),
            b'}' => commands = groups.pop().unwrap_or(commands),
            // `\{` is no brace.
            b'\\' => _ = bytes.next(),
            // Nor is one in a comment.
            b'%' => _ = bytes.find(|&byte| byte == b'\n'),
            b'^' | b'_' | b'[' | b'(' => {}
            _ => continue,
        }
        if byte != b'}' {
            commands += 1;
            deepest = deepest.max(commands);
        }
    }
    deepest
}

/// Where the content of a code span begins in the source, if it stands there as it reads but for
/// the ends of lines.
fn inside(source: &str, place: &Range<usize>, content: &str) -> Option<usize> {
    let written = source.get(place.clone())?;
    let fence = written.len() - written.trim_start_matches('`').len();
    let inner = written.get(fence..written.len() - fence)?;
    let at = usize::from(inner.len() > content.len());
    let same = |(a, b): (u8, u8)| a == b || a == b'\n' && b == b' ';
    let inner = inner.get(at..at + content.len())?;
    inner.bytes().zip(content.bytes()).all(same).then_some(place.start + fence + at)
}

/// MathML with classes and attributes in the place of styles, and without ids and links, which the
/// page might have already. What it cannot do without is the error.
fn without_styles(mathml: &str) -> Result<String, String> {
    let mut out = String::with_capacity(mathml.len());
    let mut rest = mathml;
    while let Some((text, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        out.push_str(text);
        rest = after;
        if tag == "/a" || tag.starts_with("a ") {
            continue;
        }
        out.push('<');
        if tag.contains("=\"") {
            push_tag(&mut out, tag)?;
        } else {
            out.push_str(tag);
        }
        out.push('>');
    }
    out.push_str(rest);
    Ok(out)
}

/// Appends a tag with attributes.
fn push_tag(out: &mut String, tag: &str) -> Result<(), String> {
    let mut classes: Vec<&str> = Vec::new();
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    out.push_str(name);
    while let Some((attribute, value)) = rest.split_once("=\"") {
        let (value, after) = value.split_once('"').unwrap_or((value, ""));
        rest = after;
        match attribute.trim() {
            "id" => {}
            "class" => classes.extend(value.split(' ')),
            // MathML Core has it on every element (§ 2.1.6), MathML 3 and its checkers on `mstyle` alone.
            "scriptlevel" if name == "mtable" => {
                classes.push(if value == "0" { "math-depth-0" } else { "math-depth-1" });
            }
            "style" => {
                for declaration in value.split(';').filter(|declaration| !declaration.is_empty()) {
                    push_declaration(out, &mut classes, declaration)?;
                }
            }
            attribute => push_attribute(out, attribute, value),
        }
    }
    classes.retain(|class| !class.is_empty());
    if !classes.is_empty() {
        push_attribute(out, "class", &classes.join(" "));
    }
    out.push_str(rest);
    Ok(())
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    // The value is as it was in a tag, so that nothing in it needs escaping.
    out.extend([" ", name, "=\"", value, "\""]);
}

fn push_declaration<'s>(
    out: &mut String,
    classes: &mut Vec<&'s str>,
    declaration: &'s str,
) -> Result<(), String> {
    let (property, value) = declaration.split_once(':').unwrap_or((declaration, ""));
    let (property, value) = (property.trim(), value.trim());
    match property {
        "color" => push_attribute(out, "mathcolor", value),
        "font-size" => push_attribute(out, "mathsize", value),
        // Said by an attribute as well.
        "width" if value.ends_with("rem") => {}
        "margin-left" => {
            let back: Option<f32> =
                value.strip_prefix('-').and_then(|back| back.strip_suffix("em")?.parse().ok());
            let eighteenths = back.map_or(0.0, |back| (back * 18.0).round());
            let known = BACK.iter().find(|(of, _)| (*of - eighteenths).abs() < 0.5);
            classes.push(known.ok_or_else(|| declaration.trim().to_owned())?.1);
        }
        _ => {
            let known = STYLES.iter().find(|(of, is, _)| *of == property && *is == value);
            let (.., class) = known.ok_or_else(|| declaration.trim().to_owned())?;
            classes.push(class);
        }
    }
    Ok(())
}

/// The classes for negative spaces, by their width in eighteenths of an em: no command of LaTeX's
/// makes a wider one unless it is told a measure.
const BACK: &[(f32, &str)] = &[
    (1.0, "math-back-1"),
    (2.0, "math-back-2"),
    (3.0, "math-back-3"),
    (4.0, "math-back-4"),
    (5.0, "math-back-5"),
];

/// The classes for what `math-core` writes as styles; numbers are LaTeX's, eighteenths of an em.
const STYLES: &[(&str, &str, &str)] = &[
    ("border-left", "0.05em solid currentcolor", "math-line-left"),
    ("border-left", "0.05em dashed currentcolor", "math-dashes-left"),
    ("border-right", "0.05em solid currentcolor", "math-line-right"),
    ("border-right", "0.05em dashed currentcolor", "math-dashes-right"),
    ("border-top", "0.05em solid currentcolor", "math-line-top"),
    ("border-top", "0.05em dashed currentcolor", "math-dashes-top"),
    ("font-variant-caps", "small-caps", "math-small-caps"),
    ("justify-items", "end", ""),
    ("justify-items", "start", ""),
    ("math-shift", "compact", "math-compact"),
    ("padding-bottom", "0", ""),
    ("padding-left", "0", "math-left-0"),
    ("padding-left", "0.1667em", "math-left-3"),
    ("padding-left", "0.2222em", "math-left-4"),
    ("padding-left", "0.2778em", "math-left-5"),
    ("padding-left", "0.1em", "math-left-2"),
    ("padding-left", "1em", "math-left-18"),
    ("padding-right", "0", "math-right-0"),
    ("padding-right", "0.1667em", "math-right-3"),
    ("padding-right", "0.2222em", "math-right-4"),
    ("padding-right", "0.2778em", "math-right-5"),
    ("padding-right", "0.1em", "math-right-2"),
    ("padding-top", "0", "math-tight"),
    ("padding-top", "0.1667em", "math-top-3"),
    ("text-align", "left", "math-start"),
    ("text-align", "right", "math-end"),
    ("width", "100%", "math-wide"),
    ("width", "50%", "math-half"),
    ("width", "7.5%", "math-margin"),
];

#[cfg(test)]
mod tests;
