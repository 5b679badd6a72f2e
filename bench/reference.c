/* What the machine and the libraries can do: the least program that keeps a message over WebSocket
 * and acknowledges it after a group commit. No people, no rules, no ids, no outbox: one table, one
 * writer, the same libraries and the same promise of the disk as the server's.
 *
 *   bench_reference --data DIR     prints "listening PORT", runs until SIGTERM
 *
 * A text frame is stored; its first 19 characters come back once it is committed. */
#include <libwebsockets.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define NAME_LEN 19 /* "n-%08u-%08u" */
#define TEXT_MAX 1024
#define ACKS_MAX 64

struct session {
    struct lws *wsi;       /* NULL: gone, and freed with its last message that is on its way */
    unsigned jobs;         /* on their way to the disk */
    unsigned first, count; /* a ring of what is to be acknowledged */
    char acks[ACKS_MAX][NAME_LEN];
    size_t len; /* of a frame that comes in parts */
    char text[TEXT_MAX];
};

struct job {
    struct job *next;
    struct session *session;
    size_t len;
    char text[TEXT_MAX];
};

struct queue {
    struct job *first, **end;
};

static struct {
    uv_loop_t loop;
    uv_async_t committed;
    uv_signal_t term;
    struct lws_context *context;
    pthread_t writer;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct queue asked, done;
    bool stopping;
    sqlite3 *db;
    sqlite3_stmt *insert;
} r;

static void fail(const char *what)
{
    fprintf(stderr, "reference: %s\n", what);
    exit(1);
}

static void run(const char *sql)
{
    if (sqlite3_exec(r.db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(r.db));
}

static void push(struct queue *q, struct job *job)
{
    job->next = NULL;
    *q->end = job;
    q->end = &job->next;
}

static struct job *take_all(struct queue *q)
{
    struct job *first = q->first;

    q->first = NULL;
    q->end = &q->first;
    return first;
}

/* Commit all that is asked for, again and again. */
static void *write_all(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&r.lock);
    for (;;) {
        while (r.asked.first == NULL && !r.stopping)
            pthread_cond_wait(&r.wake, &r.lock);
        if (r.asked.first == NULL)
            break;
        struct job *batch = take_all(&r.asked);
        pthread_mutex_unlock(&r.lock);
        run("BEGIN IMMEDIATE");
        for (struct job *job = batch; job != NULL; job = job->next) {
            sqlite3_bind_text(r.insert, 1, job->text, (int)job->len, SQLITE_STATIC);
            if (sqlite3_step(r.insert) != SQLITE_DONE)
                fail(sqlite3_errmsg(r.db));
            sqlite3_reset(r.insert);
        }
        run("COMMIT");
        pthread_mutex_lock(&r.lock);
        for (struct job *next; batch != NULL; batch = next) {
            next = batch->next;
            push(&r.done, batch);
        }
        uv_async_send(&r.committed);
    }
    pthread_mutex_unlock(&r.lock);
    return NULL;
}

static void free_if_done(struct session *s)
{
    if (s->wsi == NULL && s->jobs == 0)
        free(s);
}

static void acknowledge_later(struct session *s, const struct job *job)
{
    if (s->count == ACKS_MAX)
        fail("more messages in flight than agreed");
    memcpy(s->acks[(s->first + s->count++) % ACKS_MAX], job->text, NAME_LEN);
    lws_callback_on_writable(s->wsi);
}

static void on_committed(uv_async_t *async)
{
    (void)async;
    pthread_mutex_lock(&r.lock);
    struct job *job = take_all(&r.done);
    pthread_mutex_unlock(&r.lock);
    for (struct job *next; job != NULL; job = next) {
        struct session *s = job->session;
        next = job->next;
        if (s->wsi != NULL)
            acknowledge_later(s, job);
        free(job);
        s->jobs--;
        free_if_done(s);
    }
}

static void ask(struct session *s)
{
    struct job *job = malloc(sizeof(*job));

    if (job == NULL || s->len < NAME_LEN)
        fail("a message that is too short");
    job->session = s;
    s->jobs++;
    job->len = s->len;
    memcpy(job->text, s->text, s->len);
    s->len = 0;
    pthread_mutex_lock(&r.lock);
    push(&r.asked, job);
    pthread_cond_signal(&r.wake);
    pthread_mutex_unlock(&r.lock);
}

static void receive(struct session *s, const void *part, size_t len)
{
    if (len > TEXT_MAX - s->len)
        fail("a message that is too long");
    memcpy(s->text + s->len, part, len);
    s->len += len;
    if (lws_remaining_packet_payload(s->wsi) == 0 && lws_is_final_fragment(s->wsi))
        ask(s);
}

static int acknowledge(struct session *s)
{
    unsigned char frame[LWS_PRE + NAME_LEN];

    if (s->count == 0)
        return 0;
    memcpy(frame + LWS_PRE, s->acks[s->first], NAME_LEN);
    s->first = (s->first + 1) % ACKS_MAX;
    s->count--;
    if (lws_write(s->wsi, frame + LWS_PRE, NAME_LEN, LWS_WRITE_TEXT) < 0)
        return -1;
    if (s->count > 0)
        lws_callback_on_writable(s->wsi);
    return 0;
}

static struct session *new_session(struct lws *wsi)
{
    struct session *s = calloc(1, sizeof(*s));

    if (s == NULL)
        fail("out of memory");
    s->wsi = wsi;
    return s;
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t len)
{
    struct session **s = user;

    switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
        *s = new_session(wsi);
        return 0;
    case LWS_CALLBACK_RECEIVE:
        receive(*s, in, len);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return acknowledge(*s);
    case LWS_CALLBACK_CLOSED:
        (*s)->wsi = NULL;
        free_if_done(*s);
        return 0;
    default:
        return 0;
    }
}

static void on_term(uv_signal_t *signal, int number)
{
    (void)signal;
    (void)number;
    uv_stop(&r.loop);
}

static void open_db(const char *folder)
{
    char path[4096];

    snprintf(path, sizeof(path), "%s/reference.db", folder);
    if (sqlite3_open(path, &r.db) != SQLITE_OK)
        fail("cannot open the database");
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE message (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
    if (sqlite3_prepare_v2(r.db, "INSERT INTO message (body) VALUES (?)", -1, &r.insert, NULL) !=
        SQLITE_OK)
        fail(sqlite3_errmsg(r.db));
}

static void listen_on_loopback(void)
{
    static const struct lws_protocols protocols[] = {
        {"reference", on_event, sizeof(struct session *), TEXT_MAX, 0, NULL, 0},
        {NULL, NULL, 0, 0, 0, NULL, 0},
    };
    void *loops[] = {&r.loop};
    const struct lws_context_creation_info info = {
        .port = 0,
        .iface = "127.0.0.1",
        .protocols = protocols,
        .options = LWS_SERVER_OPTION_LIBUV,
        .foreign_loops = loops,
        .vhost_name = "reference",
        .gid = -1,
        .uid = -1,
    };

    lws_set_log_level(LLL_ERR, NULL);
    r.context = lws_create_context(&info);
    if (r.context == NULL)
        fail("cannot listen");
    printf("listening %d\n",
           lws_get_vhost_listen_port(lws_get_vhost_by_name(r.context, "reference")));
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc != 3 || strcmp(argv[1], "--data") != 0)
        fail("usage: bench_reference --data DIR");
    r.asked.end = &r.asked.first;
    r.done.end = &r.done.first;
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.wake, NULL);
    uv_loop_init(&r.loop);
    uv_async_init(&r.loop, &r.committed, on_committed);
    uv_signal_init(&r.loop, &r.term);
    uv_signal_start(&r.term, on_term, SIGTERM);
    open_db(argv[2]);
    listen_on_loopback();
    if (pthread_create(&r.writer, NULL, write_all, NULL) != 0)
        fail("no thread");
    uv_run(&r.loop, UV_RUN_DEFAULT);
    pthread_mutex_lock(&r.lock);
    r.stopping = true;
    pthread_cond_signal(&r.wake);
    pthread_mutex_unlock(&r.lock);
    pthread_join(r.writer, NULL);
    sqlite3_finalize(r.insert);
    sqlite3_close(r.db);
    return 0; /* the end of the process closes the rest */
}
