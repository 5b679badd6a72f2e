/* Memory for one request or one job: many small pieces, freed together. */
#ifndef PARLEY_ARENA_H
#define PARLEY_ARENA_H

#include "base/base.h"

struct arena;

/* An arena that gives out at most max bytes. Aborts when the machine is out of memory. */
struct arena *arena_new(size_t max);
/* What it gave out may hold secrets: overwritten before it is freed. */
void arena_wipes(struct arena *a);
void arena_free(struct arena *a);

/* Zeroed room, aligned for any type, or NULL when the arena's maximum is reached. */
void *arena_alloc(struct arena *a, size_t size) WARN_UNUSED;
/* Copies with a NUL at the end; NULL in gives NULL out; NULL also when the arena is full. */
char *arena_strdup(struct arena *a, const char *s) WARN_UNUSED;
char *arena_strndup(struct arena *a, const char *s, size_t len) WARN_UNUSED;
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3) WARN_UNUSED;

#endif
