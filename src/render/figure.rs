//! Figures in the words of a language.
//!
//! Owns which of the theme's messages write a figure, and the check that they can. How a number and
//! its unit come together is `quantity`'s.

use rustc_hash::FxHashMap;

use super::Engine;
use super::form::Data;
use super::functions::Words;
use crate::base::{Decimal, Digest, Lang};
use crate::diag::{Diagnostic, Diagnostics, code, nearest};
use crate::locale::{Arg, Locale};
use crate::quantity::{self, Manner, Quantity, Style, bound_key, unit_key, unit_of_key};
use crate::site::Figure;

impl Words {
    /// A quantity as a language writes it; the strings that it takes are noted.
    pub(super) fn written(
        &self,
        lang: Lang,
        quantity: Quantity<'_>,
        manner: Manner,
        locale: &Locale,
    ) -> String {
        quantity::write(quantity, manner, locale, &mut |key, style, args| {
            let found = match self.compact_key(key, style, lang) {
                Some(compact) => self.asked(lang, &compact, args),
                None => self.asked(lang, key, args),
            }?;
            found.fault.is_none().then_some(found.text)
        })
    }

    fn compact_key(&self, key: &str, style: Style, lang: Lang) -> Option<String> {
        let compact = style == Style::Compact;
        compact.then(|| self.attribute(lang, key, "compact")).flatten()
    }
}

impl Engine<'_> {
    /// A figure as a language writes it.
    pub(super) fn written(&self, figure: &Figure, manner: Manner, lang: Lang) -> String {
        self.words.written(lang, figure.quantity(), manner, &self.site.config.language(lang).locale)
    }

    /// The digest of what [`Engine::written`] writes, but for the language and the strings asked for.
    pub(super) fn written_digest(&self, figure: &Figure, manner: Manner, lang: Lang) -> Digest {
        let Manner { style, round } = manner;
        let digest = Digest::of(figure.value.as_str().as_bytes())
            .and_number(style as u64)
            .and_number(round.map_or(0, |digits| 1 + u64::from(digits)));
        let keys = [figure.unit().map(unit_key), figure.bound.map(|bound| bound_key(bound).to_owned())];
        keys.iter().fold(digest, |digest, key| {
            // Whether there is a compact form decides what is asked for.
            let compact = key.as_ref().and_then(|key| self.words.compact_key(key, style, lang));
            digest.and(Digest::maybe(key.as_deref())).and_number(compact.is_some().into())
        })
    }

    /// Checks that every language can write the units and bounds in use: any text may cite a figure.
    pub(super) fn check_figures(&self, diags: &mut Diagnostics) {
        let mut units: FxHashMap<&str, Option<Diagnostic>> = FxHashMap::default();
        let mut bounds: FxHashMap<&str, Option<Diagnostic>> = FxHashMap::default();
        let versions = self.site.entries.iter().flat_map(|entry| entry.versions.iter().flatten());
        for figure in versions.flat_map(|version| &version.figures) {
            if let Some((file, unit)) = &figure.unit {
                let fault = units.entry(&unit.value).or_insert_with(|| self.unit_fault(&unit.value));
                diags.extend(fault.clone().map(|fault| fault.at(file, unit.span)));
            }
            if let Some(bound) = figure.bound {
                let key = bound_key(bound);
                let fault = bounds.entry(key).or_insert_with(|| self.bound_fault(key));
                diags.extend(fault.clone().map(|fault| fault.at(&figure.declared.0, figure.declared.1)));
            }
        }
    }

    fn unit_fault(&self, unit: &str) -> Option<Diagnostic> {
        let key = unit_key(unit);
        let lacking = self.lacking(&key);
        let Some(&first) = lacking.first() else { return self.cannot_write(&key, &["number"]) };
        let config = &self.site.config;
        let message = match lacking.len() == config.languages.len() {
            true => format!("there is no unit `{unit}`"),
            false => format!("the unit `{unit}` has no words in {}", self.names_of(&lacking)),
        };
        // As names of Fluent messages are.
        let nameable = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
        let help = if unit.chars().all(nameable) {
            let known: Vec<String> = self.theme.strings[first].keys().filter_map(unit_of_key).collect();
            let near = nearest(unit, known.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? or "));
            let tag = config.language(first).tag();
            format!("{near}write `{key} = {{ $number }} …` into strings/{tag}.ftl")
        } else {
            "the name of a unit is Latin letters, digits, `-` and `_`, with a `/` for per: `train/day`"
                .to_owned()
        };
        Some(Diagnostic::new(code::UNKNOWN_UNIT, message).help(help))
    }

    fn bound_fault(&self, key: &str) -> Option<Diagnostic> {
        let lacking = self.lacking(key);
        let Some(&first) = lacking.first() else { return self.cannot_write(key, &["number", "quantity"]) };
        let message = format!("the bound of this figure has no words in {}", self.names_of(&lacking));
        let tag = self.site.config.language(first).tag();
        let help = format!("write `{key} = … {{ $quantity }}` into strings/{tag}.ftl");
        Some(Diagnostic::new(code::UNKNOWN_UNIT, message).help(help))
    }

    /// The languages that have no such message, and none that stands in.
    fn lacking(&self, key: &str) -> Vec<Lang> {
        self.site.config.langs().filter(|&lang| self.theme.strings[lang].is_own(key).is_none()).collect()
    }

    fn names_of(&self, langs: &[Lang]) -> String {
        let name = |&lang: &Lang| self.site.config.language(lang).name.as_str();
        langs.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// A message, or its compact form, that cannot be formatted or leaves the number out. It may
    /// take any one of some arguments.
    fn cannot_write(&self, key: &str, takes: &[&str]) -> Option<Diagnostic> {
        // No message has this of its own.
        const SAMPLE: &str = "\u{FDD0}";
        let forms = |lang| {
            let compact = self.theme.strings[lang].attribute(key, "compact");
            std::iter::once(key.to_owned()).chain(compact).map(move |form| (lang, form))
        };
        self.site.config.langs().flat_map(forms).find_map(|(lang, form)| {
            let why = |name: &&str| {
                let args = [(*name, Arg::Text(SAMPLE.to_owned())), ("count", Arg::Count(Decimal::zero()))];
                let found = self.theme.strings[lang].get(&form, &args)?;
                let leaves_out = || format!("it does not show `{{ ${name} }}`");
                found.fault.or_else(|| (!found.text.contains(SAMPLE)).then(leaves_out))
            };
            let whys: Option<Vec<String>> = takes.iter().map(why).collect();
            let why = whys?.pop()?;
            let message = format!("`{form}` cannot write a figure in {}: {why}", self.names_of(&[lang]));
            let help = format!("mend it in strings/{}.ftl", self.site.config.language(lang).tag());
            Some(Diagnostic::new(code::UNKNOWN_UNIT, message).help(help))
        })
    }
}
