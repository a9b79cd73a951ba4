//! What a host's `require` asks for, put to those who know.

use std::path::Path;

use super::super::build::today;
use crate::build::{self, Made};
use crate::check::{self, Selection};
use crate::config::Host;
use crate::diag::Diagnostics;
use crate::publish;
use crate::site::{Clock, State};
use crate::source::Source;

/// What does not hold of what the host requires, all of it.
pub(super) fn unmet(source: &Source, site: &Path, host: &Host, made: &Made) -> Diagnostics {
    let mut faults = Diagnostics::new();
    if host.require.committed
        && let Err(fault) = publish::committed(site, host)
    {
        faults.push(fault);
    }
    if host.require.parity {
        let found = differing(source, host);
        if found > 0 {
            let differ = if found == 1 { "1 difference" } else { "differences" };
            let message = match found {
                1 => format!("there is {differ} between versions"),
                found => format!("there are {found} {differ} between versions"),
            };
            let help = "`bashu check parity` shows what to mend, or how to waive it";
            faults.push(publish::unmet(host, "parity", &message, help));
        }
    }
    if host.require.translations {
        let left = left(made);
        if !left.is_empty() {
            let message = format!("there are translations to look at: {}", left.join(", "));
            let help = "`bashu translations --state stale,unmarked` lists them, with what changed";
            faults.push(publish::unmet(host, "translations", &message, help));
        }
    }
    faults
}

/// How much parity finds in what this host is going to show.
fn differing(source: &Source, host: &Host) -> usize {
    let clock = Clock { today: today(), drafts: host.drafts, any_day: false };
    match build::site(source, clock) {
        Ok((site, _)) => check::parity(source, &site, &Selection::default()).diagnostics.iter().count(),
        // The build has told that already, and did not get this far.
        Err(faults) => faults.iter().count(),
    }
}

/// How many translations are stale or of an unknown state, by language.
fn left(made: &Made) -> Vec<String> {
    let asked = |(code, counts): &(String, [usize; 5])| {
        let counts = State::ALL.iter().zip(counts);
        let counts = counts.filter(|(state, n)| matches!(state, State::Stale | State::Unmarked) && **n > 0);
        let said: Vec<String> = counts.map(|(state, n)| format!("{n} {}", state.as_str())).collect();
        (!said.is_empty()).then(|| format!("{code} {}", said.join(" and ")))
    };
    made.translations.iter().filter_map(asked).collect()
}
