//! Publishing to real servers on loopback, by the program itself.
//!
//! A host's file says how its server is started and looked into; [`scenes`] are what every host is
//! put through.

mod folder;
mod half;
mod proxy;
mod rsync;
#[cfg(feature = "hosts")]
mod s3;
mod scenes;
mod server;
mod sftp;
mod site;
mod sshd;
#[cfg(feature = "hosts")]
mod webdav;
