//! How a plan is shown before it is carried out, and what is said when it is done.

use std::time::Duration;

use indicatif::HumanCount;
use serde_json::{Value, json};

use super::super::console::Console;
use crate::config::{BaseUrl, Host};
use crate::publish::{Plan, Release, bytes};

/// How many paths of each kind are listed, if all are not asked for.
const FEW: usize = 20;

/// A plan, and what is to be known to show it.
pub(super) struct Shown<'p> {
    pub(super) host: &'p Host,
    pub(super) base_url: &'p BaseUrl,
    pub(super) release: &'p Release,
    pub(super) plan: &'p Plan,
}

impl Shown<'_> {
    /// The plan: what is new, changed, deleted and as it was; on a dry run with its paths.
    pub(super) fn tell(&self, console: &Console, dry_run: bool) {
        let mut lines = vec![self.heading()];
        lines.extend(self.counts());
        if dry_run {
            for (name, paths) in self.lists() {
                lines.push(String::new());
                lines.push(format!("{name}:"));
                lines.extend(listed(&paths, console.says_more()));
            }
            lines.push(String::new());
        }
        console.tell(&lines.join("\n"));
        console.data(&json!({
            "event": "plan",
            "host": self.host.name.value,
            "kind": self.host.kind.name(),
            "base_url": self.base_url.root(),
            "send": self.phases(),
            "delete": self.plan.deleted,
            "expired": self.plan.expired,
            "waiting": self.plan.waiting,
        }));
    }

    fn heading(&self) -> String {
        format!("{} ({}), for {}", self.host.name.value, self.host.kind.name(), self.base_url.root())
    }

    fn counts(&self) -> Vec<String> {
        let plan = self.plan;
        let gone = plan.deleted.len() + plan.expired.len();
        let rows = [
            ("new", plan.new.0, Some(plan.new.1)),
            ("changed", plan.changed.0, Some(plan.changed.1)),
            ("deleted", gone, None),
            ("unchanged", plan.unchanged.0, Some(plan.unchanged.1)),
        ];
        let width = rows.iter().map(|(_, count, _)| HumanCount(*count as u64).to_string().len()).max();
        let width = width.unwrap_or_default();
        let row = |(name, count, size): (&str, usize, Option<u64>)| {
            let noun = if count == 1 { "file" } else { "files" };
            let count = HumanCount(count as u64).to_string();
            let line = format!("  {name:<9}  {count:>width$} {noun:<5}");
            let size = size.map(|size| format!("  {:>8}", bytes(size))).unwrap_or_default();
            format!("{line}{size}").trim_end().to_owned()
        };
        let mut lines: Vec<String> = rows.into_iter().filter(|(_, count, _)| *count > 0).map(row).collect();
        if plan.waiting > 0 {
            let (files, days) = (counted(plan.waiting, "asset", "assets"), self.host.grace);
            lines.push(format!(
                "  {files} of earlier pages stay for readers who have those open, {days} days in all"
            ));
        }
        lines
    }

    /// The paths that are sent, by phase, and those that are deleted.
    fn lists(&self) -> Vec<(&str, Vec<String>)> {
        let mut lists = Vec::new();
        for phase in &self.plan.phases {
            let items = self.plan.send.get(phase.from..phase.to).unwrap_or_default();
            let items = items.iter().filter_map(|&position| self.release.items.get(position));
            lists.push((
                phase.name,
                items.map(|item| format!("{}  {}", item.path, bytes(item.size))).collect(),
            ));
        }
        let gone = |paths: &[Box<str>]| paths.iter().map(|path| path.to_string()).collect::<Vec<_>>();
        lists.push(("deleted", gone(&self.plan.deleted)));
        lists.push(("deleted, since their time is over", gone(&self.plan.expired)));
        lists.retain(|(_, paths)| !paths.is_empty());
        lists
    }

    fn phases(&self) -> Vec<Value> {
        let phase = |phase: &crate::publish::Phase| {
            let items = self.plan.send.get(phase.from..phase.to).unwrap_or_default();
            let items = items.iter().filter_map(|&position| self.release.items.get(position));
            let files: Vec<Value> =
                items.map(|item| json!({ "path": item.path, "bytes": item.size })).collect();
            json!({ "phase": phase.name, "files": files })
        };
        self.plan.phases.iter().map(phase).collect()
    }

    /// What was done, in a line for people.
    pub(super) fn tell_end(&self, console: &Console, dry_run: bool, took: Duration) {
        let (plan, host) = (self.plan, &self.host.name.value);
        let seconds = took.as_secs_f64();
        let gone = plan.deleted.len() + plan.expired.len();
        console.tell(&if dry_run {
            "a dry run: nothing was changed".to_owned()
        } else if plan.send.is_empty() && gone == 0 {
            let files = counted(plan.unchanged.0, "file is", "files are");
            format!("{host} is up to date: {files} there as they should be")
        } else {
            let size = plan.new.1 + plan.changed.1;
            let rate = bytes((size as f64 / seconds.max(0.001)) as u64);
            let sent = counted(plan.send.len(), "file", "files");
            let done = [
                (!plan.send.is_empty()).then(|| format!("{sent} sent, {} ({rate}/s)", bytes(size))),
                (gone > 0).then(|| format!("{} deleted", counted(gone, "file", "files"))),
            ];
            let done = done.into_iter().flatten().collect::<Vec<_>>().join(", ");
            format!("published to {host}: {done}; {seconds:.2} s\n{}", self.base_url.root())
        });
    }

    /// The same for programs, as their last line.
    pub(super) fn tell_programs(&self, console: &Console, dry_run: bool, took: Duration) {
        let plan = self.plan;
        console.data(&json!({
            "event": if dry_run { "planned" } else { "published" },
            "host": self.host.name.value,
            "dry_run": dry_run,
            "new": plan.new.0,
            "changed": plan.changed.0,
            "unchanged": plan.unchanged.0,
            "deleted": plan.deleted.len() + plan.expired.len(),
            "waiting": plan.waiting,
            "bytes": plan.new.1 + plan.changed.1,
            "seconds": took.as_secs_f64(),
        }));
    }
}

/// Paths, all or the first few.
fn listed(paths: &[String], all: bool) -> Vec<String> {
    let shown = if all || paths.len() <= FEW + 1 { paths.len() } else { FEW };
    let mut lines: Vec<String> = paths.iter().take(shown).map(|path| format!("  {path}")).collect();
    if shown < paths.len() {
        let more = HumanCount((paths.len() - shown) as u64);
        lines.push(format!("  … and {more} more, which --verbose lists"));
    }
    lines
}

/// A number with what it counts.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", HumanCount(count as u64), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_cut_where_that_saves_lines() {
        let paths = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(listed(&paths(21), false).len(), 21);
        let cut = listed(&paths(1_522), false);
        assert_eq!((cut.len(), cut[20].as_str()), (21, "  … and 1,502 more, which --verbose lists"));
        assert_eq!(listed(&paths(1_522), true).len(), 1_522);
    }
}
