/* The public face: copy the input, hand it to the backend. */
#include "store/store.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)
#define BODY(field) store_op_text(op, &op->in.field, STORE_BODY_MAX)

static void copy_ids(struct store_op *op, const struct id **ids, size_t count, size_t max)
{
    struct id *copy = arena_alloc(op->arena, (count + 1) * sizeof(*copy));

    assert(count <= max && copy != NULL);
    for (size_t i = 0; i < count; i++)
        copy[i] = (*ids)[i];
    *ids = copy;
}

static size_t limit_of(size_t limit)
{
    return limit < STORE_READ_MAX ? limit : STORE_READ_MAX;
}

void store_free(struct store *s)
{
    if (s != NULL)
        s->ops->free(s);
}

bool store_is_failing(const struct store *s)
{
    return atomic_load(&s->is_failing);
}

void store_cancel(struct store *s, struct store_op **op)
{
    (void)s;
    if (*op != NULL)
        (*op)->fn = NULL;
    *op = NULL;
}

struct store_op *store_conversation_start(struct store *s,
                                          const struct store_conversation_start *in, store_fn *fn,
                                          void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONVERSATION_START, fn, arg);

    assert(in->reference[0] != '\0' && in->client_id != NULL && in->client_id[0] != '\0');
    op->in.conversation_start = *in;
    TEXT(conversation_start.name);
    TEXT(conversation_start.email);
    TEXT(conversation_start.subject);
    BODY(conversation_start.body);
    TEXT(conversation_start.sender);
    TEXT(conversation_start.client_id);
    BODY(conversation_start.outbox.payload);
    copy_ids(op, &op->in.conversation_start.files, in->file_count, STORE_FILES_MAX);
    return store_op_submit(s, op);
}

struct store_op *store_message_add(struct store *s, const struct store_message_add *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MESSAGE_ADD, fn, arg);

    assert(in->client_id != NULL && in->client_id[0] != '\0');
    assert(in->author >= STORE_PERSON && in->author <= STORE_EVENT);
    op->in.message_add = *in;
    TEXT(message_add.name);
    BODY(message_add.body);
    TEXT(message_add.sender);
    TEXT(message_add.client_id);
    BODY(message_add.outbox.payload);
    TEXT(message_add.reopen);
    copy_ids(op, &op->in.message_add.files, in->file_count, STORE_FILES_MAX);
    copy_ids(op, &op->in.message_add.mentions, in->mention_count, STORE_MENTIONS_MAX);
    return store_op_submit(s, op);
}

struct store_op *store_ticket_update(struct store *s, const struct store_ticket_update *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TICKET_UPDATE, fn, arg);

    assert(in->client_id != NULL && in->client_id[0] != '\0');
    op->in.ticket_update = *in;
    BODY(ticket_update.payload);
    TEXT(ticket_update.sender);
    TEXT(ticket_update.client_id);
    return store_op_submit(s, op);
}

struct store_op *store_visitor_open(struct store *s, const uint8_t token_hash[STORE_HASH_SIZE],
                                    int64_t now_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_VISITOR_OPEN, fn, arg);

    op->in.visitor_open.now_ms = now_ms;
    memcpy(op->in.visitor_open.hash, token_hash, STORE_HASH_SIZE);
    return store_op_submit(s, op);
}

struct store_op *store_messages_read(struct store *s, const struct store_messages_read *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_MESSAGES_READ, fn, arg);

    assert(in->asker.is_staff || (!in->include_notes && in->asker.now_ms > 0));
    op->in.messages_read = *in;
    op->in.messages_read.limit = limit_of(in->limit);
    return store_op_submit(s, op);
}

struct store_op *store_inbox_read(struct store *s, size_t limit, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_INBOX_READ, fn, arg);

    op->in.inbox_read.limit = limit_of(limit);
    return store_op_submit(s, op);
}

struct store_op *store_conversation_summary(struct store *s, const struct id *conversation,
                                            const struct store_asker *asker, store_fn *fn,
                                            void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONVERSATION_SUMMARY, fn, arg);

    op->in.conversation_summary = (struct store_in_summary){*conversation, *asker};
    return store_op_submit(s, op);
}

struct store_op *store_conversation_by_ticket(struct store *s, const char *account,
                                              int64_t ticket_id, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONVERSATION_BY_TICKET, fn, arg);

    op->in.conversation_by_ticket = (struct store_in_ticket){account, ticket_id};
    TEXT(conversation_by_ticket.account);
    return store_op_submit(s, op);
}

struct store_op *store_ticket_set(struct store *s, const struct store_ticket_set *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TICKET_SET, fn, arg);

    op->in.ticket_set = *in;
    TEXT(ticket_set.number);
    TEXT(ticket_set.status);
    TEXT(ticket_set.priority);
    return store_op_submit(s, op);
}

struct store_op *store_person_link(struct store *s, const struct store_person_link *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PERSON_LINK, fn, arg);

    op->in.person_link = *in;
    TEXT(person_link.account);
    TEXT(person_link.company);
    BODY(person_link.candidates);
    return store_op_submit(s, op);
}

struct store_op *store_recover(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_RECOVER, fn, arg));
}

struct store_op *store_outbox_due(struct store *s, int64_t now_ms, size_t limit, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_OUTBOX_DUE, fn, arg);

    op->in.outbox_due = (struct store_in_limit){limit_of(limit), now_ms};
    return store_op_submit(s, op);
}

struct store_op *store_outbox_take(struct store *s, const struct store_outbox_take *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_OUTBOX_TAKE, fn, arg);

    op->in.outbox_take = *in;
    TEXT(outbox_take.account);
    return store_op_submit(s, op);
}

struct store_op *store_outbox_finish(struct store *s, const struct store_outbox_finish *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_OUTBOX_FINISH, fn, arg);

    assert(in->outcome >= STORE_FILED && in->outcome <= STORE_PARK);
    op->in.outbox_finish = *in;
    TEXT(outbox_finish.reason);
    TEXT(outbox_finish.ticket_number);
    TEXT(outbox_finish.ticket_status);
    TEXT(outbox_finish.ticket_priority);
    TEXT(outbox_finish.account);
    TEXT(outbox_finish.issue_type);
    TEXT(outbox_finish.assignee);
    return store_op_submit(s, op);
}

struct store_op *store_outbox_retry(struct store *s, const struct id *conversation, int64_t now_ms,
                                    const struct store_audit *audit, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_OUTBOX_RETRY, fn, arg);

    op->in.outbox_retry = (struct store_in_retry){.conversation = *conversation, .now_ms = now_ms};
    if (audit != NULL)
        op->in.outbox_retry.audit = *audit;
    store_op_audit(op, &op->in.outbox_retry.audit);
    return store_op_submit(s, op);
}

struct store_op *store_outbox_retry_all(struct store *s, int64_t now_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_OUTBOX_RETRY, fn, arg);

    op->in.outbox_retry = (struct store_in_retry){.all = true, .now_ms = now_ms};
    store_op_audit(op, &op->in.outbox_retry.audit);
    return store_op_submit(s, op);
}

struct store_op *store_outbox_of(struct store *s, const struct id *conversation, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_OUTBOX_OF, fn, arg);

    op->in.outbox_of.conversation = *conversation;
    return store_op_submit(s, op);
}

struct store_op *store_psa_match_get(struct store *s, const char *account, const char *email,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PSA_MATCH_GET, fn, arg);

    op->in.psa_match_get.account = account;
    op->in.psa_match_get.email = email;
    TEXT(psa_match_get.account);
    TEXT(psa_match_get.email);
    str_lower((char *)(uintptr_t)op->in.psa_match_get.email); /* our own copy */
    return store_op_submit(s, op);
}

struct store_op *store_psa_match_put(struct store *s, const struct store_psa_match *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PSA_MATCH_PUT, fn, arg);

    op->in.psa_match_put = *in;
    TEXT(psa_match_put.account);
    TEXT(psa_match_put.email);
    TEXT(psa_match_put.company);
    BODY(psa_match_put.candidates);
    str_lower((char *)(uintptr_t)op->in.psa_match_put.email); /* our own copy */
    return store_op_submit(s, op);
}

struct store_op *store_connector_get(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_CONNECTOR_GET, fn, arg));
}

struct store_op *store_connector_set(struct store *s, const struct store_connector *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONNECTOR_SET, fn, arg);

    op->in.connector_set = *in;
    TEXT(connector_set.kind);
    TEXT(connector_set.account);
    store_op_text(op, &op->in.connector_set.sealed_token, STORE_TOKEN_MAX);
    TEXT(connector_set.token_end);
    TEXT(connector_set.fallback_name);
    TEXT(connector_set.status);
    TEXT(connector_set.priority);
    TEXT(connector_set.problem_type);
    store_op_audit(op, &op->in.connector_set.audit);
    return store_op_submit(s, op);
}

struct store_op *store_connector_state(struct store *s, const char *kind, const char *state,
                                       const char *reason, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONNECTOR_STATE, fn, arg);

    op->in.connector_state.kind = kind;
    op->in.connector_state.state = state;
    op->in.connector_state.reason = reason;
    TEXT(connector_state.kind);
    TEXT(connector_state.state);
    TEXT(connector_state.reason);
    return store_op_submit(s, op);
}

struct store_op *store_value_get(struct store *s, const char *key, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_VALUE_GET, fn, arg);

    op->in.value_get.key = key;
    TEXT(value_get.key);
    return store_op_submit(s, op);
}

struct store_op *store_value_put(struct store *s, const struct store_value *in, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_VALUE_PUT, fn, arg);

    op->in.value_put = *in;
    TEXT(value_put.key);
    BODY(value_put.text);
    store_op_audit(op, &op->in.value_put.audit);
    return store_op_submit(s, op);
}

struct store_op *store_lease_take(struct store *s, const struct store_lease_take *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_LEASE_TAKE, fn, arg);

    assert(in->count >= 0 && in->ceiling >= 0);
    op->in.lease_take = *in;
    TEXT(lease_take.kind);
    return store_op_submit(s, op);
}

struct store_op *store_lease_return(struct store *s, int64_t lease, int64_t unused, store_fn *fn,
                                    void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_LEASE_RETURN, fn, arg);

    assert(unused >= 0);
    op->in.lease_return.id = lease;
    op->in.lease_return.granted = unused;
    return store_op_submit(s, op);
}

struct store_op *store_lease_sum(struct store *s, const char *kind, int64_t now_ms, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_LEASE_SUM, fn, arg);

    op->in.lease_sum.kind = kind;
    op->in.lease_sum.now_ms = now_ms;
    TEXT(lease_sum.kind);
    return store_op_submit(s, op);
}

struct store_op *store_counts_read(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_COUNTS, fn, arg));
}
