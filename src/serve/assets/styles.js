// Stylesheets that change while a page is open.
//
// Owns that there is never a moment without style: the old one goes when the new one is there.

import { hold } from "./scroll.js";

export const isStylesheet = (node) =>
  node.nodeName === "LINK" && node.relList.contains("stylesheet") && node.hasAttribute("href");

/** What goes when a sheet that is still loading has come. */
const outdated = new WeakMap();

/** Puts `next` in the place of `old` as soon as it is loaded; returns it. */
export function swap(old, next) {
  outdated.set(next, [...(outdated.get(old) ?? []), old]);
  const done = () => {
    const restore = hold();
    for (const link of outdated.get(next)) link.remove();
    outdated.delete(next);
    restore();
  };
  next.addEventListener("load", done, { once: true });
  // A sheet that is not there is not there in the finished site either.
  next.addEventListener("error", done, { once: true });
  old.after(next);
  return next;
}
