//! The preview's own pages, styles and scripts, which come with the program.

/// A file below `/_bashu/assets/`: its bytes.
pub(super) fn asset(name: &str) -> Option<&'static [u8]> {
    Some(match name {
        "client.js" => include_bytes!("assets/client.js"),
        "connect.js" => include_bytes!("assets/connect.js"),
        "corner.css" => include_bytes!("assets/corner.css"),
        "corner.js" => include_bytes!("assets/corner.js"),
        "fault.css" => include_bytes!("assets/fault.css"),
        "flash.js" => include_bytes!("assets/flash.js"),
        "marks.css" => include_bytes!("assets/marks.css"),
        "marks.js" => include_bytes!("assets/marks.js"),
        "match.js" => include_bytes!("assets/match.js"),
        "morph.js" => include_bytes!("assets/morph.js"),
        "panel.js" => include_bytes!("assets/panel.js"),
        "scroll.js" => include_bytes!("assets/scroll.js"),
        "styles.js" => include_bytes!("assets/styles.js"),
        _ => return None,
    })
}
