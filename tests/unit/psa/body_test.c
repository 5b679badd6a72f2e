/* What Parley writes to Syncro. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "psa/syncro/body.h"

static const struct store_message said[] = {
    {.seq = 4, .author = STORE_PERSON, .name = "Ines \"I\" Moreau", .body = "one"},
    {.seq = 5, .author = STORE_PERSON, .name = "Ines \"I\" Moreau", .body = "two\nlines"},
};

static struct store_taken batch(void)
{
    return (struct store_taken){.seq_from = 4,
                                .seq_to = 5,
                                .author = STORE_PERSON,
                                .messages = said,
                                .message_count = 2,
                                .reference = "PLY-7K3F9Q2M",
                                .subject = "Blue screen",
                                .payload = "",
                                .name = "Ines"};
}

static struct json_doc *parse(struct buf *b)
{
    struct json_doc *doc;

    assert_true(buf_ok(b));
    doc = json_parse(b->ptr, b->len, NULL);
    assert_non_null(doc);
    buf_free(b);
    return doc;
}

static void marks(void **state)
{
    struct store_taken taken = batch();
    char mark[SYNCRO_MARK_SIZE];

    (void)state;
    syncro_mark(&taken, mark);
    assert_string_equal(mark, "PLY-7K3F9Q2M #4-5");
    taken.seq_to = 4;
    syncro_mark(&taken, mark);
    assert_string_equal(mark, "PLY-7K3F9Q2M #4");
}

static void comments(void **state)
{
    struct store_taken taken = batch();
    struct buf b;

    (void)state;
    buf_init(&b, 100000);
    syncro_comment_body(&taken, &b);
    struct json_doc *doc = parse(&b);
    const struct json *c = json_root(doc);
    assert_string_equal(json_get_text(c, "subject"), "PLY-7K3F9Q2M #4-5");
    assert_string_equal(json_get_text(c, "body"), "one\n\ntwo\nlines");
    assert_string_equal(json_get_text(c, "tech"), "Ines \"I\" Moreau");
    assert_false(json_get_bool(c, "hidden", true));
    assert_true(json_get_bool(c, "do_not_email", false));
    json_free(doc);

    taken.author = STORE_NOTE;
    syncro_comment_body(&taken, &b);
    doc = parse(&b);
    assert_true(json_get_bool(json_root(doc), "hidden", false));
    json_free(doc);
}

/* Syncro emails what staff say where it is to, and never anything else. */
static void emails(void **state)
{
    static const struct {
        enum store_author author;
        bool psa_emails, not_emailed;
    } rows[] = {
        {STORE_STAFF, true, false},  {STORE_STAFF, false, true}, {STORE_PERSON, true, true},
        {STORE_PERSON, false, true}, {STORE_NOTE, true, true},   {STORE_NOTE, false, true},
    };
    struct buf b;

    (void)state;
    buf_init(&b, 100000);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct store_taken taken = batch();
        taken.author = rows[i].author;
        taken.psa_emails = rows[i].psa_emails;
        syncro_comment_body(&taken, &b);
        struct json_doc *doc = parse(&b);
        assert_int_equal(json_get_bool(json_root(doc), "do_not_email", !rows[i].not_emailed),
                         rows[i].not_emailed);
        json_free(doc);
    }
}

static void tickets(void **state)
{
    const struct syncro_ticket_defaults defaults = {7, 0, "New", "", "Other"};
    struct store_taken taken = batch();
    int64_t customer = 0;
    struct buf b;

    (void)state;
    buf_init(&b, 100000);
    syncro_ticket_body(&taken, &defaults, &b);
    struct json_doc *doc = parse(&b);
    const struct json *t = json_root(doc);
    const struct json *first = json_at(json_get(t, "comments_attributes"), 0);
    assert_int_equal(json_get_int(t, "customer_id", &customer), 0);
    assert_int_equal(customer, 7);
    assert_null(json_get(t, "contact_id"));
    assert_null(json_get(t, "priority"));
    assert_string_equal(json_get_text(t, "status"), "New");
    assert_string_equal(json_get_text(first, "body"), "one\n\ntwo\nlines\n\nPLY-7K3F9Q2M #4-5");
    assert_true(json_get_bool(first, "do_not_email", false));
    json_free(doc);
}

/* However long the words are, the reference is there, and no character is cut in two. */
static void long_words(void **state)
{
    const struct syncro_ticket_defaults defaults = {7, 0, "", "", ""};
    char *text = calloc(1, 70001);
    struct store_message m = {.body = text, .name = "x"};
    struct store_taken taken = batch();
    struct buf b;

    (void)state;
    for (size_t i = 0; i < 70000; i += 2)
        memcpy(text + i, "\xc3\xbc", 2);
    taken.messages = &m;
    taken.message_count = 1;
    taken.subject = text + 0;
    buf_init(&b, 200000);
    taken.seq_from = taken.seq_to = 1; /* the first ticket of the conversation */
    syncro_ticket_body(&taken, &defaults, &b);
    struct json_doc *doc = parse(&b);
    const char *subject = json_get_text(json_root(doc), "subject");
    const char *body =
        json_get_text(json_at(json_get(json_root(doc), "comments_attributes"), 0), "body");
    assert_int_equal(strlen(subject), 254);
    assert_string_equal(body + strlen(body) - 14, "\n\nPLY-7K3F9Q2M");
    assert_true(str_is_utf8(body, strlen(body)));
    assert_true(strlen(body) <= SYNCRO_BODY_MAX + 14);
    json_free(doc);
    free(text);
}

/* By Syncro's names, and nothing that Parley may not change. */
static void changes(void **state)
{
    static const struct {
        const char *payload, *body;
    } rows[] = {
        {"{\"status\":\"Resolved\",\"compare\":true}", "{\"status\":\"Resolved\"}"},
        {"{\"priority\":\"1 High\",\"issue_type\":\"Hardware\"}",
         "{\"priority\":\"1 High\",\"problem_type\":\"Hardware\"}"},
        {"{\"assignee\":7}", "{\"user_id\":7}"},
        {"{\"assignee\":0}", "{\"user_id\":null}"},
        /* The same day, whatever the hour. */
        {"{\"due\":1795651199999}", "{\"due_date\":\"2026-11-25T12:00:00.000Z\"}"},
        {"{\"due\":1795564800000}", "{\"due_date\":\"2026-11-25T12:00:00.000Z\"}"},
        {"{\"customer_id\":1,\"subject\":\"x\"}", "{}"},
        {"", "{}"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct store_taken taken = batch();
        struct buf b;

        taken.payload = rows[i].payload;
        buf_init(&b, 1000);
        syncro_update_body(&taken, &b);
        assert_string_equal(b.ptr, rows[i].body);
        buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks),   cmocka_unit_test(comments),   cmocka_unit_test(emails),
        cmocka_unit_test(tickets), cmocka_unit_test(long_words), cmocka_unit_test(changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
