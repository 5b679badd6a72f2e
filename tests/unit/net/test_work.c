/* Slow work: off the loop, so much at once, and silent after a cancel. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "net/work.h"

static atomic_int running, most, freed, ran;
static atomic_bool hold;
static int done_count;
static pthread_t loop_thread;

static void run(void *job)
{
    const int now = atomic_fetch_add(&running, 1) + 1;

    (void)job;
    assert_false(pthread_equal(pthread_self(), loop_thread));
    if (now > atomic_load(&most))
        atomic_store(&most, now);
    while (atomic_load(&hold))
        usleep(1000);
    atomic_fetch_add(&ran, 1);
    atomic_fetch_sub(&running, 1);
}

static void done(void *job)
{
    assert_true(pthread_equal(pthread_self(), loop_thread));
    (*(int *)job)++;
    done_count++;
}

static void free_job(void *job)
{
    atomic_fetch_add(&freed, 1);
    free(job);
}

static const struct work_calls calls = {run, done, free_job};

static struct work *start(struct work_pool *p)
{
    int *job = calloc(1, sizeof(*job));

    assert_non_null(job);
    return work_start(p, &calls, job);
}

static struct loop *begin(void)
{
    struct loop *loop = loop_new(NULL);

    assert_non_null(loop);
    loop_thread = pthread_self();
    running = most = freed = ran = done_count = 0;
    hold = false;
    return loop;
}

static void turn_until(struct loop *loop, atomic_int *count, int value)
{
    const int64_t end = clock_mono_ms() + 20000;

    while (atomic_load(count) < value && clock_mono_ms() < end)
        loop_turn(loop, 5);
    assert_int_equal(atomic_load(count), value);
}

static void test_bounds(void **state)
{
    struct loop *loop = begin();
    struct work_pool *p = work_pool_new(loop, 2, 3);

    (void)state;
    hold = true;
    for (int i = 0; i < 5; i++)
        assert_non_null(start(p));
    assert_null(start(p)); /* full: the job is freed */
    assert_int_equal(freed, 1);
    turn_until(loop, &running, 2);
    assert_null(start(p));
    assert_int_equal(done_count, 0);
    hold = false;
    turn_until(loop, &freed, 7);
    assert_int_equal(done_count, 5);
    assert_int_equal(most, 2);
    assert_non_null(start(p));
    turn_until(loop, &freed, 8);
    work_pool_free(p);
    loop_free(loop);
}

static void test_cancel(void **state)
{
    struct loop *loop = begin();
    struct work_pool *p = work_pool_new(loop, 1, 2);
    struct work *first, *second, *third;

    (void)state;
    hold = true;
    first = start(p);
    second = start(p);
    third = start(p);
    turn_until(loop, &running, 1);
    work_cancel(&first);
    work_cancel(&second);
    assert_null(first);
    work_cancel(&second); /* nothing more to cancel */
    assert_non_null(third);
    assert_int_equal(freed, 0);
    hold = false;
    turn_until(loop, &freed, 3);
    assert_int_equal(done_count, 1);
    assert_int_equal(ran, 2); /* the second was never begun */
    work_pool_free(p);
    loop_free(loop);
}

static void test_free_waits(void **state)
{
    struct loop *loop = begin();
    struct work_pool *p = work_pool_new(loop, 1, 2);
    struct work *one = start(p), *two = start(p);

    (void)state;
    work_cancel(&one);
    work_cancel(&two);
    work_pool_free(p);
    assert_int_equal(freed, 2);
    assert_int_equal(ran, 1);
    assert_int_equal(done_count, 0);
    loop_free(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_free_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
