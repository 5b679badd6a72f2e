"""What the handler of a route asks for, as far as its source says so: for check.py."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FUNCTION = re.compile(r"^[a-z][\w \*]*?\b(\w+)\([^;{]*\)\n\{\n(.*?)^\}", re.M | re.S)
QUERY = re.compile(r'rest_query\(r, "(\w+)"\)|read_id\(r, "(\w+)", &in')
MEMBER = re.compile(r'(?:rest_(?:text|name|email|new_password|token)|read_ticket)\(r, "(\w+)"|'
                    r'json_get(?:_\w+)?\(r->body, "(\w+)"')


class Handlers:
    def __init__(self):
        self.files = {path: dict(FUNCTION.findall(path.read_text()))
                      for path in (ROOT / "src/api").glob("rest*.c")}
        self.home = {name: path for path, functions in self.files.items() for name in functions
                     if name.startswith("rest_")}
        table = (ROOT / "src/api/rest_table.c").read_text()
        self.rows = re.findall(r'\{"(GET|POST)", ("[^"]+"|\w+), \w+, [^,]+,\s*(\w+)', table)

    def source(self, name, path=None, seen=None):
        """Of the function and of all that it names: in its file, or whatever begins with rest_."""
        seen = set() if seen is None else seen
        path = path if name in self.files.get(path, ()) else self.home.get(name)
        if path is None or (path, name) in seen:
            return ""
        seen.add((path, name))
        body = self.files[path][name]
        return body + "".join(self.source(one, path, seen)
                              for one in sorted(set(re.findall(r"\w+", body))))

    def asked(self):
        """(method, path, members asked for, all words between quotes), of each route."""
        for method, path, handler in self.rows:
            source = self.source(handler)
            found = (QUERY if method == "GET" else MEMBER).findall(source)
            yield (method, path.strip('"'), {one for pair in found for one in pair if one},
                   set(re.findall(r'"(\w+)"', source)))
