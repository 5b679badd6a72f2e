/* Which request goes where, and who may knock. */
#include <string.h>

#include "api/rest_private.h"
#include "base/str.h"

/* Of a request's body that is read at all: so much, or where the route takes more than half of it
 * that and a little. Its route refuses in words what is too long for it. */
#define BODY_MAX  65536
#define BODY_MORE 32768

static void reply_text(struct http_exchange *x, int status, const char *text)
{
    static const struct http_field fields[] = {
        {"cache-control", "no-store"},
        {"x-content-type-options", "nosniff"},
        {NULL, NULL},
    };

    http_reply(x, status, "text/plain; charset=utf-8", fields, text, strlen(text));
}

static void refuse_method(struct http_exchange *x, const char *allowed)
{
    const struct http_field fields[] = {{"allow", allowed}, {NULL, NULL}};

    http_reply(x, 405, "text/plain; charset=utf-8", fields, "method not allowed\n", 19);
}

/* --- origins --- */

enum origin origin_of(const struct api *api, const struct http_exchange *x)
{
    const char *origin = http_header(x, "origin"), *host = http_header(x, "host");
    const char *rest;

    if (origin == NULL)
        return ORIGIN_NONE;
    rest = strstr(origin, "://");
    if (rest != NULL && host != NULL && str_equal_nocase(rest + 3, host))
        return ORIGIN_OWN;
    for (const char *const *o = api->set.origins; o != NULL && *o != NULL; o++)
        if (str_equal_nocase(*o, origin))
            return ORIGIN_LISTED;
    return ORIGIN_OTHER;
}

/* --- sockets --- */

static int ws_accept(struct http_exchange *x, void **user, void *arg)
{
    struct api *api = arg;
    const char *path = http_path(x);
    const bool is_staff = strcmp(path, "/v1/console") == 0;
    const enum origin origin = origin_of(api, x);
    uint8_t hash[STORE_HASH_SIZE];
    struct address *address;

    if (!is_staff && strcmp(path, "/v1/chat") != 0)
        return 404;
    if (api->stopping)
        return 503;
    /* A browser always names the page: only programs may stay silent, and they have no cookie
     * that a page could misuse. */
    if (origin == ORIGIN_OTHER || (is_staff && origin != ORIGIN_OWN))
        return 403;
    if (is_staff && !cookie_hash(x, hash))
        return 401;
    address = address_get(api, x);
    if (address->sockets >= api->set.sockets_per_address)
        return 429;
    *user = session_new(api, address, is_staff ? hash : NULL);
    return 0;
}

static void ws_open(struct ws *ws, void *user)
{
    ((struct session *)user)->ws = ws;
}

static void ws_message(struct ws *ws, void *user, const char *text, size_t len)
{
    (void)ws;
    session_text(user, text, len);
}

static void ws_close(struct ws *ws, void *user)
{
    struct session *s = user;

    (void)ws;
    s->ws = NULL;
    session_free(s);
}

/* --- requests --- */

/* Another site's page asks whether it may send these. */
static void allow(struct api *api, struct http_exchange *x, const char *methods,
                  const char *headers)
{
    const enum origin origin = origin_of(api, x);
    const struct http_field fields[] = {
        {"access-control-allow-origin", http_header(x, "origin")},
        {"access-control-allow-methods", methods},
        {"access-control-allow-headers", headers},
        {"access-control-max-age", "600"},
        {"vary", "origin"},
        {NULL, NULL},
    };

    if (origin == ORIGIN_LISTED || origin == ORIGIN_OWN)
        http_reply(x, 204, NULL, fields, NULL, 0);
    else
        reply_text(x, 403, "this page may not chat here\n");
}

static void stream_request(struct api *api, struct http_exchange *x, const char *id)
{
    const char *method = http_method(x);

    if (strcmp(method, "OPTIONS") == 0) {
        allow(api, x, "POST", "content-type");
    } else if (strcmp(method, "POST") != 0) {
        refuse_method(x, "POST, OPTIONS");
    } else if (origin_of(api, x) == ORIGIN_OTHER) {
        reply_text(x, 403, "this page may not chat here\n");
    } else if (id[0] != '\0') {
        stream_post(api, x, id);
    } else {
        struct address *address = address_get(api, x);

        if (api->stopping)
            reply_text(x, 503, "the server is stopping\n");
        else if (address->sockets >= api->set.sockets_per_address)
            reply_text(x, 429, "too many connections from this address\n");
        else
            stream_start(api, x, address);
    }
}

static void readyz(struct api *api, struct http_exchange *x)
{
    if (api->stopping)
        reply_text(x, 503, "stopping\n");
    else if (store_is_failing(api->set.store))
        reply_text(x, 503, "cannot store\n");
    else
        reply_text(x, 200, "ready\n");
}

static void get_request(struct api *api, struct http_exchange *x, const char *path)
{
    const char *method = http_method(x);

    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        refuse_method(x, "GET, HEAD");
    else if (strcmp(path, "/healthz") == 0)
        reply_text(x, 200, "ok\n");
    else if (strcmp(path, "/readyz") == 0)
        readyz(api, x);
    else if (!assets_serve(x, path))
        reply_text(x, 404, "nothing here\n");
}

static void request(struct http_exchange *x, void *arg)
{
    struct api *api = arg;
    const char *path = http_path(x);

    if (strcmp(path, "/v1/stream") == 0)
        stream_request(api, x, "");
    else if (str_has_prefix(path, "/v1/stream/"))
        stream_request(api, x, path + strlen("/v1/stream/"));
    else if (str_has_prefix(path, "/v1/files") && strcmp(http_method(x), "OPTIONS") == 0)
        allow(api, x, "GET, POST", "authorization, content-type");
    else if (strcmp(path, "/v1/chat") == 0 || strcmp(path, "/v1/console") == 0)
        reply_text(x, 426, "this is a WebSocket\n");
    else if (!rest_request(api, x))
        get_request(api, x, path);
}

static size_t body_max(const struct http_exchange *x, void *arg)
{
    const size_t one = rest_body_max(http_method(x), http_path(x)) + BODY_MORE;

    (void)arg;
    return one > BODY_MAX ? one : BODY_MAX;
}

struct http_handlers api_handlers(void)
{
    return (struct http_handlers){request, ws_accept, ws_open, ws_message, ws_close, body_max};
}
