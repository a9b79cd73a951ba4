//! Credentials in the environment, by what the names of their variables begin with.
//!
//! Owns how they are looked up and what is said when there are none. It never says what they are.

use std::path::PathBuf;

use crate::publish::trouble::Trouble;

/// The variables of one host.
pub(super) struct Variables<'v> {
    prefix: &'v str,
}

impl<'v> Variables<'v> {
    /// Those whose names begin with `prefix` and an underscore.
    pub(super) fn new(prefix: &'v str) -> Self {
        Self { prefix }
    }

    /// The value of one; nothing if it is empty, as CI leaves those of secrets that it was not given.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        std::env::var(self.name(name)).ok().filter(|value| !value.is_empty())
    }

    /// Its whole name.
    fn name(&self, name: &str) -> String {
        format!("{}_{name}", self.prefix)
    }

    /// Several by their whole names, for messages.
    pub(super) fn names(&self, names: &[&str]) -> String {
        names.iter().map(|name| self.name(name)).collect::<Vec<_>>().join(" and ")
    }

    /// What is said if some are not set. `file` is where else they may stand.
    pub(super) fn missing(&self, names: &[&str], file: &str) -> Trouble {
        let unset: Vec<&str> = names.iter().copied().filter(|name| self.get(name).is_none()).collect();
        let beside = if file.is_empty() { String::new() } else { format!(", and there is no {file}") };
        Trouble::Refused(format!(
            "{} {} not set in the environment{beside}",
            self.names(&unset),
            if unset.len() == 1 { "is" } else { "are" }
        ))
    }
}

/// Whether there is a file in the user's own folder.
pub(super) fn file_in_home(path: &str) -> bool {
    std::env::home_dir().is_some_and(|home: PathBuf| home.join(path).is_file())
}
