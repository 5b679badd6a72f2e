/* What happens inside Syncro, by the commands of the control port; and what goes outwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"

#define TICKET    "80420013" /* the label printer: four comments with ours, one hidden */
#define OF_TICKET "/tickets/" TICKET

/* Do a command. The id of what was made, or 0; -1: refused. */
static int64_t command(struct client *c, const char *name, const char *body)
{
    struct err err = {""};
    struct buf answer;
    struct json_doc *doc = json_parse(body, strlen(body), &err);
    int64_t id = 0;

    assert_non_null(doc);
    buf_init(&answer, 4096);
    const int result = sandbox_command(c->sb, name, json_root(doc), c->now_ms, &answer, &err);
    json_free(doc);
    c->now_ms += c->step_ms;
    if (result < 0) {
        assert_true(err.text[0] != '\0');
        buf_free(&answer);
        return -1;
    }
    doc = json_parse(answer.ptr, answer.len, &err);
    if (json_get_int(json_root(doc), "id", &id) != 0)
        id = 0;
    json_free(doc);
    buf_free(&answer);
    return id;
}

static int64_t tell(struct client *c, const char *name, const char *fmt, ...) PRINTF_LIKE(3, 4);

static int64_t tell(struct client *c, const char *name, const char *fmt, ...)
{
    char body[512];
    va_list args;

    va_start(args, fmt);
    vsnprintf(body, sizeof(body), fmt, args);
    va_end(args);
    return command(c, name, body);
}

static bool is_true(const struct json *v)
{
    bool yes = false;

    assert_int_equal(json_bool(v, &yes), 0);
    return yes;
}

static const char *updated(struct client *c)
{
    assert_int_equal(client_call(c, "GET", OF_TICKET, NULL), 200);
    return client_text(c, "ticket.updated_at");
}

static void test_reply_and_edit(void **state)
{
    struct client c;
    char before[64];

    (void)state;
    client_open(&c, NULL);
    const int64_t id = tell(&c, "reply", "{\"ticket_id\":" TICKET ",\"body\":\"It blinks\"}");
    assert_true(id > 0);
    client_call(&c, "GET", OF_TICKET, NULL);
    assert_string_equal(client_text(&c, "ticket.status"), "Customer Reply");
    client_call(&c, "GET", OF_TICKET "/comments?per_page=100", NULL);
    assert_int_equal(client_int(&c, "comments.0.id"), id);
    assert_string_equal(client_text(&c, "comments.0.subject"), "Customer Reply");
    assert_int_equal(json_kind(client_at(&c, "comments.0.user_id")), JSON_KIND_NULL);
    assert_int_equal(json_kind(client_at(&c, "comments.0.tech")), JSON_KIND_NULL);
    client_call(&c, "GET", "/tickets?number=1003", NULL);
    assert_int_equal(json_kind(client_at(&c, "tickets.0.customer_reply")), JSON_KIND_BOOL);
    assert_true(is_true(client_at(&c, "tickets.0.customer_reply")));

    snprintf(before, sizeof(before), "%s", updated(&c));
    assert_int_equal(
        tell(&c, "comment_edit", "{\"comment_id\":%lld,\"body\":\"It glows\"}", (long long)id), 0);
    client_call(&c, "GET", OF_TICKET "/comments", NULL);
    assert_string_equal(client_text(&c, "comments.0.body"), "It glows");
    assert_string_not_equal(client_text(&c, "comments.0.updated_at"),
                            client_text(&c, "comments.0.created_at"));
    assert_string_not_equal(updated(&c), before);
    client_switch(&c, "edit-touches-ticket", "no");
    snprintf(before, sizeof(before), "%s", updated(&c));
    assert_int_equal(tell(&c, "comment_hide", "{\"comment_id\":%lld}", (long long)id), 0);
    assert_string_equal(updated(&c), before);
    client_call(&c, "GET", OF_TICKET "/comments", NULL);
    assert_true(is_true(client_at(&c, "comments.0.hidden")));
    assert_int_equal(
        tell(&c, "comment_hide", "{\"comment_id\":%lld,\"hidden\":false}", (long long)id), 0);
    client_call(&c, "GET", OF_TICKET "/comments", NULL);
    assert_false(is_true(client_at(&c, "comments.0.hidden")));
    assert_int_equal(tell(&c, "comment_delete", "{\"comment_id\":%lld}", (long long)id), 0);
    client_call(&c, "GET", OF_TICKET "/comments", NULL);
    assert_int_equal(client_count(&c, "comments"), 3);
    assert_int_equal(tell(&c, "comment_delete", "{\"comment_id\":%lld}", (long long)id), -1);
    assert_int_equal(tell(&c, "comment", "{\"ticket_id\":" TICKET ",\"body\":\"x\"}"), -1);
    client_switch(&c, "reply-tech", "name");
    tell(&c, "reply", "{\"ticket_id\":" TICKET ",\"body\":\"again\"}");
    client_call(&c, "GET", OF_TICKET "/comments", NULL);
    assert_string_equal(client_text(&c, "comments.0.tech"), "Jonas Feld");
    client_close(&c);
}

static void test_hidden_touch(void **state)
{
    struct client c;
    char before[64];

    (void)state;
    client_open(&c, NULL);
    client_switch(&c, "hidden-touches-ticket", "no");
    snprintf(before, sizeof(before), "%s", updated(&c));
    tell(&c, "comment",
         "{\"ticket_id\":" TICKET ",\"user_id\":7002,\"body\":\"x\",\"hidden\":true}");
    assert_string_equal(updated(&c), before);
    tell(&c, "comment", "{\"ticket_id\":" TICKET ",\"user_id\":7002,\"body\":\"x\"}");
    assert_string_not_equal(updated(&c), before);
    client_close(&c);
}

static void test_tickets(void **state)
{
    struct client c;
    char path[64];

    (void)state;
    client_open(&c, NULL);
    const int64_t id = tell(
        &c, "ticket_new",
        "{\"contact_id\":5160044,\"user_id\":7002,\"subject\":\"By phone\",\"body\":\"No sound\","
        "\"answer\":\"We look\",\"note\":\"HIDDEN-a\",\"priority\":\"1 High\"}");
    snprintf(path, sizeof(path), "/tickets/%lld", (long long)id);
    assert_int_equal(client_call(&c, "GET", path, NULL), 200);
    assert_string_equal(client_text(&c, "ticket.customer_business_then_name"), "Harbour Dental");
    assert_string_equal(client_text(&c, "ticket.comments.2.subject"), "Initial Issue");
    assert_int_equal(client_int(&c, "ticket.comments.2.user_id"), 7002);
    assert_string_equal(client_text(&c, "ticket.comments.0.body"), "We look");
    assert_int_equal(
        tell(&c, "change",
             "{\"ticket_id\":%lld,\"subject\":\"New words\",\"user_id\":7003,\"contact_id\":null,"
             "\"customer_id\":29140031,\"priority\":\"\",\"status\":\"Resolved\"}",
             (long long)id),
        0);
    client_call(&c, "GET", path, NULL);
    assert_string_equal(client_text(&c, "ticket.subject"), "New words");
    assert_string_equal(client_text(&c, "ticket.user.full_name"), "Aiko Brandt");
    assert_int_equal(json_kind(client_at(&c, "ticket.contact")), JSON_KIND_NULL);
    assert_int_equal(client_int(&c, "ticket.customer_id"), 29140031);
    assert_int_equal(json_kind(client_at(&c, "ticket.priority")), JSON_KIND_NULL);
    assert_string_equal(client_text(&c, "ticket.status"), "Resolved");
    assert_int_equal(tell(&c, "change", "{\"ticket_id\":%lld,\"user_id\":1}", (long long)id), -1);
    assert_int_equal(tell(&c, "ticket_delete", "{\"ticket_id\":%lld}", (long long)id), 0);
    assert_int_equal(client_call(&c, "GET", path, NULL), 404);
    assert_int_equal(tell(&c, "ticket_new",
                          "{\"contact_id\":5160044,\"by_email\":true,"
                          "\"subject\":\"By mail\",\"body\":\"Help\"}"),
                     id + 1);
    assert_int_equal(tell(&c, "ticket_new",
                          "{\"contact_id\":5160044,\"by_email\":true,\"user_id\":5,"
                          "\"subject\":\"s\",\"body\":\"b\"}"),
                     -1);
    assert_int_equal(tell(&c, "ticket_new",
                          "{\"contact_id\":5160044,\"subject\":\"s\","
                          "\"body\":\"nobody took the call\"}"),
                     -1);
    client_close(&c);
}

static void test_merge(void **state)
{
    static const char merge[] = "{\"from\":80420014,\"into\":" TICKET ",\"user_id\":7001}";
    struct client c;

    (void)state;
    client_open(&c, NULL);
    client_call(&c, "GET", "/tickets/80420014/comments", NULL);
    const int64_t moved = client_int(&c, "comments.0.id");
    assert_int_equal(command(&c, "ticket_merge", merge), 0);
    assert_int_equal(client_call(&c, "GET", "/tickets/80420014", NULL), 404);
    client_call(&c, "GET", OF_TICKET "/comments?sort_direction=ASC", NULL);
    assert_int_equal(client_count(&c, "comments"), 4);
    assert_int_equal(client_int(&c, "comments.3.id"), moved);
    assert_int_equal(client_int(&c, "comments.3.ticket_id"), 80420013);
    tell(&c, "ticket_merge", "{\"from\":80420012,\"into\":" TICKET ",\"user_id\":7001}");
    client_call(&c, "GET", OF_TICKET, NULL); /* an older ticket's comments go before its own */
    const size_t last = client_count(&c, "ticket.comments") - 1;
    for (size_t i = 0; i < last; i++) {
        char here[64], next[64];
        snprintf(here, sizeof(here), "ticket.comments.%zu.id", i);
        snprintf(next, sizeof(next), "ticket.comments.%zu.id", i + 1);
        assert_true(client_int(&c, here) > client_int(&c, next));
    }
    client_close(&c);

    client_open(&c, NULL);
    client_switch(&c, "merge", "resolve");
    client_switch(&c, "merge-comments", "copy");
    assert_int_equal(command(&c, "ticket_merge", merge), 0);
    client_call(&c, "GET", "/tickets/80420014", NULL);
    assert_string_equal(client_text(&c, "ticket.status"), "Resolved");
    assert_string_equal(client_text(&c, "ticket.comments.0.body"),
                        "This ticket was merged into #1003.");
    assert_int_equal(client_count(&c, "ticket.comments"), 2);
    client_call(&c, "GET", OF_TICKET, NULL);
    assert_int_equal(client_count(&c, "ticket.comments"), 4);
    assert_int_not_equal(client_int(&c, "ticket.comments.0.id"), moved);
    client_close(&c);
}

static void test_people(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    const int64_t company =
        tell(&c, "customer_new", "{\"business_name\":\"New\",\"email\":\"a@new.example\"}");
    const int64_t contact =
        tell(&c, "contact_new", "{\"customer_id\":%lld,\"name\":\"N\",\"email\":\"n@new.example\"}",
             (long long)company);
    assert_true(company > 0 && contact > 0);
    assert_int_equal(tell(&c, "contact_move", "{\"contact_id\":%lld,\"customer_id\":29140033}",
                          (long long)contact),
                     0);
    assert_int_equal(tell(&c, "contact_email",
                          "{\"contact_id\":%lld,\"email\":\"n@cobaltfreight.example\"}",
                          (long long)contact),
                     0);
    client_call(&c, "GET", "/customers?query=n@cobaltfreight.example", NULL);
    assert_int_equal(client_int(&c, "customers.0.id"), 29140033);
    assert_int_equal(
        tell(&c, "customer_merge", "{\"from\":29140033,\"into\":%lld}", (long long)company), 0);
    client_call(&c, "GET", "/customers/29140033", NULL);
    assert_int_equal(c.r.status, 404);
    client_call(&c, "GET", "/tickets/80420014", NULL);
    assert_int_equal(client_int(&c, "ticket.customer_id"), company);
    assert_string_equal(client_text(&c, "ticket.updated_at"), "2026-11-24T01:00:00.000Z");
    assert_int_equal(tell(&c, "customer_disable", "{\"customer_id\":%lld}", (long long)company), 0);
    client_call(&c, "GET", "/customers", NULL);
    const size_t listed = client_count(&c, "customers");
    client_call(&c, "GET", "/customers?include_disabled=true", NULL);
    assert_int_equal(client_count(&c, "customers"), listed + 1);
    assert_int_equal(tell(&c, "contact_delete", "{\"contact_id\":5160046}"), 0);
    client_call(&c, "GET", "/tickets?number=1004", NULL);
    assert_int_equal(json_kind(client_at(&c, "tickets.0.contact_id")), JSON_KIND_NULL);
    client_switch(&c, "contact-delete", "keep");
    tell(&c, "contact_delete", "{\"contact_id\":5160047}");
    client_call(&c, "GET", "/tickets?number=1008", NULL);
    assert_int_equal(client_int(&c, "tickets.0.contact_id"), 5160047);
    client_call(&c, "GET", "/tickets/80420014", NULL);
    assert_int_equal(json_kind(client_at(&c, "ticket.contact")), JSON_KIND_NULL);
    client_switch(&c, "customer-delete", "cascade");
    tell(&c, "customer_delete", "{\"customer_id\":%lld}", (long long)company);
    client_call(&c, "GET", "/tickets/80420014", NULL);
    assert_int_equal(c.r.status, 404);
    client_close(&c);
}

/* --- outwards --- */

static void on_work(void *arg)
{
    ++*(int *)arg;
}

static void take(struct client *c, const char *contains)
{
    struct sandbox_hook hook;

    assert_true(sandbox_hook_take(c->sb, &hook));
    assert_string_equal(hook.url, "http://127.0.0.1:9/hook");
    if (strstr(hook.body.ptr, contains) == NULL)
        fail_msg("%s lacks %s", hook.body.ptr, contains);
    sandbox_hook_release(&hook);
}

static void test_webhooks(void **state)
{
    struct client c;
    struct sandbox_hook hook;
    int work = 0;

    (void)state;
    client_open(&c, NULL);
    sandbox_on_work(c.sb, on_work, &work);
    assert_int_equal(tell(&c, "webhook", "{\"url\":\"http://a.example/\"}"), -1);
    assert_int_equal(tell(&c, "webhook", "{\"url\":\"http://127.0.0.1.a.example/\"}"), -1);
    assert_int_equal(tell(&c, "webhook", "{\"url\":\"http://127.0.0.1:9@a.example/\"}"), -1);
    assert_int_equal(tell(&c, "webhook",
                          "{\"url\":\"http://127.0.0.1:9/hook\","
                          "\"events\":\"Ticket - created, nothing\"}"),
                     -1);
    client_call(&c, "PUT", OF_TICKET, "{\"status\":\"Scheduled\"}");
    assert_false(sandbox_hook_take(c.sb, &hook));
    assert_int_equal(tell(&c, "webhook", "{\"url\":\"http://127.0.0.1:9/hook\"}"), 0);
    client_call(&c, "PUT", OF_TICKET, "{\"status\":\"Resolved\"}");
    client_call(&c, "POST", OF_TICKET "/comment",
                "{\"subject\":\"s\",\"body\":\"said by the API\",\"do_not_email\":true}");
    assert_int_equal(work, 3);
    take(&c, "Status was changed");
    take(&c, "\"link\":\"https://demo.syncromsp.com/tickets/" TICKET "\"");
    take(&c, "\"body\":\"said by the API\"");
    assert_false(sandbox_hook_take(c.sb, &hook));
    client_switch(&c, "webhook-order", "newest");
    client_switch(&c, "webhook-type", "form");
    tell(&c, "change", "{\"ticket_id\":" TICKET ",\"subject\":\"A & B\"}");
    tell(&c, "reply", "{\"ticket_id\":" TICKET ",\"body\":\"x\"}");
    take(&c, "customer%20replied");
    take(&c, "A%20%26%20B");
    tell(&c, "webhook",
         "{\"url\":\"http://127.0.0.1:9/hook\",\"events\":\"Ticket - was resolved\"}");
    tell(&c, "reply", "{\"ticket_id\":" TICKET ",\"body\":\"x\"}");
    assert_false(sandbox_hook_take(c.sb, &hook));
    tell(&c, "webhook", "{\"url\":\"http://127.0.0.1:9/hook\"}");
    for (int i = 0; i < 300; i++) /* nobody takes them: the newest 256 stay */
        tell(&c, "change", "{\"ticket_id\":" TICKET ",\"subject\":\"n%d-\"}", i);
    client_switch(&c, "webhook-order", "oldest");
    take(&c, "n44-");
    tell(&c, "webhook", "{\"url\":null}");
    tell(&c, "change", "{\"ticket_id\":" TICKET ",\"subject\":\"unheard\"}");
    assert_false(sandbox_hook_take(c.sb, &hook));
    client_close(&c);
}

static void test_emails(void **state)
{
    struct client c;

    (void)state;
    client_open(&c, NULL);
    client_call(&c, "POST", OF_TICKET "/comment",
                "{\"subject\":\"s\",\"body\":\"b\",\"do_not_email\":true}");
    client_call(&c, "POST", OF_TICKET "/comment",
                "{\"subject\":\"s\",\"body\":\"b\",\"hidden\":1}");
    tell(&c, "reply", "{\"ticket_id\":" TICKET ",\"body\":\"x\"}");
    assert_int_equal(sandbox_emails(c.sb, 0), 0);
    client_call(&c, "POST", OF_TICKET "/comment", "{\"subject\":\"s\",\"body\":\"b\"}");
    assert_int_equal(sandbox_emails(c.sb, client_int(&c, "comment.id")), 1);
    client_call(&c, "POST", "/tickets",
                "{\"customer_id\":29140031,\"subject\":\"s\",\"comments_attributes\":"
                "[{\"subject\":\"s\",\"body\":\"b\"}]}");
    assert_int_equal(sandbox_emails(c.sb, 0), 2);
    client_close(&c);
}

static void test_files(void **state)
{
    static const char ask[] = "{\"files\":[{\"url\":\"http://127.0.0.1/a.png\"}]}";
    struct client c;
    struct sandbox_fetch fetch;
    size_t len;

    (void)state;
    client_open(&c, NULL);
    assert_int_equal(client_call(&c, "POST", OF_TICKET "/attach_file_url", ask), 200);
    assert_true(sandbox_fetch_take(c.sb, &fetch));
    assert_false(sandbox_fetch_take(c.sb, &fetch));
    assert_string_equal(fetch.name, "a.png");
    client_call(&c, "GET", OF_TICKET, NULL);
    assert_int_equal(client_count(&c, "ticket.attachments"), 0);
    sandbox_fetch_came(c.sb, &fetch, "image/png", "abc", 3, c.now_ms);
    client_call(&c, "GET", OF_TICKET, NULL);
    assert_string_equal(client_text(&c, "ticket.attachments.0.file_name"), "a.png");
    const int64_t id = client_int(&c, "ticket.attachments.0.id");
    assert_memory_equal(sandbox_attachment(c.sb, id, &len), "abc", 3);
    assert_int_equal(len, 3);
    char body[64];
    snprintf(body, sizeof(body), "{\"attachment_id\":%lld}", (long long)id);
    assert_int_equal(client_call(&c, "POST", "/tickets/80420014/delete_attachment", body), 404);
    assert_int_equal(client_call(&c, "POST", OF_TICKET "/delete_attachment", body), 200);
    assert_string_equal(c.r.body.ptr, "{\"success\":true}");
    assert_null(sandbox_attachment(c.sb, id, &len));
    client_switch(&c, "attach", "refuse");
    assert_int_equal(client_call(&c, "POST", OF_TICKET "/attach_file_url", ask), 422);
    client_switch(&c, "attach", "never");
    assert_int_equal(client_call(&c, "POST", OF_TICKET "/attach_file_url", ask), 200);
    assert_false(sandbox_fetch_take(c.sb, &fetch));
    client_close(&c);
}

/* --- the journal --- */

static void keep(const char *line, size_t len, void *arg)
{
    buf_append(arg, line, len);
    buf_char(arg, '\n');
}

static char *state_of(const struct sandbox *sb)
{
    struct buf text;

    buf_init(&text, SANDBOX_ANSWER_MAX);
    sandbox_write_state(sb, &text);
    char *after_version = strdup(strchr(text.ptr, ','));
    buf_free(&text);
    return after_version;
}

static void test_journal(void **state)
{
    struct buf lines;
    struct err err = {""};
    struct sandbox_fetch fetch;
    struct client c = {
        .type = "application/json", .token = "Bearer " TOKEN, .now_ms = NOW, .step_ms = 1000};

    (void)state;
    buf_init(&lines, 1 << 20);
    c.sb = sandbox_new(
        &(struct sandbox_settings){
            .token = TOKEN, .demo = true, .now_ms = NOW, .journal = keep, .journal_arg = &lines},
        &err);
    tell(&c, "ticket_merge", "{\"from\":80420014,\"into\":" TICKET ",\"user_id\":7001}");
    const int64_t id = tell(&c, "reply", "{\"ticket_id\":" TICKET ",\"body\":\"x\"}");
    tell(&c, "comment", "{\"ticket_id\":" TICKET ",\"user_id\":7002,\"body\":\"x\"}");
    tell(&c, "comment_delete", "{\"comment_id\":%lld}", (long long)id);
    client_call(&c, "POST", OF_TICKET "/attach_file_url", "{\"files\":[{\"url\":\"http://a/b\"}]}");
    assert_true(sandbox_fetch_take(c.sb, &fetch));
    sandbox_fetch_came(c.sb, &fetch, NULL, "abc", 3, c.now_ms);
    tell(&c, "customer_merge", "{\"from\":29140032,\"into\":29140031}");
    tell(&c, "ticket_delete", "{\"ticket_id\":80420011}");

    struct sandbox *again = sandbox_new(&(struct sandbox_settings){.now_ms = NOW}, &err);
    for (char *at = lines.ptr, *end; (end = strchr(at, '\n')) != NULL; at = end + 1)
        if (sandbox_load_line(again, at, (size_t)(end - at), &err) != 0)
            fail_msg("%s", err.text);
    char *before = state_of(c.sb), *after = state_of(again);
    assert_string_equal(after, before);
    free(before);
    free(after);
    sandbox_free(again);
    client_close(&c);
    buf_free(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reply_and_edit), cmocka_unit_test(test_hidden_touch),
        cmocka_unit_test(test_tickets),        cmocka_unit_test(test_merge),
        cmocka_unit_test(test_people),         cmocka_unit_test(test_webhooks),
        cmocka_unit_test(test_emails),         cmocka_unit_test(test_files),
        cmocka_unit_test(test_journal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
