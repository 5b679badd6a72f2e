/* Sites that sign tokens of who their visitors are: what an administrator does to them. */
#include "api/rest_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/jose.h"
#include "base/secret.h"
#include "base/str.h"

#define SECRET_LEN 43 /* characters of base64url: 258 bits */
#define HINT_LEN   4
#define KEY_MAX    12000 /* bytes of a pasted key */

struct made {
    char key[STORE_SITE_KEY_LEN + 1];
    char secret[SECRET_LEN + 1]; /* "": none was made */
    enum jose_algorithm alg;
    char jwk[JOSE_PUBLIC_SIZE];
    const char *name; /* of a new site */
};

static void wipe(void *state)
{
    secret_wipe(state, sizeof(struct made));
}

/* --- the list --- */

static void time_or_null(struct jw *w, const char *key, int64_t ms)
{
    if (ms != 0)
        jw_int(w, key, ms);
    else
        jw_null(w, key);
}

static void write_site(struct jw *w, const struct store_site *s)
{
    char id[ID_TEXT_SIZE];

    jw_object(w, NULL);
    jw_text(w, "key", s->key);
    jw_text(w, "name", s->name);
    jw_text(w, "algorithm", s->algorithm);
    jw_int(w, "created", s->created_ms);
    jw_array(w, "secrets");
    for (size_t i = 0; i < s->secret_count; i++) {
        id_format(&s->secrets[i].id, id);
        jw_object(w, NULL);
        jw_text(w, "id", id);
        jw_text(w, "hint", s->secrets[i].hint);
        jw_int(w, "created", s->secrets[i].created_ms);
        time_or_null(w, "used", s->secrets[i].used_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_object_end(w);
}

/* made: what was made just now; its secret is told this once. */
static void answer(struct rest *r, const struct store_sites *all, const struct made *made)
{
    struct jw *w = rest_begin(r);

    jw_array(w, "sites");
    for (size_t i = 0; i < all->count; i++)
        write_site(w, &all->rows[i]);
    jw_array_end(w);
    if (made != NULL && made->secret[0] != '\0') {
        jw_text(w, "key", made->key);
        jw_text(w, "secret", made->secret);
    }
    rest_done(r, 200);
}

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    sites_take(r->api, &out->sites); /* from the next hello on */
    answer(r, &out->sites, r->state);
}

void rest_sites(struct rest *r)
{
    r->op = store_site_list(r->api->set.store, listed, r);
}

/* --- changes --- */

static void changed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK)
        rest_sites(r);
    else if (result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else if (result == STORE_CONFLICT)
        rest_error(
            r, 409, "too_many", NULL,
            "a site has at most two secrets or keys, and there are at most 100 sites: remove "
            "one first");
    else
        rest_error_busy(r);
}

/* A fresh secret, or the public key that was pasted. False: answered. */
static bool make_secret(struct rest *r, struct made *m, struct store_site_add *in, char **sealed)
{
    char context[SITE_CONTEXT_SIZE], hex[2 * STORE_HASH_SIZE + 1];
    uint8_t hash[STORE_HASH_SIZE];
    struct secret *secret;

    in->secret.id = env_new_id(r->api->set.env);
    if (m->alg != JOSE_HS256) {
        secret_hash(m->jwk, strlen(m->jwk), hash);
        str_hex(hash, sizeof(hash), hex);
        in->secret.kept = m->jwk;
        in->secret.hint = arena_printf(r->arena, "%.8s", hex);
        return true;
    }
    secret_random_text(m->secret, SECRET_LEN);
    site_context(m->key, context);
    secret = secret_new(m->secret, SECRET_LEN);
    *sealed = secret == NULL ? NULL : secret_seal(r->api->set.key, secret, context);
    secret_free(secret);
    if (*sealed == NULL) {
        rest_error_busy(r);
        return false;
    }
    in->secret.kept = *sealed;
    in->secret.hint = arena_printf(r->arena, "…%s", m->secret + SECRET_LEN - HINT_LEN);
    return true;
}

/* The pasted key, or none for a secret. False: answered. */
static bool read_key(struct rest *r, struct made *m)
{
    const char *text = rest_text(r, "public_key", KEY_MAX, true);
    struct err why = {""};

    if (text == NULL)
        return false;
    m->alg = JOSE_HS256;
    if (text[0] == '\0' || jose_public_read(text, strlen(text), m->jwk, &m->alg, &why) == 0)
        return true;
    rest_error(r, 400, "bad_field", "public_key", arena_strdup(r->arena, why.text));
    return false;
}

static void add(struct rest *r, struct made *m, enum audit_action action)
{
    struct store_site_add in = {.key = m->key,
                                .name = m->name,
                                .algorithm = jose_algorithm_name(m->alg),
                                .now_ms = env_now_ms(r->api->set.env)};
    char *sealed = NULL;

    in.audit = rest_audit(r, action, "");
    in.audit.detail = in.algorithm;
    if (make_secret(r, m, &in, &sealed))
        r->op = store_site_add(r->api->set.store, &in, changed, r);
    free(sealed);
}

void rest_site_add(struct rest *r)
{
    const char *name = rest_name(r, "name");
    struct made *m;

    if (name == NULL)
        return;
    m = rest_state(r, sizeof(*m), wipe);
    m->name = name;
    secret_random_text(m->key, STORE_SITE_KEY_LEN);
    if (read_key(r, m))
        add(r, m, AUDIT_SITE_ADDED);
}

static const struct store_site *site_of(const struct store_sites *all, const char *key)
{
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->rows[i].key, key) == 0)
            return &all->rows[i];
    return NULL;
}

/* The algorithm was fixed when the site was added. */
static void algorithm_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct made *m = r->state;
    const struct store_site *site;

    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    site = site_of(&out->sites, m->key);
    if (site == NULL)
        rest_error_not_found(r);
    else if (strcmp(site->algorithm, jose_algorithm_name(m->alg)) != 0)
        rest_error(r, 400, "bad_field", "public_key",
                   arena_printf(r->arena,
                                "the tokens of this site are signed with %s: add a new site for "
                                "another algorithm",
                                site->algorithm));
    else
        add(r, m, AUDIT_SITE_SECRET_ADDED);
}

/* The key of the address. False: answered. */
static bool key_of(struct rest *r, char key[STORE_SITE_KEY_LEN + 1])
{
    if (str_copy(key, STORE_SITE_KEY_LEN + 1, r->param[0]) == 0)
        return true;
    rest_error_not_found(r);
    return false;
}

void rest_site_secret(struct rest *r)
{
    struct made *m = rest_state(r, sizeof(*m), wipe);

    if (key_of(r, m->key) && read_key(r, m))
        r->op = store_site_list(r->api->set.store, algorithm_read, r);
}

static void remove_it(struct rest *r, const struct id *secret, enum audit_action action)
{
    char key[STORE_SITE_KEY_LEN + 1];
    struct store_site_remove in = {.key = key};

    if (!key_of(r, key))
        return;
    if (secret != NULL)
        in.secret = *secret;
    in.audit = rest_audit(r, action, "");
    r->op = store_site_remove(r->api->set.store, &in, changed, r);
}

void rest_site_secret_remove(struct rest *r)
{
    struct id secret;

    if (rest_id(r, 1, &secret))
        remove_it(r, &secret, AUDIT_SITE_SECRET_REMOVED);
}

void rest_site_remove(struct rest *r)
{
    remove_it(r, NULL, AUDIT_SITE_REMOVED);
}
