//! The benchmark's corpus: what each initiative is called and says in English and in Chinese.
//!
//! Owns the words. It writes no file and knows no generator: `sites` puts its articles into the
//! form of each. The same number always gives the same article, whatever stands around it.
//!
//! The words are made of syllables and single characters and mean nothing. What counts is what a
//! generator has to work through: the bytes, the blocks, the emphasis and code within a paragraph.

/// The topics: id, title in English, title in Chinese.
pub(crate) const TOPICS: [(&str, &str, &str); 12] = [
    ("baran", "Baran", "甲题"),
    ("colvi", "Colvi", "乙题"),
    ("denor", "Denor", "丙题"),
    ("elsom", "Elsom", "丁题"),
    ("fardi", "Fardi", "戊题"),
    ("gomel", "Gomel", "己题"),
    ("hurta", "Hurta", "庚题"),
    ("ilvos", "Ilvos", "辛题"),
    ("jorin", "Jorin", "壬题"),
    ("kelna", "Kelna", "癸题"),
    ("lumet", "Lumet", "子题"),
    ("mordi", "Mordi", "丑题"),
];

const SYLLABLES: [&str; 32] = [
    "al", "ba", "cen", "da", "del", "e", "fa", "gor", "hu", "il", "jo", "ka", "lor", "mi", "mon", "ne", "os",
    "pa", "rin", "ru", "sa", "sol", "ta", "ter", "tur", "u", "van", "vel", "wen", "ya", "zo", "zel",
];

const CHARACTERS: &str = "山水天地日月星云风雨林木石田土金火江河湖海岸桥路车舟门窗灯书纸笔墨琴棋画花草叶果米茶酒布衣东西南北中上下左右前后高低长短大小多少新旧远近红黄青白黑春夏秋冬朝夕年时分合开立行走来去出入起落见闻知思言语";

/// A language of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Chinese,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// What files and URLs call it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }
}

/// What an initiative says in one language.
pub(crate) struct Version {
    pub(crate) title: String,
    pub(crate) summary: String,
    /// Its text in Markdown, but for the link at the end.
    pub(crate) text: String,
}

/// When an initiative was: a day of the ten years from 2014.
pub(crate) fn date(number: usize) -> String {
    let mut random = Random::of(number, 1);
    format!("{}-{:02}-{:02}", 2014 + random.below(10), 1 + random.below(12), 1 + random.below(28))
}

/// What an initiative is about: the ids of one to three topics.
pub(crate) fn topics(number: usize) -> Vec<&'static str> {
    let mut random = Random::of(number, 2);
    let (first, count) = (random.below(TOPICS.len()), 1 + random.below(3));
    // Five and twelve have no common divisor, so that no topic comes twice.
    (0..count).map(|i| TOPICS[(first + 5 * i) % TOPICS.len()].0).collect()
}

/// An initiative in a language.
pub(crate) fn version(number: usize, language: Language) -> Version {
    let seed = match language {
        Language::English => 3,
        Language::Chinese => 4,
    };
    let mut writer = Writer { random: Random::of(number, seed), language };
    let words = writer.phrase(4);
    let title = match language {
        Language::English => format!("Initiative {number}: {words}"),
        Language::Chinese => format!("项目{number}：{words}"),
    };
    Version { title, summary: writer.sentence(false), text: writer.text() }
}

struct Writer {
    random: Random,
    language: Language,
}

impl Writer {
    fn text(&mut self) -> String {
        let mut text = String::with_capacity(3000);
        self.section(&mut text, 2);
        for _ in 0..3 + self.random.below(3) {
            text.push_str(&format!("- {}\n", self.sentence(true)));
        }
        text.push('\n');
        self.section(&mut text, 2);
        self.table(&mut text);
        self.section(&mut text, 1);
        text.push_str(&format!("> {}\n\n", self.sentence(false)));
        text
    }

    /// A heading and some paragraphs.
    fn section(&mut self, text: &mut String, paragraphs: usize) {
        let heading = self.phrase(3);
        text.push_str(&format!("## {heading}\n\n"));
        for _ in 0..paragraphs {
            let sentences = 3 + self.random.below(3);
            for i in 0..sentences {
                // Chinese sentences follow each other without a space.
                if i > 0 && self.language == Language::English {
                    text.push(' ');
                }
                text.push_str(&self.sentence(i == 1));
            }
            text.push_str("\n\n");
        }
    }

    fn table(&mut self, text: &mut String) {
        text.push_str(&format!("| {} | 1 | 2 |\n|---|---:|---:|\n", self.word()));
        for _ in 0..4 + self.random.below(3) {
            let (name, first, second) = (self.word(), self.random.below(1000), self.random.below(10_000));
            text.push_str(&format!("| {name} | {first} | {second} |\n"));
        }
        text.push('\n');
    }

    /// A sentence; a marked one has a word in bold, in quotation marks or in code.
    fn sentence(&mut self, marked: bool) -> String {
        let words = 8 + self.random.below(8);
        let special = if marked { 2 + self.random.below(words - 3) } else { words };
        let mut sentence = String::new();
        for i in 0..words {
            if i > 0 {
                self.join(&mut sentence, i);
            }
            let word = self.word();
            match (i == special, self.random.below(3)) {
                (true, 0) => sentence.push_str(&format!("**{word}**")),
                (true, 1) => sentence.push_str(&format!("\"{word}\"")),
                (true, _) => sentence.push_str(&format!("`{word}`")),
                (false, _) if i == 0 => sentence.push_str(&capitalised(&word)),
                (false, _) => sentence.push_str(&word),
            }
        }
        sentence.push_str(match self.language {
            Language::English => ".",
            Language::Chinese => "。",
        });
        sentence
    }

    fn join(&mut self, sentence: &mut String, word: usize) {
        let comma = word % 6 == 5;
        sentence.push_str(match (self.language, comma) {
            (Language::English, false) => " ",
            (Language::English, true) => ", ",
            (Language::Chinese, false) => "",
            (Language::Chinese, true) => "，",
        });
    }

    /// Some words without a full stop, for titles and headings.
    fn phrase(&mut self, words: usize) -> String {
        let words: Vec<String> = (0..words).map(|_| self.word()).collect();
        match self.language {
            Language::English => capitalised(&words.join(" ")),
            Language::Chinese => words.concat(),
        }
    }

    fn word(&mut self) -> String {
        match self.language {
            Language::English => {
                let syllables = 2 + self.random.below(2);
                (0..syllables).map(|_| SYLLABLES[self.random.below(SYLLABLES.len())]).collect()
            }
            Language::Chinese => {
                // Each character has three bytes.
                let mut character = || {
                    let at = 3 * self.random.below(CHARACTERS.len() / 3);
                    &CHARACTERS[at..at + 3]
                };
                [character(), character()].concat()
            }
        }
    }
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// SplitMix64 (Steele, Lea and Flood 2014): a few lines, the same on every machine.
struct Random(u64);

impl Random {
    /// What is drawn for one purpose about one initiative.
    fn of(number: usize, purpose: u64) -> Self {
        Self((number as u64).wrapping_mul(0xD129_0D3A_4F2B_6C95) ^ purpose << 56)
    }

    /// A number below the bound, which is small, so that what the division favours does not show.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed % bound as u64) as usize
    }
}
