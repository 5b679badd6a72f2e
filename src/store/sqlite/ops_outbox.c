/* The outbox: what has still to be done in the PSA, in order. The head of a conversation is its
 * first unfinished entry; every function here leaves exactly one head where something is left. */
#include <assert.h>

#include "store/sqlite/ops_private.h"

enum store_result ops_enqueue(struct db *db, const struct entry_new *entry, int64_t *id)
{
    const struct db_arg none = {.kind = DB_NULL};
    const enum store_result result = db_run(
        db,
        "INSERT INTO outbox (conversation, kind, state, head, interactive, author, seq_from, "
        "seq_to, messages, bytes, next_at_ms, created_ms, sender, client_id, payload) VALUES (?1, "
        "?2, 1, NOT EXISTS (SELECT 1 FROM outbox WHERE conversation = ?1 AND head = 1), "
        "?3, ?4, ?5, ?5, ?5 <> 0, ?6, ?7, ?8, ?9, ?10, ?11)",
        DB_N(entry->conversation), DB_N(entry->kind), DB_N(entry->interactive), DB_N(entry->author),
        DB_N(entry->seq), DB_N(entry->bytes), DB_N(entry->next_at_ms), DB_N(entry->now_ms),
        entry->sender != NULL ? DB_T(entry->sender) : none,
        entry->client_id != NULL ? DB_T(entry->client_id) : none, DB_T(entry->payload));

    *id = db_last_id(db);
    return result;
}

enum store_result ops_recover(struct db *db, struct store_op *op)
{
    (void)op;
    return db_run(db, "UPDATE outbox SET next_at_ms = 0 WHERE head = 1 AND state = 2");
}

/* Two halves, for an OR would read every head. */
#define HEADS                                                                                      \
    "SELECT c.id, o.id, o.kind, o.state, o.interactive, o.next_at_ms FROM outbox o "               \
    "JOIN conversation c ON c.n = o.conversation "                                                 \
    "WHERE o.head = 1 AND o.state < 3 AND o.state = ?3 AND o.next_at_ms "

/* Adds up to limit heads of this state to the rows. */
static int read_due(struct db *db, int64_t now_ms, enum store_outbox_state state, size_t limit,
                    struct store_due_row *rows, size_t *count)
{
    int more;
    sqlite3_stmt *st =
        db_query(db, HEADS "<= ?1 UNION ALL " HEADS "> ?2 ORDER BY 5 DESC, 6, 2 LIMIT ?4",
                 DB_N(now_ms), DB_N(now_ms + STORE_AHEAD_MAX_MS), DB_N(state), DB_N(limit));
    while ((more = db_step(db, st)) == 1) {
        struct store_due_row *row = &rows[(*count)++];
        db_id(st, 0, &row->conversation);
        row->outbox = db_int(st, 1);
        row->kind = (enum store_outbox_kind)db_int(st, 2);
        row->state = (enum store_outbox_state)db_int(st, 3);
        row->interactive = db_int(st, 4) != 0;
        row->next_at_ms = db_int(st, 5);
    }
    return more;
}

enum store_result ops_outbox_due(struct db *db, struct store_op *op)
{
    const struct store_in_limit *in = &op->in.outbox_due;
    struct store_due *out = &op->out.due;
    struct store_due_row *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_due){.rows = rows};
    if (read_due(db, in->now_ms, STORE_IN_DOUBT, (in->limit + 1) / 2, rows, &out->count) < 0 ||
        read_due(db, in->now_ms, STORE_WAITING, in->limit - out->count, rows, &out->count) < 0)
        return STORE_FAILED;
    st = db_query(db,
                  "SELECT coalesce(min(next_at_ms), 0) FROM outbox "
                  "WHERE head = 1 AND state < 3 AND next_at_ms > ? AND next_at_ms <= ?",
                  DB_N(in->now_ms), DB_N(in->now_ms + STORE_AHEAD_MAX_MS));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->next_ms = db_int(st, 0);
    return STORE_OK;
}

/* ---- take ---- */

static enum store_result read_head(struct db *db, struct store_op *op, struct store_taken *out,
                                   int64_t *conversation)
{
    sqlite3_stmt *st = db_query(
        db,
        "SELECT o.id, o.kind, o.state, o.sent_at_ms, o.attempts, o.created_ms, o.seq_from, "
        "o.seq_to, o.author, o.payload, p.id, c.reference, c.subject, p.name, p.email, p.company, "
        "coalesce(l.psa_contact, 0), coalesce(l.psa_customer, 0), c.ticket_id, c.ticket_number, "
        "c.ticket_status, iif(c.account = '' AND o.state = 2, o.account, c.account), c.n, "
        "coalesce(l.how, 0), coalesce(l.checked_ms, 0) "
        "FROM conversation c JOIN outbox o ON o.conversation = c.n JOIN person p "
        "ON p.id = c.person LEFT JOIN person_link l ON l.person = p.id AND l.account = ?3 "
        "WHERE c.id = ?1 AND o.head = 1 AND o.state < 3 AND "
        "(o.next_at_ms <= ?2 OR o.next_at_ms > ?4)",
        DB_ID(&op->in.outbox_take.conversation), DB_N(op->in.outbox_take.now_ms),
        DB_T(op->in.outbox_take.account), DB_N(op->in.outbox_take.now_ms + STORE_AHEAD_MAX_MS));
    const int found = db_step(db, st);

    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    *out = (struct store_taken){
        .outbox = db_int(st, 0),
        .kind = (enum store_outbox_kind)db_int(st, 1),
        .was_in_doubt = db_int(st, 2) == STORE_IN_DOUBT,
        .sent_at_ms = db_int(st, 3),
        .attempts = db_int(st, 4) + 1,
        .created_ms = db_int(st, 5),
        .seq_from = db_int(st, 6),
        .seq_to = db_int(st, 7),
        .author = (enum store_author)db_int(st, 8),
        .payload = db_text(op, st, 9),
        .conversation = op->in.outbox_take.conversation,
        .reference = db_text(op, st, 11),
        .subject = db_text(op, st, 12),
        .name = db_text(op, st, 13),
        .email = db_text(op, st, 14),
        .company = db_text(op, st, 15),
        .psa_contact = db_int(st, 16),
        .psa_customer = db_int(st, 17),
        .ticket_id = db_int(st, 18),
        .ticket_number = db_text(op, st, 19),
        .ticket_status = db_text(op, st, 20),
        .account = db_text(op, st, 21),
        .how = (enum store_link_how)db_int(st, 23),
        .checked_ms = db_int(st, 24),
    };
    db_id(st, 10, &out->person);
    *conversation = db_int(st, 22);
    return STORE_OK;
}

/* Is what was asked last still believed? */
static bool is_good(const struct store_outbox_take *in, enum store_link_how how, int64_t asked_ms)
{
    const bool is_found = how != 0 && how < STORE_BY_SEVERAL;

    return how != 0 && asked_ms > (is_found ? in->found_after_ms : in->missed_after_ms);
}

/* The person of a new ticket, as far as the cache knows them. */
static enum store_result link_person(struct db *db, struct store_op *op, struct store_taken *out)
{
    const struct store_outbox_take *in = &op->in.outbox_take;
    struct store_matched matched;
    enum store_result result;
    sqlite3_stmt *st;
    int found;

    out->link_is_good = is_good(in, out->how, out->checked_ms);
    /* Whether whom staff chose is still there the cache does not know. */
    if (out->kind != STORE_CREATE_TICKET || out->link_is_good || out->how == STORE_BY_STAFF ||
        out->email[0] == '\0')
        return STORE_OK;
    st = db_query(db,
                  "SELECT psa_contact, psa_customer, company, candidates FROM psa_match WHERE "
                  "account = ?1 AND email = lower(?2) AND fetched_ms > iif(psa_customer <> 0, ?3, "
                  "?4)",
                  DB_T(in->account), DB_T(out->email), DB_N(in->found_after_ms),
                  DB_N(in->missed_after_ms));
    found = db_step(db, st);
    if (found <= 0)
        return found == 0 ? STORE_OK : STORE_FAILED;
    const struct store_person_matched match = {.person = out->person,
                                               .account = in->account,
                                               .email = out->email,
                                               .psa_contact = db_int(st, 0),
                                               .psa_customer = db_int(st, 1),
                                               .company = db_text(op, st, 2),
                                               .candidates = db_text(op, st, 3),
                                               .now_ms = in->now_ms};
    result = ops_match(db, op, &match, &matched);
    if (result != STORE_OK)
        return result;
    out->link_is_good = true;
    out->how = matched.how;
    out->psa_contact = matched.psa_contact;
    out->psa_customer = matched.psa_customer;
    if (match.psa_customer != 0)
        out->company = match.company;
    return STORE_OK;
}

#define TOLD_MAX 10 /* messages of the person */

/* The seq from which on they are told; an error is as if there were none. */
static int64_t told_from(struct db *db, int64_t conversation, int64_t seq)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT coalesce(min(seq), ?2) FROM (SELECT seq FROM message WHERE "
                                "conversation = ?1 AND seq < ?2 AND author = 1 ORDER BY seq DESC "
                                "LIMIT ?3)",
                                DB_N(conversation), DB_N(seq), DB_N(TOLD_MAX));

    return db_step(db, st) == 1 ? db_int(st, 0) : seq;
}

static enum store_result read_batch(struct db *db, struct store_op *op, struct store_taken *out,
                                    int64_t conversation)
{
    /* The message of files that are offered went out with an entry of its own. */
    const bool offers = out->kind == STORE_ATTACH_FILES;
    /* A ticket that staff ask for tells what the person said last. */
    const bool tells = out->kind == STORE_CREATE_TICKET && out->author == STORE_EVENT;
    const int64_t from = tells ? told_from(db, conversation, out->seq_from) : out->seq_from;
    sqlite3_stmt *st = db_query(db,
                                "SELECT count(*) FROM message WHERE conversation = ? AND seq "
                                "BETWEEN ? AND ? AND (outbox = ? OR ? OR (? AND author = 1))",
                                DB_N(conversation), DB_N(from), DB_N(out->seq_to),
                                DB_N(out->outbox), DB_N(offers), DB_N(tells));
    struct store_message *rows;
    size_t room;

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    room = (size_t)db_int(st, 0);
    rows = arena_alloc(op->arena, (room + 1) * sizeof(*rows));
    if (rows == NULL)
        return STORE_FAILED;
    out->messages = rows;
    st = db_query(db,
                  "SELECT " MESSAGE_COLUMNS MESSAGE_TABLES
                  "WHERE m.conversation = ? AND m.seq BETWEEN ? AND ? AND (m.outbox = ? OR ? OR "
                  "(? AND m.author = 1)) ORDER BY m.seq",
                  DB_N(conversation), DB_N(from), DB_N(out->seq_to), DB_N(out->outbox),
                  DB_N(offers), DB_N(tells));
    while (out->message_count < room && db_step(db, st) == 1)
        ops_read_message(op, st, &rows[out->message_count++]);
    if (out->message_count != room)
        return STORE_FAILED;
    return ops_read_files(db, op, conversation, rows, room);
}

enum store_result ops_outbox_take(struct db *db, struct store_op *op)
{
    const struct store_outbox_take *in = &op->in.outbox_take;
    struct store_taken *out = &op->out.taken;
    int64_t conversation;
    enum store_result result = read_head(db, op, out, &conversation);

    if (result == STORE_OK)
        result = link_person(db, op, out);
    if (result != STORE_OK)
        return result;
    result = db_run(db,
                    "UPDATE outbox SET state = 2, in_doubt = 1, attempts = ?, sent_at_ms = ?, "
                    "next_at_ms = ?, reason = '', account = iif(state = 2, account, ?) "
                    "WHERE id = ?",
                    DB_N(out->attempts), DB_N(out->was_in_doubt ? out->sent_at_ms : in->now_ms),
                    DB_N(in->doubt_until_ms), DB_T(in->account), DB_N(out->outbox));
    if (result == STORE_OK && out->kind == STORE_ADD_COMMENT && out->author == STORE_STAFF)
        result = ops_mail_by_psa(db, conversation, out->seq_from, out->seq_to, &out->psa_emails);
    return result == STORE_OK ? read_batch(db, op, out, conversation) : result;
}
