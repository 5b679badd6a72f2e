/* The public face of what store/ticket.h is about. */
#include <assert.h>

#include "store/op_private.h"

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
