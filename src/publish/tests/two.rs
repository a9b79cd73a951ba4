//! Two runs at one place: one wins, the other says so, and what a run that was thought dead does when
//! it wakes up is made right.

use std::sync::{Arc, Barrier};
use std::time::Duration;

use super::dice::Dice;
use super::killed::{Made, is_settled};
use super::place::{End, How, World};
use super::site::Site;
use super::{Start, code, host, release};
use crate::publish::manifest::{BEAT, MANIFEST};

/// Three sites, the first of them published.
fn sites(seed: u64) -> (World, [Arc<Made>; 3]) {
    let (host, mut dice) = (host(), Dice::new(seed));
    let first = Site::random(&mut dice);
    let sites = [first.edited(&mut dice), first.edited(&mut dice), first];
    let sites = sites.map(|site| Arc::new(Made::new(&site, &host)));
    let world = World::new(seed);
    sites[2].publish(Start::new(&world, &host)).unwrap();
    (world, sites)
}

/// A run is stalled at each of its changes while another takes over and comes to its end.
#[test]
fn a_run_that_wakes_up_says_that_it_lost_and_the_next_one_makes_all_right() {
    let host = host();
    let (mut stalled, mut settled) = (0, 0);
    for seed in 0..30 {
        for at in 0.. {
            let (world, [one, other, first]) = sites(seed);
            if other.output == one.output || other.output == first.output {
                break;
            }
            let start = Start::new(&world, &host);
            let lost = start.with(&one.release, |session, plan, memory| {
                let (world, other) = (world.clone(), Arc::clone(&other));
                memory.before_change(at, move || {
                    let host = super::host();
                    other.publish(Start::new(&world, &host)).unwrap();
                });
                let stop = std::sync::atomic::AtomicBool::new(false);
                let ended = session.carry_out(&one.release, plan, &super::Tally::new(&|_| {}, &stop));
                Ok((ended, memory.changes() > at))
            });
            let (ended, woke) = lost.unwrap();
            if !woke {
                ended.unwrap();
                break;
            }
            stalled += 1;
            let codes: Vec<&str> = ended.unwrap_err().iter().map(|d| d.code.name).collect();
            assert_eq!(codes, ["host-conflict"], "{seed} {at}");
            // Nothing of ours is left in doubt once the other publishes again.
            settled += usize::from(is_settled(start, &other, &[]).is_ok());
            other.publish(start).unwrap();
            is_settled(start, &other, &[]).unwrap_or_else(|why| panic!("{seed} {at}: {why}"));
        }
    }
    assert!(stalled > 100, "{stalled}");
    // The run that lost has done harm in some of these, or the test shows nothing.
    assert!(settled < stalled, "{settled} of {stalled}");
}

#[test]
fn a_run_at_work_is_left_alone() {
    let host = host();
    for (name, look) in [(BEAT, 4), (MANIFEST, 6), (BEAT, 15)] {
        let (world, [one, other, _]) = sites(3);
        let start = Start::new(&world, &host);
        start.ending(End { at: 1, how: How::After }).run(&one.release).unwrap_err();
        let before = world.paths();
        let ended = start.with(&other.release, |session, plan, memory| {
            let alive = world.clone();
            memory.before_look(look, move || {
                let text = alive.get(name).unwrap_or_default();
                alive.put(name, &text);
            });
            let stop = std::sync::atomic::AtomicBool::new(false);
            session.carry_out(&other.release, plan, &super::Tally::new(&|_| {}, &stop))?;
            Ok(())
        });
        let codes: Vec<&str> = ended.unwrap_err().iter().map(|d| d.code.name).collect();
        assert_eq!(codes, ["host-conflict"], "{name}");
        let after: Vec<String> = world.paths().into_iter().filter(|path| path != BEAT).collect();
        assert_eq!(after, before);
    }
}

#[test]
fn a_checkout_knows_its_own_runs() {
    let host = host();
    let (world, [one, other, _]) = sites(5);
    let checkout = tempfile::tempdir().unwrap();
    let start = Start { site: checkout.path(), ..Start::new(&world, &host) };
    let killed = start.ending(End { at: 1, how: How::After });
    // Without a folder for it no lock, and the host is watched.
    killed.run(&one.release).unwrap_err();
    assert!(!checkout.path().join(".bashu").exists());
    assert!(start.run(&one.release).unwrap().waited);
    // With one the run is known, and taken over at once.
    std::fs::create_dir(checkout.path().join(".bashu")).unwrap();
    killed.run(&other.release).unwrap_err();
    let ran = start.run(&other.release).unwrap();
    assert!(!ran.waited);
    assert_eq!(ran.notes, ["an earlier run at `live` has not ended; this one completes it"]);
    // That of another checkout is watched.
    killed.run(&one.release).unwrap_err();
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::create_dir(elsewhere.path().join(".bashu")).unwrap();
    assert!(Start { site: elsewhere.path(), ..start }.run(&one.release).unwrap().waited);
    // While one is at work, another one is not begun.
    let lock = std::fs::File::open(checkout.path().join(".bashu/publish/live")).unwrap();
    lock.lock().unwrap();
    assert_eq!(code(start.run(&other.release)), "host-conflict");
    drop(lock);
    start.run(&other.release).unwrap();
    is_settled(start, &other, &[]).unwrap();
}

/// Two threads begin at the same moment: whoever says that it is done has won.
#[test]
fn of_two_at_once_one_wins() {
    for seed in 0..20 {
        let (world, [one, other, _]) = sites(seed);
        let barrier = Barrier::new(2);
        let ended = std::thread::scope(|scope| {
            let threads = [&one, &other].map(|made| {
                let (world, barrier) = (&world, &barrier);
                scope.spawn(move || {
                    let host = host();
                    let release = release(&host, &made.output);
                    let start = Start { patience: Duration::from_millis(300), ..Start::new(world, &host) };
                    barrier.wait();
                    start.run(&release).is_ok()
                })
            });
            threads.map(|thread| thread.join().unwrap())
        });
        assert!(ended.contains(&true), "{seed}");
        let host = host();
        let start = Start::new(&world, &host);
        match ended {
            [true, false] => is_settled(start, &one, &[]),
            [false, true] => is_settled(start, &other, &[]),
            // One after the other.
            _ => is_settled(start, &one, &[]).or_else(|_| is_settled(start, &other, &[])),
        }
        .unwrap_or_else(|why| panic!("{seed} {ended:?}: {why}"));
    }
}
