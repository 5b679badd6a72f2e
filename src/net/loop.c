#include "net/loop.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "net/loop_uv.h"
#include "net/timers.h"

struct task {
    void (*fn)(void *arg);
    void *arg;
};

struct tasks {
    struct task *list;
    size_t count, room;
};

struct loop {
    struct env env; /* first: an env of this loop is the loop */
    uv_loop_t uv;
    uv_async_t posted;
    uv_mutex_t lock; /* guards posts */
    struct tasks posts;
    struct tasks defers;
    uv_check_t turn_end; /* after the I/O of a turn; runs the deferred tasks */
    uv_idle_t awake;     /* active while tasks are deferred: the poll must not sleep then */
    struct timers timers;
    uv_timer_t timer; /* for the soonest of timers */
    uv_timer_t wait;  /* bounds loop_turn */
    uv_signal_t signals[2];
    void (*on_stop_signal)(void *arg);
    void *stop_signal_arg;
    bool firing; /* on_timer is at work and will arm the timer itself */
    bool running;
    bool stopped;
};

static void tasks_add(struct tasks *t, void (*fn)(void *arg), void *arg)
{
    if (t->count == t->room) {
        t->room = t->room == 0 ? 32 : 2 * t->room;
        t->list = realloc(t->list, t->room * sizeof(*t->list));
        if (t->list == NULL)
            abort();
    }
    t->list[t->count++] = (struct task){fn, arg};
}

static void tasks_run(struct tasks *t)
{
    for (size_t i = 0; i < t->count; i++)
        t->list[i].fn(t->list[i].arg);
    free(t->list);
    *t = (struct tasks){0};
}

/* --- clock, chance and timers --- */

static int64_t env_wall(struct env *env)
{
    (void)env;
    return clock_wall_ms();
}

static int64_t env_mono(struct env *env)
{
    (void)env;
    return clock_mono_ms();
}

static void env_chance(struct env *env, void *bytes, size_t len)
{
    (void)env;
    secret_random(bytes, len);
}

static void on_timer(uv_timer_t *timer);

static void arm(struct loop *loop)
{
    const int64_t due = timers_due(&loop->timers);

    if (due < 0) {
        uv_timer_stop(&loop->timer);
        return;
    }
    const int64_t left = due - clock_mono_ms();
    uv_update_time(&loop->uv);
    uv_timer_start(&loop->timer, on_timer, left > 0 ? (uint64_t)left : 0, 0);
}

static struct env_timer *env_start(struct env *env, int64_t after_ms, env_timer_fn *fn, void *arg)
{
    struct loop *loop = (struct loop *)env;
    const int64_t before = timers_due(&loop->timers);
    const int64_t due = clock_mono_ms() + (after_ms > 0 ? after_ms : 0);
    struct env_timer *timer = timers_add(&loop->timers, due, fn, arg);

    if (!loop->firing && (before < 0 || due < before))
        arm(loop);
    return timer;
}

static void arm_later(void *arg)
{
    arm(arg);
}

static void on_timer(uv_timer_t *timer)
{
    struct loop *loop = timer->data;

    loop->firing = true;
    timers_fire(&loop->timers, clock_mono_ms());
    loop->firing = false;
    /* libuv runs a timer of 0 that is started inside a timer in the same turn, for ever. */
    if (timers_due(&loop->timers) >= 0 && timers_due(&loop->timers) <= clock_mono_ms())
        loop_defer(loop, arm_later, loop);
    else
        arm(loop);
}

/* The libuv timer stays as it is: at worst it wakes the loop once for nothing. */
static void env_cancel(struct env *env, struct env_timer *timer)
{
    timers_remove(&((struct loop *)env)->timers, timer);
}

static const struct env_ops env_ops = {env_wall, env_mono, env_chance, env_start, env_cancel};

/* --- posted and deferred tasks --- */

static void on_posted(uv_async_t *async)
{
    struct loop *loop = async->data;
    struct tasks now;

    uv_mutex_lock(&loop->lock);
    now = loop->posts;
    loop->posts = (struct tasks){0};
    uv_mutex_unlock(&loop->lock);
    tasks_run(&now);
}

static void on_awake(uv_idle_t *idle)
{
    (void)idle;
}

static void on_turn_end(uv_check_t *check)
{
    struct loop *loop = check->data;
    struct tasks now = loop->defers;

    loop->defers = (struct tasks){0};
    tasks_run(&now);
    if (loop->defers.count == 0) {
        uv_check_stop(&loop->turn_end);
        uv_idle_stop(&loop->awake);
    }
}

void loop_post(struct loop *loop, void (*fn)(void *arg), void *arg)
{
    uv_mutex_lock(&loop->lock);
    tasks_add(&loop->posts, fn, arg);
    uv_mutex_unlock(&loop->lock);
    uv_async_send(&loop->posted);
}

void loop_defer(struct loop *loop, void (*fn)(void *arg), void *arg)
{
    if (loop->defers.count == 0) {
        uv_check_start(&loop->turn_end, on_turn_end);
        uv_idle_start(&loop->awake, on_awake);
    }
    tasks_add(&loop->defers, fn, arg);
}

/* --- signals --- */

static void on_signal(uv_signal_t *handle, int number)
{
    struct loop *loop = handle->data;

    log_event(LOG_INFO, "loop", "signal", LOG_N("number", number));
    if (loop->on_stop_signal != NULL)
        loop->on_stop_signal(loop->stop_signal_arg);
}

void loop_on_stop_signal(struct loop *loop, void (*fn)(void *arg), void *arg)
{
    static const int numbers[] = {SIGINT, SIGTERM};

    loop->on_stop_signal = fn;
    loop->stop_signal_arg = arg;
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        if (fn != NULL)
            uv_signal_start(&loop->signals[i], on_signal, numbers[i]);
        else
            uv_signal_stop(&loop->signals[i]);
    }
}

/* --- life --- */

struct loop *loop_new(struct err *err)
{
    struct loop *loop = calloc(1, sizeof(*loop));
    int rc;

    if (loop == NULL)
        abort();
    rc = uv_loop_init(&loop->uv);
    if (rc < 0) {
        err_set(err, "cannot make the event loop: %s", uv_strerror(rc));
        free(loop);
        return NULL;
    }
    loop->env.ops = &env_ops;
    timers_init(&loop->timers);
    signal(SIGPIPE, SIG_IGN);
    /* These can fail only for want of memory or file descriptors at the very start. */
    if (uv_mutex_init(&loop->lock) < 0 || uv_async_init(&loop->uv, &loop->posted, on_posted) < 0 ||
        uv_signal_init(&loop->uv, &loop->signals[0]) < 0 ||
        uv_signal_init(&loop->uv, &loop->signals[1]) < 0)
        abort();
    uv_timer_init(&loop->uv, &loop->timer);
    uv_timer_init(&loop->uv, &loop->wait);
    uv_check_init(&loop->uv, &loop->turn_end);
    uv_idle_init(&loop->uv, &loop->awake);
    loop->posted.data = loop->timer.data = loop->turn_end.data = loop;
    loop->signals[0].data = loop->signals[1].data = loop;
    return loop;
}

static void close_handle(uv_handle_t *handle, void *arg)
{
    (void)arg;
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

void loop_free(struct loop *loop)
{
    if (loop == NULL)
        return;
    assert(!loop->running);
    if (loop->timers.count > 0 || loop->posts.count > 0 || loop->defers.count > 0)
        log_event(LOG_WARN, "loop", "left_over", LOG_N("timers", loop->timers.count),
                  LOG_N("posts", loop->posts.count), LOG_N("defers", loop->defers.count));
    uv_walk(&loop->uv, close_handle, NULL);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    if (uv_loop_close(&loop->uv) != 0)
        log_event(LOG_ERROR, "loop", "not_closed");
    uv_mutex_destroy(&loop->lock);
    timers_free(&loop->timers);
    free(loop->posts.list);
    free(loop->defers.list);
    free(loop);
}

void loop_run(struct loop *loop)
{
    assert(!loop->running);
    loop->running = true;
    while (!loop->stopped)
        uv_run(&loop->uv, UV_RUN_DEFAULT);
    loop->stopped = false;
    loop->running = false;
}

static void on_wait(uv_timer_t *timer)
{
    (void)timer;
}

void loop_turn(struct loop *loop, int64_t wait_ms)
{
    assert(!loop->running);
    loop->running = true;
    if (wait_ms > 0) {
        uv_update_time(&loop->uv);
        uv_timer_start(&loop->wait, on_wait, (uint64_t)wait_ms, 0);
        uv_run(&loop->uv, UV_RUN_ONCE);
        uv_timer_stop(&loop->wait);
    } else {
        uv_run(&loop->uv, UV_RUN_NOWAIT);
    }
    loop->running = false;
}

void loop_stop(struct loop *loop)
{
    loop->stopped = true;
    uv_stop(&loop->uv);
}

struct env *loop_env(struct loop *loop)
{
    return &loop->env;
}

uv_loop_t *loop_uv(struct loop *loop)
{
    return &loop->uv;
}
