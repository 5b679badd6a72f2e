/* Lists of conversations, page by page. */
#include "store/sqlite/ops_private.h"

/* Of which company, tag, priority and member of staff; ?6 says whose: 0 anybody's, 1 nobody's. */
#define FILTERS                                                                                    \
    "(?3 = '' OR p.company = ?3) AND (?4 = '' OR EXISTS (SELECT 1 FROM conversation_tag ct "       \
    "WHERE ct.conversation = c.n AND ct.tag = ?4)) AND (?5 = '' OR c.ticket_priority = ?5) AND "   \
    "(?6 = 0 OR (?6 = 1 AND c.staff IS NULL) OR (?6 = 2 AND c.staff = ?7)) "

static sqlite3_stmt *query(struct db *db, const struct store_inbox_list *in, int64_t n,
                           int64_t closed_ms)
{
    const int64_t whose = in->nobody ? 1 : id_is_none(&in->staff) ? 0 : 2;

    if (in->open)
        return db_query(db,
                        "SELECT " SUMMARY_COLUMNS SUMMARY_TABLES
                        "WHERE c.n IN (SELECT n FROM conversation WHERE open = 1 AND +n > ?1) AND "
                        "?2 = ?2 AND " FILTERS "ORDER BY c.n LIMIT ?8",
                        DB_N(n), DB_N(0), DB_T(in->company), DB_T(in->tag), DB_T(in->priority),
                        DB_N(whose), DB_ID(&in->staff), DB_N(in->limit + 1));
    return db_query(db,
                    "SELECT " SUMMARY_COLUMNS SUMMARY_TABLES
                    "WHERE c.open = 0 AND (c.closed_ms, c.n) < (?2, ?1) AND " FILTERS
                    "ORDER BY c.closed_ms DESC, c.n DESC LIMIT ?8",
                    DB_N(n), DB_N(closed_ms), DB_T(in->company), DB_T(in->tag), DB_T(in->priority),
                    DB_N(whose), DB_ID(&in->staff), DB_N(in->limit + 1));
}

enum store_result ops_inbox_list(struct db *db, struct store_op *op)
{
    const struct store_inbox_list *in = &op->in.inbox_list;
    struct store_summaries *out = &op->out.summaries;
    struct store_summary *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    int64_t n = in->open ? 0 : INT64_MAX, closed_ms = INT64_MAX;
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_summaries){.rows = rows};
    if (!id_is_none(&in->after)) {
        st = db_query(db, "SELECT n, closed_ms FROM conversation WHERE id = ?", DB_ID(&in->after));
        more = db_step(db, st);
        if (more <= 0)
            return more == 0 ? STORE_OK : STORE_FAILED;
        n = db_int(st, 0);
        closed_ms = db_int(st, 1);
    }
    st = query(db, in, n, closed_ms);
    while ((more = db_step(db, st)) == 1) {
        if (out->count == in->limit) {
            out->more = true;
            return STORE_OK;
        }
        ops_read_summary(op, st, &rows[out->count++]);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}
