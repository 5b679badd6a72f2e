/* Faults, switches, the journal, and that the same calls give the same answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"

#define NEW_TICKET                                                                                 \
    "{\"customer_id\":29140031,\"subject\":\"s\",\"problem_type\":\"Made up\","                    \
    "\"contact_id\":77,\"comments_attributes\":[{\"subject\":\"i\",\"body\":\"b\"}]}"
#define NEW_COMMENT "{\"subject\":\"s\",\"body\":\"b\"}"

static void add(struct client *c, const struct sandbox_fault *fault)
{
    struct err err = {{0}};

    if (sandbox_add_fault(c->sb, fault, &err) != 0)
        fail_msg("%s", err.text);
}

static void test_resets_and_delays(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    add(&c,
        &(struct sandbox_fault){
            .kind = SANDBOX_RESET_BEFORE, .method = "POST", .path_prefix = "/tickets", .times = 1});
    client_call(&c, "GET", "/tickets", NULL);
    assert_false(c.r.reset_before);
    client_call(&c, "POST", "/tickets", NEW_TICKET);
    assert_true(c.r.reset_before);
    assert_int_equal(sandbox_tickets(c.sb), TICKETS);
    client_call(&c, "POST", "/tickets", NEW_TICKET); /* once only */
    assert_false(c.r.reset_before);
    assert_int_equal(sandbox_tickets(c.sb), TICKETS + 1);

    sandbox_clear_faults(c.sb);
    add(&c, &(struct sandbox_fault){
                .kind = SANDBOX_RESET_AFTER, .path_prefix = "/api/v1/tickets", .every = 2});
    client_call(&c, "POST", "/tickets", NEW_TICKET);
    assert_false(c.r.reset_after);
    client_call(&c, "POST", "/tickets", NEW_TICKET);
    assert_true(c.r.reset_after);
    assert_int_equal(sandbox_tickets(c.sb), TICKETS + 3);

    sandbox_clear_faults(c.sb);
    add(&c, &(struct sandbox_fault){.kind = SANDBOX_DELAY, .ms = 700, .effect = true});
    client_call(&c, "POST", "/tickets", NEW_TICKET);
    assert_int_equal(c.r.delay_ms, 700);
    assert_int_equal(c.r.status, 200);
    assert_int_equal(sandbox_tickets(c.sb), TICKETS + 4);
    client_close(&c);
}

/* A request whose effect comes late: handed in again, it is neither counted nor held again. */
static void test_held(void **state)
{
    struct client c;
    struct sandbox_request q = {.method = "POST",
                                .path = "/api/v1/tickets",
                                .authorization = TOKEN,
                                .content_type = "application/json",
                                .body = NEW_TICKET,
                                .len = sizeof(NEW_TICKET) - 1,
                                .now_ms = NOW};

    (void)state;
    client_open(&c, NULL);
    add(&c, &(struct sandbox_fault){.kind = SANDBOX_DELAY, .ms = 700});
    sandbox_handle(c.sb, &q, &c.r);
    assert_int_equal(c.r.hold_ms, 700);
    assert_int_equal(sandbox_tickets(c.sb), TICKETS);
    sandbox_response_free(&c.r);
    q.held = true;
    q.now_ms += 700;
    sandbox_handle(c.sb, &q, &c.r);
    assert_int_equal(c.r.hold_ms, 0);
    assert_int_equal(c.r.status, 200);
    assert_int_equal(sandbox_tickets(c.sb), TICKETS + 1);
    assert_int_equal(sandbox_requests(c.sb), 1);
    client_close(&c);
}

static void test_wrong_answers(void **state)
{
    struct client c;
    enum sandbox_fault_kind kind;
    struct err err;

    (void)state;
    client_open(&c, NULL);
    add(&c, &(struct sandbox_fault){.kind = SANDBOX_STATUS, .times = 1});
    assert_int_equal(client_call(&c, "POST", "/tickets", NEW_TICKET), 503);
    assert_int_equal(sandbox_tickets(c.sb), TICKETS);
    add(&c,
        &(struct sandbox_fault){.kind = SANDBOX_STATUS, .status = 502, .effect = true, .times = 1});
    assert_int_equal(client_call(&c, "POST", "/tickets", NEW_TICKET), 502);
    assert_int_equal(c.r.body.len, 0);
    assert_int_equal(sandbox_tickets(c.sb), TICKETS + 1);
    add(&c, &(struct sandbox_fault){.kind = SANDBOX_HTML, .times = 1});
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    assert_non_null(strstr(c.r.body.ptr, "<html>"));
    add(&c, &(struct sandbox_fault){.kind = SANDBOX_CONTENT_TYPE, .times = 1});
    assert_int_equal(client_call(&c, "GET", "/me", NULL), 200);
    assert_string_equal(c.r.content_type, "text/html; charset=utf-8");
    assert_int_equal(client_int(&c, "user_id"), 7001);
    add(&c, &(struct sandbox_fault){.kind = SANDBOX_CLOCK_SKEW, .ms = -3600000, .times = 1});
    c.now_ms = NOW;
    client_call(&c, "POST", "/tickets", NEW_TICKET);
    assert_string_equal(client_text(&c, "ticket.created_at"), "2026-11-24T05:00:00.000Z");
    assert_int_equal(sandbox_fault_kind("reset_after", &kind), 0);
    assert_int_equal(kind, SANDBOX_RESET_AFTER);
    assert_int_equal(sandbox_fault_kind("fire", &kind), -1);
    assert_int_equal(sandbox_add_fault(c.sb, &(struct sandbox_fault){.kind = SANDBOX_DELAY}, &err),
                     -1);
    assert_int_equal(sandbox_add_fault(
                         c.sb, &(struct sandbox_fault){.kind = SANDBOX_STATUS, .status = 99}, &err),
                     -1);
    client_close(&c);
}

static void test_switch_table(void **state)
{
    size_t count;
    const struct sandbox_switch *table = sandbox_switches(&count);
    struct client c;
    struct err err;

    (void)state;
    client_open(&c, NULL);
    assert_true(count >= 20);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(sandbox_get_switch(c.sb, table[i].name), table[i].otherwise);
        client_switch(&c, table[i].name, table[i].otherwise);
        assert_true(table[i].meaning[0] != '\0');
        assert_int_equal(sandbox_set_switch(c.sb, table[i].name, "", &err), -1);
        assert_int_equal(sandbox_set_switch(c.sb, table[i].name, "nonsense", &err), -1);
        assert_int_equal(sandbox_set_switch(c.sb, table[i].name, table[i].allowed, &err), -1);
    }
    assert_int_equal(sandbox_set_switch(c.sb, "nonsense", "1", &err), -1);
    assert_null(sandbox_get_switch(c.sb, "nonsense"));
    client_close(&c);
}

static void test_switches_of_making(void **state)
{
    char longer[512], subject[300];
    struct client c;

    (void)state;
    client_open(&c, NULL);
    assert_int_equal(client_call(&c, "POST", "/tickets", NEW_TICKET), 200);
    client_switch(&c, "unknown-problem-type", "422");
    assert_int_equal(client_call(&c, "POST", "/tickets", NEW_TICKET), 422);
    client_switch(&c, "unknown-problem-type", "store");
    client_switch(&c, "unknown-contact", "422");
    assert_int_equal(client_call(&c, "POST", "/tickets", NEW_TICKET), 422);
    client_switch(&c, "unknown-contact", "null");
    assert_int_equal(client_call(&c, "POST", "/tickets", NEW_TICKET), 200);
    client_call(&c, "GET", "/tickets", NULL);
    assert_int_equal(json_kind(client_at(&c, "tickets.0.contact_id")), JSON_KIND_NULL);
    assert_int_equal(client_int(&c, "tickets.1.contact_id"), 77);

    memset(subject, 'x', 256);
    subject[256] = '\0';
    snprintf(longer, sizeof(longer), "{\"customer_id\":29140031,\"subject\":\"%s\"}", subject);
    assert_int_equal(client_call(&c, "POST", "/tickets", longer), 200);
    client_switch(&c, "subject-max", "255");
    assert_int_equal(client_call(&c, "POST", "/tickets", longer), 422);

    assert_int_equal(client_call(&c, "POST", "/tickets", "{\"customer_id\":5,\"subject\":\"x\"}"),
                     422);
    client_switch(&c, "unknown-customer", "404");
    assert_int_equal(client_call(&c, "POST", "/tickets", "{\"customer_id\":5,\"subject\":\"x\"}"),
                     404);
    client_switch(&c, "unknown-customer", "store");
    assert_int_equal(client_call(&c, "POST", "/tickets", "{\"customer_id\":5,\"subject\":\"x\"}"),
                     200);
    assert_int_equal(json_kind(client_at(&c, "ticket.customer")), JSON_KIND_NULL);
    client_close(&c);
}

static void test_switches_of_comments(void **state)
{
    struct client c;
    struct err err;

    (void)state;
    client_open(&c, NULL);
    client_switch(&c, "api-comment-author", "null");
    client_call(&c, "POST", "/tickets/80420014/comment", NEW_COMMENT);
    assert_int_equal(json_kind(client_at(&c, "comment.user_id")), JSON_KIND_NULL);
    client_switch(&c, "api-comment-author", "owner");
    client_call(&c, "POST", "/tickets", NEW_TICKET);
    assert_int_equal(client_int(&c, "ticket.comments.0.user_id"), 7001);
    assert_string_equal(client_text(&c, "ticket.comments.0.tech"), "Mara Lindqvist");

    client_switch(&c, "list-comments", "all");
    client_switch(&c, "embedded-comments-order", "oldest");
    client_call(&c, "GET", "/tickets?number=1004", NULL);
    assert_int_equal(client_count(&c, "tickets.0.comments"), 2);
    assert_string_equal(client_text(&c, "tickets.0.comments.0.subject"), "Initial Issue");
    client_switch(&c, "list-comments", "none");
    client_call(&c, "GET", "/tickets?number=1004", NULL);
    assert_int_equal(client_count(&c, "tickets.0.comments"), 0);

    client_switch(&c, "comment-touches-ticket", "no");
    client_call(&c, "POST", "/tickets/80420011/comment", NEW_COMMENT);
    client_call(&c, "GET", "/tickets?number=1001&since_updated_at=2026-11-24", NULL);
    assert_int_equal(client_count(&c, "tickets"), 0);

    assert_int_equal(client_call(&c, "GET", "/ticket_comments", NULL), 404);
    client_switch(&c, "ticket-comments", "on");
    assert_int_equal(client_call(&c, "GET", "/ticket_comments?ticket_id=80420013", NULL), 200);
    assert_int_equal(client_count(&c, "comments"), 3);
    assert_string_equal(client_text(&c, "comments.2.subject"), "Initial Issue");

    assert_int_equal(sandbox_set_token(c.sb, TOKEN, "Tickets - Edit", true, &err), 0);
    client_switch(&c, "comment-right", "both");
    assert_int_equal(client_call(&c, "POST", "/tickets/80420011/comment", NEW_COMMENT), 401);
    assert_int_equal(client_call(&c, "POST", "/tickets/80420011/comment",
                                 "{\"subject\":\"s\",\"body\":\"b\",\"hidden\":true}"),
                     200);
    client_close(&c);
}

static void test_switches_of_lists(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    client_call(&c, "GET", "/tickets", NULL);
    assert_int_equal(client_int(&c, "tickets.0.number"), NEXT_NUMBER - 1);
    client_switch(&c, "tickets-order", "oldest");
    client_call(&c, "GET", "/tickets", NULL);
    assert_int_equal(client_int(&c, "tickets.0.number"), 1001);
    client_call(&c, "PUT", "/tickets/80420012", "{\"status\":\"New\"}");
    client_switch(&c, "tickets-order", "updated");
    client_call(&c, "GET", "/tickets", NULL);
    assert_int_equal(client_int(&c, "tickets.0.number"), 1002);
    client_switch(&c, "query-searches", "all");
    client_call(&c, "GET", "/tickets?query=ribbon", NULL);
    assert_int_equal(client_count(&c, "tickets"), 1);
    client_switch(&c, "since-bound", "from");
    client_call(&c, "GET", "/tickets?number=1004&since_updated_at=2026-11-24T01:00:00Z", NULL);
    assert_int_equal(client_count(&c, "tickets"), 1);
    client_switch(&c, "date-form", "offset");
    client_call(&c, "GET", "/tickets?number=1004", NULL);
    assert_string_equal(client_text(&c, "tickets.0.created_at"), "2026-11-23T17:00:00.000-08:00");
    client_close(&c);
}

/* --- the journal --- */

struct lines {
    struct buf text; /* lines with newlines */
};

static void keep(const char *line, size_t len, void *arg)
{
    struct lines *l = arg;

    assert_null(memchr(line, '\n', len));
    buf_append(&l->text, line, len);
    buf_char(&l->text, '\n');
}

static void play(struct client *c)
{
    client_call(c, "POST", "/tickets", NEW_TICKET);
    client_call(c, "POST", "/tickets/80420012/comment", NEW_COMMENT);
    client_call(c, "PUT", "/tickets/80420014",
                "{\"status\":\"Resolved\",\"properties\":{\"a\":\"\\n\"}}");
    client_call(c, "DELETE", "/tickets/80420013", NULL);
    client_call(c, "POST", "/contacts", "{\"customer_id\":29140031,\"name\":\"Finn\"}");
    client_call(c, "PUT", "/customers/29140032", "{\"city\":\"Grüße\"}");
    client_call(c, "DELETE", "/contacts/5160042", NULL);
}

static void test_journal_brings_it_back(void **state)
{
    struct client c, again;
    struct lines lines;
    struct err err = {{0}};

    (void)state;
    client_open(&c, "all");
    sandbox_free(c.sb);
    buf_init(&lines.text, 1 << 20);
    c.sb = sandbox_new(&(struct sandbox_settings){.token = TOKEN,
                                                  .rights = "all",
                                                  .demo = true,
                                                  .now_ms = NOW,
                                                  .journal = keep,
                                                  .journal_arg = &lines},
                       &err);
    play(&c);
    client_open(&again, "all");
    sandbox_free(again.sb);
    again.sb = sandbox_new(&(struct sandbox_settings){.token = TOKEN, .rights = "all"}, &err);
    for (char *line = lines.text.ptr; *line != '\0';) {
        const size_t len = strcspn(line, "\n");
        if (sandbox_load_line(again.sb, line, len, &err) != 0)
            fail_msg("%s", err.text);
        line += len + 1;
    }
    static const char *const paths[] = {"/tickets", "/customers", "/contacts", "/tickets/80420012",
                                        "/tickets/80420012/comments"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        client_call(&c, "GET", paths[i], NULL);
        client_call(&again, "GET", paths[i], NULL);
        assert_string_equal(c.r.body.ptr, again.r.body.ptr);
    }
    again.now_ms = c.now_ms;
    client_call(&c, "POST", "/tickets", NEW_TICKET); /* ids and numbers go on where they were */
    client_call(&again, "POST", "/tickets", NEW_TICKET);
    assert_string_equal(c.r.body.ptr, again.r.body.ptr);
    assert_int_equal(sandbox_load_line(again.sb, "{\"kind\":\"x\",\"id\":1}", 19, &err), -1);
    assert_int_equal(sandbox_load_line(again.sb, "{\"kind\"", 7, &err), -1);
    assert_int_equal(sandbox_load_line(again.sb, "{\"kind\":\"ticket\"}", 17, &err), -1);
    buf_free(&lines.text);
    client_close(&c);
    client_close(&again);
}

static void test_technician_and_state(void **state)
{
    struct client c;
    struct err err;
    struct buf text;
    struct json_doc *doc;

    (void)state;
    client_open(&c, NULL);
    const uint64_t version = sandbox_version(c.sb);
    assert_int_equal(
        sandbox_technician_comment(c.sb, 80420014, 7002, NULL, "On my way", false, NOW, &err), 0);
    assert_int_equal(sandbox_technician_comment(c.sb, 80420014, 1, NULL, "x", false, NOW, &err),
                     -1);
    assert_int_equal(sandbox_technician_comment(c.sb, 80420014, 7002, NULL, " ", false, NOW, &err),
                     -1);
    assert_int_equal(sandbox_technician_comment(c.sb, 1, 7002, NULL, "x", false, NOW, &err), -1);
    assert_int_equal(
        sandbox_technician_change(c.sb, 80420014, "In Progress", "0 Urgent", NOW, &err), 0);
    assert_true(sandbox_version(c.sb) > version);
    client_call(&c, "GET", "/tickets?since_updated_at=2026-11-24T05:59:00Z", NULL);
    assert_int_equal(client_count(&c, "tickets"), 1);
    assert_string_equal(client_text(&c, "tickets.0.status"), "In Progress");
    buf_init(&text, 1 << 20);
    sandbox_write_state(c.sb, &text);
    doc = json_parse(text.ptr, text.len, &err);
    const struct json *ticket = json_at(json_get(json_root(doc), "tickets"), TICKETS - 4);
    assert_string_equal(json_get_text(ticket, "priority"), "0 Urgent");
    assert_string_equal(json_get_text(json_at(json_get(ticket, "comments"), 1), "body"),
                        "On my way");
    json_free(doc);
    buf_clear(&text);
    sandbox_write_stats(c.sb, &text);
    doc = json_parse(text.ptr, text.len, &err);
    int64_t count = 0;
    assert_int_equal(json_get_int(json_get(json_root(doc), "paths"), "GET /tickets", &count), 0);
    assert_int_equal(count, 1);
    json_free(doc);
    buf_free(&text);
    client_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resets_and_delays),    cmocka_unit_test(test_held),
        cmocka_unit_test(test_wrong_answers),        cmocka_unit_test(test_switch_table),
        cmocka_unit_test(test_switches_of_making),   cmocka_unit_test(test_switches_of_comments),
        cmocka_unit_test(test_switches_of_lists),    cmocka_unit_test(test_journal_brings_it_back),
        cmocka_unit_test(test_technician_and_state),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
