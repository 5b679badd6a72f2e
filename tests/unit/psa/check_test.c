/* The test of credentials against the stand-in: every wrong turn has its line and its sentence,
 * nothing is left behind, and nothing is green that was not proved. */
#include "unit/base/cmocka_wrap.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "psa/syncro/syncro.h"
#include "sim/sim_net.h"
#include "store/fake/store_fake.h"

#define STEPS 10

enum { HOST, TLS, TOKEN, LIST, VIEW, CREATE, EDIT, COMMENT, CUSTOMERS, CUSTOMER };

static struct sim_env *sim;
static struct store *store;
static struct sandbox *sandbox;
static struct sim_net *net;
static struct gate *gate;
static struct psa_connector *connector;
static struct psa_call *call;
static char said[STEPS + 1]; /* a letter a line: ok, failed, unproved, skipped; running while so */
static char text[STEPS][600];
static bool is_done, good;
static int begun;

static void on_step(size_t step, enum psa_step_state state, const char *sentence, void *arg)
{
    (void)arg;
    assert_true(step < STEPS && !is_done);
    begun += state == PSA_STEP_RUNNING;
    /* A line has one end. */
    assert_true(said[step] == '.' || said[step] == 'r');
    said[step] = psa_step_state_name(state)[0];
    snprintf(text[step], sizeof(text[step]), "%s", sentence);
}

static void on_done(const struct psa_result *result, void *arg)
{
    (void)arg;
    call = NULL;
    is_done = true;
    good = result->found;
}

static void on_room(void *arg)
{
    (void)arg;
}

static int set_up(void **state)
{
    const struct sandbox_settings set = {.token = "T1", .demo = true, .now_ms = 1767225600000};

    (void)state;
    sim = sim_env_new(1);
    store = store_fake_new(sim_env_env(sim));
    sandbox = sandbox_new(&set, NULL);
    net = sim_net_new(sim, sandbox);
    gate = gate_new(sim_env_env(sim), store, "syncro", SYNCRO_LIMIT, on_room, NULL);
    sim_env_run(sim, 10);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    if (connector != NULL)
        connector->ops->free(connector);
    connector = NULL;
    gate_free(gate, true);
    sim_env_run(sim, 100000); /* what still travels comes home */
    sim_net_free(net);
    sandbox_free(sandbox);
    store_free(store);
    sim_env_free(sim);
    return 0;
}

static void begin(const char *token, bool worked)
{
    const struct psa_settings set = {.env = sim_env_env(sim),
                                     .http = sim_net_client(net),
                                     .gate = gate,
                                     .account = "demo",
                                     .origin = SIM_NET_ORIGIN,
                                     .status = "",
                                     .priority = "",
                                     .problem_type = ""};

    if (connector != NULL)
        connector->ops->free(connector);
    connector = syncro_new(&set, secret_new(token, strlen(token)));
    memset(said, '.', STEPS);
    said[STEPS] = '\0';
    memset(text, 0, sizeof(text));
    is_done = good = false;
    begun = 0;
    call = connector->ops->check(connector, worked, on_step, on_done, NULL);
    assert_int_equal(begun, 0);
}

static void run(const char *token, bool worked)
{
    begin(token, worked);
    sim_env_run(sim, 70000);
    assert_true(is_done);
}

/* Exactly these lines, and nothing is left behind in Syncro. */
static void expect(const char *lines, bool is_good)
{
    if (strcmp(said, lines) != 0) {
        for (size_t i = 0; i < STEPS; i++)
            print_message("%c %s: %s\n", said[i], syncro_kind.steps[i].label, text[i]);
        fail_msg("%s instead of %s", said, lines);
    }
    assert_int_equal(good, is_good);
}

static void expect_text(size_t step, const char *part)
{
    if (strstr(text[step], part) == NULL)
        fail_msg("%s: \"%s\" is not in \"%s\"", syncro_kind.steps[step].label, part, text[step]);
}

static void set(const char *name, const char *value)
{
    assert_int_equal(sandbox_set_switch(sandbox, name, value, NULL), 0);
}

static void rights(const char *names)
{
    assert_int_equal(sandbox_set_token(sandbox, "T1", names, true, NULL), 0);
}

static void fault(const char *method, const char *path, enum sandbox_fault_kind kind, int status,
                  bool effect)
{
    const struct sandbox_fault f = {.method = method,
                                    .path_prefix = path,
                                    .kind = kind,
                                    .status = status,
                                    .effect = effect,
                                    .ms = kind == SANDBOX_DELAY ? 30000 : 0};

    sandbox_clear_faults(sandbox);
    assert_int_equal(sandbox_add_fault(sandbox, &f, NULL), 0);
}

/* The seven suffice. Whether Ticket Comments - New is among them no answer tells. */
static void seven_rights(void **state)
{
    const uint64_t version = sandbox_version(sandbox);

    (void)state;
    run("T1", false);
    expect("osooooouoo", true);
    expect_text(HOST, SIM_NET_ORIGIN);
    expect_text(COMMENT, "by the right \"Tickets - Edit\" alone");
    assert_true(sandbox_version(sandbox) == version);
    assert_int_equal(sandbox_requests(sandbox), 9);
    set("comment-right", "both");
    run("T1", false);
    expect("osooooouoo", true);
}

/* Each right missing in turn: its line says so, names it, and where to tick it. */
static void each_right_missing(void **state)
{
    static const char *const switches[] = {"yes", "no", "me-only"};
    const uint64_t version = sandbox_version(sandbox);

    (void)state;
    for (size_t way = 0; way < 6; way++) {
        const bool both = way >= 3;
        set("seven-rights-me", switches[way % 3]);
        set("comment-right", both ? "both" : "edit");
        for (size_t missing = 0; missing < syncro_kind.right_count; missing++) {
            char names[512] = "", lines[STEPS + 1] = "osooooouoo";
            for (size_t i = 0; i < syncro_kind.right_count; i++)
                if (i != missing)
                    snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s,",
                             syncro_kind.rights[i].name);
            rights(names);
            const size_t step = LIST + missing;
            lines[step] = 'f';
            if (step != VIEW && (step == LIST || way % 3 == 1)) /* whose tickets are they? */
                lines[VIEW] = 'u';
            if (step == COMMENT && !both)
                lines[COMMENT] = 'u'; /* this account does not ask for it */
            run("T1", false);
            sim_env_run(sim, 60000);
            expect(lines, step == COMMENT && !both);
            if (lines[step] == 'f') {
                expect_text(step, syncro_kind.rights[missing].name);
                expect_text(step, "Custom Permissions");
            }
            if (step == EDIT)
                expect_text(COMMENT, "while \"Tickets - Edit\" is missing");
        }
    }
    assert_true(sandbox_version(sandbox) == version);
}

static void a_token_that_is_not_let_in(void **state)
{
    static const char *const bodies[] = {"json", "html", "empty"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        set("bad-token-body", bodies[i]);
        run("T2", false);
        expect("osfsssssss", false);
        expect_text(TOKEN, "Copy it again");
        sim_env_run(sim, 60000);
    }
    assert_int_equal(sandbox_set_token(sandbox, "T1", NULL, false, NULL), 0);
    run("T1", true);
    expect("osfsssssss", false);
    expect_text(TOKEN, "before, and does not now");
}

/* /me that is closed to it does not make a token bad; one that has no right at all is as good as
 * none. */
static void a_closed_me(void **state)
{
    (void)state;
    set("seven-rights-me", "no");
    run("T1", false);
    /* Whose the tickets are is not known, and for one's own a smaller right is enough. */
    expect("osoouoouoo", true);
    rights("");
    run("T1", false);
    expect("osfsssssss", false);
    set("seven-rights-me", "yes");
    run("T1", false);
    expect("osoffffuff", false);
}

static void a_wrong_subdomain(void **state)
{
    static const struct {
        const char *value, *lines, *words;
        size_t step;
    } cases[] = {{"404", "fsssssssss", "(404)", HOST},
                 {"redirect", "fsssssssss", "sends us elsewhere (302)", HOST},
                 {"html", "fsssssssss", "A web page came", HOST},
                 {"401", "osfsssssss", "another account", TOKEN}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        set("unknown-subdomain", cases[i].value);
        run("T1", false);
        expect(cases[i].lines, false);
        expect_text(cases[i].step, cases[i].words);
        expect_text(cases[i].step, cases[i].step == HOST ? "subdomain" : "API key");
    }
}

static void troubles_of_the_way(void **state)
{
    (void)state;
    fault(NULL, "/me", SANDBOX_STATUS, 429, false);
    run("T1", false);
    expect("osfsssssss", false);
    expect_text(TOKEN, "429");
    fault(NULL, "/me", SANDBOX_STATUS, 503, false);
    run("T1", false);
    expect("osfsssssss", false);
    expect_text(TOKEN, "trouble of its own (503)");
    fault(NULL, "/me", SANDBOX_DELAY, 0, false);
    run("T1", false);
    expect("fsssssssss", false);
    expect_text(HOST, "within 10 seconds");
    fault(NULL, "/me", SANDBOX_RESET_BEFORE, 0, false);
    run("T1", false);
    expect("fsssssssss", false);
    expect_text(HOST, "broke");
    fault(NULL, "/me", SANDBOX_CONTENT_TYPE, 0, false);
    run("T1", false);
    expect("fsssssssss", false);
    expect_text(HOST, "A web page came");
    /* In the middle: what comes after is not tried. */
    fault("GET", "/customers", SANDBOX_STATUS, 429, false);
    run("T1", false);
    expect("osooooou"
           "fs",
           false);
    expect_text(CUSTOMERS, "Wait a minute");
    expect_text(CUSTOMER, "line above");
    sim_env_run(sim, 60000);
    fault("PUT", NULL, SANDBOX_STATUS, 400, false);
    run("T1", false);
    expect("osoooouuoo", true);
}

/* Results that the network client tells apart, one by one. */
static enum http_result result;

struct http_call {
    struct env_timer *timer;
    http_done_fn *done;
    void *arg;
};

static struct http_call one;

static void on_timer(void *arg)
{
    static const char body[] =
        "{\"user_id\":7,\"tickets\":[{\"id\":5,\"user_id\":null}],\"ticket\":{\"id\":55,"
        "\"number\":1055},\"comment\":{\"id\":3,\"ticket_id\":55},\"customers\":[{\"id\":8}],"
        "\"customer\":{\"id\":8}}";
    const bool answered = result == HTTP_ANSWERED;
    const struct http_answer a = {result,
                                  answered ? 200 : 0,
                                  answered ? "application/json" : "",
                                  -1,
                                  answered ? body : "",
                                  answered ? strlen(body) : 0,
                                  answered ? "" : "the network's words",
                                  0};

    (void)arg;
    one.done(&a, one.arg);
}

static struct http_call *start(struct http_client *client, const struct http_request *r,
                               http_done_fn *done, void *arg)
{
    (void)client;
    assert_true(r->public_only);
    assert_true(str_has_prefix(r->url, "https://demo.syncromsp.com/api/v1/"));
    one = (struct http_call){env_timer_start(sim_env_env(sim), 5, on_timer, NULL), done, arg};
    return &one;
}

static void cancel(struct http_client *client, struct http_call *c)
{
    (void)client;
    env_timer_cancel(sim_env_env(sim), &c->timer);
}

static void run_with_client(enum http_result with)
{
    static const struct http_client_ops ops = {start, cancel};
    static struct http_client client = {&ops};
    const struct psa_settings settings = {.env = sim_env_env(sim),
                                          .http = &client,
                                          .gate = gate,
                                          .account = "demo",
                                          .status = "",
                                          .priority = "",
                                          .problem_type = ""};

    begin("T1", false);
    psa_cancel(connector, &call);
    connector->ops->free(connector);
    connector = syncro_new(&settings, secret_new("T1", 2));
    result = with;
    call = connector->ops->check(connector, false, on_step, on_done, NULL);
    sim_env_run(sim, 200);
    assert_true(is_done);
}

static void results_of_the_client(void **state)
{
    static const struct {
        enum http_result result;
        const char *lines, *words;
        size_t step;
    } cases[] = {
        {HTTP_NO_NAME, "fsssssssss", "There is no https://demo.syncromsp.com", HOST},
        {HTTP_NOT_PUBLIC, "fsssssssss", "inside a private network", HOST},
        {HTTP_NOT_CONNECTED, "fsssssssss", "cannot be reached (the network's words)", HOST},
        {HTTP_CONNECT_SLOW, "fsssssssss", "within 10 seconds", HOST},
        {HTTP_TIMED_OUT, "fsssssssss", "within 10 seconds", HOST},
        {HTTP_BROKEN, "fsssssssss", "broke (the network's words)", HOST},
        {HTTP_TOO_LARGE, "fsssssssss", "(too long)", HOST},
        {HTTP_TLS_FAILED, "ofssssssss", "no safe connection", TLS},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        run_with_client(cases[i].result);
        expect(cases[i].lines, false);
        expect_text(cases[i].step, cases[i].words);
    }
}

/* A right that was not looked at before the record proves nothing. */
static void a_record_before_the_right(void **state)
{
    (void)state;
    rights("all");
    run("T1", false);
    expect("osoooouuoo", true);
    expect_text(EDIT, "looked for the ticket before");
    expect_text(COMMENT, "looked for the ticket before");
    set("record-first", "yes");
    rights("seven");
    run("T1", false);
    expect("osoooouuoo", true);
    rights("Tickets - List/Search,Tickets - View Details,Tickets - Create,"
           "Customers - List/Search,Customers - View Detail");
    sim_env_run(sim, 60000);
    run("T1", false);
    expect("osoooouuoo", true); /* both are missing, and no answer tells */
}

/* What should have been refused was done: that is said aloud, with the ticket's number. */
static void a_probe_that_has_an_effect(void **state)
{
    (void)state;
    run_with_client(HTTP_ANSWERED);
    expect("oooooff"
           "foo",
           false);
    expect_text(CREATE, "ticket 1055");
    expect_text(EDIT, "ticket 1055");
    expect_text(COMMENT, "ticket 1055");
}

static void it_can_be_cancelled_at_any_moment(void **state)
{
    (void)state;
    for (int ms = 0; ms < 1200; ms += 20) {
        begin("T1", false);
        sim_env_run(sim, ms);
        const bool was_done = is_done;
        if (!was_done)
            psa_cancel(connector, &call);
        sim_env_run(sim, 60000);
        assert_int_equal(is_done, was_done);
        connector->ops->free(connector); /* asserts that nothing is under way */
        connector = NULL;
    }
}

/* Permits that do not come end the test within a minute. */
static void without_budget(void **state)
{
    struct budget_permit permit;

    (void)state;
    for (int i = 0; i < 200; i++) {
        if (!gate_take(gate, BUDGET_INTERACTIVE, &permit))
            sim_env_run(sim, 50);
    }
    begin("T1", false);
    sim_env_run(sim, 61000);
    assert_true(is_done);
    expect("fsssssssss", false);
    expect_text(HOST, "limit of requests");
}

/* ---- what an administrator types ---- */

static void understands(void **state)
{
    static const struct {
        const char *typed, *account;
    } good_ones[] = {{"acme", "acme"},
                     {"  ACME ", "acme"},
                     {"acme.syncromsp.com", "acme"},
                     {"https://Acme.SyncroMSP.com/tickets/5?x=1#y", "acme"},
                     {"http://acme.syncromsp.com/", "acme"},
                     {"a-1", "a-1"},
                     {"xn--bcher-kva", "xn--bcher-kva"},
                     {"acme.syncromsp.com?x", "acme"}};
    static const struct {
        const char *typed, *why;
    } bad_ones[] = {{"", "is missing"},
                    {" \t", "is missing"},
                    {"syncromsp.com", "is missing"},
                    {"https://syncromsp.com/", "is missing"},
                    {"acme.example.com", "another host"},
                    {"https://acme", "another host"},
                    {"acme/tickets", "another host"},
                    {"acme.syncromsp.com.evil.example", "another host"},
                    {"https://evil.example/.syncromsp.com", "another host"},
                    {"acme.syncromsp.com.", "another host"},
                    {"127.0.0.1", "another host"},
                    {"my_company", "underscore"},
                    {"acme corp", "letters a to z"},
                    {"evil.example\\.syncromsp.com", "only one name"},
                    {"acm\xc3\xa9", "letters a to z"},
                    {"-acme", "hyphen"},
                    {"acme-.syncromsp.com", "hyphen"},
                    {"acme.shield.syncromsp.com", "only one name"},
                    {"https://u:p@acme.syncromsp.com", "user name"},
                    {"acme@evil.example", "user name"},
                    {"acme.syncromsp.com:443", "port"},
                    {"ftp://acme.syncromsp.com", "no web address"},
                    {"javascript:alert(1)", "port"},
                    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "63"}};
    struct psa_account account;
    struct err err;
    char long_one[2000];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good_ones); i++) {
        if (syncro_understand(good_ones[i].typed, &account, &err) != 0)
            fail_msg("%s: %s", good_ones[i].typed, err.text);
        assert_string_equal(account.account, good_ones[i].account);
    }
    for (size_t i = 0; i < COUNT_OF(bad_ones); i++) {
        err.text[0] = '\0';
        if (syncro_understand(bad_ones[i].typed, &account, &err) == 0)
            fail_msg("%s is %s", bad_ones[i].typed, account.origin);
        if (strstr(err.text, bad_ones[i].why) == NULL)
            fail_msg("%s: %s", bad_ones[i].typed, err.text);
    }
    memset(long_one, 'a', sizeof(long_one) - 1);
    long_one[sizeof(long_one) - 1] = '\0';
    assert_int_equal(syncro_understand(long_one, &account, &err), -1);
    assert_non_null(strstr(err.text, "too long"));
}

/* The connector itself takes nothing that is not clean. */
static void makes_none_for_a_stranger(void **state)
{
    static const char *const accounts[] = {"",    "Acme",   "acme.syncromsp.com",
                                           "a_b", "acme/x", "evil.example#"};
    struct secret *token = secret_new("T1", 2);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(accounts); i++) {
        const struct psa_settings settings = {.account = accounts[i]};
        assert_null(syncro_new(&settings, token));
    }
    secret_free(token);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(seven_rights),
        TEST(each_right_missing),
        TEST(a_token_that_is_not_let_in),
        TEST(a_closed_me),
        TEST(a_wrong_subdomain),
        TEST(troubles_of_the_way),
        TEST(results_of_the_client),
        TEST(a_record_before_the_right),
        TEST(a_probe_that_has_an_effect),
        TEST(it_can_be_cancelled_at_any_moment),
        TEST(without_budget),
        cmocka_unit_test(understands),
        cmocka_unit_test(makes_none_for_a_stranger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
