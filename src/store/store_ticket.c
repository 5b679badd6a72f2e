/* The public face of what store/ticket.h is about. */
#include <assert.h>

#include "store/op_private.h"

#define BODY(field) store_op_text(op, &op->in.field, STORE_BODY_MAX)
#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

struct store_op *store_conflict_settle(struct store *s, const struct store_conflict_settle *in,
                                       store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONFLICT_SETTLE, fn, arg);

    assert(in->client_id != NULL && in->client_id[0] != '\0');
    op->in.conflict_settle = *in;
    TEXT(conflict_settle.sender);
    TEXT(conflict_settle.client_id);
    return store_op_submit(s, op);
}

struct store_op *store_psa_users(struct store *s, const char *account, size_t limit, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PSA_USERS, fn, arg);

    op->in.psa_users.account = account;
    op->in.psa_users.limit = limit < STORE_READ_MAX ? limit : STORE_READ_MAX;
    TEXT(psa_users.account);
    return store_op_submit(s, op);
}

struct store_op *store_ticket_detach(struct store *s, const struct store_ticket_detach *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TICKET_DETACH, fn, arg);

    assert(in->then >= STORE_THEN_NEXT && in->then <= STORE_THEN_NONE);
    op->in.ticket_detach = *in;
    TEXT(ticket_detach.said);
    TEXT(ticket_detach.name);
    TEXT(ticket_detach.sender);
    BODY(ticket_detach.payload);
    store_op_audit(op, &op->in.ticket_detach.audit);
    return store_op_submit(s, op);
}

struct store_op *store_ticket_attach(struct store *s, const struct store_ticket_attach *in,
                                     store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TICKET_ATTACH, fn, arg);

    assert(in->ticket.id > 0 && in->read_ms > 0);
    op->in.ticket_attach = *in;
    TEXT(ticket_attach.account);
    TEXT(ticket_attach.said);
    TEXT(ticket_attach.name);
    TEXT(ticket_attach.sender);
    store_op_cut_ticket(op, &op->in.ticket_attach.ticket);
    store_op_audit(op, &op->in.ticket_attach.audit);
    return store_op_submit(s, op);
}
