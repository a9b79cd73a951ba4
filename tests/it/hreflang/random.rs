//! Sparse sites at random: versions are missing, drafts and slugs are strewn in, and every policy
//! and URL scheme comes up. The same seed makes the same site on every machine.

use std::fmt::Write;

use super::judge::Address;

/// Languages that differ in script and direction.
const LANGUAGES: [(&str, &str); 5] =
    [("en", "en"), ("zh", "zh-Hans"), ("ar", "ar"), ("de", "de"), ("ja", "ja")];

/// A site in one string, and what the judge is told of it.
pub(super) fn site(seed: u64) -> (String, Address) {
    Generator { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, text: String::new(), codes: Vec::new() }
        .site()
}

struct Generator {
    state: u64,
    text: String,
    codes: Vec<&'static str>,
}

/// What a written entry can be linked to by: its files, if all of them are published.
struct Written {
    files: Vec<(usize, String)>,
}

impl Generator {
    /// The xorshift64 generator of Marsaglia (2003): enough disorder, and no dependency.
    fn below(&mut self, n: u64) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from((self.state >> 11) % n).unwrap()
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < usize::try_from(percent).unwrap()
    }

    fn site(mut self) -> (String, Address) {
        let mut languages = LANGUAGES.to_vec();
        for i in (1..languages.len()).rev() {
            let j = self.below(i as u64 + 1);
            languages.swap(i, j);
        }
        languages.truncate(1 + self.below(5));
        self.codes = languages.iter().map(|(code, _)| *code).collect();
        let base = ["https://ants.example/", "https://ants.example/sub/site/"][self.below(2)];
        self.config(base, &languages);

        let topics: Vec<String> = (0..self.below(4)).map(|i| format!("topic-{i}")).collect();
        for topic in &topics {
            self.entry(&format!("topics/{topic}"), false, &[], &[]);
        }
        let mut folders = vec!["news".to_owned()];
        if self.chance(80) {
            self.entry("news/_index", true, &[], &[]);
        }
        if self.chance(40) {
            self.entry("news/local/_index", true, &[], &[]);
            folders.push("news/local".to_owned());
        }
        if self.chance(50) {
            self.entry("_index", true, &[], &[]);
        }
        if self.chance(30) {
            self.entry("topics/_index", true, &[], &[]);
        }
        let mut written: Vec<Written> = Vec::new();
        for i in 0..self.below(9) {
            let folder = folders[self.below(folders.len() as u64)].clone();
            let name =
                if self.chance(20) { format!("{folder}/a{i}/index") } else { format!("{folder}/a{i}") };
            let own: Vec<String> = topics.iter().filter(|_| self.chance(40)).cloned().collect();
            let entry = self.entry(&name, false, &own, &written);
            written.push(entry);
        }
        for i in 0..self.below(3) {
            let entry = self.entry(&format!("page-{i}"), false, &[], &written);
            written.push(entry);
        }
        let languages = languages.iter().map(|(code, tag)| ((*code).to_owned(), (*tag).to_owned())).collect();
        (self.text, Address { base: base.to_owned(), languages })
    }

    fn config(&mut self, base: &str, languages: &[(&str, &str)]) {
        let mut text = format!("== site.yaml\ntitle: Ants\nbase_url: {base}\nlanguages:\n");
        for (code, tag) in languages {
            writeln!(text, "  - {{code: {code}, tag: {tag}, name: {code}}}").unwrap();
        }
        text.push_str(["", "urls: prefix\n", "urls: root\n"][self.below(3)]);
        let policy = ["hide", "link", "show"][self.below(3)];
        writeln!(text, "missing_translation: {policy}\npage_size: {}", 1 + self.below(4)).unwrap();
        text.push_str(["", "feeds: false\n", "feeds: {content: summary, items: 2}\n"][self.below(3)]);
        // Arabic, German and Japanese have no strings of their own here.
        text.push_str("messages: {missing-string: allow}\n");
        self.text.push_str(&text);
    }

    /// Writes the versions of one entry: any of them, but at least one.
    fn entry(&mut self, name: &str, index: bool, topics: &[String], others: &[Written]) -> Written {
        let count = self.codes.len();
        let mut langs: Vec<usize> = (0..count).filter(|_| self.chance(60)).collect();
        if langs.is_empty() {
            langs.push(self.below(count as u64));
        }
        let original = langs[self.below(langs.len() as u64)];
        let hidden = !index && self.chance(15);
        let mut files = Vec::new();
        for &lang in &langs {
            let path = format!("content/{name}.{}.md", self.codes[lang]);
            let stem = name.replace('/', "-");
            writeln!(self.text, "== {path}\n---\ntitle: {stem} {}", self.codes[lang]).unwrap();
            if lang == original {
                let date = ["2023", "2023-05", "2023-05-17"][self.below(3)];
                writeln!(
                    self.text,
                    "date: {}\ntopics: [{}]",
                    if hidden { "2030-01-01" } else { date },
                    topics.join(", ")
                )
                .unwrap();
            } else {
                writeln!(self.text, "translated_from: {}", self.codes[original]).unwrap();
            }
            if self.chance(20) && name != "_index" {
                writeln!(self.text, "slug: 蚂蚁 {stem}").unwrap();
            }
            if self.chance(15) {
                writeln!(self.text, "aliases: [/old/{stem}-{lang}/]").unwrap();
            }
            self.text.push_str("---\n## A heading\n\nText.\n");
            self.links(name, lang, others);
            files.push((lang, path));
        }
        Written { files: if hidden { Vec::new() } else { files } }
    }

    /// Links from a version to some of those that were written before, now and then to their heading.
    fn links(&mut self, name: &str, lang: usize, others: &[Written]) {
        let up = "../".repeat(name.matches('/').count());
        for other in others {
            if other.files.is_empty() || !self.chance(30) {
                continue;
            }
            let same = other.files.iter().find(|(l, _)| *l == lang);
            let any = &other.files[self.below(other.files.len() as u64)];
            let (_, path) = same.unwrap_or(any);
            let path = path.strip_prefix("content/").unwrap();
            let anchor = ["", "#a-heading"][self.below(2)];
            writeln!(self.text, "\nSee [it]({up}{path}{anchor}).").unwrap();
        }
    }
}
