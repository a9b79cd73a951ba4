//! Single runs: what is sent, kept, deleted and refused, and what is said of it.

use std::collections::BTreeMap;

use super::place::{End, How, World};
use super::{Start, code, host, pattern, release};
use crate::config::Host;
use crate::publish::manifest::{BEAT, Beat, MANIFEST, Manifest};
use crate::publish::open::MaxDeletes;
use crate::publish::plan::{Plan, Standing};

type Files = BTreeMap<String, String>;

fn files(of: &[(&str, &str)]) -> Files {
    of.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Home, two pages with Chinese and odd names, an asset, a feed.
fn insects() -> Files {
    files(&[
        ("assets/style.0123456789.css", "css"),
        ("en/feed.xml", "feed"),
        ("index.html", "home"),
        ("zh/100% 蚂蚁/index.html", "ants"),
        ("zh/index.html", "zh"),
        ("zh/数据.csv", "six"),
    ])
}

#[test]
fn a_site_is_published_and_edited() {
    let (host, world) = (host(), World::new(1));
    let start = Start::new(&world, &host);
    let mut site = insects();
    let ran = start.run(&release(&host, &site)).unwrap();
    assert_eq!(ran.counts, [6, 0, 0, 0]);
    // What is pending, twice; six files; what is there.
    assert_eq!(ran.changes, 9);
    let ran = start.run(&release(&host, &site)).unwrap();
    assert_eq!((ran.counts, ran.reads, ran.changes), ([0, 0, 6, 0], 1, 0));
    assert!(ran.urls.is_empty() && ran.notes.is_empty());

    site.insert("zh/100% 蚂蚁/index.html".to_owned(), "ants have six legs".to_owned());
    let ran = start.run(&release(&host, &site)).unwrap();
    assert_eq!((ran.counts, ran.changes), ([0, 1, 5, 0], 3));
    assert_eq!(ran.urls, ["/zh/100%25%20%E8%9A%82%E8%9A%81/"]);

    site.remove("zh/数据.csv");
    site.insert("index.html".to_owned(), "home, sweet home".to_owned());
    let ran = start.run(&release(&host, &site)).unwrap();
    // What is pending, the page, what is there with what goes, the deletion, what is there.
    assert_eq!((ran.counts, ran.changes), ([0, 1, 4, 1], 5));
    assert_eq!(ran.urls, ["/", "/zh/%E6%95%B0%E6%8D%AE.csv"]);
    site.insert(MANIFEST.to_owned(), world.get(MANIFEST).unwrap());
    assert_eq!(world.paths(), site.into_keys().collect::<Vec<_>>());
}

#[test]
fn a_site_is_sent_in_an_order_that_no_reader_notices() {
    let host = host();
    let order = |standing: &Standing, site: &Files| {
        let release = release(&host, site);
        let plan = Plan::new(&release, standing, 7, 0);
        let phases = plan.phases.iter().map(|phase| {
            let paths = plan.sent(&release, phase.from, phase.to).map(|item| item.path.to_string());
            format!("{}: {}", phase.name, paths.collect::<Vec<_>>().join(", "))
        });
        (phases.collect::<Vec<_>>(), plan.turn)
    };
    let (phases, turn) = order(&Standing::default(), &insects());
    let expected = [
        "new assets and files: zh/数据.csv, assets/style.0123456789.css",
        "new pages: zh/100% 蚂蚁/index.html",
        "new indexes and feeds: en/feed.xml, zh/index.html",
        "changed indexes: index.html",
    ];
    let sorted = |phases: &[String]| {
        let sort = |phase: &String| {
            let (name, paths) = phase.split_once(": ").unwrap();
            let mut paths: Vec<String> = paths.split(", ").map(str::to_owned).collect();
            paths.sort();
            (name.to_owned(), paths)
        };
        phases.iter().map(sort).collect::<Vec<_>>()
    };
    assert_eq!(sorted(&phases), sorted(&expected.map(str::to_owned)));
    assert_eq!(turn, 5);
    // With all but one page there, and one of unknown content.
    let release = release(&host, &insects());
    let ours = release.items.iter().map(|item| (item.path.clone(), Some(item.entry()))).collect();
    let mut standing = Standing { ours, ..Standing::default() };
    standing.ours.insert("index.html".into(), None);
    standing.ours.remove("zh/index.html");
    let (phases, turn) = order(&standing, &insects());
    assert_eq!(phases, ["new indexes and feeds: zh/index.html", "changed indexes: index.html"]);
    assert_eq!(turn, 1);
}

#[test]
fn a_host_keeps_what_the_site_says() {
    let host = Host { keep: ["CNAME", "/kept/**", "en/*.txt", "tools/*/x"].map(pattern).to_vec(), ..host() };
    let world = World::new(1);
    // None of these is of others: no `--adopt` is asked for.
    let kept = files(&[
        ("CNAME", "example.org"),
        ("deep/CNAME", "example.org"),
        ("en/a.txt", "theirs"),
        ("kept/a/b.html", "theirs"),
        ("tools/a/x", "theirs"),
    ]);
    kept.iter().for_each(|(path, text)| world.put(path, text));
    let mut site = insects();
    site.extend(files(&[
        ("en/a.txt", "ours"),
        ("en/b.txt", "ours"),
        ("en/c/d.txt", "ours"),
        ("kept/c", "ours"),
    ]));
    let start = Start::new(&world, &host);
    let ran = start.run(&release(&host, &site)).unwrap();
    assert_eq!(ran.counts, [7, 0, 0, 0]);
    let stands = |path: &str| world.get(path);
    assert!(kept.iter().all(|(path, text)| stands(path).as_ref() == Some(text)));
    assert_eq!((stands("en/b.txt"), stands("kept/c")), (None, None));
    assert_eq!(stands("en/c/d.txt").unwrap(), "ours");
    // What was ours and is kept from now on is neither deleted nor known.
    let keeping = Host { keep: vec![pattern("zh/**")], ..super::host() };
    site.retain(|path, _| !path.starts_with("zh/") && path != "en/c/d.txt");
    let start = Start { host: &keeping, ..start };
    let ran = start.run(&release(&keeping, &site)).unwrap();
    assert_eq!(ran.counts[3], 1, "{ran:?}");
    assert!(stands("zh/index.html").is_some() && stands("en/c/d.txt").is_none());
    let manifest = Manifest::read(stands(MANIFEST).unwrap().as_bytes()).unwrap();
    assert!(manifest.files.keys().all(|path| !path.starts_with("zh/")));
    // A pattern that cannot be read.
    let wrong = Host { keep: vec![pattern("a[")], ..super::host() };
    let faults = crate::publish::keep::Keep::new(&wrong).unwrap_err();
    assert!(faults.iter().all(|fault| fault.code.name == "invalid-value") && !faults.is_empty());
}

#[test]
fn deletions_are_capped() {
    let (host, world) = (host(), World::new(1));
    let mut site: Files = (0..8).map(|n| (format!("{n}/index.html"), "page".to_owned())).collect();
    site.insert("assets/a.0123456789.css".to_owned(), "css".to_owned());
    site.insert("index.html".to_owned(), "home".to_owned());
    let start = Start::new(&world, &host);
    start.run(&release(&host, &site)).unwrap();
    // Three of ten; an asset that waits is no deletion.
    site.retain(|path, _| path != "1/index.html" && path != "2/index.html" && !path.starts_with("assets/"));
    site.remove("3/index.html");
    let fewer = release(&host, &site);
    let table = [
        (MaxDeletes::Percent(25), false),
        (MaxDeletes::Percent(29), false),
        (MaxDeletes::Count(2), false),
        (MaxDeletes::Count(3), true),
        (MaxDeletes::Percent(30), true),
    ];
    for (max_deletes, allowed) in table {
        let copy = world.copy(1);
        let before = copy.paths();
        let ended = Start { max_deletes, ..Start::new(&copy, &host) }.run(&fewer);
        if allowed {
            assert_eq!((ended.as_ref().unwrap().counts[3], ended.unwrap().waiting), (3, 1));
        } else {
            assert_eq!((code(ended), copy.paths()), ("too-many-deletes", before), "{max_deletes:?}");
        }
    }
}

#[test]
fn files_of_others_are_never_touched() {
    let (host, world) = (host(), World::new(1));
    let start = Start::new(&world, &host);
    world.put("old/index.html", "theirs");
    world.put("index.html", "theirs");
    let site = release(&host, &insects());
    assert_eq!(code(start.run(&site)), "foreign-host");
    assert_eq!(world.paths(), ["index.html", "old/index.html"]);
    let ran = Start { adopt: true, ..start }.run(&site).unwrap();
    assert_eq!(ran.counts, [5, 1, 0, 0]);
    assert_eq!(world.get("old/index.html").unwrap(), "theirs");

    // What has no room beside the site is not taken over at all.
    for theirs in ["zh", "index.html/odd"] {
        let world = World::new(1);
        world.put(theirs, "theirs");
        let start = Start { adopt: true, ..Start::new(&world, &host) };
        assert_eq!((code(start.run(&site)), world.paths()), ("foreign-host", vec![theirs.to_owned()]));
    }

    // Lost, it is asked for; damaged, it is made anew. Where lists tell MD5s nothing is sent again.
    world.take(MANIFEST);
    assert_eq!(code(start.run(&site)), "foreign-host");
    assert_eq!(Start { adopt: true, ..start }.run(&site).unwrap().counts, [0, 6, 0, 0]);
    world.state().md5 = true;
    world.put(MANIFEST, "{");
    let ran = start.run(&site).unwrap();
    assert_eq!((ran.counts, ran.changes), ([0, 0, 6, 0], 1));
    assert!(ran.notes[0].contains("damaged"), "{:?}", ran.notes);
    assert_eq!(start.run(&site).unwrap().changes, 0);
    assert_eq!(world.get("old/index.html").unwrap(), "theirs");
}

#[test]
fn a_site_for_another_address_is_noted_once() {
    let (host, world) = (host(), World::new(1));
    let start = Start::new(&world, &host);
    let site = release(&host, &insects());
    start.run(&site).unwrap();
    let moved = Start { base_url: "https://ants.example", ..start };
    let ran = moved.run(&site).unwrap();
    let note =
        "the site at `live` was made for https://insects.example/, and this one is for https://ants.example/";
    assert_eq!((ran.changes, ran.notes), (1, vec![note.to_owned()]));
    assert!(moved.run(&site).unwrap().notes.is_empty());
}

#[test]
fn fingerprinted_assets_wait_for_their_end_or_their_return() {
    let (host, world) = (host(), World::new(1));
    let css = "assets/style.0123456789.css";
    let with = release(&host, &insects());
    let without = release(&host, &insects().into_iter().filter(|(path, _)| path != css).collect());
    let on = |day| Start { day, ..Start::new(&world, &host) };
    on(0).run(&with).unwrap();
    assert_eq!(on(0).run(&without).unwrap().waiting, 1);
    let ran = on(6).run(&without).unwrap();
    assert_eq!((ran.waiting, ran.changes), (1, 0), "its time begins once");
    // It comes back without being sent, and its time begins anew.
    assert_eq!(on(6).run(&with).unwrap().counts, [0, 0, 6, 0]);
    on(6).run(&without).unwrap();
    assert_eq!(on(12).run(&without).unwrap().waiting, 1);
    let ran = on(13).run(&without).unwrap();
    assert_eq!((ran.waiting, ran.counts[3], world.get(css)), (0, 0, None));
    assert_eq!(ran.urls, ["/assets/style.0123456789.css"]);
    let now = Host { grace: 0, ..host.clone() };
    on(13).run(&with).unwrap();
    assert_eq!(Start { host: &now, ..on(13) }.run(&without).unwrap().counts[3], 1);
}

/// What an earlier run has sent is not sent again, as far as it is known; hooks hear of it all the same.
#[test]
fn a_run_goes_on_where_the_last_one_ended() {
    let host = host();
    let site: Files = (0..30)
        .map(|n| (format!("{n}/index.html"), format!("page {n}")))
        .chain(files(&[("index.html", "home"), ("sitemap.xml", "all")]))
        .collect();
    let release = release(&host, &site);
    let all: Vec<String> = {
        let mut urls: Vec<String> = (0..30).map(|n| format!("/{n}/")).collect();
        urls.extend(["/".to_owned(), "/sitemap.xml".to_owned()]);
        urls.sort();
        urls
    };
    // Stopped by the user: its last sign says how far it came without a gap.
    let world = World::new(1);
    assert_eq!(code(Start::new(&world, &host).stopping(&release, 20)), "publish-stopped");
    let done = Beat::read(world.get(BEAT).unwrap().as_bytes()).unwrap().done;
    assert!((1..=20).contains(&done), "{done}");
    let ran = Start::new(&world, &host).run(&release).unwrap();
    assert_eq!((ran.counts, &ran.urls), ([32 - done, 0, done, 0], &all));
    assert_eq!(world.get(BEAT), None);
    // Killed twice, without a sign, at a host that tells MD5s.
    let world = World::new(1);
    world.state().md5 = true;
    let start = Start::new(&world, &host);
    start.ending(End { at: 11, how: How::After }).run(&release).unwrap_err();
    start.ending(End { at: 11, how: How::Before }).run(&release).unwrap_err();
    let ran = start.run(&release).unwrap();
    // Eleven and ten, and of those, eleven are only known by the first.
    assert_eq!((ran.counts, &ran.urls), ([11, 0, 21, 0], &all));
}

/// A client that repeats a write whose answer was lost is told of a conflict with itself.
#[test]
fn a_conflict_with_itself_is_none() {
    let host = host();
    let mut tried = 0;
    for at in 0.. {
        let world = World::new(1);
        let start = Start::new(&world, &host);
        let site = release(&host, &insects());
        // The files of the site are sent without a condition.
        if [1, 2, 3, 4, 5, 7].contains(&at) {
            continue;
        }
        let ran = start.ending(End { at, how: How::Repeated }).run(&site).unwrap();
        tried += 1;
        if ran.changes <= at + 1 {
            break;
        }
    }
    assert_eq!(tried, 3);
}

/// A reader who has a page that goes sees what it shows as long as the page is there.
#[test]
fn pages_are_deleted_before_what_they_show() {
    let host = host();
    let shown = ["zh/ants/data.csv", "zh/ants/map.png"];
    let mut site = insects();
    let without = release(&host, &site);
    let page = "zh/ants/index.html";
    site.extend(shown.iter().chain([&page]).map(|path| ((*path).to_owned(), "ants".to_owned())));
    let with = release(&host, &site);
    let mut between = 0;
    for seed in 0..10 {
        for at in 0.. {
            let world = World::new(seed);
            let start = Start::new(&world, &host);
            start.run(&with).unwrap();
            let done = start.ending(End { at, how: How::After }).run(&without).is_ok();
            let stand = |path: &&str| world.get(path).is_some();
            assert!(!stand(&page) || shown.iter().all(stand), "{seed} {at}: {:?}", world.paths());
            between += usize::from(!stand(&page) && shown.iter().all(stand));
            if done {
                break;
            }
        }
    }
    assert!(between >= 10, "{between}");
}
