#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "api/pending.h"

static int64_t now;

static int64_t mono(struct env *env)
{
    (void)env;
    return now;
}

static const struct env_ops ops = {.mono_ms = mono};
static struct env env = {&ops};

static const uint8_t *key(uint8_t n)
{
    static uint8_t keys[8][SECRET_HASH_SIZE];

    memset(keys[n], n + 16, SECRET_HASH_SIZE);
    return keys[n];
}

static void test_time(void **state)
{
    struct pendings *all = pendings_new(&env, 3, 1);

    (void)state;
    now = 1000;
    struct pending *p = pending_put(all, PENDING_SECOND, key(1), 500);
    p->secret = secret_new("x", 1);
    assert_ptr_equal(pending_find(all, PENDING_SECOND, key(1)), p);
    assert_null(pending_find(all, PENDING_TOTP, key(1)));
    assert_null(pending_find(all, PENDING_SECOND, key(2)));
    now = 1499;
    pendings_sweep(all);
    assert_non_null(pending_find(all, PENDING_SECOND, key(1)));
    now = 1500;
    assert_null(pending_find(all, PENDING_SECOND, key(1)));
    pendings_sweep(all);
    now = 1000;
    assert_null(pending_find(all, PENDING_SECOND, key(1)));
    pendings_free(all);
}

static void test_bound(void **state)
{
    struct pendings *all = pendings_new(&env, 3, 1);

    (void)state;
    for (uint8_t n = 0; n < 3; n++)
        pending_put(all, PENDING_SECOND, key(n), 500);
    struct pending *again = pending_put(all, PENDING_SECOND, key(0), 500);
    assert_int_equal(again->tries, 0);
    pending_put(all, PENDING_TOTP, key(0), 500); /* 1 is the oldest now */
    assert_null(pending_find(all, PENDING_SECOND, key(1)));
    assert_non_null(pending_find(all, PENDING_SECOND, key(0)));
    assert_non_null(pending_find(all, PENDING_SECOND, key(2)));
    pending_drop(all, again);
    assert_null(pending_find(all, PENDING_SECOND, key(0)));
    assert_non_null(pending_find(all, PENDING_TOTP, key(0)));
    pendings_free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_bound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
