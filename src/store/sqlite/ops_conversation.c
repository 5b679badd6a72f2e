/* Conversations and messages: the writes. */
#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "store/sqlite/ops_private.h"

static enum store_result put_sender(struct db *db, const char *name, int64_t *n)
{
    const enum store_result result = db_run(db, "INSERT INTO sender (name) VALUES (?)", DB_T(name));

    *n = db_last_id(db);
    return result;
}

/* A person whom nobody has met before, and the browser as theirs. */
static enum store_result new_person(struct db *db, const struct store_conversation_start *in,
                                    struct id *person)
{
    const enum store_result result = db_run(
        db, "INSERT INTO person (id, name, email, created_ms, language) VALUES (?, ?, ?, ?, ?)",
        DB_ID(&in->person), DB_T(in->name), DB_T(in->email), DB_N(in->now_ms), DB_T(in->language));

    *person = in->person;
    if (result != STORE_OK)
        return result;
    return db_run(db,
                  "INSERT OR REPLACE INTO visitor (token_hash, person, created_ms) "
                  "VALUES (?, ?, ?)",
                  DB_HASH(in->token_hash), DB_ID(person), DB_N(in->now_ms));
}

/* The browser's person, made or brought up to date; one who has proved who they are stays as they
 * are. STORE_NOT_FOUND: they are blocked. */
static enum store_result put_person(struct db *db, const struct store_conversation_start *in,
                                    struct id *person)
{
    sqlite3_stmt *st = db_query(
        db,
        "SELECT v.person, p.blocked_ms, v.verified_ms, v.verified_ms = 0 OR v.expires_ms > ? "
        "FROM visitor v JOIN person p ON p.id = v.person WHERE v.token_hash = ?",
        DB_N(in->now_ms), DB_HASH(in->token_hash));
    const int found = db_step(db, st);
    enum store_result result;

    if (found < 0)
        return STORE_FAILED;
    if (found == 0 || db_int(st, 3) == 0)
        return new_person(db, in, person);
    if (db_int(st, 1) != 0)
        return STORE_NOT_FOUND;
    db_id(st, 0, person);
    if (db_int(st, 2) != 0)
        return STORE_OK;
    result = db_run(db,
                    "DELETE FROM person_link WHERE person = ?1 AND (SELECT email FROM person "
                    "WHERE id = ?1) <> ?2",
                    DB_ID(person), DB_T(in->email));
    if (result != STORE_OK)
        return result;
    return db_run(db,
                  "UPDATE person SET name = ?1, company = iif(email = ?2, company, ''), "
                  "email = ?2 WHERE id = ?3",
                  DB_T(in->name), DB_T(in->email), DB_ID(person));
}

/* Where a message goes, in numbers of rows; outbox is 0 for no entry. */
struct place {
    int64_t conversation, sender, seq, outbox;
};

static enum store_result insert_message(struct db *db, const struct store_message_add *in,
                                        const struct place *at)
{
    return db_run(db,
                  "INSERT INTO message (conversation, seq, id, author, name, sender, client_id, "
                  "created_ms, outbox, psa_comment_id, body) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  DB_N(at->conversation), DB_N(at->seq), DB_ID(&in->message), DB_N(in->author),
                  DB_T(in->name), DB_N(at->sender), DB_T(in->client_id), DB_N(in->now_ms),
                  DB_N(at->outbox), DB_N(in->psa_comment_id), DB_T(in->body));
}

/* Not what only says that something was done. */
static enum store_result tell_said(struct db *db, const struct store_message_add *in,
                                   const struct place *at)
{
    if (in->author == STORE_EVENT || str_has_prefix(in->sender, STORE_ACT_SENDER))
        return STORE_OK;
    return ops_tell(db, in->author == STORE_NOTE ? "note.created" : "message.created",
                    at->conversation, at->seq);
}

static enum store_result enqueue_message(struct db *db, const struct store_enqueue *wish,
                                         const struct store_message_add *in,
                                         enum store_outbox_kind kind, struct place *at)
{
    if (!wish->wanted)
        return STORE_OK;
    return ops_enqueue(db,
                       &(struct entry_new){.conversation = at->conversation,
                                           .kind = kind,
                                           .author = in->author,
                                           .seq = at->seq,
                                           .bytes = (int64_t)strlen(in->body),
                                           .interactive = wish->interactive,
                                           .next_at_ms = wish->next_at_ms,
                                           .now_ms = in->now_ms,
                                           .payload = wish->payload},
                       &at->outbox);
}

/* The files of a message, and the entry that offers them. */
static enum store_result put_files(struct db *db, const struct store_message_add *in,
                                   const struct place *at)
{
    int64_t entry;
    enum store_result result =
        ops_files_bind(db, in->files, in->file_count, in->sender, at->conversation, at->seq);

    if (result == STORE_OK && in->file_count > 0 && in->files_max > 0)
        result = ops_files_fit(db, at->conversation, in->files_max);
    if (result != STORE_OK || in->file_count == 0 || !in->offer_files || at->outbox == 0 ||
        in->author == STORE_NOTE)
        return result;
    return ops_enqueue(db,
                       &(struct entry_new){.conversation = at->conversation,
                                           .kind = STORE_ATTACH_FILES,
                                           .author = in->author,
                                           .seq = at->seq,
                                           .next_at_ms = in->now_ms,
                                           .now_ms = in->now_ms,
                                           .payload = ""},
                       &entry);
}

/* ---- a conversation's start ---- */

/* The conversation's row, its first message and the entry of the outbox. */
static enum store_result put_conversation(struct db *db, struct store_op *op,
                                          const struct store_conversation_start *in,
                                          const struct id *person, int64_t sender)
{
    const struct store_message_add message = {.conversation = in->conversation,
                                              .message = in->message,
                                              .author = STORE_PERSON,
                                              .name = in->name,
                                              .body = in->body,
                                              .sender = in->sender,
                                              .client_id = in->client_id,
                                              .files = in->files,
                                              .file_count = in->file_count,
                                              .offer_files = in->offer_files,
                                              .files_max = in->files_max,
                                              .now_ms = in->now_ms};
    struct place at = {.sender = sender, .seq = 1};
    /* Nothing was said but files. */
    const char *subject = in->subject[0] == '\0' && in->file_count > 0
                              ? ops_file_name(db, op, &in->files[0])
                              : in->subject;
    enum store_result result =
        db_run(db,
               "INSERT INTO conversation (id, reference, person, subject, open, last_seq, "
               "last_at_ms, waiting_since_ms, created_ms) VALUES (?, ?, ?, ?, 1, 1, ?5, ?5, ?5)",
               DB_ID(&in->conversation), DB_T(in->reference), DB_ID(person), DB_T(subject),
               DB_N(in->now_ms));

    at.conversation = db_last_id(db);
    if (result == STORE_OK && sender == 0)
        result = put_sender(db, in->sender, &at.sender);
    if (result == STORE_OK)
        result = enqueue_message(db, &in->outbox, &message, STORE_CREATE_TICKET, &at);
    if (result == STORE_OK)
        result = insert_message(db, &message, &at);
    if (result == STORE_OK)
        result = tell_said(db, &message, &at);
    return result == STORE_OK ? put_files(db, &message, &at) : result;
}

/* STORE_OK: started before, *out is filled; STORE_NOT_FOUND: it is new. *sender is the number of
 * who sends, 0 for somebody new. */
static enum store_result find_start(struct db *db, struct store_op *op, int64_t *sender)
{
    const struct store_conversation_start *in = &op->in.conversation_start;
    struct store_started *out = &op->out.started;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT s.n, m.seq, m.created_ms, m.id, c.id, c.person, c.reference FROM sender s "
                 "LEFT JOIN message m ON m.sender = s.n AND m.client_id = ?2 "
                 "LEFT JOIN conversation c ON c.n = m.conversation WHERE s.name = ?1",
                 DB_T(in->sender), DB_T(in->client_id));
    const int found = db_step(db, st);

    *sender = found == 1 ? db_int(st, 0) : 0;
    if (found < 0 || *sender == 0 || db_int(st, 1) == 0)
        return found < 0 ? STORE_FAILED : STORE_NOT_FOUND;
    *out = (struct store_started){.duplicate = true,
                                  .seq = db_int(st, 1),
                                  .at_ms = db_int(st, 2),
                                  .reference = db_text(op, st, 6)};
    db_id(st, 3, &out->message);
    db_id(st, 4, &out->conversation);
    db_id(st, 5, &out->person);
    return STORE_OK;
}

enum store_result ops_conversation_start(struct db *db, struct store_op *op)
{
    const struct store_conversation_start *in = &op->in.conversation_start;
    struct store_started *out = &op->out.started;
    int64_t sender;
    enum store_result result = find_start(db, op, &sender);

    if (result != STORE_NOT_FOUND)
        return result;
    *out = (struct store_started){.conversation = in->conversation,
                                  .message = in->message,
                                  .reference = in->reference,
                                  .seq = 1,
                                  .at_ms = in->now_ms};
    result = put_person(db, in, &out->person);
    return result == STORE_OK ? put_conversation(db, op, in, &out->person, sender) : result;
}

/* ---- one more message ---- */

/* All that a message meets, in one look: the conversation as it is, and the entry of the outbox
 * that takes the message along (0: none does). */
struct met {
    struct place at; /* of this message; sender is 0 for somebody new */
    int64_t waiting_since_ms;
    bool open;
    bool no_ticket;     /* its making was given up */
    bool stays_without; /* until staff say otherwise */
    bool sleeps, has_staff, was_answered, is_merged;
    bool is_told; /* to an endpoint of webhooks, if one asked for it */
};

/* Fills *met and *out, which is a duplicate's when the message was stored before. */
static enum store_result meet(struct db *db, struct store_op *op,
                              const struct store_message_add *in, struct met *met,
                              struct store_added *out)
{
    sqlite3_stmt *st = db_query(
        db,
        "SELECT c.n, c.last_seq, c.waiting_since_ms, c.open, c.reference, s.n, o.id, "
        "m.conversation, m.seq, m.created_ms, m.id, c.no_ticket, c.snoozed_ms <> 0, "
        "c.staff IS NOT NULL, c.answered_ms <> 0, c.merged <> 0, "
        "EXISTS (SELECT 1 FROM hook WHERE off = 0) FROM conversation c "
        "LEFT JOIN sender s ON s.name = ?1 "
        "LEFT JOIN message m ON m.sender = s.n AND m.client_id = ?2 "
        "LEFT JOIN outbox o ON o.id = (SELECT max(id) FROM outbox WHERE conversation = c.n) AND "
        "o.kind = 2 AND o.state = 1 AND o.attempts = 0 AND o.author = ?3 AND o.messages < ?4 AND "
        "o.bytes + ?5 <= ?6 WHERE c.id = ?7 AND "
        "(?8 OR EXISTS (SELECT 1 FROM visitor v JOIN person vp ON vp.id = v.person WHERE "
        "v.token_hash = ?9 AND " ACCESS_RUNS("?10") " AND " ACCESS_OWN "))",
        DB_T(in->sender), DB_T(in->client_id), DB_N(in->author), DB_N(STORE_BATCH_MESSAGES),
        DB_N(strlen(in->body)), DB_N(STORE_BATCH_BYTES), DB_ID(&in->conversation),
        DB_N(in->asker.is_staff), DB_HASH(in->asker.token_hash), DB_N(in->asker.now_ms));
    const int found = db_step(db, st);

    if (found <= 0)
        return found == 0 ? STORE_NOT_FOUND : STORE_FAILED;
    *met = (struct met){.at = {.conversation = db_int(st, 0),
                               .seq = db_int(st, 1) + 1,
                               .sender = db_int(st, 5),
                               .outbox = db_int(st, 6)},
                        .waiting_since_ms = db_int(st, 2),
                        .open = db_int(st, 3) != 0,
                        .no_ticket = db_int(st, 11) != 0,
                        .stays_without = db_int(st, 11) == 2,
                        .sleeps = db_int(st, 12) != 0,
                        .has_staff = db_int(st, 13) != 0,
                        .was_answered = db_int(st, 14) != 0,
                        .is_merged = db_int(st, 15) != 0,
                        .is_told = db_int(st, 16) != 0};
    *out = (struct store_added){.conversation = in->conversation,
                                .message = in->message,
                                .reference = db_text(op, st, 4),
                                .seq = met->at.seq,
                                .at_ms = in->now_ms};
    if (db_int(st, 7) == 0)
        return STORE_OK;
    out->duplicate = true;
    out->seq = db_int(st, 8);
    out->at_ms = db_int(st, 9);
    db_id(st, 10, &out->message);
    return db_int(st, 7) == met->at.conversation ? STORE_OK : STORE_CONFLICT;
}

/* Is this comment of the PSA a message already? */
static enum store_result meet_comment(struct db *db, const struct store_message_add *in,
                                      const struct met *met, struct store_added *out)
{
    sqlite3_stmt *st;
    int found;

    if (in->psa_comment_id == 0)
        return STORE_OK;
    /* The + keeps SQLite from walking through the conversation for the order's sake. */
    st = db_query(db,
                  "SELECT seq, id, created_ms FROM message WHERE conversation = ? AND "
                  "psa_comment_id = ? AND psa_comment_id <> 0 ORDER BY +seq LIMIT 1",
                  DB_N(met->at.conversation), DB_N(in->psa_comment_id));
    found = db_step(db, st);
    if (found < 0)
        return STORE_FAILED;
    if (found == 1) {
        out->duplicate = true;
        out->seq = db_int(st, 0);
        db_id(st, 1, &out->message);
        out->at_ms = db_int(st, 2);
    }
    return STORE_OK;
}

/* Where the making of the ticket was given up the person's next message begins a new one, and what
 * staff say has nowhere to go. */
static enum store_result put_outbox(struct db *db, const struct store_message_add *in,
                                    const struct met *met, struct place *at)
{
    enum store_result result;

    if (!in->outbox.wanted || met->stays_without ||
        (met->no_ticket && in->author != STORE_PERSON)) {
        at->outbox = 0;
        return STORE_OK;
    }
    if (met->no_ticket) {
        result =
            db_run(db, "UPDATE conversation SET no_ticket = 0 WHERE n = ?", DB_N(at->conversation));
        return result == STORE_OK ? enqueue_message(db, &in->outbox, in, STORE_CREATE_TICKET, at)
                                  : result;
    }
    if (at->outbox == 0)
        return enqueue_message(db, &in->outbox, in, STORE_ADD_COMMENT, at);
    return db_run(db,
                  "UPDATE outbox SET seq_to = ?, messages = messages + 1, bytes = bytes + ?, "
                  "interactive = max(interactive, ?) WHERE id = ?",
                  DB_N(at->seq), DB_N(strlen(in->body)), DB_N(in->outbox.interactive),
                  DB_N(at->outbox));
}

#define UNSEEN_MAX 100 /* messages that are looked at for this */

/* Since when a person waits whom staff have answered: not any more, unless the answer was made in
 * the PSA. Whoever made it has not seen what came there after it, or is still on its way there.
 * Clocks say nothing of that, the order there does. */
static enum store_result still_waits(struct db *db, const struct store_message_add *in,
                                     const struct met *met, int64_t *since_ms)
{
    sqlite3_stmt *st;

    *since_ms = 0;
    if (in->psa_comment_id == 0 || met->waiting_since_ms == 0)
        return STORE_OK;
    st = db_query(db,
                  "SELECT coalesce(min(m.created_ms), 0) FROM message m LEFT JOIN outbox o ON "
                  "o.id = m.outbox WHERE m.conversation = ? AND m.seq > ? AND m.author = 1 AND "
                  "(m.psa_comment_id > ? OR (m.psa_comment_id = 0 AND o.state < 4))",
                  DB_N(met->at.conversation), DB_N(met->at.seq - UNSEEN_MAX),
                  DB_N(in->psa_comment_id));
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    *since_ms = db_int(st, 0);
    if (*since_ms != 0 && *since_ms < met->waiting_since_ms) /* that was answered here */
        *since_ms = met->waiting_since_ms;
    return STORE_OK;
}

/* The conversation's row after a message. Most messages change nothing that is in an index. */
static enum store_result touch(struct db *db, const struct store_message_add *in,
                               const struct met *met)
{
    /* What was said in the PSA opens nothing: there the ticket's status tells. */
    const bool opens = in->author == STORE_PERSON && in->psa_comment_id == 0;
    int64_t waiting = met->waiting_since_ms;

    if (in->waiting == STORE_WAITING_END && still_waits(db, in, met, &waiting) != STORE_OK)
        return STORE_FAILED;
    if (in->waiting == STORE_WAITING_BEGIN && waiting == 0)
        waiting = in->now_ms;
    if (waiting == met->waiting_since_ms && (met->open || !opens))
        return db_run(db, "UPDATE conversation SET last_seq = ?, last_at_ms = ? WHERE n = ?",
                      DB_N(met->at.seq), DB_N(in->now_ms), DB_N(met->at.conversation));
    return db_run(db,
                  "UPDATE conversation SET last_seq = ?, last_at_ms = ?, waiting_since_ms = ?, "
                  "open = max(open, ?) WHERE n = ?",
                  DB_N(met->at.seq), DB_N(in->now_ms), DB_N(waiting), DB_N(opens),
                  DB_N(met->at.conversation));
}

/* The first reply of staff is remembered, and takes what nobody has; the person's word wakes it. */
static enum store_result touch_desk(struct db *db, const struct store_message_add *in,
                                    const struct met *met)
{
    const bool answers = in->author == STORE_STAFF && in->mail_ms != -1;
    enum store_result result = STORE_OK;

    if (answers && !met->was_answered)
        result = db_run(db, "UPDATE conversation SET answered_ms = ? WHERE n = ?", DB_N(in->now_ms),
                        DB_N(met->at.conversation));
    if (result == STORE_OK && answers && !met->has_staff && !id_is_none(&in->staff))
        result = db_run(db, "UPDATE conversation SET staff = ? WHERE n = ?", DB_ID(&in->staff),
                        DB_N(met->at.conversation));
    if (result == STORE_OK && met->sleeps && in->author == STORE_PERSON)
        result = db_run(db, "UPDATE conversation SET snoozed_ms = 0, woke_ms = ? WHERE n = ?",
                        DB_N(in->now_ms), DB_N(met->at.conversation));
    return result;
}

/* What a person says in a closed ticket opens it, behind their words; also in one that is still to
 * be made, and closed then. */
static enum store_result reopen(struct db *db, const struct store_message_add *in,
                                const struct met *met)
{
    sqlite3_stmt *st;
    int found;

    if (met->open || met->no_ticket || in->author != STORE_PERSON || in->reopen == NULL ||
        in->reopen[0] == '\0')
        return STORE_OK;
    st = db_query(db,
                  "SELECT 1 FROM conversation WHERE n = ?1 AND (ticket_id <> 0 OR EXISTS (SELECT 1 "
                  "FROM outbox WHERE conversation = ?1 AND kind = 1 AND state < 4))",
                  DB_N(met->at.conversation));
    found = db_step(db, st);
    if (found <= 0)
        return found == 0 ? STORE_OK : STORE_FAILED;
    return ops_put_update(db, met->at.conversation, in->reopen, NULL, NULL, in->now_ms);
}

/* To which it went. */
static enum store_result moved(struct db *db, int64_t n, struct store_added *out)
{
    sqlite3_stmt *st = db_query(db,
                                "SELECT o.id FROM conversation c JOIN conversation o ON "
                                "o.n = c.merged WHERE c.n = ?",
                                DB_N(n));
    const enum store_result result = ops_one_row(db, st);

    if (result != STORE_OK)
        return STORE_FAILED;
    db_id(st, 0, &out->conversation);
    return STORE_MOVED;
}

/* Has another of staff replied since? */
static enum store_result look_crossed(struct db *db, const struct store_message_add *in,
                                      const struct met *met)
{
    int found;

    if (in->seen == 0 || in->author != STORE_STAFF)
        return STORE_OK;
    found = db_step(db, db_query(db,
                                 "SELECT 1 FROM message WHERE conversation = ? AND seq > ? AND "
                                 "author = 2 AND sender <> ? LIMIT 1",
                                 DB_N(met->at.conversation), DB_N(in->seen), DB_N(met->at.sender)));
    if (found < 0)
        return STORE_FAILED;
    return found == 1 ? STORE_CROSSED : STORE_OK;
}

/* What staff's words do beside being said. */
static enum store_result touch_staff(struct db *db, const struct store_message_add *in,
                                     const struct met *met)
{
    enum store_result result;

    if (id_is_none(&in->staff))
        return STORE_OK;
    result = ops_draft_done(db, met->at.conversation, in);
    if (result == STORE_OK && in->author == STORE_NOTE)
        result = ops_mention(db, met->at.conversation, met->at.seq, in);
    return result;
}

enum store_result ops_put_message(struct db *db, struct store_op *op,
                                  const struct store_message_add *in, struct store_added *out)
{
    struct met met;
    enum store_result result = meet(db, op, in, &met, out);

    if (result == STORE_OK && !out->duplicate)
        result = meet_comment(db, in, &met, out);
    if (result != STORE_OK || out->duplicate)
        return result;
    /* What staff say there its person would not see. */
    if (met.is_merged && (in->author == STORE_PERSON || in->author == STORE_STAFF) &&
        in->psa_comment_id == 0)
        return moved(db, met.at.conversation, out);
    result = look_crossed(db, in, &met);
    if (result != STORE_OK)
        return result;
    if (met.at.sender == 0)
        result = put_sender(db, in->sender, &met.at.sender);
    if (result == STORE_OK)
        result = put_outbox(db, in, &met, &met.at);
    if (result == STORE_OK)
        result = insert_message(db, in, &met.at);
    if (result == STORE_OK && met.is_told)
        result = tell_said(db, in, &met.at);
    if (result == STORE_OK)
        result = put_files(db, in, &met.at);
    if (result == STORE_OK)
        result = reopen(db, in, &met);
    if (result == STORE_OK)
        result = touch(db, in, &met);
    if (result == STORE_OK)
        result = touch_desk(db, in, &met);
    if (result == STORE_OK)
        result = touch_staff(db, in, &met);
    if (result == STORE_OK && in->author == STORE_STAFF)
        result = ops_mail_answer(db, met.at.conversation, met.at.seq, in);
    return result;
}

enum store_result ops_message_add(struct db *db, struct store_op *op)
{
    return ops_put_message(db, op, &op->in.message_add, &op->out.added);
}
