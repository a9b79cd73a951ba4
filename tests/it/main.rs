//! The integration tests, in one binary so that they link once.

mod fixture;
mod pipeline;
