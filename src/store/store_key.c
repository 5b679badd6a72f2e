/* The public face of what store/key.h is about. */
#include <assert.h>
#include <string.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

struct store_op *store_key_list(struct store *s, store_fn *fn, void *arg)
{
    return store_op_submit(s, store_op_new(STORE_OP_KEY_LIST, fn, arg));
}

static struct store_op *with_key(struct store *s, struct store_op *op, struct store_key *in)
{
    store_op_text(op, &in->hint, STORE_TEXT_MAX);
    store_op_text(op, &in->name, STORE_TEXT_MAX);
    store_op_text(op, &in->rights, STORE_TEXT_MAX);
    store_op_text(op, &in->made_by, STORE_TEXT_MAX);
    store_op_audit(op, &in->audit);
    return store_op_submit(s, op);
}

struct store_op *store_key_add(struct store *s, const struct store_key *in, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_KEY_ADD, fn, arg);

    op->in.key_add = *in;
    return with_key(s, op, &op->in.key_add);
}

struct store_op *store_key_revoke(struct store *s, const struct store_key *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_KEY_REVOKE, fn, arg);

    op->in.key_revoke = *in;
    return with_key(s, op, &op->in.key_revoke);
}

struct store_op *store_key_check(struct store *s, const uint8_t hash[STORE_HASH_SIZE], store_fn *fn,
                                 void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_KEY_CHECK, fn, arg);

    memcpy(op->in.key_check.hash, hash, STORE_HASH_SIZE);
    return store_op_submit(s, op);
}

struct store_op *store_key_used(struct store *s, int64_t n, int64_t now_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_KEY_USED, fn, arg);

    op->in.key_used = (struct store_api_ask){.key = n, .now_ms = now_ms};
    return store_op_submit(s, op);
}

struct store_op *store_api_ask(struct store *s, const struct store_api_ask *in, store_fn *fn,
                               void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_API_ASK, fn, arg);

    op->in.api_ask = *in;
    TEXT(api_ask.name);
    op->in.api_ask.body = NULL;
    return store_op_submit(s, op);
}

struct store_op *store_api_answer(struct store *s, const struct store_api_ask *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_API_ANSWER, fn, arg);

    op->in.api_answer = *in;
    TEXT(api_answer.name);
    store_op_text(op, &op->in.api_answer.body, STORE_API_ANSWER_MAX);
    return store_op_submit(s, op);
}

struct store_op *store_talks_read(struct store *s, const struct store_talks_read *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_TALKS_READ, fn, arg);

    assert(in->limit <= STORE_READ_MAX);
    op->in.talks_read = *in;
    return store_op_submit(s, op);
}
