#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max};
}

void buf_init_secret(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max, .wipes = true};
}

void buf_free(struct buf *b)
{
    if (b->wipes && b->ptr != NULL)
        secret_wipe(b->ptr, b->room);
    free(b->ptr);
    *b = (struct buf){.max = b->max, .wipes = b->wipes};
}

/* realloc may leave a copy behind. */
static char *grow(struct buf *b, size_t room)
{
    char *p;

    if (!b->wipes)
        return realloc(b->ptr, room);
    p = malloc(room);
    if (p != NULL && b->ptr != NULL) {
        memcpy(p, b->ptr, b->len + 1);
        secret_wipe(b->ptr, b->room);
        free(b->ptr);
    }
    return p;
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->full = false;
    if (b->ptr != NULL)
        b->ptr[0] = '\0';
}

/* Room for `more` bytes and a NUL; false when that passes the maximum. */
static bool reserve(struct buf *b, size_t more)
{
    if (b->full || more > b->max - b->len) {
        b->full = true;
        return false;
    }
    const size_t need = b->len + more + 1;
    if (need > b->room) {
        size_t room = b->room < 64 ? 64 : b->room;
        while (room < need)
            room *= 2;
        char *p = grow(b, room);
        if (p == NULL)
            abort();
        b->ptr = p;
        b->room = room;
    }
    return true;
}

void buf_append(struct buf *b, const void *bytes, size_t len)
{
    if (!reserve(b, len))
        return;
    if (len > 0)
        memcpy(b->ptr + b->len, bytes, len);
    b->len += len;
    b->ptr[b->len] = '\0';
}

void buf_str(struct buf *b, const char *s)
{
    buf_append(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
    buf_append(b, &c, 1);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    const int len = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    assert(len >= 0);
    if (reserve(b, (size_t)len)) {
        vsnprintf(b->ptr + b->len, (size_t)len + 1, fmt, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

bool buf_ok(const struct buf *b)
{
    return !b->full;
}

void buf_consume(struct buf *b, size_t n)
{
    assert(n <= b->len);
    if (n == 0)
        return;
    memmove(b->ptr, b->ptr + n, b->len - n + 1);
    b->len -= n;
    if (b->wipes)
        secret_wipe(b->ptr + b->len, n);
}
