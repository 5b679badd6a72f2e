/* Changes of the ticket that meet another's. */
#include <stdio.h>

#include "ticket_bed.h"

static enum store_result settle(struct bed *b, int n, int64_t entry, bool keep, const char *act)
{
    const struct store_conflict_settle in = {.conversation = bed_id('c', n),
                                             .outbox = entry,
                                             .keep = keep,
                                             .sender = "s:tim",
                                             .client_id = act,
                                             .now_ms = 5000};

    return BED(b, store_conflict_settle(b->s, &in, bed_plain, b));
}

#define RESOLVED "{\"status\":\"Resolved\",\"compare\":true}"

/* The ticket has this status in the PSA, and Parley hears of it at once. */
static void hear_status(struct bed *b, struct store_psa_ticket *t, const char *status,
                        int64_t at_ms)
{
    t->status = status;
    t->updated_ms = at_ms;
    ticket_hear(b, t, at_ms);
}

static void test_what_waits_is_told(void **state)
{
    struct bed *b = *state;
    const struct store_ticket *t;

    ticket_begin(b, 1);
    t = ticket_look(b, 1);
    assert_string_equal(t->issue_type, "Hardware");
    assert_int_equal(t->due_ms, 500000);
    assert_string_equal(t->changes, "");
    assert_int_equal(ticket_set(b, 1, "one-0001", "{\"status\":\"A\"}"), STORE_OK);
    assert_int_equal(ticket_set(b, 1, "two-0001", "{\"assignee\":7}"), STORE_OK);
    assert_string_equal(ticket_look(b, 1)->changes, "{\"status\":\"A\"}\n{\"assignee\":7}");
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    const struct store_outbox_finish done = {.outbox = b->out.taken.outbox,
                                             .outcome = STORE_FILED,
                                             .now_ms = 3000,
                                             .ticket_status = "A",
                                             .has_more = true,
                                             .issue_type = "Software",
                                             .assignee = "Tim",
                                             .assignee_id = 9,
                                             .due_ms = 600000};
    assert_int_equal(BED(b, store_outbox_finish(b->s, &done, bed_plain, b)), STORE_OK);
    t = ticket_look(b, 1);
    assert_string_equal(t->changes, "{\"assignee\":7}");
    assert_string_equal(t->issue_type, "Software");
    assert_string_equal(t->assignee, "Tim");
    assert_int_equal(t->assignee_id, 9);
    assert_int_equal(t->due_ms, 600000);
}

static void test_a_change_meets_anothers(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket_of(ticket_begin(b, 1));

    assert_int_equal(ticket_set(b, 1, "one-0001", RESOLVED), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "m-2", "more", 2000), STORE_OK);
    hear_status(b, &t, "In Progress", 2500);
    assert_true(ticket_look(b, 1)->has_conflict);
    assert_string_equal(b->out.summary.ticket.status, "In Progress");
    assert_string_equal(b->out.summary.ticket.changes, "");
    /* What is behind it goes on. */
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    ticket_last(b, 1);
    const struct store_entry *e = &b->out.entries.rows[1];
    assert_int_equal(e->state, STORE_GIVEN_UP);
    assert_string_equal(
        e->conflict,
        "{\"status\":{\"was\":\"New\",\"now\":\"In Progress\",\"mine\":\"Resolved\"}}");
    const int64_t entry = e->id;

    /* Ours all the same; asked twice it is one. */
    assert_int_equal(settle(b, 1, entry, true, "keep-0001"), STORE_OK);
    assert_true(b->out.changed.changed);
    assert_int_equal(settle(b, 1, entry, true, "keep-0001"), STORE_OK);
    assert_int_equal(settle(b, 1, entry, true, "keep-0002"), STORE_OK);
    assert_false(b->out.changed.changed);
    assert_false(ticket_look(b, 1)->has_conflict);
    assert_string_equal(b->out.summary.ticket.changes, RESOLVED);
    assert_int_equal(settle(b, 1, 4711, true, "keep-0003"), STORE_NOT_FOUND);
    assert_int_equal(bed_take(b, 1, 6000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_UPDATE_TICKET);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 6000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 7000), STORE_NOT_FOUND);
}

static void test_what_is_no_conflict(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket_of(ticket_begin(b, 1));

    assert_int_equal(ticket_set(b, 1, "one-0001", RESOLVED), STORE_OK);
    /* Another field. */
    t.priority = "0 Urgent";
    t.updated_ms = 2100;
    ticket_hear(b, &t, 2100);
    assert_false(ticket_look(b, 1)->has_conflict);
    /* The same value. */
    hear_status(b, &t, "Resolved", 2200);
    assert_false(ticket_look(b, 1)->has_conflict);
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    /* Nobody asked for it to be compared: a person's own "solved". */
    t.status = "In Progress";
    t.updated_ms = 3100;
    assert_int_equal(ticket_set(b, 1, "two-0001", "{\"status\":\"Resolved\"}"), STORE_OK);
    ticket_hear(b, &t, 3100);
    assert_false(ticket_look(b, 1)->has_conflict);
    assert_int_equal(bed_drain(b, 1, 4000), 1);
    /* What our own change before it made of the ticket. */
    assert_int_equal(ticket_set(b, 1, "three-001", "{\"status\":\"A\",\"compare\":true}"),
                     STORE_OK);
    assert_int_equal(ticket_set(b, 1, "four-0001", "{\"status\":\"B\",\"compare\":true}"),
                     STORE_OK);
    assert_int_equal(bed_take(b, 1, 5000), STORE_OK);
    const struct store_outbox_finish done = {.outbox = b->out.taken.outbox,
                                             .outcome = STORE_FILED,
                                             .now_ms = 5000,
                                             .ticket_status = "A"};
    assert_int_equal(BED(b, store_outbox_finish(b->s, &done, bed_plain, b)), STORE_OK);
    hear_status(b, &t, "A", 5100);
    assert_false(ticket_look(b, 1)->has_conflict);
    assert_int_equal(bed_drain(b, 1, 6000), 1);
}

/* The first of two is there, and nobody has told us yet. */
static void test_our_own_in_doubt_is_no_conflict(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket_of(ticket_begin(b, 1));

    assert_int_equal(ticket_set(b, 1, "one-0001", "{\"status\":\"A\",\"compare\":true}"), STORE_OK);
    assert_int_equal(ticket_set(b, 1, "two-0001", "{\"status\":\"B\",\"compare\":true}"), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    hear_status(b, &t, "A", 3100);
    assert_false(ticket_look(b, 1)->has_conflict);
    assert_string_equal(ticket_last(b, 1)->conflict, "");
    assert_int_equal(ticket_last(b, 1)->state, STORE_WAITING);
}

/* The same when the first was in doubt and is let go, for the ticket to be read before it is sent
 * again: it may have arrived all the same. */
static void test_our_own_of_an_earlier_try_is_no_conflict(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket_of(ticket_begin(b, 1));
    struct store_outbox_finish undo = {.outcome = STORE_STILL_DOUBT, .at_ms = 3050, .reason = ""};

    assert_int_equal(ticket_set(b, 1, "one-0001", "{\"status\":\"A\",\"compare\":true}"), STORE_OK);
    assert_int_equal(ticket_set(b, 1, "two-0001", "{\"status\":\"B\",\"compare\":true}"), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    undo.outbox = b->out.taken.outbox;
    assert_int_equal(BED(b, store_outbox_finish(b->s, &undo, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3100), STORE_OK);
    undo.outcome = STORE_RETRY;
    undo.not_sent = true;
    assert_int_equal(BED(b, store_outbox_finish(b->s, &undo, bed_plain, b)), STORE_OK);
    t.status = "A";
    t.updated_ms = 3100;
    ticket_hear(b, &t, 3200);
    assert_false(ticket_look(b, 1)->has_conflict);
    assert_int_equal(ticket_last(b, 1)->state, STORE_WAITING);
}

/* The ticket was changed there behind our change, and seen so before our answer is written down:
 * what was seen counts. */
static void test_a_look_while_it_is_sent(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket_of(ticket_begin(b, 1));
    struct store_outbox_finish filed = {.outcome = STORE_FILED,
                                        .now_ms = 3300,
                                        .reason = "",
                                        .ticket_number = "",
                                        .ticket_status = "New",
                                        .account = "",
                                        .updated_ms = 3050};

    assert_int_equal(ticket_set(b, 1, "one-0001", "{\"status\":\"New\"}"), STORE_OK);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK);
    filed.outbox = b->out.taken.outbox;
    t.status = "Theirs";
    t.updated_ms = 3100;
    ticket_hear(b, &t, 3200);
    assert_string_equal(ticket_look(b, 1)->status, "Theirs");
    assert_int_equal(BED(b, store_outbox_finish(b->s, &filed, bed_plain, b)), STORE_OK);
    assert_string_equal(ticket_look(b, 1)->status, "Theirs");
}

/* It may have arrived: what comes of it decides, also after a crash. */
static void test_a_conflict_while_it_is_sent(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket_of(ticket_begin(b, 1));

    for (int i = 0; i < 2; i++) {
        char act[16];

        snprintf(act, sizeof(act), "act-%05d", i);
        t.status = i == 0 ? "One" : "Two";
        t.updated_ms = 3000 + i;
        assert_int_equal(ticket_set(b, 1, act, RESOLVED), STORE_OK);
        assert_int_equal(bed_take(b, 1, 90000 * (i + 1)), STORE_OK);
        const int64_t entry = b->out.taken.outbox;
        ticket_hear(b, &t, 3000);
        assert_int_equal(ticket_last(b, 1)->state, STORE_IN_DOUBT);
        bed_reopen(b);
        if (i == 0) { /* it was certainly not sent */
            assert_int_equal(bed_finish(b, entry, STORE_RETRY, 4000), STORE_OK);
            assert_int_equal(ticket_last(b, 1)->state, STORE_GIVEN_UP);
            assert_true(ticket_look(b, 1)->has_conflict);
            assert_int_equal(settle(b, 1, entry, false, "leave-001"), STORE_OK);
            assert_int_equal(bed_take(b, 1, 99000), STORE_NOT_FOUND);
        } else {
            assert_int_equal(bed_finish(b, entry, STORE_FILED, 4000), STORE_OK);
            assert_string_equal(ticket_last(b, 1)->conflict, "");
        }
        assert_false(ticket_look(b, 1)->has_conflict);
    }
}

static void test_a_conflict_that_is_none_any_more(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket_of(ticket_begin(b, 1));

    assert_int_equal(ticket_set(b, 1, "one-0001", RESOLVED), STORE_OK);
    hear_status(b, &t, "In Progress", 2100);
    assert_true(ticket_look(b, 1)->has_conflict);
    hear_status(b, &t, "Resolved", 2200);
    assert_false(ticket_look(b, 1)->has_conflict);
}

/* An answer that was on its way for long tells what was. One that was asked for later is news, also
 * where the PSA's clock was set back. */
static void test_an_answer_that_comes_late(void **state)
{
    struct bed *b = *state;
    struct store_psa_ticket t = ticket_of(ticket_begin(b, 1));

    hear_status(b, &t, "Resolved", 3000);
    assert_string_equal(ticket_look(b, 1)->status, "Resolved");
    hear_status(b, &t, "In Progress", 2500);
    assert_string_equal(ticket_look(b, 1)->status, "Resolved");
    t.updated_ms = 2600;
    ticket_hear(b, &t, 4000);
    assert_string_equal(ticket_look(b, 1)->status, "In Progress");
}

const struct CMUnitTest change_tests[] = {
    BED_TEST(test_an_answer_that_comes_late),
    BED_TEST(test_what_waits_is_told),
    BED_TEST(test_a_change_meets_anothers),
    BED_TEST(test_what_is_no_conflict),
    BED_TEST(test_our_own_of_an_earlier_try_is_no_conflict),
    BED_TEST(test_a_look_while_it_is_sent),
    BED_TEST(test_our_own_in_doubt_is_no_conflict),
    BED_TEST(test_a_conflict_while_it_is_sent),
    BED_TEST(test_a_conflict_that_is_none_any_more),
};
const size_t change_test_count = COUNT_OF(change_tests);
