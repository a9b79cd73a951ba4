//! Systems that this test does not run on: what they say, and what they are asked to watch.

use notify::RecursiveMode::{NonRecursive, Recursive};
use notify::event::{
    AccessKind, AccessMode, CreateKind, DataChange, EventKind, MetadataKind, ModifyKind, RemoveKind,
    RenameMode,
};

use super::super::gather::What;
use super::super::hear::{WRITTEN, what};
use super::super::watches::wanted;
use crate::source::{Entry, Source};

#[test]
fn events_are_understood_whoever_tells_them() {
    let (full, empty) = (Entry::File { empty: false }, Entry::File { empty: true });
    let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    let name = |mode| EventKind::Modify(ModifyKind::Name(mode));
    let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
    let cases = [
        // inotify tells the end of writing.
        (WRITTEN, true, full, Some(What::Written)),
        (WRITTEN, true, empty, Some(What::Emptied)),
        (data, true, full, Some(What::Writing)),
        (data, true, Entry::Nothing, Some(What::Writing)),
        (opened, true, full, None),
        (name(RenameMode::Both), true, full, None),
        // FSEvents, kqueue and Windows do not, and some do not say which end of a move it is.
        (data, false, full, Some(What::Written)),
        (data, false, empty, Some(What::Emptied)),
        (data, false, Entry::Nothing, Some(What::Left)),
        (name(RenameMode::Any), false, full, Some(What::Arrived)),
        (name(RenameMode::Any), false, Entry::Nothing, Some(What::Left)),
        (EventKind::Modify(ModifyKind::Any), false, full, Some(What::Written)),
        (EventKind::Any, false, Entry::Nothing, Some(What::Left)),
        // All do.
        (EventKind::Create(CreateKind::Any), false, full, Some(What::Came)),
        (EventKind::Remove(RemoveKind::Any), false, Entry::Nothing, Some(What::Left)),
        (name(RenameMode::From), true, Entry::Nothing, Some(What::Left)),
        (name(RenameMode::To), true, full, Some(What::Arrived)),
        (EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), true, full, Some(What::Touched)),
    ];
    for (kind, tells_end, entry, expected) in cases {
        assert_eq!(what(kind, tells_end, entry), expected, "{kind:?}, {tells_end}, {entry:?}");
    }
}

#[test]
fn folders_are_watched_one_by_one_or_as_trees_and_never_what_is_between() {
    let dir = tempfile::tempdir().unwrap();
    for path in
        ["content/a/b/x.en.md", "content-old/x", "themes/t/theme.yaml", "output/x", "content/.git/objects/x"]
    {
        let full = dir.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, "").unwrap();
    }
    let root = dir.path().canonicalize().unwrap();
    let places = Source::disk(dir.path()).places();
    let folders = |by_folder| -> Vec<(String, notify::RecursiveMode)> {
        let relative = |folder: &std::path::Path| folder.strip_prefix(&root).unwrap().display().to_string();
        wanted(&places, by_folder).into_iter().map(|(folder, mode)| (relative(&folder), mode)).collect()
    };
    let alone = ["", "content", "content/a", "content/a/b", "themes", "themes/t"];
    assert_eq!(folders(true), alone.map(|folder| (folder.to_owned(), NonRecursive)));
    let trees = [("", NonRecursive), ("content", Recursive), ("themes", Recursive)];
    assert_eq!(folders(false), trees.map(|(folder, mode)| (folder.to_owned(), mode)));
}
