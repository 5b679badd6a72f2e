"""A real mail server on a free port, for the tests beside this file; it misbehaves on request."""
import base64
import email
import email.policy
import pathlib
import socket
import ssl
import subprocess
import threading
import time


def certificate(folder, name="127.0.0.1"):
    """(ca file, cert file, key file) of an authority of our own."""
    folder = pathlib.Path(folder)
    ca, ca_key, cert, key = (folder / one for one in ("ca.pem", "ca.key", "mail.pem", "mail.key"))
    kind = "IP" if name[0].isdigit() else "DNS"

    def openssl(*options):
        subprocess.run(["openssl", *map(str, options)], check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", ca_key, "-out", ca, "-subj", "/CN=Test authority", "-days", 2)
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            key, "-out", folder / "mail.csr", "-subj", f"/CN={name}")
    extensions = folder / "extensions"
    extensions.write_text(f"subjectAltName={kind}:{name}\n")
    openssl("x509", "-req", "-in", folder / "mail.csr", "-CA", ca, "-CAkey", ca_key,
            "-CAcreateserial", "-out", cert, "-days", 2, "-extfile", extensions)
    return ca, cert, key


class Letter:
    def __init__(self, sender, to, raw):
        self.sender, self.to, self.raw = sender, to, raw
        self.message = email.message_from_bytes(raw, policy=email.policy.default)
        self.subject = self.message["Subject"]

    def part(self, kind):
        return self.message.get_body((kind,)).get_content()

    @property
    def text(self):
        return self.part("plain")


class Mailbox:
    """replies: a command's word -> the answer to it ("RCPT": "550 no such user"); "END" is the
    answer to a whole letter, None closes instead of an answer. slow: seconds before each answer."""

    def __init__(self, tls=None, wrapped=False, login=None):
        self.letters, self.commands, self.replies = [], [], {}
        self.slow, self.connections = 0, 0
        self.tls, self.wrapped, self.login = tls, wrapped, login
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    @property
    def url(self):
        return f"{'smtps' if self.wrapped else 'smtp'}://127.0.0.1:{self.port}"

    def close(self):
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is closed
        self.listener.close()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.tls)
        return context

    def talk(self, connection):
        talk = None
        try:
            if self.wrapped:
                connection = self.context().wrap_socket(connection, server_side=True)
            talk = Talk(self, connection)
            talk.run()
        except OSError:
            pass
        finally:
            (talk.connection if talk else connection).close()

    def wait(self, count, seconds=20):
        """The first letters, as soon as there are so many."""
        end = time.monotonic() + seconds
        while len(self.letters) < count:
            if time.monotonic() > end:
                raise AssertionError(f"{len(self.letters)} letters instead of {count}")
            time.sleep(0.02)
        return self.letters


class Closed(ConnectionError):
    pass


class Talk:
    def __init__(self, box, connection):
        self.box, self.connection = box, connection
        self.file = connection.makefile("rb")
        self.is_secure, self.is_in = box.wrapped, False
        self.sender = self.to = None

    def say(self, text):
        time.sleep(self.box.slow)
        self.connection.sendall(text.encode() + b"\r\n")

    def answer(self, word, text):
        """Unless the test wants another answer. True: it is the usual one."""
        reply = self.box.replies.get(word, text)
        if reply is None:
            raise Closed
        self.say(reply)
        return reply == text

    def line(self):
        line = self.file.readline(4096)
        if not line.endswith(b"\r\n"):
            raise Closed
        return line[:-2].decode()

    def run(self):
        self.answer("HELLO", "220 mailbox.test ready")
        while True:
            line = self.line()
            self.box.commands.append(line)
            word = line.split(" ")[0].split(":")[0].upper()
            if word == "QUIT":
                self.say("221 bye")
                return
            getattr(self, f"do_{word.lower()}", self.unknown)(line)

    def unknown(self, _):
        self.say("500 what?")

    def do_ehlo(self, _):
        offers = ["mailbox.test"]
        if self.box.tls and not self.is_secure:
            offers.append("STARTTLS")
        if self.box.login:
            offers.append("AUTH PLAIN LOGIN")
        for offer in offers:
            self.say(f"250-{offer}")
        self.say("250 8BITMIME")

    def do_starttls(self, _):
        self.say("220 go on")
        self.connection = self.box.context().wrap_socket(self.connection, server_side=True)
        self.file = self.connection.makefile("rb")
        self.is_secure = True

    def do_auth(self, line):
        given = line.split(" ")[2] if line.count(" ") == 2 else None
        if given is None:
            self.say("334 ")
            given = self.line()
        _, user, password = base64.b64decode(given).decode().split("\0")
        self.is_in = (user, password) == self.box.login
        self.say("235 welcome" if self.is_in else "535 5.7.8 wrong user or password")

    def do_mail(self, line):
        if self.box.login and not self.is_in:
            self.say("530 5.7.0 sign in first")
            return
        if self.answer("MAIL", "250 ok"):
            self.sender, self.to = line.split("<")[1].split(">")[0], None

    def do_rcpt(self, line):
        if self.answer("RCPT", "250 ok"):
            self.to = line.split("<")[1].split(">")[0]

    def do_data(self, _):
        if not self.answer("DATA", "354 go on"):
            return
        lines = []
        while (line := self.file.readline(65536)) != b".\r\n":
            if not line.endswith(b"\r\n"):
                raise Closed
            lines.append(line[1:] if line.startswith(b".") else line)
        if self.box.replies.get("END", "") is None:
            self.box.letters.append(Letter(self.sender, self.to, b"".join(lines)))
            raise Closed
        if self.answer("END", "250 taken"):
            self.box.letters.append(Letter(self.sender, self.to, b"".join(lines)))
