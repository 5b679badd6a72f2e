/* One test for each rule of chat/address.h. */
#include "chat/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void becomes(const char *text, const char *expected)
{
    char to[ADDRESS_SIZE], again[ADDRESS_SIZE];

    if (address_normalise(text, to) != ADDRESS_OK)
        fail_msg("refused: %s", text);
    assert_string_equal(to, expected);
    assert_int_equal(address_normalise(to, again), ADDRESS_OK);
    assert_string_equal(again, expected);
}

static void refused(const char *text, enum address_result why)
{
    char to[ADDRESS_SIZE];
    const enum address_result result = address_normalise(text, to);

    if (result != why)
        fail_msg("%s: %d, not %d", text, result, why);
}

static void white_space(void **state)
{
    (void)state;
    becomes("  ada@acme.example\t\n", "ada@acme.example");
    refused("ada @acme.example", ADDRESS_BAD);
    refused("ada@ acme.example", ADDRESS_BAD);
    refused("ada@acme .example", ADDRESS_BAD);
    refused("", ADDRESS_EMPTY);
    refused("   ", ADDRESS_EMPTY);
}

static void capitals(void **state)
{
    (void)state;
    becomes("Ada.Lovelace@ACME.Example", "ada.lovelace@acme.example");
    assert_true(address_equal("ADA@ACME.EXAMPLE", "ada@acme.example"));
}

static void plus_is_its_own(void **state)
{
    (void)state;
    becomes("Ada+Shop@acme.example", "ada+shop@acme.example");
    assert_false(address_equal("ada+shop@acme.example", "ada@acme.example"));
}

static void dots(void **state)
{
    (void)state;
    becomes("ada@acme.example.", "ada@acme.example");
    assert_false(address_equal("a.da@acme.example", "ada@acme.example"));
    refused("ada@acme.example..", ADDRESS_BAD);
    refused("ada@.acme.example", ADDRESS_BAD);
    refused("ada@acme..example", ADDRESS_BAD);
    refused(".ada@acme.example", ADDRESS_BAD);
    refused("ada.@acme.example", ADDRESS_BAD);
    refused("a..da@acme.example", ADDRESS_BAD);
}

static void other_scripts(void **state)
{
    char shown[4 * ADDRESS_SIZE];

    (void)state;
    becomes("ada@B\xc3\xbc"
            "cher.example",
            "ada@xn--bcher-kva.example");
    becomes("ada@B\xc3\x9c"
            "CHER.Example.",
            "ada@xn--bcher-kva.example");
    becomes("ada@bu\xcc\x88"
            "cher.example",
            "ada@xn--bcher-kva.example"); /* u and two dots */
    becomes("ada@XN--Bcher-KVA.example", "ada@xn--bcher-kva.example");
    becomes("ada@b\xc3\xbc"
            "cher\xe3\x80\x82"
            "example",
            "ada@xn--bcher-kva.example");
    becomes("ada@fa\xc3\x9f.example", "ada@xn--fa-hia.example");
    assert_false(address_equal("ada@fa\xc3\x9f.example", "ada@fass.example"));
    assert_true(address_equal("ada@b\xc3\xbc"
                              "cher.example",
                              "ada@xn--bcher-kva.example"));
    becomes("j\xc3\xbcrgen@acme.example", "j\xc3\xbcrgen@acme.example");
    assert_false(address_equal("j\xc3\xbcrgen@acme.example", "jurgen@acme.example"));
    refused("ada@xn--zzzzzzzzzzzz99.example", ADDRESS_BAD);
    refused("ada@\xe2\x98\x83.example", ADDRESS_BAD);
    refused("ada@a\xff"
            "b.example",
            ADDRESS_BAD);
    address_display("ada@xn--bcher-kva.example", shown);
    assert_string_equal(shown, "ada@b\xc3\xbc"
                               "cher.example");
    address_display("nobody", shown);
    assert_string_equal(shown, "nobody");
}

static void odd_forms(void **state)
{
    static const char *const bad[] = {
        "ada",
        "@acme.example",
        "ada@",
        "ada@acme",
        "a@b@c.example",
        "\"ada\"@acme.example",
        "ada(x)@acme.example",
        "ada@[192.0.2.1]",
        "<ada@acme.example>",
        "ada@acme_one.example",
        "ada@-acme.example",
        "ada@acme-.example",
        "a,b@acme.example",
        "a;b@acme.example",
        "a\\b@acme.example",
        "ada@acme.example\x01",
        "ada@ac\x7fme.example",
        "a:b@acme.example",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        refused(bad[i], ADDRESS_BAD);
    becomes("o'hara!#$%&*+-/=?^_`{|}~@acme.example", "o'hara!#$%&*+-/=?^_`{|}~@acme.example");
}

static void length(void **state)
{
    char text[2048], local[80], domain[300];

    (void)state;
    memset(local, 'a', 65);
    local[64] = '\0';
    snprintf(text, sizeof(text), "%s@acme.example", local);
    becomes(text, text);
    local[64] = 'a';
    local[65] = '\0';
    snprintf(text, sizeof(text), "%s@acme.example", local);
    refused(text, ADDRESS_TOO_LONG);
    memset(domain, 'd', sizeof(domain));
    for (size_t i = 60; i < 240; i += 60)
        domain[i] = '.';
    domain[243] = '\0';
    snprintf(text, sizeof(text), "%.10s@%s", local, domain); /* 254 */
    becomes(text, text);
    snprintf(text, sizeof(text), "%.11s@%s", local, domain);
    refused(text, ADDRESS_TOO_LONG);
    domain[60] = 'd'; /* a label of more than 63 */
    snprintf(text, sizeof(text), "a@%s", domain);
    refused(text, ADDRESS_BAD);
    memset(text, 'x', sizeof(text));
    text[1] = '@';
    text[sizeof(text) - 1] = '\0';
    refused(text, ADDRESS_TOO_LONG);
}

static void domains(void **state)
{
    char to[IDN_NAME_SIZE];

    (void)state;
    assert_int_equal(address_normalise_domain(" @B\xc3\xbc"
                                              "cher.Example. ",
                                              to),
                     ADDRESS_OK);
    assert_string_equal(to, "xn--bcher-kva.example");
    assert_int_equal(address_normalise_domain("acme", to), ADDRESS_BAD);
    assert_int_equal(address_normalise_domain("https://acme.example", to), ADDRESS_BAD);
    assert_int_equal(address_normalise_domain("a@acme.example", to), ADDRESS_BAD);
    assert_int_equal(address_normalise_domain("@", to), ADDRESS_EMPTY);
    assert_int_equal(address_normalise_domain("", to), ADDRESS_EMPTY);
    assert_true(address_is_anybodys("gmail.com"));
    assert_false(address_is_anybodys("acme.example"));
    assert_string_equal(address_domain("ada@acme.example"), "acme.example");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space),     cmocka_unit_test(capitals),
        cmocka_unit_test(plus_is_its_own), cmocka_unit_test(dots),
        cmocka_unit_test(other_scripts),   cmocka_unit_test(odd_forms),
        cmocka_unit_test(length),          cmocka_unit_test(domains),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
