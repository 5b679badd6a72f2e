#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "net/http_private.h"

#define SWEEP_MIN_MS 10
#define SWEEP_MAX_MS 1000

static void on_sweep(void *arg)
{
    struct http_server *s = arg;
    const int64_t now = env_mono_ms(s->env);
    const struct http_server_settings *set = &s->settings;
    int64_t period = (set->idle_ms < set->ws_ping_ms ? set->idle_ms : set->ws_ping_ms) / 4;

    if (set->head_ms != 0 && set->head_ms / 4 < period)
        period = set->head_ms / 4;
    if (period < SWEEP_MIN_MS)
        period = SWEEP_MIN_MS;
    if (period > SWEEP_MAX_MS)
        period = SWEEP_MAX_MS;
    s->sweep = env_timer_start(s->env, period, on_sweep, s);
    conn_sweep(s, now);
    ws_sweep(s->ws, now);
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct http_server *s = listener->data;

    if (status < 0)
        log_event(LOG_WARN, "http", "not_accepted", LOG_S("why", uv_strerror(status)));
    else
        conn_accept(s);
}

/* "127.0.0.1:8080" or "[::1]:8080". 0, or -1. */
static int parse_listen(const char *text, struct sockaddr_storage *a)
{
    const char *colon = strrchr(text, ':');
    char host[INET6_ADDRSTRLEN + 2];
    int64_t port;

    if (colon == NULL || (size_t)(colon - text) >= sizeof(host) ||
        str_to_int(colon + 1, 0, 65535, &port) < 0)
        return -1;
    memcpy(host, text, (size_t)(colon - text));
    host[colon - text] = '\0';
    const size_t len = strlen(host);
    if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
        host[len - 1] = '\0';
        return uv_ip6_addr(host + 1, (int)port, (struct sockaddr_in6 *)a);
    }
    return uv_ip4_addr(host, (int)port, (struct sockaddr_in *)a);
}

static int start_listening(struct http_server *s, struct err *err)
{
    const char *where = s->settings.listen;
    struct sockaddr_storage a = {0};
    int len = sizeof(a);

    if (parse_listen(where, &a) < 0)
        return err_set(err, "\"%s\" is not an address to listen on, such as 127.0.0.1:8080", where);
    int rc = uv_tcp_bind(&s->listener, (struct sockaddr *)&a, 0);
    if (rc == 0)
        rc = uv_listen((uv_stream_t *)&s->listener, 1024, on_connection);
    if (rc == 0)
        rc = uv_tcp_getsockname(&s->listener, (struct sockaddr *)&a, &len);
    if (rc < 0)
        return err_set(err, "cannot listen on %s: %s", where, uv_strerror(rc));
    s->port = ntohs(a.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&a)->sin6_port
                                            : ((struct sockaddr_in *)&a)->sin_port);
    return 0;
}

struct http_server *http_server_new(struct loop *loop, const struct http_server_settings *settings,
                                    const struct http_handlers *handlers, void *arg,
                                    struct err *err)
{
    struct http_server *s = calloc(1, sizeof(*s));

    if (s == NULL)
        abort();
    s->loop = loop;
    s->env = loop_env(loop);
    s->settings = *settings;
    s->handlers = *handlers;
    s->arg = arg;
    uv_tcp_init(loop_uv(loop), &s->listener);
    s->listener.data = s;
    s->listening = true;
    s->handles = 1;
    if (settings->ws_protocol != NULL) {
        s->ws_protocol = strdup(settings->ws_protocol);
        if (s->ws_protocol == NULL)
            abort();
        s->ws = ws_room_new(s, err);
    }
    if ((settings->ws_protocol != NULL && s->ws == NULL) || start_listening(s, err) < 0) {
        http_server_free(s);
        return NULL;
    }
    s->settings.listen = NULL;
    s->settings.ws_protocol = s->ws_protocol;
    on_sweep(s);
    return s;
}

int http_server_port(const struct http_server *s)
{
    return s->port;
}

size_t http_server_connections(const struct http_server *s)
{
    return s->conn_count + ws_room_count(s->ws);
}

static void on_listener_closed(uv_handle_t *handle)
{
    struct http_server *s = handle->data;

    s->handles--;
}

void http_server_close_listeners(struct http_server *s)
{
    struct http_conn *next;

    s->closing = true;
    if (!s->listening)
        return;
    s->listening = false;
    uv_close((uv_handle_t *)&s->listener, on_listener_closed);
    for (struct http_conn *c = s->conns; c != NULL; c = next) {
        next = c->next;
        c->keep_alive = false;
        if (c->state == CONN_HEAD)
            conn_close(c);
    }
}

void http_server_free(struct http_server *s)
{
    if (s == NULL)
        return;
    http_server_close_listeners(s);
    env_timer_cancel(s->env, &s->sweep);
    while (s->conns != NULL)
        conn_close(s->conns);
    ws_room_free(s->ws);
    while (s->handles > 0)
        loop_turn(s->loop, 1);
    loop_turn(s->loop, 0); /* what was deferred meanwhile */
    while (s->orphans != NULL)
        exchange_drop(s->orphans);
    free(s->ws_protocol);
    free(s);
}
