#!/usr/bin/env node
// Accessibility, by axe-core in Chromium: one page of each kind in each language, in the light and
// in the dark, on a phone and on a desk. Also: nothing is wider than the screen, no script fails,
// and nothing is asked of another server.
//
// usage: accessibility.mjs FOLDER [PAGE…]      PAGE is a file below FOLDER, such as en/index.html

import { createServer } from "node:http";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { extname, join, relative, resolve } from "node:path";
import process from "node:process";

const WIDTHS = [360, 1280];
const SCHEMES = ["light", "dark"];
const AT_ONCE = 2;

const [folder, ...named] = process.argv.slice(2);
if (!folder || !existsSync(folder)) {
  console.error("usage: accessibility.mjs FOLDER [PAGE…]");
  process.exit(2);
}
const site = resolve(folder);
const cache =
  process.env.BASHU_JUDGES ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "bashu-ci");
const require = createRequire(join(cache, "npm", "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** All HTML files, in the order of their paths. */
function pages() {
  return readdirSync(site, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .sort();
}

/**
 * One page of each kind in each language. A theme tells the kind in the class of <body>; of several
 * pages of a kind the one with the most different elements shows the most.
 */
function sample() {
  const kinds = new Map();
  for (const name of pages()) {
    const html = readFileSync(join(site, name), "utf8");
    if (/http-equiv="?refresh/i.test(html)) continue; // a redirect
    const lang = /<html[^>]*\slang="?([\w-]+)/i.exec(html)?.[1] ?? "";
    const kind = /<body[^>]*\sclass="([^"]*)"/i.exec(html)?.[1] ?? `depth ${name.split("/").length}`;
    const elements = new Set(html.match(/<[a-z][\w-]*(?: class="[^"]*")?/g)).size;
    const best = kinds.get(`${lang} ${kind}`);
    if (!best || elements > best.elements) kinds.set(`${lang} ${kind}`, { name, elements });
  }
  return [...kinds.values()].map((page) => page.name).sort();
}

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
  ".json": "application/json",
};

/** The path of the site's address: / or /path/, as robots.txt states it. */
function basePath() {
  const robots = join(site, "robots.txt");
  const url = existsSync(robots) && /^Sitemap: *(.*)sitemap\.xml/m.exec(readFileSync(robots, "utf8"))?.[1];
  return url ? new URL(url).pathname : "/";
}

/** Serves the folder as a static host does, on a free port of this machine. */
function serve(base) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    // Browsers ask for this one unasked; a site that names no icon has done nothing wrong.
    if (path === "/favicon.ico") return response.writeHead(204).end();
    let file = join(site, path.startsWith(base) ? path.slice(base.length) : path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const found = file.startsWith(site) && existsSync(file);
    response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(found ? readFileSync(file) : "");
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

const base = basePath();
const server = await serve(base);
const origin = `http://127.0.0.1:${server.address().port}`;
const profile = mkdtempSync(join(tmpdir(), "bashu-accessibility-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: browserPath,
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

const todo = named.length > 0 ? named.map((name) => relative(site, resolve(site, name))) : sample();
const count = todo.length;
const faults = [];
let views = 0;

/** Judges one page in every width and scheme. */
async function judge(tab, name) {
  const fault = (where, what) => faults.push(`${name} (${where}): ${what}`);
  const load = (what) => fault("loading", what);
  const onError = (error) => load(`script error: ${error.message}`);
  const onConsole = (message) => message.type() === "error" && load(`console: ${message.text()}`);
  const onRequest = (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) load(`asks another server: ${url}`);
  };
  tab.on("pageerror", onError).on("console", onConsole).on("request", onRequest);
  await tab.goto(`${origin}${base}${name}`, { waitUntil: "load" });
  await tab.evaluate(axe);
  for (const scheme of SCHEMES) {
    await tab.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 800 });
      const where = `${scheme}, ${width} px`;
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) fault(where, `the page is ${wide} px wider than the screen`);
      const found = await tab.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      for (const violation of found.violations) {
        for (const node of violation.nodes) {
          const why = node.failureSummary.split("\n").slice(1).join("; ").trim();
          fault(where, `${violation.id}: ${violation.help}; ${node.target.join(" ")}: ${why}`);
        }
      }
      views += 1;
    }
  }
  tab.off("pageerror", onError).off("console", onConsole).off("request", onRequest);
}

try {
  if (count === 0) faults.push("no pages");
  const work = async () => {
    const tab = await context.newPage();
    for (let name = todo.shift(); name !== undefined; name = todo.shift()) {
      await judge(tab, name).catch((error) => faults.push(`${name}: ${error.message}`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  await context.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
for (const fault of faults.sort().slice(0, 50)) console.log(fault);
console.log(`accessibility: ${count} pages, ${views} views, ${faults.length} violations`);
process.exit(faults.length > 0 ? 1 : 0);
