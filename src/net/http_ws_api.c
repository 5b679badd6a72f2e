#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"
#include "base/str.h"
#include "net/http_ws_private.h"

void ws_link(struct ws_room *r, struct ws *ws)
{
    ws->next = r->sockets;
    if (ws->next != NULL)
        ws->next->prev = ws;
    r->sockets = ws;
    r->count++;
}

void ws_unlink(struct ws_room *r, struct ws *ws)
{
    if (ws->prev != NULL)
        ws->prev->next = ws->next;
    else
        r->sockets = ws->next;
    if (ws->next != NULL)
        ws->next->prev = ws->prev;
    r->count--;
}

void ws_drop_queue(struct ws *ws)
{
    while (ws->first != NULL) {
        struct ws_out *out = ws->first;
        ws->first = out->next;
        net_bytes_unref(out->bytes);
        free(out);
    }
    ws->last = NULL;
    ws->queued = 0;
}

size_t ws_room_count(const struct ws_room *r)
{
    return r == NULL ? 0 : r->count;
}

/* --- the handshake --- */

/* 16 bytes in base64 (RFC 6455, 4.1). */
static bool is_key(const char *key)
{
    static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    return key != NULL && strlen(key) == 24 && strspn(key, base64) == 22 &&
           strcmp(key + 22, "==") == 0;
}

/* 0, or the status to refuse with (RFC 6455, 4.2.1). */
static int check_handshake(const struct http_server *s, const struct http_exchange *x)
{
    const char *version = http_header(x, "sec-websocket-version");
    const char *protocols = http_header(x, "sec-websocket-protocol");

    if (s->ws == NULL || s->closing)
        return s->ws == NULL ? 404 : 503;
    if (strcmp(x->head.method, "GET") != 0 || !is_key(http_header(x, "sec-websocket-key")))
        return 400;
    if (version == NULL || strcmp(version, "13") != 0)
        return 426;
    /* Names of subprotocols are compared as they are written. */
    if (protocols == NULL || !http_list_has(protocols, s->ws_protocol))
        return 400;
    return 0;
}

static void refuse_handshake(struct http_exchange *x, int status)
{
    static const struct http_field version[] = {{"sec-websocket-version", "13"}, {NULL, NULL}};

    if (status == 426) {
        x->conn->keep_alive = false;
        http_reply(x, status, NULL, version, "", 0);
    } else {
        exchange_refuse(x, status);
    }
}

/* Give the socket to lws, with a handshake of our own words in place of the peer's, which was
 * checked, and with what the peer sent after it. */
static void hand_over(struct ws_room *r, struct ws *ws, int fd, const char *key,
                      const struct buf *rest)
{
    struct buf text;

    buf_init(&text, rest->len + 1024);
    buf_printf(&text,
               "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
               "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n"
               "Sec-WebSocket-Protocol: %s\r\n\r\n",
               key, r->server->ws_protocol);
    buf_append(&text, rest->ptr, rest->len);
    r->adopting = ws;
    if (!buf_ok(&text) ||
        lws_adopt_socket_vhost_readbuf(r->vhost, fd, text.ptr, text.len) == NULL) {
        log_event(LOG_WARN, "ws", "not_adopted", LOG_S("peer", ws->peer));
    }
    buf_free(&text);
    if (r->adopting == NULL)
        return;
    /* It did not come to be (no memory, the peer gone already). Whoever accepted it must hear of
     * its end all the same. */
    r->adopting = NULL;
    r->server->handlers.ws_open(ws, ws->user);
    r->server->handlers.ws_close(ws, ws->user);
    free(ws->end_reason);
    free(ws);
}

void ws_take(struct http_conn *c, struct http_exchange *x)
{
    struct http_server *s = c->server;
    int status = check_handshake(s, x);
    void *user = NULL;
    char key[32];
    uv_os_fd_t fd;

    if (status == 0)
        status = s->handlers.ws_accept(x, &user, s->arg);
    if (status != 0) {
        refuse_handshake(x, status);
        return;
    }
    struct ws *ws = calloc(1, sizeof(*ws));
    if (ws == NULL)
        abort();
    ws->room = s->ws;
    ws->user = user;
    ws->seen_ms = env_mono_ms(s->env);
    memcpy(ws->peer, c->peer, sizeof(ws->peer));
    snprintf(key, sizeof(key), "%s", http_header(x, "sec-websocket-key"));
    const int copy =
        uv_fileno((uv_handle_t *)&c->tcp, &fd) < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 0);
    struct buf rest = c->in;
    buf_init(&c->in, 0);
    exchange_free(x);
    conn_close(c);
    if (copy < 0)
        log_event(LOG_ERROR, "ws", "no_descriptor", LOG_S("why", strerror(errno)));
    hand_over(s->ws, ws, copy, key, &rest);
    buf_free(&rest);
}

/* --- what the owner of a socket may do --- */

static void want_write(struct ws *ws)
{
    lws_callback_on_writable(ws->wsi);
}

int ws_send(struct ws *ws, struct net_bytes *bytes)
{
    if (ws->wsi == NULL || ws->end_code != 0 || ws->ending)
        return 0; /* on its way out: nobody reads it */
    if (ws->queued + bytes->len > ws->room->server->settings.queue_max) {
        log_event(LOG_INFO, "ws", "too_slow", LOG_S("peer", ws->peer));
        ws_drop_queue(ws); /* it asks anew when it comes back */
        ws_end(ws, 1013, "too slow");
        return -1;
    }
    /* Mostly nothing is in the way: then lws and the loop need not be asked for a turn to write.
     * What goes wrong here goes wrong again in that turn, which may end the connection. */
    if (ws->first == NULL && ws_write_now(ws, bytes))
        return 0;
    struct ws_out *out = malloc(sizeof(*out));
    if (out == NULL)
        abort();
    *out = (struct ws_out){.bytes = bytes};
    bytes->refs++;
    if (ws->last != NULL)
        ws->last->next = out;
    else
        ws->first = out;
    ws->last = out;
    ws->queued += bytes->len;
    want_write(ws);
    return 0;
}

int ws_send_text(struct ws *ws, const char *text, size_t len)
{
    struct net_bytes *b = net_bytes_new(text, len);
    const int rc = ws_send(ws, b);

    net_bytes_unref(b);
    return rc;
}

void ws_end(struct ws *ws, int code, const char *reason)
{
    if (ws->wsi == NULL || ws->end_code != 0)
        return;
    ws->end_code = code;
    ws->ending = true;
    ws->end_ms = env_mono_ms(ws->room->server->env);
    if (reason != NULL)
        ws->end_reason = strndup(reason, str_cut_utf8(reason, strlen(reason), WS_REASON_MAX));
    want_write(ws);
}

const char *ws_peer(const struct ws *ws)
{
    return ws->peer;
}

void ws_sweep(struct ws_room *r, int64_t now_ms)
{
    if (r == NULL)
        return;
    const int64_t ping_ms = r->server->settings.ws_ping_ms;

    for (struct ws *ws = r->sockets; ws != NULL; ws = ws->next) {
        const int64_t silent = now_ms - ws->seen_ms;
        /* Shutting the socket down makes all that lws does with it fail, so that it closes; its
         * own ways to close wait for a peer that may never answer. */
        if (silent >= 2 * ping_ms || (ws->end_code != 0 && now_ms - ws->end_ms >= WS_END_MS)) {
            shutdown(lws_get_socket_fd(ws->wsi), SHUT_RDWR);
        } else if (silent < ping_ms) {
            ws->pinged = false;
        } else if (!ws->pinged) {
            ws->pinged = true;
            ws->ping_due = true;
            want_write(ws);
        }
    }
}
