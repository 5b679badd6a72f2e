#!/usr/bin/env python3
"""Bundle the pages (build.mjs) and write them as a C table: embed.py OUT.c DEPFILE.

The depfile names every source of the pages, so that a change of one builds them again.
"""
import hashlib
import pathlib
import subprocess
import sys
import tempfile

WEB = pathlib.Path(__file__).resolve().parent
SOURCES = {".mjs", ".ts", ".tsx", ".css", ".html", ".json", ".svg", ".png"}


def array(name, data):
    lines = [f"static const uint8_t {name}[] = {{"]
    for start in range(0, len(data), 20):
        lines.append("    " + "".join(f"{byte}," for byte in data[start:start + 20]))
    return lines + ["};"]


def main():
    out, depfile = sys.argv[1:]
    lines, rows = ['#include "api/assets.h"', ""], []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["node", WEB / "build.mjs", folder], check=True)
        listing = (pathlib.Path(folder) / "files.txt").read_text().splitlines()
        for number, line in enumerate(listing):
            name, content_type = line.split("\t")[:2]
            plain = (pathlib.Path(folder) / name).read_bytes()
            packed = (pathlib.Path(folder) / f"{name}.gz").read_bytes()
            lines += array(f"plain_{number}", plain) + array(f"gzip_{number}", packed)
            etag = hashlib.sha256(plain).hexdigest()[:16]
            rows.append(f'    {{"{name}", "{content_type}", "\\"{etag}\\"", plain_{number}, '
                        f"gzip_{number}, {len(plain)}, {len(packed)}}},")
    lines += ["", "const struct asset assets[] = {", *rows, "};",
              f"const size_t assets_count = {len(rows)};", ""]
    pathlib.Path(out).write_text("\n".join(lines))
    sources = [path for path in sorted(WEB.rglob("*"))
               if path.suffix in SOURCES and "node_modules" not in path.parts]
    pathlib.Path(depfile).write_text(f"{out}: {' '.join(map(str, sources))}\n")


main()
