/* Canned replies: a member of staff has their own, an administrator keeps those of all. */
#include "api/rest_private.h"

#include <string.h>

#include "base/str.h"
#include "chat/text.h"

#define PAGE 100 /* rows of one answer, which then fits */

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "canned");
    const struct store_canned_list *all;

    if (w == NULL)
        return;
    all = &out->canned;
    for (size_t i = 0; i < all->count; i++) {
        const struct store_canned *c = &all->rows[i];

        jw_object(w, NULL);
        jw_int(w, "id", c->n);
        jw_bool(w, "shared", c->shared);
        jw_text(w, "shortcut", c->shortcut);
        jw_text(w, "name", c->name);
        jw_text(w, "text", c->text);
        jw_int(w, "changed", c->changed_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_bool(w, "more", all->more);
    rest_done(r, 200);
}

void rest_canned_list(struct rest *r)
{
    const char *after = rest_query(r, "after");
    struct store_canned_read in = {.staff = r->me.staff, .limit = PAGE};

    if (after[0] != '\0' && str_to_int(after, 0, INT64_MAX, &in.after) != 0)
        rest_error(r, 400, "bad_field", "after", "this is no number");
    else
        r->op = store_canned_list(r->api->set.store, &in, listed, r);
}

static void changed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK)
        rest_empty(r);
    else if (result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else if (result == STORE_REFUSED)
        rest_error(r, 403, "not_admin", NULL, "this needs an administrator");
    else if (result == STORE_CONFLICT)
        rest_error(r, 409, "taken", "shortcut", "there is one with this shortcut: choose another");
    else if (result == STORE_CROSSED)
        rest_error(r, 409, "too_many", NULL, "there are too many: remove one first");
    else
        rest_error_busy(r);
}

/* 1 to 32 of a-z, 0-9 and -. NULL: answered. */
static const char *read_shortcut(struct rest *r)
{
    const char *text = rest_text(r, "shortcut", STORE_CANNED_WORD_MAX, false);

    if (text == NULL || text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0')
        return text;
    rest_error(r, 400, "bad_field", "shortcut", "a shortcut has only a-z, 0-9 and -");
    return NULL;
}

static const char *read_name(struct rest *r)
{
    const char *name = rest_name(r, "name");

    if (name == NULL || strlen(name) <= STORE_CANNED_NAME_MAX)
        return name;
    rest_error(r, 400, "too_long", "name", "this is too long: shorten it");
    return NULL;
}

static const char *read_words(struct rest *r)
{
    const char *text = rest_text(r, "text", REST_SETTING_MAX, false);
    char clean[CHAT_BODY_MAX + 1];
    size_t len;
    enum text_result result;

    if (text == NULL)
        return NULL;
    result = text_body(text, strlen(text), clean, &len);
    if (result == TEXT_OK && len <= STORE_CANNED_TEXT_MAX)
        return arena_strdup(r->arena, clean);
    if (result == TEXT_OK || result == TEXT_TOO_LONG)
        rest_error(r, 400, "too_long", "text", "this is too long: shorten it");
    else
        rest_error(r, 400, "empty", "text", "fill this in");
    return NULL;
}

/* n 0: a new one. */
static void put(struct rest *r, int64_t n, enum audit_action action)
{
    struct store_canned_put in = {.n = n,
                                  .staff = r->me.staff,
                                  .may_shared = r->me.role == STORE_ADMIN,
                                  .shared = json_get_bool(r->body, "shared", false),
                                  .now_ms = env_now_ms(r->api->set.env)};

    in.shortcut = read_shortcut(r);
    in.name = in.shortcut == NULL ? NULL : read_name(r);
    in.text = in.name == NULL ? NULL : read_words(r);
    if (in.text == NULL)
        return;
    in.audit = rest_audit(r, action, in.shortcut);
    r->op = store_canned_put(r->api->set.store, &in, changed, r);
}

void rest_canned_add(struct rest *r)
{
    put(r, 0, AUDIT_CANNED_ADDED);
}

void rest_canned_change(struct rest *r)
{
    int64_t n;

    if (str_to_int(r->param[0], 1, INT64_MAX, &n) != 0)
        rest_error_not_found(r);
    else
        put(r, n, AUDIT_CANNED_CHANGED);
}

void rest_canned_remove(struct rest *r)
{
    struct store_canned_remove in = {.staff = r->me.staff,
                                     .may_shared = r->me.role == STORE_ADMIN,
                                     .audit = rest_audit(r, AUDIT_CANNED_REMOVED, "")};

    if (str_to_int(r->param[0], 1, INT64_MAX, &in.n) != 0)
        rest_error_not_found(r);
    else
        r->op = store_canned_remove(r->api->set.store, &in, changed, r);
}
