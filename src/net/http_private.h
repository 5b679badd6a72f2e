/* What the files of the HTTP and WebSocket server share.
 *
 * http_server.c  listener, limits, the sweep over connections, the way down
 * http_conn.c    one connection: bytes in, requests out; the way a connection ends
 * http_peers.c   how many connections each address has
 * http_reply.c   exchanges: what handlers see and answer
 * http_stream.c  answers that go on; shared bytes
 * http_ws.c      WebSockets, on libwebsockets
 *
 * HTTP itself is read and written here, on libuv; a connection that asks for a WebSocket is
 * handed to libwebsockets with its socket. libwebsockets 4.1 cannot serve HTTP to this contract:
 * it gives decoded queries only, takes no chunked bodies, and while an answer is awaited it either
 * spins on or does not see what the peer does. */
#ifndef PARLEY_HTTP_PRIVATE_H
#define PARLEY_HTTP_PRIVATE_H

#include <uv.h>

#include "base/arena.h"
#include "net/http_parse.h"
#include "net/http_server.h"
#include "net/loop_uv.h"

#define PEER_TEXT_SIZE INET6_ADDRSTRLEN
#define NET_BYTES_PRE  32 /* room before the bytes, for a WebSocket frame's header */
#define HTTP_PEER_BITS 10
#define LINGER_MS      2000 /* how long a closed side waits for the peer to read the rest */

struct http_peer;
struct ws_room; /* libwebsockets' side of the server */

struct net_bytes {
    size_t refs;
    size_t len;
    unsigned char *bytes; /* with room for a frame's header before them */
};

struct http_server {
    struct loop *loop;
    struct env *env;
    struct http_server_settings settings;
    char *ws_protocol;
    struct http_handlers handlers;
    void *arg;
    uv_tcp_t listener;
    bool listening; /* the listener is open */
    size_t handles; /* libuv handles not closed yet, listener and connections */
    int port;
    bool closing; /* no new requests */
    struct http_peer *peers[1 << HTTP_PEER_BITS];
    struct http_conn *conns;
    size_t conn_count;
    struct http_exchange *orphans; /* the peer left, nobody asked to be told, not answered yet */
    struct env_timer *sweep;
    struct ws_room *ws;
    char read_room[65536]; /* what was just read; emptied before the next read */
};

enum conn_state {
    CONN_HEAD,     /* a request's head is awaited */
    CONN_BODY,     /* its body is awaited */
    CONN_WAIT,     /* the handler has the request and has not answered */
    CONN_REPLYING, /* the answer is being sent */
    CONN_STREAM,   /* an answer that goes on */
    CONN_LINGER,   /* all is sent; the peer's end is awaited, what it sends is thrown away */
    CONN_CLOSED,   /* libuv is closing the handle */
};

struct http_conn {
    uv_tcp_t tcp;
    struct http_server *server;
    struct http_conn *prev, *next;
    enum conn_state state;
    bool reading;
    bool keep_alive;
    bool has_asked;  /* one head was complete */
    bool processing; /* conn_process is at work on it */
    size_t deferred; /* tasks that will still look at it */
    bool handle_gone;
    int64_t since_ms; /* when the state began; while a request is awaited, when that began */
    struct buf in;    /* read and not used yet */
    struct http_exchange *x;
    struct http_stream *stream;
    struct http_peer *from; /* NULL: not known */
    char peer[PEER_TEXT_SIZE];
};

struct http_exchange {
    struct http_conn *conn; /* NULL: the peer left */
    struct http_server *server;
    struct http_exchange *prev, *next; /* among the orphans */
    struct http_head head;
    struct http_chunks chunks;
    struct buf body;
    struct arena *arena; /* for joined fields; NULL until needed */
    void (*gone)(void *arg);
    void *gone_arg;
    char peer[PEER_TEXT_SIZE];
    size_t text_len;
    char text[]; /* the head's bytes */
};

struct http_stream {
    struct http_server *server;
    struct http_conn *conn; /* NULL: closed */
    bool chunked;
    bool dropped;
    void (*closed)(struct http_stream *s, void *arg); /* NULL once the owner has ended it */
    void *arg;
};

/* --- http_conn.c --- */
void conn_accept(struct http_server *s);
/* Close now; tells the exchange or the stream that the peer is gone. */
void conn_close(struct http_conn *c);
/* As conn_close, but with a reset. */
void conn_reset(struct http_conn *c);
/* conn_close at the end of the turn: for use inside calls that must not call back. */
void conn_close_later(struct http_conn *c);
void conn_set_state(struct http_conn *c, enum conn_state state);
/* The answer is sent: await the next request, or end the connection. */
void conn_replied(struct http_conn *c);
/* Close what has waited too long. */
void conn_sweep(struct http_server *s, int64_t now_ms);

/* --- http_peers.c --- */
/* One connection more from this address; peer_leave must follow. */
struct http_peer *peer_enter(struct http_server *s, const struct sockaddr_storage *a);
size_t peer_count(const struct http_peer *p);
void peer_leave(struct http_server *s, struct http_peer *p);

/* --- http_reply.c --- */
struct http_exchange *exchange_new(struct http_conn *c, const char *head, size_t len);
void exchange_free(struct http_exchange *x);
/* The peer left: calls gone(), or keeps the exchange until it is answered. */
void exchange_gone(struct http_exchange *x);
/* Forget an exchange whose peer has left. */
void exchange_drop(struct http_exchange *x);
/* The head of an answer that goes on, one reference; NULL when it is too large. */
struct net_bytes *reply_head(const struct http_exchange *x, const char *content_type,
                             const struct http_field *fields, bool chunked);
/* A refusal by the server itself; the connection ends after it. */
void exchange_refuse(struct http_exchange *x, int status);

/* --- http_stream.c --- */
/* The stream's connection is closed: calls closed(). */
void stream_gone(struct http_stream *s);
void stream_gone_later(struct http_stream *s);

/* --- http_ws.c --- */
/* NULL with err. */
struct ws_room *ws_room_new(struct http_server *s, struct err *err);
/* Closes all sockets (ws_close is called) and turns the loop. */
void ws_room_free(struct ws_room *r);
size_t ws_room_count(const struct ws_room *r);
/* Check the handshake and take over the connection's socket, or refuse. Ends c and x. */
void ws_take(struct http_conn *c, struct http_exchange *x);
void ws_sweep(struct ws_room *r, int64_t now_ms);

#endif
