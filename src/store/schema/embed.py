#!/usr/bin/env python3
"""Write the migrations NNN-name.sql, given in order, as a C table. Usage: embed.py OUT SQL..."""
import pathlib
import re
import sys

out, files = sys.argv[1], [pathlib.Path(name) for name in sys.argv[2:]]
lines = ['#include "store/sqlite/migrate_private.h"', "", "const struct migration migrations[] = {"]
last = 0
for number, file in enumerate(files, 1):
    match = re.fullmatch(r"(\d{3})-([a-z0-9-]+)\.sql", file.name)
    if not match or int(match.group(1)) <= last:
        sys.exit(f"{file}: the migrations must be numbered upwards")
    last = int(match.group(1))
    lines.append(f'    {{{number}, "{match.group(2)}",')
    for line in file.read_text(encoding="ascii").splitlines():
        text = line.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'     "{text}\\n"')
    lines.append("    },")
lines += ["};", f"const int migration_count = {len(files)};", ""]
pathlib.Path(out).write_text("\n".join(lines), encoding="ascii")
