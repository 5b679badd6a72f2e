#include "sim/sim_net.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct http_call {
    struct sim_net *net;
    struct http_call *next; /* of those under way */
    http_done_fn *done;     /* NULL: nobody waits */
    void *arg;
    char method[8], *path, *query, *authorization, *type, *body;
    size_t body_len, body_max;
    struct env_timer *timer;   /* the next step of the travel */
    struct env_timer *timeout; /* while somebody waits */
    bool has_arrived, is_held;
    enum http_result lost; /* HTTP_ANSWERED: not lost */
    struct sandbox_response response;
};

struct sim_net {
    struct http_client client; /* first */
    struct sim_env *sim;
    struct env *env;
    struct sandbox *sandbox;
    struct http_call *calls;
    int64_t slowest_ms;
    unsigned lost;
    enum sim_net_break broken;
};

static char *copy(const char *text, size_t len)
{
    char *to = malloc(len + 1);

    if (to == NULL)
        abort();
    if (len > 0)
        memcpy(to, text, len);
    to[len] = '\0';
    return to;
}

static void call_free(struct http_call *c)
{
    struct http_call **at = &c->net->calls;

    while (*at != c)
        at = &(*at)->next;
    *at = c->next;
    env_timer_cancel(c->net->env, &c->timer);
    env_timer_cancel(c->net->env, &c->timeout);
    sandbox_response_free(&c->response);
    free(c->path);
    free(c->query);
    free(c->authorization);
    free(c->type);
    free(c->body);
    free(c);
}

static void tell(struct http_call *c, const struct http_answer *answer)
{
    http_done_fn *done = c->done;

    c->done = NULL;
    env_timer_cancel(c->net->env, &c->timeout);
    if (done != NULL)
        done(answer, c->arg);
}

static int64_t way_ms(struct sim_net *n)
{
    return 1 + (int64_t)sim_env_pick(n->sim, (uint64_t)n->slowest_ms);
}

static void on_back(void *arg)
{
    struct http_call *c = arg;
    const struct sandbox_response *r = &c->response;
    struct http_answer a = {HTTP_ANSWERED,
                            r->status,
                            r->content_type,
                            -1,
                            r->body.ptr,
                            r->body.len,
                            "",
                            sim_env_true_ms(c->net->sim)};
    char type[64] = "";

    c->timer = NULL;
    if (r->content_type != NULL)
        snprintf(type, sizeof(type), "%.*s", (int)strcspn(r->content_type, ";"), r->content_type);
    a.content_type = type;
    if (a.body == NULL)
        a.body = "";
    if (c->lost != HTTP_ANSWERED || r->reset_before || r->reset_after)
        a = (struct http_answer){
            c->lost != HTTP_ANSWERED ? c->lost : HTTP_BROKEN, 0, "", -1, "", 0, "reset", 0};
    else if (r->body.len > c->body_max)
        a = (struct http_answer){HTTP_TOO_LARGE, r->status, "", -1, "", 0, "too large", 0};
    tell(c, &a);
    call_free(c);
}

static void ask(struct http_call *c)
{
    const struct sandbox_request q = {.method = c->method,
                                      .path = c->path,
                                      .query = c->query,
                                      .authorization = c->authorization,
                                      .content_type = c->type,
                                      .body = c->body,
                                      .len = c->body_len,
                                      .now_ms = sim_env_true_ms(c->net->sim),
                                      .held = c->is_held};

    sandbox_response_free(&c->response);
    sandbox_handle(c->net->sandbox, &q, &c->response);
}

static void answer_with(struct http_call *c, const char *text)
{
    sandbox_response_free(&c->response);
    c->response = (struct sandbox_response){.status = 200, .content_type = "application/json"};
    buf_init(&c->response.body, 1024);
    buf_str(&c->response.body, text);
}

/* True: answered without the sandbox. */
static bool goes_wrong(struct http_call *c)
{
    struct sim_net *n = c->net;
    const bool finds = strcmp(c->method, "GET") == 0 && strstr(c->path, "/tickets") != NULL;

    if (n->broken == SIM_NET_REPEATS && finds)
        for (int i = 0; i < 39; i++)
            ask(c);
    if (n->broken == SIM_NET_FORGETS && finds)
        answer_with(c, strstr(c->path, "/comments") != NULL
                           ? "{\"comments\":[]}"
                           : "{\"tickets\":[],\"meta\":{\"total_pages\":1}}");
    else if (n->broken == SIM_NET_LOSES && strcmp(c->method, "POST") == 0 &&
             strstr(c->path, "/comment") != NULL && sim_env_chance(n->sim, 10))
        answer_with(c, "{\"comment\":{\"id\":1}}");
    else
        return false;
    return true;
}

static void on_arrival(void *arg)
{
    struct http_call *c = arg;

    c->timer = NULL;
    c->has_arrived = true;
    if (!goes_wrong(c))
        ask(c);
    if (c->response.hold_ms > 0) {
        c->is_held = true;
        c->timer = env_timer_start(c->net->env, c->response.hold_ms, on_arrival, c);
        return;
    }
    c->timer = env_timer_start(c->net->env, way_ms(c->net) + c->response.delay_ms, on_back, c);
}

static void on_timeout(void *arg)
{
    struct http_call *c = arg;
    const struct http_answer a = {HTTP_TIMED_OUT, 0, "", -1, "", 0, "timed out", 0};

    c->timeout = NULL;
    tell(c, &a); /* what was sent travels on */
}

/* A connection that fails: refused, or cut before or after the request has arrived. */
static void set_out(struct http_call *c)
{
    struct sim_net *n = c->net;
    env_timer_fn *first = on_arrival;

    if (sim_env_chance(n->sim, n->lost)) {
        const uint64_t how = sim_env_pick(n->sim, 3);
        c->lost = how == 0 ? HTTP_NOT_CONNECTED : HTTP_BROKEN;
        if (how < 2)
            first = on_back;
    }
    c->timer = env_timer_start(n->env, way_ms(n), first, c);
}

static struct http_call *start(struct http_client *client, const struct http_request *r,
                               http_done_fn *done, void *arg)
{
    struct sim_net *n = (struct sim_net *)client;
    struct http_call *c = calloc(1, sizeof(*c));
    const char *path = r->url + strlen(SIM_NET_ORIGIN);
    const size_t path_len = strcspn(path, "?");

    assert(strncmp(r->url, SIM_NET_ORIGIN "/", strlen(SIM_NET_ORIGIN) + 1) == 0);
    if (c == NULL)
        abort();
    c->net = n;
    c->done = done;
    c->arg = arg;
    snprintf(c->method, sizeof(c->method), "%s", r->method);
    c->path = copy(path, path_len);
    path += path_len + (path[path_len] == '?');
    c->query = copy(path, strlen(path));
    if (r->bearer != NULL) {
        const size_t size = secret_len(r->bearer) + 8;
        c->authorization = malloc(size);
        snprintf(c->authorization, size, "Bearer %s", secret_reveal(r->bearer));
    }
    if (r->content_type != NULL)
        c->type = copy(r->content_type, strlen(r->content_type));
    c->body = copy(r->body != NULL ? r->body : "", r->body_len);
    c->body_len = r->body_len;
    c->body_max = r->body_max;
    c->next = n->calls;
    n->calls = c;
    c->timeout = env_timer_start(n->env, r->timeout_ms, on_timeout, c);
    set_out(c);
    return c;
}

/* One that has not left yet may stay here. */
static void give_up(struct http_call *c)
{
    c->done = NULL;
    env_timer_cancel(c->net->env, &c->timeout);
    if (!c->has_arrived && sim_env_chance(c->net->sim, 50))
        call_free(c);
}

static void cancel(struct http_client *client, struct http_call *c)
{
    (void)client;
    give_up(c);
}

static const struct http_client_ops ops = {start, cancel};

struct sim_net *sim_net_new(struct sim_env *sim, struct sandbox *sandbox)
{
    struct sim_net *n = calloc(1, sizeof(*n));

    if (n == NULL)
        abort();
    n->client.ops = &ops;
    n->sim = sim;
    n->env = sim_env_env(sim);
    n->sandbox = sandbox;
    sim_net_set(n, 100, 0);
    return n;
}

void sim_net_free(struct sim_net *n)
{
    if (n == NULL)
        return;
    while (n->calls != NULL)
        call_free(n->calls);
    free(n);
}

struct http_client *sim_net_client(struct sim_net *n)
{
    return &n->client;
}

void sim_net_set(struct sim_net *n, int64_t slowest_ms, unsigned lost)
{
    n->slowest_ms = slowest_ms;
    n->lost = lost;
}

void sim_net_break(struct sim_net *n, enum sim_net_break how)
{
    n->broken = how;
}

void sim_net_crash(struct sim_net *n)
{
    struct http_call *next;

    for (struct http_call *c = n->calls; c != NULL; c = next) {
        next = c->next;
        if (c->done != NULL)
            give_up(c);
    }
}
