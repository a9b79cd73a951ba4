//! Runs that are killed, at every operation and at random, and go on with the same site or another:
//! no reader meets a broken page, and the last run leaves exactly its site.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::dice::Dice;
use super::place::{End, How, World};
use super::site::Site;
use super::{Start, host, release};
use crate::config::Host;
use crate::publish::manifest::{MANIFEST, Manifest};
use crate::publish::release::Release;

/// A site as it is published.
pub(super) struct Made {
    pub output: BTreeMap<String, String>,
    pub release: Release,
}

impl Made {
    pub(super) fn new(site: &Site, host: &Host) -> Self {
        let output = site.output();
        Self { release: release(host, &output), output }
    }

    /// Publishes it, to the end or not; whether it came there.
    pub(super) fn publish(&self, start: Start<'_>) -> Result<usize, String> {
        {
            let state = &mut *start.world.state();
            state.reader.expect(&self.output, &state.files);
        }
        start.run(&self.release).map(|ran| ran.changes).map_err(|why| format!("{why:?}"))
    }
}

const HOWS: [How; 3] = [How::Before, How::After, How::Unanswered];

fn no_faults(world: &World, what: &str) -> Result<(), String> {
    let state = world.state();
    if state.reader.faults.is_empty() { Ok(()) } else { Err(format!("{what}: {:#?}", state.reader.faults)) }
}

/// After a run that came to its end, the place holds the site, assets that wait, files of others, and
/// a manifest that says so; another run reads the manifest and does nothing.
pub(super) fn is_settled(start: Start<'_>, made: &Made, foreign: &[&str]) -> Result<(), String> {
    let bytes = start.world.get(MANIFEST).ok_or("no manifest")?;
    let manifest = Manifest::read(bytes.as_bytes()).ok_or("a damaged manifest")?;
    let items = made.release.items.iter().map(|item| (item.path.clone(), Some(item.entry())));
    if manifest.files != items.collect() || !manifest.loose.is_empty() || manifest.pending.is_some() {
        return Err(format!("the manifest is not true: {bytes}"));
    }
    let mut paths: Vec<&str> = made.output.keys().map(String::as_str).collect();
    paths.extend(manifest.stale.keys().map(|path| &**path).chain(foreign.iter().copied()).chain([MANIFEST]));
    paths.sort_unstable();
    let there = start.world.paths();
    if there != paths {
        return Err(format!("there is {there:#?}, and should be {paths:#?}"));
    }
    if let Some((path, _)) =
        made.output.iter().find(|(path, text)| start.world.get(path).as_ref() != Some(*text))
    {
        return Err(format!("{path} has another content"));
    }
    let again = Start { end: None, ..start }.run(&made.release).map_err(|why| format!("{why:?}"))?;
    if (again.changes, again.reads) != (0, 1) {
        return Err(format!("an unchanged site: {again:?}"));
    }
    Ok(())
}

/// How many sequences are tried: `BASHU_SEQUENCES`, or what is usual.
fn seeds(usual: u64) -> std::ops::Range<u64> {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    match number("BASHU_SEQUENCE") {
        Some(seed) => seed..seed + 1,
        None => 0..number("BASHU_SEQUENCES").unwrap_or(usual),
    }
}

fn try_all(usual: u64, one: fn(u64) -> Result<usize, String>) {
    let ended: Vec<(u64, Result<usize, String>)> =
        seeds(usual).into_par_iter().map(|seed| (seed, one(seed))).collect();
    let count = ended.len();
    let failed: Vec<String> = ended
        .iter()
        .filter_map(|(seed, end)| Some(format!("BASHU_SEQUENCE={seed}: {}", end.as_ref().err()?)))
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {count} fail\n{}",
        failed.len(),
        failed[..failed.len().min(3)].join("\n\n")
    );
    let killed: usize = ended.iter().filter_map(|(_, end)| end.as_ref().ok()).sum();
    assert!(killed > 3 * count, "only {killed} runs were killed");
}

/// From one site to the next, killed at each change in each way; then on to the same site, back, or
/// to a third one, killed at each change again; then to the end.
#[test]
fn a_run_may_be_killed_anywhere_and_the_next_one_too() {
    try_all(4, |seed| {
        let (host, mut dice) = (host(), Dice::new(seed));
        let first = Site::random(&mut dice);
        let second = first.edited(&mut dice);
        let third = second.edited(&mut dice);
        let [first, second, third] = [first, second, third].map(|site| Made::new(&site, &host));
        let world = World::new(seed);
        world.state().folders = seed % 2 == 0;
        world.state().md5 = seed % 4 < 2;
        if !dice.one_in(4) {
            first.publish(Start::new(&world, &host))?;
        }
        let mut killed = 0;
        for how in HOWS {
            for at in 0.. {
                let broken = world.copy(at as u64);
                let end = End { at, how };
                if second.publish(Start::new(&broken, &host).ending(end)).is_ok() {
                    break;
                }
                killed += 1;
                no_faults(&broken, &format!("killed at {end:?}"))?;
                for (name, next) in [("the same", &second), ("the first", &first), ("a third", &third)] {
                    for at in 0.. {
                        let twice = broken.copy(at as u64 + 7);
                        let what = format!("killed at {end:?}, went on with {name}, killed after {at}");
                        let start = Start::new(&twice, &host);
                        let ended = next.publish(start.ending(End { at, how: How::After })).is_ok();
                        killed += usize::from(!ended);
                        if !ended {
                            // The last one brings one of two sites.
                            let last = if at % 2 == 0 { next } else { &second };
                            last.publish(start).map_err(|why| format!("{what}: {why}"))?;
                            is_settled(start, last, &[]).map_err(|why| format!("{what}: {why}"))?;
                        }
                        no_faults(&twice, &what)?;
                        if ended {
                            break;
                        }
                    }
                }
            }
        }
        Ok(killed)
    });
}

/// Long lives of sites, with runs killed at random, days that pass, and files of others.
#[test]
fn a_site_lives_long_with_runs_that_are_killed() {
    try_all(150, |seed| {
        let (host, mut dice) = (host(), Dice::new(seed));
        let world = World::new(seed);
        world.state().folders = dice.one_in(2);
        world.state().md5 = dice.one_in(2);
        let mut site = Site::random(&mut dice);
        let mut made = Made::new(&site, &host);
        let mut start = Start::new(&world, &host);
        made.publish(start)?;
        world.put("others/file.txt", "not ours");
        let (mut killed, mut told) = (0, Vec::new());
        for _ in 0..12 {
            if !dice.one_in(4) {
                site = site.edited(&mut dice);
                made = Made::new(&site, &host);
            }
            if dice.one_in(5) {
                start.day += 8;
                world.state().reader.let_go();
            }
            let end = End { at: dice.below(14), how: *dice.pick(&HOWS) };
            start.end = (!dice.one_in(3)).then_some(end);
            let ended = made.publish(start);
            told.push(format!("{:?} {:?}", start.end, ended.is_ok()));
            no_faults(&world, &told.join("\n"))?;
            match ended {
                Ok(_) => is_settled(start, &made, &["others/file.txt"])
                    .map_err(|why| format!("{}\n{why}", told.join("\n")))?,
                Err(why) if start.end.is_none() => return Err(format!("{}\n{why}", told.join("\n"))),
                Err(_) => killed += 1,
            }
        }
        Ok(killed)
    });
}
