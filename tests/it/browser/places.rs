//! Where a page is: gone, moved, not published, not found.

use std::fs;

use serde_json::json;

use super::Step;
use super::preview::Preview;
use super::replaced::badge;
use crate::webdriver::Browser;

pub(super) const STEPS: &[Step] = &[
    ("gone: a page that is deleted goes to its section", deleted),
    ("gone: a page whose slug changes goes to its new address", renamed),
    ("gone: a slug that changes while nobody is there to tell", renamed_meanwhile),
    ("unpublished: the page and links to it are marked", unpublished),
    ("not found: in the language of the address", not_found),
    ("corner: leads to the preview's own pages, not in frames", corner),
];

fn renamed_meanwhile(browser: &Browser) {
    let mut preview = Preview::start("");
    preview.open(browser, "/en/a/bees/");
    preview
        .restart(|preview| preview.edit("content/a/bees.en.md", "title: Bees", "title: Bees\nslug: hornets"));
    browser.run("dispatchEvent(new Event('focus'))");
    browser.wait("location.pathname === '/en/a/hornets/' && document.title === 'Bees'");
}

fn deleted(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/bees/");
    preview.remove("content/a/bees.en.md");
    browser.wait("location.pathname === '/en/a/'");
    browser.wait(&format!("{}.textContent.startsWith('/en/a/bees/ is gone')", badge("former")));
    browser.find_by(&format!("return {}.querySelector('button')", badge("former"))).click();
    browser.wait(&format!("{} === null", badge("former")));
}

fn renamed(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/bees/");
    preview.edit("content/a/bees.en.md", "title: Bees", "title: Bees\nslug: hornets");
    browser.wait("location.pathname === '/en/a/hornets/' && document.title === 'Bees'");
    browser.wait(&format!("{}.textContent.startsWith('Moved here from /en/a/bees/')", badge("former")));
}

fn unpublished(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/bees/");
    assert_eq!(browser.run(&format!("return {}", badge("unpublished"))), json!(null));
    preview.edit("content/a/bees.en.md", "title: Bees", "title: Bees\ndraft: true");
    browser.wait(&format!("{}.textContent === 'Draft · not published'", badge("unpublished")));
    preview.edit("content/a/bees.en.md", "draft: true", "date: 2999-12-01");
    browser.wait(&format!("{}.textContent.startsWith('Waits for 2999-12-01')", badge("unpublished")));
    preview.edit("content/a/ants.en.md", "Paragraph 1 is", "[Bees](bees.en.md) and");
    preview.open(browser, "/en/a/ants/");
    let mark = "document.querySelector('main a[href$=\"/bees/\"]').dataset.bashuUnpublished";
    browser.wait(&format!("{mark} === 'Waits for 2999-12-01'"));
    browser.wait("getComputedStyle(document.querySelector('main a'), '::after').content.includes('Waits')");
    assert_eq!(browser.run(&format!("return {}", badge("unpublished"))), json!(null));
    // Changes of the page leave the mark alone, and one that is published loses it.
    preview.edit("content/a/ants.en.md", "[Bees](bees.en.md) and", "[All bees](bees.en.md) and");
    browser.wait("document.querySelector('main a').textContent === 'All bees'");
    browser.wait(&format!("{mark} === 'Waits for 2999-12-01'"));
    preview.edit("content/a/bees.en.md", "date: 2999-12-01", "date: 2001-12-01");
    browser.wait(&format!("{mark} === undefined"));
    assert_eq!(browser.run("return window.survives"), json!(true));
}

fn not_found(browser: &Browser) {
    let preview = Preview::start("");
    for (path, lang, fallback) in [("/en/none/", "en", "/en/"), ("/zh/none/", "zh-Hans", "/zh/")] {
        preview.open(browser, path);
        assert_eq!(browser.text_of("return document.documentElement.lang"), lang);
        assert_eq!(browser.text_of("return document.querySelector('.enter a').pathname"), fallback);
    }
    // The page comes when its file does.
    preview.open(browser, "/en/a/moths/");
    fs::write(preview.path("content/a/moths.en.md"), "---\ntitle: Moths\n---\nThey are here.\n").unwrap();
    browser.wait("document.title === 'Moths'");
}

fn corner(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/zh/a/ants/");
    let root = "document.querySelector('bashu-preview').shadowRoot";
    browser.find_by(&format!("return {root}.querySelector('.opener')")).click();
    let links = browser.run(&format!(
        "return [...{root}.querySelectorAll('.menu:not([hidden]) a')].map((it) => it.getAttribute('href'))"
    ));
    assert_eq!(links, json!(["/_bashu/pair?at=%2Fzh%2Fa%2Fants%2F", "/_bashu/"]));
    browser.run("document.body.insertAdjacentHTML('beforeend', '<iframe src=\"/en/a/ants/\"></iframe>')");
    browser.enter(&browser.find("iframe"));
    browser.wait("document.title === 'Ants' && document.readyState === 'complete'");
    preview.edit("content/a/ants.en.md", "Paragraph 1 is", "Paragraph one is");
    browser.wait("document.querySelector('main').textContent.includes('Paragraph one is')");
    assert_eq!(browser.run("return document.querySelector('bashu-preview')"), json!(null));
    browser.leave();
}
