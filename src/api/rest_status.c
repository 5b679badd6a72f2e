/* What the statuses of the account mean to people, and which of them people set. Kept in memory:
 * every frame about a ticket asks. */
#include "api/rest_private.h"

#include <string.h>

#include "base/str.h"

static void take(struct api *api, const char *json)
{
    tickets_forget_reopen(api);
    status_map_free(api->status_map);
    api->status_map = status_map_new(json, strlen(json));
}

static void was_read(enum store_result result, const union store_out *out, void *arg)
{
    struct api *api = arg;

    api->map_op = NULL;
    if (result == STORE_OK)
        take(api, out->value.text);
}

void status_read(struct api *api)
{
    api->map_op = store_value_get(api->set.store, STORE_VALUE_STATUS_MAP, was_read, api);
}

void status_free(struct api *api)
{
    store_cancel(api->set.store, &api->map_op);
    tickets_forget_reopen(api);
    status_map_free(api->status_map);
    api->status_map = NULL;
}

static struct json_doc *options_of(const struct api *api)
{
    const size_t len = api->options == NULL ? 0 : strlen(api->options);

    return len == 0 ? NULL : json_parse(api->options, len, NULL);
}

static void one_act(struct jw *w, const char *key, const struct status_map *map,
                    const struct json *statuses, enum status_act act)
{
    jw_object(w, key);
    /* null: not chosen; "": not offered */
    jw_text(w, "chosen", status_map_act(map, act));
    jw_text(w, "sets", status_of_act(map, statuses, act));
    jw_object_end(w);
}

void rest_get_statuses(struct rest *r)
{
    const struct status_map *map = r->api->status_map;
    struct json_doc *doc = options_of(r->api);
    const struct json *all = doc == NULL ? NULL : json_get(json_root(doc), "statuses");
    struct jw *w = rest_begin(r);

    jw_array(w, "statuses");
    for (size_t i = 0; i < json_count(all) && i < STATUS_COUNT; i++) {
        const char *status = json_text(json_at(all, i));

        if (status == NULL || status[0] == '\0')
            continue;
        jw_object(w, NULL);
        jw_text(w, "status", status);
        jw_text(w, "word", status_word(status_bucket(map, status)));
        jw_text(w, "default", status_word(status_by_words(status)));
        jw_bool(w, "chosen", status_map_bucket(map, status) != 0);
        jw_object_end(w);
    }
    jw_array_end(w);
    one_act(w, "solved", map, all, STATUS_ACT_SOLVED);
    one_act(w, "help", map, all, STATUS_ACT_HELP);
    rest_done(r, 200);
    json_free(doc);
}

static void stored(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    take(r->api, r->state);
    rest_get_statuses(r);
}

/* The account's spelling of a status; NULL: it has none such. */
static const char *of_list(const struct json *all, const char *status)
{
    for (size_t i = 0; i < json_count(all) && i < STATUS_COUNT; i++)
        if (str_equal_nocase(json_text(json_at(all, i)), status))
            return json_text(json_at(all, i));
    return NULL;
}

/* An act's status into the new map; false: answered. */
static bool put_act(struct rest *r, struct jw *w, const struct json *all, const char *key)
{
    const struct json *member = json_get(r->body, key);
    const char *status = json_text(member), *found;

    if (json_kind(member) <= JSON_KIND_NULL)
        return true;
    found = status == NULL || status[0] == '\0' ? status : of_list(all, status);
    if (found == NULL) {
        rest_error(r, 400, "bad_field", key, "choose a status of the account's list");
        return false;
    }
    jw_text(w, key, found);
    return true;
}

static bool put_words(struct rest *r, struct jw *w, const struct json *all)
{
    const struct json *words = json_get(r->body, "words");

    jw_array(w, "words");
    for (size_t i = 0; i < json_count(words); i++) {
        const struct json *one = json_at(words, i);
        const char *found = of_list(all, json_get_text(one, "status"));
        const enum status_bucket bucket = status_read_word(json_get_text(one, "word"));

        if (found == NULL || bucket == 0 || i >= STATUS_COUNT) {
            rest_error(r, 400, "bad_field", "words",
                       found == NULL ? "choose for statuses of the account's list"
                                     : "a status means new, working, waiting_you, waiting_us, "
                                       "scheduled or solved");
            return false;
        }
        jw_object(w, NULL);
        jw_text(w, "status", found);
        jw_text(w, "word", status_word(bucket));
        jw_object_end(w);
    }
    jw_array_end(w);
    return true;
}

void rest_set_statuses(struct rest *r)
{
    struct json_doc *doc = options_of(r->api);
    const struct json *all = doc == NULL ? NULL : json_get(json_root(doc), "statuses");
    struct store_value in = {.key = STORE_VALUE_STATUS_MAP};
    struct buf text;
    struct jw w;

    buf_init(&text, STORE_BODY_MAX);
    jw_init(&w, &text);
    jw_object(&w, NULL);
    if (!put_act(r, &w, all, "solved") || !put_act(r, &w, all, "help") || !put_words(r, &w, all))
        goto out;
    jw_object_end(&w);
    if (!buf_ok(&text)) {
        rest_error(r, 400, "bad_field", "words", "that is too much");
        goto out;
    }
    char *copy = rest_state(r, text.len + 1, NULL);
    memcpy(copy, text.ptr, text.len + 1);
    in.text = copy;
    in.changed_ms = env_now_ms(r->api->set.env);
    in.audit = rest_audit(r, AUDIT_STATUSES_CHANGED, "");
    r->op = store_value_put(r->api->set.store, &in, stored, r);
out:
    buf_free(&text);
    json_free(doc);
}
