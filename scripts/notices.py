#!/usr/bin/env python3
"""Writes assets/NOTICES.txt: the licences of all packages that a topline binary is made of, on any platform.

Where a package offers a choice, Apache 2.0 is taken, else MIT, else what there is. The text of a licence stands once, with the
names of all packages that have it word for word. `notices.py --check` says whether the file is that of Cargo.lock. It needs
Python 3.10 and the packages' sources, which `cargo fetch` downloads.
"""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE = ROOT / "assets" / "NOTICES.txt"
LINE = "=" * 80

# Taken in this order where a package offers a choice.
PREFERRED = ["Apache-2.0", "MIT", "MIT-0", "Zlib", "BSD-2-Clause", "BSD-3-Clause", "ISC", "CC0-1.0", "Unlicense"]

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


def packages():
    """The packages of the binary, without topline itself and without what only builds or tests it."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    told = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    by_id = {package["id"]: package for package in told["packages"]}
    nodes = {node["id"]: node for node in told["resolve"]["nodes"]}
    root = told["resolve"]["root"]
    found, left = set(), [root]
    while left:
        here = left.pop()
        if here not in found:
            found.add(here)
            deps = nodes[here]["deps"]
            left += [dep["pkg"] for dep in deps if any(kind["kind"] is None for kind in dep["dep_kinds"])]
    return sorted((by_id[one] for one in found - {root}), key=lambda package: (package["name"], package["version"]))


def taken(expression):
    """The licences of an SPDX expression that hold: one of each choice."""
    parts = re.split(r"\s+AND\s+", expression.replace("/", " OR "))
    chosen = []
    for part in parts:
        choices = [choice.strip(" ()") for choice in re.split(r"\s+OR\s+", part)]
        chosen.append(min(choices, key=lambda one: PREFERRED.index(one) if one in PREFERRED else len(PREFERRED)))
    return chosen


def texts(package, licence):
    """The texts in a package's folder that are of this licence, and its notices."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [file for file in sorted(folder.iterdir()) if file.is_file()]
    named = [file for file in files if re.match(r"(?i)(un)?licen[cs]e|copying", file.name)]
    key = {"Apache-2.0": "apache", "CC0-1.0": "cc0", "Unicode-3.0": "unicode"}.get(licence, licence.split("-")[0].lower())
    of_it = [file for file in named if key in file.name.lower()]
    plain = [file for file in named if re.fullmatch(r"(?i)licen[cs]e(\.\w+)?|copying|unlicense", file.name)]
    notices = [file for file in files if re.match(r"(?i)notice", file.name)]
    return [read(file) for file in (of_it or plain or named[:1])], [read(file) for file in notices]


def read(file):
    lines = file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip("\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def text_of(package, licence, apache):
    found, notices = texts(package, licence)
    if licence == "Apache-2.0":
        # Appendix and copyright line aside it is the same everywhere.
        return notices + [apache]
    if not found and licence == "MIT":
        authors = ", ".join(package["authors"]) or f"The authors of {package['name']}"
        return notices + [f"MIT License\n\nCopyright (c) {authors}\n\n{MIT}"]
    if not found:
        sys.exit(f"error: {package['name']} {package['version']} has no text of {licence}")
    return notices + found


def notices():
    apache = read(ROOT / "LICENSE-APACHE")
    by_text = {}
    names = []
    for package in packages():
        name = f"{package['name']} {package['version']}"
        names.append(f"{name} ({package['license']})")
        for licence in taken(package["license"]):
            for text in text_of(package, licence, apache):
                by_text.setdefault(text, []).append(name)
    blocks = ["The packages that topline is made of, on any platform, and their licences:\n\n" + "\n".join(names)]
    for text, of in sorted(by_text.items(), key=lambda item: (-len(item[1]), item[1])):
        blocks.append("Of " + ", ".join(dict.fromkeys(of)) + ":\n\n" + text)
    return f"\n\n{LINE}\n\n".join(blocks) + "\n"


def main():
    written = notices()
    if sys.argv[1:] == ["--check"]:
        if not FILE.exists() or FILE.read_text(encoding="utf-8") != written:
            sys.exit("error: assets/NOTICES.txt is not that of Cargo.lock: run scripts/notices.py")
    else:
        FILE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
