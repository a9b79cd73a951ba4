// A page becomes its next version, in place.
//
// Owns the page as the server had it last (the base), and which node of it is which node of the
// document. What differs between the base and the next version is done to the document, and nothing
// else: what readers and scripts made of the page (open details, words in a field, a class, a button beside
// a listing) stays. Where it is not sure which node is meant it throws, and the page has to be loaded.

import { align } from "./match.js";
import { isStylesheet, swap } from "./styles.js";

/** The document's node for each node of the base. */
const liveOf = new WeakMap();

/** The page as the server had it last. */
let base;

/** Elements that changed, for whoever wants to show it. */
let changed;

/** Why a page cannot be changed in place. */
export class Lost extends Error {}

/** Begins with the page as it was served; without it, with the document as it stands. */
export function begin(html) {
  base = html === null ? document.cloneNode(true) : parse(html);
  // The preview's own corner is no part of the page.
  for (const own of base.querySelectorAll("bashu-preview")) own.remove();
  adopt(base.documentElement, document.documentElement);
}

/** Makes the document what `html` says; returns the elements that changed. */
export function morph(html) {
  const next = parse(html);
  mustLoad(next);
  changed = new Set();
  change(base.documentElement, next.documentElement);
  base = next;
  return [...changed].filter((element) => element.isConnected);
}

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** What a script did cannot be undone, and its next version would do it a second time. */
function mustLoad(next) {
  const missing = (one, other) => {
    const there = new Set(sources(other));
    return sources(one).some((source) => !there.has(source));
  };
  if (missing(base, next) && missing(next, base)) throw new Lost("a script changed");
  const shadows = (page) => [...page.querySelectorAll("template[shadowrootmode]")].map((it) => it.outerHTML).join();
  if (shadows(base) !== shadows(next)) throw new Lost("a shadow tree changed");
}

const sources = (page) => [...page.querySelectorAll("script[src]")].map((script) => script.getAttribute("src"));

// ---- the document as it was served ----

/** Remembers which node is which, where scripts may already have changed the document. */
function adopt(old, live) {
  liveOf.set(old, live);
  if (isOpaque(old)) return;
  const [olds, lives] = [[...old.childNodes], [...live.childNodes]];
  if (old.isEqualNode(live)) {
    olds.forEach((child, at) => adopt(child, lives[at]));
    return;
  }
  const { partner } = align(olds, lives);
  partner.forEach((child, its) => adopt(child, its));
  // A script may have put an element into a wrapper of its own.
  const found = new Set(partner.values());
  const wrappers = lives.filter((node) => !partner.has(node) && node.nodeType === Node.ELEMENT_NODE);
  for (const child of olds) {
    if (found.has(child) || child.nodeType !== Node.ELEMENT_NODE) continue;
    const inside = wrappers.flatMap((wrapper) => [...wrapper.querySelectorAll(child.localName)]);
    const its = inside.find((element) => element.isEqualNode(child));
    if (its) adopt(child, its);
  }
}

/** Whether an element's content is not made of nodes that the document has. */
const isOpaque = (node) => node.nodeName === "NOSCRIPT" || node.nodeName === "TEMPLATE";

// ---- changes ----

function change(old, next) {
  if (isSame(old, next)) {
    // The base keeps the node that the document's is known by.
    next.replaceWith(old);
    return;
  }
  const live = liveOf.get(old);
  if (!live?.isConnected) {
    if (isBlank(old) && isBlank(next)) return;
    throw new Lost("something that changed is not where it was");
  }
  if (isStylesheet(old) && isStylesheet(next)) {
    liveOf.set(next, swap(live, graft(next)));
    return;
  }
  liveOf.set(next, live);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    rewrite(live, next.data);
    if (!isBlank(next) || !isBlank(old)) changed.add(live.parentElement);
    return;
  }
  if (attributes(live, old, next)) changed.add(live);
  if (isOpaque(old)) {
    if (old.nodeName === "TEMPLATE") live.innerHTML = next.innerHTML;
    else live.textContent = next.innerHTML;
    return;
  }
  children(live, old, next);
}

/** Equality of nodes overlooks what is in a template. */
function isSame(old, next) {
  if (!old.isEqualNode(next)) return false;
  const opaque = old.nodeName === "TEMPLATE" || (old.querySelector?.("template") ?? null) !== null;
  return !opaque || old.outerHTML === next.outerHTML;
}

const isBlank = (node) => node.nodeType !== Node.ELEMENT_NODE && (node.nodeType !== Node.TEXT_NODE || !/\S/.test(node.data));

/** Only the letters that differ, so that a selection in the others stays. */
function rewrite(node, text) {
  const old = node.data;
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === text.at(-1 - end)) end++;
  node.replaceData(start, old.length - end - start, text.slice(start, text.length - end));
}

/** Attributes that differ between the versions; whether there were any. */
function attributes(live, old, next) {
  const names = new Set([...old.attributes, ...next.attributes].map((attribute) => attribute.name));
  let any = false;
  for (const name of names) {
    const [before, after] = [old.getAttribute(name), next.getAttribute(name)];
    if (before === after) continue;
    any = true;
    if (name === "class" && live.getAttribute(name) !== before) {
      // A script has put its own beside those of the page.
      const tokens = [...next.classList];
      live.classList.remove(...[...old.classList].filter((token) => !tokens.includes(token)));
      live.classList.add(...tokens);
    } else if (after === null) {
      live.removeAttribute(name);
    } else {
      live.setAttributeNS(next.getAttributeNode(name).namespaceURI, name, after);
    }
  }
  return any;
}

function children(live, old, next) {
  const [olds, nexts] = [[...old.childNodes], [...next.childNodes]];
  const { partner, moved } = align(olds, nexts);
  const kept = new Set(partner.values());
  const known = new Set(olds.map((node) => within(live, liveOf.get(node))));
  for (const node of olds) if (!kept.has(node)) remove(node);
  let last = null;
  let added = 0;
  for (const node of nexts) {
    const its = partner.get(node);
    if (!its) {
      last = place(live, graft(node), last, known);
      if (!isBlank(node)) {
        changed.add(node.nodeType === Node.ELEMENT_NODE ? last : live);
        added++;
      }
      continue;
    }
    change(its, node);
    const at = within(live, liveOf.get(node) ?? liveOf.get(its));
    if (at) last = moved.has(its) ? place(live, at, last, known) : at;
  }
  if (live instanceof HTMLMediaElement && (added || kept.size < olds.length)) live.load();
}

/** The child of `live` that a node is, or is in. */
function within(live, node) {
  let at = node ?? null;
  while (at && at.parentNode !== live) at = at.parentNode;
  return at;
}

/** Puts a node behind another one, and behind what a script put there; returns it. */
function place(live, node, last, known) {
  let before = last ? last.nextSibling : live.firstChild;
  while (last && before && !known.has(before)) before = before.nextSibling;
  known.add(node);
  if (before !== node) {
    const keeps = node.isConnected && "moveBefore" in live;
    keeps ? live.moveBefore(node, before) : live.insertBefore(node, before);
  }
  return node;
}

function remove(old) {
  const live = liveOf.get(old);
  if (live?.isConnected) live.remove();
  // Scripts take themselves out when they are done.
  else if (!isBlank(old) && old.nodeName !== "SCRIPT") throw new Lost("something that is gone was not where it was");
}

/** A node for the document. Scripts run only if they are made for it. */
function graft(next) {
  let live;
  if (next.nodeName === "SCRIPT") {
    live = document.createElement("script");
    for (const { name, value } of next.attributes) live.setAttribute(name, value);
    live.async = next.hasAttribute("async");
    live.text = next.text;
  } else {
    live = document.importNode(next, next.nodeName === "TEMPLATE");
    if (next.nodeName === "NOSCRIPT") live.textContent = next.innerHTML;
    else if (!isOpaque(next)) for (const child of next.childNodes) live.append(graft(child));
  }
  liveOf.set(next, live);
  return live;
}
