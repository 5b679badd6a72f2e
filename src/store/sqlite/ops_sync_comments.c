/* The comments of a ticket and the messages of its conversation: each of the PSA's becomes one,
 * each of ours is known again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/sqlite/ops_private.h"

/* The conversation as it is while its comments are gone through. */
struct talk {
    int64_t n;
    char reference[REFERENCE_SIZE];
    char person[STORE_TEXT_MAX + 1]; /* the name of whose ticket it is */
    bool adopted, is_first_reading;  /* nothing is in it yet */
    bool again;                      /* to be read once more */
    int64_t attached_ms;             /* what was said in its ticket until then is history */
    bool is_private;                 /* and only for staff */
};

/* STORE_CONFLICT: not now. */
static enum store_result read_talk(struct db *db, const struct store_sync_comments *in,
                                   struct talk *to)
{
    sqlite3_stmt *st = db_query(
        db,
        "SELECT c.n, c.reference, coalesce(nullif(t.contact_name, ''), p.name), c.adopted, "
        "c.last_seq = 0, EXISTS (SELECT 1 FROM outbox o WHERE o.conversation = c.n AND "
        "o.head = 1 AND (o.state = 2 OR o.in_doubt = 1)), c.attached_ms, c.attached_private FROM "
        "conversation c JOIN person p ON "
        "p.id = c.person LEFT JOIN ticket t ON t.account = c.account AND t.id = c.ticket_id "
        "WHERE c.id = ? AND c.account = ? AND c.ticket_id = ?",
        DB_ID(&in->conversation), DB_T(in->account), DB_N(in->ticket));
    const int found = db_step(db, st);

    if (found < 0)
        return STORE_FAILED;
    if (found == 0 || db_int(st, 5) != 0)
        return STORE_CONFLICT;
    to->n = db_int(st, 0);
    (void)!str_copy(to->reference, sizeof(to->reference), (const char *)sqlite3_column_text(st, 1));
    (void)!str_copy(to->person, sizeof(to->person), (const char *)sqlite3_column_text(st, 2));
    to->adopted = db_int(st, 3) != 0;
    to->is_first_reading = db_int(st, 4) != 0;
    to->again = false;
    to->attached_ms = db_int(st, 6);
    to->is_private = db_int(st, 7) != 0;
    return STORE_OK;
}

/* In so many words, or SQLite does not use the index message_comment, and each comment of a ticket
 * costs a walk through all messages of its conversation. */
#define HAS_COMMENT "psa_comment_id <> 0"

/* ---- known again ---- */

/* "PLY-7K3F9Q2M #4-9" or "#4": the messages that a comment of ours carries. */
static bool read_mark(const char *subject, const char *reference, int64_t *from, int64_t *to)
{
    const size_t len = strlen(reference);
    char *end;

    if (strncmp(subject, reference, len) != 0 || strncmp(subject + len, " #", 2) != 0)
        return false;
    *from = *to = strtoll(subject + len + 2, &end, 10);
    if (*end == '-')
        *to = strtoll(end + 1, &end, 10);
    return *end == '\0' && *from > 0 && *to >= *from;
}

/* The mark at the end of a description of ours; it need not be the oldest comment after a merge. */
static bool read_description(const char *body, const char *reference, int64_t *from, int64_t *to)
{
    const struct slice text = str_trim(body, strlen(body));
    char end[80] = "";
    size_t at = text.len;

    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    if (text.len - at >= sizeof(end))
        return false;
    memcpy(end, text.ptr + at, text.len - at);
    *from = *to = 1;
    return strcmp(end, reference) == 0 || read_mark(end, reference, from, to);
}

/* Our own comment whose id nobody has told us yet: its messages learn it. */
static enum store_result know_again(struct db *db, const struct talk *talk,
                                    const struct store_psa_comment *m, bool is_oldest, bool *ours)
{
    int64_t from = 1, to = 1;
    enum store_result result;

    *ours = false;
    if (!read_mark(m->subject, talk->reference, &from, &to) &&
        !read_description(m->body, talk->reference, &from, &to) &&
        !(is_oldest && !talk->adopted && strstr(m->body, talk->reference) != NULL))
        return STORE_OK;
    result = db_run(db,
                    "UPDATE message SET psa_comment_id = ? WHERE conversation = ? AND "
                    "seq BETWEEN ? AND ? AND outbox <> 0 AND psa_comment_id <= 0",
                    DB_N(m->id), DB_N(talk->n), DB_N(from), DB_N(to));
    *ours = result == STORE_OK && db_changes(db) > 0;
    return result;
}

/* A copy, under another id, of what was in a ticket that is gone: that ticket, or one into which it
 * went, was merged into ours. It is known by its words and its time. */
static enum store_result know_copy(struct db *db, const struct talk *talk,
                                   const struct store_psa_comment *m, bool *known)
{
    const enum store_result result = db_run(
        db,
        "UPDATE message SET psa_comment_id = ?1 WHERE conversation = ?2 AND seq = (SELECT "
        "min(seq) FROM message WHERE conversation = ?2 AND psa_comment_id < 0 AND " HAS_COMMENT
        " AND outbox = 0 AND created_ms = ?3 AND body = ?4)",
        DB_N(m->id), DB_N(talk->n), DB_N(m->created_ms), DB_T(m->body));

    *known = result == STORE_OK && db_changes(db) > 0;
    return result;
}

/* ---- edits ---- */

static enum store_author author_of(const struct store_psa_comment *m)
{
    if (m->hidden)
        return STORE_NOTE;
    return m->by_staff ? STORE_STAFF : STORE_PERSON;
}

/* Messages with an id of a comment: are they as it is? Hidden ones become notes, notes that are
 * shown become messages again; the text of our own stays ours. Their seqs go into *out. */
#define IS_OTHER                                                                                   \
    "conversation = ?1 AND psa_comment_id = ?2 AND " HAS_COMMENT " AND "                           \
    "((author = 3) <> (?3 OR psa_private) OR psa_gone <> 0 OR (outbox = 0 AND body <> ?4))"

static enum store_result note_edited(struct db *db, const struct talk *talk,
                                     const struct store_psa_comment *m, struct store_synced *out)
{
    sqlite3_stmt *st = db_query(db, "SELECT seq FROM message WHERE " IS_OTHER, DB_N(talk->n),
                                DB_N(m->id), DB_N(m->hidden), DB_T(m->body));
    int more;

    while ((more = db_step(db, st)) == 1)
        if (out->edited_count < STORE_SYNC_EDITED)
            out->edited[out->edited_count++] = db_int(st, 0);
    return more < 0 ? STORE_FAILED : STORE_OK;
}

static enum store_result edit(struct db *db, const struct store_sync_comments *in,
                              const struct talk *talk, const struct store_psa_comment *m,
                              struct store_synced *out)
{
    const size_t before = out->edited_count;
    enum store_result result = note_edited(db, talk, m, out);

    if (result != STORE_OK || out->edited_count == before)
        return result;
    return db_run(
        db,
        "UPDATE message SET author = CASE WHEN ?3 OR psa_private THEN 3 WHEN author <> 3 THEN "
        "author "
        "WHEN (SELECT substr(name, 1, 2) FROM sender WHERE n = message.sender) = 'v:' THEN 1 "
        "WHEN (SELECT substr(name, 1, 2) FROM sender WHERE n = message.sender) = 's:' THEN 2 "
        "ELSE ?5 END, body = iif(outbox = 0, ?4, body), psa_gone = 0, edited_ms = ?6 "
        "WHERE " IS_OTHER,
        DB_N(talk->n), DB_N(m->id), DB_N(m->hidden), DB_T(m->body),
        DB_N(m->by_staff ? STORE_STAFF : STORE_PERSON), DB_N(in->now_ms));
}

/* ---- merged ones ---- */

/* Does another conversation of the same person have this comment? So it is when the ticket of that
 * one was merged into ours: they have it before them already. */
static enum store_result is_elsewhere(struct db *db, const struct talk *talk,
                                      const struct store_psa_comment *m, bool *elsewhere)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT 1 FROM conversation o JOIN conversation c ON c.n = ?1 AND "
                 "o.person = c.person AND o.n <> c.n WHERE EXISTS (SELECT 1 FROM message m WHERE "
                 "m.conversation = o.n AND m.psa_comment_id IN (?2, -?2) AND m." HAS_COMMENT
                 " AND m.psa_gone = 0) "
                 "LIMIT 1",
                 DB_N(talk->n), DB_N(m->id));
    const int found = db_step(db, st);

    *elsewhere = found == 1;
    return found < 0 ? STORE_FAILED : STORE_OK;
}

/* ---- new ones ---- */

/* Was it said before the conversation was about this ticket? */
static bool is_history(const struct talk *talk, const struct store_psa_comment *m)
{
    return (talk->adopted && talk->is_first_reading) ||
           (talk->attached_ms > 0 && m->created_ms <= talk->attached_ms);
}

static enum store_waiting waiting_of(const struct talk *talk, const struct store_psa_comment *m,
                                     enum store_author author)
{
    if (is_history(talk, m)) /* nobody waits for us because of it */
        return STORE_WAITING_KEEP;
    if (author == STORE_NOTE)
        return STORE_WAITING_KEEP;
    return author == STORE_STAFF ? STORE_WAITING_END : STORE_WAITING_BEGIN;
}

/* Since when a person can read it here; -1 for what was there long before. */
static int64_t mail_ms_of(const struct store_sync_comments *in, const struct talk *talk,
                          const struct store_psa_comment *m)
{
    return is_history(talk, m) || m->created_ms < in->now_ms - STORE_MAIL_OLD_MS ? -1 : in->now_ms;
}

static enum store_result add(struct db *db, struct store_op *op, const struct talk *talk,
                             const struct store_psa_comment *m, struct store_synced *out)
{
    const struct store_sync_comments *in = &op->in.sync_comments;
    const bool is_private = talk->is_private && m->created_ms <= talk->attached_ms;
    const enum store_author author = is_private ? STORE_NOTE : author_of(m);
    char sender[STORE_TEXT_MAX], client_id[48];
    struct store_added added;
    const struct store_message_add message = {
        .conversation = in->conversation,
        .message = m->message,
        .asker = {.is_staff = true},
        .author = author,
        .name = m->by_staff ? m->name : talk->person,
        .body = m->body,
        .sender = sender,
        .client_id = client_id,
        .psa_comment_id = m->id,
        .waiting = waiting_of(talk, m, author),
        .mail_ms = mail_ms_of(in, talk, m),
        .now_ms = m->created_ms > 0 && m->created_ms < in->now_ms ? m->created_ms : in->now_ms};

    snprintf(sender, sizeof(sender), "psa:%.900s", in->account);
    snprintf(client_id, sizeof(client_id), "c%lld", (long long)m->id);
    enum store_result result = ops_put_message(db, op, &message, &added);
    if (result == STORE_CONFLICT) { /* another's conversation has it, whose ticket was merged */
        snprintf(client_id, sizeof(client_id), "c%lld.%lld", (long long)m->id, (long long)talk->n);
        result = ops_put_message(db, op, &message, &added);
    }
    if (result == STORE_OK)
        out->added += !added.duplicate;
    if (result != STORE_OK || !is_private || added.duplicate)
        return result;
    return db_run(db, "UPDATE message SET psa_private = 1 WHERE conversation = ? AND seq = ?",
                  DB_N(talk->n), DB_N(added.seq));
}

/* Also where it was in a ticket that is gone, and has come back by a merge. */
static enum store_result is_known(struct db *db, const struct talk *talk, int64_t comment,
                                  bool *known)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT max(psa_comment_id) FROM message WHERE conversation = ?1 AND "
                 "psa_comment_id IN (?2, -?2) AND " HAS_COMMENT,
                 DB_N(talk->n), DB_N(comment));
    const int found = db_step(db, st);
    const int64_t id = found == 1 ? db_int(st, 0) : 0;

    *known = id != 0;
    if (id >= 0)
        return found < 0 ? STORE_FAILED : STORE_OK;
    return db_run(db,
                  "UPDATE message SET psa_comment_id = ?2 WHERE conversation = ?1 AND "
                  "psa_comment_id = -?2 AND " HAS_COMMENT,
                  DB_N(talk->n), DB_N(comment));
}

static enum store_result take(struct db *db, struct store_op *op, const struct talk *talk, size_t i,
                              bool *known)
{
    const struct store_sync_comments *in = &op->in.sync_comments;
    const struct store_psa_comment *m = &in->rows[i];
    struct store_synced *out = &op->out.synced;
    bool elsewhere = false;
    enum store_result result = is_known(db, talk, m->id, known);

    if (result == STORE_OK && !*known)
        result = know_again(db, talk, m, i == 0, known);
    if (result == STORE_OK && !*known)
        result = know_copy(db, talk, m, known);
    if (result == STORE_OK && *known)
        return edit(db, in, talk, m, out);
    if (result == STORE_OK)
        result = is_elsewhere(db, talk, m, &elsewhere);
    return result == STORE_OK && !elsewhere ? add(db, op, talk, m, out) : result;
}

/* ---- removed ones ---- */

static bool is_there(const struct store_sync_comments *in, int64_t comment)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->rows[i].id == comment)
            return true;
    return false;
}

/* Its comment is not in a list that began after it was filed: from now on it is a note. */
static enum store_result hide_removed(struct db *db, const struct store_sync_comments *in,
                                      struct talk *talk, struct store_synced *out)
{
    const size_t first = out->edited_count;
    enum store_result result = STORE_OK;
    int more;
    sqlite3_stmt *st = db_query(
        db,
        "SELECT m.seq, m.psa_comment_id, coalesce(o.finished_ms, 0) BETWEEN ?2 AND ?3 FROM message "
        "m LEFT JOIN outbox o ON o.id = m.outbox WHERE m.conversation = ?1 AND "
        "m.psa_comment_id > 0 AND m." HAS_COMMENT " AND m.psa_gone = 0",
        DB_N(talk->n), DB_N(in->began_ms), DB_N(in->now_ms));

    while ((more = db_step(db, st)) == 1) {
        if (is_there(in, db_int(st, 1)))
            continue;
        if (db_int(st, 2) != 0) /* filed meanwhile: the next list will tell */
            talk->again = true;
        else if (out->edited_count < STORE_SYNC_EDITED)
            out->edited[out->edited_count++] = db_int(st, 0);
    }
    if (more < 0)
        return STORE_FAILED;
    for (size_t i = first; result == STORE_OK && i < out->edited_count; i++)
        result = db_run(db,
                        "UPDATE message SET author = 3, psa_gone = 1, edited_ms = ? WHERE "
                        "conversation = ? AND seq = ?",
                        DB_N(in->now_ms), DB_N(talk->n), DB_N(out->edited[i]));
    if (result != STORE_OK || out->edited_count == first)
        return result;
    /* They may have been moved into another ticket of the same person, which has left them out. */
    return db_run(db,
                  "UPDATE conversation SET sync_due = 1 WHERE person = (SELECT person FROM "
                  "conversation WHERE n = ?1) AND n <> ?1 AND account = ?2 AND ticket_id <> 0",
                  DB_N(talk->n), DB_T(in->account));
}

enum store_result ops_sync_comments(struct db *db, struct store_op *op)
{
    const struct store_sync_comments *in = &op->in.sync_comments;
    struct store_synced *out = &op->out.synced;
    struct talk talk;
    enum store_result result = read_talk(db, in, &talk);

    *out = (struct store_synced){.added = 0};
    for (size_t i = 0; result == STORE_OK && i < in->count; i++) {
        bool known = false;

        result = take(db, op, &talk, i, &known);
    }
    /* A ticket has at least its description: an empty list is no proof of anything. */
    if (result == STORE_OK && in->complete && in->began_ms > 0 && in->count > 0)
        result = hide_removed(db, in, &talk, out);
    if (result != STORE_OK)
        return result;
    /* What changed while they were read is read again, and what was too much for once. */
    return db_run(db,
                  "UPDATE conversation SET sync_due = ?3 OR coalesce((SELECT updated_ms FROM "
                  "ticket t WHERE t.account = conversation.account AND t.id = "
                  "conversation.ticket_id), ?2) <> ?2 WHERE n = ?1",
                  DB_N(talk.n), DB_N(in->updated_ms),
                  DB_N(talk.again || out->edited_count == STORE_SYNC_EDITED));
}
