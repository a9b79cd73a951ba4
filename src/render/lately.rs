//! What was made lately, for the next who asks: a table of fixed size.
//!
//! To keep all that is asked for more than once would make memory grow with the whole site. Pages are
//! rendered in an order that asks for the same at about the same time, and a few thousand places find
//! nearly all of it again. It never decides what is made.

use std::sync::{Mutex, PoisonError};

/// A place for all keys with the same remainder.
pub(super) struct Lately<V>(Vec<Mutex<Option<(u128, V)>>>);

impl<V: Clone> Lately<V> {
    pub(super) fn new(places: usize) -> Self {
        Self((0..places).map(|_| Mutex::default()).collect())
    }

    /// What stands for a key, made anew if it is not there.
    pub(super) fn get(&self, key: u128, make: impl FnOnce() -> V) -> V {
        // Smaller than the number of places.
        let Some(place) = self.0.get((key % self.0.len().max(1) as u128) as usize) else { return make() };
        // Nothing panics while it is held, and what is in it is whole at any time.
        let lock = || place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((found, value)) = &*lock()
            && *found == key
        {
            return value.clone();
        }
        // Not while the place is locked: making may ask for others.
        let value = make();
        *lock() = Some((key, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_share_a_place_take_turns_and_are_not_mistaken() {
        let lately = Lately::new(2);
        let made = std::cell::Cell::new(0);
        let get = |key: u128| {
            let make = || {
                made.set(made.get() + 1);
                key * 10
            };
            lately.get(key, make)
        };
        assert_eq!([1, 2, 1, 3, 3, 1].map(get), [10, 20, 10, 30, 30, 10]);
        assert_eq!(made.get(), 4);
    }
}
