//! The hosts: a file for each kind.
//!
//! Owns the list of kinds. A new kind has its keys in `config::hosts` and `config::publish`, and
//! one line here.

#[cfg(feature = "hosts")]
mod answers;
#[cfg(feature = "hosts")]
mod credentials;
mod dir;
mod folder;
mod local;
mod rsync;
#[cfg(feature = "hosts")]
mod s3;
mod sftp;
mod ssh;
#[cfg(feature = "hosts")]
mod store;
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
        HostKind::Dir(host) => dir::open(context, host).map(Way::Whole),
        HostKind::Folder(host) => folder::open(context, host).map(Way::Place),
        HostKind::Rsync(host) => rsync::open(context, host).map(Way::Place),
        #[cfg(feature = "hosts")]
        HostKind::S3(host) => Ok(Way::Place(Box::new(s3::open(context, host)?))),
        HostKind::Sftp(host) => sftp::open(context, host).map(Way::Place),
        #[cfg(feature = "hosts")]
        HostKind::Webdav(host) => webdav::open(context, host).map(Way::Place),
        #[cfg(not(feature = "hosts"))]
        kind @ (HostKind::S3(_) | HostKind::Webdav(_)) => Err(left_out(kind)),
        HostKind::Git(_) | HostKind::Azblob(_) | HostKind::Gcs(_) => {
            Err(Trouble::Failed("not built yet".to_owned()))
        }
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
