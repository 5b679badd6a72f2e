/* The desk, the outbox and the stand-in together, on simulated time: testing and saving, pausing,
 * removing, replacing a token, changing the account. */
#include "unit/base/cmocka_wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "psa/desk.h"
#include "sim/sim_net.h"
#include "store/fake/store_fake.h"

#define TOKEN "T0123456789abcdef"
#define OTHER "Tfedcba9876543210"

static struct sim_env *sim;
static struct store *store;
static struct sandbox *sandbox;
static struct sim_net *net;
static struct secret_key *key;
static struct outbox *outbox;
static struct desk *desk;
static bool was_told; /* a token in a log line */

static struct {
    int dones, begun, steps;
    enum desk_result result;
    char code[32], field[32], text[512], test[64], json[4096];
    bool good, changed, has_connector, paused;
    char account[64], origin[128], token_end[8], state[16], reason[400];
    struct desk_health health;
} got;

static struct env *env(void)
{
    return sim_env_env(sim);
}

static void take(char *to, size_t size, const char *text)
{
    assert_int_equal(str_copy(to, size, text != NULL ? text : ""), 0);
}

static void on_done(const struct desk_answer *a, void *arg)
{
    (void)arg;
    got.dones++;
    got.result = a->result;
    take(got.code, sizeof(got.code), a->code);
    take(got.field, sizeof(got.field), a->field);
    take(got.text, sizeof(got.text), a->text);
    take(got.json, sizeof(got.json), a->json);
    if (a->test != NULL)
        take(got.test, sizeof(got.test), a->test);
    got.good = a->good;
    got.changed = a->changed;
    got.has_connector = a->connector != NULL;
    if (a->health != NULL)
        got.health = *a->health;
    if (a->connector == NULL)
        return;
    got.paused = a->connector->paused;
    take(got.account, sizeof(got.account), a->connector->account);
    take(got.origin, sizeof(got.origin), a->origin);
    take(got.token_end, sizeof(got.token_end), a->connector->token_end);
    take(got.state, sizeof(got.state), a->connector->state);
    take(got.reason, sizeof(got.reason), a->connector->reason);
}

static void on_begun(const struct psa_kind *kind, void *arg)
{
    (void)arg;
    assert_string_equal(kind->kind, "syncro");
    got.begun++;
}

static void on_step(size_t step, enum psa_step_state state, const char *text, void *arg)
{
    (void)step;
    (void)text;
    (void)arg;
    assert_int_equal(got.begun, 1);
    got.steps += state != PSA_STEP_RUNNING;
}

static void tap(const char *line, void *arg)
{
    (void)arg;
    was_told = was_told || strstr(line, TOKEN) != NULL || strstr(line, OTHER) != NULL;
}

/* Nobody looks: the PSA is asked for what has changed once a minute. */
static enum sync_watch nobody(void *arg)
{
    (void)arg;
    return SYNC_NOBODY;
}

static int set_up(void **state)
{
    static const uint8_t bytes[32] = {1};
    const struct sandbox_settings set = {.token = TOKEN, .demo = true, .now_ms = 1767225600000};

    (void)state;
    log_set_tap(tap, NULL);
    memset(&got, 0, sizeof(got));
    sim = sim_env_new(1);
    store = store_fake_new(env());
    sandbox = sandbox_new(&set, NULL);
    net = sim_net_new(sim, sandbox);
    key = secret_key_of(bytes);
    outbox = outbox_new(&(struct outbox_settings){.env = env(),
                                                  .watch = nobody,
                                                  .store = store,
                                                  .http = sim_net_client(net),
                                                  .origin_override = SIM_NET_ORIGIN,
                                                  .seal_key = key});
    desk = desk_new(&(struct desk_settings){.env = env(),
                                            .store = store,
                                            .http = sim_net_client(net),
                                            .outbox = outbox,
                                            .seal_key = key,
                                            .origin_override = SIM_NET_ORIGIN});
    sim_env_run(sim, 100);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    desk_free(desk);
    outbox_free(outbox, true);
    sim_env_run(sim, 100000);
    sim_net_free(net);
    sandbox_free(sandbox);
    store_free(store);
    secret_key_free(key);
    sim_env_free(sim);
    log_set_tap(NULL, NULL);
    assert_false(was_told);
    return 0;
}

/* Let it end; the result. */
static enum desk_result end(struct desk_act *act)
{
    const int dones = got.dones;

    assert_non_null(act);
    sim_env_run(sim, 5000);
    assert_int_equal(got.dones, dones + 1);
    return got.result;
}

static enum desk_result test(const char *account, const char *token)
{
    const struct desk_test in = {"syncro", account, token, on_begun, on_step};

    got.begun = got.steps = 0;
    return end(desk_test(desk, &in, on_done, NULL));
}

static enum desk_result save(const char *account, const char *token, const char *test_id,
                             bool insist)
{
    struct sandbox_ticket ticket;

    assert_int_equal(sandbox_ticket_at(sandbox, 0, &ticket), 0);
    const struct desk_save in = {.kind = "syncro",
                                 .account = account,
                                 .token = token,
                                 .test = test_id,
                                 .insist = insist,
                                 .fallback_customer = ticket.customer_id,
                                 .fallback_name = "Unsorted",
                                 .status = "New"};

    return end(desk_save(desk, &in, on_done, NULL));
}

static enum desk_result switch_to(enum desk_switch to)
{
    const struct store_audit audit = {.actor = "robin@msp.example", .action = "connector_paused"};

    return end(desk_switch(desk, "syncro", to, &audit, on_done, NULL));
}

static void look(void)
{
    assert_int_equal(end(desk_look(desk, on_done, NULL)), DESK_OK);
}

static struct id conversation;
static int said;
static struct store_entry head;
static char head_reason[512];
static size_t unfinished;

static void say(const char *text, bool first)
{
    const int64_t now = env_now_ms(env());
    char name[32];

    snprintf(name, sizeof(name), "m%d", said++);
    if (first) {
        uint8_t random[5];
        struct store_conversation_start in = {.conversation = env_new_id(env()),
                                              .person = env_new_id(env()),
                                              .message = env_new_id(env()),
                                              .name = "Ann",
                                              .email = "ann@nowhere.example",
                                              .subject = text,
                                              .body = text,
                                              .sender = "v:1",
                                              .client_id = name,
                                              .outbox = {true, true, now, ""},
                                              .now_ms = now};
        env_random(env(), random, sizeof(random));
        reference_make(random, in.reference);
        in.token_hash[0] = (uint8_t)said;
        conversation = in.conversation;
        store_conversation_start(store, &in, NULL, NULL);
    } else {
        const struct store_message_add in = {.conversation = conversation,
                                             .message = env_new_id(env()),
                                             .asker = {.is_staff = true},
                                             .author = STORE_PERSON,
                                             .name = "Ann",
                                             .body = text,
                                             .sender = "v:1",
                                             .client_id = name,
                                             .outbox = {true, true, now, ""},
                                             .now_ms = now};
        store_message_add(store, &in, NULL, NULL);
    }
    sim_env_run(sim, 1);
    outbox_wake(outbox);
}

static void on_entries(enum store_result result, const union store_out *out, void *arg)
{
    (void)arg;
    assert_int_equal(result, STORE_OK);
    unfinished = 0;
    for (size_t i = 0; i < out->entries.count; i++) {
        if (out->entries.rows[i].state >= STORE_DONE)
            continue;
        if (unfinished++ == 0) {
            head = out->entries.rows[i];
            take(head_reason, sizeof(head_reason), head.reason);
        }
    }
}

static void read_entries(void)
{
    store_outbox_of(store, &conversation, on_entries, NULL);
    sim_env_run(sim, 1);
}

static void expect_filed(size_t tickets)
{
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(sandbox_tickets(sandbox), tickets);
}

/* ---- tests and saving ---- */

static void saves_what_was_tested(void **state)
{
    char id[64];

    (void)state;
    assert_int_equal(test("Demo.SyncroMSP.com", " " TOKEN "\n"), DESK_OK);
    assert_true(got.good);
    assert_int_equal(got.steps, 10);
    assert_int_equal(strlen(got.test), DESK_TEST_ID_LEN);
    take(id, sizeof(id), got.test);
    /* Other values than the tested ones, or no test. */
    assert_int_equal(save("demo", OTHER, id, false), DESK_STATE);
    assert_string_equal(got.code, "not_tested");
    assert_int_equal(save("other", TOKEN, id, false), DESK_STATE);
    assert_int_equal(save("demo", TOKEN, NULL, false), DESK_STATE);
    assert_int_equal(save("demo", TOKEN, "x", false), DESK_STATE);
    look();
    assert_false(got.has_connector);
    assert_int_equal(save("demo", TOKEN, id, false), DESK_OK);
    assert_true(got.has_connector);
    assert_string_equal(got.token_end, "cdef");
    assert_string_equal(got.origin, SIM_NET_ORIGIN);
    /* Settings alone keep the token, of the same account only. */
    assert_int_equal(save("demo", NULL, NULL, false), DESK_OK);
    assert_int_equal(save("other", "", NULL, true), DESK_BAD);
    assert_string_equal(got.field, "token");
    assert_int_equal(test("demo", NULL), DESK_OK);
    assert_true(got.good);
    assert_int_equal(test("other", NULL), DESK_BAD);
    assert_int_equal(got.begun, 0);
    assert_string_equal(got.field, "token");
}

static void forgets_tests(void **state)
{
    char id[64];

    (void)state;
    assert_int_equal(test("demo", TOKEN), DESK_OK);
    take(id, sizeof(id), got.test);
    sim_env_run(sim, DESK_KEPT_MS - 10000);
    assert_int_equal(end(desk_companies(desk, "syncro", id, "", on_done, NULL)), DESK_OK);
    sim_env_run(sim, 20000);
    assert_int_equal(save("demo", TOKEN, id, false), DESK_STATE);
    assert_int_equal(end(desk_companies(desk, "syncro", id, "", on_done, NULL)), DESK_STATE);
    assert_string_equal(got.code, "test_expired");
    /* One too many takes the place of the oldest. */
    assert_int_equal(test("demo", TOKEN), DESK_OK);
    take(id, sizeof(id), got.test);
    for (int i = 0; i < DESK_KEPT_MAX - 1; i++) {
        assert_int_equal(test("demo", OTHER), DESK_OK);
        sim_env_run(sim, 10000);
    }
    assert_int_equal(end(desk_options(desk, "syncro", id, on_done, NULL)), DESK_OK);
    assert_int_equal(test("demo", OTHER), DESK_OK);
    assert_int_equal(end(desk_options(desk, "syncro", id, on_done, NULL)), DESK_STATE);
}

static void a_bad_test_needs_insisting(void **state)
{
    (void)state;
    assert_int_equal(test("demo", OTHER), DESK_OK);
    assert_false(got.good);
    assert_int_equal(save("demo", OTHER, got.test, false), DESK_STATE);
    assert_int_equal(save("demo", OTHER, got.test, true), DESK_OK);
    sim_env_run(sim, 10000);
    look();
    assert_string_equal(got.state, "held");
    assert_non_null(strstr(got.reason, "does not let this API key in"));
}

static void refuses_bad_input(void **state)
{
    char long_token[2000];
    const struct desk_test none = {"none", "demo", TOKEN, on_begun, on_step};

    (void)state;
    assert_int_equal(test("my_company", TOKEN), DESK_BAD);
    assert_string_equal(got.field, "account");
    assert_non_null(strstr(got.text, "underscore"));
    assert_int_equal(test("demo", "T1\r\nX-Evil: 1"), DESK_BAD);
    assert_string_equal(got.field, "token");
    memset(long_token, 'a', sizeof(long_token));
    long_token[sizeof(long_token) - 1] = '\0';
    assert_int_equal(test("demo", long_token), DESK_BAD);
    assert_int_equal(end(desk_test(desk, &none, on_done, NULL)), DESK_NOT_FOUND);
    assert_int_equal(save("evil.example", TOKEN, NULL, true), DESK_BAD);
    assert_int_equal(switch_to(DESK_PAUSE), DESK_NOT_FOUND);
    assert_int_equal(end(desk_companies(desk, "syncro", NULL, "", on_done, NULL)), DESK_NOT_FOUND);
}

static void two_tests_at_once(void **state)
{
    const struct desk_test in = {"syncro", "demo", TOKEN, on_begun, on_step};
    struct desk_act *acts[3];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(acts); i++)
        acts[i] = desk_test(desk, &in, on_done, NULL);
    desk_cancel(desk, &acts[0]);
    sim_env_run(sim, 0);
    assert_int_equal(got.dones, 1);
    assert_int_equal(got.result, DESK_BUSY);
    sim_env_run(sim, 5000);
    assert_int_equal(got.dones, 2);
    assert_true(got.good);
    assert_int_equal(test("demo", TOKEN), DESK_OK);
}

static void tests_can_be_cancelled(void **state)
{
    (void)state;
    for (int ms = 0; ms < 900; ms += 50) {
        const struct desk_test in = {"syncro", "demo", TOKEN, on_begun, on_step};
        const int dones = got.dones;
        got.begun = 0;
        struct desk_act *act = desk_test(desk, &in, on_done, NULL);
        sim_env_run(sim, ms);
        if (got.dones == dones)
            desk_cancel(desk, &act);
        sim_env_run(sim, 30000);
    }
}

static void searches_companies(void **state)
{
    (void)state;
    assert_int_equal(save("demo", TOKEN, NULL, true), DESK_OK);
    assert_int_equal(end(desk_companies(desk, "syncro", "", "northwind", on_done, NULL)), DESK_OK);
    assert_non_null(strstr(got.json, "\"name\":\"Northwind"));
    assert_non_null(strstr(got.json, "\"more\":false"));
    assert_int_equal(end(desk_companies(desk, "syncro", "", "no such company", on_done, NULL)),
                     DESK_OK);
    assert_string_equal(got.json, "{\"companies\":[],\"more\":false}");
    assert_int_equal(end(desk_options(desk, "syncro", "", on_done, NULL)), DESK_OK);
    assert_non_null(strstr(got.json, "\"problem_types\":[\"Remote Support\""));
    assert_int_equal(sandbox_set_token(sandbox, TOKEN, NULL, false, NULL), 0);
    assert_int_equal(end(desk_companies(desk, "syncro", "", "x", on_done, NULL)), DESK_PSA);
}

/* ---- pausing, removing, replacing ---- */

static void pauses_and_goes_on(void **state)
{
    const size_t tickets = sandbox_tickets(sandbox);

    (void)state;
    assert_int_equal(save("demo", TOKEN, NULL, true), DESK_OK);
    assert_int_equal(switch_to(DESK_PAUSE), DESK_OK);
    assert_true(got.changed && got.paused);
    assert_int_equal(switch_to(DESK_PAUSE), DESK_OK);
    assert_false(got.changed);
    const int64_t requests = sandbox_requests(sandbox);
    say("I wait", true);
    sim_env_run(sim, 300000);
    assert_int_equal(sandbox_requests(sandbox), requests);
    read_entries();
    assert_int_equal(unfinished, 1);
    assert_non_null(strstr(head_reason, "paused"));
    look();
    assert_int_equal(got.health.backlog.waiting, 1);
    assert_true(got.health.backlog.oldest_ms > 0);
    assert_int_equal(switch_to(DESK_RESUME), DESK_OK);
    sim_env_run(sim, 5000);
    expect_filed(tickets + 1);
    look();
    assert_string_equal(got.state, "ok");
}

static void removed_work_waits_for_the_next(void **state)
{
    const size_t tickets = sandbox_tickets(sandbox);

    (void)state;
    assert_int_equal(save("demo", TOKEN, NULL, true), DESK_OK);
    say("First", true);
    sim_env_run(sim, 5000);
    expect_filed(tickets + 1);
    assert_int_equal(switch_to(DESK_REMOVE), DESK_OK);
    assert_false(got.has_connector);
    const int64_t requests = sandbox_requests(sandbox);
    say("Second", false);
    sim_env_run(sim, 300000);
    assert_int_equal(sandbox_requests(sandbox), requests);
    read_entries();
    assert_int_equal(unfinished, 1);
    assert_non_null(strstr(head_reason, "removed"));
    assert_int_equal(switch_to(DESK_RESUME), DESK_NOT_FOUND);
    assert_int_equal(save("demo", TOKEN, NULL, true), DESK_OK);
    sim_env_run(sim, 5000);
    expect_filed(tickets + 1);
}

/* Nothing is being sent, and it is noticed all the same; a new token drains what waits. */
static void a_token_that_ends_in_silence(void **state)
{
    const size_t tickets = sandbox_tickets(sandbox);

    (void)state;
    assert_int_equal(save("demo", TOKEN, NULL, true), DESK_OK);
    sim_env_run(sim, 100000);
    for (int i = 0; i < 20; i++) {
        sim_env_run(sim, 7000);
        assert_int_equal(sandbox_set_token(sandbox, TOKEN, NULL, false, NULL), 0);
        sim_env_run(sim, 55000);
        look();
        assert_string_equal(got.state, "held");
        assert_non_null(strstr(got.reason, "disabled"));
        assert_int_equal(sandbox_set_token(sandbox, TOKEN, NULL, true, NULL), 0);
        sim_env_run(sim, 400000);
        look();
        assert_string_equal(got.state, "ok");
    }
    assert_int_equal(sandbox_set_token(sandbox, TOKEN, NULL, false, NULL), 0);
    say("I wait", true);
    sim_env_run(sim, 600000);
    assert_int_equal(sandbox_set_token(sandbox, OTHER, "seven", true, NULL), 0);
    assert_int_equal(save("demo", OTHER, NULL, true), DESK_OK);
    sim_env_run(sim, 5000);
    expect_filed(tickets + 1);
}

/* A watch that is kept costs little: fewer than two requests a minute and the poll. */
static void the_watch_is_cheap(void **state)
{
    (void)state;
    assert_int_equal(save("demo", TOKEN, NULL, true), DESK_OK);
    sim_env_run(sim, 120000);
    const int64_t requests = sandbox_requests(sandbox);
    sim_env_run(sim, 600000);
    /* One in 45 s for the token; and the poll once a minute while nobody is connected, with each
     * third asking for new comments. */
    assert_true(sandbox_requests(sandbox) - requests <= 14 + 15);
    assert_true(sandbox_requests(sandbox) - requests >= 11 + 10);
}

/* ---- another account ---- */

static void keeps_accounts_apart(void **state)
{
    const size_t tickets = sandbox_tickets(sandbox);

    (void)state;
    assert_int_equal(save("demo", TOKEN, NULL, true), DESK_OK);
    say("First", true);
    sim_env_run(sim, 5000);
    expect_filed(tickets + 1);
    const struct id old = conversation;
    /* The stand-in answers for any account. */
    assert_int_equal(save("other", TOKEN, NULL, true), DESK_OK);
    say("Second", false);
    sim_env_run(sim, 20000);
    read_entries();
    assert_int_equal(unfinished, 1);
    assert_int_equal(head.state, STORE_PARKED);
    assert_non_null(strstr(head_reason, "another account"));
    const size_t comments = sandbox_comments(sandbox);
    say("New here", true);
    sim_env_run(sim, 20000);
    expect_filed(tickets + 2);
    assert_int_equal(sandbox_comments(sandbox), comments + 1);
    conversation = old;
    assert_int_equal(save("demo", TOKEN, NULL, true), DESK_OK);
    sim_env_run(sim, 20000);
    expect_filed(tickets + 2);
    assert_int_equal(sandbox_comments(sandbox), comments + 2);
}

static void counts_calls(void **state)
{
    (void)state;
    look();
    assert_int_equal(got.health.last_call_ms, 0);
    assert_int_equal(test("demo", TOKEN), DESK_OK);
    look();
    const struct store_hour *now = &got.health.hours[DESK_HOURS - 1];
    assert_int_equal(now->calls, 9);
    assert_int_equal(now->errors, 0);
    assert_true(got.health.last_call_ms > 0);
    assert_int_equal(got.health.budget_used, 9);
    assert_int_equal(got.health.budget_limit, 180);
    sim_env_run(sim, 70000); /* it is in the store now */
    look();
    assert_int_equal(now->calls, 9);
    assert_int_equal(got.health.budget_used, 0);
    const struct sandbox_fault f = {.kind = SANDBOX_STATUS, .status = 503};
    assert_int_equal(sandbox_add_fault(sandbox, &f, NULL), 0);
    assert_int_equal(test("demo", TOKEN), DESK_OK);
    look();
    assert_int_equal(now->calls, 10);
    assert_int_equal(now->errors, 1);
    sim_env_run(sim, 2 * 3600000);
    look();
    assert_int_equal(got.health.hours[DESK_HOURS - 3].calls, 10);
    assert_int_equal(got.health.hours[DESK_HOURS - 1].calls, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(saves_what_was_tested),
        TEST(forgets_tests),
        TEST(a_bad_test_needs_insisting),
        TEST(refuses_bad_input),
        TEST(two_tests_at_once),
        TEST(tests_can_be_cancelled),
        TEST(searches_companies),
        TEST(pauses_and_goes_on),
        TEST(removed_work_waits_for_the_next),
        TEST(a_token_that_ends_in_silence),
        TEST(the_watch_is_cheap),
        TEST(keeps_accounts_apart),
        TEST(counts_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
