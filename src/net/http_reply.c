#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"
#include "net/http_private.h"

#define REPLY_HEAD_MAX 65536

/* --- the exchange --- */

struct http_exchange *exchange_new(struct http_conn *c, const char *head, size_t len)
{
    struct http_exchange *x = calloc(1, sizeof(*x) + len + 1);

    if (x == NULL)
        abort();
    x->conn = c;
    x->server = c->server;
    buf_init_secret(&x->body, 0); /* until its head is known */
    memcpy(x->peer, c->peer, sizeof(x->peer));
    x->text_len = len;
    memcpy(x->text, head, len);
    return x;
}

void exchange_free(struct http_exchange *x)
{
    if (x->conn != NULL)
        x->conn->x = NULL;
    buf_free(&x->body);
    arena_free(x->arena);
    secret_wipe(x->text, x->text_len);
    free(x);
}

static void remove_orphan(struct http_exchange *x)
{
    if (x->prev != NULL)
        x->prev->next = x->next;
    else
        x->server->orphans = x->next;
    if (x->next != NULL)
        x->next->prev = x->prev;
}

void exchange_drop(struct http_exchange *x)
{
    remove_orphan(x);
    exchange_free(x);
}

void exchange_gone(struct http_exchange *x)
{
    x->conn = NULL;
    if (x->gone != NULL) {
        x->gone(x->gone_arg);
        exchange_free(x);
        return;
    }
    x->next = x->server->orphans;
    if (x->next != NULL)
        x->next->prev = x;
    x->server->orphans = x;
}

const char *http_method(const struct http_exchange *x)
{
    return x->head.method;
}

const char *http_path(const struct http_exchange *x)
{
    return x->head.path;
}

const char *http_query(const struct http_exchange *x)
{
    return x->head.query;
}

/* Several fields of one name are one list (RFC 9110, 5.3). */
static const char *join(struct http_exchange *x, const char *name)
{
    const char *all = NULL;

    if (x->arena == NULL) {
        x->arena = arena_new(4 * HTTP_HEAD_MAX);
        arena_wipes(x->arena);
    }
    for (size_t i = 0; i < x->head.count; i++) {
        const struct http_head_field *f = &x->head.fields[i];
        if (strcmp(f->name, name) != 0)
            continue;
        const char *glue = strcmp(name, "cookie") == 0 ? "; " : ", ";
        all = all == NULL ? f->value : arena_printf(x->arena, "%s%s%s", all, glue, f->value);
        if (all == NULL)
            return NULL;
    }
    return all;
}

const char *http_header(const struct http_exchange *x, const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < x->head.count; i++)
        if (strcmp(x->head.fields[i].name, name) == 0)
            n++;
    return n > 1 ? join((struct http_exchange *)(uintptr_t)x, name) : http_head_get(&x->head, name);
}

const char *http_body(const struct http_exchange *x, size_t *len)
{
    *len = x->body.len;
    return x->body.ptr != NULL ? x->body.ptr : "";
}

const char *http_peer(const struct http_exchange *x)
{
    return x->peer;
}

void http_on_gone(struct http_exchange *x, void (*gone)(void *arg), void *arg)
{
    x->gone = gone;
    x->gone_arg = arg;
}

/* --- the answer's head --- */

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } known[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {426, "Upgrade Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    };

    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (known[i].status == status)
            return known[i].reason;
    return "Status";
}

static void add_date(struct buf *head, struct env *env)
{
    const time_t now = (time_t)(env_now_ms(env) / 1000);
    struct tm tm;
    char text[40];

    if (gmtime_r(&now, &tm) != NULL &&
        strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &tm) > 0)
        buf_printf(head, "date: %s\r\n", text);
}

/* Everything but the framing and the empty line. */
static void begin_head(struct buf *head, const struct http_exchange *x, int status,
                       const char *content_type, const struct http_field *fields)
{
    buf_printf(head, "HTTP/1.1 %d %s\r\n", status, reason_of(status));
    add_date(head, x->server->env);
    if (content_type != NULL)
        buf_printf(head, "content-type: %s\r\n", content_type);
    for (; fields != NULL && fields->name != NULL; fields++) {
        /* A line break in a value would let its author write fields of his own. */
        assert(strpbrk(fields->name, "\r\n: ") == NULL);
        if (strpbrk(fields->value, "\r\n") == NULL)
            buf_printf(head, "%s: %s\r\n", fields->name, fields->value);
        else
            log_event(LOG_ERROR, "http", "field_dropped", LOG_S("name", fields->name));
    }
    if (!x->conn->keep_alive)
        buf_str(head, "connection: close\r\n");
}

struct net_bytes *reply_head(const struct http_exchange *x, const char *content_type,
                             const struct http_field *fields, bool chunked)
{
    struct net_bytes *bytes = NULL;
    struct buf head;

    buf_init_secret(&head, REPLY_HEAD_MAX);
    begin_head(&head, x, 200, content_type, fields);
    buf_str(&head, chunked ? "transfer-encoding: chunked\r\n\r\n" : "\r\n");
    if (buf_ok(&head))
        bytes = net_bytes_new(head.ptr, head.len);
    buf_free(&head);
    return bytes;
}

/* --- sending --- */

struct reply {
    uv_write_t req;
    struct http_conn *conn;
    size_t len;
    char bytes[];
};

static void free_reply(struct reply *r)
{
    secret_wipe(r->bytes, r->len);
    free(r);
}

static void on_written(uv_write_t *req, int status)
{
    struct reply *r = req->data;
    struct http_conn *c = r->conn;

    free_reply(r);
    if (c->state == CONN_CLOSED)
        return;
    if (status < 0)
        conn_close(c);
    else
        conn_replied(c);
}

/* What of bufs is left after n bytes were taken. */
static void skip_bytes(uv_buf_t bufs[2], size_t n)
{
    for (int i = 0; i < 2; i++) {
        const size_t k = n < bufs[i].len ? n : bufs[i].len;
        bufs[i].base += k;
        bufs[i].len -= k;
        n -= k;
    }
}

/* Send head and body; the body is copied if it is not static and does not go out at once. */
static void send_reply(struct http_conn *c, const struct buf *head, const void *body, size_t len,
                       bool is_static)
{
    uv_buf_t bufs[2] = {
        {.base = head->ptr, .len = head->len},
        {.base = (char *)(uintptr_t)body, .len = len},
    };
    const int n = uv_try_write((uv_stream_t *)&c->tcp, bufs, len > 0 ? 2 : 1);

    conn_set_state(c, CONN_REPLYING);
    if (n == (int)(head->len + len)) {
        conn_replied(c);
        return;
    }
    if (n < 0 && n != UV_EAGAIN) {
        conn_close_later(c);
        return;
    }
    skip_bytes(bufs, n > 0 ? (size_t)n : 0);
    const size_t copied = bufs[0].len + (is_static ? 0 : bufs[1].len);
    struct reply *r = malloc(sizeof(*r) + copied);
    if (r == NULL)
        abort();
    r->conn = c;
    r->len = copied;
    r->req.data = r;
    memcpy(r->bytes, bufs[0].base, bufs[0].len);
    bufs[0].base = r->bytes;
    if (!is_static && bufs[1].len > 0) {
        memcpy(r->bytes + bufs[0].len, bufs[1].base, bufs[1].len);
        bufs[1].base = r->bytes + bufs[0].len;
    }
    if (uv_write(&r->req, (uv_stream_t *)&c->tcp, bufs, 2, on_written) < 0) {
        free_reply(r);
        conn_close_later(c);
    }
}

static void reply(struct http_exchange *x, int status, const char *content_type,
                  const struct http_field *fields, const void *body, size_t len, bool is_static)
{
    struct http_conn *c = x->conn;
    const bool is_head = x->head.method != NULL && strcmp(x->head.method, "HEAD") == 0;
    struct buf head;

    if (c == NULL) {
        exchange_drop(x);
        return;
    }
    buf_init_secret(&head, REPLY_HEAD_MAX);
    begin_head(&head, x, status, content_type, fields);
    if (status != 204 && status != 304)
        buf_printf(&head, "content-length: %zu\r\n", len);
    buf_str(&head, "\r\n");
    exchange_free(x);
    if (buf_ok(&head)) {
        send_reply(c, &head, body, is_head || status == 204 || status == 304 ? 0 : len, is_static);
    } else {
        log_event(LOG_ERROR, "http", "head_too_large", LOG_N("status", status));
        conn_close_later(c);
    }
    buf_free(&head);
}

void http_reply(struct http_exchange *x, int status, const char *content_type,
                const struct http_field *fields, const void *body, size_t len)
{
    reply(x, status, content_type, fields, body, len, false);
}

void http_reply_static(struct http_exchange *x, int status, const char *content_type,
                       const struct http_field *fields, const void *body, size_t len)
{
    reply(x, status, content_type, fields, body, len, true);
}

void exchange_refuse(struct http_exchange *x, int status)
{
    x->conn->keep_alive = false;
    log_event(LOG_DEBUG, "http", "refused", LOG_N("status", status), LOG_S("peer", x->peer));
    reply(x, status, "text/plain", NULL, reason_of(status), strlen(reason_of(status)), true);
}

void http_abort(struct http_exchange *x)
{
    struct http_conn *c = x->conn;

    if (c == NULL) {
        exchange_drop(x);
        return;
    }
    exchange_free(x);
    conn_reset(c);
}
