//! The preview's own pages, styles and scripts, which come with the program.

/// A file below `/_bashu/assets/`: its bytes.
pub(super) fn asset(name: &str) -> Option<&'static [u8]> {
    Some(match name {
        "client.js" => include_bytes!("assets/client.js"),
        "fault.css" => include_bytes!("assets/fault.css"),
        _ => return None,
    })
}
