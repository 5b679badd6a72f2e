"""A browser as far as signing in goes: cookies by origin, redirects one at a time, forms."""
import html.parser
import urllib.parse
from http.client import HTTPConnection


class Page:
    def __init__(self, url, status, headers, text):
        self.url, self.status, self.headers, self.text = url, status, headers, text

    @property
    def location(self):
        to = self.headers.get("Location")
        return to and urllib.parse.urljoin(self.url, to)

    def form(self):
        """(address, fields) of the first form."""
        reader = Forms()
        reader.feed(self.text)
        return urllib.parse.urljoin(self.url, reader.action), reader.fields


class Forms(html.parser.HTMLParser):
    action, fields = None, None

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "form" and self.action is None:
            self.action, self.fields = a.get("action", ""), {}
        elif tag == "input" and self.fields is not None and a.get("name"):
            self.fields[a["name"]] = a.get("value") or ""


class Browser:
    def __init__(self, **headers):
        """headers: sent with every request."""
        self.cookies = {}
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def ask(self, method, url, body=None):
        parts = urllib.parse.urlsplit(url)
        jar = self.cookies.setdefault(parts.netloc, {})
        headers = dict(self.headers)
        if jar:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection(parts.netloc, timeout=30)
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body,
                           headers)
        answer = connection.getresponse()
        page = Page(url, answer.status, answer.headers, answer.read().decode())
        connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            value = rest.split(";")[0]
            if value == "" or "max-age=0" in line.lower():
                jar.pop(name, None)
            else:
                jar[name] = value
        return page

    def get(self, url):
        return self.ask("GET", url)

    def post(self, url, **fields):
        return self.ask("POST", url, urllib.parse.urlencode(fields))

    def follow(self, page, until):
        """Follow redirects until one goes to an address that begins so; that address."""
        for _ in range(20):
            assert page.status in (302, 303), (page.url, page.status, page.text[:2000])
            if page.location.startswith(until):
                return page.location
            page = self.get(page.location)
            while page.status == 200:
                address, fields = page.form()
                # The provider's own pages: who one is, and that Parley may know it.
                if "login" in fields:
                    fields["login"], fields["password"] = self.login, "any"
                page = self.post(address, **fields)
        raise AssertionError("too many redirects")
