//! The order in which files are made.

use crate::plan::{Route, What};
use crate::site::Site;

/// Puts list pages that show the same articles beside each other.
///
/// An article stands in the lists of home, section and topics, and what they show of it is made
/// once only if they ask for it at about the same time: what was made lately is kept, what all
/// articles show would not fit. In the order of paths the lists would come one after the other,
/// each from its first article to its last.
pub(super) fn by_neighbourhood(site: &Site, routes: &[Route], wanted: &mut [usize]) {
    // A few pages fit whatever their order.
    if wanted.len() < 1000 {
        return;
    }
    let mut places = vec![0_u32; site.entries.len()];
    let mut at = None;
    const LARGE: u8 = 0;
    const SINGLE: u8 = 1;
    const LIST: u8 = 2;
    let mut keyed: Vec<((u8, usize, u32), usize)> = wanted
        .iter()
        .map(|&i| {
            let (entry, lang, number) = match routes[i].what {
                What::Page(entry, lang, number) => (entry, lang, number),
                // One file that takes as long as thousands of pages must not be begun last.
                What::Sitemap | What::SitemapPart(_) => return ((LARGE, 0, 0), i),
                _ => return ((SINGLE, 0, 0), i),
            };
            let list = site.list(entry, lang);
            let first = list.get((number - 1) * site.config.page_size);
            let Some(first) = first else { return ((SINGLE, 0, 0), i) };
            if at != Some(lang) {
                for (place, id) in (0..).zip(site.list(site.home, lang)) {
                    places[id.index()] = place;
                }
                at = Some(lang);
            }
            ((LIST, lang.index(), places[first.index()]), i)
        })
        .collect();
    keyed.sort_unstable();
    for (wanted, (_, i)) in wanted.iter_mut().zip(keyed) {
        *wanted = i;
    }
}
