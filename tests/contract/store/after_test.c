/* What comes after a conversation: the rating, each rule of it, and the letter with what was said.
 * Who may ask for either is in access_test.c too. */
#include "bed.h"

#include <sqlite3.h>
#include <stdio.h>

#include "store/sqlite/db_private.h"

#define T0  INT64_C(1700000000000)
#define DAY INT64_C(86400000)

static struct id conversation(void)
{
    return bed_id('c', 1);
}

static struct store_after after(struct store_asker asker, const char *client_id, int64_t now_ms)
{
    static int fresh = 8000;
    struct store_after in = {.asker = asker,
                             .conversation = conversation(),
                             .message = bed_id('m', fresh++),
                             .name = asker.is_staff ? "Robin" : "",
                             .client_id = client_id,
                             .score = 4,
                             .comment = "",
                             .now_ms = now_ms};

    if (asker.is_staff)
        in.by = bed_id('s', 1);
    else
        in.asker.now_ms = now_ms;
    return in;
}

static enum store_result rate(struct bed *b, const char *client_id, int64_t score,
                              const char *comment, int64_t now_ms)
{
    struct store_after in = after(bed_person(1), client_id, now_ms);

    in.score = score;
    in.comment = comment;
    return BED(b, store_rate(b->s, &in, bed_added, b));
}

static enum store_result transcript(struct bed *b, struct store_asker asker, const char *client_id,
                                    int64_t now_ms)
{
    const struct store_after in = after(asker, client_id, now_ms);

    return BED(b, store_transcript(b->s, &in, bed_added, b));
}

static enum store_result close_it(struct bed *b, enum store_act_kind kind, int64_t now_ms)
{
    const struct store_act in = {.kind = kind,
                                 .conversation = conversation(),
                                 .message = bed_id('m', (int)(7000 + kind)),
                                 .client_id = kind == STORE_ACT_CLOSE ? "close-001" : "open-0001",
                                 .name = "",
                                 .text = "Closed.",
                                 .now_ms = now_ms};

    return BED(b, store_conversation_act(b->s, &in, bed_added, b));
}

static const struct store_rating *rating(struct bed *b)
{
    const struct id id = conversation();
    const struct store_asker staff = bed_staff();

    assert_int_equal(BED(b, store_conversation_summary(b->s, &id, &staff, bed_summary, b)),
                     STORE_OK);
    return &b->out.summary.rating;
}

/* How many messages this one sees. */
static size_t count_of(struct bed *b, struct store_asker asker)
{
    const struct store_messages_read in = {.conversation = conversation(),
                                           .asker = asker,
                                           .limit = 100,
                                           .include_notes = asker.is_staff};

    assert_int_equal(BED(b, store_messages_read(b->s, &in, bed_messages, b)), STORE_OK);
    return b->out.messages.count;
}

static void test_rate(void **state)
{
    struct bed *b = *state;
    struct store_asker other = bed_person(2);
    struct store_after in;
    size_t seen;

    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_int_equal(bed_start(b, 2, T0), STORE_OK);
    assert_int_equal(rate(b, "rate-0001", 4, "", T0), STORE_REFUSED); /* it is open */
    assert_int_equal(rating(b)->score, 0);
    assert_int_equal(close_it(b, STORE_ACT_CLOSE, T0 + 1), STORE_OK);
    seen = count_of(b, bed_person(1));
    in = after(other, "rate-0001", T0 + 2);
    assert_int_equal(BED(b, store_rate(b->s, &in, bed_added, b)), STORE_NOT_FOUND);
    in = after(bed_staff(), "rate-0001", T0 + 2);
    assert_int_equal(BED(b, store_rate(b->s, &in, bed_added, b)), STORE_NOT_FOUND);

    assert_int_equal(rate(b, "rate-0001", 4, "Quick.", T0 + 2), STORE_OK);
    assert_int_equal(b->out.added.seq, 3);
    assert_int_equal(rating(b)->score, 4);
    assert_string_equal(b->out.summary.rating.comment, "Quick.");
    assert_true(b->out.summary.rating.at_ms == T0 + 2);
    assert_true(b->out.summary.closed_ms == T0 + 1);
    assert_int_equal(count_of(b, bed_person(1)), seen); /* staff alone read of it */
    assert_int_equal(count_of(b, bed_staff()), 3);
    assert_string_equal(b->out.messages.rows[2].body, "{\"act\":\"rated\",\"score\":4}");
    assert_string_equal(b->out.messages.rows[2].name, "");

    assert_int_equal(rate(b, "rate-0001", 4, "Quick.", T0 + 3), STORE_OK); /* it was not heard */
    assert_true(b->out.added.duplicate);
    assert_int_equal(b->out.added.seq, 3);
    assert_int_equal(rate(b, "rate-0002", 4, "Quick.", T0 + 3), STORE_OK);
    assert_int_equal(b->out.added.seq, 0);
    assert_int_equal(count_of(b, bed_staff()), 3);
    assert_int_equal(rate(b, "rate-0003", 2, "", T0 + DAY), STORE_OK);
    assert_int_equal(rating(b)->score, 2);
    assert_string_equal(b->out.summary.rating.comment, "");
    assert_true(b->out.summary.rating.at_ms == T0 + 2); /* the day goes on from the first */
    assert_int_equal(rate(b, "rate-0004", 5, "", T0 + 3 + DAY), STORE_CROSSED);
    assert_int_equal(rating(b)->score, 2);
    in = after(other, "rate-0003", T0 + 4);
    in.conversation = bed_id('c', 2);
    assert_int_equal(BED(b, store_rate(b->s, &in, bed_added, b)), STORE_REFUSED);
}

/* Open again, it is not to be rated; and who is erased has said nothing. */
static void test_rate_and_then(void **state)
{
    struct bed *b = *state;
    const struct store_person_erase in = {
        .person = bed_id('p', 1), .email = "ada1@example.com", .said = "-", .now_ms = T0};

    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_int_equal(bed_drain(b, 1, T0), 1);
    assert_int_equal(close_it(b, STORE_ACT_CLOSE, T0 + 1), STORE_OK);
    assert_int_equal(rate(b, "rate-0001", 1, "I, Ada, was not helped", T0 + 2), STORE_OK);
    assert_int_equal(close_it(b, STORE_ACT_REOPEN, T0 + 3), STORE_OK);
    assert_int_equal(rate(b, "rate-0002", 5, "", T0 + 4), STORE_REFUSED);
    assert_int_equal(BED(b, store_person_erase(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(rating(b)->score, 1);
    assert_string_equal(b->out.summary.rating.comment, "");
}

/* ---- the transcript ---- */

static struct store_mail_taken letter;
static struct store_message told[4];

static void taken(enum store_result result, const union store_out *out, void *arg)
{
    bed_plain(result, out, arg);
    assert_int_equal(result, STORE_OK);
    letter = out->mail_taken;
    if (letter.ended)
        return;
    keep_text(arg, &letter.to);
    keep_text(arg, &letter.hours);
    for (size_t i = 0; i < letter.message_count && i < COUNT_OF(told); i++) {
        told[i] = letter.messages[i];
        keep_text(arg, &told[i].body);
    }
}

static int64_t first_due;

static void due_read(enum store_result result, const union store_out *out, void *arg)
{
    bed_plain(result, out, arg);
    ((struct bed *)arg)->out.mail_due = out->mail_due;
    first_due = out->mail_due.count > 0 ? out->mail_due.ids[0] : 0;
}

/* The letter that waits, taken and sent; false: none waits. */
static bool take(struct bed *b, int64_t now_ms)
{
    struct store_mail_finish end = {.outcome = STORE_MAIL_DONE, .now_ms = now_ms, .reason = ""};

    assert_int_equal(BED(b, store_mail_due(b->s, now_ms, 10, due_read, b)), STORE_OK);
    if (first_due == 0)
        return false;
    assert_int_equal(BED(b, store_mail_take(b->s, first_due, now_ms, taken, b)), STORE_OK);
    end.id = first_due;
    if (!letter.ended)
        assert_int_equal(BED(b, store_mail_finish(b->s, &end, bed_plain, b)), STORE_OK);
    return true;
}

static void sql(struct bed *b, const char *text)
{
    char path[128];
    struct db *db;

    snprintf(path, sizeof(path), "%s/parley.db", b->dir);
    db = db_open(path, NULL);
    assert_non_null(db);
    if (sqlite3_exec(db_handle(db), text, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(db_handle(db)));
    db_close(db);
}

static void test_transcript(void **state)
{
    struct bed *b = *state;
    struct store_after in;

    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    assert_int_equal(transcript(b, bed_person(1), "copy-0001", T0), STORE_REFUSED);
    assert_int_equal(transcript(b, bed_staff(), "copy-0001", T0), STORE_REFUSED);
    assert_false(take(b, T0));
    if (b->fake)
        return;
    assert_int_equal(bed_say(b, 1, STORE_NOTE, "note-0001", "She shouts", T0 + 1), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "reply-001", "Hidden", T0 + 2), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_STAFF, "reply-002", "Turn it off", T0 + 3), STORE_OK);
    assert_int_equal(bed_say(b, 1, STORE_EVENT, "event-001", "An event", T0 + 4), STORE_OK);
    /* As a comment that is hidden or removed in the PSA (ops_sync_comments.c). */
    sql(b, "UPDATE message SET author = 3, psa_gone = 1 WHERE body = 'Hidden';"
           "UPDATE person SET verified_ms = 1;"
           "INSERT INTO value (key, changed_ms, text) VALUES ('hours', 1, '{\"zone\":\"UTC\"}')");
    /* The person has proved it, but not in this browser. */
    assert_int_equal(transcript(b, bed_person(1), "copy-0001", T0 + 5), STORE_REFUSED);
    sql(b, "UPDATE visitor SET verified_ms = 1, expires_ms = 9e15");
    assert_int_equal(transcript(b, bed_person(2), "copy-0001", T0 + 5), STORE_NOT_FOUND);
    assert_int_equal(transcript(b, bed_person(1), "copy-0001", T0 + 5), STORE_OK);
    assert_int_equal(b->out.added.seq, 6);
    assert_int_equal(transcript(b, bed_person(1), "copy-0001", T0 + 5), STORE_OK);
    assert_true(b->out.added.duplicate);
    assert_int_equal(transcript(b, bed_person(1), "copy-0002", T0 + 5), STORE_CROSSED);
    assert_int_equal(transcript(b, bed_staff(), "copy-0002", T0 + 5), STORE_CROSSED);
    assert_true(take(b, T0 + 6));
    assert_int_equal(letter.kind, STORE_MAIL_TRANSCRIPT);
    assert_string_equal(letter.to, "ada1@example.com");
    assert_string_equal(letter.hours, "{\"zone\":\"UTC\"}");
    assert_int_equal(letter.message_count, 2);
    assert_int_equal(letter.more, 0);
    assert_int_equal(told[0].seq, 1);
    assert_string_equal(told[1].body, "Turn it off");

    assert_int_equal(transcript(b, bed_staff(), "copy-0003", T0 + 7), STORE_OK);
    assert_int_equal(count_of(b, bed_staff()), 7);
    assert_string_equal(b->out.messages.rows[6].body, "{\"act\":\"transcript\"}");
    assert_string_equal(b->out.messages.rows[6].name, "Robin");
    sql(b, "UPDATE person SET blocked_ms = 1"); /* meanwhile */
    assert_true(take(b, T0 + 8));
    assert_true(letter.ended);
    in = after(bed_staff(), "copy-0004", T0 + 9);
    assert_int_equal(BED(b, store_transcript(b->s, &in, bed_added, b)), STORE_REFUSED);
}

/* The latest are told; how many older ones there are is known. */
static void test_long(void **state)
{
    struct bed *b = *state;
    char body[STORE_BODY_MAX / 2], client_id[32];

    if (b->fake)
        return;
    memset(body, 'x', sizeof(body));
    body[sizeof(body) - 1] = '\0';
    assert_int_equal(bed_start(b, 1, T0), STORE_OK);
    for (int i = 0; i < 5; i++) {
        body[0] = (char)('a' + i);
        snprintf(client_id, sizeof(client_id), "long-%04d", i);
        assert_int_equal(bed_say(b, 1, STORE_STAFF, client_id, body, T0 + i), STORE_OK);
    }
    sql(b, "UPDATE person SET verified_ms = 1");
    assert_int_equal(transcript(b, bed_staff(), "copy-0001", T0 + 9), STORE_OK);
    assert_true(take(b, T0 + 9));
    assert_int_equal(letter.message_count, 2);
    assert_int_equal(letter.more, 4);
    assert_int_equal(told[0].body[0], 'd');
    assert_int_equal(told[1].body[0], 'e');
}

const struct CMUnitTest after_tests[] = {
    BED_TEST(test_rate),
    BED_TEST(test_rate_and_then),
    BED_TEST(test_transcript),
    BED_TEST(test_long),
};
const size_t after_test_count = COUNT_OF(after_tests);
