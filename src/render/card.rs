//! Share cards: what a theme's `card.svg` writes for a page, drawn. Drawing takes many times as long as
//! writing, so a drawing is kept under the digest of what was written and of the letters it is set in.
//!
//! Owns that key, and the functions by which templates break texts into lines, where no browser does it.

use tera::{Error, Kwargs, TeraResult, Value};

use super::form::{Data, Form};
use super::functions::{missing, text};
use super::{Engine, Rendered, with_page, xml};
use crate::base::{Digest, Lang};
use crate::diag::{Diagnostic, code};
use crate::image::{CARD_HEIGHT, CARD_WIDTH, Lettering, Lines, RECIPE, Setting};
use crate::locale::{Direction, Locale};
use crate::plan::Route;
use crate::site::EntryId;
use crate::theme;

impl Engine<'_> {
    /// The picture of a card.
    pub(super) fn card(&self, route: &Route, lang: Lang) -> Result<Rendered, Vec<Diagnostic>> {
        let mut rendered = self.page(route)?;
        // Without letters no card is planned.
        let Some(letters) = &self.theme.letterings.of[lang] else { return Err(Vec::new()) };
        let svg = String::from_utf8_lossy(&rendered.bytes);
        let key = Digest::of(svg.as_bytes()).and(letters.digest()).and_number(RECIPE.into());
        rendered.drawn = Some(key);
        if let Some(kept) = self.media.get(key) {
            rendered.bytes = kept;
            return Ok(rendered);
        }
        match letters.draw(&xml::allowed(&svg)) {
            Ok(png) => {
                self.media.keep(key, &png);
                rendered.bytes = png;
            }
            Err(why) => {
                let message = format!("`{}` cannot be drawn: {}", theme::CARD, why.0);
                let mut fault = Diagnostic::new(code::TEMPLATE_RUNTIME, message);
                if let Some(template) = &self.theme.letterings.template {
                    fault = fault.in_file(template);
                }
                let page = self.subject(route).map(|page| self.page_file(&page));
                return Err(page.into_iter().map(|page| with_page(fault.clone(), &page)).collect());
            }
        }
        Ok(rendered)
    }

    /// What templates know of a card; none where there is none.
    pub(super) fn card_value<F: Form>(&self, id: EntryId, lang: Lang) -> F {
        let Some(url) = self.plan.card(self.site, id, lang) else { return F::none() };
        F::object([
            ("url", F::absolute(&self.site.config.base_url, &url)),
            ("width", F::number(CARD_WIDTH as usize)),
            ("height", F::number(CARD_HEIGHT as usize)),
        ])
    }
}

/// `lines(text, width, size, most, weight)`: a text in lines.
pub(super) fn lines(locale: &Locale, letters: Option<&Lettering>, kwargs: &Kwargs) -> TeraResult<Value> {
    let call = Call { name: "lines", kwargs };
    let (text, letters) = (text(kwargs, call.name, "text")?, call.letters(letters)?);
    let (width, size) = (call.length("width", None)?, call.length("size", None)?);
    let setting = Setting { width, size, weight: call.weight()?, most: call.whole("most", 1000)? };
    Ok(list(locale, letters.lines(locale, text, setting)))
}

/// `fitted(text, width, height, sizes, leading, weight)`: the lines in the first of some sizes in which
/// all of the text has room.
pub(super) fn fitted(locale: &Locale, letters: Option<&Lettering>, kwargs: &Kwargs) -> TeraResult<Value> {
    let call = Call { name: "fitted", kwargs };
    let (text, letters) = (text(kwargs, call.name, "text")?, call.letters(letters)?);
    let (width, height) = (call.length("width", None)?, call.length("height", None)?);
    let (leading, weight) = (call.length("leading", Some(1.25))?, call.weight()?);
    let sizes = call.needed("sizes")?.as_array().unwrap_or_default().iter();
    let setting = |size: &Value| {
        let size = call.number("sizes", size)?;
        // At most 10,000: see `number`.
        Ok(Setting { width, size, weight, most: (height / (size * leading)) as usize })
    };
    let settings = sizes.map(setting).collect::<TeraResult<Vec<Setting>>>()?;
    let Some((setting, lines)) = letters.fitted(locale, text, &settings) else {
        return Err(Error::message("`sizes` of `fitted` must be a list of numbers, the largest first"));
    };
    Ok(Data::object([("size", setting.size.into()), ("lines", list(locale, lines))]))
}

/// The lines for a template. A drawing knows no direction but by marks in its text (U+202B; UAX #9).
fn list(locale: &Locale, lines: Lines) -> Value {
    let mark = if locale.direction() == Direction::Rtl { "\u{202b}" } else { "" };
    lines.lines.into_iter().map(|line| Value::from([mark, &line].concat())).collect::<Vec<_>>().into()
}

/// A call of one of these functions, and the reading of its arguments.
struct Call<'k> {
    name: &'static str,
    kwargs: &'k Kwargs,
}

impl<'k> Call<'k> {
    fn letters<'l>(&self, letters: Option<&'l Lettering>) -> TeraResult<&'l Lettering> {
        letters.ok_or_else(|| {
            let name = self.name;
            Error::message(format!(
                "`{name}` measures the letters of share cards, and there is no font for any"
            ))
        })
    }

    fn needed(&self, argument: &'static str) -> TeraResult<&'k Value> {
        self.kwargs.get::<&Value>(argument)?.ok_or_else(|| missing(self.name, argument))
    }

    fn length(&self, argument: &'static str, default: Option<f64>) -> TeraResult<f64> {
        match (self.kwargs.get::<&Value>(argument)?, default) {
            (None, Some(default)) => Ok(default),
            _ => self.number(argument, self.needed(argument)?),
        }
    }

    fn number(&self, argument: &'static str, value: &Value) -> TeraResult<f64> {
        let number = value.as_f64().filter(|number| value.is_number() && (1.0..=10_000.0).contains(number));
        let name = self.name;
        number
            .ok_or_else(|| Error::message(format!("`{argument}` of `{name}` must be a number, 1 to 10,000")))
    }

    fn whole(&self, argument: &'static str, default: u16) -> TeraResult<usize> {
        let Some(value) = self.kwargs.get::<&Value>(argument)? else { return Ok(default.into()) };
        let number = value.as_u64().filter(|number| (1..=1000).contains(number));
        let name = self.name;
        let fault = || Error::message(format!("`{argument}` of `{name}` must be a whole number, 1 to 1,000"));
        number.and_then(|number| usize::try_from(number).ok()).ok_or_else(fault)
    }

    /// A weight by CSS's numbers.
    fn weight(&self) -> TeraResult<u16> {
        Ok(u16::try_from(self.whole("weight", 400)?).unwrap_or(400))
    }
}
