#!/usr/bin/env python3
"""Write files as C arrays.

usage: embed.py OUT.c FILE...   page.css becomes sandbox_page_css[] and sandbox_page_css_len
"""
import pathlib
import re
import sys


def main():
    out = ['#include "sandbox/page.h"\n']
    for name in sys.argv[2:]:
        data = pathlib.Path(name).read_bytes()
        symbol = "sandbox_" + re.sub(r"\W", "_", pathlib.Path(name).name)
        out.append(f"\nconst unsigned char {symbol}[] = {{\n")
        for i in range(0, len(data), 16):
            out.append("    " + " ".join(f"{byte}," for byte in data[i:i + 16]) + "\n")
        out.append(f"}};\nconst size_t {symbol}_len = sizeof({symbol});\n")
    pathlib.Path(sys.argv[1]).write_text("".join(out), encoding="ascii")


main()
