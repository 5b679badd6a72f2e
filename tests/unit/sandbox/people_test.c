/* Customers, contacts, users, the search. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"

static void test_customer_filters(void **state)
{
    static const struct {
        const char *query;
        size_t count;
    } table[] = {
        {"", COMPANIES},
        {"business_name=unsorted", 1},
        {"business_name=bak", 1},
        {"email=desk@harbourdental.example", 1},
        {"email=DESK%40harbourdental.example", 1},
        {"email=harbourdental.example", 0},
        {"query=ines.moreau@northwind.example", 1}, /* by a contact's address */
        {"query=5550301", 1},
        {"lastname=delga", 1},
        {"id[]=29140031&id[]=29140033", 2},
        {"id%5B%5D=29140031", 1},
        {"not_id[]=29140031", COMPANIES - 1},
        {"per_page=3", 3},
        {"query=nobody", 0},
    };
    struct client c;
    char path[256];

    (void)state;
    client_open(&c, NULL);
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        snprintf(path, sizeof(path), "/customers?%s", table[i].query);
        assert_int_equal(client_call(&c, "GET", path, NULL), 200);
        if (client_count(&c, "customers") != table[i].count)
            fail_msg("%s: %zu", table[i].query, client_count(&c, "customers"));
    }
    client_call(&c, "GET", "/customers?sort=firstname%20DESC", NULL);
    assert_string_equal(client_text(&c, "customers.0.firstname"), "Zoë");
    assert_int_equal(client_int(&c, "meta.total_entries"), COMPANIES);
    assert_int_equal(client_int(&c, "meta.per_page"), 100);
    assert_int_equal(client_count(&c, "customers.0.contacts"), 1);
    client_switch(&c, "embedded-contacts", "empty");
    client_call(&c, "GET", "/customers/29140031", NULL);
    assert_int_equal(client_count(&c, "customer.contacts"), 0);
    assert_string_equal(client_text(&c, "customer.fullname"), "Hugo Moreau");
    assert_string_equal(client_text(&c, "customer.business_and_full_name"),
                        "Northwind Bakery - Hugo Moreau");
    client_close(&c);
}

static void test_customer_writes(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, "all");
    assert_int_equal(client_call(&c, "POST", "/customers",
                                 "{\"firstname\":\"Ada\",\"lastname\":\"Kern\",\"email\":"
                                 "\"ada@kern.example\",\"phone\":\"555-0999\"}"),
                     200);
    assert_string_equal(client_text(&c, "customer.phone"), "5550999");
    assert_string_equal(client_text(&c, "customer.business_then_name"), "Ada Kern");
    assert_int_equal(client_call(&c, "GET", "/customers/latest", NULL), 200);
    assert_string_equal(client_text(&c, "customer.firstname"), "Ada");
    assert_int_equal(client_call(&c, "POST", "/customers", "{\"email\":\"none\"}"), 422);
    assert_string_equal(c.r.body.ptr,
                        "{\"success\":false,\"message\":[\"Email is not an email\",\"Email Only "
                        "able to parse up to \\\"none\\\"\"],\"params\":{\"email\":\"none\"}}");
    assert_int_equal(client_call(&c, "PUT", "/customers/29140038", "{\"email\":\"none\"}"), 422);
    assert_null(client_at(&c, "params"));
    assert_int_equal(client_call(&c, "PUT", "/customers/29140038", "{\"disabled\":true}"), 200);
    client_call(&c, "GET", "/customers", NULL);
    assert_int_equal(client_count(&c, "customers"), COMPANIES);
    client_call(&c, "GET", "/customers?include_disabled=true", NULL);
    assert_int_equal(client_count(&c, "customers"), COMPANIES + 1);
    assert_int_equal(client_call(&c, "GET", "/customers/29140038/phones", NULL), 200);
    assert_string_equal(client_text(&c, "phones.0.number"), "5550999");
    assert_int_equal(client_call(&c, "DELETE", "/customers/29140038", NULL), 200);
    assert_int_equal(client_call(&c, "GET", "/customers/29140038", NULL), 404);
    assert_int_equal(c.r.body.len, 0);
    client_close(&c);
}

static void test_contacts(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, "all");
    client_call(&c, "GET", "/contacts?customer_id=29140033&email=nobody@x.example", NULL);
    assert_int_equal(client_count(&c, "contacts"), 3); /* email is no filter */
    assert_int_equal(client_int(&c, "meta.per_page"), 50);
    assert_int_equal(client_call(&c, "POST", "/contacts",
                                 "{\"customer_id\":\"29140031\",\"name\":\"Finn\",\"title\":"
                                 "\"Apprentice\",\"properties\":{\"a\":1}}"),
                     200);
    const int64_t id = client_int(&c, "id"); /* no wrapper */
    assert_string_equal(client_text(&c, "properties.title"), "Apprentice");
    assert_int_equal(client_int(&c, "properties.a"), 1);
    char path[64];
    snprintf(path, sizeof(path), "/contacts/%lld", (long long)id);
    assert_int_equal(client_call(&c, "PUT", path, "{\"name\":\"Finn B\"}"), 200);
    assert_string_equal(client_text(&c, "properties.title"), "Apprentice");
    assert_int_equal(client_call(&c, "PUT", path, "{\"customer_id\":null}"), 422);
    assert_string_equal(client_text(&c, "errors"), "Customer can't be blank");
    assert_int_equal(client_call(&c, "PUT", path, "{\"email\":\"xxx\"}"), 422);
    assert_string_equal(client_text(&c, "errors"), "Email is not an email");
    assert_string_equal(client_text(&c, "record.name"), "Finn B");
    assert_int_equal(client_call(&c, "GET", path, NULL), 200); /* nothing of it was stored */
    assert_int_equal(json_kind(client_at(&c, "email")), JSON_KIND_NULL);
    assert_int_equal(client_int(&c, "customer_id"), 29140031);
    assert_int_equal(client_call(&c, "POST", "/contacts", "{\"customer_id\":1,\"name\":\"x\"}"),
                     404);
    assert_int_equal(client_call(&c, "DELETE", path, NULL), 200);
    assert_int_equal(client_call(&c, "GET", path, NULL), 404);
    client_close(&c);
}

static void test_account(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    client_call(&c, "GET", "/users", NULL);
    assert_int_equal(client_int(&c, "users.1.0"), 7002);
    assert_string_equal(client_text(&c, "users.1.1"), "Tomasz Wilk");
    client_call(&c, "GET", "/settings", NULL);
    assert_string_equal(client_text(&c, "ticket.priorities.1"), "0 Urgent");
    client_call(&c, "GET", "/tickets/settings", NULL);
    assert_string_equal(client_text(&c, "ticket_status_list.7"), "Customer Reply");
    client_call(&c, "GET", "/search?query=moreau", NULL);
    assert_int_equal(client_count(&c, "results"), 2);
    assert_string_equal(client_text(&c, "results.0.table._type"), "customer");
    assert_string_equal(client_text(&c, "results.1.table._source.table.email"),
                        "ines.moreau@northwind.example");
    client_call(&c, "GET", "/customers/autocomplete?query=cob", NULL);
    assert_int_equal(client_count(&c, "customers"), 1);
    assert_null(client_at(&c, "meta"));
    client_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_customer_filters),
        cmocka_unit_test(test_customer_writes),
        cmocka_unit_test(test_contacts),
        cmocka_unit_test(test_account),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
