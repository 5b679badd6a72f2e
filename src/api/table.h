/* A hash table whose entries hold their own link: finds live objects by a key of fixed size. */
#ifndef PARLEY_API_TABLE_H
#define PARLEY_API_TABLE_H

#include "base/base.h"

/* First member of what is kept. */
struct table_link {
    struct table_link *next; /* private */
};

struct table {
    struct table_link **slots; /* private */
    size_t slot_count;         /* private */
    size_t count;              /* entries */
    size_t key_offset;         /* private: of the key within the entry */
    size_t key_size;           /* private */
    uint64_t seed;             /* private */
};

/* key_offset counts from the link; the first key_size bytes there are the key. seed is random, so
 * that nobody can choose keys that fall together. */
void table_init(struct table *t, size_t key_offset, size_t key_size, uint64_t seed);
/* Frees the table, not the entries. */
void table_free(struct table *t);
/* The entry, or NULL. */
struct table_link *table_find(const struct table *t, const void *key);
/* The key must be set and not in the table. Aborts when out of memory. */
void table_add(struct table *t, struct table_link *entry);
/* Takes out an entry that is in the table. */
void table_remove(struct table *t, struct table_link *entry);
/* Calls fn for each entry; fn may remove the entry it was called with, and no other. */
void table_each(struct table *t, void (*fn)(struct table_link *entry, void *arg), void *arg);

#endif
