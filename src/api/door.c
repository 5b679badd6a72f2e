/* The console's door: a link that works once becomes a cookie. */
#include "api/api_private.h"

#include "base/json.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"
#include "chat/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SESSION_MS (12 * 3600 * INT64_C(1000))

/* A request that waits for the store. */
struct door {
    struct api *api;
    struct door *next, *prev;
    struct http_exchange *x;
    struct store_op *op;
    void (*handler)(struct api *api, struct http_exchange *x, const char *name);
    char token[CHAT_TOKEN_LEN + 1]; /* the new cookie */
};

static void door_free(struct door *d)
{
    if (d->prev != NULL)
        d->prev->next = d->next;
    else
        d->api->doors = d->next;
    if (d->next != NULL)
        d->next->prev = d->prev;
    store_cancel(d->api->set.store, &d->op);
    secret_wipe(d->token, sizeof(d->token));
    free(d);
}

static void gone(void *arg)
{
    door_free(arg);
}

static struct door *door_new(struct api *api, struct http_exchange *x)
{
    struct door *d = api_alloc(sizeof(*d));

    d->api = api;
    d->x = x;
    d->next = api->doors;
    if (d->next != NULL)
        d->next->prev = d;
    api->doors = d;
    http_on_gone(x, gone, d);
    return d;
}

void door_cancel_all(struct api *api)
{
    while (api->doors != NULL)
        door_free(api->doors);
}

static void reply_json(struct http_exchange *x, int status, const char *json,
                       const char *set_cookie)
{
    struct http_field fields[] = {
        {"cache-control", "no-store"},
        {"x-content-type-options", "nosniff"},
        {set_cookie != NULL ? "set-cookie" : NULL, set_cookie},
        {NULL, NULL},
    };

    http_reply(x, status, "application/json", fields, json, strlen(json));
}

static void reply_name(struct http_exchange *x, const char *name, const char *set_cookie)
{
    struct buf b;
    struct jw w;

    buf_init(&b, STORE_TEXT_MAX * 6 + 64);
    jw_init(&w, &b);
    jw_object(&w, NULL);
    jw_text(&w, "name", name);
    jw_object_end(&w);
    reply_json(x, 200, b.ptr, set_cookie);
    buf_free(&b);
}

/* --- in --- */

static void used(enum store_result result, const union store_out *out, void *arg)
{
    struct door *d = arg;
    char cookie[256];

    d->op = NULL;
    if (result == STORE_OK) {
        (void)snprintf(cookie, sizeof(cookie),
                       API_COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%lld%s",
                       d->token, (long long)(SESSION_MS / 1000),
                       d->api->set.secure ? "; Secure" : "");
        log_event(LOG_INFO, "api", "console_opened", LOG_S("name", out->session.name),
                  LOG_S("peer", http_peer(d->x)));
        reply_name(d->x, out->session.name, cookie);
        secret_wipe(cookie, sizeof(cookie));
    } else if (result == STORE_NOT_FOUND) {
        log_event(LOG_WARN, "api", "console_refused", LOG_S("peer", http_peer(d->x)));
        reply_json(d->x, 401, "{\"error\":\"this link was used or has expired\"}", NULL);
    } else {
        reply_json(d->x, 503, "{\"error\":\"the server cannot store now\"}", NULL);
    }
    door_free(d);
}

void door_open(struct api *api, struct http_exchange *x)
{
    struct address *address = address_get(api, x);
    struct store_console_use in = {.now_ms = env_now_ms(api->set.env)};
    const char *body, *token;
    struct json_doc *doc;
    struct door *d;
    size_t len;

    if (rate_take(&address->doors, env_mono_ms(api->set.env), 10, 5) > 0) {
        reply_json(x, 429, "{\"error\":\"too many tries, wait a minute\"}", NULL);
        return;
    }
    body = http_body(x, &len);
    doc = json_parse(body, len, NULL);
    token = json_get_text(doc != NULL ? json_root(doc) : NULL, "token");
    if (!text_is_token(token)) {
        json_free(doc);
        reply_json(x, 400, "{\"error\":\"no token\"}", NULL);
        return;
    }
    d = door_new(api, x);
    secret_random_text(d->token, CHAT_TOKEN_LEN);
    secret_hash(token, CHAT_TOKEN_LEN, in.link_hash);
    secret_hash(d->token, CHAT_TOKEN_LEN, in.session_hash);
    in.session_expires_ms = in.now_ms + SESSION_MS;
    d->op = store_console_use(api->set.store, &in, used, d);
    json_free(doc);
}

/* --- the cookie --- */

bool door_cookie(const struct http_exchange *x, uint8_t hash[STORE_HASH_SIZE])
{
    const char *p = http_header(x, "cookie");
    const size_t name_len = strlen(API_COOKIE);
    char token[CHAT_TOKEN_LEN + 1];
    bool good;

    while (p != NULL) {
        p += strspn(p, " ;");
        if (strncmp(p, API_COOKIE "=", name_len + 1) == 0) {
            size_t len = strcspn(p + name_len + 1, "; ");

            if (len != CHAT_TOKEN_LEN)
                return false;
            memcpy(token, p + name_len + 1, len);
            token[len] = '\0';
            good = text_is_token(token);
            secret_hash(token, CHAT_TOKEN_LEN, hash);
            secret_wipe(token, sizeof(token));
            return good;
        }
        p = strchr(p, ';');
    }
    return false;
}

static void checked(enum store_result result, const union store_out *out, void *arg)
{
    struct door *d = arg;

    d->op = NULL;
    if (result == STORE_OK)
        d->handler(d->api, d->x, out->session.name);
    else if (result == STORE_NOT_FOUND)
        reply_json(d->x, 401, "{\"error\":\"open the console with a new link\"}", NULL);
    else
        reply_json(d->x, 503, "{\"error\":\"the server cannot read now\"}", NULL);
    door_free(d);
}

void door_check(struct api *api, struct http_exchange *x,
                void (*handler)(struct api *api, struct http_exchange *x, const char *name))
{
    uint8_t hash[STORE_HASH_SIZE];
    struct door *d;

    if (!door_cookie(x, hash)) {
        reply_json(x, 401, "{\"error\":\"open the console with a new link\"}", NULL);
        return;
    }
    d = door_new(api, x);
    d->handler = handler;
    d->op = store_session_check(api->set.store, hash, env_now_ms(api->set.env), checked, d);
}

void door_show(struct api *api, struct http_exchange *x, const char *name)
{
    (void)api;
    reply_name(x, name, NULL);
}
