//! Publishing to real servers on loopback, by the program itself.
//!
//! A host's file says how its server is started and looked into; [`scenes`] are what every host is
//! put through.

#[cfg(unix)]
mod dir;
mod folder;
mod half;
#[cfg(feature = "hosts")]
mod killed;
mod proxy;
#[cfg(feature = "hosts")]
mod reader;
mod rsync;
#[cfg(feature = "hosts")]
mod s3;
mod scenes;
mod server;
mod sftp;
mod site;
mod sshd;
#[cfg(feature = "hosts")]
mod toll;
#[cfg(feature = "hosts")]
mod webdav;

pub(crate) use site::tree;
