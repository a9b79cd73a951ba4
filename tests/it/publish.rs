//! Publishing to real servers on loopback, by the program itself.
//!
//! A host's file says how its server is started and looked into; [`scenes`] are what every host is
//! put through.

#[cfg(feature = "hosts")]
mod check;
mod command;
#[cfg(unix)]
mod dir;
mod folder;
mod nginx;
mod proxy;
mod scenes;
mod server;
mod site;
