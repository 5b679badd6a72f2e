/* SQLite on a disk that takes no more: what cannot be written fails, alone, and is not half there.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "act_bed.h"
#include "base/log.h"

static void limit_files_to(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static rlim_t size_of_log(const struct bed *b)
{
    char path[96];
    struct stat about;

    snprintf(path, sizeof(path), "%s/parley.db-wal", b->dir);
    assert_int_equal(stat(path, &about), 0);
    return (rlim_t)about.st_size;
}

static size_t count_messages(struct bed *b)
{
    const struct store_messages_read in = {
        .conversation = bed_id('c', 1), .asker = bed_staff(), .limit = STORE_READ_MAX};

    assert_int_equal(BED(b, store_messages_read(b->s, &in, bed_messages, b)), STORE_OK);
    for (size_t i = 0; i < b->out.messages.count; i++)
        assert_int_equal(b->out.messages.rows[i].seq, i + 1);
    assert_int_equal(b->out.messages.last_seq, b->out.messages.count);
    return b->out.messages.count;
}

static void test_full(void **state)
{
    struct bed *b = *state;
    static char long_body[50000];
    const rlim_t rooms[] = {0, 1, 1000, 20000}; /* nothing, and a part of the commit */

    memset(long_body, 'x', sizeof(long_body) - 1);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    for (size_t i = 0; i < COUNT_OF(rooms); i++) {
        char name[16];

        snprintf(name, sizeof(name), "message%zu", i);
        limit_files_to(size_of_log(b) + rooms[i]);
        assert_int_equal(bed_say(b, 1, STORE_PERSON, name, long_body, 2000), STORE_FAILED);
        assert_int_equal(count_messages(b), i + 1);
        limit_files_to(RLIM_INFINITY);
        assert_int_equal(bed_say(b, 1, STORE_PERSON, name, "short", 3000), STORE_OK);
        assert_false(b->out.added.duplicate);
        assert_int_equal(count_messages(b), i + 2);
    }
    bed_reopen(b);
    assert_int_equal(count_messages(b), COUNT_OF(rooms) + 1);
}

#define MANY 200

static void on_said(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;

    (void)out;
    b->answers++;
    b->out.messages.count += result == STORE_OK;
    assert_true(result == STORE_OK || result == STORE_FAILED);
}

/* A commit that is larger than the cache is written before its end. Where that fails SQLite takes
 * the whole transaction back, and nothing of what stands behind in the group may be there. */
static void test_full_in_the_middle(void **state)
{
    struct bed *b = *state;
    static char long_body[50000];
    const struct store_messages_read in = {
        .conversation = bed_id('c', 1), .asker = bed_staff(), .limit = 1};
    char name[MANY][16];
    size_t good;

    memset(long_body, 'x', sizeof(long_body) - 1);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    limit_files_to(size_of_log(b) + 1000000);
    b->answers = 0;
    b->out.messages.count = 0;
    for (int i = 0; i < MANY; i++) {
        const struct store_message_add word = {.conversation = bed_id('c', 1),
                                               .message = bed_id('m', 1000 + i),
                                               .asker = bed_person(1),
                                               .author = STORE_PERSON,
                                               .name = "Ada",
                                               .body = long_body,
                                               .sender = "v:1",
                                               .client_id = name[i],
                                               .now_ms = 2000};

        snprintf(name[i], sizeof(name[i]), "message%d", i);
        store_message_add(b->s, &word, on_said, b);
    }
    bed_wait(b, MANY);
    good = b->out.messages.count;
    assert_true(good < MANY);
    limit_files_to(RLIM_INFINITY);
    assert_int_equal(BED(b, store_messages_read(b->s, &in, bed_messages, b)), STORE_OK);
    assert_int_equal(b->out.messages.last_seq, 1 + good);
    assert_int_equal(bed_say(b, 1, STORE_PERSON, "short", "short", 3000), STORE_OK);
    assert_int_equal(b->out.added.seq, 2 + good);
}

/* A ticket was closed over its person's words, which is to open it again: all of that, or nothing,
 * and the next look finds it as it was. */
static void test_full_where_a_ticket_is_opened_again(void **state)
{
    struct bed *b = *state;
    int64_t last_seq;

    signal(SIGXFSZ, SIG_IGN);
    act_begin_seen(b);
    assert_int_equal(act_say_again(b, 6000), STORE_OK);
    last_seq = act_summary(b)->last_seq;
    limit_files_to(size_of_log(b) + 1);
    assert_int_equal(act_hear(b, false, 6200), STORE_FAILED);
    limit_files_to(RLIM_INFINITY);
    bed_reopen(b);
    assert_true(act_summary(b)->open);
    assert_string_equal(b->out.summary.ticket.status, "New");
    assert_int_equal(act_hear(b, false, 6300), STORE_OK);
    assert_true(act_summary(b)->open);
    assert_int_equal(b->out.summary.last_seq, last_seq);
    assert_int_equal(bed_drain(b, 1, 6500), 2); /* the words, and once that it is opened */
}

int main(void)
{
    const struct CMUnitTest tests[] = {BED_TEST(test_full), BED_TEST(test_full_in_the_middle),
                                       BED_TEST(test_full_where_a_ticket_is_opened_again)};

    log_set_level(LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
