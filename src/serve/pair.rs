//! Two versions of an article side by side, with what the ledger and parity say of them.
