//! What is measured beside series of edits: starts, memory, a burst of changes.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::corpus::Language;
use crate::edits::{Edit, Site};
use crate::files::remove;
use crate::series::{self, Kind};
use crate::server::Server;
use crate::webdriver::Browser;

/// When a preview says nothing for so long, all that it had to do is done.
pub(crate) const QUIET: Duration = Duration::from_secs(2);

/// From the start of the program to pages that are answered, in seconds; a run each.
pub(crate) struct Starts {
    pub(crate) cached: bool,
    /// The home page.
    pub(crate) home: Vec<f64>,
    /// An article, asked for after that.
    pub(crate) article: Vec<f64>,
}

/// Starts the preview again and again.
pub(crate) fn starts(
    program: &Path,
    site: &Site,
    log: &Path,
    cached: bool,
    runs: u32,
) -> Result<Starts, String> {
    let mut starts = Starts { cached, home: Vec::new(), article: Vec::new() };
    for _ in 0..runs {
        if !cached {
            remove(&site.folder().join(".bashu"))?;
        }
        let start = Instant::now();
        let mut server = Server::start(program, site.folder(), log)?;
        server.wait_for("/en/", "</html>")?;
        starts.home.push(start.elapsed().as_secs_f64());
        server.wait_for(&Site::page(1, Language::English), "</html>")?;
        starts.article.push(start.elapsed().as_secs_f64());
        // What it saves must be complete for the next one to begin with.
        server.rest(Duration::from_millis(500))?;
    }
    Ok(starts)
}

/// The middle of some numbers.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (below, above) = (sorted.get((sorted.len().max(1) - 1) / 2), sorted.get(sorted.len() / 2));
    below.zip(above).map_or(f64::NAN, |(below, above)| f64::midpoint(*below, *above))
}

/// What a preview holds in memory, in megabytes, as edits are made.
pub(crate) struct Memory {
    pub(crate) start: f64,
    /// After some edits: how many, and what it held.
    pub(crate) early: (u32, f64),
    /// After all of them.
    pub(crate) late: (u32, f64),
    /// The most that it held at any time.
    pub(crate) most: f64,
    /// Edits a second.
    pub(crate) pace: f64,
}

/// Edits one article after the other as soon as the edit before is shown: words, every tenth a
/// title. No browser is in the way.
pub(crate) fn memory(
    program: &Path,
    site: &Site,
    log: &Path,
    edits: u32,
    initiatives: usize,
    mark: &mut u32,
) -> Result<Memory, String> {
    let mut server = Server::start(program, site.folder(), log)?;
    server.wait_for("/en/", "</html>")?;
    server.rest(QUIET)?;
    let (start, _) = server.memory()?;
    let all = 5 * edits;
    let mut early = f64::NAN;
    let begin = Instant::now();
    for turn in 1..=all {
        *mark += 1;
        let number = 1 + turn as usize * 7 % initiatives;
        let edit = if turn % 10 == 0 { Edit::Title } else { Edit::Words };
        site.save(edit, *mark, number)?;
        server.wait_for(&Site::page(number, Language::English), &format!("bench{mark}x"))?;
        if turn == edits {
            early = server.memory()?.0;
        }
    }
    let pace = f64::from(all) / begin.elapsed().as_secs_f64();
    server.rest(QUIET)?;
    let (late, most) = server.memory()?;
    Ok(Memory { start, early: (edits, early), late: (all, late), most, pace })
}

/// Many files that change at once.
pub(crate) struct Burst {
    pub(crate) files: usize,
    /// Seconds from the last of them until an open page shows that it changed.
    pub(crate) shown: f64,
    /// Seconds that writing them took.
    pub(crate) wrote: f64,
    /// Lines that the terminal printed.
    pub(crate) lines: usize,
}

/// Changes many articles, of which the last is open.
pub(crate) fn burst(
    site: &Site,
    server: &Server,
    browser: &Browser,
    files: usize,
    mark: &mut u32,
) -> Result<Burst, String> {
    browser.goto(&server.url(&Site::page(files, Language::English)));
    browser.run(include_str!("watch.js"));
    *mark += 1;
    site.save(Edit::Words, *mark, files)?;
    series::shown(browser, *mark, Kind::Words)?;
    server.rest(QUIET)?;
    let before = server.said().lines().count();
    *mark += 1;
    let begin = Instant::now();
    for number in 1..=files {
        site.save(Edit::Words, *mark, number)?;
    }
    let wrote = begin.elapsed().as_secs_f64();
    series::shown(browser, *mark, Kind::Words)?;
    let shown = begin.elapsed().as_secs_f64() - wrote;
    server.rest(QUIET)?;
    // It counts as well what is said of pages that a browser does not show.
    sleep(QUIET);
    Ok(Burst { files, shown, wrote, lines: server.said().lines().count() - before })
}
