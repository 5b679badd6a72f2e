/* Conversations and messages: idempotency, seq without holes, ownership, what the inbox shows. */
#include <stdio.h>

#include "bed.h"

static enum store_result read_messages(struct bed *b, int n, struct store_asker asker,
                                       int64_t since, size_t limit)
{
    const struct store_messages_read in = {.conversation = bed_id('c', n),
                                           .asker = asker,
                                           .since = since,
                                           .limit = limit,
                                           .include_notes = asker.is_staff};

    return BED(b, store_messages_read(b->s, &in, bed_messages, b));
}

static void test_start(void **state)
{
    struct bed *b = *state;
    const struct id person = bed_id('p', 1), conversation = bed_id('c', 1);
    uint8_t hash[STORE_HASH_SIZE];

    bed_hash(1, hash);
    assert_int_equal(BED(b, store_visitor_open(b->s, hash, 1000, bed_visitor, b)), STORE_NOT_FOUND);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_false(b->out.started.duplicate);
    assert_int_equal(b->out.started.seq, 1);
    assert_int_equal(b->out.started.at_ms, 1000);
    assert_true(id_equal(&b->out.started.person, &person));

    assert_int_equal(BED(b, store_visitor_open(b->s, hash, 1000, bed_visitor, b)), STORE_OK);
    assert_string_equal(b->out.visitor.name, "Ada");
    assert_string_equal(b->out.visitor.email, "ada1@example.com");
    assert_true(b->out.visitor.has_conversation);
    assert_true(id_equal(&b->out.visitor.conversation.conversation, &conversation));
    assert_string_equal(b->out.visitor.conversation.reference, "PLY-00000001");
    assert_int_equal(b->out.visitor.conversation.last_seq, 1);
    assert_int_equal(b->out.visitor.conversation.waiting_since_ms, 1000);
    assert_int_equal(b->out.visitor.conversation.ticket.state, STORE_WAITING);
    assert_string_equal(b->out.visitor.conversation.ticket.number, "");
}

static struct store_conversation_start again(int n, const char *client_id)
{
    struct store_conversation_start in = {.conversation = bed_id('c', n + 500),
                                          .person = bed_id('p', n + 500),
                                          .message = bed_id('m', n + 500),
                                          .name = "Ada L.",
                                          .email = "new@example.com",
                                          .subject = "Other",
                                          .body = "Other",
                                          .sender = "v:1",
                                          .client_id = client_id,
                                          .outbox = {.wanted = true, .next_at_ms = 2000},
                                          .now_ms = 2000};

    bed_hash(n, in.token_hash);
    snprintf(in.reference, sizeof(in.reference), "PLY-%08u", (unsigned)(n + 500) % 100000000U);
    return in;
}

static void test_start_twice(void **state)
{
    struct bed *b = *state;
    const struct id first = bed_id('c', 1), person = bed_id('p', 1);
    struct store_conversation_start in = again(1, "start-1");

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(BED(b, store_conversation_start(b->s, &in, bed_started, b)), STORE_OK);
    assert_true(b->out.started.duplicate);
    assert_true(id_equal(&b->out.started.conversation, &first));
    assert_true(id_equal(&b->out.started.person, &person));
    assert_string_equal(b->out.started.reference, "PLY-00000001");
    assert_int_equal(b->out.started.at_ms, 1000);
    assert_int_equal(BED(b, store_counts_read(b->s, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.counts.conversations, 1);
    assert_int_equal(b->out.counts.messages, 1);
    assert_int_equal(b->out.counts.outbox_waiting, 1);

    /* The name was not changed either. */
    assert_int_equal(BED(b, store_visitor_open(b->s, in.token_hash, 1000, bed_visitor, b)),
                     STORE_OK);
    assert_string_equal(b->out.visitor.name, "Ada");
}

static void test_second_conversation(void **state)
{
    struct bed *b = *state;
    const struct id person = bed_id('p', 1), second = bed_id('c', 501);
    const struct store_person_link link = {
        .person = person, .psa_contact = 5, .psa_customer = 6, .company = "Acme"};
    struct store_conversation_start in = again(1, "start-2");

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(BED(b, store_person_link(b->s, &link, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_conversation_start(b->s, &in, bed_started, b)), STORE_OK);
    assert_false(b->out.started.duplicate);
    assert_true(id_equal(&b->out.started.person, &person));
    assert_int_equal(BED(b, store_visitor_open(b->s, in.token_hash, 1000, bed_visitor, b)),
                     STORE_OK);
    assert_true(id_equal(&b->out.visitor.conversation.conversation, &second));
    assert_string_equal(b->out.visitor.name, "Ada L.");
    assert_string_equal(b->out.visitor.email, "new@example.com");
    /* Another email is another person to the PSA: the link is gone. */
    assert_string_equal(b->out.visitor.company, "");

    /* A reference that is taken. */
    in = again(2, "start-3");
    snprintf(in.reference, sizeof(in.reference), "PLY-00000001");
    assert_int_equal(BED(b, store_conversation_start(b->s, &in, bed_started, b)), STORE_CONFLICT);
    assert_int_equal(BED(b, store_visitor_open(b->s, in.token_hash, 1000, bed_visitor, b)),
                     STORE_NOT_FOUND);
}

static void test_seq_and_duplicates(void **state)
{
    struct bed *b = *state;
    char client_id[16];

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    for (int i = 2; i <= 40; i++) {
        snprintf(client_id, sizeof(client_id), "m-%d", i);
        assert_int_equal(bed_say(b, 1, i % 3 ? STORE_PERSON : STORE_STAFF, client_id, "hello", i),
                         STORE_OK);
        assert_int_equal(b->out.added.seq, i);
        assert_false(b->out.added.duplicate);
        if (i % 5 != 0)
            continue;
        assert_int_equal(bed_say(b, 1, i % 3 ? STORE_PERSON : STORE_STAFF, client_id, "x", 99),
                         STORE_OK);
        assert_true(b->out.added.duplicate);
        assert_int_equal(b->out.added.seq, i);
        assert_int_equal(b->out.added.at_ms, i);
    }
    assert_int_equal(read_messages(b, 1, bed_person(1), 0, 500), STORE_OK);
    assert_int_equal(b->out.messages.count, 40);
    for (size_t i = 0; i < 40; i++)
        assert_int_equal(b->out.messages.rows[i].seq, i + 1);
    assert_string_equal(b->out.messages.rows[1].client_id, "m-2");
    assert_false(b->out.messages.more);
}

static void test_same_client_id_elsewhere(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_start(b, 2, 1000), STORE_OK);
    /* Another sender may use the same client_id. */
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "same-id", "a", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 2, STORE_PERSON, "same-id", "b", 2000), STORE_OK);
    assert_false(b->out.added.duplicate);
    /* One sender may not, for two conversations. */
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "staff-id", "a", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 2, STORE_STAFF, "staff-id", "b", 2000), STORE_CONFLICT);
}

static void test_ownership(void **state)
{
    struct bed *b = *state;
    const struct id one = bed_id('c', 1), none = bed_id('c', 99);
    const struct store_asker nobody = {.now_ms = 1}, other = bed_person(2), owner = bed_person(1);
    struct store_message_add in = {.conversation = one,
                                   .message = bed_id('x', 1),
                                   .asker = other,
                                   .author = STORE_PERSON,
                                   .name = "Eve",
                                   .body = "hello",
                                   .sender = "v:2",
                                   .client_id = "eve-says",
                                   .now_ms = 2000};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_start(b, 2, 1000), STORE_OK);
    assert_int_equal(BED(b, store_message_add(b->s, &in, bed_added, b)), STORE_NOT_FOUND);
    in.asker = nobody;
    assert_int_equal(BED(b, store_message_add(b->s, &in, bed_added, b)), STORE_NOT_FOUND);
    assert_int_equal(read_messages(b, 1, other, 0, 10), STORE_NOT_FOUND);
    assert_int_equal(read_messages(b, 1, nobody, 0, 10), STORE_NOT_FOUND);
    assert_int_equal(read_messages(b, 99, bed_staff(), 0, 10), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_conversation_summary(b->s, &one, &other, bed_summary, b)),
                     STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_conversation_summary(b->s, &one, &owner, bed_summary, b)),
                     STORE_OK);
    assert_int_equal(BED(b, store_conversation_summary(b->s, &none, &in.asker, bed_summary, b)),
                     STORE_NOT_FOUND);
    assert_int_equal(read_messages(b, 1, owner, 0, 10), STORE_OK);
    assert_int_equal(b->out.messages.count, 1);
}

static void test_pages_and_notes(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_NOTE, "note-2", "a secret", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "staff-3", "hello", 3000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_EVENT, "event-4", "closed", 4000), STORE_OK);
    assert_int_equal(read_messages(b, 1, bed_person(1), 0, 500), STORE_OK);
    assert_int_equal(b->out.messages.count, 3);
    assert_int_equal(b->out.messages.rows[1].seq, 3);
    assert_int_equal(b->out.messages.last_seq, 4);
    assert_int_equal(read_messages(b, 1, bed_staff(), 0, 500), STORE_OK);
    assert_int_equal(b->out.messages.count, 4);
    assert_int_equal(read_messages(b, 1, bed_person(1), 1, 1), STORE_OK);
    assert_int_equal(b->out.messages.count, 1);
    assert_int_equal(b->out.messages.rows[0].seq, 3);
    assert_true(b->out.messages.more);
    assert_int_equal(read_messages(b, 1, bed_person(1), 4, 1), STORE_OK);
    assert_int_equal(b->out.messages.count, 0);
    assert_false(b->out.messages.more);
}

static void test_large_bodies_page(void **state)
{
    struct bed *b = *state;
    char *body = malloc(STORE_BODY_MAX + 1), client_id[16];

    assert_non_null(body);
    memset(body, 'x', STORE_BODY_MAX);
    body[STORE_BODY_MAX] = '\0';
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    for (int i = 2; i <= 12; i++) {
        snprintf(client_id, sizeof(client_id), "m-%d", i);
        assert_int_equal(bed_say(b, 1, STORE_PERSON, client_id, body, 2000), STORE_OK);
    }
    assert_int_equal(read_messages(b, 1, bed_person(1), 0, 500), STORE_OK);
    assert_true(b->out.messages.more);
    assert_in_range(b->out.messages.count, 7, 9);
    const int64_t last = b->out.messages.rows[b->out.messages.count - 1].seq;
    assert_int_equal(read_messages(b, 1, bed_person(1), last, 500), STORE_OK);
    assert_false(b->out.messages.more);
    assert_int_equal(b->out.messages.rows[0].seq, last + 1);
    assert_int_equal(strlen(b->out.messages.rows[0].body), STORE_BODY_MAX);
    free(body);
}

static void test_inbox(void **state)
{
    struct bed *b = *state;
    const struct id one = bed_id('c', 1), two = bed_id('c', 2), three = bed_id('c', 3);
    const struct store_ticket_set shut = {.conversation = two, .set_open = true, .open = false};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_start(b, 2, 2000), STORE_OK);
    assert_int_equal(bed_start(b, 3, 3000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "reply-1", "Yes?", 4000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_NOTE, "note-1", "secret", 5000), STORE_OK);
    assert_int_equal(bed_say(b, 2, STORE_PERSON, "more-1", "Still", 6000), STORE_OK);
    assert_int_equal(BED(b, store_inbox_read(b->s, 10, bed_summaries, b)), STORE_OK);
    assert_int_equal(b->out.summaries.count, 3);
    assert_true(id_equal(&b->out.summaries.rows[0].conversation, &two));
    assert_int_equal(b->out.summaries.rows[0].waiting_since_ms, 2000);
    assert_string_equal(b->out.summaries.rows[0].last_body, "Still");
    assert_int_equal(b->out.summaries.rows[0].last_from, STORE_PERSON);
    assert_true(id_equal(&b->out.summaries.rows[1].conversation, &three));
    assert_true(id_equal(&b->out.summaries.rows[2].conversation, &one));
    assert_int_equal(b->out.summaries.rows[2].waiting_since_ms, 0);
    assert_string_equal(b->out.summaries.rows[2].last_body, "Yes?");
    assert_int_equal(b->out.summaries.rows[2].last_at_ms, 4000);
    assert_int_equal(b->out.summaries.rows[2].last_seq, 3);

    assert_int_equal(BED(b, store_inbox_read(b->s, 2, bed_summaries, b)), STORE_OK);
    assert_int_equal(b->out.summaries.count, 2);
    assert_true(b->out.summaries.more);

    /* A closed one leaves the inbox, and comes back when the person speaks. */
    assert_int_equal(BED(b, store_ticket_set(b->s, &shut, bed_plain, b)), STORE_OK);
    assert_true(b->out.changed.changed);
    assert_int_equal(BED(b, store_ticket_set(b->s, &shut, bed_plain, b)), STORE_OK);
    assert_false(b->out.changed.changed);
    assert_int_equal(BED(b, store_inbox_read(b->s, 10, bed_summaries, b)), STORE_OK);
    assert_int_equal(b->out.summaries.count, 2);
    assert_int_equal(bed_say(b, 2, STORE_PERSON, "more-2", "Again", 7000), STORE_OK);
    assert_int_equal(BED(b, store_inbox_read(b->s, 10, bed_summaries, b)), STORE_OK);
    assert_int_equal(b->out.summaries.count, 3);
}

static void test_psa_comment_once(void **state)
{
    struct bed *b = *state;
    struct store_message_add in = {.conversation = bed_id('c', 1),
                                   .message = bed_id('x', 1),
                                   .asker = bed_staff(),
                                   .author = STORE_STAFF,
                                   .name = "Tim",
                                   .body = "From the ticket",
                                   .sender = "psa:acme",
                                   .client_id = "comment-55",
                                   .psa_comment_id = 55,
                                   .now_ms = 5000};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 1000), STORE_OK);
    assert_int_equal(BED(b, store_message_add(b->s, &in, bed_added, b)), STORE_OK);
    assert_false(b->out.added.duplicate);
    in.client_id = "comment-55-again";
    assert_int_equal(BED(b, store_message_add(b->s, &in, bed_added, b)), STORE_OK);
    assert_true(b->out.added.duplicate);
    assert_int_equal(b->out.added.seq, 2);
    /* Our own comment comes back from the PSA: the entry's messages carry its id. */
    in.psa_comment_id = 9001;
    in.client_id = "comment-9001";
    assert_int_equal(BED(b, store_message_add(b->s, &in, bed_added, b)), STORE_OK);
    assert_true(b->out.added.duplicate);
    assert_int_equal(b->out.added.seq, 1);
}

static void test_cancel(void **state)
{
    struct bed *b = *state;
    const struct store_value value = {.key = "k", .text = "v", .changed_ms = 1};
    struct store_op *op = store_value_put(b->s, &value, bed_plain, b);

    assert_non_null(op);
    b->answers = 0;
    store_cancel(b->s, &op);
    assert_null(op);
    store_cancel(b->s, &op);
    assert_null(store_value_put(b->s, &value, NULL, NULL));
    assert_int_equal(b->answers, 0);
    /* The next answer is that of the next operation. */
    assert_int_equal(BED(b, store_value_put(b->s, &value, bed_plain, b)), STORE_OK);
    assert_int_equal(b->answers, 1);
    assert_int_equal(BED(b, store_value_get(b->s, "k", bed_value, b)), STORE_OK);
    assert_string_equal(b->out.value.text, "v");
}

static void test_survives(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "more-1", "\xC3\xA4\xF0\x9F\x92\xA1", 2000),
                     STORE_OK);
    bed_reopen(b);
    assert_int_equal(read_messages(b, 1, bed_person(1), 0, 500), STORE_OK);
    assert_int_equal(b->out.messages.count, 2);
    assert_string_equal(b->out.messages.rows[1].body, "\xC3\xA4\xF0\x9F\x92\xA1");
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "more-1", "again", 3000), STORE_OK);
    assert_true(b->out.added.duplicate);
}

static void on_any(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    (void)out;
    b->answers++;
    if (result != STORE_OK)
        b->result = result;
}

/* Writes that are committed together do not share their fate. */
static void test_refusal_in_a_group(void **state)
{
    struct bed *b = *state;
    struct store_conversation_start first = again(10, "group-10");
    struct store_conversation_start taken = again(11, "group-11");
    struct store_conversation_start last = again(12, "group-12");
    uint8_t hash[STORE_HASH_SIZE];

    memcpy(taken.reference, first.reference, sizeof(taken.reference));
    b->answers = 0;
    b->result = STORE_OK;
    store_conversation_start(b->s, &first, on_any, b);
    store_conversation_start(b->s, &taken, on_any, b);
    store_conversation_start(b->s, &last, on_any, b);
    bed_wait(b, 3);
    assert_int_equal(b->result, STORE_CONFLICT);
    bed_reopen(b);
    bed_hash(10, hash);
    assert_int_equal(BED(b, store_visitor_open(b->s, hash, 1000, bed_visitor, b)), STORE_OK);
    bed_hash(11, hash); /* nothing of it is left, though its person was made first */
    assert_int_equal(BED(b, store_visitor_open(b->s, hash, 1000, bed_visitor, b)), STORE_NOT_FOUND);
    bed_hash(12, hash);
    assert_int_equal(BED(b, store_visitor_open(b->s, hash, 1000, bed_visitor, b)), STORE_OK);
    assert_true(b->out.visitor.has_conversation);
}

const struct CMUnitTest conversation_tests[] = {
    BED_TEST(test_start),
    BED_TEST(test_start_twice),
    BED_TEST(test_second_conversation),
    BED_TEST(test_seq_and_duplicates),
    BED_TEST(test_same_client_id_elsewhere),
    BED_TEST(test_ownership),
    BED_TEST(test_pages_and_notes),
    BED_TEST(test_large_bodies_page),
    BED_TEST(test_inbox),
    BED_TEST(test_psa_comment_once),
    BED_TEST(test_cancel),
    BED_TEST(test_survives),
    BED_TEST(test_refusal_in_a_group),
};
const size_t conversation_test_count = COUNT_OF(conversation_tests);
