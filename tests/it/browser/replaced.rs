//! A page that is replaced in place: what a reader did to it stays.

use serde_json::{Value, json};

use super::Step;
use super::preview::Preview;
use crate::webdriver::{Browser, LEFT};

pub(super) const STEPS: &[Step] = &[
    ("edit: the words change and the page stays", words),
    ("edit: what one reads stays where it is", reading),
    ("edit: only the block that changed is touched", touched),
    ("edit: a script of the theme keeps its work", scripts),
    ("edit: a changed script loads the page", changed_script),
    ("picture: replaced under its name, it is loaded again", picture),
    ("style: swapped without loading the page", style),
    ("tabs: only the page that changed is told", tabs),
    ("restart: the page catches up", restart),
];

const ANTS: &str = "content/a/ants.en.md";

fn words(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    browser.find("#more summary").click();
    browser.find("#area").keys("kept");
    browser.find("#box").click();
    browser.run("document.getElementById('scroller').scrollTop = 40");
    browser.find("#field").keys(&format!("abcd{LEFT}"));
    preview.edit(ANTS, "Paragraph 2 is", "Paragraph two is");
    preview.edit(ANTS, "title: Ants", "title: The Ants");
    browser.wait("document.title === 'The Ants' && document.querySelector('main').textContent.includes('Paragraph two is')");
    let state = browser.run(
        "const id = (name) => document.getElementById(name);
        return [window.survives, id('more').open, id('area').value, id('box').checked, id('scroller').scrollTop,
            document.activeElement.id, id('field').value, id('field').selectionStart]",
    );
    assert_eq!(state, json!([true, true, "kept", true, 40, "field", "abcd", 3]));
    // And again: the page goes on from what it became.
    preview.edit(ANTS, "Paragraph two is", "Paragraph II is");
    browser.wait("document.querySelector('main').textContent.includes('Paragraph II is')");
    assert_eq!(browser.run("return [window.survives, document.activeElement.id]"), json!([true, "field"]));
}

fn reading(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    let tenth =
        "[...document.querySelectorAll('main p')].find((p) => p.textContent.includes('Paragraph 20 '))";
    browser.run(&format!(
        "scrollTo(0, {tenth}.getBoundingClientRect().top - 10); getSelection().selectAllChildren({tenth})"
    ));
    let top = browser.run(&format!("return {tenth}.getBoundingClientRect().top"));
    preview.edit(ANTS, "Paragraph 1 is", "A new one.\n\nAnd another.\n\nParagraph 1 is");
    browser.wait("document.querySelector('main').textContent.includes('And another.')");
    // Two frames later, when the browser may have scrolled by itself.
    let script = format!(
        "const done = arguments[0];
        requestAnimationFrame(() => requestAnimationFrame(() => done({tenth}.getBoundingClientRect().top)))"
    );
    let now = browser.run_async(&script, json!([]));
    let apart = (now.as_f64().unwrap() - top.as_f64().unwrap()).abs();
    assert!(apart <= 1.0, "{top} became {now}");
    assert_eq!(browser.text_of("return getSelection().toString()"), "Paragraph 20 is about ants.");
    // What changed cannot be seen; a badge says where it is, and leads there.
    browser.wait(&format!("{}.textContent.startsWith('Changed above')", badge("changed")));
    browser.find_by(&format!("return {}", badge("changed"))).click();
    browser.wait("[...document.querySelectorAll('main p')].some((p) => p.textContent === 'And another.' && p.getBoundingClientRect().top > 0)");
}

/// The badge of a name, in a script.
pub(super) fn badge(name: &str) -> String {
    format!("document.querySelector('bashu-preview').shadowRoot.querySelector('[data-name={name}]')")
}

fn touched(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    browser.run(
        "window.records = [];
        new MutationObserver((list) => records.push(...list)).observe(document.querySelector('main'),
            { subtree: true, childList: true, characterData: true, attributes: true })",
    );
    preview.edit(ANTS, "Paragraph 3 is", "Paragraph 3 was");
    browser.wait("document.querySelector('main').textContent.includes('Paragraph 3 was')");
    let of_an_edit = browser.run("return records.splice(0).map((it) => [it.type, it.target.data])");
    assert_eq!(of_an_edit, json!([["characterData", "Paragraph 3 was about ants."]]));
    preview.edit(ANTS, "Paragraph 3 was", "An insertion.\n\nParagraph 3 was");
    browser.wait("document.querySelector('main').textContent.includes('An insertion')");
    let of_an_insertion = browser.run(
        "const all = records.splice(0);
        return [all.every((it) => it.type === 'childList' && it.removedNodes.length === 0),
            all.flatMap((it) => [...it.addedNodes].map((node) => node.textContent.trim()).filter(Boolean))]",
    );
    assert_eq!(of_an_insertion, json!([true, ["An insertion."]]));
}

/// A theme whose scripts change the page, as those of many do.
fn scripted(source: &str) -> String {
    format!(
        r#"== templates/article.html
<!doctype html>
<html lang="en" class="plain">
<head><meta charset="utf-8"><title>{{{{ page.title }}}}</title>
<script>document.documentElement.classList.add("has-script"); window.runs = (window.runs ?? 0) + 1</script>
</head>
<body>
<main>{{{{ page.content }}}}</main>
<script src="{{{{ asset(path="own.js") }}}}"></script>
</body>
</html>
== assets/own.js
{source}
window.loads = (window.loads ?? 0) + 1;
for (const table of document.querySelectorAll("table")) {{
  const box = document.createElement("div");
  box.className = "box";
  table.replaceWith(box);
  box.append(table);
}}
for (const pre of document.querySelectorAll("pre")) pre.insertAdjacentHTML("afterend", "<button>Copy</button>");
"#
    )
}

const TABLE: &str = "== content/a/ants.en.md
---
title: Ants
---
First.

| Legs | Eyes |
|---|---|
| six | two |

```
listing
```

Last.
";

fn scripts(browser: &Browser) {
    let preview = Preview::start(&(scripted("") + TABLE));
    preview.open(browser, "/en/a/ants/");
    preview.edit(ANTS, "| six |", "| many |");
    preview.edit(ANTS, "Last.", "Inserted.\n\nLast.");
    browser.wait("document.body.textContent.includes('Inserted.')");
    browser.wait("document.body.textContent.includes('many')");
    let state = browser.run(
        "return [window.survives, window.runs, window.loads, document.documentElement.className,
            document.querySelectorAll('table').length, document.querySelector('.box > table td').textContent,
            document.querySelector('pre + button + p').textContent]",
    );
    assert_eq!(state, json!([true, 1, 1, "plain has-script", 1, "many", "Inserted."]));
    // An inline script that is new runs, once.
    preview.edit(
        "templates/article.html",
        "<main>",
        "<script>window.added = (window.added ?? 0) + 1</script><main>",
    );
    browser.wait("window.added");
    preview.edit(ANTS, "Inserted.", "Again.");
    browser.wait("document.body.textContent.includes('Again.')");
    assert_eq!(browser.run("return [window.survives, window.added, window.runs]"), json!([true, 1, 1]));
}

fn changed_script(browser: &Browser) {
    let preview = Preview::start(&(scripted("window.version = 1;") + TABLE));
    preview.open(browser, "/en/a/ants/");
    preview.edit("assets/own.js", "window.version = 1", "window.version = 2");
    browser.wait("window.version === 2");
    assert_eq!(browser.run("return [window.survives ?? null, window.loads]"), json!([null, 1]));
}

fn picture(browser: &Browser) {
    let svg = |width| format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="9"/>"#);
    let pictures = format!("== static/one.svg\n{0}\n== content/a/two.svg\n{0}\n", svg(10));
    let preview = Preview::start(&pictures);
    preview.edit(ANTS, "Paragraph 1 is", "![One](/one.svg) ![Two](two.svg) Paragraph 1 is");
    preview.open(browser, "/en/a/ants/");
    let widths = "[...document.images].map((image) => image.naturalWidth).join()";
    browser.wait(&format!("{widths} === '10,10'"));
    for (file, expected) in [("static/one.svg", "20,10"), ("content/a/two.svg", "20,20")] {
        preview.edit(file, &svg(10), &svg(20));
        browser.wait(&format!("{widths} === '{expected}'"));
    }
    // What the page says next is what counts.
    preview.edit(ANTS, "![One](/one.svg)", "![Two](two.svg)");
    browser.wait(
        "document.images.length === 2 && [...document.images].every(({ src }) => src.includes('two.svg'))",
    );
    assert_eq!(browser.run("return window.survives"), json!(true));
}

fn style(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    browser.run(
        "window.seen = new Set();
        (function look() { seen.add(getComputedStyle(document.body).color); requestAnimationFrame(look) })()",
    );
    preview.edit("assets/style.css", "rgb(1, 2, 3)", "rgb(4, 5, 6)");
    browser.wait("getComputedStyle(document.body).color === 'rgb(4, 5, 6)'");
    browser.wait("document.querySelectorAll('link[rel=stylesheet]').length === 1");
    let state = browser.run("return [window.survives, ...[...seen].sort()]");
    // There was no moment without either of them.
    let allowed = [json!([true, "rgb(1, 2, 3)", "rgb(4, 5, 6)"]), json!([true, "rgb(1, 2, 3)"])];
    assert!(allowed.contains(&state), "{state}");
}

fn tabs(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    let (ants, _) = browser.open_tab();
    preview.open(browser, "/zh/a/ants/");
    let (chinese, bees) = browser.open_tab();
    preview.open(browser, "/en/a/bees/");
    let watch = "window.records = 0;
        new MutationObserver((list) => records += list.length).observe(document,
            { subtree: true, childList: true, characterData: true, attributes: true })";
    for tab in [&ants, &chinese, &bees] {
        browser.switch(tab);
        browser.run(watch);
    }
    preview.edit("content/a/ants.zh.md", "六条腿", "六条腿，两只眼");
    browser.switch(&chinese);
    browser.wait("document.querySelector('main').textContent.includes('两只眼')");
    for (tab, changed) in [(&ants, false), (&chinese, true), (&bees, false)] {
        browser.switch(tab);
        let state = browser.run("return [window.survives, records > 0]");
        assert_eq!(state, json!([true, changed]));
    }
    preview.edit("content/a/bees.en.md", "They fly.", "They fly far.");
    browser.switch(&bees);
    browser.wait("document.querySelector('main').textContent.includes('fly far')");
    browser.close_tab();
    browser.switch(&chinese);
    browser.close_tab();
    browser.switch(&ants);
    assert_eq!(browser.run("return [window.survives, records]"), json!([true, 0]));
}

fn restart(browser: &Browser) {
    let mut preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    browser.find("#field").keys("kept");
    preview.restart(|preview| {
        browser.wait("document.querySelector('bashu-preview').dataset.state === 'away'");
        browser.wait(&format!("{}.textContent.includes('not running')", badge("away")));
        preview.edit(ANTS, "Paragraph 1 is", "Paragraph one is");
    });
    // It would come by itself, after some seconds; whoever comes back to the window need not wait.
    browser.run("dispatchEvent(new Event('focus'))");
    browser.wait("document.querySelector('main').textContent.includes('Paragraph one is')");
    browser.wait(&format!("{} === null", badge("away")));
    let state = browser.run("return [window.survives, document.getElementById('field').value]");
    assert_eq!(state, json!([true, "kept"]));
    // It hears of what comes then, too.
    preview.edit(ANTS, "Paragraph one is", "Paragraph I is");
    browser.wait("document.querySelector('main').textContent.includes('Paragraph I is')");
    assert_eq!(browser.run("return window.survives"), Value::Bool(true));
}
