/* Keeps the index of words up to the messages, a piece at a time, and lets messages go first: while
 * some come in it takes a small share of the writer, else half of it. */
#include "api/api_private.h"

#include <stdlib.h>

#define LOOK_MS  1000 /* between looks at whether there is something to do */
#define BUSY     50   /* pauses are so many times as long as a piece took, when messages come in */
#define QUIET    1    /* when none do */
#define LEAST_MS 1

struct search {
    struct env *env;
    struct store *store;
    struct env_timer *timer;
    struct store_op *op;
    int64_t began_ms; /* of the piece under way */
    int64_t newest;   /* what store_search_due said last */
    bool busy;        /* messages came in between the last two looks */
};

static void look(void *arg);

static void wait(struct search *s, int64_t ms)
{
    s->timer = env_timer_start(s->env, ms, look, s);
}

static void indexed(enum store_result result, const union store_out *out, void *arg)
{
    struct search *s = arg;
    const int64_t took_ms = env_mono_ms(s->env) - s->began_ms;

    s->op = NULL;
    if (result == STORE_OK && out->indexed.more)
        wait(s, LEAST_MS + took_ms * (s->busy ? BUSY : QUIET));
    else
        wait(s, LOOK_MS);
}

static void looked(enum store_result result, const union store_out *out, void *arg)
{
    struct search *s = arg;

    s->op = NULL;
    if (result != STORE_OK || !out->search_due.due || store_is_failing(s->store)) {
        wait(s, LOOK_MS);
        return;
    }
    s->busy = s->newest != 0 && out->search_due.newest != s->newest;
    s->newest = out->search_due.newest;
    s->began_ms = env_mono_ms(s->env);
    s->op = store_search_index(s->store, indexed, s);
}

static void look(void *arg)
{
    struct search *s = arg;

    s->timer = NULL;
    s->op = store_search_due(s->store, looked, s);
}

struct search *search_new(struct env *env, struct store *store)
{
    struct search *s = api_alloc(sizeof(*s));

    s->env = env;
    s->store = store;
    wait(s, LOOK_MS);
    return s;
}

void search_free(struct search *s)
{
    if (s == NULL)
        return;
    env_timer_cancel(s->env, &s->timer);
    store_cancel(s->store, &s->op);
    free(s);
}
