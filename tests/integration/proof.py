"""What a proof of an address leaves in the store, written straight into it: for tests of what comes
after it.

    python3 proof.py DATA '{"token": ..., "email": ..., ...}'
"""
import contextlib
import hashlib
import json
import pathlib
import sqlite3
import sys
import time
import uuid


def prove(data, token, email, name="Ines", contact=0, customer=0, how=1, manager=False,
          expired=False):
    """The browser with this token is of the person with this email, whoever brought it; contact and
    customer: whom the PSA knows them as."""
    now = int(time.time() * 1000)
    browser = hashlib.blake2b(token.encode(), digest_size=32).digest()
    person = uuid.uuid5(uuid.NAMESPACE_DNS, f"{email}.proved").bytes
    path = pathlib.Path(data) / "parley.db"
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as base, base:
        base.execute("INSERT OR IGNORE INTO person (id, name, email, created_ms, verified_ms) "
                     "VALUES (?, ?, ?, ?, ?)", [person, name, email, now, now])
        base.execute("UPDATE person SET manager = ?, blocked_ms = 0 WHERE id = ?",
                     [int(manager), person])
        base.execute("INSERT OR REPLACE INTO visitor (token_hash, person, created_ms, "
                     "verified_ms, expires_ms, via) VALUES (?, ?, ?, ?, ?, 'code')",
                     [browser, person, now, now, now - 1 if expired else now + 3_600_000])
        if customer:
            base.execute("INSERT OR REPLACE INTO person_link (person, account, psa_contact, "
                         "psa_customer, how, checked_ms) VALUES (?, 'demo', ?, ?, ?, ?)",
                         [person, contact, customer, how, now])


if __name__ == "__main__":
    prove(sys.argv[1], **json.loads(sys.argv[2]))
