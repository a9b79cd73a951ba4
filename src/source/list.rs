//! The walk over a site's folder.
//!
//! Owns what happens to links, special files and names that are not UTF-8. It reads folders and
//! never opens a file; not even a file's size is asked for, which would cost as much as all the rest.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Places, skip, unreadable};
use crate::base::ContentPath;
use crate::diag::{Diagnostic, Diagnostics, code};

/// How many links to folders may lead into one another. Links that fan out at every level would
/// otherwise multiply without ever looping.
const MAX_LINKS: usize = 8;

/// All files of the site in `root`, sorted by path, and where they really are.
pub(super) fn disk(root: &Path, diags: &mut Diagnostics) -> (Vec<ContentPath>, Places) {
    let real_root = match fs::canonicalize(root) {
        Ok(root) => root,
        Err(error) => {
            let message = format!("the site's folder `{}` cannot be read: {error}", root.display());
            diags.push(
                Diagnostic::new(code::UNREADABLE, message)
                    .help("name the folder with `--site`, or run in it"),
            );
            return (Vec::new(), Places::default());
        }
    };
    let mut places = Places::default();
    places.folder(&real_root, "");
    let mut walk = Walk { root: &real_root, links: Vec::new(), found: Vec::new(), places, diags };
    for name in skip::FOLDERS.into_iter().chain([skip::SITE_FILE]) {
        walk.top(name);
    }
    let Walk { mut found, places, .. } = walk;
    found.sort_unstable();
    (found, places)
}

struct Walk<'a> {
    /// The site's folder without links, which targets are compared with.
    root: &'a Path,
    /// The real folders of the links that led here.
    links: Vec<PathBuf>,
    found: Vec<ContentPath>,
    places: Places,
    diags: &'a mut Diagnostics,
}

impl Walk<'_> {
    /// `site.yaml` or one of the folders, if it is there.
    fn top(&mut self, name: &str) {
        let real = self.root.join(name);
        let path = ContentPath::new(name);
        let meta = match fs::symlink_metadata(&real) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.diags.push(unreadable(&path, &error)),
        };
        let folder_wanted = name != skip::SITE_FILE;
        if meta.is_symlink() {
            self.link(&real, name);
        } else if meta.is_dir() && folder_wanted {
            self.folder(&real, name);
        } else if meta.is_file() && !folder_wanted {
            self.found.push(path);
        } else {
            let kind = if folder_wanted { "a folder" } else { "a file" };
            let message = format!("`{name}` must be {kind}");
            self.diags.push(
                Diagnostic::new(code::UNREADABLE, message).in_file(&path).help("rename it, or move it away"),
            );
        }
    }

    /// Everything in the folder at `real`, which the site calls `logical`.
    fn folder(&mut self, real: &Path, logical: &str) {
        let entries = match fs::read_dir(real) {
            Ok(entries) => entries,
            Err(error) => return self.diags.push(unreadable(&ContentPath::new(logical), &error)),
        };
        self.places.folder(real, logical);
        let copied = skip::copied(logical);
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.diags.push(unreadable(&ContentPath::new(logical), &error));
                    continue;
                }
            };
            let file_name = entry.file_name();
            if file_name.to_str().is_some_and(|name| skip::passed_over(name, copied)) {
                continue;
            }
            let name = format!("{logical}/{}", file_name.to_string_lossy());
            if file_name.to_str().is_none() {
                self.diags.push(
                    Diagnostic::new(code::UNREADABLE, format!("the name of `{name}` is not UTF-8"))
                        .in_file(&ContentPath::new(name))
                        .help("rename it; archives made on Chinese Windows need `unzip -O GB18030`"),
                );
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => self.folder(&entry.path(), &name),
                Ok(kind) if kind.is_file() => self.found.push(ContentPath::new(name)),
                Ok(kind) if kind.is_symlink() => self.link(&entry.path(), &name),
                Ok(_) => self.special(&name),
                Err(error) => self.diags.push(unreadable(&ContentPath::new(name), &error)),
            }
        }
    }

    /// The file or folder that a link leads to, under the link's own name.
    fn link(&mut self, real: &Path, logical: &str) {
        let path = ContentPath::new(logical);
        let target = match fs::canonicalize(real) {
            Ok(target) => target,
            Err(error) => {
                let to = fs::read_link(real).unwrap_or_default();
                self.awaited(real, &to, &path);
                let message = format!("the link `{path}` to `{}` leads nowhere: {error}", to.display());
                self.diags.push(
                    Diagnostic::new(code::UNREADABLE, message)
                        .in_file(&path)
                        .help("remove the link, or let it point at a file of the site"),
                );
                return;
            }
        };
        if !target.starts_with(self.root) {
            let message = format!("the link `{path}` leaves the site, for `{}`", target.display());
            self.diags.push(Diagnostic::new(code::LINK_LEAVES_SITE, message).in_file(&path).help(
                "put a copy of the file in the link's place, so that the site is complete wherever it is built",
            ));
            return;
        }
        let meta = match fs::metadata(&target) {
            Ok(meta) => meta,
            Err(error) => return self.diags.push(unreadable(&path, &error)),
        };
        if meta.is_file() {
            self.places.target(target, &path);
            self.found.push(path);
        } else if meta.is_dir() {
            let from = real.parent().unwrap_or(self.root).to_path_buf();
            let looping = from.starts_with(&target) || self.links.iter().any(|l| l.starts_with(&target));
            if looping || self.links.len() >= MAX_LINKS {
                let what =
                    if looping { "into a folder that it stands in" } else { "through too many others" };
                self.diags.push(
                    Diagnostic::new(code::UNREADABLE, format!("the link `{path}` leads {what}"))
                        .in_file(&path)
                        .help("remove the link"),
                );
                return;
            }
            self.links.push(from);
            self.folder(&target, logical);
            self.links.pop();
        } else {
            self.special(logical);
        }
    }

    /// A link's target that is not there may come.
    fn awaited(&mut self, link: &Path, to: &Path, path: &ContentPath) {
        let target = link.parent().unwrap_or(self.root).join(to);
        let folder = target.parent().and_then(|folder| fs::canonicalize(folder).ok());
        if let Some((folder, name)) = folder.filter(|f| f.starts_with(self.root)).zip(target.file_name()) {
            self.places.target(folder.join(name), path);
        }
    }

    /// Pipes, sockets and devices: reading one could wait for ever.
    fn special(&mut self, logical: &str) {
        let path = ContentPath::new(logical);
        self.diags.push(
            Diagnostic::new(code::UNREADABLE, format!("`{path}` is neither a file nor a folder"))
                .in_file(&path)
                .help("move it out of the site"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    fn site(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for path in files {
            let full = dir.path().join(path);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, path).unwrap();
        }
        dir
    }

    fn names(source: &Source) -> (Vec<String>, Vec<String>) {
        let mut diags = Diagnostics::new();
        let files = source.list(&mut diags);
        diags.sort();
        (
            files.into_iter().map(|f| f.as_str().to_owned()).collect(),
            diags.into_iter().map(|d| format!("{}: {}", d.code.name, d.message)).collect(),
        )
    }

    #[test]
    fn disk_and_memory_list_alike() {
        let files = [
            "site.yaml",
            "README.md",
            "content/b.zh.md",
            "content/a/index.en.md",
            "content/a.en.md",
            "content/.git/HEAD",
            "content/a.en.md~",
            "static/.well-known/x",
            "static/.git/HEAD",
            "output/index.html",
        ];
        let dir = site(&files);
        let memory = Source::memory(files.iter().map(|p| ((*p).to_owned(), p.as_bytes().to_vec())));
        let (found, diags) = names(&Source::disk(dir.path()));
        assert_eq!(diags, [""; 0]);
        assert_eq!(
            found,
            [
                "content/a.en.md",
                "content/a/index.en.md",
                "content/b.zh.md",
                "site.yaml",
                "static/.well-known/x"
            ]
        );
        assert_eq!(names(&memory).0, found);
    }

    #[test]
    fn a_folder_in_a_files_place_is_reported() {
        let dir = site(&["site.yaml/x", "content"]);
        let (found, diags) = names(&Source::disk(dir.path()));
        assert_eq!(found, [""; 0]);
        assert_eq!(
            diags,
            ["unreadable: `content` must be a folder", "unreadable: `site.yaml` must be a file"]
        );
    }

    #[test]
    fn a_site_that_is_not_there_is_reported() {
        let (_, diags) = names(&Source::disk("/no/such/site"));
        assert!(diags[0].starts_with("unreadable: the site's folder `/no/such/site` cannot be read: "));
    }

    // The numbers in the system's words are Linux's.
    #[cfg(target_os = "linux")]
    #[test]
    fn links_are_followed_within_the_site_only() {
        use std::os::unix::fs::symlink;
        let outside = site(&["secret.md"]);
        let dir = site(&["content/a/x.en.md", "shelf/y.en.md", "themes/t/theme.yaml"]);
        let at = |p: &str| dir.path().join(p);
        symlink("../shelf", at("content/shelf")).unwrap();
        symlink("a/x.en.md", at("content/z.en.md")).unwrap();
        symlink(outside.path().join("secret.md"), at("content/leak.en.md")).unwrap();
        symlink(outside.path(), at("static")).unwrap();
        symlink("nowhere", at("content/gone.en.md")).unwrap();
        symlink("self", at("content/self")).unwrap();
        symlink("..", at("content/a/up")).unwrap();
        symlink("../content/a", at("shelf/back")).unwrap();
        symlink("a@host.1", at("content/.#a.en.md")).unwrap();
        let (found, diags) = names(&Source::disk(dir.path()));
        assert_eq!(
            found,
            [
                "content/a/x.en.md",
                "content/shelf/back/x.en.md",
                "content/shelf/y.en.md",
                "content/z.en.md",
                "themes/t/theme.yaml"
            ]
        );
        let real = fs::canonicalize(outside.path()).unwrap();
        let diags = diags.join("\n").replace(real.to_str().unwrap(), "OUTSIDE");
        insta::assert_snapshot!(diags, @r"
        unreadable: the link `content/a/up` leads into a folder that it stands in
        unreadable: the link `content/gone.en.md` to `nowhere` leads nowhere: No such file or directory (os error 2)
        link-leaves-site: the link `content/leak.en.md` leaves the site, for `OUTSIDE/secret.md`
        unreadable: the link `content/self` to `self` leads nowhere: Too many levels of symbolic links (os error 40)
        unreadable: the link `content/shelf/back/up` leads into a folder that it stands in
        link-leaves-site: the link `static` leaves the site, for `OUTSIDE`
        ");
        assert!(Source::disk(dir.path()).text(&ContentPath::new("content/shelf/back/x.en.md")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_fan_out_come_to_an_end() {
        use std::os::unix::fs::symlink;
        // Every folder links twice to the next: without the bound, 2^30 files.
        let dir = site(&["content/x.en.md"]);
        for i in 0..30 {
            let folder = dir.path().join(format!("levels/{i:02}"));
            fs::create_dir_all(&folder).unwrap();
            for name in ["a", "b"] {
                symlink(format!("../{:02}", i + 1), folder.join(name)).unwrap();
            }
        }
        fs::create_dir_all(dir.path().join("levels/30")).unwrap();
        symlink("../levels/00", dir.path().join("content/l")).unwrap();
        let (found, diags) = names(&Source::disk(dir.path()));
        assert_eq!(found, ["content/x.en.md"]);
        assert!(diags.iter().all(|d| d.ends_with("leads through too many others")));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_not_utf8_are_reported() {
        use std::os::unix::ffi::OsStrExt;
        let dir = site(&["content/a.en.md"]);
        let bad = std::ffi::OsStr::from_bytes(b"\xb4\xa8\xd3\xe5");
        fs::create_dir(dir.path().join("content").join(bad)).unwrap();
        fs::write(dir.path().join("content").join(bad).join("x.en.md"), "").unwrap();
        let (found, diags) = names(&Source::disk(dir.path()));
        assert_eq!(found, ["content/a.en.md"]);
        assert_eq!(diags.len(), 1, "{diags:?}");
        assert!(diags[0].contains("is not UTF-8"));
    }

    #[cfg(unix)]
    #[test]
    fn sockets_are_not_waited_for() {
        let dir = site(&["content/a.en.md"]);
        let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("content/s.en.md")).unwrap();
        let (found, diags) = names(&Source::disk(dir.path()));
        assert_eq!(found, ["content/a.en.md"]);
        assert_eq!(diags, ["unreadable: `content/s.en.md` is neither a file nor a folder"]);
    }
}
