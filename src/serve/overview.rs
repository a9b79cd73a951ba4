//! The list of all articles with their state, for `/_bashu/`.
