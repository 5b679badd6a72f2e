/* The sandbox's answers against what Syncro publishes: the same keys in the same order, and values
 * of the same types. Against shapes.json always; against the published description itself too,
 * where it lies beside the project (PARLEY_SHARED, or ../shared). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "sandbox/sandbox.h"

#define NOW INT64_C(1795500000000)

static const struct answer {
    const char *shape;                /* as in make_shapes.py */
    const char *method, *path, *body; /* the request that gets it */
    const char *rights;               /* NULL: all */
} answers[] = {
    {"GET /tickets 200", "GET", "/tickets", NULL, NULL},
    {"POST /tickets 200", "POST", "/tickets",
     "{\"customer_id\":29140031,\"subject\":\"s\",\"asset_ids\":[1],\"tag_list\":[\"a\"],"
     "\"user_id\":7001,\"ticket_type_id\":1,\"priority\":\"High\",\"end_at\":\"2026-12-01\","
     "\"problem_type\":\"Other\",\"signature_name\":\"J\",\"properties\":{\"a\":\"b\"},"
     "\"comments_attributes\":[{\"subject\":\"s\",\"body\":\"b\",\"hidden\":true}]}",
     NULL},
    {"POST /tickets 422", "POST", "/tickets", "{\"subject\":\"s\"}", NULL},
    {"GET /tickets/{id} 200", "GET", "/tickets/80420026", NULL, NULL},
    {"PUT /tickets/{id} 200", "PUT", "/tickets/80420026", "{\"status\":\"New\"}", NULL},
    {"PUT /tickets/{id} 422", "PUT", "/tickets/80420026", "{\"subject\":\"\"}", NULL},
    {"DELETE /tickets/{id} 404", "DELETE", "/tickets/1", NULL, NULL},
    {"POST /tickets/{id}/comment 200", "POST", "/tickets/80420026/comment",
     "{\"subject\":\"s\",\"body\":\"b\"}", NULL},
    {"POST /tickets/{id}/comment 422", "POST", "/tickets/80420026/comment", "{}", NULL},
    {"GET /tickets/{id}/comments 200", "GET", "/tickets/80420026/comments", NULL, NULL},
    {"GET /tickets/settings 200", "GET", "/tickets/settings", NULL, NULL},
    {"POST /tickets/{id}/attach_file_url 200", "POST", "/tickets/80420026/attach_file_url",
     "{\"files\":[{\"url\":\"https://a.example/b\",\"filename\":\"b\"}]}", NULL},
    {"POST /tickets/{id}/attach_file_url 422", "POST", "/tickets/80420026/attach_file_url", "{}",
     NULL},
    {"DELETE /tickets/{id} 200", "DELETE", "/tickets/80420011", NULL, NULL},
    {"GET /settings 200", "GET", "/settings", NULL, NULL},
    {"GET /me 200", "GET", "/me", NULL, NULL},
    {"GET /users 200", "GET", "/users", NULL, NULL},
    {"GET /users/{id} 200", "GET", "/users/7001", NULL, NULL},
    {"GET /customers 200", "GET", "/customers", NULL, NULL},
    {"POST /customers 200", "POST", "/customers",
     "{\"firstname\":\"F\",\"lastname\":\"L\",\"email\":\"f@l.example\",\"mobile\":\"1\"}", NULL},
    {"POST /customers 422", "POST", "/customers", "{\"email\":\"x\"}", NULL},
    {"GET /customers/{id} 200", "GET", "/customers/29140031", NULL, NULL},
    {"PUT /customers/{id} 200", "PUT", "/customers/29140031", "{\"mobile\":\"5550\"}", NULL},
    {"PUT /customers/{id} 422", "PUT", "/customers/29140031", "{\"email\":\"x\"}", NULL},
    {"GET /customers/autocomplete 200", "GET", "/customers/autocomplete", NULL, NULL},
    {"GET /customers/latest 200", "GET", "/customers/latest", NULL, NULL},
    {"GET /customers/{customer_id}/phones 200", "GET", "/customers/29140031/phones", NULL, NULL},
    {"DELETE /customers/{id} 200", "DELETE", "/customers/29140038", NULL, NULL},
    {"GET /contacts 200", "GET", "/contacts", NULL, NULL},
    {"GET /contacts 401", "GET", "/contacts", NULL, "Tickets - Edit"},
    {"POST /contacts 200", "POST", "/contacts",
     "{\"customer_id\":29140031,\"name\":\"B\",\"email\":\"b@f.example\"}", NULL},
    {"POST /contacts 404", "POST", "/contacts", "{\"customer_id\":1}", NULL},
    {"POST /contacts 422", "POST", "/contacts", "{\"customer_id\":29140031,\"email\":\"xxx\"}",
     NULL},
    {"GET /contacts/{id} 404", "GET", "/contacts/1", NULL, NULL},
    {"PUT /contacts/{id} 200", "PUT", "/contacts/5160041", "{\"name\":\"B\"}", NULL},
    {"PUT /contacts/{id} 422", "PUT", "/contacts/5160041", "{\"customer_id\":null}", NULL},
    {"GET /search 200", "GET", "/search", "?query=bakery", NULL},
};

static struct json_doc *read_json(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct buf text;
    char block[65536];
    size_t n;
    struct err err = {{0}};

    if (file == NULL)
        return NULL;
    buf_init(&text, 16 << 20);
    while ((n = fread(block, 1, sizeof(block), file)) > 0)
        buf_append(&text, block, n);
    fclose(file);
    struct json_doc *doc = json_parse(text.ptr, text.len, &err);
    if (doc == NULL)
        fail_msg("%s: %s", path, err.text);
    buf_free(&text);
    return doc;
}

/* --- comparing --- */

static bool is_one_of(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; name != NULL && i < count; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

/* What lies inside is the account's own. */
static bool is_open_inside(const char *key)
{
    static const char *const keys[] = {"properties", "params", "assets", "ticket_fields",
                                       "ticket_answers"};

    return is_one_of(key, keys, COUNT_OF(keys));
}

static void compare(const char *where, const char *key, const struct json *theirs,
                    const struct json *ours);

static void compare_objects(const char *where, const struct json *theirs, const struct json *ours)
{
    const struct json *a, *b;
    char below[512];

    if (json_count(theirs) == 0)
        return; /* the description shows nothing of it */
    for (size_t i = 0;; i++) {
        const char *key = json_key_at(theirs, i, &a), *own = json_key_at(ours, i, &b);
        if (key == NULL && own == NULL)
            return;
        if (key == NULL || own == NULL || strcmp(key, own) != 0)
            fail_msg("%s: key %zu is %s, published %s", where, i, own != NULL ? own : "(none)",
                     key != NULL ? key : "(none)");
        snprintf(below, sizeof(below), "%s.%s", where, key);
        compare(below, key, a, b);
    }
}

static void compare_arrays(const char *where, const struct json *theirs, const struct json *ours)
{
    const size_t count = json_count(theirs);
    const bool is_row = count > 1 && json_kind(json_at(theirs, 0)) != json_kind(json_at(theirs, 1));
    char below[512];

    if (count > 0 && json_count(ours) == 0)
        fail_msg("%s: empty, so that nothing is compared", where);
    if (is_row && json_count(ours) != count)
        fail_msg("%s: a row of %zu, published %zu", where, json_count(ours), count);
    for (size_t i = 0; count > 0 && i < json_count(ours); i++) {
        snprintf(below, sizeof(below), "%s[%zu]", where, i);
        compare(below, NULL, json_at(theirs, is_row ? i : 0), json_at(ours, i));
    }
}

static enum json_kind kind_of(const struct json *v)
{
    const enum json_kind kind = json_kind(v);

    return kind == JSON_KIND_REAL ? JSON_KIND_INT : kind;
}

static void compare(const char *where, const char *key, const struct json *theirs,
                    const struct json *ours)
{
    const enum json_kind kind = kind_of(theirs), own = kind_of(ours);

    if (kind == JSON_KIND_NULL || own == JSON_KIND_NULL)
        return;
    if (kind != own)
        fail_msg("%s: type %d, published %d", where, (int)own, (int)kind);
    if (is_open_inside(key))
        return;
    if (kind == JSON_KIND_OBJECT)
        compare_objects(where, theirs, ours);
    else if (kind == JSON_KIND_ARRAY)
        compare_arrays(where, theirs, ours);
}

/* --- asking --- */

static struct json_doc *ask(struct sandbox *sb, const struct answer *a)
{
    char path[128];
    struct sandbox_response r;
    struct err err = {{0}};
    int64_t wanted = strtoll(strrchr(a->shape, ' ') + 1, NULL, 10);
    const bool is_query = a->body != NULL && a->body[0] == '?';

    assert_int_equal(sandbox_set_token(sb, "T", a->rights != NULL ? a->rights : "all", true, &err),
                     0);
    snprintf(path, sizeof(path), "/api/v1%s", a->path);
    const struct sandbox_request q = {
        .method = a->method,
        .path = path,
        .query = is_query ? a->body + 1 : NULL,
        .authorization = "Bearer T",
        .content_type = "application/json",
        .body = is_query ? NULL : a->body,
        .len = is_query || a->body == NULL ? 0 : strlen(a->body),
        .now_ms = NOW,
    };
    sandbox_handle(sb, &q, &r);
    if (r.status != wanted)
        fail_msg("%s: status %d: %s", a->shape, r.status, r.body.ptr);
    assert_string_equal(r.content_type, "application/json; charset=utf-8");
    struct json_doc *doc = json_parse(r.body.ptr, r.body.len, &err);
    if (doc == NULL)
        fail_msg("%s: %s", a->shape, err.text);
    sandbox_response_free(&r);
    return doc;
}

typedef const struct json *find_fn(const struct json *root, const char *shape);

static void compare_all(const struct json *root, find_fn *find)
{
    struct err err = {{0}};
    struct sandbox *sb = sandbox_new(&(struct sandbox_settings){.demo = true, .now_ms = NOW}, &err);

    for (size_t i = 0; i < COUNT_OF(answers); i++) {
        const struct json *theirs = find(root, answers[i].shape);
        if (theirs == NULL)
            fail_msg("%s: not published", answers[i].shape);
        struct json_doc *ours = ask(sb, &answers[i]);
        compare(answers[i].shape, NULL, theirs, json_root(ours));
        json_free(ours);
    }
    sandbox_free(sb);
}

static const struct json *find_shape(const struct json *root, const char *shape)
{
    return json_get(root, shape);
}

/* "GET /tickets 200" in an OpenAPI description: its example. */
static const struct json *find_example(const struct json *root, const char *shape)
{
    char method[16], path[128], status[8];
    const struct json *member;

    if (sscanf(shape, "%15s %127s %7s", method, path, status) != 3)
        return NULL;
    for (char *p = method; *p != '\0'; p++)
        *p = (char)(*p - 'A' + 'a');
    const struct json *responses =
        json_get(json_get(json_get(json_get(root, "paths"), path), method), "responses");
    const struct json *content =
        json_get(json_get(json_get(responses, status), "content"), "application/json");
    if (json_get(content, "example") != NULL)
        return json_get(content, "example");
    json_key_at(json_get(content, "examples"), 0, &member);
    return json_get(member, "value");
}

static void test_against_the_shapes(void **state)
{
    struct json_doc *doc = read_json(SHAPES);

    (void)state;
    assert_non_null(doc);
    assert_int_equal(json_count(json_root(doc)), COUNT_OF(answers));
    compare_all(json_root(doc), find_shape);
    json_free(doc);
}

static void test_against_the_description(void **state)
{
    const char *shared = getenv("PARLEY_SHARED");
    char path[1024];

    (void)state;
    snprintf(path, sizeof(path), "%s/syncro-openapi.json", shared != NULL ? shared : SHARED);
    struct json_doc *doc = read_json(path);
    if (doc == NULL) {
        print_message("%s is not there: compared with shapes.json only\n", path);
        skip();
    }
    compare_all(json_root(doc), find_example);
    json_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_the_shapes),
        cmocka_unit_test(test_against_the_description),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
