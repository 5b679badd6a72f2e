/* The threads of the SQLite store, and the way of an operation through them:
 *
 *   submit (loop) -> queue -> writer or reader thread -> done list -> post -> callback (loop)
 *
 * A queue is bounded by QUEUE_MAX; the writer takes up to GROUP_MAX at once and commits them
 * together. An operation is touched by one thread at a time; only the loop looks at fn. */
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "net/loop.h"
#include "store/sqlite/open_private.h"
#include "store/sqlite/ops_private.h"
#include "store/sqlite/store_sqlite.h"

#define READERS   2
#define QUEUE_MAX 10000
#define GROUP_MAX 256

struct list {
    struct store_op *first, **last;
    size_t count;
};

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct list list;
    bool closing; /* take what is left, then end */
};

/* Where finished operations wait for the loop. Outlives the store while a post is under way. */
struct mailbox {
    pthread_mutex_t lock;
    struct list done;
    bool posted;
    bool freed; /* the store is gone; the loop's thread only */
};

struct sqlite_store {
    struct store base;
    struct loop *loop;
    struct mailbox *mailbox;
    struct queue writes, reads;
    struct db *writer_db, *reader_dbs[READERS];
    pthread_t writer, readers[READERS];
    int lock_fd;
    bool answering; /* callbacks run: the store may not be freed now */
};

static void list_init(struct list *l)
{
    *l = (struct list){.first = NULL};
    l->last = &l->first;
}

static void list_add(struct list *l, struct store_op *op)
{
    op->next = NULL;
    *l->last = op;
    l->last = &op->next;
    l->count++;
}

/* Move up to max operations to another, empty list. */
static void list_move(struct list *from, struct list *to, size_t max)
{
    list_init(to);
    while (from->first != NULL && to->count < max) {
        struct store_op *op = from->first;
        from->first = op->next;
        from->count--;
        list_add(to, op);
    }
    if (from->first == NULL)
        from->last = &from->first;
}

/* ---- back to the loop ---- */

static void on_post(void *arg);

struct post {
    struct mailbox *mailbox;
    struct sqlite_store *store; /* dead once mailbox->freed */
};

static void deliver(struct sqlite_store *s, struct list *ops)
{
    struct mailbox *m = s->mailbox;
    bool post;

    pthread_mutex_lock(&m->lock);
    for (struct store_op *op = ops->first, *next; op != NULL; op = next) {
        next = op->next;
        list_add(&m->done, op);
    }
    post = !m->posted && m->done.first != NULL;
    if (post)
        m->posted = true;
    pthread_mutex_unlock(&m->lock);
    if (!post)
        return;
    struct post *p = malloc(sizeof(*p));
    if (p == NULL)
        abort();
    *p = (struct post){m, s};
    loop_post(s->loop, on_post, p);
}

static void mailbox_free(struct mailbox *m)
{
    for (struct store_op *op = m->done.first, *next; op != NULL; op = next) {
        next = op->next;
        store_op_free(op);
    }
    pthread_mutex_destroy(&m->lock);
    free(m);
}

static void on_post(void *arg)
{
    struct post *p = arg;
    struct mailbox *m = p->mailbox;
    struct sqlite_store *s = p->store;
    struct list ops;

    free(p);
    if (m->freed) {
        mailbox_free(m);
        return;
    }
    pthread_mutex_lock(&m->lock);
    m->posted = false;
    list_move(&m->done, &ops, SIZE_MAX);
    pthread_mutex_unlock(&m->lock);
    s->answering = true;
    for (struct store_op *op = ops.first, *next; op != NULL; op = next) {
        next = op->next;
        store_op_finish(op);
    }
    s->answering = false;
}

/* ---- the threads ---- */

/* Wait for work; false when the store closes and nothing is left. */
static bool queue_take(struct queue *q, struct list *to, size_t max)
{
    pthread_mutex_lock(&q->lock);
    while (q->list.first == NULL && !q->closing)
        pthread_cond_wait(&q->filled, &q->lock);
    list_move(&q->list, to, max);
    pthread_mutex_unlock(&q->lock);
    return to->first != NULL;
}

static void *writer_main(void *arg)
{
    struct sqlite_store *s = arg;
    struct list ops;

    while (queue_take(&s->writes, &ops, GROUP_MAX)) {
        atomic_store(&s->base.is_failing, !ops_run_group(s->writer_db, ops.first));
        deliver(s, &ops);
    }
    return NULL;
}

struct reader {
    struct sqlite_store *store;
    struct db *db;
};

static void *reader_main(void *arg)
{
    struct reader r = *(struct reader *)arg;
    struct list ops;

    free(arg);
    while (queue_take(&r.store->reads, &ops, 1)) {
        ops_run_read(r.db, ops.first);
        deliver(r.store, &ops);
    }
    return NULL;
}

static void submit(struct store *base, struct store_op *op)
{
    struct sqlite_store *s = (struct sqlite_store *)base;
    struct queue *q = store_op_is_write(op->kind) ? &s->writes : &s->reads;
    bool full;

    pthread_mutex_lock(&q->lock);
    full = q->list.count >= QUEUE_MAX;
    if (!full)
        list_add(&q->list, op);
    pthread_cond_signal(&q->filled);
    pthread_mutex_unlock(&q->lock);
    if (full) {
        struct list one;
        list_init(&one);
        op->result = STORE_BUSY;
        list_add(&one, op);
        deliver(s, &one);
    }
}

/* ---- life ---- */

static void queue_init(struct queue *q)
{
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->filled, NULL);
    list_init(&q->list);
}

static void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closing = true;
    pthread_cond_broadcast(&q->filled);
    pthread_mutex_unlock(&q->lock);
}

static void queue_free(struct queue *q)
{
    pthread_mutex_destroy(&q->lock);
    pthread_cond_destroy(&q->filled);
}

static void close_files(struct sqlite_store *s)
{
    for (size_t i = 0; i < READERS; i++)
        db_close(s->reader_dbs[i]);
    db_close(s->writer_db); /* last: it folds the WAL into the file */
    if (s->lock_fd >= 0)
        close(s->lock_fd);
}

static void sqlite_free(struct store *base)
{
    struct sqlite_store *s = (struct sqlite_store *)base;
    struct mailbox *m = s->mailbox;
    bool posted;

    assert(!s->answering);
    queue_close(&s->writes);
    queue_close(&s->reads);
    pthread_join(s->writer, NULL);
    for (size_t i = 0; i < READERS; i++)
        pthread_join(s->readers[i], NULL);
    close_files(s);
    queue_free(&s->writes);
    queue_free(&s->reads);
    free(s);
    pthread_mutex_lock(&m->lock);
    posted = m->posted;
    pthread_mutex_unlock(&m->lock);
    m->freed = true;
    if (!posted)
        mailbox_free(m);
}

static const struct store_ops sqlite_ops = {submit, sqlite_free};

/* Signals are the loop's: the threads block them all. */
static void start_threads(struct sqlite_store *s)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&s->writer, NULL, writer_main, s) != 0)
        abort(); /* no threads at the very start: the machine is unusable */
    for (size_t i = 0; i < READERS; i++) {
        struct reader *r = malloc(sizeof(*r));
        if (r == NULL)
            abort();
        *r = (struct reader){s, s->reader_dbs[i]};
        if (pthread_create(&s->readers[i], NULL, reader_main, r) != 0)
            abort();
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static struct store *open_store(const char *dir, struct loop *loop, enum open_mode mode,
                                struct err *err)
{
    struct sqlite_store *s = calloc(1, sizeof(*s));

    if (s == NULL)
        abort();
    s->base.ops = &sqlite_ops;
    s->loop = loop;
    if (open_files(dir, mode, &s->lock_fd, &s->writer_db, s->reader_dbs, READERS, err) < 0) {
        free(s);
        return NULL;
    }
    s->mailbox = calloc(1, sizeof(*s->mailbox));
    if (s->mailbox == NULL)
        abort();
    pthread_mutex_init(&s->mailbox->lock, NULL);
    list_init(&s->mailbox->done);
    queue_init(&s->writes);
    queue_init(&s->reads);
    start_threads(s);
    return &s->base;
}

struct store *store_sqlite_open(const char *dir, struct loop *loop, struct err *err)
{
    return open_store(dir, loop, OPEN_SERVE, err);
}

struct store *store_sqlite_open_beside(const char *dir, struct loop *loop, struct err *err)
{
    return open_store(dir, loop, OPEN_BESIDE, err);
}
