/* Time, order and crashes of the store for simulations. What an operation does is what
 * store/sqlite says, in memory. */
#include "store/fake/store_fake.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/sqlite/migrate_private.h"
#include "store/sqlite/ops_private.h"

struct fake {
    struct store base;
    struct env *env;
    struct db *db;
    struct store_op *waiting, **waiting_end;   /* not committed */
    struct store_op *answered, **answered_end; /* committed, the callback is to come */
    struct env_timer *commit_timer, *answer_timer;
    int64_t max_delay_ms;
    int fail_count;
    enum store_result fail_result;
};

/* --- the database --- */

/* Simulations make thousands of stores: the schema is made once and copied. */
static struct {
    unsigned char *bytes;
    sqlite3_int64 size;
} blank;

static void make_blank(struct db *db)
{
    struct err err = {""};

    if (migrate(db, migration_count, &err) < 0) {
        log_event(LOG_ERROR, "store", "migrate", LOG_S("error", err.text));
        abort();
    }
    blank.bytes = sqlite3_serialize(db_handle(db), "main", &blank.size, 0);
    if (blank.bytes == NULL)
        abort();
}

static struct db *open_blank(void)
{
    struct err err = {""};
    struct db *db = db_open(":memory:", &err);
    unsigned char *copy;

    if (db == NULL) {
        log_event(LOG_ERROR, "store", "open", LOG_S("error", err.text));
        abort();
    }
    if (blank.bytes == NULL) {
        make_blank(db);
        return db;
    }
    copy = sqlite3_malloc64((sqlite3_uint64)blank.size);
    if (copy == NULL)
        abort();
    memcpy(copy, blank.bytes, (size_t)blank.size);
    if (sqlite3_deserialize(db_handle(db), "main", copy, blank.size, blank.size,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) !=
        SQLITE_OK)
        abort();
    return db;
}

static void run(struct fake *f, struct store_op *op)
{
    if (store_op_is_write(op->kind))
        (void)ops_run_group(f->db, op);
    else
        ops_run_read(f->db, op);
}

/* --- from the call to the callback --- */

static void answer_next(void *arg);
static void commit_next(void *arg);

static int64_t delay(struct fake *f)
{
    uint32_t chance;

    if (f->max_delay_ms <= 0)
        return 0;
    env_random(f->env, &chance, sizeof(chance));
    return chance % (f->max_delay_ms + 1);
}

static void arm(struct fake *f)
{
    if (f->waiting != NULL && f->commit_timer == NULL)
        f->commit_timer = env_timer_start(f->env, delay(f), commit_next, f);
    if (f->answered != NULL && f->answer_timer == NULL)
        f->answer_timer = env_timer_start(f->env, delay(f), answer_next, f);
}

static void commit_next(void *arg)
{
    struct fake *f = arg;
    struct store_op *op = f->waiting;

    f->commit_timer = NULL;
    f->waiting = op->next;
    if (f->waiting == NULL)
        f->waiting_end = &f->waiting;
    op->next = NULL;
    if (f->fail_count > 0) {
        f->fail_count--;
        op->result = f->fail_result;
    } else {
        run(f, op);
    }
    *f->answered_end = op;
    f->answered_end = &op->next;
    arm(f);
}

static void answer_next(void *arg)
{
    struct fake *f = arg;
    struct store_op *op = f->answered;

    f->answer_timer = NULL;
    f->answered = op->next;
    if (f->answered == NULL)
        f->answered_end = &f->answered;
    arm(f);
    store_op_finish(op);
}

static void submit(struct store *s, struct store_op *op)
{
    struct fake *f = (struct fake *)s;

    op->next = NULL;
    *f->waiting_end = op;
    f->waiting_end = &op->next;
    arm(f);
}

void store_fake_set_delay(struct store *s, int64_t max_ms)
{
    ((struct fake *)s)->max_delay_ms = max_ms;
}

void store_fake_fail_next(struct store *s, int count, enum store_result result)
{
    ((struct fake *)s)->fail_count = count;
    ((struct fake *)s)->fail_result = result;
}

static void drop(struct store_op *op)
{
    while (op != NULL) {
        struct store_op *next = op->next;
        store_op_free(op);
        op = next;
    }
}

void store_fake_crash(struct store *s)
{
    struct fake *f = (struct fake *)s;

    env_timer_cancel(f->env, &f->commit_timer);
    env_timer_cancel(f->env, &f->answer_timer);
    drop(f->waiting);
    drop(f->answered);
    f->waiting = f->answered = NULL;
    f->waiting_end = &f->waiting;
    f->answered_end = &f->answered;
    f->fail_count = 0;
}

/* --- life --- */

/* Commit what is queued, as store_free promises, without answers. */
static void fake_free(struct store *s)
{
    struct fake *f = (struct fake *)s;

    while (f->waiting != NULL) {
        struct store_op *op = f->waiting;

        f->waiting = op->next;
        op->next = NULL;
        run(f, op);
        store_op_free(op);
    }
    store_fake_crash(s);
    db_close(f->db);
    free(f);
}

static const struct store_ops ops = {submit, fake_free};

struct store *store_fake_new(struct env *env)
{
    struct fake *f = calloc(1, sizeof(*f));

    if (f == NULL)
        abort();
    f->base.ops = &ops;
    f->env = env;
    f->db = open_blank();
    f->waiting_end = &f->waiting;
    f->answered_end = &f->answered;
    return &f->base;
}
