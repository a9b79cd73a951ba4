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

# A page, a feed, and an article that programs are told of: what the site has, found when the program starts.
PAGE, FEED, ARTICLE = "", "", ""


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


def with_files(html, css="", script=""):
    """Puts something at the end of a page's main part, with a style sheet and a script of its own."""

    def change(copy):
        for name, text in (("broken.css", css), ("broken.js", script)):
            with open(os.path.join(copy, name), "w", encoding="utf-8") as f:
                f.write(text)
        up = "../" * PAGE.count("/")
        files = f'<link rel="stylesheet" href="{up}broken.css"><script src="{up}broken.js"></script>'
        edit(PAGE, r"</main>", lambda _: f"{html}</main>")(copy)
        edit(PAGE, r"</head>", lambda _: f"{files}</head>")(copy)

    return change


def in_turn(*changes):
    """Several changes of one copy."""

    def change(copy):
        for one in changes:
            one(copy)

    return change


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
                with_files(
                    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
                    '<p class="x-pale">Too pale at night</p><p style="color: red">Styled inline</p>'
                    '<a class="x-tiny" href="/">x</a><a class="x-tiny" href="/#y">y</a>'
                    "<script>console.log(1)</script>"
                    '<img src="http://127.0.0.2:9/tracker.gif" alt="x">',
                    "@media (prefers-color-scheme: dark) { .x-pale { color: #444; background: #333 } }"
                    ".x-tiny { display: inline-block; font-size: 8px; inline-size: 8px; block-size: 8px; overflow: hidden }",
                    'throw new Error("broken on purpose")',
                ),
                # Each of them is named, in the view where it shows.
                [
                    r"image-alt",
                    r"\(dark, \d+ px\): color-contrast",
                    r"target-size",
                    r"script error: broken on purpose",
                    r"\(policy\): img-src refuses data",
                    r"\(policy\): style-src-attr refuses inline",
                    r"\(policy\): script-src-elem refuses inline",
                    r"img-src refuses http://127\.0\.0\.2",
                    r"asks another server: http://127\.0\.0\.2",
                ],
            ),
        ],
        "layout.mjs": [
            (
                "several faults in one page",
                with_files(
                    '<p class="x-wide">Too wide for a phone</p>'
                    '<p class="x-cut">Cut off below its middle</p>'
                    '<div class="x-stack"><p>One line on another</p><p>Another line on one</p></div>'
                    '<p class="x-small">Too small to read</p>'
                    '<p class="x-sand">On ground of its own colour</p>'
                    '<p class="x-under">Under something</p>'
                    f'<p class="x-long">{"Long lines are hard to read. " * 40}</p>'
                    f'<p class="x-lines" lang="zh-Hans">{"中文，" * 9}</p>'
                    '<p class="x-formula" lang="zh-Hans">中文<math><mi>long</mi></math>。</p>'
                    '<p class="x-printed">Too wide for paper</p>'
                    '<p class="x-forced">Nothing to see by force</p>'
                    '<p class="x-before">Before all</p>'
                    '<img src="/favicon.svg" alt="x">',
                    "body { font-size: 16px !important }"
                    ".x-wide { white-space: nowrap; font-size: 60px }"
                    ".x-cut { overflow: hidden; block-size: .7em; line-height: 1.4 }"
                    ".x-stack { display: grid } .x-stack > p { grid-area: 1 / 1; margin: 0 }"
                    ".x-small { font-size: 9px }"
                    ".x-sand { color: #222; background: linear-gradient(#242424, #242424) }"
                    ".x-under { position: relative }"
                    ".x-under::after { content: ''; position: absolute; inset: 0; background: #abc }"
                    "@media (min-width: 1400px) { .x-long { inline-size: 1100px; max-inline-size: none } }"
                    ".x-lines { inline-size: 2em; line-break: anywhere }"
                    ".x-formula { inline-size: 2em }"
                    ".x-before { position: fixed; inset: 60% 0 0; z-index: 9 }"
                    "@media not screen { .x-before { display: none } }"
                    ".x-printed { display: none }"
                    "@media print { .x-printed { display: block; white-space: nowrap; font-size: 150px } }"
                    "@media (forced-colors: active) {"
                    " .x-forced { forced-color-adjust: none; color: #fff; background: #fff } }",
                    "addEventListener('load', () => setTimeout(() =>"
                    " document.querySelector('main').style.marginTop = '400px', 30))",
                ),
                [
                    r"\(.*320 px.*\): the page is \d+ px wider",
                    r"\(.*320 px.*\): p\.x-wide “Too wide.*” sticks out of the screen",
                    r"Cut off.*is cut off by p\.x-cut",
                    r"One line on another” and p “Another line on one” lie on each other",
                    r"Too small to read” is only 9\.0 px",
                    r"On ground of.*has a contrast of 1\.\d+",
                    r"Under something” (is not to be seen|has a contrast)",
                    r"Long lines.*characters a line",
                    r"breaks a line at “文\|，”",
                    r"breaks a line at “x\|。”",
                    r"\(print\): p\.x-printed “Too wide for paper” sticks out",
                    r"forced colours\): p\.x-forced[^\n]*hardly to be seen",
                    r"Before all” covers \d+ % of the screen",
                    r"favicon\.svg has no width and height",
                    r"the text stays small",
                    r"the layout shifts by 0\.\d+",
                ],
            ),
        ],
        "fonts.mjs": [
            (
                "fonts of the wrong script",
                with_files(
                    '<p lang="zh-Hans" class="x-japan">直角骨令</p>'
                    '<p lang="zh-Hans" class="x-latin">“引号”</p>'
                    '<p lang="en" class="x-chinese">Latin letters</p>',
                    '.x-japan { font-family: "Noto Sans CJK JP" }'
                    '.x-latin { font-family: "DejaVu Sans", "Noto Sans CJK SC" }'
                    '.x-chinese { font-family: "Noto Sans CJK SC" }',
                ),
                [
                    r"“直角骨令”: Chinese is drawn by Noto Sans CJK JP",
                    r"Chinese punctuation is drawn by DejaVu Sans",
                    r"“Latin”: Latin is drawn by Noto Sans CJK SC",
                ],
            ),
        ],
        "lighthouse.mjs": [
            (
                "a slow page with faults",
                in_turn(
                    with_files(
                        '<img src="/favicon.svg" width="9" height="9"><img src="/gone.png" width="9" height="9" alt="x">',
                        script="const end = performance.now() + 3000; while (performance.now() < end);",
                    ),
                    edit(PAGE, r'<meta name="description"[^>]*>', ""),
                ),
                [
                    r"accessibility \d+, not 100.*image-alt",
                    r"best-practices \d+, not 100.*errors-in-console",
                    r"seo \d+, not 100.*meta-description",
                    r"performance \d+, not 98",
                ],
            ),
        ],
        "structured-data.py": [
            ("JSON that is none", edit(ARTICLE, r'("@context")', r"\1,"), r"no JSON"),
            ("a property that schema.org does not know", edit(ARTICLE, r'"headline"', '"headlin"'), r"headlin"),
            ("another language", edit(ARTICLE, r'("inLanguage":\s*)"[\w-]+"', r'\1"fr"'), r"inLanguage is fr"),
            (
                "a translation that is not of its original",
                edit(ARTICLE, r'"(workTranslation|translationOfWork)"', '"isBasedOn"'),
                r"does not name it",
            ),
            ("steps in no order", edit(ARTICLE, r'("position":\s*)1\b', r"\g<1>2"), r"positions"),
            ("a headline that readers do not see", edit(ARTICLE, r"(<h1[^>]*>)", r"\1Not "), r"the page's heading “Not"),
            ("a page without", edit(ARTICLE, r'<script type="application/ld\+json">.*?</script>', ""), r"no JSON-LD"),
        ],
        "weight.py": [
            ("a page too heavy", before_end("<!--" + "x" * 60_000 + "-->"), r"bytes of HTML, CSS and JavaScript"),
            ("an inline style", before_end('<p style="color: red">x</p>'), r"inline <p style"),
            ("an inline script", before_end("<script>1</script>"), r"inline <script>"),
            ("a script that handles an event", before_end('<p onclick="x()">x</p>'), r"inline <p onclick"),
            ("another server's picture", before_end('<img src="https://x.example/x.png" alt="">'), r"not of the site"),
            ("a script without a fingerprint", with_files(""), r"broken\.js has no fingerprint"),
            (
                "a style sheet that is not the one meant",
                edit(PAGE, r'integrity="sha384-.', 'integrity="sha384-!'),
                r"not what its integrity says",
            ),
            ("a style sheet that is not checked", edit(PAGE, r' integrity="[^"]*"', ""), r"has no integrity"),
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
    global PAGE, FEED, ARTICLE
    if len(sys.argv) < 2 or not os.path.isdir(sys.argv[1]):
        sys.exit(__doc__)
    site, only = os.path.abspath(sys.argv[1]), sys.argv[2:]
    PAGE, FEED = find(site, "index.html", 'hreflang="'), find(site, "feed.xml", "<entry>")
    ARTICLE = find(site, "index.html", '"headline"')
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
                if judge.endswith(".mjs"):
                    command.append(PAGE)
                run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            # Status 2 is a judge that could not judge.
            patterns = [expected] if isinstance(expected, str) else expected
            unsaid = [pattern for pattern in patterns if not re.search(pattern, run.stdout)]
            if run.returncode == 1 and not unsaid:
                passed += 1
                print(f"ok: {judge} refuses {what}")
            else:
                failed += 1
                print(f"FAILED: {judge} and {what}: status {run.returncode}, did not say {unsaid} but:\n{run.stdout}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


main()
