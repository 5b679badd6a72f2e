#!/usr/bin/env python3
"""Is the release hardened? Prints each finding about the program named; exit 1 if there is one.

A flag that a build loses (meson.build, option `hardened`; -Db_pie) changes nothing that another
test would see.
"""
import platform
import re
import subprocess
import sys


def readelf(option, program):
    return subprocess.run(["readelf", "-W", option, program], check=True, text=True,
                          capture_output=True).stdout


def callbacks(program):
    """Where our functions lie in the file that only a pointer leads to: by name, `on_` something."""
    text = re.search(r" \.text +PROGBITS +(\w+) +(\w+)", readelf("-S", program))
    shift = int(text[1], 16) - int(text[2], 16)
    return {name: int(at, 16) - shift for at, name in
            re.findall(r": (\w+) +\d+ FUNC +LOCAL +\w+ +\d+ (on_\w+)(?:\.lto_priv\.\d+)?$",
                       readelf("-s", program), re.M)}


def findings(program):
    dynamic, segments = readelf("-d", program), readelf("-l", program)
    symbols = readelf("--dyn-syms", program)
    if not re.search(r"FLAGS_1\).*\bPIE\b", dynamic):
        yield "is not position-independent (-Db_pie=true)"
    if not re.search(r"FLAGS_1\).*\bNOW\b", dynamic):
        yield "binds lazily (-z now)"
    if "GNU_RELRO" not in segments:
        yield "leaves relocations writable (-z relro)"
    if not re.search(r"GNU_STACK .* RW +0x", segments):
        yield "has a stack that can be executed (-z noexecstack)"
    if re.search(r"(LOAD|GNU_STACK) .* RWE +0x", segments):
        yield "has memory that can be written and executed"
    if "__stack_chk_fail" not in symbols:
        yield "has no stack protector (-fstack-protector-strong)"
    if not re.search(r"UND __\w*printf_chk", symbols) or "__memcpy_chk" not in symbols:
        yield "does not check the sizes of buffers (-D_FORTIFY_SOURCE)"
    if platform.machine() == "x86_64":
        with open(program, "rb") as file:
            code = file.read()
        known = callbacks(program)
        bare = [name for name, at in known.items() if code[at:at + 4] != b"\xf3\x0f\x1e\xfa"]
        if not known or bare:
            yield f"lets jumps land anywhere (-fcf-protection): {' '.join(sorted(bare)[:5])}"


if len(sys.argv) != 2:
    sys.exit("usage: release.py PROGRAM")
program = sys.argv[1]
found = list(findings(program))
for text in found:
    print(f"{program} {text}")
print(f"release: {len(found)} findings")
sys.exit(bool(found))
