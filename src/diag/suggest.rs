//! "Did you mean": the known name nearest to a wrong one.

/// The candidate that `wrong` was probably meant to be, if one is near enough.
///
/// Near is a third of the longer word in edits with transpositions (at least one): typing
/// slips pass, other words do not. Ties go to the first in order, so messages are stable.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = wrong.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(&wrong.to_lowercase(), &candidate.to_lowercase());
            let allowed = (length.max(candidate.chars().count()) / 3).max(1);
            (distance <= allowed).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, candidate)| (distance, candidate))
        .map(|(_, candidate)| candidate)
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
    (!all.is_empty() && all.len() <= 16).then(|| format!("known are {}", all.join(", ")))
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
    }
}
