#include "base/json.h"

#include <jansson.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/str.h"

#define DEPTH_MAX 64

struct json_doc {
    json_t *root;
};

static const struct json *wrap(const json_t *v)
{
    return (const struct json *)v;
}

static const json_t *unwrap(const struct json *v)
{
    return (const json_t *)v;
}

/* What others sent may hold secrets. */
static void wipe_and_free(void *p)
{
    if (p != NULL)
        secret_wipe(p, malloc_usable_size(p));
    free(p);
}

static void set_memory(void)
{
    json_set_alloc_funcs(malloc, wipe_and_free);
}

/* How deep the brackets nest, without reading values: strings are skipped. */
static bool too_deep(const char *text, size_t len)
{
    size_t depth = 0;
    bool in_string = false;

    for (size_t i = 0; i < len; i++) {
        if (in_string) {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                in_string = false;
        } else if (text[i] == '"') {
            in_string = true;
        } else if (text[i] == '{' || text[i] == '[') {
            if (++depth > DEPTH_MAX)
                return true;
        } else if ((text[i] == '}' || text[i] == ']') && depth > 0) {
            depth--;
        }
    }
    return false;
}

struct json_doc *json_parse(const char *text, size_t len, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    json_error_t why;

    (void)pthread_once(&once, set_memory);
    /* Between two values jansson reads past it. */
    if (len > 0 && memchr(text, '\0', len) != NULL) {
        err_set(err, "not JSON: a NUL in it");
        return NULL;
    }
    if (too_deep(text, len)) {
        err_set(err, "JSON nested deeper than %d", DEPTH_MAX);
        return NULL;
    }
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
    if (root == NULL) {
        err_set(err, "not JSON: %s (line %d)", why.text, why.line);
        return NULL;
    }
    struct json_doc *doc = malloc(sizeof(*doc));
    if (doc == NULL)
        abort();
    doc->root = root;
    return doc;
}

void json_free(struct json_doc *doc)
{
    if (doc == NULL)
        return;
    json_decref(doc->root);
    free(doc);
}

const struct json *json_root(const struct json_doc *doc)
{
    return doc == NULL ? NULL : wrap(doc->root);
}

/* The cast is needed because jansson's getters take non-const iterators of objects. */
static json_t *loosen(const struct json *v)
{
    return (json_t *)(uintptr_t)v;
}

enum json_kind json_kind(const struct json *v)
{
    if (v == NULL)
        return JSON_KIND_NONE;
    switch (json_typeof(unwrap(v))) {
    case JSON_OBJECT:
        return JSON_KIND_OBJECT;
    case JSON_ARRAY:
        return JSON_KIND_ARRAY;
    case JSON_STRING:
        return JSON_KIND_STRING;
    case JSON_INTEGER:
        return JSON_KIND_INT;
    case JSON_REAL:
        return JSON_KIND_REAL;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_KIND_BOOL;
    case JSON_NULL:
        break;
    }
    return JSON_KIND_NULL;
}

const struct json *json_get(const struct json *v, const char *key)
{
    return v == NULL ? NULL : wrap(json_object_get(unwrap(v), key));
}

size_t json_count(const struct json *v)
{
    if (v == NULL)
        return 0;
    if (json_is_array(unwrap(v)))
        return json_array_size(unwrap(v));
    return json_object_size(unwrap(v));
}

const struct json *json_at(const struct json *v, size_t i)
{
    return v == NULL ? NULL : wrap(json_array_get(unwrap(v), i));
}

const char *json_key_at(const struct json *v, size_t i, const struct json **member)
{
    *member = NULL;
    if (v == NULL || !json_is_object(unwrap(v)))
        return NULL;
    void *iter = json_object_iter(loosen(v));
    for (; iter != NULL && i > 0; i--)
        iter = json_object_iter_next(loosen(v), iter);
    if (iter == NULL)
        return NULL;
    *member = wrap(json_object_iter_value(iter));
    return json_object_iter_key(iter);
}

const char *json_next(const struct json *v, void **iter, const struct json **member)
{
    *member = NULL;
    if (v == NULL || !json_is_object(unwrap(v)))
        return NULL;
    *iter = *iter == NULL ? json_object_iter(loosen(v)) : json_object_iter_next(loosen(v), *iter);
    if (*iter == NULL)
        return NULL;
    *member = wrap(json_object_iter_value(*iter));
    return json_object_iter_key(*iter);
}

const char *json_text(const struct json *v)
{
    return v == NULL ? NULL : json_string_value(unwrap(v));
}

int json_int(const struct json *v, int64_t *value)
{
    if (json_kind(v) == JSON_KIND_INT) {
        *value = json_integer_value(unwrap(v));
        return 0;
    }
    const char *text = json_text(v);
    return text == NULL ? -1 : str_to_int(text, INT64_MIN, INT64_MAX, value);
}

int json_bool(const struct json *v, bool *value)
{
    if (json_kind(v) != JSON_KIND_BOOL)
        return -1;
    *value = json_is_true(unwrap(v));
    return 0;
}

const char *json_get_text(const struct json *v, const char *key)
{
    return json_text(json_get(v, key));
}

int json_get_int(const struct json *v, const char *key, int64_t *value)
{
    return json_int(json_get(v, key), value);
}

bool json_get_bool(const struct json *v, const char *key, bool otherwise)
{
    bool value;

    return json_bool(json_get(v, key), &value) == 0 ? value : otherwise;
}

char *json_dump(const struct json *v)
{
    return v == NULL ? NULL : json_dumps(unwrap(v), JSON_COMPACT | JSON_ENCODE_ANY);
}
