/* What needs somebody's attention: people of whom it is not known who they are, and what has
 * stopped for another reason. */
#include "store/sqlite/ops_private.h"

/* Conversations of the person p whose new ticket has stopped. */
#define STOPPED                                                                                    \
    "FROM conversation c JOIN outbox o ON o.conversation = c.n AND o.head = 1 AND o.state = 3 "    \
    "AND o.kind = 1 WHERE c.person = p.id"

static void read_row(struct store_op *op, sqlite3_stmt *st, struct store_attention *to)
{
    *to = (struct store_attention){.kind = (enum store_attention_kind)db_int(st, 0),
                                   .name = db_text(op, st, 3),
                                   .email = db_text(op, st, 4),
                                   .is_verified = db_int(st, 5) != 0,
                                   .candidates = db_text(op, st, 6),
                                   .reference = db_text(op, st, 7),
                                   .subject = db_text(op, st, 8),
                                   .reason = db_text(op, st, 9),
                                   .stopped = db_int(st, 10),
                                   .since_ms = db_int(st, 11)};
    db_id(st, 1, &to->person);
    if (sqlite3_column_type(st, 2) != SQLITE_NULL)
        db_id(st, 2, &to->conversation);
}

enum store_result ops_attention_read(struct db *db, struct store_op *op)
{
    const struct store_attention_read *in = &op->in.attention_read;
    struct store_attention_list *out = &op->out.attention;
    struct store_attention *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_attention_list){.rows = rows};
    /* People first; what has stopped for want of knowing them goes with them. */
    st = db_query(
        db,
        "SELECT iif(l.how = 5, 1, 2), p.id, (SELECT c.id " STOPPED
        " ORDER BY c.n LIMIT 1), p.name, "
        "p.email, p.verified_ms <> 0, l.candidates, '', '', '', (SELECT count(*) " STOPPED
        ") AS stopped, p.created_ms AS since FROM person_link l JOIN person p ON p.id = l.person "
        "WHERE l.account = ?1 AND l.how > 4 AND p.erased_ms = 0 AND (l.how = 5 OR p.verified_ms "
        "<> 0 OR EXISTS (SELECT 1 " STOPPED ")) "
        "UNION ALL SELECT 3, p.id, c.id, p.name, p.email, p.verified_ms <> 0, '', c.reference, "
        "c.subject, o.reason, 1, o.created_ms FROM outbox o JOIN conversation c ON "
        "c.n = o.conversation JOIN person p ON p.id = c.person LEFT JOIN person_link l ON "
        "l.person = p.id AND l.account = ?1 WHERE o.state = 3 AND o.head = 1 AND "
        "NOT (o.kind = 1 AND coalesce(l.how, 0) > 4) ORDER BY 1, since LIMIT ?2",
        DB_T(in->account), DB_N(in->limit + 1));
    while ((more = db_step(db, st)) == 1) {
        if (out->count == in->limit) {
            out->more = true;
            return STORE_OK;
        }
        read_row(op, st, &rows[out->count++]);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}
