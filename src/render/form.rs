//! The two forms of a view: values for a template, and the digest that is the page's key.
//!
//! Owns the vocabulary that views are written in. A view is written once and read twice, so that
//! the key cannot forget what the page shows: what is not in the one is not in the other.

use std::sync::OnceLock;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::{Map as JsonMap, Value as Json};
use tera::{Map, Value};

use super::Engine;
use super::functions::Asked;
use super::item::Items;
use super::json::JsonText;
use super::linked_data::Common;
use crate::base::{Digest, UrlPath};
use crate::config::BaseUrl;
use crate::site::Site;
use crate::yaml::Node;

/// What data is made of.
pub(super) trait Data: Clone {
    /// Nothing.
    fn none() -> Self;
    /// Whether it is nothing.
    fn is_none(&self) -> bool;
    /// True or false.
    fn flag(flag: bool) -> Self;
    /// A number.
    fn number(number: usize) -> Self;
    /// Text.
    fn text(text: &str) -> Self;
    /// Several of them.
    fn list(items: Vec<Self>) -> Self;
    /// A mapping from names that the code gives.
    fn object<const N: usize>(pairs: [(&'static str, Self); N]) -> Self;
    /// What costs much to make, and follows from what costs little to read.
    fn derived(from: impl FnOnce() -> Digest, make: impl FnOnce() -> Value) -> Self;

    /// Text that may be missing.
    fn maybe(text: Option<&str>) -> Self {
        text.map_or_else(Self::none, Self::text)
    }

    /// A path as pages of this site link to it.
    fn local(base: &BaseUrl, url: &UrlPath) -> Self {
        Self::derived(|| Digest::of(url.as_str().as_bytes()), || base.local(&url.encoded()).into())
    }

    /// A path as an absolute URL.
    fn absolute(base: &BaseUrl, url: &UrlPath) -> Self {
        Self::derived(|| Digest::of(url.as_str().as_bytes()), || base.absolute(&url.encoded()).into())
    }
}

/// What a view is made of.
pub(super) trait Form: Data + Send + Sync + 'static {
    /// How many items are kept for the next who asks; `None`: all of them.
    const ITEMS: Option<usize>;
    /// The form of data that stand in a script element.
    type Script: Data + Send + Sync;

    /// A mapping from names that a site gives.
    fn named(pairs: Vec<(&str, Self)>) -> Self;
    /// JSON from front matter.
    fn json(map: &JsonMap<String, Json>) -> Self;
    /// A scalar of YAML from an article.
    fn scalar(node: &Node) -> Self {
        Self::value(&node.to_json())
    }
    /// A value of a setting.
    fn value(json: &Json) -> Self {
        Self::derived(|| Digest::of(json.to_string().as_bytes()), || Value::from_serializable(json))
    }
    /// The text of a script element.
    fn script(data: Self::Script) -> Self;
    /// What all pages share in this form.
    fn store<'e>(engine: &'e Engine<'_>) -> &'e Store<Self>;
}

/// Values are built once and shared: serialising a view anew for every page is what costs other
/// generators their time.
impl Data for Value {
    fn none() -> Self {
        Value::none()
    }

    fn is_none(&self) -> bool {
        Value::is_none(self)
    }

    fn flag(flag: bool) -> Self {
        flag.into()
    }

    fn number(number: usize) -> Self {
        number.into()
    }

    fn text(text: &str) -> Self {
        text.into()
    }

    fn list(items: Vec<Self>) -> Self {
        items.into()
    }

    fn object<const N: usize>(pairs: [(&'static str, Self); N]) -> Self {
        Value::from_serializable(&Object(&pairs))
    }

    fn derived(_: impl FnOnce() -> Digest, make: impl FnOnce() -> Value) -> Self {
        make()
    }
}

impl Form for Value {
    // Some 1.5 KB each.
    const ITEMS: Option<usize> = Some(2048);
    type Script = JsonText;

    fn named(pairs: Vec<(&str, Self)>) -> Self {
        let mut map = Map::default();
        for (name, value) in pairs {
            map.insert(name.to_owned().into(), value);
        }
        map.into()
    }

    fn json(map: &JsonMap<String, Json>) -> Self {
        Value::from_serializable(map)
    }

    fn script(data: JsonText) -> Self {
        html(data.0)
    }

    fn store<'e>(engine: &'e Engine<'_>) -> &'e Store<Self> {
        &engine.values
    }
}

/// An object on its way to a value. As a structure, because the engine takes each value of one as
/// it is; a mapping it would build anew.
struct Object<'o>(&'o [(&'static str, Value)]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("", self.0.len())?;
        for (name, value) in self.0 {
            object.serialize_field(name, value)?;
        }
        object.end()
    }
}

/// Names are left out of objects: they are the code's, and a cache is of one program only.
impl Data for Digest {
    fn none() -> Self {
        Digest::default()
    }

    fn is_none(&self) -> bool {
        *self == Digest::default()
    }

    fn flag(flag: bool) -> Self {
        Digest::of(&[flag.into()])
    }

    fn number(number: usize) -> Self {
        Digest::of(&number.to_le_bytes())
    }

    fn text(text: &str) -> Self {
        Digest::of(text.as_bytes())
    }

    fn list(items: Vec<Self>) -> Self {
        let number = Self::number(items.len());
        items.into_iter().fold(number, Digest::and)
    }

    fn object<const N: usize>(pairs: [(&'static str, Self); N]) -> Self {
        pairs.map(|(_, digest)| digest).into()
    }

    fn derived(from: impl FnOnce() -> Digest, _: impl FnOnce() -> Value) -> Self {
        from()
    }
}

impl Form for Digest {
    // A few bytes each, and keys are computed in the order of paths.
    const ITEMS: Option<usize> = None;
    type Script = Digest;

    fn named(pairs: Vec<(&str, Self)>) -> Self {
        pairs.into_iter().flat_map(|(name, digest)| [Self::text(name), digest]).collect()
    }

    fn json(map: &JsonMap<String, Json>) -> Self {
        // Mappings are sorted by key, so that the same mapping is the same text.
        if map.is_empty() { Self::number(0) } else { Self::text(&Json::Object(map.clone()).to_string()) }
    }

    fn script(data: Digest) -> Self {
        data
    }

    fn store<'e>(engine: &'e Engine<'_>) -> &'e Store<Self> {
        &engine.digests
    }
}

/// HTML that is not escaped again.
pub(super) fn html(text: String) -> Value {
    Value::from(text).mark_safe()
}

/// What pages share, in one form: built when it is first asked for.
pub(super) struct Store<F: Form> {
    /// What lists show of entries.
    pub(super) items: Items<F>,
    /// For each language.
    pub(super) shared: Vec<Shared<F>>,
    /// What a page of all languages shows of each.
    pub(super) languages: OnceLock<F>,
}

/// Values that all pages of a language share.
pub(super) struct Shared<F: Form> {
    pub(super) site: OnceLock<F>,
    pub(super) lang: OnceLock<F>,
    pub(super) settings: OnceLock<F>,
    pub(super) nav: OnceLock<F>,
    pub(super) topics: OnceLock<F>,
    pub(super) sections: OnceLock<F>,
    pub(super) index: OnceLock<F>,
    pub(super) dates: OnceLock<F>,
    pub(super) collections: OnceLock<F>,
    /// All figures, with the strings that writing them asked for.
    pub(super) figures: OnceLock<(F, Vec<Asked>)>,
    pub(super) linked: OnceLock<Common<F::Script>>,
}

impl<F: Form> Store<F> {
    pub(super) fn new(site: &Site) -> Self {
        let empty = || Shared {
            site: OnceLock::new(),
            lang: OnceLock::new(),
            settings: OnceLock::new(),
            nav: OnceLock::new(),
            topics: OnceLock::new(),
            sections: OnceLock::new(),
            index: OnceLock::new(),
            dates: OnceLock::new(),
            collections: OnceLock::new(),
            figures: OnceLock::new(),
            linked: OnceLock::new(),
        };
        Self {
            items: Items::new(site),
            shared: site.config.langs().map(|_| empty()).collect(),
            languages: OnceLock::new(),
        }
    }
}
