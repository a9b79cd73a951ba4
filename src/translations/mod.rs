//! The ledger of translations: which are current, what changed since, and how they are begun.
//!
//! Owns what `bashu translations` finds out and writes: the list of all versions and their states,
//! the text that a translation was made from, taken out of git's history, the words that changed
//! since, the stamp in a translation's file, and the file that a translation begins with. It never
//! decides a state, which is `site`'s, and never writes anything but one translation's file. It is
//! the only room that runs another program: `git`, to read, and nothing else.

mod changes;
mod files;
mod history;
mod ledger;
mod since;
mod stamp;
mod start;

pub use changes::{Change, Kind, Part, changes};
pub use files::{create, replace};
pub use history::{Commit, Found, History, Lost};
pub use ledger::{Entry, Ledger, shown_id};
pub use since::{Since, since};
pub use stamp::{Refusal, stamp};
pub use start::{beginning, file_of};
