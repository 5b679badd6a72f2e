/* Programs of others: whose key it is and what that may do, how often, and that what is asked twice
 * under one name (Idempotency-Key) is done once and answered twice. */
#include <stdio.h>
#include <string.h>

#include "api/rest_api.h"
#include "base/secret.h"
#include "base/str.h"
#include "chat/key.h"

#define USED_MS    60000 /* so exactly is it known when a key was used */
#define PER_MINUTE 240   /* requests of one key */
#define BURST      60

/* --- the key --- */

static bool has_right(const struct rest *r)
{
    char name[24];

    snprintf(name, sizeof(name), " %s ", rest_right_name(r->route->right));
    return strstr(r->key.rights, name) != NULL;
}

/* One of the few that are remembered, by the key's number; the one that is used least gives way. */
static struct rate *rate_of(struct api *api, int64_t n)
{
    const int64_t now = env_mono_ms(api->set.env);
    struct key_rate *found = &api->key_rates[0];

    for (size_t i = 0; i < COUNT_OF(api->key_rates); i++) {
        if (api->key_rates[i].n == n)
            return &api->key_rates[i].rate;
        if (rate_is_idle(&api->key_rates[i].rate, now))
            found = &api->key_rates[i];
    }
    *found = (struct key_rate){.n = n};
    return &found->rate;
}

static void checked(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const int64_t now = env_now_ms(r->api->set.env);
    int64_t wait;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        wait = r->x != NULL ? rest_knock(r) : 0;
        if (wait > 0)
            rest_error_wait(r, "too_fast", wait, "too many wrong keys from your address");
        else
            rest_error(r, 401, "key", NULL, "send a key that is good: Authorization: Bearer ply_…");
        return;
    }
    if (result != STORE_OK || r->x == NULL) {
        rest_error_busy(r);
        return;
    }
    r->key = out->key;
    r->key.name = arena_strdup(r->arena, out->key.name);
    r->key.rights = arena_strdup(r->arena, out->key.rights);
    if (now - r->key.used_ms >= USED_MS)
        (void)store_key_used(r->api->set.store, r->key.n, now, NULL, NULL);
    wait = rate_take(rate_of(r->api, r->key.n), env_mono_ms(r->api->set.env), PER_MINUTE, BURST);
    if (wait > 0)
        rest_error_wait(r, "too_fast", wait, "too many requests with this key: wait a moment");
    else if (!has_right(r))
        rest_error(r, 403, "right", NULL, "the key has not the right for this");
    else
        r->with_key(r);
}

void rest_api_check(struct rest *r, void (*then)(struct rest *r))
{
    const char *field = http_header(r->x, "authorization");
    uint8_t hash[STORE_HASH_SIZE];

    r->with_key = then;
    if (field == NULL || !str_has_prefix(field, "Bearer ") || !key_is_whole(field + 7)) {
        rest_error(r, 401, "key", NULL, "send a key: Authorization: Bearer ply_…");
        return;
    }
    secret_hash(field + 7, strlen(field + 7), hash);
    r->op = store_key_check(r->api->set.store, hash, checked, r);
}

/* --- what is asked twice --- */

static void asked(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result == STORE_CROSSED) {
        r->once = NULL;
        rest_error(r, 422, "key_used", NULL,
                   "this Idempotency-Key named another request: choose a new one");
    } else if (result != STORE_OK) {
        r->once = NULL;
        rest_error_busy(r);
    } else if (out->api_asked.status != 0) {
        r->once = NULL;
        buf_clear(&r->out);
        buf_str(&r->out, out->api_asked.body);
        rest_again(r, out->api_asked.status);
    } else {
        r->with_key(r);
    }
}

static bool is_name(const char *text)
{
    const size_t len = text == NULL ? 0 : strlen(text);

    if (len == 0 || len > STORE_API_NAME_MAX)
        return false;
    for (const char *p = text; *p != '\0'; p++)
        if (*p < '!' || *p > '~')
            return false;
    return true;
}

/* The hash of where it goes and what it says. */
static void hash_request(struct rest *r, uint8_t hash[STORE_HASH_SIZE])
{
    size_t len;
    const char *body = http_body(r->x, &len);
    struct buf all;

    buf_init_secret(&all, REST_OUT_MAX);
    buf_str(&all, http_path(r->x));
    buf_char(&all, '\n');
    buf_append(&all, body, len);
    secret_hash(all.ptr, all.len, hash);
    buf_free(&all);
}

void rest_api_once(struct rest *r, void (*then)(struct rest *r))
{
    const char *name = http_header(r->x, "idempotency-key");
    struct store_api_ask in = {.key = r->key.n, .now_ms = env_now_ms(r->api->set.env)};

    if (!is_name(name)) {
        rest_error(r, 400, "no_key", NULL,
                   "send an Idempotency-Key: up to 64 letters that name this request alone");
        return;
    }
    r->once = arena_strdup(r->arena, name);
    r->with_key = then;
    in.name = r->once;
    hash_request(r, in.hash);
    r->op = store_api_ask(r->api->set.store, &in, asked, r);
}

static void kept(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    (void)result; /* not kept, it is done again under the same name, which changes nothing */
    r->op = NULL;
    rest_again(r, r->once_status);
}

bool rest_api_keep(struct rest *r, int status)
{
    struct store_api_ask in = {.key = r->key.n, .name = r->once, .status = status};

    if (r->once == NULL || status == 429 || status >= 500 || !buf_ok(&r->out) ||
        r->out.len > STORE_API_ANSWER_MAX)
        return false;
    in.body = r->out.ptr;
    r->once_status = status;
    r->op = store_api_answer(r->api->set.store, &in, kept, r);
    r->once = NULL;
    return true;
}
