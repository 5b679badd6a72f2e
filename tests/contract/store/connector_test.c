/* The connector's memory and the budget's leases. */
#include "bed.h"

static void test_connector(void **state)
{
    struct bed *b = *state;
    struct store_connector in = {.kind = "syncro",
                                 .account = "acme",
                                 .sealed_token = "abcdef",
                                 .fallback_customer = 77,
                                 .status = "New",
                                 .priority = "2 Normal",
                                 .problem_type = "Remote Support",
                                 .changed_ms = 1000};

    assert_int_equal(BED(b, store_connector_get(b->s, bed_connector, b)), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_connector_state(b->s, "syncro", "ok", "", bed_plain, b)),
                     STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_connector_set(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(
        BED(b, store_connector_state(b->s, "syncro", "refused", "bad token", bed_plain, b)),
        STORE_OK);
    assert_int_equal(BED(b, store_connector_get(b->s, bed_connector, b)), STORE_OK);
    assert_int_equal(b->out.connector.version, 1);
    assert_string_equal(b->out.connector.state, "refused");
    assert_string_equal(b->out.connector.reason, "bad token");
    in.sealed_token = "123456";
    in.changed_ms = 2000;
    assert_int_equal(BED(b, store_connector_set(b->s, &in, bed_plain, b)), STORE_OK);
    bed_reopen(b);
    assert_int_equal(BED(b, store_connector_get(b->s, bed_connector, b)), STORE_OK);
    assert_int_equal(b->out.connector.version, 2);
    assert_string_equal(b->out.connector.kind, "syncro");
    assert_string_equal(b->out.connector.account, "acme");
    assert_string_equal(b->out.connector.sealed_token, "123456");
    assert_int_equal(b->out.connector.fallback_customer, 77);
    assert_string_equal(b->out.connector.status, "New");
    assert_string_equal(b->out.connector.priority, "2 Normal");
    assert_string_equal(b->out.connector.problem_type, "Remote Support");
    assert_string_equal(b->out.connector.state, "");
    assert_int_equal(b->out.connector.changed_ms, 2000);
}

static void test_psa_match(void **state)
{
    struct bed *b = *state;
    struct store_psa_match in = {.account = "acme",
                                 .email = "Ada@Example.com",
                                 .psa_contact = 3,
                                 .psa_customer = 4,
                                 .company = "Acme",
                                 .fetched_ms = 1000};

    assert_int_equal(BED(b, store_psa_match_put(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_psa_match_get(b->s, "acme", "ADA@example.com", bed_match, b)),
                     STORE_OK);
    assert_int_equal(b->out.psa_match.psa_contact, 3);
    assert_int_equal(b->out.psa_match.psa_customer, 4);
    assert_string_equal(b->out.psa_match.company, "Acme");
    in.email = "ada@example.com";
    in.psa_contact = in.psa_customer = 0;
    in.fetched_ms = 2000;
    assert_int_equal(BED(b, store_psa_match_put(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_psa_match_get(b->s, "acme", "ada@example.com", bed_match, b)),
                     STORE_OK);
    assert_int_equal(b->out.psa_match.psa_contact, 0);
    assert_int_equal(b->out.psa_match.fetched_ms, 2000);
    assert_int_equal(BED(b, store_psa_match_get(b->s, "other", "ada@example.com", bed_match, b)),
                     STORE_NOT_FOUND);
}

static void test_person_link(void **state)
{
    struct bed *b = *state;
    const struct id one = bed_id('c', 1);
    const struct store_asker staff = bed_staff();
    struct store_person_link in = {
        .person = bed_id('p', 1), .psa_contact = 5, .psa_customer = 6, .company = "Acme"};

    assert_int_equal(BED(b, store_person_link(b->s, &in, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(bed_start(b, 1, 1000), STORE_OK);
    assert_int_equal(BED(b, store_person_link(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(bed_take(b, 1, 1000), STORE_OK);
    assert_int_equal(b->out.taken.psa_contact, 5);
    assert_int_equal(b->out.taken.psa_customer, 6);
    assert_int_equal(BED(b, store_conversation_summary(b->s, &one, &staff, bed_summary, b)),
                     STORE_OK);
    assert_string_equal(b->out.summary.company, "Acme");
}

static void test_values(void **state)
{
    struct bed *b = *state;
    struct store_value in = {.key = STORE_VALUE_OPTIONS, .text = "{}", .changed_ms = 1};

    assert_int_equal(BED(b, store_value_get(b->s, STORE_VALUE_OPTIONS, bed_value, b)),
                     STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_value_put(b->s, &in, bed_plain, b)), STORE_OK);
    in.text = "{\"statuses\":[\"New\"]}";
    in.changed_ms = 2;
    assert_int_equal(BED(b, store_value_put(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_value_get(b->s, STORE_VALUE_OPTIONS, bed_value, b)), STORE_OK);
    assert_string_equal(b->out.value.text, in.text);
    assert_int_equal(b->out.value.changed_ms, 2);
}

static enum store_result lease(struct bed *b, int64_t count, int64_t now_ms)
{
    const struct store_lease_take in = {.kind = "syncro",
                                        .count = count,
                                        .ceiling = 100,
                                        .now_ms = now_ms,
                                        .expires_ms = now_ms + 60000};

    return BED(b, store_lease_take(b->s, &in, bed_plain, b));
}

static void test_leases(void **state)
{
    struct bed *b = *state;

    assert_int_equal(lease(b, 60, 1000), STORE_OK);
    const int64_t first = b->out.lease.id;
    assert_int_equal(b->out.lease.granted, 60);
    assert_int_equal(b->out.lease.sum, 60);
    assert_int_equal(b->out.lease.next_ms, 61000);
    assert_int_equal(lease(b, 60, 2000), STORE_OK);
    const int64_t second = b->out.lease.id;
    assert_int_equal(b->out.lease.granted, 40);
    assert_int_equal(b->out.lease.sum, 100);
    assert_int_equal(b->out.lease.next_ms, 61000);
    assert_int_equal(lease(b, 1, 3000), STORE_OK);
    assert_int_equal(b->out.lease.granted, 0);
    assert_int_equal(b->out.lease.id, 0);

    /* A crash gives nothing back. */
    bed_reopen(b);
    assert_int_equal(lease(b, 1, 3000), STORE_OK);
    assert_int_equal(b->out.lease.granted, 0);
    assert_int_equal(BED(b, store_lease_return(b->s, second, 15, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_lease_sum(b->s, "syncro", 3000, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.lease.sum, 85);
    assert_int_equal(BED(b, store_lease_sum(b->s, "other", 3000, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.lease.sum, 0);

    /* The first runs out at 61,000. */
    assert_int_equal(BED(b, store_lease_sum(b->s, "syncro", 60999, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.lease.sum, 85);
    assert_int_equal(BED(b, store_lease_sum(b->s, "syncro", 61000, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.lease.sum, 25);
    assert_int_equal(lease(b, 100, 61000), STORE_OK);
    assert_int_equal(b->out.lease.granted, 75);
    assert_int_equal(BED(b, store_lease_return(b->s, first, 1, bed_plain, b)), STORE_NOT_FOUND);
    assert_int_equal(BED(b, store_lease_return(b->s, second, 25, bed_plain, b)), STORE_OK);
    assert_int_equal(BED(b, store_lease_sum(b->s, "syncro", 61000, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.lease.sum, 75);
}

/* The expiries of leases from before the clock was set, or of an earlier process. */
static void test_leases_and_the_clock(void **state)
{
    struct bed *b = *state;
    struct store_lease_take in = {.kind = "syncro", .count = 60, .ceiling = 100};

    assert_int_equal(lease(b, 60, 1000), STORE_OK); /* until 61000 */
    in.renew = true;
    in.now_ms = 500000;
    in.expires_ms = 560000;
    assert_int_equal(BED(b, store_lease_take(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.lease.granted, 40);
    assert_int_equal(b->out.lease.sum, 100);
    assert_int_equal(b->out.lease.next_ms, 560000);
    /* Set back: nothing runs longer than what is taken now. */
    in.renew = false;
    in.now_ms = 1000;
    in.expires_ms = 61000;
    assert_int_equal(BED(b, store_lease_take(b->s, &in, bed_plain, b)), STORE_OK);
    assert_int_equal(b->out.lease.granted, 0);
    assert_int_equal(b->out.lease.next_ms, 61000);
    assert_int_equal(lease(b, 60, 61000), STORE_OK);
    assert_int_equal(b->out.lease.granted, 60);
}

const struct CMUnitTest connector_tests[] = {
    BED_TEST(test_connector), BED_TEST(test_psa_match), BED_TEST(test_person_link),
    BED_TEST(test_values),    BED_TEST(test_leases),    BED_TEST(test_leases_and_the_clock),
};
const size_t connector_test_count = COUNT_OF(connector_tests);
