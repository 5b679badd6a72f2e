/* Digests: decided on once, with their letter, and of what waits then. */
#include <stdio.h>

#include "bed.h"

#define T0   INT64_C(1700000000000)
#define HOUR INT64_C(3600000)

static const struct store_digest_row *row(const struct bed *b, size_t i)
{
    assert_true(i < b->out.mail_taken.digest.count);
    return &b->out.mail_taken.digest.rows[i];
}

static void on_taken(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_digest *d = &b->out.mail_taken.digest;
    struct store_digest_row *rows;

    bed_plain(result, out, arg);
    if (result != STORE_OK || b->out.mail_taken.ended)
        return;
    keep_text(b, &b->out.mail_taken.to);
    rows = arena_alloc(b->keep, (d->count + 1) * sizeof(*rows));
    for (size_t i = 0; i < d->count; i++) {
        rows[i] = d->rows[i];
        keep_text(b, &rows[i].name);
        keep_text(b, &rows[i].subject);
        keep_text(b, &rows[i].reference);
    }
    d->rows = rows;
}

static void on_due(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    static int64_t ids[20];

    bed_plain(result, out, arg);
    assert_true(out->mail_due.count <= 20);
    memcpy(ids, out->mail_due.ids, out->mail_due.count * sizeof(*ids));
    b->out.mail_due.ids = ids;
}

static void on_choices(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_digest_choice *rows;

    bed_plain(result, out, arg);
    rows = arena_alloc(b->keep, (out->digest_choices.count + 1) * sizeof(*rows));
    for (size_t i = 0; i < out->digest_choices.count; i++) {
        rows[i] = out->digest_choices.rows[i];
        keep_text(b, &rows[i].text);
    }
    b->out.digest_choices.rows = rows;
}

static void put(struct bed *b, int n, const char *key, const char *text)
{
    const struct store_staff_setting in = {
        .staff = bed_id('s', n), .key = key, .text = text, .changed_ms = T0 + n};

    assert_int_equal(BED(b, store_staff_setting_put(b->s, &in, bed_plain, b)), STORE_OK);
}

static void ready(struct bed *b, bool is_ready)
{
    const struct store_mail_begin in = {.ready = is_ready, .now_ms = T0};

    assert_int_equal(BED(b, store_mail_begin(b->s, &in, bed_plain, b)), STORE_OK);
}

/* True: a letter was written. */
static bool send(struct bed *b, int n, int64_t slot_ms, unsigned parts)
{
    static int fresh = 100;
    const struct store_digest_send in = {.staff = bed_id('s', n),
                                         .slot_ms = slot_ms,
                                         .parts = parts,
                                         .key = bed_id('k', fresh++),
                                         .now_ms = slot_ms + 5};

    assert_int_equal(BED(b, store_digest_send(b->s, &in, bed_plain, b)), STORE_OK);
    return b->out.changed.changed;
}

static size_t letters(struct bed *b, int64_t now_ms)
{
    assert_int_equal(BED(b, store_mail_due(b->s, now_ms, 20, on_due, b)), STORE_OK);
    return b->out.mail_due.count;
}

/* Take the first letter that is due; how many conversations it tells of. */
static size_t take(struct bed *b, int64_t now_ms)
{
    assert_true(letters(b, now_ms) > 0);
    assert_int_equal(BED(b, store_mail_take(b->s, b->out.mail_due.ids[0], now_ms, on_taken, b)),
                     STORE_OK);
    return b->out.mail_taken.ended ? 0 : b->out.mail_taken.digest.count;
}

static void test_list(void **state)
{
    struct bed *b = *state;
    char large[STORE_DIGEST_TEXT_MAX + 2];

    bed_member(b, 1);
    bed_member(b, 2);
    put(b, 1, "views", "{}");
    assert_int_equal(BED(b, store_digest_list(b->s, on_choices, b)), STORE_OK);
    assert_int_equal(b->out.digest_choices.count, 0);
    put(b, 2, "notify", "{\"volume\":5}");
    memset(large, 'x', sizeof(large) - 1);
    large[sizeof(large) - 1] = '\0';
    put(b, 1, "notify", large);
    (void)send(b, 2, T0 + HOUR, STORE_DIGEST_MINE);
    assert_int_equal(BED(b, store_digest_list(b->s, on_choices, b)), STORE_OK);
    assert_int_equal(b->out.digest_choices.count, 1);
    const struct store_digest_choice *one = &b->out.digest_choices.rows[0];
    const struct id second = bed_id('s', 2);
    assert_true(id_equal(&one->staff, &second));
    assert_string_equal(one->text, "{\"volume\":5}");
    assert_true(one->changed_ms == T0 + 2 && one->slot_ms == T0 + HOUR);
}

static void test_once(void **state)
{
    struct bed *b = *state;
    const struct store_digest_send nobody = {.staff = bed_id('s', 9), .slot_ms = T0};

    assert_int_equal(BED(b, store_digest_send(b->s, &nobody, bed_plain, b)), STORE_NOT_FOUND);
    ready(b, true);
    bed_member(b, 1);
    assert_false(send(b, 1, T0, STORE_DIGEST_UNASSIGNED)); /* nothing waits */
    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_false(send(b, 1, T0, STORE_DIGEST_UNASSIGNED));  /* decided on before */
    assert_false(send(b, 1, T0 + HOUR, STORE_DIGEST_MINE)); /* nothing of this part */
    put(b, 1, "language", "{\"language\":\"de\"}");
    assert_true(send(b, 1, T0 + 2 * HOUR, STORE_DIGEST_UNASSIGNED));
    bed_reopen(b);
    assert_false(send(b, 1, T0 + 2 * HOUR, STORE_DIGEST_UNASSIGNED));
    assert_false(send(b, 1, T0 + HOUR, STORE_DIGEST_UNASSIGNED));
    assert_int_equal(letters(b, T0 + 3 * HOUR), 1);
    assert_int_equal(take(b, T0 + 3 * HOUR), 1);
    assert_int_equal(b->out.mail_taken.kind, STORE_MAIL_DIGEST);
    assert_string_equal(b->out.mail_taken.to, "staff1@example.com");
    assert_string_equal(b->out.mail_taken.language, "de");
    /* What a setting holds may be anything. */
    put(b, 1, "language", "{\"language\":[\"long\"]}");
    assert_true(send(b, 1, T0 + 4 * HOUR, STORE_DIGEST_UNASSIGNED));
    /* Late it is none any more. */
    assert_int_equal(take(b, T0 + 4 * HOUR + STORE_DIGEST_LATE_MS), 0);
}

static void test_parts(void **state)
{
    struct bed *b = *state;
    const unsigned all = STORE_DIGEST_MINE | STORE_DIGEST_UNASSIGNED | STORE_DIGEST_UNANSWERED;
    const int64_t slot = T0 + HOUR;

    ready(b, true);
    bed_member(b, 1);
    bed_member(b, 2);
    for (int i = 1; i <= 5; i++)
        assert_int_equal(bed_start(b, i, T0 + i), STORE_OK);
    bed_act(b, 2, (struct store_act){.kind = STORE_ACT_ASSIGN, .to = bed_id('s', 1)}, T0 + 10);
    bed_act(b, 3, (struct store_act){.kind = STORE_ACT_ASSIGN, .to = bed_id('s', 2)}, T0 + 10);
    bed_act(b, 4,
            (struct store_act){
                .kind = STORE_ACT_SNOOZE, .by = bed_id('s', 1), .until_ms = T0 + 9 * HOUR},
            T0 + 10);
    bed_act(b, 5,
            (struct store_act){
                .kind = STORE_ACT_CLOSE, .by = bed_id('s', 1), .text = "closed", .payload = ""},
            T0 + 10);
    const struct store_duty_tell tell = {.conversation = bed_id('c', 3),
                                         .waiting_since_ms = T0 + 3,
                                         .text = "",
                                         .message = bed_id('m', 555),
                                         .escalate = true,
                                         .now_ms = T0 + 20};
    assert_int_equal(BED(b, store_duty_tell(b->s, &tell, bed_plain, b)), STORE_OK);

    assert_true(send(b, 1, slot, all));
    assert_int_equal(take(b, slot + 10), 3);
    const struct id second = bed_id('c', 2);
    assert_int_equal(row(b, 0)->part, STORE_DIGEST_MINE);
    assert_true(id_equal(&row(b, 0)->conversation, &second));
    assert_true(row(b, 0)->waiting_since_ms == T0 + 2);
    assert_true(row(b, 0)->subject[0] != '\0' && row(b, 0)->reference[0] != '\0');
    assert_int_equal(row(b, 1)->part, STORE_DIGEST_UNASSIGNED);
    assert_int_equal(row(b, 2)->part, STORE_DIGEST_UNANSWERED);

    assert_true(send(b, 2, slot, STORE_DIGEST_MINE));
    assert_int_equal(take(b, slot + 10), 1);
    /* Answered before it could go: dropped. */
    assert_true(send(b, 2, slot + 1, STORE_DIGEST_MINE));
    assert_int_equal(bed_say(b, 3, STORE_STAFF, "an-answer", "It is done.", slot + 2), STORE_OK);
    assert_int_equal(take(b, slot + 20), 0);
    assert_true(b->out.mail_taken.ended);
    assert_false(send(b, 2, slot + 3, STORE_DIGEST_MINE));
}

static void test_to_nobody_who_is_out(void **state)
{
    struct bed *b = *state;
    const struct store_staff_change out = {
        .who = {.id = bed_id('s', 1)}, .set_disabled = true, .disabled = true, .now_ms = T0};

    bed_member(b, 1);
    bed_member(b, 2);
    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_false(send(b, 1, T0, STORE_DIGEST_UNASSIGNED)); /* no mail server is set up */
    ready(b, true);
    assert_true(send(b, 1, T0 + HOUR, STORE_DIGEST_UNASSIGNED));
    assert_int_equal(BED(b, store_staff_change(b->s, &out, bed_plain, b)), STORE_OK);
    assert_int_equal(take(b, T0 + HOUR + 10), 0);
    assert_false(send(b, 1, T0 + 2 * HOUR, STORE_DIGEST_UNASSIGNED));
    assert_true(send(b, 2, T0 + 2 * HOUR, STORE_DIGEST_UNASSIGNED));
}

/* Named in a note, also where nobody waits; until it was read. */
static void test_mentions(void **state)
{
    struct bed *b = *state;
    const struct id one = bed_id('s', 1);
    const struct store_message_add note = {.conversation = bed_id('c', 1),
                                           .message = bed_id('r', 1),
                                           .asker = bed_staff(),
                                           .author = STORE_NOTE,
                                           .name = "Sam",
                                           .body = "@Robin?",
                                           .sender = "s:sam",
                                           .client_id = "note-1",
                                           .staff = bed_id('s', 2),
                                           .mentions = &one,
                                           .mention_count = 1,
                                           .now_ms = T0 + 7};
    const struct store_talk_read read = {
        .conversation = bed_id('c', 1), .staff = one, .seq = 9, .now_ms = T0 + 9};

    ready(b, true);
    bed_member(b, 1);
    bed_member(b, 2);
    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_int_equal(BED(b, store_message_add(b->s, &note, bed_added, b)), STORE_OK);
    assert_false(send(b, 2, T0 + HOUR, STORE_DIGEST_MENTION)); /* another was */
    assert_true(send(b, 1, T0 + HOUR, STORE_DIGEST_MENTION | STORE_DIGEST_UNASSIGNED));
    assert_int_equal(take(b, T0 + HOUR + 10), 1); /* under its first part, once */
    assert_int_equal(row(b, 0)->part, STORE_DIGEST_UNASSIGNED);
    assert_true(send(b, 1, T0 + 2 * HOUR, STORE_DIGEST_MENTION));
    assert_int_equal(take(b, T0 + 2 * HOUR + 10), 1);
    assert_int_equal(row(b, 0)->part, STORE_DIGEST_MENTION);
    assert_true(row(b, 0)->waiting_since_ms == T0 + 7);
    assert_int_equal(BED(b, store_staff_read(b->s, &read, bed_plain, b)), STORE_OK);
    assert_false(send(b, 1, T0 + 3 * HOUR, STORE_DIGEST_MENTION));
}

const struct CMUnitTest digest_tests[] = {
    BED_TEST(test_mentions),
    BED_TEST(test_list),
    BED_TEST(test_once),
    BED_TEST(test_parts),
    BED_TEST(test_to_nobody_who_is_out),
};
const size_t digest_test_count = sizeof(digest_tests) / sizeof(digest_tests[0]);
