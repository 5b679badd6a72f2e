#include "sandbox/form.h"

#include <string.h>

#include "base/str.h"

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* NULL when there is a bad escape, no UTF-8, a NUL, or no room. */
static const char *decode(struct arena *arena, const char *text, size_t len)
{
    char *out = arena_alloc(arena, len + 1);
    size_t n = 0;

    if (out == NULL)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '%') {
            const int high = len - i > 2 ? digit(text[i + 1]) : -1;
            const int low = high >= 0 ? digit(text[i + 2]) : -1;
            if (low < 0)
                return NULL;
            out[n++] = (char)(high * 16 + low);
            i += 2;
        } else {
            out[n++] = text[i] == '+' ? ' ' : text[i];
        }
    }
    out[n] = '\0';
    return str_is_utf8(out, n) ? out : NULL;
}

int form_parse(struct form *f, struct arena *arena, const char *body, size_t len, struct err *err)
{
    size_t at = 0;

    f->count = 0;
    if (len > FORM_BODY_MAX)
        return err_set(err, "The form is larger than %d bytes.", FORM_BODY_MAX);
    while (at < len) {
        const char *end = memchr(body + at, '&', len - at);
        const size_t part = end == NULL ? len - at : (size_t)(end - body) - at;
        const char *equals = memchr(body + at, '=', part);
        const size_t name_len = equals == NULL ? part : (size_t)(equals - body) - at;
        if (part > 0 && f->count == FORM_FIELDS_MAX)
            return err_set(err, "The form has more than %d fields.", FORM_FIELDS_MAX);
        if (part > 0) {
            const char *name = decode(arena, body + at, name_len);
            const char *value =
                equals == NULL ? "" : decode(arena, equals + 1, part - name_len - 1);
            if (name == NULL || value == NULL)
                return err_set(err, "The form is not well-formed UTF-8.");
            f->fields[f->count].name = name;
            f->fields[f->count++].value = value;
        }
        at += part + 1;
    }
    return 0;
}

const char *form_get(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->fields[i].name, name) == 0)
            return f->fields[i].value;
    return "";
}

bool form_has(const struct form *f, const char *name, const char *value)
{
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->fields[i].name, name) == 0 && strcmp(f->fields[i].value, value) == 0)
            return true;
    return false;
}
