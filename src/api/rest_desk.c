/* What an administrator sets about the inbox of all, and everybody's page reads: targets of answer
 * times, and views. */
#include "api/rest_private.h"

#include "chat/inbox.h"

#define VALUE_MAX 65536

static void was_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w;

    r->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND) {
        rest_error_busy(r);
        return;
    }
    w = rest_begin(r);
    jw_raw(w, "value", result == STORE_OK ? out->value.text : "{}");
    rest_done(r, 200);
}

void rest_targets(struct rest *r)
{
    r->op = store_value_get(r->api->set.store, STORE_VALUE_TARGETS, was_read, r);
}

void rest_views(struct rest *r)
{
    r->op = store_value_get(r->api->set.store, STORE_VALUE_VIEWS, was_read, r);
}

static void stored(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK) {
        hub_settings(r->api);
        rest_empty(r);
    } else
        rest_error_busy(r);
}

/* Store what was checked, as it is printed. */
static void put(struct rest *r, const char *key, enum audit_action action,
                int (*print)(const struct json *value, struct buf *to, struct err *err))
{
    struct err err = {""};
    struct buf text;

    buf_init(&text, VALUE_MAX);
    if (print(json_get(r->body, "value"), &text, &err) < 0) {
        rest_error(r, 400, "bad_field", "value", err.text);
    } else if (!buf_ok(&text)) {
        rest_error(r, 400, "bad_field", "value", "that is too much");
    } else {
        const struct store_value in = {.key = key,
                                       .text = text.ptr,
                                       .changed_ms = env_now_ms(r->api->set.env),
                                       .audit = rest_audit(r, action, "")};
        r->op = store_value_put(r->api->set.store, &in, stored, r);
    }
    buf_free(&text);
}

void rest_set_targets(struct rest *r)
{
    put(r, STORE_VALUE_TARGETS, AUDIT_TARGETS_CHANGED, inbox_targets_print);
}

void rest_set_views(struct rest *r)
{
    put(r, STORE_VALUE_VIEWS, AUDIT_VIEWS_CHANGED, inbox_views_print);
}
