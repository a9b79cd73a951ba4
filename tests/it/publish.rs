//! Publishing to real servers on loopback, by the program itself.
//!
//! A host's file says how its server is started and looked into; [`scenes`] are what every host is
//! put through.

#[cfg(unix)]
mod dir;
mod folder;
#[cfg(feature = "hosts")]
mod killed;
mod proxy;
#[cfg(feature = "hosts")]
mod reader;
#[cfg(feature = "hosts")]
mod s3;
mod scenes;
mod server;
mod site;
#[cfg(feature = "hosts")]
mod toll;

pub(crate) use site::tree;
