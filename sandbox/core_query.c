/* The query of a request, and pages. */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "sandbox/core_private.h"

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "+" and %XX become bytes; a bad escape stays as it is, and a NUL ends the text. */
static char *decode(struct arena *arena, const char *text, size_t len)
{
    char *out = arena_alloc(arena, len + 1);
    size_t n = 0;

    if (out == NULL)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '+') {
            out[n++] = ' ';
        } else if (text[i] == '%' && i + 2 < len && nibble(text[i + 1]) >= 0 &&
                   nibble(text[i + 2]) >= 0) {
            out[n++] = (char)(nibble(text[i + 1]) * 16 + nibble(text[i + 2]));
            i += 2;
        } else {
            out[n++] = text[i];
        }
    }
    out[n] = '\0';
    return out;
}

void sb_params_parse(struct sb_ctx *c, const char *query)
{
    while (query != NULL && *query != '\0' && c->param_count < SB_PARAMS_MAX) {
        const size_t len = strcspn(query, "&");
        const char *equals = memchr(query, '=', len);
        const size_t key_len = equals == NULL ? len : (size_t)(equals - query);
        struct sb_param *p = &c->params[c->param_count];
        p->key = decode(c->arena, query, key_len);
        p->value = equals == NULL ? "" : decode(c->arena, equals + 1, len - key_len - 1);
        if (p->key != NULL && p->value != NULL)
            c->param_count++;
        query += query[len] == '&' ? len + 1 : len;
    }
}

const char *sb_param(const struct sb_ctx *c, const char *key)
{
    for (size_t i = c->param_count; i > 0; i--)
        if (strcmp(c->params[i - 1].key, key) == 0)
            return c->params[i - 1].value;
    return NULL;
}

int sb_param_int(const struct sb_ctx *c, const char *key, int64_t *value)
{
    const char *text = sb_param(c, key);

    return text == NULL ? -1 : str_to_int(text, INT64_MIN, INT64_MAX, value);
}

int sb_param_time(const struct sb_ctx *c, const char *key, int64_t *ms)
{
    const char *text = sb_param(c, key);

    return text == NULL ? -1 : clock_parse(text, ms);
}

struct sb_page sb_page_of(const struct sb_ctx *c, size_t total, int64_t per_page, bool can_choose)
{
    const int64_t most = sb_number(c->sb, SB_SW_PER_PAGE_MAX);
    int64_t page = 1, wanted;

    if (can_choose && sb_param_int(c, "per_page", &wanted) == 0 && wanted > 0)
        per_page = wanted < most ? wanted : most;
    if (sb_param_int(c, "page", &page) != 0 || page < 1)
        page = 1;
    if (page > SB_ROWS_MAX)
        page = SB_ROWS_MAX;
    struct sb_page p = {.page = (size_t)page, .per_page = (size_t)per_page, .total = total};
    p.pages = total == 0 ? 1 : (total + p.per_page - 1) / p.per_page;
    p.from = (p.page - 1) * p.per_page;
    if (p.from > total)
        p.from = total;
    p.to = total - p.from < p.per_page ? total : p.from + p.per_page;
    return p;
}
