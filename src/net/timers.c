#include "net/timers.h"

#include <assert.h>
#include <stdlib.h>

struct env_timer {
    int64_t due_ms;
    uint64_t seq;
    size_t at; /* its place in the heap */
    env_timer_fn *fn;
    void *arg;
};

void timers_init(struct timers *t)
{
    *t = (struct timers){0};
}

void timers_free(struct timers *t)
{
    for (size_t i = 0; i < t->count; i++)
        free(t->heap[i]);
    free(t->heap);
    timers_init(t);
}

static bool sooner(const struct env_timer *a, const struct env_timer *b)
{
    return a->due_ms != b->due_ms ? a->due_ms < b->due_ms : a->seq < b->seq;
}

static void place(struct timers *t, size_t at, struct env_timer *timer)
{
    t->heap[at] = timer;
    timer->at = at;
}

static void sift_up(struct timers *t, struct env_timer *timer)
{
    size_t at = timer->at;

    while (at > 0 && sooner(timer, t->heap[(at - 1) / 2])) {
        place(t, at, t->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(t, at, timer);
}

static void sift_down(struct timers *t, struct env_timer *timer)
{
    size_t at = timer->at;

    for (size_t child = 2 * at + 1; child < t->count; child = 2 * at + 1) {
        if (child + 1 < t->count && sooner(t->heap[child + 1], t->heap[child]))
            child++;
        if (!sooner(t->heap[child], timer))
            break;
        place(t, at, t->heap[child]);
        at = child;
    }
    place(t, at, timer);
}

struct env_timer *timers_add(struct timers *t, int64_t due_ms, env_timer_fn *fn, void *arg)
{
    struct env_timer *timer = malloc(sizeof(*timer));

    if (timer == NULL)
        abort();
    if (t->count == t->room) {
        t->room = t->room == 0 ? 64 : 2 * t->room;
        t->heap = realloc(t->heap, t->room * sizeof(struct env_timer *));
        if (t->heap == NULL)
            abort();
    }
    *timer = (struct env_timer){due_ms, t->next_seq++, t->count, fn, arg};
    t->heap[t->count++] = timer;
    sift_up(t, timer);
    return timer;
}

void timers_remove(struct timers *t, struct env_timer *timer)
{
    assert(timer->at < t->count && t->heap[timer->at] == timer);
    struct env_timer *last = t->heap[--t->count];

    if (last != timer) {
        place(t, timer->at, last);
        sift_up(t, last);
        sift_down(t, last);
    }
    free(timer);
}

int64_t timers_due(const struct timers *t)
{
    return t->count == 0 ? -1 : t->heap[0]->due_ms;
}

void timers_fire(struct timers *t, int64_t now_ms)
{
    const uint64_t first_new = t->next_seq;

    /* A new timer cannot stand before an old one that is due: its time is not earlier than
     * now_ms, and at the same time the order of starting counts. */
    while (t->count > 0 && t->heap[0]->due_ms <= now_ms && t->heap[0]->seq < first_new) {
        env_timer_fn *fn = t->heap[0]->fn;
        void *arg = t->heap[0]->arg;

        timers_remove(t, t->heap[0]);
        fn(arg);
    }
}
