// Shows for a moment what changed in a page.
//
// Owns no more than the moment: nothing of it stays in the page.

import { badge } from "./corner.js";

/** More than this is not an edit of some words, and the whole page would blink. */
const MOST = 8;

const still = matchMedia("(prefers-reduced-motion: reduce)");

export function flash(elements) {
  const seen = elements.map(block).filter((element) => document.body?.contains(element));
  const all = [...new Set(seen)].filter((element) => element.getClientRects().length > 0);
  badge("changed", null);
  if (all.length === 0 || all.length > MOST) return;
  for (const element of all) {
    const colour = getComputedStyle(element).color;
    const from = { outline: `2px solid color-mix(in srgb, ${colour} 45%, transparent)`, outlineOffset: "4px" };
    const to = { outline: "2px solid transparent", outlineOffset: "4px" };
    element.animate(still.matches ? [from, from] : [from, from, to], { duration: 1400, easing: "ease-out" });
  }
  const places = all.map((element) => element.getBoundingClientRect());
  if (places.some(({ top, bottom }) => bottom > 0 && top < window.innerHeight)) return;
  const above = places.every(({ bottom }) => bottom <= 0);
  const go = () => {
    all[0].scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    badge("changed", null);
  };
  badge("changed", { text: above ? "Changed above ↑" : "Changed below ↓", action: go, lasts: 4000 });
}

/** The block that an element stands in: an outline around a word says little. */
function block(element) {
  let at = element;
  while (at.parentElement && getComputedStyle(at).display.startsWith("inline")) at = at.parentElement;
  return at;
}
