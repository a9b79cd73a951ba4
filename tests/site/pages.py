"""What the judges written in Python read of a site's pages. Judges nothing itself."""

import os
import posixpath
import re
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

# Links of these kinds bring something into the page; others only lead somewhere.
FETCHED = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest", "prefetch"}
DATA = {"application/ld+json", "application/json", "text/plain", "importmap", "speculationrules"}


def take_site(usage):
    """The folder of the command line, the address of the site, and the names of its pages."""
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        print(usage)
        sys.exit(2)
    site = os.path.abspath(sys.argv[1])
    with open(os.path.join(site, "robots.txt"), encoding="utf-8") as f:
        address = re.search(r"^Sitemap: *(.*)sitemap\.xml", f.read(), re.MULTILINE).group(1)
    names = [
        posixpath.join(os.path.relpath(folder, site), name).removeprefix("./")
        for folder, _, files in os.walk(site)
        for name in files
        if name.endswith(".html")
    ]
    return site, address, sorted(names)


def verdict(judge, looked, faults):
    """Says what was found, the same on several pages once, and ends the program. A fault is (page, text)."""
    where = {}
    for name, text in faults:
        where.setdefault(text, []).append(name)
    for text, names in sorted(where.items(), key=lambda item: (item[1][0], item[0]))[:60]:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        print(f"{names[0]}{more}: {text}")
    print(f"{judge}: {looked}, {len(where)} faults")
    sys.exit(1 if faults else 0)


class Page(HTMLParser):
    """One page: what its head says, what it fetches, and what of it a strict policy refuses."""

    def __init__(self, site, address, name):
        super().__init__(convert_charrefs=True)
        self.name = name
        self.address = address + re.sub(r"(^|/)index\.html$", r"\1", name)
        self.lang = self.canonical = None
        # The languages of its versions, with their addresses.
        self.alternates = {}
        self.is_redirect = self.is_noindex = False
        self.data_blocks, self.inline = [], []
        # Each as (element, attributes, URL).
        self.fetched = []
        self._headings, self._open = [], None
        with open(os.path.join(site, name), encoding="utf-8") as f:
            self.html = f.read()
        self.feed(self.html)

    @property
    def heading(self):
        return " ".join(self._headings[0].split()) if self._headings else None

    @property
    def is_listed(self):
        """Search engines are to list it, and it is of one language: the page of all languages is of none."""
        of_all = [key for key, url in self.alternates.items() if url == self.address] == ["x-default"]
        return bool(self.canonical) and not (self.is_noindex or self.is_redirect or of_all)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "html":
            self.lang = values.get("lang")
        elif tag == "meta":
            self.is_redirect |= (values.get("http-equiv") or "").lower() == "refresh"
            self.is_noindex |= values.get("name") == "robots" and "noindex" in values.get("content", "")
        elif tag == "link":
            self._link(values)
        elif tag == "script":
            self._script(values)
        elif tag == "style":
            self.inline.append("<style>")
        elif tag == "h1":
            self._headings.append("")
            self._open = "h1"
        if tag != "link":
            urls = [values.get(key) for key in ("src", "poster", "data")]
            urls += [part.split()[0] for part in (values.get("srcset") or "").split(",") if part.strip()]
            urls += [values.get("href")] if tag in ("use", "image") else []
            self.fetched += [(tag, values, url) for url in urls if url]
        for key, value in attrs:
            if key == "style" or re.fullmatch(r"on[a-z]+", key):
                self.inline.append(f"<{tag} {key}=…>")
            if key in ("href", "action") and (value or "").strip().lower().startswith("javascript:"):
                self.inline.append(f"<{tag} {key}={value}>")

    def _link(self, values):
        kinds = set((values.get("rel") or "").lower().split())
        if "canonical" in kinds:
            self.canonical = values.get("href")
        if "hreflang" in values:
            self.alternates[values["hreflang"]] = values.get("href")
        if kinds & FETCHED:
            self.fetched.append(("link", values, values.get("href") or ""))

    def _script(self, values):
        if "src" in values:
            return
        if values.get("type") == "application/ld+json":
            self.data_blocks.append("")
            self._open = "data"
        elif values.get("type") not in DATA:
            self.inline.append("<script>")

    def handle_endtag(self, tag):
        if tag in ("h1", "script"):
            self._open = None

    def handle_data(self, data):
        if self._open == "h1":
            self._headings[-1] += data
        elif self._open == "data":
            self.data_blocks[-1] += data


def local(site, address, base, url):
    """The file that a URL on a page or in a style sheet leads to, or None if that is not of the site."""
    full = urljoin(base, url)
    if not full.startswith(address):
        return None
    return os.path.join(site, unquote(urlsplit(full).path)[len(urlsplit(address).path) :])
