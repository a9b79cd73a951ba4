//! Random pages, one after the other: the document becomes each of them.

use serde_json::json;

use super::Step;
use super::preview::Preview;
use crate::webdriver::Browser;

pub(super) const STEPS: &[Step] = &[("morph: random pages, each is what it should be", random)];

/// Makes a page, changes it 400 times, and returns the first change after which the document is not what
/// it should be. Paragraphs that a change does not concern must be the same elements as before.
const SCRIPT: &str = r#"
const [rounds, done] = arguments;
let seed = 7;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
const pick = (list) => list[random(list.length)];
const words = ["ants", "bees", "蚂蚁", "六条腿", "legs & eyes", "fly", "“big”", "small"];
const sentence = () => Array.from({ length: 1 + random(6) }, () => pick(words)).join(" ").replace("&", "&amp;");
let ids = 0;
const leaf = () => ({ tag: pick(["p", "p", "p", "h2", "li", "pre"]), id: random(4) ? "" : `i${++ids}`, text: sentence(), serial: ++ids });
const branch = (depth) => ({ tag: pick(["section", "div", "ul", "details"]), id: "", children: Array.from({ length: random(6) }, () => node(depth - 1)) });
const node = (depth) => (depth > 0 && random(3) === 0 ? branch(depth) : leaf());
const write = ({ tag, id, text, children, extra }) =>
  `<${tag}${id ? ` id="${id}"` : ""}${extra ?? ""}>${children ? children.map(write).join("\n") : text}</${tag}>`;
const page = (root) => `<!doctype html><html lang="en"><head><title>${root.children.length}</title></head><body>${write(root)}</body></html>`;
const parents = (root) => [root, ...root.children.flatMap((child) => (child.children ? parents(child) : []))];
function mutate(root) {
  const parent = pick(parents(root));
  const at = random(parent.children.length + 1);
  const child = parent.children[at];
  switch (random(7)) {
    case 0: parent.children.splice(at, 0, node(2)); break;
    case 1: parent.children.splice(at, 1); break;
    case 2: if (child?.text) child.text = sentence(); break;
    case 3: if (child) parent.children.splice(random(parent.children.length), 0, ...parent.children.splice(at, 1)); break;
    case 4: if (child) child.extra = pick([undefined, ' class="a b"', ' class="b c" title="x"', ' data-x=""']); break;
    case 5: if (child) parent.children[at] = { tag: "div", id: "", children: [child] }; break;
    case 6: parent.children.splice(at, 0, ...Array.from({ length: random(12) }, leaf)); break;
  }
}
(async () => {
  const { morph } = await import("/_bashu/assets/morph.js");
  const root = { tag: "main", id: "", children: Array.from({ length: 8 }, () => node(3)) };
  const expect = (html) => new DOMParser().parseFromString(html, "text/html");
  morph(page(root));
  for (let round = 0; round < rounds; round++) {
    for (let n = 1 + random(3); n > 0; n--) mutate(root);
    const html = page(root);
    morph(html);
    const wanted = expect(html);
    if (document.body.outerHTML !== wanted.body.outerHTML || document.title !== wanted.title) {
      return done({ round, is: document.body.outerHTML, wanted: wanted.body.outerHTML });
    }
  }
  // A list of two thousand, with something new at each end and in the middle.
  const many = { tag: "main", id: "", children: Array.from({ length: 2000 }, (_, n) => ({ tag: "p", id: "", text: `${n % 1500} ${sentence()}` })) };
  morph(page(many));
  const before = new Set(document.querySelectorAll("p"));
  for (const at of [0, 1000, 2002]) many.children.splice(at, 0, { tag: "p", id: "", text: "new" });
  const start = performance.now();
  morph(page(many));
  const took = performance.now() - start;
  const fresh = [...document.querySelectorAll("p")].filter((p) => !before.has(p)).length;
  done({ fresh, quick: took < 1000, same: document.body.outerHTML === expect(page(many)).body.outerHTML });
})().catch((error) => done(String(error.stack)));
"#;

fn random(browser: &Browser) {
    let preview = Preview::start("");
    preview.open(browser, "/en/a/ants/");
    let end = browser.run_async(SCRIPT, json!([400]));
    assert_eq!(end, json!({ "fresh": 3, "quick": true, "same": true }));
}
