// The preview in a page: the page follows the files that it is made from.
//
// Owns the one connection of the page, and who gets which message.

import { connect } from "./connect.js";
import { badge, isFramed, tell } from "./corner.js";
import { loadAgain } from "./files.js";
import { flash } from "./flash.js";
import { markLinks, showUnpublished } from "./marks.js";
import { begin, Lost, morph } from "./morph.js";
import { showFaults } from "./panel.js";
import { hold } from "./scroll.js";

const SCRIPT = /<script type="module" src="\/_bashu\/assets\/client\.js" data-bashu-mark="([^"]*)"[^>]*><\/script>\n?/;

/** What is said of the page from which one was led here. */
const FORMER = "bashu:former";

const script = document.querySelector("script[data-bashu-mark]");
let mark = script?.dataset.bashuMark ?? "";
const { bashuId: id, bashuLang: lang } = script?.dataset ?? {};
if (script) {
  // With the line end that came with it: the page is now what a build would write.
  const { parentNode, nextSibling } = script;
  if (nextSibling?.data?.startsWith("\n")) nextSibling.deleteData(0, 1);
  script.remove();
  parentNode.normalize();
}

/** Changes of the page are made one after the other; none that fails is in the way of the next. */
let work = remember().catch(report);

function report(error) {
  console.error("Bashu:", error);
}

/** Takes the page as it was served, before scripts changed it: the browser has it still. */
async function remember() {
  let served = null;
  try {
    const answer = await fetch(location.href, { cache: "force-cache" });
    const text = await answer.text();
    if (SCRIPT.exec(text)?.[1] === mark) served = text.replace(SCRIPT, "");
  } catch {
    // The preview has just ended; the document as it stands will do.
  }
  begin(served);
}

function show({ html, mark: next }) {
  const focused = document.activeElement;
  let restore, changed;
  try {
    restore = hold();
    changed = morph(html);
  } catch (error) {
    console[error instanceof Lost ? "info" : "error"]("Bashu loads the page anew:", error);
    location.reload();
    return;
  }
  mark = next;
  restore();
  if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
  markLinks();
  flash(changed);
  // For themes whose scripts have to see to what is new in the page.
  document.dispatchEvent(new CustomEvent("bashu:changed", { detail: { elements: changed } }));
}

const receive = {
  page: (message) => (work = work.then(() => show(message)).catch(report)),
  files: ({ files }) => (work = work.then(() => flash(loadAgain(files))).catch(report)),
  gone({ to, moved }) {
    const at = decodeURI(location.pathname);
    sessionStorage.setItem(FORMER, moved ? `Moved here from ${at}` : `${at} is gone; this page stands above it`);
    location.replace(to);
  },
  faults: ({ faults }) => showFaults(faults),
  unpublished({ here, links }) {
    showUnpublished(here);
    markLinks(links);
  },
};

let alarm = 0;

connect({
  hello: () => ({ at: location.pathname, mark, id, lang }),
  hear: (message) => receive[message.type]?.(message),
  state(connected) {
    tell(connected ? "connected" : "away");
    if (connected) {
      clearTimeout(alarm);
      alarm = 0;
      badge("away", null);
    } else {
      // It is heard again after each attempt. A preview that is started again is back before anybody has
      // read this.
      alarm ||= setTimeout(() => badge("away", { text: "Preview is not running; waiting for it", tone: "warning" }), 2000);
    }
  },
});

const former = sessionStorage.getItem(FORMER);
if (former !== null && !isFramed) {
  sessionStorage.removeItem(FORMER);
  badge("former", { text: former, close: true });
}
