//! The hosts: a file for each kind.
//!
//! Owns the list of kinds. A new kind has its keys in `config::hosts` and `config::publish`, and
//! one line here.

mod dir;
mod folder;
mod local;

use super::open::Context;
use super::place::Place;
use super::trouble::Trouble;
use super::whole::Whole;
use crate::config::HostKind;

/// How a host is changed.
pub(super) enum Way {
    /// File by file.
    Place(Box<dyn Place>),
    /// In one step.
    Whole(Box<dyn Whole>),
}

/// Connects to a host, as far as that is needed to ask it something.
pub(super) fn open(context: &Context<'_>) -> Result<Way, Trouble> {
    match &context.host.kind {
        HostKind::Dir(host) => dir::open(context, host).map(Way::Whole),
        HostKind::Folder(host) => folder::open(context, host).map(Way::Place),
        HostKind::Git(_)
        | HostKind::S3(_)
        | HostKind::Azblob(_)
        | HostKind::Gcs(_)
        | HostKind::Webdav(_)
        | HostKind::Sftp(_)
        | HostKind::Rsync(_) => Err(Trouble::Failed("not built yet".to_owned())),
    }
}
