/* The connector to Syncro: making it, and the calls that change something. */
#include "psa/syncro/syncro.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/jw.h"
#include "base/str.h"
#include "psa/syncro/syncro_private.h"

/* An answer of the right shape but without the id: it was done, only we do not know what. */
static void unreadable(struct psa_call *c, enum psa_outcome outcome)
{
    syncro_fail(c, outcome, "Syncro's answer does not say what it made");
}

/* The comment of a new ticket that is ours; the only one unless a rule of Syncro's added more. */
static int64_t initial_comment(const struct json *comments, const char *reference)
{
    int64_t id = 0;

    for (size_t i = 0; i < json_count(comments); i++) {
        const char *body = json_get_text(json_at(comments, i), "body");
        if (body != NULL && syncro_holds_mark(body, reference) &&
            json_get_int(json_at(comments, i), "id", &id) == 0)
            return id;
    }
    return 0;
}

static void on_created(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)document;
    if (root != NULL && !syncro_read_ticket(root, &c->result)) {
        unreadable(c, PSA_IN_DOUBT);
        return;
    }
    c->result.comment_id = initial_comment(json_get(root, "comments"), c->mark);
    syncro_call_end(c);
}

static struct psa_call *ticket_create(struct psa_connector *base, const struct store_taken *taken,
                                      int64_t customer, int64_t contact,
                                      const struct budget_permit *permit, psa_done_fn *done,
                                      void *arg)
{
    struct syncro *s = (struct syncro *)base;
    struct psa_call *c = syncro_call_new(s, BUDGET_INTERACTIVE, done, arg);
    const struct syncro_ticket_defaults defaults = {customer, contact, s->status, s->priority,
                                                    s->problem_type};

    syncro_description_mark(taken, c->mark);
    syncro_ticket_body(taken, &defaults, &c->body);
    syncro_request(c, SYNCRO_TICKET_CREATE, 0, "", permit, on_created);
    return c;
}

static void on_commented(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)document;
    c->result.gone = root == NULL && c->answer->status == 404;
    if (root != NULL &&
        (json_get_int(root, "id", &c->result.comment_id) != 0 || c->result.comment_id <= 0)) {
        unreadable(c, PSA_IN_DOUBT);
        return;
    }
    syncro_call_end(c);
}

static struct psa_call *comment_add(struct psa_connector *base, const struct store_taken *taken,
                                    const struct budget_permit *permit, psa_done_fn *done,
                                    void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, BUDGET_INTERACTIVE, done, arg);

    syncro_comment_body(taken, &c->body);
    syncro_request(c, SYNCRO_COMMENT_ADD, taken->ticket_id, "", permit, on_commented);
    return c;
}

static void on_updated(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)document;
    c->result.gone = root == NULL && c->answer->status == 404;
    if (root != NULL && !syncro_read_ticket(root, &c->result)) {
        unreadable(c, PSA_NO_EFFECT);
        return;
    }
    syncro_call_end(c);
}

static struct psa_call *ticket_update(struct psa_connector *base, const struct store_taken *taken,
                                      const struct budget_permit *permit, psa_done_fn *done,
                                      void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, BUDGET_INTERACTIVE, done, arg);

    syncro_update_body(taken, &c->body);
    syncro_request(c, SYNCRO_TICKET_UPDATE, taken->ticket_id, "", permit, on_updated);
    return c;
}

static void on_probed_list(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)root;
    (void)document;
    if (c->result.verdict.outcome == PSA_HOLD && c->answer->status < 500 &&
        c->answer->status >= 400)
        syncro_fail(c, PSA_HOLD,
                    "Syncro does not let this API key in: it was disabled or deleted, or has "
                    "expired. Enable it in Syncro, or make a new one and set it here");
    else
        syncro_call_end(c);
}

/* That /me answers to every token is documented nowhere: a token that may list tickets is good
 * whatever /me says. */
static void on_probed(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)root;
    (void)document;
    if (c->result.verdict.outcome == PSA_HOLD)
        syncro_request(c, SYNCRO_TICKETS_LIST, 0, "?per_page=1", NULL, on_probed_list);
    else
        syncro_call_end(c);
}

static struct psa_call *probe(struct psa_connector *base, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, BUDGET_INTERACTIVE, done, arg);

    syncro_request(c, SYNCRO_ME, 0, "", NULL, on_probed);
    return c;
}

static void cancel(struct psa_connector *base, struct psa_call *call)
{
    (void)base;
    syncro_call_free(call);
}

static void free_connector(struct psa_connector *base)
{
    struct syncro *s = (struct syncro *)base;

    assert(s->calls == 0);
    secret_free(s->token);
    free(s);
}

static const struct psa_ops ops = {
    .ticket_create = ticket_create,
    .comment_add = comment_add,
    .ticket_update = ticket_update,
    .ticket_find = syncro_ticket_find,
    .comment_find = syncro_comment_find,
    .files_attach = syncro_files_attach,
    .files_find = syncro_files_find,
    .probe = probe,
    .options = syncro_options,
    .match = syncro_match,
    .companies = syncro_companies,
    .search = syncro_search,
    .tickets = syncro_tickets,
    .ticket = syncro_ticket,
    .comments = syncro_comments,
    .new_comments = syncro_new_comments,
    .contacts = syncro_contacts,
    .still = syncro_still,
    .check = syncro_check,
    .cancel = cancel,
    .free = free_connector,
};

struct psa_connector *syncro_new(const struct psa_settings *settings, struct secret *token)
{
    struct psa_account account;
    struct syncro *s;

    if (syncro_understand(settings->account, &account, NULL) != 0 ||
        strcmp(account.account, settings->account) != 0)
        return NULL;
    s = calloc(1, sizeof(*s));
    if (s == NULL)
        abort();
    s->base.ops = &ops;
    s->env = settings->env;
    s->http = settings->http;
    s->gate = settings->gate;
    s->meter = settings->meter;
    s->is_stand_in = settings->origin != NULL;
    (void)!str_copy(s->account, sizeof(s->account), account.account);
    (void)!str_copy(s->origin, sizeof(s->origin),
                    s->is_stand_in ? settings->origin : account.origin);
    (void)!str_copy(s->status, sizeof(s->status), settings->status);
    (void)!str_copy(s->priority, sizeof(s->priority), settings->priority);
    (void)!str_copy(s->problem_type, sizeof(s->problem_type), settings->problem_type);
    s->token = token;
    return &s->base;
}
