/* The public face of what store/inbox.h is about. */
#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

struct store_op *store_inbox_list(struct store *s, const struct store_inbox_list *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_INBOX_LIST, fn, arg);

    op->in.inbox_list = *in;
    TEXT(inbox_list.company);
    TEXT(inbox_list.tag);
    TEXT(inbox_list.priority);
    if (in->limit > STORE_READ_MAX)
        op->in.inbox_list.limit = STORE_READ_MAX;
    return store_op_submit(s, op);
}
