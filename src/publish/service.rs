//! The services that hosts belong to, told from where a repository is and where readers are.
//!
//! Owns which there are, and the limits that each states. The limits are those of the services'
//! own documentation: GitHub ("GitHub Pages limits", "About large files on GitHub"), GitLab.com
//! ("Application limits", Pages), Cloudflare ("Pages: limits").

use crate::config::{BaseUrl, Host, HostKind};

/// A service that shows sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    /// GitHub Pages.
    GitHub,
    /// GitLab Pages, at gitlab.com.
    GitLab,
    /// Codeberg Pages.
    Codeberg,
    /// Cloudflare Pages.
    Cloudflare,
}

/// What a service takes.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// So many files, and what is to be known of that.
    pub files: Option<(usize, &'static str)>,
    /// So many bytes a file.
    pub file: Option<u64>,
    /// So many bytes altogether.
    pub site: Option<u64>,
}

const MIB: u64 = 1024 * 1024;
const GB: u64 = 1_000_000_000;

impl Service {
    /// The service of a host, if it is one of those known.
    pub(super) fn of(host: &Host, base_url: &BaseUrl) -> Option<Self> {
        let remote = match &host.kind {
            HostKind::Git(git) => repository(&git.remote),
            _ => None,
        };
        match remote.as_ref().map(|(server, _)| server.as_str()) {
            Some("github.com" | "ssh.github.com") => return Some(Self::GitHub),
            Some("gitlab.com" | "altssh.gitlab.com") => return Some(Self::GitLab),
            Some("codeberg.org") => return Some(Self::Codeberg),
            _ => {}
        }
        let readers = name(base_url);
        let known = [
            (".github.io", Self::GitHub),
            (".gitlab.io", Self::GitLab),
            (".codeberg.page", Self::Codeberg),
            (".pages.dev", Self::Cloudflare),
        ];
        known.iter().find(|(end, _)| readers.ends_with(end)).map(|(_, service)| *service)
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub Pages",
            Self::GitLab => "GitLab Pages",
            Self::Codeberg => "Codeberg Pages",
            Self::Cloudflare => "Cloudflare Pages",
        }
    }

    /// What it takes from a host of this kind.
    pub(super) fn limits(self, kind: &HostKind) -> Limits {
        match self {
            // A push with a larger file is refused; what comes another way is not held to that.
            Self::GitHub => Limits {
                file: matches!(kind, HostKind::Git(_)).then_some(100 * MIB),
                site: Some(GB),
                ..Limits::default()
            },
            Self::GitLab => Limits { files: Some((200_000, "")), site: Some(GB), ..Limits::default() },
            Self::Codeberg => Limits::default(),
            Self::Cloudflare => Limits {
                files: Some((20_000, " (100,000 on paid plans)")),
                file: Some(25 * MIB),
                ..Limits::default()
            },
        }
    }
}

/// The name of the server that readers ask.
pub(super) fn name(base_url: &BaseUrl) -> String {
    let url = url::Url::parse(&base_url.origin).ok();
    url.and_then(|url| url.host_str().map(str::to_lowercase)).unwrap_or_default()
}

/// A repository's server and its path there, without `.git`; nothing of a local one.
pub(super) fn repository(remote: &str) -> Option<(String, String)> {
    let (server, path) = if remote.contains("://") {
        let url = url::Url::parse(remote).ok()?;
        (url.host_str()?.to_lowercase(), url.path().to_owned())
    } else {
        // As in `git@example.org:us/site.git`; a colon behind a slash, or a drive's, is a file's.
        let (server, path) = remote.split_once(':')?;
        let server = server.rsplit_once('@').map_or(server, |(_, server)| server);
        if server.contains('/') || server.len() < 2 {
            return None;
        }
        (server.to_lowercase(), path.to_owned())
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    (!server.is_empty()).then(|| (server, path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_are_told_from_folders() {
        let repository = |remote| repository(remote).map(|(server, path)| format!("{server} {path}"));
        for (remote, expected) in [
            ("git@github.com:us/site.git", Some("github.com us/site")),
            ("https://GitHub.com/us/site", Some("github.com us/site")),
            ("ssh://git@example.org:2222/us/site.git", Some("example.org us/site")),
            ("example.org:us/site.git/", Some("example.org us/site")),
            ("../site.git", None),
            ("/srv/git/a:b.git", None),
            ("C:/git/site.git", None),
            ("file:///srv/git/site.git", None),
        ] {
            assert_eq!(repository(remote).as_deref(), expected, "{remote}");
        }
    }
}
