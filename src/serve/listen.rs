//! Where the preview listens, and by which addresses it can be reached.
//!
//! Owns the choice of a port, and what this machine is called. It answers nobody.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

use super::Refused;

/// The port that is tried first, unless one is asked for.
const PORT: u16 = 8080;

/// How many after it are tried.
const MORE: u16 = 100;

/// A port that is listened at.
pub(super) struct Listening {
    pub(super) socket: TcpListener,
    /// What stands before the paths of addresses: `http://127.0.0.1:8080`.
    pub(super) origin: String,
    /// The addresses at which other machines reach it.
    pub(super) elsewhere: Vec<SocketAddr>,
    /// Another port than the first that was tried.
    pub(super) moved: bool,
}

/// Listens at an address: at the port that is asked for (0 for any that is free), or at the first of
/// the usual ones that is free.
pub(super) async fn listen(host: IpAddr, port: Option<u16>) -> Result<Listening, Refused> {
    let first = port.unwrap_or(PORT);
    let last = if port.is_some() { first } else { PORT + MORE };
    let mut tried = first;
    let socket = loop {
        match TcpListener::bind(SocketAddr::new(host, tried)).await {
            Ok(socket) => break socket,
            // Windows keeps some ports for itself.
            Err(error)
                if tried < last
                    && matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) =>
            {
                tried += 1;
            }
            Err(error) => return Err(refused(host, first, last, &error)),
        }
    };
    let at = socket.local_addr().map_err(|error| refused(host, first, last, &error))?;
    let here = SocketAddr::new(if host.is_unspecified() { loopback(host) } else { host }, at.port());
    let elsewhere = elsewhere(host).into_iter().map(|ip| SocketAddr::new(ip, at.port())).collect();
    Ok(Listening { socket, origin: format!("http://{here}"), elsewhere, moved: tried != first })
}

fn refused(host: IpAddr, first: u16, last: u16, error: &io::Error) -> Refused {
    let at = SocketAddr::new(host, first);
    let (message, help) = match error.kind() {
        ErrorKind::AddrInUse if last > first => (
            format!("the ports {first} to {last} of {host} are all taken"),
            "end one of the programs there, or name a free port with `--port PORT`",
        ),
        ErrorKind::AddrInUse => (
            format!("port {first} of {host} is taken by another program"),
            "name another with `--port PORT`, or leave `--port` out for the next one that is free",
        ),
        ErrorKind::AddrNotAvailable => (
            format!("this machine has no address {host}"),
            "leave `--host` out, or name an address of this machine; 0.0.0.0 stands for all",
        ),
        ErrorKind::PermissionDenied => {
            (format!("this user may not listen at port {first}"), "name a port above 1023 with `--port PORT`")
        }
        _ => (format!("the preview cannot listen at {at}: {error}"), "choose with `--host` and `--port`"),
    };
    Refused { message, help: help.to_owned() }
}

fn loopback(host: IpAddr) -> IpAddr {
    match host {
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    }
}

/// The addresses by which other machines may reach whoever listens at `host`.
fn elsewhere(host: IpAddr) -> Vec<IpAddr> {
    if host.to_canonical().is_loopback() {
        return Vec::new();
    }
    if !host.is_unspecified() {
        return vec![host];
    }
    let Ok(interfaces) = if_addrs::get_if_addrs() else { return vec![host] };
    let mut found: Vec<IpAddr> = interfaces.iter().map(if_addrs::Interface::ip).collect();
    // Most systems hear IPv4 as well where all of IPv6 is listened at. What is valid on one link
    // alone cannot be written into a browser.
    found.retain(|ip| match ip {
        IpAddr::V4(ip) => !ip.is_loopback() && !ip.is_link_local(),
        IpAddr::V6(ip) => host.is_ipv6() && !ip.is_loopback() && !ip.is_unicast_link_local(),
    });
    found.sort_unstable();
    found.dedup();
    found
}

/// What this machine is called in its network.
pub(super) fn machine() -> Vec<String> {
    let name = gethostname::gethostname().to_string_lossy().to_lowercase();
    let short = name.split('.').next().unwrap_or(&name);
    let mut names = vec![format!("{short}.local"), short.to_owned(), name.clone()];
    names.retain(|name| !name.is_empty() && !name.starts_with('.'));
    names
}
