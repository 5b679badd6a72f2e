/* An operation's life: made, answered, freed; and the names of things. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/op_private.h"

#define OP_BYTES ((size_t)16 << 20) /* inputs and outputs; a full read needs far less */

static const struct {
    const char *name;
    bool is_write;
} ops[STORE_OP_COUNT] = {
#define X(name, member, write, type) [STORE_OP_##name] = {#member, write},
    STORE_OPS(X)
#undef X
};

struct store_op *store_op_new(enum store_op_kind kind, store_fn *fn, void *arg)
{
    struct store_op *op = calloc(1, sizeof(*op));

    if (op == NULL)
        abort();
    op->kind = kind;
    op->fn = fn;
    op->arg = arg;
    op->arena = arena_new(OP_BYTES);
    return op;
}

void store_op_text(struct store_op *op, const char **text, size_t max)
{
    if (*text == NULL)
        *text = "";
    const size_t len = strlen(*text);

    assert(len <= max);
    *text = arena_strndup(op->arena, *text, len);
    assert(*text != NULL);
}

void store_op_audit(struct store_op *op, struct store_audit *audit)
{
    store_op_text(op, &audit->actor, STORE_TEXT_MAX);
    store_op_text(op, &audit->action, STORE_TEXT_MAX);
    store_op_text(op, &audit->object, STORE_TEXT_MAX);
    store_op_text(op, &audit->address, STORE_TEXT_MAX);
    store_op_text(op, &audit->detail, STORE_TEXT_MAX);
}

struct store_op *store_op_submit(struct store *s, struct store_op *op)
{
    const bool told = op->fn != NULL;

    s->ops->submit(s, op);
    return told ? op : NULL;
}

void store_op_finish(struct store_op *op)
{
    const bool has_out = op->result == STORE_OK || op->result == STORE_MOVED;

    if (op->fn != NULL)
        op->fn(op->result, has_out ? &op->out : NULL, op->arg);
    store_op_free(op);
}

void store_op_free(struct store_op *op)
{
    if (op == NULL)
        return;
    arena_free(op->arena);
    free(op);
}

bool store_op_is_write(enum store_op_kind kind)
{
    return ops[kind].is_write;
}

const char *store_op_name(enum store_op_kind kind)
{
    return ops[kind].name;
}

const char *store_result_name(enum store_result result)
{
    static const char *const names[] = {"ok",     "not_found", "conflict", "busy",
                                        "failed", "crossed",   "refused"};

    return (size_t)result < COUNT_OF(names) ? names[result] : "?";
}

const char *store_author_name(enum store_author author)
{
    static const char *const names[] = {"?", "person", "staff", "note", "event"};

    return (size_t)author < COUNT_OF(names) ? names[author] : "?";
}

const char *store_kind_name(enum store_outbox_kind kind)
{
    static const char *const names[] = {"?", "create_ticket", "add_comment", "update_ticket",
                                        "attach_files"};

    return (size_t)kind < COUNT_OF(names) ? names[kind] : "?";
}

const char *store_mail_kind_name(enum store_mail_kind kind)
{
    static const char *const names[] = {"?",          "code",       "answer", "test",
                                        "unanswered", "transcript", "digest"};

    return (size_t)kind < COUNT_OF(names) ? names[kind] : "?";
}

const char *store_state_name(enum store_outbox_state state)
{
    static const char *const names[] = {"?", "waiting", "in_doubt", "parked", "filed", "given_up"};

    return (size_t)state < COUNT_OF(names) ? names[state] : "?";
}
