#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "net/http_private.h"

struct net_bytes *net_bytes_new(const void *bytes, size_t len)
{
    struct net_bytes *b = malloc(sizeof(*b) + NET_BYTES_PRE + len);

    if (b == NULL)
        abort();
    *b = (struct net_bytes){.refs = 1, .len = len};
    b->bytes = (unsigned char *)(b + 1) + NET_BYTES_PRE;
    if (len > 0)
        memcpy(b->bytes, bytes, len);
    return b;
}

void net_bytes_unref(struct net_bytes *b)
{
    if (b != NULL && --b->refs == 0)
        free(b);
}

struct piece {
    uv_write_t req;
    struct http_conn *conn;
    struct net_bytes *bytes; /* NULL: the piece that ends the stream */
    char head[24];
};

static void on_piece_sent(uv_write_t *req, int status)
{
    struct piece *p = req->data;
    struct http_conn *c = p->conn;
    const bool last = p->bytes == NULL;

    net_bytes_unref(p->bytes);
    free(p);
    if (c->state == CONN_CLOSED)
        return;
    if (status < 0)
        conn_close(c);
    else if (last)
        conn_replied(c);
}

/* 0, or -1 when the connection cannot take it. */
static int send_piece(struct http_conn *c, bool chunked, struct net_bytes *bytes)
{
    struct piece *p = calloc(1, sizeof(*p));
    uv_buf_t bufs[3];

    if (p == NULL)
        abort();
    p->conn = c;
    p->req.data = p;
    p->bytes = bytes;
    if (bytes != NULL) {
        bytes->refs++;
        bufs[1] = uv_buf_init((char *)bytes->bytes, (unsigned)bytes->len);
        snprintf(p->head, sizeof(p->head), "%zx\r\n\r\n", bytes->len);
    } else {
        bufs[1] = uv_buf_init(NULL, 0);
        snprintf(p->head, sizeof(p->head), "0\r\n\r\n");
    }
    const unsigned line = (unsigned)strlen(p->head) - 2;
    bufs[0] = uv_buf_init(p->head, chunked ? line : 0);
    bufs[2] = uv_buf_init(p->head + line, chunked ? 2 : 0);
    if (uv_write(&p->req, (uv_stream_t *)&c->tcp, bufs, 3, on_piece_sent) < 0) {
        net_bytes_unref(bytes);
        free(p);
        return -1;
    }
    return 0;
}

struct http_stream *http_stream_start(struct http_exchange *x, const char *content_type,
                                      const struct http_field *fields,
                                      void (*closed)(struct http_stream *s, void *arg), void *arg)
{
    struct http_stream *s = calloc(1, sizeof(*s));
    struct http_conn *c = x->conn;

    if (s == NULL)
        abort();
    *s = (struct http_stream){.conn = c, .closed = closed, .arg = arg};
    s->chunked = x->head.minor == 1;
    s->server = x->server;
    if (c == NULL) {
        /* The peer left before: tell it after this call. */
        exchange_drop(x);
        stream_gone_later(s);
        return s;
    }
    if (!s->chunked)
        c->keep_alive = false;
    struct net_bytes *head = reply_head(x, content_type, fields, s->chunked);
    exchange_free(x);
    c->stream = s;
    conn_set_state(c, CONN_STREAM);
    if (head == NULL || send_piece(c, false, head) < 0)
        conn_close_later(c);
    net_bytes_unref(head);
    return s;
}

void stream_gone(struct http_stream *s)
{
    s->conn = NULL;
    if (s->closed != NULL)
        s->closed(s, s->arg);
    free(s);
}

static void tell_gone(void *arg)
{
    stream_gone(arg);
}

void stream_gone_later(struct http_stream *s)
{
    s->dropped = true;
    loop_defer(s->server->loop, tell_gone, s);
}

int http_stream_send(struct http_stream *s, struct net_bytes *bytes)
{
    struct http_conn *c = s->conn;

    if (c == NULL || s->dropped)
        return -1;
    if (bytes->len == 0)
        return 0; /* as a chunk it would end the stream */
    if (uv_stream_get_write_queue_size((uv_stream_t *)&c->tcp) + bytes->len <=
            s->server->settings.queue_max &&
        send_piece(c, s->chunked, bytes) == 0)
        return 0;
    log_event(LOG_INFO, "http", "stream_dropped", LOG_S("peer", c->peer));
    s->dropped = true;
    conn_close_later(c);
    return -1;
}

size_t http_stream_queued(const struct http_stream *s)
{
    return s->conn == NULL ? 0 : uv_stream_get_write_queue_size((uv_stream_t *)&s->conn->tcp);
}

void http_stream_cut(struct http_stream *s)
{
    if (s->conn == NULL || s->dropped)
        return; /* closed() is on its way */
    s->dropped = true;
    conn_close_later(s->conn);
}

void http_stream_end(struct http_stream *s)
{
    struct http_conn *c = s->conn;

    if (c == NULL || s->dropped)
        return; /* closed() is on its way */
    c->stream = NULL;
    conn_set_state(c, CONN_REPLYING);
    if (send_piece(c, s->chunked, NULL) < 0)
        conn_close_later(c);
    stream_gone_later(s);
}
