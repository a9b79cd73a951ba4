//! Values that templates see, built by hand.
//!
//! Serialising a view anew for every page is what costs other generators their time: a value
//! built here once is shared by every page that shows it, at the price of a counted reference.

use tera::value::Key;
use tera::{Map, Value};

/// A mapping from names to values.
pub(super) fn object<const N: usize>(pairs: [(&'static str, Value); N]) -> Value {
    let mut map = Map::default();
    for (name, value) in pairs {
        map.insert(Key::Str(name), value);
    }
    Value::from(map)
}

/// HTML that is not escaped again.
pub(super) fn html(text: String) -> Value {
    Value::from(text).mark_safe()
}

/// JSON from front matter or settings.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Value {
    Value::from_serializable(value)
}
