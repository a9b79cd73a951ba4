//! `publish` in `site.yaml`: the hosts that a site is published to.
//!
//! Owns what is said of a host, its defaults and its faults. It never knows how files get there
//! (`publish` does), and never holds a secret: a password in `site.yaml` is a fault.

use super::BaseUrl;
use crate::yaml::Spanned;

/// A place that the site is published to, as `site.yaml` describes it.
#[derive(Debug, Clone)]
pub struct Host {
    /// What the site calls it; its place in `site.yaml` is where messages point.
    pub name: Spanned<String>,
    /// What it is.
    pub kind: HostKind,
    /// Where readers find the site there, if not at the site's base URL.
    pub base_url: Option<BaseUrl>,
    /// Whether drafts go there as well.
    pub drafts: bool,
    /// Cache lifetimes by pattern, before Bashu's own; the first that fits is taken.
    pub cache: Vec<CacheRule>,
    /// Compressed copies beside the files of text: `.gz`, `.br`.
    pub copies: Vec<Compression>,
    /// How files of text are compressed at hosts that send them as they are stored.
    pub encoding: Option<Compression>,
    /// Files of rules that go with the site.
    pub rules: Vec<RuleFile>,
    /// What must hold before anything is published.
    pub require: Require,
    /// Patterns of paths that Bashu never writes or deletes there.
    pub keep: Vec<Spanned<String>>,
    /// Days after which fingerprinted assets that no page uses any more are deleted.
    pub grace: u32,
    /// How many files are sent at a time.
    pub parallel: usize,
    /// Programs that are told what changed, each with its arguments.
    pub after: Vec<Vec<String>>,
}

/// A kind of host, with what it is reached by.
#[derive(Debug, Clone)]
pub enum HostKind {
    /// A branch of a git repository.
    Git(GitHost),
    /// Amazon S3 and what is compatible with it.
    S3(S3Host),
    /// Azure Blob Storage.
    Azblob(AzblobHost),
    /// Google Cloud Storage.
    Gcs(GcsHost),
    /// A WebDAV server.
    Webdav(WebdavHost),
    /// A server by SFTP.
    Sftp(SftpHost),
    /// A server, or a folder, by `rsync`.
    Rsync(RsyncHost),
    /// A folder of releases and a symbolic link to the one that is live.
    Dir(DirHost),
    /// A plain folder, for hosts that take one.
    Folder(FolderHost),
}

/// A branch of a git repository.
#[derive(Debug, Clone)]
pub struct GitHost {
    /// The repository's URL or path.
    pub remote: String,
    /// The branch.
    pub branch: String,
    /// Whether each publish adds a commit, or the branch is one commit that is replaced.
    pub history: bool,
}

/// Amazon S3 and what is compatible with it.
#[derive(Debug, Clone)]
pub struct S3Host {
    /// The bucket.
    pub bucket: String,
    /// The folder in it, without slashes at its ends; may be empty.
    pub prefix: String,
    /// The region.
    pub region: String,
    /// The endpoint's URL; Amazon's if there is none.
    pub endpoint: Option<String>,
    /// Whether the bucket's name stands in the host's (`virtual`) or in the path.
    pub virtual_host: bool,
    /// What the names of its environment variables begin with instead of `AWS`.
    pub credentials: Option<String>,
}

/// Azure Blob Storage.
#[derive(Debug, Clone)]
pub struct AzblobHost {
    /// The container; `$web` for static websites.
    pub container: String,
    /// The folder in it.
    pub prefix: String,
    /// The storage account's name, if neither the environment nor the endpoint says so.
    pub account: Option<String>,
    /// The endpoint's URL.
    pub endpoint: Option<String>,
    /// What the names of its environment variables begin with instead of `AZURE_STORAGE`.
    pub credentials: Option<String>,
}

/// Google Cloud Storage.
#[derive(Debug, Clone)]
pub struct GcsHost {
    /// The bucket.
    pub bucket: String,
    /// The folder in it.
    pub prefix: String,
    /// The endpoint's URL; Google's if there is none.
    pub endpoint: Option<String>,
}

/// A WebDAV server.
#[derive(Debug, Clone)]
pub struct WebdavHost {
    /// The server's URL, with the path that WebDAV begins at.
    pub endpoint: String,
    /// The folder below it.
    pub prefix: String,
    /// What the names of its environment variables begin with instead of `WEBDAV`.
    pub credentials: Option<String>,
}

/// A server by SFTP. Names, ports and keys of `~/.ssh/config` hold.
#[derive(Debug, Clone)]
pub struct SftpHost {
    /// The server: `example.org` or `user@example.org`.
    pub host: String,
    /// Its port, if not what `ssh` takes.
    pub port: Option<u16>,
    /// The folder there, absolute.
    pub path: String,
    /// A file with a private key, if not what `ssh` takes.
    pub key: Option<String>,
}

/// A server, or a folder, by `rsync`.
#[derive(Debug, Clone)]
pub struct RsyncHost {
    /// The destination as `rsync` takes it: `user@example.org:/srv/www`, or a folder.
    pub to: String,
    /// The port of `ssh`, if not what it takes.
    pub port: Option<u16>,
    /// A file with a private key, if not what `ssh` takes.
    pub key: Option<String>,
}

/// A folder of releases and a symbolic link to the one that is live.
#[derive(Debug, Clone)]
pub struct DirHost {
    /// The folder, relative to the site's; `current` in it is the link.
    pub path: String,
    /// How many releases are kept, the live one included.
    pub releases: usize,
}

/// A plain folder.
#[derive(Debug, Clone)]
pub struct FolderHost {
    /// The folder, relative to the site's.
    pub path: String,
}

/// A cache lifetime for the paths that a pattern fits.
#[derive(Debug, Clone)]
pub struct CacheRule {
    /// The pattern: `*` within a name, `**` over folders.
    pub pattern: Spanned<String>,
    /// The value of `Cache-Control` (RFC 9111, 5.2.2).
    pub value: String,
}

/// A way of compressing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Compression {
    /// gzip (RFC 1952).
    Gzip,
    /// Brotli (RFC 7932).
    Brotli,
}

/// A file of rules that some hosts read from the site itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleFile {
    /// `_headers`, of Netlify and Cloudflare Pages.
    Headers,
    /// `_redirects`, of Netlify, Cloudflare Pages and GitLab Pages.
    Redirects,
}

/// What must hold before anything is published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Require {
    /// All of the site's files are committed to git.
    pub committed: bool,
    /// `bashu check parity` finds nothing.
    pub parity: bool,
    /// No translation is stale or unmarked.
    pub translations: bool,
}

impl HostKind {
    /// Its name in `site.yaml`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Git(_) => "git",
            Self::S3(_) => "s3",
            Self::Azblob(_) => "azblob",
            Self::Gcs(_) => "gcs",
            Self::Webdav(_) => "webdav",
            Self::Sftp(_) => "sftp",
            Self::Rsync(_) => "rsync",
            Self::Dir(_) => "dir",
            Self::Folder(_) => "folder",
        }
    }

    /// Whether it changes from one site to the next in one step, and readers see nothing between.
    pub fn changes_at_once(&self) -> bool {
        matches!(self, Self::Dir(_) | Self::Git(_))
    }
}

impl Compression {
    /// Its name in `site.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Brotli => "brotli",
        }
    }

    /// Its name in `Content-Encoding` (RFC 9110, 8.4.1).
    pub fn token(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }

    /// How names of compressed copies end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Gzip => "gz",
            Self::Brotli => "br",
        }
    }
}
