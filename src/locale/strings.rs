//! Interface strings: a chain of Fluent files, nearest first, and the text of a key.
//!
//! Owns the chain and the formatting. It never decides which files make the chain, and never
//! reports a missing key: whoever asks knows where the question stands.

use std::collections::BTreeMap;
use std::collections::btree_map;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Pattern};
use unic_langid::LanguageIdentifier;

use super::ftl;
use super::ftl_numbers;
use super::numbers::Numbers;
use crate::base::{ContentPath, Decimal, Digest};
use crate::diag::Diagnostics;

/// One Fluent file of the chain for a language.
#[derive(Clone, Debug)]
pub struct StringsFile {
    /// Where it stands, for messages.
    pub path: ContentPath,
    /// What it says.
    pub text: String,
    /// Whether it is of the language itself, not of one it falls back to.
    pub own: bool,
    /// The BCP 47 tag of the language it is written in.
    pub tag: String,
}

/// A value for `{ $name }`.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Text, shown as it is.
    Text(String),
    /// A number, shown in the language's way, and what plural forms are chosen by.
    Number(f64),
    /// A number that plural forms are chosen by and that is shown by other means: its digits count
    /// as they are written, so that `1.0` is no `1`.
    Count(Decimal),
}

/// The text of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The text.
    pub text: String,
    /// `false` where it came from a language that this one falls back to.
    pub own: bool,
    /// What went wrong in formatting, for a message; the text then shows the name in braces.
    pub fault: Option<String>,
    /// The key's place among [`Strings::keys`].
    pub number: u32,
}

/// The interface strings of one language.
pub struct Strings {
    files: Vec<File>,
    languages: Vec<Language>,
    /// `key` and `key.attribute` of all files, each from the first file that has it.
    keys: BTreeMap<String, Place>,
}

struct File {
    resource: Arc<FluentResource>,
    language: usize,
    own: bool,
}

/// All files of the chain in one language, where messages and terms refer to each other: a theme
/// may redefine the `-brand` that its parent's messages use.
struct Language {
    tag: String,
    bundle: FluentBundle<Arc<FluentResource>>,
    numbers: Option<Numbers>,
}

struct Place {
    file: usize,
    entry: usize,
    attribute: Option<usize>,
    /// The text, where it is the same whatever the arguments.
    fixed: Option<String>,
    number: u32,
}

impl std::fmt::Debug for Strings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Strings").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}

impl Strings {
    /// Reads a chain of files, nearest first. Faults of syntax are reported, and the messages
    /// without fault kept.
    pub fn new(files: Vec<StringsFile>, diags: &mut Diagnostics) -> Self {
        let mut strings = Self { files: Vec::new(), languages: Vec::new(), keys: BTreeMap::new() };
        for file in files {
            let resource = Arc::new(ftl::read(&file.path, file.text, diags));
            let language = strings.language(file.tag);
            // Names that a nearer file has stay the nearer file's.
            let _ = strings.languages[language].bundle.add_resource(Arc::clone(&resource));
            strings.index(&resource);
            strings.files.push(File { resource, language, own: file.own });
        }
        strings.fix();
        strings
    }

    /// The text of `key` or `key.attribute`, from the first file that has it.
    ///
    /// A fault in formatting (an argument that is not given, a term that is not there) is
    /// noted in [`Found::fault`]; there is a text all the same.
    pub fn get(&self, key: &str, args: &[(&str, Arg)]) -> Option<Found> {
        let place = self.keys.get(key)?;
        let own = self.files[place.file].own;
        if let Some(text) = &place.fixed {
            return Some(Found { text: text.clone(), own, fault: None, number: place.number });
        }
        let (text, fault) = self.format(place, args)?;
        Some(Found { text, own, fault, number: place.number })
    }

    /// The attribute of a message, as [`Strings::get`] takes it: `unit-kg.compact`. `None` if the
    /// message has none, or comes from a nearer file than its namesake that has one: who words a
    /// message anew has not meant the old message's attribute.
    pub fn attribute(&self, key: &str, name: &str) -> Option<String> {
        let full = format!("{key}.{name}");
        (self.keys.get(&full)?.file == self.keys.get(key)?.file).then_some(full)
    }

    /// The digest of all that decides, beside the arguments, what [`Strings::get`] says of a key.
    pub fn digest(&self, key: &str) -> Digest {
        let Some(place) = self.keys.get(key) else { return Digest::default() };
        let file = &self.files[place.file];
        let tag = &self.languages[file.language].tag;
        let origin = Digest::of(tag.as_bytes()).and_number(file.own.into());
        if let Some(text) = &place.fixed {
            return origin.and_bytes(text.as_bytes());
        }
        let pattern = format!("{:?}", pattern(&file.resource, place));
        let refers = ["MessageReference", "TermReference"].iter().any(|kind| pattern.contains(kind));
        let origin = origin.and_bytes(pattern.as_bytes());
        if !refers {
            return origin;
        }
        // What it refers to may refer to more: the whole of its language stands for all of it.
        let all = self.files.iter().filter(|f| f.language == file.language);
        all.fold(origin, |digest, file| digest.and_bytes(file.resource.source().as_bytes()))
    }

    /// Whether a key is there, and in the language itself.
    pub fn is_own(&self, key: &str) -> Option<bool> {
        self.keys.get(key).map(|place| self.files[place.file].own)
    }

    /// The keys of all files, sorted, attributes as `key.attribute`.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }

    /// The language of a file, made at its first file.
    fn language(&mut self, tag: String) -> usize {
        if let Some(i) = self.languages.iter().position(|l| l.tag == tag) {
            return i;
        }
        // The site's tags are checked when its settings are read; a wrong one gets the plural
        // rules and numbers of no language in particular.
        let locale = super::tag::parse(&tag).unwrap_or(icu::locale::Locale::UNKNOWN);
        let id: LanguageIdentifier = locale.id.to_string().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolating marks would stand in attributes, titles and search results.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(ftl_numbers::write_value));
        // The name is new in a new bundle.
        let _ = bundle.add_function("NUMBER", ftl_numbers::number_function);
        self.languages.push(Language { tag, bundle, numbers: Numbers::new(&locale).ok() });
        self.languages.len() - 1
    }

    /// Adds the keys of the file that comes next.
    fn index(&mut self, resource: &FluentResource) {
        let file = self.files.len();
        for (entry, message) in resource.entries().enumerate() {
            let Entry::Message(message) = message else { continue };
            let name = message.id.name;
            let attributes = message
                .attributes
                .iter()
                .enumerate()
                .map(|(i, a)| (format!("{name}.{}", a.id.name), Some(i)));
            let value = message.value.iter().map(|_| (name.to_owned(), None));
            for (key, attribute) in value.chain(attributes) {
                if let btree_map::Entry::Vacant(vacant) = self.keys.entry(key) {
                    vacant.insert(Place { file, entry, attribute, fixed: None, number: 0 });
                }
            }
        }
    }

    /// Formats once what does not depend on arguments: what is without fault without any.
    fn fix(&mut self) {
        let mut keys = std::mem::take(&mut self.keys);
        for (number, place) in (0..).zip(keys.values_mut()) {
            place.number = number;
            if let Some((text, None)) = self.format(place, &[]) {
                place.fixed = Some(text);
            }
        }
        self.keys = keys;
    }

    fn format(&self, place: &Place, args: &[(&str, Arg)]) -> Option<(String, Option<String>)> {
        let file = &self.files[place.file];
        let language = &self.languages[file.language];
        let pattern = pattern(&file.resource, place)?;
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, arg)| (*name, ftl_numbers::argument(arg, language.numbers.as_ref())))
            .collect();
        let mut errors = Vec::new();
        let text = language.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        let faults: Vec<String> = errors.iter().map(ftl::formatting_fault).collect();
        Some((text, (!faults.is_empty()).then(|| faults.join("; "))))
    }
}

fn pattern<'r>(resource: &'r FluentResource, place: &Place) -> Option<&'r Pattern<&'r str>> {
    let Some(Entry::Message(message)) = resource.get_entry(place.entry) else { return None };
    match place.attribute {
        None => message.value.as_ref(),
        Some(i) => message.attributes.get(i).map(|a| &a.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(tag: &str, own: bool, text: &str) -> StringsFile {
        StringsFile {
            path: ContentPath::new(format!("strings/{tag}.ftl")),
            text: text.to_owned(),
            own,
            tag: tag.to_owned(),
        }
    }

    fn chain(files: &[(&str, bool, &str)]) -> Strings {
        let mut diags = Diagnostics::new();
        let strings = Strings::new(files.iter().map(|(t, o, s)| file(t, *o, s)).collect(), &mut diags);
        assert!(diags.is_empty(), "{diags:?}");
        strings
    }

    fn number(strings: &Strings, key: &str, n: f64) -> String {
        let found = strings.get(key, &[("n", Arg::Number(n))]).unwrap();
        assert_eq!(found.fault, None);
        found.text
    }

    #[test]
    fn plural_forms_are_the_language_s() {
        let en =
            chain(&[("en", true, "days = { $n ->\n    [one] { $n } day\n   *[other] { $n } days\n }\n")]);
        assert_eq!(number(&en, "days", 1.0), "1 day");
        assert_eq!(number(&en, "days", 1234.0), "1,234 days");
        assert_eq!(number(&en, "days", 1.5), "1.5 days");
        let zh = chain(&[("zh-Hans", true, "days = { $n ->\n    [one] wrong\n   *[other] { $n }天\n }\n")]);
        assert_eq!(number(&zh, "days", 1.0), "1天");
        assert_eq!(number(&zh, "days", 1234.0), "1234天");
        assert_eq!(number(&zh, "days", 12345.0), "12,345天");
        let pl = "
days = { $n ->
    [one] { $n } dzień
    [few] { $n } dni (few)
    [many] { $n } dni
   *[other] { $n } dnia
}
";
        let pl = chain(&[("pl", true, pl)]);
        assert_eq!(number(&pl, "days", 1.0), "1 dzień");
        assert_eq!(number(&pl, "days", 3.0), "3 dni (few)");
        assert_eq!(number(&pl, "days", 12.0), "12 dni");
        assert_eq!(number(&pl, "days", 1.5), "1,5 dnia");
        let ar = chain(&[("ar-EG", true, "n = { $n ->\n    [two] two { $n }\n   *[other] { $n }\n }\n")]);
        assert_eq!(number(&ar, "n", 2.0), "two ٢");
    }

    #[test]
    fn the_nearest_file_wins_and_fallbacks_are_named() {
        let strings = chain(&[
            ("zh-Hans", true, "home = 首页\n"),
            ("zh-Hans", true, "home = 主页\nsearch = 搜索\n    .label = 搜索本站\n"),
            ("en", false, "home = Home\nmore = { $n ->\n    [one] one more\n   *[other] { $n } more\n }\n"),
        ]);
        let found = |key| strings.get(key, &[]).map(|f| (f.text, f.own));
        assert_eq!(found("home"), Some(("首页".into(), true)));
        assert_eq!(found("search.label"), Some(("搜索本站".into(), true)));
        assert_eq!(found("nothing"), None);
        // The fallback's plural rules and numbers are those of its own language.
        assert_eq!(number(&strings, "more", 1.0), "one more");
        assert_eq!(number(&strings, "more", 4248.0), "4,248 more");
        assert!(!strings.get("more", &[("n", Arg::Number(1.0))]).unwrap().own);
        assert_eq!(strings.keys().collect::<Vec<_>>(), ["home", "more", "search", "search.label"]);
    }

    #[test]
    fn a_theme_redefines_what_its_parent_s_messages_refer_to() {
        let strings = chain(&[
            ("en", true, "-brand = Bashu\nfoot = { -brand }\n    .title = On { -brand }\n"),
            ("en", true, "-brand = Plain\nabout = About { -brand }\nfoot = gone\n    .rel = { about }\n"),
        ]);
        let text = |key| strings.get(key, &[]).unwrap().text;
        assert_eq!(text("about"), "About Bashu");
        assert_eq!(text("foot"), "Bashu");
        assert_eq!(text("foot.title"), "On Bashu");
        assert_eq!(text("foot.rel"), "About Bashu");
    }

    #[test]
    fn faults_in_formatting_leave_a_text() {
        let strings = chain(&[(
            "en",
            true,
            "a = Hello { $name }\nb = { -none }\nc = { c }\nd =\n    .x = X\ne = { d }\n",
        )]);
        let found = strings.get("a", &[]).unwrap();
        assert_eq!(
            (found.text.as_str(), found.fault.as_deref()),
            ("Hello {$name}", Some("`$name` is not given"))
        );
        assert_eq!(strings.get("a", &[("name", Arg::Text("重庆".into()))]).unwrap().text, "Hello 重庆");
        let fault = |key| strings.get(key, &[]).unwrap().fault.unwrap();
        assert_eq!(fault("b"), "there is no term `-none`");
        assert_eq!(fault("c"), "the message refers to itself");
        assert_eq!(fault("e"), "`d` has attributes but no text of its own");
        assert_eq!(strings.get("d", &[]), None);
    }

    #[test]
    fn only_what_arguments_can_change_is_formatted_again() {
        let strings = chain(&[("en", true, "-t = T\na = plain\nb = { -t } too\nc = { $n }\n")]);
        let fixed = |key: &str| strings.keys[key].fixed.is_some();
        assert!(fixed("a") && fixed("b") && !fixed("c"));
    }

    #[test]
    fn numbers_follow_their_options_and_never_panic() {
        let text = r#"
n = { $n ->
    [one] one
   *[other] { $n }
}
f = { NUMBER($n, minimumFractionDigits: 2) }
r = { NUMBER($n, maximumFractionDigits: 1) }
u = { NUMBER($n, useGrouping: "false") }
w = { NUMBER($n, minimumFractionDigits: 99) ->
    [one] one
   *[other] other
}
"#;
        let strings = chain(&[("de", true, text)]);
        assert_eq!(number(&strings, "f", 1234.5), "1.234,50");
        assert_eq!(number(&strings, "r", 1234.56), "1.234,6");
        assert_eq!(number(&strings, "r", 3.0), "3");
        assert_eq!(number(&strings, "u", 1234.0), "1234");
        assert_eq!(number(&strings, "w", 1.25), "other");
        assert_eq!(number(&strings, "n", 1e21), "1.000.000.000.000.000.000.000");
        assert_eq!(number(&strings, "n", -0.5), "-0,5");
        for n in [f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, f64::MAX, -0.0] {
            assert!(!number(&strings, "n", n).is_empty());
        }
    }

    #[test]
    fn faulty_files_are_reported_and_used() {
        let mut diags = Diagnostics::new();
        let strings = Strings::new(vec![file("en", true, "good = Good\nbad\n")], &mut diags);
        assert_eq!(strings.get("good", &[]).unwrap().text, "Good");
        let d = diags.iter().next().unwrap();
        assert_eq!((d.code.name, d.labels[0].file.as_str()), ("strings-syntax", "strings/en.ftl"));
    }
}
