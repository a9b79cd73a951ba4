//! Charts of figures: from the arguments of a call to what is drawn, and the faults of a call.
//!
//! The function `chart` draws for templates. A call of the component `chart` in a text is checked
//! before anything is rendered, so that its faults are shown where they stand.

use tera::{Error, Kwargs, TeraResult, Value};

use super::Engine;
use super::chart::{self, Chart, Facts, Fault, KINDS, Kind, Point};
use super::form::html;
use super::functions::Words;
use crate::article::cited;
use crate::base::{Decimal, Digest, Lang, Period, Span};
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean};
use crate::locale::{Arg, Direction, Locale};
use crate::quantity::{Bound, Manner, Quantity, Style};
use crate::site::{Cited, Target, Version};
use crate::yaml::{Node, Value as Yaml};

/// The string that joins the ends of a range.
const RANGE: &str = "chart-range";

/// The function `chart`: the SVG of some figures, in the language of a locale.
pub(super) fn function(lang: Lang, locale: &Locale, words: &Words, kwargs: &Kwargs) -> TeraResult<Value> {
    let text = |name: &'static str| -> TeraResult<Option<&str>> {
        Ok(kwargs.get::<&Value>(name)?.and_then(Value::as_str).filter(|text| !text.is_empty()))
    };
    let needs = |name: &str| Error::message(format!("`chart` needs `{name}`, as in `chart({name}=…)`"));
    let name = text("kind")?.ok_or_else(|| needs("kind"))?;
    let title = text("title")?.ok_or_else(|| needs("title"))?;
    let figures =
        kwargs.get::<&Value>("figures")?.and_then(Value::as_array).ok_or_else(|| needs("figures"))?;
    let kind = kind(name).ok_or_else(|| {
        Error::message(format!("`{name}` is no kind of chart; {}", did_you_mean_kind(name)))
    })?;
    let rows: Vec<Vec<Point>> = figures.iter().map(|row| points(row, locale)).collect::<TeraResult<_>>()?;
    let whole = match kwargs.get::<&Value>("of")? {
        None => None,
        Some(of) if of.is_none() || of.is_undefined() => None,
        Some(of) => Some(decimal(of.as_map().and_then(|map| map.get(&"value".into())).unwrap_or(of))?),
    };
    let facts: Vec<Vec<&Facts>> = rows.iter().map(|row| row.iter().map(|p| &p.facts).collect()).collect();
    chart::check(kind, &facts, whole.as_ref())
        .map_err(|Fault { message, help, .. }| Error::message(format!("{message}: {help}")))?;
    if kind == Kind::Range && !words.has(lang, RANGE) {
        return Err(Error::message(format!("there is no interface string `{RANGE}`")));
    }
    let description = text("description")?.unwrap_or_default();
    let made_up;
    let id = match text("id")? {
        Some(id) => id,
        None => {
            let told = rows.iter().flatten().map(|p| Digest::of(p.text.as_bytes()));
            let all = told.fold(Digest::of(title.as_bytes()).and_bytes(name.as_bytes()), Digest::and);
            made_up = format!("_chart-{:08x}", all.short());
            &made_up
        }
    };
    let rtl = locale.direction() == Direction::Rtl;
    // The marks of an axis are short, and say the unit.
    let unit = rows.iter().flatten().find_map(|point| point.facts.unit.as_deref());
    let write = |value: &Decimal| {
        let quantity = Quantity { value, unit, bound: None };
        words.written(lang, quantity, Manner::of(Style::Compact), locale)
    };
    let between = |low: &str, high: &str| {
        let args = [("low", low), ("high", high)].map(|(name, text)| (name, Arg::Text(text.to_owned())));
        words.asked(lang, RANGE, &args).map(|found| found.text).unwrap_or_default()
    };
    let chart = Chart {
        kind,
        id,
        title,
        description,
        rows: &rows,
        whole: whole.as_ref(),
        rtl,
        write: &write,
        between: &between,
    };
    Ok(html(chart::draw(&chart)))
}

fn kind(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

fn did_you_mean_kind(name: &str) -> String {
    did_you_mean(name, KINDS.iter().map(|(name, _)| *name)).unwrap_or_default()
}

/// A row of the argument `figures`: a figure, or a pair of them.
fn points(row: &Value, locale: &Locale) -> TeraResult<Vec<Point>> {
    match row.as_array() {
        Some(pair) => pair.iter().map(|value| point(value, locale)).collect(),
        None => Ok(vec![point(row, locale)?]),
    }
}

/// A figure of the view, or a mapping of a template's own with `value` and what else is known.
fn point(value: &Value, locale: &Locale) -> TeraResult<Point> {
    let Some(map) = value.as_map() else {
        return Err(Error::message("each of `figures` must be a figure, such as those of `page.figures`"));
    };
    let field = |name: &'static str| map.get(&name.into());
    let text = |name: &'static str| field(name).and_then(Value::as_str).map(str::to_owned);
    let exact = decimal(field("value").ok_or_else(|| Error::message("a figure needs a `value`"))?)?;
    let written = text("text").unwrap_or_else(|| locale.number(&exact));
    // A template's own is a text, as in front matter; that of a figure is written already.
    let period = match field("period") {
        Some(period) if !period.is_none() => {
            let iso = period.as_map().and_then(|map| map.get(&"iso".into())).unwrap_or(period);
            Some(Period::parse(&iso.to_string()).map_err(Error::message)?)
        }
        _ => None,
    };
    Ok(Point {
        label: text("label").unwrap_or_default(),
        short: text("compact").unwrap_or_else(|| written.clone()),
        text: written,
        period: period.map(|period| locale.period(period)).unwrap_or_default(),
        facts: Facts {
            value: exact,
            unit: text("unit"),
            period,
            bound: text("bound").and_then(|bound| bound_named(&bound)),
        },
    })
}

fn decimal(value: &Value) -> TeraResult<Decimal> {
    Decimal::parse(&value.to_string()).map_err(Error::message)
}

fn number(node: &Node) -> Option<Decimal> {
    match &node.value {
        Yaml::Number(text) | Yaml::Text(text) => Decimal::parse(text).ok(),
        _ => None,
    }
}

fn bound_named(name: &str) -> Option<Bound> {
    [Bound::Over, Bound::Under, Bound::About].into_iter().find(|bound| bound.as_str() == name)
}

/// A call of the component `chart` in a text.
struct Call<'c> {
    version: &'c Version,
    lang: Lang,
    /// Where the component's name stands.
    span: Span,
    /// The figures that are cited, by where they are.
    cited: Vec<(Span, Option<Cited>)>,
}

impl Engine<'_> {
    /// Reports what is wrong with a call of `chart`: its kind, and figures that make no chart.
    pub(super) fn check_chart(
        &self,
        (version, lang): (&Version, Lang),
        span: Span,
        arguments: &Node,
        target: &Target,
        diags: &mut Diagnostics,
    ) {
        let Yaml::Map(map) = &arguments.value else { return };
        let argument = |name: &str| map.iter().find(|(key, _)| *key.name == *name).map(|(_, node)| node);
        let found = match target {
            Target::Arguments { figures, .. } => figures.as_slice(),
            _ => &[],
        };
        let places = crate::article::citations(arguments).into_iter().map(|(_, span)| span);
        let call = Call { version, lang, span, cited: places.zip(found.iter().copied()).collect() };
        let fault =
            |span, message: String| Diagnostic::new(code::CHART_DATA, message).at(&version.file, span);

        let kind = match argument("kind").map(|node| (node, &node.value)) {
            None => Some(Kind::Bars),
            Some((node, Yaml::Text(name))) => {
                let known = kind(name);
                if known.is_none() {
                    let message = format!("`{name}` is no kind of chart");
                    diags.push(fault(node.span, message).help(did_you_mean_kind(name)));
                }
                known
            }
            // Of another type, which has been reported.
            Some(_) => return,
        };
        let (Some(kind), Some(Yaml::List(items))) = (kind, argument("figures").map(|node| &node.value))
        else {
            return;
        };
        // All of them are looked at, so that whatever is no figure is reported.
        let rows: Vec<Vec<Option<(Span, Facts)>>> = items
            .iter()
            .map(|item| match &item.value {
                Yaml::List(pair) => pair.iter().map(|node| self.facts(&call, node, diags)).collect(),
                _ => vec![self.facts(&call, item, diags)],
            })
            .collect();
        let rows: Option<Vec<Vec<_>>> = rows.into_iter().map(|row| row.into_iter().collect()).collect();
        let Some(rows) = rows else { return };
        let whole = match argument("of").map(|node| (node, &node.value)) {
            None | Some((_, Yaml::Null)) => None,
            Some((node, Yaml::Number(text))) => match number(node) {
                Some(value) => Some((node.span, Facts { value, ..Facts::default() })),
                None => {
                    let message = format!("`{text}` is not a plain decimal number");
                    diags.push(fault(node.span, message).help("write plain digits, as in `of: 600`"));
                    return;
                }
            },
            Some((node, Yaml::Text(text))) if cited(text).is_none() => {
                let fault = fault(node.span, format!("`{text}` is neither a figure nor a number"));
                diags.push(fault.help("write `of: figure:NAME`, or a number in plain digits: `of: 600`"));
                return;
            }
            Some((node, _)) => match self.facts(&call, node, diags) {
                Some(found) => Some(found),
                None => return,
            },
        };
        if let (Some((place, Facts { unit: Some(unit), .. })), Some((first, facts))) =
            (&whole, rows.first().and_then(|row| row.first()))
            && facts.unit.as_ref() != Some(unit)
        {
            let message = format!("the whole is in `{unit}`, and its parts are not");
            let fault = fault(*place, message).at(&version.file, *first);
            diags.push(fault.help("name by `of` a figure of the same unit"));
            return;
        }
        let whole = whole.map(|(_, facts)| facts.value);
        let facts: Vec<Vec<&Facts>> = rows.iter().map(|row| row.iter().map(|(_, f)| f).collect()).collect();
        if let Err(Fault { message, help, at }) = chart::check(kind, &facts, whole.as_ref()) {
            let spans: Vec<Span> = rows.iter().flatten().map(|(span, _)| *span).collect();
            let mut places = at.iter().filter_map(|&i| spans.get(i).copied());
            let mut diagnostic = fault(places.next().unwrap_or(call.span), message).help(help);
            for place in places {
                diagnostic = diagnostic.at(&version.file, place);
            }
            diags.push(diagnostic);
        }
    }

    /// What an item of `figures` stands for: a citation, or a mapping with `value`.
    fn facts(&self, call: &Call<'_>, node: &Node, diags: &mut Diagnostics) -> Option<(Span, Facts)> {
        let facts = match &node.value {
            Yaml::Text(text) if cited(text).is_some() => {
                let found = call.cited.iter().find(|(span, _)| *span == node.span)?.1?;
                let figure = self.declared(found.0, found.1, call.lang)?.figure;
                Some(Facts {
                    value: figure.value.clone(),
                    unit: figure.unit().map(str::to_owned),
                    period: figure.period,
                    bound: figure.bound,
                })
            }
            Yaml::Map(map) => {
                let field = |name: &str| map.iter().find(|(key, _)| *key.name == *name).map(|(_, node)| node);
                let text = |name: &str| match &field(name)?.value {
                    Yaml::Text(text) | Yaml::Number(text) => Some(&**text),
                    _ => None,
                };
                let period =
                    match field("period").filter(|node| node.value != Yaml::Null) {
                        None => None,
                        Some(node) => match Period::parse(text("period").unwrap_or_default()) {
                            Ok(period) => Some(period),
                            Err(why) => {
                                let fault = Diagnostic::new(code::CHART_DATA, why);
                                diags.push(fault.at(&call.version.file, node.span).help(
                                    "write a date or two with a slash: 2023, 2023-06 or 2023-01/2023-11",
                                ));
                                return None;
                            }
                        },
                    };
                let unit = text("unit").map(str::to_owned);
                let value = field("value").and_then(number);
                value.map(|value| Facts { value, unit, period, bound: None })
            }
            _ => None,
        };
        if facts.is_none() {
            diags.push(
                Diagnostic::new(code::CHART_DATA, format!("this is {}, and no figure", node.kind()))
                    .at(&call.version.file, node.span)
                    .help("write `figure:NAME`, without a space after the colon"),
            );
        }
        facts.map(|facts| (node.span, facts))
    }
}
