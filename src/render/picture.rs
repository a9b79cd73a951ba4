//! Pictures as pages show them: what templates know of one, and the element that shows it.
//!
//! Owns the element's form, which is the same in texts and for templates. Which widths and formats
//! there are is the plan's to say; no file is looked at.

use std::borrow::Cow;
use std::fmt::Write;

use tera::{Error, Kwargs, TeraResult, Value};

use super::Engine;
use super::form::{Data, Form, html};
use crate::base::{Digest, UrlPath, escape_html};
use crate::image::{Info, Variant};
use crate::plan::media_type;
use crate::site::{Cover, Picture};

/// A picture that a page shows.
pub(super) enum Shown<'p> {
    /// A file of the site: its position in `Site::files`.
    File(usize),
    /// An address elsewhere.
    Elsewhere(&'p str),
}

/// How a picture of the site is offered.
struct Offer<'s> {
    /// The file for browsers that know none of the others.
    url: &'s UrlPath,
    /// Its width and height, if they are known.
    size: Option<(u32, u32)>,
    /// The others, the narrowest first; all in one format.
    variants: &'s [(Variant, UrlPath)],
    info: Option<&'s Info>,
}

impl Offer<'_> {
    /// The placeholder's HTML.
    fn placeholder(&self) -> String {
        self.info.and_then(|info| info.placeholder.as_ref()).map(|p| p.svg()).unwrap_or_default()
    }
}

impl Engine<'_> {
    fn offer(&self, position: usize) -> Offer<'_> {
        let info = self.site.files.get(position).and_then(|file| file.picture.as_deref());
        // The last is the one that every browser shows.
        match self.plan.variants(position).split_last() {
            Some(((of, url), variants)) => Offer { url, size: Some((of.width, of.height)), variants, info },
            None => {
                let size = info.and_then(Info::size);
                Offer { url: self.plan.file(position), size, variants: &[], info }
            }
        }
    }

    /// The digest of all that is known of a picture.
    fn offer_digest(&self, position: usize) -> Digest {
        let Offer { url, size, variants, info } = self.offer(position);
        let urls = std::iter::once(url).chain(variants.iter().map(|(_, url)| url));
        let urls: Digest = urls.map(|url| Digest::of(url.as_str().as_bytes())).collect();
        let content = info.map_or_else(Digest::default, |info| info.fingerprint.digest());
        urls.and(Digest::of_hash(&size)).and(content)
    }

    /// The digest of what is known of a picture that a text shows.
    pub(super) fn shown_digest(&self, picture: &Shown<'_>) -> Digest {
        match picture {
            Shown::File(position) => self.offer_digest(*position),
            Shown::Elsewhere(url) => Digest::of(url.as_bytes()),
        }
    }

    /// The absolute URL of a cover: of the file that pages show where they know no other.
    pub(super) fn cover_url<D: Data>(&self, cover: &Cover) -> D {
        match &cover.image {
            Picture::File(position) => D::absolute(&self.site.config.base_url, self.offer(*position).url),
            Picture::Elsewhere(url) => D::text(url),
        }
    }

    /// A cover as templates see it.
    pub(super) fn cover_value<F: Form>(&self, cover: &Cover) -> F {
        let caption = cover.caption.as_deref();
        match &cover.image {
            Picture::File(position) => self.picture_value(*position, &cover.alt, caption, false),
            Picture::Elsewhere(url) => F::object([
                ("url", F::text(url)),
                ("width", F::none()),
                ("height", F::none()),
                ("alt", F::text(&cover.alt)),
                ("caption", F::maybe(caption)),
                ("type", F::none()),
                ("srcset", F::list(Vec::new())),
                ("placeholder", F::text("")),
            ]),
        }
    }

    /// A file that a component is given: a picture, or another. In feeds, `absolute`, as simply as can be.
    pub(super) fn file_value<F: Form>(&self, position: usize, absolute: bool) -> F {
        let Some(file) = self.site.files.get(position) else { return F::none() };
        if file.picture.is_some() {
            return self.picture_value(position, "", None, absolute);
        }
        let (base, url) = (&self.site.config.base_url, self.plan.file(position));
        F::object([
            ("url", if absolute { F::absolute(base, url) } else { F::local(base, url) }),
            ("type", F::text(media_type(url.as_str()).split(';').next().unwrap_or_default())),
            ("bytes", F::derived(|| Digest::of_hash(&file.bytes), || file.bytes.into())),
        ])
    }

    fn picture_value<F: Form>(&self, position: usize, alt: &str, caption: Option<&str>, absolute: bool) -> F {
        let digest = || {
            let words = [alt, caption.unwrap_or_default()].map(|text| Digest::of(text.as_bytes()));
            self.offer_digest(position).and(words.into()).and_number(caption.is_some().into())
        };
        F::derived(digest, || {
            let offer = self.offer(position);
            let (sources, placeholder) = match absolute {
                true => (Vec::new(), String::new()),
                false => (self.sources(&offer), offer.placeholder()),
            };
            let number = |of: fn((u32, u32)) -> u32| {
                offer.size.map_or_else(Value::none, |size| Value::number(of(size) as usize))
            };
            let sources = sources.into_iter().map(|(media_type, urls)| {
                Value::object([("type", media_type.as_ref().into()), ("urls", urls.as_ref().into())])
            });
            Value::object([
                ("url", self.picture_url(offer.url, absolute).into()),
                ("width", number(|size| size.0)),
                ("height", number(|size| size.1)),
                ("alt", alt.into()),
                ("caption", Value::maybe(caption)),
                ("type", media_type(offer.url.as_str()).into()),
                ("srcset", sources.collect::<Vec<Value>>().into()),
                ("placeholder", html(placeholder)),
            ])
        })
    }

    fn picture_url(&self, url: &UrlPath, absolute: bool) -> String {
        let (base, url) = (&self.site.config.base_url, url.encoded());
        if absolute { base.absolute(&url) } else { base.local(&url) }
    }

    /// The media types in which a picture is offered beside its own, and a `srcset` of each.
    fn sources(&self, offer: &Offer<'_>) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
        let Some((first, _)) = offer.variants.first() else { return Vec::new() };
        let mut urls = String::new();
        for (variant, url) in offer.variants {
            let separator = if urls.is_empty() { "" } else { ", " };
            let url = self.picture_url(url, false);
            // Writing to a string cannot fail.
            let _ = write!(urls, "{separator}{url} {}w", variant.width);
        }
        vec![(first.format.media_type().into(), urls.into())]
    }

    /// Writes a picture of a text; in feeds, `absolute`, as simply as can be.
    pub(super) fn write_picture(
        &self,
        picture: &Shown<'_>,
        alt: &str,
        title: &str,
        absolute: bool,
        out: &mut String,
    ) {
        let element = match picture {
            Shown::Elsewhere(url) => Element { url, alt, title, ..Element::default() },
            Shown::File(position) => {
                let offer = self.offer(*position);
                let url = self.picture_url(offer.url, absolute);
                let element = Element { url: &url, size: offer.size, alt, title, ..Element::default() };
                if !absolute && offer.info.is_some() {
                    let sources = self.sources(&offer);
                    let (placeholder, sizes) = (offer.placeholder(), self.theme.image_sizes.as_str());
                    return Element { sources, placeholder: &placeholder, sizes, framed: true, ..element }
                        .write(out);
                }
                return element.write(out);
            }
        };
        element.write(out);
    }

    /// Writes the address of a picture in raw HTML, and its size where the HTML says none.
    pub(super) fn write_source(&self, picture: &Shown<'_>, sized: bool, absolute: bool, out: &mut String) {
        let (url, size) = match picture {
            Shown::Elsewhere(url) => (Cow::from(*url), None),
            Shown::File(position) => {
                let offer = self.offer(*position);
                (self.picture_url(offer.url, absolute).into(), offer.size.filter(|_| !sized))
            }
        };
        // Writing to a string cannot fail.
        let _ = write!(out, " src=\"{}\"", escape_html(&url));
        if let Some((width, height)) = size {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
    }
}

/// The function `picture`: the element that shows a picture of the view.
pub(super) fn function(kwargs: &Kwargs) -> TeraResult<Value> {
    let text = |name: &'static str| -> TeraResult<Option<&str>> {
        Ok(kwargs.get::<&Value>(name)?.and_then(Value::as_str))
    };
    let Some(of) = kwargs.get::<&Value>("of")? else {
        return Err(Error::message("`picture` needs `of`, as in `picture(of=page.cover)`"));
    };
    if of.is_none() || of.is_undefined() {
        return Ok(html(String::new()));
    }
    let no_picture = || Error::message("`of` of `picture` must be a picture, such as `page.cover`");
    let map = of.as_map().ok_or_else(no_picture)?;
    let field = |name: &'static str| map.get(&name.into());
    let known = |name: &'static str| field(name).and_then(Value::as_str).unwrap_or_default();
    let number = |name: &'static str| field(name)?.as_u64().and_then(|n| u32::try_from(n).ok());
    let url = field("url").and_then(Value::as_str).ok_or_else(no_picture)?;
    let sources = field("srcset").and_then(Value::as_array).into_iter().flatten().filter_map(|source| {
        let text = |name: &'static str| source.as_map()?.get(&name.into())?.as_str();
        Some((Cow::from(text("type")?), Cow::from(text("urls")?)))
    });
    let element = Element {
        url,
        size: number("width").zip(number("height")),
        alt: text("alt")?.unwrap_or_else(|| known("alt")),
        title: "",
        sources: sources.collect(),
        placeholder: known("placeholder"),
        sizes: text("sizes")?.unwrap_or("100vw"),
        class: text("class")?.unwrap_or_default(),
        eager: kwargs.get::<&Value>("eager")?.is_some_and(|eager| eager.as_bool() == Some(true)),
        framed: true,
    };
    let mut out = String::new();
    element.write(&mut out);
    Ok(html(out))
}

/// The element that shows a picture.
#[derive(Default)]
struct Element<'e> {
    url: &'e str,
    size: Option<(u32, u32)>,
    alt: &'e str,
    title: &'e str,
    /// Media types and a `srcset` of each, the best first.
    sources: Vec<(Cow<'e, str>, Cow<'e, str>)>,
    /// HTML.
    placeholder: &'e str,
    sizes: &'e str,
    class: &'e str,
    /// Whether readers see it first of all.
    eager: bool,
    /// Whether it has a frame, for its placeholder and for themes.
    framed: bool,
}

impl Element<'_> {
    fn write(&self, out: &mut String) {
        if self.framed {
            out.push_str("<span class=\"picture");
            if !self.class.is_empty() {
                out.push(' ');
                out.push_str(&escape_html(self.class));
            }
            out.push_str("\">");
            out.push_str(self.placeholder);
        }
        // Writing to a string cannot fail.
        if !self.sources.is_empty() {
            out.push_str("<picture>");
            for (media_type, urls) in &self.sources {
                let [media_type, urls] = [media_type, urls].map(|text| escape_html(text));
                let sizes = escape_html(self.sizes);
                let _ = write!(out, "<source type=\"{media_type}\" srcset=\"{urls}\" sizes=\"{sizes}\">");
            }
        }
        let _ = write!(out, "<img src=\"{}\" alt=\"{}\"", escape_html(self.url), escape_html(self.alt));
        if !self.title.is_empty() {
            let _ = write!(out, " title=\"{}\"", escape_html(self.title));
        }
        if let Some((width, height)) = self.size {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
        out.push_str(match self.eager {
            true => " loading=\"eager\" fetchpriority=\"high\">",
            false => " loading=\"lazy\" decoding=\"async\">",
        });
        out.push_str(if self.sources.is_empty() { "" } else { "</picture>" });
        out.push_str(if self.framed { "</span>" } else { "" });
    }
}
