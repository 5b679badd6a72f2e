#include "sandbox/front.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/jw.h"
#include "base/str.h"
#include "sandbox/front_private.h"

#define DELAYED_MAX 4096

/* A request that is held, or an answer that is delayed, by a fault. */
struct delayed {
    struct front *front;
    struct delayed *next, **link; /* among the front's */
    struct http_exchange *x;      /* NULL: the peer has gone */
    struct env_timer *timer;
    bool held; /* the request waits; otherwise the response */
    struct sandbox_request request;
    struct sandbox_response response;
};

void front_reply_error(struct http_exchange *x, int status, const char *text)
{
    struct buf json;
    struct jw w;

    buf_init(&json, 4096);
    jw_init(&w, &json);
    jw_object(&w, NULL);
    jw_text(&w, "error", text);
    jw_object_end(&w);
    http_reply(x, status, "application/json", NULL, json.ptr, json.len);
    buf_free(&json);
}

void front_reply_json(struct http_exchange *x, struct buf *json)
{
    static const struct http_field fields[] = {{"cache-control", "no-store"}, {NULL, NULL}};

    if (buf_ok(json))
        http_reply(x, 200, "application/json", fields, json->ptr, json->len);
    else
        front_reply_error(x, 500, "the answer is too large");
    buf_free(json);
}

/* --- the API --- */

static void send_response(struct http_exchange *x, const struct sandbox_response *r)
{
    struct http_field fields[COUNT_OF(r->headers) + 2] = {{0}};
    const time_t now = (time_t)(clock_wall_ms() / 1000);
    char date[40];
    struct tm tm;

    if (r->reset_after) {
        http_abort(x);
        return;
    }
    for (size_t i = 0; i < r->header_count; i++)
        fields[i] = (struct http_field){r->headers[i].name, r->headers[i].value};
    if (strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &tm)) > 0)
        fields[r->header_count] = (struct http_field){"date", date};
    http_reply(x, r->status, r->content_type, fields, r->body.len > 0 ? r->body.ptr : "",
               r->body.len);
}

static char *copy(const char *text)
{
    char *made = text == NULL ? NULL : strdup(text);

    if (text != NULL && made == NULL)
        abort();
    return made;
}

static void request_copy(struct sandbox_request *to, const struct sandbox_request *from)
{
    char *body = malloc(from->len + 1);

    if (body == NULL)
        abort();
    if (from->len > 0)
        memcpy(body, from->body, from->len);
    *to = *from;
    to->method = copy(from->method);
    to->path = copy(from->path);
    to->query = copy(from->query);
    to->authorization = copy(from->authorization);
    to->content_type = copy(from->content_type);
    to->peer = copy(from->peer);
    to->body = body;
}

static void request_free(struct sandbox_request *q)
{
    const char *const texts[] = {q->method,       q->path, q->query, q->authorization,
                                 q->content_type, q->peer, q->body};

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        free((void *)(uintptr_t)texts[i]);
}

static void delayed_free(struct delayed *d)
{
    env_timer_cancel(d->front->env, &d->timer);
    *d->link = d->next;
    if (d->next != NULL)
        d->next->link = d->link;
    d->front->delayed_count--;
    request_free(&d->request);
    sandbox_response_free(&d->response);
    free(d);
}

/* An effect that is still to come comes all the same; only an answer is not needed any more. */
static void on_gone(void *arg)
{
    struct delayed *d = arg;

    d->x = NULL;
    if (!d->held)
        delayed_free(d);
}

static void on_time(void *arg)
{
    struct delayed *d = arg;

    d->timer = NULL;
    if (d->held) {
        d->request.held = true;
        d->request.now_ms = env_now_ms(d->front->env);
        sandbox_handle(d->front->sb, &d->request, &d->response);
    }
    if (d->x != NULL)
        send_response(d->x, &d->response);
    delayed_free(d);
}

/* Keep the request or (when it is not held) the response until its time; takes the response. */
static void delay(struct front *f, struct http_exchange *x, const struct sandbox_request *q,
                  struct sandbox_response *r)
{
    struct delayed *d = f->delayed_count < DELAYED_MAX ? calloc(1, sizeof(*d)) : NULL;
    const bool held = r->hold_ms > 0;

    if (d == NULL) {
        sandbox_response_free(r);
        http_abort(x);
        return;
    }
    d->front = f;
    d->x = x;
    d->held = held;
    d->response = *r;
    if (held)
        request_copy(&d->request, q);
    d->next = f->delayed;
    d->link = &f->delayed;
    if (d->next != NULL)
        d->next->link = &d->next;
    f->delayed = d;
    f->delayed_count++;
    http_on_gone(x, on_gone, d);
    d->timer = env_timer_start(f->env, held ? r->hold_ms : r->delay_ms, on_time, d);
}

static void answer_api(struct front *f, struct http_exchange *x)
{
    struct sandbox_response r;
    struct sandbox_request q = {
        .method = http_method(x),
        .path = http_path(x),
        .query = http_query(x),
        .authorization = http_header(x, "authorization"),
        .content_type = http_header(x, "content-type"),
        .peer = http_peer(x),
        .now_ms = env_now_ms(f->env),
    };
    q.body = http_body(x, &q.len);

    sandbox_handle(f->sb, &q, &r);
    if (r.hold_ms > 0 || r.delay_ms > 0) {
        delay(f, x, &q, &r);
        return;
    }
    if (r.reset_before)
        http_abort(x);
    else
        send_response(x, &r);
    sandbox_response_free(&r);
}

/* --- the whole --- */

/* "/api" as such, or behind any number of slashes. */
static bool is_api(const char *path)
{
    while (path[0] == '/' && path[1] == '/')
        path++;
    return str_has_prefix(path, "/api/");
}

static void on_request(struct http_exchange *x, void *arg)
{
    struct front *f = arg;

    if (is_api(http_path(x)))
        answer_api(f, x);
    else if (site_owns(http_path(x)))
        front_answer_site(f, x);
    else
        front_answer_page(f, x);
}

static void fill_random(void *bytes, size_t len, void *arg)
{
    env_random(arg, bytes, len);
}

struct front *front_new(struct loop *loop, const char *listen, struct sandbox *sb, struct err *err)
{
    const struct http_server_settings settings = {
        .listen = listen,
        .body_max = SANDBOX_BODY_MAX,
        .connections_max = 1024,
        .idle_ms = 75000,
        .queue_max = SANDBOX_ANSWER_MAX,
    };
    const struct http_handlers handlers = {.request = on_request};
    struct front *f = calloc(1, sizeof(*f));

    if (f == NULL)
        abort();
    f->sb = sb;
    f->env = loop_env(loop);
    f->server = http_server_new(loop, &settings, &handlers, f, err);
    if (f->server == NULL) {
        free(f);
        return NULL;
    }
    f->site =
        site_new(&(struct site_settings){.sb = sb, .random = fill_random, .random_arg = f->env});
    return f;
}

int front_port(const struct front *f)
{
    return http_server_port(f->server);
}

void front_free(struct front *f)
{
    if (f == NULL)
        return;
    http_server_free(f->server);
    while (f->delayed != NULL)
        delayed_free(f->delayed);
    site_free(f->site);
    free(f);
}
