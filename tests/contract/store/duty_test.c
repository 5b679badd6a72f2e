/* What the house looks at, and what it tells once. */
#include <stdio.h>

#include "bed.h"

#define T0 INT64_C(1000)

static void on_duty(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_duty *d = &b->out.duty;
    struct store_duty_row *rows;
    struct store_duty_member *members;

    bed_plain(result, out, arg);
    rows = arena_alloc(b->keep, (d->count + 1) * sizeof(*rows));
    members = arena_alloc(b->keep, (d->member_count + 1) * sizeof(*members));
    for (size_t i = 0; i < d->count; i++) {
        rows[i] = d->rows[i];
        keep_text(b, &rows[i].tags);
    }
    memcpy(members, d->members, d->member_count * sizeof(*members));
    d->rows = rows;
    d->members = members;
}

static void on_samples(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_duty_sample *rows;

    bed_plain(result, out, arg);
    rows = arena_alloc(b->keep, (b->out.duty_samples.count + 1) * sizeof(*rows));
    memcpy(rows, b->out.duty_samples.rows, b->out.duty_samples.count * sizeof(*rows));
    b->out.duty_samples.rows = rows;
}

static const struct store_duty *look_behind(struct bed *b, int64_t now_ms, size_t skip,
                                            size_t limit)
{
    assert_int_equal(BED(b, store_duty_look(b->s, now_ms, skip, limit, on_duty, b)), STORE_OK);
    return &b->out.duty;
}

static const struct store_duty *look(struct bed *b, int64_t now_ms)
{
    return look_behind(b, now_ms, 0, 100);
}

static void test_looks(void **state)
{
    struct bed *b = *state;
    const struct store_duty *seen;
    const struct store_staff_setting away = {
        .staff = bed_id('s', 2), .key = "routing", .text = "{\"away\":true}", .changed_ms = T0};
    const struct store_staff_setting odd = {
        .staff = bed_id('s', 1), .key = "routing", .text = "{\"away\":\"x\"}", .changed_ms = T0};

    assert_int_equal(look(b, T0)->count, 0);
    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_int_equal(bed_start(b, 2, T0 + 5), STORE_OK);
    bed_member(b, 1);
    bed_member(b, 2);
    assert_int_equal(BED(b, store_staff_setting_put(b->s, &away, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_staff_setting_put(b->s, &odd, bed_plain, b)), STORE_OK);
    bed_act(b, 1, (struct store_act){.kind = STORE_ACT_ASSIGN, .to = bed_id('s', 2)}, T0 + 10);
    bed_act(b, 1, (struct store_act){.kind = STORE_ACT_TAGS, .tags = {"vpn"}, .tag_count = 1},
            T0 + 10);
    seen = look(b, T0 + 20);
    assert_int_equal(seen->count, 2);
    assert_true(seen->rows[0].waiting_since_ms == T0);
    assert_int_equal(seen->rows[0].woke_ms, 0);
    assert_string_equal(seen->rows[0].tags, "vpn");
    const struct id second = bed_id('s', 2);
    assert_true(id_equal(&seen->rows[0].staff, &second));
    assert_true(id_is_none(&seen->rows[1].staff));
    assert_int_equal(seen->member_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const bool is_second = id_equal(&seen->members[i].id, &second);

        assert_int_equal(seen->members[i].is_away, is_second);
        assert_int_equal(seen->members[i].open, is_second);
    }
    assert_int_equal(look_behind(b, T0 + 20, 1, 1)->count, 1);
    assert_true(b->out.duty.rows[0].waiting_since_ms == T0 + 5);
    assert_int_equal(look_behind(b, T0 + 20, 2, 1)->count, 0);
    assert_int_equal(b->out.duty.member_count, 2);
    /* What is said further is no other waiting. */
    assert_true(look(b, T0 + 20)->rows[0].said_ms == T0);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "again-01", "Hello?", T0 + 21), STORE_OK);
    bed_act(b, 1, (struct store_act){.kind = STORE_ACT_TAGS}, T0 + 22);
    assert_true(look(b, T0 + 23)->rows[0].waiting_since_ms == T0);
    assert_true(b->out.duty.rows[0].said_ms == T0 + 21);
    /* Asleep it is not looked at, until its time has come; and it does not count as open. */
    bed_act(b, 1,
            (struct store_act){.kind = STORE_ACT_SNOOZE, .by = bed_id('s', 1), .until_ms = T0 + 99},
            T0 + 30);
    assert_int_equal(look(b, T0 + 98)->count, 1);
    assert_int_equal(b->out.duty.members[0].open + b->out.duty.members[1].open, 0);
    assert_int_equal(look(b, T0 + 99)->count, 2);
    assert_true(b->out.duty.rows[0].snoozed_ms == T0 + 99);
    /* The house wakes what is due, and nothing else. */
    bed_act(b, 1, (struct store_act){.kind = STORE_ACT_SNOOZE}, T0 + 50);
    assert_int_equal(look(b, T0 + 98)->count, 1);
    bed_act(b, 1, (struct store_act){.kind = STORE_ACT_SNOOZE}, T0 + 99);
    assert_int_equal(look(b, T0 + 99)->count, 2);
    assert_true(b->out.duty.rows[0].snoozed_ms == 0);
    assert_true(b->out.duty.rows[0].woke_ms == T0 + 99);
    bed_act(b, 1, (struct store_act){.kind = STORE_ACT_SNOOZE}, T0 + 110); /* it is awake */
    assert_true(look(b, T0 + 110)->rows[0].woke_ms == T0 + 99);
    /* The person's word wakes it, too. */
    bed_act(
        b, 1,
        (struct store_act){.kind = STORE_ACT_SNOOZE, .by = bed_id('s', 1), .until_ms = T0 + 999},
        T0 + 120);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "again-02", "Hello?", T0 + 130), STORE_OK);
    assert_true(look(b, T0 + 130)->rows[0].woke_ms == T0 + 130);
    assert_true(b->out.duty.rows[0].waiting_since_ms == T0);
}

static bool tell(struct bed *b, const char *text, int64_t away_ms, bool escalate, int64_t waiting)
{
    static int fresh = 8000;
    const struct store_duty_tell in = {.conversation = bed_id('c', 1),
                                       .waiting_since_ms = waiting,
                                       .text = text,
                                       .away_ms = away_ms,
                                       .message = bed_id('m', fresh++),
                                       .escalate = escalate,
                                       .to = {"boss@msp.example", "night@msp.example"},
                                       .keys = {bed_id('k', fresh), bed_id('k', fresh + 1)},
                                       .minutes = 15,
                                       .to_count = escalate ? 2 : 0,
                                       .now_ms = T0 + 100};

    fresh += 2;
    assert_int_equal(BED(b, store_duty_tell(b->s, &in, bed_plain, b)), STORE_OK);
    return b->out.changed.changed;
}

static void on_letter(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    if (result != STORE_OK || b->out.mail_taken.ended)
        return;
    keep_text(b, &b->out.mail_taken.to);
    keep_text(b, &b->out.mail_taken.name);
    keep_text(b, &b->out.mail_taken.reference);
}

static size_t letters(struct bed *b, int64_t now_ms, int64_t ids[8])
{
    assert_int_equal(BED(b, store_mail_due(b->s, now_ms, 8, bed_plain, b)), STORE_OK);
    memset(ids, 0, 8 * sizeof(ids[0]));
    return b->out.mail_due.count;
}

static void test_tells_once(void **state)
{
    struct bed *b = *state;
    const struct store_mail_begin mail = {.ready = true, .now_ms = T0};
    int64_t ids[8];

    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_true(tell(b, "", 0, true, T0)); /* no mail server: it counts as told, by no letter */
    assert_int_equal(letters(b, T0 + 100, ids), 0);
    assert_int_equal(BED(b, store_mail_begin(b->s, &mail, bed_plain, b)), STORE_OK);
    assert_false(tell(b, "", 0, true, T0));
    assert_false(tell(b, "We are away.", 500, false, T0 + 1)); /* another waits by now */
    assert_true(tell(b, "We are away.", 500, false, T0));
    assert_false(tell(b, "We are away.", 500, false, T0));
    assert_true(tell(b, "We are away.", 900, false, T0));

    const struct store_messages_read in = {
        .conversation = bed_id('c', 1), .asker = bed_person(1), .limit = 10};
    assert_int_equal(BED(b, store_messages_read(b->s, &in, bed_messages, b)), STORE_OK);
    assert_int_equal(b->out.messages.count, 3);
    assert_int_equal(b->out.messages.rows[2].author, STORE_EVENT);
    assert_string_equal(b->out.messages.rows[2].body, "We are away.");
    assert_true(look(b, T0 + 200)->rows[0].away_ms == 900);
    assert_true(b->out.duty.rows[0].escalated_ms == T0);
}

static void test_letters(void **state)
{
    struct bed *b = *state;
    const struct store_mail_begin mail = {.ready = true, .now_ms = T0};
    int64_t ids[8];

    assert_int_equal(BED(b, store_mail_begin(b->s, &mail, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_true(tell(b, "", 0, true, T0));
    assert_int_equal(letters(b, T0 + 100, ids), 2);
    const struct store_messages_read in = {
        .conversation = bed_id('c', 1), .asker = bed_staff(), .limit = 10, .include_notes = true};
    assert_int_equal(BED(b, store_messages_read(b->s, &in, bed_messages, b)), STORE_OK);
    assert_int_equal(b->out.messages.rows[1].author, STORE_NOTE);
    assert_string_equal(b->out.messages.rows[1].body, "{\"act\":\"unanswered\",\"minutes\":15}");
    assert_int_equal(BED(b, store_mail_take(b->s, 1, T0 + 100, on_letter, b)), STORE_OK);
    assert_int_equal(b->out.mail_taken.kind, STORE_MAIL_UNANSWERED);
    assert_false(b->out.mail_taken.ended);
    assert_string_equal(b->out.mail_taken.to, "boss@msp.example");
    assert_true(b->out.mail_taken.reference[0] != '\0');
    /* Answered before the second could go: it is not needed any more, though the person asks
     * again. */
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "answer-1", "words", T0 + 110), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "again-01", "words", T0 + 115), STORE_OK);
    assert_int_equal(BED(b, store_mail_take(b->s, 2, T0 + 120, on_letter, b)), STORE_OK);
    assert_true(b->out.mail_taken.ended);
}

static void test_samples(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_int_equal(bed_start(b, 2, T0 + 50), STORE_OK);
    assert_int_equal(bed_start(b, 3, T0 + 60), STORE_OK);
    assert_int_equal(bed_say(b, 2, STORE_STAFF, "answer-1", "words", T0 + 70), STORE_OK);
    bed_act(b, 1,
            (struct store_act){.kind = STORE_ACT_CLOSE, .by = bed_id('s', 1), .text = "Closed."},
            T0 + 80); /* number 1, without an answer */
    assert_int_equal(BED(b, store_duty_samples(b->s, T0, on_samples, b)), STORE_OK);
    assert_int_equal(b->out.duty_samples.count, 2);
    assert_true(b->out.duty_samples.rows[0].created_ms == T0 + 60);
    assert_true(b->out.duty_samples.rows[0].answered_ms == 0);
    assert_true(b->out.duty_samples.rows[1].answered_ms == T0 + 70);
    assert_int_equal(BED(b, store_duty_samples(b->s, T0 + 60, on_samples, b)), STORE_OK);
    assert_int_equal(b->out.duty_samples.count, 1);
}

const struct CMUnitTest duty_tests[] = {
    BED_TEST(test_looks),
    BED_TEST(test_tells_once),
    BED_TEST(test_letters),
    BED_TEST(test_samples),
};
const size_t duty_test_count = sizeof(duty_tests) / sizeof(duty_tests[0]);
