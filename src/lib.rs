//! Bashu (巴蜀): a static site generator for publications in more than one language.
//!
//! The modules stand in the order of the pipeline, and each may use those above it in this list
//! and no others; `ARCHITECTURE.md` says what each owns, and `tests/it/tidy.rs` holds them to it.

pub mod base;
pub mod diag;
pub mod locale;
pub mod yaml;

pub mod quantity;

pub mod source;

pub mod config;

pub mod article;

pub mod image;

pub mod cache;

pub mod site;

pub mod plan;

pub mod theme;

pub mod render;

pub mod output;

pub mod build;

pub mod check;
pub mod translations;

pub mod publish;
#[cfg(feature = "serve")]
pub mod serve;

pub mod cli;
