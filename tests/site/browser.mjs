// What the judges in Chromium share: the site served as a static host serves it, under a strict
// Content-Security-Policy; the browser; a sample of pages; tabs that work side by side; the verdict.
// Judges nothing itself.

import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import process from "node:process";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const cache =
  process.env.BASHU_JUDGES ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "bashu-ci");
const require = createRequire(join(cache, "npm", "package.json"));
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The file of a package that install.sh brings. Ends the program if it is not there. */
export function brought(name) {
  try {
    return require.resolve(name);
  } catch {
    console.error(`${basename(process.argv[1])}: ${name} is missing; run install.sh beside it`);
    process.exit(2);
  }
}

/** Nothing but the site's own files, and no inline script or style. */
const POLICY =
  "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; media-src 'self'; " +
  "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml",
  ".json": "application/json",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".woff2": "font/woff2",
  ".mp4": "video/mp4",
  ".webm": "video/webm",
};

/** The folder and pages of the command line: [site, pages]. Ends the program if it was called wrongly. */
export function commandLine(usage, least = 1) {
  const given = process.argv.slice(2);
  if (given.length < least || !existsSync(given[0])) {
    console.error(`usage: ${basename(process.argv[1])} ${usage}`);
    process.exit(2);
  }
  const site = resolve(given[0]);
  return [site, given.slice(1)];
}

/** Where the site will stand, as robots.txt states it; a site that states nothing stands at a root. */
export function address(site) {
  const robots = join(site, "robots.txt");
  const url = existsSync(robots) && /^Sitemap: *(.*)sitemap\.xml/m.exec(readFileSync(robots, "utf8"))?.[1];
  return new URL(url || "http://localhost/");
}

/**
 * Serves the folder on a free port of this machine as static hosts do: compressed, with
 * fingerprinted files to be kept for ever, and the nearest 404 page for what is not there.
 *
 * With `secure` it speaks HTTP/2 with a certificate that nobody signed.
 */
export async function serve(site, { secure = false } = {}) {
  const base = address(site).pathname;
  const answers = new Map();

  const answer = (path) => {
    let file = path.startsWith(base) ? join(site, path.slice(base.length)) : "";
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const found = file.startsWith(site) && existsSync(file);
    for (let folder = dirname(file); !found && folder.startsWith(site); folder = dirname(folder)) {
      file = join(folder, "404.html");
      if (existsSync(file)) break;
    }
    if (!file.startsWith(site) || !existsSync(file)) return { status: 404, headers: {}, body: "" };
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = {
      "content-type": type,
      "cache-control": /\.[0-9a-f]{8,}\.\w+$/.test(file) ? "public, max-age=31536000, immutable" : "no-cache",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
    };
    const body = readFileSync(file);
    const packed = /text|xml|json/.test(type) && {
      br: brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
      gzip: gzipSync(body),
    };
    return { status: found ? 200 : 404, headers, body, packed };
  };

  const respond = (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    // Browsers ask for this one unasked; a site that names no icon has done nothing wrong.
    if (path === "/favicon.ico" && !existsSync(join(site, path))) return response.writeHead(204).end();
    if (!answers.has(path)) answers.set(path, answer(path));
    const { status, headers, body, packed } = answers.get(path);
    const accepted = request.headers["accept-encoding"] ?? "";
    const coding = packed && (/\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) && "gzip");
    response.writeHead(status, {
      ...headers,
      ...(packed && { vary: "accept-encoding" }),
      ...(coding && { "content-encoding": coding }),
    });
    response.end(coding ? packed[coding] : body);
  };

  const server = secure ? createSecureServer({ ...certificate(), allowHTTP1: true }, respond) : createServer(respond);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  return { port, base, origin: `http${secure ? "s" : ""}://127.0.0.1:${port}`, close: () => server.close() };
}

/** A key and a certificate of one day, which only a browser told to ignore faults accepts. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "bashu-certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  try {
    const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
    const names = ["-subj", "/CN=bashu-judges", "-keyout", key, "-out", cert];
    execFileSync("openssl", ["req", ...kind, ...names], { stdio: "pipe" });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Starts Chromium with a profile of its own, in which a reader may have chosen a size of text. Its
 * tab runs `script`, a function, before a page's own.
 */
export async function launch({ fontSize = 16, script } = {}) {
  const { chromium } = require(brought("playwright-core"));
  const profile = mkdtempSync(join(tmpdir(), "bashu-chromium-"));
  mkdirSync(join(profile, "Default"));
  const preferences = { webkit: { webprefs: { default_font_size: fontSize } } };
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
  const settings = { executablePath: CHROMIUM, headless: true, args: FLAGS };
  const context = await chromium.launchPersistentContext(profile, settings);
  if (script) await context.addInitScript(script);
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { tab: context.pages()[0] ?? (await context.newPage()), close };
}

/**
 * The pages to look at, each as { name, kind, lang }, in the order of kinds, languages and names.
 *
 * A theme tells a page's kind in the class of <body>. Of each kind and language there is the page
 * with the most different elements and the one with the fewest (an article without a cover), and
 * then as many as it takes to see every element of the language with every class somewhere. With
 * `short` there is only the first of these.
 */
export function sample(site, { short = false } = {}) {
  const groups = new Map();
  for (const page of pages(site)) {
    const group = `${page.lang} ${page.kind}`;
    groups.set(group, [...(groups.get(group) ?? []), page]);
  }
  const chosen = new Set();
  const seen = new Set();
  const take = (page) => {
    chosen.add(page);
    for (const element of page.elements) seen.add(`${page.lang} ${element}`);
  };
  const news = (page) => [...page.elements].filter((element) => !seen.has(`${page.lang} ${element}`)).length;
  for (const group of groups.values()) {
    group.sort((a, b) => b.elements.size - a.elements.size || (a.name < b.name ? -1 : 1));
    take(group[0]);
    if (!short) take(group.at(-1));
  }
  if (!short) for (const group of groups.values()) for (const page of group) if (news(page) > 0) take(page);
  const key = (page) => `${page.kind} ${page.lang} ${page.name}`;
  return [...chosen].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** All pages, or those that are named; redirects are none. */
export function pages(site, named = []) {
  const names = named.length > 0 ? named.map((name) => relative(site, resolve(site, name))) : listed(site);
  return names.flatMap((name) => {
    const html = readFileSync(join(site, name), "utf8");
    if (/http-equiv="?refresh/i.test(html)) return [];
    const lang = /<html[^>]*\slang="?([\w-]+)/i.exec(html)?.[1] ?? "";
    const kind = /<body[^>]*\sclass="(?:kind-)?([\w-]*)/i.exec(html)?.[1] ?? `depth-${name.split("/").length}`;
    const elements = new Set(html.match(/<[a-z][\w-]*(?: class="[^"]*")?/g));
    return [{ name, kind, lang, elements }];
  });
}

function listed(site) {
  return readdirSync(site, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .sort();
}

/**
 * Does the work for each page, two at a time: what keeps both cores of a build machine busy. Each
 * has a browser of its own, as a tab behind another is not drawn.
 */
export async function inTabs(pages, work, options) {
  const todo = [...pages];
  const one = async () => {
    const { tab, close } = await launch(options);
    try {
      for (let page = todo.shift(); page !== undefined; page = todo.shift()) await work(tab, page);
    } finally {
      await close();
    }
  };
  await Promise.all([one(), one()]);
}

/** Puts the page into a scheme by the switch of a theme that has one, as its script does. */
export async function switchTo(tab, scheme) {
  await tab.evaluate((scheme) => (document.documentElement.dataset.scheme = scheme), scheme);
}

/** Does the theme have a switch between light and dark? */
export function hasSwitch(site) {
  return readdirSync(site, { recursive: true }).some(
    (name) => name.endsWith(".css") && readFileSync(join(site, name), "utf8").includes("[data-scheme"),
  );
}

/** Says what was found, and ends the program. */
export function verdict(judge, looked, faults) {
  const found = [...new Set(faults)].sort();
  for (const fault of found.slice(0, 60)) console.log(fault);
  console.log(`${judge}: ${looked}, ${found.length} faults`);
  process.exit(found.length > 0 ? 1 : 0);
}
