// The list of articles: what is asked for stands in the address, so that a view can be kept as a
// bookmark; the preview filters, sorts and deals it out.

import { connect } from "../connect.js";
import { ask, free, make, settled, state, states, tellFaults, unpublished, words } from "./make.js";

const form = document.getElementById("filters");
const totals = document.getElementById("totals");
const rows = document.getElementById("rows");
const pages = document.getElementById("pages");
const count = document.getElementById("count");
const NAMES = ["q", "lang", "state", "mark", "kind", "section", "faults", "sort"];

const asked = () => new URLSearchParams(location.search);

/** The address with some of what is asked for replaced. A page goes with what it is a page of. */
function address(changes) {
  const query = asked();
  query.delete("page");
  for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
  const text = query.toString();
  return text ? `?${text}` : location.pathname;
}

function go(changes, replace = false) {
  history[replace ? "replaceState" : "pushState"](null, "", address(changes));
  show();
}

let request = new AbortController();

async function show() {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  try {
    const answer = await ask("/_bashu/articles", asked(), signal);
    options(answer);
    fields();
    draw(answer);
  } catch (error) {
    // Whoever asked something else meanwhile, or whose preview is away, keeps what is shown.
    if (error.name === "AbortError" || error instanceof TypeError) return;
    count.textContent = "";
    rows.replaceChildren(make("p", { class: "empty" }, error.message));
  }
}

/** The choices that depend on the site. */
function options({ languages, sections }) {
  const fill = (name, choices) => {
    const select = form.elements[name];
    const fixed = [...select.options].filter((option) => !option.dataset.site);
    select.replaceChildren(...fixed, ...choices);
  };
  fill("lang", languages.map(({ code, name, tag }) => make("option", { value: code, lang: tag, "data-site": true }, name)));
  fill("state", states.map((name) => make("option", { value: name, "data-site": true }, state(name).textContent)));
  fill("section", sections.map(({ id, title, tag }) => make("option", { value: id, lang: tag, "data-site": true }, title || id)));
}

function fields() {
  for (const name of NAMES) {
    const field = form.elements[name];
    const value = asked().get(name) ?? "";
    if (field === document.activeElement && name === "q") continue;
    // A bookmark may ask for what no choice names.
    if (field.options && ![...field.options].some((option) => option.value === value)) {
      field.append(make("option", { value, "data-site": true }, value));
    }
    field.value = value;
  }
}

/** All versions by language and state; a click shows those. */
function chips({ languages }) {
  const query = asked();
  const chip = (code, name, number) => {
    const pressed = query.get("lang") === code && query.get("state") === name;
    const to = pressed ? { lang: "", state: "" } : { lang: code, state: name };
    return make(
      "button",
      { type: "button", class: "chip", "aria-pressed": String(pressed), "data-key": `${code} ${name}`, onclick: () => go(to) },
      state(name),
      make("b", {}, number.toLocaleString("en")),
    );
  };
  return languages.map(({ code, name, tag, counts }) => {
    const shown = states.filter((state) => counts[state] > 0 || query.get("state") === state);
    return make("div", { class: "totals" }, make("span", { class: "tongue", lang: tag }, name), shown.map((state) => chip(code, state, counts[state])));
  });
}

function cell(row, { code, state: name, url, unpublished: reason, faults, title }, language) {
  const link = url ? make("a", { href: url, "data-key": `${row.id} ${code}`, title: title ?? false, "aria-label": `${language.name}: ${name}` }, state(name)) : state(name);
  const wrong = faults > 0 && make("span", { class: "faults" }, faults === 1 ? "1 fault" : `${faults} faults`);
  return make("td", { role: "cell", class: "version", "data-code": code }, link, unpublished(reason), wrong);
}

function line(row, languages) {
  // The view of the pair leads on to the next of what is asked for here.
  const query = asked();
  query.delete("page");
  query.set("id", row.id);
  const title = row.title?.text ? words("span", row.title) : row.id;
  return make(
    "tr",
    { role: "row" },
    make("th", { scope: "row", role: "rowheader" }, make("a", { href: `/_bashu/pair?${query}`, "data-key": row.id }, title), make("code", {}, row.id)),
    make("td", { role: "cell", class: "kind" }, row.kind),
    make("td", { role: "cell", class: "date" }, row.date ?? ""),
    row.cells.map((version, at) => cell(row, version, languages[at])),
  );
}

function draw(answer) {
  const { languages, found, all, page, first } = answer;
  const key = document.activeElement?.dataset.key;
  totals.replaceChildren(...(all > 0 ? chips(answer) : []));
  const number = (n) => n.toLocaleString("en");
  count.textContent = found === all ? `${number(all)} in all` : `${number(found)} of ${number(all)}`;
  const column = (name, attributes = {}) => make("th", { scope: "col", role: "columnheader", ...attributes }, name);
  const table = make(
    "table",
    { role: "table" },
    make("caption", {}, "Articles and the state of their versions"),
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, column("Title"), column("Kind", { class: "kind" }), column("Date", { class: "date" }), languages.map(({ name, tag }) => column(name, { lang: tag })))),
    make("tbody", { role: "rowgroup" }, answer.rows.map((row) => line(row, languages))),
  );
  const none =
    all > 0
      ? make("p", { class: "empty" }, "Nothing is like that. ", make("button", { type: "button", onclick: () => form.reset() }, "Show all"))
      : make("p", { class: "empty" }, "There is nothing here yet. This begins an article: ", make("code", {}, "bashu new SECTION/NAME"));
  rows.replaceChildren(found > 0 ? table : none);
  pager(page, answer.pages, `${number(first + 1)}–${number(first + answer.rows.length)} of ${number(found)}`);
  // What had the focus has it again.
  if (key) document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

function pager(page, last, range) {
  pages.hidden = last < 2;
  const to = (number, name, rel) =>
    number >= 1 && number <= last
      ? make("a", { href: address({ page: number > 1 && String(number) }), rel, onclick: (event) => turn(event, number) }, name)
      : make("span", { class: "soft" }, name);
  pages.replaceChildren(to(page - 1, "Previous", "prev"), make("span", {}, range), to(page + 1, "Next", "next"));
}

function turn(event, number) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go({ page: number > 1 && String(number) });
  scrollTo({ top: 0 });
}

const typed = settled(120, () => go({ q: form.elements.q.value.trim() }, true));
form.elements.q.addEventListener("input", typed);
form.addEventListener("change", ({ target }) => target.name !== "q" && go({ [target.name]: target.value }));
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  form.elements.q.value = "";
  go(Object.fromEntries(NAMES.map((name) => [name, ""])));
});
document.getElementById("more").addEventListener("click", ({ target }) => {
  target.setAttribute("aria-expanded", String(form.classList.toggle("open")));
});
addEventListener("popstate", show);
addEventListener("keydown", (event) => {
  if (event.key === "/" && free(event)) {
    event.preventDefault();
    form.elements.q.select();
  }
});
const again = settled(150, show);
connect({
  hello: () => ({ at: location.pathname }),
  hear({ type, faults }) {
    if (type === "changed") again();
    if (type === "faults") tellFaults(faults);
  },
  state: (connected) => (document.getElementById("away").hidden = connected),
});
show();
