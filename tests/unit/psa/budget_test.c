/* The budget on simulated time: never more than the limit in any rolling minute as the other side
 * counts it, whatever crashes, and yet all of it is used when there is work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "psa/budget.h"
#include "sim/sim_env.h"
#include "store/fake/store_fake.h"

#define LIMIT     180
#define SEEN_MAX  20000
#define CALLS_MAX 64

/* The other side counts a request at a moment between its sending and its end. */
struct call {
    bool open;
    struct budget_permit permit;
    int64_t counts_at_ms, ends_at_ms;
};

static struct sim_env *sim;
static struct store *store;
static struct budget *budget;
static struct call calls[CALLS_MAX];
static int64_t seen[SEEN_MAX];
static size_t seen_count;
static int rooms;

static void on_room(void *arg)
{
    (void)arg;
    rooms++;
}

static int64_t now_ms(void)
{
    return env_mono_ms(sim_env_env(sim));
}

static void start(void)
{
    budget = budget_new(sim_env_env(sim), store, "syncro", LIMIT, on_room, NULL);
}

static void set_up(uint64_t seed)
{
    sim = sim_env_new(seed);
    store = store_fake_new(sim_env_env(sim));
    seen_count = 0;
    rooms = 0;
    for (int i = 0; i < CALLS_MAX; i++)
        calls[i].open = false;
    start();
    sim_env_run(sim, 1);
}

static void tear_down(void)
{
    budget_free(budget, true);
    store_free(store);
    sim_env_free(sim);
}

static void count(int64_t at_ms)
{
    assert_true(seen_count < SEEN_MAX);
    seen[seen_count++] = at_ms;
}

static int compare(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a;
    const int64_t right = *(const int64_t *)b;

    return left < right ? -1 : left > right;
}

/* The most that were counted in any rolling minute. */
static size_t busiest_minute(void)
{
    size_t most = 0, first = 0;

    qsort(seen, seen_count, sizeof(seen[0]), compare);
    for (size_t i = 0; i < seen_count; i++) {
        while (seen[i] - seen[first] >= 60000)
            first++;
        if (i - first + 1 > most)
            most = i - first + 1;
    }
    return most;
}

/* Send whenever it is allowed, in up to CALLS_MAX calls at once, for so long. Some are given up
 * while they are on their way still, `given_up` of 100. */
static void hammer_and_give_up(int64_t ms, enum budget_class class, int64_t longest_ms,
                               bool may_crash, unsigned given_up)
{
    for (const int64_t end = now_ms() + ms; now_ms() < end; sim_env_run(sim, 50)) {
        for (int i = 0; i < CALLS_MAX; i++) {
            struct call *c = &calls[i];
            if (c->open && c->ends_at_ms <= now_ms()) {
                if (c->counts_at_ms > now_ms())
                    budget_give_up(budget, &c->permit);
                else
                    budget_end(budget, &c->permit);
                c->open = false;
            }
            if (c->open || !budget_take(budget, class, &c->permit))
                continue;
            c->open = true;
            c->ends_at_ms = now_ms() + 1 + (int64_t)sim_env_pick(sim, (uint64_t)longest_ms);
            c->counts_at_ms =
                now_ms() + (int64_t)sim_env_pick(sim, (uint64_t)(c->ends_at_ms - now_ms() + 1));
            if (sim_env_chance(sim, given_up))
                c->counts_at_ms = now_ms() + (int64_t)sim_env_pick(sim, BUDGET_REQUEST_MS);
            count(c->counts_at_ms);
        }
        if (!may_crash || !sim_env_chance(sim, 1))
            continue;
        budget_free(budget, sim_env_chance(sim, 20));
        store_fake_crash(store);
        for (int i = 0; i < CALLS_MAX; i++)
            calls[i].open = false;
        start();
    }
}

static void hammer(int64_t ms, enum budget_class class, int64_t longest_ms, bool may_crash)
{
    hammer_and_give_up(ms, class, longest_ms, may_crash, 0);
}

static void uses_all_and_no_more(void **state)
{
    (void)state;
    set_up(1);
    hammer(600000, BUDGET_INTERACTIVE, 200, false);
    assert_true(busiest_minute() <= LIMIT);
    assert_true(seen_count > 9 * LIMIT); /* of 10 minutes */
    assert_true(rooms > 0);
    tear_down();
}

static void slow_answers_count_longer(void **state)
{
    (void)state;
    set_up(2);
    hammer(600000, BUDGET_INTERACTIVE, BUDGET_REQUEST_MS - 100, false);
    assert_true(busiest_minute() <= LIMIT);
    assert_true(seen_count > 4 * LIMIT);
    tear_down();
}

static void what_is_given_up_may_still_come(void **state)
{
    (void)state;
    for (uint64_t seed = 100; seed < 110; seed++) {
        set_up(seed);
        hammer_and_give_up(600000, BUDGET_INTERACTIVE, 2000, false, 10);
        if (busiest_minute() > LIMIT)
            fail_msg("seed %d: %zu in a minute", (int)seed, busiest_minute());
        assert_true(seen_count > 7 * LIMIT);
        tear_down();
    }
}

static void a_clock_that_is_set_forward(void **state)
{
    (void)state;
    set_up(4);
    for (int i = 0; i < 10; i++) {
        hammer(30000, BUDGET_INTERACTIVE, 2000, false);
        sim_env_step_wall(sim, 200000);
    }
    assert_true(busiest_minute() <= LIMIT);
    tear_down();
}

static void background_leaves_a_third(void **state)
{
    struct budget_permit permit;

    (void)state;
    set_up(3);
    hammer(300000, BUDGET_BACKGROUND, 200, false);
    assert_true(busiest_minute() <= LIMIT - LIMIT / 3);
    assert_true(seen_count > 4 * (LIMIT - LIMIT / 3));
    assert_true(budget_take(budget, BUDGET_INTERACTIVE, &permit));
    budget_end(budget, &permit);
    tear_down();
}

static void crashes_never_spend_twice(void **state)
{
    (void)state;
    for (uint64_t seed = 10; seed < 60; seed++) {
        set_up(seed);
        store_fake_set_delay(store, (int64_t)sim_env_pick(sim, 40));
        hammer(900000, BUDGET_INTERACTIVE, 2000, true);
        if (busiest_minute() > LIMIT)
            fail_msg("seed %d: %zu in a minute", (int)seed, busiest_minute());
        assert_true(seen_count > 0);
        tear_down();
    }
}

/* A stop in good order leaves the next start all that was not used. */
static void gives_back(void **state)
{
    struct budget_permit permit;
    int got = 0;

    (void)state;
    set_up(4);
    for (int i = 0; i < 20; i++) {
        budget_free(budget, true);
        sim_env_run(sim, 1);
        start();
        sim_env_run(sim, 1);
    }
    for (int i = 0; i < 2 * LIMIT; i++, sim_env_run(sim, 1))
        if (budget_take(budget, BUDGET_INTERACTIVE, &permit)) {
            budget_end(budget, &permit);
            got++;
        }
    assert_int_equal(got, LIMIT);
    tear_down();
}

/* What crashes have spent comes back, also to one whose wall clock was set back meanwhile. */
static void comes_back_after_crashes(void **state)
{
    struct budget_permit permit;

    (void)state;
    set_up(5);
    for (int i = 0; i < LIMIT; i++) {
        budget_free(budget, false);
        start();
        sim_env_run(sim, 1);
    }
    assert_false(budget_take(budget, BUDGET_INTERACTIVE, &permit));
    for (int i = 0; i < 300; i++) {
        sim_env_step_wall(sim, -3);
        sim_env_run(sim, 1000);
    }
    assert_true(rooms > 0);
    assert_true(budget_take(budget, BUDGET_INTERACTIVE, &permit));
    budget_end(budget, &permit);
    tear_down();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uses_all_and_no_more),
        cmocka_unit_test(slow_answers_count_longer),
        cmocka_unit_test(what_is_given_up_may_still_come),
        cmocka_unit_test(a_clock_that_is_set_forward),
        cmocka_unit_test(background_leaves_a_third),
        cmocka_unit_test(crashes_never_spend_twice),
        cmocka_unit_test(gives_back),
        cmocka_unit_test(comes_back_after_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
