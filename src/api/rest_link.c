/* The links that work once: setup, invitation, reset. */
#include "api/rest_private.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"

static void no_link(struct rest *r)
{
    log_event(LOG_WARN, "api", "link_refused", LOG_S("peer", r->address));
    rest_error(r, 404, "link_used", NULL,
               "this link was used or is too old: ask an administrator for a new one");
}

/* --- looking at it --- */

static void shown(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        no_link(r);
    } else if (result != STORE_OK) {
        rest_error_busy(r);
    } else {
        w = rest_begin(r);
        jw_text(w, "kind", account_link_name(out->link.kind));
        jw_text(w, "name", out->link.name);
        jw_text(w, "email", out->link.email);
        rest_done(r, 200);
    }
}

static void read_link(struct rest *r, const char *token, store_fn *fn)
{
    uint8_t hash[STORE_HASH_SIZE];

    secret_hash(token, CHAT_TOKEN_LEN, hash);
    r->op = store_link_read(r->api->set.store, hash, env_now_ms(r->api->set.env), fn, r);
}

void rest_link_read(struct rest *r)
{
    const char *token = rest_token(r, "token");

    if (token != NULL)
        read_link(r, token, shown);
}

/* --- using it --- */

struct use {
    const char *token; /* the request's */
    enum store_link_kind kind;
    const char *name, *email;
};

static void used(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct use *u = r->state;

    r->op = NULL;
    if (result == STORE_OK) {
        if (u->kind == STORE_LINK_SETUP)
            brand_begin_setup(r->api);
        r->api->setup_needed = r->api->setup_needed && out->session.role != STORE_ADMIN;
        rest_signed_in(r, &out->session);
        return;
    }
    rest_clear_cookie(r);
    if (result == STORE_NOT_FOUND)
        no_link(r);
    else if (result == STORE_CONFLICT)
        rest_error(r, 409, "email_taken", "email", "somebody has this email address already");
    else
        rest_error_busy(r);
}

static void hashed(struct rest *r, const char *hash)
{
    const struct use *u = r->state;
    const bool is_setup = u->kind == STORE_LINK_SETUP;
    struct store_link_use in = {
        .password = hash,
        .id = env_new_id(r->api->set.env),
        .name = u->name,
        .email = u->email,
        .session = rest_new_session(r),
        .audit = rest_audit(r, is_setup ? AUDIT_SETUP_DONE : AUDIT_LINK_USED, u->email),
    };

    in.audit.actor = u->email;
    in.audit.detail = account_link_name(u->kind);
    secret_hash(u->token, CHAT_TOKEN_LEN, in.hash);
    r->op = store_link_use(r->api->set.store, &in, used, r);
}

/* It is good: now the rest of the body counts. */
static void look(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct use *u = r->state;
    const char *password;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        no_link(r);
        return;
    }
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    u->kind = out->link.kind;
    if (u->kind == STORE_LINK_SETUP) {
        u->name = rest_name(r, "name");
        if (u->name == NULL)
            return;
        u->email = rest_email(r, "email");
        if (u->email == NULL)
            return;
    } else {
        u->name = arena_strdup(r->arena, out->link.name);
        u->email = arena_strdup(r->arena, out->link.email);
    }
    password = rest_new_password(r, "password", u->email, u->name);
    if (password != NULL)
        rest_hash(r, password, hashed);
}

void rest_link_use(struct rest *r)
{
    const char *token = rest_token(r, "token");

    if (token == NULL)
        return;
    ((struct use *)rest_state(r, sizeof(struct use), NULL))->token = token;
    read_link(r, token, look);
}
