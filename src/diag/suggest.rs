//! "Did you mean": the known name nearest to a wrong one.

use std::cmp::Reverse;

/// The candidate that `wrong` was probably meant to be, if one is near enough.
///
/// Near is a third of the longer word in edits with transpositions (at least one): typing
/// slips pass, other words do not, and nothing is near to no word at all. Ties go to the one that begins alike, then to the first in order, so that messages are stable.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.is_empty() {
        return None;
    }
    let length = wrong.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(&wrong.to_lowercase(), &candidate.to_lowercase());
            let allowed = (length.max(candidate.chars().count()) / 3).max(1);
            (distance <= allowed).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, candidate)| (distance, Reverse(common_start(wrong, candidate)), candidate))
        .map(|(_, candidate)| candidate)
}

/// Slips are rare in the first letter: `zn` is `zh` rather than `en`.
fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// "did you mean `x`?", or the whole list when it is short, or nothing.
pub fn did_you_mean<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(candidate) = nearest(wrong, candidates.clone()) {
        return Some(format!("did you mean `{candidate}`?"));
    }
    let all: Vec<_> = candidates.into_iter().map(|c| format!("`{c}`")).collect();
    match all.as_slice() {
        [] => None,
        [one] => Some(format!("the only choice is {one}")),
        [..] if all.len() <= 20 => Some(format!("the choices are {}", all.join(", "))),
        [..] => None,
    }
}

/// [`did_you_mean`] and a further clause that always holds, as one help.
pub fn did_you_mean_and<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
    clause: &str,
) -> String {
    match did_you_mean(wrong, candidates) {
        None => clause.to_owned(),
        Some(help) if help.ends_with('?') => {
            let mut chars = clause.chars();
            let first = chars.next().map_or(String::new(), |c| c.to_uppercase().collect());
            format!("{help} {first}{}", chars.as_str())
        }
        Some(help) => format!("{help}; {clause}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let known = ["engineering", "rural", "transport"];
        assert_eq!(nearest("enginering", known), Some("engineering"));
        assert_eq!(nearest("Rural", known), Some("rural"));
        assert_eq!(nearest("cooking", known), None);
        assert_eq!(nearest("zn", ["en", "zh"]), Some("zh"));
        assert_eq!(nearest("", ["a"]), None);
    }

    #[test]
    fn a_clause_is_joined_as_a_sentence() {
        let help = |wrong, known: &[&'static str]| {
            did_you_mean_and(wrong, known.iter().copied(), "topics live in content/topics/")
        };
        assert_eq!(help("rurl", &["rural"]), "did you mean `rural`? Topics live in content/topics/");
        assert_eq!(help("x", &["rural"]), "the only choice is `rural`; topics live in content/topics/");
        assert_eq!(help("x", &[]), "topics live in content/topics/");
    }
}
