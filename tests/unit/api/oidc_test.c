/* Signing in on simulated time: what is read when, what is kept how long, what is bounded. What the
 * provider's tokens must say is in tests/oidc. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/oidc_private.h"
#include "base/log.h"
#include "base/str.h"
#include "sim/sim_env.h"

#define ISSUER "https://id.example/realm"
#define MINUTE (60 * 1000)
#define METADATA                                                                                   \
    "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"https://id.example/go?a=b\","         \
    "\"token_endpoint\":\"https://id.example/token\",\"jwks_uri\":\"https://id.example/keys\"}"
#define KEYS                                                                                       \
    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","                                  \
    "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","                                       \
    "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}"
/* {"alg":"ES256","kid":"2"}, a key that is not there. */
#define TOKENS                                                                                     \
    "{\"id_token\":\"eyJhbGciOiJFUzI1NiIsImtpZCI6IjIifQ.e30."                                      \
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"

/* --- the provider --- */

struct http_call {
    char url[OIDC_TEXT_MAX + 64];
    http_done_fn *done;
    void *arg;
    struct env_timer *timer;
};

static struct {
    struct sim_env *sim;
    struct oidc *oidc;
    bool is_down, is_silent;
    int discovery, keys, token; /* asked so often */
    int open;                   /* requests without an answer */
} w;

static void on_answer(void *arg)
{
    struct http_call *c = arg;
    struct http_answer a = {HTTP_ANSWERED, 200, "application/json", -1, "", 0, "", 0};

    if (w.is_down)
        a = (struct http_answer){HTTP_NOT_CONNECTED, 0, "", -1, "", 0, "connection refused", 0};
    else if (strstr(c->url, "/.well-known/") != NULL)
        a.body = METADATA;
    else if (strstr(c->url, "/keys") != NULL)
        a.body = KEYS;
    else
        a.body = TOKENS;
    a.body_len = strlen(a.body);
    w.open--;
    c->done(&a, c->arg);
    free(c);
}

static struct http_call *start(struct http_client *client, const struct http_request *r,
                               http_done_fn *done, void *arg)
{
    struct http_call *c = calloc(1, sizeof(*c));

    (void)client;
    *c = (struct http_call){.done = done, .arg = arg};
    assert_int_equal(str_copy(c->url, sizeof(c->url), r->url), 0);
    w.discovery += str_equal(r->url, ISSUER "/.well-known/openid-configuration");
    w.keys += str_equal(r->url, "https://id.example/keys");
    w.token += str_equal(r->url, "https://id.example/token");
    w.open++;
    if (!w.is_silent)
        c->timer = env_timer_start(sim_env_env(w.sim), 50, on_answer, c);
    return c;
}

static void cancel(struct http_client *client, struct http_call *c)
{
    (void)client;
    w.open--;
    env_timer_cancel(sim_env_env(w.sim), &c->timer);
    free(c);
}

/* --- the browser --- */

static const struct oidc_browser nobody; /* without a cookie */

struct told {
    int calls;
    enum oidc_outcome outcome;
    char detail[512], url[OIDC_URL_SIZE], cookie[OIDC_COOKIE_LEN + 1];
};

static void on_done(const struct oidc_answer *a, void *arg)
{
    struct told *t = arg;

    t->calls++;
    t->outcome = a->outcome;
    assert_int_equal(str_copy(t->detail, sizeof(t->detail), a->detail), 0);
    assert_int_equal(str_copy(t->url, sizeof(t->url), a->url), 0);
    assert_int_equal(str_copy(t->cookie, sizeof(t->cookie), a->cookie), 0);
    assert_true((a->outcome == OIDC_OK) == (a->sentence[0] == '\0'));
}

static struct told begin(const char *cookie)
{
    struct told t = {0};

    oidc_begin(w.oidc, &(struct oidc_browser){.cookie = cookie}, on_done, &t);
    assert_int_equal(t.calls, 0);
    sim_env_run(w.sim, 1000);
    assert_int_equal(t.calls, 1);
    return t;
}

/* What the browser is sent back with after this begin. */
static void back_of(const struct told *t, char query[128])
{
    const char *state = strstr(t->url, "&state=");

    assert_non_null(state);
    snprintf(query, 128, "code=abc%%2F&%.*s", (int)strlen("state=") + OIDC_COOKIE_LEN, state + 1);
}

static struct told finish(const struct told *begun, const char *cookie)
{
    struct told t = {0};
    char query[128];

    back_of(begun, query);
    oidc_finish(w.oidc, query, &(struct oidc_browser){.cookie = cookie}, on_done, &t);
    assert_int_equal(t.calls, 0);
    sim_env_run(w.sim, 1000);
    assert_int_equal(t.calls, 1);
    return t;
}

static void make_oidc(const char *issuer, const char *origin)
{
    static const struct http_client_ops ops = {start, cancel};
    static struct http_client client = {&ops};

    w.oidc = oidc_new(&(struct oidc_settings){.env = sim_env_env(w.sim),
                                              .http = &client,
                                              .issuer = issuer,
                                              .origin = origin,
                                              .client_id = "a b"},
                      NULL);
}

static void tear_down_oidc(void)
{
    oidc_free(w.oidc);
    assert_int_equal(w.open, 0);
}

static int set_up(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR);
    memset(&w, 0, sizeof(w));
    w.sim = sim_env_new(1);
    make_oidc(ISSUER, "https://chat.example");
    return w.oidc == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    tear_down_oidc();
    sim_env_free(w.sim);
    return 0;
}

/* --- tests --- */

static void sends_off(void **state)
{
    const struct told t = begin(NULL);

    (void)state;
    assert_int_equal(t.outcome, OIDC_OK);
    assert_true(str_has_prefix(t.url, "https://id.example/go?a=b&response_type=code&"));
    assert_non_null(strstr(t.url, "&client_id=a%20b&"));
    assert_non_null(strstr(t.url, "&redirect_uri=https%3A%2F%2Fchat.example%2Fv1%2Foidc%2Fcall"));
    const struct told kept = begin(t.cookie);
    assert_string_equal(kept.cookie, t.cookie);
    const struct told fresh = begin("not a cookie");
    assert_int_equal(strlen(fresh.cookie), OIDC_COOKIE_LEN);
    assert_string_not_equal(fresh.cookie, t.cookie);
    assert_int_equal(w.discovery, 1);
}

static void reads_discovery_each_hour(void **state)
{
    (void)state;
    begin(NULL);
    sim_env_run(w.sim, 59 * MINUTE);
    begin(NULL);
    assert_int_equal(w.discovery, 1);
    sim_env_run(w.sim, MINUTE);
    begin(NULL);
    assert_int_equal(w.discovery, 2);
    /* While the provider is down what was read is used on, for a day. */
    w.is_down = true;
    sim_env_run(w.sim, 23 * 60 * MINUTE);
    assert_int_equal(begin(NULL).outcome, OIDC_OK);
    assert_int_equal(w.discovery, 3);
    sim_env_run(w.sim, 60 * MINUTE);
    const struct told t = begin(NULL);
    assert_int_equal(t.outcome, OIDC_TROUBLE);
    assert_non_null(strstr(t.detail, "connection refused"));
}

static void backs_off(void **state)
{
    int64_t waited = 0;

    (void)state;
    w.is_down = true;
    for (int i = 0; i < 8; i++) {
        const int before = w.discovery;

        for (waited = 0; w.discovery == before; waited++)
            assert_int_equal(begin(NULL).outcome, OIDC_TROUBLE);
        assert_true(waited <= 61);
    }
    assert_true(waited >= 59);
    sim_env_run(w.sim, MINUTE);
    w.is_down = false;
    assert_int_equal(begin(NULL).outcome, OIDC_OK);
    /* One failure later it is tried again soon. */
    sim_env_run(w.sim, 24 * 60 * MINUTE);
    w.is_down = true;
    begin(NULL);
    w.is_down = false;
    sim_env_run(w.sim, 2000);
    assert_int_equal(begin(NULL).outcome, OIDC_OK);
}

static void asks_once_for_many(void **state)
{
    struct told t[5] = {0};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(t); i++)
        oidc_begin(w.oidc, &nobody, on_done, &t[i]);
    sim_env_run(w.sim, 1000);
    for (size_t i = 0; i < COUNT_OF(t); i++)
        assert_int_equal(t[i].calls == 1 && t[i].outcome == OIDC_OK, true);
    assert_int_equal(w.discovery, 1);
}

static void takes_ten_minutes(void **state)
{
    struct told begun = begin(NULL);

    (void)state;
    sim_env_run(w.sim, OIDC_FLIGHT_MS - 5000);
    assert_int_equal(finish(&begun, begun.cookie).outcome, OIDC_TROUBLE); /* of the token */
    assert_int_equal(w.token, 1);
    begun = begin(NULL);
    sim_env_run(w.sim, OIDC_FLIGHT_MS);
    assert_int_equal(finish(&begun, begun.cookie).outcome, OIDC_AGAIN);
    assert_int_equal(w.token, 1);
}

static void takes_one_browser_once(void **state)
{
    struct told begun = begin(NULL);

    (void)state;
    assert_int_equal(finish(&begun, NULL).outcome, OIDC_AGAIN);
    assert_int_equal(finish(&begun, begun.cookie).outcome, OIDC_AGAIN); /* used up */
    const struct told mine = begin(NULL), theirs = begin(NULL);
    assert_int_equal(finish(&theirs, mine.cookie).outcome, OIDC_AGAIN);
    assert_int_equal(w.token, 0);
    assert_int_equal(finish(&mine, mine.cookie).outcome, OIDC_TROUBLE);
    assert_int_equal(finish(&mine, mine.cookie).outcome, OIDC_AGAIN);
    assert_int_equal(w.token, 1);
}

static void reads_keys_again_but_not_often(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        const struct told begun = begin(NULL), t = finish(&begun, begun.cookie);

        assert_int_equal(t.outcome, OIDC_TROUBLE);
        assert_non_null(strstr(t.detail, "does not publish"));
    }
    assert_int_equal(w.keys, 1);
    sim_env_run(w.sim, 30000);
    for (int i = 0; i < 5; i++) {
        const struct told begun = begin(NULL);

        finish(&begun, begun.cookie);
    }
    assert_int_equal(w.keys, 2);
}

static void bounds_what_is_begun(void **state)
{
    const struct told first = begin(NULL), second = begin(NULL);

    (void)state;
    struct told many = {0}, t[2] = {0};
    char query[128];

    for (int i = 0; i < OIDC_FLIGHTS_MAX - 1; i++) {
        oidc_begin(w.oidc, &nobody, on_done, &many);
        sim_env_run(w.sim, 1);
    }
    assert_int_equal(many.calls, OIDC_FLIGHTS_MAX - 1);
    w.is_silent = true; /* what gets to the provider hangs */
    back_of(&first, query);
    oidc_finish(w.oidc, query, &(struct oidc_browser){.cookie = first.cookie}, on_done, &t[0]);
    back_of(&second, query);
    oidc_finish(w.oidc, query, &(struct oidc_browser){.cookie = second.cookie}, on_done, &t[1]);
    sim_env_run(w.sim, 1000);
    assert_int_equal(t[0].calls, 1);
    assert_int_equal(t[0].outcome, OIDC_AGAIN);
    assert_int_equal(t[1].calls, 0);
}

static void bounds_what_waits(void **state)
{
    struct told t[OIDC_CALLS_MAX + 1] = {0};
    struct oidc_call *calls[OIDC_CALLS_MAX + 1];

    (void)state;
    w.is_silent = true;
    for (size_t i = 0; i < COUNT_OF(t); i++)
        calls[i] = oidc_begin(w.oidc, &nobody, on_done, &t[i]);
    sim_env_run(w.sim, 1000);
    for (size_t i = 0; i < OIDC_CALLS_MAX; i++)
        assert_int_equal(t[i].calls, 0);
    assert_int_equal(t[OIDC_CALLS_MAX].outcome, OIDC_BUSY);
    oidc_cancel(&calls[0]);
    assert_null(calls[0]);
    oidc_cancel(&calls[0]);
    struct told last = {0};
    oidc_begin(w.oidc, &nobody, on_done, &last);
    sim_env_run(w.sim, 1000);
    assert_int_equal(last.calls, 0); /* waits, as there is room */
}

static void refuses_settings(void **state)
{
    static const struct {
        const char *issuer, *origin, *client, *names;
    } wrong[] = {
        {"", "https://chat.example", "c", "oidc_issuer"},
        {"id.example", "https://chat.example", "c", "oidc_issuer"},
        {"http://id.example", "https://chat.example", "c", "oidc_issuer"},
        {"http://127.0.0.1.example", "https://chat.example", "c", "oidc_issuer"},
        {"http://127.0.0.1@id.example", "https://chat.example", "c", "oidc_issuer"},
        {"https://me@id.example", "https://chat.example", "c", "oidc_issuer"},
        {"https://id.example/?a", "https://chat.example", "c", "oidc_issuer"},
        {"https://id.example/#a", "https://chat.example", "c", "oidc_issuer"},
        {"https://id.example:0", "https://chat.example", "c", "oidc_issuer"},
        {"https://", "https://chat.example", "c", "oidc_issuer"},
        {"https://id.example", "", "c", "url: "},
        {"https://id.example", "http://chat.example", "c", "url: "},
        {"https://id.example", "https://chat.example/desk", "c", "url: "},
        {"https://id.example", "https://chat.example:70000", "c", "url: "},
        {"https://id.example", "https://chat.example", "", "oidc_client_id"},
    };
    static const char *const right[] = {"https://id.example",      "https://id.example:8443/a/b/",
                                        "https://[2001:db8::1]/x", "http://127.0.0.1:80",
                                        "http://[::1]:80/x",       "http://localhost"};

    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct err err = {""};
        const struct oidc_settings set = {.env = sim_env_env(w.sim),
                                          .issuer = wrong[i].issuer,
                                          .origin = wrong[i].origin,
                                          .client_id = wrong[i].client};
        struct oidc *o = oidc_new(&set, &err);

        if (o != NULL || strstr(err.text, wrong[i].names) == NULL)
            fail_msg("%zu: %s", i, err.text);
    }
    for (size_t i = 0; i < COUNT_OF(right); i++) {
        tear_down_oidc();
        make_oidc(right[i], "http://localhost:8080");
        assert_non_null(w.oidc);
    }
    (void)state;
}

/* Without the setting url: only for a browser on this machine. */
static void knows_its_own_address(void **state)
{
    static const struct {
        const char *host, *redirect;
    } cases[] = {
        {"127.0.0.1:8080", "&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fv1%2Foidc%2Fcallback&"},
        {"localhost", "&redirect_uri=http%3A%2F%2Flocalhost%2Fv1%2Foidc%2Fcallback&"},
        {"chat.example", NULL},
        {"localhost.example", NULL},
        {"127.0.0.1:80/x", NULL},
        {"", NULL},
        {NULL, NULL},
    };

    (void)state;
    tear_down_oidc();
    make_oidc(ISSUER, NULL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct told t = {0};

        oidc_begin(w.oidc, &(struct oidc_browser){.host = cases[i].host}, on_done, &t);
        sim_env_run(w.sim, 1000);
        assert_int_equal(t.outcome, cases[i].redirect != NULL ? OIDC_OK : OIDC_TROUBLE);
        if (cases[i].redirect != NULL)
            assert_non_null(strstr(t.url, cases[i].redirect));
    }
}

static void reads_what_comes_back(void **state)
{
    static const char *const wrong[] = {
        "state=a&state=b", "code=%",       "code=%4",         "code=%zz",           "code=%00",
        "code=%0a",        "code=\x80",    "code=%C3%BC",     "error=%3Cscript%3E", "error=a%20b",
        "iss=%7F",         "error=Access", "error=a&error=b",
    };
    struct oidc_back back;
    char *much = calloc(1, OIDC_CODE_MAX + 10);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (oidc_read_back(wrong[i], &back) == 0)
            fail_msg("%s", wrong[i]);
    assert_int_equal(oidc_read_back("", &back), 0);
    assert_int_equal(oidc_read_back("&&x=%zz&code=a%2Fb+c&codes=1&state=s&iss=", &back), 0);
    assert_string_equal(back.code, "a/b c");
    assert_string_equal(back.state, "s");
    assert_string_equal(back.iss, "");
    assert_int_equal(oidc_read_back("error=access_denied", &back), 0);
    assert_string_equal(back.error, "access_denied");
    memset(much, 'x', OIDC_CODE_MAX + 5);
    memcpy(much, "code=", 5);
    assert_int_equal(oidc_read_back(much, &back), 0);
    assert_int_equal(strlen(back.code), OIDC_CODE_MAX);
    much[OIDC_CODE_MAX + 5] = 'x';
    assert_int_equal(oidc_read_back(much, &back), -1);
    free(much);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(sends_off),
        FRESH(reads_discovery_each_hour),
        FRESH(backs_off),
        FRESH(asks_once_for_many),
        FRESH(takes_ten_minutes),
        FRESH(takes_one_browser_once),
        FRESH(reads_keys_again_but_not_often),
        FRESH(bounds_what_is_begun),
        FRESH(bounds_what_waits),
        FRESH(refuses_settings),
        FRESH(knows_its_own_address),
        cmocka_unit_test(reads_what_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
