/* The store on SQLite: one file, WAL, synchronous=FULL, a writer thread that commits what waits
 * as one transaction, and reader threads with connections of their own. */
#ifndef PARLEY_STORE_SQLITE_H
#define PARLEY_STORE_SQLITE_H

#include "base/err.h"
#include "store/store.h"

struct loop;

/* Open DIR/parley.db for serving, making and migrating it as needed (DIR is made, mode 0700).
 * Holds DIR/lock, so that a second server on the same data is refused. Callbacks run on the loop,
 * which must outlive the store and be turned once between store_free and loop_free. NULL with err:
 * in use, made by a newer Parley, not our file, disk.
 */
struct store *store_sqlite_open(const char *dir, struct loop *loop, struct err *err) WARN_UNUSED;

/* The same beside a running server, without the lock: for short commands. */
struct store *store_sqlite_open_beside(const char *dir, struct loop *loop,
                                       struct err *err) WARN_UNUSED;

/* For the command line: open beside, run one operation on a private loop, close.
 * start() begins the operation with the fn and arg it is given; done(), if not NULL, sees the
 * answer. Returns the result; STORE_FAILED with err when the store does not open. */
enum store_result store_sqlite_run(const char *dir,
                                   struct store_op *(*start)(struct store *s, store_fn *fn,
                                                             void *fn_arg, void *arg),
                                   store_fn *done, void *arg, struct err *err);

#endif
