//! Why a file was made: the words of `--explain`.

use crate::base::{Digest, OutputPath};
use crate::cache::{Output, StringSet};
use crate::plan::What;
use crate::render::part_name;

/// A file that was made.
pub(super) struct Made {
    pub(super) path: OutputPath,
    pub(super) cause: Cause,
}

/// Why it was made.
#[derive(Debug, Default)]
pub(super) enum Cause {
    /// There was none.
    #[default]
    New,
    /// Parts of its key have changed: their numbers.
    Parts(Vec<u8>),
    /// What it is made from has changed, which has no parts: that in a word.
    Source(&'static str),
    /// Interface strings that it asked for have changed: the set's number.
    Strings(u32),
    /// What stands in the output is not what was written.
    Output,
}

/// Why a file is made whose key is no longer what it was.
pub(super) fn of_key(what: &What, before: &[(u8, u32)], after: &[(u8, u32)]) -> Cause {
    match what {
        What::Page(..) | What::Card(..) | What::Landing | What::NotFound(_) => {
            Cause::Parts(changed(before, after))
        }
        What::Feed(..) | What::Sitemap | What::SitemapPart(_) | What::FiguresCsv | What::FiguresJson => {
            Cause::Source("what it lists")
        }
        What::Redirect(..) => Cause::Source("where it leads"),
        What::Robots | What::NoJekyll => Cause::Source("the site's address"),
        What::File(_) | What::Variant(..) | What::Asset(_) => Cause::Source("its source"),
    }
}

/// The numbers of the parts that are in one key and not in the other, or differ.
fn changed(before: &[(u8, u32)], after: &[(u8, u32)]) -> Vec<u8> {
    let lacks = |parts: &[(u8, u32)], part: &(u8, u32)| !parts.contains(part);
    let mut numbers: Vec<u8> = before.iter().filter(|part| lacks(after, part)).map(|part| part.0).collect();
    numbers.extend(after.iter().filter(|part| lacks(before, part)).map(|part| part.0));
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// What is known of two builds, to name what changed between them.
pub(super) struct Builds<'b> {
    pub(super) before: &'b Output,
    /// The templates as they are now.
    pub(super) templates: &'b [(Box<str>, Digest)],
    /// For each set of strings of the earlier build, its digests as they are now.
    pub(super) strings: Vec<Vec<Digest>>,
}

impl Builds<'_> {
    /// The cause in words.
    pub(super) fn words(&self, cause: &Cause) -> String {
        match cause {
            Cause::New => "it is new".to_owned(),
            Cause::Output => "the file in the output was changed or removed".to_owned(),
            Cause::Strings(number) => match self.before.strings.get(*number as usize) {
                Some(set) => format!("interface strings: {}", self.changed_strings(*number, set)),
                None => "interface strings".to_owned(),
            },
            Cause::Source(what) => (*what).to_owned(),
            // Parts are known by a few bits, and can differ without showing it.
            Cause::Parts(numbers) if numbers.is_empty() => "page".to_owned(),
            Cause::Parts(numbers) => {
                let names = numbers.iter().map(|&number| match part_name(number) {
                    name if name == "theme" => self.changed_templates(),
                    name => name,
                });
                names.collect::<Vec<_>>().join(", ")
            }
        }
    }

    fn changed_strings(&self, number: u32, set: &StringSet) -> String {
        let now = self.strings.get(number as usize).map_or(&[][..], Vec::as_slice);
        let changed = set.names.iter().zip(&set.digests).enumerate();
        let changed = changed.filter(|(i, (_, digest))| now.get(*i) != Some(digest));
        changed.map(|(_, ((code, key), _))| format!("{key} ({code})")).collect::<Vec<_>>().join(", ")
    }

    /// The templates that changed; where none did, what else the frame holds.
    fn changed_templates(&self) -> String {
        let (before, after) = (&self.before.templates, self.templates);
        let mut changed: Vec<&str> = Vec::new();
        for (one, other) in [(before.as_slice(), after), (after, before.as_slice())] {
            changed.extend(one.iter().filter(|template| !other.contains(template)).map(|(file, _)| &**file));
        }
        changed.sort_unstable();
        changed.dedup();
        if changed.is_empty() {
            "assets, languages or the site's address".to_owned()
        } else {
            changed.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_differ_are_found() {
        let before = [(0, 1), (1, 1), (2, 1)];
        assert!(changed(&before, &before).is_empty());
        assert_eq!(changed(&before, &[(0, 1), (1, 2), (3, 1)]), [1, 2, 3]);
    }
}
