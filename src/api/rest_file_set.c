/* What an administrator allows of files. */
#include <string.h>

#include "api/files.h"
#include "api/rest_private.h"

static void show(struct rest *r)
{
    struct jw *w = rest_begin(r);

    files_rules_write(w, files_rules(r->api->files));
    jw_bool(w, "public", r->api->set.files_public);
    rest_done(r, 200);
}

void rest_files(struct rest *r)
{
    show(r);
}

static void stored(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const char *text = r->state;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    const struct files_rules rules = files_rules_read(text);
    files_rules_set(r->api->files, &rules);
    show(r);
}

/* False: answered. */
static bool number(struct rest *r, const char *key, int64_t min, int64_t max)
{
    int64_t value;

    if (json_kind(json_get(r->body, key)) == JSON_KIND_INT &&
        json_get_int(r->body, key, &value) == 0 && value >= min && value <= max)
        return true;
    rest_error(
        r, 400, "bad_field", key,
        arena_printf(r->arena, "a number from %lld to %lld", (long long)min, (long long)max));
    return false;
}

static bool kinds(struct rest *r)
{
    const struct json *types = json_get(r->body, "types");
    bool good = json_kind(types) == JSON_KIND_ARRAY;

    for (size_t i = 0; good && i < json_count(types); i++) {
        const char *name = json_text(json_at(types, i));

        good = name != NULL && file_kind_of(name) != 0;
    }
    if (!good)
        rest_error(r, 400, "bad_field", "types",
                   "a list of image, pdf, text, office, archive, media, other, program");
    return good;
}

void rest_set_files(struct rest *r)
{
    struct store_value in = {.key = STORE_VALUE_FILES};
    struct files_rules rules;
    struct buf text;
    struct jw w;
    size_t len;
    const char *body = http_body(r->x, &len);
    char *state, *copy;

    if (!number(r, "max_mib", 1, FILES_MAX_MIB) || !number(r, "count", 0, CHAT_FILES_MAX) ||
        !number(r, "conversation_mib", 1, FILES_DISK_MAX_MIB) ||
        !number(r, "disk_mib", 1, FILES_DISK_MAX_MIB) || !kinds(r))
        return;
    copy = arena_strndup(r->arena, body, len);
    rules = files_rules_read(copy);
    buf_init(&text, 1024);
    jw_init(&w, &text);
    jw_object(&w, NULL);
    files_rules_write(&w, &rules);
    jw_object_end(&w);
    state = rest_state(r, text.len + 1, NULL);
    memcpy(state, text.ptr, text.len);
    buf_free(&text);
    in.text = state;
    in.changed_ms = env_now_ms(r->api->set.env);
    in.audit = rest_audit(r, AUDIT_FILES_CHANGED, "files");
    in.audit.detail = state;
    r->op = store_value_put(r->api->set.store, &in, stored, r);
}
