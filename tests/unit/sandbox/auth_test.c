/* Tokens, rights, the limit, faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"

static const char *const no_right =
    "{\"error\":\"Not authorized. Please ask account admin to update your group permissions.\"}";

static void test_forms_of_the_token(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    c.token = TOKEN;
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    c.token = "bearer  " TOKEN " ";
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    c.token = NULL;
    assert_int_equal(client_call(&c, "GET", "/me?page=1&api_key=" TOKEN, NULL), 200);
    assert_int_equal(client_call(&c, "GET", "//me/?api_key=%54unit", NULL), 200);
    assert_string_equal(client_text(&c, "subdomain"), "demo");
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 401);
    c.token = "Bearer " TOKEN "x";
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 401);
    c.token = "Bearer ";
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 401);
    client_close(&c);
}

static void test_bad_token_bodies(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    c.token = "Bearer wrong";
    assert_int_equal(client_call(&c, "GET", "/tickets", NULL), 401);
    assert_string_equal(client_text(&c, "error"), "Not authorized");
    client_switch(&c, "bad-token-body", "html");
    assert_int_equal(client_call(&c, "GET", "/tickets", NULL), 401);
    assert_string_equal(c.r.content_type, "text/html; charset=utf-8");
    client_switch(&c, "bad-token-body", "empty");
    assert_int_equal(client_call(&c, "GET", "/tickets", NULL), 401);
    assert_int_equal(c.r.body.len, 0);
    client_close(&c);
}

static void test_token_taken_away(void **state)
{
    struct client c;
    struct err err;

    (void)state;
    client_open(&c, NULL);
    assert_int_equal(sandbox_set_token(c.sb, TOKEN, NULL, false, &err), 0);
    assert_int_equal(client_call(&c, "GET", "/tickets", NULL), 401);
    assert_int_equal(sandbox_set_token(c.sb, TOKEN, "Tickets - Create", true, &err), 0);
    assert_int_equal(client_call(&c, "GET", "/tickets", NULL), 401);
    assert_string_equal(c.r.body.ptr, no_right);
    assert_int_equal(sandbox_set_token(c.sb, TOKEN, "seven", true, &err), 0);
    assert_int_equal(client_call(&c, "GET", "/tickets", NULL), 200);
    assert_int_equal(sandbox_set_token(c.sb, TOKEN, "Tickets - Fly", true, &err), -1);
    assert_int_equal(sandbox_set_token(c.sb, "", NULL, true, &err), -1);
    client_close(&c);
}

/* Each call with only its right, and with all of the rights but its own. */
static const struct {
    const char *method, *path, *body, *right;
    int status;
} table[] = {
    {"GET", "/tickets", NULL, "Tickets - List/Search", 200},
    {"POST", "/tickets", "{\"customer_id\":29140031,\"subject\":\"x\"}", "Tickets - Create", 200},
    {"GET", "/tickets/80420011", NULL, "Tickets - View Details", 200},
    {"PUT", "/tickets/80420011", "{\"status\":\"New\"}", "Tickets - Edit", 200},
    {"GET", "/tickets/80420011/comments", NULL, "Tickets - View Details", 200},
    {"POST", "/tickets/80420011/comment", "{\"subject\":\"a\",\"body\":\"b\"}", "Tickets - Edit",
     200},
    {"POST", "/tickets/80420011/attach_file_url", "{\"files\":[{\"url\":\"http://f.example/a\"}]}",
     "Tickets - Edit", 200},
    {"DELETE", "/tickets/80420014", NULL, "Tickets - Delete", 200},
    {"GET", "/customers", NULL, "Customers - List/Search", 200},
    {"GET", "/customers/29140031", NULL, "Customers - View Detail", 200},
    {"GET", "/customers/29140031/phones", NULL, "Customers - View Detail", 200},
    {"GET", "/customers/autocomplete", NULL, "Customers - List/Search", 200},
    {"GET", "/customers/latest", NULL, "Customers - Edit", 200},
    {"POST", "/customers", "{\"business_name\":\"New\"}", "Customers - Create", 200},
    {"PUT", "/customers/29140031", "{\"city\":\"X\"}", "Customers - Edit", 200},
    {"GET", "/contacts", NULL, "Customers - View Detail", 200},
    {"GET", "/contacts/5160041", NULL, "Customers - View Detail", 200},
    {"POST", "/contacts", "{\"customer_id\":29140031,\"name\":\"N\"}", "Customers - Edit", 200},
    {"PUT", "/contacts/5160041", "{\"name\":\"M\"}", "Customers - Edit", 200},
    {"DELETE", "/contacts/5160042", NULL, "Customers - Edit", 200},
    {"DELETE", "/customers/29140034", NULL, "Customers - Delete", 200},
};

static const char *const all_rights[] = {
    "Tickets - List/Search",   "Tickets - View Details",  "Tickets - Create",
    "Tickets - Edit",          "Tickets - Delete",        "Ticket Comments - New",
    "Customers - List/Search", "Customers - View Detail", "Customers - Create",
    "Customers - Edit",        "Customers - Delete",
};

static void test_right_of_each_call(void **state)
{
    struct client c;
    struct err err;
    char others[512];

    (void)state;
    client_open(&c, NULL);
    client_switch(&c, "limit", "0");
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        others[0] = '\0';
        size_t len = 0;
        for (size_t j = 0; j < COUNT_OF(all_rights); j++)
            if (strcmp(all_rights[j], table[i].right) != 0)
                len += (size_t)snprintf(others + len, sizeof(others) - len, "%s, ", all_rights[j]);
        assert_int_equal(sandbox_set_token(c.sb, TOKEN, others, true, &err), 0);
        assert_int_equal(client_call(&c, table[i].method, table[i].path, table[i].body), 401);
        assert_string_equal(c.r.body.ptr, no_right);
        assert_int_equal(sandbox_set_token(c.sb, TOKEN, table[i].right, true, &err), 0);
        const int status = client_call(&c, table[i].method, table[i].path, table[i].body);
        if (status != table[i].status)
            fail_msg("%s %s: %d", table[i].method, table[i].path, status);
    }
    client_close(&c);
}

static void test_their_ticket(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, "Tickets - View 'Their Ticket' Details (assigned to them)");
    assert_int_equal(client_call(&c, "GET", "/tickets/80420014", NULL), 200); /* user 7001 */
    assert_int_equal(client_call(&c, "GET", "/tickets/80420011", NULL), 401);
    client_close(&c);
}

static void test_unstated_rights(void **state)
{
    static const char *const paths[] = {"/users", "/users/7001", "/settings", "/tickets/settings",
                                        "/customers/autocomplete"};
    struct client c;
    struct err err;

    (void)state;
    client_open(&c, NULL);
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        client_switch(&c, "seven-rights-me", "yes");
        assert_int_equal(client_call(&c, "GET", paths[i], NULL), 200);
        client_switch(&c, "seven-rights-me", "me-only");
        assert_int_equal(client_call(&c, "GET", paths[i], NULL), 401);
        assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
        client_switch(&c, "seven-rights-me", "no");
        assert_int_equal(client_call(&c, "GET", paths[i], NULL), 401);
        assert_int_equal(client_call(&c, "GET", "/me", NULL), 401);
        assert_string_equal(c.r.body.ptr, no_right);
    }
    assert_int_equal(sandbox_set_token(c.sb, TOKEN, "all", true, &err), 0);
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    client_close(&c);
}

static void test_limit(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    c.step_ms = 0;
    c.peer = "10.0.0.1";
    for (int i = 0; i < 180; i++)
        assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    assert_int_equal(sandbox_max_minute(c.sb), 180);
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 429);
    assert_string_equal(c.r.content_type, "text/plain");
    client_switch(&c, "limit-body", "json");
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 429);
    assert_non_null(client_text(&c, "error"));
    client_switch(&c, "limit-body", "empty");
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 429);
    assert_int_equal(c.r.body.len, 0);
    c.peer = "10.0.0.2"; /* another address has its own budget */
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    c.peer = "10.0.0.1";
    c.now_ms += 59999;
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 429);
    c.now_ms += 1;
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    assert_int_equal(sandbox_max_minute(c.sb), 184);
    assert_int_equal(sandbox_requests(c.sb), 186);
    c.now_ms -= 3600000; /* a clock that is set back opens no new minute */
    for (int i = 0; i < 179; i++)
        assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 429);
    client_close(&c);
}

static void test_unknown_subdomain(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    client_switch(&c, "unknown-subdomain", "redirect");
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 302);
    assert_int_equal(c.r.header_count, 1);
    assert_string_equal(c.r.headers[0].name, "location");
    client_switch(&c, "unknown-subdomain", "404");
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 404);
    client_switch(&c, "unknown-subdomain", "html");
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    assert_string_equal(c.r.content_type, "text/html; charset=utf-8");
    client_switch(&c, "unknown-subdomain", "401");
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 401);
    client_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms_of_the_token),
        cmocka_unit_test(test_bad_token_bodies),
        cmocka_unit_test(test_token_taken_away),
        cmocka_unit_test(test_right_of_each_call),
        cmocka_unit_test(test_their_ticket),
        cmocka_unit_test(test_unstated_rights),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_unknown_subdomain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
