//! The keys of a host, in the table that serves reading, documentation and the schema.
//!
//! Owns names and their meanings in a sentence. What values are right is known by those who read them.

use crate::yaml::{Field, Shape};

/// The keys of a host: one of the kinds, and what holds for all of them.
pub(crate) const HOST: &[Field] = &[
    Field::new(
        "git",
        Shape::Map(GIT),
        "A branch of a git repository, for Pages of GitHub, GitLab, Codeberg and Gitea.",
    ),
    Field::new(
        "s3",
        Shape::Map(S3),
        "A bucket of Amazon S3 or what is compatible with it: R2, MinIO, Garage.",
    ),
    Field::new("azblob", Shape::Map(AZBLOB), "A container of Azure Blob Storage."),
    Field::new("gcs", Shape::Map(GCS), "A bucket of Google Cloud Storage."),
    Field::new("webdav", Shape::Map(WEBDAV), "A WebDAV server."),
    Field::new("sftp", Shape::Map(SFTP), "A server by SFTP, through the installed ssh."),
    Field::new("rsync", Shape::Map(RSYNC), "A server, or a folder, by the installed rsync."),
    Field::new("dir", Shape::Map(DIR), "A folder of releases, with a link that is switched in one step."),
    Field::new("folder", Shape::Map(FOLDER), "A plain folder, for hosts that take one."),
    Field::new(
        "base_url",
        Shape::Text,
        "Where readers find the site at this host; the site's base_url by default.",
    ),
    Field::new("drafts", Shape::Bool, "Whether drafts are published here as well; false by default."),
    Field::new(
        "cache",
        Shape::Names(&Shape::Text),
        "Cache lifetimes by pattern: `\"*.html\": no-cache`; the first that fits is taken.",
    ),
    Field::new(
        "copies",
        Shape::List(&Shape::OneOf(&["gzip", "brotli"])),
        "Compressed copies beside the files of text, for servers that look for them.",
    ),
    Field::new(
        "encoding",
        Shape::OneOf(&["gzip", "brotli"]),
        "Files of text are stored compressed, at hosts that send them as they are stored.",
    ),
    Field::new(
        "rules",
        Shape::List(&Shape::OneOf(&["_headers", "_redirects"])),
        "Files of rules that go with the site, for hosts that read them.",
    ),
    Field::new(
        "require",
        Shape::List(&Shape::OneOf(&["committed", "parity", "translations"])),
        "What must hold before anything is published.",
    ),
    Field::new(
        "keep",
        Shape::List(&Shape::Text),
        "Patterns of paths that are never written or deleted there.",
    ),
    Field::new(
        "grace",
        Shape::Integer,
        "Days after which fingerprinted assets that no page uses any more are deleted; 7 by default.",
    ),
    Field::new(
        "parallel",
        Shape::Integer,
        "How many files are sent at a time, 1 to 64; the host's usual number by default.",
    ),
    Field::new(
        "after",
        Shape::List(&Shape::Either(&Shape::Text, &Shape::List(&Shape::Text))),
        "Programs that are run when something has changed, and read the changed URLs, one a line.",
    ),
];

const GIT: &[Field] = &[
    Field::new("remote", Shape::Text, "The repository's URL or path; needed."),
    Field::new("branch", Shape::Text, "The branch; needed."),
    Field::new(
        "history",
        Shape::Bool,
        "Whether each publish adds a commit (the default), or the branch is one commit.",
    ),
];

const S3: &[Field] = &[
    Field::new("bucket", Shape::Text, "The bucket; needed."),
    Field::new("prefix", Shape::Text, "The folder in it; the bucket itself by default."),
    Field::new("region", Shape::Text, "The region; `auto` by default."),
    Field::new("endpoint", Shape::Text, "The endpoint's URL; Amazon's by default."),
    Field::new(
        "style",
        Shape::OneOf(&["path", "virtual"]),
        "Where the bucket's name stands in URLs; `path` with an endpoint, else `virtual`.",
    ),
    Field::new(
        "credentials",
        Shape::Text,
        "What the names of its environment variables begin with; AWS by default.",
    ),
];

const AZBLOB: &[Field] = &[
    Field::new("container", Shape::Text, "The container; needed. Static websites are in `$web`."),
    Field::new("prefix", Shape::Text, "The folder in it."),
    Field::new("account", Shape::Text, "The storage account."),
    Field::new("endpoint", Shape::Text, "The endpoint's URL; that of the account by default."),
    Field::new(
        "credentials",
        Shape::Text,
        "What the names of its environment variables begin with; AZURE_STORAGE by default.",
    ),
];

const GCS: &[Field] = &[
    Field::new("bucket", Shape::Text, "The bucket; needed."),
    Field::new("prefix", Shape::Text, "The folder in it."),
    Field::new("endpoint", Shape::Text, "The endpoint's URL; Google's by default."),
];

const WEBDAV: &[Field] = &[
    Field::new("endpoint", Shape::Text, "The server's URL; needed."),
    Field::new("prefix", Shape::Text, "The folder below it."),
    Field::new(
        "credentials",
        Shape::Text,
        "What the names of its environment variables begin with; WEBDAV by default.",
    ),
];

const SFTP: &[Field] = &[
    Field::new(
        "host",
        Shape::Text,
        "The server, as ssh knows it: `example.org` or `user@example.org`; needed.",
    ),
    Field::new("port", Shape::Integer, "Its port."),
    Field::new("path", Shape::Text, "The folder there, absolute; needed."),
    Field::new("key", Shape::Text, "A file with a private key; ssh's own by default."),
];

const RSYNC: &[Field] = &[
    Field::new("to", Shape::Text, "The destination as rsync takes it: `user@example.org:/srv/www`; needed."),
    Field::new("port", Shape::Integer, "The port of ssh."),
    Field::new("key", Shape::Text, "A file with a private key; ssh's own by default."),
];

const DIR: &[Field] = &[
    Field::new(
        "path",
        Shape::Text,
        "The folder, from the site's folder; needed. The link in it is called `current`.",
    ),
    Field::new(
        "releases",
        Shape::Integer,
        "How many releases are kept, the live one included; 5 by default.",
    ),
];

const FOLDER: &[Field] = &[Field::new("path", Shape::Text, "The folder, from the site's folder; needed.")];
