// Passages in a page: finding words that stand in a file, and lighting them up. Looks at letters and
// digits alone, since everything else may be written otherwise in Markdown. It changes no element.

import { text } from "./together.js";

const SOLID = /[\p{L}\p{N}]/u;
const SKIPPED = "script, style, noscript, template";
/** How much of what stands around words must be there as well, at best and at least. */
const AROUND = [400, 80, 30, 12, 5];
/** Without anything around them, fewer letters than these stand anywhere. */
const FEW = 8;

const letters = (words) => [...(words ?? "")].filter((c) => SOLID.test(c)).join("");

/** The letters of a page, each with its place. */
function read(document) {
  const walker = document.createTreeWalker(text(document), NodeFilter.SHOW_TEXT);
  const places = [];
  let all = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(SKIPPED)) continue;
    let at = 0;
    for (const c of node.data) {
      if (SOLID.test(c)) {
        all += c;
        for (let unit = 0; unit < c.length; unit++) places.push([node, at, at + c.length]);
      }
      at += c.length;
    }
  }
  return { document, all, places };
}

function range({ document, places }, start, end) {
  const [first, last] = [places[start], places[end - 1]];
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first[0], first[1]);
  range.setEnd(last[0], last[2]);
  return range;
}

/** Where a label's words stand in a page that was read; nothing if they cannot be found. */
function find(page, label) {
  const words = letters(label.words);
  if (!words) return null;
  const [before, after] = [letters(label.before), letters(label.after)];
  for (const much of AROUND) {
    const head = before.slice(-much);
    const at = page.all.indexOf(head + words + after.slice(0, much));
    if (at >= 0 && (head || after || words.length >= FEW)) return range(page, at + head.length, at + head.length + words.length);
  }
  if (words.length >= FEW) {
    const at = page.all.indexOf(words);
    if (at >= 0) return range(page, at, at + words.length);
  }
  // A number that the page writes for the text may stand among the words: then their beginning,
  // or that of their block, is near enough.
  for (const start of [words.slice(0, 20), (before + words + after).slice(0, 14), words.slice(-14)]) {
    const at = start.length >= FEW ? page.all.indexOf(start) : -1;
    if (at >= 0) return range(page, at, at + start.length);
  }
  return null;
}

const LIGHT = `
  ::highlight(bashu-remarks) { background-color: #f5c40038; }
  ::highlight(bashu-now) { background-color: #ffdb66; color: #1b1f24; }
`;

/** The passages of one page. */
export class Passages {
  #view;
  #page = null;
  #ranges = new Map();
  #now = null;

  /** Begins with the page in a frame; `chosen` is told which key's passage a reader clicks at. */
  constructor(frame, chosen) {
    this.#view = frame.contentWindow;
    const { document } = this.#view;
    const sheet = new this.#view.CSSStyleSheet();
    sheet.replaceSync(LIGHT);
    document.adoptedStyleSheets.push(sheet);
    document.addEventListener("click", ({ clientX, clientY }) => {
      const inside = (box) => box.left <= clientX && clientX <= box.right && box.top <= clientY && clientY <= box.bottom;
      for (const [key, ranges] of this.#ranges) {
        if (ranges.some((range) => [...range.getClientRects()].some(inside))) return chosen(key);
      }
    });
    new this.#view.MutationObserver(() => (this.#page = null)).observe(document.documentElement, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  }

  /** Marks the passages of all remarks: labels by the keys of their remarks. */
  show(labels) {
    this.#page ??= read(this.#view.document);
    this.#ranges = new Map();
    for (const [key, label] of labels) {
      const found = find(this.#page, label);
      if (found) this.#ranges.set(key, [...(this.#ranges.get(key) ?? []), found]);
    }
    this.#light("bashu-remarks", [...this.#ranges.values()].flat());
    this.light(this.#now);
  }

  /** Lights up the passages of one remark; returns how far the first is from the top of the page. */
  light(key) {
    this.#now = key;
    const ranges = this.#ranges.get(key) ?? [];
    this.#light("bashu-now", ranges);
    return ranges.length > 0 ? ranges[0].getBoundingClientRect().top + this.#view.scrollY : null;
  }

  #light(name, ranges) {
    // Browsers without highlights still go to the passage.
    this.#view.CSS.highlights?.set(name, new this.#view.Highlight(...ranges));
  }
}
