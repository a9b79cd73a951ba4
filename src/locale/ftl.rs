//! One Fluent file as it is read: its messages, and what is wrong with it.
//!
//! Owns the wording of Fluent's faults, of syntax and of formatting. It never formats a message
//! itself, and knows no other file.

use std::collections::BTreeSet;

use fluent_bundle::resolver::ResolverError;
use fluent_bundle::resolver::errors::ReferenceKind;
use fluent_bundle::{FluentError, FluentResource};
use fluent_syntax::ast::{self, Entry, Expression, InlineExpression, PatternElement};
use fluent_syntax::parser::{ErrorKind, ParserError};

use super::ftl_numbers::LONGEST_NUMBER;
use crate::base::{ContentPath, Span};
use crate::diag::{Diagnostic, Diagnostics, clause, code};

/// Reads one file. What can be read is kept, and every fault is reported.
pub(super) fn read(path: &ContentPath, text: String, diags: &mut Diagnostics) -> FluentResource {
    // Editors on Windows write byte order marks; Fluent's grammar has none.
    let (bom, mut text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ('\u{feff}'.len_utf8(), rest.to_owned()),
        None => (0, text),
    };
    let mut resource = parse(&text);
    for fault in &resource.1 {
        diags.push(syntax_fault(path, &text, bom, fault));
    }
    let long = long_numbers(&resource.0);
    if !long.is_empty() {
        for span in long {
            diags.push(
                Diagnostic::new(code::STRINGS_SYNTAX, "a number in a Fluent message is too long")
                    .at(path, span.shifted(bom))
                    .help(format!("use at most {LONGEST_NUMBER} characters")),
            );
            // Spaces keep every other span in its place, and the short number lets the rest be used.
            let tail = span.start as usize + 1..span.end as usize;
            text.replace_range(tail.clone(), &" ".repeat(tail.len()));
        }
        resource = parse(&text);
    }
    report_doubles(path, &resource.0, bom, diags);
    resource.0
}

fn parse(text: &str) -> (FluentResource, Vec<ParserError>) {
    match FluentResource::try_new(text.to_owned()) {
        Ok(resource) => (resource, Vec::new()),
        Err(partial) => partial,
    }
}

fn syntax_fault(path: &ContentPath, text: &str, bom: usize, fault: &ParserError) -> Diagnostic {
    // The parser counts bytes and may point into the middle of a character, or past the end.
    let mut start = fault.pos.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = fault.pos.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Diagnostic::new(
        code::STRINGS_SYNTAX,
        format!("this Fluent message cannot be read: {}", wording(&fault.kind)),
    )
    .at(path, Span::new(start, end).shifted(bom))
    .help(remedy(&fault.kind))
}

fn wording(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::ExpectedToken(c) => format!("`{c}` is missing here"),
        ErrorKind::ExpectedCharRange { range } => format!("one of `{range}` must stand here"),
        ErrorKind::ExpectedMessageField { entry_id } => format!("`{entry_id}` has no text"),
        ErrorKind::ExpectedTermField { entry_id } => format!("`-{entry_id}` has no text"),
        ErrorKind::MissingDefaultVariant => "no variant has a `*`".to_owned(),
        ErrorKind::MultipleDefaultVariants => "more than one variant has a `*`".to_owned(),
        ErrorKind::UnterminatedStringLiteral => "a quotation mark is not closed".to_owned(),
        ErrorKind::UnbalancedClosingBrace => "`}` closes nothing".to_owned(),
        ErrorKind::ExpectedInlineExpression => "nothing that can be shown stands in the braces".to_owned(),
        other => clause(&other.to_string()),
    }
}

fn remedy(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::MissingDefaultVariant | ErrorKind::MultipleDefaultVariants => {
            "mark exactly one variant, usually `*[other]`"
        }
        ErrorKind::UnbalancedClosingBrace => "write a brace that is meant as text as `{\"}\"}`",
        _ => {
            "write `name = text`, further lines of the text indented; a value is `{ $name }`, and a brace that is meant as text `{\"{\"}`"
        }
    }
}

/// What went wrong in formatting a message, in the words of a report.
pub(super) fn formatting_fault(error: &FluentError) -> String {
    let FluentError::ResolverError(error) = error else { return error.to_string() };
    match error {
        ResolverError::Reference(ReferenceKind::Variable { id }) => format!("`${id}` is not given"),
        ResolverError::Reference(ReferenceKind::Message { id, attribute: None }) => {
            format!("there is no message `{id}`")
        }
        ResolverError::Reference(ReferenceKind::Message { id, attribute: Some(attribute) }) => {
            format!("there is no message `{id}.{attribute}`")
        }
        ResolverError::Reference(ReferenceKind::Term { id, attribute: None }) => {
            format!("there is no term `-{id}`")
        }
        ResolverError::Reference(ReferenceKind::Term { id, attribute: Some(attribute) }) => {
            format!("there is no term `-{id}.{attribute}`")
        }
        ResolverError::Reference(ReferenceKind::Function { id }) => format!("there is no function `{id}`"),
        ResolverError::NoValue(id) => format!("`{id}` has attributes but no text of its own"),
        ResolverError::Cyclic => "the message refers to itself".to_owned(),
        ResolverError::MissingDefault => "no variant has a `*`".to_owned(),
        ResolverError::TooManyPlaceables => "the message refers to too many others".to_owned(),
    }
}

/// Fluent takes the first of two messages with one name and forgets the other, which nobody means.
fn report_doubles(path: &ContentPath, resource: &FluentResource, bom: usize, diags: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for entry in resource.entries() {
        let name = match entry {
            Entry::Message(message) => message.id.name,
            Entry::Term(term) => term.id.name,
            _ => continue,
        };
        if !seen.insert(name) {
            // `fluent-bundle` keeps terms and messages in one table, so `-brand` hides `brand` too.
            diags.push(
                Diagnostic::new(code::STRINGS_SYNTAX, format!("`{name}` stands twice in this file"))
                    .at(path, span_in(resource.source(), name).shifted(bom))
                    .help("remove or rename one; a term and a message cannot share a name either"),
            );
        }
    }
}

/// Where a slice of the source stands in it.
fn span_in(source: &str, slice: &str) -> Span {
    let start = (slice.as_ptr() as usize).saturating_sub(source.as_ptr() as usize);
    Span::new(start, start + slice.len())
}

fn long_numbers(resource: &FluentResource) -> Vec<Span> {
    let mut found = Vec::new();
    for entry in resource.entries() {
        let (value, attributes) = match entry {
            Entry::Message(message) => (message.value.as_ref(), &message.attributes),
            Entry::Term(term) => (Some(&term.value), &term.attributes),
            _ => continue,
        };
        for pattern in value.into_iter().chain(attributes.iter().map(|a| &a.value)) {
            numbers_of_pattern(pattern, &mut found);
        }
    }
    found.retain(|n| n.len() > LONGEST_NUMBER);
    found.into_iter().map(|n| span_in(resource.source(), n)).collect()
}

fn numbers_of_pattern<'s>(pattern: &ast::Pattern<&'s str>, found: &mut Vec<&'s str>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            numbers_of_expression(expression, found);
        }
    }
}

fn numbers_of_expression<'s>(expression: &Expression<&'s str>, found: &mut Vec<&'s str>) {
    match expression {
        Expression::Inline(inline) => numbers_of_inline(inline, found),
        Expression::Select { selector, variants } => {
            numbers_of_inline(selector, found);
            variants.iter().for_each(|v| numbers_of_pattern(&v.value, found));
        }
    }
}

fn numbers_of_inline<'s>(inline: &InlineExpression<&'s str>, found: &mut Vec<&'s str>) {
    let arguments = match inline {
        InlineExpression::NumberLiteral { value } => return found.push(value),
        InlineExpression::Placeable { expression } => return numbers_of_expression(expression, found),
        InlineExpression::FunctionReference { arguments, .. } => arguments,
        InlineExpression::TermReference { arguments: Some(arguments), .. } => arguments,
        _ => return,
    };
    arguments.positional.iter().for_each(|a| numbers_of_inline(a, found));
    arguments.named.iter().for_each(|a| numbers_of_inline(&a.value, found));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that were read, and every fault with the text it points at.
    fn read_all(text: &str) -> (Vec<String>, Vec<(String, String)>) {
        let mut diags = Diagnostics::new();
        let resource = read(&ContentPath::new("strings/zh.ftl"), text.to_owned(), &mut diags);
        let names = resource
            .entries()
            .filter_map(|e| if let Entry::Message(m) = e { Some(m.id.name.to_owned()) } else { None })
            .collect();
        let faults = diags
            .iter()
            .map(|d| (d.message.clone(), text[d.labels[0].span.unwrap().range()].to_owned()))
            .collect();
        (names, faults)
    }

    #[test]
    fn every_fault_is_reported_and_the_rest_is_kept() {
        let (names, faults) = read_all("home = 首页\nno sign\nmore = { $n ->\n    [one] 一\n}\nlast = 完\n");
        assert_eq!(names, ["home", "last"]);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(faults[0], ("this Fluent message cannot be read: `=` is missing here".into(), "s".into()));
        assert_eq!(faults[1].0, "this Fluent message cannot be read: no variant has a `*`");
    }

    #[test]
    fn spans_hold_after_a_byte_order_mark_and_in_chinese() {
        let (names, faults) = read_all("\u{feff}home = 首页\n主页 = 首页\nlast = 完\n");
        assert_eq!(names, ["home", "last"]);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].1, "主");
    }

    #[test]
    fn a_fault_at_the_very_end_is_inside_the_file() {
        for text in ["a", "a =", "a = {", "a = { \"", "a = { $n ->", "é"] {
            assert_eq!(read_all(text).1.len(), 1, "{text}");
        }
    }

    #[test]
    fn windows_line_ends_are_no_fault() {
        assert_eq!(read_all("a = A\r\nb =\r\n    B\r\n").1, []);
    }

    #[test]
    fn a_name_may_stand_once() {
        let (_, faults) = read_all("a = 1\nb = 2\na = 3\n-b = 4\n");
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[0], ("`a` stands twice in this file".into(), "a".into()));
        assert_eq!(faults[1].1, "b");
    }

    #[test]
    fn numbers_that_would_overflow_are_refused() {
        let (names, faults) = read_all(
            "a = { 12345678901234567890123 ->\n    [one] x\n   *[other] y\n }\nb = { NUMBER(5.00000000000000000000) }\n",
        );
        assert_eq!(names, ["a", "b"]);
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[0].1, "12345678901234567890123");
    }
}
