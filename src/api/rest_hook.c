/* The PSA's webhook: an address that nobody can guess, whose calls are hints to look now. It is
 * made of the server's key and a text that can be made anew, so that the address is stored nowhere.
 */
#include <stdio.h>
#include <string.h>

#include "api/rest_private.h"
#include "base/secret.h"
#include "base/str.h"
#include "psa/psa.h"

#define SALT_LEN  16
#define HOOK_SIZE (2 * SECRET_HASH_SIZE + 1) /* hexadecimal and a NUL */

static void token_of(struct api *api, const char *kind, char token[HOOK_SIZE])
{
    uint8_t mac[SECRET_HASH_SIZE];
    char what[96];

    snprintf(what, sizeof(what), "%.32s %.24s", kind, api->hook_salt);
    secret_mac(api->set.key, "webhook", what, strlen(what), mac);
    str_hex(mac, sizeof(mac), token);
    secret_wipe(mac, sizeof(mac));
}

static void was_read(enum store_result result, const union store_out *out, void *arg)
{
    struct api *api = arg;

    api->hook_op = NULL;
    if (result == STORE_OK)
        (void)!str_copy(api->hook_salt, sizeof(api->hook_salt), out->value.text);
}

void hook_read(struct api *api)
{
    api->hook_op = store_value_get(api->set.store, STORE_VALUE_HOOK, was_read, api);
}

/* ---- the administrator ---- */

/* Without a `url` in the settings: as the administrator reached us. */
static const char *url_of(struct rest *r, const char *token)
{
    const char *host = r->x != NULL ? http_header(r->x, "host") : NULL;

    if (r->api->set.url != NULL)
        return arena_printf(r->arena, "%s/v1/hook/%s", r->api->set.url, token);
    return arena_printf(r->arena, "http://%s/v1/hook/%s", host != NULL ? host : "", token);
}

static void print(struct rest *r, const struct psa_kind *kind)
{
    char token[HOOK_SIZE];
    struct jw *w = rest_begin(r);

    token_of(r->api, kind->kind, token);
    jw_text(w, "url", url_of(r, token));
    if (r->api->hook_ms != 0)
        jw_int(w, "heard", r->api->hook_ms);
    else
        jw_null(w, "heard");
    jw_array(w, "guide");
    for (size_t i = 0; i < kind->hook_guide_count; i++)
        jw_text(w, NULL, kind->hook_guide[i]);
    jw_array_end(w);
    rest_done(r, 200);
    secret_wipe(token, sizeof(token));
}

void rest_hook_look(struct rest *r)
{
    const struct psa_kind *kind = psa_kind_find(r->param[0]);

    if (kind == NULL)
        rest_error_not_found(r);
    else
        print(r, kind);
}

static void renewed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    (void)!str_copy(r->api->hook_salt, sizeof(r->api->hook_salt), r->state);
    r->api->hook_ms = 0;
    print(r, psa_kind_find(r->param[0]));
}

void rest_hook_renew(struct rest *r)
{
    const struct psa_kind *kind = psa_kind_find(r->param[0]);
    struct store_value in = {.key = STORE_VALUE_HOOK};
    char *salt;

    if (kind == NULL) {
        rest_error_not_found(r);
        return;
    }
    salt = rest_state(r, SALT_LEN + 1, NULL);
    secret_random_text(salt, SALT_LEN);
    in.text = salt;
    in.changed_ms = env_now_ms(r->api->set.env);
    in.audit = rest_audit(r, AUDIT_HOOK_RENEWED, kind->kind);
    r->op = store_value_put(r->api->set.store, &in, renewed, r);
}

/* ---- the PSA ---- */

void rest_hook(struct rest *r)
{
    char token[HOOK_SIZE];
    const struct psa_kind *found = NULL;
    size_t len;
    const char *body = http_body(r->x, &len);

    for (size_t i = 0; psa_kind_at(i) != NULL; i++) {
        token_of(r->api, psa_kind_at(i)->kind, token);
        if (strlen(r->param[0]) == HOOK_SIZE - 1 && secret_same(r->param[0], token, HOOK_SIZE - 1))
            found = psa_kind_at(i);
    }
    secret_wipe(token, sizeof(token));
    if (found == NULL) {
        rest_error(r, 404, "not_found", NULL, "nothing here");
        return;
    }
    r->api->hook_ms = env_now_ms(r->api->set.env);
    if (r->api->set.hinted != NULL)
        r->api->set.hinted(found->hinted(body, len), r->api->set.arg);
    rest_empty(r);
}
