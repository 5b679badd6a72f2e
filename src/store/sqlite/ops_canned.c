/* Canned replies. */
#include "store/sqlite/ops_private.h"

enum store_result ops_canned_list(struct db *db, struct store_op *op)
{
    const struct store_canned_read *in = &op->in.canned_list;
    struct store_canned_list *out = &op->out.canned;
    struct store_canned *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_canned_list){.rows = rows};
    st = db_query(db,
                  "SELECT n, owner IS NULL, shortcut, name, text, changed_ms FROM canned "
                  "WHERE (owner IS NULL OR owner = ?1) AND n > ?2 ORDER BY n LIMIT ?3",
                  DB_ID(&in->staff), DB_N(in->after), DB_N(in->limit + 1));
    while ((found = db_step(db, st)) == 1) {
        if (out->count == in->limit) {
            out->more = true;
            break;
        }
        rows[out->count++] = (struct store_canned){.n = db_int(st, 0),
                                                   .shared = db_int(st, 1) != 0,
                                                   .shortcut = db_text(op, st, 2),
                                                   .name = db_text(op, st, 3),
                                                   .text = db_text(op, st, 4),
                                                   .changed_ms = db_int(st, 5)};
    }
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* Is it there for this one to change? Its shortcut, and whether it is everybody's. */
static enum store_result find(struct db *db, struct store_op *op, int64_t n, const struct id *staff,
                              bool may_shared, bool *shared, const char **shortcut)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT owner IS NULL, shortcut FROM canned "
                                "WHERE n = ? AND (owner IS NULL OR owner = ?)",
                                DB_N(n), DB_ID(staff));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    *shared = db_int(st, 0) != 0;
    *shortcut = db_text(op, st, 1);
    return *shared && !may_shared ? STORE_REFUSED : STORE_OK;
}

static enum store_result add(struct db *db, const struct store_canned_put *in)
{
    enum store_result result;

    if (in->shared)
        result = db_run(db,
                        "INSERT INTO canned (owner, shortcut, name, text, changed_ms) "
                        "SELECT NULL, ?1, ?2, ?3, ?4 "
                        "WHERE (SELECT count(*) FROM canned WHERE owner IS NULL) < ?5",
                        DB_T(in->shortcut), DB_T(in->name), DB_T(in->text), DB_N(in->now_ms),
                        DB_N(STORE_CANNED_SHARED_MAX));
    else
        result = db_run(db,
                        "INSERT INTO canned (owner, shortcut, name, text, changed_ms) "
                        "SELECT ?6, ?1, ?2, ?3, ?4 "
                        "WHERE (SELECT count(*) FROM canned WHERE owner = ?6) < ?5",
                        DB_T(in->shortcut), DB_T(in->name), DB_T(in->text), DB_N(in->now_ms),
                        DB_N(STORE_CANNED_OWN_MAX), DB_ID(&in->staff));
    return result == STORE_OK && db_changes(db) == 0 ? STORE_CROSSED : result;
}

enum store_result ops_canned_put(struct db *db, struct store_op *op)
{
    const struct store_canned_put *in = &op->in.canned_put;
    bool shared = in->shared;
    const char *was;
    enum store_result result;

    if (in->n == 0) {
        result = shared && !in->may_shared ? STORE_REFUSED : add(db, in);
    } else {
        result = find(db, op, in->n, &in->staff, in->may_shared, &shared, &was);
        if (result == STORE_OK)
            result = db_run(db,
                            "UPDATE canned SET shortcut = ?, name = ?, text = ?, changed_ms = ? "
                            "WHERE n = ?",
                            DB_T(in->shortcut), DB_T(in->name), DB_T(in->text), DB_N(in->now_ms),
                            DB_N(in->n));
    }
    return result == STORE_OK && shared ? ops_audit(db, &in->audit) : result;
}

enum store_result ops_canned_remove(struct db *db, struct store_op *op)
{
    const struct store_canned_remove *in = &op->in.canned_remove;
    struct store_audit audit = in->audit;
    bool shared;
    enum store_result result =
        find(db, op, in->n, &in->staff, in->may_shared, &shared, &audit.object);

    if (result == STORE_OK)
        result = db_run(db, "DELETE FROM canned WHERE n = ?", DB_N(in->n));
    return result == STORE_OK && shared ? ops_audit(db, &audit) : result;
}
