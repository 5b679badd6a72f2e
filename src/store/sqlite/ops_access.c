/* Who may see what, and what a person sees: the one place where it is decided. */
#include <stdio.h>
#include <string.h>

#include "store/sqlite/ops_private.h"

/* A browser that still runs, its person v.person, and the conversation c.id = ?1. */
#define OF_BROWSER                                                                                 \
    "FROM conversation c JOIN visitor v ON v.token_hash = ?2 JOIN person vp ON vp.id = v.person "  \
    "WHERE c.id = ?1 AND " ACCESS_RUNS("?3") " AND "

enum store_result ops_find(struct db *db, const struct id *conversation,
                           const struct store_asker *asker, int64_t *n)
{
    sqlite3_stmt *st =
        asker->is_staff
            ? db_query(db, "SELECT n FROM conversation WHERE id = ?", DB_ID(conversation))
            : db_query(db, "SELECT c.n " OF_BROWSER ACCESS_OWN, DB_ID(conversation),
                       DB_HASH(asker->token_hash), DB_N(asker->now_ms));
    const int found = db_step(db, st);

    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    *n = db_int(st, 0);
    return STORE_OK;
}

enum store_result ops_find_to_read(struct db *db, const struct id *conversation,
                                   const struct store_asker *asker, struct ops_access *to)
{
    sqlite3_stmt *st;
    int found;

    *to = (struct ops_access){.may_write = true, .is_verified = true};
    if (asker->is_staff)
        return ops_find(db, conversation, asker, &to->n);
    st = db_query(db,
                  "SELECT c.n, v.verified_ms <> 0, " ACCESS_OWN ", v.person " OF_BROWSER
                  "(" ACCESS_OWN " OR " ACCESS_COMPANY ")",
                  DB_ID(conversation), DB_HASH(asker->token_hash), DB_N(asker->now_ms));
    found = db_step(db, st);
    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    to->n = db_int(st, 0);
    to->is_verified = db_int(st, 1) != 0;
    to->may_write = db_int(st, 2) != 0;
    db_id(st, 3, &to->person);
    return STORE_OK;
}

/* ---- a ticket is opened ---- */

static enum store_result by_ticket(struct db *db, const struct store_conversation_open *in,
                                   struct id *conversation)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT id FROM conversation WHERE account = ? AND ticket_id = ? AND "
                 "ticket_id <> 0 ORDER BY n LIMIT 1",
                 DB_T(in->account), DB_N(in->ticket));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        db_id(st, 0, conversation);
    return result;
}

/* One that somebody has who only typed an address, or whom the PSA does not give it any more, goes
 * to whom it says that it belongs. */
static enum store_result claim(struct db *db, const struct ops_access *who, bool *claimed)
{
    const enum store_result result =
        db_run(db,
               "UPDATE conversation AS c SET person = ?1, adopted = 1 WHERE n = ?2 AND "
               "person <> ?1 AND ((SELECT verified_ms FROM person WHERE id = c.person) = 0 OR "
               "(c.adopted = 1 AND NOT " ACCESS_PSA("c.person") "))",
               DB_ID(&who->person), DB_N(who->n));

    *claimed = db_changes(db) > 0;
    return result;
}

enum store_result ops_conversation_open(struct db *db, struct store_op *op)
{
    return ops_open(db, op, &op->in.conversation_open);
}

enum store_result ops_open(struct db *db, struct store_op *op,
                           const struct store_conversation_open *in)
{
    struct store_opened *out = &op->out.opened;
    struct id conversation = in->conversation;
    struct ops_access who;
    enum store_result result = STORE_OK;
    sqlite3_stmt *st;

    *out = (struct store_opened){.may_write = false};
    if (id_is_none(&conversation))
        result = by_ticket(db, in, &conversation);
    if (result == STORE_OK)
        result = ops_find_to_read(db, &conversation, &in->asker, &who);
    if (result != STORE_OK)
        return result;
    out->may_write = who.may_write;
    if (who.may_write && who.is_verified && !in->asker.is_staff)
        result = claim(db, &who, &out->claimed);
    if (result != STORE_OK)
        return result;
    st = db_query(db, "SELECT " SUMMARY_COLUMNS SUMMARY_TABLES "WHERE c.n = ?", DB_N(who.n));
    result = ops_one_row(db, st);
    if (result == STORE_OK)
        ops_read_summary(op, st, &out->summary);
    out->by_psa = out->summary.is_adopted || !id_equal(&out->summary.person, &who.person);
    return result;
}

/* ---- what a person has read ---- */

enum store_result ops_read_mark(struct db *db, struct store_op *op)
{
    const struct store_read_mark *in = &op->in.read_mark;
    struct ops_access who;
    enum store_result result;

    if (in->asker.is_staff)
        return STORE_NOT_FOUND;
    result = ops_find_to_read(db, &in->conversation, &in->asker, &who);
    if (result != STORE_OK)
        return result;
    result = db_run(db,
                    "INSERT INTO read_mark (person, conversation, seq, at_ms) "
                    "SELECT ?1, n, min(?3, last_seq), ?4 FROM conversation WHERE n = ?2 "
                    "ON CONFLICT DO UPDATE SET seq = excluded.seq, at_ms = excluded.at_ms "
                    "WHERE excluded.seq > seq",
                    DB_ID(&who.person), DB_N(who.n), DB_N(in->seq), DB_N(in->asker.now_ms));
    op->out.changed.changed = db_changes(db) > 0;
    return result;
}

/* ---- the list ---- */

/* Of a conversation c, by a person me. */
#define UNREAD                                                                                     \
    "(SELECT count(*) FROM message m WHERE m.conversation = c.n AND m.author = 2 AND "             \
    "m.seq > coalesce((SELECT r.seq FROM read_mark r WHERE r.person = me.person AND "              \
    "r.conversation = c.n), 0)) "

/* key orders those of one moment: "c" and a conversation's number, "t" and a ticket's. */
#define ROW_COLUMNS                                                                                \
    "key, conversation, reference, ticket, number, subject, status, priority, assignee, open, "    \
    "mine, created_ms, updated_ms, unread "

/* Who asks. ?1 the browser, ?2 now, ?3 the account. */
#define ME                                                                                         \
    "me AS MATERIALIZED (SELECT v.person, v.verified_ms, vp.manager, l.psa_contact, "              \
    "l.psa_customer, l.how FROM visitor v JOIN person vp ON vp.id = v.person LEFT JOIN "           \
    "person_link l ON l.person = v.person AND l.account = ?3 AND v.verified_ms <> 0 "              \
    "WHERE v.token_hash = ?1 AND " ACCESS_RUNS("?2") ") "

/* The tickets that are theirs, or their company's, by the PSA. */
#define THEIRS                                                                                     \
    "theirs AS (SELECT t.*, 1 AS mine FROM me JOIN ticket t ON t.account = ?3 AND "                \
    "t.contact = me.psa_contact AND me.psa_contact <> 0 WHERE t.gone = 0 "                         \
    "UNION ALL SELECT t.*, 1 FROM me JOIN ticket t ON t.account = ?3 AND "                         \
    "t.customer = me.psa_customer AND me.psa_customer <> 0 AND me.how = 2 AND t.contact = 0 "      \
    "WHERE t.gone = 0 "                                                                            \
    "UNION ALL SELECT t.*, 0 FROM me JOIN ticket t ON t.account = ?3 AND "                         \
    "t.customer = me.psa_customer AND me.psa_customer <> 0 AND me.manager = 1 "                    \
    "WHERE t.gone = 0 AND NOT (t.contact = me.psa_contact AND me.psa_contact <> 0) AND "           \
    "NOT (me.how = 2 AND t.contact = 0)) "

/* The conversations that they began, with what the mirror says of their tickets. */
#define BEGUN                                                                                      \
    "SELECT 'c' || c.n AS key, c.n AS n, c.id AS conversation, c.reference, "                      \
    "c.ticket_id AS ticket, c.ticket_number AS number, c.subject, c.ticket_status AS status, "     \
    "c.ticket_priority AS priority, c.assignee, c.open, 1 AS mine, c.created_ms, "                 \
    "max(c.last_at_ms, coalesce(t.updated_ms, 0)) AS updated_ms, " UNREAD "AS unread "             \
    "FROM me JOIN conversation c ON c.person = me.person AND c.adopted = 0 LEFT JOIN ticket t "    \
    "ON t.account = c.account AND t.id = c.ticket_id AND c.ticket_id <> 0 "

/* The tickets that the PSA gives them, whoever has a conversation about them. */
#define GIVEN                                                                                      \
    "SELECT 't' || t.id, c.n, c.id, coalesce(c.reference, ''), t.id, t.number, t.subject, "        \
    "t.status, t.priority, t.assignee, coalesce(c.open, t.open), t.mine, t.created_ms, "           \
    "t.updated_ms, iif(c.n IS NULL, 0, " UNREAD ") FROM me JOIN theirs t LEFT JOIN "               \
    "conversation c ON c.ticket_id = t.id AND c.account = t.account WHERE c.n IS NULL OR "         \
    "c.adopted = 1 OR c.person <> me.person "

/* What the person wrote by email is not found by a browser that only typed their address, as it is
 * not read by it. */
#define BY_EMAIL_IS_THEIRS                                                                         \
    "((SELECT verified_ms FROM me) <> 0 OR m.author <> 1 OR NOT EXISTS (SELECT 1 FROM sender s "   \
    "WHERE s.n = m.sender AND s.name LIKE 'psa:%'))"

#define ALL_ROWS "WITH " ME ", " THEIRS ", rows AS (" BEGUN "UNION ALL " GIVEN ") "

static void read_row(struct store_op *op, sqlite3_stmt *st, struct store_ticket_row *to)
{
    *to = (struct store_ticket_row){
        .key = db_text(op, st, 0),
        .reference = db_text(op, st, 2),
        .ticket = db_int(st, 3),
        .number = db_text(op, st, 4),
        .subject = db_text(op, st, 5),
        .status = db_text(op, st, 6),
        .priority = db_text(op, st, 7),
        .assignee = db_text(op, st, 8),
        .open = db_int(st, 9) != 0,
        .mine = db_int(st, 10) != 0,
        .created_ms = db_int(st, 11),
        .updated_ms = db_int(st, 12),
        .unread = db_int(st, 13),
    };
    if (sqlite3_column_type(st, 1) != SQLITE_NULL)
        db_id(st, 1, &to->conversation);
}

/* %WORDS% for LIKE, with \ before what LIKE would take for more than a letter. */
void ops_like(const char *query, char *pattern)
{
    size_t len = 0;

    pattern[len++] = '%';
    for (const char *p = query; *p != '\0'; p++) {
        if (*p == '%' || *p == '_' || *p == '\\')
            pattern[len++] = '\\';
        pattern[len++] = *p;
    }
    pattern[len++] = '%';
    pattern[len] = '\0';
}

static enum store_result count_unread(struct db *db, const struct store_ticket_list *in,
                                      int64_t *unread)
{
    sqlite3_stmt *st =
        db_query(db, ALL_ROWS "SELECT coalesce(sum(unread), 0) FROM rows WHERE mine",
                 DB_HASH(in->asker.token_hash), DB_N(in->asker.now_ms), DB_T(in->account));

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *unread = db_int(st, 0);
    return STORE_OK;
}

/* One read as themselves by their contact, one as a company or its manager by the company. */
static enum store_result whose_history(struct db *db, const struct store_ticket_list *in,
                                       struct store_ticket_rows *out)
{
    sqlite3_stmt *st = db_query(
        db,
        "SELECT l.psa_contact, iif(l.how = 2 OR vp.manager = 1, l.psa_customer, 0) FROM visitor v "
        "JOIN person vp ON vp.id = v.person JOIN person_link l ON l.person = v.person AND "
        "l.account = ?3 WHERE v.token_hash = ?1 AND v.verified_ms <> 0 AND " ACCESS_RUNS("?2"),
        DB_HASH(in->asker.token_hash), DB_N(in->asker.now_ms), DB_T(in->account));
    const int found = db_step(db, st);

    if (found < 0)
        return STORE_FAILED;
    out->contact = found == 0 ? 0 : db_int(st, 0);
    out->customer = found == 0 ? 0 : db_int(st, 1);
    return STORE_OK;
}

enum store_result ops_unread(struct db *db, struct store_op *op)
{
    const struct store_unread_read *in = &op->in.unread;
    sqlite3_stmt *st =
        db_query(db,
                 ALL_ROWS "SELECT coalesce(sum(iif(conversation = ?4, unread, 0)), 0), "
                          "coalesce(sum(unread), 0) FROM rows WHERE mine",
                 DB_HASH(in->asker.token_hash), DB_N(in->asker.now_ms), DB_T(in->account),
                 DB_ID(&in->conversation));

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    op->out.unread = (struct store_unread){db_int(st, 0), db_int(st, 1)};
    return STORE_OK;
}

enum store_result ops_ticket_list(struct db *db, struct store_op *op)
{
    const struct store_ticket_list *in = &op->in.ticket_list;
    struct store_ticket_rows *out = &op->out.tickets;
    struct store_ticket_row *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    char pattern[2 * STORE_QUERY_MAX + 3];
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    ops_like(in->query, pattern);
    *out = (struct store_ticket_rows){.rows = rows};
    st = db_query(db,
                  ALL_ROWS
                  "SELECT " ROW_COLUMNS "FROM rows WHERE (?4 = 3 OR open = (?4 = 1)) AND "
                  "(?5 = '' OR number LIKE ?6 ESCAPE '\\' OR subject LIKE ?6 ESCAPE '\\' OR "
                  "reference LIKE ?6 ESCAPE '\\' OR EXISTS (SELECT 1 FROM message m WHERE "
                  "m.conversation = rows.n AND m.author IN (1, 2) AND m.body LIKE ?6 ESCAPE '\\' "
                  "AND " BY_EMAIL_IS_THEIRS ")) AND "
                  "(?7 = 0 OR updated_ms < ?7 OR (updated_ms = ?7 AND key > ?8)) "
                  "ORDER BY updated_ms DESC, key LIMIT ?9",
                  DB_HASH(in->asker.token_hash), DB_N(in->asker.now_ms), DB_T(in->account),
                  DB_N(in->which), DB_T(in->query), DB_T(pattern), DB_N(in->before_ms),
                  DB_T(in->before_key), DB_N(in->limit + 1));
    while ((more = db_step(db, st)) == 1) {
        if (out->count == in->limit) {
            out->more = true;
            break;
        }
        read_row(op, st, &rows[out->count++]);
    }
    if (more < 0 || count_unread(db, in, &out->unread) != STORE_OK)
        return STORE_FAILED;
    return whose_history(db, in, out);
}
