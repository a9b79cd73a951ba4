// Elements and requests: what all pages of the desk are made with. Knows no page.

import { count } from "../count.js";

/** An element with attributes and children; `null` and `false` are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Words in a language of the site: `{text, tag, dir}`. */
export function words(tag, of, attributes = {}) {
  return make(tag, { lang: of.tag, dir: of.dir, ...attributes }, of.text);
}

/** What the preview answers, or an error with its message. */
export async function ask(path, asked, signal) {
  const response = await fetch(`${path}?${new URLSearchParams(asked)}`, { signal });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

/** Says in the bar how many faults the site has; its pages say which. */
export function tellFaults(faults) {
  const link = faults.length > 0 && make("a", { href: "/", title: "The pages of the site say which" }, count(faults));
  document.getElementById("faults").replaceChildren(...(link ? [link] : []));
}

/** Calls after a pause, once for several calls in it. */
export function settled(pause, call) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, pause);
  };
}

const STATES = {
  original: "Original",
  current: "Current",
  stale: "Stale",
  unmarked: "Unmarked",
  missing: "Missing",
};

export const states = Object.keys(STATES);

/** A state, in a word and a colour. */
export function state(name) {
  return make("span", { class: `state ${name}` }, STATES[name] ?? name);
}

/** Why readers do not see a version; nothing for one that they see. */
export function unpublished(reason) {
  if (!reason) return null;
  const says = {
    draft: "Draft",
    waiting: `Waits for ${reason.day}`,
    expired: `Expired ${reason.day}`,
  };
  return make("span", { class: "mark" }, says[reason.why] ?? reason.why);
}

/** Whether keys are for the page, and not for a field that has the focus. */
export function free(event) {
  const field = event.target.closest?.("input, select, textarea, [contenteditable]");
  return !field && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
}
