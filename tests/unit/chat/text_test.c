/* What people typed, made fit to keep. */
#include "chat/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char body[CHAT_BODY_MAX + 1];

static enum text_result clean_body(const char *s)
{
    size_t len;
    enum text_result result = text_body(s, strlen(s), body, &len);

    if (result == TEXT_OK)
        assert_int_equal(len, strlen(body));
    return result;
}

static void test_body(void **state)
{
    (void)state;
    assert_int_equal(clean_body("  hello\tthere \n"), TEXT_OK);
    assert_string_equal(body, "hello\tthere");
    assert_int_equal(clean_body("one\r\ntwo\rthree"), TEXT_OK);
    assert_string_equal(body, "one\ntwo\nthree");
    assert_int_equal(clean_body("a\x01\x1b[31mb\x7f\xc2\x85"
                                "c"),
                     TEXT_OK);
    assert_string_equal(body, "a[31mbc");
    assert_int_equal(clean_body("Gr\xc3\xbc\xc3\x9f"
                                "e \xf0\x9f\x98\x80"),
                     TEXT_OK);
    assert_string_equal(body, "Gr\xc3\xbc\xc3\x9f"
                              "e \xf0\x9f\x98\x80");
}

static void test_body_of_nothing(void **state)
{
    (void)state;
    assert_int_equal(clean_body(""), TEXT_EMPTY);
    assert_int_equal(clean_body(" \n\t\r\n"), TEXT_EMPTY);
    assert_int_equal(clean_body("\xc2\xa0\xe2\x80\x8b\xe3\x80\x80\xef\xbb\xbf"), TEXT_EMPTY);
    assert_int_equal(clean_body("\x01\x02"), TEXT_EMPTY);
    assert_int_equal(clean_body("\xff"), TEXT_NOT_UTF8);
    assert_int_equal(clean_body("\xc3"), TEXT_NOT_UTF8);
    assert_int_equal(clean_body("\xed\xa0\x80"), TEXT_NOT_UTF8);
}

static void test_body_at_its_limit(void **state)
{
    char *s = malloc(CHAT_BODY_MAX + 4);

    (void)state;
    memset(s, 'x', CHAT_BODY_MAX + 3);
    s[CHAT_BODY_MAX] = '\0';
    assert_int_equal(clean_body(s), TEXT_OK);
    memcpy(s + CHAT_BODY_MAX, "  ", 3); /* white space at the end does not count */
    assert_int_equal(clean_body(s), TEXT_OK);
    memcpy(s + CHAT_BODY_MAX, " y", 3);
    assert_int_equal(clean_body(s), TEXT_TOO_LONG);
    memcpy(s + CHAT_BODY_MAX, "y", 2);
    assert_int_equal(clean_body(s), TEXT_TOO_LONG);
    memcpy(s + CHAT_BODY_MAX - 1, "\xc3\xbc", 3); /* a character across the limit */
    assert_int_equal(clean_body(s), TEXT_TOO_LONG);
    free(s);
}

static void test_name_and_email(void **state)
{
    char name[CHAT_NAME_MAX + 1], email[CHAT_EMAIL_MAX + 1], big[400];

    (void)state;
    assert_int_equal(text_name(" Ines\n  Moreau\t", name), TEXT_OK);
    assert_string_equal(name, "Ines Moreau");
    memset(big, 'n', sizeof(big));
    big[CHAT_NAME_MAX] = '\0';
    assert_int_equal(text_name(big, name), TEXT_OK);
    big[CHAT_NAME_MAX] = 'n';
    big[CHAT_NAME_MAX + 1] = '\0';
    assert_int_equal(text_name(big, name), TEXT_TOO_LONG);
    assert_int_equal(text_name(" ", name), TEXT_EMPTY);
    assert_int_equal(text_email(" Ines@Northwind.EXAMPLE ", email), TEXT_OK);
    assert_string_equal(email, "Ines@northwind.example");
    assert_int_equal(text_email("ines", email), TEXT_BAD_EMAIL);
    assert_int_equal(text_email("a b@c.example", email), TEXT_BAD_EMAIL);
    assert_int_equal(text_email("", email), TEXT_EMPTY);
    big[CHAT_NAME_MAX] = 'n';
    big[399] = '\0';
    memset(big, 'n', 399);
    assert_int_equal(text_email(big, email), TEXT_TOO_LONG);
}

static void test_ids(void **state)
{
    char id[66];

    (void)state;
    memset(id, 'a', sizeof(id));
    id[65] = '\0';
    assert_false(text_is_client_id(id));
    id[64] = '\0';
    assert_true(text_is_client_id(id));
    assert_true(text_is_client_id("aZ09_-aa"));
    assert_false(text_is_client_id("aZ09_-a"));
    assert_false(text_is_client_id("aZ09_-a!"));
    assert_false(text_is_client_id(NULL));
    id[43] = '\0';
    assert_true(text_is_token(id));
    id[42] = '=';
    assert_false(text_is_token(id));
    id[42] = '\0';
    assert_false(text_is_token(id));
}

static void test_language(void **state)
{
    static const char *const tags[][2] = {
        {"de", "de"}, {"DE-at", "de"}, {"gsw", "gsw"}, {"en-GB", "en"},  {"", ""},    {"d", ""},
        {"deut", ""}, {"de_AT", ""},   {"d1", ""},     {"\xc3\xbc", ""}, {"de;", ""}, {"-de", ""}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(tags); i++) {
        char language[TEXT_LANGUAGE_SIZE];

        text_language(tags[i][0], language);
        assert_string_equal(language, tags[i][1]);
    }
}

static void test_subject(void **state)
{
    char s[TEXT_SUBJECT_SIZE];
    char long_word[200];

    (void)state;
    text_subject("My laptop is blue\nIt says so.", s);
    assert_string_equal(s, "My laptop is blue");
    text_subject("one two three four five six seven eight nine ten eleven twelve thirteen "
                 "fourteen fifteen sixteen",
                 s);
    assert_string_equal(s, "one two three four five six seven eight nine ten eleven twelve "
                           "thirteen\xe2\x80\xa6");
    memset(long_word, 'w', sizeof(long_word));
    long_word[80] = '\0';
    text_subject(long_word, s);
    assert_string_equal(s, long_word); /* exactly 80 fit */
    long_word[80] = 'w';
    long_word[199] = '\0';
    text_subject(long_word, s);
    assert_int_equal(strlen(s), 79 + 3);
    for (int i = 0; i < 40; i++) /* 40 characters of four bytes and more of them */
        memcpy(long_word + i * 4, "\xf0\x9f\x98\x80", 4);
    long_word[160] = '\0';
    text_subject(long_word, s);
    assert_string_equal(s, long_word);
    text_subject("", s);
    assert_string_equal(s, "Chat");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_body),
        cmocka_unit_test(test_body_of_nothing),
        cmocka_unit_test(test_body_at_its_limit),
        cmocka_unit_test(test_name_and_email),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_subject),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
