#include "base/jw.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"

#define DEPTH_MAX 31

void jw_init(struct jw *w, struct buf *to)
{
    *w = (struct jw){.to = to};
}

/* The comma before and the name of the next value. */
static void lead(struct jw *w, const char *key)
{
    const uint32_t bit = UINT32_C(1) << w->depth;

    if (w->filled & bit)
        buf_char(w->to, ',');
    w->filled |= bit;
    if (key != NULL) {
        buf_char(w->to, '"');
        buf_str(w->to, key);
        buf_append(w->to, "\":", 2);
    }
}

static void open_level(struct jw *w, const char *key, char bracket)
{
    lead(w, key);
    buf_char(w->to, bracket);
    assert(w->depth < DEPTH_MAX);
    w->depth++;
    w->filled &= ~(UINT32_C(1) << w->depth);
}

static void close_level(struct jw *w, char bracket)
{
    assert(w->depth > 0);
    w->depth--;
    buf_char(w->to, bracket);
}

void jw_object(struct jw *w, const char *key)
{
    open_level(w, key, '{');
}

void jw_object_end(struct jw *w)
{
    close_level(w, '}');
}

void jw_array(struct jw *w, const char *key)
{
    open_level(w, key, '[');
}

void jw_array_end(struct jw *w)
{
    close_level(w, ']');
}

void jw_text(struct jw *w, const char *key, const char *text)
{
    if (text == NULL)
        jw_null(w, key);
    else
        jw_textn(w, key, text, strlen(text));
}

void jw_textn(struct jw *w, const char *key, const char *text, size_t len)
{
    lead(w, key);
    jw_quote(w->to, text, len);
}

void jw_int(struct jw *w, const char *key, int64_t value)
{
    char text[20], *at = text + sizeof(text); /* the least has as many */
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        *--at = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0)
        *--at = '-';
    lead(w, key);
    buf_append(w->to, at, (size_t)(text + sizeof(text) - at));
}

void jw_bool(struct jw *w, const char *key, bool value)
{
    lead(w, key);
    buf_str(w->to, value ? "true" : "false");
}

void jw_null(struct jw *w, const char *key)
{
    lead(w, key);
    buf_str(w->to, "null");
}

void jw_raw(struct jw *w, const char *key, const char *json)
{
    lead(w, key);
    buf_str(w->to, json);
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static void quote_control(struct buf *to, unsigned char c)
{
    switch (c) {
    case '"':
        buf_str(to, "\\\"");
        break;
    case '\\':
        buf_str(to, "\\\\");
        break;
    case '\n':
        buf_str(to, "\\n");
        break;
    case '\t':
        buf_str(to, "\\t");
        break;
    case '\r':
        buf_str(to, "\\r");
        break;
    default:
        buf_printf(to, "\\u%04x", c);
    }
}

/* How many bytes from s on form one UTF-8 character of two bytes or more; 0 for none. */
static size_t wide_char(const char *s, size_t len)
{
    for (size_t n = 2; n <= 4 && n <= len; n++)
        if (str_is_utf8(s, n))
            return n;
    return 0;
}

void jw_quote(struct buf *to, const char *text, size_t len)
{
    size_t i = 0;

    buf_char(to, '"');
    while (i < len) {
        size_t run = i;
        while (run < len && is_plain((unsigned char)text[run]))
            run++;
        if (run > i) {
            buf_append(to, text + i, run - i);
            i = run;
            continue;
        }
        const unsigned char c = (unsigned char)text[i];
        if (c < 0x80) {
            quote_control(to, c);
            i++;
            continue;
        }
        const size_t n = wide_char(text + i, len - i);
        if (n > 0)
            buf_append(to, text + i, n);
        else
            buf_str(to, "\\ufffd");
        i += n > 0 ? n : 1;
    }
    buf_char(to, '"');
}
