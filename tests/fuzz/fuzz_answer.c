/* What Syncro answers, read by the whole connector. The first line chooses the operation and the
 * answer's status and type ("find 200 application/json"); each further line is the body of one
 * answer, the last one again and again. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "fuzz/fuzz.h"
#include "net/http_client.h"
#include "psa/syncro/syncro.h"
#include "sim/sim_env.h"
#include "store/fake/store_fake.h"

struct http_call {
    http_done_fn *done;
    void *arg;
    struct env_timer *timer;
};

static struct {
    struct sim_env *sim;
    const char *at, *end; /* bodies that were not given yet */
    int status;
    char type[64];
    bool is_answered;
    bool is_options; /* lists that are refused are left empty */
    bool is_check;   /* which brings lines: so often each has ended */
    int ends[16];
} w;

static void on_answer(void *arg)
{
    struct http_call *c = arg;
    const char *line_end = memchr(w.at, '\n', (size_t)(w.end - w.at));
    const size_t len = (size_t)((line_end != NULL ? line_end : w.end) - w.at);
    char *body = malloc(len + 1);

    if (body == NULL)
        abort();
    memcpy(body, w.at, len);
    body[len] = '\0';
    if (line_end != NULL)
        w.at = line_end + 1;
    const struct http_answer a = {HTTP_ANSWERED, w.status, w.type, -1, body, len, "", 0};
    c->done(&a, c->arg);
    free(body);
    free(c);
}

static struct http_call *start(struct http_client *client, const struct http_request *r,
                               http_done_fn *done, void *arg)
{
    struct http_call *c = calloc(1, sizeof(*c));

    (void)client;
    if (c == NULL)
        abort();
    MUST(str_has_prefix(r->url, "https://acme.syncromsp.com/api/v1/"));
    *c = (struct http_call){done, arg, env_timer_start(sim_env_env(w.sim), 1, on_answer, c)};
    return c;
}

static void cancel(struct http_client *client, struct http_call *c)
{
    (void)client;
    env_timer_cancel(sim_env_env(w.sim), &c->timer);
    free(c);
}

static bool is_text(const char *text)
{
    return text != NULL && str_is_utf8(text, strlen(text));
}

static void on_done(const struct psa_result *r, void *arg)
{
    (void)arg;
    w.is_answered = true;
    if (r->verdict.outcome != PSA_DONE) {
        MUST(r->verdict.reason[0] != '\0');
        MUST(str_is_utf8(r->verdict.reason, strlen(r->verdict.reason)));
        MUST(r->json == NULL);
        return;
    }
    MUST(w.is_options || w.is_check ||
         (w.status == 200 && strcmp(w.type, "application/json") == 0));
    if (r->json != NULL) {
        struct json_doc *doc = json_parse(r->json, strlen(r->json), NULL);
        MUST(doc != NULL && strlen(r->json) <= STORE_BODY_MAX);
        json_free(doc);
    }
    if (w.is_check) {
        for (size_t i = 0; i < syncro_kind.step_count; i++)
            MUST(w.ends[i] == 1);
        return;
    }
    MUST(!r->found || r->ticket_id != 0 || r->comment_id != 0 || r->customer != 0);
    MUST(str_is_utf8(r->number, strlen(r->number)) && str_is_utf8(r->status, strlen(r->status)));
    MUST(str_is_utf8(r->company, strlen(r->company)));
    for (size_t i = 0; r->tickets != NULL && i < r->count; i++)
        MUST(r->tickets[i].id > 0 && r->tickets[i].customer >= 0 && r->tickets[i].contact >= 0 &&
             is_text(r->tickets[i].number) && is_text(r->tickets[i].subject) &&
             is_text(r->tickets[i].status) && is_text(r->tickets[i].priority) &&
             is_text(r->tickets[i].assignee) && is_text(r->tickets[i].contact_name));
    MUST(r->comments == NULL || r->count <= PSA_COMMENTS_MAX);
    for (size_t i = 0; r->comments != NULL && i < r->count; i++) {
        const struct psa_comment *m = &r->comments[i];

        MUST(m->id > 0 && is_text(m->subject) && is_text(m->body) && is_text(m->name));
        MUST(i == 0 || m[-1].created_ms < m->created_ms ||
             (m[-1].created_ms == m->created_ms && m[-1].id < m->id));
    }
}

static void on_step(size_t step, enum psa_step_state state, const char *text, void *arg)
{
    (void)arg;
    MUST(step < syncro_kind.step_count && str_is_utf8(text, strlen(text)));
    MUST((state == PSA_STEP_RUNNING) == (text[0] == '\0'));
    w.ends[step] += state != PSA_STEP_RUNNING;
}

static void on_room(void *arg)
{
    (void)arg;
}

static struct psa_call *begin(struct psa_connector *c, struct gate *gate, const char *what)
{
    static const struct store_message message = {
        .seq = 2, .author = STORE_PERSON, .name = "Ann", .body = "It is dark"};
    const struct store_taken t = {.outbox = 1,
                                  .kind = STORE_ADD_COMMENT,
                                  .sent_at_ms = 1767225600000,
                                  .seq_from = 2,
                                  .seq_to = 2,
                                  .author = STORE_PERSON,
                                  .payload = "{\"status\":\"New\"}",
                                  .messages = &message,
                                  .message_count = 1,
                                  .reference = "PLY-7K3F9Q2M",
                                  .subject = "Help",
                                  .name = "Ann",
                                  .email = "ann@acme.test",
                                  .company = "",
                                  .ticket_id = 101,
                                  .ticket_number = "1",
                                  .ticket_status = "New",
                                  .account = "acme"};
    struct budget_permit permit;

    if (strcmp(what, "find") == 0)
        return c->ops->ticket_find(c, &t, BUDGET_INTERACTIVE, on_done, NULL);
    if (strcmp(what, "tickets") == 0)
        return c->ops->tickets(c, &(struct psa_ticket_query){.since_ms = 1, .page = 1},
                               BUDGET_BACKGROUND, on_done, NULL);
    if (strcmp(what, "ticket") == 0)
        return c->ops->ticket(c, 101, BUDGET_BACKGROUND, on_done, NULL);
    if (strcmp(what, "said") == 0)
        return c->ops->comments(c, 101, BUDGET_BACKGROUND, on_done, NULL);
    if (strcmp(what, "new") == 0)
        return c->ops->new_comments(c, 1, 1, BUDGET_BACKGROUND, on_done, NULL);
    if (strcmp(what, "comments") == 0)
        return c->ops->comment_find(c, &t, BUDGET_INTERACTIVE, on_done, NULL);
    if (strcmp(what, "match") == 0)
        return c->ops->match(c, "ann@acme.test", BUDGET_INTERACTIVE, on_done, NULL);
    if (strcmp(what, "options") == 0)
        return c->ops->options(c, on_done, NULL);
    if (strcmp(what, "check") == 0)
        return c->ops->check(c, false, on_step, on_done, NULL);
    if (strcmp(what, "companies") == 0)
        return c->ops->companies(c, "x y", on_done, NULL);
    if (strcmp(what, "probe") == 0)
        return c->ops->probe(c, on_done, NULL);
    MUST(gate_take(gate, BUDGET_INTERACTIVE, &permit));
    if (strcmp(what, "create") == 0)
        return c->ops->ticket_create(c, &t, 7, 0, &permit, on_done, NULL);
    if (strcmp(what, "update") == 0)
        return c->ops->ticket_update(c, &t, &permit, on_done, NULL);
    return c->ops->comment_add(c, &t, &permit, on_done, NULL);
}

static void run(const char *what)
{
    static const struct http_client_ops ops = {start, cancel};
    static struct http_client client = {&ops};
    struct env *env = sim_env_env(w.sim);
    struct store *store = store_fake_new(env);
    struct gate *gate = gate_new(env, store, "syncro", SYNCRO_LIMIT, on_room, NULL);
    const struct psa_settings set = {.env = env,
                                     .http = &client,
                                     .gate = gate,
                                     .account = "acme",
                                     .status = "",
                                     .priority = "",
                                     .problem_type = ""};
    struct psa_connector *c = syncro_new(&set, secret_new("T1", 2));

    sim_env_run(w.sim, 10);
    struct psa_call *call = begin(c, gate, what);
    /* Many pages take many minutes of the budget. */
    for (int i = 0; i < 1000 && !w.is_answered; i++)
        sim_env_run(w.sim, 1000);
    MUST(w.is_answered);
    (void)call;
    c->ops->free(c);
    gate_free(gate, true);
    store_free(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *line_end = size == 0 ? NULL : memchr(text, '\n', size);
    char line[128], what[16] = "", type[64] = "";

    if (line_end == NULL || (size_t)(line_end - text) >= sizeof(line))
        return 0;
    memcpy(line, text, (size_t)(line_end - text));
    line[line_end - text] = '\0';
    if (sscanf(line, "%15s %3d %63s", what, &w.status, type) < 2 || w.status < 100)
        return 0;
    log_set_level(LOG_ERROR);
    memcpy(w.type, type, sizeof(type));
    w.at = line_end + 1;
    w.end = text + size;
    w.is_answered = false;
    w.is_options = strcmp(what, "options") == 0;
    w.is_check = strcmp(what, "check") == 0;
    memset(w.ends, 0, sizeof(w.ends));
    w.sim = sim_env_new(1);
    run(what);
    sim_env_free(w.sim);
    return 0;
}
