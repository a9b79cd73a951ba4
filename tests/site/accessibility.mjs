#!/usr/bin/env node
// Accessibility, by axe-core in Chromium: pages of each kind in each language, in the light and in
// the dark (as the system asks for it, and by the theme's switch if it has one), on a phone and on a
// desk. Also: no script fails, nothing is refused by a strict Content-Security-Policy, and nothing
// is asked of another server.
//
// usage: accessibility.mjs FOLDER [PAGE…]      PAGE is a file below FOLDER, such as en/index.html

import { readFileSync } from "node:fs";
import { brought, commandLine, hasSwitch, inTabs, pages, sample, serve, switchTo, verdict } from "./browser.mjs";

const WIDTHS = [360, 1280];
const SCHEMES = ["light", "dark"];
// Of WCAG 2.2, and off by default.
const RULES = { "target-size": { enabled: true } };

const [site, named] = commandLine("FOLDER [PAGE…]");
const axe = readFileSync(brought("axe-core/axe.min.js"), "utf8");
const switched = hasSwitch(site);
const chosen = named.length > 0 ? pages(site, named) : sample(site);
const server = await serve(site);
const faults = [];
let views = 0;

/** What goes wrong while a page loads and is looked at; a function that ends the listening. */
function listen(tab, fault) {
  const heard = {
    pageerror: (error) => fault(`script error: ${error.message}`),
    console: (message) => message.type() === "error" && fault(`console: ${message.text()}`),
    request: (request) => {
      const url = request.url();
      if (!url.startsWith(server.origin) && !/^(data|blob):/.test(url)) fault(`asks another server: ${url}`);
    },
  };
  for (const [event, hear] of Object.entries(heard)) tab.on(event, hear);
  return () => {
    for (const [event, hear] of Object.entries(heard)) tab.off(event, hear);
  };
}

/** Notes what the policy refuses, which the console does not always tell. */
function noteRefusals() {
  globalThis.refusals = [];
  addEventListener("securitypolicyviolation", (event) => {
    globalThis.refusals.push(`${event.effectiveDirective} refuses ${event.blockedURI} ${event.sample}`.trim());
  });
}

/** Judges one page in every width and scheme. */
async function judge(tab, { name }) {
  const fault = (where, what) => faults.push(`${name} (${where}): ${what}`);
  const run = async (where, options) => {
    const found = await tab.evaluate((options) => axe.run(document, { resultTypes: ["violations"], ...options }), options);
    for (const violation of found.violations) {
      for (const node of violation.nodes) {
        const why = node.failureSummary.split("\n").slice(1).join("; ").trim();
        fault(where, `${violation.id}: ${violation.help}; ${node.target.join(" ")}: ${why}`);
      }
    }
    views += 1;
  };
  const unlisten = listen(tab, (what) => fault("loading", what));
  await tab.goto(`${server.origin}${server.base}${name}`, { waitUntil: "load" });
  await tab.evaluate(axe);
  for (const scheme of SCHEMES) {
    await tab.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 800 });
      await run(`${scheme}, ${width} px`, { rules: RULES });
    }
  }
  if (switched) {
    const ground = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    for (const scheme of SCHEMES) {
      await tab.emulateMedia({ colorScheme: scheme });
      const asked = await ground();
      await tab.emulateMedia({ colorScheme: scheme === "light" ? "dark" : "light" });
      await switchTo(tab, scheme);
      if ((await ground()) !== asked) fault(`switched to ${scheme}`, "the ground is another than without the switch");
      await run(`switched to ${scheme}`, { runOnly: ["color-contrast"] });
    }
  }
  for (const refusal of await tab.evaluate(() => globalThis.refusals)) fault("policy", refusal);
  unlisten();
}

try {
  if (chosen.length === 0) faults.push("no pages");
  const failed = (page) => (error) => faults.push(`${page.name}: ${error.message}`);
  await inTabs(chosen, (tab, page) => judge(tab, page).catch(failed(page)), { script: noteRefusals });
} finally {
  server.close();
}
verdict("accessibility", `${chosen.length} pages, ${views} views`, faults);
