/* The older tickets of somebody who wants to see theirs: read once a day, page by page. */
#include <string.h>

#include "psa/sync_private.h"

static void look(struct sync *s);

static void end_first(struct sync *s)
{
    const struct history h = s->histories[0];

    s->history_count--;
    memmove(&s->histories[0], &s->histories[1], s->history_count * sizeof(h));
    look(s);
    if (h.done != NULL)
        h.done(h.arg);
}

static void on_noted(enum store_result result, const union store_out *out, void *arg)
{
    struct sync *s = arg;

    (void)result;
    (void)out;
    s->history_op = NULL;
    end_first(s);
}

static void ask_page(struct sync *s);

static void on_kept(enum store_result result, const union store_out *out, void *arg)
{
    struct sync *s = arg;
    struct history *h = &s->histories[0];
    const bool more = h->page > 0;

    s->history_op = NULL;
    if (result != STORE_OK) {
        end_first(s);
        return;
    }
    sync_tell(s, &out->sync_seen);
    if (more) {
        ask_page(s);
        return;
    }
    const struct store_history done = {.account = s->account,
                                       .contact = h->contact,
                                       .customer = h->customer,
                                       .now_ms = env_now_ms(s->set.env),
                                       .done = true};
    s->history_op = store_history(s->set.store, &done, on_noted, s);
}

static void on_page(const struct psa_result *result, void *arg)
{
    struct sync *s = arg;
    struct history *h = &s->histories[0];

    s->history_call = NULL;
    if (result->verdict.outcome != PSA_DONE) {
        end_first(s);
        return;
    }
    h->page = result->more && h->page < SYNC_HISTORY_PAGES ? h->page + 1 : 0;
    s->history_op = sync_keep(s, result, on_kept, s);
}

static void ask_page(struct sync *s)
{
    struct history *h = &s->histories[0];
    const struct psa_ticket_query query = {
        .contact = h->contact, .customer = h->contact != 0 ? 0 : h->customer, .page = h->page};

    s->history_call =
        s->set.connector->ops->tickets(s->set.connector, &query, BUDGET_INTERACTIVE, on_page, s);
}

static void on_looked(enum store_result result, const union store_out *out, void *arg)
{
    struct sync *s = arg;

    s->history_op = NULL;
    if (result == STORE_OK && out->changed.changed && !s->stopped)
        ask_page(s);
    else
        end_first(s);
}

static void look(struct sync *s)
{
    if (s->history_count == 0 || s->history_op != NULL || s->history_call != NULL || s->stopped)
        return;
    const struct history *h = &s->histories[0];
    const struct store_history ask = {.account = s->account,
                                      .contact = h->contact,
                                      .customer = h->customer,
                                      .now_ms = env_now_ms(s->set.env)};
    s->history_op = store_history(s->set.store, &ask, on_looked, s);
}

void sync_history(struct sync *s, int64_t contact, int64_t customer, void (*done)(void *arg),
                  void *arg)
{
    if ((contact == 0 && customer == 0) || s->history_count == SYNC_HISTORIES)
        return;
    s->histories[s->history_count++] = (struct history){
        .contact = contact, .customer = customer, .page = 1, .done = done, .arg = arg};
    look(s);
}

void sync_history_cancel(struct sync *s, void *arg)
{
    for (size_t i = 0; i < s->history_count; i++)
        if (s->histories[i].arg == arg)
            s->histories[i].done = NULL;
}

void sync_history_free(struct sync *s)
{
    store_cancel(s->set.store, &s->history_op);
    psa_cancel(s->set.connector, &s->history_call);
    for (size_t i = 0; i < s->history_count; i++)
        if (s->histories[i].done != NULL)
            s->histories[i].done(s->histories[i].arg);
    s->history_count = 0;
}
