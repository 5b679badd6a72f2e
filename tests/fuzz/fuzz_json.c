/* JSON as it is read and written. What was accepted keeps its promises, and printed it is read
 * again as the same. */
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/jw.h"
#include "base/str.h"
#include "fuzz/fuzz.h"

#define DEPTH_MAX 64 /* of brackets; what stands in the innermost is one deeper */
#define STEPS_MAX 64 /* members that are looked up by number: each look-up begins at the first */

/* Text that the writer quotes is read again as it was. */
static void check_quote(const char *text, size_t len)
{
    struct json_doc *doc;
    struct buf b;

    buf_init(&b, len * 6 + 16);
    buf_char(&b, '[');
    jw_quote(&b, text, len);
    buf_char(&b, ']');
    MUST(buf_ok(&b));
    /* A NUL is written, and refused by the reader: nobody holds text with one in it. */
    doc = json_parse(b.ptr, b.len, NULL);
    if (memchr(text, '\0', len) == NULL) {
        const char *again = json_text(json_at(json_root(doc), 0));
        MUST(again != NULL);
        MUST(!str_is_utf8(text, len) || (strlen(again) == len && memcmp(again, text, len) == 0));
    }
    json_free(doc);
    buf_free(&b);
}

static void check_value(const struct json *v, int depth)
{
    const struct json *member, *other;
    void *iter = NULL;
    const char *key;
    int64_t number;
    bool truth;

    MUST(v != NULL);
    const enum json_kind kind = json_kind(v);
    MUST(depth <= DEPTH_MAX + (kind != JSON_KIND_ARRAY && kind != JSON_KIND_OBJECT));
    MUST(kind != JSON_KIND_NONE);
    MUST((json_text(v) != NULL) == (kind == JSON_KIND_STRING));
    MUST((json_bool(v, &truth) == 0) == (kind == JSON_KIND_BOOL));
    MUST(kind != JSON_KIND_INT || json_int(v, &number) == 0);
    MUST(json_int(v, &number) != 0 || kind == JSON_KIND_INT || kind == JSON_KIND_STRING);
    if (kind == JSON_KIND_STRING) {
        MUST(str_is_utf8(json_text(v), strlen(json_text(v))));
        check_quote(json_text(v), strlen(json_text(v)));
    }
    if (kind != JSON_KIND_ARRAY && kind != JSON_KIND_OBJECT)
        MUST(json_count(v) == 0);
    if (kind == JSON_KIND_ARRAY)
        for (size_t i = 0; i < json_count(v); i++)
            check_value(json_at(v, i), depth + 1);
    else
        MUST(json_at(v, 0) == NULL);
    for (size_t i = 0; (key = json_next(v, &iter, &member)) != NULL; i++) {
        MUST(kind == JSON_KIND_OBJECT && json_get(v, key) == member && i < json_count(v));
        MUST(i >= STEPS_MAX || json_key_at(v, i, &other) == key);
        check_value(member, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {""};
    struct json_doc *doc = json_parse((const char *)data, size, &err), *again;
    char *text, *text_again;

    check_quote((const char *)data, size);
    if (doc == NULL) {
        MUST(err.text[0] != '\0' && json_root(doc) == NULL && json_kind(NULL) == JSON_KIND_NONE);
        return 0;
    }
    check_value(json_root(doc), 1);
    text = json_dump(json_root(doc));
    MUST(text != NULL && str_is_utf8(text, strlen(text)));
    again = json_parse(text, strlen(text), NULL);
    MUST(again != NULL && json_count(json_root(again)) == json_count(json_root(doc)));
    text_again = json_dump(json_root(again));
    MUST(str_equal(text, text_again));
    free(text_again);
    free(text);
    json_free(again);
    json_free(doc);
    return 0;
}
