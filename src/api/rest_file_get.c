/* Files go: to those who may see their message, and to the PSA by an address that is signed and
 * does not last. Read from the disk piece by piece, as fast as the peer takes them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/rest_file_private.h"
#include "base/log.h"
#include "base/str.h"
#include "store/bytes.h"

#define PIECE_MAX     65536
#define QUEUED_MAX    65536 /* bytes that the peer has not taken; then it is waited for */
#define LOOK_MS       20
#define DOWNLOADS_MAX 64
#define DOWNLOAD_MS   INT64_C(1800000) /* no peer may take longer */

struct download {
    struct api *api;
    struct download *next, *prev;
    struct http_stream *stream;
    struct work *work;
    struct env_timer *timer;
    char path[STORE_FILE_PATH_SIZE];
    int64_t at, size, until_ms;
    bool ended;
};

/* ---- the answer's head ---- */

/* RFC 6266 with RFC 8187: a name that every browser reads, and the true one. */
static const char *disposition(struct rest *r, const char *name, bool is_image)
{
    struct buf text;
    const char *copy;

    buf_init(&text, 1024);
    buf_printf(&text, "%s; filename=\"", is_image ? "inline" : "attachment");
    for (const char *p = name; *p != '\0'; p++)
        buf_char(&text, *p < 0x20 || *p == '"' || *p == '\\' || *p == 0x7F || *p == '%' ? '_' : *p);
    buf_str(&text, "\"; filename*=UTF-8''");
    for (const unsigned char *p = (const unsigned char *)name; *p != '\0'; p++) {
        const bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                           (*p >= '0' && *p <= '9') || *p == '.' || *p == '-' || *p == '_';

        if (plain)
            buf_char(&text, (char)*p);
        else
            buf_printf(&text, "%%%02X", *p);
    }
    copy = arena_strdup(r->arena, buf_ok(&text) ? text.ptr : "attachment");
    buf_free(&text);
    return copy;
}

/* ---- the stream ---- */

struct read_job {
    struct download *download; /* looked at only while the work is not cancelled */
    struct rest *rest;         /* of the first piece, before there is a stream */
    char *folder, path[STORE_FILE_PATH_SIZE];
    int64_t from;
    size_t len;
    bool failed;
    char bytes[PIECE_MAX];
};

static void read_run(void *job)
{
    struct read_job *j = job;

    j->failed = bytes_get(j->folder, j->path, j->from, j->bytes, j->len) < 0;
}

static void read_free(void *job)
{
    struct read_job *j = job;

    free(j->folder);
    free(j);
}

static struct read_job *read_new(struct api *api, const char *path, int64_t from, int64_t size)
{
    struct read_job *j = api_alloc(sizeof(*j));

    j->folder = api_strdup(files_folder(api->files));
    (void)!str_copy(j->path, sizeof(j->path), path);
    j->from = from;
    j->len = size - from < PIECE_MAX ? (size_t)(size - from) : PIECE_MAX;
    return j;
}

static void closed(struct http_stream *stream, void *arg)
{
    struct download *d = arg;
    struct api *api = d->api;

    (void)stream;
    work_cancel(&d->work);
    env_timer_cancel(api->set.env, &d->timer);
    *(d->prev != NULL ? &d->prev->next : &api->downloads) = d->next;
    if (d->next != NULL)
        d->next->prev = d->prev;
    api->download_count--;
    free(d);
}

static void end(struct download *d, bool whole)
{
    if (d->ended)
        return;
    d->ended = true;
    if (whole)
        http_stream_end(d->stream);
    else
        http_stream_cut(d->stream);
}

void downloads_end(struct api *api)
{
    for (struct download *d = api->downloads; d != NULL; d = d->next) {
        work_cancel(&d->work);
        env_timer_cancel(api->set.env, &d->timer);
        end(d, false);
    }
}

static void go_on(void *arg);

static void send_piece(struct download *d, const struct read_job *j)
{
    struct net_bytes *bytes = net_bytes_new(j->bytes, j->len);
    const int sent = http_stream_send(d->stream, bytes);

    net_bytes_unref(bytes);
    d->at += (int64_t)j->len;
    if (sent < 0)
        d->ended = true; /* closed() comes */
    else if (d->at == d->size)
        end(d, true);
    else
        d->timer = env_timer_start(d->api->set.env, 0, go_on, d);
}

static void read_done(void *job)
{
    struct read_job *j = job;
    struct download *d = j->download;

    d->work = NULL;
    if (j->failed)
        end(d, false);
    else
        send_piece(d, j);
}

static const struct work_calls read_calls = {read_run, read_done, read_free};

static void go_on(void *arg)
{
    struct download *d = arg;
    struct env *env = d->api->set.env;
    struct read_job *j;

    d->timer = NULL;
    if (env_mono_ms(env) > d->until_ms) {
        end(d, false);
        return;
    }
    if (http_stream_queued(d->stream) > QUEUED_MAX) {
        d->timer = env_timer_start(env, LOOK_MS, go_on, d);
        return;
    }
    j = read_new(d->api, d->path, d->at, d->size);
    j->download = d;
    d->work = work_start(files_pool(d->api->files), &read_calls, j);
    if (d->work == NULL) /* the pool is full */
        d->timer = env_timer_start(env, LOOK_MS, go_on, d);
}

/* ---- the request ---- */

struct get {
    const char *type;
    struct http_field fields[8];
    int64_t size;
};

static void first_done(void *job)
{
    struct read_job *j = job;
    struct rest *r = j->rest;
    struct api *api = r->api;
    const struct get *get = r->state;
    struct download *d;

    r->work = NULL;
    if (j->failed) {
        log_event(LOG_ERROR, "files", "not_read", LOG_S("path", j->path));
        rest_error_busy(r);
        return;
    }
    d = api_alloc(sizeof(*d));
    d->api = api;
    memcpy(d->path, j->path, sizeof(d->path));
    d->size = get->size;
    d->until_ms = env_mono_ms(api->set.env) + DOWNLOAD_MS;
    d->next = api->downloads;
    if (d->next != NULL)
        d->next->prev = d;
    api->downloads = d;
    api->download_count++;
    d->stream = http_stream_start(r->x, get->type, get->fields, closed, d);
    rest_end(r);
    send_piece(d, j);
}

static const struct work_calls first_calls = {read_run, first_done, read_free};

static void head_of(struct rest *r, const struct store_file *f, struct get *get)
{
    const bool is_image = str_has_prefix(f->type, "image/");
    size_t n = 0;

    get->type = is_image ? arena_strdup(r->arena, f->type) : "application/octet-stream";
    get->size = f->size;
    get->fields[n++] =
        (struct http_field){"content-disposition", disposition(r, f->name, is_image)};
    get->fields[n++] = (struct http_field){"cache-control", "private, max-age=3600"};
    get->fields[n++] = (struct http_field){"x-content-type-options", "nosniff"};
    get->fields[n++] =
        (struct http_field){"content-security-policy", "default-src 'none'; sandbox"};
    get->fields[n++] = (struct http_field){"cross-origin-resource-policy",
                                           r->cors != NULL ? "cross-origin" : "same-origin"};
    get->fields[n++] = (struct http_field){"vary", "origin, authorization, cookie"};
    if (r->cors != NULL)
        get->fields[n++] = (struct http_field){"access-control-allow-origin", r->cors};
}

static void found(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct store_file *f = result == STORE_OK ? &out->file.file : NULL;
    struct get *get;
    struct read_job *j;

    r->op = NULL;
    if (r->x == NULL) {
        rest_end(r);
        return;
    }
    if (result == STORE_NOT_FOUND || (f != NULL && f->got < f->size)) {
        rest_error(r, 404, "not_found", NULL, "there is no such file");
        return;
    }
    if (f == NULL || r->api->download_count >= DOWNLOADS_MAX) {
        rest_error_busy(r);
        return;
    }
    get = rest_state(r, sizeof(*get), NULL);
    head_of(r, f, get);
    if (r->is_head) { /* a stream would have a body */
        http_reply(r->x, 200, get->type, get->fields, "", (size_t)f->size);
        rest_end(r);
        return;
    }
    j = read_new(r->api, f->path, 0, f->size);
    j->rest = r;
    r->work = work_start(files_pool(r->api->files), &first_calls, j);
    if (r->work == NULL)
        rest_error_busy(r);
}

static void look_up(struct rest *r)
{
    struct store_file_key key = {.asker = r->who->asker, .sender = r->who->sender};

    if (rest_id(r, 0, &key.id))
        r->op = store_file_get(r->api->set.store, &key, found, r);
}

void rest_file_get(struct rest *r)
{
    rest_file_who(r, look_up);
}

void rest_file_signed(struct rest *r)
{
    struct store_file_key key = {.by_address = true};

    if (!r->api->set.files_public || id_parse(r->param[0], &key.id) != 0 ||
        !files_address_is_good(r->api->set.key, &key.id, r->param[1],
                               env_now_ms(r->api->set.env))) {
        rest_error(r, 404, "not_found", NULL, "there is no such file");
        return;
    }
    r->op = store_file_get(r->api->set.store, &key, found, r);
}
