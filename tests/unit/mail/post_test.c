/* The post on simulated time, with a mail server that answers as it is told: when it tries again,
 * what holds all, and that a crash loses no letter. */
#include "unit/base/cmocka_wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mail/letter.h"
#include "mail/post.h"
#include "sim/sim_env.h"
#include "store/fake/store_fake.h"

#define SECOND INT64_C(1000)
#define MINUTE INT64_C(60000)
#define HOUR   INT64_C(3600000)
#define SENDS  256

struct smtp_call {
    smtp_done_fn *done;
    void *arg;
    struct env_timer *timer;
    enum smtp_result result;
};

static struct sim_env *sim;
static struct store *store;
static struct secret_key *key;
static struct post *post;
static enum smtp_result mood;
static const char *refused; /* only letters to this address; NULL: all */
static int64_t sent_at[SENDS], takes_ms;
static char last_id[128], last_to[128];
static int sends, under_way, most_under_way, keys;
static struct store_mail_overview seen;

static struct env *env(void)
{
    return sim_env_env(sim);
}

static void on_timer(void *arg)
{
    struct smtp_call *c = arg;
    const struct smtp_answer answer = {c->result, c->result == SMTP_TAKEN ? "" : "why"};

    under_way--;
    c->done(&answer, c->arg);
    free(c);
}

static struct smtp_call *take(struct smtp_client *client, const char *to, const char *text,
                              size_t len, smtp_done_fn *done, void *arg)
{
    struct smtp_call *c = calloc(1, sizeof(*c));
    const char *id = strstr(text, "Message-ID: ");

    (void)client;
    assert_true(len > 0 && id != NULL && sends < SENDS);
    snprintf(last_id, sizeof(last_id), "%.*s", (int)strcspn(id, "\r"), id);
    snprintf(last_to, sizeof(last_to), "%s", to);
    sent_at[sends++] = env_now_ms(env());
    if (++under_way > most_under_way)
        most_under_way = under_way;
    c->done = done;
    c->arg = arg;
    c->result = refused == NULL || strcmp(refused, to) == 0 ? mood : SMTP_TAKEN;
    c->timer = env_timer_start(env(), takes_ms, on_timer, c);
    return c;
}

static void cancel(struct smtp_client *client, struct smtp_call *c)
{
    (void)client;
    under_way--;
    env_timer_cancel(env(), &c->timer);
    free(c);
}

static const struct smtp_ops ops = {take, cancel};
static struct smtp_client server = {&ops, "smtp://mail.example"};

static void begin(void)
{
    post = post_new(&(struct post_settings){.env = env(),
                                            .store = store,
                                            .smtp = &server,
                                            .k = key,
                                            .from = "help@msp.example",
                                            .url = "https://chat.example",
                                            .after_ms = 2 * MINUTE,
                                            .most_ms = 10 * MINUTE});
}

static int set_up(void **state)
{
    static const uint8_t bytes[32] = {9};

    (void)state;
    sim = sim_env_new(1);
    store = store_fake_new(env());
    key = secret_key_of(bytes);
    mood = SMTP_TAKEN;
    refused = NULL;
    sends = under_way = most_under_way = 0;
    takes_ms = 300;
    begin();
    sim_env_run(sim, SECOND);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    post_free(post);
    store_free(store);
    secret_key_free(key);
    sim_env_free(sim);
    return 0;
}

static void on_done(enum store_result result, const union store_out *out, void *arg)
{
    (void)out;
    (void)arg;
    assert_int_equal(result, STORE_OK);
}

static void write_test(const char *to)
{
    struct store_mail_add in = {
        .mail = {.kind = STORE_MAIL_TEST, .to = to, .now_ms = env_now_ms(env())}};

    in.mail.key.bytes[0] = (uint8_t)++keys;
    store_mail_add(store, &in, on_done, NULL);
    sim_env_run(sim, 100);
    post_wake(post);
}

static void write_code(int64_t life_ms)
{
    const int64_t now = env_now_ms(env());
    const struct id id = {{(uint8_t)++keys}};
    char *sealed;
    const struct store_mail_add in = {
        .mail = letter_code(key, &id, "ann@acme.example", "123456", now, now + life_ms, &sealed)};

    store_mail_add(store, &in, on_done, NULL);
    free(sealed);
    sim_env_run(sim, 100);
    post_wake(post);
}

static void on_seen(enum store_result result, const union store_out *out, void *arg)
{
    (void)arg;
    assert_int_equal(result, STORE_OK);
    seen = out->mail;
}

static const struct store_mail_overview *overview(void)
{
    store_mail_overview(store, "ann@acme.example", env_now_ms(env()), 10, on_seen, NULL);
    sim_env_run(sim, 100);
    return &seen;
}

/* ---- */

static void test_at_once(void **state)
{
    (void)state;
    write_test("ann@acme.example");
    sim_env_run(sim, SECOND);
    assert_int_equal(sends, 1);
    assert_string_equal(last_to, "ann@acme.example");
    assert_int_equal(overview()->test.state, STORE_MAIL_SENT);
    assert_true(post_is_idle(post));
    sim_env_run(sim, HOUR);
    assert_int_equal(sends, 1);
}

static void test_two_at_a_time(void **state)
{
    (void)state;
    for (int i = 0; i < 9; i++)
        write_test("ann@acme.example");
    sim_env_run(sim, 10 * SECOND);
    assert_int_equal(sends, 9);
    assert_int_equal(most_under_way, SMTP_AT_ONCE);
}

/* What the server does not take now is tried again, later and later, and stops in the end. */
static void test_later(void **state)
{
    (void)state;
    mood = SMTP_LATER;
    write_test("ann@acme.example");
    sim_env_run(sim, 48 * HOUR);
    assert_int_equal(sends, 100);
    for (int i = 2; i < sends; i++)
        assert_true(sent_at[i] - sent_at[i - 1] >= sent_at[i - 1] - sent_at[i - 2] - SECOND);
    assert_true(sent_at[1] - sent_at[0] < 10 * SECOND);
    assert_true(sent_at[99] - sent_at[98] < 16 * MINUTE);
    assert_int_equal(overview()->test.state, STORE_MAIL_PARKED);
    assert_false(post_state(post).held);
}

/* One address that is refused holds up nobody. */
static void test_refused(void **state)
{
    (void)state;
    mood = SMTP_REFUSED;
    refused = "bob@acme.example";
    write_test("bob@acme.example");
    write_test("ann@acme.example");
    sim_env_run(sim, HOUR);
    assert_int_equal(sends, 2);
    assert_int_equal(overview()->test.state, STORE_MAIL_SENT);
    assert_int_equal(seen.parked_count, 1);
}

/* What concerns all holds all: one tries for all, less and less often, until it is mended. */
static void test_trouble(void **state)
{
    struct post_state is;

    (void)state;
    mood = SMTP_TROUBLE;
    for (int i = 0; i < 5; i++)
        write_test("ann@acme.example");
    sim_env_run(sim, HOUR);
    is = post_state(post);
    assert_true(is.held && is.held_ms > 0 && is.next_try_ms > env_now_ms(env()));
    assert_string_equal(is.reason, "why");
    assert_true(sends > 10 && sends < 25); /* 5 s, 10 s, ... 5 min */
    assert_int_equal(overview()->waiting, 5);
    sends = 0;
    mood = SMTP_TAKEN;
    sim_env_run(sim, 5 * MINUTE + 10 * SECOND);
    assert_int_equal(sends, 5);
    assert_false(post_state(post).held);
}

/* An administrator does not wait for the next try. */
static void test_try_now(void **state)
{
    (void)state;
    mood = SMTP_TROUBLE;
    write_test("ann@acme.example");
    sim_env_run(sim, HOUR);
    sends = 0;
    mood = SMTP_TAKEN;
    post_try(post);
    sim_env_run(sim, SECOND);
    assert_int_equal(sends, 1);
    assert_false(post_state(post).held);
}

static void test_a_code_in_time_or_never(void **state)
{
    (void)state;
    mood = SMTP_TROUBLE;
    write_code(10 * MINUTE);
    sim_env_run(sim, HOUR);
    sends = 0;
    mood = SMTP_TAKEN;
    post_try(post);
    sim_env_run(sim, HOUR);
    assert_int_equal(sends, 0);
    write_code(10 * MINUTE);
    sim_env_run(sim, SECOND);
    assert_int_equal(sends, 1);
    assert_int_equal(overview()->waiting, 0);
}

/* Not known whether it was taken: once more, under the same name; after a crash as well. */
static void test_same_name_again(void **state)
{
    char id[sizeof(last_id)];

    (void)state;
    mood = SMTP_UNSURE;
    write_test("ann@acme.example");
    sim_env_run(sim, SECOND);
    memcpy(id, last_id, sizeof(id));
    takes_ms = MINUTE;
    sim_env_run(sim, 10 * SECOND);
    assert_int_equal(sends, 2);
    post_free(post); /* while it is on its way */
    store_fake_crash(store);
    mood = SMTP_TAKEN;
    takes_ms = 300;
    begin();
    sim_env_run(sim, MINUTE);
    assert_int_equal(sends, 3);
    assert_string_equal(last_id, id);
    assert_int_equal(overview()->test.state, STORE_MAIL_SENT);
}

/* The clock is set back by a day: nothing waits for a day. */
static void test_clock(void **state)
{
    (void)state;
    mood = SMTP_LATER;
    write_test("ann@acme.example");
    sim_env_run(sim, SECOND);
    mood = SMTP_TAKEN;
    sim_env_step_wall(sim, -24 * HOUR);
    sim_env_run(sim, MINUTE);
    assert_int_equal(sends, 2);
}

/* The store fails now and then: each letter goes once all the same, and that is written down. */
static void test_store_fails(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        write_test("ann@acme.example");
        if (i % 2 == 0) {
            sim_env_run(sim, 100);
            assert_int_equal(under_way, 1); /* what fails is the mark */
        }
        store_fake_fail_next(store, 1 + i % 3, STORE_FAILED);
        sim_env_run(sim, MINUTE);
    }
    assert_int_equal(overview()->waiting, 0);
    assert_int_equal(sends, 20);
}

int main(void)
{
#define POST_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        POST_TEST(test_at_once),
        POST_TEST(test_two_at_a_time),
        POST_TEST(test_later),
        POST_TEST(test_refused),
        POST_TEST(test_trouble),
        POST_TEST(test_try_now),
        POST_TEST(test_a_code_in_time_or_never),
        POST_TEST(test_same_name_again),
        POST_TEST(test_clock),
        POST_TEST(test_store_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
