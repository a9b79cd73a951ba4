//! What a library says of a fault, in the form of our messages.
//!
//! Owns the form alone: where a library speaks of its insides, whoever asked it has other words.

/// A sentence without its capital and its full stop. Acronyms and the dots of an ellipsis stay.
pub fn clause(said: &str) -> String {
    let said = said.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(said);
    let mut chars = said.chars();
    match chars.next() {
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_becomes_a_clause() {
        for (said, expected) in [
            ("Unknown command.", "unknown command"),
            ("A value is missing", "a value is missing"),
            ("CSS cannot say that.", "CSS cannot say that"),
            ("Found after \\int, \\sum, ...", "found after \\int, \\sum, ..."),
            ("`X` is no name.", "`X` is no name"),
            ("É", "é"),
            (".", ""),
            ("", ""),
        ] {
            assert_eq!(clause(said), expected);
        }
    }
}
