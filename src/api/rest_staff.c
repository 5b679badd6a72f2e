/* Administrators on accounts; programs on those who work here. */
#include "api/rest_private.h"

#include <string.h>

#include "base/secret.h"
#include "duty/duty.h"

/* --- the list --- */

static void write_one(struct jw *w, const struct store_staff *s)
{
    char id[ID_TEXT_SIZE];

    id_format(&s->id, id);
    jw_object(w, NULL);
    jw_text(w, "id", id);
    jw_text(w, "name", s->name);
    jw_text(w, "email", s->email);
    jw_text(w, "role", account_role_name(s->role));
    jw_bool(w, "totp", s->totp[0] != '\0');
    jw_bool(w, "disabled", s->disabled_ms != 0);
    if (s->seen_ms != 0)
        jw_int(w, "last_seen", s->seen_ms);
    else
        jw_null(w, "last_seen");
    jw_bool(w, "invited", s->seen_ms == 0);
    jw_object_end(w);
}

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "staff");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->staff_list.count; i++)
        write_one(w, &out->staff_list.rows[i]);
    jw_array_end(w);
    jw_bool(w, "more", out->staff_list.more);
    rest_done(r, 200);
}

void rest_staff_list(struct rest *r)
{
    r->op = store_staff_list(r->api->set.store, listed, r);
}

/* Those who can be given a conversation. */
static void listed_to_program(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct duty *duty = r->api->set.duty;
    struct jw *w = rest_list(r, result, "staff");
    char id[ID_TEXT_SIZE];

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->staff_list.count; i++) {
        const struct store_staff *s = &out->staff_list.rows[i];

        if (s->disabled_ms != 0)
            continue;
        id_format(&s->id, id);
        jw_object(w, NULL);
        jw_text(w, "id", id);
        jw_text(w, "name", s->name);
        jw_text(w, "role", account_role_name(s->role));
        jw_bool(w, "present", team_is_present(r->api, &s->id));
        jw_bool(w, "away", duty != NULL && duty_is_away(duty, &s->id));
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_bool(w, "more", out->staff_list.more);
    rest_done(r, 200);
}

void rest_api_staff(struct rest *r)
{
    r->op = store_staff_list(r->api->set.store, listed_to_program, r);
}

/* --- a link to hand over --- */

struct given {
    char token[CHAT_TOKEN_LEN + 1];
    struct id id;
    const char *email;
    struct store_staff_change change;
};

static void wipe_token(void *state)
{
    struct given *g = state;

    secret_wipe(g->token, sizeof(g->token));
}

static struct given *given_new(struct rest *r)
{
    return rest_state(r, sizeof(struct given), wipe_token);
}

static struct store_link_new new_link(struct rest *r, enum store_link_kind kind)
{
    struct given *g = r->state;
    struct store_link_new link = {.kind = kind,
                                  .expires_ms = env_now_ms(r->api->set.env) + ACCOUNT_LINK_MS};

    secret_random_text(g->token, CHAT_TOKEN_LEN);
    secret_hash(g->token, CHAT_TOKEN_LEN, link.hash);
    return link;
}

static void answer_link(struct rest *r, bool with_id)
{
    const struct given *g = r->state;
    struct jw *w = rest_begin(r);
    char id[ID_TEXT_SIZE];

    if (with_id) {
        id_format(&g->id, id);
        jw_text(w, "id", id);
    }
    jw_text(w, "link", rest_link(r, "link", g->token));
    rest_done(r, 200);
}

/* --- add --- */

static void added(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK) {
        team_read(r->api);
        answer_link(r, true);
    } else if (result == STORE_CONFLICT) {
        rest_error(r, 409, "email_taken", "email", "somebody has this email address already");
    } else {
        rest_error_busy(r);
    }
}

static bool read_role(struct rest *r, enum store_role *role)
{
    if (account_role_parse(json_get_text(r->body, "role"), role) == 0)
        return true;
    rest_error(r, 400, "bad_field", "role", "choose admin or technician");
    return false;
}

void rest_staff_add(struct rest *r)
{
    const char *name = rest_name(r, "name");
    const char *email = name == NULL ? NULL : rest_email(r, "email");
    struct store_staff_add in;
    enum store_role role;

    if (email == NULL || !read_role(r, &role))
        return;
    given_new(r)->id = env_new_id(r->api->set.env);
    in = (struct store_staff_add){.id = ((struct given *)r->state)->id,
                                  .name = name,
                                  .email = email,
                                  .role = role,
                                  .link = new_link(r, STORE_LINK_INVITE),
                                  .now_ms = env_now_ms(r->api->set.env),
                                  .audit = rest_audit(r, AUDIT_STAFF_ADDED, email)};
    in.audit.detail = account_role_name(role);
    r->op = store_staff_add(r->api->set.store, &in, added, r);
}

/* --- change --- */

static void changed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result == STORE_OK) {
        if (out->staff.disabled_ms != 0)
            session_end_staff(r->api, &out->staff.id, NULL, NULL);
        team_read(r->api);
        rest_empty(r);
    } else if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
    } else if (result == STORE_CONFLICT) {
        rest_error(r, 409, "last_admin", NULL,
                   "this is the last administrator: make another one first");
    } else {
        rest_error_busy(r);
    }
}

/* For the log: what becomes of it. */
static void describe(struct rest *r, struct store_staff_change *in, const char *email)
{
    in->audit = rest_audit(r,
                           !in->set_disabled ? AUDIT_STAFF_CHANGED
                           : in->disabled    ? AUDIT_STAFF_DISABLED
                                             : AUDIT_STAFF_ENABLED,
                           email);
    in->audit.detail =
        arena_printf(r->arena, "%s%s%s%s", in->role != 0 ? "role " : "",
                     in->role != 0 ? account_role_name(in->role) : "",
                     in->name != NULL ? " name " : "", in->name != NULL ? in->name : "");
}

static void found_to_change(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct given *g = r->state;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
        return;
    }
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    describe(r, &g->change, arena_strdup(r->arena, out->staff.email));
    r->op = store_staff_change(r->api->set.store, &g->change, changed, r);
}

static bool has(const struct rest *r, const char *key)
{
    return json_kind(json_get(r->body, key)) != JSON_KIND_NONE;
}

void rest_staff_change(struct rest *r)
{
    struct store_staff_change in = {.now_ms = env_now_ms(r->api->set.env)};

    if (!rest_id(r, 0, &in.who.id))
        return;
    if (has(r, "name") && (in.name = rest_name(r, "name")) == NULL)
        return;
    if (has(r, "role") && !read_role(r, &in.role))
        return;
    in.set_disabled = has(r, "disabled");
    if (in.set_disabled && json_bool(json_get(r->body, "disabled"), &in.disabled) < 0) {
        rest_error(r, 400, "bad_field", "disabled", "this must be true or false");
        return;
    }
    if (in.name == NULL && in.role == 0 && !in.set_disabled) {
        rest_error(r, 400, "empty", NULL, "say what to change");
        return;
    }
    given_new(r)->change = in;
    r->op = store_staff_get(r->api->set.store, &in.who, found_to_change, r);
}

/* --- reset --- */

static void was_reset(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result == STORE_OK) {
        session_end_staff(r->api, &out->staff.id, NULL, NULL);
        answer_link(r, false);
    } else if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
    } else {
        rest_error_busy(r);
    }
}

static void found_to_reset(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct store_staff_reset in;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
        return;
    }
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    if (out->staff.disabled_ms != 0) {
        rest_error(r, 409, "disabled", NULL, "this account is disabled: enable it first");
        return;
    }
    in = (struct store_staff_reset){
        .who.id = out->staff.id,
        .link = new_link(r, STORE_LINK_RESET),
        .audit = rest_audit(r, AUDIT_LINK_MADE, arena_strdup(r->arena, out->staff.email)),
    };
    r->op = store_staff_reset(r->api->set.store, &in, was_reset, r);
}

void rest_staff_reset(struct rest *r)
{
    struct store_staff_key who = {.email = NULL};

    if (!rest_id(r, 0, &who.id))
        return;
    given_new(r);
    r->op = store_staff_get(r->api->set.store, &who, found_to_reset, r);
}
