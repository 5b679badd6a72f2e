/* One operation for the command line, on a loop of its own. */
#include "net/loop.h"
#include "store/sqlite/store_sqlite.h"

struct run {
    struct loop *loop;
    store_fn *done;
    void *arg;
    enum store_result result;
};

static void on_answer(enum store_result result, const union store_out *out, void *arg)
{
    struct run *r = arg;

    r->result = result;
    if (r->done != NULL)
        r->done(result, out, r->arg);
    loop_stop(r->loop);
}

enum store_result store_sqlite_run(const char *dir,
                                   struct store_op *(*start)(struct store *s, store_fn *fn,
                                                             void *fn_arg, void *arg),
                                   store_fn *done, void *arg, struct err *err)
{
    struct run r = {.done = done, .arg = arg, .result = STORE_FAILED};
    struct store *s;

    r.loop = loop_new(err);
    if (r.loop == NULL)
        return STORE_FAILED;
    s = store_sqlite_open_beside(dir, r.loop, err);
    if (s != NULL) {
        start(s, on_answer, &r, arg);
        loop_run(r.loop);
        if (r.result == STORE_FAILED)
            err_set(err, "the database could not do it; the log says why");
        store_free(s);
        loop_turn(r.loop, 0); /* lets go of what the store had posted */
    }
    loop_free(r.loop);
    return r.result;
}
