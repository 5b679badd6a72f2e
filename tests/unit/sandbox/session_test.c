/* Who may send what to the pages: sessions, CSRF, forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sandbox/form.h"
#include "visitor.h"

static int open_world(void **state)
{
    static struct client c;
    static struct visitor v;

    client_open(&c, NULL);
    visitor_open(&v, &c, visitor_site(&c));
    *state = &v;
    return 0;
}

static int close_world(void **state)
{
    struct visitor *v = *state;

    visitor_close(v);
    site_free(v->site);
    client_close(v->c);
    return 0;
}

static void test_signing_in(void **state)
{
    struct visitor *v = *state;
    char before[128];

    assert_int_equal(visitor_get(v, "/api_tokens"), 303);
    assert_string_equal(v->r.location, "/users/sign_in");
    assert_non_null(strstr(v->r.set_cookie, "; HttpOnly; SameSite=Lax"));
    assert_int_equal(visitor_get(v, "/users/sign_in"), 200);
    assert_string_equal(v->r.set_cookie, "");
    assert_true(visitor_sees(v, "demo-parley")); /* the demo's hint */
    assert_int_equal(visitor_post(v, "/users/sign_in", "email=admin%40demo.example&password=x"),
                     422);
    assert_true(visitor_sees(v, "Email or password is wrong"));
    assert_int_equal(visitor_post(v, "/users/sign_in", ""), 422);
    assert_int_equal(visitor_get(v, "/profile"), 303);
    snprintf(before, sizeof(before), "%s", v->cookie);
    assert_int_equal(
        visitor_post(v, "/users/sign_in", "email=+Admin%40Demo.example+&password=demo-admin"), 303);
    assert_string_equal(v->r.location, "/profile"); /* asked for last */
    assert_string_not_equal(v->cookie, before);
    assert_int_equal(visitor_get(v, "/profile"), 200);
    assert_true(visitor_sees(v, "<summary>admin@demo.example</summary>"));
    assert_int_equal(visitor_get(v, "/users/sign_in"), 303);
    snprintf(v->cookie, sizeof(v->cookie), "%s", before);
    assert_int_equal(visitor_get(v, "/profile"), 303);
}

static void test_signing_out_and_idling(void **state)
{
    struct visitor *v = *state;
    char mine[128];

    visitor_sign_in(v, "admin");
    snprintf(mine, sizeof(mine), "%s", v->cookie);
    v->c->now_ms += INT64_C(12) * 3600 * 1000;
    assert_int_equal(visitor_get(v, "/profile"), 200);
    assert_int_equal(visitor_post(v, "/users/sign_out", ""), 303);
    assert_non_null(strstr(v->r.set_cookie, "Max-Age=0"));
    snprintf(v->cookie, sizeof(v->cookie), "%s", mine);
    assert_int_equal(visitor_get(v, "/profile"), 303);
    visitor_sign_in(v, "admin");
    v->c->now_ms += INT64_C(12) * 3600 * 1000 + 1;
    assert_int_equal(visitor_get(v, "/profile"), 303);
}

static void test_forms_of_others(void **state)
{
    static const char fields[] = "name=A&right=Tickets+-+Edit";
    struct visitor *v = *state;
    struct visitor other;

    visitor_sign_in(v, "admin");
    visitor_open(&other, v->c, v->site);
    visitor_sign_in(&other, "parley");
    memcpy(v->csrf, other.csrf, sizeof(v->csrf)); /* well-formed, and somebody else's */
    assert_int_equal(visitor_post(v, "/api_tokens/new/custom", fields), 403);
    v->csrf[0] = '\0';
    assert_int_equal(visitor_post(v, "/api_tokens/new/custom", fields), 403);
    v->csrf[0] = '\0'; /* the page that refuses has a form of its own */
    assert_int_equal(visitor_post(v, "/api_tokens/1/delete", ""), 403);
    assert_int_equal(client_call(v->c, "GET", "/tickets", NULL), 200);
    visitor_get(v, "/api_tokens");
    assert_false(visitor_sees(v, "<h2>A "));
    visitor_close(&other);
    visitor_open(&other, v->c, v->site);
    assert_int_equal(visitor_post(&other, "/users/sign_in", "email=a&password=b"), 403);
    assert_int_equal(visitor_post(&other, "/api_tokens/new/custom", fields), 303);
    assert_string_equal(other.r.location, "/users/sign_in");
    visitor_close(&other);
}

static void test_addresses(void **state)
{
    static const struct {
        const char *method, *path, *type;
        size_t len;
        int status;
    } table[] = {
        {"GET", "/users", NULL, 0, 404},
        {"GET", "/api_tokens/", NULL, 0, 404},
        {"GET", "/api_tokens/1", NULL, 0, 404},
        {"GET", "/api_tokens/99999999999999999999/delete", NULL, 0, 404},
        {"GET", "/api_tokens/12/delete", NULL, 0, 404},
        {"GET", "/api_tokens/1/disable", NULL, 0, 405},
        {"DELETE", "/api_tokens", NULL, 0, 405},
        {"POST", "/api_tokens/new/custom", NULL, 0, 415},
        {"POST", "/api_tokens/new/custom", "application/json", 0, 415},
        {"POST", "/api_tokens/new/custom", "application/x-www-form-urlencodedx", 0, 415},
        {"POST", "/api_tokens/new/custom", "application/x-www-form-urlencoded;charset=x", 0, 403},
        {"POST", "/api_tokens/new/custom", "application/x-www-form-urlencoded", 16384, 403},
        {"POST", "/api_tokens/new/custom", "application/x-www-form-urlencoded", 16385, 413},
    };
    static char body[16385];
    struct visitor *v = *state;

    memset(body, 'a', sizeof(body));
    visitor_sign_in(v, "admin");
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const struct site_request q = {.method = table[i].method,
                                       .path = table[i].path,
                                       .cookie = v->cookie,
                                       .content_type = table[i].type,
                                       .body = body,
                                       .len = table[i].len,
                                       .now_ms = v->c->now_ms};
        site_response_free(&v->r);
        site_handle(v->site, &q, &v->r);
        if (v->r.status != table[i].status)
            fail_msg("%s %s: %d", q.method, q.path, v->r.status);
        assert_true(site_owns(table[i].path));
    }
    assert_false(site_owns("/api_tokensx"));
    assert_false(site_owns("/"));
}

static void test_strangers_do_not_end_sessions(void **state)
{
    struct visitor *v = *state;
    struct visitor stranger;

    visitor_sign_in(v, "admin");
    for (int i = 0; i < 200; i++) {
        visitor_open(&stranger, v->c, v->site);
        v->c->now_ms++;
        assert_int_equal(visitor_get(&stranger, "/users/sign_in"), 200);
        visitor_close(&stranger);
    }
    assert_int_equal(visitor_get(v, "/profile"), 200);
}

static void test_form_parsing(void **state)
{
    static const struct {
        const char *body;
        size_t count;
    } good[] = {{"", 0},     {"&&", 0},          {"a", 1},       {"a=b&c=d", 2}, {"=", 1},
                {"a==b", 1}, {"a=%e2%82%AC", 1}, {"a=1&a=2", 2}, {"a+b=%26&", 1}};
    static const char *const bad[] = {"a=%", "a=%4", "a=%zz", "%0g=1", "a=%00", "a=%ff", "a=\xc3"};
    char many[2 * FORM_FIELDS_MAX + 4] = "";
    struct form f;
    struct err err;

    (void)state;
    struct arena *arena = arena_new(65536);
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        assert_int_equal(form_parse(&f, arena, good[i].body, strlen(good[i].body), &err), 0);
        assert_int_equal(f.count, good[i].count);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (form_parse(&f, arena, bad[i], strlen(bad[i]), &err) != -1)
            fail_msg("%s", bad[i]);
    assert_int_equal(form_parse(&f, arena, "a=b%3d+c&x=%E2%82%AC&a=2&y", 26, &err), 0);
    assert_string_equal(form_get(&f, "a"), "b= c");
    assert_string_equal(form_get(&f, "x"), "\u20ac");
    assert_string_equal(form_get(&f, "y"), "");
    assert_string_equal(form_get(&f, "z"), "");
    assert_true(form_has(&f, "a", "2"));
    assert_false(form_has(&f, "a", "3"));
    for (int i = 0; i < FORM_FIELDS_MAX; i++)
        memcpy(many + 2 * i, "a&", 2);
    assert_int_equal(form_parse(&f, arena, many, 2 * FORM_FIELDS_MAX, &err), 0);
    many[2 * FORM_FIELDS_MAX] = 'a';
    assert_int_equal(form_parse(&f, arena, many, 2 * FORM_FIELDS_MAX + 1, &err), -1);
    arena_free(arena);
}

int main(void)
{
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)
    const struct CMUnitTest tests[] = {
        IN_WORLD(test_signing_in),
        IN_WORLD(test_signing_out_and_idling),
        IN_WORLD(test_forms_of_others),
        IN_WORLD(test_addresses),
        IN_WORLD(test_strangers_do_not_end_sessions),
        cmocka_unit_test(test_form_parsing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
