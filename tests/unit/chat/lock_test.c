#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chat/lock.h"

static void test_slower_and_slower(void **state)
{
    struct lock l = {0};
    int64_t now = 1000;

    (void)state;
    for (int i = 1; i < LOCK_FREE; i++) {
        assert_false(lock_try(&l, now, LOCK_HERE, true));
        assert_int_equal(lock_wait(&l, now), 0);
    }
    for (int i = 0; i < LOCK_HERE - LOCK_FREE; i++) {
        assert_false(lock_try(&l, now, LOCK_HERE, true));
        assert_int_equal(lock_wait(&l, now), 1000 << i);
        now += 1000 << i;
        assert_int_equal(lock_wait(&l, now - 1), 1);
        assert_int_equal(lock_wait(&l, now), 0);
    }
    assert_true(lock_try(&l, now, LOCK_HERE, true));
    assert_int_equal(lock_wait(&l, now), LOCK_SHUT_MS);
    assert_false(lock_is_idle(&l, now + LOCK_SHUT_MS - 1));
    assert_true(lock_is_idle(&l, now + LOCK_SHUT_MS));
    assert_false(lock_try(&l, now + LOCK_SHUT_MS, LOCK_HERE, true)); /* begins anew */
    assert_int_equal(l.tries, 1);
}

static void test_not_slow(void **state)
{
    struct lock l = {0};

    (void)state;
    for (int i = 1; i < LOCK_ANYWHERE; i++) {
        assert_false(lock_try(&l, 5, LOCK_ANYWHERE, false));
        assert_int_equal(lock_wait(&l, 5), 0);
    }
    assert_true(lock_try(&l, 5, LOCK_ANYWHERE, false));
    assert_int_equal(lock_wait(&l, 5), LOCK_SHUT_MS);
}

static void test_good(void **state)
{
    struct lock l = {0};

    (void)state;
    for (int i = 0; i < 7; i++)
        (void)lock_try(&l, 5, LOCK_HERE, true);
    lock_good(&l, false);
    assert_int_equal(l.tries, 6);
    assert_int_equal(lock_wait(&l, 5), 0);
    lock_good(&l, true);
    assert_true(lock_is_idle(&l, 5));
    lock_good(&l, false);
    assert_int_equal(l.tries, 0);
}

static void test_forgotten(void **state)
{
    struct lock l = {0};

    (void)state;
    for (int i = 0; i < 4; i++)
        (void)lock_try(&l, 5, LOCK_HERE, true);
    assert_false(lock_is_idle(&l, 5 + LOCK_SHUT_MS - 1));
    assert_true(lock_is_idle(&l, 5 + LOCK_SHUT_MS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slower_and_slower),
        cmocka_unit_test(test_not_slow),
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
