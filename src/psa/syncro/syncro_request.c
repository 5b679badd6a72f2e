/* One request to Syncro: permit, send, judge, log; and what all steps share. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "psa/syncro/syncro_private.h"

struct psa_call *syncro_call_new(struct syncro *s, enum budget_class class, psa_done_fn *done,
                                 void *arg)
{
    struct psa_call *c = calloc(1, sizeof(*c));

    if (c == NULL)
        abort();
    c->s = s;
    c->class = class;
    c->done = done;
    c->arg = arg;
    buf_init(&c->url, URL_MAX);
    /* Escapes can make a text six times as long. */
    buf_init(&c->body, (size_t)8 * SYNCRO_BODY_MAX);
    buf_init(&c->json, STORE_BODY_MAX);
    c->timeout_ms = TIMEOUT_MS;
    s->calls++;
    return c;
}

/* on_its_way: it was sent, and no answer says that it is over. */
static void permit_end(struct psa_call *c, bool on_its_way)
{
    if (c->has_permit && on_its_way)
        gate_give_up(c->s->gate, &c->permit);
    else if (c->has_permit)
        gate_end(c->s->gate, &c->permit);
    c->has_permit = false;
}

void syncro_call_free(struct psa_call *c)
{
    gate_cancel(c->s->gate, &c->wait);
    permit_end(c, c->http != NULL);
    http_cancel(c->s->http, &c->http);
    c->s->calls--;
    buf_free(&c->url);
    buf_free(&c->body);
    buf_free(&c->json);
    arena_free(c->arena);
    syncro_check_free(c);
    syncro_hunt_free(c);
    free(c);
}

void syncro_call_end(struct psa_call *c)
{
    psa_done_fn *done = c->done;
    void *arg = c->arg;
    struct psa_result result = c->result;
    struct buf json = c->json;
    struct arena *arena = c->arena;

    buf_init(&c->json, 0);
    c->arena = NULL;
    result.json = json.len > 0 ? json.ptr : NULL;
    syncro_call_free(c);
    done(&result, arg);
    buf_free(&json);
    arena_free(arena);
}

void syncro_fail(struct psa_call *c, enum psa_outcome outcome, const char *reason)
{
    c->result.verdict = (struct psa_verdict){.outcome = outcome, .retry_after_ms = -1};
    (void)!str_copy(c->result.verdict.reason, sizeof(c->result.verdict.reason), reason);
    syncro_call_end(c);
}

/* For the page that shows how the connector does. A test asks what is to be refused. */
static bool has_failed(const struct psa_call *c, const struct http_answer *answer)
{
    if (c->check != NULL)
        return answer->result != HTTP_ANSWERED || answer->status == 429 || answer->status >= 500;
    return c->result.verdict.outcome != PSA_DONE;
}

static void on_answer(const struct http_answer *answer, void *arg)
{
    struct psa_call *c = arg;
    const struct syncro_call_info *info = syncro_call_info(c->request);
    const int64_t took_ms = env_mono_ms(c->s->env) - c->started_ms;
    struct json_doc *doc;
    const struct json *root;

    c->http = NULL;
    permit_end(c, answer->result == HTTP_TIMED_OUT || answer->result == HTTP_BROKEN);
    syncro_call_judge(c->request, answer, &c->result.verdict, &doc, &root);
    log_event(c->result.verdict.outcome == PSA_DONE ? LOG_INFO : LOG_WARN, "syncro", "call",
              LOG_S("call", info->name),
              LOG_S("outcome", psa_outcome_name(c->result.verdict.outcome)),
              LOG_N("status", answer->status), LOG_N("ms", took_ms));
    meter_count(c->s->meter, has_failed(c, answer));
    c->answer = answer;
    c->result.date_ms = answer->date_ms;
    c->result.asked_ms = env_now_ms(c->s->env) - took_ms;
    c->answered(c, root, json_root(doc));
    json_free(doc);
}

static void send_now(struct psa_call *c)
{
    const struct syncro_call_info *info = syncro_call_info(c->request);
    const bool has_body = strcmp(info->method, "GET") != 0;
    const struct http_request request = {
        .method = info->method,
        .url = c->url.ptr,
        .bearer = c->s->token,
        .content_type = has_body ? "application/json" : NULL,
        .body = has_body ? c->body.ptr : NULL,
        .body_len = has_body ? c->body.len : 0,
        .connect_timeout_ms = CONNECT_MS,
        .timeout_ms = c->timeout_ms,
        .body_max = ANSWER_MAX,
        .public_only = !c->s->is_stand_in,
    };

    c->has_permit = true;
    c->started_ms = env_mono_ms(c->s->env);
    c->http = http_start(c->s->http, &request, on_answer, c);
}

static void on_permit(const struct budget_permit *permit, void *arg)
{
    struct psa_call *c = arg;

    c->permit = *permit;
    send_now(c);
}

void syncro_request(struct psa_call *c, enum syncro_call call, int64_t id, const char *query,
                    const struct budget_permit *permit,
                    void (*answered)(struct psa_call *c, const struct json *root,
                                     const struct json *document))
{
    const char *path = syncro_call_info(call)->path;
    const char *hole = strstr(path, "%ID%");

    c->request = call;
    c->answered = answered;
    buf_clear(&c->url);
    buf_printf(&c->url, "%s/api/v1", c->s->origin);
    if (hole == NULL)
        buf_str(&c->url, path);
    else
        buf_printf(&c->url, "%.*s%" PRId64 "%s", (int)(hole - path), path, id, hole + 4);
    buf_str(&c->url, query);
    assert(buf_ok(&c->url) && buf_ok(&c->body)); /* their parts are bounded */
    if (permit != NULL) {
        c->permit = *permit;
        send_now(c);
    } else if (gate_take(c->s->gate, c->class, &c->permit)) {
        send_now(c);
    } else {
        c->wait.class = c->class;
        c->wait.fn = on_permit;
        c->wait.arg = c;
        gate_wait(c->s->gate, &c->wait);
    }
}

void syncro_escape(struct buf *to, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        const bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                           (*p >= '0' && *p <= '9') || strchr("-._~", *p) != NULL;
        if (plain)
            buf_char(to, *p);
        else
            buf_printf(to, "%%%02X", (unsigned)(unsigned char)*p);
    }
}

static void copy_text(char *to, size_t size, const struct json *from, const char *key)
{
    const char *text = json_get_text(from, key);

    (void)!str_copy(to, size, text != NULL ? text : "");
}

/* Whole answers have the user as an object beside the id. */
static void read_more(const struct json *ticket, struct psa_result *r)
{
    const struct json *user = json_get(ticket, "user");
    const char *due = json_get_text(ticket, "due_date");
    const char *updated = json_get_text(ticket, "updated_at");

    r->has_more = true;
    copy_text(r->issue_type, sizeof(r->issue_type), ticket, "problem_type");
    copy_text(r->assignee, sizeof(r->assignee), user, "full_name");
    if (json_get_int(ticket, "user_id", &r->assignee_id) != 0 &&
        json_get_int(user, "id", &r->assignee_id) != 0)
        r->assignee_id = 0;
    if (due == NULL || clock_parse(due, &r->due_ms) != 0)
        r->due_ms = 0;
    if (updated == NULL || clock_parse(updated, &r->updated_ms) != 0)
        r->updated_ms = 0;
}

bool syncro_read_ticket(const struct json *ticket, struct psa_result *result)
{
    const char *number = json_get_text(ticket, "number");
    int64_t n;

    if (json_get_int(ticket, "id", &result->ticket_id) != 0 || result->ticket_id <= 0)
        return false;
    /* An integer in every published example, but text was seen too. */
    if (number != NULL)
        (void)!str_copy(result->number, sizeof(result->number), number);
    else if (json_get_int(ticket, "number", &n) == 0)
        snprintf(result->number, sizeof(result->number), "%" PRId64, n);
    copy_text(result->status, sizeof(result->status), ticket, "status");
    copy_text(result->priority, sizeof(result->priority), ticket, "priority");
    read_more(ticket, result);
    return true;
}

bool syncro_more_pages(const struct json *document, size_t rows, int64_t page)
{
    int64_t total;

    if (rows == 0)
        return false;
    if (json_get_int(json_get(document, "meta"), "total_pages", &total) == 0)
        return page < total;
    return true;
}
