/* Conversations and messages: the reads. */
#include <string.h>

#include "store/sqlite/ops_private.h"

static void read_ticket(struct store_op *op, sqlite3_stmt *st, int at, struct store_ticket *to)
{
    *to = (struct store_ticket){
        .id = db_int(st, at),
        .number = db_text(op, st, at + 1),
        .status = db_text(op, st, at + 2),
        .priority = db_text(op, st, at + 3),
        .account = db_text(op, st, at + 4),
        .assignee = db_text(op, st, at + 5),
        .state = (enum store_outbox_state)db_int(st, at + 6),
        .reason = db_text(op, st, at + 7),
    };
}

void ops_read_summary(struct store_op *op, sqlite3_stmt *st, struct store_summary *to)
{
    db_id(st, 0, &to->conversation);
    db_id(st, 1, &to->person);
    to->reference = db_text(op, st, 2);
    to->name = db_text(op, st, 3);
    to->email = db_text(op, st, 4);
    to->company = db_text(op, st, 5);
    to->subject = db_text(op, st, 6);
    to->last_body = db_text(op, st, 7);
    to->last_from = (enum store_author)db_int(st, 8);
    to->last_at_ms = db_int(st, 9);
    to->last_seq = db_int(st, 10);
    to->waiting_since_ms = db_int(st, 11);
    to->created_ms = db_int(st, 12);
    to->open = db_int(st, 13) != 0;
    read_ticket(op, st, 14, &to->ticket);
    to->is_verified = db_int(st, 22) != 0;
    to->is_adopted = db_int(st, 23) != 0;
    to->staff = (struct id){0};
    if (sqlite3_column_type(st, 24) != SQLITE_NULL)
        db_id(st, 24, &to->staff);
    to->staff_name = db_text(op, st, 25);
    to->snoozed_ms = db_int(st, 26);
    to->closed_ms = db_int(st, 27);
    to->answered_ms = db_int(st, 28);
    to->tags = db_text(op, st, 29);
    to->ticket.issue_type = db_text(op, st, 30);
    to->ticket.assignee_id = db_int(st, 31);
    to->ticket.due_ms = db_int(st, 32);
    to->ticket.changes = db_text(op, st, 33);
    to->ticket.has_conflict = db_int(st, 34) != 0;
    to->merged = (struct id){0};
    if (sqlite3_column_type(st, 35) != SQLITE_NULL)
        db_id(st, 35, &to->merged);
    to->said_seq = db_int(st, 36);
    to->rating = (struct store_rating){
        .score = db_int(st, 37), .comment = db_text(op, st, 38), .at_ms = db_int(st, 39)};
    to->is_unanswered = db_int(st, 40) != 0;
}

void ops_read_message(struct store_op *op, sqlite3_stmt *st, struct store_message *to)
{
    db_id(st, 0, &to->id);
    to->seq = db_int(st, 1);
    to->at_ms = db_int(st, 2);
    to->author = (enum store_author)db_int(st, 3);
    to->name = db_text(op, st, 4);
    to->body = db_text(op, st, 5);
    to->sender = db_text(op, st, 6);
    to->client_id = db_text(op, st, 7);
    to->psa_comment_id = db_int(st, 8);
    to->edited_ms = db_int(st, 9);
    to->removed = db_int(st, 10) != 0;
    to->files = NULL;
    to->file_count = 0;
}

/* One summary or none. */
static enum store_result one_summary(struct db *db, struct store_op *op, sqlite3_stmt *st,
                                     struct store_summary *to)
{
    const int found = db_step(db, st);

    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    ops_read_summary(op, st, to);
    return STORE_OK;
}

enum store_result ops_conversation_summary(struct db *db, struct store_op *op)
{
    const struct store_in_summary *in = &op->in.conversation_summary;
    struct ops_access who;
    const enum store_result result = ops_find_to_read(db, &in->conversation, &in->asker, &who);

    if (result != STORE_OK)
        return result;
    return one_summary(
        db, op, db_query(db, "SELECT " SUMMARY_COLUMNS SUMMARY_TABLES "WHERE c.n = ?", DB_N(who.n)),
        &op->out.summary);
}

enum store_result ops_conversation_by_ticket(struct db *db, struct store_op *op)
{
    const struct store_in_ticket *in = &op->in.conversation_by_ticket;

    return one_summary(db, op,
                       db_query(db,
                                "SELECT " SUMMARY_COLUMNS SUMMARY_TABLES
                                "WHERE c.ticket_id = ? AND c.ticket_id <> 0 AND c.account = ? "
                                "ORDER BY c.created_ms LIMIT 1",
                                DB_N(in->ticket_id), DB_T(in->account)),
                       &op->out.summary);
}

enum store_result ops_visitor_open(struct db *db, struct store_op *op)
{
    const struct store_in_hash *in = &op->in.visitor_open;
    struct store_visitor *out = &op->out.visitor;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT p.id, p.name, p.email, p.company, v.verified_ms <> 0, v.via, "
                 "p.manager, p.blocked_ms <> 0, v.expires_ms, p.mail_off_ms <> 0, p.language "
                 "FROM visitor v JOIN person p ON p.id = v.person WHERE "
                 "v.token_hash = ? AND (v.verified_ms = 0 OR v.expires_ms > ?)",
                 DB_HASH(in->hash), DB_N(in->now_ms));
    const int found = db_step(db, st);
    enum store_result result;

    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    *out = (struct store_visitor){
        .name = db_text(op, st, 1),
        .email = db_text(op, st, 2),
        .company = db_text(op, st, 3),
        .is_verified = db_int(st, 4) != 0,
        .via = db_text(op, st, 5),
        .is_manager = db_int(st, 6) != 0,
        .is_blocked = db_int(st, 7) != 0,
        .expires_ms = db_int(st, 8),
        .mail_off = db_int(st, 9) != 0,
    };
    db_id(st, 0, &out->person);
    ops_language(st, 10, out->language);
    if (out->is_blocked)
        return STORE_OK;
    result = one_summary(db, op,
                         db_query(db,
                                  "SELECT " SUMMARY_COLUMNS SUMMARY_TABLES
                                  "WHERE c.person = ? AND c.open = 1 AND c.adopted = 0 "
                                  "ORDER BY c.created_ms DESC, c.id DESC LIMIT 1",
                                  DB_ID(&out->person)),
                         &out->conversation);
    out->has_conversation = result == STORE_OK;
    return result == STORE_NOT_FOUND ? STORE_OK : result;
}

enum store_result ops_inbox_read(struct db *db, struct store_op *op)
{
    const size_t limit = op->in.inbox_read.limit;
    struct store_summaries *out = &op->out.summaries;
    struct store_summary *rows = arena_alloc(op->arena, (limit + 1) * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_summaries){.rows = rows};
    st = db_query(db,
                  "SELECT " SUMMARY_COLUMNS SUMMARY_TABLES
                  "WHERE c.open = 1 ORDER BY c.waiting_since_ms = 0, c.waiting_since_ms, "
                  "c.last_at_ms DESC, c.id LIMIT ?",
                  DB_N(limit + 1));
    while ((more = db_step(db, st)) == 1) {
        if (out->count == limit) {
            out->more = true;
            return STORE_OK;
        }
        ops_read_summary(op, st, &rows[out->count++]);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

#define EDITED_COLUMNS                                                                             \
    "m.id, m.seq, m.created_ms, m.author, iif(m.author = 3 AND NOT ?3, '', m.name), "              \
    "iif(m.author = 3 AND NOT ?3, '', m.body), s.name, m.client_id, m.psa_comment_id, "            \
    "m.edited_ms, m.psa_gone "

/* What has changed of what the asker has already. */
static sqlite3_stmt *query_edited(struct db *db, const struct store_messages_read *in,
                                  const struct ops_access *who)
{
    return db_query(db,
                    "SELECT " EDITED_COLUMNS MESSAGE_TABLES
                    "WHERE m.conversation = ?1 AND m.seq <= ?2 AND m.edited_ms <> 0 AND "
                    "(?4 OR m.author <> 1 OR s.name NOT LIKE 'psa:%') "
                    "ORDER BY m.edited_ms DESC, m.seq LIMIT ?5",
                    DB_N(who->n), DB_N(in->since), DB_N(in->include_notes), DB_N(who->is_verified),
                    DB_N(in->limit + 1));
}

/* The rows, up to the limits of number and bytes. What the person wrote by email is not for a
 * browser that only typed their address. */
static enum store_result read_messages(struct db *db, struct store_op *op,
                                       const struct ops_access *who, struct store_message *rows)
{
    const struct store_messages_read *in = &op->in.messages_read;
    struct store_messages *out = &op->out.messages;
    size_t bytes = 0;
    int more;
    sqlite3_stmt *st =
        in->edited
            ? query_edited(db, in, who)
            : db_query(db,
                       "SELECT " MESSAGE_COLUMNS MESSAGE_TABLES
                       "WHERE m.conversation = ? AND m.seq > ? AND (m.author <> 3 OR ?) AND "
                       "(? OR m.author <> 1 OR s.name NOT LIKE 'psa:%') ORDER BY m.seq LIMIT ?",
                       DB_N(who->n), DB_N(in->since), DB_N(in->include_notes),
                       DB_N(who->is_verified), DB_N(in->limit + 1));

    while ((more = db_step(db, st)) == 1) {
        bytes += (size_t)sqlite3_column_bytes(st, 5);
        if (out->count == in->limit || (bytes > STORE_READ_BYTES && out->count > 0)) {
            out->more = true;
            return STORE_OK;
        }
        ops_read_message(op, st, &rows[out->count++]);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_messages_read(struct db *db, struct store_op *op)
{
    const struct store_messages_read *in = &op->in.messages_read;
    struct store_messages *out = &op->out.messages;
    struct store_message *rows = arena_alloc(op->arena, (in->limit + 1) * sizeof(*rows));
    struct ops_access who;
    enum store_result result = ops_find_to_read(db, &in->conversation, &in->asker, &who);
    sqlite3_stmt *st;

    if (result != STORE_OK || rows == NULL)
        return rows == NULL ? STORE_FAILED : result;
    st = db_query(db, "SELECT reference, last_seq FROM conversation WHERE n = ?", DB_N(who.n));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *out = (struct store_messages){.conversation = in->conversation,
                                   .reference = db_text(op, st, 0),
                                   .last_seq = db_int(st, 1),
                                   .rows = rows};
    result = read_messages(db, op, &who, rows);
    return result == STORE_OK ? ops_read_files(db, op, who.n, rows, out->count) : result;
}

enum store_result ops_outbox_of(struct db *db, struct store_op *op)
{
    struct store_entries *out = &op->out.entries;
    struct store_entry *rows = arena_alloc(op->arena, STORE_READ_MAX * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_entries){.rows = rows};
    /* The unfinished ones come first into the limit, then the latest finished ones. */
    st = db_query(db,
                  "SELECT id, kind, iif(given_up, 5, state), " LATE_REASON
                  ", attempts, seq_from, seq_to, created_ms, "
                  "next_at_ms, sent_at_ms, result_id, finished_ms, iif(kind = 3, payload, ''), "
                  "conflict FROM outbox o WHERE id IN (SELECT id FROM "
                  "outbox WHERE conversation = (SELECT n FROM conversation WHERE id = ?) ORDER BY "
                  "state = 4, iif(state = 4, -id, id) LIMIT ?) ORDER BY id",
                  DB_ID(&op->in.outbox_of.conversation), DB_N(STORE_READ_MAX));
    while ((more = db_step(db, st)) == 1) {
        rows[out->count++] = (struct store_entry){
            .id = db_int(st, 0),
            .kind = (enum store_outbox_kind)db_int(st, 1),
            .state = (enum store_outbox_state)db_int(st, 2),
            .reason = db_text(op, st, 3),
            .attempts = db_int(st, 4),
            .seq_from = db_int(st, 5),
            .seq_to = db_int(st, 6),
            .created_ms = db_int(st, 7),
            .next_at_ms = db_int(st, 8),
            .sent_at_ms = db_int(st, 9),
            .result_id = db_int(st, 10),
            .finished_ms = db_int(st, 11),
            .payload = db_text(op, st, 12),
            .conflict = db_text(op, st, 13),
        };
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

enum store_result ops_counts(struct db *db, struct store_op *op)
{
    struct store_counts *out = &op->out.counts;
    sqlite3_stmt *st =
        db_query(db, "SELECT (SELECT count(*) FROM visitor), count(*), coalesce(sum(open), 0), "
                     "coalesce(sum(last_seq), 0) FROM conversation");

    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->people = db_int(st, 0);
    out->conversations = db_int(st, 1);
    out->open = db_int(st, 2);
    out->messages = db_int(st, 3); /* seq has no holes */
    st = db_query(db, "SELECT coalesce(sum(state = 1), 0), coalesce(sum(state = 2), 0), "
                      "coalesce(sum(state = 3), 0), coalesce(min(iif(state < 3, created_ms, "
                      "NULL)), 0) FROM outbox WHERE state < 4");
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    out->outbox_waiting = db_int(st, 0);
    out->outbox_in_doubt = db_int(st, 1);
    out->outbox_parked = db_int(st, 2);
    out->oldest_ms = db_int(st, 3);
    return STORE_OK;
}
