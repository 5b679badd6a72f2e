/* What follows from something said. */
#include "chat/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_effects(void **state)
{
    struct rules_effect e;

    (void)state;
    e = rules_effect_of(RULES_START);
    assert_int_equal(e.author, STORE_PERSON);
    assert_int_equal(e.waiting, STORE_WAITING_BEGIN);
    assert_int_equal(e.after_ms, 0);
    e = rules_effect_of(RULES_MESSAGE);
    assert_int_equal(e.author, STORE_PERSON);
    assert_int_equal(e.waiting, STORE_WAITING_BEGIN);
    assert_true(e.after_ms > 0);
    e = rules_effect_of(RULES_REPLY);
    assert_int_equal(e.author, STORE_STAFF);
    assert_int_equal(e.waiting, STORE_WAITING_END);
    e = rules_effect_of(RULES_NOTE);
    assert_int_equal(e.author, STORE_NOTE);
    assert_int_equal(e.waiting, STORE_WAITING_KEEP);
}

static void test_who_sees(void **state)
{
    (void)state;
    for (enum store_author author = STORE_PERSON; author <= STORE_EVENT; author++) {
        const struct store_message here = {.author = author, .sender = "v:1"},
                                   there = {.author = author, .sender = "psa:acme"};
        assert_int_equal(rules_person_sees(&here, false), author != STORE_NOTE);
        assert_int_equal(rules_person_sees(&there, true), author != STORE_NOTE);
        assert_int_equal(rules_person_sees(&there, false),
                         author == STORE_STAFF || author == STORE_EVENT);
    }
}

static void test_words(void **state)
{
    struct store_ticket t = {.number = "", .state = STORE_WAITING, .reason = ""};

    (void)state;
    assert_string_equal(rules_ticket_word(&t), "waiting");
    t.state = STORE_IN_DOUBT;
    assert_string_equal(rules_ticket_word(&t), "waiting");
    t.reason = "Syncro does not answer";
    assert_string_equal(rules_ticket_word(&t), "delayed");
    t.state = STORE_PARKED;
    t.reason = "";
    assert_string_equal(rules_ticket_word(&t), "delayed");
    t.state = STORE_DONE; /* detached, or its making was given up */
    assert_string_equal(rules_ticket_word(&t), "none");
    t.state = STORE_PARKED;
    t.id = 7; /* a later comment in trouble does not take the ticket away */
    assert_string_equal(rules_ticket_word(&t), "filed");
    assert_string_equal(rules_entry_word(STORE_WAITING, "late"), "waiting");
    assert_string_equal(rules_entry_word(STORE_IN_DOUBT, ""), "sending");
    assert_string_equal(rules_entry_word(STORE_IN_DOUBT, "timed out"), "in_doubt");
    assert_string_equal(rules_entry_word(STORE_PARKED, "x"), "parked");
    assert_string_equal(rules_entry_word(STORE_DONE, ""), "filed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effects),
        cmocka_unit_test(test_who_sees),
        cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
