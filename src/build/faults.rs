//! One message for one fault of a template, on however many pages it shows.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics};

/// Joins what is the same but for the page that it showed on, which the help names: the first page
/// stays, the others are counted.
pub(super) fn merged(faults: Vec<Diagnostic>) -> Diagnostics {
    type Pages = BTreeMap<Option<String>, Diagnostic>;
    let mut groups: BTreeMap<(&'static str, String, String), Pages> = BTreeMap::new();
    for fault in faults {
        let place = fault.labels.first().map_or(String::new(), |l| format!("{}:{:?}", l.file, l.span));
        let key = (fault.code.name, fault.message.clone(), place);
        groups.entry(key).or_default().entry(fault.help.clone()).or_insert(fault);
    }
    let joined = groups.into_values().filter_map(|pages| {
        let more = pages.len() - 1;
        let (_, mut fault) = pages.into_iter().next()?;
        if more > 0 {
            fault.help = fault.help.map(|help| format!("{help}, and on {more} more"));
        }
        Some(fault)
    });
    joined.collect()
}
