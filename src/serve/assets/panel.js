// What is wrong with the site, over the page: the same text as in the terminal.
//
// Owns when the panel is open and when it is folded to a badge, and how a message is set: columns that
// stand under each other also where Chinese is between them, and places that open the editor.

import { badge, isFramed, layer, make } from "./corner.js";
import { count } from "./count.js";

/** What was folded or opened by hand, until the faults change. */
const STORED = "bashu:panel";

const title = make("h2", { id: "title" });
const list = make("ol", { class: "faults" });
const fold = make("button", { type: "button", class: "fold", onclick: () => decide(true) }, "Fold");
const panel = make(
  "section",
  { class: "panel", role: "region", "aria-labelledby": "title", hidden: true },
  make("header", {}, title, fold),
  list,
);
const voice = make("p", { class: "unseen", "aria-live": "polite" });
layer.append(panel, voice);

let current = [];

/** The same for the same faults, in whatever order: each page has its own first. */
const key = (faults) => faults.map(({ shown }) => shown).sort().join("\n");
let isFolded = true;

/** Whether places can be opened in an editor; asked once there is a fault. */
let editor = null;

const hasEditor = async () => {
  try {
    return (await (await fetch("/_bashu/config")).json()).editor === true;
  } catch {
    return false;
  }
};

/** Shows the faults of the site; none, if all is well. */
export async function showFaults(faults) {
  if (isFramed) return;
  const isNew = key(faults) !== key(current);
  current = faults;
  if (faults.length === 0) {
    panel.hidden = true;
    badge("faults", null);
    if (isNew) voice.textContent = "All is well again.";
    return;
  }
  editor ??= hasEditor();
  const opens = await editor;
  // Others may have come meanwhile.
  if (current !== faults) return;
  if (isNew) {
    const stored = JSON.parse(sessionStorage.getItem(STORED) ?? "null");
    const same = stored?.key === key(faults);
    isFolded = same ? stored.folded : !faults.some(({ severity }) => severity === "error");
    list.replaceChildren(...faults.map((fault) => item(fault, opens)));
    title.textContent = voice.textContent = count(faults);
    list.scrollTop = 0;
  }
  render();
}

function decide(folded) {
  isFolded = folded;
  sessionStorage.setItem(STORED, JSON.stringify({ key: key(current), folded }));
  render();
}

function render() {
  panel.hidden = isFolded;
  const tone = current.some(({ severity }) => severity === "error") ? "error" : "warning";
  const action = () => {
    decide(false);
    fold.focus();
  };
  badge("faults", isFolded ? { text: count(current), tone, action, expanded: "false" } : null);
}

window.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden && !event.isComposing && !event.defaultPrevented) decide(true);
});

// ---- one message ----

const HEAD = /^(error|warning)(\[[^\]]*\])?/;
const NOTE = /^\s*= /;
const PLACE = /^(\s*(?:-->|:::) )(.+?)(?::(\d+):(\d+))?$/;

function item({ severity, shown }, opens) {
  const lines = shown.replace(/\n+$/, "").split("\n");
  const set = lines.flatMap((line, at) => [...(at ? ["\n"] : []), ...setLine(line, at, opens)]);
  return make("li", { class: severity }, make("pre", { tabindex: "0" }, ...set));
}

function setLine(line, at, opens) {
  const head = at === 0 && HEAD.exec(line);
  if (head) return [make("b", { class: "head" }, head[0]), make("b", {}, ...columns(line.slice(head[0].length)))];
  const place = PLACE.exec(line);
  if (!place) return NOTE.test(line) ? [make("span", { class: "note" }, ...columns(line))] : columns(line);
  const [, arrow, file, row, column] = place;
  const text = line.slice(arrow.length);
  if (!opens) return [arrow, ...columns(text)];
  const go = () => open(file, Number(row ?? 1), Number(column ?? 1));
  return [arrow, make("button", { type: "button", class: "place", title: "Open in the editor", onclick: go }, ...columns(text))];
}

function open(file, line, column) {
  const body = JSON.stringify({ file, line, column });
  fetch("/_bashu/open", { method: "POST", headers: { "Content-Type": "application/json" }, body });
}

/** Characters that take two columns in a terminal. */
const WIDE =
  /([\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]+|\p{Emoji_Presentation}\ufe0f?)/u;

/** A text whose wide characters are as wide as two others: fonts do not see to that. */
function columns(text) {
  return text.split(WIDE).map((part, at) => {
    if (at % 2 === 0) return part;
    const wide = /^\p{Emoji_Presentation}/u.test(part) ? "emoji" : "wide";
    return make("span", { class: wide }, part);
  });
}
