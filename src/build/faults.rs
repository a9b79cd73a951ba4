//! One message for one fault of a template, on however many pages it shows.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics};

/// Joins what is the same but for the page that it showed on; the first page is named, the others
/// are counted.
pub(super) fn merged(faults: Vec<Diagnostic>) -> Diagnostics {
    let mut groups: BTreeMap<(&'static str, String, String), (Diagnostic, usize)> = BTreeMap::new();
    for fault in faults {
        let place = fault.labels.first().map_or(String::new(), |l| format!("{}:{:?}", l.file, l.span));
        let key = (fault.code.name, fault.message.clone(), place);
        groups
            .entry(key)
            .and_modify(|(first, count)| {
                *count += 1;
                // Threads finish in any order; the message must not.
                if fault.help < first.help {
                    first.help.clone_from(&fault.help);
                }
            })
            .or_insert((fault, 1));
    }
    groups
        .into_values()
        .map(|(mut fault, count)| {
            if count > 1 {
                let more = format!("and on {} more", count - 1);
                fault.help = Some(fault.help.map_or_else(|| more.clone(), |help| format!("{help}, {more}")));
            }
            fault
        })
        .collect()
}
