//! What the preview shows now: the edition in its press, and what is wrong with the files.
//!
//! Owns the one place where the workshop puts a new edition and everybody else finds it. It never
//! makes one.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::watch;

use super::press::Press;

/// What is shown at one moment.
#[derive(Clone, Default)]
pub(super) struct Now {
    /// Counts what was shown, from 1; 0 before anything was.
    pub(super) number: u64,
    /// The edition; `None` as long as there is nothing that could be rendered.
    pub(super) press: Option<Press>,
    /// What is wrong with the site's files, as [`crate::diag::values`] has it.
    pub(super) faults: Arc<Vec<Value>>,
}

/// The place where it stands.
#[derive(Clone)]
pub(super) struct Stage(Arc<watch::Sender<Arc<Now>>>);

impl Stage {
    /// One on which nothing stands yet.
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(Arc::new(Now::default()))))
    }

    /// What is shown.
    pub(super) fn now(&self) -> Arc<Now> {
        self.0.borrow().clone()
    }

    /// Shows something else; returns it with its number.
    pub(super) fn show(&self, press: Option<Press>, faults: Arc<Vec<Value>>) -> Arc<Now> {
        let now = Arc::new(Now { number: self.now().number + 1, press, faults });
        self.0.send_replace(now.clone());
        now
    }

    /// What is shown, once there is anything: a browser that is quicker than the first edition waits.
    pub(super) async fn first(&self) -> Arc<Now> {
        let mut changes = self.0.subscribe();
        match changes.wait_for(|now| now.number > 0).await {
            Ok(now) => now.clone(),
            // The sender is here, so it is not gone.
            Err(_) => self.now(),
        }
    }
}
