#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chat/account.h"
#include "chat/audit.h"

static void test_passwords(void **state)
{
    const char *email = "ann.long@msp.example", *name = "Ann Longnameson";
    char text[ACCOUNT_PASSWORD_MAX + 2];

    (void)state;
    assert_non_null(account_password_wrong("", email, name));
    assert_non_null(account_password_wrong("elevenchars", email, name));
    assert_null(account_password_wrong("twelve chars", email, name));
    assert_non_null(account_password_wrong("ANN.long@msp.example", email, name));
    assert_non_null(account_password_wrong("ann longnameson", email, name));
    assert_non_null(
        account_password_wrong("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "", ""));
    memset(text, 'x', sizeof(text));
    text[ACCOUNT_PASSWORD_MAX] = '\0';
    assert_null(account_password_wrong(text, email, name));
    text[ACCOUNT_PASSWORD_MAX] = 'x';
    text[ACCOUNT_PASSWORD_MAX + 1] = '\0';
    assert_non_null(account_password_wrong(text, email, name));
}

static void test_words(void **state)
{
    enum store_role role;

    (void)state;
    for (role = STORE_ADMIN; role <= STORE_TECHNICIAN; role++) {
        enum store_role back;
        assert_int_equal(account_role_parse(account_role_name(role), &back), 0);
        assert_int_equal(back, role);
    }
    assert_int_equal(account_role_parse("Admin", &role), -1);
    assert_int_equal(account_role_parse(NULL, &role), -1);
    assert_true(account_is_color(""));
    assert_true(account_is_color("#00ffa9"));
    assert_false(account_is_color("#00FFA9"));
    assert_false(account_is_color("#00ffa"));
    assert_false(account_is_color("#00ffa99"));
    assert_false(account_is_color("red"));
    assert_true(account_is_step("brand"));
    assert_true(account_is_step("done"));
    assert_false(account_is_step(""));
    assert_true(audit_is_word(audit_word(AUDIT_SIGN_IN)));
    assert_true(audit_is_word("audit_exported"));
    assert_false(audit_is_word("sign"));
    assert_false(audit_is_word(""));
    assert_false(audit_is_word(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_passwords),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
