//! The preview in a real browser: pages that follow their files.
//!
//! One test with named steps, since they share one browser; each step has a site and a preview of its
//! own. `BASHU_STEP=name` runs those whose name has this in it. Without `chromedriver` it passes, so that
//! a machine that only has Rust can run the tests; where `CI` or `BASHU_BROWSER` is set it fails.

#![allow(clippy::print_stdout, reason = "which step took how long, and which failed")]

mod desk;
mod faults;
mod morph;
mod places;
mod preview;
mod replaced;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crate::webdriver::Browser;

type Step = (&'static str, fn(&Browser));

#[test]
fn pages_follow_their_files() {
    let browser = match Browser::start() {
        Ok(browser) => browser,
        Err(error) if ["CI", "BASHU_BROWSER"].iter().all(|name| std::env::var_os(name).is_none()) => {
            println!("no browser, nothing tested: {error}");
            return;
        }
        Err(error) => panic!("{error}"),
    };
    let wanted = std::env::var("BASHU_STEP").unwrap_or_default();
    let steps = [replaced::STEPS, morph::STEPS, faults::STEPS, places::STEPS, desk::STEPS].concat();
    let mut failed = Vec::new();
    for (name, step) in steps.into_iter().filter(|(name, _)| name.contains(&wanted)) {
        let start = Instant::now();
        let (before, tab) = browser.open_tab();
        if catch_unwind(AssertUnwindSafe(|| step(&browser))).is_err() {
            failed.push(name);
            println!("the browser's console: {:#?}", browser.console());
        }
        browser.switch(&tab);
        browser.close_tab();
        browser.switch(&before);
        println!("{name}: {} ms", start.elapsed().as_millis());
    }
    assert!(failed.is_empty(), "failed: {failed:?}");
}
