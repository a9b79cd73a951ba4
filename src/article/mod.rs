//! One file of a site as one article.

pub mod body;
pub mod markdown;
