// Two versions of an article side by side: which article, which languages, the frames with the real
// pages, and what their links lead to. Frames keep themselves up to date, as any page does.

import { connect } from "../connect.js";
import { ask, free, make, settled, state, tellFaults, unpublished, words } from "./make.js";
import { Passages } from "./passages.js";
import { Remarks } from "./remarks.js";
import { Together } from "./together.js";

const at = (id) => document.getElementById(id);
const sides = at("sides");
const columns = ["left", "right"].map((name) => sides.querySelector(`[data-side="${name}"]`));
const together = new Together();
const editor = await fetch("/_bashu/config").then((answer) => answer.json()).then((config) => config.editor, () => false);
const edit = editor && ((place) => fetch("/_bashu/open", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(place) }));
const remarks = new Remarks(at("remarks"), choose, edit);

/** What is shown: the preview's answer, and the frames with the passages in them. */
let shown = null;
let frames = [null, null];
let passages = [null, null];
let labels = [];

const asked = () => Object.fromEntries(new URLSearchParams(location.search));

/** The address of the view with some of what it names replaced. */
function address(changes) {
  const query = new URLSearchParams(location.search);
  query.delete("at");
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `/_bashu/pair?${query}`;
}

function go(changes) {
  history.pushState(null, "", address(changes));
  show();
}

let request = new AbortController();

/** Shows what the address names. Frames whose pages stay are left alone. */
async function show() {
  request.abort();
  request = new AbortController();
  let answer;
  try {
    answer = await ask("/_bashu/sides", asked(), request.signal);
  } catch (error) {
    if (error.name === "AbortError" || error instanceof TypeError) return;
    return nothing(error.message);
  }
  if ("at" in asked()) history.replaceState(null, "", address({ id: answer.id, left: answer.left, right: answer.right ?? "" }));
  const other = shown?.id !== answer.id;
  shown = answer;
  heading();
  const version = (code) => answer.languages.find((language) => language.code === code);
  const both = [version(answer.left), version(answer.right)];
  both.forEach((side, n) => column(n, side, other));
  sides.classList.toggle("single", !both[1]);
  columns[1].hidden = !both[1];
  tie();
  if (other) {
    labels = [];
    answered = "";
    remarks.mark(null);
    remarks.silent("Comparing …");
    at("number").textContent = "";
  }
  comments();
}

function nothing(message) {
  shown = null;
  frames = [null, null];
  passages = [null, null];
  tie();
  at("title").textContent = "Side by side";
  at("id").textContent = "";
  columns[1].hidden = true;
  sides.classList.add("single");
  columns[0].replaceChildren(make("div", { class: "note" }, make("p", {}, message), make("p", {}, make("a", { href: "/_bashu/" }, "All articles"))));
  remarks.silent("");
}

function heading() {
  const { title, id, previous, next } = shown;
  const name = title?.text || id;
  document.title = `${name} · Bashu`;
  at("title").replaceChildren(title?.text ? words("span", title) : id);
  at("id").textContent = id;
  // The list as it was asked for.
  const query = new URLSearchParams(location.search);
  for (const own of ["id", "at", "left", "right"]) query.delete(own);
  at("list").href = query.size > 0 ? `/_bashu/?${query}` : "/_bashu/";
  for (const [link, id] of [["previous", previous], ["next", next]]) {
    if (id === null) at(link).removeAttribute("href");
    else at(link).href = address({ id });
  }
}

function chooser(n, side) {
  const choose = ({ target }) => change(n, target.value);
  const options = shown.languages.map(({ code, name, tag }) => make("option", { value: code, lang: tag, selected: code === side.code }, name));
  if (shown.languages.length < 3) return make("strong", { lang: side.tag }, side.name);
  return make("select", { "aria-label": n === 0 ? "Language on the left" : "Language on the right", onchange: choose }, options);
}

/** Another language on a side; if the other side has it, the two change places. */
function change(n, code) {
  const codes = [shown.left, shown.right];
  if (codes[1 - n] === code) codes[1 - n] = codes[n];
  codes[n] = code;
  go({ id: shown.id, left: codes[0], right: codes[1] ?? "" });
}

function column(n, side, other) {
  const place = columns[n];
  if (!side) return;
  place.setAttribute("aria-label", side.name);
  const link = side.url && make("a", { href: side.url, target: "_blank" }, "Page");
  const file = side.file && edit && make("button", { type: "button", class: "link", title: side.file, onclick: () => edit({ file: side.file, line: 1, column: 1 }) }, "Edit");
  const head = make("header", { class: "head" }, chooser(n, side), state(side.state), unpublished(side.unpublished), make("span", { class: "links" }, file, link));
  if (side.state === "missing" || !side.url) {
    frames[n] = passages[n] = null;
    place.replaceChildren(head, missing(side));
  } else if (other || !frames[n] || frames[n].dataset.url !== side.url) {
    passages[n] = null;
    frames[n] = make("iframe", { src: side.url, title: side.name, "data-url": side.url, onload: () => loaded(n) });
    place.replaceChildren(head, frames[n]);
  } else {
    // A frame that is moved loads anew, and a list that is open closes.
    const old = place.querySelector(".head");
    if (old.outerHTML !== head.outerHTML) old.replaceWith(head);
  }
}

function missing({ name, tag, code, url }) {
  const command = `bashu translations start ${shown.id} --to ${code}`;
  return make(
    "div",
    { class: "note" },
    make("p", {}, make("strong", {}, "There is no version in ", make("span", { lang: tag }, name), ".")),
    make("p", {}, "This begins one, with the original’s text to be overwritten:"),
    make("p", {}, make("code", {}, command)),
    url && make("p", {}, "Until then readers see ", make("a", { href: url, target: "_blank" }, "another version’s text"), "."),
  );
}

/** A page is there: its own, or one that something led to. */
async function loaded(n) {
  const frame = frames[n];
  const view = frame.contentWindow;
  if (place(frame) !== frame.dataset.url) {
    passages[n] = null;
    tie();
    // A page that is gone sends its frame elsewhere: then this version is missing, or has moved.
    await show();
    if (frames[n] === frame && place(frame) !== frame.dataset.url) view.location.replace(frame.dataset.url);
    return;
  }
  view.document.addEventListener("click", (event) => clicked(n, event), true);
  view.addEventListener("keydown", keys);
  passages[n] = new Passages(frame, choose);
  point(n);
  tie();
}

/** The path that a frame shows; nothing outside of the preview. */
function place(frame) {
  try {
    return frame.contentWindow.location.pathname;
  } catch {
    return null;
  }
}

let tied = [];

/** Both pages are there: they scroll together. */
function tie() {
  if (passages.every((page, n) => page && page === tied[n])) return;
  tied = [...passages];
  if (passages[0] && passages[1]) together.watch(frames);
  else together.stop();
}

/** Links lead the whole view to another pair; those that lead elsewhere open beside it. */
function clicked(n, event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const to = new URL(link.href);
  const here = to.origin === location.origin;
  if (here && to.pathname === frames[n].dataset.url) return;
  event.preventDefault();
  if (here) follow(n, to.pathname);
  else open(to, "_blank", "noopener");
}

async function follow(n, path) {
  const to = await ask("/_bashu/sides", { at: path }).catch(() => null);
  if (!to) return open(path, "_blank", "noopener");
  const code = to.languages.find(({ url }) => url === path)?.code;
  if (to.id === shown.id && code) change(n, code);
  else go({ id: to.id, left: shown.left, right: shown.right ?? "" });
}

let answered = "";

/** What is to be said about the two. */
async function comments() {
  const { id, left, right } = shown;
  const answer = await ask("/_bashu/remarks", { id, left, right: right ?? "" }, request.signal).catch(() => null);
  if (!answer || shown?.id !== id) return;
  const text = JSON.stringify([id, left, right, answer]);
  if (text !== answered) {
    answered = text;
    labels = remarks.draw(answer, shown.languages, id);
    const behind = answer.ledger.filter(({ state }) => state === "stale" || state === "unmarked");
    at("number").textContent = String(behind.length + answer.parity.length + answer.faults.length);
  }
  point(0);
  point(1);
}

/** Marks in a page what is remarked. */
function point(n) {
  const { file } = shown.languages.find(({ code }) => code === [shown.left, shown.right][n]) ?? {};
  passages[n]?.show(labels.filter(([, label]) => label.file === file));
}

/** A remark and its passage in both pages. */
function choose(key) {
  fold(false);
  remarks.mark(key, true);
  const tops = passages.map((page) => page?.light(key) ?? null);
  const n = tops[0] !== null ? 0 : 1;
  if (tops[n] === null) return;
  together.lead(n);
  const view = frames[n].contentWindow;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  view.scrollTo({ top: Math.max(tops[n] - view.innerHeight * 0.35, 0), behavior: still ? "instant" : "smooth" });
}

function fold(folded) {
  sides.classList.toggle("folded", folded);
  at("remarks").hidden = folded;
  at("fold").setAttribute("aria-expanded", String(!folded));
}

function keys(event) {
  if (!free(event)) return;
  const step = (by) => {
    const key = remarks.step(by);
    if (key) choose(key);
  };
  const follow = (id) => at(id).href && at(id).click();
  const deeds = {
    j: () => step(1),
    k: () => step(-1),
    n: () => follow("next"),
    p: () => follow("previous"),
    r: () => fold(!sides.classList.contains("folded")),
  };
  if (!deeds[event.key]) return;
  event.preventDefault();
  deeds[event.key]();
}

for (const id of ["previous", "next"]) {
  at(id).addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !at(id).href) return;
    event.preventDefault();
    go({ id: new URL(at(id).href).searchParams.get("id") });
  });
}
at("fold").addEventListener("click", () => fold(!sides.classList.contains("folded")));
addEventListener("keydown", keys);
addEventListener("popstate", show);
fold(matchMedia("(max-width: 900px)").matches);
show();
const again = settled(250, show);
connect({
  hello: () => ({ at: location.pathname }),
  hear({ type, faults }) {
    if (type === "changed") again();
    if (type === "faults") tellFaults(faults);
  },
  state: (connected) => (at("away").hidden = connected),
});
