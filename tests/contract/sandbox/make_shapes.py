#!/usr/bin/env python3
"""Write shapes.json: which keys, in which order and of which type, Syncro's published description
shows for each answer that the sandbox gives. Only keys and types: every value becomes an empty one
of its type.

usage: make_shapes.py DESCRIPTION.json > shapes.json
"""
import json
import sys

ANSWERS = [
    ("get", "/tickets", "200"), ("post", "/tickets", "200"), ("post", "/tickets", "422"),
    ("get", "/tickets/{id}", "200"), ("put", "/tickets/{id}", "200"),
    ("put", "/tickets/{id}", "422"), ("delete", "/tickets/{id}", "200"),
    ("delete", "/tickets/{id}", "404"), ("post", "/tickets/{id}/comment", "200"),
    ("post", "/tickets/{id}/comment", "422"), ("get", "/tickets/{id}/comments", "200"),
    ("get", "/tickets/settings", "200"), ("post", "/tickets/{id}/attach_file_url", "200"),
    ("post", "/tickets/{id}/attach_file_url", "422"), ("get", "/settings", "200"),
    ("get", "/me", "200"), ("get", "/users", "200"), ("get", "/users/{id}", "200"),
    ("get", "/customers", "200"), ("post", "/customers", "200"), ("post", "/customers", "422"),
    ("get", "/customers/{id}", "200"), ("put", "/customers/{id}", "200"),
    ("put", "/customers/{id}", "422"), ("delete", "/customers/{id}", "200"),
    ("get", "/customers/autocomplete", "200"), ("get", "/customers/latest", "200"),
    ("get", "/customers/{customer_id}/phones", "200"), ("get", "/contacts", "200"),
    ("get", "/contacts", "401"), ("post", "/contacts", "200"), ("post", "/contacts", "404"),
    ("post", "/contacts", "422"), ("get", "/contacts/{id}", "404"),
    ("put", "/contacts/{id}", "200"), ("put", "/contacts/{id}", "422"), ("get", "/search", "200"),
]
# What lies inside these is the account's own.
OPEN_OBJECTS = {"properties", "params"}
OPEN_ARRAYS = {"assets", "ticket_fields", "ticket_answers"}


def shape(value, key=None):
    if isinstance(value, dict):
        return {} if key in OPEN_OBJECTS else {k: shape(v, k) for k, v in value.items()}
    if isinstance(value, list):
        if key in OPEN_ARRAYS:
            return []
        rows = [shape(v) for v in value]
        mixed = len({type(row) for row in rows}) > 1
        return rows if mixed else rows[:1]
    if isinstance(value, bool) or value is None:
        return False if isinstance(value, bool) else None
    return "" if isinstance(value, str) else 0


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        paths = json.load(file)["paths"]
    shapes = {}
    for method, path, status in ANSWERS:
        content = paths[path][method]["responses"][status]["content"]["application/json"]
        example = content.get("example")
        if example is None:
            example = next(iter(content["examples"].values()))["value"]
        shapes[f"{method.upper()} {path} {status}"] = shape(example)
    json.dump(shapes, sys.stdout, indent=1)
    print()


main()
