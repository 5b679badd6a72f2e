#include "api/pending.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct pendings {
    struct env *env;
    size_t max;
    struct table table;
    struct pending *newest, *oldest;
};

struct pendings *pendings_new(struct env *env, size_t max, uint64_t seed)
{
    struct pendings *all = calloc(1, sizeof(*all));

    if (all == NULL)
        abort();
    all->env = env;
    all->max = max;
    table_init(&all->table, offsetof(struct pending, key), SECRET_HASH_SIZE, seed);
    return all;
}

void pendings_free(struct pendings *all)
{
    if (all == NULL)
        return;
    while (all->oldest != NULL)
        pending_drop(all, all->oldest);
    table_free(&all->table);
    free(all);
}

void pending_drop(struct pendings *all, struct pending *p)
{
    *(p->newer != NULL ? &p->newer->older : &all->newest) = p->older;
    *(p->older != NULL ? &p->older->newer : &all->oldest) = p->newer;
    table_remove(&all->table, &p->link);
    if (p->text != NULL)
        secret_wipe(p->text, strlen(p->text));
    free(p->text);
    free(p->email);
    secret_free(p->secret);
    free(p);
}

/* The key of the table: one thing may have pending steps of several kinds. */
static void key_of(enum pending_kind kind, const uint8_t from[SECRET_HASH_SIZE],
                   uint8_t key[SECRET_HASH_SIZE])
{
    memcpy(key, from, SECRET_HASH_SIZE);
    key[0] ^= (uint8_t)kind;
}

struct pending *pending_put(struct pendings *all, enum pending_kind kind,
                            const uint8_t from[SECRET_HASH_SIZE], int64_t life_ms)
{
    struct pending *p;
    uint8_t key[SECRET_HASH_SIZE];

    key_of(kind, from, key);
    p = (struct pending *)table_find(&all->table, key);
    if (p != NULL)
        pending_drop(all, p);
    if (all->table.count >= all->max)
        pending_drop(all, all->oldest);
    p = calloc(1, sizeof(*p));
    if (p == NULL)
        abort();
    memcpy(p->key, key, sizeof(key));
    p->kind = kind;
    p->until_ms = env_mono_ms(all->env) + life_ms;
    p->older = all->newest;
    *(p->older != NULL ? &p->older->newer : &all->oldest) = p;
    all->newest = p;
    table_add(&all->table, &p->link);
    return p;
}

struct pending *pending_find(struct pendings *all, enum pending_kind kind,
                             const uint8_t from[SECRET_HASH_SIZE])
{
    uint8_t key[SECRET_HASH_SIZE];
    struct pending *p;

    key_of(kind, from, key);
    p = (struct pending *)table_find(&all->table, key);
    return p != NULL && p->kind == kind && env_mono_ms(all->env) < p->until_ms ? p : NULL;
}

void pendings_sweep(struct pendings *all)
{
    struct pending *newer;

    for (struct pending *p = all->oldest; p != NULL; p = newer) {
        newer = p->newer;
        if (env_mono_ms(all->env) >= p->until_ms)
            pending_drop(all, p);
    }
}
