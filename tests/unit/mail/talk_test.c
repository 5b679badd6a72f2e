/* What a talk with a mail server means for the letter. */
#include "unit/base/cmocka_wrap.h"

#include <string.h>

#include "net/smtp_talk.h"

/* Lines of ours begin with '>', the server's with '<'. */
static enum smtp_result after(const char *const *lines, bool ok, struct smtp_talk *t)
{
    *t = (struct smtp_talk){0};
    for (; *lines != NULL; lines++)
        if (**lines == '>')
            smtp_talk_out(t, *lines + 1, strlen(*lines) - 1);
        else
            smtp_talk_in(t, *lines + 1, strlen(*lines) - 1);
    return smtp_talk_result(t, ok);
}

#define AFTER(t, ok, ...) after((const char *const[]){__VA_ARGS__, NULL}, (ok), (t))
#define HELLO             "<220 hi\r\n", ">EHLO x\r\n", "<250-mail\r\n", "<250 STARTTLS\r\n"
#define SENDER            HELLO, ">MAIL FROM:<a@b>\r\n"
#define TO                SENDER, "<250 ok\r\n", ">RCPT TO:<c@d>\r\n"
#define LETTER            TO, "<250 ok\r\n", ">DATA\r\n", "<354 go on\r\n"

static void test_results(void **state)
{
    struct smtp_talk t;

    (void)state;
    assert_int_equal(AFTER(&t, true, LETTER, "<250 taken\r\n"), SMTP_TAKEN);
    assert_int_equal(AFTER(&t, false, "<554 no\r\n"), SMTP_TROUBLE);
    assert_int_equal(AFTER(&t, false, SENDER, "<550 not you\r\n"), SMTP_TROUBLE);
    assert_int_equal(AFTER(&t, false, TO, "<550 5.1.1 nobody\r\n"), SMTP_REFUSED);
    assert_string_equal(t.said, "5.1.1 nobody");
    assert_int_equal(t.status, 550);
    assert_int_equal(AFTER(&t, false, TO, "<450 later\r\n"), SMTP_LATER);
    assert_int_equal(AFTER(&t, false, TO, "<421 closing\r\n"), SMTP_TROUBLE);
    assert_int_equal(AFTER(&t, false, TO), SMTP_TROUBLE);
    assert_int_equal(AFTER(&t, false, LETTER), SMTP_UNSURE);
    assert_int_equal(AFTER(&t, false, LETTER, "<552 too big\r\n"), SMTP_REFUSED);
    assert_int_equal(AFTER(&t, false, LETTER, "<451 later\r\n"), SMTP_LATER);
}

/* The goodbye's answer is not the letter's. */
static void test_goodbye(void **state)
{
    struct smtp_talk t;

    (void)state;
    assert_int_equal(AFTER(&t, false, TO, "<550 nobody\r\n", ">QUIT\r\n", "<221 bye\r\n"),
                     SMTP_REFUSED);
    assert_int_equal(t.status, 550);
}

/* A secret that looks like a command is none. */
static void test_sign_in(void **state)
{
    struct smtp_talk t;

    (void)state;
    assert_int_equal(
        AFTER(&t, false, HELLO, ">AUTH LOGIN\r\n", "<334 x\r\n", ">DATA\r\n", "<535 no\r\n"),
        SMTP_TROUBLE);
    assert_int_equal(t.step, SMTP_STEP_AUTH);
    assert_int_equal(t.status, 535);
}

static void test_words(void **state)
{
    struct smtp_talk t;
    char line[600] = "<550 ";

    (void)state;
    memset(line + 5, 'x', sizeof(line) - 6);
    line[sizeof(line) - 1] = '\0';
    AFTER(&t, false, TO, line);
    assert_int_equal(strlen(t.said), SMTP_SAID_SIZE - 1);
    AFTER(&t, false, TO, "<550 a\x1b[31m\xff\r\n");
    assert_string_equal(t.said, "a?[31m?");
    AFTER(&t, false, TO, "<55", "<5500 x", "<abc", "<999 x", "<");
    assert_int_equal(t.status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_goodbye),
        cmocka_unit_test(test_sign_in),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
