//! The preview's own pages, styles and scripts, which come with the program.

/// A file below `/_bashu/assets/`: its bytes.
pub(super) fn asset(name: &str) -> Option<&'static [u8]> {
    match name {
        "client.js" => Some(include_bytes!("assets/client.js")),
        _ => None,
    }
}
