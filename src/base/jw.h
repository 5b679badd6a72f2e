/* Writing JSON (RFC 8259) straight into a buffer. Commas and escapes are written here; the caller
 * opens and closes. Nesting is at most 31 deep (asserted). Text must be UTF-8; bytes that are not
 * become U+FFFD. Look at buf_ok() once at the end. */
#ifndef PARLEY_JW_H
#define PARLEY_JW_H

#include "base/base.h"
#include "base/buf.h"

struct jw {
    struct buf *to;
    uint32_t filled; /* private: one bit a level, set when a value stands there */
    int depth;       /* private */
};

void jw_init(struct jw *w, struct buf *to);

/* key is NULL for an element of an array and for the root; otherwise a plain ASCII name that
 * needs no escape. */
void jw_object(struct jw *w, const char *key);
void jw_object_end(struct jw *w);
void jw_array(struct jw *w, const char *key);
void jw_array_end(struct jw *w);
/* NULL text is written as null. */
void jw_text(struct jw *w, const char *key, const char *text);
void jw_textn(struct jw *w, const char *key, const char *text, size_t len);
void jw_int(struct jw *w, const char *key, int64_t value);
void jw_bool(struct jw *w, const char *key, bool value);
void jw_null(struct jw *w, const char *key);
/* JSON text that is well-formed already. */
void jw_raw(struct jw *w, const char *key, const char *json);

/* The text as a JSON string with its quotes. */
void jw_quote(struct buf *to, const char *text, size_t len);

#endif
