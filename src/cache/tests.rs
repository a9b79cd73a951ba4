//! The cache against what can happen to it.
