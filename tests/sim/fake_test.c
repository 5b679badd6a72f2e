/* What only the store for simulations promises: order on simulated time, and crashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "sim/sim_env.h"
#include "store/fake/store_fake.h"

static struct sim_env *sim;
static struct store *store;

struct heard {
    int calls;
    enum store_result result;
    bool duplicate, was_in_doubt;
    int64_t seq, seq_from, seq_to;
    int64_t outbox, sent_at_ms;
    size_t count;
};

static void on_started(enum store_result result, const union store_out *out, void *arg)
{
    struct heard *h = arg;

    h->calls++;
    h->result = result;
    if (out != NULL) {
        h->duplicate = out->started.duplicate;
        h->seq = out->started.seq;
    }
}

static void on_added(enum store_result result, const union store_out *out, void *arg)
{
    struct heard *h = arg;

    h->calls++;
    h->result = result;
    if (out != NULL) {
        h->duplicate = out->added.duplicate;
        h->seq = out->added.seq;
    }
}

static void on_taken(enum store_result result, const union store_out *out, void *arg)
{
    struct heard *h = arg;

    h->calls++;
    h->result = result;
    if (out == NULL)
        return;
    h->was_in_doubt = out->taken.was_in_doubt;
    h->outbox = out->taken.outbox;
    h->seq_from = out->taken.seq_from;
    h->seq_to = out->taken.seq_to;
    h->sent_at_ms = out->taken.sent_at_ms;
    h->count = out->taken.message_count;
}

static void on_result(enum store_result result, const union store_out *out, void *arg)
{
    struct heard *h = arg;

    (void)out;
    h->calls++;
    h->result = result;
}

static int set_up(void **state)
{
    (void)state;
    sim = sim_env_new(7);
    store = store_fake_new(sim_env_env(sim));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    store_free(store);
    sim_env_free(sim);
    return 0;
}

static const struct id conversation = {{1}};
static const uint8_t browser[STORE_HASH_SIZE] = {5};

static struct heard begin(void)
{
    struct heard h = {0};
    struct store_conversation_start in = {
        .conversation = conversation,
        .person = {{2}},
        .message = {{3}},
        .reference = "PLY-7K3F9Q2M",
        .name = "Ines",
        .email = "ines@northwind.example",
        .subject = "Blue screen",
        .body = "Blue screen since today",
        .sender = "v:05",
        .client_id = "c-000001",
        .outbox = {.wanted = true, .next_at_ms = env_now_ms(sim_env_env(sim))},
        .now_ms = env_now_ms(sim_env_env(sim)),
    };

    memcpy(in.token_hash, browser, sizeof(browser));
    store_conversation_start(store, &in, on_started, &h);
    assert_int_equal(h.calls, 0);
    sim_env_run(sim, 0);
    assert_int_equal(h.calls, 1);
    return h;
}

static void say(int n, enum store_author author, struct heard *h)
{
    char client_id[20];
    struct store_message_add in = {
        .conversation = conversation,
        .message = {{9, (uint8_t)n}},
        .asker = {.is_staff = true},
        .author = author,
        .name = "x",
        .body = "more",
        .sender = "s:x",
        .client_id = client_id,
        .outbox = {.wanted = true},
        .now_ms = env_now_ms(sim_env_env(sim)),
    };

    snprintf(client_id, sizeof(client_id), "c-%06d", n);
    *h = (struct heard){0};
    store_message_add(store, &in, on_added, h);
}

static struct heard take(void)
{
    struct heard h = {0};
    const int64_t now = env_now_ms(sim_env_env(sim));
    const struct store_outbox_take in = {
        .conversation = conversation, .now_ms = now, .doubt_until_ms = now + 30000};

    store_outbox_take(store, &in, on_taken, &h);
    sim_env_run(sim, 0);
    assert_int_equal(h.calls, 1);
    return h;
}

static struct heard finish(int64_t outbox, enum store_outcome outcome, int64_t id)
{
    struct heard h = {0};
    const struct store_outbox_finish in = {.outbox = outbox,
                                           .outcome = outcome,
                                           .now_ms = env_now_ms(sim_env_env(sim)),
                                           .ticket_id = id,
                                           .ticket_number = "1042",
                                           .account = "demo"};

    store_outbox_finish(store, &in, on_result, &h);
    sim_env_run(sim, 0);
    return h;
}

static void sends_twice_stores_once(void **state)
{
    (void)state;
    assert_false(begin().duplicate);
    const struct heard again = begin();
    assert_true(again.duplicate);
    assert_int_equal(again.seq, 1);
}

static void crash_loses_what_was_not_committed(void **state)
{
    struct heard h;

    (void)state;
    begin();
    store_fake_set_delay(store, 50);
    say(2, STORE_PERSON, &h);
    store_fake_crash(store);
    sim_env_run(sim, 1000);
    assert_int_equal(h.calls, 0);
    say(3, STORE_PERSON, &h);
    sim_env_run(sim, 1000);
    assert_int_equal(h.calls, 1);
    assert_int_equal(h.seq, 2);
}

/* Over many seeds a crash must fall on both sides of the commit. */
static void crash_may_follow_the_commit(void **state)
{
    int kept = 0, lost = 0;

    (void)state;
    for (int i = 0; i < 50; i++) {
        struct heard h;
        tear_down(NULL);
        sim = sim_env_new((uint64_t)i);
        store = store_fake_new(sim_env_env(sim));
        begin();
        store_fake_set_delay(store, 50);
        say(2, STORE_PERSON, &h);
        sim_env_run(sim, 40);
        if (h.calls > 0)
            continue;
        store_fake_crash(store);
        say(2, STORE_PERSON, &h);
        sim_env_run(sim, 1000);
        assert_int_equal(h.seq, 2);
        kept += h.duplicate;
        lost += !h.duplicate;
    }
    assert_true(kept > 0 && lost > 0);
}

static void merges_one_side_and_keeps_the_batch(void **state)
{
    struct heard h[6];

    (void)state;
    begin();
    for (int i = 2; i <= 4; i++)
        say(i, STORE_PERSON, &h[i]);
    say(5, STORE_STAFF, &h[5]);
    sim_env_run(sim, 0);
    struct heard create = take();
    assert_int_equal(create.seq_to, 1);
    assert_false(create.was_in_doubt);
    assert_int_equal(finish(create.outbox, STORE_FILED, 77).result, STORE_OK);
    assert_int_equal(finish(create.outbox, STORE_FILED, 77).result, STORE_CONFLICT);

    const struct heard batch = take();
    assert_int_equal(batch.seq_from, 2);
    assert_int_equal(batch.seq_to, 4);
    assert_int_equal(batch.count, 3);
    say(6, STORE_PERSON, &h[0]);
    store_fake_crash(store);
    struct heard recovered = {0};
    store_recover(store, on_result, &recovered);
    sim_env_run(sim, 5);
    const struct heard doubtful = take();
    assert_true(doubtful.was_in_doubt);
    assert_int_equal(doubtful.outbox, batch.outbox);
    assert_int_equal(doubtful.seq_to, 4);
    assert_int_equal(doubtful.count, 3);
    assert_true(doubtful.sent_at_ms > 0);
    assert_int_equal(finish(doubtful.outbox, STORE_FILED, 0).result, STORE_OK);
    const struct heard staff = take();
    assert_int_equal(staff.seq_from, 5);
    assert_int_equal(staff.count, 1);
}

static void outsiders_find_nothing(void **state)
{
    struct heard h = {0};
    struct store_messages_read in = {
        .conversation = conversation, .asker = {.now_ms = 1}, .limit = 10};

    (void)state;
    begin();
    store_messages_read(store, &in, on_result, &h);
    sim_env_run(sim, 0);
    assert_int_equal(h.result, STORE_NOT_FOUND);
    memcpy(in.asker.token_hash, browser, sizeof(browser));
    store_messages_read(store, &in, on_result, &h);
    sim_env_run(sim, 0);
    assert_int_equal(h.result, STORE_OK);
}

static void cancelled_is_silent(void **state)
{
    struct heard h = {0};
    struct store_op *op = store_recover(store, on_result, &h);

    (void)state;
    store_cancel(store, &op);
    assert_null(op);
    sim_env_run(sim, 100);
    assert_int_equal(h.calls, 0);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(sends_twice_stores_once),     WITH_STORE(crash_loses_what_was_not_committed),
        WITH_STORE(crash_may_follow_the_commit), WITH_STORE(merges_one_side_and_keeps_the_batch),
        WITH_STORE(outsiders_find_nothing),      WITH_STORE(cancelled_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
