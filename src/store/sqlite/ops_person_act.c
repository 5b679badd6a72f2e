/* What staff do about a person: block, let manage, sign out, erase. */
#include "store/sqlite/ops_private.h"

static enum store_result act(struct db *db, const struct store_person_change *in)
{
    switch (in->act) {
    case STORE_PERSON_BLOCK:
        return db_run(db, "UPDATE person SET blocked_ms = ? WHERE id = ? AND blocked_ms = 0",
                      DB_N(in->now_ms), DB_ID(&in->person));
    case STORE_PERSON_UNBLOCK:
        return db_run(db, "UPDATE person SET blocked_ms = 0 WHERE id = ? AND blocked_ms <> 0",
                      DB_ID(&in->person));
    case STORE_PERSON_MANAGER:
        return db_run(db, "UPDATE person SET manager = 1 WHERE id = ? AND manager = 0",
                      DB_ID(&in->person));
    case STORE_PERSON_NO_MANAGER:
        return db_run(db, "UPDATE person SET manager = 0 WHERE id = ? AND manager <> 0",
                      DB_ID(&in->person));
    case STORE_PERSON_SIGN_OUT:
        return db_run(db, "DELETE FROM visitor WHERE person = ? AND verified_ms <> 0",
                      DB_ID(&in->person));
    }
    return STORE_FAILED;
}

static enum store_result find(struct db *db, const struct id *person)
{
    return ops_one_row(
        db, db_query(db, "SELECT 1 FROM person WHERE id = ? AND erased_ms = 0", DB_ID(person)));
}

enum store_result ops_person_change(struct db *db, struct store_op *op)
{
    const struct store_person_change *in = &op->in.person_change;
    enum store_result result = find(db, &in->person);

    if (result == STORE_OK)
        result = act(db, in);
    if (result != STORE_OK)
        return result;
    op->out.changed.changed = db_changes(db) > 0;
    return op->out.changed.changed ? ops_audit_person(db, op, &in->audit, &in->person) : STORE_OK;
}

/* ---- erase ---- */

/* Of this person: ?1. */
#define THEIRS "(SELECT n FROM conversation WHERE person = ?1) "

static enum store_result is_settled(struct db *db, const struct store_person_erase *in)
{
    sqlite3_stmt *st =
        db_query(db, "SELECT 1 FROM person WHERE id = ? AND erased_ms = 0 AND lower(email) = ?",
                 DB_ID(&in->person), DB_T(in->email));
    enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return result;
    result = ops_one_row(
        db,
        db_query(db, "SELECT 1 FROM outbox WHERE state < 4 AND conversation IN " THEIRS "LIMIT 1",
                 DB_ID(&in->person)));
    return result == STORE_OK ? STORE_CONFLICT : result == STORE_NOT_FOUND ? STORE_OK : result;
}

/* What they wrote and how they were called; staff's words stay. */
static enum store_result erase_words(struct db *db, const struct store_person_erase *in)
{
    /* Also what of their words was hidden since, and where an event calls them by their name. */
    enum store_result result = db_run(
        db,
        "UPDATE message SET body = ?2, name = '' WHERE conversation IN " THEIRS "AND (author = 1 "
        "OR (author IN (3, 4) AND EXISTS (SELECT 1 FROM sender s WHERE s.n = message.sender AND "
        "s.name LIKE 'v:%')))",
        DB_ID(&in->person), DB_T(in->said));

    if (result == STORE_OK)
        result = ops_files_forget(db, &in->person);
    if (result == STORE_OK)
        result = db_run(db, "UPDATE rating SET comment = '' WHERE conversation IN " THEIRS,
                        DB_ID(&in->person));
    if (result == STORE_OK)
        result = db_run(db, "UPDATE outbox SET payload = '' WHERE conversation IN " THEIRS,
                        DB_ID(&in->person));
    if (result == STORE_OK)
        result = db_run(db, "UPDATE conversation SET subject = ?2, open = 0 WHERE person = ?1",
                        DB_ID(&in->person), DB_T(in->said));
    /* What the mirror has of their tickets; ops_sync_tickets keeps it away. */
    if (result == STORE_OK)
        result = db_run(db,
                        "DELETE FROM ticket WHERE (account, id) IN (SELECT account, ticket_id FROM "
                        "conversation WHERE person = ?)",
                        DB_ID(&in->person));
    return result;
}

static enum store_result erase_ties(struct db *db, const struct store_person_erase *in)
{
    static const char *const all[] = {
        "DELETE FROM psa_match WHERE email = (SELECT lower(email) FROM person WHERE id = ?)",
        "DELETE FROM proof WHERE email <> '' AND email = (SELECT email FROM person WHERE id = ?)",
        "DELETE FROM person_identity WHERE person = ?",
        "DELETE FROM person_link WHERE person = ?",
        "DELETE FROM read_mark WHERE person = ?",
        "DELETE FROM draft WHERE conversation IN (SELECT n FROM conversation WHERE person = ?)",
        "DELETE FROM visitor WHERE person = ?",
    };
    enum store_result result = ops_mail_forget(db, &in->person);

    for (size_t i = 0; i < COUNT_OF(all) && result == STORE_OK; i++)
        result = db_run(db, all[i], DB_ID(&in->person));
    if (result != STORE_OK)
        return result;
    return db_run(db,
                  "UPDATE person SET name = '', email = '', company = '', verified_ms = 0, "
                  "manager = 0, mail_off_ms = 0, seen_ms = 0, erased_ms = ? WHERE id = ?",
                  DB_N(in->now_ms), DB_ID(&in->person));
}

enum store_result ops_person_erase(struct db *db, struct store_op *op)
{
    const struct store_person_erase *in = &op->in.person_erase;
    enum store_result result = is_settled(db, in);

    if (result == STORE_OK)
        result = erase_words(db, in);
    if (result == STORE_OK)
        result = erase_ties(db, in);
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}
