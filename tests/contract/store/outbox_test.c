/* The outbox: order, batches, doubt, parking. */
#include <stdio.h>

#include "bed.h"

static void begin(struct bed *b, int n)
{
    assert_int_equal(bed_start(b, n, 1000), STORE_OK);
    assert_int_equal(bed_drain(b, n, 1000), 1);
}

static size_t due(struct bed *b, int64_t now_ms)
{
    assert_int_equal(BED(b, store_outbox_due(b->s, now_ms, 10, bed_due, b)), STORE_OK);
    return b->out.due.count;
}

static void test_create(void **state)
{
    struct bed *b = *state;
    const struct id one = bed_id('c', 1);
    const struct store_asker staff = bed_staff();

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(due(b, 999), 0);
    assert_int_equal(b->out.due.next_ms, 1000);
    assert_int_equal(bed_take(b, 1, 999), STORE_NOT_FOUND);
    assert_int_equal(due(b, 1000), 1);
    assert_int_equal(b->out.due.rows[0].kind, STORE_CREATE_TICKET);
    assert_int_equal(b->out.due.rows[0].state, STORE_WAITING);

    assert_int_equal(bed_take(b, 1, 1000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_CREATE_TICKET);
    assert_false(b->out.taken.was_in_doubt);
    assert_int_equal(b->out.taken.attempts, 1);
    assert_int_equal(b->out.taken.sent_at_ms, 0);
    assert_int_equal(b->out.taken.message_count, 1);
    assert_string_equal(b->out.taken.messages[0].body, "It smokes");
    assert_string_equal(b->out.taken.reference, "PLY-00000001");
    assert_string_equal(b->out.taken.email, "ada1@example.com");
    const int64_t outbox = b->out.taken.outbox;
    /* It is being sent: not due again until the doubt is. */
    assert_int_equal(due(b, 60999), 0);
    assert_int_equal(b->out.due.next_ms, 61000);
    assert_int_equal(BED(b, store_conversation_summary(b->s, &one, &staff, bed_summary, b)),
                     STORE_OK);
    assert_int_equal(b->out.summary.ticket.state, STORE_IN_DOUBT);

    assert_int_equal(bed_finish(b, outbox, STORE_FILED, 1500), STORE_OK);
    assert_true(b->out.finished.was_last);
    assert_true(id_equal(&b->out.finished.conversation, &one));
    assert_int_equal(due(b, 99999), 0);
    assert_int_equal(b->out.due.next_ms, 0);
    assert_int_equal(bed_finish(b, outbox, STORE_FILED, 1500), STORE_CONFLICT);
    assert_int_equal(bed_finish(b, 4711, STORE_FILED, 1500), STORE_NOT_FOUND);
    assert_int_equal(
        BED(b, store_conversation_by_ticket(b->s, "acme", 7000 + outbox, bed_summary, b)),
        STORE_OK);
    assert_true(id_equal(&b->out.summary.conversation, &one));
    assert_string_equal(b->out.summary.ticket.number, "1042");
    assert_string_equal(b->out.summary.ticket.status, "New");
    assert_int_equal(b->out.summary.ticket.state, STORE_DONE);
    assert_int_equal(
        BED(b, store_conversation_by_ticket(b->s, "other", 7000 + outbox, bed_summary, b)),
        STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_conversation_by_ticket(b->s, "", 0, bed_summary, b)),
                     STORE_NOT_FOUND);
}

static void test_batches(void **state)
{
    struct bed *b = *state;
    static const struct {
        enum store_author author;
        int64_t from, to;
        size_t count;
    } expected[] = {
        {STORE_PERSON, 2, 4, 3}, {STORE_STAFF, 5, 5, 1},   {STORE_NOTE, 6, 6, 1},
        {STORE_STAFF, 7, 7, 1},  {STORE_PERSON, 8, 10, 2},
    };

    begin(b, 1);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "a", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-3", "b", 2001), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-4", "c", 2002), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-5", "d", 2003), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_NOTE, "m-6", "e", 2004), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-7", "f", 2005), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-8", "g", 2006), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_EVENT, "m-9", "not for the PSA", 2007), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-10", "h", 2008), STORE_OK);
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
        assert_int_equal(b->out.taken.kind, STORE_ADD_COMMENT);
        assert_int_equal(b->out.taken.author, expected[i].author);
        assert_int_equal(b->out.taken.seq_from, expected[i].from);
        assert_int_equal(b->out.taken.seq_to, expected[i].to);
        assert_int_equal(b->out.taken.message_count, expected[i].count);
        assert_int_equal(b->out.taken.messages[0].seq, expected[i].from);
        assert_int_equal(b->out.taken.messages[expected[i].count - 1].seq, expected[i].to);
        for (size_t j = 0; j < expected[i].count; j++)
            assert_int_equal(b->out.taken.messages[j].author, expected[i].author);
        assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 3000), STORE_OK);
        assert_int_equal(b->out.finished.was_last, i + 1 == COUNT_OF(expected));
    }
    assert_int_equal(bed_take(b, 1, 9000), STORE_NOT_FOUND);
}

static void test_batch_limits(void **state)
{
    struct bed *b = *state;
    char body[15001], client_id[16];

    begin(b, 1);
    memset(body, 'x', 15000);
    body[15000] = '\0';
    for (int i = 0; i < 5; i++) {
        snprintf(client_id, sizeof(client_id), "big-%d", i);
        assert_int_equal(bed_say(b, 1, STORE_PERSON, client_id, body, 2000), STORE_OK);
    }
    for (int i = 0; i < STORE_BATCH_MESSAGES + 5; i++) {
        snprintf(client_id, sizeof(client_id), "small-%d", i);
        assert_int_equal(bed_say(b, 1, STORE_STAFF, client_id, "s", 2000), STORE_OK);
    }
    static const size_t counts[] = {2, 2, 1, STORE_BATCH_MESSAGES, 5}; /* 32,768 bytes */
    int64_t next_seq = 2;
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
        assert_int_equal(b->out.taken.message_count, counts[i]);
        assert_int_equal(b->out.taken.seq_from, next_seq);
        next_seq = b->out.taken.seq_to + 1;
        assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 3000), STORE_OK);
    }
}

/* A take that led to no sending leaves no trace, not even in the count of tries. */
static void test_not_sent(void **state)
{
    struct bed *b = *state;
    struct store_outbox_finish in = {
        .outcome = STORE_RETRY, .not_sent = true, .now_ms = 2000, .at_ms = 2000};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 2000), STORE_OK);
    assert_int_equal(b->out.taken.attempts, 1);
    in.outbox = b->out.taken.outbox;
    assert_int_equal(BED(b, store_outbox_finish(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_take(b, 1, 2000), STORE_OK);
    assert_false(b->out.taken.was_in_doubt);
    assert_int_equal(b->out.taken.attempts, 1);
    in.not_sent = false;
    assert_int_equal(BED(b, store_outbox_finish(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_take(b, 1, 2000), STORE_OK);
    assert_int_equal(b->out.taken.attempts, 2);
}

static enum store_result take_for(struct bed *b, int n, const char *account)
{
    const struct store_outbox_take in = {.conversation = bed_id('c', n),
                                         .now_ms = 100000,
                                         .doubt_until_ms = 200000,
                                         .account = account,
                                         .found_after_ms = 10000,
                                         .missed_after_ms = 20000};

    return BED(b, store_outbox_take(b->s, &in, bed_taken, b));
}

/* What the cache knows of a person goes with the ticket, when it is fresh enough. */
static void test_linked_from_the_cache(void **state)
{
    static const struct {
        int64_t customer, fetched_ms;
        const char *account;
        bool matched;
    } rows[] = {{4, 15000, "acme", true},
                {4, 10000, "acme", false},
                {4, 15000, "other", false},
                {0, 25000, "acme", true},
                {0, 15000, "acme", false}};
    struct bed *b = *state;
    char email[64];

    for (int n = 1; n <= (int)COUNT_OF(rows); n++) {
        snprintf(email, sizeof(email), "ADA%d@example.com", n);
        const struct store_psa_match in = {.account = rows[n - 1].account,
                                           .email = email,
                                           .psa_contact = rows[n - 1].customer == 0 ? 0 : 3,
                                           .psa_customer = rows[n - 1].customer,
                                           .company = "Acme",
                                           .fetched_ms = rows[n - 1].fetched_ms};
        assert_int_equal(BED(b, store_psa_match_put(b->s, &in, bed_plain, b)), STORE_OK);
        assert_int_equal(bed_start(b, n, 1000), STORE_OK);
        assert_int_equal(take_for(b, n, "acme"), STORE_OK);
        assert_int_equal(b->out.taken.link_is_good, rows[n - 1].matched);
        const bool linked = rows[n - 1].matched && rows[n - 1].customer != 0;
        assert_int_equal(b->out.taken.psa_customer, linked ? 4 : 0);
        const struct id conversation = bed_id('c', n);
        const struct store_asker staff = bed_staff();
        assert_int_equal(
            BED(b, store_conversation_summary(b->s, &conversation, &staff, bed_summary, b)),
            STORE_OK);
        assert_string_equal(b->out.summary.company, linked ? "Acme" : "");
    }
}

static void test_batch_is_fixed(void **state)
{
    struct bed *b = *state;

    begin(b, 1);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "a", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-3", "b", 2000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 2000), STORE_OK);
    assert_int_equal(b->out.taken.seq_to, 3);
    const int64_t outbox = b->out.taken.outbox;
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-4", "c", 2500), STORE_OK);

    /* Still in doubt after a restart: due at once, to be looked up, with the same batch. */
    bed_reopen(b);
    assert_int_equal(BED(b, store_recover(b->s, bed_plain, b)), STORE_OK);
    assert_int_equal(due(b, 3000), 1);
    assert_int_equal(b->out.due.rows[0].state, STORE_IN_DOUBT);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    assert_int_equal(b->out.taken.outbox, outbox);
    assert_true(b->out.taken.was_in_doubt);
    assert_int_equal(b->out.taken.sent_at_ms, 2000);
    assert_int_equal(b->out.taken.seq_to, 3);
    assert_int_equal(b->out.taken.message_count, 2);

    /* Not known yet; then certainly not there: still the same batch. */
    assert_int_equal(bed_finish(b, outbox, STORE_STILL_DOUBT, 4000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3999), STORE_NOT_FOUND);
    assert_int_equal(bed_take(b, 1, 4000), STORE_OK);
    assert_true(b->out.taken.was_in_doubt);
    assert_int_equal(b->out.taken.sent_at_ms, 2000);
    assert_int_equal(bed_finish(b, outbox, STORE_RETRY, 5000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 5000), STORE_OK);
    assert_false(b->out.taken.was_in_doubt);
    assert_int_equal(b->out.taken.attempts, 4);
    assert_int_equal(b->out.taken.seq_to, 3);
    assert_int_equal(bed_finish(b, outbox, STORE_FILED, 5000), STORE_OK);
    assert_false(b->out.finished.was_last);

    /* What was said meanwhile is the next one, and both messages of the batch have the comment. */
    assert_int_equal(bed_take(b, 1, 5000), STORE_OK);
    assert_int_equal(b->out.taken.seq_from, 4);
    const struct store_messages_read all = {
        .conversation = bed_id('c', 1), .asker = bed_staff(), .limit = 10};
    assert_int_equal(BED(b, store_messages_read(b->s, &all, bed_messages, b)), STORE_OK);
    assert_int_equal(b->out.messages.rows[1].psa_comment_id, 9000 + outbox);
    assert_int_equal(b->out.messages.rows[2].psa_comment_id, 9000 + outbox);
    assert_int_equal(b->out.messages.rows[3].psa_comment_id, 0);
}

static void test_parked_blocks_only_its_own(void **state)
{
    struct bed *b = *state;
    const struct id one = bed_id('c', 1), two = bed_id('c', 2), none = bed_id('c', 9);

    begin(b, 1);
    begin(b, 2);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "a", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-3", "b", 2000), STORE_OK);
    assert_int_equal(bed_say(b, 2, STORE_PERSON, "m-2", "c", 2000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 2000), STORE_OK);
    const int64_t outbox = b->out.taken.outbox;
    assert_int_equal(bed_finish(b, outbox, STORE_PARK, 2000), STORE_OK);
    assert_int_equal(due(b, 99999), 1);
    assert_true(id_equal(&b->out.due.rows[0].conversation, &two));
    assert_int_equal(bed_take(b, 1, 99999), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_outbox_of(b->s, &one, bed_entries, b)), STORE_OK);
    assert_int_equal(b->out.entries.count, 3);
    assert_int_equal(b->out.entries.rows[0].state, STORE_DONE);
    assert_int_equal(b->out.entries.rows[1].state, STORE_PARKED);
    assert_string_equal(b->out.entries.rows[1].reason, "the reason");
    assert_int_equal(b->out.entries.rows[2].state, STORE_WAITING);

    assert_int_equal(BED(b, store_outbox_retry(b->s, &none, 3000, NULL, bed_plain, b)),
                     STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_outbox_retry(b->s, &two, 3000, NULL, bed_plain, b)), STORE_OK);
    assert_false(b->out.changed.changed);
    assert_int_equal(BED(b, store_outbox_retry(b->s, &one, 3000, NULL, bed_plain, b)), STORE_OK);
    assert_true(b->out.changed.changed);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    assert_int_equal(b->out.taken.outbox, outbox);
    assert_false(b->out.taken.was_in_doubt);
}

static void test_parked_in_doubt(void **state)
{
    struct bed *b = *state;
    struct store_outbox_finish park = {.outcome = STORE_PARK,
                                       .still_in_doubt = true,
                                       .now_ms = 2000,
                                       .reason = "the right is missing"};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 1000), STORE_OK);
    park.outbox = b->out.taken.outbox;
    assert_int_equal(BED(b, store_outbox_finish(b->s, &park, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_counts_read(b->s, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.counts.outbox_parked, 1);
    assert_int_equal(b->out.counts.oldest_ms, 0);
    assert_int_equal(BED(b, store_outbox_retry_all(b->s, 3000, bed_plain, b)), STORE_OK);
    assert_true(b->out.changed.changed);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    assert_true(b->out.taken.was_in_doubt);
}

static void test_retry_now(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_start(b, 2, 500000), STORE_OK); /* never tried: its time stays */
    assert_int_equal(bed_take(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_RETRY, 500000), STORE_OK);
    assert_int_equal(due(b, 2000), 0);
    assert_int_equal(BED(b, store_outbox_retry_all(b->s, 2000, bed_plain, b)), STORE_OK);
    assert_int_equal(due(b, 2000), 1);
    assert_int_equal(b->out.due.next_ms, 500000);
}

static void test_retry_of_what_was_not_sent(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 1000), STORE_OK);
    const struct store_outbox_finish in = {.outbox = b->out.taken.outbox,
                                           .outcome = STORE_RETRY,
                                           .not_sent = true,
                                           .now_ms = 1000,
                                           .at_ms = 1000,
                                           .reason = ""};
    assert_int_equal(BED(b, store_outbox_finish(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_finish(b, in.outbox, STORE_RETRY, 500000), STORE_OK);
    assert_int_equal(due(b, 2000), 0);
    assert_int_equal(BED(b, store_outbox_retry_all(b->s, 2000, bed_plain, b)), STORE_OK);
    assert_int_equal(due(b, 2000), 1);
}

/* The connector lets nothing through: what waits untried says so, what was tried says its own. */
static void test_why_it_waits(void **state)
{
    struct bed *b = *state;
    const struct store_connector in = {
        .kind = "syncro", .account = "acme", .sealed_token = "12345", .changed_ms = 1000};
    const struct store_asker staff = {.is_staff = true};
    const struct id one = bed_id('c', 1);

    assert_int_equal(BED(b, store_connector_set(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    for (int held = 1; held >= 0; held--) {
        const char *const why = held ? "bad token" : "";
        assert_int_equal(
            BED(b, store_connector_state(b->s, "syncro", held ? "held" : "ok", why, bed_plain, b)),
            STORE_OK);
        assert_int_equal(BED(b, store_conversation_summary(b->s, &one, &staff, bed_summary, b)),
                         STORE_OK);
        assert_string_equal(b->out.summary.ticket.reason, why);
        assert_int_equal(BED(b, store_outbox_of(b->s, &one, bed_entries, b)), STORE_OK);
        assert_string_equal(b->out.entries.rows[0].reason, why);
    }
    assert_int_equal(
        BED(b, store_connector_state(b->s, "syncro", "held", "bad token", bed_plain, b)), STORE_OK);
    assert_int_equal(bed_take(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_RETRY, 500000), STORE_OK);
    assert_int_equal(BED(b, store_conversation_summary(b->s, &one, &staff, bed_summary, b)),
                     STORE_OK);
    assert_string_equal(b->out.summary.ticket.reason, "the reason");
}

static void test_due_order(void **state)
{
    struct bed *b = *state;
    const struct store_ticket_update set = {.conversation = bed_id('c', 4),
                                            .payload = "{\"status\":\"Resolved\"}",
                                            .sender = "s:tim",
                                            .client_id = "set-1",
                                            .interactive = true,
                                            .now_ms = 5000};
    static const int order[] = {3, 4, 1, 2};

    begin(b, 4);
    assert_int_equal(bed_start(b, 2, 2000), STORE_OK);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_start(b, 3, 3000), STORE_OK);
    assert_int_equal(bed_take(b, 3, 3000), STORE_OK);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_STILL_DOUBT, 4000), STORE_OK);
    assert_int_equal(BED(b, store_ticket_update(b->s, &set, bed_plain, b)), STORE_OK);
    assert_false(b->out.enqueued.duplicate);
    const int64_t entry = b->out.enqueued.outbox;
    assert_int_equal(BED(b, store_ticket_update(b->s, &set, bed_plain, b)), STORE_OK);
    assert_true(b->out.enqueued.duplicate);
    assert_int_equal(b->out.enqueued.outbox, entry);
    assert_int_equal(due(b, 6000), 4);
    for (int i = 0; i < 4; i++) {
        const struct id id = bed_id('c', order[i]);
        assert_true(id_equal(&b->out.due.rows[i].conversation, &id));
    }
    assert_true(b->out.due.rows[1].interactive);
    assert_int_equal(bed_take(b, 4, 6000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_UPDATE_TICKET);
    assert_string_equal(b->out.taken.payload, "{\"status\":\"Resolved\"}");
    assert_int_equal(b->out.taken.message_count, 0);
    assert_int_equal(b->out.taken.ticket_id, 7001);
    assert_string_equal(b->out.taken.account, "acme");
}

/* What lies further ahead than anything waits: the clock was set back. */
static void test_due_after_the_clock_was_set_back(void **state)
{
    struct bed *b = *state;
    const int64_t at_ms = 100000000, edge_ms = at_ms - STORE_AHEAD_MAX_MS;

    assert_int_equal(bed_start(b, 1, at_ms), STORE_OK);
    assert_int_equal(due(b, edge_ms), 0);
    assert_int_equal(b->out.due.next_ms, at_ms);
    assert_int_equal(bed_take(b, 1, edge_ms), STORE_NOT_FOUND);
    assert_int_equal(due(b, edge_ms - 1), 1);
    assert_int_equal(b->out.due.next_ms, 0);
    assert_int_equal(bed_take(b, 1, edge_ms - 1), STORE_OK);
}

/* Those in doubt come first, but fill at most half of what is asked for. */
static void test_due_leaves_room(void **state)
{
    struct bed *b = *state;

    for (int n = 1; n <= 12; n++) {
        assert_int_equal(bed_start(b, n, 1000), STORE_OK);
        if (n > 8)
            continue;
        assert_int_equal(bed_take(b, n, 1000), STORE_OK);
        assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_STILL_DOUBT, 1000), STORE_OK);
    }
    assert_int_equal(due(b, 1000), 9);
    for (size_t i = 0; i < 9; i++) {
        const struct id id = bed_id('c', (int)(i < 5 ? i + 1 : i + 4));
        assert_int_equal(b->out.due.rows[i].state, i < 5 ? STORE_IN_DOUBT : STORE_WAITING);
        assert_true(id_equal(&b->out.due.rows[i].conversation, &id));
    }
}

static void test_update_parts_comments(void **state)
{
    struct bed *b = *state;
    const struct store_ticket_update set = {.conversation = bed_id('c', 1),
                                            .payload = "{}",
                                            .sender = "s:tim",
                                            .client_id = "set-1",
                                            .now_ms = 2000};

    begin(b, 1);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-2", "before", 2000), STORE_OK);
    assert_int_equal(BED(b, store_ticket_update(b->s, &set, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "m-3", "after", 2000), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 3000), 3);
}

static void test_comment_waits_for_create(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "a", 1001), STORE_OK);
    assert_int_equal(bed_take(b, 1, 2000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_CREATE_TICKET);
    assert_int_equal(b->out.taken.message_count, 1);
    const int64_t outbox = b->out.taken.outbox;
    assert_int_equal(bed_take(b, 1, 2001), STORE_NOT_FOUND);
    assert_int_equal(bed_finish(b, outbox, STORE_FILED, 3000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_ADD_COMMENT);
    assert_int_equal(b->out.taken.ticket_id, 7000 + outbox);
}

const struct CMUnitTest outbox_tests[] = {
    BED_TEST(test_create),
    BED_TEST(test_batches),
    BED_TEST(test_batch_limits),
    BED_TEST(test_not_sent),
    BED_TEST(test_linked_from_the_cache),
    BED_TEST(test_batch_is_fixed),
    BED_TEST(test_parked_blocks_only_its_own),
    BED_TEST(test_parked_in_doubt),
    BED_TEST(test_retry_now),
    BED_TEST(test_retry_of_what_was_not_sent),
    BED_TEST(test_why_it_waits),
    BED_TEST(test_due_after_the_clock_was_set_back),
    BED_TEST(test_due_leaves_room),
    BED_TEST(test_due_order),
    BED_TEST(test_update_parts_comments),
    BED_TEST(test_comment_waits_for_create),
};
const size_t outbox_test_count = COUNT_OF(outbox_tests);
