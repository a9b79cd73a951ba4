//! Fenced and indented blocks: components, formulas, and code with its parts told apart.
//!
//! Owns what a block is by the words behind its fence. What the parts of code are is `highlight`'s.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, TagEnd};

use super::super::body::SlotKind;
use super::footnotes::Events;
use super::highlight::{self, Language};
use super::leaf::Leaf;
use super::writer::Writer;
use super::{component, escape, math, slots};
use crate::diag::{Diagnostic, code, did_you_mean_and};

impl Writer<'_, '_> {
    pub(super) fn code_block(&mut self, i: usize, kind: &CodeBlockKind<'_>, place: &Range<usize>) -> usize {
        let (inner, next) = self.leaf(i, TagEnd::CodeBlock);
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        if let Some(name) = component::name(info) {
            self.component(name, inner, place);
            return next;
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '{');
        let language = &info[..info.find(ends).unwrap_or(info.len())];
        if language.eq_ignore_ascii_case(math::LANGUAGE) {
            self.math_block(inner, place);
        } else {
            self.code(language, inner, place);
        }
        next
    }

    fn component(&mut self, name: &str, inner: &Events<'_>, place: &Range<usize>) {
        let span = self.block_span(place);
        let name_span = self.span(self.in_fence(name, place));
        let args = component::arguments(inner, self.source, self.start, self.file, self.diags);
        self.block("");
        if let Ok(args) = args {
            let kind = SlotKind::Component { name: name.to_owned(), name_span, args };
            slots::open(&mut self.out, &mut self.slots, span, kind);
        }
        self.out.push('\n');
    }

    fn code(&mut self, language: &str, inner: &Events<'_>, place: &Range<usize>) {
        // What scrolls sideways must be reachable by keyboard (WCAG 2.1.1).
        self.block("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape::attribute(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
        match highlight::language(language) {
            Language::Known(syntax) => highlight::write(&mut self.out, &Leaf::of(inner).text, syntax),
            known => {
                if matches!(known, Language::Unknown) {
                    self.unknown_language(language, place);
                }
                for (event, _) in inner {
                    if let Event::Text(text) = event {
                        escape::text(&mut self.out, text);
                    }
                }
            }
        }
        self.out.push_str("</code></pre>\n");
    }

    fn unknown_language(&mut self, language: &str, place: &Range<usize>) {
        let span = self.span(self.in_fence(language, place));
        let help = did_you_mean_and(
            language,
            highlight::names().chain([math::LANGUAGE]),
            "`text` is for what is in no language; the code is shown without colours",
        );
        self.diags.push(
            Diagnostic::new(code::UNKNOWN_CODE_LANGUAGE, format!("no language is called `{language}`"))
                .at(self.file, span)
                .help(help),
        );
    }

    /// Where a name behind a block's fence stands in the source; the block, if it is written there
    /// in another way.
    fn in_fence(&self, name: &str, place: &Range<usize>) -> Range<usize> {
        let text = self.source.get(place.clone()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default();
        line.find(name).map_or(place.start..place.start + text.trim_end().len(), |at| {
            place.start + at..place.start + at + name.len()
        })
    }
}
