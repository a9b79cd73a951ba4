//! The preview's own pages, styles and scripts, which come with the program.

/// A file below `/_bashu/assets/`: its bytes.
pub(super) fn asset(name: &str) -> Option<&'static [u8]> {
    match name {
        "client.js" => Some(include_bytes!("assets/client.js")),
        "connect.js" => Some(include_bytes!("assets/desk/connect.js")),
        "desk.css" => Some(include_bytes!("assets/desk/desk.css")),
        "list.html" => Some(include_bytes!("assets/desk/list.html")),
        "list.js" => Some(include_bytes!("assets/desk/list.js")),
        "make.js" => Some(include_bytes!("assets/desk/make.js")),
        "pair.css" => Some(include_bytes!("assets/desk/pair.css")),
        "pair.html" => Some(include_bytes!("assets/desk/pair.html")),
        "pair.js" => Some(include_bytes!("assets/desk/pair.js")),
        "passages.js" => Some(include_bytes!("assets/desk/passages.js")),
        "remarks.js" => Some(include_bytes!("assets/desk/remarks.js")),
        "scroll.js" => Some(include_bytes!("assets/desk/scroll.js")),
        _ => None,
    }
}
