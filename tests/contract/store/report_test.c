/* Reports: what one look through the index says is what counting by hand says, for conversations
 * from a seed that live through a change of the clock; and single cases that are easy to get wrong.
 */
#include <stdio.h>

#include "base/zone.h"
#include "bed.h"

#define ZONE "Europe/Berlin"
#define HOUR INT64_C(3600000)
#define DAY  (24 * HOUR)
/* Monday, 19 October 2026, 0:00 there; on the 25th summer time ends. */
#define MONDAY    INT64_C(1792360800000)
#define DAYS      10
#define TALKS     160
#define STAFF     5
#define COMPANIES 60 /* more than have a row */

static uint64_t seed;

static int chance(int below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((seed >> 33) % (uint64_t)below);
}

/* ---- as the store says ---- */

static void keep_rows(struct bed *b, struct store_report_list *list)
{
    struct store_report_row *rows = arena_alloc(b->keep, (list->count + 1) * sizeof(*rows));

    for (size_t i = 0; i < list->count; i++) {
        rows[i] = list->rows[i];
        if (rows[i].name != NULL)
            keep_text(b, &rows[i].name);
    }
    list->rows = rows;
}

static void keep_report(enum store_result result, const union store_out *out, void *arg)
{
    struct bed *b = arg;
    struct store_report *r = &b->out.report;
    struct store_report_figures *hours;

    bed_plain(result, out, arg);
    if (result != STORE_OK)
        return;
    hours = arena_alloc(b->keep, STORE_REPORT_HOURS * sizeof(*hours));
    memcpy(hours, r->hours, STORE_REPORT_HOURS * sizeof(*hours));
    r->hours = hours;
    keep_rows(b, &r->staff);
    keep_rows(b, &r->companies);
    keep_rows(b, &r->days);
}

static enum store_result report(struct bed *b, const char *zone, int64_t from_ms, int64_t to_ms)
{
    const struct store_report_read in = {.zone = zone, .from_ms = from_ms, .to_ms = to_ms};

    return BED(b, store_report(b->s, &in, keep_report, b));
}

/* ---- what happens ---- */

static void add_staff(struct bed *b, int n)
{
    char email[32], name[16];
    struct store_staff_add in = {.id = bed_id('s', n),
                                 .name = name,
                                 .email = email,
                                 .role = STORE_TECHNICIAN,
                                 .link = {.kind = STORE_LINK_INVITE, .expires_ms = 9999},
                                 .now_ms = 500};

    bed_hash(n, in.link.hash);
    snprintf(email, sizeof(email), "staff%d@example.com", n);
    snprintf(name, sizeof(name), "Staff %d", n);
    assert_int_equal(BED(b, store_staff_add(b->s, &in, bed_plain, b)), STORE_OK);
}

static void act(struct bed *b, int n, struct store_act in, int64_t now_ms)
{
    static int fresh = 7000;
    char client_id[24];

    snprintf(client_id, sizeof(client_id), "act-number-%d", fresh);
    in.conversation = bed_id('c', n);
    in.message = bed_id('m', fresh++);
    in.second = bed_id('m', fresh++);
    in.by = bed_id('s', 1);
    in.name = "";
    in.client_id = client_id;
    in.text = "Something";
    in.now_ms = now_ms;
    assert_int_equal(BED(b, store_conversation_act(b->s, &in, bed_added, b)), STORE_OK);
}

static void assign(struct bed *b, int n, int staff, int64_t now_ms)
{
    act(b, n, (struct store_act){.kind = STORE_ACT_ASSIGN, .to = bed_id('s', staff)}, now_ms);
}

static void turn(struct bed *b, int n, enum store_act_kind kind, int64_t now_ms)
{
    act(b, n, (struct store_act){.kind = kind}, now_ms);
}

static void belong(struct bed *b, int n, const char *company)
{
    const struct store_person_link in = {.person = bed_id('p', n),
                                         .account = "acme",
                                         .psa_contact = 5,
                                         .psa_customer = 6,
                                         .company = company};

    assert_int_equal(BED(b, store_person_link(b->s, &in, bed_plain, b)), STORE_OK);
}

static void answer(struct bed *b, int n, int64_t now_ms)
{
    static int count;
    char client_id[24];

    snprintf(client_id, sizeof(client_id), "answer-%d", ++count);
    assert_int_equal(bed_say(b, n, STORE_STAFF, client_id, "words", now_ms), STORE_OK);
}

/* ---- counted by hand ---- */

struct talk {
    int64_t created_ms, answered_ms, closed_ms;
    int staff, company; /* 0: none */
};

static int by_value(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static struct store_report_times times(int64_t *all, size_t count)
{
    struct store_report_times t = {.count = (int64_t)count};
    size_t half = 0, nine = 0;

    qsort(all, count, sizeof(*all), by_value);
    for (size_t i = count; i-- > 0;) { /* the least that so many do not exceed */
        half = (i + 1) * 2 >= count ? i : half;
        nine = (i + 1) * 10 >= count * 9 ? i : nine;
    }
    if (count > 0) {
        t.median_ms = all[half];
        t.p90_ms = all[nine];
    }
    return t;
}

static struct store_report_figures count(const struct talk *talks,
                                         bool (*is_in)(const struct talk *t, int arg), int arg)
{
    struct store_report_figures f = {0};
    int64_t first[TALKS], solved[TALKS];
    size_t firsts = 0, ends = 0;

    for (int i = 0; i < TALKS; i++) {
        const struct talk *t = &talks[i];

        if (t->created_ms < MONDAY || t->created_ms >= MONDAY + DAYS * DAY + HOUR || !is_in(t, arg))
            continue;
        f.conversations++;
        if (t->answered_ms != 0)
            first[firsts++] = t->answered_ms - t->created_ms;
        if (t->closed_ms != 0)
            solved[ends++] = t->closed_ms - t->created_ms;
    }
    f.first = times(first, firsts);
    f.solved = times(solved, ends);
    return f;
}

static bool is_any(const struct talk *t, int arg)
{
    (void)t;
    return arg == 0;
}

static bool is_staff(const struct talk *t, int arg)
{
    return t->staff == arg;
}

static bool is_company(const struct talk *t, int arg)
{
    return t->company == arg;
}

/* Without base/zone: until Sunday at 1:00 UTC the clock there shows two hours more, then one. */
static int64_t wall(const struct talk *t)
{
    const int64_t change = MONDAY + 6 * DAY + 3 * HOUR;

    return t->created_ms - MONDAY - (t->created_ms >= change ? HOUR : 0);
}

static bool is_day(const struct talk *t, int arg)
{
    return wall(t) / DAY == arg;
}

static bool is_hour(const struct talk *t, int arg)
{
    return wall(t) / HOUR % STORE_REPORT_HOURS == arg;
}

static void same(const struct store_report_figures *a, const struct store_report_figures *b)
{
    assert_true(a->conversations == b->conversations);
    assert_true(a->taken_over == b->taken_over);
    assert_memory_equal(&a->first, &b->first, sizeof(a->first));
    assert_memory_equal(&a->solved, &b->solved, sizeof(a->solved));
}

static int number_in(const char *name)
{
    int n = 0;

    for (; *name != '\0'; name++)
        if (*name >= '0' && *name <= '9')
            n = n * 10 + *name - '0';
    return n;
}

static struct talk live(struct bed *b, int n)
{
    struct talk t = {.created_ms = MONDAY - DAY + chance((DAYS + 2) * 24 * 60) * INT64_C(60000)};
    char company[24];
    int64_t now = t.created_ms;

    assert_int_equal(bed_start(b, n, now), STORE_OK);
    if (chance(5) > 0) {
        /* A few have many, so that the list is cut where it should be. */
        t.company = 1 + (chance(2) > 0 ? chance(5) : chance(COMPANIES));
        snprintf(company, sizeof(company), "Company %d", t.company);
        belong(b, n, "Another");
        belong(b, n, company);
    }
    if (chance(4) > 0) {
        t.staff = 1 + chance(STAFF);
        assign(b, n, t.staff, now += chance(1000) + 1);
    }
    if (chance(4) > 0) {
        answer(b, n, now += chance(900000) + 1);
        t.answered_ms = now;
        answer(b, n, now += chance(900000) + 1);
    }
    for (int i = chance(4); i > 0; i--) {
        turn(b, n, t.closed_ms == 0 ? STORE_ACT_CLOSE : STORE_ACT_REOPEN,
             now += chance(90000000) + 1);
        t.closed_ms = t.closed_ms == 0 ? now : 0;
    }
    return t;
}

static void test_by_hand(void **state)
{
    struct bed *b = *state;
    const struct store_report *r = &b->out.report;
    struct store_report_figures by_hand;
    struct talk talks[TALKS];
    int64_t rest = 0, listed = 0;

    seed = 26;
    for (int n = 1; n <= STAFF; n++)
        add_staff(b, n);
    for (int n = 0; n < TALKS; n++)
        talks[n] = live(b, n + 1);
    assert_int_equal(report(b, ZONE, MONDAY, MONDAY + DAYS * DAY + HOUR), STORE_OK);
    by_hand = count(talks, is_any, 0);
    assert_true(by_hand.conversations > TALKS / 2 && by_hand.conversations < TALKS);
    same(&r->all, &by_hand);

    assert_int_equal(r->staff.count, STAFF + 1);
    for (size_t i = 0; i < r->staff.count; i++) {
        by_hand = count(talks, is_staff, number_in(r->staff.rows[i].name));
        same(&r->staff.rows[i].figures, &by_hand);
        assert_true(i == 0 || r->staff.rows[i - 1].figures.conversations >= by_hand.conversations);
    }
    for (size_t i = 0; i < r->companies.count; i++) {
        if (r->companies.rows[i].name == NULL) {
            assert_int_equal(i, STORE_REPORT_TOP);
            assert_int_equal(i + 1, r->companies.count);
            rest = r->companies.rows[i].figures.conversations;
            continue;
        }
        by_hand = count(talks, is_company, number_in(r->companies.rows[i].name));
        same(&r->companies.rows[i].figures, &by_hand);
        listed += by_hand.conversations;
    }
    assert_true(listed + rest == r->all.conversations);
    assert_int_equal(r->days.count, DAYS);
    assert_string_equal(r->days.rows[6].name, "2026-10-25");
    for (int i = 0; i < DAYS; i++) {
        by_hand = count(talks, is_day, i);
        same(&r->days.rows[i].figures, &by_hand);
    }
    for (int i = 0; i < STORE_REPORT_HOURS; i++) {
        by_hand = count(talks, is_hour, i);
        same(&r->hours[i], &by_hand);
    }
}

/* The company that stands beside a conversation is always that of its person. */
static void test_companies_follow(void **state)
{
    struct bed *b = *state;
    const struct store_report_list *companies = &b->out.report.companies;
    struct store_conversation_start again = {.conversation = bed_id('c', 2),
                                             .person = bed_id('p', 2),
                                             .message = bed_id('m', 2),
                                             .reference = "PLY-00000002",
                                             .name = "Ada",
                                             .email = "ada1@example.com",
                                             .subject = "Again",
                                             .body = "It smokes",
                                             .sender = "v:1",
                                             .client_id = "start-again",
                                             .now_ms = MONDAY + 2};
    const struct store_person_erase erase = {
        .person = bed_id('p', 1), .email = "ada1@example.com", .said = "", .now_ms = MONDAY + 3};

    assert_int_equal(bed_start(b, 1, MONDAY + 1), STORE_OK);
    belong(b, 1, "Acme");
    bed_hash(1, again.token_hash);
    assert_int_equal(BED(b, store_conversation_start(b->s, &again, bed_started, b)), STORE_OK);
    assert_int_equal(bed_start(b, 3, MONDAY + 1), STORE_OK);
    assert_int_equal(report(b, ZONE, MONDAY, MONDAY + DAY), STORE_OK);
    assert_int_equal(companies->count, 2);
    assert_string_equal(companies->rows[0].name, "Acme");
    assert_true(companies->rows[0].figures.conversations == 2);
    bed_drain(b, 1, MONDAY + 2);
    assert_int_equal(BED(b, store_person_erase(b->s, &erase, bed_plain, b)), STORE_OK);
    assert_int_equal(report(b, ZONE, MONDAY, MONDAY + DAY), STORE_OK);
    assert_int_equal(companies->count, 1);
    assert_string_equal(companies->rows[0].name, "");
}

/* More companies than have a row. */
static void test_the_rest(void **state)
{
    struct bed *b = *state;
    const struct store_report_list *companies = &b->out.report.companies;
    char name[24];

    for (int n = 1; n <= STORE_REPORT_TOP + 4; n++) {
        snprintf(name, sizeof(name), "Company %d", n);
        assert_int_equal(bed_start(b, n, MONDAY + n), STORE_OK);
        belong(b, n, n > STORE_REPORT_TOP + 2 ? "Company 1" : name);
    }
    assert_int_equal(report(b, ZONE, MONDAY, MONDAY + DAY), STORE_OK);
    assert_int_equal(companies->count, STORE_REPORT_TOP + 1);
    assert_string_equal(companies->rows[0].name, "Company 1");
    assert_true(companies->rows[0].figures.conversations == 3);
    assert_null(companies->rows[STORE_REPORT_TOP].name);
    assert_true(companies->rows[STORE_REPORT_TOP].others == 2);
    assert_true(companies->rows[STORE_REPORT_TOP].figures.conversations == 2);
}

static void test_limits(void **state)
{
    struct bed *b = *state;

    assert_int_equal(report(b, ZONE, MONDAY, MONDAY + DAY), STORE_OK);
    assert_true(b->out.report.all.conversations == 0);
    assert_int_equal(b->out.report.staff.count, 0);
    assert_int_equal(b->out.report.companies.count, 0);
    assert_int_equal(b->out.report.days.count, 1);
    assert_int_equal(report(b, ZONE, MONDAY - 399 * DAY, MONDAY + HOUR), STORE_OK);
    assert_int_equal(b->out.report.days.count, 400);
    assert_int_equal(report(b, ZONE, MONDAY - 400 * DAY, MONDAY + HOUR), STORE_REFUSED);
    assert_int_equal(report(b, ZONE, MONDAY, MONDAY), STORE_REFUSED);
    assert_int_equal(report(b, "Europe/Nowhere", MONDAY, MONDAY + DAY), STORE_REFUSED);
    assert_int_equal(report(b, "UTC", INT64_MIN, INT64_MAX), STORE_REFUSED);
    const int64_t end = INT64_C(253370764800000); /* of the last day that there is */
    assert_int_equal(report(b, "UTC", end - DAY, end), STORE_REFUSED);
}

const struct CMUnitTest report_tests[] = {
    BED_TEST(test_by_hand),
    BED_TEST(test_companies_follow),
    BED_TEST(test_the_rest),
    BED_TEST(test_limits),
};
const size_t report_test_count = sizeof(report_tests) / sizeof(report_tests[0]);
