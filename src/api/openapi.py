#!/usr/bin/env python3
"""Write docs/rest.json, without its white space, as a C array. Usage: openapi.py OUT IN"""
import json
import pathlib
import sys

text = json.dumps(json.loads(pathlib.Path(sys.argv[2]).read_text()), separators=(",", ":"))
lines = ['#include "api/openapi.h"', "", "const char openapi_json[] = {"]
raw = text.encode("ascii")
for at in range(0, len(raw), 16):
    lines.append("    " + ", ".join(str(byte) for byte in raw[at:at + 16]) + ",")
lines += ["    0};", "const size_t openapi_len = sizeof(openapi_json) - 1;", ""]
pathlib.Path(sys.argv[1]).write_text("\n".join(lines))
