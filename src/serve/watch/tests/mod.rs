//! Tests of watching: its timing without a clock, and the whole thread on real folders.

mod disk;
mod gather;
