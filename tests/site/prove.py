#!/usr/bin/env python3
"""Shows that the judges judge: each is given copies of the site that are broken in a known way.

usage: prove.py FOLDER [JUDGE…]

A judge passes this when it refuses every such copy and names the fault. (That it lets the whole
site pass is the judge's own step.)
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

# An article, a page and a feed that the site has; found when the program starts.
PAGE, FEED = "", ""


def edit(path, pattern, replacement):
    """A change of one place in one file of the copy. A pattern that is not found is a fault here."""

    def change(copy):
        file = os.path.join(copy, path)
        with open(file, encoding="utf-8") as f:
            text = f.read()
        changed, count = re.subn(pattern, replacement, text, count=1, flags=re.DOTALL)
        if count == 0:
            sys.exit(f"prove.py: {path} has nothing like {pattern}")
        with open(file, "w", encoding="utf-8") as f:
            f.write(changed)

    return change


def before_end(html):
    """Puts something at the end of a page's main part."""
    return edit(PAGE, r"</main>", lambda _: html + "</main>")


def without(path):
    """Takes a file away."""
    return lambda copy: os.remove(os.path.join(copy, path))


def cases(address):
    """For each judge: what is broken, how, and what the judge must say of it."""
    return {
        "html.sh": [
            ("an element left open", before_end("<section><p>Open"), r"[Uu]nclosed element|open elements"),
            ("an id used twice", before_end('<p id="x1">a</p><p id="x1">b</p>'), r"Duplicate ID"),
            (
                "an impossible language",
                edit(PAGE, r'hreflang="[\w-]+"', 'hreflang="english"'),
                r"hreflang",
            ),
        ],
        "links.sh": [
            ("a relative link to nothing", before_end('<a href="../no-such-page/">x</a>'), r"no-such-page"),
            (
                "an absolute link to nothing",
                before_end(f'<a href="{address}no-such-page/">x</a>'),
                r"no-such-page",
            ),
            ("an anchor that is not there", before_end('<a href="#no-such-anchor">x</a>'), r"no-such-anchor"),
            ("an image that is not there", before_end('<img src="no-such.png" alt="x">'), r"no-such\.png"),
            ("a page that is gone", without(PAGE), re.escape(os.path.dirname(PAGE))),
            (
                "a feed that leads to nothing",
                edit(
                    FEED,
                    r'<link rel="alternate"([^>]*) href="[^"]*"',
                    rf'<link rel="alternate"\1 href="{address}no-such-page/"',
                ),
                r"no-such-page",
            ),
        ],
        "atom.py": [
            ("a feed without a date", edit(FEED, r"<updated>.*?</updated>", ""), r"updated|feed.*content"),
            (
                "a date that is no moment",
                edit(FEED, r"<updated>[^<]*</updated>", "<updated>2023-12-25</updated>"),
                r"2023-12-25|updated",
            ),
            ("an entry without an id", edit(FEED, r"(<entry>\s*)<id>.*?</id>", r"\1"), r"entry"),
            ("an element Atom does not know", edit(FEED, r"<entry>", "<entry><guid>1</guid>"), r"guid|entry"),
            (
                "an id used twice",
                edit(FEED, r"(<entry>.*?</entry>)", r"\1\1"),
                r"several entries have the id",
            ),
            ("nobody who wrote it", edit(FEED, r"<author>.*?</author>", ""), r"author"),
            ("XML that is none", edit(FEED, r"</entry>", ""), r"not XML"),
        ],
        "sitemap.sh": [
            ("a page without its address", edit("sitemap.xml", r"<loc>[^<]*</loc>", ""), r"loc"),
            (
                "a date that is none",
                edit("sitemap.xml", r"(</loc>)", r"\1<lastmod>2023-13-01</lastmod>"),
                r"lastmod",
            ),
            (
                "an alternate without a language",
                edit("sitemap.xml", r' hreflang="[^"]*"', ""),
                r"hreflang",
            ),
            ("an element of its own", edit("sitemap.xml", r"</loc>", "</loc><title>x</title>"), r"title"),
            ("no sitemap", without("sitemap.xml"), r"sitemap\.xml"),
        ],
        "accessibility.mjs": [
            (
                "several faults in one page",
                before_end(
                    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
                    '<style>@media (prefers-color-scheme: dark) { .pale { color: #444; background: #333 } }</style>'
                    '<p class="pale">Too pale at night</p>'
                    '<div style="width: 600px">Too wide for a phone</div>'
                    '<script>throw new Error("broken on purpose")</script>'
                    '<img src="http://127.0.0.2:9/tracker.gif" alt="x">'
                ),
                # Each of them is named, in the view where it shows.
                r"(?=.*image-alt)(?=.*\(dark, \d+ px\): color-contrast)(?!.*\(light, \d+ px\): color-contrast)"
                r"(?=.*\(\w+, 360 px\): the page is \d+ px wider)(?=.*broken on purpose)"
                r"(?=.*asks another server: http://127\.0\.0\.2)",
            ),
        ],
    }


def find(site, name, marker):
    """The deepest file of that name with the marker in it, so that it is an article or its like."""
    found = []
    for folder, _, names in os.walk(site):
        if name in names:
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as f:
                if marker in f.read():
                    found.append(os.path.relpath(path, site))
    if not found:
        sys.exit(f"prove.py: {site} has no {name} with {marker}")
    return sorted(found, key=lambda path: (-path.count("/"), path))[0]


def main():
    global PAGE, FEED
    if len(sys.argv) < 2 or not os.path.isdir(sys.argv[1]):
        sys.exit(__doc__)
    site, only = os.path.abspath(sys.argv[1]), sys.argv[2:]
    PAGE, FEED = find(site, "index.html", 'hreflang="'), find(site, "feed.xml", "<entry>")
    with open(os.path.join(site, "robots.txt"), encoding="utf-8") as f:
        address = re.search(r"^Sitemap: *(.*)sitemap\.xml", f.read(), re.MULTILINE).group(1)

    passed, failed = 0, 0
    for judge, breaks in cases(address).items():
        if only and judge not in only:
            continue
        for what, change, expected in breaks:
            with tempfile.TemporaryDirectory(prefix="bashu-prove-") as scratch:
                copy = os.path.join(scratch, "site")
                if judge == "html.sh":
                    # The checker reads only what it is given: one page is enough, and quicker.
                    os.makedirs(os.path.dirname(os.path.join(copy, PAGE)))
                    shutil.copy(os.path.join(site, PAGE), os.path.join(copy, PAGE))
                else:
                    shutil.copytree(site, copy)
                change(copy)
                command = [os.path.join(HERE, judge), copy]
                if judge == "accessibility.mjs":
                    command.append(PAGE)
                run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            # Status 2 is a judge that could not judge.
            if run.returncode == 1 and re.search(expected, run.stdout, re.DOTALL):
                passed += 1
                print(f"ok: {judge} refuses {what}")
            else:
                failed += 1
                print(f"FAILED: {judge} and {what}: status {run.returncode}, said:\n{run.stdout}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


main()
