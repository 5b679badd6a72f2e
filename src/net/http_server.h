/* HTTP and WebSocket server: listeners, requests, streams (SSE) and sockets. On libwebsockets on
 * the loop, which stays inside src/net. Callbacks run on the loop's thread. */
#ifndef PARLEY_HTTP_SERVER_H
#define PARLEY_HTTP_SERVER_H

#include "base/base.h"
#include "base/err.h"
#include "net/loop.h"

struct http_server;
struct http_exchange; /* one request and its answer */
struct http_stream;   /* an answer that goes on (server-sent events) */
struct ws;            /* one WebSocket */
struct net_bytes;     /* bytes to send, counted by reference, shared by many sockets */

struct http_server_settings {
    const char *listen;     /* "127.0.0.1:8080", "[::1]:8080"; port 0: any free one */
    size_t body_max;        /* largest request body: 413 beyond; see also http_handlers */
    size_t connections_max; /* sockets open at once; more are refused */
    /* Of them, how many may be from one address (of IPv6: from one /64); WebSockets do not count,
     * see ws_accept. 0: no limit. Those of free_peers have none: proxies, that stand for many. The
     * list ends with NULL, may be NULL, and must outlive the server. */
    size_t connections_per_peer;
    const char *const *free_peers;
    int64_t head_ms;         /* a new connection that sends no head for so long; 0: idle_ms */
    int64_t idle_ms;         /* a connection with no complete request for so long is dropped */
    const char *ws_protocol; /* the one WebSocket subprotocol, "parley.v1"; NULL for none */
    size_t ws_message_max;   /* larger incoming messages close the socket with 1009 */
    size_t queue_max;        /* bytes waiting to be sent to one socket or stream; see ws_send */
    int64_t ws_ping_ms;      /* ping a silent socket after so long; drop it after twice that */
};

struct http_handlers {
    /* A request is complete. Answer now or later with exactly one of http_reply,
     * http_stream_start. Owned by the server; valid until answered or until gone() is called. */
    void (*request)(struct http_exchange *x, void *arg);
    /* A WebSocket asks to be opened: 0 to accept (set *user to what the ws_* calls get), or an
     * HTTP status to refuse with. x is valid during the call. */
    int (*ws_accept)(struct http_exchange *x, void **user, void *arg);
    void (*ws_open)(struct ws *ws, void *user);
    /* One whole text message; binary messages are refused by the server with 1003. */
    void (*ws_message)(struct ws *ws, void *user, const char *text, size_t len);
    /* The last call for this socket, whoever closed it; ws is dead after it. Called once for each
     * ws_open. */
    void (*ws_close)(struct ws *ws, void *user);
    /* A head is complete: how large may the body of this request be, up to settings.body_max? NULL:
     * so large. x is valid during the call. */
    size_t (*body_max)(const struct http_exchange *x, void *arg);
};

/* Listening from now on. handlers is copied; arg is theirs. NULL with err ("cannot listen on
 * 127.0.0.1:8080: address in use"). */
struct http_server *http_server_new(struct loop *loop, const struct http_server_settings *settings,
                                    const struct http_handlers *handlers, void *arg,
                                    struct err *err) WARN_UNUSED;
/* The port it listens on. */
int http_server_port(const struct http_server *s);
/* Sockets open now. */
size_t http_server_connections(const struct http_server *s);
/* Take no new connection or request. Open exchanges can still be answered. */
void http_server_close_listeners(struct http_server *s);
/* Close everything: gone and ws_close callbacks run from inside. Turns the loop while closing. */
void http_server_free(struct http_server *s);

/* --- one exchange --- */
const char *http_method(const struct http_exchange *x);
/* Path without query, percent-decoded; a bad escape was answered 400 already. */
const char *http_path(const struct http_exchange *x);
/* The raw query without "?"; "" if none. */
const char *http_query(const struct http_exchange *x);
/* A request header, name in lower case; NULL if absent. Valid until answered. */
const char *http_header(const struct http_exchange *x, const char *name);
const char *http_body(const struct http_exchange *x, size_t *len);
/* The peer's address without port. */
const char *http_peer(const struct http_exchange *x);
/* gone(arg) is called if the peer leaves before the answer; the exchange is dead after it. */
void http_on_gone(struct http_exchange *x, void (*gone)(void *arg), void *arg);

struct http_field {
    const char *name; /* lower case */
    const char *value;
};

/* Answer; the body is copied. content_type NULL: none. fields end with a NULL name; NULL: none. */
void http_reply(struct http_exchange *x, int status, const char *content_type,
                const struct http_field *fields, const void *body, size_t len);
/* As above without a copy: body must live as long as the server (embedded files). */
void http_reply_static(struct http_exchange *x, int status, const char *content_type,
                       const struct http_field *fields, const void *body, size_t len);
/* Cut the connection without an answer (the sandbox's faults). */
void http_abort(struct http_exchange *x);

/* Begin an answer that goes on: status 200, chunked. closed(arg) is called once, when the peer has
 * left, the stream was dropped, or after http_stream_end; the stream is dead after it. */
struct http_stream *http_stream_start(struct http_exchange *x, const char *content_type,
                                      const struct http_field *fields,
                                      void (*closed)(struct http_stream *s, void *arg), void *arg);
/* 0, or -1 when queue_max is passed: then the stream is dropped (closed() follows, later). */
int http_stream_send(struct http_stream *s, struct net_bytes *bytes);
/* Bytes of its connection that the peer has not taken yet. */
size_t http_stream_queued(const struct http_stream *s);
/* Break the answer off, so that nobody takes it for whole; closed() follows, later. */
void http_stream_cut(struct http_stream *s);
/* End the answer; closed() follows, later. What is sent after this is not sent. */
void http_stream_end(struct http_stream *s);

/* --- sockets --- */
/* Copy of len bytes, one reference held by the caller. */
struct net_bytes *net_bytes_new(const void *bytes, size_t len) WARN_UNUSED;
void net_bytes_unref(struct net_bytes *b);

/* Send one text message, or queue it while the socket is full (takes its own reference). 0, or -1
 * when the socket has queue_max bytes waiting: it reads too slowly and is closed with 1013
 * (ws_close follows, later). */
int ws_send(struct ws *ws, struct net_bytes *bytes);
/* As ws_send with bytes of one's own. */
int ws_send_text(struct ws *ws, const char *text, size_t len);
/* Close after what is queued was sent; ws_close follows, later. No ws_message comes after. */
void ws_end(struct ws *ws, int code, const char *reason);
const char *ws_peer(const struct ws *ws);

#endif
