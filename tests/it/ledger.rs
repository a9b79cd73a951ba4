//! The ledger of translations on histories that are written for it: what is stale and what is not,
//! what changed since, and what the commands make of it. Needs `git`, and fails without.

mod cases;
mod commands;
mod edits;
mod readers;
mod repository;
mod surroundings;
