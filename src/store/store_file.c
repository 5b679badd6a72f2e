/* The public face of what store/file.h is about. */
#include <assert.h>
#include <string.h>

#include "store/op_private.h"

#define TEXT(field) store_op_text(op, &op->in.field, STORE_TEXT_MAX)

struct store_op *store_file_begin(struct store *s, const struct store_file_begin *in, store_fn *fn,
                                  void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_FILE_BEGIN, fn, arg);

    assert(in->size > 0 && in->path[0] != '\0' && in->client_id[0] != '\0');
    op->in.file_begin = *in;
    TEXT(file_begin.sender);
    TEXT(file_begin.client_id);
    TEXT(file_begin.name);
    return store_op_submit(s, op);
}

struct store_op *store_file_get(struct store *s, const struct store_file_key *in, store_fn *fn,
                                void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_FILE_GET, fn, arg);

    op->in.file_get = *in;
    TEXT(file_get.sender);
    return store_op_submit(s, op);
}

struct store_op *store_file_append(struct store *s, const struct store_file_append *in,
                                   store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_FILE_APPEND, fn, arg);

    assert(in->from < in->to);
    op->in.file_append = *in;
    TEXT(file_append.sha256);
    TEXT(file_append.type);
    return store_op_submit(s, op);
}

struct store_op *store_file_drop(struct store *s, const struct id *id, const char *sender,
                                 store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_FILE_DROP, fn, arg);

    op->in.file_drop = (struct store_file_key){.id = *id, .sender = sender};
    TEXT(file_drop.sender);
    return store_op_submit(s, op);
}

struct store_op *store_file_sweep(struct store *s, int64_t before_ms, store_fn *fn, void *arg)
{
    struct store_op *op = store_op_new(STORE_OP_FILE_SWEEP, fn, arg);

    op->in.file_sweep.now_ms = before_ms;
    return store_op_submit(s, op);
}

static struct store_op *with_paths(enum store_op_kind kind, const struct store_paths *paths,
                                   store_fn *fn, void *arg, struct store_paths **to)
{
    struct store_op *op = store_op_new(kind, fn, arg);
    const char **rows = arena_alloc(op->arena, (paths->count + 1) * sizeof(*rows));

    assert(paths->count <= STORE_GONE_MAX && rows != NULL);
    for (size_t i = 0; i < paths->count; i++) {
        rows[i] = paths->rows[i];
        store_op_text(op, &rows[i], STORE_FILE_PATH_SIZE);
    }
    *to = kind == STORE_OP_FILE_SWEPT ? &op->in.file_swept : &op->in.file_unknown;
    **to = (struct store_paths){rows, paths->count};
    return op;
}

struct store_op *store_file_swept(struct store *s, const struct store_paths *paths, store_fn *fn,
                                  void *arg)
{
    struct store_paths *in;

    return store_op_submit(s, with_paths(STORE_OP_FILE_SWEPT, paths, fn, arg, &in));
}

struct store_op *store_file_unknown(struct store *s, const struct store_paths *paths, store_fn *fn,
                                    void *arg)
{
    struct store_paths *in;

    return store_op_submit(s, with_paths(STORE_OP_FILE_UNKNOWN, paths, fn, arg, &in));
}
