//! The list of articles, and two versions side by side.

use serde_json::json;

use super::Step;
use super::preview::Preview;
use crate::webdriver::Browser;

pub(super) const STEPS: &[Step] = &[
    ("desk: two pages scroll together", together),
    ("desk: a remark leads to its passage in both", remark),
    ("desk: frames and remarks follow the files", followed),
    ("desk: links lead to the other pair, and back", links),
    ("desk: the list is filtered, and leads to the pair", list),
];

/// Two versions of a long text, the Chinese one much shorter, without the twentieth paragraph and
/// with another number in the thirtieth.
fn start() -> Preview {
    let english: String = (1..=40)
        .map(|n| format!("Paragraph {n} tells of ants. {}\n\n", "They carry leaves. ".repeat(n % 7 * 3)))
        .collect();
    let chinese = |n: usize| {
        let told = if n == 30 { 99 } else { n };
        format!("第{told}段说的是蚂蚁。{}\n\n", "它们搬运树叶。".repeat(n % 7 * 3))
    };
    let chinese: String = (1..=40).filter(|n| *n != 20).map(chinese).collect();
    Preview::start(&format!(
        "== content/a/ants.en.md\n---\ntitle: Ants\n---\n{english}[Bees](bees.en.md)\n\
         == content/a/ants.zh.md\n---\ntitle: 蚂蚁\ntranslated_from: en\n---\n{chinese}[蜜蜂](bees.en.md)\n"
    ))
}

/// Both pages are there, and the remarks.
const READY: &str = "document.querySelectorAll('iframe').length === 2 && document.querySelector('.remark')
    && [...document.querySelectorAll('iframe')].every((it) => it.contentDocument.querySelectorAll('main p').length > 9)";

/// Where the paragraphs that begin with these words stand in the windows of both.
fn tops(browser: &Browser, left: &str, right: &str) -> Vec<f64> {
    let script = "return [...document.querySelectorAll('iframe')].map((it, n) => {
        const is = (p) => p.textContent.startsWith(arguments[n]);
        return [...it.contentDocument.querySelectorAll('main p')].find(is).getBoundingClientRect().top;
    })";
    let tops = browser.run_with(script, json!([left, right]));
    tops.as_array().unwrap().iter().map(|top| top.as_f64().unwrap()).collect()
}

fn together(browser: &Browser) {
    let preview = start();
    browser.goto(&preview.url("/_bashu/pair?id=a/ants"));
    browser.wait(READY);
    let view = |n: usize| format!("document.querySelectorAll('iframe')[{n}].contentWindow");
    for (leader, n) in [(0, 10), (0, 33), (1, 25), (1, 8), (0, 21)] {
        let (left, right) = (format!("Paragraph {n} "), format!("第{n}段"));
        let words = if leader == 0 { &left } else { &right };
        let (leading, other) = (view(leader), view(1 - leader));
        // The line at which both are level is two fifths down the window.
        browser.run_with(
            &format!(
                "const view = {leading};
                 view.dispatchEvent(new view.WheelEvent('wheel'));
                 const is = (p) => p.textContent.startsWith(arguments[0]);
                 const top = [...view.document.querySelectorAll('main p')].find(is).getBoundingClientRect().top;
                 window.before = {other}.scrollY;
                 view.scrollTo(0, Math.round(view.scrollY + top - view.innerHeight * 0.4));"
            ),
            json!([words]),
        );
        browser.wait(&format!("{other}.scrollY !== window.before"));
        let tops = tops(browser, &left, &right);
        assert!((tops[0] - tops[1]).abs() < 3.0, "paragraph {n}: {tops:?}");
    }
    // Both begin and end together.
    for top in ["1e6", "0"] {
        browser.run(&format!(
            "const view = {}; view.dispatchEvent(new view.WheelEvent('wheel')); view.scrollTo(0, {top})",
            view(0)
        ));
        let end = |n: usize| {
            let view = view(n);
            match top {
                "0" => format!("{view}.scrollY === 0"),
                _ => format!(
                    "{view}.scrollY + {view}.innerHeight >= {view}.document.documentElement.scrollHeight - 2"
                ),
            }
        };
        browser.wait(&format!("{} && {}", end(0), end(1)));
    }
}

fn remark(browser: &Browser) {
    let preview = start();
    browser.goto(&preview.url("/_bashu/pair?id=a/ants"));
    browser.wait(READY);
    let wrong = "[...document.querySelectorAll('.remark')].find((it) => it.textContent.includes('99'))";
    browser.wait(wrong);
    browser.find_by(&format!("return {wrong}.querySelector('button')")).click();
    let lit = "[...document.querySelectorAll('iframe')].map((it) => [...it.contentWindow.CSS.highlights.get('bashu-now')].join())";
    browser.wait(&format!("{lit}[1].includes('99')"));
    assert!(browser.run(&format!("return {lit}"))[0].as_str().unwrap().contains("30"));
    // It is in both windows once they have come there.
    let seen = "[...document.querySelectorAll('iframe')].every((it) => {
        const { top, bottom } = [...it.contentWindow.CSS.highlights.get('bashu-now')][0].getBoundingClientRect();
        return top >= 0 && bottom <= it.contentWindow.innerHeight;
    })";
    browser.wait(seen);
    // A click at a passage chooses its remark.
    browser.press("k");
    browser.wait("document.querySelectorAll('.remark.now').length === 1");
}

fn followed(browser: &Browser) {
    let preview = start();
    browser.goto(&preview.url("/_bashu/pair?id=a/ants"));
    browser.wait(READY);
    let wrong = "[...document.querySelectorAll('.remark')].some((it) => it.textContent.includes('99'))";
    browser.wait(wrong);
    let stays = "[...document.querySelectorAll('iframe')].every((it) => it.contentWindow.survives)";
    browser.run("for (const it of document.querySelectorAll('iframe')) it.contentWindow.survives = true");
    preview.edit("content/a/ants.zh.md", "第99段", "第30段");
    browser.wait(&format!("!({wrong})"));
    assert_eq!(browser.run(&format!("return {stays}")), json!(true));
    std::fs::remove_file(preview.path("content/a/ants.zh.md")).unwrap();
    browser.wait("document.querySelectorAll('iframe').length === 1 && document.querySelector('.note code')");
    assert_eq!(browser.text_of("return document.querySelector('#id').textContent"), "a/ants");
}

fn links(browser: &Browser) {
    let preview = start();
    browser.goto(&preview.url("/_bashu/pair?id=a/ants"));
    browser.wait(READY);
    browser.run("document.querySelector('iframe').contentDocument.querySelector('main a').click()");
    browser.wait("document.title.startsWith('Bees') && document.querySelector('.note code')");
    assert_eq!(
        browser.text_of("return document.querySelector('.note code').textContent"),
        "bashu translations start a/bees --to zh"
    );
    browser.run("history.back()");
    browser.wait(READY);
    assert_eq!(browser.text_of("return document.querySelector('#id').textContent"), "a/ants");
}

fn list(browser: &Browser) {
    let preview = start();
    browser.goto(&preview.url("/_bashu/"));
    browser.wait("document.querySelectorAll('tbody tr').length > 2");
    let settings = std::fs::read_to_string(preview.path("site.yaml")).unwrap();
    preview.edit("site.yaml", "languages:", "langauges:");
    browser.wait("document.querySelector('#faults').textContent.includes('error')");
    std::fs::write(preview.path("site.yaml"), settings).unwrap();
    browser.wait("document.querySelector('#faults').textContent === ''");
    browser.press("/");
    browser.press("bees");
    browser.wait("document.querySelectorAll('tbody tr').length === 1 && location.search === '?q=bees'");
    browser.run("document.querySelector('tbody th a').click()");
    browser.wait("document.title.startsWith('Bees') && document.querySelector('iframe')");
    assert!(browser.text_of("return document.querySelector('#list').href").ends_with("/_bashu/?q=bees"));
}
