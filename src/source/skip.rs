//! Which names belong to a site: one rule for disk and memory.
//!
//! Owns the folders that are read and what is passed over in them. It never touches the disk.

/// The folders that a site is made of, beside `site.yaml`. Everything else in the site's folder
/// (`output/`, `README.md`, `node_modules/`) is not even looked at.
pub const FOLDERS: [&str; 7] = ["assets", "content", "fonts", "static", "strings", "templates", "themes"];

/// The folder of what Bashu remembers of a site; no part of it.
pub const CACHE: &str = ".bashu";

/// The one file beside the folders.
pub(super) const SITE_FILE: &str = "site.yaml";

/// The folder that is copied as it is, and so may hold hidden files.
const COPIED: &str = "static";

/// Whether a file is part of the site, judged by its path alone.
pub(super) fn belongs(path: &str) -> bool {
    if path == SITE_FILE {
        return true;
    }
    let Some((top, below)) = path.split_once('/') else { return false };
    FOLDERS.contains(&top) && below.split('/').all(|name| !passed_over(name, copied(path)))
}

/// Whether a path stands below `static/`.
pub(super) fn copied(path: &str) -> bool {
    path.strip_prefix(COPIED).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a file or folder of this name is passed over: hidden ones, and what editors leave
/// beside the file they edit (Emacs `x~`, `#x#`, `.#x`; Vim `.x.swp`).
pub(super) fn passed_over(name: &str, copied: bool) -> bool {
    let leftover = name.ends_with('~')
        || name.starts_with(".#")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || name.ends_with(".swp");
    let hidden =
        if copied { matches!(name, ".git" | ".DS_Store") } else { name.starts_with('.') && name.len() > 1 };
    leftover || hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files_count_below_static_only() {
        for path in
            ["site.yaml", "content/a.en.md", "static/.well-known/x", "static/.htaccess", "strings/zh.ftl"]
        {
            assert!(belongs(path), "{path}");
        }
        for path in [
            "README.md",
            "output/index.html",
            "content",
            "content/.git/config",
            "content/.hidden.md",
            "contents/a.md",
            "static/.git/config",
            "static/a/.DS_Store",
            "static/.#lock",
            "content/a.md~",
            "content/#a.md#",
            "content/.a.md.swp",
            "assets/.sass-cache/x.css",
        ] {
            assert!(!belongs(path), "{path}");
        }
    }
}
