#include "net/work.h"

#include <stdlib.h>

#include "net/loop_uv.h"

struct work {
    uv_work_t req;
    struct work_pool *pool;
    struct work *next; /* among those that wait */
    const struct work_calls *calls;
    void *job;
    bool cancelled;
};

struct work_pool {
    struct loop *loop;
    size_t running_max, waiting_max;
    size_t running, waiting;
    struct work *first, **last; /* those that wait, oldest first */
};

struct work_pool *work_pool_new(struct loop *loop, size_t running, size_t waiting)
{
    struct work_pool *p = calloc(1, sizeof(*p));

    if (p == NULL)
        abort();
    *p = (struct work_pool){.loop = loop, .running_max = running, .waiting_max = waiting};
    p->last = &p->first;
    return p;
}

static void work_free(struct work *w)
{
    w->calls->free(w->job);
    free(w);
}

static void start_next(struct work_pool *p);

static void on_run(uv_work_t *req)
{
    struct work *w = req->data;

    w->calls->run(w->job);
}

static void on_done(uv_work_t *req, int status)
{
    struct work *w = req->data;
    struct work_pool *p = w->pool;

    (void)status;
    p->running--;
    start_next(p);
    if (!w->cancelled)
        w->calls->done(w->job);
    work_free(w);
}

static struct work *take_first(struct work_pool *p)
{
    struct work *w = p->first;

    p->first = w->next;
    if (p->first == NULL)
        p->last = &p->first;
    p->waiting--;
    return w;
}

static void start(struct work *w)
{
    w->req.data = w;
    if (uv_queue_work(loop_uv(w->pool->loop), &w->req, on_run, on_done) != 0)
        abort(); /* fails only without a function to run */
    w->pool->running++;
}

static void start_next(struct work_pool *p)
{
    while (p->first != NULL && p->running < p->running_max) {
        struct work *w = take_first(p);

        if (w->cancelled)
            work_free(w);
        else
            start(w);
    }
}

void work_pool_free(struct work_pool *p)
{
    if (p == NULL)
        return;
    while (p->first != NULL)
        work_free(take_first(p));
    while (p->running > 0)
        loop_turn(p->loop, 10);
    free(p);
}

struct work *work_start(struct work_pool *p, const struct work_calls *calls, void *job)
{
    struct work *w;

    if (p->running >= p->running_max && p->waiting >= p->waiting_max) {
        calls->free(job);
        return NULL;
    }
    w = calloc(1, sizeof(*w));
    if (w == NULL)
        abort();
    *w = (struct work){.pool = p, .calls = calls, .job = job};
    *p->last = w;
    p->last = &w->next;
    p->waiting++;
    start_next(p);
    return w;
}

/* One that waits stays in its place until its turn: the queue is short. */
void work_cancel(struct work **w)
{
    if (*w != NULL)
        (*w)->cancelled = true;
    *w = NULL;
}
