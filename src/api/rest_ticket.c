/* Another ticket for a conversation, or none: looking for one, attaching it, leaving one. */
#include <stdio.h>
#include <string.h>

#include "api/rest_connector_private.h"
#include "base/str.h"
#include "psa/sync.h"

/* --- looking --- */

void rest_psa_tickets(struct rest *r)
{
    const char *query = rest_text(r, "query", PSA_QUERY_MAX, false);

    if (query != NULL)
        r->act = desk_tickets(r->api->set.desk, psa_kind_at(0)->kind, query, rest_desk_json, r);
}

/* --- what both do --- */

/* A ticket's id in the body, 0 for none; false: answered. */
static bool read_ticket(struct rest *r, const char *key, bool may_be_none, int64_t *id)
{
    if (json_get_int(r->body, key, id) == 0 && *id >= (may_be_none ? 0 : 1))
        return true;
    rest_error(r, 400, "bad_field", key, "this must be the id of a ticket");
    return false;
}

/* False: answered. */
static bool is_done(struct rest *r, enum store_result result)
{
    r->op = NULL;
    if (result == STORE_CONFLICT)
        rest_error(r, 409, "moved_on", NULL,
                   "the conversation has another ticket by now, or one is being made: look again");
    else if (result == STORE_REFUSED)
        rest_error(r, 409, "on_its_way", NULL,
                   "something is on its way to the PSA, and may be there already: try again when "
                   "it is known what became of it");
    else if (result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else if (result != STORE_OK)
        rest_error_busy(r);
    return result == STORE_OK;
}

static void tell(struct rest *r)
{
    struct id conversation;

    (void)!id_parse(r->param[0], &conversation);
    api_wake(r->api);
    hub_missed(r->api, &conversation);
    hub_refresh(r->api, &conversation);
    rest_empty(r);
}

static const char *sender_of_me(struct rest *r)
{
    char id[ID_TEXT_SIZE];

    id_format(&r->me.staff, id);
    return arena_printf(r->arena, "s:%s", id);
}

/* --- leaving --- */

struct leaving {
    enum store_then then;
    int64_t ticket;
};

static void left(enum store_result result, const union store_out *out, void *arg)
{
    (void)out;
    if (is_done(arg, result))
        tell(arg);
}

static const char *said_of(struct rest *r, enum store_then then, const char *number)
{
    if (then == STORE_THEN_NEW && number[0] != '\0')
        return arena_printf(r->arena,
                            "A new ticket is made for this conversation. Until now it was "
                            "about #%s.",
                            number);
    if (then == STORE_THEN_NEW)
        return "A new ticket is made for this conversation.";
    if (number[0] != '\0')
        return arena_printf(r->arena, "This conversation goes on without ticket #%s.", number);
    return "This conversation goes on without a ticket.";
}

static void leave(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct leaving *l = r->state;
    struct store_ticket_detach in = {.ticket = l->ticket,
                                     .then = l->then,
                                     .event = env_new_id(r->api->set.env),
                                     .name = r->me.name,
                                     .payload = "",
                                     .now_ms = env_now_ms(r->api->set.env),
                                     .audit = rest_audit(r, AUDIT_TICKET_DETACHED, "")};

    if (!is_done(r, result))
        return;
    const struct store_ticket *t = &out->summary.ticket;
    in.conversation = out->summary.conversation;
    in.said = said_of(r, l->then, t->number);
    in.audit.detail = t->number;
    in.sender = sender_of_me(r);
    if (in.said == NULL || in.sender == NULL)
        rest_error_busy(r);
    else
        r->op = store_ticket_detach(r->api->set.store, &in, left, r);
}

void rest_ticket_detach(struct rest *r)
{
    static const char *const words[] = {
        [STORE_THEN_NEXT] = "next", [STORE_THEN_NEW] = "new", [STORE_THEN_NONE] = "none"};
    const struct store_asker staff = {.is_staff = true};
    const char *then = json_get_text(r->body, "then");
    struct leaving *l = rest_state(r, sizeof(*l), NULL);
    struct id id;

    for (size_t i = STORE_THEN_NEXT; i < COUNT_OF(words); i++)
        if (str_equal(then, words[i]))
            l->then = (enum store_then)i;
    if (l->then == 0) {
        rest_error(r, 400, "bad_field", "then", "this must be next, new or none");
        return;
    }
    if (read_ticket(r, "ticket", true, &l->ticket) && rest_id(r, 0, &id))
        r->op = store_conversation_summary(r->api->set.store, &id, &staff, leave, r);
}

/* --- attaching --- */

struct attaching {
    int64_t was, ticket;
    bool confirmed;
};

/* What was said in it is read in now; the next poll does it anyhow. */
static void read_in(struct rest *r)
{
    const struct attaching *a = r->state;
    struct api *api = r->api;
    struct sync *sync = api->set.sync != NULL ? api->set.sync(api->set.arg) : NULL;
    struct id conversation;

    (void)!id_parse(r->param[0], &conversation);
    if (sync != NULL)
        sync_read(sync, &conversation, a->ticket);
}

static void attached(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    if (!is_done(r, result))
        return;
    if (out->attached.done) {
        read_in(r);
        tell(r);
    } else if (!id_is_none(&out->attached.taken))
        rest_error(r, 409, "taken", "ticket", "another conversation is about this ticket already");
    else if (out->attached.is_company)
        rest_error(r, 409, "other_person", "ticket",
                   "the PSA says that this is the ticket of somebody else in the same company: "
                   "confirm that it is meant");
    else
        rest_error(r, 409, "other_company", "ticket",
                   "the PSA does not say that this ticket is of the person's company: confirm "
                   "that it is meant");
}

static void attach(const struct desk_answer *answer, void *arg)
{
    struct rest *r = arg;
    const struct attaching *a = r->state;
    struct env *env = r->api->set.env;
    struct store_ticket_attach in = {.was = a->was,
                                     .confirmed = a->confirmed,
                                     .event = env_new_id(env),
                                     .name = r->me.name,
                                     .now_ms = env_now_ms(env),
                                     .audit = rest_audit(r, AUDIT_TICKET_ATTACHED, "")};

    if (rest_desk_refused(r, answer))
        return;
    if (!rest_id(r, 0, &in.conversation))
        return;
    sync_row(answer->ticket, env_new_id(env), &in.ticket);
    in.read_ms = answer->read_ms > in.ticket.updated_ms ? answer->read_ms : in.ticket.updated_ms;
    if (in.read_ms <= 0)
        in.read_ms = in.now_ms;
    in.account = answer->account;
    in.said =
        arena_printf(r->arena, "This conversation is about ticket #%s now.", in.ticket.number);
    in.audit.detail = in.ticket.number;
    in.sender = sender_of_me(r);
    if (in.said == NULL || in.sender == NULL)
        rest_error_busy(r);
    else
        r->op = store_ticket_attach(r->api->set.store, &in, attached, r);
}

void rest_ticket_attach(struct rest *r)
{
    struct attaching *a = rest_state(r, sizeof(*a), NULL);
    struct id id;

    a->confirmed = json_get_bool(r->body, "confirm", false);
    if (!read_ticket(r, "was", true, &a->was) || !read_ticket(r, "ticket", false, &a->ticket) ||
        !rest_id(r, 0, &id))
        return;
    if (a->ticket == a->was)
        rest_error(r, 400, "bad_field", "ticket", "the conversation has this ticket");
    else
        r->act = desk_ticket(r->api->set.desk, psa_kind_at(0)->kind, a->ticket, attach, r);
}
