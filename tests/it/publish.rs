//! Publishing to real servers on loopback, by the program itself.
//!
//! A host's file says how its server is started and looked into; [`scenes`] are what every host is
//! put through.

#[cfg(feature = "hosts")]
mod check;
mod command;
mod azblob;
#[cfg(unix)]
mod dir;
mod folder;
#[cfg(feature = "hosts")]
mod gcs;
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
mod web;
mod webdav;
