//! Pictures as readers get them: in several widths and formats, and without what is noted in them.
//!
//! Owns the way from a picture's file to the bytes of a file of the output. How pictures are made is
//! `image`'s.

use std::sync::Arc;

#[cfg(feature = "images")]
use rayon::prelude::*;

use crate::base::{ContentPath, Digest, Fingerprint};
use crate::cache::Media;
use crate::diag::{Diagnostic, code};
#[cfg(feature = "images")]
use crate::image::Decoded;
use crate::image::{self, Fault, Info, Making, Variant};
use crate::plan::{Plan, What, variant_key};
use crate::site::{Site, SiteFile};
use crate::source::Source;

/// A file of the output that is to be made from a picture of the site.
#[derive(Clone)]
pub struct Exposure {
    source: Source,
    media: Media,
    path: ContentPath,
    /// What was known of it; nothing of one that cannot be shown.
    info: Option<Arc<Info>>,
    form: Form,
}

/// What it is to be.
#[derive(Clone)]
enum Form {
    /// The whole, without what is noted in it.
    Cleaned,
    Variant(Variant, Making),
}

/// What decides the bytes of a file of the output, if that is made from a picture.
pub(super) fn key(site: &Site, plan: &Plan, what: &What) -> Option<Digest> {
    let info = |position: usize| site.files.get(position)?.picture.as_deref();
    match what {
        What::File(position) if is_cleaned(site, *position) => {
            Some(info(*position)?.fingerprint.digest().and_number(1))
        }
        What::Variant(position, variant) => {
            Some(variant_key(info(*position)?, *variant, plan.making()?).digest())
        }
        _ => None,
    }
}

/// The keys of all variants of a plan.
pub(super) fn variant_keys(site: &Site, plan: &Plan) -> impl Iterator<Item = Digest> {
    let variants =
        plan.routes.iter().map(|route| &route.what).filter(|what| matches!(what, What::Variant(..)));
    variants.filter_map(|what| key(site, plan, what))
}

/// Whether a file is a picture, by its name, from which is removed what cameras and programs note there.
pub(super) fn is_cleaned(site: &Site, position: usize) -> bool {
    let is_picture = |file: &SiteFile| image::format_of(&file.path).is_some();
    site.config.cleans_pictures() && site.files.get(position).is_some_and(is_picture)
}

impl Exposure {
    /// What a file of the output is to be, if it is made from a picture.
    pub(super) fn of(site: &Site, plan: &Plan, what: &What, source: &Source, media: &Media) -> Option<Self> {
        let (position, form) = match what {
            What::File(position) if is_cleaned(site, *position) => (position, Form::Cleaned),
            What::Variant(position, variant) => (position, Form::Variant(*variant, plan.making()?.clone())),
            _ => return None,
        };
        let file = site.files.get(*position)?;
        let (source, media) = (source.clone(), media.clone());
        Some(Self { source, media, path: file.path.clone(), info: file.picture.clone(), form })
    }

    /// Its bytes.
    pub fn bytes(&self) -> Result<Vec<u8>, Diagnostic> {
        match &self.form {
            Form::Cleaned => self.cleaned(),
            Form::Variant(variant, _) => {
                let none = || self.failed(&Fault("it has no such form".to_owned()));
                self.variants(&[*variant]).pop().unwrap_or_else(|| Err(none()))
            }
        }
    }

    fn cleaned(&self) -> Result<Vec<u8>, Diagnostic> {
        image::clean(&self.original()?).map_err(|fault| self.failed(&fault))
    }

    /// The bytes of several of the picture's variants: kept ones, and others, for which it is decoded
    /// once.
    pub(super) fn variants(&self, variants: &[Variant]) -> Vec<Result<Vec<u8>, Diagnostic>> {
        let (Form::Variant(_, making), Some(info)) = (&self.form, &self.info) else { return Vec::new() };
        let key = |variant| variant_key(info, variant, making).digest();
        let mut kept: Vec<Option<Vec<u8>>> = variants.iter().map(|&v| self.media.get(key(v))).collect();
        let wanted = variants.iter().zip(&kept).filter(|(_, kept)| kept.is_none());
        let wanted: Vec<Variant> = wanted.map(|(variant, _)| *variant).collect();
        if wanted.is_empty() {
            return kept.into_iter().flatten().map(Ok).collect();
        }
        let mut made = match self.original() {
            Ok(bytes) => {
                let made = made(&bytes, info, &wanted, making);
                made.into_iter().map(|made| made.map_err(|fault| self.failed(&fault))).collect()
            }
            Err(fault) => vec![Err(fault); wanted.len()],
        }
        .into_iter();
        let all = variants.iter().zip(&mut kept).filter_map(|(&variant, kept)| match kept.take() {
            Some(bytes) => Some(Ok(bytes)),
            None => {
                let made = made.next();
                if let Some(Ok(bytes)) = &made {
                    self.media.keep(key(variant), bytes);
                }
                made
            }
        });
        all.collect()
    }

    /// The file, as it was when its URLs were planned.
    fn original(&self) -> Result<Vec<u8>, Diagnostic> {
        let bytes = self.source.read(&self.path)?;
        if self.info.as_ref().is_none_or(|info| Fingerprint::of(&bytes) == info.fingerprint) {
            return Ok(bytes);
        }
        let message = format!("`{}` was changed while the site was being built", self.path);
        Err(Diagnostic::new(code::UNREADABLE, message).in_file(&self.path).help("build again"))
    }

    fn failed(&self, fault: &Fault) -> Diagnostic {
        let message = format!("nothing can be made of the picture `{}`: {fault}", self.path);
        Diagnostic::new(code::UNREADABLE, message)
            .in_file(&self.path)
            .help("or write `images: false` in site.yaml: then pictures are copied as they are")
    }
}

#[cfg(feature = "images")]
fn made(bytes: &[u8], info: &Info, variants: &[Variant], making: &Making) -> Vec<Result<Vec<u8>, Fault>> {
    match Decoded::new(bytes, info) {
        Ok(decoded) => variants.par_iter().map(|variant| decoded.variant(*variant, making)).collect(),
        Err(fault) => vec![Err(fault); variants.len()],
    }
}

/// Without the feature no plan has variants.
#[cfg(not(feature = "images"))]
fn made(_: &[u8], _: &Info, variants: &[Variant], _: &Making) -> Vec<Result<Vec<u8>, Fault>> {
    vec![Err(Fault("this program makes no pictures".to_owned())); variants.len()]
}
