/* Keys for programs of others, as an administrator makes and revokes them. */
#include <stdio.h>
#include <string.h>

#include "api/rest_private.h"
#include "base/secret.h"
#include "base/str.h"
#include "chat/key.h"

#define HINT_LEN 4 /* of the key's end */

static void write_rights(struct jw *w, const char *names)
{
    jw_array(w, "rights");
    while (*(names += strspn(names, " ")) != '\0') {
        const size_t len = strcspn(names, " ");

        jw_textn(w, NULL, names, len);
        names += len;
    }
    jw_array_end(w);
}

/* r->state: the key that is shown this once, or NULL. */
static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "keys");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->keys.count; i++) {
        const struct store_key *k = &out->keys.rows[i];

        jw_object(w, NULL);
        jw_int(w, "id", k->n);
        jw_text(w, "name", k->name);
        jw_text(w, "hint", k->hint);
        write_rights(w, k->rights);
        jw_text(w, "made_by", k->made_by);
        jw_int(w, "created", k->created_ms);
        jw_int(w, "used", k->used_ms);
        jw_int(w, "revoked", k->revoked_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_text(w, "key", r->state == NULL ? "" : r->state);
    rest_done(r, 200);
}

void rest_keys(struct rest *r)
{
    r->op = store_key_list(r->api->set.store, listed, r);
}

static void changed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else if (result == STORE_CONFLICT)
        rest_error(r, 409, "too_many", NULL, "there are 50 keys: revoke one first");
    else if (result != STORE_OK)
        rest_error_busy(r);
    else
        rest_keys(r);
}

static void wipe(void *shown)
{
    secret_wipe(shown, KEY_LEN);
}

/* " a b ", in the arena. NULL: answered. */
static const char *read_rights(struct rest *r)
{
    const struct json *all = json_get(r->body, "rights");
    char text[80] = "";
    size_t len = 0;

    for (size_t i = 0; i < json_count(all) && len < sizeof(text); i++) {
        const char *name = json_text(json_at(all, i));

        if (!key_is_right(name)) {
            rest_error(r, 400, "bad_field", "rights", "there is no such right");
            return NULL;
        }
        len += (size_t)snprintf(text + len, sizeof(text) - len, " %s ", name);
    }
    if (len > 0 && len < sizeof(text))
        return arena_strdup(r->arena, text);
    rest_error(r, 400, "empty", "rights", "choose at least one right, each once");
    return NULL;
}

void rest_key_add(struct rest *r)
{
    struct store_key in = {.id = env_new_id(r->api->set.env),
                           .created_ms = env_now_ms(r->api->set.env)};
    char *shown;

    in.name = rest_name(r, "name");
    if (in.name == NULL)
        return;
    in.rights = read_rights(r);
    if (in.rights == NULL)
        return;
    shown = rest_state(r, KEY_LEN + 1, wipe);
    memcpy(shown, KEY_PREFIX, strlen(KEY_PREFIX));
    secret_random_text(shown + strlen(KEY_PREFIX), KEY_LEN - strlen(KEY_PREFIX));
    secret_hash(shown, KEY_LEN, in.hash);
    in.hint = arena_strdup(r->arena, shown + KEY_LEN - HINT_LEN);
    in.made_by = r->me.email;
    in.audit = rest_audit(r, AUDIT_KEY_ADDED, in.name);
    r->op = store_key_add(r->api->set.store, &in, changed, r);
}

void rest_key_revoke(struct rest *r)
{
    struct store_key in = {.revoked_ms = env_now_ms(r->api->set.env),
                           .hint = "",
                           .name = "",
                           .rights = "",
                           .made_by = "",
                           .audit = rest_audit(r, AUDIT_KEY_REVOKED, "")};

    if (str_to_int(r->param[0], 1, INT64_MAX, &in.n) != 0)
        rest_error_not_found(r);
    else
        r->op = store_key_revoke(r->api->set.store, &in, changed, r);
}
