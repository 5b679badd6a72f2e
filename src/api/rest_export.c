#include "api/rest_export.h"

#include <stdio.h>
#include <stdlib.h>

#define EXPORTS_MAX 4     /* at once */
#define QUEUED_MAX  65536 /* bytes on the way until the next rows are read */
#define LOOK_MS     20
#define EXPORT_MS   (10 * 60 * INT64_C(1000)) /* one that takes longer is cut off */

struct export
{
    struct export *next, *prev;
    struct api *api;
    const struct export_source *source;
    void *state;
    struct http_stream *stream;
    struct store_op *op;
    struct env_timer *timer;
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
    e->source->free(e->state);
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
    bool more = false;
    struct buf piece;

    e->op = NULL;
    buf_init(&piece, EXPORT_PIECE + 256);
    if (result == STORE_OK)
        more = e->source->put(e->state, out, &piece);
    if (!more)
        e->source->end(result == STORE_OK && buf_ok(&piece), &piece);
    if (!buf_ok(&piece)) {
        buf_clear(&piece);
        e->source->end(false, &piece);
        more = false;
    }
    if ((piece.len > 0 && send_piece(e, &piece) < 0) || !more) {
        e->ending = true;
        http_stream_end(e->stream);
    } else {
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
        e->op = e->source->read(e->api->set.store, e->state, rows_read, e);
    }
}

bool export_may_start(const struct rest *r)
{
    return r->x != NULL && r->api->export_count < EXPORTS_MAX;
}

void export_start(struct rest *r, const struct export_source *source, void *state,
                  const struct buf *head)
{
    char name[128];
    struct api *api = r->api;
    struct export *e = api_alloc(sizeof(*e));

    snprintf(name, sizeof(name), "attachment; filename=\"%s\"", source->file);
    const struct http_field fields[] = {
        {"cache-control", "no-store"},
        {"x-content-type-options", "nosniff"},
        {"content-disposition", name},
        {NULL, NULL},
    };
    e->api = api;
    e->source = source;
    e->state = state;
    e->until_ms = env_mono_ms(api->set.env) + EXPORT_MS;
    e->next = api->exports;
    if (e->next != NULL)
        e->next->prev = e;
    api->exports = e;
    api->export_count++;
    e->stream = http_stream_start(r->x, source->type, fields, closed, e);
    rest_end(r);
    (void)send_piece(e, head); /* a peer that is gone is told of by closed() */
    e->timer = env_timer_start(api->set.env, 0, read_next, e);
}
