/* What the two files of the WebSocket side share: http_ws.c (libwebsockets) and http_ws_api.c
 * (handshake, the ws_* calls, the sweep). */
#ifndef PARLEY_HTTP_WS_PRIVATE_H
#define PARLEY_HTTP_WS_PRIVATE_H

#include <libwebsockets.h>

#include "net/http_private.h"

#define WS_READ_SIZE  512  /* lws keeps a buffer of this size for each socket */
#define FD_RESERVE    1024 /* open files beyond the connections: database, outgoing, log */
#define WS_REASON_MAX 123  /* bytes that a close frame holds (RFC 6455, 5.5) */
#define WS_END_MS     2000 /* how long a closing handshake may take */

struct ws_out {
    struct ws_out *next;
    struct net_bytes *bytes;
};

/* One for each socket, mostly idle: keep it small. */
struct ws {
    struct ws_room *room;
    struct lws *wsi; /* NULL: closed */
    void *user;
    struct ws *prev, *next;
    struct ws_out *first, *last;
    size_t queued;  /* bytes in the queue */
    struct buf *in; /* the parts of a message so far; NULL mostly */
    char *end_reason;
    int64_t seen_ms; /* when the peer last showed life */
    int64_t end_ms;  /* when the end was asked for */
    int end_code;    /* not 0: close with it once the queue is sent */
    bool ending;     /* no message is taken any more */
    bool ping_due;
    bool pinged; /* since seen_ms */
    char peer[PEER_TEXT_SIZE];
};

struct ws_room {
    struct http_server *server;
    struct lws_context *context;
    struct lws_vhost *vhost;
    struct lws_protocols protocols[2];
    struct ws *adopting; /* whose handshake lws is working on, within one call */
    struct ws *sockets;
    size_t count;
};

void ws_link(struct ws_room *r, struct ws *ws);
void ws_unlink(struct ws_room *r, struct ws *ws);
void ws_drop_queue(struct ws *ws);
/* Give a frame to the kernel. False: it takes none now, or the connection is broken. */
bool ws_write_now(struct ws *ws, struct net_bytes *b) WARN_UNUSED;

#endif
