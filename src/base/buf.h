/* A growing run of bytes with a maximum from birth. Once an append did not fit the buffer is
 * "full": it keeps what it had and refuses all further appends, so that a writer may append
 * freely and look at buf_ok() once, at the end. */
#ifndef PARLEY_BUF_H
#define PARLEY_BUF_H

#include "base/base.h"

struct buf {
    char *ptr;   /* NUL-terminated whenever it is not NULL */
    size_t len;  /* bytes, without the NUL */
    size_t room; /* private */
    size_t max;  /* largest len */
    bool full;   /* private: an append was refused */
    bool wipes;  /* what it held is overwritten before its memory is given back */
};

/* An empty buffer of at most max bytes; nothing is allocated yet. */
void buf_init(struct buf *b, size_t max);
/* The same for what may hold a secret: see wipes. */
void buf_init_secret(struct buf *b, size_t max);
/* Free the bytes and make the buffer empty; its maximum stays. */
void buf_free(struct buf *b);
/* Forget the content (and the fullness), keep the room. */
void buf_clear(struct buf *b);
void buf_append(struct buf *b, const void *bytes, size_t len);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* True when everything appended is in it. */
bool buf_ok(const struct buf *b) WARN_UNUSED;
/* Remove n bytes from the front (n at most len). */
void buf_consume(struct buf *b, size_t n);

#endif
