//! The preview's own pages, styles and scripts, which come with the program.

/// A file below `/_bashu/assets/`: its bytes.
pub(super) fn asset(name: &str) -> Option<&'static [u8]> {
    Some(match name {
        "client.js" => include_bytes!("assets/client.js"),
        "connect.js" => include_bytes!("assets/connect.js"),
        "corner.css" => include_bytes!("assets/corner.css"),
        "corner.js" => include_bytes!("assets/corner.js"),
        "count.js" => include_bytes!("assets/count.js"),
        "desk/desk.css" => include_bytes!("assets/desk/desk.css"),
        "desk/list.html" => include_bytes!("assets/desk/list.html"),
        "desk/list.js" => include_bytes!("assets/desk/list.js"),
        "desk/make.js" => include_bytes!("assets/desk/make.js"),
        "desk/pair.css" => include_bytes!("assets/desk/pair.css"),
        "desk/pair.html" => include_bytes!("assets/desk/pair.html"),
        "desk/pair.js" => include_bytes!("assets/desk/pair.js"),
        "desk/passages.js" => include_bytes!("assets/desk/passages.js"),
        "desk/remarks.js" => include_bytes!("assets/desk/remarks.js"),
        "desk/together.js" => include_bytes!("assets/desk/together.js"),
        "fault.css" => include_bytes!("assets/fault.css"),
        "files.js" => include_bytes!("assets/files.js"),
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
