#include "sandbox/outgoing.h"

#include <stdlib.h>

#include "net/http_client_curl.h"

#define HOOK_TIMEOUT_MS  5000
#define HOOK_PAUSE_MS    500 /* before it is sent again */
#define HOOK_ANSWER_MAX  65536
#define FETCH_TIMEOUT_MS 15000
#define CONNECT_MS       5000

struct outgoing {
    struct sandbox *sb;
    struct env *env;
    struct http_client *http;
    struct env_timer *soon;
    bool has_hook; /* one is on its way, or waits for its next try */
    struct sandbox_hook hook;
    struct env_timer *again;
    struct http_call *hook_call;
    bool has_fetch;
    struct sandbox_fetch fetch;
    struct http_call *fetch_call;
};

static void next_hook(struct outgoing *o);
static void next_fetch(struct outgoing *o);

/* --- webhooks --- */

static void send_hook(struct outgoing *o);

static void on_again(void *arg)
{
    struct outgoing *o = arg;

    o->again = NULL;
    send_hook(o);
}

static void on_hook(const struct http_answer *answer, void *arg)
{
    struct outgoing *o = arg;
    const bool arrived =
        answer->result == HTTP_ANSWERED && answer->status >= 200 && answer->status < 300;

    o->hook_call = NULL;
    if (!arrived && o->hook.retries > 0) {
        o->hook.retries--;
        o->again = env_timer_start(o->env, HOOK_PAUSE_MS, on_again, o);
        return;
    }
    sandbox_hook_done(o->sb, arrived);
    sandbox_hook_release(&o->hook);
    o->has_hook = false;
    next_hook(o);
}

static void send_hook(struct outgoing *o)
{
    const struct http_request request = {
        .method = "POST",
        .url = o->hook.url,
        .content_type = o->hook.content_type,
        .body = o->hook.body.ptr,
        .body_len = o->hook.body.len,
        .connect_timeout_ms = CONNECT_MS,
        .timeout_ms = HOOK_TIMEOUT_MS,
        .body_max = HOOK_ANSWER_MAX,
    };

    o->hook_call = http_start(o->http, &request, on_hook, o);
}

static void next_hook(struct outgoing *o)
{
    if (o->has_hook || !sandbox_hook_take(o->sb, &o->hook))
        return;
    o->has_hook = true;
    send_hook(o);
}

/* --- files --- */

/* What does not come is not there: Syncro tells nobody why. */
static void on_fetched(const struct http_answer *answer, void *arg)
{
    struct outgoing *o = arg;

    o->fetch_call = NULL;
    o->has_fetch = false;
    if (answer->result == HTTP_ANSWERED && answer->status == 200)
        sandbox_fetch_came(o->sb, &o->fetch, answer->content_type, answer->body, answer->body_len,
                           env_now_ms(o->env));
    next_fetch(o);
}

static void next_fetch(struct outgoing *o)
{
    if (o->has_fetch || !sandbox_fetch_take(o->sb, &o->fetch))
        return;
    const struct http_request request = {
        .method = "GET",
        .url = o->fetch.url,
        .connect_timeout_ms = CONNECT_MS,
        .timeout_ms = FETCH_TIMEOUT_MS,
        .body_max = SANDBOX_FILE_MAX,
    };
    o->has_fetch = true;
    o->fetch_call = http_start(o->http, &request, on_fetched, o);
}

/* --- the whole --- */

static void on_soon(void *arg)
{
    struct outgoing *o = arg;

    o->soon = NULL;
    next_hook(o);
    next_fetch(o);
}

/* Inside a call of the core: only see to it that it is looked at. */
static void on_work(void *arg)
{
    struct outgoing *o = arg;

    if (o->soon == NULL)
        o->soon = env_timer_start(o->env, 0, on_soon, o);
}

struct outgoing *outgoing_new(struct loop *loop, struct sandbox *sb, struct err *err)
{
    struct outgoing *o = calloc(1, sizeof(*o));

    if (o == NULL)
        abort();
    o->sb = sb;
    o->env = loop_env(loop);
    o->http = http_client_curl_new(loop, "Syncro", 2, err);
    if (o->http == NULL) {
        free(o);
        return NULL;
    }
    sandbox_on_work(sb, on_work, o);
    return o;
}

void outgoing_free(struct outgoing *o)
{
    if (o == NULL)
        return;
    sandbox_on_work(o->sb, NULL, NULL);
    env_timer_cancel(o->env, &o->soon);
    env_timer_cancel(o->env, &o->again);
    http_cancel(o->http, &o->hook_call);
    http_cancel(o->http, &o->fetch_call);
    if (o->has_hook)
        sandbox_hook_release(&o->hook);
    http_client_curl_free(o->http);
    free(o);
}
