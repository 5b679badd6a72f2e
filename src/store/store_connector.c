/* The public face of the operations on the connector. */
#include <assert.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

struct store_op *store_connector_pause(struct store *s, const struct store_connector_pause *in,
                                       store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONNECTOR_PAUSE, fn, arg);

    op->in.connector_pause = *in;
    TEXT(connector_pause.kind);
    TEXT(connector_pause.reason);
    store_op_audit(op, &op->in.connector_pause.audit);
    return store_op_submit(s, op);
}

struct store_op *store_connector_remove(struct store *s, const struct store_connector_pause *in,
                                        store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONNECTOR_REMOVE, fn, arg);

    op->in.connector_remove = *in;
    TEXT(connector_remove.kind);
    TEXT(connector_remove.reason);
    store_op_audit(op, &op->in.connector_remove.audit);
    return store_op_submit(s, op);
}

struct store_op *store_calls_add(struct store *s, const struct store_calls_add *in, store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CALLS_ADD, fn, arg);

    assert(in->calls >= 0 && in->errors >= 0);
    op->in.calls_add = *in;
    TEXT(calls_add.kind);
    return store_op_submit(s, op);
}

struct store_op *store_calls_read(struct store *s, const char *kind, int64_t since_ms, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CALLS_READ, fn, arg);

    op->in.calls_read = (struct store_in_since){kind, since_ms};
    TEXT(calls_read.kind);
    return store_op_submit(s, op);
}

struct store_op *store_parked_read(struct store *s, const struct store_parked_read *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_PARKED_READ, fn, arg);

    op->in.parked_read = *in;
    if (in->limit > STORE_READ_MAX)
        op->in.parked_read.limit = STORE_READ_MAX;
    TEXT(parked_read.account);
    return store_op_submit(s, op);
}

struct store_op *store_backlog_read(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_BACKLOG_READ, fn, arg));
}

struct store_op *store_outbox_company(struct store *s, const struct store_outbox_company *in,
                                      store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_OUTBOX_COMPANY, fn, arg);

    assert(in->psa_customer > 0);
    op->in.outbox_company = *in;
    TEXT(outbox_company.account);
    TEXT(outbox_company.company);
    store_op_audit(op, &op->in.outbox_company.audit);
    return store_op_submit(s, op);
}

struct store_op *store_outbox_give_up(struct store *s, const struct store_outbox_give_up *in,
                                      store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_OUTBOX_GIVE_UP, fn, arg);

    op->in.outbox_give_up = *in;
    TEXT(outbox_give_up.account);
    TEXT(outbox_give_up.name);
    TEXT(outbox_give_up.sender);
    TEXT(outbox_give_up.said);
    TEXT(outbox_give_up.said_create);
    store_op_audit(op, &op->in.outbox_give_up.audit);
    return store_op_submit(s, op);
}
