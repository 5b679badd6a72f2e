/* Running operations: one read in one transaction, many writes in another. */
#include "store/sqlite/ops_private.h"

#include <assert.h>

#include "base/log.h"

static enum store_result (*const table[STORE_OP_COUNT])(struct db *db, struct store_op *op) = {
#define X(name, member, write, type) [STORE_OP_##name] = ops_##member,
    STORE_OPS(X)
#undef X
};

static void run(struct db *db, struct store_op *op)
{
    op->result = table[op->kind](db, op);
    if (op->result == STORE_OK && op->too_large)
        op->result = STORE_FAILED;
    db_reset(db);
    if (op->result == STORE_FAILED)
        log_event(LOG_ERROR, "store", "failed", LOG_S("operation", store_op_name(op->kind)));
}

static void fail_all(struct store_op *first)
{
    for (struct store_op *op = first; op != NULL; op = op->next)
        op->result = STORE_FAILED;
}

/* Run one write in a savepoint. -1 when the transaction as a whole is lost. */
static int run_in_savepoint(struct db *db, struct store_op *op)
{
    if (db_run(db, "SAVEPOINT one") != STORE_OK)
        return -1;
    run(db, op);
    if (sqlite3_get_autocommit(db_handle(db)) != 0)
        return -1; /* SQLite rolled everything back itself: disk full, I/O error */
    if (op->result != STORE_OK && db_run(db, "ROLLBACK TO one") != STORE_OK)
        return -1;
    return db_run(db, "RELEASE one") == STORE_OK ? 0 : -1;
}

/* Run one write. -1 when it was refused after it had changed something, or took the transaction
 * with it: those behind it would be committed by themselves, statement by statement. */
static int run_bare(struct db *db, struct store_op *op)
{
    const int64_t before = sqlite3_total_changes64(db_handle(db));

    run(db, op);
    if (sqlite3_get_autocommit(db_handle(db)) != 0)
        return -1;
    return op->result == STORE_OK || sqlite3_total_changes64(db_handle(db)) == before ? 0 : -1;
}

static bool run_all(struct db *db, struct store_op *first,
                    int (*run_one)(struct db *db, struct store_op *op))
{
    bool lost = db_run(db, "BEGIN IMMEDIATE") != STORE_OK;

    for (struct store_op *op = first; op != NULL && !lost; op = op->next)
        lost = run_one(db, op) < 0;
    if (!lost && db_run(db, "COMMIT") == STORE_OK)
        return true;
    if (sqlite3_get_autocommit(db_handle(db)) == 0 && db_run(db, "ROLLBACK") != STORE_OK)
        log_event(LOG_ERROR, "store", "not_rolled_back");
    return false;
}

/* Refusals that leave half a change behind are rare, savepoints are not cheap: the group is run
 * without them first, and with them when one was missing. */
bool ops_run_group(struct db *db, struct store_op *first)
{
    if (run_all(db, first, run_bare) || run_all(db, first, run_in_savepoint))
        return true;
    fail_all(first);
    return false;
}

void ops_run_read(struct db *db, struct store_op *op)
{
    assert(!store_op_is_write(op->kind));
    if (db_run(db, "BEGIN") != STORE_OK) {
        op->result = STORE_FAILED;
        return;
    }
    run(db, op);
    if (db_run(db, "COMMIT") != STORE_OK && db_run(db, "ROLLBACK") != STORE_OK)
        log_event(LOG_ERROR, "store", "read_not_ended");
}

enum store_result ops_one_row(struct db *db, sqlite3_stmt *st)
{
    const int found = db_step(db, st);

    if (found == 1)
        return STORE_OK;
    return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
}
