#include "api/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void table_init(struct table *t, size_t key_offset, size_t key_size, uint64_t seed)
{
    *t = (struct table){.key_offset = key_offset, .key_size = key_size, .seed = seed};
}

void table_free(struct table *t)
{
    free(t->slots);
    t->slots = NULL;
    t->slot_count = t->count = 0;
}

static size_t slot_of(const struct table *t, const void *key)
{
    const unsigned char *p = key;
    uint64_t h = t->seed ^ 0xcbf29ce484222325U;

    for (size_t i = 0; i < t->key_size; i++)
        h = (h ^ p[i]) * 0x100000001b3U;
    h ^= h >> 29;
    h *= 0xbf58476d1ce4e5b9U ^ t->seed;
    h ^= h >> 32;
    return (size_t)h & (t->slot_count - 1);
}

static const void *key_of(const struct table *t, const struct table_link *entry)
{
    return (const char *)entry + t->key_offset;
}

struct table_link *table_find(const struct table *t, const void *key)
{
    if (t->slot_count == 0)
        return NULL;
    for (struct table_link *e = t->slots[slot_of(t, key)]; e != NULL; e = e->next)
        if (memcmp(key_of(t, e), key, t->key_size) == 0)
            return e;
    return NULL;
}

/* Twice the slots, so that one holds one entry on average. */
static void grow(struct table *t)
{
    struct table_link **old = t->slots;
    size_t old_count = t->slot_count;

    t->slot_count = old_count == 0 ? 16 : old_count * 2;
    t->slots = calloc(t->slot_count, sizeof(*t->slots));
    if (t->slots == NULL)
        abort();
    for (size_t i = 0; i < old_count; i++) {
        struct table_link *e = old[i];

        while (e != NULL) {
            struct table_link *next = e->next;
            size_t slot = slot_of(t, key_of(t, e));

            e->next = t->slots[slot];
            t->slots[slot] = e;
            e = next;
        }
    }
    free(old);
}

void table_add(struct table *t, struct table_link *entry)
{
    size_t slot;

    if (t->count >= t->slot_count)
        grow(t);
    assert(table_find(t, key_of(t, entry)) == NULL);
    slot = slot_of(t, key_of(t, entry));
    entry->next = t->slots[slot];
    t->slots[slot] = entry;
    t->count++;
}

void table_remove(struct table *t, struct table_link *entry)
{
    struct table_link **at = &t->slots[slot_of(t, key_of(t, entry))];

    while (*at != entry) {
        assert(*at != NULL);
        at = &(*at)->next;
    }
    *at = entry->next;
    entry->next = NULL;
    t->count--;
}

void table_each(struct table *t, void (*fn)(struct table_link *entry, void *arg), void *arg)
{
    for (size_t i = 0; i < t->slot_count; i++) {
        struct table_link *e = t->slots[i];

        while (e != NULL) {
            struct table_link *next = e->next;

            fn(e, arg);
            e = next;
        }
    }
}
