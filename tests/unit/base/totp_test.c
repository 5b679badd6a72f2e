/* One-time codes against RFC 6238, and the square that shows the secret. */
#include "base/totp.h"
#include "cmocka_wrap.h"

#include <stdlib.h>
#include <string.h>

#include "base/qr.h"

/* RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
static const struct {
    int64_t at_s;
    const char *code;
} vectors[] = {
    {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
    {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
};

static void test_vectors(void **state)
{
    struct secret *s = secret_new("12345678901234567890", 20);
    char text[TOTP_TEXT_SIZE];
    int64_t step;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        assert_int_equal(totp_check(s, vectors[i].code, vectors[i].at_s * 1000, 0, &step), 0);
        assert_int_equal(step, vectors[i].at_s / 30);
    }
    totp_text(s, text);
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    secret_free(s);
}

static void test_window_and_replay(void **state)
{
    struct secret *s = secret_new("12345678901234567890", 20);
    const int64_t at = INT64_C(1234567890) / 30 * 30000; /* the step of 005924 begins */
    int64_t step = 0;

    (void)state;
    assert_int_equal(totp_check(s, "005924", at - 30001, 0, &step), -1);
    assert_int_equal(totp_check(s, "005924", at - 30000, 0, &step), 0);
    assert_int_equal(totp_check(s, "005924", at + 59999, 0, &step), 0);
    assert_int_equal(step, at / 30000);
    assert_int_equal(totp_check(s, "005924", at + 60000, 0, &step), -1);
    assert_int_equal(totp_check(s, "005924", at, step - 1, &step), 0);
    assert_int_equal(totp_check(s, "005924", at, step, &step), -1);
    assert_int_equal(totp_check(s, "005925", at, 0, &step), -1);
    assert_int_equal(totp_check(s, "00592", at, 0, &step), -1);
    assert_int_equal(totp_check(s, "0059244", at, 0, &step), -1);
    assert_int_equal(totp_check(s, "", at, 0, &step), -1);
    secret_free(s);
}

static void test_new(void **state)
{
    struct secret *a = totp_new(), *b = totp_new();

    (void)state;
    assert_int_equal(secret_len(a), 20);
    assert_int_not_equal(memcmp(secret_reveal(a), secret_reveal(b), 20), 0);
    secret_free(a);
    secret_free(b);
}

static void test_qr(void **state)
{
    struct qr *q = qr_new("otpauth://totp/Parley:a@b.example?secret=GEZDGNBVGY3TQOJQ");
    char *long_text = calloc(1, 5000);

    (void)state;
    assert_non_null(q);
    const int n = qr_size(q);
    assert_int_equal((n - 17) % 4, 0);
    /* The three corners that a reader looks for: dark edge, light ring, dark middle. */
    for (int i = 0; i < 7; i++) {
        assert_true(qr_is_dark(q, 0, i) && qr_is_dark(q, i, 0));
        assert_true(qr_is_dark(q, 0, n - 1 - i) && qr_is_dark(q, n - 1 - i, 0));
    }
    assert_false(qr_is_dark(q, 1, 1));
    assert_true(qr_is_dark(q, 3, 3));
    assert_false(qr_is_dark(q, 7, 7));
    qr_free(q);
    memset(long_text, 'x', 4999);
    assert_null(qr_new(long_text));
    free(long_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_window_and_replay),
        cmocka_unit_test(test_new),
        cmocka_unit_test(test_qr),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
