/* JSON: what the reader takes and refuses, and that what is written can be read back. */
#include "cmocka_wrap.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/jw.h"

static struct json_doc *parse(const char *text)
{
    struct err err = {.text = ""};

    return json_parse(text, strlen(text), &err);
}

static void refuses(void **state)
{
    static const char *const bad[] = {
        "", "1", "\"a\"", "{", "{}x", "{\"a\":1,\"a\":2}", "[\"\\u0000\"]", "[\"\xff\"]", "{a:1}",
    };
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        err.text[0] = '\0';
        assert_null(json_parse(bad[i], strlen(bad[i]), &err));
        assert_true(err.text[0] != '\0');
    }
    assert_null(json_parse("[6\0]", 4, &err));
    assert_null(json_parse("{}\0", 3, &err));
}

/* Every member once, in the order of the text, however many there are. */
static void goes_over_members(void **state)
{
    const struct json *member;
    void *iter = NULL;
    const char *key;
    int64_t number;
    int count = 0;
    struct buf b;

    (void)state;
    buf_init(&b, 4 << 20);
    for (int i = 0; i < 100000; i++)
        buf_printf(&b, "%s\"%d\":%d", i == 0 ? "{" : ",", i, i);
    buf_char(&b, '}');
    struct json_doc *doc = json_parse(b.ptr, b.len, NULL);
    assert_non_null(doc);
    for (; (key = json_next(json_root(doc), &iter, &member)) != NULL; count++) {
        assert_int_equal(json_int(member, &number), 0);
        assert_int_equal(number, count);
    }
    assert_int_equal(count, 100000);
    assert_null(json_next(NULL, &iter, &member));
    json_free(doc);
    buf_free(&b);
}

static void limits_depth(void **state)
{
    char text[200];

    (void)state;
    memset(text, '[', 64);
    memset(text + 64, ']', 64);
    text[128] = '\0';
    struct json_doc *doc = parse(text);
    assert_non_null(doc);
    json_free(doc);
    memset(text, '[', 65);
    memset(text + 65, ']', 65);
    text[130] = '\0';
    assert_null(parse(text));
}

static void reads(void **state)
{
    int64_t number = 0;
    bool truth = false;
    const struct json *member = NULL;

    (void)state;
    struct json_doc *doc = parse("{\"s\":\"x\",\"n\":-7,\"t\":\"42\",\"b\":true,\"z\":null,"
                                 "\"a\":[1,2.5,{}]}");
    assert_non_null(doc);
    const struct json *root = json_root(doc);
    assert_string_equal(json_get_text(root, "s"), "x");
    assert_int_equal(json_get_int(root, "n", &number), 0);
    assert_int_equal(number, -7);
    assert_int_equal(json_get_int(root, "t", &number), 0);
    assert_int_equal(number, 42);
    assert_int_equal(json_get_int(root, "s", &number), -1);
    assert_int_equal(json_bool(json_get(root, "b"), &truth), 0);
    assert_true(truth);
    assert_true(json_get_bool(root, "absent", true));
    assert_int_equal(json_kind(json_get(root, "z")), JSON_KIND_NULL);
    assert_int_equal(json_kind(json_get(root, "absent")), JSON_KIND_NONE);
    const struct json *a = json_get(root, "a");
    assert_int_equal(json_count(a), 3);
    assert_int_equal(json_kind(json_at(a, 1)), JSON_KIND_REAL);
    assert_int_equal(json_kind(json_at(a, 3)), JSON_KIND_NONE);
    assert_string_equal(json_key_at(root, 1, &member), "n");
    assert_int_equal(json_int(member, &number), 0);
    assert_null(json_key_at(root, 6, &member));
    char *text = json_dump(a);
    assert_string_equal(text, "[1,2.5,{}]");
    free(text);
    json_free(doc);
}

static void takes_nothing(void **state)
{
    int64_t number = 0;
    const struct json *member = NULL;

    (void)state;
    assert_int_equal(json_kind(NULL), JSON_KIND_NONE);
    assert_null(json_get(NULL, "a"));
    assert_int_equal(json_count(NULL), 0);
    assert_null(json_at(NULL, 0));
    assert_null(json_key_at(NULL, 0, &member));
    assert_null(json_text(NULL));
    assert_int_equal(json_int(NULL, &number), -1);
    assert_null(json_dump(NULL));
    json_free(NULL);
}

static void writes_what_it_reads(void **state)
{
    static const char said[] = "quote \" back \\ line\n tab\t bell\a \xc3\xbc \xf0\x9f\x98\x80";
    struct buf out;
    struct jw w;

    (void)state;
    buf_init(&out, 1000);
    jw_init(&w, &out);
    jw_object(&w, NULL);
    jw_text(&w, "said", said);
    jw_text(&w, "none", NULL);
    jw_int(&w, "least", INT64_MIN);
    jw_array(&w, "list");
    jw_bool(&w, NULL, true);
    jw_raw(&w, NULL, "{\"x\":1}");
    jw_object(&w, NULL);
    jw_object_end(&w);
    jw_array_end(&w);
    jw_object_end(&w);
    assert_true(buf_ok(&out));

    struct json_doc *doc = json_parse(out.ptr, out.len, NULL);
    assert_non_null(doc);
    const struct json *root = json_root(doc);
    int64_t least = 0;
    assert_string_equal(json_get_text(root, "said"), said);
    assert_int_equal(json_kind(json_get(root, "none")), JSON_KIND_NULL);
    assert_int_equal(json_get_int(root, "least", &least), 0);
    assert_true(least == INT64_MIN);
    assert_int_equal(json_count(json_get(root, "list")), 3);
    json_free(doc);
    buf_free(&out);
}

static void mends_bad_utf8(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 100);
    jw_quote(&out, "a\xff\xc3z", 4);
    assert_string_equal(out.ptr, "\"a\\ufffd\\ufffdz\"");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses),        cmocka_unit_test(goes_over_members),
        cmocka_unit_test(limits_depth),   cmocka_unit_test(reads),
        cmocka_unit_test(takes_nothing),  cmocka_unit_test(writes_what_it_reads),
        cmocka_unit_test(mends_bad_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
