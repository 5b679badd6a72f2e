/* What staff write and have read, who is named, replies that cross, two conversations that become
 * one. */
#include <stdio.h>
#include <string.h>

#include "bed.h"

static void on_talk(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    keep_text(b, &b->out.talk.reply);
    keep_text(b, &b->out.talk.note);
}

static void on_marks(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    static struct store_mark reads[8], mentions[8];

    bed_plain(result, out, arg);
    for (size_t i = 0; result == STORE_OK && i < out->marks.read_count && i < 8; i++)
        reads[i] = out->marks.reads[i];
    for (size_t i = 0; result == STORE_OK && i < out->marks.mention_count && i < 8; i++)
        mentions[i] = out->marks.mentions[i];
    b->out.marks.reads = reads;
    b->out.marks.mentions = mentions;
}

static enum store_result draft(struct bed *b, int by, int n, enum store_box box, const char *text)
{
    static int64_t now = 3000;
    const struct store_draft in = {.conversation = bed_id('c', n),
                                   .staff = bed_id('s', by),
                                   .box = box,
                                   .text = text,
                                   .now_ms = now++};

    return BED(b, store_draft_put(b->s, &in, bed_plain, b));
}

static const struct store_talk *talk(struct bed *b, int by, int n)
{
    const struct id conversation = bed_id('c', n), staff = bed_id('s', by);

    assert_int_equal(BED(b, store_talk_read(b->s, &conversation, &staff, on_talk, b)), STORE_OK);
    return &b->out.talk;
}

/* Robin says something in conversation 1. */
static enum store_result say(struct bed *b, enum store_author author, const char *client_id,
                             int64_t seen, const struct id *named)
{
    static int count;
    const struct store_message_add in = {.conversation = bed_id('c', 1),
                                         .message = bed_id('r', ++count),
                                         .asker = bed_staff(),
                                         .author = author,
                                         .name = "Robin",
                                         .body = "Hm.",
                                         .sender = "s:robin",
                                         .client_id = client_id,
                                         .staff = bed_id('s', 1),
                                         .seen = seen,
                                         .mentions = named,
                                         .mention_count = named != NULL,
                                         .now_ms = 4000};

    return BED(b, store_message_add(b->s, &in, bed_added, b));
}

static void test_drafts(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    bed_member(b, 1);
    bed_member(b, 2);
    assert_int_equal(draft(b, 1, 1, STORE_BOX_REPLY, "Is it"), STORE_OK);
    assert_int_equal(draft(b, 1, 1, STORE_BOX_NOTE, "He never"), STORE_OK);
    assert_int_equal(draft(b, 1, 1, STORE_BOX_REPLY, "Is it on?"), STORE_OK);
    assert_string_equal(talk(b, 1, 1)->reply, "Is it on?");
    assert_string_equal(b->out.talk.note, "He never");
    assert_string_equal(talk(b, 2, 1)->reply, "");
    assert_int_equal(say(b, STORE_NOTE, "note-1", 0, NULL), STORE_OK);
    assert_string_equal(talk(b, 1, 1)->reply, "Is it on?");
    assert_string_equal(b->out.talk.note, "");
    assert_int_equal(draft(b, 1, 1, STORE_BOX_REPLY, ""), STORE_OK);
    assert_string_equal(talk(b, 1, 1)->reply, "");
    assert_int_equal(draft(b, 1, 9, STORE_BOX_REPLY, "x"), STORE_NOT_FOUND);
    assert_int_equal(draft(b, 9, 1, STORE_BOX_REPLY, "x"), STORE_NOT_FOUND);
}

static void test_drafts_have_an_end(void **state)
{
    struct bed *b = *state;

    bed_member(b, 1);
    for (int n = 1; n <= STORE_DRAFTS_MAX / 2 + 1; n++) {
        assert_int_equal(bed_start(b, n, 1000 + n), STORE_OK);
        assert_int_equal(draft(b, 1, n, STORE_BOX_REPLY, "one"), STORE_OK);
        assert_int_equal(draft(b, 1, n, STORE_BOX_NOTE, "two"), STORE_OK);
    }
    assert_string_equal(talk(b, 1, 1)->reply, "");
    assert_string_equal(b->out.talk.note, "");
    assert_string_equal(talk(b, 1, 2)->reply, "one");
}

static void test_reading(void **state)
{
    struct bed *b = *state;
    const struct id one = bed_id('s', 1);
    struct store_talk_read in = {
        .conversation = bed_id('c', 1), .staff = one, .seq = 99, .now_ms = 5000};

    bed_member(b, 1);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(say(b, STORE_NOTE, "note-1", 0, &one), STORE_OK);
    assert_int_equal(BED(b, store_staff_marks(b->s, &one, 10, on_marks, b)), STORE_OK);
    assert_int_equal(b->out.marks.read_count, 0);
    assert_int_equal(b->out.marks.mention_count, 1);
    assert_int_equal(b->out.marks.mentions[0].seq, 2);
    assert_int_equal(BED(b, store_staff_read(b->s, &in, bed_plain, b)), STORE_OK);
    assert_true(b->out.changed.changed);
    assert_int_equal(talk(b, 1, 1)->seq, 2); /* no further than what is there */
    in.seq = 1;
    assert_int_equal(BED(b, store_staff_read(b->s, &in, bed_plain, b)), STORE_OK);
    assert_false(b->out.changed.changed); /* never back */
    assert_int_equal(BED(b, store_staff_marks(b->s, &one, 10, on_marks, b)), STORE_OK);
    assert_int_equal(b->out.marks.read_count, 1);
    assert_int_equal(b->out.marks.mention_count, 0);
    in.conversation = bed_id('c', 9);
    assert_int_equal(BED(b, store_staff_read(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
}

static void test_crossing(void **state)
{
    struct bed *b = *state;

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    bed_member(b, 1);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "tim-1", "On it.", 2000), STORE_OK);
    assert_int_equal(say(b, STORE_STAFF, "robin-1", 1, NULL), STORE_CROSSED);
    assert_int_equal(say(b, STORE_NOTE, "robin-2", 1, NULL), STORE_OK); /* of replies only */
    assert_int_equal(say(b, STORE_STAFF, "robin-1", 2, NULL), STORE_OK);
    assert_int_equal(say(b, STORE_STAFF, "robin-1", 1, NULL), STORE_OK);
    assert_true(b->out.added.duplicate);
    assert_int_equal(say(b, STORE_STAFF, "robin-3", 2, NULL), STORE_OK); /* one's own do not */
}

/* Conversation `to` is of conversation `from`'s person. */
static void start_more(struct bed *b, int n, int64_t now_ms)
{
    char client_id[16];
    struct store_conversation_start in = {.conversation = bed_id('c', n),
                                          .person = bed_id('p', n),
                                          .message = bed_id('m', n),
                                          .name = "Ada",
                                          .email = "ada1@example.com",
                                          .subject = "Printer",
                                          .body = "It smokes again",
                                          .sender = "v:1",
                                          .client_id = client_id,
                                          .outbox = {.wanted = true, .next_at_ms = now_ms},
                                          .now_ms = now_ms};

    bed_hash(1, in.token_hash);
    snprintf(in.reference, sizeof(in.reference), "PLY-%08d", n);
    snprintf(client_id, sizeof(client_id), "start-%d", n);
    assert_int_equal(BED(b, store_conversation_start(b->s, &in, bed_started, b)), STORE_OK);
}

static enum store_result merge(struct bed *b, int from, int into, const char *client_id)
{
    static int fresh = 7000;
    const struct store_act in = {.kind = STORE_ACT_MERGE,
                                 .conversation = bed_id('c', from),
                                 .message = bed_id('m', fresh++),
                                 .second = bed_id('m', fresh++),
                                 .third = bed_id('m', fresh++),
                                 .by = bed_id('s', 1),
                                 .name = "Robin",
                                 .client_id = client_id,
                                 .to = bed_id('c', into),
                                 .payload = "{\"status\":\"Resolved\"}",
                                 .reopen = "{\"status\":\"In Progress\"}",
                                 .now_ms = 6000};

    return BED(b, store_conversation_act(b->s, &in, bed_added, b));
}

static const struct store_summary *summary(struct bed *b, int n)
{
    const struct id conversation = bed_id('c', n);
    const struct store_asker staff = bed_staff();

    assert_int_equal(
        BED(b, store_conversation_summary(b->s, &conversation, &staff, bed_summary, b)), STORE_OK);
    return &b->out.summary;
}

static void test_merging(void **state)
{
    struct bed *b = *state;
    const struct id two = bed_id('c', 2);
    struct store_message_add word = {.conversation = bed_id('c', 1),
                                     .message = bed_id('w', 1),
                                     .asker = bed_person(1),
                                     .author = STORE_PERSON,
                                     .name = "Ada",
                                     .body = "And now?",
                                     .sender = "v:1",
                                     .client_id = "word-1",
                                     .waiting = STORE_WAITING_BEGIN,
                                     .now_ms = 7000};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(bed_start(b, 3, 1100), STORE_OK); /* another person's */
    start_more(b, 2, 2000);
    bed_member(b, 1);
    assert_int_equal(merge(b, 1, 1, "merge-1"), STORE_REFUSED);
    assert_int_equal(merge(b, 1, 3, "merge-1"), STORE_REFUSED);
    assert_int_equal(merge(b, 1, 9, "merge-1"), STORE_NOT_FOUND);
    assert_int_equal(merge(b, 1, 2, "merge-1"), STORE_OK);
    assert_false(summary(b, 1)->open);
    assert_true(id_equal(&b->out.summary.merged, &two));
    assert_int_equal(b->out.summary.waiting_since_ms, 0);
    assert_int_equal(b->out.summary.last_seq, 3);
    assert_int_equal(summary(b, 2)->waiting_since_ms, 1000); /* who waits there waits here */
    assert_int_equal(b->out.summary.last_seq, 2);
    assert_int_equal(merge(b, 1, 2, "merge-1"), STORE_OK); /* once more */
    assert_true(b->out.added.duplicate);
    assert_int_equal(summary(b, 2)->last_seq, 2);
    assert_int_equal(merge(b, 2, 1, "merge-2"), STORE_CROSSED);

    assert_int_equal(BED(b, store_message_add(b->s, &word, bed_added, b)), STORE_MOVED);
    assert_true(id_equal(&b->out.added.conversation, &two));
    /* Nor is it answered there, where its person would not see it; a note may be written. */
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "answer-1", "Soon.", 7000), STORE_MOVED);
    assert_int_equal(summary(b, 1)->last_seq, 3); /* nothing was said */
    assert_int_equal(bed_say(b, 1, STORE_NOTE, "note-1", "Hm.", 7000), STORE_OK);
    word.conversation = two;
    assert_int_equal(BED(b, store_message_add(b->s, &word, bed_added, b)), STORE_OK);
    assert_false(b->out.added.duplicate);
}

static void test_merging_is_undone(void **state)
{
    struct bed *b = *state;
    const struct store_act in = {.kind = STORE_ACT_REOPEN,
                                 .conversation = bed_id('c', 1),
                                 .message = bed_id('u', 1),
                                 .second = bed_id('u', 2),
                                 .by = bed_id('s', 1),
                                 .name = "Robin",
                                 .client_id = "reopen-1",
                                 .text = "Robin opened it.",
                                 .now_ms = 8000};

    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    start_more(b, 2, 2000);
    bed_member(b, 1);
    assert_int_equal(merge(b, 1, 2, "merge-1"), STORE_OK);
    assert_int_equal(BED(b, store_conversation_act(b->s, &in, bed_added, b)), STORE_OK);
    assert_true(id_is_none(&summary(b, 1)->merged));
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "word-1", "So?", 9000), STORE_OK);
}

/* Nobody waits unseen in the one in which it goes on, nor there in its ticket. */
static void test_merging_into_one_that_rests(void **state)
{
    struct bed *b = *state;
    const struct store_act close = {.kind = STORE_ACT_CLOSE,
                                    .by = bed_id('s', 1),
                                    .text = "Robin closed it.",
                                    .payload = "{\"status\":\"Resolved\"}"};
    const struct store_act sleep = {
        .kind = STORE_ACT_SNOOZE, .by = bed_id('s', 1), .until_ms = 90000};

    bed_member(b, 1);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    start_more(b, 2, 2000);
    start_more(b, 3, 3000);
    start_more(b, 4, 4000);
    start_more(b, 5, 5000);
    bed_act(b, 2, sleep, 5000);
    assert_int_equal(merge(b, 1, 2, "merge-1"), STORE_OK);
    assert_int_equal(summary(b, 2)->snoozed_ms, 0);

    assert_int_equal(bed_drain(b, 3, 4000), 1);
    bed_act(b, 3, close, 5000);
    assert_int_equal(bed_drain(b, 3, 5000), 1);
    assert_int_equal(merge(b, 2, 3, "merge-2"), STORE_OK);
    assert_true(summary(b, 3)->open);
    assert_int_equal(bed_take(b, 3, 7000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_UPDATE_TICKET);
    assert_string_equal(b->out.taken.payload, "{\"status\":\"In Progress\"}");

    /* Put off on purpose it sleeps on, where nobody waits in the other. */
    assert_int_equal(bed_say(b, 4, STORE_STAFF, "answer-4", "Done.", 5000), STORE_OK);
    bed_act(b, 5, sleep, 5000);
    assert_int_equal(merge(b, 4, 5, "merge-3"), STORE_OK);
    assert_int_equal(summary(b, 5)->snoozed_ms, 90000);
}

/* What waits for the first goes into its own ticket, in order; then that is closed. */
static void test_merging_keeps_what_waits(void **state)
{
    struct bed *b = *state;

    bed_member(b, 1);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    start_more(b, 2, 2000);
    assert_int_equal(bed_take(b, 1, 3000), STORE_OK); /* its ticket is on its way */
    const int64_t first = b->out.taken.outbox;
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "more-1", "and hot", 3000), STORE_OK);
    assert_int_equal(merge(b, 1, 2, "merge-1"), STORE_OK);
    bed_reopen(b);
    assert_int_equal(bed_finish(b, first, STORE_FILED, 6000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 90000), STORE_OK);
    assert_string_equal(b->out.taken.messages[0].body, "and hot");
    assert_int_equal(b->out.taken.ticket_id, 7000 + first);
    assert_int_equal(bed_finish(b, b->out.taken.outbox, STORE_FILED, 90000), STORE_OK);
    assert_int_equal(bed_take(b, 1, 90000), STORE_OK);
    assert_int_equal(b->out.taken.kind, STORE_UPDATE_TICKET);
    assert_string_equal(b->out.taken.payload, "{\"status\":\"Resolved\"}");
}

const struct CMUnitTest talk_tests[] = {
    BED_TEST(test_drafts),
    BED_TEST(test_drafts_have_an_end),
    BED_TEST(test_reading),
    BED_TEST(test_crossing),
    BED_TEST(test_merging),
    BED_TEST(test_merging_is_undone),
    BED_TEST(test_merging_into_one_that_rests),
    BED_TEST(test_merging_keeps_what_waits),
};
const size_t talk_test_count = sizeof(talk_tests) / sizeof(talk_tests[0]);
