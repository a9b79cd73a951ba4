//! The hosts: a file for each kind.
//!
//! Owns the list of kinds. A new kind has its keys in `config::hosts` and `config::publish`, and
//! one line here.

mod above;
#[cfg(feature = "hosts")]
mod answers;
#[cfg(feature = "hosts")]
mod azblob;
#[cfg(feature = "hosts")]
mod checksum;
#[cfg(feature = "hosts")]
mod credentials;
mod dir;
mod folder;
#[cfg(feature = "hosts")]
mod gcs;
mod git;
mod local;
mod rsync;
#[cfg(feature = "hosts")]
mod s3;
mod sftp;
mod ssh;
#[cfg(feature = "hosts")]
mod store;
mod walk;
#[cfg(feature = "hosts")]
mod webdav;

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
        #[cfg(feature = "hosts")]
        HostKind::Azblob(host) => Ok(Way::Place(Box::new(azblob::open(context, host)?))),
        HostKind::Dir(host) => dir::open(context, host).map(Way::Whole),
        HostKind::Folder(host) => folder::open(context, host).map(Way::Place),
        #[cfg(feature = "hosts")]
        HostKind::Gcs(host) => Ok(Way::Place(Box::new(gcs::open(context, host)?))),
        HostKind::Rsync(host) => rsync::open(context, host).map(Way::Place),
        #[cfg(feature = "hosts")]
        HostKind::S3(host) => Ok(Way::Place(Box::new(s3::open(context, host)?))),
        HostKind::Sftp(host) => sftp::open(context, host).map(Way::Place),
        #[cfg(feature = "hosts")]
        HostKind::Webdav(host) => webdav::open(context, host).map(Way::Place),
        #[cfg(not(feature = "hosts"))]
        kind @ (HostKind::Azblob(_) | HostKind::Gcs(_) | HostKind::S3(_) | HostKind::Webdav(_)) => {
            Err(left_out(kind))
        }
        HostKind::Git(host) => git::open(context, host),
    }
}

/// What is said of a kind that this program was built without.
#[cfg(not(feature = "hosts"))]
fn left_out(kind: &HostKind) -> Trouble {
    Trouble::Unfit(
        format!("this `bashu` was built without hosts of the kind `{}`", kind.name()),
        "install it with its usual features: `cargo install bashu`".to_owned(),
    )
}
