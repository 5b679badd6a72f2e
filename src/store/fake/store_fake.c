#include "store/fake/store_fake.h"

#include <assert.h>
#include <stdlib.h>

#include "base/log.h"
#include "store/sqlite/migrate_private.h"
#include "store/sqlite/ops_private.h"

struct list {
    struct store_op *first, **last;
};

struct store_fake {
    struct store base;
    struct env *env;
    struct db *db;
    struct list pending; /* not committed yet */
    struct list answers; /* committed, not told yet */
    struct env_timer *commit_timer, *answer_timer;
    int64_t max_delay_ms;
    int fail_count;
    enum store_result fail_result;
    bool answering;
};

static void list_init(struct list *l)
{
    l->first = NULL;
    l->last = &l->first;
}

static void list_add(struct list *l, struct store_op *op)
{
    op->next = NULL;
    *l->last = op;
    l->last = &op->next;
}

static struct store_op *list_take(struct list *l)
{
    struct store_op *op = l->first;

    if (op != NULL) {
        l->first = op->next;
        op->next = NULL;
        if (l->first == NULL)
            l->last = &l->first;
    }
    return op;
}

static int64_t delay(struct store_fake *f)
{
    uint32_t chance = 0;

    if (f->max_delay_ms == 0)
        return 0;
    env_random(f->env, &chance, sizeof(chance));
    return (int64_t)chance % (f->max_delay_ms + 1);
}

static void on_answer(void *arg)
{
    struct store_fake *f = arg;
    struct store_op *op;

    f->answer_timer = NULL;
    f->answering = true;
    /* A callback may crash the store, which empties the list. */
    while ((op = list_take(&f->answers)) != NULL)
        store_op_finish(op);
    f->answering = false;
}

static void run(struct store_fake *f, struct store_op *op)
{
    if (f->fail_count > 0) {
        f->fail_count--;
        op->result = f->fail_result;
    } else if (store_op_is_write(op->kind)) {
        ops_run_group(f->db, op);
    } else {
        ops_run_read(f->db, op);
    }
}

static void on_commit(void *arg)
{
    struct store_fake *f = arg;
    struct store_op *op;

    f->commit_timer = NULL;
    while ((op = list_take(&f->pending)) != NULL) {
        run(f, op);
        list_add(&f->answers, op);
    }
    if (f->answer_timer == NULL)
        f->answer_timer = env_timer_start(f->env, delay(f), on_answer, f);
}

static void fake_submit(struct store *base, struct store_op *op)
{
    struct store_fake *f = (struct store_fake *)base;

    list_add(&f->pending, op);
    if (f->commit_timer == NULL)
        f->commit_timer = env_timer_start(f->env, delay(f), on_commit, f);
}

static void drop_all(struct store_fake *f)
{
    struct store_op *op;

    env_timer_cancel(f->env, &f->commit_timer);
    env_timer_cancel(f->env, &f->answer_timer);
    while ((op = list_take(&f->pending)) != NULL)
        store_op_free(op);
    while ((op = list_take(&f->answers)) != NULL)
        store_op_free(op);
}

static void fake_free(struct store *base)
{
    struct store_fake *f = (struct store_fake *)base;

    assert(!f->answering);
    drop_all(f);
    db_close(f->db);
    free(f);
}

static const struct store_ops fake_ops = {fake_submit, fake_free};

struct store *store_fake_new(struct env *env)
{
    struct store_fake *f = calloc(1, sizeof(*f));
    struct err err = {{0}};

    if (f == NULL)
        abort();
    f->base.ops = &fake_ops;
    f->env = env;
    list_init(&f->pending);
    list_init(&f->answers);
    f->db = db_open(":memory:", &err);
    if (f->db == NULL || migrate(f->db, migration_count, &err) < 0) {
        log_event(LOG_ERROR, "store", "fake", LOG_S("error", err.text));
        abort(); /* nothing outside the program can cause it */
    }
    return &f->base;
}

void store_fake_set_delay(struct store *s, int64_t max_ms)
{
    assert(s->ops == &fake_ops && max_ms >= 0);
    ((struct store_fake *)s)->max_delay_ms = max_ms;
}

void store_fake_fail_next(struct store *s, int count, enum store_result result)
{
    struct store_fake *f = (struct store_fake *)s;

    assert(s->ops == &fake_ops && (result == STORE_BUSY || result == STORE_FAILED));
    f->fail_count = count;
    f->fail_result = result;
}

void store_fake_crash(struct store *s)
{
    struct store_fake *f = (struct store_fake *)s;

    assert(s->ops == &fake_ops);
    drop_all(f);
    f->fail_count = 0;
}
