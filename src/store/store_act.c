/* The public face of what store/act.h is about. */
#include <assert.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)
#define BODY(field) store_op_text(op, &op->in.field, STORE_BODY_MAX)

struct store_op *store_conversation_act(struct store *s, const struct store_act *in, store_fn *fn,
                                        void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_CONVERSATION_ACT, fn, arg);

    assert(in->tag_count <= STORE_TAGS_MAX && in->mention_count <= STORE_MENTIONS_MAX);
    op->in.conversation_act = *in;
    TEXT(conversation_act.name);
    TEXT(conversation_act.client_id);
    BODY(conversation_act.body);
    TEXT(conversation_act.outbox.payload);
    TEXT(conversation_act.text);
    TEXT(conversation_act.payload);
    TEXT(conversation_act.reopen);
    for (size_t i = 0; i < in->tag_count; i++)
        store_op_text(op, &op->in.conversation_act.tags[i], STORE_TAG_MAX);
    return store_op_submit(s, op);
}

struct store_op *store_staff_setting_get(struct store *s, const struct id *staff, const char *key,
                                         store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_STAFF_SETTING_GET, fn, arg);

    op->in.staff_setting_get = (struct store_staff_setting){.staff = *staff, .key = key};
    TEXT(staff_setting_get.key);
    return store_op_submit(s, op);
}

struct store_op *store_staff_setting_put(struct store *s, const struct store_staff_setting *in,
                                         store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_STAFF_SETTING_PUT, fn, arg);

    op->in.staff_setting_put = *in;
    TEXT(staff_setting_put.key);
    store_op_text(op, &op->in.staff_setting_put.text, STORE_SETTING_MAX);
    return store_op_submit(s, op);
}
