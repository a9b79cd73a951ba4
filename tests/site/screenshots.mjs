#!/usr/bin/env node
// Pictures for people, of every kind of page in every language: on a phone, a tablet and a desk, in
// the light and in the dark, and printed. In OUT/pages each page whole, in OUT/sheets the first
// screens of a page side by side. Judges nothing.
//
// usage: screenshots.mjs FOLDER OUT [PAGE…]      PAGE is a file below FOLDER, such as en/index.html

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { commandLine, inTabs, pages, sample, serve } from "./browser.mjs";

const WIDTHS = [360, 768, 1440];
const SCHEMES = ["light", "dark"];
const HEIGHT = 900;
// A sheet of A4 without margins of 15 mm, in CSS pixels.
const PAPER = 680;

const [site, [given, ...named]] = commandLine("FOLDER OUT [PAGE…]", 2);
const out = resolve(given);
for (const folder of ["pages", "sheets"]) {
  rmSync(join(out, folder), { recursive: true, force: true });
  mkdirSync(join(out, folder), { recursive: true });
}
const server = await serve(site);
const chosen = named.length > 0 ? pages(site, named) : sample(site);

/** One page in all views, and the sheet that shows them. */
async function shoot(tab, page) {
  const slug = page.name.replace(/(\/?index)?\.html$/, "").replaceAll("/", "-") || "root";
  const title = `${page.kind}.${page.lang}.${slug}`;
  const views = [];
  const shot = async (view, width) => {
    const file = `${title}.${view}.png`;
    // Pictures that load as they come into sight have to come into sight.
    await tab.evaluate(async () => {
      for (const image of document.images) image.loading = "eager";
      await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    });
    await tab.screenshot({ path: join(out, "pages", file), fullPage: true });
    views.push({ file, width });
  };
  await tab.goto(`${server.origin}${server.base}${page.name}`, { waitUntil: "load" });
  for (const scheme of SCHEMES) {
    await tab.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce", media: "screen" });
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: HEIGHT });
      await shot(`${String(width).padStart(4, "0")}-${scheme}`, width);
    }
  }
  await tab.emulateMedia({ colorScheme: "light", media: "print" });
  await tab.setViewportSize({ width: PAPER, height: HEIGHT });
  await shot("print", PAPER);
  await tab.pdf({ path: join(out, "pages", `${title}.print.pdf`), format: "A4" });
  await tab.emulateMedia({ media: "screen" });
  await sheet(tab, title, views);
}

/** What fits on the first screens of the views, side by side: a row for each scheme. */
async function sheet(tab, title, views) {
  const cell = ({ file, width }) =>
    `<img src="../pages/${encodeURIComponent(file)}" style="width: ${Math.round(width * 0.52 + 60)}px">`;
  const row = (part) => `<div>${part.map(cell).join("")}</div>`;
  const rows = SCHEMES.map((_, i) => row(views.slice(i * WIDTHS.length, (i + 1) * WIDTHS.length)));
  const html = `<!doctype html><meta charset="utf-8"><title>${title}</title>
<style>
body { margin: 12px; background: #777; font: 14px sans-serif; display: grid; gap: 12px; inline-size: max-content }
div { display: flex; gap: 12px } img { object-fit: cover; object-position: top; block-size: 640px }
</style><p>${title}</p>${rows.join("")}`;
  const file = join(out, "sheets", `${title}.html`);
  writeFileSync(file, html);
  await tab.goto(pathToFileURL(file).href, { waitUntil: "load" });
  await tab.setViewportSize({ width: 1590, height: 1360 });
  await tab.screenshot({ path: join(out, "sheets", `${title}.png`) });
  rmSync(file);
}

try {
  await inTabs(chosen, shoot);
} finally {
  server.close();
}
console.log(`screenshots: ${chosen.length} pages in ${out}`);
