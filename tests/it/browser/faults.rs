//! What is wrong with the site, over the last good page.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;

use super::Step;
use super::preview::Preview;
use super::replaced::badge;
use crate::fixture;
use crate::program::bashu;
use crate::webdriver::{Browser, ESCAPE};

pub(super) const STEPS: &[Step] = &[
    ("faults: the panel has the terminal's words, and goes", panel),
    ("faults: a broken template, mended", template),
    ("faults: a broken site.yaml at the start, mended", start),
    ("faults: warnings are a badge, and what is folded stays so", folded),
    ("faults: places open the editor", editor),
];

const ANTS: &str = "content/a/ants.en.md";

/// What the panel shows.
const SHOWN: &str =
    "[...document.querySelector('bashu-preview').shadowRoot.querySelectorAll('.panel:not([hidden]) pre')]
    .map((it) => it.textContent).join('\\n\\n')";

fn panel(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    browser.find("#field").keys("kept");
    preview.edit(ANTS, "title: Ants", "title: [Ants");
    preview.edit("content/a/ants.zh.md", "六条腿", "六条[腿](没有.zh.md)");
    browser.wait(&format!("{SHOWN}.includes('没有.zh.md')"));
    let run = bashu(preview.path("").as_path(), &["build", "--quiet"]);
    let shown = browser.text_of(&format!("return {SHOWN}"));
    assert!(run.err.starts_with(&shown), "the panel:\n{shown}\nthe terminal:\n{}", run.err);
    let state = browser
        .run("return [window.survives, document.activeElement.id, document.querySelector('h1').textContent]");
    assert_eq!(state, json!([true, "field", "Ants"]));
    preview.edit(ANTS, "title: [Ants", "title: Ants!");
    preview.edit("content/a/ants.zh.md", "[腿](没有.zh.md)", "腿");
    browser.wait(&format!("{SHOWN} === '' && document.title === 'Ants!'"));
    assert_eq!(browser.run(&format!("return [window.survives, {}]", badge("faults"))), json!([true, null]));
}

fn template(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    preview.edit("templates/article.html", "{{ page.content }}", "{{ page.content");
    browser.wait(&format!("{SHOWN}.includes('template-syntax')"));
    assert_eq!(browser.text_of("return document.title"), "Ants");
    // One that is whole and fails with this page.
    preview.edit("templates/article.html", "{{ page.content", "{{ page.nothing.more }}{{ page.content }}");
    browser.wait(&format!("{SHOWN}.includes('template-runtime')"));
    assert_eq!(
        browser.text_of("return document.querySelector('main p').textContent"),
        "Paragraph 1 is about ants."
    );
    preview.edit("templates/article.html", "{{ page.nothing.more }}", "Mended. ");
    browser
        .wait(&format!("{SHOWN} === '' && document.querySelector('main').textContent.includes('Mended.')"));
    assert_eq!(browser.run("return window.survives"), json!(true));
}

fn start(browser: &Browser) {
    let preview = Preview::start("== site.yaml\ntitle: [\n");
    browser.goto(&preview.url("/en/a/ants/"));
    browser.wait(&format!(
        "{SHOWN}.includes('yaml-syntax') || document.body.textContent.includes('yaml-syntax')"
    ));
    fs::write(preview.path("site.yaml"), fixture::SITE).unwrap();
    browser.wait("document.title === 'Ants' && document.querySelector('main p')");
    browser.wait(&format!("{SHOWN} === ''"));
}

fn folded(browser: &Browser) {
    let preview =
        Preview::start(&format!("== site.yaml\n{}messages: {{broken-link: warning}}\n", fixture::SITE));
    preview.open(browser, "/en/a/ants/");
    preview.edit(ANTS, "Paragraph 1 is", "[Nothing](none.en.md) is");
    browser.wait(&format!("{}.textContent === '1 warning'", badge("faults")));
    assert_eq!(browser.text_of(&format!("return {SHOWN}")), "");
    browser.find_by(&format!("return {}", badge("faults"))).click();
    browser.wait(&format!("{SHOWN}.includes('none.en.md') && {} === null", badge("faults")));
    browser.press(ESCAPE);
    browser.wait(&format!("{SHOWN} === '' && {} !== null", badge("faults")));
    // A page's own come first. That order is no news.
    preview.edit("content/a/bees.en.md", "They fly.", "[Nothing](none.en.md) flies.");
    browser.wait(&format!("{}.textContent === '2 warnings'", badge("faults")));
    browser.find_by(&format!("return {}", badge("faults"))).click();
    for page in ["ants", "bees"] {
        browser.goto(&preview.url(&format!("/en/a/{page}/")));
        browser.wait(&format!("{SHOWN}.split(' --> ')[1]?.startsWith('content/a/{page}.en.md')"));
    }
    browser.press(ESCAPE);
    preview.open(browser, "/en/a/ants/");
    browser.wait(&format!("{SHOWN} === '' && {} !== null", badge("faults")));
    // Errors open the panel; what was folded stays folded when the page is loaded again.
    preview.edit(ANTS, "title: Ants", "title: [");
    browser.wait(&format!("{SHOWN} !== ''"));
    browser.press(ESCAPE);
    browser.wait(&format!("{SHOWN} === ''"));
    browser.reload();
    browser.wait(&format!("{}.classList.contains('error')", badge("faults")));
    assert_eq!(browser.text_of(&format!("return {SHOWN}")), "");
    preview.edit(ANTS, "title: [", "title: {");
    browser.wait(&format!("{SHOWN} !== ''"));
}

/// An editor that leaves an empty file with the place in its name.
fn editor(browser: &Browser) {
    let preview = Preview::start_with("", &["--editor", "touch {file}.{line}.{column}"]);
    preview.open(browser, "/en/a/ants/");
    preview.edit(ANTS, "Paragraph 1 is", "[Nothing](none.en.md) is");
    let place = "document.querySelector('bashu-preview').shadowRoot.querySelector('button.place')";
    browser.wait(&format!("{place}.textContent.startsWith('content/a/ants.en.md:')"));
    let at = browser.text_of(&format!("return {place}.textContent")).replace(':', ".");
    browser.find_by(&format!("return {place}")).click();
    let end = Instant::now() + Duration::from_secs(20);
    while !preview.path(&at).exists() {
        assert!(Instant::now() < end, "{at} was not opened");
        std::thread::sleep(Duration::from_millis(10));
    }
    fs::remove_file(preview.path(&at)).unwrap();
}
