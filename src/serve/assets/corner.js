// The preview's corner of a page: badges, and the way to the preview's own pages.
//
// Owns the one element that the preview adds to a page, behind its body, with a shadow tree so that
// neither styles the other. In a frame there is none: the page around it has its own.

export const isFramed = window !== window.top;

const host = document.createElement("bashu-preview");
const shadow = host.attachShadow({ mode: "open" });

/** Makes an element with attributes and children; `on…` are listeners. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** A stylesheet that comes with the program; one that is written into the page could be forbidden by it. */
export async function sheet(name) {
  const style = new CSSStyleSheet();
  const answer = await fetch(new URL(name, import.meta.url));
  return answer.ok ? style.replace(await answer.text()) : style;
}

const badges = make("div", { class: "badges", role: "status" });
const menu = make(
  "nav",
  { class: "menu", id: "menu", hidden: true, "aria-label": "Preview" },
  make("a", { href: `/_bashu/pair?at=${encodeURIComponent(location.pathname)}` }, "Side by side"),
  make("a", { href: "/_bashu/" }, "All articles"),
);
const opener = make("button", { class: "opener", type: "button", "aria-expanded": "false", "aria-controls": "menu" }, "Bashu");

function unfold(open) {
  menu.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
}

opener.addEventListener("click", () => unfold(menu.hidden));
menu.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  unfold(false);
  opener.focus();
});
opener.addEventListener("keydown", ({ key }) => key === "Escape" && unfold(false));

/** What stands over the page, at its lower end; the panel of faults comes below the corner. */
export const layer = make("div", { class: "layer", lang: "en", dir: "ltr" }, make("div", { class: "corner" }, badges, menu, opener));

if (!isFramed) {
  sheet("corner.css").then((style) => {
    shadow.adoptedStyleSheets = [style];
    shadow.append(layer);
  });
  document.documentElement.append(host);
}

/** Says for tests and tools how the connection stands. */
export const tell = (state) => (host.dataset.state = state);

const shown = new Map();

/**
 * Shows a badge under a name, or none (`null`): its text, a tone (`error`, `warning`), what a click does,
 * whether it can be closed, and how long it lasts.
 */
export function badge(name, what) {
  const before = shown.get(name);
  clearTimeout(before?.timer);
  if (what === null) {
    before?.element.remove();
    shown.delete(name);
    return;
  }
  const kind = { class: `badge ${what.tone ?? ""}`, "data-name": name };
  const element = what.action
    ? make("button", { ...kind, type: "button", onclick: what.action, "aria-expanded": what.expanded ?? null }, what.text)
    : make("span", kind, what.text);
  const away = () => badge(name, null);
  if (what.close) element.append(make("button", { type: "button", class: "close", "aria-label": "Close", onclick: away }, "×"));
  if (before) before.element.replaceWith(element);
  else badges.append(element);
  shown.set(name, { element, timer: what.lasts ? setTimeout(away, what.lasts) : 0 });
}
