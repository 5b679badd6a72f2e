/* What the server calls itself, and how far its wizard is. Kept in memory: every page asks. */
#include "api/rest_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

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

void rest_get_brand(struct rest *r)
{
    struct jw *w = rest_begin(r);

    jw_text(w, "name", r->api->brand_name);
    jw_text(w, "color", r->api->brand_color);
    rest_done(r, 200);
}
