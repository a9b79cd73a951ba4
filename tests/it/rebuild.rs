//! Incremental builds are held to their promise: after any edit, what a build with a cache leaves
//! is what a clean build makes, byte for byte, message for message; and it makes no page for
//! nothing.

mod chance;
mod damaged;
mod deeds;
pub(crate) mod edits;
mod forged;
mod killed;
pub(crate) mod reach;
mod shown;
pub(crate) mod site;
mod surroundings;
mod theme;
mod told;
pub(crate) mod workshop;

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use crate::dice::Dice;
use deeds::DEEDS;
use edits::EDITS;
use site::Site;
use workshop::Workshop;

/// How many sequences of edits are tried (see [`sequences`]).
const SEQUENCES: u64 = 25;

pub(crate) fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap())
}

/// Tries random sequences by their numbers, and gives what came of each; what fails is told at the
/// end. `BASHU_SEQUENCES` says how many instead of `usual`; `BASHU_SEQUENCE=17` tries the one of that
/// number alone.
pub(crate) fn sequences<T: Send>(usual: u64, one: fn(u64) -> Result<T, String>) -> Vec<T> {
    let seeds = match number("BASHU_SEQUENCE") {
        Some(seed) => seed..seed + 1,
        None => 0..number("BASHU_SEQUENCES").unwrap_or(usual),
    };
    let count = seeds.end - seeds.start;
    let ended: Vec<Result<T, String>> = seeds.into_par_iter().map(one).collect();
    let failed: Vec<&String> = ended.iter().filter_map(|end| end.as_ref().err()).collect();
    assert!(
        failed.is_empty(),
        "{} of {count} sequences fail\n{}",
        failed.len(),
        failed[..failed.len().min(5)].iter().map(|s| s.as_str()).collect::<Vec<_>>().join("\n\n")
    );
    ended.into_iter().flatten().collect()
}

#[test]
fn warm_builds_are_clean_builds() {
    let ended = sequences(SEQUENCES, sequence);
    let count = ended.len();
    // Sites with errors are part of it, and must not be all of it.
    let built: usize = ended.iter().sum();
    assert!(built >= 3 * count, "only {built} builds of {count} sequences came to their end");
}

/// Tries one sequence; how many of its builds came to their end.
fn sequence(seed: u64) -> Result<usize, String> {
    let mut dice = Dice::new(seed);
    let mut shop = Workshop::new(Site::random(&mut dice));
    let run = catch_unwind(AssertUnwindSafe(|| steps(&mut shop, &mut dice)));
    let found = run.unwrap_or_else(|_| Err("it panicked".to_owned()));
    found.map_err(|why| {
        format!("sequence {seed} (theme {}):\n  {}\n{why}", shop.site.theme, shop.log.join("\n  "))
    })
}

fn steps(shop: &mut Workshop, dice: &mut Dice) -> Result<usize, String> {
    shop.write();
    let mut built = usize::from(shop.check(dice)?.is_some());
    for step in 1..=4 + dice.below(5) {
        // Two or three things happen between some builds.
        for _ in 0..1 + usize::from(dice.one_in(4)) + usize::from(dice.one_in(8)) {
            let (what, reach) = if dice.one_in(4) {
                dice.pick(DEEDS)(shop, dice)
            } else {
                let (name, edit) = dice.pick(EDITS);
                let Some(reach) = edit(&mut shop.site, dice) else { continue };
                (format!("{name}: {}", shop.write().join(", ")), reach)
            };
            shop.reach = shop.reach.and(reach);
            shop.log.push(format!("{step}. {what}"));
        }
        built += usize::from(shop.check(dice)?.is_some());
    }
    Ok(built)
}

/// An edit that changes nothing tries nothing.
#[test]
fn every_edit_changes_some_sites() {
    for (name, edit) in EDITS {
        let changes = (0..80).filter(|&seed| {
            let mut dice = Dice::new(seed);
            let mut site = Site::random(&mut dice);
            let before = (site.files(), site.day, site.drafts);
            if *name == "something mended" {
                site.broken = Some(("site.yaml".to_owned(), String::new()));
            }
            let reach = edit(&mut site, &mut dice);
            reach.is_some() && (name.ends_with("mended") || (site.files(), site.day, site.drafts) != before)
        });
        let count = changes.count();
        assert!(count >= 5, "`{name}` changes {count} of 80 sites");
    }
}
