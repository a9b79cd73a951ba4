#!/usr/bin/env node
// What keeps pages from breaking, by what Chromium makes of them and not by pictures of how they
// were: pages of each kind in each language, from the narrowest phone to a very wide screen, with
// text of twice the size, in print and in forced colours. The rules are in layout-rules.js, and of
// what is behind a text in layout-pixels.js.
//
// usage: layout.mjs FOLDER [PAGE…]      PAGE is a file below FOLDER, such as en/index.html

import { readFileSync } from "node:fs";
import { commandLine, inTabs, launch, pages, sample, serve, verdict } from "./browser.mjs";

const WIDTHS = [320, 360, 768, 1440, 2560];
const [PHONE, DESK] = [360, 1440];
// Where text of twice the size must fit (WCAG 1.4.4), and a sheet of A4 without margins of 15 mm.
const ZOOMED = 1280;
const PAPER = 680;
const HEIGHT = 900;
// Of the Core Web Vitals "good" is up to 0.1; text and sized pictures need none at all.
const MOST_SHIFT = 0.01;
const PICTURES = 4;
const FITS = ["overflow", "sticking", "clipped", "overlap"];

const source = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const [rules, pixels] = [source("layout-rules.js"), source("layout-pixels.js")];

const [site, named] = commandLine("FOLDER [PAGE…]");
const chosen = named.length > 0 ? pages(site, named) : sample(site);
const server = await serve(site);
const faults = new Map();
let views = 0;

/** The same fault on several pages and in several views is one. */
function fault({ name }, where, what) {
  const known = faults.get(what) ?? { pages: new Set(), views: new Set() };
  known.pages.add(name);
  known.views.add(where);
  faults.set(what, known);
}

async function open(tab, { name }) {
  await tab.goto(`${server.origin}${server.base}${name}`, { waitUntil: "load" });
  await tab.evaluate(rules);
}

async function ask(tab, page, where, names) {
  const found = await tab.evaluate((names) => names.flatMap((name) => globalThis.layout[name]()), names);
  for (const what of found) fault(page, where, what);
  views += 1;
}

/**
 * Compares each line's colour with a picture of what is there. A browser in a hurry leaves parts of
 * a picture empty now and then, so a fault is one that shows in each of several.
 */
async function look(tab, eye, page, where, declared = true) {
  let found;
  for (let pictures = 0; pictures < PICTURES && found?.length !== 0; pictures += 1) {
    await tab.evaluate(async () => {
      scrollTo({ top: 0, behavior: "instant" });
      for (const image of document.images) image.loading = "eager";
      await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
      for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
    });
    const png = (await tab.screenshot({ fullPage: true })).toString("base64");
    const lines = await tab.evaluate(() => globalThis.layout.lines());
    const seen = await eye.evaluate((given) => globalThis.pixels.faults(...given), [png, lines, declared]);
    found = found?.filter((what) => seen.includes(what)) ?? seen;
  }
  for (const what of found) fault(page, where, what);
}

/** Adds up how far things move while the page comes and is scrolled through. */
function noteShifts() {
  globalThis.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

async function settle(tab, page, width) {
  await tab.setViewportSize({ width, height: HEIGHT });
  await open(tab, page);
  const moved = await tab.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
      scrollTo({ top: y, behavior: "instant" });
      await frame();
    }
    scrollTo({ top: 0, behavior: "instant" });
    await frame();
    return globalThis.shifts;
  });
  if (moved > MOST_SHIFT) fault(page, `${width} px`, `the layout shifts by ${moved.toFixed(3)}`);
}

/** One page, on screens, in forced colours and on paper. */
async function judge(tab, eye, page) {
  await tab.emulateMedia({ media: "screen", colorScheme: "light", forcedColors: "none", reducedMotion: "no-preference" });
  await settle(tab, page, PHONE);
  await settle(tab, page, DESK);
  await tab.emulateMedia({ reducedMotion: "reduce" });
  await ask(tab, page, "all widths", ["sizes"]);
  for (const width of WIDTHS) {
    await tab.setViewportSize({ width, height: HEIGHT });
    await ask(tab, page, `${width} px`, [...FITS, "small", "kinsoku", "covering", ...(width >= DESK ? ["measure"] : [])]);
  }
  for (const colorScheme of ["light", "dark"]) {
    await tab.emulateMedia({ colorScheme });
    for (const width of [PHONE, DESK]) {
      await tab.setViewportSize({ width, height: HEIGHT });
      await look(tab, eye, page, `${width} px, ${colorScheme}`);
    }
  }
  await tab.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  await look(tab, eye, page, "forced colours", false);
  await tab.emulateMedia({ forcedColors: "none", media: "print" });
  await tab.setViewportSize({ width: PAPER, height: HEIGHT });
  await ask(tab, page, "print", FITS);
  await look(tab, eye, page, "print");
}

/** One page for a reader whose browser is set to text of twice the size. */
async function judgeZoomed(tab, page) {
  await tab.setViewportSize({ width: ZOOMED, height: HEIGHT });
  await open(tab, page);
  const size = await tab.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  if (size < 28) fault(page, "text of twice the size", `the text stays small: ${size} px`);
  await ask(tab, page, "text of twice the size", FITS);
}

const failed = (page) => (error) => fault(page, "all", error.message);
try {
  if (chosen.length === 0) fault({ name: "site" }, "all", "no pages");
  const { tab: eye, close } = await launch();
  await eye.evaluate(pixels);
  await inTabs(chosen, (tab, page) => judge(tab, eye, page).catch(failed(page)), { script: noteShifts });
  await close();
  await inTabs(chosen, (tab, page) => judgeZoomed(tab, page).catch(failed(page)), { fontSize: 32 });
} finally {
  server.close();
}
const said = [...faults].map(([what, { pages, views }]) => {
  const [first, ...more] = [...pages].sort();
  return `${first}${more.length > 0 ? ` and ${more.length} more` : ""} (${[...views].join("; ")}): ${what}`;
});
verdict("layout", `${chosen.length} pages, ${views} views`, said);
