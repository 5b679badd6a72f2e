#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libwebsockets.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "net/http_private.h"
#include "net/http_ws_private.h"

/* --- libwebsockets' log --- */

static void emit_log(int level, const char *line)
{
    char text[256];

    /* Adopting a socket with bytes read before is logged as an error by lws 4.1; it is none. A
     * peer's fault is no news either; the rest is. */
    if (strstr(line, "calling service") != NULL || strstr(line, "User code denied") != NULL)
        return;
    const struct slice trimmed = str_trim(line, strlen(line));
    snprintf(text, sizeof(text), "%.*s", (int)(trimmed.len < 250 ? trimmed.len : 250), trimmed.ptr);
    log_event(level == LLL_ERR ? LOG_ERROR : LOG_WARN, "lws", "said", LOG_S("text", text));
}

/* --- messages in --- */

/* End the socket from inside an lws callback. */
static int refuse_ws(struct lws *wsi, enum lws_close_status code, const char *why)
{
    struct ws *ws = lws_get_opaque_user_data(wsi);

    log_event(LOG_INFO, "ws", "refused", LOG_S("peer", ws->peer), LOG_S("why", why));
    lws_close_reason(wsi, code, NULL, 0);
    ws->ending = true;
    return -1;
}

static int deliver(struct ws *ws, const char *text, size_t len)
{
    const struct http_handlers *h = &ws->room->server->handlers;

    if (!str_is_utf8(text, len))
        return refuse_ws(ws->wsi, LWS_CLOSE_STATUS_INVALID_PAYLOAD, "not UTF-8");
    h->ws_message(ws, ws->user, text, len);
    return 0;
}

static int on_receive(struct ws *ws, const char *in, size_t len)
{
    const bool first = lws_is_first_fragment(ws->wsi) != 0;
    const bool last = lws_is_final_fragment(ws->wsi) != 0;
    const size_t have = ws->in == NULL ? 0 : ws->in->len;

    ws->seen_ms = env_mono_ms(ws->room->server->env);
    if (ws->ending)
        return 0;
    if (lws_frame_is_binary(ws->wsi))
        return refuse_ws(ws->wsi, LWS_CLOSE_STATUS_UNACCEPTABLE_OPCODE, "binary message");
    if (have + len + lws_remaining_packet_payload(ws->wsi) >
        ws->room->server->settings.ws_message_max)
        return refuse_ws(ws->wsi, LWS_CLOSE_STATUS_MESSAGE_TOO_LARGE, "message too large");
    if (first && last && ws->in == NULL)
        return deliver(ws, in, len);
    if (ws->in == NULL) {
        ws->in = calloc(1, sizeof(*ws->in));
        if (ws->in == NULL)
            abort();
        buf_init(ws->in, ws->room->server->settings.ws_message_max);
    }
    buf_append(ws->in, in, len);
    if (!last)
        return 0;
    struct buf *whole = ws->in;
    ws->in = NULL;
    const int rc = deliver(ws, whole->ptr != NULL ? whole->ptr : "", whole->len);
    buf_free(whole);
    free(whole);
    return rc;
}

/* --- messages out --- */

/* The close frame. Done from the timer's callback: when a writeable callback ends with -1, Debian's
 * build of lws closes a libuv socket twice, the second time before the frame is sent. */
static int on_timer(struct ws *ws)
{
    const size_t len = ws->end_reason == NULL ? 0 : strlen(ws->end_reason);

    lws_close_reason(ws->wsi, (enum lws_close_status)ws->end_code, (unsigned char *)ws->end_reason,
                     len);
    return -1;
}

bool ws_write_now(struct ws *ws, struct net_bytes *b)
{
    /* What the kernel does not take of a frame lws keeps, but it should not keep two. */
    if (lws_partial_buffered(ws->wsi))
        return false;
    /* lws writes the frame's header into the room before the bytes, each time anew. */
    return lws_write(ws->wsi, b->bytes, b->len, LWS_WRITE_TEXT) >= 0;
}

static int on_writeable(struct ws *ws)
{
    /* Not empty: lws keeps an empty pong to itself. */
    static unsigned char ping[LWS_PRE + 1] = {[LWS_PRE] = 'p'};

    if (ws->ping_due) {
        ws->ping_due = false;
        if (lws_write(ws->wsi, ping + LWS_PRE, 1, LWS_WRITE_PING) < 0)
            return -1;
    }
    while (ws->first != NULL && !lws_partial_buffered(ws->wsi)) {
        struct ws_out *out = ws->first;
        if (!ws_write_now(ws, out->bytes))
            return -1;
        ws->first = out->next;
        if (ws->first == NULL)
            ws->last = NULL;
        ws->queued -= out->bytes->len;
        net_bytes_unref(out->bytes);
        free(out);
    }
    if (ws->first != NULL) {
        lws_callback_on_writable(ws->wsi);
        return 0;
    }
    if (ws->end_code != 0)
        lws_set_timer_usecs(ws->wsi, 1);
    return 0;
}

/* --- the life of a socket --- */

static void free_ws(void *arg)
{
    struct ws *ws = arg;

    ws_drop_queue(ws);
    if (ws->in != NULL)
        buf_free(ws->in);
    free(ws->in);
    free(ws->end_reason);
    free(ws);
}

static void on_open(struct ws_room *r, struct lws *wsi)
{
    struct ws *ws = r->adopting;

    r->adopting = NULL;
    ws->wsi = wsi;
    lws_set_opaque_user_data(wsi, ws);
    ws_link(r, ws);
    r->server->handlers.ws_open(ws, ws->user);
    /* Also lets lws look at frames that came together with the handshake. */
    lws_callback_on_writable(wsi);
}

static void on_close(struct ws *ws)
{
    struct ws_room *r = ws->room;

    ws->wsi = NULL;
    ws_unlink(r, ws);
    r->server->handlers.ws_close(ws, ws->user);
    loop_defer(r->server->loop, free_ws, ws);
}

static int on_lws(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                  size_t len)
{
    struct ws *ws = wsi == NULL ? NULL : lws_get_opaque_user_data(wsi);

    (void)user;
    switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
        on_open(lws_context_user(lws_get_context(wsi)), wsi);
        return 0;
    case LWS_CALLBACK_RECEIVE:
        return on_receive(ws, in, len);
    case LWS_CALLBACK_RECEIVE_PONG:
        ws->seen_ms = env_mono_ms(ws->room->server->env);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return on_writeable(ws);
    case LWS_CALLBACK_TIMER:
        return on_timer(ws);
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        ws->ending = true;
        return 0;
    case LWS_CALLBACK_CLOSED:
        if (ws != NULL && ws->wsi != NULL)
            on_close(ws);
        return 0;
    case LWS_CALLBACK_HTTP:
        return -1; /* only checked handshakes come here */
    default:
        return 0;
    }
}

/* --- making and freeing --- */

/* libwebsockets finds a socket by its number in one step only if its table covers all numbers the
 * process may use; given a smaller limit it searches the whole table at every event. So the table
 * is made under a lowered limit, which keeps it small where the limit is a million. */
static struct lws_context *create_context(const struct lws_context_creation_info *info, size_t max,
                                          struct err *err)
{
    const rlim_t want = max + FD_RESERVE;
    struct rlimit was, now;

    if (getrlimit(RLIMIT_NOFILE, &was) < 0) {
        err_set(err, "cannot read the limit of open files: %s", strerror(errno));
        return NULL;
    }
    now = was;
    now.rlim_cur = want;
    if (was.rlim_max != RLIM_INFINITY && was.rlim_max < want) {
        err_set(err,
                "%zu connections need a limit of %llu open files, but it is %llu: raise "
                "LimitNOFILE (ulimit -n) or lower connections_max",
                max, (unsigned long long)want, (unsigned long long)was.rlim_max);
        return NULL;
    }
    if (setrlimit(RLIMIT_NOFILE, &now) < 0) {
        err_set(err, "cannot set the limit of open files: %s", strerror(errno));
        return NULL;
    }
    struct lws_context *context = lws_create_context(info);
    if (was.rlim_cur > want)
        setrlimit(RLIMIT_NOFILE, &was);
    if (context == NULL)
        err_set(err, "cannot start libwebsockets: is its libuv plug-in installed "
                     "(libwebsockets-evlib-uv)?");
    return context;
}

struct ws_room *ws_room_new(struct http_server *s, struct err *err)
{
    static const lws_retry_bo_t no_pings = {0}; /* the sweep pings; lws' way costs O(sockets) */
    struct ws_room *r = calloc(1, sizeof(*r));
    void *loops[1] = {loop_uv(s->loop)};
    struct lws_context_creation_info info = {0};

    static_assert(NET_BYTES_PRE >= LWS_PRE, "a frame's header must fit before the bytes");
    if (r == NULL)
        abort();
    r->server = s;
    r->protocols[0] = (struct lws_protocols){.name = s->ws_protocol,
                                             .callback = on_lws,
                                             .per_session_data_size = 1,
                                             .rx_buffer_size = WS_READ_SIZE};
    lws_set_log_level(LLL_ERR | LLL_WARN, emit_log);
    info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
    info.protocols = r->protocols;
    info.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME |
                   LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS;
    info.foreign_loops = loops;
    info.user = r;
    info.max_http_header_pool = 4; /* a handshake begins and ends within one call */
    info.retry_and_idle_policy = &no_pings;
    r->context = create_context(&info, s->settings.connections_max, err);
    if (r->context == NULL) {
        free(r);
        return NULL;
    }
    r->vhost = lws_get_vhost_by_name(r->context, "default");
    assert(r->vhost != NULL);
    return r;
}

void ws_room_free(struct ws_room *r)
{
    if (r == NULL)
        return;
    /* On a loop of our own lws needs two calls: the first begins closing its handles, which
     * takes some turns, the second frees (lws issues 1217, 1969). */
    lws_context_destroy(r->context);
    for (int i = 0; i < 8; i++)
        loop_turn(r->server->loop, 0);
    assert(r->count == 0);
    lws_context_destroy(r->context);
    free(r);
}
