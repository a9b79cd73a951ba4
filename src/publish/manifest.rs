//! The manifest: what Bashu says stands at a host, in a file there.
//!
//! Owns its form. It never decides what becomes of a file.
//!
//! A run writes it several times, each time on condition that it is as the run left it, and so two
//! runs at once are noticed. Before files are sent or deleted it says which (`pending`), so that a
//! run that was killed is known to have been; when all is done it says what is there. At every moment
//! it parts what stands there in two: `files`, which pages may lead to, and `loose`, which none does.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::{Fingerprint, OutputPath};

/// Its name at the host, at the site's root.
pub(super) const MANIFEST: &str = ".bashu-manifest.json";

/// The sign of life of a run at work, beside it.
pub(super) const BEAT: &str = ".bashu-beat.json";

const FORM: u32 = 1;

/// What Bashu put at a host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The form of this file.
    #[serde(rename = "bashu-manifest")]
    form: u32,
    /// The base URL that the site was made for.
    pub base_url: String,
    /// When it was published, in seconds since 1970.
    pub published: i64,
    /// The site's files, and what they lead to is there; nothing where the content is not known,
    /// because a run that was replacing it did not end.
    pub files: Files,
    /// Fingerprinted assets that no page uses any more, and since when, in seconds since 1970.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stale: Stale,
    /// What may stand there as well, and no page of `files` leads to: new files of a run that did
    /// not get far enough, and files that are being deleted.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub loose: Files,
    /// What a run is doing, or was when it ended before its time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
}

/// Files with what is known of their content.
pub(super) type Files = BTreeMap<Box<str>, Option<Entry>>;

/// Fingerprinted assets that wait for their end, and since when.
pub(super) type Stale = BTreeMap<Box<str>, (Option<Entry>, i64)>;

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Entry(pub Key, pub u64);

/// Stands for a file's content, and for its headers where the host keeps those: 128 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key([u8; 16]);

/// What a run is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    /// Which run.
    pub id: String,
    /// Which of its rounds, from 1.
    pub round: u8,
    /// What it sends in this round, in this order.
    pub files: Vec<(Box<str>, Entry)>,
    /// What was sent and deleted before, since the last run that came to its end.
    pub touched: BTreeSet<Box<str>>,
}

/// A sign of life of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Beat {
    /// Which run.
    pub id: String,
    /// Which of its rounds.
    pub round: u8,
    /// Counts signs.
    pub beat: u64,
    /// How many of the round's files are there, from the first without a gap.
    pub done: usize,
}

impl Manifest {
    /// One of a host with nothing on it.
    pub(super) fn new(base_url: &str, published: i64) -> Self {
        Self { form: FORM, base_url: base_url.to_owned(), published, ..Self::default() }
    }

    /// Reads one; `None` if it is damaged, or names a path that no site can have: these paths are
    /// deleted one day.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        let pending = manifest.pending.as_ref();
        let mut paths =
            manifest.files.keys().chain(manifest.stale.keys()).chain(manifest.loose.keys()).chain(
                pending.into_iter().flat_map(|p| p.files.iter().map(|(path, _)| path).chain(&p.touched)),
            );
        let sound = paths
            .all(|path| &**path != MANIFEST && &**path != BEAT && OutputPath::new(&**path).fault().is_none());
        (manifest.form == FORM && sound).then_some(manifest)
    }

    /// Whether these are the bytes of one in a form that is not known yet.
    pub(super) fn is_newer(bytes: &[u8]) -> bool {
        let json: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
        json.and_then(|json| json.get("bashu-manifest")?.as_u64()).is_some_and(|form| form > FORM.into())
    }

    /// Whether a path is one of those that Bashu put there and has not given up.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.stale.contains_key(path)
    }

    /// Its bytes.
    pub(super) fn write(&self) -> Vec<u8> {
        // Maps with keys of text and plain values: there is nothing that JSON could not say.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl Beat {
    /// Reads one.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Its bytes.
    pub(super) fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl Key {
    /// The key of a content, and of its headers where the host keeps those.
    pub(super) fn new(content: Fingerprint, headers: &str) -> Self {
        let whole = if headers.is_empty() {
            content
        } else {
            Fingerprint::of(&[&content.bytes()[..], headers.as_bytes()].concat())
        };
        let mut key = [0; 16];
        key.copy_from_slice(&whole.bytes()[..16]);
        Self(key)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Key {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{self:?}"))
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom("not 32 hexadecimal digits");
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        u128::from_str_radix(&text, 16).map(|n| Self(n.to_be_bytes())).map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_comes_back_and_a_harmful_one_does_not() {
        let mut manifest = Manifest::new("https://example.org/", 5);
        let entry = Entry(Key::new(Fingerprint::of(b"x"), ""), 1);
        manifest.files.insert("zh/合作/index.html".into(), Some(entry));
        manifest.files.insert("zh/index.html".into(), None);
        let files = vec![("zh/index.html".into(), entry)];
        manifest.pending = Some(Pending { id: "1".to_owned(), round: 2, files, touched: BTreeSet::new() });
        assert_eq!(Manifest::read(&manifest.write()), Some(manifest.clone()));
        for path in ["../x", "/etc/passwd", MANIFEST, "a//b"] {
            let mut harmful = manifest.clone();
            harmful.loose.insert(path.into(), None);
            assert_eq!(Manifest::read(&harmful.write()), None, "{path}");
            let mut harmful = manifest.clone();
            harmful.pending.as_mut().unwrap().touched.insert(path.into());
            assert_eq!(Manifest::read(&harmful.write()), None, "{path}");
        }
        assert_eq!(Manifest::read(b"{}"), None);
        let bytes = manifest.write();
        assert_eq!(Manifest::read(&bytes[..bytes.len() - 1]), None);
        assert!(!Manifest::is_newer(&bytes) && !Manifest::is_newer(b"{") && !Manifest::is_newer(b"[]"));
        assert!(Manifest::is_newer(br#"{"bashu-manifest": 2, "pages": []}"#));
    }
}
