/* Against guessing: what was tried lately, by account and address (chat/lock.h has the rule). */
#include "api/rest_private.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "chat/lock.h"

#define GUARD_MAX 10000 /* when full, what was tried longest ago is forgotten */

struct guard_entry {
    struct table_link link;
    uint8_t key[STORE_HASH_SIZE];
    struct lock lock;
    struct guard_entry *newer, *older;
};

struct guard {
    struct table table;
    struct guard_entry *newest, *oldest;
};

struct guard *guard_new(uint64_t seed)
{
    struct guard *g = api_alloc(sizeof(*g));

    table_init(&g->table, offsetof(struct guard_entry, key), STORE_HASH_SIZE, seed);
    return g;
}

static void take_out(struct guard *g, struct guard_entry *e)
{
    *(e->newer != NULL ? &e->newer->older : &g->newest) = e->older;
    *(e->older != NULL ? &e->older->newer : &g->oldest) = e->newer;
}

static void put_first(struct guard *g, struct guard_entry *e)
{
    e->newer = NULL;
    e->older = g->newest;
    *(e->older != NULL ? &e->older->newer : &g->oldest) = e;
    g->newest = e;
}

static void forget(struct guard *g, struct guard_entry *e)
{
    take_out(g, e);
    table_remove(&g->table, &e->link);
    free(e);
}

void guard_free(struct guard *g)
{
    while (g->oldest != NULL)
        forget(g, g->oldest);
    table_free(&g->table);
    free(g);
}

void guard_sweep(struct api *api)
{
    struct guard *g = api->guard;

    while (g->oldest != NULL && lock_is_idle(&g->oldest->lock, env_mono_ms(api->set.env)))
        forget(g, g->oldest);
}

/* The three locks that a try concerns; an empty email or address means "of any". */
static struct guard_entry *entry(struct guard *g, const char *email, const char *address, bool make)
{
    uint8_t key[STORE_HASH_SIZE];
    char text[512] = "";
    struct guard_entry *e;
    const size_t email_len = strnlen(email, 300), address_len = strnlen(address, 100);

    memcpy(text, email, email_len);
    memcpy(text + email_len + 1, address, address_len);
    secret_hash(text, email_len + 1 + address_len, key);
    e = (struct guard_entry *)table_find(&g->table, key);
    if (e == NULL && make) {
        if (g->table.count >= GUARD_MAX)
            forget(g, g->oldest);
        e = api_alloc(sizeof(*e));
        memcpy(e->key, key, sizeof(key));
        table_add(&g->table, &e->link);
        put_first(g, e);
    }
    return e;
}

static int64_t wait_of(struct guard *g, const char *email, const char *address, int64_t now)
{
    const struct guard_entry *e = entry(g, email, address, false);

    return e == NULL ? 0 : lock_wait(&e->lock, now);
}

static bool count(struct guard *g, const char *email, const char *address, int64_t now, int shut_at,
                  bool slow)
{
    struct guard_entry *e = entry(g, email, address, true);

    take_out(g, e);
    put_first(g, e);
    return lock_try(&e->lock, now, shut_at, slow);
}

bool guard_try(struct rest *r, const char *email)
{
    struct guard *g = r->api->guard;
    const int64_t now = env_mono_ms(r->api->set.env);
    const int64_t waits[] = {wait_of(g, email, r->address, now), wait_of(g, email, "", now),
                             wait_of(g, "", r->address, now)};
    int64_t wait = 0;
    bool shut;

    for (size_t i = 0; i < COUNT_OF(waits); i++)
        wait = waits[i] > wait ? waits[i] : wait;
    if (wait > 0) {
        rest_error_wait(r, "locked", wait,
                        wait > 60000 ? "too many wrong tries: wait a quarter of an hour, or ask an "
                                       "administrator for a new link"
                                     : "too many wrong tries: wait a little");
        return false;
    }
    shut = count(g, email, r->address, now, LOCK_HERE, true);
    shut = count(g, email, "", now, LOCK_ANYWHERE, false) || shut;
    shut = count(g, "", r->address, now, LOCK_ANYWHERE, false) || shut;
    r->shuts = shut;
    return true;
}

static void written(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK)
        r->guarded(r);
    else
        rest_error_busy(r);
}

/* Writes are committed in order: with the last one all are. */
static void write_down(struct rest *r, enum audit_action action, const char *email, store_fn *fn)
{
    struct store_audit audit = rest_audit(r, action, email);

    audit.actor = email;
    log_event(LOG_WARN, "api", audit.action, LOG_S("peer", r->address));
    r->op = store_audit_add(r->api->set.store, &audit, fn, r);
}

void guard_bad(struct rest *r, const char *email, void (*then)(struct rest *r))
{
    r->guarded = then;
    write_down(r, AUDIT_SIGN_IN_FAILED, email, r->shuts ? NULL : written);
    if (r->shuts)
        write_down(r, AUDIT_SIGN_IN_LOCKED, email, written);
}

void guard_good(struct api *api, const char *email, const char *address, bool all)
{
    struct guard_entry *all_of[] = {entry(api->guard, email, address, false),
                                    entry(api->guard, email, "", false),
                                    entry(api->guard, "", address, false)};

    for (size_t i = 0; i < COUNT_OF(all_of); i++)
        if (all_of[i] != NULL)
            lock_good(&all_of[i]->lock, all && i == 0);
}
