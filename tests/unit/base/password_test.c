#include "base/password.h"
#include "cmocka_wrap.h"

#include <string.h>

static struct secret *secret_of(const char *text)
{
    struct secret *s = secret_new(text, strlen(text));

    assert_non_null(s);
    return s;
}

static void test_verify(void **state)
{
    struct secret *good = secret_of("correct horse battery"), *bad = secret_of("correct horse bat");
    struct secret *empty = secret_of("");
    char hash[PASSWORD_HASH_SIZE], again[PASSWORD_HASH_SIZE];

    (void)state;
    assert_int_equal(password_hash(good, hash), 0);
    assert_int_equal(password_hash(good, again), 0);
    assert_int_equal(strncmp(hash, "$argon2id$v=19$m=65536,t=2,p=1$", 31), 0);
    assert_string_not_equal(hash, again); /* a salt of its own */
    assert_true(password_verify(good, hash));
    assert_true(password_verify(good, again));
    assert_false(password_verify(bad, hash));
    assert_false(password_verify(empty, hash));
    hash[strlen(hash) - 1] = hash[strlen(hash) - 1] == 'A' ? 'E' : 'A';
    assert_false(password_verify(good, hash));
    secret_free(good);
    secret_free(bad);
    secret_free(empty);
}

/* The dummy is a hash of the same cost that parses: else it would cost nothing. */
static void test_nobody(void **state)
{
    struct secret *one = secret_of("correct horse battery");

    (void)state;
    assert_false(password_verify(one, ""));
    assert_false(password_verify(one, NULL));
    assert_false(password_verify(one, "not a hash"));
    secret_free(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verify),
        cmocka_unit_test(test_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
