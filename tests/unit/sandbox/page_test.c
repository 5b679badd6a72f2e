/* The pages of an account: signing in, making tokens, and what becomes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "visitor.h"

#define DAY_MS INT64_C(86400000)

/* Calls with a token made on the pages. */
static int call_with(struct client *c, const char *text, const char *method, const char *path,
                     const char *body)
{
    static char bearer[80];

    snprintf(bearer, sizeof(bearer), "Bearer %s", text);
    c->token = bearer;
    return client_call(c, method, path, body);
}

static int tickets_with(struct client *c, const char *text)
{
    return call_with(c, text, "GET", "/tickets", NULL);
}

static int act(struct visitor *v, int64_t id, const char *what)
{
    char path[64];

    snprintf(path, sizeof(path), "/api_tokens/%ld/%s", id, what);
    return visitor_post(v, path, "");
}

static int open_world(void **state)
{
    static struct client c;
    static struct visitor v;

    client_open(&c, NULL);
    client_switch(&c, "limit", "0");
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

static void test_token_is_made_and_shown_once(void **state)
{
    struct visitor *v = *state;
    char text[64], path[64];
    int64_t id;

    visitor_sign_in(v, "parley");
    visitor_make(v, "name=+Parley+&expiration=" VISITOR_SEVEN, text, &id);
    assert_int_equal(strlen(text), 50);
    assert_int_equal(text[0], 'T');
    assert_int_equal(strspn(text + 1, "0123456789abcdef"), 16);
    assert_int_equal(text[17], '-');
    assert_true(visitor_sees(v, "API Token for Parley<"));
    snprintf(path, sizeof(path), "/api_tokens/%ld/created", id);
    assert_int_equal(visitor_get(v, path), 410);
    assert_false(visitor_sees(v, text));
    assert_int_equal(visitor_get(v, "/api_tokens"), 200);
    assert_false(visitor_sees(v, text));
    assert_true(visitor_sees(v, "7 rights"));
    assert_true(visitor_sees(v, "Last used</dt><dd>never"));
    assert_int_equal(tickets_with(v->c, text), 200);
    assert_int_equal(call_with(v->c, text, "GET", "/me", NULL), 200);
    assert_string_equal(client_text(v->c, "user_email"), "parley@demo.example");
    assert_int_equal(visitor_get(v, "/api_tokens"), 200);
    assert_true(visitor_sees(v, "Last used</dt><dd><time datetime=\"2026-11-24T06:00:01.000Z\">"));
}

static void test_rights_are_capped(void **state)
{
    struct visitor *v = *state;
    char text[64];
    int64_t id;

    visitor_sign_in(v, "tomasz");
    assert_true(visitor_sees(v, "value=\"Tickets - Edit\" disabled"));
    assert_true(visitor_sees(v, "value=\"Tickets - List/Search\">"));
    visitor_make(v, "name=By+hand" VISITOR_SEVEN "&right=Global+Admin&right=Nonsense", text, &id);
    assert_int_equal(tickets_with(v->c, text), 200);
    assert_int_equal(call_with(v->c, text, "PUT", "/tickets/80420011", "{\"status\":\"New\"}"),
                     401);
    assert_int_equal(call_with(v->c, text, "GET", "/customers/29140031", NULL), 401);
    visitor_get(v, "/api_tokens");
    assert_true(visitor_sees(v, "4 rights"));
    assert_false(visitor_sees(v, "Tickets - Edit"));
    /* Nothing that the account has, by either tab. */
    assert_int_equal(visitor_post(v, "/api_tokens/new/custom", "name=Void&right=Tickets+-+Edit"),
                     422);
    assert_true(visitor_sees(v, "at least one right"));
    assert_int_equal(visitor_post(v, "/api_tokens/new/custom", "name=Void"), 422);
    assert_int_equal(visitor_post(v, "/api_tokens/new", "name=App&app=billing"), 303);
    visitor_get(v, "/api_tokens");
    assert_true(visitor_sees(v, "1 right<"));
    assert_false(visitor_sees(v, "Void"));
}

static void test_expiration(void **state)
{
    struct visitor *v = *state;
    struct err err;
    char text[64], today[64];
    int64_t id;

    visitor_sign_in(v, "admin");
    visitor_make(v, "name=A&expiration=2026-11-25" VISITOR_SEVEN, text, &id);
    visitor_make(v, "name=B&expiration=2026-11-24" VISITOR_SEVEN, today, &id);
    assert_int_equal(tickets_with(v->c, text), 200);
    assert_int_equal(tickets_with(v->c, today), 200);
    v->c->step_ms = 0;
    v->c->now_ms = NOW - NOW % DAY_MS + 2 * DAY_MS - 1; /* the last moment of the 25th */
    assert_int_equal(tickets_with(v->c, text), 200);
    assert_int_equal(tickets_with(v->c, today), 401);
    v->c->now_ms++;
    assert_int_equal(tickets_with(v->c, text), 401);
    assert_string_equal(client_text(v->c, "error"), "Not authorized");
    visitor_get(v, "/users/sign_in");
    visitor_sign_in(v, "admin");
    visitor_get(v, "/api_tokens");
    assert_true(visitor_sees(v, ">Expired<"));
    /* Syncro's own clock is what counts. */
    const struct sandbox_fault back = {.kind = SANDBOX_CLOCK_SKEW, .ms = -DAY_MS, .times = 3};
    assert_int_equal(sandbox_add_fault(v->c->sb, &back, &err), 0);
    visitor_get(v, "/api_tokens");
    assert_true(visitor_sees(v, ">Expired<")); /* the other; and a page uses no fault up */
    assert_true(visitor_sees(v, ">Active<"));
    assert_int_equal(tickets_with(v->c, text), 200);
    assert_int_equal(tickets_with(v->c, text), 200);
    assert_int_equal(tickets_with(v->c, text), 200);
    assert_int_equal(tickets_with(v->c, text), 401);
}

static void test_dates_and_names_that_are_refused(void **state)
{
    static const struct {
        const char *fields, *said;
    } table[] = {
        {"name=A&expiration=2026-11-23", "Expiration 2026-11-23 is past"},
        {"name=A&expiration=tomorrow", "must be a date like"},
        {"name=A&expiration=2026-02-30", "a date that there is"},
        {"name=A&expiration=2027-13-01", "a date that there is"},
        {"name=A&expiration=2027-01-01T00%3A00%3A00Z", "must be a date like"},
        {"name=", "Give the token a name"},
        {"name=+%C2%A0", "Choose"}, /* a name after all; then no right */
        {"name=++", "Give the token a name"},
        {"name=a%0Ab", "one line"},
        {"expiration=", "Give the token a name"},
    };
    struct visitor *v = *state;
    char fields[512], text[64];
    int64_t id;

    visitor_sign_in(v, "admin");
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        assert_int_equal(visitor_post(v, "/api_tokens/new/custom", table[i].fields), 422);
        if (!visitor_sees(v, table[i].said))
            fail_msg("%s: %s", table[i].fields, v->r.body.ptr);
    }
    snprintf(fields, sizeof(fields), "name=%0101d&right=Tickets+-+Edit", 7);
    assert_int_equal(visitor_post(v, "/api_tokens/new/custom", fields), 422);
    assert_true(visitor_sees(v, "has 101 characters; it can have 100"));
    snprintf(fields, sizeof(fields), "name=%0100d&right=Tickets+-+Edit", 7);
    visitor_make(v, fields, text, &id);
    visitor_make(v, "name=%3Cb%3E%22%26%27&right=Tickets+-+Edit", text, &id);
    assert_true(visitor_sees(v, "API Token for &lt;b&gt;&quot;&amp;&#39;<"));
    visitor_get(v, "/api_tokens");
    assert_false(visitor_sees(v, "<b>"));
}

static void test_disable_enable_delete(void **state)
{
    struct visitor *v = *state;
    struct visitor other;
    char text[64];
    int64_t id;

    visitor_sign_in(v, "parley");
    visitor_make(v, "name=Parley" VISITOR_SEVEN, text, &id);
    assert_int_equal(tickets_with(v->c, text), 200);
    /* Another account has no say in it. */
    visitor_open(&other, v->c, v->site);
    visitor_sign_in(&other, "admin");
    assert_int_equal(act(&other, id, "disable"), 404);
    assert_int_equal(act(&other, id, "delete"), 404);
    assert_int_equal(tickets_with(v->c, text), 200);
    visitor_get(&other, "/api_tokens");
    assert_true(visitor_sees(&other, "Given without a page"));
    assert_false(visitor_sees(&other, ">Parley <"));
    visitor_close(&other);
    visitor_get(v, "/api_tokens");
    assert_false(visitor_sees(v, "Given without a page"));

    assert_int_equal(act(v, id, "disable"), 303);
    assert_int_equal(tickets_with(v->c, text), 401);
    client_switch(v->c, "bad-token-body", "html");
    assert_int_equal(tickets_with(v->c, text), 401);
    assert_string_equal(v->c->r.content_type, "text/html; charset=utf-8");
    client_switch(v->c, "bad-token-body", "json");
    visitor_get(v, "/api_tokens");
    assert_true(visitor_sees(v, "The token is disabled"));
    assert_true(visitor_sees(v, ">Disabled<"));
    visitor_get(v, "/api_tokens");
    assert_false(visitor_sees(v, "The token is disabled"));
    assert_int_equal(act(v, id, "enable"), 303);
    assert_int_equal(tickets_with(v->c, text), 200);
    assert_int_equal(act(v, id, "delete"), 303);
    assert_int_equal(tickets_with(v->c, text), 401);
    assert_int_equal(act(v, id, "enable"), 404);
}

static void test_given_tokens(void **state)
{
    struct visitor *v = *state;
    struct err err;

    visitor_sign_in(v, "admin");
    assert_int_equal(tickets_with(v->c, TOKEN), 200);
    assert_int_equal(act(v, 1, "disable"), 303);
    assert_int_equal(tickets_with(v->c, TOKEN), 401);
    assert_int_equal(sandbox_set_token(v->c->sb, TOKEN, NULL, true, &err), 0);
    assert_int_equal(tickets_with(v->c, TOKEN), 200);
    assert_int_equal(act(v, 1, "delete"), 303);
    assert_int_equal(tickets_with(v->c, TOKEN), 401);
    assert_int_equal(sandbox_set_token(v->c->sb, TOKEN, NULL, true, &err), 0);
    assert_int_equal(tickets_with(v->c, TOKEN), 200);
}

static void test_there_can_be_only_so_many(void **state)
{
    struct visitor *v = *state;
    struct err err;
    char text[64];
    int64_t id;

    visitor_sign_in(v, "admin");
    for (int i = 0; i < 49; i++) /* and the given one */
        visitor_make(v, "name=One&right=Tickets+-+List%2FSearch", text, &id);
    assert_int_equal(visitor_post(v, "/api_tokens/new/custom", "name=More&right=Tickets+-+Edit"),
                     422);
    assert_true(visitor_sees(v, "There are 50 tokens already"));
    assert_true(visitor_sees(v, "value=\"More\""));
    assert_true(visitor_sees(v, "value=\"Tickets - Edit\" checked"));
    assert_int_equal(sandbox_set_token(v->c->sb, "Tother", NULL, true, &err), -1);
    assert_int_equal(tickets_with(v->c, text), 200);
    assert_int_equal(visitor_get(v, "/api_tokens"), 200);
    assert_int_equal(act(v, id, "delete"), 303);
    visitor_make(v, "name=More&right=Tickets+-+List%2FSearch", text, &id);
    assert_int_equal(tickets_with(v->c, text), 200);
}

/* --- the journal --- */

struct lines {
    char *text[64];
    size_t count;
};

static void note(const char *line, size_t len, void *arg)
{
    struct lines *l = arg;

    assert_true(l->count < COUNT_OF(l->text));
    l->text[l->count++] = strndup(line, len);
}

static void test_tokens_outlive_a_restart(void **state)
{
    struct lines lines = {.count = 0};
    struct sandbox_settings settings = {
        .token = TOKEN, .now_ms = NOW, .journal = note, .journal_arg = &lines};
    struct client c = {.now_ms = NOW, .step_ms = 1000};
    struct visitor v;
    struct err err;
    char kept[64], off[64], gone[64];
    int64_t id;

    (void)state;
    c.sb = sandbox_new(&settings, &err);
    visitor_open(&v, &c, visitor_site(&c));
    visitor_sign_in(&v, "admin");
    visitor_make(&v, "name=Kept&expiration=2026-12-01" VISITOR_SEVEN, kept, &id);
    visitor_make(&v, "name=Off" VISITOR_SEVEN, off, &id);
    act(&v, id, "disable");
    visitor_make(&v, "name=Gone" VISITOR_SEVEN, gone, &id);
    act(&v, id, "delete");
    const size_t before = lines.count;
    for (int i = 0; i < 10; i++)
        assert_int_equal(tickets_with(&c, kept), 200);
    assert_int_equal(lines.count, before + 1); /* uses are kept by the minute */
    c.now_ms += 60000;
    assert_int_equal(tickets_with(&c, kept), 200);
    assert_int_equal(lines.count, before + 2);
    visitor_close(&v);
    site_free(v.site);
    sandbox_free(c.sb);

    settings.journal = NULL;
    c.sb = sandbox_new(&settings, &err);
    for (size_t i = 0; i < lines.count; i++) {
        assert_null(strstr(lines.text[i], kept));
        assert_null(strstr(lines.text[i], kept + 18));
        assert_int_equal(sandbox_load_line(c.sb, lines.text[i], strlen(lines.text[i]), &err), 0);
        free(lines.text[i]);
    }
    assert_int_equal(tickets_with(&c, TOKEN), 200);
    assert_int_equal(tickets_with(&c, kept), 200);
    assert_int_equal(call_with(&c, kept, "GET", "/contacts", NULL), 200);
    assert_int_equal(call_with(&c, kept, "GET", "/customers/latest", NULL), 401);
    assert_int_equal(tickets_with(&c, off), 401);
    assert_int_equal(tickets_with(&c, gone), 401);
    c.now_ms += 8 * DAY_MS;
    assert_int_equal(tickets_with(&c, kept), 401);
    static const char broken[] = "{\"kind\":\"api_token\",\"id\":9,\"name\":\"x\"}";
    assert_int_equal(sandbox_load_line(c.sb, broken, sizeof(broken) - 1, &err), -1);
    client_close(&c);
}

static void test_webhook_is_set_up(void **state)
{
    struct visitor *v = *state;
    struct sandbox_hook hook;

    visitor_sign_in(v, "tomasz");
    assert_int_equal(visitor_get(v, "/notification_center"), 403);
    assert_int_equal(visitor_post(v, "/notification_center", "url=http://127.0.0.1:9/"), 403);
    visitor_post(v, "/users/sign_out", "");
    visitor_sign_in(v, "admin");
    assert_int_equal(visitor_get(v, "/notification_center"), 200);
    assert_int_equal(visitor_post(v, "/notification_center", "url=http://127.0.0.1:9/"), 422);
    assert_int_equal(
        visitor_post(v, "/notification_center", "url=http://a.example/&webhook=Ticket+-+created"),
        422);
    assert_true(visitor_sees(v, "http to 127.0.0.1"));
    assert_int_equal(visitor_post(v, "/notification_center",
                                  "url=http://127.0.0.1:9/%22x&webhook=Ticket+-+created"),
                     303);
    assert_int_equal(visitor_get(v, "/notification_center"), 200);
    assert_true(visitor_sees(v, "value=\"http://127.0.0.1:9/&quot;x\""));
    assert_true(visitor_sees(v, "value=\"Ticket - created\" checked"));
    assert_false(visitor_sees(v, "was resolved\" checked"));
    v->c->token = "Bearer " TOKEN;
    client_call(v->c, "POST", "/tickets", "{\"customer_id\":29140031,\"subject\":\"s\"}");
    assert_true(sandbox_hook_take(v->c->sb, &hook));
    sandbox_hook_release(&hook);
    assert_int_equal(visitor_post(v, "/notification_center", "url=+"), 303);
    client_call(v->c, "POST", "/tickets", "{\"customer_id\":29140031,\"subject\":\"s\"}");
    assert_false(sandbox_hook_take(v->c->sb, &hook));
}

int main(void)
{
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)
    const struct CMUnitTest tests[] = {
        IN_WORLD(test_token_is_made_and_shown_once),
        IN_WORLD(test_rights_are_capped),
        IN_WORLD(test_expiration),
        IN_WORLD(test_dates_and_names_that_are_refused),
        IN_WORLD(test_disable_enable_delete),
        IN_WORLD(test_given_tokens),
        IN_WORLD(test_there_can_be_only_so_many),
        IN_WORLD(test_webhook_is_set_up),
        cmocka_unit_test(test_tokens_outlive_a_restart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
