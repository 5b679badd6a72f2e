#!/usr/bin/env python3
"""Make the OpenAPI document: who may call what from the table of routes, the rest from what is said
of each route in routes.json. A route of which nothing is said, and words without a route, are
errors.

usage: openapi.py TABLE ROUTES OUT_JSON OUT_C
TABLE: rest_table.c, preprocessed."""
import json
import pathlib
import re
import sys

ROW = re.compile(r'\{"([A-Z]+)", "([^"]+)", REST_(\w+), ([\d *()+]+), \w+([^{}]*)\}')
HEAD = {"openapi": "3.1.0"}
UUID = {"type": "string", "format": "uuid"}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key", "in": "header", "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 64},
    "description": "names this request alone; asked again within 24 hours it is done once and "
                   "answered as before"}


def fail(text):
    sys.exit(f"openapi: {text}")


def read_table(text):
    """The rows: method, path, who, right, the longest body, and whether any page may post it."""
    text = re.sub(r'"\s*"', "", re.sub(r"\s+", " ", text))
    start = text.find("rest_routes[] = {")
    rows = [{"method": method, "path": path, "who": who.lower(),
             "right": next(iter(re.findall(r"\.right = REST_(\w+)", more)), "").lower(),
             "body_max": eval(size), "open": ".open = 1" in more or ".open = true" in more}
            for method, path, who, size, more in ROW.findall(text[start:])]
    if start < 0 or not rows:
        fail("no table of routes")
    return rows


def standard_answers(row):
    """What every route of this kind may answer, by names of components."""
    post = row["method"] == "POST"
    guarded = post and not row["open"]
    answers = {"503": "Busy"}
    if row["who"] != "public":
        answers["401"] = "NotSignedIn"
    if row["who"] in ("admin", "key") or guarded:
        answers["403"] = "Forbidden"
    if post:
        answers["413"] = "TooLong"
    if guarded:
        answers["400"] = "Wrong"
    if row["who"] == "key":
        answers["429"] = "TooMany"
        if post:
            answers["422"] = "OtherRequest"
    return answers


def answer(said):
    """A component's name, a sentence, null for "done", or a description and a schema."""
    if said is None:
        return {"description": "done"}
    if isinstance(said, str):
        is_name = re.fullmatch(r"[A-Z]\w+", said)
        return {"$ref": f"#/components/responses/{said}"} if is_name else {"description": said}
    if set(said) == {"schema"}:
        return {"description": "done", "content": {"application/json": {"schema": said["schema"]}}}
    return said


def parameters(row, said):
    parts = re.findall(r"\{(\w+)\}", row["path"])
    schemas = said.get("parts", {})
    if not set(schemas) <= set(parts):
        fail(f"{row['path']} has no such parts: {sorted(set(schemas) - set(parts))}")
    found = [{"name": name, "in": "path", "required": True, "schema": schemas.get(name, UUID)}
             for name in parts]
    for name, query in said.get("query", {}).items():
        schema = {key: value for key, value in query.items()
                  if key not in ("description", "required")}
        found.append({"name": name, "in": "query", "required": query.get("required", False),
                      "schema": schema,
                      **({"description": query["description"]} if "description" in query else {})})
    if row["who"] == "key" and row["method"] == "POST":
        found.append(IDEMPOTENCY_KEY)
    return found


def body(row, said):
    schema = {key: value for key, value in said["body"].items() if key != "as"}
    return {"required": not said.get("bare", False),
            "description": f"at most {row['body_max']:,} bytes",
            "content": {said["body"].get("as", "application/json"): {"schema": schema}}}


def operation(row, said):
    name = f"{row['method']} {row['path']}"
    one = {"summary": said["summary"], "x-who": row["who"]}
    if row["right"]:
        one["x-right"] = row["right"]
    if "description" in said:
        one["description"] = said["description"]
    if parameters(row, said):
        one["parameters"] = parameters(row, said)
    if (row["method"] == "POST") != ("body" in said):
        fail(f"{name}: a POST has a body, a GET has none")
    if "body" in said:
        one["requestBody"] = body(row, said)
    answers = {**standard_answers(row), **said["answers"]}
    if not any(status < "400" for status in answers):
        fail(f"{name}: nothing says what it answers when all is well")
    one["responses"] = {status: answer(answers[status]) for status in sorted(answers)}
    one["security"] = {"public": [], "key": [{"key": []}]}.get(row["who"], [{"cookie": []}])
    return one


def refs(node):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from [value] if key == "$ref" else refs(value)
    elif isinstance(node, list):
        for one in node:
            yield from refs(one)


def look_up(document):
    for ref in sorted(set(refs(document))):
        at = document
        for part in ref.removeprefix("#/").split("/"):
            at = at.get(part, {})
        if at == {}:
            fail(f"{ref} is not there")


def document(rows, said):
    paths = {}
    left = dict(said["routes"])
    for row in rows:
        name = f"{row['method']} {row['path']}"
        if name not in left:
            fail(f"nothing is said of {name}")
        paths.setdefault(row["path"], {})[row["method"].lower()] = operation(row, left.pop(name))
    if left:
        fail(f"no such routes: {', '.join(left)}")
    made = {**HEAD, "info": said["info"], "paths": paths, "components": said["components"]}
    look_up(made)
    return made


def as_c(text):
    lines = ['#include "api/openapi.h"', "", "const char openapi_json[] = {"]
    raw = text.encode("ascii")
    for at in range(0, len(raw), 16):
        lines.append("    " + ", ".join(str(byte) for byte in raw[at:at + 16]) + ",")
    lines += ["    0};", "const size_t openapi_len = sizeof(openapi_json) - 1;", ""]
    return "\n".join(lines)


def main(table, routes, out_json, out_c):
    made = document(read_table(pathlib.Path(table).read_text()),
                    json.loads(pathlib.Path(routes).read_text()))
    text = json.dumps(made, separators=(",", ":"))
    pathlib.Path(out_json).write_text(text)
    pathlib.Path(out_c).write_text(as_c(text))


main(*sys.argv[1:])
