//! The examples of CommonMark, with what is done to texts before and after the parser.

use pulldown_cmark::{Event, Options as Syntax, Parser};

use super::super::{flanking, soft_breaks};
use super::HtmlPolicy;

const EXAMPLES: &str = include_str!("../../../../tests/commonmark/spec-0.31.2.json");

#[test]
fn every_example_of_commonmark_is_as_the_specification_has_it() {
    let examples: Vec<(String, String)> = serde_json::from_str(EXAMPLES).unwrap();
    assert_eq!(examples.len(), 652);
    // The parser's own writer leaves quotation marks in text alone, and its white space is its own.
    let same = |html: &str| html.replace("&quot;", "\"").replace("<li>\n", "<li>");
    let mut wrong = Vec::new();
    for (text, expected) in &examples {
        let plain: Vec<_> = Parser::new_ext(text, Syntax::empty()).into_offset_iter().collect();
        let marked = flanking::mark(text);
        let mut events: Vec<_> = match &marked {
            None => plain.clone(),
            Some(marked) => Parser::new_ext(&marked.text, Syntax::empty())
                .into_offset_iter()
                .filter_map(|event| marked.unmark(event))
                .collect(),
        };
        soft_breaks::remove(&mut events, true, HtmlPolicy::Allow);
        assert_eq!(events, plain, "{text:?}");
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            events.into_iter().map(|(event, _): (Event<'_>, _)| event),
        );
        if same(&html) != same(expected) {
            wrong.push(format!("{text:?}\n     is {html:?}\n not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
