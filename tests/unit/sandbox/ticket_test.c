/* Tickets and their comments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"

#define NEW_TICKET                                                                                 \
    "{\"customer_id\":\"29140031\",\"contact_id\":5160041,\"subject\":\"No sound\","               \
    "\"priority\":\"1 High\",\"problem_type\":\"Hardware\",\"asset_id\":3,\"line_items\":[],"      \
    "\"properties\":{\"Room\":\"2\"},\"tag_list\":[\"chat\"],\"comments_attributes\":[{"           \
    "\"subject\":\"Initial Issue\",\"body\":\"It is silent.\\nPLY-7K3F9Q2M\",\"hidden\":false,"    \
    "\"do_not_email\":true}]}"

static void test_create_and_read(void **state)
{
    struct client c;
    struct sandbox_ticket t;
    struct sandbox_comment m;
    char path[64];

    (void)state;
    client_open(&c, NULL);
    assert_int_equal(client_call(&c, "POST", "/tickets", NEW_TICKET), 200);
    assert_string_equal(c.r.content_type, "application/json; charset=utf-8");
    const int64_t id = client_int(&c, "ticket.id");
    assert_int_equal(client_int(&c, "ticket.number"), NEXT_NUMBER);
    assert_string_equal(client_text(&c, "ticket.status"), "New");
    assert_string_equal(client_text(&c, "ticket.customer_business_then_name"), "Northwind Bakery");
    assert_string_equal(client_text(&c, "ticket.created_at"), "2026-11-24T06:00:00.000Z");
    assert_string_equal(client_text(&c, "ticket.properties.Room"), "2");
    assert_string_equal(client_text(&c, "ticket.tag_list.0"), "chat");
    assert_string_equal(client_text(&c, "ticket.contact.name"), "Ines Moreau");
    assert_null(client_at(&c, "ticket.contact_id"));
    assert_int_equal(client_count(&c, "ticket.comments"), 1);
    assert_int_equal(json_kind(client_at(&c, "ticket.comments.0.user_id")), JSON_KIND_NULL);
    assert_int_equal(json_kind(client_at(&c, "ticket.comments.0.tech")), JSON_KIND_NULL);
    assert_null(client_at(&c, "ticket.comments.0.do_not_email"));

    snprintf(path, sizeof(path), "/tickets/%lld", (long long)id);
    assert_int_equal(client_call(&c, "GET", path, NULL), 200);
    assert_string_equal(client_text(&c, "ticket.comments.0.body"), "It is silent.\nPLY-7K3F9Q2M");
    assert_int_equal(client_call(&c, "GET", "/tickets/1016", NULL), 404); /* a number is no id */
    assert_string_equal(client_text(&c, "message"), "Not found");

    assert_int_equal(sandbox_tickets(c.sb), TICKETS + 1);
    assert_int_equal(sandbox_ticket_at(c.sb, TICKETS, &t), 0);
    assert_int_equal(t.number, NEXT_NUMBER);
    assert_int_equal(t.contact_id, 5160041);
    assert_int_equal(sandbox_comment_at(c.sb, TICKETS, 0, &m), 0);
    assert_true(m.no_email);
    assert_false(m.hidden);
    assert_int_equal(sandbox_comment_at(c.sb, TICKETS, 1, &m), -1);
    assert_int_equal(sandbox_ticket_at(c.sb, TICKETS + 1, &t), -1);
    client_close(&c);
}

static void expect(struct client *c, const char *method, const char *path, const char *body,
                   int status, const char *answer)
{
    assert_int_equal(client_call(c, method, path, body), status);
    if (answer != NULL)
        assert_string_equal(c->r.body.ptr, answer);
}

static void test_refusals(void **state)
{
    static const char blank[] = "{\"success\":false,\"message\":[\"Subject can't be blank\"]}";
    struct client c;

    (void)state;
    client_open(&c, NULL);
    expect(&c, "POST", "/tickets", "{\"subject\":\"x\"}", 422,
           "{\"error\":\"Customer required field\"}");
    expect(&c, "POST", "/tickets", NULL, 422, "{\"error\":\"Customer required field\"}");
    expect(&c, "POST", "/tickets", "[]", 422, "{\"error\":\"Customer required field\"}");
    expect(&c, "POST", "/tickets", "{\"customer_id\":29140031,\"subject\":\" \"}", 422, blank);
    expect(&c, "POST", "/tickets", "{\"customer_id\":29140031}", 422, blank);
    expect(&c, "PUT", "/tickets/80420011", "{\"subject\":\"\"}", 422, blank);
    expect(&c, "PUT", "/tickets/5", "{\"status\":\"New\"}", 404, "{\"message\":\"Not found\"}");
    expect(&c, "POST", "/tickets/80420011/comment", "{}", 422,
           "{\"success\":false,\"message\":[\"Body can't be blank\",\"Subject can't be blank\"]}");
    expect(&c, "POST", "/tickets/80420011/comment", "{\"body\":\"x\"}", 422, blank);
    expect(&c, "POST", "/tickets/80420011/attach_file_url", "{\"files\":\"x\"}", 422,
           "{\"error\":\"Missing files param - or not an array like "
           "[{'url':'http://foo','filename': 'test'}]\"}");
    expect(&c, "POST", "/tickets", "{\"subject\":", 400, NULL);
    c.type = "application/x-www-form-urlencoded";
    expect(&c, "POST", "/tickets", "subject=x&customer_id=29140031", 400, NULL);
    assert_string_equal(c.r.content_type, "text/html; charset=utf-8");
    expect(&c, "GET", "/nothing", NULL, 404, NULL);
    assert_int_equal(sandbox_tickets(c.sb), TICKETS);
    client_close(&c);
}

static void test_change_is_sparse(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    expect(&c, "PUT", "/tickets/80420014", "{\"status\":\"Resolved\"}", 200, NULL);
    assert_string_equal(client_text(&c, "ticket.subject"), "Dispatch screen freezes every hour");
    assert_string_equal(client_text(&c, "ticket.resolved_at"), "2026-11-24T06:00:00.000Z");
    assert_string_equal(client_text(&c, "ticket.updated_at"), "2026-11-24T06:00:00.000Z");
    expect(&c, "PUT", "/tickets/80420014", "{\"status\":\"Not A Real Status\"}", 200, NULL);
    assert_string_equal(client_text(&c, "ticket.status"), "Not A Real Status");
    assert_int_equal(json_kind(client_at(&c, "ticket.resolved_at")), JSON_KIND_NULL);
    expect(&c, "PUT", "/tickets/80420014", "{\"user_id\":null,\"priority\":null}", 200, NULL);
    assert_int_equal(json_kind(client_at(&c, "ticket.user")), JSON_KIND_NULL);
    assert_int_equal(json_kind(client_at(&c, "ticket.priority")), JSON_KIND_NULL);
    client_close(&c);
}

static void test_filters(void **state)
{
    static const struct {
        const char *query;
        size_t count;
    } table[] = {
        {"", TICKETS},
        {"customer_id=29140033", 3},
        {"customer_id=x", 0},
        {"contact_id=5160042", 1},
        {"user_id=7002", 6},
        {"mine=true", 3},
        {"number=1003", 1},
        {"number=100", 0},
        {"status=New", 3},
        {"status=new", 0},
        {"status=Not%20Closed", 11},
        {"status=Not+Closed&customer_id=29140033", 2},
        {"query=LABEL", 1},
        {"query=label&status=New", 1}, /* with a query the status does not count */
        {"query=1002", 1},
        {"query=freight", 3},
        {"query=ribbon", 0},
        {"created_after=2026-11-23T12:00:00Z", 5},
        {"created_after=2026-11-22T23:00:00-05:00", 6},
        {"since_updated_at=2026-11-24T01:00:00.000Z", 2}, /* that very moment is out */
        {"since_updated_at=2026-11-24T00:59:59.999Z", 3},
        {"resolved_after=2026-01-01", 4},
        {"created_after=nonsense", TICKETS},
        {"per_page=3", 3},
        {"per_page=3&page=2", 3},
        {"page=9", 0},
        {"page=0", TICKETS},
        {"page=-3&per_page=0", TICKETS},
    };
    struct client c;
    char path[256];

    (void)state;
    client_open(&c, NULL);
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        snprintf(path, sizeof(path), "/tickets?%s", table[i].query);
        assert_int_equal(client_call(&c, "GET", path, NULL), 200);
        if (client_count(&c, "tickets") != table[i].count)
            fail_msg("%s: %zu", table[i].query, client_count(&c, "tickets"));
    }
    client_close(&c);
}

static void test_pages(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    client_switch(&c, "limit", "0");
    for (int i = 0; i < 120; i++)
        assert_int_equal(client_call(&c, "POST", "/tickets", NEW_TICKET), 200);
    client_call(&c, "GET", "/tickets", NULL);
    assert_int_equal(client_count(&c, "tickets"), 25);
    assert_int_equal(client_int(&c, "meta.total_pages"), 6);
    assert_int_equal(client_int(&c, "meta.page"), 1);
    assert_null(client_at(&c, "meta.per_page"));
    client_call(&c, "GET", "/tickets?per_page=500", NULL);
    assert_int_equal(client_count(&c, "tickets"), 100);
    client_call(&c, "GET", "/tickets?page=6", NULL);
    assert_int_equal(client_count(&c, "tickets"), 10);
    client_switch(&c, "tickets-page", "50");
    client_switch(&c, "tickets-per-page", "ignored");
    client_call(&c, "GET", "/tickets?per_page=100", NULL);
    assert_int_equal(client_count(&c, "tickets"), 50);
    client_close(&c);
}

static void test_comments(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    expect(&c, "POST", "/tickets/80420013/comment",
           "{\"subject\":\"PLY-7K3F9Q2M #4-9\",\"body\":\"Grüße\",\"hidden\":true,"
           "\"tech\":\"Ines Moreau\",\"do_not_email\":true,\"user_id\":3}",
           200, NULL);
    assert_string_equal(client_text(&c, "comment.tech"), "Ines Moreau");
    assert_int_equal(client_int(&c, "comment.user_id"),
                     7001); /* the token's owner, not the body's */
    assert_int_equal(client_int(&c, "comment.ticket_id"), 80420013);
    const int64_t id = client_int(&c, "comment.id");
    expect(&c, "GET", "/tickets/80420013/comments", NULL, 200, NULL);
    assert_int_equal(client_count(&c, "comments"), 4);
    assert_int_equal(client_int(&c, "comments.0.id"), id); /* the newest first */
    assert_string_equal(client_text(&c, "comments.3.subject"), "Initial Issue");
    assert_string_equal(client_text(&c, "comments.0.user.full_name"), "Mara Lindqvist");
    assert_int_equal(client_int(&c, "meta.per_page"), 10);
    expect(&c, "GET", "/tickets/80420013/comments?sort_direction=ASC&per_page=2&page=2", NULL, 200,
           NULL);
    assert_int_equal(client_count(&c, "comments"), 2);
    assert_int_equal(client_int(&c, "comments.1.id"), id);
    expect(&c, "GET", "/tickets/80420013/comments?created_after=2026-11-24T05:59:59Z", NULL, 200,
           NULL);
    assert_int_equal(client_count(&c, "comments"), 1);
    expect(&c, "GET", "/tickets?since_updated_at=2026-11-24T05:59:59Z", NULL, 200, NULL);
    assert_int_equal(client_count(&c, "tickets"), 1); /* the comment touched its ticket */
    assert_int_equal(client_count(&c, "tickets.0.comments"), 1);
    assert_string_equal(client_text(&c, "tickets.0.comments.0.subject"), "Initial Issue");
    expect(&c, "GET", "/tickets/80420013", NULL, 200, NULL);
    assert_int_equal(client_int(&c, "ticket.comments.0.id"), id);
    client_close(&c);
}

/* The label printer's: at 03:00, a hidden one at 03:20, an answer at 03:40; of the day before. */
static void test_comment_filters(void **state)
{
    static const struct {
        const char *query;
        size_t count;
        const char *first; /* subject */
    } table[] = {
        {"", 3, "Update"},
        {"sort_direction=asc", 3, "Initial Issue"},
        {"sort_by=updated_at", 3, "Initial Issue"}, /* it was edited last */
        {"sort_by=updated_at&sort_direction=ASC", 3, "Private note"},
        {"created_after=2026-11-23T03:20:00Z", 1, "Update"},
        {"created_after=2026-11-23T03:19:59.999Z", 2, "Update"},
        {"created_after=2026-11-22T19:19:59.999-08:00", 2, "Update"},
        {"created_before=2026-11-23T03:20:00Z", 1, "Initial Issue"},
        {"created_after=2026-11-23", 3, "Update"},
        {"updated_after=2026-11-23T12:00:00Z", 1, "Initial Issue"},
        {"updated_before=2026-11-23T12:00:00Z", 2, "Update"},
        {"per_page=1&page=2", 1, "Private note"},
        {"per_page=1&page=4", 0, NULL},
    };
    struct client c;
    struct err err;
    struct sandbox_comment first;
    char path[256];

    (void)state;
    client_open(&c, NULL);
    assert_int_equal(sandbox_comment_at(c.sb, 2, 0, &first), 0);
    assert_int_equal(sandbox_comment_edit(c.sb, first.id, NULL, "Edited", NOW, &err), 0);
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        snprintf(path, sizeof(path), "/tickets/80420013/comments?%s", table[i].query);
        assert_int_equal(client_call(&c, "GET", path, NULL), 200);
        if (client_count(&c, "comments") != table[i].count)
            fail_msg("%s: %zu", table[i].query, client_count(&c, "comments"));
        if (table[i].first != NULL)
            assert_string_equal(client_text(&c, "comments.0.subject"), table[i].first);
    }
    client_switch(&c, "since-bound", "from");
    client_call(&c, "GET", "/tickets/80420013/comments?created_after=2026-11-23T03:20:00Z", NULL);
    assert_int_equal(client_count(&c, "comments"), 2);
    client_close(&c);
}

static void test_late_changes(void **state)
{
    static const char since[] = "/tickets?since_updated_at=2026-11-24T05:59:00Z";
    struct client c;

    (void)state;
    client_open(&c, NULL);
    client_switch(&c, "since-lag", "5000");
    client_call(&c, "PUT", "/tickets/80420011", "{\"status\":\"New\"}");
    client_call(&c, "GET", since, NULL);
    assert_int_equal(client_count(&c, "tickets"), 0);
    c.now_ms += 5000;
    client_call(&c, "GET", since, NULL);
    assert_int_equal(client_count(&c, "tickets"), 1);
    client_close(&c);
}

/* While one page is read a ticket changes, and what was read last is read again. */
static void test_pages_shift(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    client_switch(&c, "tickets-order", "updated");
    client_call(&c, "GET", "/tickets?per_page=5", NULL);
    const int64_t fifth = client_int(&c, "tickets.4.id");
    client_call(&c, "PUT", "/tickets/80420011", "{\"status\":\"New\"}");
    client_call(&c, "GET", "/tickets?per_page=5&page=2", NULL);
    assert_int_equal(client_int(&c, "tickets.0.id"), fifth);
    client_close(&c);
}

static void test_ticket_comments(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    assert_int_equal(client_call(&c, "GET", "/ticket_comments", NULL), 404);
    client_switch(&c, "ticket-comments", "on");
    client_call(&c, "GET", "/ticket_comments?contact_id=5160042", NULL);
    assert_int_equal(client_count(&c, "comments"), 3);
    assert_string_equal(client_text(&c, "comments.0.subject"), "Update");
    client_call(&c, "GET", "/ticket_comments?comment_created_after=2026-11-24T01:00:00Z", NULL);
    assert_int_equal(client_count(&c, "comments"), 3); /* two of Fernhill's, one of the bakery's */
    client_call(&c, "GET", "/ticket_comments?since_updated_at=2026-11-24T03:00:00Z", NULL);
    assert_int_equal(client_count(&c, "comments"), 1);
    client_call(&c, "GET", "/ticket_comments?per_page=1000", NULL);
    assert_int_equal(client_count(&c, "comments"), COMMENTS);
    client_close(&c);
}

static void test_delete_and_attach(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, "all");
    assert_int_equal(sandbox_comments(c.sb), COMMENTS);
    expect(&c, "POST", "/tickets/80420013/attach_file_url",
           "{\"files\":[{\"url\":\"https://a.example/1\",\"filename\":\"1\"}]}", 200,
           "{\"message\":\"Processing - refresh ticket in a moment to see if it worked.\"}");
    expect(&c, "DELETE", "/tickets/80420013", NULL, 200,
           "{\"message\":\"Ticket was successfully deleted. \"}");
    expect(&c, "DELETE", "/tickets/80420013", NULL, 404, "{\"message\":\"Not found\"}");
    assert_int_equal(sandbox_comments(c.sb), COMMENTS - 3);
    expect(&c, "POST", "/tickets", NEW_TICKET, 200, NULL);
    assert_int_equal(client_int(&c, "ticket.id"), NEXT_TICKET); /* ids are never used again */
    client_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create_and_read),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_change_is_sparse),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_comments),
        cmocka_unit_test(test_comment_filters),
        cmocka_unit_test(test_late_changes),
        cmocka_unit_test(test_pages_shift),
        cmocka_unit_test(test_ticket_comments),
        cmocka_unit_test(test_delete_and_attach),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
