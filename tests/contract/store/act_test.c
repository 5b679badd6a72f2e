/* What staff do with a conversation: each act once, told in the conversation, and what follows. */
#include "act_bed.h"

static void test_assign(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_ASSIGN, 1, "assign-01", 2000);
    const struct id two = bed_id('s', 2);

    act_begin(b);
    in.to = two;
    in.body = "She is on Linux.";
    in.outbox = (struct store_enqueue){.wanted = true, .next_at_ms = 4000};
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(b->out.added.seq, 2);
    assert_true(id_equal(&act_summary(b)->staff, &two));
    assert_string_equal(b->out.summary.staff_name, "Sam \"S\"");
    assert_int_equal(b->out.summary.waiting_since_ms, 1000);
    assert_string_equal(act_last(b, bed_staff())->body, "She is on Linux.");
    assert_string_equal(b->out.messages.rows[1].body,
                        "{\"act\":\"assign\",\"to\":\"Sam \\\"S\\\"\"}");
    assert_int_equal(b->out.messages.rows[1].author, STORE_NOTE);
    assert_int_equal(act_last(b, bed_person(1))->seq, 1); /* the person reads nothing of it */

    assert_int_equal(act_do(b, &in), STORE_OK); /* once more */
    assert_true(b->out.added.duplicate);
    assert_int_equal(b->out.added.seq, 2);
    assert_int_equal(act_last(b, bed_staff())->seq, 3);
}

static void test_assign_crosses(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_ASSIGN, 1, "assign-01", 2000);

    act_begin(b);
    in.to = in.by;
    in.look_was = true; /* nobody */
    assert_int_equal(act_do(b, &in), STORE_OK);
    in = act_of(STORE_ACT_ASSIGN, 2, "assign-02", 2001);
    in.to = in.by;
    in.look_was = true;
    assert_int_equal(act_do(b, &in), STORE_CROSSED);
    assert_string_equal(act_summary(b)->staff_name, "Robin");
    in.was = bed_id('s', 1); /* having looked */
    assert_int_equal(act_do(b, &in), STORE_OK);
    in = act_of(STORE_ACT_ASSIGN, 1, "assign-03", 2002);
    in.to = bed_id('s', 3);
    assert_int_equal(act_do(b, &in), STORE_NOT_FOUND);
    in.to = (struct id){0};
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_true(id_is_none(&act_summary(b)->staff));
    in = act_of(STORE_ACT_ASSIGN, 1, "assign-04", 2003); /* so already: nothing to say */
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(b->out.added.seq, 0);
}

static void test_reply_takes(void **state)
{
    struct bed *b = *state;
    struct store_message_add in = {.conversation = bed_id('c', 1),
                                   .message = bed_id('m', 50),
                                   .asker = bed_staff(),
                                   .author = STORE_NOTE,
                                   .name = "Robin",
                                   .body = "hm",
                                   .sender = "s:1",
                                   .client_id = "note-001",
                                   .staff = bed_id('s', 1),
                                   .now_ms = 3000};

    act_begin(b);
    assert_int_equal(BED(b, store_message_add(b->s, &in, bed_added, b)), STORE_OK);
    assert_true(id_is_none(&act_summary(b)->staff));
    assert_int_equal(b->out.summary.answered_ms, 0);
    in.message = bed_id('m', 51);
    in.author = STORE_STAFF;
    in.client_id = "reply-01";
    in.now_ms = 4000;
    assert_int_equal(BED(b, store_message_add(b->s, &in, bed_added, b)), STORE_OK);
    assert_string_equal(act_summary(b)->staff_name, "Robin");
    assert_int_equal(b->out.summary.answered_ms, 4000);
    in.message = bed_id('m', 52);
    in.client_id = "reply-02";
    in.staff = bed_id('s', 2); /* who helps out does not take it */
    in.now_ms = 5000;
    assert_int_equal(BED(b, store_message_add(b->s, &in, bed_added, b)), STORE_OK);
    assert_string_equal(act_summary(b)->staff_name, "Robin");
    assert_int_equal(b->out.summary.answered_ms, 4000);
}

static void test_sleep(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_SNOOZE, 1, "snooze-01", 2000);

    act_begin(b);
    in.until_ms = 90000;
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(act_summary(b)->snoozed_ms, 90000);
    assert_string_equal(act_last(b, bed_staff())->body, "{\"act\":\"snooze\",\"until\":90000}");
    assert_int_equal(bed_say(b, 1, STORE_NOTE, "note-001", "not yet", 2500), STORE_OK);
    assert_int_equal(act_summary(b)->snoozed_ms, 90000);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "more-001", "Hello?", 3000), STORE_OK);
    assert_int_equal(act_summary(b)->snoozed_ms, 0);
    assert_int_equal(b->out.summary.waiting_since_ms, 1000);
}

static void test_close_and_open(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_CLOSE, 1, "close-001", 2000);

    act_begin(b);
    in.payload = "{\"status\":\"Resolved\"}";
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_false(act_summary(b)->open);
    assert_int_equal(b->out.summary.closed_ms, 2000);
    assert_int_equal(b->out.summary.waiting_since_ms, 0);
    assert_string_equal(act_last(b, bed_person(1))->body, "Robin did it.");
    assert_int_equal(b->out.messages.rows[1].author, STORE_EVENT);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_true(b->out.added.duplicate);
    assert_int_equal(BED(b, store_outbox_of(b->s, &in.conversation, bed_entries, b)), STORE_OK);
    assert_int_equal(b->out.entries.count, 2); /* the ticket, its status, and no more */
    in = act_of(STORE_ACT_REOPEN, 1, "open-0001", 3000);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_true(act_summary(b)->open);
    assert_int_equal(b->out.summary.closed_ms, 0);
    in = act_of(STORE_ACT_REOPEN, 1, "open-0002", 3001);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_int_equal(b->out.added.seq, 0);
}

static void test_tags(void **state)
{
    struct bed *b = *state;
    struct store_act in = act_of(STORE_ACT_TAGS, 1, "tags-0001", 2000);

    act_begin(b);
    in.tags[0] = "VPN";
    in.tags[1] = "Drucker";
    in.tag_count = 2;
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_string_equal(act_summary(b)->tags, "Drucker,VPN");
    assert_string_equal(act_last(b, bed_staff())->body,
                        "{\"act\":\"tags\",\"tags\":[\"VPN\",\"Drucker\"]}");
    in = act_of(STORE_ACT_TAGS, 1, "tags-0002", 2001);
    in.tags[0] = "drucker";
    in.tags[1] = "VPN";
    in.tag_count = 2;
    assert_int_equal(act_do(b, &in), STORE_OK);
    in = act_of(STORE_ACT_TAGS, 1, "tags-0003", 2002);
    assert_int_equal(act_do(b, &in), STORE_OK);
    assert_string_equal(act_summary(b)->tags, "");
}

static void test_setting(void **state)
{
    struct bed *b = *state;
    const struct id one = bed_id('s', 1), two = bed_id('s', 2), nobody = bed_id('s', 3);
    struct store_staff_setting in = {.staff = one, .key = "views", .text = "{}", .changed_ms = 1};

    act_begin(b);
    assert_int_equal(BED(b, store_staff_setting_get(b->s, &one, "views", bed_plain, b)),
                     STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_staff_setting_put(b->s, &in, bed_plain, b)), STORE_OK);
    in.text = "{\"a\":1}";
    assert_int_equal(BED(b, store_staff_setting_put(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_staff_setting_get(b->s, &one, "views", bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_staff_setting_get(b->s, &two, "views", bed_plain, b)),
                     STORE_NOT_FOUND);
    in.staff = nobody;
    assert_int_equal(BED(b, store_staff_setting_put(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
}

const struct CMUnitTest act_tests[] = {
    BED_TEST(test_assign),  BED_TEST(test_assign_crosses), BED_TEST(test_reply_takes),
    BED_TEST(test_sleep),   BED_TEST(test_close_and_open), BED_TEST(test_tags),
    BED_TEST(test_setting),
};
const size_t act_test_count = sizeof(act_tests) / sizeof(act_tests[0]);
