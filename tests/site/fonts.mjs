#!/usr/bin/env node
// Fonts, as Chromium really chose them: Chinese on every page, and its punctuation on Chinese pages,
// come from a Chinese font; Latin text on pages in a Latin script does not. A font that is named in a
// style sheet says little: what counts is the one that drew the glyphs.
//
// usage: fonts.mjs FOLDER [PAGE…]      PAGE is a file below FOLDER, such as en/index.html

import { commandLine, inTabs, pages, sample, serve, verdict } from "./browser.mjs";

// Fonts made for Chinese, by the names they give themselves on the usual systems.
const CHINESE = /CJK|Han (Sans|Serif)|Source Han|PingFang|Songti|Heiti|Kaiti|Hiragino Sans GB|SimSun|SimHei|YaHei|JhengHei|WenQuanYi|Droid Sans Fallback/i;
// The same families made for Japan and Korea draw some characters otherwise.
const FOREIGN = /CJK (JP|KR)|Han (Sans|Serif) (JP|KR|K|HW)|Hiragino (Sans|Mincho)(?! GB)|Yu (Gothic|Mincho)|Malgun/i;

const [site, named] = commandLine("FOLDER [PAGE…]");
const chosen = named.length > 0 ? pages(site, named) : sample(site, { short: true });
const server = await serve(site);
const faults = [];
let asked = 0;

/**
 * In the page: puts each run of Chinese, Latin and full-width punctuation into an element of its own,
 * since the browser says which fonts drew an element and not which drew a character.
 */
function mark() {
  const kinds = {
    chinese: /[\p{Script=Han}]+/gu,
    punctuation: /[“”‘’，。、；：！？（）《》「」『』【】…—]+/gu,
    latin: /[\p{Script=Latin}]{2,}/gu,
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const counts = {};
  for (const node of nodes) {
    const parent = node.parentElement;
    if (parent.namespaceURI !== "http://www.w3.org/1999/xhtml" || !parent.checkVisibility()) continue;
    // Code has a font of its own; what is in a third script is not asked.
    const language = parent.closest("[lang]")?.lang ?? "";
    const code = parent.closest("code, pre, kbd, samp") ? "code" : "text";
    const runs = Object.entries(kinds).flatMap(([kind, pattern]) =>
      [...node.data.matchAll(pattern)].map((run) => ({ kind, from: run.index, text: run[0] })),
    );
    // From the end, so that places before stay true.
    for (const { kind, from, text } of runs.sort((a, b) => b.from - a.from)) {
      const style = getComputedStyle(parent);
      const look = [kind, language, code, style.fontFamily, style.fontWeight, style.fontStyle].join("|");
      counts[look] = (counts[look] ?? 0) + 1;
      // A page of one style says the same many times over.
      if (counts[look] > 3) continue;
      const span = document.createElement("span");
      Object.assign(span.dataset, { judged: kind, language, code, text });
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, from + text.length);
      range.surroundContents(span);
    }
  }
}

/** What is wrong with the fonts that drew a run, if anything. */
function wrong({ kind, language, code }, fonts) {
  const zh = /^zh\b/.test(language);
  const stray = fonts.find((font) => !CHINESE.test(font) || FOREIGN.test(font));
  if (kind === "chinese" && (zh || !/^(ja|ko)\b/.test(language))) return stray && `Chinese is drawn by ${stray}`;
  if (kind === "punctuation" && zh && code === "text") return stray && `Chinese punctuation is drawn by ${stray}`;
  const chinese = fonts.find((font) => CHINESE.test(font));
  if (kind === "latin" && !/^(zh|ja|ko)\b/.test(language) && chinese) return `Latin is drawn by ${chinese}`;
  return undefined;
}

async function judge(tab, { name }) {
  await tab.goto(`${server.origin}${server.base}${name}`, { waitUntil: "load" });
  await tab.evaluate(mark);
  const cdp = await tab.context().newCDPSession(tab);
  await cdp.send("DOM.enable");
  await cdp.send("CSS.enable");
  const { root } = await cdp.send("DOM.getDocument", { depth: 0 });
  const { nodeIds } = await cdp.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "span[data-judged]" });
  for (const nodeId of nodeIds) {
    const { attributes } = await cdp.send("DOM.getAttributes", { nodeId });
    const value = (key) => attributes[attributes.indexOf(key) + 1];
    const { fonts } = await cdp.send("CSS.getPlatformFontsForNode", { nodeId });
    const run = { kind: value("data-judged"), language: value("data-language"), code: value("data-code") };
    const what = wrong(run, fonts.map((font) => font.familyName));
    if (what) faults.push(`${name}: “${value("data-text")}”: ${what}`);
    asked += 1;
  }
  await cdp.detach();
}

try {
  if (chosen.length === 0) faults.push("no pages");
  const failed = (page) => (error) => faults.push(`${page.name}: ${error.message}`);
  await inTabs(chosen, (tab, page) => judge(tab, page).catch(failed(page)));
  if (asked === 0) faults.push("no text");
} finally {
  server.close();
}
verdict("fonts", `${chosen.length} pages, ${asked} runs of text`, faults);
