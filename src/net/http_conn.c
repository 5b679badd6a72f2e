#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "net/http_private.h"

#define IN_MAX        (256 * 1024) /* a head, or requests sent ahead, and one read */
#define PIPELINED_MAX 65536        /* sent ahead of an answer; then reading stops */

static void conn_process(struct http_conn *c);

void conn_set_state(struct http_conn *c, enum conn_state state)
{
    c->state = state;
    /* Head and body of one request share one time limit. */
    if (state != CONN_BODY)
        c->since_ms = env_mono_ms(c->server->env);
}

/* --- the end of a connection --- */

static void free_if_unused(struct http_conn *c)
{
    if (!c->handle_gone || c->deferred > 0)
        return;
    buf_free(&c->in);
    free(c);
}

static void on_closed(uv_handle_t *handle)
{
    struct http_conn *c = handle->data;

    c->server->handles--;
    c->handle_gone = true;
    free_if_unused(c);
}

static void conn_end(struct http_conn *c, bool reset)
{
    struct http_server *s = c->server;
    struct http_exchange *x = c->x;
    struct http_stream *stream = c->stream;

    if (c->state == CONN_CLOSED)
        return;
    const bool handed_out = c->state == CONN_WAIT;
    c->state = CONN_CLOSED;
    c->x = NULL;
    c->stream = NULL;
    if (c->prev != NULL)
        c->prev->next = c->next;
    else
        s->conns = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    s->conn_count--;
    if (c->from != NULL)
        peer_leave(s, c->from);
    c->from = NULL;
    if (!reset || uv_tcp_close_reset(&c->tcp, on_closed) < 0)
        uv_close((uv_handle_t *)&c->tcp, on_closed);
    if (x != NULL && handed_out)
        exchange_gone(x);
    else if (x != NULL)
        exchange_free(x);
    if (stream != NULL)
        stream_gone(stream);
}

void conn_close(struct http_conn *c)
{
    conn_end(c, false);
}

void conn_reset(struct http_conn *c)
{
    conn_end(c, true);
}

static void close_now(void *arg)
{
    struct http_conn *c = arg;

    c->deferred--;
    conn_close(c);
    free_if_unused(c);
}

void conn_close_later(struct http_conn *c)
{
    c->deferred++;
    loop_defer(c->server->loop, close_now, c);
}

static void on_shutdown(uv_shutdown_t *req, int status)
{
    (void)status;
    free(req);
}

/* Say that no more comes, and wait until the peer has read what was sent: closing with unread
 * input would make the kernel throw the answer away (RFC 9112, 9.6). */
static void linger(struct http_conn *c)
{
    uv_shutdown_t *req = malloc(sizeof(*req));

    if (req == NULL)
        abort();
    buf_free(&c->in);
    conn_set_state(c, CONN_LINGER);
    if (uv_shutdown(req, (uv_stream_t *)&c->tcp, on_shutdown) < 0) {
        free(req);
        conn_close_later(c);
    }
}

/* --- reading --- */

static void on_alloc(uv_handle_t *handle, size_t hint, uv_buf_t *buf)
{
    struct http_conn *c = handle->data;

    (void)hint;
    *buf = uv_buf_init(c->server->read_room, sizeof(c->server->read_room));
}

static void on_read(uv_stream_t *tcp, ssize_t n, const uv_buf_t *buf)
{
    struct http_conn *c = tcp->data;

    if (n == 0 || c->state == CONN_CLOSED)
        return;
    if (n < 0) {
        conn_close(c);
        return;
    }
    if (c->state == CONN_LINGER || c->state == CONN_STREAM)
        return;
    buf_append(&c->in, buf->base, (size_t)n);
    secret_wipe(buf->base, (size_t)n);
    if (!buf_ok(&c->in)) {
        conn_close(c);
        return;
    }
    conn_process(c);
}

/* Read while there is room. Reading goes on while an answer is awaited, for that is how the
 * peer's leaving is seen. */
static void adjust_reading(struct http_conn *c)
{
    const bool want = c->in.len < PIPELINED_MAX || c->state <= CONN_BODY;

    if (c->state == CONN_CLOSED || want == c->reading)
        return;
    c->reading = want;
    if (want)
        uv_read_start((uv_stream_t *)&c->tcp, on_alloc, on_read);
    else
        uv_read_stop((uv_stream_t *)&c->tcp);
}

/* --- requests --- */

static void refuse(struct http_conn *c, int status)
{
    exchange_refuse(c->x, status);
}

static void send_continue(struct http_conn *c)
{
    static char text[] = "HTTP/1.1 100 Continue\r\n\r\n";
    uv_buf_t buf = uv_buf_init(text, sizeof(text) - 1);

    /* The peer asked for it and waits: a fresh socket has room. If not, it sends anyway. */
    if (c->in.len == 0 && uv_try_write((uv_stream_t *)&c->tcp, &buf, 1) < 0)
        log_event(LOG_DEBUG, "http", "no_continue", LOG_S("peer", c->peer));
}

static size_t body_max_of(const struct http_exchange *x)
{
    const struct http_server *s = x->server;
    const size_t all = s->settings.body_max;
    const size_t one = s->handlers.body_max == NULL ? all : s->handlers.body_max(x, s->arg);

    return one < all ? one : all;
}

/* One head is complete. */
static void begin_request(struct http_conn *c, size_t head_len)
{
    struct http_exchange *x = exchange_new(c, c->in.ptr, head_len);

    buf_consume(&c->in, head_len);
    c->has_asked = true;
    c->x = x;
    c->keep_alive = false;
    const int status = http_head_parse(x->text, head_len, &x->head);
    if (status != 0) {
        refuse(c, status);
        return;
    }
    c->keep_alive = x->head.keep_alive && !c->server->closing;
    const size_t body_max = body_max_of(x);
    if (x->head.content_length > 0 && (uint64_t)x->head.content_length > body_max) {
        refuse(c, 413);
        return;
    }
    buf_init_secret(&x->body, body_max);
    if (x->head.upgrades && x->head.content_length == 0) {
        ws_take(c, x);
        return;
    }
    conn_set_state(c, CONN_BODY);
    if (x->head.content_length != 0 && x->head.expects_continue)
        send_continue(c);
}

/* The body's next bytes; true when it is complete. */
static bool take_body(struct http_conn *c)
{
    struct http_exchange *x = c->x;
    size_t used = 0;

    if (x->head.content_length >= 0) {
        const size_t left = (size_t)x->head.content_length - x->body.len;
        used = c->in.len < left ? c->in.len : left;
        if (used > 0) {
            buf_append(&x->body, c->in.ptr, used);
            buf_consume(&c->in, used);
        }
        return used == left;
    }
    if (c->in.len == 0)
        return false;
    const int rc = http_chunks_feed(&x->chunks, c->in.ptr, c->in.len, &used, &x->body);
    if (rc > 1) {
        refuse(c, rc);
        return false;
    }
    buf_consume(&c->in, used);
    return rc == 1;
}

/* One step; false when there is nothing to do without more input or an answer. */
static bool step(struct http_conn *c)
{
    if (c->state == CONN_HEAD) {
        size_t skip = 0; /* empty lines before a request are let pass (RFC 9112, 2.2) */
        while (skip + 1 < c->in.len && memcmp(c->in.ptr + skip, "\r\n", 2) == 0)
            skip += 2;
        if (skip > 0)
            buf_consume(&c->in, skip);
        const size_t len = c->in.len == 0 ? 0 : http_head_length(c->in.ptr, c->in.len);
        if (len > HTTP_HEAD_MAX || (len == 0 && c->in.len > HTTP_HEAD_MAX)) {
            c->keep_alive = false;
            c->x = exchange_new(c, "", 0);
            refuse(c, 431);
            return false;
        }
        if (len == 0)
            return false;
        begin_request(c, len);
        return c->state == CONN_BODY;
    }
    if (c->state != CONN_BODY || !take_body(c))
        return false;
    conn_set_state(c, CONN_WAIT);
    c->server->handlers.request(c->x, c->server->arg);
    return c->state == CONN_HEAD;
}

static void conn_process(struct http_conn *c)
{
    c->processing = true;
    while (step(c)) {
    }
    c->processing = false;
    if (c->state == CONN_CLOSED)
        return;
    if (c->in.len == 0)
        buf_free(&c->in);
    adjust_reading(c);
}

static void process_later(void *arg)
{
    struct http_conn *c = arg;

    c->deferred--;
    if (c->state == CONN_HEAD && !c->processing)
        conn_process(c);
    free_if_unused(c);
}

void conn_replied(struct http_conn *c)
{
    if (!c->keep_alive || c->server->closing) {
        linger(c);
        return;
    }
    conn_set_state(c, CONN_HEAD);
    /* The next request must not be handled from inside the answer to this one. */
    if (!c->processing && (c->in.len > 0 || !c->reading)) {
        c->deferred++;
        loop_defer(c->server->loop, process_later, c);
    }
}

/* --- new connections and old ones --- */

static void name_peer(struct http_conn *c)
{
    struct sockaddr_storage a;
    int len = sizeof(a);

    c->peer[0] = '\0';
    if (uv_tcp_getpeername(&c->tcp, (struct sockaddr *)&a, &len) < 0)
        return;
    if (a.ss_family == AF_INET6)
        uv_ip6_name((struct sockaddr_in6 *)&a, c->peer, sizeof(c->peer));
    else
        uv_ip4_name((struct sockaddr_in *)&a, c->peer, sizeof(c->peer));
    c->from = peer_enter(c->server, &a);
}

static bool has_too_many(const struct http_conn *c)
{
    const struct http_server_settings *set = &c->server->settings;

    if (set->connections_per_peer == 0 || c->from == NULL ||
        peer_count(c->from) <= set->connections_per_peer)
        return false;
    for (const char *const *p = set->free_peers; p != NULL && *p != NULL; p++)
        if (strcmp(*p, c->peer) == 0)
            return false;
    return true;
}

void conn_accept(struct http_server *s)
{
    struct http_conn *c = calloc(1, sizeof(*c));

    if (c == NULL)
        abort();
    c->server = s;
    buf_init_secret(&c->in, IN_MAX);
    c->next = s->conns;
    if (s->conns != NULL)
        s->conns->prev = c;
    s->conns = c;
    s->conn_count++;
    s->handles++;
    uv_tcp_init(loop_uv(s->loop), &c->tcp);
    c->tcp.data = c;
    conn_set_state(c, CONN_HEAD);
    if (uv_accept((uv_stream_t *)&s->listener, (uv_stream_t *)&c->tcp) < 0 ||
        s->conn_count + ws_room_count(s->ws) > s->settings.connections_max) {
        conn_close(c);
        return;
    }
    name_peer(c);
    if (has_too_many(c)) {
        conn_close(c);
        return;
    }
    uv_tcp_nodelay(&c->tcp, 1);
    uv_tcp_keepalive(&c->tcp, 1, 60);
    adjust_reading(c);
}

static int64_t patience_ms(const struct http_conn *c)
{
    const struct http_server_settings *set = &c->server->settings;

    if (c->state == CONN_LINGER)
        return LINGER_MS;
    return c->has_asked || set->head_ms == 0 ? set->idle_ms : set->head_ms;
}

void conn_sweep(struct http_server *s, int64_t now_ms)
{
    struct http_conn *next;

    for (struct http_conn *c = s->conns; c != NULL; c = next) {
        const int64_t waited = now_ms - c->since_ms;
        next = c->next;
        /* What closing calls back may close others: they are marked, not freed, in this turn. */
        if (c->state != CONN_WAIT && c->state != CONN_STREAM && waited >= patience_ms(c))
            conn_close(c);
    }
}
