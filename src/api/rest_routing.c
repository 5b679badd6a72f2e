/* When somebody is there, who gets what, and what happens by itself: what an administrator says. */
#include "api/rest_private.h"

#include <string.h>

#include "duty/duty.h"

#define VALUE_MAX 65536

static void print_number(struct jw *w, const char *key, int64_t value)
{
    if (value == 0)
        jw_null(w, key);
    else
        jw_int(w, key, value);
}

/* The value as it holds now, as a member `value`, and what follows from it. */
static void show(struct rest *r, void (*print)(const struct duty *d, struct buf *to))
{
    const struct duty *d = r->api->set.duty;
    struct buf text;
    struct jw *w = rest_begin(r);

    buf_init(&text, VALUE_MAX);
    print(d, &text);
    jw_raw(w, "value", buf_ok(&text) ? text.ptr : "{}");
    buf_free(&text);
    const struct duty_promise promise = duty_promise(d);
    jw_bool(w, "open", promise.is_open);
    print_number(w, "opens_at", promise.opens_ms);
    print_number(w, "answer_ms", promise.answer_ms);
    rest_done(r, 200);
}

static void print_hours(const struct duty *d, struct buf *to)
{
    hours_print(duty_hours(d), to);
}

static void print_route(const struct duty *d, struct buf *to)
{
    route_print(duty_route(d), to);
}

void rest_hours(struct rest *r)
{
    show(r, print_hours);
}

void rest_routing(struct rest *r)
{
    show(r, print_route);
}

/* --- setting them --- */

static void stored(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    duty_read_settings(r->api->set.duty);
    rest_empty(r);
}

/* Store what was checked, as it is printed. */
static void put(struct rest *r, const char *key, enum audit_action action, const struct buf *text)
{
    const struct store_value in = {.key = key,
                                   .text = text->ptr,
                                   .changed_ms = env_now_ms(r->api->set.env),
                                   .audit = rest_audit(r, action, "")};

    if (buf_ok(text))
        r->op = store_value_put(r->api->set.store, &in, stored, r);
    else
        rest_error(r, 400, "bad_field", "value", "that is too much");
}

void rest_set_hours(struct rest *r)
{
    struct err err = {""};
    struct hours *h;
    struct buf text;

    if (hours_new(json_get(r->body, "value"), &h, &err) < 0) {
        rest_error(r, 400, "bad_field", "value", err.text);
        return;
    }
    buf_init(&text, VALUE_MAX);
    hours_print(h, &text);
    put(r, STORE_VALUE_HOURS, AUDIT_HOURS_CHANGED, &text);
    buf_free(&text);
    hours_free(h);
}

void rest_set_routing(struct rest *r)
{
    struct err err = {""};
    struct route *route;
    struct buf text;

    if (route_new(json_get(r->body, "value"), &route, &err) < 0) {
        rest_error(r, 400, "bad_field", "value", err.text);
        return;
    }
    buf_init(&text, VALUE_MAX);
    route_print(route, &text);
    put(r, STORE_VALUE_ROUTING, AUDIT_ROUTING_CHANGED, &text);
    buf_free(&text);
    route_free(route);
}
