#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

#define BLOCK_MIN 976 /* so that a block, with its head, is of a size that malloc is quick with */

struct block {
    struct block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *head;
    size_t given, max;
    bool wipes;
};

struct arena *arena_new(size_t max)
{
    struct arena *a = calloc(1, sizeof(*a));

    if (a == NULL)
        abort();
    a->max = max;
    return a;
}

void arena_wipes(struct arena *a)
{
    a->wipes = true;
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    for (struct block *b = a->head, *next; b != NULL; b = next) {
        next = b->next;
        if (a->wipes)
            secret_wipe(b->bytes, b->used);
        free(b);
    }
    free(a);
}

void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);

    if (size > a->max || a->given > a->max - size)
        return NULL;
    const size_t rounded = (size + align - 1) / align * align;
    if (a->head == NULL || a->head->size - a->head->used < rounded) {
        const size_t room = rounded > BLOCK_MIN ? rounded : BLOCK_MIN;
        struct block *b = malloc(sizeof(*b) + room);
        if (b == NULL)
            abort();
        b->next = a->head;
        b->used = 0;
        b->size = room;
        a->head = b;
    }
    void *p = a->head->bytes + a->head->used;
    a->head->used += rounded;
    a->given += size;
    memset(p, 0, size);
    return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
    if (s == NULL || len == SIZE_MAX)
        return NULL;
    char *copy = arena_alloc(a, len + 1);
    if (copy != NULL)
        memcpy(copy, s, len);
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return s == NULL ? NULL : arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    const int len = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *s = len < 0 ? NULL : arena_alloc(a, (size_t)len + 1);
    if (s != NULL)
        vsnprintf(s, (size_t)len + 1, fmt, again);
    va_end(again);
    return s;
}
