/* How often somebody may speak. */
#include "chat/rate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_burst_then_rate(void **state)
{
    struct rate r = {0};
    int64_t now = 5000, wait;

    (void)state;
    for (int i = 0; i < 10; i++)
        assert_int_equal(rate_take(&r, now, 30, 10), 0);
    wait = rate_take(&r, now, 30, 10);
    assert_int_equal(wait, 2000);
    assert_int_equal(rate_take(&r, now + 1999, 30, 10), 1);
    assert_int_equal(rate_take(&r, now + 2000, 30, 10), 0);
    assert_int_equal(rate_take(&r, now + 2000, 30, 10), 2000);
}

static void test_a_minute_holds(void **state)
{
    struct rate r = {0};
    int taken = 0;

    (void)state;
    for (int64_t now = 1; now <= 60000; now += 10)
        if (rate_take(&r, now, 30, 10) == 0)
            taken++;
    assert_int_equal(taken, 10 + 29); /* the burst, then one in 2 s */
}

static void test_idle(void **state)
{
    struct rate r = {0};

    (void)state;
    assert_true(rate_is_idle(&r, 1));
    assert_int_equal(rate_take(&r, 100, 60, 1), 0);
    assert_false(rate_is_idle(&r, 1099));
    assert_true(rate_is_idle(&r, 1100));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_burst_then_rate),
        cmocka_unit_test(test_a_minute_holds),
        cmocka_unit_test(test_idle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
