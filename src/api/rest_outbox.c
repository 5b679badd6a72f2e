/* What is parked: the list, trying again, choosing a company, giving up. */
#include <string.h>

#include "api/rest_connector_private.h"
#include "base/str.h"

#define PAGE_MAX 50

#define SAID        "Something said here was not added to the ticket: an administrator gave it up."
#define SAID_CREATE "No ticket was made for what was said so far: an administrator gave it up."

/* --- the list --- */

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    char id[ID_TEXT_SIZE];

    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    struct jw *w = rest_begin(r);
    jw_array(w, "parked");
    for (size_t i = 0; i < out->parked.count; i++) {
        const struct store_parked *p = &out->parked.rows[i];
        id_format(&p->conversation, id);
        jw_object(w, NULL);
        jw_int(w, "id", p->outbox);
        jw_text(w, "conversation", id);
        jw_text(w, "reference", p->reference);
        jw_text(w, "name", p->name);
        jw_text(w, "email", p->email);
        jw_text(w, "company", p->company);
        jw_text(w, "subject", p->subject);
        jw_text(w, "kind", store_kind_name(p->kind));
        jw_text(w, "reason", p->reason);
        jw_int(w, "since", p->since_ms);
        jw_text(w, "account", p->account);
        jw_bool(w, "account_differs", p->account_differs);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_bool(w, "more", out->parked.more);
    rest_done(r, 200);
}

/* The account that is connected, in the arena; "" for none. NULL: answered. */
static const char *account_of(struct rest *r, enum store_result result, const union store_out *out)
{
    r->op = NULL;
    if (result == STORE_OK)
        return arena_strdup(r->arena, out->connector.account);
    if (result == STORE_NOT_FOUND)
        return "";
    rest_error_busy(r);
    return NULL;
}

static void list(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct store_parked_read in = {
        .account = account_of(r, result, out), .after = *(int64_t *)r->state, .limit = PAGE_MAX};

    if (in.account == NULL)
        return;
    r->op = store_parked_read(r->api->set.store, &in, listed, r);
}

void rest_parked(struct rest *r)
{
    const char *query = rest_query(r, "after");
    int64_t *after = rest_state(r, sizeof(*after), NULL);

    if (psa_kind_find(r->param[0]) == NULL) {
        rest_error_not_found(r);
        return;
    }
    if (query[0] != '\0' && str_to_int(query, 0, INT64_MAX, after) != 0) {
        rest_error(r, 400, "bad_query", "after", "this must be the id of an entry");
        return;
    }
    r->op = store_connector_get(r->api->set.store, list, r);
}

/* --- what is done about one --- */

/* The outbox looks, everybody who watches hears of it. False: answered. */
static bool is_done(struct rest *r, enum store_result result, const char *conflict)
{
    struct id conversation;

    r->op = NULL;
    if (result == STORE_CONFLICT)
        rest_error(r, 409, "not_parked", NULL, conflict);
    else if (result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else if (result != STORE_OK)
        rest_error_busy(r);
    if (result != STORE_OK)
        return false;
    (void)!id_parse(r->param[0], &conversation);
    api_wake(r->api);
    hub_refresh(r->api, &conversation);
    return true;
}

static void retried(enum store_result result, const union store_out *out, void *arg)
{
    if (!is_done(arg, result, ""))
        return;
    jw_bool(rest_begin(arg), "changed", out->changed.changed);
    rest_done(arg, 200);
}

void rest_outbox_retry(struct rest *r)
{
    const struct store_audit audit = rest_audit(r, AUDIT_OUTBOX_RETRIED, "");
    struct id id;

    if (rest_id(r, 0, &id))
        r->op = store_outbox_retry(r->api->set.store, &id, env_now_ms(r->api->set.env), &audit,
                                   retried, r);
}

static void chosen(enum store_result result, const union store_out *out, void *arg)
{
    (void)out;
    if (is_done(arg, result,
                "no ticket is waiting for a company here any more: load the page again"))
        rest_empty(arg);
}

static void choose(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct store_outbox_company in = {.account = account_of(r, result, out),
                                      .company = json_get_text(r->body, "name"),
                                      .now_ms = env_now_ms(r->api->set.env)};

    if (in.account == NULL)
        return;
    if (in.account[0] == '\0') {
        rest_error(r, 409, "no_connector", NULL, "no connector is set: set one first");
        return;
    }
    if (json_get_int(r->body, "customer", &in.psa_customer) != 0 ||
        !rest_id(r, 0, &in.conversation))
        return;
    in.audit = rest_audit(r, AUDIT_OUTBOX_COMPANY, "");
    in.audit.detail = in.company;
    r->op = store_outbox_company(r->api->set.store, &in, chosen, r);
}

void rest_outbox_company(struct rest *r)
{
    struct id id;
    int64_t customer;
    const char *name;

    if (rest_id(r, 0, &id) && rest_company(r, r->body, "customer", &customer, &name))
        r->op = store_connector_get(r->api->set.store, choose, r);
}

static void given_up(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    if (!is_done(r, result,
                 "this cannot be given up now: it is not stopped any more, or the PSA may have "
                 "the ticket already; try again first"))
        return;
    hub_missed(r->api, &out->given_up.event.conversation);
    jw_int(rest_begin(r), "entries", out->given_up.entries);
    rest_done(r, 200);
}

static void give_up(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    char sender[2 + ID_TEXT_SIZE] = "s:";
    struct store_outbox_give_up in = {.message = env_new_id(r->api->set.env),
                                      .account = account_of(r, result, out),
                                      .name = r->me.name,
                                      .sender = sender,
                                      .said = SAID,
                                      .said_create = SAID_CREATE,
                                      .now_ms = env_now_ms(r->api->set.env),
                                      .audit = rest_audit(r, AUDIT_OUTBOX_DISCARDED, "")};

    if (in.account == NULL || !rest_id(r, 0, &in.conversation))
        return;
    id_format(&r->me.staff, sender + 2);
    r->op = store_outbox_give_up(r->api->set.store, &in, given_up, r);
}

void rest_outbox_discard(struct rest *r)
{
    struct id id;

    if (rest_id(r, 0, &id))
        r->op = store_connector_get(r->api->set.store, give_up, r);
}
