/* The forms of a letter (RFC 5322, 2045, 2047): ASCII whatever is in it, lines short enough, and no
 * way for a text to begin a header of its own. Pure. */
#ifndef PARLEY_MIME_H
#define PARLEY_MIME_H

#include "base/buf.h"

/* "Name: value" folded at the end of words; a value that is not plain ASCII becomes encoded words
 * (RFC 2047). Control characters become spaces. value: UTF-8, and no part of it is taken for
 * anything but text. */
void mime_text(struct buf *to, const char *name, const char *value);
/* "Name: phrase <address>"; phrase "": only the address. address must pass mime_is_address. */
void mime_mailbox(struct buf *to, const char *name, const char *phrase, const char *address);
/* "Name: value" as it is: ASCII of our own making, without control characters (asserted). */
void mime_plain(struct buf *to, const char *name, const char *value);
/* "Date: ...", in UTC. */
void mime_date(struct buf *to, int64_t now_ms);

/* quoted-printable (RFC 2045, 6.7) of UTF-8 with LF for the end of a line. */
void mime_quoted(struct buf *to, const char *text, size_t len);

/* An address that can go into MAIL FROM, RCPT TO and a header as it is: a dot-atom, "@" and a
 * domain of letters, digits and hyphens (so an international one as A-labels), at most 254 bytes.
 * No quoted local part, no address literal. */
bool mime_is_address(const char *s);

#endif
