/* Letters: what is due, what is taken, what becomes of it. */
#include "bed.h"

#define T0  INT64_C(1700000000000)
#define MIN INT64_C(60000)

static void mail_due(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    int64_t *ids = arena_alloc(b->keep, (out->mail_due.count + 1) * sizeof(*ids));
    memcpy(ids, out->mail_due.ids, out->mail_due.count * sizeof(*ids));
    b->out.mail_due = out->mail_due;
    b->out.mail_due.ids = ids;
}

static void mail_taken(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    b->out.mail_taken = out->mail_taken;
    if (out->mail_taken.ended)
        return;
    keep_text(b, &b->out.mail_taken.to);
    keep_text(b, &b->out.mail_taken.sealed);
    keep_text(b, &b->out.mail_taken.brand);
    if (out->mail_taken.message_count > 0) {
        static struct store_message first;
        first = out->mail_taken.messages[0];
        keep_text(b, &first.body);
        b->out.mail_taken.messages = &first;
    }
}

static void mail_all(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    b->out.mail = out->mail;
    b->out.mail.parked = NULL;
}

static enum store_result begin(struct bed *b, bool ready, int64_t now_ms)
{
    const struct store_mail_begin in = {
        .ready = ready, .after_ms = 2 * MIN, .most_ms = 5 * MIN, .now_ms = now_ms};

    return BED(b, store_mail_begin(b->s, &in, bed_plain, b));
}

static size_t due(struct bed *b, int64_t now_ms)
{
    assert_int_equal(BED(b, store_mail_due(b->s, now_ms, 10, mail_due, b)), STORE_OK);
    return b->out.mail_due.count;
}

static enum store_result take(struct bed *b, int64_t id, int64_t now_ms)
{
    return BED(b, store_mail_take(b->s, id, now_ms, mail_taken, b));
}

static enum store_result finish(struct bed *b, int64_t id, enum store_mail_outcome outcome,
                                int64_t now_ms)
{
    const struct store_mail_finish in = {
        .id = id, .outcome = outcome, .now_ms = now_ms, .at_ms = now_ms + MIN, .reason = "why"};

    return BED(b, store_mail_finish(b->s, &in, bed_plain, b));
}

static enum store_result add(struct bed *b, enum store_mail_kind kind, int n, int64_t expires_ms)
{
    const struct store_mail_add in = {.mail = {.kind = kind,
                                               .key = bed_id(9, n),
                                               .to = "ann@acme.example",
                                               .sealed = kind == STORE_MAIL_CODE ? "5ea1ed" : "",
                                               .now_ms = T0,
                                               .expires_ms = expires_ms}};

    return BED(b, store_mail_add(b->s, &in, bed_plain, b));
}

static void test_way_of_a_letter(void **state)
{
    struct bed *b = *state;
    int64_t code, test;

    assert_int_equal(begin(b, true, T0), STORE_OK);
    assert_int_equal(add(b, STORE_MAIL_TEST, 1, 0), STORE_OK);
    assert_int_equal(add(b, STORE_MAIL_CODE, 2, T0 + 10 * MIN), STORE_OK);
    assert_int_equal(add(b, STORE_MAIL_TEST, 2, 0), STORE_CONFLICT);
    assert_int_equal(due(b, T0), 2);
    code = b->out.mail_due.ids[0]; /* codes go first */
    test = b->out.mail_due.ids[1];
    assert_int_equal(take(b, code, T0), STORE_OK);
    assert_int_equal(b->out.mail_taken.kind, STORE_MAIL_CODE);
    assert_string_equal(b->out.mail_taken.sealed, "5ea1ed");
    assert_int_equal(b->out.mail_taken.attempts, 1);
    assert_int_equal(take(b, code, T0), STORE_NOT_FOUND);
    assert_int_equal(finish(b, code, STORE_MAIL_RETRY, T0), STORE_OK);
    assert_int_equal(due(b, T0), 1);
    assert_true(b->out.mail_due.next_ms == T0 + MIN);
    assert_int_equal(take(b, code, T0 + MIN), STORE_OK);
    assert_int_equal(b->out.mail_taken.attempts, 2);
    assert_int_equal(finish(b, code, STORE_MAIL_DONE, T0 + MIN), STORE_OK);
    assert_int_equal(finish(b, code, STORE_MAIL_DONE, T0 + MIN), STORE_NOT_FOUND);
    assert_int_equal(take(b, test, T0), STORE_OK);
    assert_int_equal(finish(b, test, STORE_MAIL_HOLD, T0), STORE_OK);
    assert_int_equal(take(b, test, T0 + MIN), STORE_OK);
    assert_int_equal(b->out.mail_taken.attempts, 2); /* what held all was no try of its own */
    assert_int_equal(finish(b, test, STORE_MAIL_HOLD, T0), STORE_OK);
    assert_int_equal(take(b, test, T0 + MIN), STORE_OK);
    assert_int_equal(b->out.mail_taken.attempts, 2);
}

static void test_a_code_never_goes_late(void **state)
{
    struct bed *b = *state;
    int64_t id;

    assert_int_equal(add(b, STORE_MAIL_CODE, 1, T0 + 10 * MIN), STORE_OK);
    assert_int_equal(due(b, T0 + 10 * MIN), 1);
    id = b->out.mail_due.ids[0];
    assert_int_equal(take(b, id, T0 + 10 * MIN), STORE_OK);
    assert_true(b->out.mail_taken.ended);
    assert_int_equal(due(b, T0 + 11 * MIN), 0);
}

static void test_a_crash_sends_again(void **state)
{
    struct bed *b = *state;
    struct id key;
    int64_t id;

    assert_int_equal(add(b, STORE_MAIL_TEST, 1, 0), STORE_OK);
    assert_int_equal(due(b, T0), 1);
    id = b->out.mail_due.ids[0];
    assert_int_equal(take(b, id, T0), STORE_OK);
    key = b->out.mail_taken.key;
    bed_reopen(b);
    assert_int_equal(due(b, T0), 0);
    assert_int_equal(begin(b, true, T0 + MIN), STORE_OK);
    assert_int_equal(due(b, T0 + MIN), 1);
    assert_int_equal(take(b, id, T0 + MIN), STORE_OK);
    assert_true(id_equal(&b->out.mail_taken.key, &key));
}

static void test_parked(void **state)
{
    struct bed *b = *state;
    struct store_mail_decide in = {.retry = true, .now_ms = T0 + MIN};
    int64_t test, code;

    assert_int_equal(add(b, STORE_MAIL_TEST, 1, 0), STORE_OK);
    assert_int_equal(add(b, STORE_MAIL_CODE, 2, T0 + 10 * MIN), STORE_OK);
    assert_int_equal(due(b, T0), 2);
    code = b->out.mail_due.ids[0];
    test = b->out.mail_due.ids[1];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(take(b, i == 0 ? code : test, T0), STORE_OK);
        assert_int_equal(finish(b, i == 0 ? code : test, STORE_MAIL_PARK, T0), STORE_OK);
    }
    assert_int_equal(due(b, T0 + MIN), 0);
    assert_int_equal(BED(b, store_mail_overview(b->s, "ann@acme.example", T0, 1, mail_all, b)),
                     STORE_OK);
    assert_int_equal(b->out.mail.parked_count, 1);
    assert_true(b->out.mail.more);
    assert_true(b->out.mail.test.id == test && b->out.mail.test.state == STORE_MAIL_PARKED);
    assert_int_equal(b->out.mail.waiting, 0);
    in.id = code;
    assert_int_equal(BED(b, store_mail_decide(b->s, &in, bed_plain, b)), STORE_CONFLICT);
    in.retry = false;
    assert_int_equal(BED(b, store_mail_decide(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_mail_decide(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
    in = (struct store_mail_decide){.id = test, .retry = true, .now_ms = T0 + MIN};
    assert_int_equal(BED(b, store_mail_decide(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(due(b, T0 + MIN), 1);
}

/* Nobody of a bed has proved who they are: what staff say makes no letter. That it does for others
 * is tested on the whole program. */
static void test_nobody_is_written_to_unproved(void **state)
{
    struct bed *b = *state;
    const struct store_mail_off off = {.person = bed_id(1, 77), .off = true, .now_ms = T0};

    assert_int_equal(begin(b, true, T0), STORE_OK);
    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "s1", "Hello", T0), STORE_OK);
    assert_int_equal(due(b, T0 + 60 * MIN), 0);
    assert_int_equal(BED(b, store_mail_off(b->s, &off, bed_plain, b)), STORE_NOT_FOUND);
}

/* No letter is left of somebody who is erased. */
static void test_forgotten(void **state)
{
    struct bed *b = *state;
    const struct store_mail_add code = {
        .mail = {
            .kind = STORE_MAIL_CODE, .key = bed_id(9, 1), .to = "Ada1@example.com", .now_ms = T0}};
    const struct store_person_erase in = {
        .person = bed_id('p', 1), .email = "ada1@example.com", .said = "-", .now_ms = T0};

    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_int_equal(bed_drain(b, 1, T0), 1);
    assert_int_equal(BED(b, store_mail_add(b->s, &code, bed_plain, b)), STORE_OK);
    assert_int_equal(add(b, STORE_MAIL_TEST, 2, 0), STORE_OK);
    assert_int_equal(due(b, T0), 2);
    assert_int_equal(BED(b, store_person_erase(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(due(b, T0), 1);
}

/* The clock was set back: nothing waits for ever. */
static void test_clock(void **state)
{
    struct bed *b = *state;

    assert_int_equal(add(b, STORE_MAIL_TEST, 1, 0), STORE_OK);
    assert_int_equal(due(b, T0 - MIN), 0);
    assert_int_equal(due(b, T0 - 21 * MIN), 1);
}

const struct CMUnitTest mail_tests[] = {
    BED_TEST(test_way_of_a_letter),
    BED_TEST(test_a_code_never_goes_late),
    BED_TEST(test_a_crash_sends_again),
    BED_TEST(test_parked),
    BED_TEST(test_nobody_is_written_to_unproved),
    BED_TEST(test_forgotten),
    BED_TEST(test_clock),
};
const size_t mail_test_count = COUNT_OF(mail_tests);
