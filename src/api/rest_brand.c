/* What the server calls itself, and how far its wizard is. Kept in memory: every page asks. */
#include "api/rest_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"

static void set(char **text, const char *with)
{
    free(*text);
    *text = with == NULL ? NULL : api_strdup(with);
}

static void brand_was_read(enum store_result result, const union store_out *out, void *arg)
{
    struct api *api = arg;
    struct json_doc *doc;

    api->brand_op = NULL;
    if (result != STORE_OK)
        return;
    doc = json_parse(out->value.text, strlen(out->value.text), NULL);
    set(&api->brand_name, json_get_text(doc == NULL ? NULL : json_root(doc), "name"));
    set(&api->brand_color, json_get_text(doc == NULL ? NULL : json_root(doc), "color"));
    json_free(doc);
}

static void step_was_read(enum store_result result, const union store_out *out, void *arg)
{
    struct api *api = arg;

    api->step_op = NULL;
    if (result == STORE_OK)
        set(&api->setup_step, out->value.text);
}

static void admins_counted(enum store_result result, const union store_out *out, void *arg)
{
    struct api *api = arg;

    api->admins_op = NULL;
    if (result == STORE_OK)
        api->setup_needed = out->staff_counts.admins == 0;
}

void brand_read(struct api *api)
{
    struct store *store = api->set.store;

    brand_free(api);
    api->brand_name = api_strdup("");
    api->brand_color = api_strdup("");
    api->brand_op = store_value_get(store, STORE_VALUE_BRAND, brand_was_read, api);
    api->step_op = store_value_get(store, STORE_VALUE_SETUP, step_was_read, api);
    api->admins_op = store_staff_counts(store, admins_counted, api);
}

void brand_free(struct api *api)
{
    store_cancel(api->set.store, &api->brand_op);
    store_cancel(api->set.store, &api->step_op);
    store_cancel(api->set.store, &api->admins_op);
    set(&api->brand_name, NULL);
    set(&api->brand_color, NULL);
    set(&api->setup_step, NULL);
}

void brand_begin_setup(struct api *api)
{
    set(&api->setup_step, "brand"); /* as store_link_use wrote it */
}

void rest_get_brand(struct rest *r)
{
    struct jw *w = rest_begin(r);

    jw_text(w, "name", r->api->brand_name);
    jw_text(w, "color", r->api->brand_color);
    rest_done(r, 200);
}

/* --- setting them --- */

struct change {
    const char *name, *color, *step;
};

static void stored(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct change *c = r->state;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    if (c->step != NULL) {
        set(&r->api->setup_step, c->step);
        rest_empty(r);
        return;
    }
    set(&r->api->brand_name, c->name);
    set(&r->api->brand_color, c->color);
    rest_get_brand(r);
}

void rest_set_brand(struct rest *r)
{
    const char *name = rest_name(r, "name");
    const char *color = name == NULL ? NULL : rest_text(r, "color", 7, true);
    struct store_value in = {.key = STORE_VALUE_BRAND};
    struct change *c;
    struct buf text;
    struct jw w;

    if (color == NULL)
        return;
    char *lower = arena_strdup(r->arena, color);
    str_lower(lower);
    if (!account_is_color(lower)) {
        rest_error(r, 400, "bad_field", "color", "a colour is # and six of 0-9 and a-f");
        return;
    }
    c = rest_state(r, sizeof(*c), NULL);
    *c = (struct change){.name = name, .color = lower};
    buf_init(&text, STORE_TEXT_MAX);
    jw_init(&w, &text);
    jw_object(&w, NULL);
    jw_text(&w, "name", name);
    jw_text(&w, "color", lower);
    jw_object_end(&w);
    in.text = text.ptr;
    in.changed_ms = env_now_ms(r->api->set.env);
    in.audit = rest_audit(r, AUDIT_BRAND_CHANGED, name);
    in.audit.detail = lower;
    r->op = store_value_put(r->api->set.store, &in, stored, r);
    buf_free(&text);
}

void rest_set_step(struct rest *r)
{
    const char *step = rest_text(r, "step", 20, false);
    struct store_value in = {.key = STORE_VALUE_SETUP, .text = step};
    struct change *c;

    if (step == NULL)
        return;
    if (!account_is_step(step)) {
        rest_error(r, 400, "bad_field", "step", "there is no such step");
        return;
    }
    c = rest_state(r, sizeof(*c), NULL);
    c->step = step;
    in.changed_ms = env_now_ms(r->api->set.env);
    r->op = store_value_put(r->api->set.store, &in, stored, r);
}
