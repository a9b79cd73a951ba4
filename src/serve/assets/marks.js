// What readers of the published site would not see.
//
// Owns the badge of such a page, and the marks of links to such pages. A link gets one attribute, which the
// page as the server has it does not have, so that changes of the page leave it alone.

import { badge, sheet } from "./corner.js";

const ATTRIBUTE = "data-bashu-unpublished";

const WORDS = {
  draft: () => ["Draft", "Draft · not published"],
  waiting: (day) => [`Waits for ${day}`, `Waits for ${day} · not published`],
  expired: (day) => [`Expired on ${day}`, `Expired on ${day} · not published`],
};

const words = ({ why, day }) => WORDS[why]?.(day) ?? [why, why];

/** Says of this page why it is not published, if it is not. */
export function showUnpublished(here) {
  badge("unpublished", here && { text: words(here)[1], tone: "warning" });
}

let known = {};
let styled = false;

/** Marks the links of the document, again or by a new list of addresses. */
export function markLinks(links = known) {
  known = links;
  for (const link of document.querySelectorAll(`a[href], a[${ATTRIBUTE}]`)) {
    const reason = link.origin === location.origin ? known[link.pathname] : undefined;
    if (!reason) link.removeAttribute(ATTRIBUTE);
    else if (link.getAttribute(ATTRIBUTE) !== words(reason)[0]) link.setAttribute(ATTRIBUTE, words(reason)[0]);
  }
  if (styled || Object.keys(known).length === 0) return;
  styled = true;
  sheet("marks.css").then((style) => document.adoptedStyleSheets.push(style));
}
