#!/usr/bin/env python3
"""Atom feeds against RFC 4287: every feed of a finished site.

usage: atom.py FOLDER

xmllint holds each against schemas/atom.rng; what no grammar can say is asked here: ids used once,
an author for every entry, an alternate link where there is no content, a link to itself.
"""

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schemas", "atom.rng")


def links(element, rel):
    """The targets of an element's links of one kind; a link that does not say is an alternate."""
    return [link.get("href") for link in element.findall(ATOM + "link") if link.get("rel", "alternate") == rel]


def faults(feed):
    """What is wrong with a feed that the grammar accepts."""
    entries = feed.findall(ATOM + "entry")
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    for one in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"several entries have the id {one} (section 4.1.1)"
    if feed.find(ATOM + "author") is None and any(entry.find(ATOM + "author") is None for entry in entries):
        yield "neither the feed nor each of its entries has an author (section 4.1.1)"
    if not links(feed, "self"):
        yield "it does not link to itself (section 4.1.1)"
    for entry, name in zip(entries, ids):
        content, alternates = entry.find(ATOM + "content"), links(entry, "alternate")
        if content is None and not alternates:
            yield f"{name} has neither content nor an alternate link (section 4.1.2)"
        if content is not None and content.get("src") and entry.find(ATOM + "summary") is None:
            yield f"{name} has its content elsewhere and no summary (section 4.1.2)"
        if not entry.findtext(ATOM + "title", "").strip():
            yield f"{name} has an empty title"


def main():
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        sys.exit(__doc__)
    site = sys.argv[1]
    feeds, entries, wrong = 0, 0, []
    for folder, _, names in sorted(os.walk(site)):
        for path in (os.path.join(folder, name) for name in sorted(names) if name.endswith(".xml")):
            shown = os.path.relpath(path, site)
            try:
                root = ElementTree.parse(path).getroot()
            except ElementTree.ParseError as error:
                wrong.append(f"{shown}: not XML: {error}")
                continue
            # Everything called feed.xml is one, whatever it says of itself.
            if root.tag != ATOM + "feed" and os.path.basename(path) != "feed.xml":
                continue
            feeds += 1
            entries += len(root.findall(ATOM + "entry"))
            command = ["xmllint", "--nonet", "--noout", "--relaxng", SCHEMA, path]
            judged = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
            if judged.returncode != 0:
                wrong.append(judged.stderr.strip().replace(path, shown))
            wrong += [f"{shown}: {fault}" for fault in faults(root)]
    if feeds == 0:
        wrong.append("no feed was found")
    print("\n".join(wrong[:50]), end="\n" if wrong else "")
    print(f"atom: {feeds} feeds, {entries} entries, {len(wrong)} faults")
    sys.exit(1 if wrong else 0)


main()
