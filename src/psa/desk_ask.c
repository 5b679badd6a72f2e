/* The desk: what is asked of the PSA and of the store. */
#include <string.h>

#include "base/str.h"
#include "psa/desk_private.h"
#include "psa/gate.h"
#include "psa/meter.h"

#define HOUR_MS INT64_C(3600000)

/* ---- companies, lists ---- */

static void on_asked(const struct psa_result *result, void *arg)
{
    struct desk_act *a = arg;

    a->call = NULL;
    if (result->verdict.outcome != PSA_DONE || result->json == NULL) {
        desk_act_fail(a, DESK_PSA, "psa", NULL, result->verdict.reason);
        return;
    }
    a->answer = (struct desk_answer){.result = DESK_OK, .json = result->json};
    desk_act_end(a, &a->answer);
}

static void ask_companies(struct desk_act *a)
{
    desk_act_connect(a);
    a->call = a->connector->ops->companies(a->connector, a->query, on_asked, a);
}

static void ask_options(struct desk_act *a)
{
    desk_act_connect(a);
    a->call = a->connector->ops->options(a->connector, on_asked, a);
}

/* With the credentials of a test or with those that are stored. */
static struct desk_act *ask(struct desk_act *a, const char *kind, const char *test)
{
    const struct desk_kept *k;

    a->kind = psa_kind_find(kind);
    if (a->kind == NULL)
        return desk_act_refuse(a, DESK_NOT_FOUND, "no_kind", NULL, "There is no such PSA");
    if (test == NULL || test[0] == '\0') {
        desk_act_stored(a);
        return a;
    }
    k = desk_kept_find(a->desk, test);
    if (k == NULL || k->kind != a->kind)
        return desk_act_refuse(a, DESK_STATE, "test_expired", NULL,
                               "The test was too long ago: test the credentials again");
    a->account = k->account;
    a->token = secret_new(secret_reveal(k->token), secret_len(k->token));
    a->go(a);
    return a;
}

struct desk_act *desk_companies(struct desk *d, const char *kind, const char *test,
                                const char *query, desk_fn *done, void *arg)
{
    struct desk_act *a = desk_act_new(d, done, arg);

    a->go = ask_companies;
    if (str_copy(a->query, sizeof(a->query), query) != 0)
        return desk_act_refuse(a, DESK_BAD, "too_long", "query", "This is too long: shorten it");
    return ask(a, kind, test);
}

static void ask_contacts(struct desk_act *a)
{
    desk_act_connect(a);
    a->call = a->connector->ops->contacts(a->connector, a->customer, on_asked, a);
}

struct desk_act *desk_contacts(struct desk *d, const char *kind, int64_t customer, desk_fn *done,
                               void *arg)
{
    struct desk_act *a = desk_act_new(d, done, arg);

    a->go = ask_contacts;
    a->customer = customer;
    return ask(a, kind, NULL);
}

static void ask_tickets(struct desk_act *a)
{
    desk_act_connect(a);
    a->call = a->connector->ops->search(a->connector, a->query, on_asked, a);
}

struct desk_act *desk_tickets(struct desk *d, const char *kind, const char *query, desk_fn *done,
                              void *arg)
{
    struct desk_act *a = desk_act_new(d, done, arg);

    a->go = ask_tickets;
    if (str_copy(a->query, sizeof(a->query), query) != 0)
        return desk_act_refuse(a, DESK_BAD, "too_long", "query", "This is too long: shorten it");
    return ask(a, kind, NULL);
}

static void on_ticket(const struct psa_result *result, void *arg)
{
    struct desk_act *a = arg;

    a->call = NULL;
    if (result->gone) {
        desk_act_fail(a, DESK_NOT_FOUND, "no_ticket", "ticket", "The ticket is not there any more");
        return;
    }
    if (result->verdict.outcome != PSA_DONE || result->count == 0) {
        desk_act_fail(a, DESK_PSA, "psa", NULL, result->verdict.reason);
        return;
    }
    a->answer = (struct desk_answer){.result = DESK_OK,
                                     .ticket = result->tickets,
                                     .read_ms = result->date_ms,
                                     .account = a->account.account};
    desk_act_end(a, &a->answer);
}

static void ask_ticket(struct desk_act *a)
{
    desk_act_connect(a);
    a->call = a->connector->ops->ticket(a->connector, a->ticket, BUDGET_INTERACTIVE, on_ticket, a);
}

struct desk_act *desk_ticket(struct desk *d, const char *kind, int64_t ticket, desk_fn *done,
                             void *arg)
{
    struct desk_act *a = desk_act_new(d, done, arg);

    a->go = ask_ticket;
    a->ticket = ticket;
    return ask(a, kind, NULL);
}

struct desk_act *desk_options(struct desk *d, const char *kind, const char *test, desk_fn *done,
                              void *arg)
{
    struct desk_act *a = desk_act_new(d, done, arg);

    a->go = ask_options;
    return ask(a, kind, test);
}

/* ---- how it does ---- */

static void on_row(enum store_result result, const union store_out *out, void *arg)
{
    struct desk_act *a = arg;
    struct psa_account account = {{0}, {0}};

    a->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND) {
        desk_act_busy(a);
        return;
    }
    a->answer = (struct desk_answer){.result = DESK_OK, .health = &a->health};
    if (result == STORE_OK) {
        a->answer.connector = &out->connector;
        if (a->kind->understand(out->connector.account, &account, NULL) == 0)
            a->answer.origin = desk_origin(a->desk, &account);
    }
    desk_act_end(a, &a->answer);
}

/* The hours of the store and what is not written yet. */
static void note_calls(struct desk_act *a, const struct store_calls *calls)
{
    struct desk_health *h = &a->health;
    struct store_hour *now = &h->hours[DESK_HOURS - 1];
    int64_t more, errors, last_ms;

    for (size_t i = 0; i < calls->count; i++)
        for (size_t k = 0; k < DESK_HOURS; k++)
            if (h->hours[k].hour_ms == calls->rows[i].hour_ms)
                h->hours[k] = calls->rows[i];
    meter_pending(outbox_meter(a->desk->set.outbox, a->kind), &more, &errors, &last_ms);
    now->calls += more;
    now->errors += errors;
    h->last_call_ms = last_ms != 0 ? last_ms : calls->last_ms;
}

static void on_calls(enum store_result result, const union store_out *out, void *arg)
{
    struct desk_act *a = arg;

    a->op = NULL;
    if (result != STORE_OK) {
        desk_act_busy(a);
        return;
    }
    note_calls(a, &out->calls);
    a->op = store_connector_get(a->desk->set.store, on_row, a);
}

static void on_backlog(enum store_result result, const union store_out *out, void *arg)
{
    struct desk_act *a = arg;

    a->op = NULL;
    if (result != STORE_OK) {
        desk_act_busy(a);
        return;
    }
    a->health.backlog = out->backlog;
    a->op = store_calls_read(a->desk->set.store, a->kind->kind, a->health.hours[0].hour_ms,
                             on_calls, a);
}

struct desk_act *desk_look(struct desk *d, desk_fn *done, void *arg)
{
    struct desk_act *a = desk_act_new(d, done, arg);
    const int64_t now = env_now_ms(d->set.env);

    a->kind = psa_kind_at(0);
    a->health.budget_used = gate_used(outbox_gate(d->set.outbox, a->kind));
    a->health.budget_limit = a->kind->limit;
    for (int i = 0; i < DESK_HOURS; i++)
        a->health.hours[i].hour_ms = now - now % HOUR_MS - (DESK_HOURS - 1 - i) * HOUR_MS;
    a->op = store_backlog_read(d->set.store, on_backlog, a);
    return a;
}
