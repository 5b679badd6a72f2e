/* Who gets it: the rules one by one, then for teams and tags from a seed. */
#include "chat/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000)
#define NOW    INT64_C(1798111800000)

static struct route *of(const char *json)
{
    struct err err = {""};
    struct json_doc *doc = json_parse(json, strlen(json), &err);
    struct route *r = NULL;

    assert_non_null(doc);
    if (route_new(json_root(doc), &r, &err) < 0)
        fail_msg("%s", err.text);
    json_free(doc);
    return r;
}

static void refused(const char *json, const char *why)
{
    struct err err = {""};
    struct json_doc *doc = json_parse(json, strlen(json), &err);
    struct route *r;

    assert_non_null(doc);
    assert_int_equal(route_new(json_root(doc), &r, &err), -1);
    assert_non_null(strstr(err.text, why));
    json_free(doc);
}

#define ADA  "01900000-0000-7000-8000-000000000001"
#define BOB  "01900000-0000-7000-8000-000000000002"
#define CLEO "01900000-0000-7000-8000-000000000003"

static struct id id_of(const char *text)
{
    struct id id;

    assert_int_equal(id_parse(text, &id), 0);
    return id;
}

static void test_rules(void **state)
{
    struct route *r = of("{\"mode\":\"round_robin\",\"limit\":2,\"members\":["
                         "{\"staff\":\"" ADA "\",\"skills\":[\"Network\"],\"limit\":0},"
                         "{\"staff\":\"" BOB "\",\"skills\":[\"network\",\"print\"]},"
                         "{\"staff\":\"" CLEO "\",\"takes\":false}]}");
    struct route_member m[] = {{.id = id_of(ADA), .is_present = true, .given_ms = 9, .open = 50},
                               {.id = id_of(BOB), .is_present = true, .given_ms = 10},
                               {.id = id_of(CLEO), .is_present = true}};

    (void)state;
    assert_int_equal(route_pick(r, m, 3, ""), 0);        /* given longest ago; no limit */
    assert_int_equal(route_pick(r, m, 3, "vip"), 0);     /* no skill of anybody */
    assert_int_equal(route_pick(r, m, 3, "NETWORK"), 0); /* both have it */
    assert_int_equal(route_pick(r, m, 3, "a,network,print"), 1);
    m[1].open = 2;
    assert_int_equal(route_pick(r, m, 3, "print"), ROUTE_NOBODY); /* full, and no other can */
    assert_int_equal(route_pick(r, m, 3, "network,print"), 0);    /* can at least half */
    /* One who is gone for good has no skill to wait for. */
    m[1].open = 0;
    assert_int_equal(route_pick(r, &m[0], 1, "print"), 0);
    m[1].open = 2;
    m[0].is_present = false;
    assert_int_equal(route_pick(r, m, 3, ""), ROUTE_NOBODY);
    assert_int_equal(route_pick(NULL, m, 3, ""), ROUTE_NOBODY);
    route_free(r);
    r = of("{\"mode\":\"manual\"}");
    m[1].open = 0;
    assert_int_equal(route_pick(r, m, 3, ""), ROUTE_NOBODY);
    route_free(r);
}

static void test_refused(void **state)
{
    (void)state;
    refused("{\"mode\":\"chaos\"}", "manual or round_robin");
    refused("{\"limit\":101}", "from 0 to 100");
    refused("{\"unanswered_minutes\":-1}", "from 0 to 1440");
    refused("{\"back_minutes\":\"soon\"}", "back_minutes is a whole number");
    refused("{\"escalate_to\":[\"nobody\"]}", "nobody is not an email");
    refused("{\"escalate_to\":[\"a@b.example\",\"a@b.example\",\"a@b.example\",\"a@b.example\","
            "\"a@b.example\",\"a@b.example\"]}",
            "at most 5");
    refused("{\"members\":{}}", "members are a list");
    refused("{\"members\":[{\"staff\":\"ada\"}]}", "by an id");
    refused("{\"members\":[{\"staff\":\"" ADA "\"},{\"staff\":\"" ADA "\"}]}", "named once");
    refused("{\"members\":[{\"staff\":\"" ADA "\",\"skills\":[\"a,b\"]}]}", "no comma");
}

static void test_when(void **state)
{
    struct route *r = of("{\"back_minutes\":10,\"unanswered_minutes\":15,\"escalate_to\":"
                         "[\"Boss@MSP.example\"]}");

    (void)state;
    assert_int_equal(route_back_at(r, NULL, NOW, NOW - 5), NOW + 10 * MINUTE);
    assert_int_equal(route_back_at(r, NULL, NOW, NOW + 5), NOW + 5 + 10 * MINUTE);
    assert_int_equal(route_unanswered_at(r, NULL, NOW), NOW + 15 * MINUTE);
    assert_string_equal(route_email(r, 0), "boss@msp.example");
    assert_null(route_email(r, 1));
    assert_int_equal(route_back_at(NULL, NULL, NOW, NOW), 0);
    assert_int_equal(route_unanswered_at(NULL, NULL, NOW), 0);
    route_free(r);
}

static void test_promise(void **state)
{
    struct route_sample s[20] = {{0, 0}};
    struct route *silent = of("{\"promise\":false}");

    (void)state;
    for (int i = 0; i < 5; i++)
        s[i] = (struct route_sample){NOW - 1000 * MINUTE, NOW - 1000 * MINUTE + (i + 1) * MINUTE};
    assert_int_equal(route_promise_ms(NULL, NULL, s, 4, NOW), 0);
    assert_int_equal(route_promise_ms(NULL, NULL, s, 5, NOW), 3 * MINUTE);
    assert_int_equal(route_promise_ms(silent, NULL, s, 5, NOW), 0);
    s[2].answered_ms += 1; /* whole minutes, never less */
    assert_int_equal(route_promise_ms(NULL, NULL, s, 5, NOW), 4 * MINUTE);
    /* Who waits longer counts; who has only just come does not. */
    s[5] = (struct route_sample){NOW - 1 * MINUTE, 0};
    assert_int_equal(route_promise_ms(NULL, NULL, s, 6, NOW), 4 * MINUTE);
    s[5] = s[6] = (struct route_sample){NOW - 100 * MINUTE, 0};
    assert_int_equal(route_promise_ms(NULL, NULL, s, 7, NOW), 4 * MINUTE);
    s[7] = s[5];
    assert_int_equal(route_promise_ms(NULL, NULL, s, 8, NOW), 5 * MINUTE);
    s[8] = s[9] = s[5]; /* most still wait: nothing can be said */
    assert_int_equal(route_promise_ms(NULL, NULL, s, 10, NOW), 0);
    route_free(silent);
}

/* ---- properties ---- */

static uint64_t seed;

static int chance(int below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((seed >> 33) % (uint64_t)below);
}

static const char *const all_skills[] = {"net", "print", "mac", "phone"};

/* What the test itself knows of a team. */
struct team {
    struct route_member members[8];
    unsigned skills[8]; /* bits */
    int limit[8];       /* 0: none */
    bool takes[8];
    size_t count;
};

static struct route *any(struct team *t)
{
    char json[4096];
    int len = snprintf(json, sizeof(json), "{\"mode\":\"round_robin\",\"members\":[");

    *t = (struct team){.count = (size_t)chance(9)};
    for (size_t i = 0; i < t->count; i++) {
        struct route_member *m = &t->members[i];
        char id[ID_TEXT_SIZE];

        m->id = (struct id){.bytes = {[6] = 0x70, [8] = 0x80, [15] = (uint8_t)(i + 1)}};
        id_format(&m->id, id);
        m->is_present = chance(4) > 0;
        m->open = chance(4);
        m->given_ms = chance(3) * 1000;
        t->skills[i] = (unsigned)chance(16) & (unsigned)chance(16);
        t->limit[i] = chance(4);
        t->takes[i] = chance(5) > 0;
        len += snprintf(json + len, sizeof(json) - (size_t)len,
                        "%s{\"staff\":\"%s\",\"takes\":%s,\"limit\":%d,\"skills\":[",
                        i == 0 ? "" : ",", id, t->takes[i] ? "true" : "false", t->limit[i]);
        for (int k = 0, n = 0; k < 4; k++)
            if (t->skills[i] & 1U << k)
                len += snprintf(json + len, sizeof(json) - (size_t)len, "%s\"%s\"",
                                n++ == 0 ? "" : ",", all_skills[k]);
        len += snprintf(json + len, sizeof(json) - (size_t)len, "]}");
    }
    snprintf(json + len, sizeof(json) - (size_t)len, "]}");
    return of(json);
}

static bool can(const struct team *t, size_t i, unsigned needed)
{
    return t->members[i].is_present && t->takes[i] &&
           (t->limit[i] == 0 || t->members[i].open < t->limit[i]) &&
           (needed == 0 || (t->skills[i] & needed) != 0);
}

static void test_picks(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 3000; n++) {
        struct team t;
        unsigned known = 0, wanted = (unsigned)(n % 16), needed;
        char tags[64] = "vip";
        size_t picked, fit = 0, len = strlen(tags);

        seed = n * UINT64_C(0x9e3779b97f4a7c15);
        struct route *r = any(&t);
        for (size_t i = 0; i < t.count; i++)
            known |= t.skills[i];
        needed = wanted & known;
        for (size_t k = 0; k < 4; k++)
            if (wanted & 1U << k)
                len += (size_t)snprintf(tags + len, sizeof(tags) - len, ",%s", all_skills[k]);
        picked = route_pick(r, t.members, t.count, tags);
        for (size_t i = 0; i < t.count; i++)
            fit += can(&t, i, needed);
        assert_int_equal(picked == ROUTE_NOBODY, fit == 0);
        if (fit > 0) {
            const struct route_member mine = t.members[picked];

            assert_true(can(&t, picked, needed));
            for (size_t i = 0; i < t.count; i++) {
                const int more = __builtin_popcount(t.skills[i] & needed) -
                                 __builtin_popcount(t.skills[picked] & needed);

                /* Nobody fitter, and of those as fit nobody who waits longer for a turn. */
                assert_false(can(&t, i, needed) && more > 0);
                assert_false(can(&t, i, needed) && more == 0 &&
                             t.members[i].given_ms < mine.given_ms);
            }
            /* In whatever order the team comes. */
            for (size_t i = 0; i < t.count / 2; i++) {
                const struct route_member kept = t.members[i];

                t.members[i] = t.members[t.count - 1 - i];
                t.members[t.count - 1 - i] = kept;
            }
            picked = route_pick(r, t.members, t.count, tags);
            assert_true(id_equal(&t.members[picked].id, &mine.id));
        }
        route_free(r);
    }
}

/* With everybody there and nothing special, nobody is two ahead of another. */
static void test_fair(void **state)
{
    struct route *r = of("{\"mode\":\"round_robin\"}");
    struct route_member m[5];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(m); i++)
        m[i] = (struct route_member){.id = {.bytes = {(uint8_t)(i + 1)}}, .is_present = true};
    for (int64_t n = 1; n <= 1000; n++) {
        const size_t picked = route_pick(r, m, COUNT_OF(m), "");

        assert_true(picked < COUNT_OF(m));
        m[picked].open++;
        m[picked].given_ms = n;
        for (size_t i = 0; i < COUNT_OF(m); i++)
            assert_true(llabs(m[picked].open - m[i].open) <= 1);
    }
    route_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),   cmocka_unit_test(test_refused), cmocka_unit_test(test_when),
        cmocka_unit_test(test_promise), cmocka_unit_test(test_picks),   cmocka_unit_test(test_fair),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
