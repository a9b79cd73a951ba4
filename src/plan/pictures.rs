//! The URLs of pictures in several widths and formats.
//!
//! Owns the form of their names. Which widths and formats there are is decided by `image`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::What;
use super::claims::{Claimant, Claims};
use super::urls;
use crate::base::{Fingerprint, UrlPath, slugify};
use crate::image::{self, Info, Making, RECIPE, Variant};
use crate::site::Site;

/// The pictures that are offered in several forms.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    pub(super) making: Option<Making>,
    /// By their positions in `Site::files`.
    pub(super) variants: FxHashMap<usize, Vec<(Variant, UrlPath)>>,
}

impl Pictures {
    /// Those that pages show.
    pub(super) fn of(site: &Site) -> Self {
        let Some(images) = &site.config.images else { return Self::default() };
        let making = Making { widths: images.widths.clone(), quality: images.quality };
        let shown = site.files.iter().enumerate().filter(|(_, file)| file.shown);
        let variants = shown.filter_map(|(position, file)| {
            let info = file.picture.as_deref()?;
            let url = |variant: Variant| {
                let key = variant_key(info, variant, &making);
                (variant, urls::variant(&stem(file.path.file_name()), variant, key))
            };
            Some((position, image::variants(info, &making).into_iter().map(url).collect()))
        });
        let variants = variants.collect();
        Self { making: Some(making), variants }
    }

    /// Claims the URL of each, once: a picture may stand in two places under one name.
    pub(super) fn claim(&self, site: &Site, claims: &mut Claims) {
        let mut claimed = FxHashSet::default();
        for (position, file) in site.files.iter().enumerate().filter(|_| !self.variants.is_empty()) {
            for (variant, url) in self.variants.get(&position).into_iter().flatten() {
                if claimed.insert(url) {
                    let claimant = Claimant::File(file.path.clone(), None);
                    claims.claim(url.clone(), What::Variant(position, *variant), claimant);
                }
            }
        }
    }
}

/// What decides the bytes of a variant: the picture, its form, and how it is made.
pub fn variant_key(info: &Info, variant: Variant, making: &Making) -> Fingerprint {
    let Variant { format, width, height } = variant;
    let mut all = info.fingerprint.bytes().to_vec();
    all.extend(RECIPE.to_le_bytes());
    all.extend([width, height].map(u32::to_le_bytes).as_flattened());
    all.push(making.quality);
    all.extend(format.extension().bytes());
    Fingerprint::of(&all)
}

/// What a picture's name becomes in URLs: letters of any script, digits and hyphens, so that it needs
/// no care on any host, and not too many of them.
fn stem(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let slug: String = slugify(stem).chars().take(40).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "picture".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_fit_for_urls() {
        for (file, expected) in [
            ("Market at Night.JPG", "market-at-night"),
            ("四川 100%.png", "四川-100"),
            ("a.b.c.webp", "a-b-c"),
            ("….jpg", "picture"),
            (".jpg", "picture"),
            ("con.png", "con"),
        ] {
            assert_eq!(stem(file), expected, "{file}");
        }
        assert_eq!(stem(&format!("{}.jpg", "岷".repeat(200))).chars().count(), 40);
    }
}
