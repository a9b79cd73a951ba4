#!/usr/bin/env python3
"""What pages tell programs, as JSON-LD: by schemaorg-validate, and by what the pages say of each other.

usage: structured-data.py FOLDER

Every page that search engines are to list has a description in schema.org's words, with its own
language and address and with the headline that readers see; of a translation and its original each
names the other; the way to a page is counted from one and leads over pages that exist.
"""

import concurrent.futures
import json
import os
import re
import subprocess
import sys

# Nothing is left behind in the repository.
sys.dont_write_bytecode = True
from pages import Page, take_site, verdict

HERE = os.path.dirname(os.path.abspath(__file__))
CACHE = os.environ.get("BASHU_JUDGES") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "bashu-ci"
)
VALIDATOR = os.path.join(CACHE, "cargo", "bin", "schemaorg-validate")

# Google recommends these, the validator's profile requires them: a page may have neither.
NOT_REQUIRED = re.compile(r"\.(image|datePublished)$")


def nodes_of(page, fault):
    """The things that a page describes, at the first level."""
    found = []
    for text in page.data_blocks:
        try:
            data = json.loads(text)
        except ValueError as error:
            fault(f"JSON-LD that is no JSON: {error}")
            continue
        if data.get("@context") not in ("https://schema.org", "https://schema.org/"):
            fault(f"@context is {data.get('@context')}")
        found += data.get("@graph", [data])
    for node in found:
        if not node.get("@type"):
            fault(f"a node without @type: {json.dumps(node, ensure_ascii=False)[:80]}")
    return found


def ids(value):
    """The works that a property names, whether it names one or several."""
    return [work.get("@id") for work in (value if isinstance(value, list) else [value] if value else [])]


def judge_work(page, work, fault):
    """What a page says of itself is what readers and browsers are told."""
    if work.get("inLanguage") != page.lang:
        fault(f"inLanguage is {work.get('inLanguage')}, the page's lang {page.lang}")
    if work.get("url") != page.canonical:
        fault(f"url is {work.get('url')}, the canonical {page.canonical}")
    headline = work.get("headline")
    if headline and " ".join(headline.split()) != page.heading:
        fault(f"the headline is “{headline}”, the page's heading “{page.heading}”")


def judge_crumbs(page, crumbs, addresses, fault):
    items = crumbs.get("itemListElement", [])
    positions = [item.get("position") for item in items]
    if not items or positions != list(range(1, len(items) + 1)):
        fault(f"positions of BreadcrumbList are {positions}")
    for item in items:
        if not item.get("name"):
            fault("a step of BreadcrumbList has no name")
        if item.get("item") not in addresses:
            fault(f"BreadcrumbList leads to {item.get('item')}, where no page is")


def judge_pairs(works, faults):
    """Of a translation and its original, each names the other."""
    for name, (_, work) in works.items():
        for mine, theirs in (("workTranslation", "translationOfWork"), ("translationOfWork", "workTranslation")):
            for other in ids(work.get(mine)):
                found = next(((page, node) for page, node in works.values() if node.get("@id") == other), None)
                if found is None:
                    faults.append((name, f"{mine} names {other}, which no page is"))
                elif work.get("@id") not in ids(found[1].get(theirs)):
                    faults.append((name, f"{mine} names {other}, whose {theirs} does not name it"))
                elif found[0].lang == work.get("inLanguage"):
                    faults.append((name, f"{mine} names {other}, which is in the same language"))


def validate(site, name):
    """What the validator has against a page."""
    command = [VALIDATOR, "--file", os.path.join(site, name), "--profile", "google", "--format", "json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report = json.loads(run.stdout)
    except ValueError:
        return [f"the validator failed: {run.stderr.strip()[:200]}"]
    found = report["vocabulary"]["diagnostics"] + (report.get("profile") or {}).get("diagnostics", [])
    return [
        f"{one['path']}: {one['message']}"
        for one in found
        if one["severity"] == "Error" and not NOT_REQUIRED.search(one["path"])
    ]


def main():
    site, address, names = take_site(__doc__)
    if not os.path.exists(VALIDATOR):
        print(f"structured-data.py: {VALIDATOR} is missing; run {HERE}/install.sh")
        sys.exit(2)
    faults, works, described = [], {}, []
    pages = [Page(site, address, name) for name in names]
    addresses = {page.address for page in pages}
    for page in pages:

        def fault(what, name=page.name):
            faults.append((name, what))

        nodes = nodes_of(page, fault)
        if not nodes:
            if page.is_listed:
                fault("no JSON-LD")
            continue
        described.append(page.name)
        # What a data set is in is several languages at once.
        told = [node for node in nodes if isinstance(node.get("inLanguage"), str)]
        work = next((node for node in told if node.get("url") == page.canonical), told[0] if told else None)
        if work is None:
            fault("nothing with inLanguage")
        else:
            judge_work(page, work, fault)
            works[page.name] = (page, work)
        for node in nodes:
            if node.get("@type") == "BreadcrumbList":
                judge_crumbs(page, node, addresses, fault)
    judge_pairs(works, faults)
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for name, found in zip(described, pool.map(lambda name: validate(site, name), described)):
            faults += [(name, what) for what in found]
    if not described:
        faults.append(("site", "no page has JSON-LD"))
    pairs = sum(len(ids(work.get("translationOfWork"))) for _, work in works.values())
    verdict("structured data", f"{len(described)} of {len(pages)} pages, {pairs} translations", faults)


main()
