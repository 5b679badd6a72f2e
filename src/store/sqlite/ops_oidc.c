/* Coming in by a provider of OpenID Connect. */
#include "store/sqlite/ops_private.h"

/* Whose name this is. */
static enum store_result named(struct db *db, const struct store_oidc *who, struct id *staff)
{
    sqlite3_stmt *st = db_query(db, "SELECT staff FROM staff_oidc WHERE issuer = ? AND subject = ?",
                                DB_T(who->issuer), DB_T(who->subject));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        db_id(st, 0, staff);
    return result;
}

enum store_result ops_oidc_find(struct db *db, struct store_op *op)
{
    const struct store_oidc_find *in = &op->in.oidc_find;
    struct store_staff_key key = {.email = in->email};
    enum store_result result = named(db, &in->who, &key.id);
    const bool by_email = result == STORE_NOT_FOUND && in->email[0] != '\0';

    if (result != STORE_OK && !by_email)
        return result;
    result = ops_staff_find(db, op, &key, &op->out.staff);
    if (result != STORE_OK || !by_email)
        return result;
    /* The email of somebody who left may have been given to another. */
    result = ops_one_row(db, db_query(db, "SELECT 1 FROM staff_oidc WHERE staff = ? AND issuer = ?",
                                      DB_ID(&op->out.staff.id), DB_T(in->who.issuer)));
    if (result == STORE_OK)
        return STORE_CONFLICT;
    return result == STORE_NOT_FOUND ? STORE_OK : result;
}

enum store_result ops_oidc_bind(struct db *db, const struct store_oidc *who, const struct id *staff)
{
    struct id now;
    const enum store_result result = named(db, who, &now);

    if (result == STORE_OK)
        return id_equal(&now, staff) ? STORE_OK : STORE_CONFLICT;
    if (result != STORE_NOT_FOUND)
        return result;
    return db_run(db, "INSERT INTO staff_oidc (issuer, subject, staff) VALUES (?, ?, ?)",
                  DB_T(who->issuer), DB_T(who->subject), DB_ID(staff));
}
