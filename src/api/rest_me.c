/* What everybody may do with their own account. */
#include "api/rest_private.h"

#include <string.h>

#include "base/str.h"

/* --- the password again, before something that matters --- */

struct proof {
    const char *field, *password;
    const char *hash; /* what the store holds */
    bool totp;
    void (*then)(struct rest *r, const char *hash, bool totp);
};

static void refuse(struct rest *r)
{
    rest_error(r, 400, "wrong", ((struct proof *)r->state)->field, "this is not your password");
}

static void verified(struct rest *r, bool good)
{
    const struct proof p = *(struct proof *)r->state;

    if (!good) {
        guard_bad(r, r->me.email, refuse);
        return;
    }
    guard_good(r->api, r->me.email, r->address, true);
    p.then(r, p.hash, p.totp);
}

static void found(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct proof *p = r->state;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_ask_to_sign_in(r);
    } else if (result != STORE_OK) {
        rest_error_busy(r);
    } else {
        p->hash = arena_strdup(r->arena, out->staff.password);
        p->totp = out->staff.totp[0] != '\0';
        rest_verify(r, p->password, p->hash, verified);
    }
}

void rest_prove(struct rest *r, const char *field,
                void (*then)(struct rest *r, const char *hash, bool totp))
{
    const char *password = rest_text(r, field, ACCOUNT_PASSWORD_MAX, false);
    struct proof *p;

    if (password == NULL || !guard_try(r, r->me.email))
        return;
    p = rest_state(r, sizeof(*p), NULL);
    *p = (struct proof){.field = field, .password = password, .then = then};
    r->op =
        store_staff_get(r->api->set.store, &(struct store_staff_key){.id = r->me.staff}, found, r);
}

/* --- the password --- */

static void password_set(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK) {
        session_end_staff(r->api, &r->me.staff, NULL, r->cookie);
        rest_empty(r);
    } else if (result == STORE_CONFLICT) {
        rest_error(r, 409, "changed", NULL, "the password was changed just now: sign in again");
    } else if (result == STORE_NOT_FOUND) {
        rest_ask_to_sign_in(r);
    } else {
        rest_error_busy(r);
    }
}

static void hashed(struct rest *r, const char *hash)
{
    const struct proof *p = r->state;
    struct store_password_set in = {.staff = r->me.staff,
                                    .old = p->hash,
                                    .password = hash,
                                    .audit = rest_audit(r, AUDIT_PASSWORD_CHANGED, r->me.email)};

    memcpy(in.keep, r->cookie, sizeof(in.keep));
    r->op = store_password_set(r->api->set.store, &in, password_set, r);
}

static void take_new(struct rest *r, const char *hash, bool totp)
{
    const char *password = rest_new_password(r, "new", r->me.email, r->me.name);

    (void)hash;
    (void)totp;
    if (password != NULL)
        rest_hash(r, password, hashed);
}

void rest_me_password(struct rest *r)
{
    rest_prove(r, "old", take_new);
}

/* --- the sessions --- */

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "sessions");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->sessions.count; i++) {
        const struct store_session *s = &out->sessions.rows[i];
        char id[2 * 8 + 1];

        str_hex(s->hash, 8, id); /* names it; the cookie cannot be made from it */
        jw_object(w, NULL);
        jw_text(w, "id", id);
        jw_int(w, "created", s->created_ms);
        jw_int(w, "seen", s->seen_ms);
        jw_text(w, "address", s->address);
        jw_text(w, "agent", s->agent);
        jw_bool(w, "current", memcmp(s->hash, r->cookie, STORE_HASH_SIZE) == 0);
        jw_object_end(w);
    }
    jw_array_end(w);
    rest_done(r, 200);
}

void rest_me_sessions(struct rest *r)
{
    r->op = store_session_list(r->api->set.store, &r->me.staff, env_now_ms(r->api->set.env),
                               ACCOUNT_IDLE_MS, listed, r);
}

static void all_ended(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    session_end_staff(r->api, &r->me.staff, NULL, NULL);
    rest_clear_cookie(r);
    rest_empty(r);
}

void rest_me_sign_out_everywhere(struct rest *r)
{
    const struct store_session_end in = {
        .staff = r->me.staff, .all = true, .audit = rest_audit(r, AUDIT_SIGN_OUT_ALL, r->me.email)};

    r->op = store_session_end(r->api->set.store, &in, all_ended, r);
}
