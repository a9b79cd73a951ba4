// The column of remarks: what the ledger says, where the two versions disagree, what is wrong with
// their files. It draws, and says which remark is chosen; passages are shown by others.

import { make, state } from "./make.js";

/** A sentence in which backticks stand around what is written in files. */
const sentence = (text) => text.split("`").map((piece, at) => (at % 2 === 1 ? make("code", {}, piece) : piece));

/** The column. `chosen` is called with the key of a remark, `edit` with a place. */
export class Remarks {
  #column;
  #chosen;
  #edit;
  #names = new Map();
  #now = null;

  constructor(column, chosen, edit) {
    this.#column = column;
    this.#chosen = chosen;
    this.#edit = edit;
  }

  /** Draws an answer of the preview; returns the labels of all remarks, each with its remark's key. */
  draw({ ledger, parity, faults }, sides, id) {
    this.#names = new Map(sides.map((side) => [side.code, side]));
    const files = new Map(sides.map((side) => [side.file, side]));
    const labels = [];
    const list = (messages, kind) => {
      const items = messages.map((message, at) => {
        const key = `${kind} ${at} ${message.code} ${message.message}`;
        labels.push(...message.labels.map((label) => [key, label]));
        return this.#remark(key, message, files);
      });
      return make("ol", {}, items);
    };
    const heading = (name, count) => make("h2", {}, name, make("span", {}, String(count)));
    const scroll = this.#column.scrollTop;
    const focused = document.activeElement?.closest?.(".remark")?.dataset.key;
    this.#column.replaceChildren(
      ...ledger.filter(({ state }) => state !== "original").map((standing) => this.#standing(standing, id)),
      ...(faults.length > 0 ? [heading("Faults", faults.length), list(faults, "fault")] : []),
      heading("Differences", parity.length),
      parity.length > 0 ? list(parity, "parity") : make("p", { class: "soft" }, ledger.filter(({ state }) => state !== "missing").length > 1 ? "None found." : "There is nothing to compare."),
    );
    this.#column.scrollTop = scroll;
    this.mark(this.#now);
    if (focused) this.#item(focused)?.querySelector("button").focus({ preventScroll: true });
    return labels;
  }

  /** Shows that there is no answer. */
  silent(message) {
    this.#column.replaceChildren(make("p", { class: "soft" }, message));
  }

  /** Shows which remark is chosen, and brings it into view if it was not just there. */
  mark(key, reveal = false) {
    this.#now = key;
    for (const item of this.#column.querySelectorAll(".remark")) {
      const now = item.dataset.key === key;
      item.classList.toggle("now", now);
      item.querySelector("button").setAttribute("aria-expanded", String(now));
      item.querySelector(".help")?.toggleAttribute("hidden", !now);
      if (now && reveal) item.scrollIntoView({ block: "nearest" });
    }
  }

  /** The key of the remark that is so many behind the one that is chosen. */
  step(by) {
    const keys = [...this.#column.querySelectorAll(".remark")].map((item) => item.dataset.key);
    const at = keys.indexOf(this.#now);
    return keys[at < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.min(Math.max(at + by, 0), keys.length - 1)];
  }

  #item(key) {
    return this.#column.querySelector(`.remark[data-key="${CSS.escape(key)}"]`);
  }

  #remark(key, { message, severity, help, labels }, files) {
    const place = (label) => {
      const side = files.get(label.file);
      const at = label.start ? `:${label.start.line}:${label.start.column}` : "";
      const text = `${side ? side.code : label.file}${at}`;
      const says = label.text ? ` ${label.text}` : "";
      return make("span", {}, this.#place(label.file, label.start, text), says);
    };
    return make(
      "li",
      { class: `remark ${severity}`, "data-key": key },
      make("button", { type: "button", "aria-expanded": "false", onclick: () => this.#chosen(key) }, sentence(message)),
      make("div", { class: "places" }, labels.map(place)),
      help && make("p", { class: "help", hidden: true }, sentence(help)),
    );
  }

  /** A place in a file: a way into the editor where there is one. */
  #place(file, start, text) {
    const code = make("code", { title: file }, text);
    if (!this.#edit) return code;
    const at = { file, line: start?.line ?? 1, column: start?.column ?? 1 };
    return make("button", { type: "button", class: "link", title: `Open ${file} in the editor`, onclick: () => this.#edit(at) }, code);
  }

  #standing({ code, from, state: name, since, changes, unknown }, id) {
    const tongue = (code) => this.#names.get(code)?.name ?? code;
    const accept = make("code", {}, `bashu translations accept ${id} --to ${code}`);
    const says = {
      current: [`Made from ${tongue(from)} as it is now.`],
      stale: [`${tongue(from)} has changed since this translation was made`, since ? ` (${since.date}, ${since.commit.slice(0, 8)}).` : changes ? " (not committed yet)." : "."],
      unmarked: [`It does not say which state of ${tongue(from)} it was made from. If it is up to date: `, accept],
      missing: ["There is no version yet."],
    };
    return make(
      "div",
      {},
      make("h2", {}, make("span", { lang: this.#names.get(code)?.tag }, tongue(code)), state(name)),
      make("p", {}, says[name] ?? []),
      (changes ?? []).map((change) => this.#change(change, this.#names.get(from))),
      unknown && make("p", { class: "soft" }, sentence(`What changed cannot be shown: ${unknown.message}. Remedy: ${unknown.help}.`)),
      name === "stale" && changes && make("p", { class: "soft" }, "When it says the same again: ", accept),
    );
  }

  #change({ field, parts }, side) {
    const piece = ({ kind, text }) => {
      if (kind === "gap") return " … ";
      if (kind === "same") return text;
      return make(kind === "added" ? "ins" : "del", {}, text);
    };
    return make(
      "div",
      { class: "change" },
      field !== "text" && make("span", { class: "field" }, field),
      make("div", { class: "text", lang: side?.tag, dir: side?.dir }, parts.map(piece)),
    );
  }
}
