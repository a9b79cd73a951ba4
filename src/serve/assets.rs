//! The preview's own pages, styles and scripts, which come with the program.

/// A file below `/_bashu/assets/`: its bytes.
pub(super) fn asset(name: &str) -> Option<&'static [u8]> {
    match name {
        "client.js" => Some(include_bytes!("assets/client.js")),
        "connect.js" => Some(include_bytes!("assets/connect.js")),
        "corner.css" => Some(include_bytes!("assets/corner.css")),
        "corner.js" => Some(include_bytes!("assets/corner.js")),
        "flash.js" => Some(include_bytes!("assets/flash.js")),
        "marks.css" => Some(include_bytes!("assets/marks.css")),
        "marks.js" => Some(include_bytes!("assets/marks.js")),
        "match.js" => Some(include_bytes!("assets/match.js")),
        "morph.js" => Some(include_bytes!("assets/morph.js")),
        "panel.js" => Some(include_bytes!("assets/panel.js")),
        "scroll.js" => Some(include_bytes!("assets/scroll.js")),
        "styles.js" => Some(include_bytes!("assets/styles.js")),
        _ => None,
    }
}
