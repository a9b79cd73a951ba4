//! The press: a thread that owns an edition and renders what is asked for.
//!
//! An engine borrows the site that it renders; a thread of its own is where both can live as long
//! as the edition is shown. Who asks gets a share of that thread's time: what takes long must ask
//! for the edition ([`Press::edition`]) and work elsewhere.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;

use tokio::sync::oneshot;

use crate::build::{Edition, Proof};
use crate::render::Engine;

type Task = Box<dyn FnOnce(&Arc<Edition>, &Engine<'_>) + Send>;

enum Order {
    Ask(Task),
    Revise(Vec<Proof>, oneshot::Sender<usize>),
}

/// An edition that is ready to be asked; cheap to clone. The thread ends with the last clone.
#[derive(Clone)]
pub(super) struct Press(mpsc::Sender<Order>);

impl Press {
    /// Starts the thread.
    pub(super) fn start(edition: Edition) -> Self {
        let (sender, orders) = mpsc::channel();
        thread::spawn(move || work(Arc::new(edition), &orders));
        Self(sender)
    }

    /// Asks something about the edition. `None` if the answer failed by a fault of this program; what
    /// is asked next is answered again.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Arc<Edition>, &Engine<'_>) -> T + Send + 'static,
    ) -> Option<T> {
        self.send(question).await.ok()
    }

    /// As [`Press::ask`], for threads that may wait.
    pub(super) fn ask_now<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Arc<Edition>, &Engine<'_>) -> T + Send + 'static,
    ) -> Option<T> {
        self.send(question).blocking_recv().ok()
    }

    fn send<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Arc<Edition>, &Engine<'_>) -> T + Send + 'static,
    ) -> oneshot::Receiver<T> {
        let (answer, receiver) = oneshot::channel();
        let task: Task = Box::new(move |edition, engine| {
            // Who asked may have gone meanwhile.
            let _ = answer.send(question(edition, engine));
        });
        // A thread that is gone drops the task, and with it the other end.
        let _ = self.0.send(Order::Ask(task));
        receiver
    }

    /// The edition itself, for what takes long.
    pub(super) async fn edition(&self) -> Option<Arc<Edition>> {
        self.ask(|edition, _| edition.clone()).await
    }

    /// Puts the words of some texts in the place of others, without a new edition; returns of how
    /// many. None while somebody works with the edition.
    pub(super) fn revise(&self, proofs: Vec<Proof>) -> usize {
        let (answer, receiver) = oneshot::channel();
        let _ = self.0.send(Order::Revise(proofs, answer));
        receiver.blocking_recv().unwrap_or(0)
    }
}

fn work(mut edition: Arc<Edition>, orders: &mpsc::Receiver<Order>) {
    loop {
        let engine = edition.engine();
        let (proofs, answer) = loop {
            match orders.recv() {
                // An edition is never changed by a question. A panic has said itself what it is.
                Ok(Order::Ask(task)) => drop(catch_unwind(AssertUnwindSafe(|| task(&edition, &engine)))),
                Ok(Order::Revise(proofs, answer)) => break (proofs, answer),
                Err(mpsc::RecvError) => return,
            }
        };
        drop(engine);
        let count = Arc::get_mut(&mut edition).map_or(0, |edition| edition.revise(proofs));
        let _ = answer.send(count);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Weak;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::base::{ContentPath, PartialDate};
    use crate::build::{Editions, Options};
    use crate::site::Clock;

    #[test]
    fn editions_go_with_their_presses() {
        let dir = tempfile::tempdir().unwrap();
        let settings = "title: A\nbase_url: https://a.example/\nlanguages: [{code: en, tag: en, name: E}]\n";
        std::fs::write(dir.path().join("site.yaml"), settings).unwrap();
        let home = ContentPath::new("content/_index.en.md");
        std::fs::create_dir(dir.path().join("content")).unwrap();
        std::fs::write(dir.path().join(home.as_str()), "---\ntitle: Home\n---\nWords.\n").unwrap();
        let options = Options::new(Clock { today: PartialDate::epoch(), drafts: true, any_day: true });
        let made: Vec<Weak<Edition>> = (0..20)
            .map(|_| {
                let edition =
                    Editions::new(dir.path()).next(&options, Vec::new(), || {}).unwrap().edition.unwrap();
                let proofs = vec![edition.proof(&home).unwrap()];
                let press = Press::start(edition);
                let other = press.clone();
                drop(press);
                assert_eq!(other.revise(proofs.clone()), 1, "nobody else has it");
                assert_eq!(other.ask_now(|_, _| -> u8 { panic!("a fault of the test") }), None);
                let kept = other.ask_now(|edition, _| edition.clone()).unwrap();
                assert_eq!(other.revise(proofs), 0, "somebody works with it");
                Arc::downgrade(&kept)
            })
            .collect();
        let begun = Instant::now();
        while made.iter().any(|edition| edition.strong_count() > 0) {
            assert!(begun.elapsed() < Duration::from_secs(60), "an edition outlives its press");
            thread::yield_now();
        }
    }
}
