/* A conversation and its ticket close and open: by staff, by the person, in the PSA, and in which
 * order each hears of the other. */
#include <stdio.h>

#include "act_bed.h"

/* Staff choose a status of the ticket. */
static void choose(struct bed *b, const char *status, int64_t now_ms)
{
    char payload[80];
    const struct store_ticket_update in = {.conversation = bed_id('c', 1),
                                           .payload = payload,
                                           .sender = "s:1",
                                           .client_id = "status-01",
                                           .now_ms = now_ms};

    snprintf(payload, sizeof(payload), "{\"status\":\"%s\",\"compare\":true}", status);
    assert_int_equal(BED(b, store_ticket_update(b->s, &in, bed_plain, b)), STORE_OK);
}

/* The ticket follows, which is no news. */
static void test_closed_is_told_once(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_CLOSE, 1, "close-001", 5000);

    act_begin_seen(b);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(act_hear(b, false, 6000), STORE_OK);
    assert_string_equal(act_last(b, bed_staff())->body, "Robin did it.");
    assert_int_equal(act_summary(b)->closed_ms, 5000);
    assert_int_equal(act_hear(b, true, 7000), STORE_OK);
    assert_string_equal(act_last(b, bed_staff())->body, "The ticket is open again.");
    assert_true(act_summary(b)->open);
    assert_int_equal(act_hear(b, false, 8000), STORE_OK);
    assert_string_equal(act_last(b, bed_staff())->body, "The ticket was closed (Resolved).");
    assert_int_equal(act_summary(b)->closed_ms, 8000);
}

/* The ticket was never seen before, and is open until the PSA has our word: nothing was opened. */
static void test_closed_before_the_ticket_was_seen(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_CLOSE, 1, "close-001", 5000);

    act_begin(b);
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(act_hear(b, true, 6000), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_string_equal(act_last(b, bed_staff())->body, "Robin did it.");
    assert_int_equal(act_hear(b, false, 7000), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_int_equal(act_hear(b, true, 8000), STORE_OK);
    assert_true(act_summary(b)->open);
}

/* Who closed the ticket has not seen what is still on its way there. */
static void test_closed_over_words_on_their_way(void **state)
{
    struct bed *b = *state;

    act_begin_seen(b);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    assert_int_equal(act_hear(b, false, 7000), STORE_OK);
    assert_string_equal(act_last(b, bed_staff())->body, "One more thing");
    assert_true(act_summary(b)->open);
    assert_int_equal(b->out.summary.waiting_since_ms, 1000);
    assert_int_equal(act_hear(b, false, 7500), STORE_OK);
    assert_true(act_summary(b)->open);
    assert_int_equal(bed_drain(b, 1, 7500), 2); /* the words, and then it is opened */
    assert_int_equal(act_hear(b, true, 8000), STORE_OK);
    assert_int_equal(act_summary(b)->waiting_since_ms, 1000);
    assert_int_equal(act_hear(b, false, 9000), STORE_OK);
    assert_false(act_summary(b)->open);
}

/* Nor what came there after it was closed, however the clocks go. */
static void closed_before_words(struct bed *b, int64_t ahead_ms)
{
    act_begin(b);
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    assert_int_equal(act_hear_when(b, true, 4000, 0, ahead_ms), STORE_OK);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 6500), 1);
    assert_int_equal(act_hear_when(b, false, 7000, 6400, ahead_ms), STORE_OK);
    assert_true(act_summary(b)->open);
    assert_int_equal(b->out.summary.waiting_since_ms, 1000);
    assert_int_equal(bed_drain(b, 1, 7500), 1); /* it is opened */
    assert_int_equal(act_hear_when(b, true, 8000, 0, ahead_ms), STORE_OK);
    assert_int_equal(act_hear_when(b, false, 9000, 8900, ahead_ms), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_int_equal(bed_drain(b, 1, 9500), 0);
}

static void test_closed_before_words_came(void **state)
{
    closed_before_words(*state, 0);
}

static void test_closed_before_words_came_by_another_clock(void **state)
{
    closed_before_words(*state, -3000);
}

static void test_closed_after_words_came(void **state)
{
    struct bed *b = *state;

    act_begin(b);
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    assert_int_equal(act_hear_when(b, true, 4000, 0, 500), STORE_OK);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 6500), 1);
    assert_int_equal(act_hear_when(b, false, 7000, 6600, 500), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_int_equal(bed_drain(b, 1, 7500), 0);
}

/* It was closed once more from here, with the words before somebody's eyes; the PSA tells of the
 * first time. */
static void test_closed_from_here_after_words_came(void **state)
{
    struct bed *b = *state;
    const struct id one = bed_id('c', 1);
    struct store_ticket_update in = {.conversation = one,
                                     .payload = "{\"status\":\"Resolved\",\"compare\":true}",
                                     .sender = "s:1",
                                     .client_id = "status-01",
                                     .now_ms = 5000};

    act_begin(b);
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    assert_int_equal(act_hear_when(b, true, 4000, 0, 0), STORE_OK);
    assert_int_equal(BED(b, store_ticket_update(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 5000), 1);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    in.client_id = "status-02";
    in.now_ms = 6500;
    assert_int_equal(BED(b, store_ticket_update(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 6500), 2);
    assert_int_equal(act_hear_when(b, false, 7000, 5000, 0), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_int_equal(bed_drain(b, 1, 7500), 0);
}

/* Our own opening of it was never seen. */
static void test_closed_again_at_once(void **state)
{
    struct bed *b = *state;

    act_begin_seen(b);
    assert_int_equal(act_hear(b, false, 5000), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    assert_int_equal(act_hear(b, false, 6300), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 6500), 2);           /* the words, and then it is opened */
    assert_int_equal(act_hear(b, false, 6400), STORE_OK); /* as it was before that */
    assert_true(act_summary(b)->open);
    assert_int_equal(act_hear(b, false, 7000), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_string_equal(act_last(b, bed_staff())->body, "The ticket was closed (Resolved).");
    assert_int_equal(act_hear(b, true, 8000), STORE_OK);
    assert_true(act_summary(b)->open);
}

/* What is not there yet of our closing is no opening by others. */
static void test_closed_while_its_opening_is_told(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_CLOSE, 1, "close-001", 6600);

    in.payload = "{\"status\":\"Resolved\"}";
    act_begin_seen(b);
    assert_int_equal(act_hear(b, false, 5000), STORE_OK);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 6500), 2);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(act_hear(b, true, 6700), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_string_equal(act_last(b, bed_staff())->body, "Robin did it.");
    assert_int_equal(bed_drain(b, 1, 6800), 1);
    assert_int_equal(act_hear(b, false, 7000), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_string_equal(act_last(b, bed_staff())->body, "Robin did it.");
    assert_int_equal(act_hear(b, true, 8000), STORE_OK);
    assert_true(act_summary(b)->open);
}

/* Our own closing of it was never seen: somebody there, or its person by email, has opened it. */
static void test_opened_again_at_once(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_CLOSE, 1, "close-001", 5000);

    in.payload = "{\"status\":\"Resolved\"}";
    act_begin_seen(b);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 5100), 1);
    assert_int_equal(act_hear(b, true, 5050), STORE_OK); /* as it was before that */
    assert_false(act_summary(b)->open);
    assert_int_equal(act_hear(b, true, 6000), STORE_OK);
    assert_true(act_summary(b)->open);
    assert_string_equal(act_last(b, bed_staff())->body, "The ticket is open again.");
    in = act_of(STORE_ACT_CLOSE, 1, "close-002", 7000); /* to which no status belongs */
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(act_hear(b, true, 8000), STORE_OK);
    assert_false(act_summary(b)->open);
}

/* Staff chose a status, and closed the conversation where no status belongs to that. */
static void test_closed_after_a_choice(void **state)
{
    struct bed *b = *state;
    const struct store_act close = act_of(STORE_ACT_CLOSE, 1, "close-001", 5500);

    act_begin_seen(b);
    choose(b, "New", 5000);
    assert_int_equal(bed_drain(b, 1, 5000), 1);
    assert_int_equal(act_do(b, &close), STORE_OK);
    assert_int_equal(act_hear(b, true, 6000), STORE_OK);
    assert_false(act_summary(b)->open);
}

static void test_opened_again_before_the_ticket_was_seen(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_CLOSE, 1, "close-001", 5000);

    in.payload = "{\"status\":\"Resolved\"}";
    act_begin(b);
    assert_int_equal(bed_drain(b, 1, 3000), 1);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 5100), 1);
    assert_int_equal(act_hear(b, true, 6000), STORE_OK);
    assert_true(act_summary(b)->open);
}

/* Staff chose the status that it had, words or not. */
static void test_closed_by_choice_over_words(void **state)
{
    struct bed *b = *state;

    act_begin_seen(b);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    choose(b, "Resolved", 6100);
    assert_int_equal(act_hear(b, false, 6200), STORE_OK);
    assert_true(act_summary(b)->open);
    assert_int_equal(bed_drain(b, 1, 6500), 2);
    assert_int_equal(act_hear(b, false, 7000), STORE_OK);
    assert_false(act_summary(b)->open);
}

/* It is closed by what is on its way from here, to which the answer is not there yet. */
static void test_closed_from_here_before_the_answer(void **state)
{
    struct bed *b = *state;

    act_begin_seen(b);
    choose(b, "Resolved", 5000);
    assert_int_equal(bed_take(b, 1, 5000), STORE_OK);
    const int64_t closing = b->out.taken.outbox;
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    assert_int_equal(act_hear(b, false, 6200), STORE_OK);
    assert_int_equal(bed_finish(b, closing, STORE_RETRY, 6300), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 6500), 3); /* once more, the words, and then it is opened */
    assert_true(act_summary(b)->open);
}

/* A choice that may be on its way, and that will not be made, opens nothing. */
static void test_closed_over_words_and_a_choice(void **state)
{
    struct bed *b = *state;

    act_begin_seen(b);
    choose(b, "Waiting", 5000);
    assert_int_equal(bed_take(b, 1, 5000), STORE_OK);
    const int64_t choice = b->out.taken.outbox;
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    assert_int_equal(act_hear(b, false, 6200), STORE_OK);
    assert_int_equal(bed_finish(b, choice, STORE_RETRY, 6300), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 6500), 2); /* the words, and then it is opened */
    assert_true(act_summary(b)->open);
}

/* Who writes just after it was closed waits, whatever the ticket still says. */
static void test_written_before_the_ticket_is_open_again(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_CLOSE, 1, "close-001", 5000);

    in.payload = "{\"status\":\"Resolved\"}";
    act_begin_seen(b);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(bed_drain(b, 1, 5000), 1);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    assert_int_equal(act_hear(b, false, 7000), STORE_OK);
    assert_true(act_summary(b)->open);
    assert_int_equal(b->out.summary.waiting_since_ms, 6000);
    assert_int_equal(bed_drain(b, 1, 7000), 2);
    assert_int_equal(act_hear(b, true, 8000), STORE_OK);
    assert_true(act_summary(b)->open);
    assert_int_equal(b->out.summary.waiting_since_ms, 6000);
    assert_int_equal(act_hear(b, false, 9000), STORE_OK); /* by somebody there */
    assert_false(act_summary(b)->open);
}

/* The ticket is made, closed and opened again, in this order. */
static void test_written_before_the_ticket_is_made(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_CLOSE, 1, "close-001", 5000);
    static const enum store_outbox_kind kinds[] = {STORE_CREATE_TICKET, STORE_UPDATE_TICKET,
                                                   STORE_ADD_COMMENT, STORE_UPDATE_TICKET};

    in.payload = "{\"status\":\"Resolved\"}";
    act_begin(b);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        assert_int_equal(bed_take(b, 1, 90000), STORE_OK);
        assert_int_equal(b->out.taken.kind, kinds[i]);
        assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 90000), STORE_OK);
    }
    assert_int_equal(bed_take(b, 1, 90000), STORE_NOT_FOUND);
}

const struct CMUnitTest turn_tests[] = {
    BED_TEST(test_closed_is_told_once),
    BED_TEST(test_closed_before_the_ticket_was_seen),
    BED_TEST(test_closed_over_words_on_their_way),
    BED_TEST(test_closed_before_words_came),
    BED_TEST(test_closed_before_words_came_by_another_clock),
    BED_TEST(test_closed_after_words_came),
    BED_TEST(test_closed_from_here_after_words_came),
    BED_TEST(test_closed_again_at_once),
    BED_TEST(test_closed_while_its_opening_is_told),
    BED_TEST(test_opened_again_at_once),
    BED_TEST(test_closed_after_a_choice),
    BED_TEST(test_opened_again_before_the_ticket_was_seen),
    BED_TEST(test_closed_by_choice_over_words),
    BED_TEST(test_closed_from_here_before_the_answer),
    BED_TEST(test_closed_over_words_and_a_choice),
    BED_TEST(test_written_before_the_ticket_is_open_again),
    BED_TEST(test_written_before_the_ticket_is_made),
};
const size_t turn_test_count = sizeof(turn_tests) / sizeof(turn_tests[0]);
