/* The audit log: rows are added and read, never changed (triggers see to that). */
#include "store/sqlite/ops_private.h"

enum store_result ops_audit(struct db *db, const struct store_audit *audit)
{
    if (audit->action[0] == '\0')
        return STORE_OK;
    return db_run(db,
                  "INSERT INTO audit (at_ms, actor, action, object, address, detail) "
                  "VALUES (?, ?, ?, ?, ?, ?)",
                  DB_N(audit->at_ms), DB_T(audit->actor), DB_T(audit->action), DB_T(audit->object),
                  DB_T(audit->address), DB_T(audit->detail));
}

enum store_result ops_audit_of(struct db *db, struct store_op *op, const struct store_audit *audit,
                               const struct id *conversation)
{
    struct store_audit named = *audit;
    sqlite3_stmt *st;

    if (audit->action[0] == '\0' || audit->object[0] != '\0')
        return ops_audit(db, audit);
    st = db_query(db, "SELECT reference FROM conversation WHERE id = ?", DB_ID(conversation));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    named.object = db_text(op, st, 0);
    return ops_audit(db, &named);
}

enum store_result ops_audit_add(struct db *db, struct store_op *op)
{
    return ops_audit(db, &op->in.audit_add);
}

static void read_row(struct store_op *op, sqlite3_stmt *st, struct store_audit *to)
{
    *to = (struct store_audit){
        .id = db_int(st, 0),
        .at_ms = db_int(st, 1),
        .actor = db_text(op, st, 2),
        .action = db_text(op, st, 3),
        .object = db_text(op, st, 4),
        .address = db_text(op, st, 5),
        .detail = db_text(op, st, 6),
    };
}

/* One row more than asked for tells whether there are more. */
enum store_result ops_audit_read(struct db *db, struct store_op *op)
{
    const struct store_audit_read *in = &op->in.audit_read;
    struct store_audits *out = &op->out.audits;
    struct store_audit *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    size_t count = 0;
    int found;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT id, at_ms, actor, action, object, address, detail FROM audit "
                 "WHERE (?1 = 0 OR id < ?1) AND (?2 = '' OR action = ?2) AND (?3 = '' OR "
                 "instr(lower(actor), lower(?3)) > 0 OR instr(lower(object), lower(?3)) > 0) "
                 "ORDER BY id DESC LIMIT ?4",
                 DB_N(in->before), DB_T(in->action), DB_T(in->who), DB_N(in->limit + 1));

    if (rows == NULL)
        return STORE_FAILED;
    while ((found = db_step(db, st)) == 1)
        read_row(op, st, &rows[count++]);
    if (found < 0)
        return STORE_FAILED;
    *out = (struct store_audits){rows, count > in->limit ? in->limit : count, count > in->limit};
    return STORE_OK;
}
