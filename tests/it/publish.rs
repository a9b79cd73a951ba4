//! Publishing to real servers on loopback, by the program itself.
//!
//! A host's file says how its server is started and looked into; [`scenes`] are what every host is
//! put through.

#[cfg(feature = "hosts")]
mod azblob;
#[cfg(feature = "hosts")]
mod check;
mod command;
mod dir;
mod folder;
#[cfg(feature = "hosts")]
mod gcs;
mod git;
mod git_branch;
mod git_http;
mod git_others;
mod half;
#[cfg(feature = "hosts")]
mod killed;
mod nginx;
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
mod web;
#[cfg(feature = "hosts")]
mod webdav;

pub(crate) use site::tree;
