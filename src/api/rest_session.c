/* Who has signed in, and signing in and out. */
#include "api/rest_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"

#define AGENT_MAX 200 /* bytes of a browser's name of itself */

/* --- the session --- */

struct check {
    void (*then)(struct rest *r);
};

static void checked(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const int64_t now = env_now_ms(r->api->set.env);
    void (*then)(struct rest * r) = ((struct check *)r->state)->then;

    r->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND) {
        rest_error_busy(r);
        return;
    }
    if (result == STORE_OK) {
        r->me = out->session;
        r->me.name = arena_strdup(r->arena, out->session.name);
        r->me.email = arena_strdup(r->arena, out->session.email);
        if (now - r->me.seen_ms >= ACCOUNT_SEEN_MS)
            (void)store_session_seen(r->api->set.store, r->cookie, now, NULL, NULL);
    }
    free(r->state);
    r->state = NULL;
    then(r);
}

void rest_check_session(struct rest *r, void (*then)(struct rest *r))
{
    if (!r->has_cookie) {
        then(r);
        return;
    }
    ((struct check *)rest_state(r, sizeof(struct check), NULL))->then = then;
    r->op = store_session_check(r->api->set.store, r->cookie, env_now_ms(r->api->set.env),
                                ACCOUNT_IDLE_MS, checked, r);
}

struct store_session_new rest_new_session(struct rest *r)
{
    const int64_t now = env_now_ms(r->api->set.env);
    const char *agent = r->x != NULL ? http_header(r->x, "user-agent") : NULL;
    struct store_session_new in = {
        .now_ms = now, .expires_ms = now + ACCOUNT_SESSION_MS, .address = r->address, .agent = ""};
    char token[CHAT_TOKEN_LEN + 1];

    if (agent != NULL && str_is_utf8(agent, strlen(agent)))
        in.agent = arena_strndup(r->arena, agent, str_cut_utf8(agent, strlen(agent), AGENT_MAX));
    secret_random_text(token, CHAT_TOKEN_LEN);
    secret_hash(token, CHAT_TOKEN_LEN, in.hash);
    r->set_cookie = cookie_set(token, ACCOUNT_SESSION_MS);
    secret_wipe(token, sizeof(token));
    return in;
}

void rest_forget_cookie(struct rest *r)
{
    if (r->set_cookie != NULL)
        secret_wipe(r->set_cookie, strlen(r->set_cookie));
    free(r->set_cookie);
    r->set_cookie = NULL;
}

void rest_clear_cookie(struct rest *r)
{
    rest_forget_cookie(r);
    r->set_cookie = cookie_set("", 0);
}

/* --- the answer --- */

static void write_brand(struct rest *r)
{
    jw_object(&r->w, "brand");
    jw_text(&r->w, "name", r->api->brand_name);
    jw_text(&r->w, "color", r->api->brand_color);
    jw_object_end(&r->w);
}

static void write_session(struct rest *r, const struct store_session *s)
{
    struct jw *w = rest_begin(r);

    jw_text(w, "name", s->name);
    jw_text(w, "email", s->email);
    jw_text(w, "role", account_role_name(s->role));
    jw_bool(w, "totp", s->totp);
    write_brand(r);
    jw_object(w, "setup");
    jw_text(w, "step", r->api->setup_step);
    jw_object_end(w);
    rest_done(r, 200);
}

void rest_signed_in(struct rest *r, const struct store_session *session)
{
    log_event(LOG_INFO, "api", "signed_in", LOG_S("peer", r->address));
    write_session(r, session);
}

void rest_ask_to_sign_in(struct rest *r)
{
    struct jw *w = rest_begin(r);

    jw_text(w, "error", "sign in");
    jw_text(w, "code", "sign_in");
    jw_bool(w, "setup_needed", r->api->setup_needed);
    write_brand(r);
    if (r->api->set.oidc == NULL) {
        jw_null(w, "oidc");
    } else {
        jw_object(w, "oidc");
        jw_text(w, "name", r->api->set.oidc_name);
        jw_object_end(w);
    }
    rest_done(r, 401);
}

static void show(struct rest *r)
{
    if (id_is_none(&r->me.staff))
        rest_ask_to_sign_in(r);
    else
        write_session(r, &r->me);
}

void rest_get_session(struct rest *r)
{
    rest_check_session(r, show);
}

/* --- in --- */

struct sign_in {
    const char *email, *password; /* the request's */
    struct store_staff staff;     /* texts in the arena; id none: nobody has this email */
};

static void entered(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct sign_in *s = r->state;

    r->op = NULL;
    if (result == STORE_OK) {
        guard_good(r->api, s->email, r->address, true);
        rest_signed_in(r, &out->session);
    } else if (result == STORE_NOT_FOUND || result == STORE_CONFLICT) {
        rest_clear_cookie(r);
        rest_error(r, 401, "wrong", NULL, "email or password is wrong"); /* changed just now */
    } else {
        rest_clear_cookie(r);
        rest_error_busy(r);
    }
}

static void refuse(struct rest *r)
{
    rest_error(r, 401, "wrong", NULL, "email or password is wrong");
}

static void verified(struct rest *r, bool good)
{
    struct sign_in *s = r->state;
    struct store_audit audit = rest_audit(r, AUDIT_SIGN_IN, s->email);

    audit.actor = s->email;
    if (!good || s->staff.disabled_ms != 0) {
        guard_bad(r, s->email, refuse);
        return;
    }
    if (s->staff.totp[0] != '\0') {
        guard_good(r->api, s->email, r->address, false); /* all of it is forgiven at the end */
        rest_ask_second(r, &s->staff, s->email);
        return;
    }
    const struct store_sign_in in = {.staff = s->staff.id,
                                     .password = s->staff.password,
                                     .session = rest_new_session(r),
                                     .audit = audit};
    r->op = store_sign_in(r->api->set.store, &in, entered, r);
}

static void found(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct sign_in *s = r->state;

    r->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND) {
        rest_error_busy(r);
        return;
    }
    s->staff.password = s->staff.totp = "";
    if (result == STORE_OK) {
        s->staff = out->staff;
        s->staff.password = arena_strdup(r->arena, out->staff.password);
        s->staff.totp = arena_strdup(r->arena, out->staff.totp);
    }
    rest_verify(r, s->password, s->staff.password, verified);
}

void rest_sign_in(struct rest *r)
{
    const char *email = rest_email(r, "email");
    const char *password =
        email == NULL ? NULL : rest_text(r, "password", ACCOUNT_PASSWORD_MAX, false);
    struct sign_in *s;

    if (password == NULL || !guard_try(r, email))
        return;
    s = rest_state(r, sizeof(*s), NULL);
    s->email = email;
    s->password = password;
    r->op = store_staff_get(r->api->set.store, &(struct store_staff_key){.email = email}, found, r);
}

/* --- out --- */

static void left(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_BUSY || result == STORE_FAILED) {
        rest_error_busy(r);
        return;
    }
    session_end_staff(r->api, NULL, r->cookie, NULL);
    rest_clear_cookie(r);
    rest_empty(r);
}

static void leave(struct rest *r)
{
    struct store_session_end in = {.audit = rest_audit(r, AUDIT_SIGN_OUT, r->me.email)};

    if (id_is_none(&r->me.staff)) {
        rest_clear_cookie(r);
        rest_empty(r);
        return;
    }
    memcpy(in.hash, r->cookie, sizeof(in.hash));
    r->op = store_session_end(r->api->set.store, &in, left, r);
}

void rest_sign_out(struct rest *r)
{
    rest_check_session(r, leave);
}
