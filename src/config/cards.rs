//! `cards` in `site.yaml`: whether share cards are drawn, and with which letters.
//!
//! Owns the key's forms and faults. Whether a file is there, and a font, is for those to find out
//! who read it.

use super::PerLang;
use super::fields::CARDS;
use super::resolve::language_of;
use crate::base::Span;
use crate::yaml::{Key, Node, Reader, Spanned, Value};

/// How share cards are drawn.
#[derive(Debug, Clone)]
pub struct Cards {
    /// Where the site asks for them.
    pub span: Span,
    /// The files of each language's font, by paths within the site; `None`: a font of the system.
    pub fonts: Option<PerLang<Vec<Spanned<String>>>>,
}

/// Reads the key; `codes` are those of the site's languages.
pub(super) fn cards(reader: &mut Reader<'_>, entry: Option<(Key, Node)>, codes: &[&str]) -> Option<Cards> {
    let (key, node) = entry?;
    let span = key.span;
    if let Value::Bool(wanted) = node.value {
        return wanted.then_some(Cards { span, fonts: None });
    }
    let mut map = reader.mapping(node, "`cards`", CARDS)?;
    let Some((key, node)) = map.take("font") else { return Some(Cards { span, fonts: None }) };
    let Value::Map(_) = node.value else {
        let files = files(reader, key, node);
        return Some(Cards { span, fonts: Some(PerLang(vec![files; codes.len()])) });
    };
    let mut fonts = vec![Vec::new(); codes.len()];
    for (code, node) in reader.names(Some((key, node))) {
        if let Some(at) = language_of(reader, &code, codes) {
            fonts[at] = files(reader, code, node);
        }
    }
    Some(Cards { span, fonts: Some(PerLang(fonts)) })
}

/// One file, or several.
fn files(reader: &mut Reader<'_>, key: Key, node: Node) -> Vec<Spanned<String>> {
    match node.value {
        Value::List(ref files) if files.is_empty() => {
            reader.invalid(
                node.span,
                "no font is named",
                "name a file, as in `[fonts/NAME.otf]`, or write `cards: true`",
            );
            Vec::new()
        }
        Value::List(_) => reader.texts(Some((key, node))).unwrap_or_default(),
        _ => reader.some_text(Some((key, node))).into_iter().collect(),
    }
}
