/* The audit log: a page of it, and all of it as a file. */
#include "api/rest_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"

#define PAGE_ROWS    50
#define EXPORT_ROWS  20
#define EXPORTS_MAX  4      /* at once */
#define EXPORT_PIECE 262144 /* bytes of EXPORT_ROWS */
#define QUEUED_MAX   65536  /* bytes on the way until the next rows are read */
#define LOOK_MS      20
#define EXPORT_MS    (10 * 60 * INT64_C(1000)) /* one that takes longer is cut off */

/* --- what is asked for --- */

static bool read_filter(struct rest *r, struct store_audit_read *in)
{
    const char *before = rest_query(r, "before");

    in->action = rest_query(r, "action");
    in->who = rest_query(r, "who");
    if (in->action[0] != '\0' && !audit_is_word(in->action)) {
        rest_error(r, 400, "bad_field", "action", "there is no such action");
        return false;
    }
    if (strlen(in->who) > CHAT_EMAIL_MAX) {
        rest_error(r, 400, "too_long", "who", "this is too long: shorten it");
        return false;
    }
    if (before[0] != '\0' && str_to_int(before, 1, INT64_MAX, &in->before) < 0) {
        rest_error(r, 400, "bad_field", "before", "this must be the id of a row");
        return false;
    }
    return true;
}

/* --- a page --- */

static void page_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w;

    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    w = rest_begin(r);
    jw_array(w, "rows");
    for (size_t i = 0; i < out->audits.count; i++) {
        const struct store_audit *a = &out->audits.rows[i];

        jw_object(w, NULL);
        jw_int(w, "id", a->id);
        jw_int(w, "at", a->at_ms);
        jw_text(w, "actor", a->actor);
        jw_text(w, "action", a->action);
        jw_text(w, "object", a->object);
        jw_text(w, "address", a->address);
        jw_text(w, "detail", a->detail);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_bool(w, "more", out->audits.more);
    rest_done(r, 200);
}

void rest_audit_page(struct rest *r)
{
    struct store_audit_read in = {.limit = PAGE_ROWS};

    if (read_filter(r, &in))
        r->op = store_audit_read(r->api->set.store, &in, page_read, r);
}

/* --- the file --- */

struct export
{
    struct export *next, *prev;
    struct api *api;
    struct http_stream *stream;
    struct store_op *op;
    struct env_timer *timer;
    struct store_audit_read in; /* its texts are owned */
    int64_t until_ms;
    bool ending;
};

static void closed(struct http_stream *stream, void *arg)
{
    struct export *e = arg;
    struct api *api = e->api;

    (void)stream;
    store_cancel(api->set.store, &e->op);
    env_timer_cancel(api->set.env, &e->timer);
    *(e->prev != NULL ? &e->prev->next : &api->exports) = e->next;
    if (e->next != NULL)
        e->next->prev = e->prev;
    api->export_count--;
    free((char *)(uintptr_t)e->in.action);
    free((char *)(uintptr_t)e->in.who);
    free(e);
}

void exports_end(struct api *api)
{
    for (struct export *e = api->exports; e != NULL; e = e->next) {
        if (!e->ending)
            http_stream_end(e->stream);
        e->ending = true;
        store_cancel(api->set.store, &e->op);
        env_timer_cancel(api->set.env, &e->timer);
    }
}

/* Quoted (RFC 4180); what a spreadsheet would take for a formula gets a ' before it. */
static void put_field(struct buf *to, const char *text, char after)
{
    buf_char(to, '"');
    if (text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL)
        buf_char(to, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            buf_char(to, '"');
        buf_char(to, *text);
    }
    buf_char(to, '"');
    buf_str(to, after == '\n' ? "\r\n" : ",");
}

static void put_row(struct buf *to, const struct store_audit *a)
{
    char at[CLOCK_TEXT_SIZE];

    clock_format(a->at_ms, at);
    buf_printf(to, "%lld,", (long long)a->id);
    put_field(to, at, ',');
    put_field(to, a->actor, ',');
    put_field(to, a->action, ',');
    put_field(to, a->object, ',');
    put_field(to, a->address, ',');
    put_field(to, a->detail, '\n');
}

static int send_piece(struct export *e, const struct buf *piece)
{
    struct net_bytes *bytes = net_bytes_new(piece->ptr, piece->len);
    const int sent = http_stream_send(e->stream, bytes);

    net_bytes_unref(bytes);
    return sent;
}

static void read_next(void *arg);

static void rows_read(enum store_result result, const union store_out *out, void *arg)
{
    struct export *e = arg;
    struct buf piece;

    e->op = NULL;
    buf_init(&piece, EXPORT_PIECE);
    if (result == STORE_OK)
        for (size_t i = 0; i < out->audits.count; i++)
            put_row(&piece, &out->audits.rows[i]);
    if (result != STORE_OK || !buf_ok(&piece)) {
        buf_str(&piece, "\"this list is not complete\"\r\n");
        e->ending = true;
    }
    if ((piece.len > 0 && send_piece(e, &piece) < 0) || e->ending || !out->audits.more) {
        e->ending = true;
        http_stream_end(e->stream);
    } else {
        e->in.before = out->audits.rows[out->audits.count - 1].id;
        e->timer = env_timer_start(e->api->set.env, 0, read_next, e);
    }
    buf_free(&piece);
}

/* As fast as the peer reads. */
static void read_next(void *arg)
{
    struct export *e = arg;
    struct env *env = e->api->set.env;

    e->timer = NULL;
    if (env_mono_ms(env) > e->until_ms) {
        e->ending = true;
        http_stream_end(e->stream);
    } else if (http_stream_queued(e->stream) > QUEUED_MAX) {
        e->timer = env_timer_start(env, LOOK_MS, read_next, e);
    } else {
        e->op = store_audit_read(e->api->set.store, &e->in, rows_read, e);
    }
}

static void begin(enum store_result result, const union store_out *out, void *arg)
{
    static const struct http_field fields[] = {
        {"cache-control", "no-store"},
        {"x-content-type-options", "nosniff"},
        {"content-disposition", "attachment; filename=\"parley-audit.csv\""},
        {NULL, NULL},
    };
    struct rest *r = arg;
    const struct store_audit_read *in = r->state;
    struct api *api = r->api;
    struct export *e;
    struct buf head;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK || r->x == NULL || api->export_count >= EXPORTS_MAX) {
        rest_error_busy(r);
        return;
    }
    e = api_alloc(sizeof(*e));
    e->api = api;
    e->in = *in;
    e->in.action = api_strdup(in->action);
    e->in.who = api_strdup(in->who);
    e->until_ms = env_mono_ms(api->set.env) + EXPORT_MS;
    e->next = api->exports;
    if (e->next != NULL)
        e->next->prev = e;
    api->exports = e;
    api->export_count++;
    e->stream = http_stream_start(r->x, "text/csv; charset=utf-8", fields, closed, e);
    rest_end(r);
    buf_init(&head, 256);
    buf_str(&head, "id,at,actor,action,object,address,detail\r\n");
    (void)send_piece(e, &head); /* a peer that is gone is told of by closed() */
    buf_free(&head);
    e->timer = env_timer_start(api->set.env, 0, read_next, e);
}

void rest_audit_csv(struct rest *r)
{
    struct store_audit audit = rest_audit(r, AUDIT_AUDIT_EXPORTED, "audit log");
    struct store_audit_read in = {.limit = EXPORT_ROWS};

    if (!read_filter(r, &in))
        return;
    if (strcmp(http_method(r->x), "HEAD") == 0) { /* a stream would have a body */
        rest_empty(r);
        return;
    }
    *(struct store_audit_read *)rest_state(r, sizeof(in), NULL) = in;
    audit.detail = arena_printf(r->arena, "%s %s", in.action, in.who);
    r->op = store_audit_add(r->api->set.store, &audit, begin, r);
}
