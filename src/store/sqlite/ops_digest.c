/* The digests of staff. */
#include "store/sqlite/ops_private.h"

/* Each part by its bit, who waits longest first. ?1: whose digest, ?2: the parts. A conversation
 * that sleeps was put off on purpose. One of several parts stands under the first. */
#define WAITING                                                                                    \
    "SELECT n, min(part) AS part, at FROM (" OPEN_ONES "UNION ALL " NAMED                          \
    ") WHERE part <> 0 GROUP BY n "

/* In notes that they have not read. */
#define NAMED                                                                                      \
    "SELECT m.conversation, 8, min(m.at_ms) FROM mention m LEFT JOIN staff_read r ON "             \
    "r.staff = m.staff AND r.conversation = m.conversation WHERE ?2 & 8 AND m.staff = ?1 AND "     \
    "m.seq > coalesce(r.seq, 0) GROUP BY m.conversation "

#define OPEN_ONES                                                                                  \
    "SELECT c.n, CASE WHEN c.staff = ?1 AND ?2 & 1 THEN 1 WHEN c.staff IS NULL AND ?2 & 2 THEN 2 " \
    "WHEN c.escalated_ms = c.waiting_since_ms AND ?2 & 4 THEN 4 ELSE 0 END AS part, "              \
    "c.waiting_since_ms AS at FROM conversation c WHERE c.open = 1 AND c.waiting_since_ms > 0 "    \
    "AND "                                                                                         \
    "c.snoozed_ms = 0 AND c.merged = 0 "

enum store_result ops_digest_list(struct db *db, struct store_op *op)
{
    struct store_digest_choices *out = &op->out.digest_choices;
    struct store_digest_choice *rows = arena_alloc(op->arena, STORE_DIGEST_MAX * sizeof(*rows));
    sqlite3_stmt *st;
    int found;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_digest_choices){.rows = rows};
    st = db_query(db,
                  "SELECT t.staff, t.text, t.changed_ms, coalesce(d.slot_ms, 0) FROM staff f JOIN "
                  "staff_setting t ON t.staff = f.id AND t.key = 'notify' LEFT JOIN staff_digest d "
                  "ON d.staff = f.id WHERE length(CAST(t.text AS BLOB)) <= ? LIMIT ?",
                  DB_N(STORE_DIGEST_TEXT_MAX), DB_N(STORE_DIGEST_MAX));
    while ((found = db_step(db, st)) == 1) {
        struct store_digest_choice *row = &rows[out->count++];

        *row = (struct store_digest_choice){
            .text = db_text(op, st, 1), .changed_ms = db_int(st, 2), .slot_ms = db_int(st, 3)};
        db_id(st, 0, &row->staff);
    }
    return found < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_digest_send(struct db *db, struct store_op *op)
{
    const struct store_digest_send *in = &op->in.digest_send;
    sqlite3_stmt *st = db_query(db,
                                "SELECT f.disabled_ms = 0 AND (SELECT ready FROM mail_rule), "
                                "coalesce(d.slot_ms, 0) < ?2 FROM staff f LEFT JOIN staff_digest d "
                                "ON d.staff = f.id WHERE f.id = ?1",
                                DB_ID(&in->staff), DB_N(in->slot_ms));
    enum store_result result = ops_one_row(db, st);
    const bool wanted = result == STORE_OK && db_int(st, 0) != 0;
    const bool fresh = result == STORE_OK && db_int(st, 1) != 0;

    op->out.changed.changed = false;
    if (result != STORE_OK || !fresh)
        return result;
    result =
        db_run(db, "INSERT OR REPLACE INTO staff_digest (staff, slot_ms, parts) VALUES (?, ?, ?)",
               DB_ID(&in->staff), DB_N(in->slot_ms), DB_N(in->parts));
    if (result != STORE_OK || !wanted)
        return result;
    result = db_run(db,
                    "INSERT INTO mail (kind, state, key, address, staff, next_at_ms, created_ms, "
                    "expires_ms, language) SELECT 6, 1, ?3, f.email, f.id, ?4, ?4, ?5, "
                    "substr(coalesce((SELECT iif(json_valid(t.text), json_extract(t.text, "
                    "'$.language'), '') FROM staff_setting t WHERE t.staff = ?1 AND t.key = "
                    "'language'), ''), 1, 3) FROM staff f "
                    "WHERE f.id = ?1 AND EXISTS (" WAITING ")",
                    DB_ID(&in->staff), DB_N(in->parts), DB_ID(&in->key), DB_N(in->now_ms),
                    DB_N(in->slot_ms + STORE_DIGEST_LATE_MS));
    op->out.changed.changed = result == STORE_OK && db_changes(db) > 0;
    return result;
}

enum store_result ops_digest_read(struct db *db, struct store_op *op, int64_t letter,
                                  struct store_digest *out)
{
    struct store_digest_row *rows = arena_alloc(op->arena, STORE_DIGEST_ROWS * sizeof(*rows));
    struct id staff = {{0}};
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT d.staff, d.parts FROM mail m JOIN staff f ON f.id = m.staff JOIN "
                 "staff_digest d ON d.staff = f.id WHERE m.id = ? AND f.disabled_ms = 0",
                 DB_N(letter));
    const enum store_result result = ops_one_row(db, st);
    int64_t parts;
    int found;

    *out = (struct store_digest){.rows = rows};
    if (result != STORE_OK || rows == NULL)
        return result == STORE_NOT_FOUND ? STORE_OK : STORE_FAILED;
    db_id(st, 0, &staff);
    parts = db_int(st, 1);
    st = db_query(db,
                  "SELECT x.part, c.id, p.name, c.subject, c.reference, x.at FROM (" WAITING ") x "
                  "JOIN conversation c ON c.n = x.n JOIN person p ON p.id = c.person "
                  "ORDER BY x.part, x.at",
                  DB_ID(&staff), DB_N(parts));
    while ((found = db_step(db, st)) == 1) {
        struct store_digest_row *row = &rows[out->count];

        if (out->count == STORE_DIGEST_ROWS) {
            out->more++;
            continue;
        }
        *row = (struct store_digest_row){.part = (enum store_digest_part)db_int(st, 0),
                                         .name = db_text(op, st, 2),
                                         .subject = db_text(op, st, 3),
                                         .reference = db_text(op, st, 4),
                                         .waiting_since_ms = db_int(st, 5)};
        db_id(st, 1, &row->conversation);
        out->count++;
    }
    return found < 0 ? STORE_FAILED : STORE_OK;
}
