//! What is wrong with the site, over the last good page.

use std::fs;

use serde_json::json;

use super::Step;
use super::preview::Preview;
use super::replaced::badge;
use crate::program::bashu;
use crate::webdriver::{Browser, ESCAPE};

pub(super) const STEPS: &[Step] = &[
    ("faults: the panel has the terminal's words, and goes", panel),
    ("faults: a broken template, mended", template),
    ("faults: a broken site.yaml at the start, mended", start),
    ("faults: warnings are a badge, and what is folded stays so", folded),
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
    let run = bashu(preview.path("").as_path(), &["build"]);
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
    fs::write(preview.path("site.yaml"), crate::fixture::SITE).unwrap();
    browser.wait("document.title === 'Ants' && document.querySelector('main p')");
    browser.wait(&format!("{SHOWN} === ''"));
}

fn folded(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    preview.edit(ANTS, "title: Ants", "title: Ants\nunknown_key: 1");
    browser.wait(&format!("{}", badge("faults")));
    let is_error = browser.run(&format!("return {}.classList.contains('error')", badge("faults")));
    if is_error == json!(false) {
        assert_eq!(browser.text_of(&format!("return {}.textContent", badge("faults"))), "1 warning");
        browser.find_by(&format!("return {}", badge("faults"))).click();
    }
    browser.wait(&format!("{SHOWN} !== ''"));
    browser.press(ESCAPE);
    browser.wait(&format!("{SHOWN} === '' && {} !== null", badge("faults")));
    // The same faults, after the page is loaded again.
    browser.reload();
    browser.wait(&format!("{} !== null", badge("faults")));
    assert_eq!(browser.text_of(&format!("return {SHOWN}")), "");
    preview.edit(ANTS, "title: Ants", "title: [");
    browser.wait(&format!("{SHOWN} !== ''"));
}
