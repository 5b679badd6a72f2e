/* What one member of staff chose for themselves: JSON objects that the console reads and writes. */
#include "api/rest_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "chat/notify.h"
#include "duty/duty.h"
#include "mail/post.h"

#define KEY_NOTIFY "notify"

static const char *key_of(struct rest *r)
{
    if (account_is_setting(r->param[0]))
        return r->param[0];
    rest_error_not_found(r);
    return NULL;
}

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
    if (result == STORE_OK)
        jw_raw(w, "value", out->setting.text);
    else
        jw_null(w, "value");
    if (str_equal(r->param[0], KEY_NOTIFY))
        jw_bool(w, "mail", post_state(r->api->set.post).is_set);
    rest_done(r, 200);
}

void rest_my_setting(struct rest *r)
{
    const char *key = key_of(r);

    if (key != NULL)
        r->op = store_staff_setting_get(r->api->set.store, &r->me.staff, key, was_read, r);
}

static void stored(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK) {
        duty_wake(r->api->set.duty);
        if (str_equal(r->param[0], KEY_NOTIFY))
            duty_read_notify(r->api->set.duty);
        rest_empty(r);
    } else
        rest_error_busy(r);
}

/* What the server itself goes by is checked, and kept as it is printed. NULL: refused. */
static char *notify_text(struct rest *r, const struct json *value)
{
    struct err err = {""};
    struct notify *n;
    struct buf text;
    char *copy;

    if (notify_new(value, &n, &err) < 0) {
        rest_error(r, 400, "bad_field", "value", err.text);
        return NULL;
    }
    buf_init(&text, NOTIFY_TEXT_MAX);
    notify_print(n, &text);
    assert(buf_ok(&text));
    copy = strdup(text.ptr);
    if (copy == NULL)
        abort();
    buf_free(&text);
    notify_free(n);
    return copy;
}

/* As it is kept; NULL: refused. The caller's to free. */
static char *text_of(struct rest *r, const char *key, const struct json *value)
{
    char *text;

    if (str_equal(key, KEY_NOTIFY))
        return notify_text(r, value);
    text = json_dump(value);
    if (text == NULL)
        abort();
    return text;
}

void rest_set_my_setting(struct rest *r)
{
    const struct json *value = json_get(r->body, "value");
    struct store_staff_setting in = {
        .staff = r->me.staff, .key = key_of(r), .changed_ms = env_now_ms(r->api->set.env)};
    char *text;

    if (in.key == NULL)
        return;
    if (json_kind(value) != JSON_KIND_OBJECT) {
        rest_error(r, 400, "bad_field", "value", "value is an object");
        return;
    }
    text = text_of(r, in.key, value);
    if (text == NULL)
        return;
    in.text = text;
    if (strlen(text) > STORE_SETTING_MAX)
        rest_error(r, 400, "bad_field", "value", "that is too much");
    else
        r->op = store_staff_setting_put(r->api->set.store, &in, stored, r);
    free(text);
}
