/* The outbox and the Syncro connector on simulated time, against answers made here. */
#include "unit/base/cmocka_wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "psa/outbox.h"
#include "sim/sim_env.h"
#include "store/fake/store_fake.h"

enum mood { WELL, LOST, LOST_DONE, NOT_LET_IN, NO_RIGHT, REFUSING, ASKS_TO_WAIT, LATE };

struct http_call {
    http_done_fn *done;
    void *arg;
    struct env_timer *timer;
    char method[8], url[512];
    char *body;
    int creates; /* when it was sent */
};

static struct sim_env *sim;
static struct store *store;
static struct secret_key *key;
static struct outbox *outbox;
static enum mood mood;         /* of POSTs */
static int wait_status;        /* what one that asks to wait answers with, */
static int64_t retry_after_ms; /* and how long */
static int64_t looked_at_ms;   /* the first look-up of a ticket */
static int64_t list_ms = 30;   /* how long a list of tickets takes to come back */
static int creates, comments, sends, lists;
static int64_t sent_at[16];
static char last_comment[4096], reference[REFERENCE_SIZE];
static struct id conversation;
static int64_t next_message;

static struct env *env(void)
{
    return sim_env_env(sim);
}

static void print_answer(struct http_call *c, char *text, size_t size)
{
    if (strstr(c->url, "/customers") != NULL)
        snprintf(text, size,
                 "{\"customers\":[{\"id\":7,\"business_then_name\":\"Acme\",\"email\":"
                 "\"\",\"contacts\":[{\"id\":9,\"email\":\"Ann@Acme.test\"}]}],"
                 "\"meta\":{\"total_pages\":1}}");
    else if (strstr(c->url, "/comments?") != NULL)
        snprintf(text, size, "{\"comments\":[]}");
    else if (strstr(c->url, "/comment") != NULL)
        snprintf(text, size, "{\"comment\":{\"id\":55}}");
    else if (strstr(c->url, "/tickets?") != NULL && c->creates == 0)
        snprintf(text, size, "{\"tickets\":[],\"meta\":{\"total_pages\":1}}");
    else if (strstr(c->url, "/tickets?") != NULL)
        snprintf(text, size,
                 "{\"tickets\":[{\"id\":101,\"number\":1,\"status\":\"New\","
                 "\"comments\":[{\"id\":44,\"body\":\"x %s\"}]}],\"meta\":"
                 "{\"total_pages\":1}}",
                 reference);
    else if (strcmp(c->method, "POST") == 0)
        snprintf(text, size,
                 "{\"ticket\":{\"id\":101,\"number\":1,\"status\":\"New\","
                 "\"comments\":[{\"id\":44,\"body\":\"x %s\"}]}}",
                 reference);
    else
        snprintf(text, size, "{\"ticket\":{}}");
}

/* A send that was given up long ago is carried out. */
static void on_late(void *arg)
{
    (void)arg;
    creates++;
}

static void on_timer(void *arg)
{
    struct http_call *c = arg;
    const bool post = strcmp(c->method, "POST") == 0;
    const bool comment = strstr(c->url, "/comment") != NULL;
    char text[1024];
    struct http_answer a = {HTTP_ANSWERED, 200, "application/json", -1, text, 0, "", 0};

    if (post)
        sent_at[sends++ % 16] = env_now_ms(env());
    if (strstr(c->url, "/tickets?created_after") != NULL) {
        lists++;
        if (looked_at_ms == 0)
            looked_at_ms = env_now_ms(env());
    }
    if (post && (mood == WELL || mood == LOST_DONE)) {
        creates += !comment;
        comments += comment;
        if (comment)
            snprintf(last_comment, sizeof(last_comment), "%s", c->body);
    }
    print_answer(c, text, sizeof(text));
    if (post && mood == LATE)
        env_timer_start(env(), 70000, on_late, NULL);
    if (post && (mood == LOST || mood == LOST_DONE || mood == LATE)) {
        a = (struct http_answer){HTTP_TIMED_OUT, 0, "", -1, "", 0, "", 0};
        mood = WELL;
    } else if (mood == NOT_LET_IN || (post && mood == NO_RIGHT)) {
        a.status = 401;
        snprintf(text, sizeof(text), "{\"error\":\"Not authorized\"}");
    } else if (post && mood == ASKS_TO_WAIT) {
        a = (struct http_answer){HTTP_ANSWERED, wait_status, "", retry_after_ms, "", 0, "", 0};
        mood = WELL;
    } else if (post && mood == REFUSING) {
        a.status = 422;
        snprintf(text, sizeof(text), "{\"error\":\"Customer required field\"}");
    }
    a.body_len = strlen(a.body);
    c->done(&a, c->arg);
    free(c->body);
    free(c);
}

static struct http_call *start(struct http_client *client, const struct http_request *r,
                               http_done_fn *done, void *arg)
{
    struct http_call *c = calloc(1, sizeof(*c));

    (void)client;
    c->done = done;
    c->arg = arg;
    snprintf(c->method, sizeof(c->method), "%s", r->method);
    snprintf(c->url, sizeof(c->url), "%s", r->url);
    c->body = strndup(r->body != NULL ? r->body : "", r->body_len);
    c->creates = creates;
    c->timer = env_timer_start(env(), strstr(c->url, "/tickets?created") != NULL ? list_ms : 30,
                               on_timer, c);
    return c;
}

static void cancel(struct http_client *client, struct http_call *c)
{
    (void)client;
    /* A request that nobody waits for any more arrives all the same. */
    if (strcmp(c->method, "POST") == 0 && mood == WELL)
        creates += strstr(c->url, "/comment") == NULL;
    env_timer_cancel(env(), &c->timer);
    free(c->body);
    free(c);
}

static const struct http_client_ops ops = {start, cancel};
static struct http_client client = {&ops};

static void connect_psa(void)
{
    struct secret *token = secret_new("T1", 2);
    char *sealed = secret_seal(key, token, psa_kind_at(0)->seal_context);
    const struct store_connector in = {.kind = "syncro",
                                       .account = "acme",
                                       .sealed_token = sealed,
                                       .changed_ms = env_now_ms(env())};

    store_connector_set(store, &in, NULL, NULL);
    free(sealed);
    secret_free(token);
}

static void open_outbox(void)
{
    const struct outbox_settings set = {
        .env = env(), .store = store, .http = &client, .seal_key = key};

    outbox = outbox_new(&set);
}

static void say(const char *text, bool first)
{
    const int64_t now = env_now_ms(env());
    char name[32];

    snprintf(name, sizeof(name), "m%d", (int)next_message++);
    if (first) {
        struct store_conversation_start in = {.conversation = env_new_id(env()),
                                              .person = env_new_id(env()),
                                              .message = env_new_id(env()),
                                              .name = "Ann",
                                              .email = "ann@acme.test",
                                              .subject = "Help",
                                              .body = text,
                                              .sender = "v:1",
                                              .client_id = name,
                                              .outbox = {true, true, now, ""},
                                              .now_ms = now};
        memcpy(in.reference, reference, sizeof(reference));
        conversation = in.conversation;
        store_conversation_start(store, &in, NULL, NULL);
    } else {
        const struct store_message_add in = {.conversation = conversation,
                                             .message = env_new_id(env()),
                                             .asker = {.is_staff = true},
                                             .author = STORE_STAFF,
                                             .name = "Bo",
                                             .body = text,
                                             .sender = "s:bo",
                                             .client_id = name,
                                             .outbox = {true, true, now + 2000, ""},
                                             .now_ms = now};
        store_message_add(store, &in, NULL, NULL);
    }
    sim_env_run(sim, 1);
    outbox_wake(outbox);
}

static void set_up(enum mood first_mood)
{
    static const uint8_t bytes[32] = {1};

    sim = sim_env_new(1);
    store = store_fake_new(env());
    key = secret_key_of(bytes);
    memcpy(reference, "PLY-7K3F9Q2M", sizeof(reference));
    mood = first_mood;
    creates = comments = sends = lists = 0;
    next_message = 0;
    connect_psa();
    open_outbox();
    sim_env_run(sim, 500);
}

static void tear_down(void)
{
    outbox_free(outbox, true);
    store_free(store);
    secret_key_free(key);
    sim_env_free(sim);
}

static struct store_entry entry; /* the first */
static int unfinished;
static char held_reason[512];

static void on_entries(enum store_result result, const union store_out *out, void *arg)
{
    (void)arg;
    assert_int_equal(result, STORE_OK);
    unfinished = 0;
    for (size_t i = 0; i < out->entries.count; i++)
        unfinished += out->entries.rows[i].state != STORE_DONE;
    entry = out->entries.rows[0];
    snprintf(held_reason, sizeof(held_reason), "%s", entry.reason);
}

static void read_entries(void)
{
    store_outbox_of(store, &conversation, on_entries, NULL);
    sim_env_run(sim, 1);
}

static void files_in_order_and_in_bursts(void **state)
{
    (void)state;
    set_up(WELL);
    say("first", true);
    say("second", false);
    say("third", false);
    sim_env_run(sim, 6000);
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(creates, 1);
    assert_int_equal(comments, 1);
    assert_non_null(strstr(last_comment, "PLY-7K3F9Q2M #2-3"));
    assert_non_null(strstr(last_comment, "third"));
    assert_true(outbox_is_idle(outbox));
    tear_down();
}

static void finds_what_was_lost(void **state)
{
    (void)state;
    set_up(LOST_DONE);
    say("first", true);
    sim_env_run(sim, 10000);
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(sends, 1);
    assert_int_equal(entry.result_id, 101);
    tear_down();
}

static void sends_again_only_after_75_s(void **state)
{
    (void)state;
    set_up(LOST);
    say("first", true);
    sim_env_run(sim, 70000);
    assert_int_equal(sends, 1);
    sim_env_run(sim, 20000);
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(creates, 1);
    assert_int_equal(sends, 2);
    assert_true(sent_at[1] - sent_at[0] >= 75000);
    tear_down();
}

/* The clock is set while a send is in doubt: the wait is neither cut short nor drawn out. */
static void waits_75_s_whatever_the_clock_does(void **state)
{
    static const int64_t steps_ms[] = {60000, 3600000, 86400000, -60000, -3600000, -86400000};

    (void)state;
    for (size_t i = 0; i < 2 * COUNT_OF(steps_ms); i++) {
        const bool restart = i >= COUNT_OF(steps_ms);
        set_up(LATE);
        sim_env_run(sim, 200000);
        say("first", true);
        sim_env_run(sim, 20000);
        if (restart) {
            outbox_free(outbox, false);
            store_fake_crash(store);
        }
        sim_env_step_wall(sim, steps_ms[i % COUNT_OF(steps_ms)]);
        if (restart)
            open_outbox();
        sim_env_run(sim, 1200000);
        read_entries();
        assert_int_equal(unfinished, 0);
        assert_int_equal(creates, 1);
        assert_int_equal(sends, 1);
        tear_down();
    }
}

/* What was lost is sent again all the same, and nothing is looked up over and over meanwhile. */
static void sends_again_though_the_clock_is_set_back(void **state)
{
    (void)state;
    set_up(LOST);
    say("first", true);
    sim_env_run(sim, 40000);
    assert_int_equal(sends, 1);
    sim_env_step_wall(sim, -86400000);
    sim_env_run(sim, 75000);
    assert_int_equal(sends, 1);
    sim_env_run(sim, 75000);
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(creates, 1);
    assert_int_equal(sends, 2);
    assert_in_range(lists, 2, 6);
    tear_down();
}

/* Each comment waits two seconds; what waits when the clock is set back does not wait for hours. */
static void files_soon_after_the_clock_is_set_back(void **state)
{
    (void)state;
    set_up(WELL);
    say("first", true);
    sim_env_run(sim, 5000);
    say("second", false);
    sim_env_step_wall(sim, -10 * 3600000);
    sim_env_run(sim, 61000); /* at the idle look at the latest */
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(comments, 1);
    tear_down();
}

static void on_begun(enum store_result result, const union store_out *out, void *arg)
{
    (void)out;
    (void)arg;
    assert_int_equal(result, STORE_OK);
}

/* As many in doubt as one look brings, and more: a new conversation is not kept waiting. */
static void many_in_doubt_hold_up_nobody(void **state)
{
    enum { MANY = 100 };

    (void)state;
    set_up(WELL);
    outbox_free(outbox, true);
    for (uint8_t i = 0; i < MANY; i++) {
        char name[32], mark[REFERENCE_SIZE];
        snprintf(name, sizeof(name), "doubt%d", i);
        struct store_conversation_start in = {.conversation = env_new_id(env()),
                                              .person = env_new_id(env()),
                                              .message = env_new_id(env()),
                                              .name = "Ann",
                                              .email = "ann@acme.test",
                                              .subject = "Help",
                                              .body = "x",
                                              .sender = "v:2",
                                              .client_id = name,
                                              .outbox = {true, true, env_now_ms(env()), ""},
                                              .now_ms = env_now_ms(env())};
        in.token_hash[0] = 1;
        in.token_hash[1] = i;
        reference_make((const uint8_t[5]){i}, mark);
        memcpy(in.reference, mark, sizeof(mark));
        store_conversation_start(store, &in, on_begun, NULL);
        const struct store_outbox_take take = {.conversation = in.conversation,
                                               .now_ms = env_now_ms(env()),
                                               .doubt_until_ms = env_now_ms(env()) + 1000,
                                               .account = ""};
        store_outbox_take(store, &take, on_begun, NULL);
    }
    sim_env_run(sim, 1000);
    list_ms = 5000;
    open_outbox();
    sim_env_run(sim, 500);
    say("first", true);
    sim_env_run(sim, 2000);
    list_ms = 30;
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(creates, 1);
    tear_down();
}

static void holds_until_connected_again(void **state)
{
    (void)state;
    set_up(NOT_LET_IN);
    say("first", true);
    sim_env_run(sim, 600000);
    read_entries();
    assert_int_equal(unfinished, 1);
    assert_int_equal(sends, 0);
    mood = WELL;
    connect_psa();
    sim_env_run(sim, 8000);
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(creates, 1);
    tear_down();
}

/* The token is good, one right is missing: that is mended without connecting again, and costs few
 * requests until then. */
static void waits_for_a_right(void **state)
{
    (void)state;
    set_up(NO_RIGHT);
    say("first", true);
    sim_env_run(sim, 600000);
    read_entries();
    assert_int_equal(unfinished, 1);
    assert_true(sends >= 3 && sends <= 12);
    assert_non_null(strstr(held_reason, "Tickets - Create"));
    mood = WELL;
    sim_env_run(sim, 310000);
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(creates, 1);
    tear_down();
}

static void parks_what_is_refused(void **state)
{
    (void)state;
    set_up(REFUSING);
    say("first", true);
    say("second", false);
    sim_env_run(sim, 60000);
    read_entries();
    assert_int_equal(unfinished, 2);
    assert_int_equal(sends, 1);
    mood = WELL;
    store_outbox_retry(store, &conversation, env_now_ms(env()), NULL, NULL, NULL);
    sim_env_run(sim, 70000);
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(creates, 1);
    tear_down();
}

/* A Retry-After is kept to, up to a quarter of an hour. */
static void waits_as_long_as_asked(void **state)
{
    static const struct {
        int status;
        int64_t asked_ms, least_ms, most_ms;
    } cases[] = {
        {429, 120000, 120000, 130000},
        {429, INT64_C(86400000), 900000, 910000},
        {503, 60000, 60000, 64000},
        {503, INT64_C(86400000), 900000, 910000},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        set_up(ASKS_TO_WAIT);
        wait_status = cases[i].status;
        retry_after_ms = cases[i].asked_ms;
        looked_at_ms = 0;
        say("first", true);
        sim_env_run(sim, 1000000);
        read_entries();
        assert_int_equal(unfinished, 0);
        assert_int_equal(creates, 1);
        const int64_t waited = looked_at_ms - sent_at[0];
        if (waited < cases[i].least_ms || waited > cases[i].most_ms)
            fail_msg("case %zu: looked up after %lld ms", i, (long long)waited);
        tear_down();
    }
}

/* A look-up that began before a late send was carried out, and ended long after, proves nothing. */
static void believes_no_slow_look_up(void **state)
{
    (void)state;
    set_up(LATE);
    list_ms = 80000;
    say("first", true);
    sim_env_run(sim, 20000);
    list_ms = 30;
    sim_env_run(sim, 200000);
    read_entries();
    assert_int_equal(unfinished, 0);
    assert_int_equal(creates, 1);
    assert_int_equal(sends, 1);
    tear_down();
}

/* A clock that is set forward must not make the outbox deaf until its idle look. */
static void is_woken_whatever_the_clock_does(void **state)
{
    (void)state;
    set_up(WELL);
    sim_env_run(sim, 5000);
    sim_env_step_wall(sim, 3600000);
    say("first", true);
    sim_env_run(sim, 1000);
    read_entries();
    assert_int_equal(unfinished, 0);
    tear_down();
}

/* The process dies at every moment of the filing; nothing is made twice, all is filed. */
static void survives_a_crash_at_any_moment(void **state)
{
    (void)state;
    for (int ms = 0; ms < 200; ms += 5) {
        set_up(WELL);
        say("first", true);
        sim_env_run(sim, ms);
        outbox_free(outbox, false);
        store_fake_crash(store);
        open_outbox();
        sim_env_run(sim, 200000);
        read_entries();
        assert_int_equal(unfinished, 0);
        assert_int_equal(creates, 1);
        tear_down();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_in_order_and_in_bursts),
        cmocka_unit_test(finds_what_was_lost),
        cmocka_unit_test(sends_again_only_after_75_s),
        cmocka_unit_test(waits_75_s_whatever_the_clock_does),
        cmocka_unit_test(sends_again_though_the_clock_is_set_back),
        cmocka_unit_test(files_soon_after_the_clock_is_set_back),
        cmocka_unit_test(many_in_doubt_hold_up_nobody),
        cmocka_unit_test(holds_until_connected_again),
        cmocka_unit_test(waits_for_a_right),
        cmocka_unit_test(parks_what_is_refused),
        cmocka_unit_test(waits_as_long_as_asked),
        cmocka_unit_test(believes_no_slow_look_up),
        cmocka_unit_test(is_woken_whatever_the_clock_does),
        cmocka_unit_test(survives_a_crash_at_any_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
