//! One kind of edit again and again, and how long a browser takes to show it.
//!
//! The benchmark notes the time before it writes a file, the page the time when it has painted what
//! changed (`watch.js`); both clocks are the system's, and are compared before every series.

use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};

use crate::corpus::Language;
use crate::edits::{Edit, Site};
use crate::server::Server;
use crate::webdriver::Browser;

/// Between an edit that is shown and the next one.
const PAUSE: Duration = Duration::from_millis(300);

/// Between two edits of somebody whose editor saves while they type.
const TYPING: Duration = Duration::from_millis(100);

/// How far the browser's clock may be from this program's.
const CLOCKS_DIFFER: f64 = 2.0;

/// What is measured, in the order of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Words,
    Title,
    Beside,
    Typing,
    Style,
    Template,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] =
        [Self::Words, Self::Title, Self::Beside, Self::Typing, Self::Style, Self::Template];

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Words => "words of an article",
            Self::Title => "title of an article",
            Self::Beside => "words, the other language in a second tab",
            Self::Typing => "words, saved every 100 ms",
            Self::Style => "style sheet",
            Self::Template => "template of all pages",
        }
    }

    fn edit(self) -> Edit {
        match self {
            Self::Words | Self::Beside | Self::Typing => Edit::Words,
            Self::Title => Edit::Title,
            Self::Style => Edit::Style,
            Self::Template => Edit::Template,
        }
    }

    /// How many edits, where so many are asked for of an article.
    fn count(self, edits: u32) -> u32 {
        if self.is_article() { edits } else { edits / 4 }
    }

    /// The project's bounds are for these.
    pub(crate) fn is_article(self) -> bool {
        !matches!(self, Self::Style | Self::Template)
    }
}

/// A series that was measured: seconds from saving to showing, shortest first.
pub(crate) struct Series {
    pub(crate) kind: Kind,
    sorted: Vec<f64>,
}

impl Series {
    pub(crate) fn count(&self) -> usize {
        self.sorted.len()
    }

    /// So many of a hundred edits were shown within this time (the nearest rank).
    pub(crate) fn percentile(&self, part: usize) -> f64 {
        let rank = (self.sorted.len() * part).div_ceil(100);
        self.sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }
}

/// Measures a series. Marks go on from `mark`, so that no edit is taken for an earlier one.
pub(crate) fn measure(
    site: &Site,
    server: &Server,
    browser: &Browser,
    kind: Kind,
    edits: u32,
    mark: &mut u32,
) -> Result<Series, String> {
    let number = 1;
    browser.goto(&server.url(&Site::page(number, Language::English)));
    let beside = (kind == Kind::Beside).then(|| browser.open_tab());
    if let Some((first, _)) = &beside {
        browser.goto(&server.url(&Site::page(number, Language::Chinese)));
        browser.switch(first);
    }
    // The connection of the page to the preview is there when it learned of a first edit.
    browser.run(include_str!("watch.js"));
    compare_clocks(browser)?;
    *mark += 1;
    site.save(kind.edit(), *mark, number)?;
    shown(browser, *mark, kind)?;
    sleep(PAUSE);
    let first = *mark + 1;
    let mut saved = Vec::new();
    for _ in 0..kind.count(edits) {
        *mark += 1;
        let turn = Instant::now();
        saved.push(now());
        site.save(kind.edit(), *mark, number)?;
        if kind == Kind::Typing {
            sleep(TYPING.saturating_sub(turn.elapsed()));
        } else {
            shown(browser, *mark, kind)?;
            sleep(PAUSE);
        }
    }
    shown(browser, *mark, kind)?;
    if let Some(back) = browser.run("return window.bench.back").as_u64() {
        return Err(format!("{}: the page went back to edit {back}, after a later one", kind.label()));
    }
    let log = log(browser)?;
    // An edit that is saved over before it was shown is shown with the one after it.
    let times = (first..).zip(saved).map(|(mark, saved)| {
        let time =
            log.iter().filter(|(shown, _)| *shown >= mark).map(|(_, time)| *time).min_by(f64::total_cmp);
        time.map_or(f64::INFINITY, |time| (time - saved) / 1000.0)
    });
    let mut sorted: Vec<f64> = times.collect();
    sorted.sort_by(f64::total_cmp);
    if let Some((first, second)) = &beside {
        browser.switch(second);
        browser.close_tab();
        browser.switch(first);
    }
    Ok(Series { kind, sorted })
}

/// Waits until the page shows an edit. It must not have been loaded anew, which would show as well
/// that there is nobody who waits.
pub(crate) fn shown(browser: &Browser, mark: u32, kind: Kind) -> Result<(), String> {
    let script = "const done = arguments[1]; \
        window.bench ? window.bench.shows(arguments[0]).then(done) : done(null)";
    match browser.run_async(script, json!([mark])) {
        Value::Bool(true) => Ok(()),
        Value::Bool(false) => Err(format!("{}: edit {mark} was never shown", kind.label())),
        _ => Err(format!("{}: edit {mark} loaded the page anew", kind.label())),
    }
}

/// Which edits the page has shown, and when.
fn log(browser: &Browser) -> Result<Vec<(u32, f64)>, String> {
    let log = browser.run("return window.bench.shown");
    serde_json::from_value(log).map_err(|why| format!("the page's notes cannot be read: {why}"))
}

fn compare_clocks(browser: &Browser) -> Result<(), String> {
    let before = now();
    let there = browser.run("return performance.timeOrigin + performance.now()").as_f64().unwrap_or(f64::NAN);
    let after = now();
    if (before - CLOCKS_DIFFER..after + CLOCKS_DIFFER).contains(&there) {
        Ok(())
    } else {
        Err(format!("the browser's clock says {there:.1} ms between {before:.1} and {after:.1} of this one"))
    }
}

/// Milliseconds since the epoch.
pub(crate) fn now() -> f64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}
