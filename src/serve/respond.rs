//! Answers as static hosts give them: types, charsets, `ETag`, ranges.
