//! What is to be said about two versions side by side: how a translation stands to what it was made
//! from, where the two disagree, and what is wrong with their files.
//!
//! Owns that answer and what is kept to give it quickly. States are `site`'s, the words that changed
//! `translations`', disagreements `check`'s. It takes long and belongs on a thread that may wait.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::pair::Pair;
use super::passage::Passages;
use crate::article::{self, Name};
use crate::base::{BriefFingerprint, ContentPath, Lang};
use crate::build::Edition;
use crate::check::{Lengths, Outcome, parity_of};
use crate::config;
use crate::diag::{Diagnostics, Report, values};
use crate::site::{Site, State, Version};
use crate::source::Source;
use crate::translations::{History, Lost, Since, since};

/// So many articles say how long translations usually are. On a site with no more, what is said
/// here is what `bashu check parity` says.
const SAMPLE: usize = 120;

/// What is kept from one answer to the next.
#[derive(Default)]
pub(super) struct Kept(Mutex<Option<Learnt>>);

/// The usual lengths, and what they were learnt from.
struct Learnt {
    number: u64,
    languages: Vec<String>,
    lengths: Arc<Lengths>,
}

impl Kept {
    /// The usual lengths. A site that is read in part is read once: a few texts that change do not
    /// move what is usual.
    fn lengths(&self, number: u64, edition: &Edition) -> Arc<Lengths> {
        let site = &edition.site;
        let languages: Vec<String> = site.config.languages.iter().map(|l| l.code.clone()).collect();
        let large = site.entries.len() > SAMPLE;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known =
            kept.as_ref().filter(|then| then.number == number || large && then.languages == languages);
        if let Some(Learnt { lengths, .. }) = known {
            return lengths.clone();
        }
        let lengths = Arc::new(Lengths::learn(edition.source(), site, SAMPLE));
        *kept = Some(Learnt { number, languages, lengths: lengths.clone() });
        lengths
    }
}

/// The remarks about a pair in the edition with a number, whose files have these faults.
pub(super) fn remarks(
    edition: Arc<Edition>,
    number: u64,
    faults: &[Value],
    pair: &Pair,
    kept: &Kept,
) -> Value {
    let (site, source) = (&edition.site, edition.source().clone());
    let entry = site.entry(pair.entry);
    let sides: Vec<Lang> = [Some(pair.left), pair.right].into_iter().flatten().collect();
    let versions: Vec<&Version> = sides.iter().filter_map(|lang| entry.version(*lang)).collect();
    let lengths = kept.lengths(number, &edition);
    let Outcome { diagnostics, .. } = parity_of(&source, site, pair.entry, &sides, &lengths);
    let mut messages = in_order(
        values(&Report { diagnostics: &diagnostics, text: &|file| edition.text_for_report(file) }),
        &versions,
    );
    let of_these = |fault: &&Value| {
        let file = fault["labels"][0]["file"].as_str();
        versions.iter().any(|version| file == Some(version.file.as_str()))
    };
    let mut faults: Vec<Value> = faults.iter().filter(of_these).cloned().collect();
    let mut passages = Passages::default();
    for version in entry.versions.iter().flatten() {
        if let Some(text) = edition.text_for_report(&version.file) {
            passages.add(&version.file, &text);
        }
    }
    messages.iter_mut().chain(&mut faults).for_each(|message| passages.quote(message));
    let standings: Vec<Standing> =
        sides.iter().filter_map(|lang| Standing::of(site, &source, pair, *lang)).collect();
    // Git may take its time, and while an edition is held nobody can put new words into it.
    drop(edition);
    json!({
        "ledger": standings.iter().map(|standing| standing.value(&source)).collect::<Vec<_>>(),
        "parity": messages,
        "faults": faults,
    })
}

/// In the order of the text: that of the version which most of the messages point into.
fn in_order(mut messages: Vec<Value>, versions: &[&Version]) -> Vec<Value> {
    let of = |message: &Value, file: &str| {
        let label = message["labels"].as_array()?.iter().find(|label| label["file"] == file)?;
        label["start"]["offset"].as_u64()
    };
    let place = |message: &Value| versions.iter().rev().find_map(|v| of(message, v.file.as_str()));
    messages.sort_by_key(place);
    messages
}

/// How a version stands to the one that it was made from.
struct Standing {
    lang: String,
    from: Option<String>,
    state: State,
    /// Where what it was made from stands, and the state of that text which it records.
    recorded: Option<(ContentPath, BriefFingerprint)>,
}

impl Standing {
    fn of(site: &Site, source: &Source, pair: &Pair, lang: Lang) -> Option<Self> {
        let origin = site.origin(pair.entry, lang)?;
        let entry = site.entry(pair.entry);
        let code = |lang| site.config.language(lang).code.clone();
        let recorded = |file: &ContentPath| {
            let (text, name) = (source.text(file).ok()?, Name::of(file, &site.config).ok()?);
            let front = article::parse(file, name, &text, &site.config).article.front;
            front.translated_from?.value.fingerprint
        };
        let original = origin.from.and_then(|from| entry.version(from));
        let recorded = entry
            .version(lang)
            .filter(|_| origin.state == State::Stale)
            .and_then(|version| Some((original?.file.clone(), recorded(&version.file)?)));
        Some(Self { lang: code(lang), from: origin.from.map(code), state: origin.state, recorded })
    }

    fn value(&self, source: &Source) -> Value {
        let mut value = json!({ "code": self.lang, "from": self.from, "state": self.state.as_str() });
        match self.recorded.as_ref().and_then(|(file, recorded)| changed(source, file, *recorded)) {
            None => {}
            Some(Ok(Since { commit, changes })) => {
                value["since"] =
                    commit.map(|commit| json!({ "commit": commit.id, "date": commit.date })).into();
                value["changes"] = json!(changes);
            }
            Some(Err(lost)) => {
                let (message, help) = lost.explain();
                value["unknown"] = json!({ "message": message, "help": help });
            }
        }
        value
    }
}

/// What changed in a file since its text was recorded; `None` if it cannot be read just now.
fn changed(source: &Source, file: &ContentPath, recorded: BriefFingerprint) -> Option<Result<Since, Lost>> {
    let settings = source.text(&ContentPath::new(config::FILE_NAME)).ok()?;
    let config = config::resolve(&settings, None, &mut Diagnostics::new())?;
    let (text, name) = (source.text(file).ok()?, Name::of(file, &config).ok()?);
    let mut history = History::of(source.root()?);
    Some(since(&mut history, (file, &name), &text, recorded, &config))
}
