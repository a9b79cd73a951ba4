//! The integration tests, in one binary so that they link once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails has to stop")]

mod browser;
mod cli;
mod diagnostics;
mod dice;
mod disk;
mod documentation;
mod editions;
mod figures;
mod fixture;
mod guide;
mod hreflang;
#[cfg(unix)]
mod init;
mod ledger;
mod parity;
mod pipeline;
mod program;
#[cfg(unix)]
mod publish;
mod rebuild;
#[cfg(all(feature = "serve", unix))]
mod serve;
mod tidy;
mod views;
mod webdriver;
