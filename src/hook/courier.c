#include "hook/courier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "chat/event.h"
#include "hook/body.h"

#define LOOK_MS    1000 /* the longest that a fresh delivery waits for being seen */
#define REST_MS    5000 /* while there is no endpoint */
#define AGAIN_MS   2000 /* after the store could not */
#define CONNECT_MS 5000
#define ANSWER_MAX 65536 /* of an answer; what is longer is not read */
#define DUE_MAX    32
#define SECRET_LEN 43

/* One on its way: taken from the store, sent, and its end is written down. */
struct job {
    struct courier *c; /* NULL: free */
    int64_t n, hook, attempts;
    struct store_op *op;
    struct http_call *call;
    struct store_delivery_finish end; /* its reason is the text behind */
    char reason[160];
    struct env_timer *again; /* until that is written down once more */
};

struct courier {
    struct courier_settings set;
    struct job jobs[COURIER_AT_ONCE];
    struct store_op *beginning, *due;
    struct env_timer *timer;
    bool begun, stopped, again;
    bool is_resting; /* there is no endpoint */
};

static void look(struct courier *c);

static void on_timer(void *arg)
{
    struct courier *c = arg;

    c->timer = NULL;
    look(c);
}

static void look_in(struct courier *c, int64_t ms)
{
    env_timer_cancel(c->set.env, &c->timer);
    c->timer = env_timer_start(c->set.env, ms > 0 ? ms : 0, on_timer, c);
}

int64_t courier_wait_ms(int64_t attempts)
{
    static const int64_t seconds[] = {5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800};
    const size_t i = attempts < 1 ? 0 : (size_t)(attempts - 1);

    return 1000 * seconds[i < COUNT_OF(seconds) ? i : COUNT_OF(seconds) - 1];
}

/* ---- secrets ---- */

static void place_of(const struct id *endpoint, char place[64])
{
    char text[ID_TEXT_SIZE];

    id_format(endpoint, text);
    snprintf(place, 64, "webhook/%s", text);
}

char *courier_secret_new(const struct secret_key *k, const struct id *endpoint,
                         char shown[COURIER_SECRET_SIZE])
{
    const size_t prefix = strlen(EVENT_SECRET_PREFIX);
    struct secret *s;
    char place[64], *sealed;

    memcpy(shown, EVENT_SECRET_PREFIX, prefix);
    secret_random_text(shown + prefix, SECRET_LEN);
    place_of(endpoint, place);
    s = secret_new(shown, prefix + SECRET_LEN);
    sealed = s == NULL ? NULL : secret_seal(k, s, place);
    secret_free(s);
    if (sealed == NULL)
        abort();
    return sealed;
}

/* ---- one delivery ---- */

static void job_end(struct job *j, int64_t look_in_ms)
{
    struct courier *c = j->c;

    *j = (struct job){0};
    look_in(c, look_in_ms);
}

static void on_finished(enum store_result result, const union store_out *out, void *arg);

static void mark(void *arg)
{
    struct job *j = arg;

    j->again = NULL;
    j->op = store_delivery_finish(j->c->set.store, &j->end, on_finished, j);
}

/* Unmarked it would go out again after the next start, with the same number. */
static void on_finished(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    (void)out;
    j->op = NULL;
    if ((result != STORE_FAILED && result != STORE_BUSY) || j->c->stopped) {
        job_end(j, 0);
        return;
    }
    log_event(LOG_ERROR, "hook", "not_marked", LOG_N("delivery", j->n),
              LOG_S("result", store_result_name(result)));
    j->again = env_timer_start(j->c->set.env, AGAIN_MS, mark, j);
}

static void finish(struct job *j, bool taken, int status, const char *reason)
{
    static const char *const words[] = {"taken", "later", "given_up"};
    const int64_t now = env_now_ms(j->c->set.env);
    const enum store_delivery_outcome outcome = taken ? STORE_DELIVERY_DONE
                                                : j->attempts >= COURIER_TRIES_MAX
                                                    ? STORE_DELIVERY_GIVE_UP
                                                    : STORE_DELIVERY_RETRY;

    snprintf(j->reason, sizeof(j->reason), "%s", reason);
    j->end = (struct store_delivery_finish){.n = j->n,
                                            .outcome = outcome,
                                            .now_ms = now,
                                            .at_ms = now + courier_wait_ms(j->attempts),
                                            .status = status,
                                            .reason = j->reason};
    log_event(outcome == STORE_DELIVERY_GIVE_UP ? LOG_WARN : LOG_INFO, "hook", words[outcome],
              LOG_N("delivery", j->n), LOG_N("attempts", j->attempts), LOG_N("status", status),
              LOG_S("reason", j->reason));
    mark(j);
}

/* What the other side says is not kept: it may hold anything. */
static void on_answer(const struct http_answer *answer, void *arg)
{
    struct job *j = arg;
    char text[64];

    j->call = NULL;
    if (answer->status >= 200 && answer->status < 300) {
        finish(j, true, answer->status, "");
    } else if (answer->status >= 300 && answer->status < 400) {
        finish(j, false, answer->status, "it answered with a redirect, which is not followed");
    } else if (answer->status != 0) {
        snprintf(text, sizeof(text), "it answered %d", answer->status);
        finish(j, false, answer->status, text);
    } else if (answer->result == HTTP_TIMED_OUT) {
        finish(j, false, 0, "it did not answer in 10 seconds");
    } else {
        finish(j, false, 0, answer->trouble);
    }
}

static void send_delivery(struct job *j, const struct store_delivery_taken *taken)
{
    struct courier *c = j->c;
    const char *wrong = event_url_wrong(taken->url, c->set.may_be_private);
    char place[64], number[24], at[24], signature[SECRET_SIGNATURE_SIZE], sign[128];
    struct secret *secret;
    struct buf body;

    place_of(&taken->id, place);
    secret = secret_open(c->set.k, taken->sealed, place);
    buf_init(&body, HOOK_BODY_MAX);
    hook_body(&body, taken);
    if (wrong != NULL || secret == NULL || !buf_ok(&body)) {
        finish(j, false, 0,
               wrong != NULL    ? wrong
               : secret == NULL ? "its secret was sealed with another key: make a new one"
                                : "it is too long");
        goto out;
    }
    snprintf(number, sizeof(number), "%lld", (long long)taken->n);
    snprintf(at, sizeof(at), "%lld", (long long)(env_now_ms(c->set.env) / 1000));
    secret_sign(secret, (const char *const[]){at, ".", body.ptr}, 3, signature);
    snprintf(sign, sizeof(sign), "t=%s,v1=%s", at, signature);
    j->call = http_start(c->set.http,
                         &(struct http_request){.method = "POST",
                                                .url = taken->url,
                                                .content_type = "application/json",
                                                .body = body.ptr,
                                                .body_len = body.len,
                                                .more = {{"Parley-Event", taken->event},
                                                         {"Parley-Delivery", number},
                                                         {"Parley-Signature", sign}},
                                                .connect_timeout_ms = CONNECT_MS,
                                                .timeout_ms = COURIER_TIMEOUT_MS,
                                                .body_max = ANSWER_MAX,
                                                .public_only = !c->set.may_be_private},
                         on_answer, j);
out:
    secret_free(secret);
    buf_free(&body);
}

static void on_taken(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    j->op = NULL;
    if (result != STORE_OK || out->delivery_taken.ended || j->c->stopped) {
        job_end(j, result == STORE_OK || result == STORE_NOT_FOUND ? 0 : AGAIN_MS);
        return;
    }
    j->attempts = out->delivery_taken.attempts;
    send_delivery(j, &out->delivery_taken);
}

/* ---- what is due ---- */

/* False: as many are on their way as may be. */
static bool start(struct courier *c, int64_t n, int64_t hook)
{
    struct job *j = NULL;
    int of_hook = 0;

    for (size_t i = 0; i < COUNT_OF(c->jobs); i++) {
        if (c->jobs[i].c == NULL)
            j = &c->jobs[i];
        else if (c->jobs[i].n == n)
            return true;
        else
            of_hook += c->jobs[i].hook == hook;
    }
    if (of_hook >= STORE_HOOK_AT_ONCE)
        return true;
    if (j == NULL)
        return false;
    *j = (struct job){.c = c, .n = n, .hook = hook};
    j->op = store_delivery_take(c->set.store, n, env_now_ms(c->set.env), on_taken, j);
    return true;
}

static void on_due(enum store_result result, const union store_out *out, void *arg)
{
    struct courier *c = arg;
    const bool again = c->again;
    int64_t wait_ms;

    c->due = NULL;
    c->again = false;
    if (result != STORE_OK) {
        look_in(c, AGAIN_MS);
        return;
    }
    for (size_t i = 0;
         i < out->hook_due.count && start(c, out->hook_due.ids[i], out->hook_due.hooks[i]); i++)
        ;
    c->is_resting = !out->hook_due.any;
    wait_ms = c->is_resting ? REST_MS : LOOK_MS;
    if (out->hook_due.next_ms != 0 && out->hook_due.next_ms - env_now_ms(c->set.env) < wait_ms)
        wait_ms = out->hook_due.next_ms - env_now_ms(c->set.env);
    look_in(c, again ? 0 : wait_ms);
}

static void look(struct courier *c)
{
    if (c->stopped || !c->begun)
        return;
    if (c->due != NULL)
        c->again = true;
    else
        c->due = store_hook_due(c->set.store, env_now_ms(c->set.env), DUE_MAX, on_due, c);
}

/* ---- the whole ---- */

static void on_begun(enum store_result result, const union store_out *out, void *arg)
{
    struct courier *c = arg;

    (void)out;
    c->beginning = NULL;
    if (result != STORE_OK) {
        log_event(LOG_ERROR, "hook", "not_begun", LOG_S("result", store_result_name(result)));
        if (!c->stopped)
            c->beginning = store_hook_begin(c->set.store, on_begun, c);
        return;
    }
    c->begun = true;
    look(c);
}

struct courier *courier_new(const struct courier_settings *settings)
{
    struct courier *c = calloc(1, sizeof(*c));

    if (c == NULL)
        abort();
    c->set = *settings;
    c->beginning = store_hook_begin(c->set.store, on_begun, c);
    return c;
}

void courier_free(struct courier *c)
{
    if (c == NULL)
        return;
    store_cancel(c->set.store, &c->beginning);
    store_cancel(c->set.store, &c->due);
    for (size_t i = 0; i < COUNT_OF(c->jobs); i++) {
        store_cancel(c->set.store, &c->jobs[i].op);
        http_cancel(c->set.http, &c->jobs[i].call);
        env_timer_cancel(c->set.env, &c->jobs[i].again);
    }
    env_timer_cancel(c->set.env, &c->timer);
    free(c);
}

void courier_wake(struct courier *c)
{
    if (!c->begun || c->stopped || c->is_resting)
        return;
    if (c->due != NULL)
        c->again = true;
    else
        look_in(c, 0);
}

void courier_endpoints_changed(struct courier *c)
{
    c->is_resting = false;
    courier_wake(c);
}

void courier_stop(struct courier *c)
{
    c->stopped = true;
}

bool courier_is_idle(const struct courier *c)
{
    for (size_t i = 0; i < COUNT_OF(c->jobs); i++)
        if (c->jobs[i].c != NULL)
            return false;
    return true;
}

bool courier_may_be_private(const struct courier *c)
{
    return c->set.may_be_private;
}
