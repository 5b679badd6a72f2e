/* Webhooks that go out: their endpoints, and what became of the deliveries. */
#include <stdlib.h>
#include <string.h>

#include "api/rest_private.h"
#include "base/str.h"
#include "chat/event.h"
#include "hook/courier.h"

#define URL_MAX  500
#define PAGE_MAX 50

static const char *const states[] = {"?", "waiting", "sending", "taken", "failed"};

/* --- what there is --- */

static void write_names(struct jw *w, const char *names)
{
    jw_array(w, "events");
    while (*(names += strspn(names, " ")) != '\0') {
        const size_t len = strcspn(names, " ");

        jw_textn(w, NULL, names, len);
        names += len;
    }
    jw_array_end(w);
}

static void write_hook(struct jw *w, const struct store_hook *h)
{
    jw_object(w, NULL);
    jw_int(w, "id", h->n);
    jw_text(w, "url", h->url);
    write_names(w, h->events);
    jw_bool(w, "on", !h->off);
    jw_int(w, "created", h->created_ms);
    jw_int(w, "taken", h->ok_ms);
    jw_int(w, "refused", h->bad_ms);
    jw_text(w, "reason", h->reason);
    jw_int(w, "waiting", h->waiting);
    jw_int(w, "failed", h->failed);
    jw_object_end(w);
}

/* r->state: the secret that is shown this once, or NULL. */
static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "webhooks");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->hooks.count; i++)
        write_hook(w, &out->hooks.rows[i]);
    jw_array_end(w);
    jw_array(w, "events");
    for (size_t i = 0; event_name(i) != NULL; i++)
        jw_text(w, NULL, event_name(i));
    jw_array_end(w);
    jw_bool(w, "may_be_private", courier_may_be_private(r->api->set.courier));
    jw_text(w, "secret", r->state == NULL ? "" : r->state);
    rest_done(r, 200);
}

void rest_webhooks(struct rest *r)
{
    r->op = store_hook_list(r->api->set.store, listed, r);
}

/* --- what is changed --- */

static void changed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
    } else if (result == STORE_CONFLICT) {
        rest_error(r, 409, "too_many", NULL, "there are 20 webhooks: remove one first");
    } else if (result != STORE_OK) {
        rest_error_busy(r);
    } else {
        courier_endpoints_changed(r->api->set.courier);
        rest_webhooks(r);
    }
}

static bool param_number(struct rest *r, int n, int64_t *value)
{
    if (str_to_int(r->param[n], 1, INT64_MAX, value) == 0)
        return true;
    rest_error_not_found(r);
    return false;
}

/* " a b ", in the arena; "" when the body names none. NULL: answered. */
static const char *read_events(struct rest *r, bool needed)
{
    const struct json *all = json_get(r->body, "events");
    struct buf names;
    const char *text;

    if (json_kind(all) == JSON_KIND_NONE && !needed)
        return "";
    buf_init(&names, STORE_HOOK_EVENTS_MAX);
    for (size_t i = 0; i < json_count(all); i++) {
        const char *name = json_text(json_at(all, i));

        if (!event_is_name(name)) {
            buf_free(&names);
            rest_error(r, 400, "bad_field", "events", "there is no such event");
            return NULL;
        }
        buf_printf(&names, " %s ", name);
    }
    if (names.len == 0 || !buf_ok(&names)) {
        rest_error(r, 400, "empty", "events", "choose at least one event, each once");
        text = NULL;
    } else {
        text = arena_strdup(r->arena, names.ptr);
    }
    buf_free(&names);
    return text;
}

/* "" when the body has none and none is needed. NULL: answered. */
static const char *read_url(struct rest *r, bool needed)
{
    const char *url = rest_text(r, "url", URL_MAX, !needed);
    const char *wrong;

    if (url == NULL || url[0] == '\0')
        return url;
    wrong = event_url_wrong(url, courier_may_be_private(r->api->set.courier));
    if (wrong == NULL)
        return url;
    rest_error(r, 400, "bad_url", "url", wrong);
    return NULL;
}

static void wipe(void *shown)
{
    secret_wipe(shown, COURIER_SECRET_SIZE);
}

/* The sealed one, in the arena; what is shown waits in r->state. */
static const char *new_secret(struct rest *r, const struct id *endpoint)
{
    char *shown = rest_state(r, COURIER_SECRET_SIZE, wipe);
    char *sealed = courier_secret_new(r->api->set.key, endpoint, shown);
    const char *kept = arena_strdup(r->arena, sealed);

    free(sealed);
    return kept;
}

void rest_webhook_add(struct rest *r)
{
    struct store_hook_put in = {
        .id = env_new_id(r->api->set.env), .off = -1, .now_ms = env_now_ms(r->api->set.env)};

    in.url = read_url(r, true);
    if (in.url == NULL)
        return;
    in.events = read_events(r, true);
    if (in.events == NULL)
        return;
    in.sealed = new_secret(r, &in.id);
    in.audit = rest_audit(r, AUDIT_WEBHOOK_ADDED, in.url);
    r->op = store_hook_put(r->api->set.store, &in, changed, r);
}

void rest_webhook_change(struct rest *r)
{
    struct store_hook_put in = {.sealed = "", .off = -1, .now_ms = env_now_ms(r->api->set.env)};
    bool on;

    if (!param_number(r, 0, &in.n))
        return;
    in.url = read_url(r, false);
    if (in.url == NULL)
        return;
    in.events = read_events(r, false);
    if (in.events == NULL)
        return;
    if (json_bool(json_get(r->body, "on"), &on) == 0)
        in.off = !on;
    in.audit = rest_audit(r, AUDIT_WEBHOOK_CHANGED, "");
    r->op = store_hook_put(r->api->set.store, &in, changed, r);
}

/* A fresh secret is sealed for the endpoint's own id. */
static void found(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct store_hook_put in = {.url = "", .events = "", .off = -1};

    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    if (str_to_int(r->param[0], 1, INT64_MAX, &in.n) != 0)
        in.n = -1;
    for (size_t i = 0; i < out->hooks.count; i++)
        if (out->hooks.rows[i].n == in.n)
            in.id = out->hooks.rows[i].id;
    if (id_is_none(&in.id)) {
        rest_error_not_found(r);
        return;
    }
    in.sealed = new_secret(r, &in.id);
    in.audit = rest_audit(r, AUDIT_WEBHOOK_SECRET, "");
    r->op = store_hook_put(r->api->set.store, &in, changed, r);
}

void rest_webhook_secret(struct rest *r)
{
    r->op = store_hook_list(r->api->set.store, found, r);
}

void rest_webhook_remove(struct rest *r)
{
    struct store_hook_do in = {.now_ms = env_now_ms(r->api->set.env),
                               .audit = rest_audit(r, AUDIT_WEBHOOK_REMOVED, "")};

    if (param_number(r, 0, &in.hook))
        r->op = store_hook_remove(r->api->set.store, &in, changed, r);
}

void rest_webhook_test(struct rest *r)
{
    struct store_hook_do in = {.now_ms = env_now_ms(r->api->set.env),
                               .audit = rest_audit(r, AUDIT_WEBHOOK_TESTED, "")};

    if (param_number(r, 0, &in.hook))
        r->op = store_hook_try(r->api->set.store, &in, changed, r);
}

/* --- deliveries --- */

static void write_delivery(struct jw *w, const struct store_delivery *d)
{
    jw_object(w, NULL);
    jw_int(w, "id", d->n);
    jw_text(w, "event", d->event);
    jw_text(w, "reference", d->reference);
    jw_text(w, "state", states[d->state]);
    jw_int(w, "at", d->at_ms);
    jw_int(w, "attempts", d->attempts);
    jw_int(w, "next_try", d->state == STORE_DELIVERY_WAITING ? d->next_at_ms : 0);
    jw_int(w, "finished", d->finished_ms);
    jw_int(w, "status", d->status);
    jw_text(w, "reason", d->reason);
    jw_object_end(w);
}

static void read_page(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "deliveries");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->deliveries.count; i++)
        write_delivery(w, &out->deliveries.rows[i]);
    jw_array_end(w);
    jw_bool(w, "more", out->deliveries.more);
    rest_done(r, 200);
}

void rest_webhook_deliveries(struct rest *r)
{
    struct store_delivery_read in = {.limit = PAGE_MAX};
    const char *before = rest_query(r, "before");

    if (!param_number(r, 0, &in.hook))
        return;
    if (before[0] != '\0' && str_to_int(before, 1, INT64_MAX, &in.before) != 0)
        rest_error(r, 400, "bad_field", "before", "this is no number of a delivery");
    else
        r->op = store_delivery_list(r->api->set.store, &in, read_page, r);
}

static void tried(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
    } else if (result != STORE_OK) {
        rest_error_busy(r);
    } else {
        courier_wake(r->api->set.courier);
        rest_webhook_deliveries(r);
    }
}

void rest_webhook_retry(struct rest *r)
{
    struct store_hook_do in = {.now_ms = env_now_ms(r->api->set.env),
                               .audit = rest_audit(r, AUDIT_WEBHOOK_RETRIED, "")};

    if (param_number(r, 0, &in.hook) && param_number(r, 1, &in.delivery))
        r->op = store_hook_try(r->api->set.store, &in, tried, r);
}
