/* SQLite on a disk that takes no more: what cannot be written fails, alone, and is not half there.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/log.h"
#include "bed.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {BED_TEST(test_full)};

    log_set_level(LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
