/* Who is connected: addresses and browsers, each counted once. */
#include <stdlib.h>
#include <string.h>

#include "api/api_private.h"
#include "base/str.h"

#define SENDER_SIZE (2 + 2 * STORE_HASH_SIZE + 1)

/* --- addresses --- */

static bool is_proxy(const struct api *api, const char *address)
{
    for (const char *const *p = api->set.proxies; p != NULL && *p != NULL; p++)
        if (strcmp(*p, address) == 0)
            return true;
    return false;
}

/* The peer; behind a proxy of ours the last one that it did not make up: each proxy appends whom
 * it heard, so the list is read from its end. */
static void address_text(const struct api *api, const struct http_exchange *x, char text[48])
{
    const char *forwarded = http_header(x, "x-forwarded-for");
    size_t end = forwarded == NULL ? 0 : strlen(forwarded);

    memset(text, 0, 48);
    if (str_copy(text, 48, http_peer(x)) < 0)
        text[47] = '\0';
    while (end > 0 && is_proxy(api, text)) {
        size_t start = end;

        while (start > 0 && forwarded[start - 1] != ',')
            start--;
        const struct slice one = str_trim(forwarded + start, end - start);
        if (one.len == 0 || one.len >= 48)
            return;
        memset(text, 0, 48);
        memcpy(text, one.ptr, one.len);
        end = start > 0 ? start - 1 : 0;
    }
}

struct address *address_get(struct api *api, const struct http_exchange *x)
{
    char text[48];
    struct address *a;

    address_text(api, x, text);
    a = (struct address *)table_find(&api->addresses, text);
    if (a != NULL)
        return a;
    a = api_alloc(sizeof(*a));
    memcpy(a->text, text, sizeof(a->text));
    table_add(&api->addresses, &a->link);
    return a;
}

static void sweep_address(struct table_link *link, void *arg)
{
    struct address *a = (struct address *)link;
    struct api *api = arg;
    const int64_t now = env_mono_ms(api->set.env);

    if (a->sockets > 0 || !rate_is_idle(&a->doors, now) || !rate_is_idle(&a->starts, now) ||
        !rate_is_idle(&a->newcomers, now) || !rate_is_idle(&a->proofs, now) ||
        !rate_is_idle(&a->files, now))
        return;
    table_remove(&api->addresses, link);
    free(a);
}

void address_sweep(struct api *api)
{
    table_each(&api->addresses, sweep_address, api);
}

/* --- browsers --- */

struct visitor *visitor_get(struct api *api, const uint8_t hash[STORE_HASH_SIZE])
{
    struct visitor *v = (struct visitor *)table_find(&api->visitors, hash);

    if (v != NULL)
        return v;
    v = api_alloc(sizeof(*v));
    memcpy(v->hash, hash, STORE_HASH_SIZE);
    v->api = api;
    table_add(&api->visitors, &v->link);
    return v;
}

static void free_visitor(struct table_link *link, void *arg)
{
    struct visitor *v = (struct visitor *)link;

    prove_forget(v);
    table_remove(&((struct api *)arg)->visitors, link);
    free(v->name);
    free(v->email);
    free(v);
}

static void sweep_visitor(struct table_link *link, void *arg)
{
    struct visitor *v = (struct visitor *)link;
    struct api *api = arg;
    const int64_t now = env_mono_ms(api->set.env);

    prove_watch(v);
    if (v->sockets > 0 || !rate_is_idle(&v->rate, now) || !rate_is_idle(&v->asks, now) ||
        !rate_is_idle(&v->reads, now) || !rate_is_idle(&v->proofs, now) ||
        !rate_is_idle(&v->letters, now) || !rate_is_idle(&v->files, now))
        return;
    free_visitor(link, api);
}

void visitor_sweep(struct api *api)
{
    table_each(&api->visitors, sweep_visitor, api);
}

static void free_address(struct table_link *link, void *arg)
{
    table_remove(&((struct api *)arg)->addresses, link);
    free(link);
}

void connected_free(struct api *api)
{
    table_each(&api->addresses, free_address, api);
    table_each(&api->visitors, free_visitor, api);
}

/* As the store has who said a message. */
static void write_sender(const struct session *s, char out[SENDER_SIZE])
{
    if (s->side == FRAME_STAFF) {
        memcpy(out, "s:", 2);
        id_format(&s->staff->id, out + 2);
    } else {
        memcpy(out, "v:", 2);
        str_hex(s->visitor->hash, STORE_HASH_SIZE, out + 2);
    }
}

char *sender_of(const struct session *s)
{
    char *text = api_alloc(SENDER_SIZE);

    write_sender(s, text);
    return text;
}

bool is_sender(const struct session *s, const char *sender)
{
    char own[SENDER_SIZE];

    write_sender(s, own);
    return str_equal(own, sender);
}
