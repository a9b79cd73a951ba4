#!/usr/bin/env python3
"""What a page makes a reader's browser fetch, beside pictures.

usage: weight.py FOLDER

HTML, style sheets and scripts of a page are under 60 KB together, before they are compressed. Each
style sheet and script has a fingerprint in its name and the integrity hash of its bytes. Nothing
comes from elsewhere, nothing is missing, and no page has inline scripts or styles.
"""

import base64
import gzip
import hashlib
import os
import re
import sys

# Nothing is left behind in the repository.
sys.dont_write_bytecode = True
from pages import Page, local, take_site, verdict

MOST = 60_000
FINGERPRINT = re.compile(r"\.[0-9a-f]{8,}\.\w+$")
IMPORT = {
    ".css": re.compile(r"""@import\s+(?:url\()?["']?([^"')\s;]+)"""),
    ".js": re.compile(r"""\b(?:import|export)\b\s*(?:[\w*{}\s,$]*\bfrom\b\s*)?["']([^"']+)["']"""),
}


class Site:
    """The site's files, each read once, with what they weigh."""

    def __init__(self, site, address):
        self.site, self.address, self._read = site, address, {}

    def file(self, base, url):
        """The path of what a URL leads to, None if it leads out of the site."""
        return local(self.site, self.address, base, url)

    def read(self, path):
        """Bytes of a file, how many they are when compressed, and the hash of integrity; None if it is missing."""
        if path not in self._read:
            found = None
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    data = f.read()
                digest = base64.b64encode(hashlib.sha384(data).digest()).decode()
                found = (data, len(gzip.compress(data, mtime=0)), f"sha384-{digest}")
            self._read[path] = found
        return self._read[path]

    def url(self, path):
        return self.address + os.path.relpath(path, self.site).replace(os.sep, "/")


def imported(site, path, fault):
    """A style sheet or script with all that it imports; and what a style sheet's url() says."""
    todo, found = [path], []
    while todo:
        here = todo.pop()
        if here in found:
            continue
        found.append(here)
        text = site.read(here)[0].decode("utf-8", "replace")
        name = os.path.relpath(here, site.site)
        kind = os.path.splitext(here)[1]
        for url in IMPORT[kind].findall(text) if kind in IMPORT else []:
            part = site.file(site.url(here), url)
            if part is None or site.read(part) is None:
                fault(f"{name} imports {url}, which is not there")
            else:
                todo.append(part)
        for url in re.findall(r"""\burl\(\s*["']?([^"')]+)""", text) if kind == ".css" else []:
            target = site.file(site.url(here), url)
            if target is None or site.read(target) is None:
                fault(f"{name} asks for {url[:60]}, which is no file of the site")
    return found


def judge(site, page, faults):
    """The weight of a page, plain and compressed."""

    def fault(what):
        faults.append((page.name, what))

    for what in page.inline:
        fault(f"inline {what}")
    parts = []
    for tag, values, url in page.fetched:
        path = site.file(page.address, url)
        if path is None:
            fault(f"{tag} fetches {url[:80]}, which is not of the site")
        elif site.read(path) is None:
            fault(f"{tag} fetches {url}, which is not there")
        elif tag == "script" or "stylesheet" in (values.get("rel") or ""):
            _, _, digest = site.read(path)
            if not FINGERPRINT.search(path):
                fault(f"{url} has no fingerprint")
            if values.get("integrity") is None:
                fault(f"{url} has no integrity")
            elif digest not in values["integrity"].split():
                fault(f"{url} is not what its integrity says")
            parts += imported(site, path, fault)
    html = page.html.encode()
    sizes = [site.read(part) for part in sorted(set(parts))]
    weight = len(html) + sum(len(data) for data, _, _ in sizes)
    if weight > MOST:
        fault(f"{weight} bytes of HTML, CSS and JavaScript, more than {MOST}")
    return weight, len(gzip.compress(html, mtime=0)) + sum(packed for _, packed, _ in sizes)


def main():
    folder, address, names = take_site(__doc__)
    site, faults, weights = Site(folder, address), [], []
    for name in names:
        page = Page(folder, address, name)
        weights.append((*judge(site, page, faults), name))
    if not names:
        faults.append(("site", "no pages"))
    weight, packed, name = max(weights, default=(0, 0, "none"))
    most = f"at most {weight / 1000:.1f} KB, {packed / 1000:.1f} KB compressed ({name})"
    verdict("weight", f"{len(names)} pages, {most}", faults)


main()
